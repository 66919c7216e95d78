"""Products: one rule. Shapes fit, or the product is ill-typed; a dot between equal-length vectors is their dot product."""

from dataclasses import replace

from ..reading.tree import Apply, Bracket, Dots, Entry, Minus, Power, Symbol, Times, Transposed
from . import scalars as s
from .values import IllTyped, Unsettled, Value, dot, elementwise, outer, plus, product, scalar

LOOSE = ("dot", "times", "star", "odot", "outer")  # these bind less than juxtaposition


def times(scope, tree):
    """The value of a product, a call in it where a letter that is a function stands before a bracket."""
    tree = called(scope, tree)
    if not isinstance(tree, Times):
        return scope.value(tree)
    if any(isinstance(f, Dots) for f in tree.factors):
        raise Unsettled("a product with factors left out by dots")
    groups, signs = grouped(tree)
    values = [run(scope, g) for g in groups]
    if all(v is None for v in values):
        raise Unsettled("the size of the identity matrix")
    total = None
    for value, sign in zip(values, ("", *signs)):
        if value is not None:
            total = value if total is None else multiply(total, value, sign)
    return total


def grouped(tree):
    """(runs of juxtaposed factors, the signs between the runs)."""
    groups, signs = [[tree.factors[0]]], []
    for sign, factor in zip(tree.signs, tree.factors[1:]):
        if sign in LOOSE:
            groups.append([factor])
            signs.append(sign)
        else:
            groups[-1].append(factor)
    return groups, signs


def run(scope, factors):
    """A run of juxtaposed factors: numbers commute, the rest is multiplied from left to right; None for identities alone."""
    numbers, rest = [], []
    for factor in factors:
        if identity(scope, factor):
            continue
        value = scope.value(factor)
        (numbers if value.shape == () else rest).append(value)
    if not numbers and not rest:
        return None
    total = None
    for value in rest:
        total = value if total is None else step(total, value)
    front = s.mul(*(v.node for v in numbers)) if numbers else s.ONE
    return scalar(front) if total is None else total.map(lambda e: s.mul(front, e)) if numbers else total


def step(a, b):
    if a.shape == () or b.shape == ():
        number, other = (a, b) if a.shape == () else (b, a)
        return other.map(lambda e: s.mul(number.node, e))
    return product(a, b)


def multiply(a, b, sign):
    """a sign b for a printed sign."""
    if sign == "odot":
        return step(a, b) if () in (a.shape, b.shape) else elementwise(a, b)
    if sign == "outer":
        return outer(a, b)
    if sign == "dot" and a.shape == b.shape and a.shape != () and 1 in a.shape:
        return dot(a, b)
    return step(a, b)


def identity(scope, tree):
    while isinstance(tree, Bracket):
        tree = tree.arg
    return isinstance(tree, Symbol) and scope.meaning.entry(tree).kind == "identity"


def multiple(scope, term):
    """The number c of a term c I, or None for another term; of I itself 1."""
    if isinstance(term, Bracket):
        return multiple(scope, term.arg)
    if isinstance(term, Minus):
        found = multiple(scope, term.arg)
        return None if found is None else s.neg(found)
    if identity(scope, term):
        return s.ONE
    if not isinstance(term, Times) or not any(identity(scope, f) for f in term.factors):
        return None
    values = [scope.value(f) for f in term.factors if not identity(scope, f)]
    return s.mul(*(v.node for v in values)) if all(v.shape == () for v in values) else None


def add_identity(total, count):
    """total plus count times the identity matrix."""
    if total is None:
        raise Unsettled("the size of the identity matrix")
    if total.shape == () or total.shape[0] != total.shape[1]:
        raise IllTyped(f"{total.describe()} and the identity cannot be added")
    n = total.shape[0]
    return plus(total, Value((n, n), tuple(count if i == j else s.ZERO for i in range(n) for j in range(n))))


def called(scope, tree):
    """The product with f (x) read as a call where f is a function here."""
    factors, signs = [tree.factors[0]], []
    for sign, factor in zip(tree.signs, tree.factors[1:]):
        head = factors[-1]
        if sign == "()" and isinstance(head, Symbol) and scope.meaning.is_function(head, factor):
            factors[-1] = call(head, factor)
        else:
            factors.append(factor)
            signs.append(sign)
    return factors[0] if len(factors) == 1 else Times(tuple(factors), tuple(signs))


def call(head, tree):
    """f and what hangs on its bracket, (x)^2, (x)^T, (x)_i, as a tree."""
    if isinstance(tree, Bracket):
        return Apply(head, (tree.arg,))
    if isinstance(tree, (Power, Transposed, Entry)):
        field = "base" if isinstance(tree, Power) else "arg"
        return replace(tree, **{field: call(head, getattr(tree, field))})
    return Apply(head, (tree,))


def blocks(cells):
    """A matrix written out: numbers, or blocks whose shapes fit together."""
    if all(v.shape == () for line in cells for v in line):
        if len(cells) == 1 == len(cells[0]):
            return cells[0][0]
        if len({len(line) for line in cells}) > 1:
            raise IllTyped("rows of different length in a matrix")
        return Value((len(cells), len(cells[0])), tuple(v.node for line in cells for v in line))
    lines = []
    for line in cells:
        shapes = [v.shape if v.shape else (1, 1) for v in line]
        if len({r for r, _ in shapes}) > 1:
            raise IllTyped("blocks of different height side by side")
        for r in range(shapes[0][0]):
            lines.append([e for v, (_, c) in zip(line, shapes) for e in v.entries[r * c : (r + 1) * c]])
    if len({len(line) for line in lines}) > 1:
        raise IllTyped("blocks of different width one above the other")
    return Value((len(lines), len(lines[0])), tuple(e for line in lines for e in line))


def family(scope, tree):
    """[ entry ]_{m x n} with its two free indices."""
    letters = scope.meaning.free_letters(tree.entry)
    letters = [k for k in letters if k not in scope.letters]
    if len(letters) != 2 or len(tree.sizes) != 2:
        raise Unsettled("a matrix given by its entries needs two free indices")
    runs = [scope.values_of(scope.meaning.letter_range(Symbol(k))) for k in letters]
    rows, columns = len(runs[0]), len(runs[1])
    from .indices import Index

    cells = [scope.bind({letters[0]: Index(i), letters[1]: Index(j)}).number(tree.entry)
             for i in range(1, rows + 1) for j in range(1, columns + 1)]
    return Value((rows, columns), tuple(cells))
