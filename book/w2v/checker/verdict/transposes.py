"""A claim with one transpose more or less: what a lost or superfluous transpose would have been."""

from ..reading import tree as t
from ..meaning.names import stripped

LIMIT = 40


def turned(left, right):
    """(left, right) with one factor of a product transposed, or the factors of a pair exchanged; the right side first."""
    count = 0
    for place, tree in (("right", right), ("left", left)):
        for changed in variants(tree):
            count += 1
            if count > LIMIT:
                return
            yield (left, changed) if place == "right" else (changed, right)


def variants(tree):
    """The tree with one factor turned, places outside in."""
    if isinstance(tree, t.Times):
        for n, factor in enumerate(tree.factors):
            yield put(tree, n, turn(factor))
        if len(tree.factors) == 2:
            yield t.Times(tree.factors[::-1], ("",))
    yield turn(tree)
    if isinstance(tree, (t.Derivative, t.Symbol, t.Relation, t.Number)):
        return
    for n, child in enumerate(t.children(tree)):
        if isinstance(tree, (t.Sum, t.Expectation)) and child is not tree.body or isinstance(child, t.Relation):
            continue
        for changed in variants(child):
            yield swap(tree, n, changed)


def turn(tree):
    inner = stripped(tree)
    return inner.arg if isinstance(inner, t.Transposed) else t.Transposed(tree)


def put(tree, n, factor):
    signs = tuple("" if s == "()" else s for s in tree.signs)
    return t.Times(tree.factors[:n] + (factor,) + tree.factors[n + 1 :], signs)


def swap(tree, n, new):
    count = iter(range(10_000))
    return t.rebuild(tree, lambda child: new if next(count) == n else child)
