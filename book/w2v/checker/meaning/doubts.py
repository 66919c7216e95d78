"""Sentences that may withdraw a standing hypothesis: those understood as denying it, and those that only speak of it.

What is understood as denying withdraws it; what speaks of it and is not understood as affirming it either leaves what needs it open.
"""

import re

from ..reading.tree import Number, Symbol
from .letters import OUTSIDE
from .names import key

DRAWS = r"(?:draws?|drawn|negatives?|negative (?:samples?|words?)|samples?|sampled|sampling|noise words?|(?:indices|words) (?=\x00))"
NOT = r"(?:not|no longer|never|cannot|can't|don't|doesn't|isn't|aren't|need not|without|drop\w*|relax\w*|lift\w*|give up|abandon\w*|nor|wrong to)"
ALIKE = r"(?:distinct|(?:be|are|all|necessarily|pairwise|mutually) different|pairwise|unique|repeat\w*|repetitions?|twice|duplicat\w*|coincid\w*|the same word|equal to each other|arbitrary|several times|more than once|multiple times|multiplicit\w*)"

AFFIRMED = re.compile(r"\b(?:without (?:replacement|repetitions?|repeats|duplicates)|no (?:two|duplicates?|repetitions?|repeats|word (?:is |occurs )?(?:drawn |sampled )?twice)|never (?:repeat\w*|twice|coincide)"
                      r"|(?:not|n't) (?:repeat\w*|coincide|contain (?:duplicates|repetitions))|(?:are|be|being|as|of|all|pairwise|mutually|\x00\d+\x00|k) (?:all |pairwise |mutually )?(?:distinct|different))\b", re.I)
DENIED = {
    "repeats": re.compile(rf"\b{NOT}\b[^.;]{{0,70}}\b(?:distinct|different|unique)\b|\b(?:may|can|could|might) (?:now |also |well )?(?:contain|have|include|show) (?:repetitions?|repeats|duplicates|copies)\b"
                          r"|\b(?:sampled|drawn|picked|chosen|occurs?|appears?|selected) (?:twice|repeatedly|again|several times|multiple times|more than once)\b", re.I),
    "o drawn": re.compile(rf"\b{NOT} exclude\b[^.;]*\x00|\b(?:may|can|could|might|possibly) (?:also )?(?:return|draw|sample|hit|coincide with|equal|contain|include|be equal to) (?:the )?(?:true |outside |positive |target )*(?:word |context )*\x00\d+\x00", re.I),
    "soft": re.compile(r"\bsoft (?:labels?|targets?)\b|\bsmooth\w* (?:\w+ )?(?:labels?|targets?)\b|\bnoisy labels?\b|\blabels? (?:is|are) (?:noisy|soft|smoothed)\b|\bdistill\w*\b|\bteacher'?s? (?:distribution|prediction|output)\b"
                       r"|\bmay take any values?\b|\bco-?occurrence distribution\b", re.I),
}
SPOKEN = {
    "repeats": re.compile(rf"\b{DRAWS}.*\b{ALIKE}\b|\b{ALIKE}\b.*\b{DRAWS}", re.I | re.S),
    "o drawn": re.compile(rf"\b{DRAWS}\b.*\b(?:itself|exclude\w*|coincide\w*|collision|collide\w*|hit\w*|include\w*)\b.*|\b(?:exclude\w*|coincide\w*|collide\w*)\b.*\b{DRAWS}\b", re.I | re.S),
}
CENTRAL = {"o drawn": re.compile(r"\b(?:true|outside|positive|target|correct) (?:outside |context )?word\b|\x00\d+\x00", re.I)}
O_AFFIRMED = re.compile(rf"\b(?:not|never|nor|n't) (?:\w+ ){{0,2}}(?:among|one of|contain\w*|include\w*|in|equal|coincide)\b|(?<!not )(?<!n't )\bexclud\w*\b|\b(?:different from|other than)\b", re.I)
NEEDED = {"negatives distinct": "repeats", "o not among the negatives": "o drawn"}
QUESTIONS = {"repeats": "say 'the draws are distinct' or 'draws may repeat'", "o drawn": "say 'o is not among the draws' or 'o may be drawn'"}


def told(words, formulas):
    """[fact kind] of a sentence: 'repeats', 'o drawn', 'soft' where it denies a hypothesis, 'doubt ...' where it only speaks of it."""
    found = [kind for kind, pattern in DENIED.items() if pattern.search(words) and not (kind == "repeats" and not re.search(DRAWS, words, re.I) and "\x00" not in words)]
    if re.search(r"\b(?:suppose|assume|let|say|imagine|if)\b", words, re.I):
        found += [kind for f in formulas if f.signs == ("=",) for kind in equal_draws(f)]
    for kind, pattern in SPOKEN.items():
        affirmed = {"repeats": AFFIRMED, "o drawn": O_AFFIRMED}[kind].search(words)
        if kind not in found and not affirmed and pattern.search(words) and (kind not in CENTRAL or CENTRAL[kind].search(words)):
            found.append("doubt " + kind)
    return found


def equal_draws(chain):
    """What w_1 = w_2 and w_1 = o deny."""
    sides = [s.tree for s in chain.sides]
    draws = [s for s in sides if isinstance(s, Symbol) and s.base == "w" and len(s.subs) == 1 and isinstance(s.subs[0], (Number, Symbol))]
    if len(draws) == 2 and draws[0] != draws[1]:
        return ["repeats"]
    return ["o drawn"] if len(draws) == 1 and any(isinstance(s, Symbol) and key(s) in OUTSIDE for s in sides) else []
