r"""Sum and product signs with what stands below and above them."""

from fractions import Fraction

from . import conditions, expressions, scripts
from .groups import is_group
from .tree import Bars, Minus, Number, Relation, Sum, Symbol, Times, Tuple

ZERO = Number(Fraction(0))
BETWEEN = ("<", "<=")


def sign(cur):
    start = cur.take()
    found = scripts.gather(cur)
    letters, domain, rules = binder(found.sub, found.sup, cur)
    if domain[0] == "range" and domain[2] is None and is_group(cur.peek(), "{"):
        cur.fail(f"an upper bound written as ^{{...}} above \\{start.text}")
    tree = Sum(letters[-1:], domain, rules, body(cur), start.text)
    for name in reversed(letters[:-1] if domain[0] == "range" else ()):  # \sum_{i,j=1}^n: a sum of sums
        tree = Sum((name,), domain, (), tree, start.text)
    return tree if domain[0] == "range" else Sum(letters, domain, rules, tree.body, start.text)


def body(cur):
    """The product behind the sign; a minus may open it."""
    if cur.accept("-"):
        return Minus(body(cur))
    return expressions.product(cur)


def binder(below, above, cur):
    """(letters, domain, conditions)."""
    high = expressions.whole(above, cur.notes, cur.depth) if above else None
    below = conditions.stripped(below or ())
    if not below:
        return (), ("range", None, high) if high is not None else ("all",), ()
    found = conditions.conditions(below, cur.notes, cur.depth)
    relations = [r for r in found if isinstance(r, Relation)]
    names = tuple(r for r in found if not isinstance(r, Relation))
    if not relations:
        letters = tuple(letter(x, cur) for n in names for x in side_by_side(n))
        return letters, ("range", None, high) if high is not None else ("all",), ()
    return bound(names, relations, high, cur)


def bound(names, relations, high, cur):
    """The domain that the first relations give; the others are conditions."""
    if names and high is not None and relations[0].sign == "=":
        first, *rest = relations
        return tuple(letter(n, cur) for n in (*names, first.left)), ("range", first.right, high), tuple(rest)
    if names:
        letters, domain, rest = tuple(letter(n, cur) for n in names), ("all",), relations
        own = next((r for r in relations if r.sign == "in" and r.left in names), None)
        if own and len(names) == 1:
            domain, rest = ("in", own.right), [r for r in relations if r is not own]
        return letters, domain if high is None else ("range", None, high), tuple(rest)
    first, *rest = relations
    if first.sign == "=":
        return (letter(first.left, cur),), ("range", first.right, high), tuple(rest)
    if high is not None:
        cur.fail("a lower bound, k = 1, below the upper one")
    if first.sign in ("in", "~", "subset"):
        return members(first.left, cur), ("in", first.right) if first.sign == "in" else ("all",), tuple(rest if first.sign == "in" else relations)
    if first.sign in BETWEEN:
        return between(first, rest, cur)
    member = next((r for r in rest if r.sign == "in" and r.left == first.left), None)
    if member is not None:
        return (letter(first.left, cur),), ("in", member.right), tuple(r for r in relations if r is not member)
    return (letter(first.left, cur),), ("all",), tuple(relations)


def between(first, rest, cur):
    """-m <= j <= m, |j| <= m, 0 < |j| <= m, i < j."""
    if isinstance(first.left, Bars):
        return (letter(first.left.arg, cur),), ("between", Minus(first.right), first.sign, first.right, first.sign), tuple(rest)
    second = rest[0] if rest and rest[0].sign in BETWEEN and rest[0].left == first.right else None
    if second is None:
        return (letter(first.left, cur),), ("all",), (first, *rest)
    if isinstance(first.right, Bars):
        if (first.left, first.sign) not in ((ZERO, "<"), (ZERO, "<="), (Number(Fraction(1)), "<=")):
            cur.fail("0 < |j| <= m below the sum")
        name = letter(first.right.arg, cur)
        nonzero = () if (first.left, first.sign) == (ZERO, "<=") else (Relation("!=", name, ZERO),)
        return (name,), ("between", Minus(second.right), second.sign, second.right, second.sign), (*nonzero, *rest[1:])
    if len(rest) > 1 and rest[1].sign in BETWEEN and rest[1].left == second.right:
        return (letter(first.right, cur), letter(second.right, cur)), ("all",), (first, *rest)
    return (letter(first.right, cur),), ("between", first.left, first.sign, second.right, second.sign), tuple(rest[1:])


def members(left, cur):
    """The letters of (c, o) \\in B."""
    if isinstance(left, Tuple):
        return tuple(letter(i, cur) for i in left.items)
    return (letter(left, cur),)


def side_by_side(tree):
    """The letters of \\sum_{ij}."""
    pair = isinstance(tree, Times) and set(tree.signs) == {""} and all(isinstance(f, Symbol) and len(f.base) == 1 and not f.subs for f in tree.factors)
    return tree.factors if pair else (tree,)


def letter(tree, cur):
    if not isinstance(tree, Symbol):
        cur.fail("a letter that the sum runs over", cur.peek(-1))
    return tree
