"""Matrices and lists that dots stand in: what is left out has to follow from what is printed."""

from fractions import Fraction

from ..reading.ellipsis import merged
from ..reading.tree import Dots, Number, Symbol, children, rebuild, walk
from .products import blocks
from .values import Unsettled, Value

ONE = Number(Fraction(1))
UNTOLD = "dots whose rule nothing tells"


def grid(scope, tree):
    """[x_1, ..., x_n] as a vector: the entries run through what the dots leave out."""
    line = [c for r in tree.rows for c in r]
    one_line = len(tree.rows) == 1 or all(len(r) == 1 for r in tree.rows)
    if not one_line:
        return matrix(scope, tree)
    entries = running(scope, line)
    upright = len(tree.rows) > 1
    if all(v.shape == () for v in entries):
        return Value((len(entries), 1) if upright else (1, len(entries)), tuple(v.node for v in entries))
    return blocks([[v] for v in entries] if upright else [entries])


def running(scope, cells):
    """The values of a list in which dots stand for the steps between their neighbours."""
    marks = [n for n, c in enumerate(cells) if isinstance(c, Dots)]
    if len(marks) != 1 or marks[0] in (0, len(cells) - 1):
        raise Unsettled(UNTOLD)
    before, after = cells[marks[0] - 1], cells[-1]
    if marks[0] + 2 != len(cells):
        raise Unsettled("dots in the middle of a list")
    low, high = general(before, after)
    first, last = scope.whole(low), scope.whole(high)
    values = [scope.value(c) for c in cells[: marks[0] - 1]]
    return values + [scope.value(with_index(before, after, (low, high), n)) for n in range(first, last + 1)]


def general(a, b):
    """The index in which two printed terms differ, (its tree in a, its tree in b)."""
    found = [(x, y) for x, y in zip(walk(a), walk(b)) if isinstance(x, Symbol) and isinstance(y, Symbol) and x.subs != y.subs]
    if len(list(walk(a))) - len(list(walk(b))) and not found or not found or len({(x.subs, y.subs) for x, y in found}) > 1:
        raise Unsettled(UNTOLD)
    x, y = found[0]
    different = [(i, j) for i, j in zip(x.subs, y.subs) if i != j]
    if len(x.subs) != len(y.subs) or len(different) != 1:
        raise Unsettled(UNTOLD)
    return different[0]


def with_index(a, b, ends, n):
    """The term between `a` and `b` with the number n where they have the two indices `ends`; an index that stays is left alone."""
    if (a, b) == ends:
        return Number(Fraction(n))
    if a == b:
        return a
    others = children(b)
    return rebuild(a, lambda child: with_index(child, next(others), ends, n))


def matrix(scope, tree):
    """A matrix with dots to the right and below is told by its corners; its diagonal may follow a rule of its own."""
    rows = [line for line in tree.rows if not all(isinstance(c, Dots) for c in line)]
    columns = [column for column in zip(*rows) if not all(isinstance(c, Dots) for c in column)]
    cells = list(zip(*columns))
    if len(tree.rows) - len(rows) > 1 or len({len(line) for line in tree.rows}) > 1 or len(cells) < 2 or len(columns) < 2 or any(
            isinstance(c, Dots) for line in cells for c in line):
        raise Unsettled(UNTOLD)
    off = Rule(cells[0][-1], cells[-1][0])
    if off.rows is None or off.columns is None or off.at(ONE, ONE) != cells[0][0]:
        diagonal = Rule(cells[0][0], cells[-1][-1])
        if diagonal.rows is None or {off.rows, off.columns} - {None, diagonal.rows}:
            raise Unsettled(UNTOLD)
        last, rule = (diagonal.rows, diagonal.rows), lambda i, j: (diagonal if i == j else off).at(i, j)
    else:
        last, rule = (off.rows, off.columns), off.at
    ends = [(*(Number(Fraction(n)) for n in range(1, len(line))), end) for line, end in zip((cells, columns), last)]
    if any(rule(i, j) != cells[r][c] for r, i in enumerate(ends[0]) for c, j in enumerate(ends[1])):
        raise Unsettled(UNTOLD)
    if any(isinstance(end, Symbol) and scope.meaning.key(end) in scope.free for end in last):
        raise Unsettled("a matrix that ends at an index: say that its last letter is a size")
    runs = [[Number(Fraction(n)) for n in range(1, scope.whole(end) + 1)] for end in last]
    return blocks([[scope.value(rule(i, j)) for j in runs[1]] for i in runs[0]])


class Rule:
    """Two entries of a matrix that are alike but for indices: where the first has 1 and the second its last row, or for a corner above
    the diagonal the last column and 1. rows, columns: those last indices, None where the entries do not show them."""

    def __init__(self, first, second):
        self.first, self.second = first, second
        self.rows = self.columns = None
        self.at(ONE, ONE)

    def at(self, i, j):
        """The entry in row i and column j."""
        def pick(a, b):
            if a == ONE and self.rows in (None, b):
                self.rows = b
                return i
            if b == ONE and self.columns in (None, a):
                self.columns = a
                return j
            raise Unsettled(UNTOLD)

        return merged(self.first, self.second, pick)
