"""Types of names and the equations between them: sizes and types are solved by unification, with a way back.

A type is a number, a vector with a size, a matrix with two, a family over an index set, or not known yet. A size is a
symbol; two sizes are equal only where the text makes them so.
"""

from dataclasses import dataclass, field


class Conflict(Exception):
    """Two uses ask for different types; the message names both."""


@dataclass(eq=False)
class Size:
    """A size: `name` is what the text calls it ('V', 'D', 'n'), '' while nothing does; `hint` is a printed upper bound."""

    name: str = ""
    hint: object = None
    parent: object = None
    soft: bool = False  # a letter that nothing but its use tells: it may turn out to be another size

    def find(self):
        size = self
        while size.parent is not None:
            size = size.parent
        return size


@dataclass(eq=False)
class Type:
    """kind: '' (unknown), 'number', 'vector', 'matrix', 'family' (of `parts[0]` over sizes[0]), 'index'; row: a vector that lies."""

    kind: str = ""
    sizes: tuple = ()
    row: bool = False
    parts: tuple = ()
    parent: object = None

    def find(self):
        found = self
        while found.parent is not None:
            found = found.parent
        return found

    @property
    def known(self):
        return bool(self.find().kind)


def number():
    return Type("number")


def vector(size, row=False):
    return Type("vector", (size,), row)


def indices(kind):
    """(size of i, size of what x_i numbers) for a family x_i of indices, else None."""
    kind = kind.find()
    part = kind.parts[0].find() if kind.kind == "family" else kind
    return (kind.sizes[0].find().name, part.sizes[0].find().name) if part is not kind and part.kind == "index" else None


def matrix(rows, columns):
    return Type("matrix", (rows, columns))


def family(size, part):
    return Type("family", (size,), False, (part,))


@dataclass
class Trail:
    """What was bound, so that a claim that conflicts can be taken back."""

    bound: list = field(default_factory=list)

    def mark(self):
        return len(self.bound)

    def back(self, mark):
        while len(self.bound) > mark:
            item, old = self.bound.pop()
            item.parent = old

    def link(self, child, parent):
        self.bound.append((child, child.parent))
        child.parent = parent


def same_size(a, b, trail):
    """Makes two sizes one; two sizes with different names conflict."""
    a, b = a.find(), b.find()
    if a is b:
        return
    if a.name and b.name and (a.name == b.name or a.soft != b.soft):
        trail.link(*((a, b) if a.soft else (b, a)))
    elif a.name and b.name:
        raise Conflict(f"a size {a.name} where the size is {b.name}")
    elif not a.name and not b.name and None not in (value := [getattr(x.hint, "value", None) for x in (a, b)]) and value[0] != value[1]:
        raise Conflict(f"a size {value[0]} where the size is {value[1]}")
    elif b.name or (b.hint is not None and not a.name):
        trail.link(a, b)
    else:
        trail.link(b, a)


def unify(a, b, trail):
    """Makes two types one; raises Conflict."""
    a, b = a.find(), b.find()
    if a is b:
        return
    if not a.kind or not b.kind:
        free, whole = (a, b) if not a.kind else (b, a)
        if contains(whole, free):
            raise Conflict("a quantity that would be a part of itself")
        trail.link(free, whole)
    elif a.kind != b.kind or len(a.parts) != len(b.parts):
        pair = {a.kind: a, b.kind: b}
        if set(pair) == {"vector", "family"}:  # a vector is a family of numbers
            same_size(pair["vector"].sizes[0], pair["family"].sizes[0], trail)
            unify(pair["family"].parts[0], number(), trail)
            trail.link(pair["family"], pair["vector"])
            return
        raise Conflict(f"{words(a)} where {words(b)} is expected")
    else:
        if a.kind == "vector" and a.row != b.row:
            raise Conflict("a row where a column is expected")
        for x, y in zip(a.sizes, b.sizes):
            same_size(x, y, trail)
        for x, y in zip(a.parts, b.parts):
            unify(x, y, trail)
        trail.link(a, b)


def contains(whole, part):
    """Whether a type has another inside it."""
    return any(p.find() is part or contains(p.find(), part) for p in whole.parts)


def size_words(size):
    return size.find().name or "some"


def words(type_):
    """'a number', 'a column with D entries', 'a D x V matrix', 'a column with D entries for each of V'."""
    t = type_.find()
    if not t.kind:
        return "something"
    if t.kind == "number":
        return "a number"
    if t.kind == "vector":
        return f"a {'row' if t.row else 'column'} with {size_words(t.sizes[0])} entries"
    if t.kind == "matrix":
        return f"a {size_words(t.sizes[0])} x {size_words(t.sizes[1])} matrix"
    if t.kind == "family":
        return f"{words(t.parts[0])} for each of {size_words(t.sizes[0])} indices"
    return "an index" if t.kind == "index" else t.kind
