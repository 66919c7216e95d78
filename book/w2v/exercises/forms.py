"""Forms of a side: what it is made of once a reader's own letters are replaced, and when two sides differ in print only."""

from dataclasses import replace
from fractions import Fraction

from w2v.checker.reading import read_math
from w2v.checker.reading.tree import (
    Apply,
    Bracket,
    Derivative,
    Differential,
    Entry,
    Minus,
    Number,
    Plus,
    Power,
    Quotient,
    Symbol,
    Times,
    rebuild,
    walk,
)

ONE, ZERO = Number(Fraction(1)), Number(Fraction(0))
KINDS = {"fraction": Quotient, "power": Power}
DEEPEST = 12  # definitions within definitions


def tree_of(latex):
    """The tree of one side of an equation, without bold print and outer brackets; None if it cannot be read."""
    chains = read_math(latex)
    if len(chains) != 1 or len(chains[0].sides) != 1 or chains[0].sides[0].tree is None:
        return None
    return bare(chains[0].sides[0].tree)


def bare(tree):
    """tree without bold print, and without brackets around the whole of it."""
    while isinstance(tree, Bracket):
        tree = tree.arg
    return _light(tree)


def _light(tree):
    if isinstance(tree, Symbol):
        tree = replace(tree, bold=False)
    return rebuild(tree, _light)


def head(tree):
    """The name that a left side of a definition introduces, with its indices, or None: a, p_i, J(v_c, o, U), f(x)."""
    if isinstance(tree, Apply) and isinstance(tree.function, Symbol) and not tree.primes:
        return tree.function
    if isinstance(tree, Times) and tree.signs == ("()",) and isinstance(tree.factors[0], Symbol):
        return tree.factors[0]
    return tree if isinstance(tree, Symbol) else None


def name(symbol):
    """A symbol without its indices."""
    return replace(symbol, subs=(), sups=(), bold=False)


def expanded(tree, meanings, depth=0):
    """tree with what a reader's own letters stand for in their place; indices stay those of the definition."""
    if depth > DEEPEST:
        return tree
    found = head(tree)
    if found is not None and name(found) in meanings:
        return expanded(meanings[name(found)], meanings, depth + 1)
    return rebuild(tree, lambda child: expanded(child, meanings, depth))


def derives(node):
    """Whether a node is a derivative, a differential or a primed function."""
    return (
        isinstance(node, (Derivative, Differential))
        or isinstance(node, Apply)
        and node.primes > 0
        or isinstance(node, Symbol)
        and "prime" in node.accents
    )


def has_derivative(tree):
    return any(derives(node) for node in walk(tree))


def is_loss(node):
    return isinstance(node, Symbol) and node.base == "J"


def ruled_out(node, without):
    """Whether a node is one of the named things: a function, 'fraction', 'power', or the prediction 'ŷ'."""
    if isinstance(node, Apply) and node.function in without:
        return True
    if isinstance(node, Symbol) and (
        "ŷ" in without and name(node) == Symbol("y", ("hat",)) or "sigma" in without and node.base == "\\sigma"
    ):
        return True
    return any(kind in without and isinstance(node, KINDS[kind]) for kind in KINDS)


def core(tree):
    """tree without what only pads it: + 0, factors 1, a - a, double signs, brackets, the order of terms and factors."""
    if isinstance(tree, Bracket):
        return core(tree.arg)
    tree = rebuild(tree, core)
    if isinstance(tree, (Plus, Minus)):
        return _sum(tree)
    if isinstance(tree, Times):
        return _product(tree)
    if isinstance(tree, Quotient) and tree.bottom == ONE or isinstance(tree, Power) and tree.exponent == ONE:
        return tree.top if isinstance(tree, Quotient) else tree.base
    return replace(tree, style="fraction", total=False) if isinstance(tree, Derivative) else tree


def _terms(tree, sign=1):
    """(sign, term) for each term of a sum."""
    if isinstance(tree, Plus):
        return [part for term in tree.terms for part in _terms(term, sign)]
    return _terms(tree.arg, -sign) if isinstance(tree, Minus) else [(sign, tree)]


def _sum(tree):
    counts = {}
    for sign, term in _terms(tree):
        counts[term] = counts.get(term, 0) + sign
    kept = [term if n > 0 else Minus(term) for term, n in counts.items() if term != ZERO for _ in range(abs(n))]
    return Plus(tuple(sorted(kept, key=repr))) if len(kept) > 1 else kept[0] if kept else ZERO


def _product(tree):
    """Signs come to the front, numbers are multiplied; juxtaposed factors are sorted (two sides that differ so count as one)."""
    minus, number, rest = False, Fraction(1), []
    for factor in tree.factors:
        while isinstance(factor, Minus):
            minus, factor = not minus, factor.arg
        if isinstance(factor, Number):
            number *= factor.value
        else:
            rest.append(factor)
    if number == 0:
        return ZERO
    rest += [Number(number)] if number != 1 or not rest else []
    product = rest[0] if len(rest) == 1 else Times(tuple(sorted(rest, key=repr)), ("",) * (len(rest) - 1))
    return Minus(product) if minus else product


def varied(tree):
    """The variables of all derivatives in a side, in order."""
    return [variable for node in walk(tree) if isinstance(node, Derivative) for variable in node.variables]


def letters(variable):
    """(letters of the word or draw, letters of an entry) of a variable: v_c -> (c), (); v_{c,i}, (v_c)_i, [v_c]_i -> (c), (i)."""
    entry = ()
    if isinstance(variable, Entry):
        variable, entry = bare(variable.arg), variable.subs
    if not isinstance(variable, Symbol):
        return (), ()
    own, more = variable.subs[:1], variable.subs[1:]
    while own and isinstance(own[0], Symbol) and own[0].subs:  # u_{w_k}
        own = own[0].subs
    return _plain(own), _plain((*more, *entry))


def _plain(trees):
    return tuple(t.base for t in trees if isinstance(t, Symbol) and not t.subs)
