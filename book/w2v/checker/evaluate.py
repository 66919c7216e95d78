"""Syntax tree to typed value at one instance: products, sums, derivatives, functions."""
from fractions import Fraction

from . import scalars as s
from .calculus import CalculusScope
from .dots import grid_with_dots
from .names import key_of
from .sums import words_of_sum
from .symbols import SymbolScope
from .tree import Derivative, Dots, Minus, Plus, Relation, Symbol, Times
from .values import (IllTyped, Unsettled, Value, column, constant, contract, dot, elementwise, negative, plus, product,
                     same_length, scalar, transpose)


class Scope(CalculusScope, SymbolScope):
    """Everything a tree means: instance, reading, indices, definitions. `value(tree)` is the entry point."""

    def value(self, tree):
        return getattr(self, "_" + type(tree).__name__.lower())(tree)

    def _number(self, tree):
        return constant(tree.value)

    def _symbol(self, tree):
        return self.symbol(tree)

    def _minus(self, tree):
        return negative(self.value(tree.arg))

    def _plus(self, tree):
        plain = [t for t in tree.terms if not self.identity(t)]
        if len(plain) < len(tree.terms) and plain:
            return self.plus_identity(self._plus(Plus(tuple(plain))), [t for t in tree.terms if self.identity(t)])
        total = self.value(tree.terms[0])
        for term in tree.terms[1:]:
            total = plus(total, self.value(term), self.loose)
        return total

    def identity(self, tree):
        """Whether a tree is the letter I of the identity matrix, perhaps negated."""
        if isinstance(tree, Minus):
            return self.identity(tree.arg)
        return isinstance(tree, Symbol) and tree.base == "I" and not tree.accents and \
            (not tree.subs or isinstance(tree.subs[0], Symbol) and tree.subs[0].base in ("V", "D", "n", "d", "|V|", "K")) and \
            "I" not in self.facts.definitions

    def plus_identity(self, total, terms):
        if total.shape == () or total.shape[0] != total.shape[1]:
            raise IllTyped(f"a {total.describe()} and the identity cannot be added")
        count = sum(-1 if isinstance(t, Minus) else 1 for t in terms)
        n = total.shape[0]
        return plus(total, Value((n, n), [s.num(count) if i == j else s.ZERO for i in range(n) for j in range(n)]))

    def _times(self, tree):
        if any(isinstance(f, Dots) for f in tree.factors):
            raise Unsettled("a product with factors left out by dots")
        if any(self.identity(f) for f in tree.factors):
            tree = self.without_identity(tree)
        if any(differential(a, b) for a, b in zip(tree.factors, tree.factors[1:])):
            raise Unsettled("a differential")
        values = [self.value(f) for f in tree.factors]
        flexible = [isinstance(f, Derivative) for f in tree.factors]
        values, flexible, signs = self.merge_scalars(values, flexible, list(tree.signs))
        result, flex = values[0], flexible[0]
        for sign, value, other in zip(signs, values[1:], flexible[1:]):
            result = self.multiply(result, value, sign, flex or other)
            flex = flex or other
        return result

    def without_identity(self, tree):
        """A product without its identity matrices; at least one other factor must be there."""
        kept = [n for n, f in enumerate(tree.factors) if not self.identity(f)]
        if not kept:
            raise Unsettled("the size of the identity matrix")
        return Times(tuple(tree.factors[n] for n in kept), tuple(tree.signs[n - 1] for n in kept[1:]))

    @staticmethod
    def merge_scalars(values, flexible, signs):
        """Scalars commute: they are collected in front, so that u_o \\cdot s v_c^T multiplies as it is meant."""
        scalars = [v for v in values if v.shape == ()]
        rest = [n for n, v in enumerate(values) if v.shape != ()]
        if not scalars or not rest:
            return values, flexible, signs
        front = scalar(s.mul(*(v.node for v in scalars)))
        new_signs = [""] + [max(signs[a:b], key=len) if "odot" not in signs[a:b] else "odot" for a, b in zip(rest, rest[1:])]
        return [front] + [values[n] for n in rest], [False] + [flexible[n] for n in rest], new_signs

    def multiply(self, a, b, sign, flexible):
        if sign == "odot":
            return elementwise(a, b)
        if sign == "dot" and same_length(a, b):
            return dot(a, b)
        if sign == "outer" and a.vector and b.vector:
            return product(column(a.entries), Value((1, len(b.entries)), b.entries))
        if self.scalar_wanted and same_length(a, b):
            return dot(a, b)
        result = product(a, b)
        if result is None and (sign == "dot" or flexible or a.either or b.either):
            result = contract(a, b)
            if result is not None:
                result.either = True
        if result is None and self.loose:
            result = self.loose.product(a, b)
        if result is None:
            raise IllTyped(f"a {a.describe()} times a {b.describe()} does not fit")
        if (a.either or b.either) and (() in (a.shape, b.shape) or result.vector):
            result.either = True
        return result

    def _quotient(self, tree):
        top, bottom = self.value(tree.top), self.value(tree.bottom)
        if bottom.shape == ():
            return self.multiply(top, scalar(self.reciprocal(bottom.node)), "", False)
        if top.shape == bottom.shape or top.shape == ():
            inverse = bottom.map(self.reciprocal)
            return elementwise(top, inverse) if top.shape else product(top, inverse)
        raise IllTyped(f"a {top.describe()} divided by a {bottom.describe()}")

    @staticmethod
    def reciprocal(node):
        if node is s.ZERO:
            raise IllTyped("division by 0")
        return s.power(node, -1)

    def _power(self, tree):
        base, exponent = self.value(tree.base), self.value(tree.exponent)
        if exponent.shape != ():
            raise IllTyped("an exponent that is not a number")
        if exponent.node.op == "num" and base.shape == ():
            if base.node is s.ZERO and exponent.node.args[0] <= 0:
                raise Unsettled("a power of 0")
            return scalar(s.power(base.node, exponent.node.args[0]))
        if base.shape == () and base.node.op != "num":
            raise Unsettled("a power whose exponent is not a number")
        if base.shape == ():
            raise Unsettled("a power with a variable exponent")
        if exponent.node.op == "num" and base.vector:
            return base.map(lambda e: s.power(e, exponent.node.args[0]))
        raise Unsettled("a power of a matrix")

    def _transposed(self, tree):
        return transpose(self.value(tree.arg))

    def _entry(self, tree):
        value = self.value(tree.arg)
        return self.pick(value, [i for i in tree.subs if not isinstance(i, Relation)])

    def _grid(self, tree):
        if any(isinstance(c, Dots) for row in tree.rows for c in row):
            return self.dotted_grid(tree)
        cells = [[self.value(c) for c in row] for row in tree.rows]
        if all(v.shape == () for row in cells for v in row):
            if len(cells[0]) == 1 == len(cells):
                return cells[0][0]
            return Value((len(cells), len(cells[0])), [v.node for row in cells for v in row])
        raise Unsettled("a matrix written out in blocks")

    def dotted_grid(self, tree):
        return grid_with_dots(self, tree)

    def _family(self, tree):
        letters = sorted({key_of(i) for i in self.index_symbols(tree.entry)} - set(self.indices))
        if len(letters) != 2:
            raise Unsettled("a matrix given by its entries needs two free indices")
        n = self.instance.parts
        entries = []
        for i in range(n):
            for j in range(n):
                inner = self.bind({letters[0]: ("part", i), letters[1]: ("part", j)})
                entries.append(inner.value(tree.entry).node)
        return Value((n, n), entries, either=True)

    def _cases(self, tree):
        for value, condition in tree.branches:
            if condition is None or self.holds(condition):
                return self.value(value)
        raise Unsettled("cases that leave out an index")

    def _indicator(self, tree):
        return constant(1 if self.holds(tree.condition) else 0)

    def _dots(self, tree):
        raise Unsettled("terms left out by dots")

    def _relation(self, tree):
        raise Unsettled("a relation where a value is expected")

    def _size(self, tree):
        inner = self.value(tree.arg)
        if tree.norm and inner.shape != ():
            return scalar(s.power(s.add(*(s.power(e, 2) for e in inner.entries)), Fraction(1, 2)))
        raise Unsettled("an absolute value")

    # -- sums ---------------------------------------------------------------------------------------------------
    def _sum(self, tree):
        if isinstance(tree.body, Dots):
            raise Unsettled("a sum with terms left out by dots")
        total = None
        for binding in words_of_sum(self, tree):
            inner = self.bind(binding)
            if all(inner.holds(c) for c in tree.conditions):
                value = inner.value(tree.body)
                if tree.kind == "expectation":
                    value = product(scalar(self.predictions()[binding[tree.letters[0]][1]]), value)
                if total is None:
                    total = value
                else:
                    total = elementwise(total, value) if tree.kind == "prod" else plus(total, value, self.loose)
        return constant(1 if tree.kind == "prod" else 0) if total is None else total

    def _probability(self, tree):
        return self.probability(tree)


def differential(a, b):
    """dJ or dU: the letter d before a loss or a matrix."""
    return a == Symbol("d") and isinstance(b, Symbol) and (b.base.isupper() or b.base == "\\ell") and b.base != "D"
