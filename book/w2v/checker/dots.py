"""Matrices written out with dots: the printed entries are placed, the others stay open."""
from .names import key_of
from .tree import Dots, Symbol, walk
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


def grid_with_dots(scope, tree):
    """The value of a row, a column or a square of entries of which some are dots."""
    size = scope.instance.words if of_words(tree) else scope.instance.parts
    rows = [r for r in tree.rows]
    o = scope.instance.o
    if len(rows) == 1 or all(len(r) == 1 for r in rows):
        across = len(rows) == 1
        cells = list(rows[0]) if across else [r[0] for r in rows]
        return strip(scope, place(cells, size, o, mentions_o), size, across)
    return square(scope, rows, size, o)


def strip(scope, placed, size, across):
    """Blocks side by side (or one above the other) as one matrix."""
    values = {n: scope.value(c) for n, c in placed.items()}
    lengths = {len(v.entries) for v in values.values()}
    if len(lengths) != 1 or any(n < 0 or n >= size for n in values):
        raise Unsettled("blocks of different size in one matrix")
    length = lengths.pop()
    if across:
        entries = [values[n].entries[i] if n in values else None for i in range(length) for n in range(size)]
        return Value((length, size), entries, partial=True)
    entries = [values[n].entries[i] if n in values else None for n in range(size) for i in range(length)]
    return Value((size, length), entries, partial=True)


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
