"""Displays and inline mathematics to drafts of chains: continuations, conditions beside them, words between them."""

import re

from . import rows as layout
from .blocks import Side
from .conditions import has_relation, sides_of, stripped
from .drafts import Draft, SideDraft, Source, extended, is_relation_of_reals
from .groups import has, is_group, is_token, split, tex_groups
from .segments import (ARROWS, CASE, CLAIM, INEQUALITIES, OPERATORS, Segment, dotted, enumerator, equation_number, is_plain, is_remark, is_restriction, remarks, segments,
                       trimmed)
from .tree import Unreadable
from .words import connects

LONGEST_LIST = 200


class Chains:
    """Drafts in the order of a text; `last` is the draft that a continuation goes on with, `adjacent` whether no word stands between."""

    def __init__(self):
        self.last, self.adjacent = None, False

    def pause(self):
        """A heading: nothing continues the chain before it."""
        self.last = None

    def display(self, text, line, inline=False):
        """(drafts, labels, words without a formula) of one display or piece of inline mathematics."""
        return Reading(self, Source(text, line), not inline).run()


class Reading:
    """One display. drafts: its chains; pending: conditions and words that wait for the next chain."""

    def __init__(self, chains, source, alone=True):
        self.chains, self.source, self.alone = chains, source, alone
        self.drafts, self.labels, self.words, self.pending = [], [], [], []

    def run(self):
        try:
            items = tex_groups(self.source.text)
            found = layout.rows(items)
        except Unreadable as error:
            return self.unreadable(error)
        self.goes_on = self.chains.adjacent and not any(has_relation(row) for row in found)
        for row in found:
            self.row(row)
        if self.pending or self.words and self.drafts:
            self.leftover()
        return self.drafts, self.labels, self.words

    def unreadable(self, error):
        """A display that cannot be cut into tokens: its sides are one and the same Unreadable."""
        self.chains.last = None
        whole = Source(self.source.text, self.source.line)
        line = self.source.line_at(error.position)
        parts = re.split(r"=|\\equiv|\\approx", self.source.text, maxsplit=1)
        sides = [SideDraft((), whole, line, error, done=Side(error, " ".join(part.split())[:80], line, error)) for part in parts]
        self.drafts = [Draft(sides, ["="] * (len(parts) - 1), self.source.line)]
        return self.drafts, [], []

    # -- rows -------------------------------------------------------------------------------------------------------
    def row(self, row):
        self.unequal = ()                       # the `i \\ne` of a segment that is nothing else
        self.fresh, self.here = True, None      # here: the draft that this row has opened or continued
        label, row = enumerator(row)
        if label:
            self.words.append(label)
        stacked = [t.text for t in row if is_token(t, kind="note")]
        found, behind = segments([t for t in row if not is_token(t, kind="note")])
        for n, segment in enumerate(join_lists(found)):
            self.segment(segment, behind=n + 1 < len(found))
            self.fresh = False
        self.tail(behind)
        for note in stacked:
            self.add_words(note)

    def tail(self, separators):
        """Words, numbers and labels behind the last formula of a row."""
        self.marks(separators)
        words = Segment((), separators).words()
        arrows = [t.text for t in separators if t.text in ARROWS]
        if words or arrows:
            self.add_words(" ".join([*arrows, words]).strip())

    def add_words(self, words):
        (self.here.words if self.here is not None else self.words).append(words)

    def marks(self, separators):
        for t in separators:
            if t.kind in ("tag", "label"):
                self.labels.append(t.text)
                if self.here is not None and t.kind == "tag":
                    self.here.label = t.text

    def leftover(self):
        """Conditions and words that no chain followed."""
        if not self.drafts:
            self.open(self.pending[0], "")
            self.pending = self.pending[1:]
        target = self.drafts[-1]
        target.restrictions += [(i, self.source) for i in self.pending]
        target.words += self.words
        self.pending, self.words = [], []

    # -- segments ---------------------------------------------------------------------------------------------------
    def segment(self, segment, behind):
        self.marks(segment.before)
        number = equation_number(segment)
        if number:
            self.labels.append(number)
            if self.here is not None:
                self.here.label = number
        segment.items = trimmed(segment.items)
        words = segment.words()
        if len(segment.items) == 1 and is_remark(segment.items[0]) and (self.here is not None or behind):
            self.add_words(words) if words else None
            self.remark(segment.items[0])
        elif segment.items:
            segment.items, notes = remarks(segment.items)
            self.place(segment, words, behind)
            for note in notes:
                self.remark(note)
        elif words:
            self.add_words(words)

    def place(self, segment, words, behind):
        segment.items = self.unequal_too(segment, words)
        items = segment.items
        if segment.after("forall"):
            return self.restrict(items, words or "\\forall")
        if is_token(items[0], kind="relation"):
            return self.go_on(segment, words)
        if segment.after(*ARROWS) and not words and self.implied(segment):
            return None
        if self.is_more(segment):
            return self.extend(items)
        if segment.after(":") and self.colon(segment, behind):
            return None
        if self.here is not None and not has_relation(items) and words:
            return self.said(segment, words)
        if self.is_condition(segment, words, behind):
            return self.restrict(items, words)
        return self.open(items, words, arrow=segment.after(*ARROWS))

    def unequal_too(self, segment, words):
        """The items of a segment; the b of `i \\ne a, b` is `i \\ne b`."""
        items, before = segment.items, self.unequal
        relations = [n for n, i in enumerate(items) if is_token(i, kind="relation")]
        if before and not words and not relations and len(items) == 1 and is_token(items[0], kind="letter") and segment.after(","):
            return (*before, *items)
        self.unequal = tuple(items[:relations[0] + 1]) if len(relations) == 1 and items[relations[0]].text == "!=" else ()
        return items

    def go_on(self, segment, words):
        """A segment that starts with a relation continues the last chain."""
        last = self.here or self.chains.last
        if words:
            (last.words if self.here else self.words).append(words)
        if last is None or not last.sides:
            self.start(Draft([SideDraft((), self.source, self.line(segment.items), Unreadable("a side before the relation"))], [], self.line(segment.items)))
        elif not last.sides[-1].items and last.signs and last.sides[-1].error is None:
            last.sides.pop()
            last.signs.pop()
            if last is not self.here:
                self.here = last
        elif last is not self.here:
            self.start(Draft([last.sides[-1]], [], self.line(segment.items), continues=True))
        self.append(segment.items)

    def append(self, items):
        """The signs and sides of items behind those of the open chain."""
        runs, signs = sides_of(items)
        for run, sign in zip(runs[1:], signs):
            self.here.signs.append(sign)
            self.here.sides.append(SideDraft(trimmed(stripped_ends(run)), self.source, self.line(run or items), as_set=sign in ("in", "notin")))
        self.collapse()
        self.remember()

    def remember(self):
        """The open chain is the one that goes on; a mere condition is not."""
        if not self.here.signs or not set(self.here.signs) <= {"!=", "in", "notin", "subset", ":"}:
            self.chains.last = self.here

    def collapse(self):
        """`= \\; =`: two relations with nothing between them are one."""
        draft = self.here
        for n in range(len(draft.sides) - 2, 0, -1):
            if not draft.sides[n].items and draft.sides[n].error is None and draft.signs[n - 1] == draft.signs[n]:
                del draft.sides[n], draft.signs[n]

    def implied(self, segment):
        """a = b \\Rightarrow c = d in one row or in rows of one display."""
        last = self.here or (self.drafts[-1] if self.drafts else None)
        sign = next(t.text for t in segment.before if t.text in ARROWS)
        if last is None or not last.sides[-1].items:
            return False
        if self.here is None:
            self.start(Draft([last.sides[-1]], [], self.line(segment.items), continues=True))
        runs, signs = sides_of(segment.items)
        self.here.signs += [sign, *signs]
        self.here.sides += [SideDraft(trimmed(stripped_ends(r)), self.source, self.line(r or segment.items)) for r in runs]
        self.remember()
        return True

    def is_more(self, segment):
        """Whether the segment goes on with the side before it."""
        last, first = self.here or self.chains.last, segment.items[0]
        spaces = all(t.kind in ("space", "align", "tag", "label") for t in segment.before)
        if last is None or not last.sides or last.sides[-1].error is not None or not spaces:
            return False
        side = last.sides[-1]
        if self.here is not None:
            return bool(segment.before) and (is_token(first, *OPERATORS) or dangles(side)) and not has_relation(split(segment.items, ",")[0][1:2])
        if not self.fresh:
            return False
        if not self.drafts:
            return self.alone and bool(side.items) and (is_token(first, "+", "cdot", "times", "*") or is_token(first, "-") and self.goes_on
                and bool(last.signs) and not segment.before)
        if dangles(side) or not side.items:
            return True
        return is_token(first, "+", "cdot", "times", "*", "odot", "pm") or is_token(first, "-") and bool(last.signs) and not has_relation(segment.items)

    def extend(self, items):
        last = self.here or self.chains.last
        runs, signs = sides_of(items)
        extended(last.sides[-1], trimmed(runs[0]), self.source)
        if self.here is None and signs:
            self.start(Draft([last.sides[-1]], [], self.line(items), continues=True))
        if signs:
            self.append(items)
        self.here = self.here or last

    def colon(self, segment, behind):
        """`w = o: J = ...` is a case, `x: 1 \\times D` and `f: A \\to B` are declarations."""
        here = self.here
        if here is None or len(here.sides) != 1 + len(here.signs):
            return False
        if here.signs and has_relation(segment.items) and all(s in INEQUALITIES | {"="} for s in here.signs) and not here.continues and is_restriction(here.items):
            self.drafts.remove(here)
            self.pending.append(here.items)
            self.words += [here.before] if here.before else []
            self.here = None
            self.open(segment.items, segment.words())
            return True
        runs, signs = sides_of(segment.items)
        if here.signs or any(s not in ("to",) for s in signs):
            return False
        here.signs += [":", *signs]
        here.sides += [SideDraft(trimmed(stripped_ends(r)), self.source, self.line(r)) for r in runs]
        return True

    def said(self, segment, words):
        """Words and then a formula without a relation: `for all w` belongs to the words; `plus 1` would be a part of the formula."""
        first = next(t for t in segment.before if t.kind in ("text", "note"))
        before = segment.before[:segment.before.index(first)]
        parted = any(t.text in (",", ";", "quad") or t.text in ARROWS for t in before)
        comment = sum(t.kind == "align" for t in before) > 1  # && \text{...} stands in a column of its own
        if not connects(first.text) and not comment and not (parted and len(first.text.split()) > 2):
            self.here.sides[-1].error = Unreadable("mathematics instead of words", first.text.strip(), first.start)
        self.here.words.append(f"{words} ${self.source.cut(segment.items)}$")

    def is_condition(self, segment, words, behind):
        items = segment.items
        if not has_relation(items):
            return False
        if words and CASE.search(words) and is_short(items):
            return self.here is not None or behind or bool(self.drafts)
        runs, signs = sides_of(items)
        if is_relation_of_reals(items) or segment.after(*ARROWS) or words and (self.here is None or CLAIM.search(words) or not set(signs) <= INEQUALITIES):
            return False
        if self.here is None or not self.here.sides:
            return behind and (set(signs) <= INEQUALITIES and is_plain(runs[0])) and not self.fresh
        if set(signs) <= INEQUALITIES or has(items, "dots") and is_plain(runs[0]) and len(signs) == 1:
            return True
        return set(signs) <= {"=", *INEQUALITIES} and is_restriction(items) and is_index_of(stripped(runs[0]), self.here)

    def restrict(self, items, words):
        """Conditions of the open chain, or of the next one."""
        if not has_relation(items):
            self.add_words(f"{words} ${self.source.cut(items)}$".strip())
        elif self.here is not None:
            self.here.restrictions.append((items, self.source))
            if words:
                self.here.words.append(words)
        else:
            self.pending.append(items)
            if words and words != "\\forall":
                self.words.append(words)

    def remark(self, group):
        """(when w != c), (chain rule)."""
        items = stripped(group.items)
        words = " ".join(i.text.strip() for i in items if is_token(i, kind="text"))
        rest = tuple(i for i in items if not is_token(i, kind="text"))
        if has_relation(rest):
            self.restrict(rest, words)
        else:
            self.add_words(self.source.cut(group.items) if rest else words)

    def open(self, items, words, arrow=False):
        """A new chain."""
        runs, signs = sides_of(items)
        draft = Draft([], [], self.line(items))
        draft.items = items
        draft.before = " ".join([*self.words, *(["\\Rightarrow"] if arrow else []), *([words] if words else [])])
        self.words = []
        draft.restrictions = [(i, self.source) for i in self.pending]
        self.pending = []
        draft.sides.append(SideDraft(trimmed(stripped_ends(runs[0])), self.source, self.line(items)))
        self.start(draft)
        self.append(items)

    def start(self, draft):
        if draft.continues or not hasattr(draft, "items"):
            draft.items = ()
            draft.before, self.words = " ".join(self.words), []
            draft.restrictions = [(i, self.source) for i in self.pending]
            self.pending = []
        self.drafts.append(draft)
        self.here = draft

    def line(self, items):
        return self.source.line_at(items[0].start if items else 0)


def stripped_ends(items):
    """items without spaces at the ends."""
    items = list(items)
    while items and is_token(items[0], kind="space"):
        items.pop(0)
    while items and (is_token(items[-1], kind="space") or is_token(items[-1], ",", ";", kind="sign")):
        items.pop()
    return tuple(items)


def dangles(side):
    """Whether a side ends with an operator that waits for its second operand."""
    return bool(side.items) and is_token(side.items[-1], *OPERATORS)


def is_short(items):
    return len(items) < 24 and not has(items, "frac", "sum", kind="command")


def is_index_of(items, draft):
    """Whether the bare letter in `w = o` is an index in the chain beside it."""
    if len(items) != 1 or not is_token(items[0]):
        return False
    text = items[0].text
    return any(below(side.items, text) for side in draft.sides)


def below(items, text, inside=False):
    """Whether a letter stands in a subscript somewhere in items."""
    for n, item in enumerate(items):
        script = inside or n > 0 and is_token(items[n - 1], "_", kind="sign")
        if is_group(item):
            if below(item.items, text, script):
                return True
        elif script and item.text == text and item.kind in ("letter", "command"):
            return True
    return False


def join_lists(found):
    """`k = 1, \\dots, K` and `x, y \\in S` are one segment."""
    result = []
    for n, s in enumerate(found):
        comma = next((t for t in s.before if is_token(t, ",", ";")), None)
        alone = all(t.text in (",", ";", "quad") for t in s.before) and comma is not None
        if result and alone and len(result[-1].items) < LONGEST_LIST and joins(result[-1].items, s.items, [f.items for f in found[n + 1:n + 9]]):
            result[-1].items = (*result[-1].items, comma, *s.items)
        else:
            result.append(s)
    return result


def joins(before, items, later):
    """Whether a comma only lists: dots stand beside it, or a membership follows."""
    last = split(before, ",")[-1]
    if has_relation(items):
        runs, signs = sides_of(items)
        return not has_relation(before) and signs[0] in ("in", "notin", "sim", "subset") and is_plain(before) and len(split(before, ",")) < 4 or \
            dotted(last) and not has_relation(before)
    if dotted(trimmed(items)) or dotted(last):
        return True
    if [i.kind for i in items] == ["number"] == [i.kind for i in last[-1:]] and (len(last) == 1 or is_token(last[-2], "=")):
        return True  # t = 1, 2, 3
    upcoming = next((k for k, i in enumerate(later) if dotted(i) or has_relation(i)), None)
    if upcoming is None:
        return not has_relation(before) and not later and is_plain(before) and is_plain(items)
    if dotted(later[upcoming]):
        return True
    return not has_relation(before) and is_plain(before) and sides_of(later[upcoming])[1][0] in ("in", "notin") and is_plain(items)
