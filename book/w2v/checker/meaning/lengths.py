"""Sizes that are said in words: `h has H entries`, `a and b have n and m components`, `W has m rows and n columns`."""

import re

from ..reading.tree import Bars, Number, Plus, Power, Symbol
from .letters import SIZES

Q = r"\x00\d+\x00"
SIZE = rf"(?:{Q}|\d+)"
NAMES = rf"{Q}(?:(?:, and|,| and) {Q})*"
ENTRIES = r"(?:real |scalar |hidden |input |output )?(?:entries|components?|dimensions?|coordinates?|elements?|units|neurons|features)\b"
HAS = r"(?:has|have|having|with|of|contains?|consists? of)"
ASIDE = r",?(?: (?:each|all|both|now|also|here|again|then|which|that|\([^().;]*\)))*"
A_VECTOR = r"(?: is| are| be| denotes?| denote)?(?: an?| the| two)?(?: (?:real|column|row|hidden|input|output|fixed|given|free))* vectors?"
MEASURE = r"(?:the )?(?:dimension|dimensionality|length|size)"
SETS = r"(?:vocabulary|dictionary|sets?|lists?|corpus|windows?|batch(?:es)?|tables?|matrix|matrices|texts?)"
NO_VECTOR = re.compile(rf"\b{SETS}(?: \w+)?\W*$|\b(?:not|n't|never|if|unless)\b[^,;:]*$", re.I)  # before a name
RULES = [re.compile(pattern, re.I) for pattern in (
    rf"(?P<names>{NAMES}){ASIDE} {HAS} (?:exactly |the )?(?P<size>{SIZE}) {ENTRIES}",
    rf"(?P<names>{NAMES}){ASIDE} (?:has|have|is of|are of|of|with) (?:the )?dimension(?:ality)? (?P<size>{SIZE})",
    rf"\bvectors? (?P<names>{NAMES}){ASIDE} (?:has|have|is of|are of|of|with) {MEASURE} (?P<size>{Q})",
    rf"(?P<names>{NAMES}){A_VECTOR} (?:with|of) (?P<size>{SIZE}) (?:{ENTRIES}|(?:real )?numbers?\b|reals\b)",
    rf"(?P<names>{NAMES}){A_VECTOR} (?:with|of) {MEASURE} (?P<size>{Q})",
    rf"(?P<names>{NAMES})(?: is| are| be| denotes?| denote)(?: an?| the| two)? (?P<size>{SIZE})-(?:dimensional\b|vectors?\b)",
    rf"(?P<size>{SIZE})-(?:dimensional (?:\w+ )?)?vectors? (?P<names>{NAMES})",
    rf"(?P<names>{NAMES}){ASIDE} (?:has|have|is of|are of) (?:the (?:same )?)?length (?P<size>{Q})",
    rf"\bthe (?P<size>{SIZE}) {ENTRIES} of (?P<names>{Q})",
)]
TWO = re.compile(rf"({Q}) and ({Q}) (?:have|with|of) (?:(?:the )?(?:dimensions|lengths) )?({SIZE}) and ({SIZE})(?: {ENTRIES})?", re.I)
TABLE = re.compile(rf"({Q}) (?:has|have|with|of) ({SIZE}) rows and ({SIZE}) columns\b", re.I)


def lengths(words, trees):
    """[('length', (name, size, ...), words)] of a sentence; two sizes are those of a matrix."""
    found = [m.groups() for m in TABLE.finditer(words)]
    two = [m for m in TWO.finditer(words) if of_vectors(m, words)]
    found += [pair for m in two for pair in (m.group(1, 3), m.group(2, 4))]
    found += [(name, m["size"]) for rule in RULES if not two for m in rule.finditer(words) if of_vectors(m, words) for name in re.findall(Q, m["names"])]
    made = [tuple(tree_of(part, trees) for part in parts) for parts in dict.fromkeys(found)]
    return [("length", parts, words) for parts in made if is_name(parts[0]) and all(map(is_size, parts[1:]))]


def of_vectors(match, words):
    """Whether a match speaks of vectors: not of a set or a matrix, and not of what is denied or supposed."""
    return not NO_VECTOR.search(words[: match.start()]) and not ("element" in match[0] and re.search(rf"\b{SETS}\b", words, re.I))


def tree_of(part, trees):
    return Number(int(part)) if part.isdigit() else trees[int(part.strip("\x00"))]


def is_name(tree):
    return isinstance(tree, Symbol) and tree.base not in SIZES or isinstance(tree, Symbol) and bool(tree.subs)


def is_size(tree):
    return isinstance(tree, (Number, Bars, Plus, Power)) or isinstance(tree, Symbol) and not tree.base.startswith("\\")
