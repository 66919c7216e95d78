"""Chains while a text is being read: sides as items, so that a later row or display can go on with them."""

from bisect import bisect_left
from dataclasses import dataclass, field
import re

from . import conditions, sets
from .blocks import Chain, Side
from .cursor import Notes
from .groups import brackets, has, is_group, is_token, tex_groups
from .tree import Dots, Number, Relation, SetOf, Tuple, Unreadable


class Source:
    """The text of a display or of inline mathematics, and the line at which it starts."""

    def __init__(self, text, line):
        self.text, self.line = text, line
        self.breaks = [m.start() for m in re.finditer("\n", text)]

    def line_at(self, position):
        return self.line + bisect_left(self.breaks, max(position or 0, 0))

    def cut(self, items):
        """The printed text of items, on one line, without what only lays it out."""
        if not items:
            return ""
        text = self.text[items[0].start:items[-1].end]
        text = re.sub(r"\\(?:label|tag\*?)\{[^}]*\}|\\nonumber|\\notag", " ", text)
        if "\\begin{" not in text and "\\substack" not in text:  # there rows and columns mean something
            text = re.sub(r"\\\\(?:\[[^\]]*\])?|(?<!\\)&", " ", text)
        return re.sub(r"\s+", " ", re.sub(r"(?:\s|&|\\\\)+$", "", text)).strip(" ,;&")


@dataclass
class SideDraft:
    """Items of one side; error says beforehand that it cannot be read."""

    items: tuple
    source: Source
    line: int
    error: object = None
    as_set: bool = False
    done: Side | None = None

    def side(self):
        if self.done is None:
            self.done = self.read()
        return self.done

    def read(self):
        text = self.source.cut(self.items)
        self.notes = Notes(self.source.text)
        try:
            if self.error is not None:
                raise self.error
            if not self.items:
                raise Unreadable("an expression on this side of the relation", "nothing")
            tree = listed(self.items, self.notes, self.as_set)
        except Unreadable as error:
            return Side(error, text, self.source.line_at(error.position) if error.position is not None else self.line, error)
        return Side(tree, text, self.line)


def listed(items, notes, as_set):
    """A side may be a list w_1, \\dots, w_K or a set."""
    return sets.listed(items, notes, 0, as_set or len(items) == 1 and is_group(items[0], "\\{") and has(items[0].items, ",", "dots"))


@dataclass
class Draft:
    """A Chain in the making; restrictions are the items of its conditions."""

    sides: list
    signs: list
    line: int
    restrictions: list = field(default_factory=list)
    words: list = field(default_factory=list)
    before: str = ""
    continues: bool = False
    label: str = ""

    def chains(self):
        """The Chain, and those of the equalities printed at its braces."""
        sides = [s.side() for s in self.sides]
        signs = list(self.signs)
        for n, sign in enumerate(signs):
            tree = sides[n + 1].tree
            numbers = isinstance(tree, Tuple) and all(isinstance(i, Number) for i in tree.items) and sides[n + 1].text[:1].isdigit()
            if sign == "=" and isinstance(tree, Tuple) and (Dots() in tree.items or numbers) and n == 0 and len(signs) == 1:
                signs[n], sides[n + 1] = "in", Side(SetOf(tree.items), sides[n + 1].text, sides[n + 1].line)
        rules, words = self.rules()
        notes = [s.notes for s in self.sides if hasattr(s, "notes")]
        for found in notes:
            words += found.words
        main = Chain(tuple(sides), tuple(signs), self.line, tuple(rules), tuple(self.words + words), self.before, self.continues, self.label)
        return [main, *(claim(c, s) for s in self.sides if hasattr(s, "notes") for c in s.notes.claims)]

    def rules(self):
        """(Relations, texts of conditions that cannot be read)."""
        rules, words = [], []
        for items, source in self.restrictions:
            try:
                found = conditions.conditions(items, Notes(source.text), 0)
                rules += [r for r in found if isinstance(r, Relation)]
                words += [f"${source.cut(items)}$"] * any(not isinstance(r, Relation) for r in found)
            except Unreadable:
                words.append(f"${source.cut(items)}$")
        return rules, words


def claim(found, side):
    r"""The Chain of \underbrace{x}_{= 0}."""
    tree, items, note = found
    runs, signs = conditions.sides_of(note)
    line = side.source.line_at(items[0].start if items else 0)
    sides = [Side(tree, side.source.cut(items), line)] + [SideDraft(tuple(r), side.source, line).side() for r in runs[1:]]
    return Chain(tuple(sides), tuple(signs), line)


def extended(side, items, source):
    """side goes on with items, perhaps of another display."""
    if side.source is source:
        side.items = (*side.items, *items)
        return
    text = side.source.text[side.items[0].start:side.items[-1].end] if side.items else ""
    whole = Source(text + "\n" + source.text[items[0].start:items[-1].end], side.line)
    side.items, side.source = brackets(tex_groups(whole.text)), whole


def is_relation_of_reals(items):
    r"""Whether items say U \in \mathbb{R}^{n}."""
    runs, signs = conditions.sides_of(items)
    first = conditions.stripped(runs[-1])[:2] if signs else ()
    return bool(signs) and signs[-1] == "in" and bool(first) and is_token(first[0], "mathbb", "R")
