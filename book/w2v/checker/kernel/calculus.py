"""Derivatives of evaluated expressions, with respect to what is free and to what the text defines."""

from dataclasses import replace

from ..reading.tree import Apply, Bracket, Derivative, Relation, Symbol, Transposed
from . import scalars as s
from .indices import Index
from .values import IllTyped, Unsettled, Value, scalar, transpose

LARGEST = 20_000  # nodes of an expression that is differentiated


def derivative(scope, tree):
    """d body / d variables; a second one gives the table of second derivatives."""
    again = not tree.variables and isinstance(tree.body, Derivative) and not tree.body.variables  # \nabla^2 f(x)
    inner = tree.body.body if again else tree.body
    variables = tree.variables or scope.meaning.own_variables(inner) * (1 + again)
    if not variables:
        raise Unsettled("with respect to what?")
    body = applied(scope, inner, variables[0])
    if len(variables) == 1:
        return once(scope, body, variables[0], tree.style)
    if len(variables) > 2:
        return repeated(scope, body, variables)
    return twice(scope, body, variables)


def applied(scope, body, variable):
    r"""\sigma alone in a numerator is \sigma of the variable."""
    while isinstance(body, Bracket):
        body = body.arg
    if isinstance(body, Symbol) and not body.subs:
        entry = scope.meaning.entry(body)
        if entry.kind == "function":
            return Apply(replace(body, accents=tuple(a for a in body.accents if a != "prime")), (variable,), body.accents.count("prime"))
    return body


def once(scope, body, variable, style):
    scope.meaning.known_variable(variable, body)
    down = isinstance(variable, Transposed)
    place = Place(scope, variable.arg if down else variable)
    value = place.body(body)
    if any(sum(1 for _ in s.below(e)) > LARGEST for e in value.entries):
        raise Unsettled(f"too large to settle: what is differentiated has more than {LARGEST:,} parts at the sizes that are tried")
    result = arrange(value, place.shape, place.slopes, scope.meaning, style)
    result = result.map(place.back)
    return transpose(result) if down and value.shape == () else result


def twice(scope, body, variables):
    """The table of d^2 body / d a d b for numbers and vectors a and b."""
    first, second = (v.arg if isinstance(v, Transposed) else v for v in variables)
    scope.meaning.known_variable(first, body)
    scope.meaning.known_variable(second, body)
    a = Place(scope, first)
    if first == second:
        value, b = a.body(body), a
    else:
        b = Place(a.scope, second)
        value = b.body(body)
    if value.shape != () or 1 not in (*a.shape, 1) or 1 not in (*b.shape, 1):
        raise Unsettled("second derivatives of something that is no number, or by matrices")
    cells = [s.slope(s.slope(value.node, y), x) for x in a.slopes for y in b.slopes]
    cells = [a.back(b.back(e)) for e in cells]
    if not a.shape and not b.shape:
        return scalar(cells[0])
    if not a.shape or not b.shape:
        return Value(a.shape or b.shape, tuple(cells))
    return Value((len(a.slopes), len(b.slopes)), tuple(cells))


def repeated(scope, body, variables):
    if len(set(variables)) > 1:
        raise Unsettled("a derivative of order three or more")
    place = Place(scope, variables[0])
    value = place.body(body)
    if place.shape or value.shape:
        raise Unsettled("a derivative of order three or more")
    node = value.node
    for _ in variables:
        node = s.slope(node, place.slopes[0])
    return scalar(place.back(node))


class Place:
    """The variable of a derivative as free entries: those it has, or fresh ones in place of what the text defines.

    shape, slopes (names to differentiate by), scope in which the body is read, back (fresh entries to what they stand for).
    """

    def __init__(self, scope, variable):
        while isinstance(variable, Bracket):
            variable = variable.arg
        self.variable = variable
        told = scope.meaning.entry(replace(variable, subs=())) if isinstance(variable, Symbol) else None
        if told is not None and told.lines == "symmetric":
            raise Unsettled("a derivative with respect to a symmetric matrix: are its entries free of each other?")
        value = scope.value(variable)
        self.shape, self.scope, self.meant = value.shape, scope, {}
        tied = told is not None and told.kind == "free" and (told.distribution or told.lines in ("sum entries", "distribution rows", "distribution columns", "sum rows", "sum columns"))
        if not tied and all(e.op == "var" for e in value.entries) and len({e.args[0] for e in value.entries}) == len(value.entries):
            self.slopes = [e.args[0] for e in value.entries]
            return
        if all(e.op == "num" for e in value.entries):
            raise Unsettled("a derivative with respect to a constant")
        self.whole = whole_name(scope, variable)
        target = scope.value(self.whole) if self.whole is not None else value
        fresh = [s.var(("fresh", str(self.whole or variable), n)) for n in range(len(target.entries))]
        self.meant = dict(zip(fresh, target.entries))
        key = scope.meaning.key(self.whole) if self.whole is not None else variable
        self.scope = scope.override({key: Value(target.shape, tuple(fresh))})
        self.slopes = [e.args[0] for e in self.scope.value(variable).entries]

    def body(self, tree):
        """The body written in the fresh entries; raises Unsettled when it is not a function of them alone."""
        value = self.scope.value(tree)
        if not self.meant:
            return value
        base = set().union(*(s.variables(e) for e in self.meant.values()))
        left = set().union(*(s.variables(e) for e in value.entries)) & base
        if not left or self.apart(value, left):
            return value
        known = self.recognised(value)
        if not set().union(*(s.variables(e) for e in known.entries)) & base:
            return known
        if any(sum(1 for _ in s.below(e)) > LARGEST // 10 for e in value.entries):
            raise Unsettled("a derivative with respect to a quantity in which the expression is not written")
        return self.eliminated(value, left)

    def recognised(self, value):
        """The value with fresh entries wherever it holds what they stand for: softmax(W h + b) beside z = W h + b."""
        table = {meant: fresh for fresh, meant in self.meant.items() if meant.op != "num"}
        memo = {}
        return value.map(lambda e: s.substitute(e, table, memo)) if len(table) == len(self.meant) else value

    def apart(self, value, left):
        """Whether the fresh entries can move while all that is left stays: each has a variable of its own that is not left."""
        present = set().union(*(s.variables(e) for e in value.entries))
        if not present & {f.args[0] for f in self.meant}:
            return False
        return all(solvable(meant, s.variables(meant) - left, [m for m in self.meant.values() if m is not meant], False) is not None
                   for meant in self.meant.values())

    def eliminated(self, value, left):
        """Fresh entries put in by solving what they stand for, one linear variable for each."""
        table, used = {}, set()
        for fresh, meant in self.meant.items():
            found = solvable(meant, left - used, [m for m in self.meant.values() if m is not meant])
            if found is None:
                raise Unsettled("a derivative with respect to a quantity in which the expression is not written")
            used.add(found)
            slope = s.slope(meant, found)
            rest = s.add(meant, s.neg(s.mul(slope, s.var(found))))
            rest = s.substitute(meant, {s.var(found): s.ZERO}) if rest is None else s.substitute(meant, {s.var(found): s.ZERO})
            table[s.var(found)] = s.div(s.add(fresh, s.neg(rest)), slope)
        result = value.map(lambda e: s.substitute(e, table))
        base = set().union(*(s.variables(e) for e in self.meant.values()))
        for name in base & set().union(*(s.variables(e) for e in result.entries)):
            for entry in result.entries:
                self.scope.meaning.must_vanish(s.slope(entry, name), self.scope)
        return result

    def back(self, node):
        return s.substitute(node, self.meant) if self.meant else node


def solvable(meant, candidates, others, linear=True):
    """A variable in which `meant` is linear (or which it contains) and which the other entries do not contain."""
    for name in sorted(s.variables(meant) & candidates, key=repr):
        slope = s.slope(meant, name)
        if slope is not s.ZERO and (not linear or name not in s.variables(slope)) and not any(name in s.variables(o) for o in others):
            return name
    return None


def whole_name(scope, variable):
    """z where the variable is its entry z_k (or z itself): the fresh entries are those of the whole of z."""
    if not isinstance(variable, Symbol) or scope.meaning.entry(variable).point:
        return None
    bare = replace(variable, subs=(), sups=())
    if variable.subs or variable.sups:
        try:
            value = scope.value(bare)
        except (IllTyped, Unsettled):
            return None
        return bare if value.shape != () else None
    return bare


def arrange(value, shape, names, meaning, style):
    """The partial derivatives in the shape of the variable; a vector by a vector is a Jacobian in the layout of the text."""
    if value.shape == ():
        result = Value(shape, tuple(s.slope(value.node, n) for n in names))
        return transpose(result) if meaning.gradient_rows and style != "nabla" else result
    if shape == ():
        if value.vector and meaning.jacobian_columns:
            raise Unsettled("is the derivative of a vector by a number a column or a row? In denominator layout texts differ")
        return value.map(lambda e: s.slope(e, names[0]))
    if 1 in value.shape and 1 in shape:
        cells = tuple(s.slope(e, n) for e in value.entries for n in names)
        result = Value((len(value.entries), len(names)), cells)
        meaning.met.add("jacobian")
        return transpose(result) if meaning.jacobian_columns else result
    raise Unsettled(f"the derivative of {value.describe()} by something that is no number")


def at_point(scope, tree):
    r"""body |_{x = a}: the body, then the variable put in."""
    value = scope.value(tree.body)
    for relation in tree.conditions:
        if not isinstance(relation, Relation) or relation.sign != "=":
            raise Unsettled("an evaluation bar with a condition that is no equation")
        if scope.meaning.is_index(relation.left):
            key = scope.meaning.key(relation.left)
            return scope.override({key: scope.index(relation.right)}).value(tree.body)
        variable, point = scope.value(relation.left), scope.value(relation.right)
        if any(e.op != "var" for e in variable.entries):
            raise Unsettled("an evaluation bar at something that is no variable")
        if point.shape == () and variable.shape != () and point.node is s.ZERO:
            point = variable.map(lambda e: s.ZERO)
        if point.shape != variable.shape:
            raise IllTyped(f"{point.describe()} put in for {variable.describe()}")
        table = dict(zip(variable.entries, point.entries))
        value = value.map(lambda e: s.substitute(e, table))
    return value


def differential(scope, tree):
    """dJ is the sum of its partial derivatives times the differentials of the free quantities; d of a free one is new."""
    value = scope.value(tree.arg)
    moving = scope.meaning.moving
    return value.map(lambda e: s.add(*(s.mul(s.slope(e, n), s.var(("d", n))) for n in sorted(s.variables(e), key=repr)
                                       if n[0] != "d" and (not moving or n[0] in moving))))


__all__ = ["derivative", "at_point", "differential", "Index"]
