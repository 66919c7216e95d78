"""What is lent must be licensed: the sentences that state a standing hypothesis, and those that leave it open.

A hypothesis that a step needs is granted if the text states it, or if no sentence that speaks of its subject is left over as not
understood. A sentence is understood if it states or denies the hypothesis, or if all its words are plain talk (`plain_talk`).
"""

import re

from ..reading.tree import Apply, Bracket, Derivative, Dots, Norm, Number, Sum, Symbol, Times, Tuple, walk
from . import phrases
from .letters import OUTSIDE
from .names import key
from .plain_talk import LEADING, foreign, unknown

DRAWS = re.compile(r"\b(?:draws?|drawn|(?<!non-)negatives?(?! (?:log|gradient|sign|definite|semidefinite|direction|of|if|because|power|exponent|number|square|squared|value|inner)\b)"
                   r"|negative (?:samples?|words?)|samples?|samplers?|sampled|sampling|noise|collisions?)\b", re.I)
LABELS = re.compile(r"\b(?:labels?|targets?(?! (?:word|token)s?\b)|ground[- ]truth|one-?hot|true distribution|teacher\w*|mix-?up)\b", re.I)
OUTSIDE_SAID = re.compile(r"\b(?:outside|true|positive|correct) word\b", re.I)
NOT = r"(?:not|no longer|never|cannot|can't|don't|doesn't|isn't|aren't|need not|without(?! (?:replacement|repetitions?|repeats|duplicates))|drop\w*|relax\w*|lift\w*|give up|abandon\w*|nor|wrong to)"
SAME = re.compile(r"\b(?:distinct|different|pairwise|unique|repe(?:at|tition)\w*|twice|duplicat\w*|coincid\w*|same|identical|equal|again|several times|more than once|multipl\w+|overlap\w*|independen\w+"
                  r"|itself|collisions?|collide\w*|hit\w*|includ\w*|exclud\w*|soft|smooth\w*|one-?hot|mass|non-?zero|mixture)\b", re.I)
GRANTED = {
    "repeats": re.compile(r"\b(?:without (?:replacement|repetitions?|repeats|duplicates)|no (?:two|duplicates?|repetitions?|repeats|word (?:is |occurs )?(?:drawn |sampled )?twice)|never (?:repeat\w*|twice|coincide)"
                          r"|(?:not|n't) (?:repeat\w*|coincide|contain (?:duplicates|repetitions))|(?:are|be|being|as|of|all|pairwise|mutually|\x00\d+\x00|k) (?:all |pairwise |mutually )?(?:distinct|different))\b", re.I),
    "o drawn": re.compile(r"\b(?:not|never|nor|n't) (?:\w+ ){0,2}(?:among|one of|contain\w*|include\w*|in (?=\x00)|equal|coincide)|(?<!not )(?<!n't )\bexclud\w*\b|\b(?:different|distinct) from (?:\w+ )*(?=\x00|the outside)|\bother than\b"
                          r"|\bnone (?:of \w+(?: \w+)? )?(?:is|are|equals?)\b|\bno (?:negative|draw|sample|noise)\w*(?: \w+)? (?:equals?|hits?|is(?: equal to)?|coincides? with) (?=\x00|the (?:outside|true)\b)", re.I),
    "soft": re.compile(r"(?:\b(?:is|are|be|denotes?|as|with|for|of|an?|the|and|has|its|since|because|label|target|vector|\x00)|\x00,) ?(?:(?:a|an|the|our|this|here|always|again|now|just|its|true|usual|label|target|row|column|outside|standard|corresponding) ){0,4}\bone-?\s?hot\b|[是为]one-?\s?hot|(?:\bonly|只有) ?(?:the )?\x00\d+\x00[^.;]*?(?:\b(?:1|one|non-?zero|different from (?:zero|0))\b|为1)"
                       r"|\b(?:zero|vanish\w*)\b[^.;]*\b(?:except|unless|otherwise|elsewhere|for (?:all|every) other)\b|\bonly (?:one|a single|nonzero|non-zero)\b[^.;]*\b(?:1|one|nonzero|non-zero) ?entry\b", re.I),
}
REFUSED = {"repeats": re.compile(rf"\b{NOT}\b[^.;]{{0,70}}\b(?:distinct|different|unique)\b", re.I), "o drawn": re.compile(rf"\b{NOT} (?:exclud\w*|different)\b", re.I),
           "soft": re.compile(r"\b(?:not|no longer|unlike|instead of|rather than|in contrast to|mixture|combination|average|two|several|sum of)\b", re.I)}
PROPERTY = re.compile(r"\b(?<!not )(?<!non-)(?:symmetric|orthogonal|orthonormal|diagonal|idempotent|unitary|invertible|definite|unit (?:vectors?|length|norm)|of (?:length|norm) (?:one|1))\b", re.I)
DIFFERENT = re.compile(r"^(?!.*\b(?:not|never|n't|nor|neither) (?:\w+ ){0,4}(?:distinct|different)).*(?:\b(?:distinct|different)\b(?! from (?!each other|one another))|\bfrom (?:each other|one another)\b)", re.I)
LEADS = re.compile(r"\W*(?:now |next |finally |similarly |first |second )*,?\W*(?:for|when|whenever|if|in (?:the )?case|case|suppose|let|assume|consider|where|take)\b", re.I)
ASIDE = re.compile(r"\b(?:see|compar\w+|survives?|contains?|only the terms?|(?:not|n't) assum\w*|did not know|(?:was|were|been) (?:derived|shown|found)|below|easy|not only|(?:remov|dropp|drop|lift|relax)\w*)\b", re.I)
STATED = re.compile(r"\b(?:since|because|as|given|when|for)\s+\x00\d+\x00\W*$", re.I)
MENTIONED = re.compile(r"\b(?:terms?|except\w*|because|since|as long as)\b", re.I)
WIDENED = re.compile(r"\b(?:general\w*|arbitrary|irrespective|regardless|restrict\w*|conditions?|covers?|(?:the )?two results|collect\w*|full|complete|whole|whatever|either|both|any|every|cases?"
                     r"|same (?:formula|holds|is true)|(?:all|each) (?:the )?(?:outside )?(?:words?|vectors?|ind\w+|\x00))", re.I)
SIZES_SAID = {"V": r"(?:the )?(?:number of |size of the )?(?:dimensions?|embeddings?)\b", "D": r"(?:the )?(?:number of words|(?:size of the )?vocabulary)\b"}
CONTRARY = (  # (what a sentence is about, words that give it another meaning, the names it is about)
    ("\\sigma", r"\b(?:tanh|hyperbolic|relu|generic|nonlinearity|non-linearity|standard deviation|variance|singular values?|step function|any activation|softplus)\b", ("\\sigma",)),
    ("y^hat", r"\b(?:unnormali[sz]ed|raw score|logits?|before (?:the )?softmax|exponentiated)\b", ("y^hat",)),
    ("", r"\b(?:primes?|primed|constants?)\b|[A-Za-z]'", ("prime",)),
    ("", r"(?:\\ell_1|\b(?:l1|1|max|maximum|infinity|manhattan|sup)[- ]norm)\b", ("norm",)),
    ("", r"\b(?:elementwise|element-wise|entrywise|entry-wise|componentwise|hadamard|convolution)\b[^.;]*\bproduct\b|\bproduct\b[^.;]*\b(?:elementwise|element-wise|hadamard)\b", ("\\cdot",)),
    ("", r"(?:\bsums?\b[^.;]*|\x00 )\b(?:runs?|ranges?|goes|go|is taken|are taken|is|are) (?:only )?over\b[^.;]*\b(?:only|different|other|except|context|negative|observed)\b", ("sum",)),
    ("J", r"\b(?:half|twice|double|minus|negative of|log-likelihood|maximi[sz]\w*|averaged?|per[- ]word|scaled|weighted|regulari[sz]\w*)\b", ("J",)),
)
LOGARITHM = re.compile(r"\\log(?![a-z])|\b(?:log(?:arithm)?s?|entrop(?:y|ies)|base)\b", re.I)
NATURAL = re.compile(r"\bnatural\b|\bbase\s*-?\s*(?:\\mathrm)?\s*\{?e\b\}?|\bbase (?:case|class|model|vector)\w*\b", re.I)
OTHER_BASE = re.compile(r"\b(?:base|radix)\b|\bbinary\b(?! (?:cross|class|label|tree|variable|entrop|logistic|target))|\b(?:dual|common|decimal|briggsian) (?:log|sibling)|\b(?:bits|hartleys|bans|shannons)\b"
                        r"|\\log(?:\s*[a-z2])?,? (?:is|means|denotes|stands for)(?: the)? (?:number|exponent|power|inverse|same as)|\\log\s*2\s*=\s*1", re.I)
ALTERED = re.compile(r"\b(?:multiplied|divided|(?:re)?scaled?|shifted|clip(?:s|ped)?|projected|averaged|masked|truncated|quanti[sz]ed|rounded|shared|perturbed|regulari[sz]ed|penali[sz]ed|(?:re)?weighted"
                     r"|smoothed|squared|summed|replaced|(?:re)?normali[sz]ed|bias|temperature|dropout|factor|instead|in place of|rather than|unlike|extra|additional|additionally|modified|changed|altered)\b", re.I)
LENT = ("u", "v", "U", "z", "y^hat", "P|", "J")
ABOUT = (("z", r"\b(?:scores?|logits?)\b"), ("y^hat", r"\b(?<!naive[ -])(?:softmax|predictions?)\b"), ("\\log", r"\blog(?:arithm)?s?\b"), ("J", r"\b(?:loss(?:es)?|objective|cost)\b"),
         ("u", r"\b(?:outside|context) (?:word )?vectors?\b"), ("v", r"\b(?:center|centre|context) (?:word )?vectors?\b|\bthe context is\b"))
GRADIENT = re.compile(r"\b(?:gradients?|derivatives?)\b[^,.;:]*? (?:is|are|gets?|being|be)(?: \w+ly| then| always| also| here| first)? (?:clipped|(?:re)?scaled|(?:re)?normali[sz]ed|masked|truncated|quanti[sz]ed|rounded|projected|perturbed|reversed|negated|flipped"
                      r"|stopped|blocked|detached|replaced|smoothed|dampened|damped|thresholded|passed through)\b|\b(?:clip|(?:re)?scale|(?:re)?normali[sz]e|mask|truncate|quanti[sz]e|round|project|perturb|reverse|negate|flip|stop|block|detach|damp|threshold)(?:s|es|ing|ping)?"
                      r" (?:\w+ ){0,2}(?:gradients?|derivatives?)\b|\b(?:all|every|each) (?:gradients?|derivatives?) (?:is|are) (?:multiplied|divided)\b|\b(?:added to|gradient|clipped) (?:\w+ ){0,2}(?:gradients?|noise|reversal|clipping)\b|\bstraight-through\b", re.I)
UPDATED = re.compile(r"\b(?:learning rate|updates?|updated|step|steps|descent|sgd|training|optimi[sz]er)\b|\\eta", re.I)
DEPENDS = re.compile(r"\x00(\d+)\x00(?: itself| also| here| now| may| can| will){0,2} (?:depends?(?: \w+)? (?:up)?on|varies with|vary with|(?:is|are|be|denotes?|denote) (?:(?:chosen|given|taken|computed|determined|picked|selected|known|seen) )?(?:as )?(?:an?|any|some|the)? ?(?:[\w-]+ ){0,2}functions? of"
                     r"|(?:is|are) (?:chosen|computed|determined|picked|selected|obtained) (?:by|from|using|according to)) (?:the |both |its )?\x00(\d+)\x00", re.I)
CONSTANT = re.compile(r"\b(?:treat\w*|regard\w*|tak\w*|consider\w*|hold\w*|keep\w*|view\w*)\b[^.;]*\b(?:constants?|fixed)\b|\bstop[- ]gradient\b|\bdetach\w*\b", re.I)
NEEDED = {"y one-hot": "soft", "negatives distinct": "repeats", "o not among the negatives": "o drawn"}
QUESTIONS = {"repeats": "say 'the draws are distinct' or 'draws may repeat'", "soft": "say 'y is one-hot' or 'y is any distribution'",
             "o drawn": "say 'the outside word is not among the draws' or 'the outside word may be drawn'"}


def told(words, formulas):
    """[fact kind] of a sentence: 'granted ...' where it states a hypothesis, 'doubt ...' where it speaks of its subject and is not understood."""
    found = []
    many = any(set(f.signs) & {"<", ">", "<=", ">="} and "K" in printed(f) for f in formulas)
    draws, labels = bool(DRAWS.search(words)) or many or any(map(about_draws, formulas)), bool(LABELS.search(words)) or any(map(about_labels, formulas))
    equal = {kind: sign for f in formulas for sign in ("=", "!=", "notin") if sign in f.signs for kind in equal_draws(f)}
    rest = words
    for pattern in (*GRANTED.values(), phrases.SOFT, phrases.REPEATS, phrases.O_DRAWN):  # what is understood of one hypothesis says nothing of another
        rest = pattern.sub(" ", rest)
    strange = not foreign(words) and unknown(rest)
    for kind, subject in (("repeats", draws), ("o drawn", draws or not labels and bool(OUTSIDE_SAID.search(words))), ("soft", labels)):
        if not subject:
            continue
        refused = REFUSED[kind].search(words)
        listed = kind == "o drawn" and GRANTED["repeats"].search(words) and any(about_draws(f) and printed(f) & OUTSIDE for f in formulas)
        if (GRANTED[kind].search(words) or listed or equal.get(kind) in ("!=", "notin")) and not refused:
            found.append("granted " + kind)
        elif strange or refused and kind != "soft" or equal.get(kind) == "=" or many:
            found.append("doubt " + kind)
    return found


def printed(chain):
    """The keys of the symbols that stand alone in a formula, lists and sets included."""
    return {key(n) for s in chain.sides if s.tree is not None for n in alone(s.tree)}


def alone(tree):
    if isinstance(tree, Symbol):
        return [tree]
    return [n for part in (tree.items if isinstance(tree, Tuple) else getattr(tree, "elements", ())) for n in alone(part)]


def about_draws(chain):
    return any(n.base == "w" and len(n.subs) == 1 and isinstance(n.subs[0], (Number, Symbol)) for s in chain.sides if s.tree is not None for n in alone(s.tree))


def about_labels(chain):
    return "y" in printed(chain) or any(isinstance(s.tree, Symbol) and s.tree.base == "y" and not s.tree.accents for s in chain.sides)


def standing(facts, kind):
    """What the text says last of a standing hypothesis: the fact that grants it, the one that leaves it open, or None. What is granted
    in words is open again only where a later sentence speaks of it."""
    last = None
    for fact in facts:
        if fact.kind == "granted " + kind:
            last = fact
        elif fact.kind == "doubt " + kind and (last is None or last.kind.startswith("doubt") or SAME.search(fact.words)):
            last = fact
    return last


def other_logarithm(words, formulas):
    """Whether a sentence gives \\log a base other than e."""
    text = re.sub("\x00(\\d+)\x00", lambda m: " = ".join(side.text for side in formulas[int(m[1])].sides), words)
    if not LOGARITHM.search(text) or r"\log_" in text and not re.search(r"\\log(?![_a-z])", text):
        return False
    bare = any(not f.signs and re.match(r"\\log(?![_a-z])", f.sides[0].text) for f in formulas if f.sides)
    based = any(not f.signs and f.sides[0].text.startswith(r"\log_") for f in formulas if f.sides)
    return bool(OTHER_BASE.search(NATURAL.sub(" ", text))) or bare and based or bool(re.search(r"\\log(?:\s*[a-z])?\s*=\s*\\(?:log_|ln|frac\{\\ln)", text))


def contrary(words, formulas):
    """The names to which a sentence gives another meaning than the course's, as far as that is understood."""
    names, printed = [name_of(f) for f in formulas], words + " " + " ".join(s.text for f in formulas for s in f.sides)
    found = [name for about, pattern, known in CONTRARY for name in known
             if (not about or about in names and not any(f.signs for f in formulas if name_of(f) == about)) and re.search(pattern, beside(words, names) if about == "J" else printed, re.I)]
    found += ["\\log"] * other_logarithm(words, formulas)
    for clause in re.split(r"[,;:]", words):
        if ALTERED.search(clause):
            within = [(names[k], formulas[k]) for k in map(int, re.findall(r"\x00(\d+)\x00", clause)) if not formulas[k].signs]
            said = clause + " ".join(f.sides[0].text for _, f in within if f.sides)
            defines = any("=" in formulas[k].signs for k in map(int, re.findall(r"\x00(\d+)\x00", clause)))  # the regularised cost is C = ...
            found += [name for name, noun in ABOUT if re.search(noun, said, re.I) and not (defines and name == "J")] + [n for n, _ in within if n in LENT]
    return found + [n for k, n in enumerate(names) if n in SIZES_SAID and re.search(
        rf"\x00{k}\x00 (?:(?:is|denotes|be|stands for|for) )?{SIZES_SAID[n]}", words, re.I)]


def beside(words, names):
    """The clauses of a sentence that print J, where an equation defines something else: `the regularised cost is C = ..., J differentiable`."""
    at = [f"\x00{n}\x00" for n, name in enumerate(names) if name == "J"]
    return " ".join(clause for clause in re.split(r"[,;:]", words) if any(place in clause for place in at))


def kinds_anew(words, formulas):
    """The names of which a sentence says anew what they are, so that what was said of them does not go on; '' for all of them."""
    if phrases.NOT_SYMMETRIC.search(words):
        return [""]
    dropped = phrases.DROPPED.search(words)
    if dropped:  # drop the assumption on p
        return [name_of(formulas[int(n)]) for n in re.findall(phrases.P, dropped["rest"])] or [""]
    if phrases.OF_SUM_ONE.match(words):
        return []
    named = {n: f.sides[0].tree for n, f in enumerate(formulas) if f.sides and isinstance(f.sides[0].tree, Symbol)}
    bare = {n: tree for n, tree in named.items() if not tree.indices or not formulas[n].signs and phrases.ANY.search(words)}
    found = [bare.get(int(next(filter(None, m.groups())))) for m in phrases.KIND_ANEW.finditer(words)]
    for n in (int(m[1]) for m in phrases.SET_ANEW.finditer(words) if formulas[int(m[1])].signs == ("=",)):
        left, right = (side.tree for side in formulas[n].sides)
        if isinstance(left, Sum) and isinstance(left.body, Symbol) and right != Number(1):
            found.append(left.body)  # let sum_i y_i = 2
        else:
            found.append(named.get(n) if phrases.FOR_EVERY.search(words) else bare.get(n))
    return [key(tree) for tree in found if tree is not None] + [""] * bool(phrases.WIDER.match(words))


def kind_left_open(facts, name):
    """The fact that leaves open what a name is that was called one-hot or a distribution before; None for none."""
    last = None
    for fact in facts:
        if fact.kind.startswith(("one-hot", "distribution", "sum ", "symmetric")) and fact.trees and key(fact.trees[0]) == name or fact.kind == "granted soft" and name == "y" or fact.kind == "supposed name" and fact.words_said == name:
            last = None
        elif fact.kind == "doubt kind" and fact.words_said in ("", name):
            last = fact
    return last


def constants(words, formulas):
    """The names that a sentence treats as constants."""
    return [name_of(f) for f in formulas if CONSTANT.search(words)]


def altered_gradient(words):
    """Whether a sentence says that gradients are something else than derivatives, but for what an update makes of them."""
    return any(GRADIENT.search(clause) and not UPDATED.search(clause) for clause in re.split(r"[,;:]", words))


def dependences(words, formulas):
    """[(name, variable)] where a sentence says that a name depends on another: `o depends on v_c`, o = o(v_c)."""
    trees = [f.sides[0].tree if f.sides and not f.signs else None for f in formulas]
    found = [(trees[int(m[1])], trees[int(m[2])]) for m in DEPENDS.finditer(words) if not re.search(r"\bof (?:\w+ )?$", words[: m.start()])]
    for tree in (s.tree for f in formulas for s in f.sides):
        if isinstance(tree, Times) and tree.signs == ("()",) and isinstance(tree.factors[1], Bracket):
            found.append((tree.factors[0], tree.factors[1].arg))
        elif isinstance(tree, Apply) and len(tree.args) == 1:
            found.append((tree.function, tree.args[0]))
    return [pair for pair in found if all(isinstance(x, Symbol) for x in pair)]


def name_of(chain):
    """The name that a formula begins with, without its indices; '' for none."""
    tree = chain.sides[0].tree if chain.sides else None
    if isinstance(tree, Apply) and isinstance(tree.function, Symbol):
        tree = tree.function
    if isinstance(tree, Times):
        tree = tree.factors[0]
    return key(tree) if isinstance(tree, Symbol) else ""


def case_doubt(words, formulas, opened, standing, used):
    """The words that leave it open whether a case holds for what follows: it was only mentioned, the text widens again, or after its
    first line there is more than words that lead on; '' for none."""
    if opened:
        return words if ASIDE.search(words) or MENTIONED.search(words) and not LEADS.match(words) and not STATED.search(words) else ""
    ranges = any({"in", "<", "<="} & set(f.signs) or any(isinstance(s.tree, (Tuple, Dots)) for s in f.sides) for f in formulas)
    return words if standing and (WIDENED.search(words) or ranges or used and not foreign(words) and unknown(words, LEADING)) else ""


def uses(trees, name):
    """Whether one of the trees holds what a doubt is about."""
    kinds = {"norm": Norm, "sum": Sum, "the gradient": Derivative}
    for node in (n for tree in trees for n in walk(tree)):
        if name in kinds and isinstance(node, kinds[name]) or name == "\\cdot" and isinstance(node, Times) and "dot" in node.signs:
            return True
        if isinstance(node, Apply) and (node.function == name.lstrip("\\") and node.base is None or isinstance(node.function, Symbol) and key(node.function) == name):
            return True
        if isinstance(node, Symbol) and key(node) == name:
            return True
    return False


def equal_draws(chain):
    """The hypotheses that w_1 = w_2, w_1 = o and o in {w_1, ..., w_K} are about."""
    sides = [s.tree for s in chain.sides]
    if "notin" in chain.signs and isinstance(sides[0], Symbol) and key(sides[0]) in OUTSIDE:
        return ["o drawn"]
    draws = [s for s in sides if isinstance(s, Symbol) and s.base == "w" and len(s.subs) == 1 and isinstance(s.subs[0], (Number, Symbol))]
    if len(draws) == 2 and draws[0] != draws[1]:
        return ["repeats"]
    return ["o drawn"] if len(draws) == 1 and any(isinstance(s, Symbol) and key(s) in OUTSIDE for s in sides) else []
