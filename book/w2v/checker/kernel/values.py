"""Typed values: scalars, columns, rows and matrices of scalar graphs, and the products between them.

One product rule: the inner sizes agree, or the product is ill-typed. Nothing is turned round to make it fit.
"""
from dataclasses import dataclass

from .scalars import ZERO, add, mul, neg, num


class IllTyped(Exception):
    """Shapes that do not fit; the message names both."""


class Unsettled(Exception):
    """Something was read that this checker cannot evaluate; the message says what."""


@dataclass(frozen=True)
class Value:
    """rows x columns of nodes, row after row; shape () is a number."""
    shape: tuple
    entries: tuple

    def __post_init__(self):
        count = 1 if self.shape == () else self.shape[0] * self.shape[1]
        if len(self.entries) != count:
            raise ValueError(f"{count} entries are needed, {len(self.entries)} are given")

    @property
    def node(self):
        """The only entry of a number."""
        if self.shape != ():
            raise IllTyped(f"{self.describe()} stands where a number is needed")
        return self.entries[0]

    @property
    def is_zero(self):
        """Whether this is the literal number 0."""
        return self.shape == () and self.entries[0] is ZERO

    @property
    def vector(self):
        """Whether this is a column or a row."""
        return self.shape != () and 1 in self.shape

    def map(self, change):
        """The value with change(entry) for each entry."""
        return Value(self.shape, tuple(map(change, self.entries)))

    def describe(self):
        """'a number', 'a column with 3 entries', 'a row with 3 entries' or 'a 3 x 5 matrix'."""
        if self.shape == ():
            return "a number"
        rows, columns = self.shape
        if 1 not in self.shape:
            return f"a {rows} x {columns} matrix"
        kind, size = ("column", rows) if columns == 1 else ("row", columns)
        return f"a {kind} with {size} {'entry' if size == 1 else 'entries'}"


def scalar(node):
    return Value((), (node,))


def constant(number):
    return scalar(num(number))


def column(nodes):
    nodes = tuple(nodes)
    return Value((len(nodes), 1), nodes)


def row(nodes):
    return transpose(column(nodes))


def matrix(rows):
    """A matrix from its rows, which are equally long."""
    rows = [tuple(r) for r in rows]
    if len({len(r) for r in rows}) != 1:
        raise IllTyped("the rows of a matrix are not equally long")
    return Value((len(rows), len(rows[0])), tuple(e for r in rows for e in r))


def fill(node, shape):
    """The same entry everywhere."""
    return Value(shape, (node,) * (1 if shape == () else shape[0] * shape[1]))


def transpose(a):
    """a^T; a number is its own transpose."""
    if a.shape == ():
        return a
    r, c = a.shape
    return Value((c, r), tuple(a.entries[i * c + j] for j in range(c) for i in range(r)))


def plus(a, b, broadcast=False):
    """a + b of equal shapes; a literal 0 fits any shape; with broadcast, a number is added to every entry."""
    if a.is_zero or b.is_zero:
        return b if a.is_zero else a
    if a.shape == b.shape:
        return Value(a.shape, tuple(map(add, a.entries, b.entries)))
    if broadcast and () in (a.shape, b.shape):
        number, other = (a, b) if a.shape == () else (b, a)
        return other.map(lambda e: add(e, number.node))
    raise IllTyped(f"{a.describe()} and {b.describe()} cannot be added")


def scale(s, a):
    """s a for a node s."""
    return a.map(lambda e: mul(s, e))


def negative(a):
    return a.map(neg)


def dot(a, b):
    """The number a . b of two vectors of equal length, columns or rows."""
    if not a.vector or not b.vector or len(a.entries) != len(b.entries):
        raise IllTyped(f"{a.describe()} and {b.describe()} have no dot product")
    return scalar(add(*map(mul, a.entries, b.entries)))


def product(a, b):
    """a b: a number scales; else the inner sizes must agree; a 1 x 1 result is a number."""
    if a.shape == () or b.shape == ():
        s, other = (a, b) if a.shape == () else (b, a)
        return scale(s.node, other)
    (r, k), (k2, c) = a.shape, b.shape
    if k != k2:
        raise IllTyped(f"{a.describe()} cannot be multiplied by {b.describe()}")
    entries = tuple(add(*(mul(a.entries[i * k + n], b.entries[n * c + j]) for n in range(k)))
                    for i in range(r) for j in range(c))
    return scalar(entries[0]) if (r, c) == (1, 1) else Value((r, c), entries)


def elementwise(a, b):
    """a (.) b, entry by entry, of equal shapes."""
    if a.shape != b.shape:
        raise IllTyped(f"{a.describe()} and {b.describe()} have no entrywise product")
    return Value(a.shape, tuple(map(mul, a.entries, b.entries)))


def outer(a, b):
    """The matrix of all products of an entry of a and an entry of b, for vectors a and b."""
    if not a.vector or not b.vector:
        raise IllTyped(f"{a.describe()} and {b.describe()} have no outer product")
    return Value((len(a.entries), len(b.entries)), tuple(mul(x, y) for x in a.entries for y in b.entries))
