"""What a sentence says of indices that differ: t is none of n_1, ..., n_k; w is neither o nor among the negative samples."""

import re
from dataclasses import replace
from fractions import Fraction

from ..reading.tree import Dots, Indicator, Number, Relation, SetOf, Sum, Symbol, Tuple, walk
from .letters import OUTSIDE, POSITION, WORDS
from .names import key, plain
from .phrases import P

SAID = r"(?:negative|noise|sampled|drawn) (?:samples?|words?|draws?|examples?)|negatives|draws|samples|noise"
THEM = rf"(?:the |any |all |any of the |one of the )?(?:\x00\d+\x00 )?(?:(?:{SAID})(?: (?=\x00))?)?(?:{P})?"
TRUE = rf"(?:{P}|the (?:outside|true|positive|observed|target|correct) word)"
BE = r"(?:is|are|be|being|was|were|does|do|has|have)"
NEITHER = re.compile(rf"\bneither (?:equals? (?:to )?|is |the same as )?{TRUE}(?: itself)? nor (?:{BE} )?(?:it )?(?:equal to |equals? )?(?:one of |among |in |any of |an? |part of )?(?P<them>{THEM})", re.I)
NOT_ONE = re.compile(rf"{P}(?:,? (?:which|that|and|but))?(?: itself| also)? (?:{BE} (?:also |itself )?(?:not|never) (?:also )?(?:an? |one of |among |in |any of |equal to (?:any|one) of |occur (?:among|in) |appear (?:among|in) |part of |contained in )"
                     rf"|{BE} (?:none of |no )|{BE} (?:different|distinct) from (?:all|every|each|any)(?: one)?(?: of)? |differs? from (?:all|every|each|any)(?: one)?(?: of)? )(?P<them>{THEM})", re.I)
OTHERS = r"(?:from|to) (?:each other|one another)"
NONE_IS = re.compile(rf"\b(?:(?:different|distinct)(?:,? {OTHERS})?(?:,? (?:and|as well as|but)(?: also)?(?: all)?(?: different| distinct)?)? (?:from|to|than)|(?:none|no one)(?: of (?:them|these|those|which|the \w+(?: \w+)?|\x00\d+\x00))?"
                     rf"(?: (?:equals?|is|are|being|hits?|coincides? with)|(?: is| are| being)? (?:equal to|the same as|identical to|coinciding with))|(?:unequal|not equal|never equal) to|exclud(?:es?|ed|ing)|other than) {P}", re.I)
BOTH = re.compile(rf"{P},? (?:other than|different from|distinct from|except(?: for)?|but not|apart from|not equal to|unequal to) {TRUE},? (?:and|or|nor)(?: from| than)? (?P<them>{THEM})", re.I)
NOT_DRAWN = re.compile(rf"{P}(?:,? (?:which|that|and|but))? (?:is|was|has|are|were) (?:not|never)(?: been| itself)? (?:sampled|drawn)\b", re.I)
LABEL = re.compile(rf"\b(?:not|nor|no)\b[^.;]*\b(?:{SAID})\b", re.I)
CASE = re.compile(r"\b(?:for|if|when|whenever|case)\b", re.I)
UNIVERSAL = re.compile(r"\b(?:for|of) (?:all|every|each|any|arbitrary)\b|\b(?:all|every|each|any)\b", re.I)
LEADS = re.compile(r"\b(?:for|if|when|whenever|where|consider|suppose|take|case)\b", re.I)
DENIED = re.compile(r"\b(?:may|might|can|could|need not|not necessarily|no longer|not (?:all )?(?:different|distinct))\b", re.I)
SPEAKS = re.compile(r"\b(?:different|distinct|unequal|coincid\w+|equals?|none|neither|among|differs?|others?|same|exclud\w+)\b", re.I)


class Families:
    """The indices that a text numbers and prints below other names: n_1, ..., n_k of b_{n_l}."""

    def __init__(self, trees):
        self.ends, self.names = {}, {}
        for node in (n for tree in trees for n in walk(tree)):
            if isinstance(node, Sum) and node.domain[0] == "range" and node.domain[2] is not None:
                self.ends |= {key(letter): node.domain[1:3] for letter in node.letters}
            if isinstance(node, Symbol):
                self.names |= {key(i): plain(i) for i in node.subs if isinstance(i, Symbol) and len(i.subs) == 1 and isinstance(i.subs[0], Symbol)}

    def all_of(self, tree):
        """The set of n_1, ..., n_k that a tree stands for, the list itself or n_l with an l that some sum runs through; else None."""
        items = tree.items if isinstance(tree, Tuple) else tree.elements if isinstance(tree, SetOf) else ()
        if any(isinstance(i, Dots) for i in items):
            named = [i for i in items if not isinstance(i, Dots)]
            return SetOf(tuple(items)) if all(isinstance(i, Symbol) and len(i.subs) == 1 and (key(i) in self.names or key(i) == WORDS) for i in named) else None
        if not isinstance(tree, Symbol) or len(tree.subs) != 1 or not isinstance(tree.subs[0], Symbol) or tree.subs[0].base == POSITION:
            return None
        if key(tree) not in self.names and key(tree) != WORDS:
            return None
        letter = self.names.get(key(tree), tree).subs[0]
        low, high = self.ends.get(key(tree.subs[0])) or self.ends.get(key(letter)) or ((Number(Fraction(1)), Symbol("K")) if key(tree) == WORDS else (None, None))
        return self.between(tree, low, high) if high is not None else None

    def between(self, name, low, high):
        return SetOf(tuple(Symbol(name.base, name.accents, name.label, (i,)) if i is not None else Dots() for i in (low, None, high)))

    def counted(self, word, letter=None, name=None):
        r"""\sum_{k=1}^K 1[w_k = w]: how many of a family, of the only one if none is named, are a word; None if it is not known which."""
        them = self.all_of(name) if name is not None else self.only()
        if them is None or not all(isinstance(i, (Dots, Symbol)) for i in them.elements) or isinstance(them.elements[0], Dots):
            return None
        first, last = (i for i in them.elements if isinstance(i, Symbol))
        letter = letter or Symbol("k")
        one = Indicator((Relation("=", replace(first, subs=(letter,)), word),))
        return Sum((letter,), ("range", first.subs[0], last.subs[0]), (), one)

    def only(self):
        """The family that a text speaks of without naming it: its own, if it has one alone, else the draws of the course."""
        if len(self.names) == 1:
            return self.all_of(next(iter(self.names.values())))
        return self.between(Symbol(WORDS), Number(Fraction(1)), Symbol("K")) if not self.names else None


def apart(words, formulas, families):
    """([Relation] of the case that a sentence opens, [Relation] that it states for good)."""
    trees = [f.sides[0].tree if f.sides else None for f in formulas]
    if any(f.sides and any(s.tree is None for s in f.sides) for f in formulas) or DENIED.search(words):
        return [], []
    cases, stated = [], []
    for m in (*NEITHER.finditer(words), *BOTH.finditer(words)):
        before = re.findall(P, words[: m.start()]) if m.re is NEITHER else [m[1]]
        letter, them = plain(trees[int(before[-1])]) if before else None, meant(m["them"], trees, families)
        if is_letter(letter) and them is not None:
            other = m[1] if m.re is NEITHER else m[2]
            cases += [Relation("!=", letter, plain(trees[int(other)]) if other else Symbol("o")), Relation("notin", letter, them)]
    either = bool(re.search(r"\bor\b", words))  # w is o or not among them: no case of one condition
    for m in NOT_DRAWN.finditer(words) if not either else ():
        letter, them = plain(trees[int(m[1])]), families.only()
        if is_letter(letter) and them is not None and key(letter) not in OUTSIDE:
            cases.append(Relation("notin", letter, them))
    for m in NOT_ONE.finditer(words) if not either else ():
        letter, them = plain(trees[int(m[1])]), meant(m["them"], trees, families)
        if is_letter(letter) and them is not None and not (key(letter) in OUTSIDE and own(them) == WORDS):
            (cases if LEADS.search(words) or formulas[int(m[1])].signs else stated).append(Relation("notin", letter, them))
    listed = [s for s in (families.all_of(plain(t)) for f in formulas for t in [s.tree for s in f.sides]) if s is not None]
    for m in NONE_IS.finditer(words):
        letter, them = plain(trees[int(m[1])]), listed[0] if listed else None
        if is_letter(letter) and them is not None and (own(them) != WORDS or key(letter) not in OUTSIDE) and not formulas[int(m[1])].signs and not CASE.search(words[: m.start()]):
            stated.append(Relation("notin", letter, them))
    for f in formulas:
        for a, b in differing(f):
            if isinstance(b, Tuple) and is_letter(a):  # w != o, w_1, ..., w_K
                at = next((n for n, i in enumerate(b.items) if isinstance(i, Dots)), 0)
                if at > 1 and all(map(is_letter, b.items[: at - 1])) and families.all_of(Tuple(b.items[at - 1 :])) is not None:
                    cases += [*(Relation("!=", a, x) for x in b.items[: at - 1]), Relation("notin", a, SetOf(b.items[at - 1 :]))]
                    continue
            them = families.all_of(b)
            if is_letter(a) and them is not None and (isinstance(b, Tuple) or UNIVERSAL.search(words)):
                case = bool(re.search(r"\b(?:for|if|when|whenever|consider|suppose|case)\b[^.;]*$", words.split(f"\x00{formulas.index(f)}\x00")[0], re.I))
                (cases if case else stated).append(Relation("notin", a, them))
    return cases, stated


def differing(chain):
    """[(t, n_l)] of a formula t != n_l, either way round."""
    if chain.signs != ("!=",):
        return []
    a, b = (plain(s.tree) for s in chain.sides)
    return [(a, b), (b, a)]


def meant(said, trees, families):
    """The set that words or a formula stand for."""
    named = re.findall(P, said)
    if named:
        return families.all_of(plain(trees[int(named[-1])]))
    return families.only() if re.search(SAID, said, re.I) else None


def own(them):
    """The letter of a family."""
    return next(i.base for i in them.elements if isinstance(i, Symbol))


def is_letter(tree):
    return isinstance(tree, Symbol) and not tree.indices and not tree.accents


def among_themselves(words, formulas, families):
    """Whether a sentence says that n_l != n_m for different l and m."""
    pairs = [tuple(plain(s.tree) for s in f.sides) for f in formulas if f.signs == ("!=",) and all(s.tree is not None for s in f.sides)]
    return not CASE.search(words.split("\x00")[0]) and any(families.all_of(a) is not None and families.all_of(b) is not None and key(a) == key(b) and a != b for a, b in pairs)


def beside(words, relations, families):
    """The Relations that words beside a line add to its own, `w != o not among the negative samples`; None for words that say it of no letter."""
    if not LABEL.search(words):
        return ()
    them = families.only()
    letters = [r.left for r in relations if is_letter(r.left) and key(r.left) not in OUTSIDE]
    return (Relation("notin", letters[0], them),) if letters and them is not None and not DENIED.search(words) else None


def unread_case(words):
    """Whether a sentence opens a case on the draws."""
    return bool(LEADS.search(words) and re.search(rf"\b(?:neither|nor|not|no|outside|except|apart|different|other than)\b[^.;]*\b(?:{SAID})\b", words, re.I))


def left_open(words, formulas, families):
    """The names of indices of a text's own of which a sentence says something that is not understood."""
    if not SPEAKS.search(words) or DENIED.search(words):
        return []
    trees = [plain(s.tree) for f in formulas for s in f.sides if s.tree is not None]
    return [own(them) for them in map(families.all_of, trees) if them is not None and own(them) != WORDS]


__all__ = ["Families", "among_themselves", "apart", "beside", "left_open", "unread_case"]
