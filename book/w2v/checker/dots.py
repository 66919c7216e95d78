"""Matrices written out with dots: the printed entries are placed, the others stay open."""
from fractions import Fraction

from .names import key_of
from .tree import Dots, Number, Symbol, rebuild, walk
from .values import Unsettled, Value


def place(cells, size, o, mentions_o):
    """{position: cell}: leading cells count from the front, trailing ones from the end, a middle one belongs to o."""
    first = next(n for n, c in enumerate(cells) if isinstance(c, Dots))
    last = max(n for n, c in enumerate(cells) if isinstance(c, Dots))
    placed = {n: c for n, c in enumerate(cells[:first])}
    placed.update({size - len(cells) + n: c for n, c in enumerate(cells) if n > last})
    middle = [c for c in cells[first:last] if not isinstance(c, Dots)]
    if len(middle) > 1 or middle and not mentions_o(middle[0]):
        raise Unsettled("a matrix whose printed entries cannot be placed")
    if middle:
        placed[o] = middle[0]
    return placed


def mentions_o(tree):
    return any(isinstance(n, Symbol) and any(key_of(i) in ("o", "0") for i in n.subs) for n in walk(tree))


def of_words(tree):
    return any(isinstance(n, Symbol) and (n.base in "yuvp") and n.subs for n in walk(tree))


RUNNING = Symbol("n", ("star",))
SIZES = {"K": "sample", "V": "word", "|V|": "word", "W": "word", "N": "word", "D": "entry", "d": "entry"}


def reindexed(tree, old, new):
    """tree with the index `old` replaced by `new` in all subscripts."""
    if isinstance(tree, Symbol):
        subs = tuple(new if i == old else reindexed(i, old, new) for i in tree.subs)
        return Symbol(tree.base, tree.accents, subs, tree.label, tree.bold)
    return rebuild(tree, lambda t: reindexed(t, old, new))


def ends_with(first, last):
    """The symbol that stands in `last` where `first` has the index 1, or None."""
    found = [n for n in walk(last) if isinstance(n, Symbol) and not n.subs and key_of(n) in SIZES]
    return next((n for n in found if reindexed(first, Number(Fraction(1)), n) == last), None)


def pattern(cells):
    """(number of cells before the pattern, its first cell, last index) of `a_0, b_1, ..., b_K`, or None."""
    dots = [n for n, c in enumerate(cells) if isinstance(c, Dots)]
    if not dots or dots[-1] != len(cells) - 2:
        return None
    for n, cell in enumerate(cells[:dots[0]]):
        end = ends_with(cell, cells[-1])
        if end is not None:
            second = cells[n + 1] if n + 1 < dots[0] else None
            if second is None or second == reindexed(cell, Number(Fraction(1)), Number(Fraction(2))):
                return n, cell, end
    return None


def filled(scope, cells):
    """All cells of a list with dots whose pattern is plain, as values; None otherwise."""
    found = pattern(cells)
    if found is None:
        return None
    before, first, end = found
    kind = SIZES[key_of(end)]
    general = reindexed(first, Number(Fraction(1)), RUNNING)
    count = {"sample": scope.instance.samples, "word": scope.instance.words, "entry": scope.instance.dimension}[kind]
    values = [scope.value(c) for c in cells[:before]]
    values += [scope.bind({key_of(RUNNING): (kind, n)}).value(general) for n in range(count)]
    special = [c for c in cells[before:-1] if not isinstance(c, Dots) and mentions_o(c)]
    if special and kind == "word":
        values[before + scope.instance.o] = scope.value(special[0])
    return values


def grid_with_dots(scope, tree):
    """The value of a row, a column or a square of entries of which some are dots."""
    size = scope.instance.words if of_words(tree) else scope.instance.parts
    rows = [r for r in tree.rows]
    o = scope.instance.o
    if len(rows) == 1 or all(len(r) == 1 for r in rows):
        across = len(rows) == 1
        cells = list(rows[0]) if across else [r[0] for r in rows]
        values = filled(scope, cells)
        if values is not None:
            return joined(dict(enumerate(values)), len(values), across)
        return strip(scope, place(cells, size, o, mentions_o), size, across)
    return square(scope, rows, size, o)


def strip(scope, placed, size, across):
    """Blocks side by side (or one above the other) as one matrix."""
    return joined({n: scope.value(c) for n, c in placed.items()}, size, across)


def joined(values, size, across):
    lengths = {len(v.entries) for v in values.values()}
    if len(lengths) != 1 or any(n < 0 or n >= size for n in values):
        raise Unsettled("blocks of different size in one matrix")
    length = lengths.pop()
    if across:
        entries = [values[n].entries[i] if n in values else None for i in range(length) for n in range(size)]
        return Value((length, size), entries, partial=len(values) < size)
    entries = [values[n].entries[i] if n in values else None for n in range(size) for i in range(length)]
    return Value((size, length), entries, partial=len(values) < size)


def square(scope, rows, size, o):
    """A square pattern with dotted rows and columns."""
    lines = [r if not all(isinstance(c, Dots) for c in r) else Dots() for r in rows]
    if not any(isinstance(r, Dots) for r in lines):
        raise Unsettled("a matrix whose printed rows cannot be placed")
    placed = place(lines, size, o, lambda r: False)
    entries = [None] * (size * size)
    for i, row in placed.items():
        cells = place(list(row), size, o, mentions_o) if any(isinstance(c, Dots) for c in row) else dict(enumerate(row))
        for j, cell in cells.items():
            if 0 <= i < size and 0 <= j < size:
                entries[i * size + j] = scope.value(cell).node
    return Value((size, size), entries, partial=True)
