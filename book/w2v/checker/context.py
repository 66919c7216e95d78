"""The context that prose, headings and comments give to displays: cases, the loss J means, conventions."""
import re
from dataclasses import dataclass, field

from .relations import is_condition, split_relations
from .constructs import read_conditions
from .names import key_of, loss_category
from .tokens import tokenize
from .tree import Relation, Symbol, Unreadable

PART = re.compile(r"^\s*(?:\*\*|__|\\textbf\{|\\item\s*\[?|\\noindent\s*)*\s*(?:problem|part|question|exercise|task|\([a-h]\)|\(?[a-h]\)|\d+\.\d)", re.I)
OTHERWISE = re.compile(r"\b(otherwise|for (?:all )?(?:the )?other words|all other words|remaining words)\b|其他词|否则|其它", re.I)
IN_GENERAL = re.compile(r"\b(in general|altogether|overall|combining (?:the |these |both )*(?:two )?cases|putting (?:the |these |both )*(?:two |cases )?together|"
                        r"(?:in|for) (?:all|both|either|any) cases?)\b", re.I)
FOR_ALL = re.compile(r"\bfor (?:all|any|every|each)(?: (?:the )?words?)?\s*$", re.I)
CASE_WORD = re.compile(r"\b(when|if|for|case|where|suppose|assume|since|let|consider|with|all|every|any|then)\b|[当若如对令设]|[:：]|^\W*\d*[.)]?\W*$", re.I)
LOSS_WORDS = (("negative", re.compile(r"negative[- ]sampl|neg[-_ ]?sampl|负采样|\bSGNS\b", re.I)),
              ("softmax", re.compile(r"naive[- ]softmax|(?<!hierarchical )softmax (?:loss|cross|objective)|cross[- ]?entropy|交叉熵|朴素", re.I)))


HEADING_CASE = re.compile(r"(?<![A-Za-z\\])([a-z])\s*(=|≠|!=|\\neq?(?![a-z]))\s*([a-z])(?![a-zA-Z(])")


BARE_CASE = re.compile(r"^\s*(?:[-*+]\s|\d+[.)]\s)?\s*[*_]{1,2}\(?[a-z]\s*(?:=|≠|!=)\s*[a-z]\)?[*_:,.]")


def heading_cases(text):
    """The Relations in a heading such as `Case k ≠ w` or `$i = j$`; none when both cases are named."""
    found = {(a, "=" if sign == "=" else "!=", b) for a, sign, b in HEADING_CASE.findall(text)}
    return [Relation(sign, Symbol(a), Symbol(b)) for a, sign, b in found] if len(found) == 1 else []


@dataclass(frozen=True)
class Context:
    """What a display is read under."""
    conditions: tuple = ()
    category: str = ""
    layout: str = ""
    expected: str = ""
    section: int = 0


@dataclass
class Tracker:
    """Follows a document and hands out the Context of each display."""
    cases: dict = field(default_factory=dict)
    category: str = ""
    layout: str = ""
    tab_layout: str = ""
    expected: str = ""
    section: int = 0
    declared: list = field(default_factory=list)
    paragraph: list = field(default_factory=list)
    one_hot: bool = False
    universal: bool = False     # the mathematics that follows begins with the letter of a "for all"

    def context(self):
        self.flush()
        conditions = tuple(self.cases.values()) + tuple(self.declared)
        return Context(conditions, self.category, self.tab_layout or self.layout, self.expected, self.section)

    def now(self):
        """The Context of inline mathematics in the running paragraph: the latest condition on each letter counts."""
        cases = {**self.cases, **{key_of(r.left): r for r in self.paragraph if isinstance(r.left, Symbol)}}
        return Context(tuple(cases.values()), self.category, self.tab_layout or self.layout, "", self.section)

    def heading(self, text):
        self.flush()
        self.cases, self.expected, self.declared = {}, "", []
        self.section += 1
        self.words(text)
        self.paragraph += heading_cases(text)
        self.flush()

    def words(self, text):
        """A text that names exactly one loss makes it the loss J."""
        named = [name for name, pattern in LOSS_WORDS if pattern.search(text)]
        if len(named) == 1:
            self.category = named[0]

    def prose(self, text):
        for n, block in enumerate(re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)", text)):
            if n:
                self.flush()
            if PART.match(block) and (n or not self.paragraph):
                self.cases, self.declared = {}, []
            if len(block) < 160 and re.search(r"[:：]\s*$", block) or BARE_CASE.match(block):
                self.paragraph += heading_cases(re.sub(r"[*_]{1,2}", "", block))
            if OTHERWISE.search(block) and not self.paragraph:
                self.turn()
            if IN_GENERAL.search(block):
                self.cases = {}
            self.universal = bool(FOR_ALL.search(block))
            self.words(block)

    def turn(self):
        """'otherwise': a case w = o becomes w != o."""
        for name, relation in self.cases.items():
            if relation.sign == "=":
                self.cases[name] = Relation("!=", relation.left, relation.right)

    def inline(self, text):
        """Inline mathematics: index conditions are collected, y_w = 1 marks a definition of the one-hot vector."""
        try:
            tokens = tokenize(text)
            if self.universal and tokens:
                self.cases.pop(tokens[0].text, None)
            self.universal = False
            sides, signs = split_relations(tokens)
            if len(sides) == 2 and sides[0] and sides[0][0].text in ("y", "mathbf", "boldsymbol") and len(sides[1]) == 1:
                self.one_hot = True
            if is_condition(tokens) and not any(t.text in ("in", "leq", "geq", "<", ">", "dots", "ll", "gg") for t in tokens):
                self.paragraph += read_conditions(tokens)
        except Unreadable:
            pass

    def flush(self):
        """The end of a paragraph: one consistent condition on a letter becomes its case."""
        by_letter = {}
        for relation in self.paragraph:
            by_letter.setdefault(key_of(relation.left), []).append(relation)
        for letter, found in by_letter.items():
            if len({(r.sign, key_of(r.right)) for r in found}) == 1 and not self.one_hot and \
                    (letter.islower() or "_" in letter) and found[0].sign in ("=", "!="):
                self.cases[letter] = found[0]
            elif len({(r.sign, key_of(r.right)) for r in found}) > 1:
                self.cases.pop(letter, None)
        self.paragraph, self.one_hot = [], False

    def directive(self, text):
        """A tab named rows or columns switches the layout; its end switches back."""
        body = text.strip(": ").lower()
        if body.startswith("{tab-item}"):
            self.tab_layout = "rows" if "row" in body else "columns" if "column" in body else ""
        elif not body or body.startswith("{tab-set}"):
            self.tab_layout = ""

    def comment(self, text):
        """<!-- check: w != o; J = naive-softmax; columns; expect refuted -->; unknown words raise ValueError."""
        if not re.match(r"check\s*:", text):
            return
        self.flush()
        for part in re.split(r"[;]", text.split(":", 1)[1]):
            self.option(part.strip())

    def option(self, part):
        if not part:
            return
        if part in ("columns", "rows"):
            self.layout = part
        elif part.startswith("expect"):
            self.expected = part.split(None, 1)[1].strip() if " " in part else "refuted"
        elif re.match(r"(J|L|loss)\s*=", part):
            self.category = loss_category(part.split("=", 1)[1].strip().lower()) or self.fault(part)
        elif part == "any":
            self.cases, self.declared = {}, []
        else:
            relation = part.replace("!=", r"\neq ").replace("<=", r"\leq ").replace(">=", r"\geq ")
            try:
                found = read_conditions(tokenize(relation))
            except Unreadable:
                found = []
            if not found:
                self.fault(part)
            for r in found:
                self.cases[key_of(r.left)] = r

    @staticmethod
    def fault(part):
        raise ValueError(f"check comment: expected columns, rows, J = ..., expect STATUS, any or an index condition, found {part!r}")

    def after_display(self):
        """A declared verdict holds for one display only."""
        self.expected = ""
