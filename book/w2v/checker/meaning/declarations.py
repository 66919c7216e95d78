"""What sentences declare: the kind of a name, spaces, one-hot vectors, rows and columns, conventions."""

import re

from ..reading.blocks import Chain
from ..reading.tree import Bars, Bracket, Dots, Minus, Number, Power, Relation, SetOf, Sum, Symbol, Times, Transposed, Tuple
from . import phrases
from .layouts import layouts
from .lengths import lengths
from .names import key, plain

P = re.compile(phrases.P)
TYPE_WORDS = (("row vector", r"\brow[- ]vectors?\b|\brows?\b"), ("column vector", r"\bcolumn[- ]vectors?\b|\bcolumns?\b"),
              ("vector", r"\bvectors?\b|\bembeddings?\b|\b\w*\x00?-?dimensional\b"),
              ("matrix", r"\bmatri(?:x|ces)\b|\bthe table\b"), ("function", r"\bfunctions?\b"),
              ("index", r"\bind(?:ex|ices)\b|\bnumber of the\b.*\bclass\b|\btrue class\b|\b(?:correct|target|right|gold) (?:class|category)\b"),
              ("number", r"\b(?:scalars?|real numbers?|numbers?|counts?|probabilit(?:y(?! (?:distributions?|vectors?|mass)\b)|ies)|length|size|learning rate|step size|temperature|constant|weight decay|bias term)\b"))


def declarations(words, formulas):
    """[(kind, trees, words)] of a sentence."""
    found = []
    trees = [first(f) for f in formulas]
    for f in formulas:
        found += spaces(f)
    lined = lines_are(words, trees)
    words, said = (phrases.ONE_PER.sub(" ", phrases.LINES_ARE.sub(" ", words)), words) if lined else (words, words)
    ones = [("ones", (trees[int(m[1] or m[2])],), m[0]) for m in phrases.ONES.finditer(words)]
    words = phrases.ONES.sub(" ", words) if ones else words
    found += ones + lined + shapes(said, trees) + one_hot(words, trees, formulas) + by_cases(formulas, words)
    for m in phrases.DISTRIBUTION.finditer(words):
        found += [("distribution", (trees[int(n)],), m[0]) for n in re.findall(phrases.P, m[0])]
    found += sums_to_one(words, trees) + tables(words, trees)
    found += conventions(words, trees) + [(kind, (), words) for kind in layouts(words, trees, formulas)]
    found += lengths(words, trees) + typed(words, trees, formulas)
    unit = phrases.UNIT.search(words)  # the one-hot vector e_t
    return [(kind, ts, w) for kind, ts, w in found if all(t is not None for t in ts) and not (unit and ts and isinstance(ts[0], Symbol) and ts[0].base == "e" and len(ts[0].subs) == 1 and not ts[0].sups)
            and not (unit and kind == "one-hot" and ts[0] == Symbol("e") and unit_printed(trees))]


def unit_printed(trees):
    """Whether a sentence prints e_t: the unit vector, and no entry of a vector e."""
    return any(isinstance(tree, Symbol) and tree.base == "e" and len(tree.subs) == 1 for tree in trees) and not any(tree == Symbol("e") for tree in trees)


def lines_are(words, trees):
    """The rows of Y are one-hot; each column of P sums to 1."""
    found = []
    for m in phrases.LINES_ARE.finditer(words):
        line, name = (m[1], m[2]) if m[1] else (m[4], m[3]) if m[3] else (m[6], m[5])
        kind = "one-hot" if re.search(r"one-?\s?hot", m[0], re.I) else "distribution" if re.search("distribution", m[0], re.I) else "sum"
        found.append((f"{kind} {line.lower().rstrip('s')}s", (trees[int(name)],), m[0]))
    found += [(f"one-hot {m[2].lower()}s", (trees[int(m[1])],), m[0]) for m in phrases.ONE_PER.finditer(words)]
    for m in phrases.LABELS_ARE.finditer(words):
        found.append((f"one-hot {m[1].lower()}", (trees[int(m[2])],), m[0]))
    return found


def sums_to_one(words, trees):
    """q is a probability vector; the target distribution q; the entries of q sum to one: of numbers of any sign if nothing says more."""
    found = []
    for m in phrases.PROBABILITIES.finditer(words):
        tree = trees[int(next(g for g in m.groups() if g))]
        if isinstance(tree, Symbol) and not doubtful(words, m) and not (m[2] and (tree.indices or key(tree) == "y")):
            found.append(("distribution", (tree,), m[0]))
    for m in phrases.SUMS_TO_ONE.finditer(words):
        tree, one = bare(trees[int(m[1] or m[3])]), m["one"] or m["one2"]
        said = words[: m.start()].rsplit("\x00", 1)[-1] + m[0]
        if isinstance(tree, Symbol) and len(tree.indices) < 2 and not doubtful(words, m) and (not one or trees[int(one)] == Number(1)):
            whole = Symbol(tree.base, tree.accents, tree.label)
            positive = re.search(r"\b(?:distributions?|probabilit\w+|non-?\s?negative|positive)\b", said, re.I)
            found.append(("distribution" if positive else "sum entries", (whole,), m[0]))
    return found


def sum_printed(chain, words):
    r"""(kind, (p,)) of \sum_i p_i = 1 or p_1 + ... + p_n = 1, numbers of any sign if the sentence says no more; else None."""
    if chain.signs != ("=",) or any(s.tree is None for s in chain.sides) or chain.sides[1].tree != Number(1):
        return None
    left = plain(chain.sides[0].tree)
    if not isinstance(left, Sum) or left.kind != "sum" or left.conditions or left.domain[0] not in ("all", "range") or not isinstance(left.body, Symbol):
        return None
    body = left.body
    if len(body.subs) == 2 and not body.sups and len(left.letters) == 1 and left.letters[0] in body.subs and body.subs[0] != body.subs[1]:
        coded = re.search(r"\b(?:one-?\s?hot|1-of-|one-of-)", words, re.I)
        line = "columns" if left.letters[0] == body.subs[0] else "rows"
        return f"{'one-hot' if coded else 'sum'} {line}", (Symbol(body.base, body.accents, body.label),)
    if len(body.subs) != 1 or body.sups or left.letters not in ((), (body.subs[0],)) or left.domain[0] == "range" and left.domain[1] != Number(1):
        return None
    positive = re.search(r"\b(?:distributions?|probabilit\w+|non-?\s?negative|positive|simplex)\b", words, re.I)
    return "distribution" if positive else "sum entries", (Symbol(body.base, body.accents, body.label),)


def says_sum(words, formulas):
    """Whether what a sentence says of sums and distributions is understood."""
    return bool(phrases.LINES_ARE.search(words) or phrases.DISTRIBUTION.search(words) or sums_to_one(words, [first(f) for f in formulas]))


def doubtful(words, m):
    """Whether what a sentence says is denied, or said under a condition."""
    return bool(phrases.NOT_SO.search(m[0]) or phrases.ONLY_IF.search(words[: m.end()]))


def first(chain):
    """The tree of a formula that is one thing; of a relation its left side."""
    return chain.sides[0].tree if chain.sides else None


def spaces(chain):
    r"""x \in \mathbb{R}^{D \times V}; s_j \in \{-1, 1\}."""
    if not isinstance(chain, Chain) or "in" not in chain.signs:
        return []
    at = chain.signs.index("in")
    right = chain.sides[at + 1].tree
    if right is None or any(s.tree is None for s in chain.sides[: at + 1]):
        return []
    names = [t for s in chain.sides[: at + 1] for t in listed(s.tree)]
    sizes = space(right)
    if sizes is None:
        if isinstance(plain(right), SetOf):
            return [("values", (n, right), "") for n in names if isinstance(n, Symbol)]
        return []
    several = "list" if any(isinstance(s.tree, Tuple) and any(isinstance(i, Dots) for i in s.tree.items) for s in chain.sides[: at + 1]) else ""
    return [("space", (n, *sizes), several) for n in names]


def shapes(words, trees):
    r"""U is $V \times D$; the matrix W ($n \times m$)."""
    found = []
    for m in phrases.SHAPE_IS.finditer(words):
        name, shape = (trees[int(n)] for n in m.groups())
        if isinstance(name, Symbol) and isinstance(shape, Times) and set(shape.signs) == {"times"} and all(
                isinstance(f, (Symbol, Number, Bars)) and not getattr(f, "subs", ()) for f in shape.factors):
            found.append(("space", (name, *shape.factors), m[0]))
    return found


def listed(tree):
    """The names in a list; of a_1, ..., a_L the last, which stands for all."""
    if not isinstance(tree, Tuple):
        return (tree,)
    found = []
    for n, item in enumerate(tree.items):
        if n > 1 and isinstance(tree.items[n - 1], Dots) and isinstance(item, Symbol):
            last = item.subs[-1:] if item.subs and not isinstance(item.subs[-1], Number) else (Symbol("i"),)
            found = [x for x in found if not (isinstance(x, Symbol) and key(x) == key(item))] + [Symbol(item.base, item.accents, item.label, last)]
        elif not isinstance(item, Dots):
            found.append(item)
    return tuple(found)


def space(tree):
    r"""The sizes of \mathbb{R}^{m \times n} (none for \mathbb{R}), or None for another set."""
    if is_reals(tree):
        return ()
    if isinstance(tree, Power) and is_reals(tree.base):
        exponent = tree.exponent
        while isinstance(exponent, Bracket):
            exponent = exponent.arg
        if isinstance(exponent, Times) and set(exponent.signs) <= {"times", "star"}:
            return exponent.factors
        return (exponent,)
    return None


def is_reals(tree):
    return isinstance(tree, Symbol) and tree.base == "R" and not tree.subs


def one_hot(words, trees, formulas):
    found = []
    for m in phrases.ONLY_ENTRY.finditer(words):
        found.append(("one-hot", (trees[int(m[2])], trees[int(m[1])]), m[0]))
    for m in phrases.ONLY.finditer(words):
        entry = trees[int(m[1])]
        if isinstance(entry, Symbol) and entry.subs:
            found.append(("one-hot", (Symbol(entry.base, entry.accents, entry.label), entry.subs[0]), m[0]))
    if re.search(r"\bnot (?:necessarily )?(?:a )?one-?\s?hot|no longer|\bunlike\b|\binstead of\b|\brather than\b|\bin contrast to\b", words, re.I):
        return found
    for pattern in (phrases.ONE_HOT, phrases.ONE_HOT_BEFORE):
        for m in pattern.finditer(words):
            groups = [g for g in m.groups() if g]
            vector = trees[int(groups[0])]
            at = place_of_one(m, words, trees, formulas)
            if at is None and re.match(r"[^.;,\x00]*\b(?:at|of|for) the (?:center|centre|central|middle) word\b", words[m.end():], re.I):
                at = Symbol("c")
            if isinstance(vector, Symbol):
                bare = Symbol(vector.base, vector.accents, vector.label, (), vector.sups)
                found.append(("one-hot", (bare, at) if at is not None else (bare,), m[0]))
    return found[:2]


def by_cases(formulas, words=""):
    """t_j = 1 if j = k, and t_j = 0 (or only 0) otherwise: one-hot at k; d_j = 1 or d_j = -1: a number for each index."""
    zero = ["0|zero", *(f"\x00{n}\x00" for n, f in enumerate(formulas) if not f.signs and f.sides[0].tree == Number(0))]
    otherwise = re.search(rf"(?:{'|'.join(zero)})\s*,?\s*(?:otherwise|elsewhere|else\b|(?:for|if) (?:all |every |any )?(?:\w+ )?(?:other|not)\b)", words, re.I)
    values, places, others = {}, [], set()
    for chain in formulas:
        if chain.signs == ("!=",) and all(isinstance(side.tree, Symbol) for side in chain.sides):
            others |= {tuple(plain(side.tree) for side in way) for way in (chain.sides, chain.sides[::-1])}
        tree, right = first(chain), chain.sides[-1].tree if chain.sides else None
        if chain.signs != ("=",) or not isinstance(tree, Symbol):
            continue
        number = right.arg if isinstance(right, Minus) else right
        if len(tree.subs) == 1 and isinstance(number, Number):
            values.setdefault(plain(tree), set()).add(-number.value if isinstance(right, Minus) else number.value)
        elif not tree.subs and isinstance(right, Symbol):
            places.append((plain(tree), right))
    found = [("one-hot", (Symbol(a.base, a.accents, a.label), a.subs[0]), "") for a, ones in values.items() for b, zeros in values.items()
             if ones == {1} and zeros == {0} and key(a) == key(b) and (a.subs[0], b.subs[0]) in others]  # y_o = 1, and y_w = 0 for w != o
    for head, numbers in values.items():
        at = [right for left, right in places if left == head.subs[0]]
        if at and (numbers == {0, 1} or numbers == {1} and otherwise):
            found.append(("one-hot", (Symbol(head.base, head.accents, head.label), at[0]), ""))
        elif len(numbers) > 1:
            found.append(("values", (head, SetOf(tuple(Number(n) if n >= 0 else Minus(Number(-n)) for n in sorted(numbers)))), ""))
    return found


def place_of_one(match, words, trees, formulas):
    """The index at which a one-hot vector is 1, if the sentence says it: `at k`, `with y_k = 1`."""
    groups = [g for g in match.groups() if g]
    if len(groups) > 1:
        chain, tree = formulas[int(groups[1])], trees[int(groups[1])]
        if chain.signs[:1] == ("=",) and isinstance(tree, Symbol) and tree.subs:
            return tree.subs[0]
        if isinstance(tree, Symbol) and not chain.signs:
            return tree
    for chain in formulas:
        tree, right = first(chain), chain.sides[-1].tree
        if chain.signs == ("=",) and isinstance(tree, Symbol) and len(tree.subs) == 1 and right == Number(1):
            told = [c.sides[-1].tree for c in formulas if c.signs == ("=",) and first(c) == tree.subs[0]]  # y_w = 1 where w = o
            return told[0] if told and isinstance(told[0], Symbol) else tree.subs[0]
    return None


BETWEEN, ONE = r"(?:[^.;\x00]|\x00\d+\x00-)*?", rf"{phrases.P}(?!-)"  # words between two names; `D` of `D-vectors` is none of them
NO_LINES = r"(?:(?!\b(?:rows|columns) of\b)[^.;\x00]|\x00\d+\x00-)*?"  # the same without a new subject: the rows of M are keys, the rows of N ...


def tables(words, trees):
    """The rows of X are x_i^T; U with the u_w as its columns; a_1, ..., a_L are the columns of A."""
    found = []
    for m in re.finditer(rf"\b(rows|columns) of {ONE}{NO_LINES}\b(?:are|be|being|hold|contain)\b{NO_LINES}{ONE}", words, re.I):
        found.append((m[1].lower() + " of", (trees[int(m[2])], bare(trees[int(m[3])])), m[0]))
    for m in re.finditer(rf"{ONE}(?: (?:is|be) an? \x00\d+\x00[- ](?:real )?matrix\b)?[^.;\x00]*?\b(?:has|have|with|whose)\b[^.;\x00]*?\b(rows|columns)\b(?: are)?\s*{ONE}", words, re.I):
        if not isinstance(trees[int(m[3])], Tuple):
            found.append((m[2].lower() + " of", (trees[int(m[1])], bare(trees[int(m[3])])), m[0]))
    for m in re.finditer(rf"(?<!rows of )(?<!columns of ){ONE}{BETWEEN}\b(?:is|are|be)\b{BETWEEN}\b(row|column)s? \x00?(\d*)\x00? ?of {ONE}", words, re.I):
        if re.match(phrases.INPUTS, words[m.end(1) + 1 :], re.I):
            continue  # a batch of B inputs is stacked as the rows of X
        found.append((m[2].lower() + "s of", (trees[int(m[4])], bare(trees[int(m[1])])), m[0]))
    for m in re.finditer(rf"\b(rows|columns) {ONE} of (?:the (?:matrix|table) )?{ONE}", words, re.I):
        found.append((m[1].lower() + " of", (trees[int(m[3])], bare(trees[int(m[2])])), m[0]))
    for m in phrases.NTH_LINE.finditer(words):  # R, whose i-th row is r_i^T
        whole, line, part = (m[1], m[3], m[4]) if m[1] else (m[6], m[5], m[7])
        part = trees[int(part)]
        if isinstance(bare(part), Symbol) and bare(part).subs:
            found.append((line.lower().rstrip("s") + "s of", (trees[int(whole)], bare(part)), m[0]))
    for m in phrases.HAS_LINES.finditer(words):  # R has the rows r_1^T, ..., r_n^T
        found.append((m[2].lower().rstrip("s") + "s of", (trees[int(m[1])], bare(trees[int(m[3])])), m[0]))
    return found


def bare(tree):
    """What is printed, without a transpose; of a list a_1, ..., a_L its last."""
    if isinstance(tree, Tuple) and tree.items:
        return bare(tree.items[-1])
    return tree.arg if isinstance(tree, Transposed) else tree


def conventions(words, trees):
    found = []
    if re.search(r"\b(?:not|in contrast|contrary|(?:in|the) code|code,|pytorch|numpy|tensorflow|unlike|instead)\b", words, re.I):
        return found
    of_tables, elsewhere = table_sides(words, trees)
    m = next((m for m in phrases.ALL_ROWS.finditer(words) if not any(a < m.end() and m.start() < b for a, b in elsewhere)), None)
    if m:
        found.append((next(g for g in m.groups() if g).rstrip("s").lower() + "s vectors", (), m[0]))
    m = phrases.WORDS_ARE.search(words)
    if of_tables:
        found += of_tables
    elif m and not any(a < m.end() and m.start() < b for a, b in elsewhere):
        found.append(("words " + next(g for g in m.groups() if g).lower().rstrip("s") + "s", (), m[0]))
    if phrases.LAYOUT_ROWS.search(words):
        found.append(("gradient rows", (), words))
    elif phrases.GRADIENT_SHAPE.search(words):
        found.append(("gradient shape", (), words))
    elif phrases.GRADIENT_ROWS.search(words):
        found.append(("gradient rows", (), words))
    if phrases.COLUMNWISE.search(words):
        found.append(("columnwise", (), words))
    if phrases.ROWWISE.search(words):
        found.append(("rowwise", (), words))
    if phrases.EINSTEIN.search(words):
        found.append(("einstein", (), words))
    for m in phrases.EVERY_REAL.finditer(words):
        found.append(("real", (trees[int(m[1])],), m[0]))
    return found


def table_sides(words, trees):
    """([what is said of the tables of the course], the places of all that is said of tables): `the outside vectors are stored as rows of
    U` says what the rows of U are, and not that vectors lie."""
    found, places = {}, []
    for m in phrases.VECTORS_AS.finditer(words):
        before = words[: m.start()] + m["between"]
        if m["which"] or m["of"] or phrases.TABLE_HAS.search(before) or re.search(rf"\b{phrases._STORED}\b", m["between"], re.I):
            places.append(m.span())
            told = trees[int(m[5])] if m[5] else phrases.TABLE_HAS.search(before) and owner(before, trees)
            name = key(told) if isinstance(told, Symbol) else ""
            if name in ("", "U", "V"):
                found.setdefault(name, ("words " + m["side"].lower() + "s", (), m[0]))
    sides = {kind for kind, *_ in found.values()}
    chosen = found if len(sides) < 2 else {name: f for name, f in found.items() if name == "U"}
    return list(chosen.values())[:1], places


def owner(before, trees):
    """The name of what holds the vectors: the U of `U has the outside vectors`."""
    m = re.search(rf"{phrases.P} (?:[\w-]+ ){{0,3}}?(?:has|have|having|with|holds?|holding|contains?|containing)\b[^.;:\x00]*$", before, re.I)
    return trees[int(m[1])] if m else None


def typed(words, trees, formulas):
    """`x is a vector`, `let a and b be numbers`, `for column vectors a and b`."""
    found = []
    for m in phrases.IS_A.finditer(words):
        of = re.match(r"\x00\d+\x00 of\b", words[m.end():])  # row w of B, which may stand as a column
        kind = "" if of or phrases.DONE_WITH.match(m.groups()[-1]) else type_word(m.groups()[-1])
        places = re.findall(phrases.P, m[0])
        for n in places:
            tree = trees[int(n)]
            if isinstance(tree, Symbol) and (len(places) == 1 or formulas[int(n)].signs != ("=",)):  # where L = ... and X is a matrix: X is
                found.append(("type", (tree,), kind or "named"))
    for m in phrases.FOR_VECTORS.finditer(words):
        kind = type_word(m[1]) or "named"
        found += [("type", (trees[int(n)],), kind) for n in re.findall(phrases.P, m[0]) if isinstance(trees[int(n)], Symbol)]
    for m in re.finditer(rf"\b((?:(?:row|column)[- ])?vectors?|scalars?|numbers?|functions?|matri(?:x|ces)|constants?|(?:learning rate|step size|temperature))\s*(?:called |named )?{phrases.P}", words, re.I):
        found += [("type", (name,), type_word(m[1])) for name in listed(trees[int(m[2])]) if isinstance(name, Symbol)]
    for m in re.finditer(rf"{phrases.P},? an? (?:(?:real|positive|fixed|given|small) )?(vector|scalar|number|matrix)\b", words, re.I):
        tree = trees[int(m[1])]
        if isinstance(tree, Symbol):
            found.append(("type", (tree,), type_word(m[2])))
    found += [("stated size", (trees[int(m[1])],), m[0]) for m in phrases.SO_MANY.finditer(words) if isinstance(trees[int(m[1])], Symbol)]
    found += [("kronecker", (trees[int(m[1])],), m[0]) for m in phrases.KRONECKER.finditer(words)]
    found += [("symmetric", (name,), words) for name in symmetric(words, formulas)]
    for m in phrases.VOCABULARY_OF.finditer(words):
        place = int(next(g for g in m.groups() if g))
        found.append(("vocabulary", (trees[place],), m[0]))
    for m in phrases.SIGMOID_IS.finditer(words):
        if isinstance(trees[int(m[1])], Symbol):
            found.append(("function", (trees[int(m[1])],), m[2].lower()))
    for m in phrases.SIGMOID_CALLED.finditer(words):
        if isinstance(trees[int(m[2])], Symbol):
            found.append(("function", (trees[int(m[2])],), m[1].lower()))
    return found


def symmetric(words, formulas):
    """The matrices that a sentence says to be symmetric, in words or by A = A^T or A_ij = A_ji."""
    if phrases.UNSURE.search(words):
        return []
    said = [(words[: m.start()], next(g for g in m.groups() if g)) for m in phrases.SYMMETRIC.finditer(words)]
    listed = [n for before, last in said for n in [*re.findall(phrases.P, re.search(r"(?:\x00\d+\x00,? (?:and )?)*$", before)[0]), last]]  # let A and B be symmetric
    found = [first(formulas[int(n)]) for n in listed]
    for chain in formulas if re.search(r"\bsymmetric\b", words, re.I) else ():
        if chain.signs == ("=",) and all(s.tree is not None for s in chain.sides):
            a, b = (plain(s.tree) for s in chain.sides)
            if isinstance(b, Transposed) and b.arg == a or isinstance(a, Symbol) and isinstance(b, Symbol) and key(a) == key(b) and len(a.subs) == 2 and a.subs == b.subs[::-1]:
                found.append(a)
    return [Symbol(n.base, n.accents, n.label) for n in found if isinstance(n, Symbol) and len(n.subs) in (0, 2)]


def type_word(words):
    """'vector', 'number', 'matrix', ... for what a phrase calls a thing, or ''; the noun is among its first words."""
    words = " ".join(words.split()[:5])
    for kind, pattern in TYPE_WORDS:
        if re.search(pattern, words, re.I):
            return kind
    return ""


__all__ = ["declarations", "Relation", "key"]
