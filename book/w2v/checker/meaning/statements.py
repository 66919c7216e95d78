"""Blocks to statements, in order: what is claimed, under which conditions, in which section; and what the sentences say."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import NoneType

from ..reading.blocks import Chain, Comment, Directive, Display, Heading, Item, Sentence, Side
from ..reading.latex import latex
from ..reading.tree import Apply, Bracket, Derivative, Dots, Indicator, Number, Plus, Minus, Relation, SetOf, SetBut, SetUnion, Sum, Symbol, Times, Tuple, Bars, Unreadable, walk
from . import phrases
from .apart import Families, among_themselves, apart, beside, left_open, unread_case
from .declarations import by_cases, says_sum, spaces, sum_printed, symmetric
from .comments import apply_comment
from .doubts import DIFFERENT, PROPERTY, altered_gradient, case_doubt, constants, contrary, dependences, kinds_anew, name_of, told
from .layouts import by_entries, layouts
from .letters import CENTER, FUNCTIONS, LOSSES, OUTSIDE
from .names import heads, key, mentions, plain, replaced
from .pieces import merged, pieces
from .plain_talk import unknown
from .superscripts import chains, names_in, numbered
from .symbol_tables import row_said

EQUATIONS = {"=": "=", "equiv": "equiv", ":=": ":=", "=:": "=:"}
IMPLIES = ("=>", "<=>")
ORDER = {"<", "<=", ">", ">="}
RUN_IN = 7  # the level of a part that no heading opens
LONGEST = 5_000  # characters of a sentence that are looked at
LENT = ("U", "u", "V", "v", "y", "y^hat", "P|", "\\sigma", "J")
WORD_LETTERS = ("w", "x", "i", "j", "k")  # single letters that are compared with o and c


@dataclass
class Section:
    """A stretch between headings; loss is the loss that its heading or the text before it names."""

    number: int
    level: int
    parent: int
    title: str
    line: int
    anew: tuple = ()  # the names that its first sentence defines anew


@dataclass
class Statement:
    """One printed relation in its surroundings. given: the cases in force. role: '' or 'hypothesis' or 'condition'."""

    left: object
    right: object
    sign: str
    line: int
    chain: int
    step: int
    display: int
    inline: bool
    section: int
    layout: str = ""
    loss: str = ""
    given: tuple = ()
    own: tuple = ()
    words: tuple = ()
    before: str = ""
    expected: str = ""
    role: str = ""
    supposed: str = ""
    order: int = 0
    premise: bool = False  # before an arrow
    last: bool = False
    label: str = ""
    stated: bool = False  # after 'since', 'let', 'with': a condition rather than a claim if it does not hold
    example: str = ""  # what an earlier sentence supposes: 'Take V = 2.'
    bounds: tuple = ()  # the Bounds that earlier words set: 'For x > 0'
    models: tuple = ()  # the models that the text has named so far
    named: str = ""  # what words say that the left side is: 'the gradient of ...'
    doubt: str = ""  # what leaves it open whether the cases in force are meant here

    @property
    def conditions(self):
        """Those of the line itself, then the cases in force on other letters."""
        mine = {key(r.left) for r in self.own if isinstance(r.left, Symbol)}
        distinguishes = set()
        return self.own + tuple(r for r in self.given if not (isinstance(r.left, Symbol) and key(r.left) in mine | distinguishes))


@dataclass(frozen=True)
class Bound:
    """What a text supposes of the size of quantities: 0 < p < 1."""

    text: str
    relations: tuple
    left: bool = False  # a later sentence speaks in general: it may hold no more

    def names(self):
        return {key(n) for r in self.relations for side in (r.left, r.right) for n in walk(side) if isinstance(n, Symbol)}


@dataclass
class Fact:
    """What a sentence says: kind, the formulas it says it of, words, line, section."""

    kind: str
    trees: tuple
    words: str
    line: int
    section: int
    words_said: str = ""
    order: int = 0  # the number of statements before it
    stated: bool = False  # by a check comment


@dataclass
class Survey:
    """Everything that a text says, before any meaning is chosen."""

    statements: list = field(default_factory=list)
    facts: list = field(default_factory=list)
    sections: list = field(default_factory=list)
    formulas: list = field(default_factory=list)  # every tree of the text, claims or not
    steps: set = field(default_factory=set)  # letters of steps: t of m_{t+1} = ... m_t
    recursions: dict = field(default_factory=dict)  # name -> (letter of its steps, number at which it begins), once they are looked for
    looked: bool = False
    ignored: list = field(default_factory=list)
    fixed: bool = False


def survey(text):
    """The Survey of a reading.Text."""
    text = replace(text, blocks=[cleaned(b) for b in text.blocks])
    text = numbered(text)
    walker = Walker(text)
    for n, block in enumerate(text.blocks):
        walker.block(block, text.blocks[n + 1] if n + 1 < len(text.blocks) else None)
    return walker.survey


def cleaned(block):
    """The block with None for the tree of a side that could not be read."""
    if isinstance(block, Display):
        return replace(block, chains=tuple(readable(c) for c in block.chains))
    if isinstance(block, (Sentence, Heading)):
        return replace(block, parts=tuple(readable(p) if isinstance(p, Chain) else p for p in block.parts))
    return block


def readable(chain):
    return replace(chain, sides=tuple(replace(s, tree=None, error=s.tree) if isinstance(s.tree, Unreadable) else s for s in chain.sides))


def index_letters(text):
    """Keys of all letters that stand in a subscript or are bound by a sum somewhere."""
    found = set()
    for chain in chains(text):
        for side in chain.sides:
            for node in walk(side.tree) if side.tree is not None else ():
                if isinstance(node, Symbol):
                    found |= {key(n) for i in node.subs + (node.sups if node.base != "R" else ()) for n in walk(i) if isinstance(n, Symbol) and not n.subs}
                elif isinstance(node, Sum):
                    found |= {key(letter) for letter in node.letters}
        for relation in chain.conditions:
            found |= {key(relation.left)} if isinstance(relation.left, Symbol) else set()
    return found


def smooths(chain):
    """Whether a formula gives another name to something made of y: the y of its sentence is what is smoothed."""
    return len(chain.sides) == 2 and all(s.tree is not None for s in chain.sides) and not mentions(chain.sides[0].tree, "y") and mentions(chain.sides[1].tree, "y")


class Walker:
    """Goes through the blocks once and keeps what is in force."""

    def __init__(self, text):
        self.survey = Survey()
        self.letters = index_letters(text)
        self.heads = Counter(key(found[0]) for chain in chains(text) for side in chain.sides[: 1 if chain.signs[:1] and chain.signs[0] in EQUATIONS else 0] if side.tree is not None
                      for found in [heads(plain(side.tree))] if found is not None)  # the names that some equation is about
        self.families = Families([side.tree for chain in chains(text) for side in chain.sides if side.tree is not None])
        self.section = self.open_section(0, "", 1)
        self.cases, self.opened = [], [[]]  # relations in force; those opened since the last item
        self.layout = self.tab = self.loss = self.expected = self.supposed = self.example = ""
        self.bounds = ()
        self.declared, self.doubt, self.used = [], "", False  # used: whether the case in force has had a display
        self.hypothesis, self.pending = False, ()
        self.chain, self.before, self.recent, self.shown, self.bullet = 0, "", [], False, False
        self.summed, self.supposedly = [], []  # names whose sum a formula says to be 1; those defined after `if` and `suppose`
        self.earlier = []  # the statements of the display before the last
        self.named = None  # the last sentence said that a derivative follows
        self.others = False  # the last sentence spoke of all words but one
        self.models, self.standing = (), []  # standing: [(section, relation)] of indices that the text says to differ
        self.row = False  # whether a row of a table comes next
        self.label_at = None  # the number of statements above the last label, '**Negative sampling.**' or '(b)'

    # -- blocks ---------------------------------------------------------------------------------------------------
    def block(self, block, following):
        handler = {Heading: self.heading, Sentence: self.sentence, Display: self.display, Item: self.item,
                   Comment: self.comment, Directive: self.directive}[type(block)]
        handler(block, following)

    def open_section(self, level, title, line):
        sections = self.survey.sections
        parent = next((s.number for s in reversed(sections) if s.level < level), -1)
        sections.append(Section(len(sections), level, parent, title, line))
        return sections[-1]

    def heading(self, block, following):
        self.cases, self.opened, self.declared, self.doubt = [], [[]], [], ""
        self.expected, self.hypothesis, self.supposed, self.example, self.bounds = "", False, "", "", ()
        words, formulas = phrases.sentence_text(block.parts, is_chain)
        self.section = self.open_section(block.level, words, block.line)
        self.declared = [r for section, r in self.standing if section in self.around()]
        self.named_loss(words)
        for name, section in self.summed + self.supposedly:
            if section not in self.around():
                self.fact("doubt kind", (), words)
                self.survey.facts[-1].words_said = name
        for kind in layouts(words):
            self.fact(kind, (), words)
        for formula in formulas:
            self.inline(formula, "")
        self.conditions(words, formulas, True)

    def around(self):
        """The numbers of the section and of those that it lies in."""
        found = [self.section.number]
        while self.survey.sections[found[-1]].parent >= 0:
            found.append(self.survey.sections[found[-1]].parent)
        return {0, *found}

    def item(self, block, following):
        """A list item ends what the item before it supposed; the end of a list does so if the item had displays of its own."""
        self.row = block.mark == "|"
        if block.parts or re.fullmatch(r"\(?\w+[.)]", block.mark):
            self.label_at = len(self.survey.statements)
        if self.row or not block.mark and not (self.shown and self.bullet):
            return
        self.example, self.bounds = "", ()
        self.shown, self.bullet = False, bool(re.fullmatch(r"[-*+]|\d+[.)]", block.mark.strip()))
        for relation in self.opened[-1]:
            if relation in self.cases:
                self.cases.remove(relation)
        self.opened[-1] = []

    def directive(self, block, following):
        name = block.name.strip("{}").lower()
        if name == "tab-item":
            title = block.title.lower()
            self.tab = "rows" if "row" in title else "columns" if "column" in title else ""
        elif not name or name == "tab-set":
            self.tab = ""
        if name:
            self.named_loss(block.title)

    def comment(self, block, following):
        apply_comment(self, block.text, block.line)

    # -- prose ----------------------------------------------------------------------------------------------------
    def sentence(self, block, following):
        words, formulas = phrases.sentence_text(block.parts, is_chain)
        if len(words) > LONGEST:  # no sentence, and the patterns take long
            words = "".join(phrases.PLACE.format(n) for n in range(len(formulas)))
        words, made = row_said(words, formulas) if self.row and not self.survey.fixed else (words, [])
        for name, meant in made:
            self.defined(formulas[name], formulas[meant])
        self.begin_part(words, formulas, block, following)
        if block.starts and not phrases.UNDER_IT.match(words):
            self.supposed = ""
        verbal = not self.survey.fixed and phrases.VERBAL.search(words)
        if verbal and unknown(verbal[1]) and not phrases.IF_IT_IS.search(words) and not (phrases.REPEATS.search(verbal[1]) or phrases.TIED.search(verbal[1])):
            self.supposed = verbal[1].strip()
        if not self.survey.fixed and phrases.EXCEPT.search(words) and not any(f.signs for f in formulas):  # all words except o
            self.supposed = " ".join(re.sub("\x00.*?\x00", "...", words).split())
        if not block.starts and self.recent and not self.survey.fixed and phrases.ALTERS.match(words):
            altered(self.recent[-1], words)
        if not block.starts and self.trailing(words, formulas, following):
            return
        self.named_loss(words)
        if self.bounds and (phrases.SCOPE_TALK.search(words) or unknown(words)) and not any(set(f.signs) & ORDER for f in formulas):
            self.bounds = tuple(replace(b, left=True) for b in self.bounds)  # what it says may be of them
        for m in phrases.FOR_ALL.finditer(words):
            letter = formulas[int(m[1])].sides[0].tree
            if isinstance(letter, Symbol) and not letter.indices:
                self.fact("running", (plain(letter),), words, block.line)
                if formulas[int(m[1])].signs == ("!=",) and isinstance(formulas[int(m[1])].sides[1].tree, Number):
                    self.fact("real", (plain(letter),), words, block.line)  # for all x != 0, whatever the sign
        self.deny(words, formulas)
        self.hypothesis = not self.survey.fixed and bool(phrases.ZERO.search(re.sub(r"\x00\d+\x00", "\x00", words))) and isinstance(following, Display)
        if self.hypothesis and phrases.SET_TO_ZERO.search(words):
            self.hypothesis = "set"
        told = by_cases(formulas, words)
        beside, whole = pieces(words, formulas), merged(words, formulas) if not self.survey.fixed else []
        one_hot = any(kind == "one-hot" for kind, *_ in told)
        if not self.survey.fixed or self.leads_in(words, following):
            before = list(self.cases)
            if not beside and (self.survey.fixed or not one_hot and not phrases.COUNTS.search(words)):
                self.conditions(words, formulas, True)
            self.apart(words, formulas)
            opened = bool(self.opened[-1]) and self.cases != before or any(phrases.CASE.search(words) for f in formulas for r in self.relations(f) if r in self.cases)
            if not self.survey.fixed:
                self.used = self.used and not opened
                self.doubt = case_doubt(words, formulas, opened, self.cases, self.used) or ("" if opened else self.doubt)
        row = (list(self.cases), [list(o) for o in self.opened]) if self.row else None
        if self.row:
            self.row = False
            self.open_cases([r for f in formulas for r in self.relations(f) if r.sign in ("=", "!=")])
        for m in phrases.POSITIVE.finditer(words) if not self.survey.fixed and not phrases.DENIED.search(words) else ():
            name = bare_name(formulas[int(m[1])])
            if name is not None and not name.indices and key(name) not in FUNCTIONS:
                self.suppose(Bound(f"{formulas[int(m[1])].sides[0].text} > 0", (Relation(">", name, Number(Fraction(0))),)))
        self.facts(words, formulas, block.line, whole)
        self.names(words, formulas)
        told = [] if whole else told
        formulas, passed = self.in_pieces(formulas, whole)
        formulas = [replace(f, conditions=(*f.conditions, *beside.get(n, ()))) for n, f in enumerate(formulas)] if not told and not self.survey.fixed else formulas
        for n, formula in enumerate(formulas):
            prefix = words.split(phrases.PLACE.format(n))[0]
            if n in passed or any(n == int(m[2]) for m in phrases.DIAGONAL.finditer(words)) and not self.survey.fixed:
                continue  # a part of another definition, the entry of a diagonal matrix
            if told and formula.signs == ("=",) and isinstance(formula.sides[0].tree, Symbol) and any(
                    key(plain(formula.sides[0].tree)) == key(f[1][0]) for f in told):
                self.note(formula)
                continue  # its values case by case: a declaration
            self.inline(formula, prefix.rsplit("\x00", 1)[-1], words, prefix)
        for m in phrases.ZERO_START.finditer(words) if not self.survey.fixed and not phrases.DENIED.search(words) else ():
            if m[2] is None or formulas[int(m[2])].sides[0].tree == Number(Fraction(0)) and not formulas[int(m[2])].signs:
                self.from_zero(formulas[int(m[1])])
        self.before = words.rsplit("\x00", 1)[-1] if formulas else words
        self.named = phrases.NAMES_A_DERIVATIVE.search(words) if not self.survey.fixed else None
        if row is not None:
            self.cases, self.opened = row

    def begin_part(self, words, formulas, block, following):
        """Opens a section where a text says anew what a name is: `**(f)** Now let $J = ...$`, `From now on let ...`, `Let ...` below a label."""
        if self.survey.fixed:
            return
        other = bool(phrases.ALTERED & set(phrases.models(words)) - set(self.models))  # with weight decay the loss becomes
        changed = [before for before in (*(words.split(phrases.PLACE.format(n))[0] for n in range(len(formulas))), words) if other and phrases.BECOMES.search(before)]
        let = [f for n, f in enumerate(formulas) for before in [words.split(phrases.PLACE.format(n))[0]]
               if (phrases.LETTING.search(before) or before in changed) and f.signs[:1] in (("=",), (":=",))]
        if isinstance(following, Display) and (phrases.LETTING.search(words) or words in changed):
            let += [c for c in following.chains[:1] if c.signs[:1] in (("=",), (":=",))]
        told = phrases.NAMES_A_LOSS.search(words)
        names = {key(head) for f in let for head in [bare_head(f)] if head is not None}
        loss = named_losses(told[2] + " loss") if told else []
        if len(loss) == 1 and not formulas[int(told[1])].signs and bare_head(formulas[int(told[1])]) is not None:
            names.add(key(bare_head(formulas[int(told[1])])))
        part, on = phrases.PART.match(words), phrases.ANEW.search(words)
        at = None if part or on or changed else self.label_at
        again = names & self.equated(0, at) - (self.equated(at, None) if at is not None else set()) if part or on or changed or at is not None else ()
        if again:
            lasting = changed or on and not part and not re.match("in this", on[0], re.I)
            self.section = self.open_section(self.section.level + 0.5 if lasting else RUN_IN, "", block.line)
            self.section.anew = tuple(sorted(again))
            self.declared = [r for section, r in self.standing if section in self.around()]
            if len(loss) == 1:
                chain = formulas[int(told[1])]
                lent = replace(chain.sides[0], tree=Symbol("J", label=LOSSES[loss[0]][0]), text=rf"J_{{\text{{{LOSSES[loss[0]][0]}}}}}")
                self.survey.statements += self.links(replace(chain, sides=(*chain.sides, lent), signs=(":=",)), self.upcoming(), True, "let ")

    def equated(self, first, last):
        """The names that the statements from one number to another equate first."""
        found = [heads(s.left.tree) for s in self.survey.statements[first:last] if s.left.tree is not None and s.step == 1]
        return {key(pair[0]) for pair in found if pair is not None}

    @staticmethod
    def leads_in(words, following):
        """On a page with fixed names a sentence opens a case only where it leads into a display: 'When w = o:', 'If w != o,'."""
        opens = re.match(r"\W*(?:\(?\w{1,3}[.)]\s*)?(?:when|if|for|case|suppose|let|otherwise|together|both|hence|in general|for every)\b", words, re.I)
        return bool(opens) and isinstance(following, Display)

    def trailing(self, words, formulas, following):
        """`for $w \\neq o$.` behind a display belongs to the display."""
        if not re.match(r"\W*(?:for|if|when|whenever|provided|with|where|given)\b", words, re.I) or not self.recent:
            return False
        relations = [] if self.survey.fixed else apart(words, formulas, self.families)[0]
        relations = relations or [r for f in formulas for r in self.relations(f)]
        if not relations or len(relations) < len(formulas):
            if phrases.OTHERWISE.search(words) and not formulas:
                ends = phrases.OTHER_WORDS.search(words) and not self.cases and not isinstance(following, Display) and not self.survey.fixed
                for statement in self.recent if ends else ():
                    statement.own += rest_of(statement.left.tree, self.earlier)
                return bool(ends)
            if re.match(r"\W*for (?:all|any|every|each)\b", words, re.I) and formulas and not phrases.OTHER.search(words):
                universal = {key(f.sides[0].tree) for f in formulas if len(f.sides) == 1 and isinstance(f.sides[0].tree, Symbol)}
                for statement in self.recent:
                    statement.given = tuple(r for r in statement.given if key(r.left) not in universal)
                self.cases = [r for r in self.cases if key(r.left) not in universal]
            return False
        for statement in self.recent:
            statement.own += tuple(relations)
        return True

    def named_loss(self, words):
        """A text that names exactly one loss of the prelude makes it the loss J."""
        self.models = tuple(dict.fromkeys((*self.models, *phrases.models(words))))
        found = named_losses(words)
        if len(found) == 1 and not self.survey.fixed:
            self.loss = found[0]

    def deny(self, words, formulas):
        kinds = told(words, formulas)
        if any(kind == "one-hot" and key(plain(trees[0])) == "y" for kind, trees, _ in by_cases(formulas, words)):
            kinds = [*kinds, "granted soft"]
        for kind in kinds:
            self.fact(kind, (), words)
        if DIFFERENT.search(words):
            self.fact("granted indices", (), words)
        diagonal = [] if self.survey.fixed else self.diagonals(words, formulas)
        rest = phrases.DIAGONAL.sub(" ", words) if diagonal else words
        rest = re.sub(r"\b(?:symmetric|positive (?:semi-?)?definite)\b", " ", rest) if symmetric(words, formulas) and not self.survey.fixed else rest
        for formula in formulas if PROPERTY.search(rest) else ():  # a matrix that is symmetric: nothing here makes use of it
            self.fact("property", (), words)
            self.survey.facts[-1].words_said = name_of(formula)
        for formula in formulas if phrases.SUM_SAID.search(words) and not phrases.NOT_SO.search(words) and not says_sum(words, formulas) else ():
            if name_of(formula) not in self.letters:
                self.fact("property of its own", (), words)
                self.survey.facts[-1].words_said = name_of(formula)
        every = phrases.FOR_EVERY.search(words) or any(isinstance(s.tree, SetOf) and Dots() in s.tree.elements for f in formulas for s in f.sides[1:])
        for formula in formulas if every and not self.survey.fixed else ():
            if levels(formula):
                self.fact("property", (), words)
                self.survey.facts[-1].words_said = name_of(formula)
        for name in (kinds_anew(words, formulas) + self.no_longer(words, formulas)) if not self.survey.fixed else ():
            self.fact("doubt kind", (), words)
            self.survey.facts[-1].words_said = name
        if phrases.START_ANEW.search(words):
            self.fact("doubt start", (), words)
        for pair in dependences(words, formulas):
            self.fact("doubt depends", map(plain, pair), words)
        for kind, names in (("doubt name", contrary(words, formulas) + ["the gradient"] * altered_gradient(words)), ("doubt constant", constants(words, formulas))):
            for name in names:
                self.fact(kind, (), words)
                self.survey.facts[-1].words_said = name
        for kind, pattern in (("soft", phrases.SOFT), ("repeats", phrases.REPEATS), ("repeated window", phrases.REPEATED_WINDOW), ("tied", phrases.TIED)):
            if pattern.search(words) and not (kind == "soft" and "granted soft" in kinds and any(map(smooths, formulas))):
                self.fact(kind, (), words)
        if phrases.O_DRAWN.search(words) and not phrases.NOT_AMONG.search(words):
            self.fact("o drawn", (), words)

    def no_longer(self, words, formulas):
        """The names of which a later sentence may say that they sum to 1 no more, or are no more what `if` made them."""
        summed, supposed = ([name for name, _ in names] for names in (self.summed, self.supposedly))
        said = unknown(words) and (phrases.SCOPE_TALK.search(words) or {name_of(f) for f in formulas} & set(summed))
        return summed * bool(said) + supposed * bool(unknown(words) and phrases.OTHER_MODEL.search(words))

    def diagonals(self, words, formulas):
        """The places of the entries of diagonal matrices, `R is the diagonal matrix with R_nn = y_n`, which are made definitions here."""
        found = []
        for m in phrases.DIAGONAL.finditer(words):
            name, entry = bare_name(formulas[int(m[1])]), bare_entry(formulas[int(m[2])])
            if name is None or entry is None or key(entry) != key(name) or len(entry.subs) != 2 or entry.subs[0] != entry.subs[1]:
                continue
            row, printed = entry.subs[0], formulas[int(m[2])]
            other = replace(row, accents=(*row.accents, "prime"))
            body = Times((Indicator((Relation("=", row, other),)), Bracket(plain(printed.sides[1].tree))), ("",))
            left = replace(printed.sides[0], tree=replace(entry, subs=(row, other)))
            self.note(replace(printed, sides=(left,), signs=()))
            self.defined(replace(printed, sides=(left,), signs=()), replace(printed, sides=(replace(printed.sides[1], tree=body),), signs=()))
            found.append(int(m[2]))
        return found

    def fact(self, kind, trees, words, line=0, stated=False):
        self.survey.facts.append(Fact(kind, tuple(trees), words, line, self.section.number, "", len(self.survey.statements), stated))

    # -- cases ----------------------------------------------------------------------------------------------------
    def conditions(self, words, formulas, opens):
        """Opens, turns round and closes cases as a sentence says."""
        relations = [r for f in formulas for r in self.relations(f)]
        cases = [r for r in relations if r.sign in ("=", "!=", "notin", "in")]
        if phrases.EXCEPT.search(words):
            cases = [Relation({"=": "!=", "!=": "="}.get(r.sign, r.sign), r.left, r.right) for r in cases]
        other = phrases.OTHER.search(words)
        if phrases.CLOSES.search(words) and not other and all(r.sign == "in" and isinstance(r.right, Symbol) for r in cases):
            self.cases, self.opened = [], [[]]
        if phrases.ALL_CASES.search(words):
            self.example = ""
        if phrases.ALL_CASES.search(words) or phrases.WIDER.search(words):
            self.bounds = tuple(replace(b, left=True) for b in self.bounds)
        if phrases.FOR_ALL.search(words) and not other:
            universal = {key(f.sides[0].tree) for f in formulas if len(f.sides) == 1 and isinstance(f.sides[0].tree, Symbol)}
            self.cases = [r for r in self.cases if key(r.left) not in universal]
            self.bounds = tuple(b for b in self.bounds if not b.names() & universal)
        if cases and phrases.CASE.search(words):
            self.open_cases(cases)
        elif phrases.OTHERWISE.search(words) and not cases:
            alone = [plain(f.sides[0].tree) for f in formulas if len(f.sides) == 1 and isinstance(f.sides[0].tree, Symbol) and not f.sides[0].tree.subs]
            if alone and key(alone[0]) in self.letters:
                self.open_cases([Relation("!=", alone[0], r.right) for r in self.cases[:1] if r.sign == "="] or [Relation("!=", alone[0], Symbol("o"))])
            else:
                self.turn()
                self.others = not self.cases and bool(phrases.OTHER_WORDS.search(words))
        but = phrases.BUT_ONE.search(words)
        if but:
            letters = [f.sides[0].tree for f in formulas if len(f.sides) == 1 and isinstance(f.sides[0].tree, Symbol) and not f.sides[0].tree.subs]
            self.open_cases([Relation("!=", letter, Symbol("c" if but[1].lower().startswith("cent") else "o")) for letter in letters[:1]])
            self.supposed = self.supposed if letters or self.survey.fixed else " ".join(words.split())
        for m in phrases.EXCEPT_FOR.finditer(words):
            sides = [f.sides[0].tree if not f.signs else None for f in (formulas[int(m[1])], formulas[int(m[2])])]
            if all(isinstance(s, Symbol) and self.index_like(s) for s in sides):
                self.open_cases([Relation("!=", *map(plain, sides))])
                self.supposed = ""
        for m in phrases.IS_OUTSIDE.finditer(words):
            letter = formulas[int(m[2])].sides[0].tree
            if isinstance(letter, Symbol) and self.index_like(letter) and not formulas[int(m[2])].signs:
                turned = m["how"].lower().startswith(("unless", "except")) != bool(m["no"])
                self.open_cases([Relation("!=" if turned else "=", plain(letter), Symbol("c" if m["which"].lower().startswith("cent") else "o"))])
                self.supposed = ""
        for m in phrases.IT_IS.finditer(words) if not self.survey.fixed else ():
            sides = [formulas[int(n)].sides[0].tree if not formulas[int(n)].signs else None for n in (m[1], m[3])]
            if all(isinstance(s, Symbol) and not s.indices and self.index_like(s) for s in sides):
                self.open_cases([Relation("!=" if m["no"] else "=", *map(plain, sides))])
        if phrases.IF_IT_IS.search(words) and not self.survey.fixed:
            self.answered(not any(phrases.IF_IT_IS.search(words).groupdict().values()), words)
        if phrases.NEITHER.search(words):
            letters = [f.sides[0].tree for f in formulas if len(f.sides) == 1 and isinstance(f.sides[0].tree, Symbol)]
            self.open_cases([Relation("!=", letter, Symbol(x)) for letter in letters[:1] for x in ("o", "c")])

    def apart(self, words, formulas):
        """What a sentence says of indices that differ from others: a case, or something that stands for the section and those in it."""
        if self.survey.fixed:
            return
        cases, stated = apart(words, formulas, self.families)
        if cases:
            letters = {key(r.left) for r in cases}
            kept = [r for f in formulas for r in self.relations(f) if key(r.left) in letters and r.sign == "!=" and not self.families.all_of(r.right)]
            self.open_cases([*kept, *(r for r in cases if r not in kept)])
        self.standing += [(self.section.number, r) for r in stated]
        self.declared += stated
        if among_themselves(words, formulas, self.families):
            self.fact("granted indices", (), words)
        names = [f.sides[0].tree for f in formulas if f.sides]
        if not cases and unread_case(words) and (not names or any(isinstance(n, Symbol) and key(n) in self.letters - OUTSIDE - CENTER for n in names)):
            self.supposed = " ".join(re.sub("\x00.*?\x00", "...", words).split())
        if not cases and not stated and not DIFFERENT.search(words):
            for name in left_open(words, formulas, self.families):
                self.fact("property", (), words)
                self.survey.facts[-1].words_said = name

    def answered(self, yes, words):
        """'If it is' and 'if not' speak of the case in force; of several cases, or of none, it is not said which."""
        if len(self.cases) != 1 or self.cases[0].sign not in ("=", "!=") or self.supposed:
            self.supposed = " ".join(words.split())
            return
        case = self.cases[0]
        self.cases = [Relation("=" if yes else "!=", case.left, case.right)]
        self.opened[-1] += self.cases

    def open_cases(self, relations):
        relations = [r for r in relations if isinstance(r.left, Symbol)]
        for letter in {key(r.left) for r in relations}:
            own = [r for r in relations if key(r.left) == letter]
            contrary = {(r.sign, r.right) for r in own}
            if ("=", own[0].right) in contrary and ("!=", own[0].right) in contrary:
                self.cases = [r for r in self.cases if key(r.left) != letter]
                continue
            if any(r.sign == "in" for r in own):
                continue
            self.cases = [r for r in self.cases if key(r.left) != letter] + own
            self.opened[-1] += own

    def turn(self):
        """'otherwise': a case w = o becomes w != o."""
        self.cases = [Relation("!=", r.left, r.right) if r.sign == "=" else r for r in self.cases]

    def relations(self, chain):
        """The conditions on indices that a formula states, or []."""
        if any(s.tree is None for s in chain.sides) or not chain.signs or not set(chain.signs) <= {"=", "!=", "in", "notin", "<", "<=", ">", ">="}:
            return []
        sides = [plain(s.tree) for s in chain.sides]
        if not all(self.index_like(s) or isinstance(s, (SetOf, SetBut, SetUnion, Tuple, Bars)) for s in sides):
            return []
        if set(chain.signs) <= {"=", "!="} and compares_words(sides):
            return [condition(sign, a, b) for a, sign, b in zip(sides, chain.signs, sides[1:])]
        if not isinstance(sides[0], (Symbol, Number)) and "in" not in chain.signs:
            return [] if set(chain.signs) <= {"=", "!="} else [Relation("in", sides[0], sides[-1])] * 0
        if not any(key(n) in self.letters or key(n) in OUTSIDE for s in sides for n in walk(s) if isinstance(n, Symbol)):
            return []
        if chain.signs[0] == "=" and isinstance(sides[0], Symbol) and sides[0].base.isupper() and not key(sides[0]) in self.letters:
            return []
        more = [condition(r.sign, plain(r.left), plain(r.right)) for r in chain.conditions if isinstance(r, Relation) and r.sign == "!="]  # i != a, b
        return [condition(sign, a, b) for a, sign, b in zip(sides, chain.signs, sides[1:])] + more

    def index_like(self, tree):
        """A letter, a number, w_k, or a sum of them."""
        if isinstance(tree, Bracket):
            return self.index_like(tree.arg)
        if isinstance(tree, (Plus, Minus)):
            return all(self.index_like(t) for t in (tree.terms if isinstance(tree, Plus) else (tree.arg,)))
        if isinstance(tree, Number):
            return True
        if not isinstance(tree, Symbol) or tree.accents and set(tree.accents) - {"prime", "star", "cal"}:
            return False
        name = key(tree)
        if not tree.subs and not tree.sups and len(tree.base) == 1 and tree.base in WORD_LETTERS:
            return True
        if tree.subs:
            return name in ("w", "x", "i", "j") and (tree.base == "w")
        return name in self.letters or name in OUTSIDE or name in CENTER or tree.base.isupper() and len(tree.base) == 1

    # -- declarations ---------------------------------------------------------------------------------------------
    def facts(self, words, formulas, line, whole):
        from .declarations import declarations

        for kind, trees, said in declarations(words, formulas):
            if whole and kind == "values":
                continue  # r_i = 1 if a_i > 0 and 0 otherwise: each of them where it is said
            self.fact(kind, tuple(plain(t) for t in trees), said, line)
            self.survey.facts[-1].words_said = words

    # -- formulas -------------------------------------------------------------------------------------------------
    def inline(self, chain, before, sentence="", prefix=""):
        self.note(chain)
        if not chain.signs or self.relations(chain):
            return
        told = None if self.survey.fixed else sum_printed(chain, sentence)
        if told is not None and key(told[1][0]) not in self.heads and phrases.NORMALISED.search(prefix) and not phrases.DENIED.search(sentence):
            self.fact(*told, sentence, chain.line)
            self.summed.append((key(told[1][0]), self.section.number))
            return
        if not self.survey.fixed and set(chain.signs) <= ORDER and (phrases.DENIED.search(sentence) or re.search(r"\bor\b", sentence)):
            self.bounds = tuple(replace(b, left=True) for b in self.bounds)
            return
        if not self.survey.fixed and set(chain.signs) <= ORDER and (phrases.GIVEN.search(prefix) or phrases.GIVEN_TOO.search(prefix)):
            self.bound(chain)
            return
        point = bool(re.search(r"\b(?:at|when|whenever|(?:only|exactly|precisely) (?:when|if|at)|iff|if and only if)\s*$", before.rstrip(), re.I))
        supposed = point or bool(sentence) and bool(phrases.HYPOTHESIS.search(sentence)) and bool(
            re.search(r"\b(?:if|suppose|assume|assuming|provided|given that|imagine)\b(?![^.\x00]*,[^.\x00]*\b(?:becomes?|is|are|equals?|get|have|gives?|yields?)\b)[^.\x00]*$", before, 2))
        one = not self.survey.fixed and chain.sides[-1].tree == Number(Fraction(1)) and isinstance(chain.sides[0].tree, Symbol) and len(chain.sides[0].tree.subs) == 1 and bool(
            phrases.ONE_HOT.search(sentence) or phrases.TRUE_WORD.search(sentence) and re.search(r"\b(?:let|be|denotes?|where)\b", sentence, re.I))
        news = not self.survey.fixed and not phrases.DENIED.search(sentence) and self.introduces(chain)
        if news and supposed:
            self.supposedly.append((key(heads(plain(chain.sides[0].tree))[0]), self.section.number))
            self.fact("supposed name", (), sentence)
            self.survey.facts[-1].words_said = self.supposedly[-1][0]
        supposed = supposed and not news
        letting = re.search(r"\blet\s*$", before, re.I) and chain.signs == ("=",) and chain.sides[0].tree is not None and not isinstance(chain.sides[0].tree, Apply) and heads(plain(chain.sides[0].tree)) is None
        supposed = supposed or bool(letting) and not self.survey.fixed  # `Let p + q = 1` defines nothing
        chosen = not supposed and not self.survey.fixed and self.chosen(chain, before)
        supposed = supposed or chosen
        number = self.upcoming()
        value = len(chain.sides) == 2 and (constant(chain.sides[-1].tree) or isinstance(chain.sides[-1].tree, Symbol)) and not re.search(r"\bthen\b", before, re.I)
        conditional = not self.survey.fixed and not supposed and not news and bool(
            phrases.CONDITIONAL.search(prefix) or isinstance(chain.sides[-1].tree, Number) and re.search(r"\bfor\s*$", prefix, re.I))
        head = bare_entry(chain)
        if not self.survey.fixed and head is not None and phrases.SPECIAL.search(prefix) and key(head) in self.equated(0, None):
            conditional = value = True  # for the uniform weights a_i = 1/n
        equation = f"{chain.sides[0].text} = {chain.sides[-1].text}"
        if supposed and (point or not any(self.fresh_head(chain))):
            self.supposed = equation
        elif chain.signs == ("=",) and (supposed and not point or conditional and value):
            self.example = equation
        if supposed and not point and not chosen:
            for name in {n.base for s in chain.sides if s.tree is not None for n in names_in(s.tree)}:
                self.fact("doubt relation", (), sentence)
                self.survey.facts[-1].words_said = name
        for statement in self.links(chain, number, True, before):
            statement.stated = bool(phrases.GIVEN.search(before)) and not re.search(r"\blet\s*$", before, re.I)
            statement.role = "hypothesis" if supposed or one or conditional and value else ""
            if conditional and not value:
                statement.supposed = statement.supposed or " ".join(re.sub("\x00.*?\x00", "...", prefix).split())
            self.survey.statements.append(statement)

    def introduces(self, chain):
        """Whether an equation is the first and only one about its name, so that `if p = softmax(z)` says for all the text what p is."""
        left, right = chain.sides[0].tree, chain.sides[-1].tree
        head, _ = (heads(plain(left)) if left is not None else None) or (None, None)
        if head is None or right is None or chain.signs[:1] not in (("=",), (":=",)) or constant(right) or isinstance(plain(right), Symbol) or key(head) in LENT or key(head) in self.letters:
            return False
        earlier = self.survey.formulas[: len(self.survey.formulas) - sum(s.tree is not None for s in chain.sides)]
        return self.heads[key(head)] == 1 and not any(mentions(tree, key(head)) for tree, *_ in earlier) and not mentions(plain(right), key(head))

    def names(self, words, formulas):
        """Definitions in words: `denote by $S$ the sum $...$`."""
        pairs = [(int(m[1]), int(m[2])) for pattern in phrases.NAMES for m in pattern.finditer(words)]
        pairs += [(int(m[2]), int(m[1])) for pattern in phrases.NAMED_BY for m in pattern.finditer(words)]
        for name, meant in dict(pairs).items() if not self.survey.fixed else ():
            if formulas[name].signs or formulas[meant].signs or any(isinstance(c.sides[0].tree, (Symbol, Number, NoneType)) for c in [formulas[meant]]) \
                    or not isinstance(formulas[name].sides[0].tree, Symbol):
                continue
            self.defined(formulas[name], formulas[meant])
        for m in phrases.COUNTS.finditer(words) if not self.survey.fixed else ():
            self.counted(m, formulas)

    def in_pieces(self, formulas, whole):
        """(the formulas, the first of each name that is said in pieces with all of them; the numbers of those that are used up)."""
        formulas, passed = list(formulas), set()
        for numbers, cases, beside in whole:
            first = formulas[numbers[0]]
            formulas[numbers[0]] = replace(first, sides=(first.sides[0], replace(first.sides[1], tree=cases, text=latex(cases))))
            passed |= {*numbers[1:], *beside}
        return formulas, passed

    def from_zero(self, formula):
        """`r_t = r_{t-1} + g_t^2, starting from zero` says that r_0 is 0."""
        head = bare_entry(formula)
        body = plain(formula.sides[-1].tree) if head is not None and formula.sides[-1].tree is not None else None
        if body is not None and len(head.subs) == 1 and mentions(body, key(head)):
            zero = Side(Number(Fraction(0)), "0", formula.line)
            first = replace(head, subs=(Number(Fraction(0)),))
            left = replace(formula.sides[0], tree=first, text=latex(first))
            self.defined(replace(formula, sides=(left,), signs=()), replace(formula, sides=(zero,), signs=()))

    def counted(self, m, formulas):
        """A number said in words, how often w was drawn, as a definition: of words alone nothing is known but that they count."""
        name, letter, relation, word, drawn = (formulas[int(n)] if n else None for n in m.groups())
        head, word = bare_name(name), word or drawn
        if head is None or key(head) in self.heads:
            return
        if relation is not None and relation.signs == ("=",) and all(s.tree is not None for s in relation.sides):
            them, of = (plain(s.tree) for s in relation.sides)
            body = self.families.counted(of, bare_name(letter), them)
        else:
            body = self.families.counted(bare_name(word), None) if bare_name(word) in head.subs else None
        if body is not None:
            self.defined(name, replace(name, sides=(Side(body, latex(body), name.line),)))

    def defined(self, name, meant):
        """A definition said in words: a name, and the formula that it stands for."""
        chain = replace(name, sides=(*name.sides, *meant.sides), signs=(":=",))
        self.survey.statements += self.links(chain, self.upcoming(), True, "let ")

    @staticmethod
    def chosen(chain, before):
        """Whether a vector or an entry is given a value for a while: `let $v_c = 0$`."""
        left, right = chain.sides[0].tree, chain.sides[-1].tree
        return chain.signs == ("=",) and isinstance(left, Symbol) and bool(left.subs) and constant(right) and bool(phrases.CHOSEN.search(before))

    def bound(self, chain):
        """Keeps what a chain of inequalities supposes; it replaces what was supposed of one of its names before."""
        if any(side.tree is None for side in chain.sides):
            return
        text = chain.sides[0].text + "".join(f" {sign} {side.text}" for sign, side in zip(chain.signs, chain.sides[1:]))
        sides = [plain(side.tree) for side in chain.sides]
        if any(isinstance(side, Symbol) and key(side) in FUNCTIONS for side in sides):
            return  # 0 < sigma < 1 is true of every value
        for pair in zip(sides, sides[1:]):
            name = next((a for a in pair if isinstance(a, Symbol) and not a.indices), None)
            if name is not None and any(isinstance(a, Number) for a in pair):
                self.fact("type", (name,), "number", chain.line)
        self.suppose(Bound(text, tuple(Relation(sign, a, b) for a, sign, b in zip(sides, chain.signs, sides[1:]))))

    def suppose(self, bound):
        """Puts a Bound in the place of those on the same names."""
        self.bounds = (*(b for b in self.bounds if b.names() != bound.names()), bound)

    def fresh_head(self, chain):
        tree = chain.sides[0].tree
        found = heads(plain(tree)) if tree is not None else None
        yield found is not None and not found[0].accents and not found[0].subs

    def upcoming(self):
        return max((s.display for s in self.survey.statements), default=0)

    def display(self, block, following):
        made, self.shown = [], True
        for n, chain in enumerate(block.chains):
            self.note(chain)
            for kind, trees, said in spaces(chain) if chain.signs == ("in",) else ():
                self.fact(kind, tuple(plain(x) for x in trees), said, chain.line)
            if by_entries(chain):
                self.fact(by_entries(chain), (), "", chain.line)
            if self.condition_only(chain, made):
                continue
            made += self.links(chain, block.number, False, (self.before if not n else "") + " " + chain.before, made)
        for statement in made:
            statement.label = block.label
            if self.hypothesis and made.index(statement) == 0:
                if self.hypothesis == "set" or any(isinstance(s.tree, Number) and not s.tree.value for s in (statement.left, statement.right)):
                    statement.role = "hypothesis"
                statement.supposed = statement.supposed or "that something is zero here"
        self.survey.statements += made
        printed = printed_losses(made)
        if len(printed) == 1 and not self.survey.fixed:
            self.loss = printed.pop()
        if self.named and made and isinstance(made[0].left.tree, Symbol) and made[0].right.tree is not None and not any(isinstance(n, Derivative) for n in walk(made[0].right.tree)):
            made[0].named = " ".join(re.sub(r"\W*\b(?:is|equals)(?: then| thus| therefore)?\W*$", "", re.sub("\x00.*?\x00", "...", self.named[0])).split())
        self.earlier, self.recent, self.hypothesis, self.before, self.others, self.named = self.recent, made, False, "", False, None
        self.used = bool(self.cases)
        self.expected = ""

    def condition_only(self, chain, made):
        """A row that only says for which index the rows around it hold."""
        relations = self.relations(chain)
        if not relations:
            return False
        own = [s for s in made if s.chain == self.chain]
        if own:
            for statement in own:
                statement.own += tuple(relations)
        else:
            self.open_cases([r for r in relations if r.sign in ("=", "!=", "notin")])
        return True

    def note(self, chain):
        for side in chain.sides:
            if side.tree is not None:
                self.survey.formulas.append((plain(side.tree), self.section.number, side.line))

    def links(self, chain, number, inline, before, made=()):
        """The statements of one chain."""
        if not chain.continues:
            self.chain += 1
        own = tuple(condition(r.sign, plain(r.left), plain(r.right)) for r in chain.conditions if isinstance(r, Relation))
        given = tuple(self.cases) + tuple(self.declared)
        words, unsaid = " ".join(chain.words), False
        if phrases.OUTSIDE_WORD.search(words):
            own += tuple(Relation("=", letter, Symbol("o")) for letter in self.word_letters(chain))
        elif phrases.OTHERWISE.search(words) or self.others and not (inline or self.cases or self.survey.fixed):
            own += self.rest(chain, made)
            unsaid = self.others and not own  # for the others: than which?
        elif phrases.CLOSES.search(words):
            given = tuple(self.declared)
        more = beside(words, own, self.families) if not self.survey.fixed else ()
        own += more or ()
        found, step = [], max((s.step for s in (*self.survey.statements, *made) if s.chain == self.chain), default=0)
        for n, (a, sign, b) in enumerate(zip(chain.sides, chain.signs, chain.sides[1:])):
            if sign not in EQUATIONS and sign != "approx":
                continue
            step += 1
            found.append(Statement(settled(a), settled(b), sign, b.line if b.text else a.line, self.chain, step, number, inline,
                                   self.section.number, self.tab or self.layout, self.loss, given, own, chain.words,
                                   before if not n else "", self.expected, "", self.supposed, example=self.example, bounds=self.bounds))
        if re.search(r"\bnot (?:only|just)\b", words):
            for statement in found:
                statement.own = ()
        for statement in found:
            statement.doubt, statement.models = self.doubt, self.models
            statement.supposed = statement.supposed or ("" if more is not None else words) or "for all others" * bool(unsaid)
        if found and any(phrases.ALTERS.match(w) for w in chain.words):
            altered(found[-1], words)
        if found:
            found[-1].last = True
        if not chain.signs and not inline and chain.sides and chain.sides[0].tree is None:
            found.append(Statement(chain.sides[0], replace_text(chain.sides[0]), "=", chain.line, self.chain, 1, number, inline,
                                   self.section.number, self.tab or self.layout, self.loss, given, own, chain.words, before, self.expected))
        arrow = next((n for n, s in enumerate(chain.signs) if s in IMPLIES), None)
        before_arrow = [s for s in chain.signs[: arrow or 0] if s in EQUATIONS]
        for k, statement in enumerate(found if before_arrow else ()):
            if k < len(before_arrow):
                statement.premise = True
            else:
                statement.supposed = statement.supposed or "what stands before the arrow"
        return found

    def rest(self, chain, made):
        """The condition of a line for all others; where the line before leaves it open, its index is not o."""
        above = [s for s in made if s.chain != self.chain] or self.recent
        found = rest_of(plain(chain.sides[0].tree), above) if chain.sides and chain.sides[0].tree is not None else ()
        return found or tuple(Relation("!=", letter, Symbol("o")) for letter in self.word_letters(chain))

    def word_letters(self, chain):
        letters = {n for s in chain.sides if s.tree is not None for x in walk(s.tree) if isinstance(x, Symbol) and x.base in ("u", "y")
                   for n in x.subs if isinstance(n, Symbol) and not n.subs and key(n) not in OUTSIDE | CENTER}
        return sorted(letters, key=repr)[:1]


def rest_of(left, above):
    """What the line above leaves for a left side that all others have: not its condition, `if i = k`, nor its index, dJ/dz_k and dJ/dz_i."""
    for s in above[-1:] if left is not None else ():
        if s.left.tree == left and len(s.own) == 1 and s.own[0].sign == "=":
            return (replace(s.own[0], sign="!="),)
        pair = one_index(left, s.left.tree) if s.left.tree is not None else None
        if pair is not None:
            return (Relation("!=", *pair),)
    return ()


def one_index(a, b):
    """(i, k) where two trees differ in this alone, that one has the letter i where the other has k; else None."""
    ours, theirs = ({n for n in walk(tree) if isinstance(n, Symbol) and not n.indices} for tree in (a, b))
    mine, other = ours - theirs, theirs - ours
    return (*mine, *other) if len(mine) == len(other) == 1 and replaced(b, {next(iter(other)): next(iter(mine))}) == a else None


def altered(statement, words):
    """A line beside which words stand that change what it says, `(transposed)`, cannot be read: they are no mathematics."""
    error = Unreadable("mathematics instead of words", " ".join(re.sub("\x00.*?\x00", "...", words).split())[:24])
    statement.right = replace(statement.right, tree=None, error=error)


def bare_name(chain):
    """The name that a formula is, else None."""
    tree = plain(chain.sides[0].tree) if chain is not None and not chain.signs and chain.sides[0].tree is not None else None
    return tree if isinstance(tree, Symbol) else None


def bare_entry(chain):
    """The name on the left of an equation, indices and all, else None."""
    tree = plain(chain.sides[0].tree) if chain.signs == ("=",) and chain.sides[0].tree is not None else None
    return tree if isinstance(tree, Symbol) else None


def bare_head(chain):
    """The name without indices that a formula is or begins with, else None."""
    found = heads(plain(chain.sides[0].tree)) if chain.sides and chain.sides[0].tree is not None else None
    return found[0] if found is not None and not found[0].indices else None


def levels(chain):
    """Whether a formula gives every entry of a name one value: z_i = a."""
    if chain.signs != ("=",) or any(s.tree is None for s in chain.sides):
        return False
    left, right = (plain(s.tree) for s in chain.sides)
    return isinstance(left, Symbol) and len(left.subs) == 1 and isinstance(left.subs[0], Symbol) and not left.subs[0].subs and key(left.subs[0]) not in OUTSIDE | CENTER \
        and (constant(right) or isinstance(right, Symbol) and not right.indices)


def constant(tree):
    """Whether a tree is made of numbers alone: 0, -1/2, (1, 2)."""
    return tree is not None and not any(isinstance(n, (Symbol, Sum)) for n in walk(tree))


def replace_text(side):
    return replace(side, text="", error=None)


def settled(side):
    """The side with its tree in plain names."""
    return replace(side, tree=plain(side.tree)) if side.tree is not None else side


def condition(sign, left, right):
    """A Relation in plain names."""
    return Relation(sign, left, right)


def compares_words(sides):
    """w = o, x != c: a letter for words compared with a word of the course."""
    return all(isinstance(s, Symbol) and not s.subs and not s.accents for s in sides) and any(key(s) in ("o", "c") for s in sides) and all(
        s.base in WORD_LETTERS or key(s) in ("o", "c") for s in sides)


def is_chain(part):
    return isinstance(part, Chain)


def printed_losses(statements):
    """The losses of one pair that statements print with a label: J_{naive-softmax}."""
    labels = {n.label.lower().strip("^").replace(" ", "-").replace("_", "-") for s in statements for side in (s.left, s.right) if side.tree is not None
              for n in walk(side.tree) if isinstance(n, Symbol) and n.base == "J" and n.label}
    return {loss for loss in ("naive softmax", "negative sampling") if labels & set(LOSSES[loss])}


def named_losses(words):
    """The losses of the course that a text names."""
    patterns = {"negative sampling": r"negative[- ]sampl|neg[-_ ]?sampl|负采样|\bSGNS\b",
                "hierarchical softmax": r"hierarchical[- ]softmax",
                "skip-gram": r"\bskip-?gram loss\b",
                "naive softmax": r"naive[- ]softmax|(?<!hierarchical )softmax (?:loss|cross|objective|model)|cross[- ]?entropy|交叉熵|朴素"}
    return [name for name in LOSSES if name in patterns and re.search(patterns[name], words, re.I)]


__all__ = ["survey", "Survey", "Statement", "Fact", "Section", "Unreadable", "Fraction"]
