"""The benefit of the doubt: a step is called wrong only when the text shows what its letters mean."""
import re

from .names import family_of
from .tree import Probability, Relation, Symbol, children

# Letters that people use for many things: what the domain makes of them counts only where the text bears it out.
AMBIGUOUS = {"p", "q", "\\pi", "z", "s", "t", "h", "e", "m", "\\theta", "W", "w", "n", "a", "r", "g", "b", "\\eta", "\\phi", "M", "A"}
MANY, MOST = 8, 0.75

# A sigma without its argument may be the value at x, or a function of a letter that was introduced on the way.
BARE_SIGMA = re.compile(r"\\sigma\s*(?=[})\]+-]|$|\\cdot|\\odot|\\right|=)")


def heads(tree):
    """The families of the symbols in a tree, indices and conditions left out."""
    if isinstance(tree, (Relation, Probability)):
        return set()
    if isinstance(tree, Symbol):
        return {family_of(tree)}
    return set().union(*(heads(c) for c in children(tree)))


def letters(item):
    return heads(item.left) | heads(item.right)


def doubtful(judged, facts):
    """Turns verdicts into 'unsettled' where a letter is never seen in a step that holds, or where most of a text fails.

    `judged` holds (item, verdict) pairs; verdicts that their author declared are left alone.
    """
    seen = {facts.hidden, "y^hat"} - {""}
    if facts.sign_letter:       # the text says what the signs are, and so what is on a path
        seen |= {facts.sign_letter, facts.inner_letter, facts.inner_letter.upper()}
    for item, verdict in judged:
        if item.left is not None and item.right is not None and verdict.status in ("proved", "definition"):
            seen |= letters(item)
    if any("y^hat" in letters(i) for i, _ in judged if i.left is not None and i.right is not None):
        seen |= {"y", "z"}      # beside a prediction they are its label and its scores
    wrong = [(i, v) for i, v in judged if v.status in ("refuted", "ill-typed", "transposed") and not v.expected]
    settled = sum(v.status in ("proved", "refuted", "ill-typed", "transposed") for _, v in judged)
    for item, verdict in wrong:
        missing = sorted(n for n in letters(item) - seen if n.split("^")[0].rstrip("'") in AMBIGUOUS and not bound(n, item))
        if BARE_SIGMA.search(f"{verdict.lhs} = {verdict.rhs}"):
            withdraw(verdict, "\\sigma stands without its argument")
        elif missing:
            withdraw(verdict, f"what {', '.join(missing)} stands for is not clear from the text")
        elif settled >= MANY and len(wrong) > MOST * settled:
            withdraw(verdict, "too little of this text could be made to hold to trust the reading of its notation")


def bound(name, item):
    """Whether a letter is free in the step and stands on both sides, so that its meaning does not matter."""
    return name in item.free and name in heads(item.left) and name in heads(item.right)


def withdraw(verdict, reason):
    verdict.status, verdict.reason = "unsettled", reason
    verdict.counterexample = verdict.suggestion = None
