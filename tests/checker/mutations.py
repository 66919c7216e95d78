"""Small faults put into the proved steps of the book: trees in, (kind, changed tree) out."""
from fractions import Fraction

from w2v.checker.tree import (Apply, Derivative, Minus, Number, Plus, Power, Quotient, Relation, Size, Sum, Symbol, Times, Transposed, rebuild)

SWAPPED = {"u": "v", "v": "u", "U": "V", "V": "U"}
INDICES = {"o": "w", "w": "o", "c": "o"}


def here(tree):
    """(kind, tree with one fault) at the root of a tree."""
    if isinstance(tree, Minus):
        yield "sign", tree.arg
    if isinstance(tree, Plus):
        for n, term in enumerate(tree.terms):
            yield "sign", Plus(tree.terms[:n] + (term.arg if isinstance(term, Minus) else Minus(term),) + tree.terms[n + 1:])
    if isinstance(tree, Times) and len(tree.factors) > 1:
        for n in range(len(tree.factors)):
            rest = tree.factors[:n] + tree.factors[n + 1:]
            signs = tree.signs[:max(n - 1, 0)] + tree.signs[max(n - 1, 0) + 1:]
            yield "factor dropped", rest[0] if len(rest) == 1 else Times(rest, signs)
    if isinstance(tree, Transposed):
        yield "transpose dropped", tree.arg
    if isinstance(tree, Sum) and tree.conditions:
        yield "range", Sum(tree.letters, tree.domain, (), tree.body, tree.kind)
    if isinstance(tree, Sum) and not tree.conditions and tree.domain[0] in ("words", "range") and len(tree.letters) == 1:
        yield "range", Sum(tree.letters, tree.domain, (Relation("!=", Symbol(tree.letters[0]), Number(Fraction(1))),), tree.body, tree.kind)
    if isinstance(tree, Symbol):
        yield from of_symbol(tree)


def of_symbol(tree):
    """Faults of one symbol: u for v, o for w, an index lost."""
    if tree.base in SWAPPED and (tree.subs or tree.base.isupper()):
        yield "u and v", Symbol(SWAPPED[tree.base], tree.accents, tree.subs, tree.label, tree.bold)
    if len(tree.subs) == 1 and isinstance(tree.subs[0], Symbol) and not tree.subs[0].subs and tree.subs[0].base in INDICES:
        yield "o and w", Symbol(tree.base, tree.accents, (Symbol(INDICES[tree.subs[0].base]),), tree.label, tree.bold)
    if tree.subs and tree.base != "v":
        yield "index dropped", Symbol(tree.base, tree.accents, tree.subs[:-1], tree.label, tree.bold)


def mutants(tree, inside=False):
    """(kind, changed tree) for every place of a tree; indices and bounds are reached through their symbols.

    Left out, since they change nothing: the arguments of a loss, which only name what it depends on, and transposes
    `inside` a function of a number, where two columns side by side are read as their dot product.
    """
    yield from (m for m in here(tree) if not (inside and m[0] == "transpose dropped"))
    if isinstance(tree, Apply):
        if not isinstance(tree.function, str):
            return
        inside |= tree.function in ("exp", "log", "sigma", "logsigmoid")
    if isinstance(tree, (Symbol, Number, Relation, Size, Power)):
        return
    if isinstance(tree, Derivative):
        yield from ((kind, Derivative(tree.variable, new, tree.style, tree.total)) for kind, new in mutants(tree.body, inside))
        return
    for n, child in enumerate(places(tree)):
        yield from ((kind, replaced(tree, n, new)) for kind, new in mutants(child, inside))


def places(tree):
    """The children that `rebuild` visits, in its order."""
    found = []
    rebuild(tree, lambda t: found.append(t) or t)
    return found


def replaced(tree, n, new):
    """tree with its n-th child replaced."""
    count = iter(range(10 ** 6))
    return rebuild(tree, lambda t: new if next(count) == n else t)
