"""Sentences that may withdraw a standing hypothesis: those understood as denying it, and those that only speak of it.

What is understood as denying withdraws it; what speaks of it and is not understood as affirming it either leaves what needs it open.
"""

import re

from ..reading.tree import Apply, Dots, Norm, Number, Sum, Symbol, Times, Tuple, walk
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
                       r"|\bmay take any values?\b|\b(?:unlike|instead of|rather than|in contrast to)\b[^.;]*\bone-?\s?hot\b|\bco-?occurrence distribution\b", re.I),
}
SPOKEN = {
    "repeats": re.compile(rf"\b{DRAWS}.*\b{ALIKE}\b|\b{ALIKE}\b.*\b{DRAWS}", re.I | re.S),
    "o drawn": re.compile(rf"\b{DRAWS}\b.*\b(?:itself|exclude\w*|coincide\w*|collision|collide\w*|hit\w*|include\w*)\b.*|\b(?:exclude\w*|coincide\w*|collide\w*)\b.*\b{DRAWS}\b", re.I | re.S),
}
CENTRAL = {"o drawn": re.compile(r"\b(?:true|outside|positive|target|correct) (?:outside |context )?word\b|\x00\d+\x00", re.I)}
LEADS = re.compile(r"\W*(?:now |next |finally |similarly |first |second )*,?\W*(?:for|when|whenever|if|in (?:the )?case|case|suppose|let|assume|consider|where|take)\b", re.I)
ASIDE = re.compile(r"\b(?:see|compar\w+|survives?|contains?|only the terms?|(?:not|n't) assum\w*|did not know|(?:was|were|been) (?:derived|shown|found)|below|easy|not only|(?:remov|dropp|drop|lift|relax)\w*)\b", re.I)
STATED = re.compile(r"\b(?:since|because|as|given|when|for)\s+\x00\d+\x00\W*$", re.I)
MENTIONED = re.compile(r"\b(?:terms?|except\w*|because|since|as long as)\b", re.I)
WIDENED = re.compile(r"\b(?:general\w*|arbitrary|irrespective|regardless|restrict\w*|conditions?|covers?|(?:the )?two results|collect\w*|full|complete|whole|whatever|either|both|any|every|cases?"
                     r"|same (?:formula|holds|is true)|(?:all|each) (?:the )?(?:outside )?(?:words?|vectors?|ind\w+|\x00))", re.I)
O_AFFIRMED = re.compile(rf"\b(?:not|never|nor|n't) (?:\w+ ){{0,2}}(?:among|one of|contain\w*|include\w*|in|equal|coincide)\b|(?<!not )(?<!n't )\bexclud\w*\b|\b(?:different from|other than)\b", re.I)
SIZES_SAID = {"V": r"(?:the )?(?:number of |size of the )?(?:dimensions?|embeddings?)\b", "D": r"(?:the )?(?:number of words|(?:size of the )?vocabulary)\b"}
CONTRARY = (  # (what a sentence is about, words that give it another meaning, the names it is about)
    ("\\sigma", r"\b(?:tanh|hyperbolic|relu|generic|nonlinearity|non-linearity|standard deviation|variance|singular values?|step function|any activation|softplus)\b", ("\\sigma",)),
    ("y^hat", r"\b(?:unnormali[sz]ed|raw score|logits?|before (?:the )?softmax|exponentiated)\b", ("y^hat",)),
    ("", r"\b(?:log(?:arithm)?s?\b[^.;]*\b(?:(?:to|of|in) base|base[- ](?:2|two|10|ten)|binary|in bits)|bits\b[^.;]*\blog)\b", ("\\log",)),
    ("", r"(?:\\ell_1|\b(?:l1|1|max|maximum|infinity|manhattan|sup)[- ]norm)\b", ("norm",)),
    ("", r"\b(?:elementwise|element-wise|entrywise|entry-wise|componentwise|hadamard|convolution)\b[^.;]*\bproduct\b|\bproduct\b[^.;]*\b(?:elementwise|element-wise|hadamard)\b", ("\\cdot",)),
    ("", r"(?:\bsums?\b[^.;]*|\x00 )\b(?:runs?|ranges?|goes|go|is taken|are taken|is|are) (?:only )?over\b[^.;]*\b(?:only|different|other|except|context|negative|observed)\b", ("sum",)),
    ("J", r"\b(?:half|twice|double|minus|negative of|log-likelihood|maximi[sz]\w*|averaged?|per[- ]word|scaled|weighted|regulari[sz]\w*)\b", ("J",)),
)
CONSTANT = re.compile(r"\b(?:treat\w*|regard\w*|tak\w*|consider\w*|hold\w*|keep\w*|view\w*)\b[^.;]*\b(?:constants?|fixed)\b|\bstop[- ]gradient\b|\bdetach\w*\b", re.I)
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


def contrary(words, formulas):
    """The names to which a sentence gives another meaning than the course's, as far as that is understood."""
    names, printed = [name_of(f) for f in formulas], words + " " + " ".join(s.text for f in formulas for s in f.sides)
    found = [name for about, pattern, known in CONTRARY for name in known
             if (not about or about in names and not any(f.signs for f in formulas if name_of(f) == about)) and re.search(pattern, printed, re.I)]
    return found + [n for k, n in enumerate(names) if n in SIZES_SAID and re.search(
        rf"\x00{k}\x00 (?:(?:is|denotes|be|stands for|for) )?{SIZES_SAID[n]}", words, re.I)]


def constants(words, formulas):
    """The names that a sentence treats as constants."""
    return [name_of(f) for f in formulas if CONSTANT.search(words)]


def name_of(chain):
    """The name that a formula begins with, without its indices; '' for none."""
    tree = chain.sides[0].tree if chain.sides else None
    if isinstance(tree, Apply) and isinstance(tree.function, Symbol):
        tree = tree.function
    if isinstance(tree, Times):
        tree = tree.factors[0]
    return key(tree) if isinstance(tree, Symbol) else ""


def case_doubt(words, formulas, opened, standing):
    """The words that leave it open whether a case holds for what follows: it was only mentioned, or the text widens again; '' for none."""
    if opened:
        return words if ASIDE.search(words) or MENTIONED.search(words) and not LEADS.match(words) and not STATED.search(words) else ""
    ranges = any({"in", "<", "<="} & set(f.signs) or any(isinstance(s.tree, (Tuple, Dots)) for s in f.sides) for f in formulas)
    return words if standing and (WIDENED.search(words) or ranges) else ""


def uses(trees, name):
    """Whether one of the trees holds what a doubt is about."""
    kinds = {"norm": Norm, "sum": Sum}
    for node in (n for tree in trees for n in walk(tree)):
        if name in kinds and isinstance(node, kinds[name]) or name == "\\cdot" and isinstance(node, Times) and "dot" in node.signs:
            return True
        if isinstance(node, Apply) and (node.function == name.lstrip("\\") or isinstance(node.function, Symbol) and key(node.function) == name):
            return True
        if isinstance(node, Symbol) and key(node) == name:
            return True
    return False


def equal_draws(chain):
    """What w_1 = w_2 and w_1 = o deny."""
    sides = [s.tree for s in chain.sides]
    draws = [s for s in sides if isinstance(s, Symbol) and s.base == "w" and len(s.subs) == 1 and isinstance(s.subs[0], (Number, Symbol))]
    if len(draws) == 2 and draws[0] != draws[1]:
        return ["repeats"]
    return ["o drawn"] if len(draws) == 1 and any(isinstance(s, Symbol) and key(s) in OUTSIDE for s in sides) else []
