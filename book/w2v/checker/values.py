"""Typed values: scalars, columns, rows and matrices of scalar graphs, and the products between them."""
from dataclasses import dataclass

from .scalars import ZERO, add, mul, neg, num


class IllTyped(Exception):
    """Shapes that do not fit; the message names both."""


class Unsettled(Exception):
    """Something was read that this checker cannot evaluate; the message says what."""


@dataclass
class Value:
    """rows x columns of nodes; shape () is a scalar. `either` marks a Jacobian, whose layout is a matter of taste."""
    shape: tuple
    entries: list
    either: bool = False
    partial: bool = False    # some entries were left out by dots; they are None

    @property
    def node(self):
        """The only entry of a scalar."""
        return self.entries[0]

    @property
    def is_zero(self):
        return self.shape == () and self.entries[0] is ZERO

    def map(self, change):
        return Value(self.shape, [None if e is None else change(e) for e in self.entries], self.either, self.partial)

    def describe(self):
        """'scalar', 'column of 3', 'row of 3' or '3 x 5 matrix'."""
        if self.shape == ():
            return "scalar"
        rows, columns = self.shape
        return f"column of {rows}" if columns == 1 else f"row of {columns}" if rows == 1 else f"{rows} x {columns} matrix"

    @property
    def vector(self):
        return self.shape != () and 1 in self.shape


def scalar(node):
    return Value((), [node])


def column(nodes):
    return Value((len(nodes), 1), list(nodes))


def matrix(rows):
    return Value((len(rows), len(rows[0])), [e for row in rows for e in row])


def transpose(a):
    """a^T; a scalar is its own transpose."""
    if a.shape == ():
        return a
    r, c = a.shape
    return Value((c, r), [a.entries[i * c + j] for j in range(c) for i in range(r)], a.either, a.partial)


def plus(a, b, loose=None):
    """a + b; a literal 0 fits any shape; a number or a scalar variable is added to every entry of a vector."""
    if a.is_zero or b.is_zero:
        return b if a.is_zero else a
    if a.shape == b.shape:
        entries = [None if x is None or y is None else add(x, y) for x, y in zip(a.entries, b.entries)]
        return Value(a.shape, entries, a.either and b.either, a.partial or b.partial)
    for x, y in ((a, b), (b, a)):
        if x.shape == () and x.node.op in ("num", "var") and y.vector:
            return y.map(lambda e: add(e, x.node))
    if a.shape == b.shape[::-1] and (a.either or b.either or loose and loose.choose(1) == 0):
        return plus(a, transpose(b)) if b.either or not a.either else plus(transpose(a), b)
    raise IllTyped(f"a {a.describe()} and a {b.describe()} cannot be added")


def scale(s, a):
    return a.map(lambda e: mul(s, e))


def negative(a):
    return a.map(neg)


def dot(a, b):
    return scalar(add(*(mul(x, y) for x, y in zip(a.entries, b.entries))))


def product(a, b):
    """Matrix product, or None when the inner sizes differ; a 1 x 1 result is a scalar."""
    if a.shape == () or b.shape == ():
        s, other = (a, b) if a.shape == () else (b, a)
        return scale(s.node, other)
    (r, k), (k2, c) = a.shape, b.shape
    if k != k2:
        return None
    if a.partial or b.partial:
        raise Unsettled("a product with a matrix that has entries left out by dots")
    entries = [add(*(mul(a.entries[i * k + n], b.entries[n * c + j]) for n in range(k)))
               for i in range(r) for j in range(c)]
    result = Value((r, c), entries)
    return scalar(entries[0]) if (r, c) == (1, 1) else result


def elementwise(a, b):
    """a (.) b, entry by entry."""
    if a.shape == b.shape:
        return Value(a.shape, [mul(x, y) for x, y in zip(a.entries, b.entries)])
    if a.shape == () or b.shape == ():
        return product(a, b)
    raise IllTyped(f"a {a.describe()} and a {b.describe()} have no entrywise product")


def contract(a, b):
    """The contraction over the one size that a and b share, whatever their orientation, or None."""
    for x in (a, transpose(a)):
        for y in (b, transpose(b)):
            if x.shape != () and y.shape != () and x.shape[1] == y.shape[0] and x.shape[1] > 1:
                return product(x, y)
    return None


def same_length(a, b):
    return a.vector and b.vector and max(a.shape) == max(b.shape)


def fill(value, shape):
    """A scalar constant repeated over `shape`."""
    count = 1 if shape == () else shape[0] * shape[1]
    return Value(shape, [value] * count)


def constant(number):
    return scalar(num(number))
