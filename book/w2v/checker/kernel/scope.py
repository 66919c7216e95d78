"""A typed tree at one instance: names, indices, sums, products. `Scope.value(tree)` is the entry point.

What a name means comes from the meaning (an object with `entry(symbol)`, `range_of(sum, letter)`, `letter_range(letter)`);
nothing here chooses.
"""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product as combinations

from ..reading.tree import (Apply, At, Bars, Bracket, Cases, Count, Derivative, Differential, Dots, Entry, Expectation, Factorial,
                            Family, Grid, Indicator, Minus, Norm, Number, Plus, PlusMinus, Power, Probability, Quotient, Relation,
                            SetBut, SetOf, SetUnion, Sum, Symbol, Times, Transposed, Tuple)
from . import calculus, dotted, functions, products
from . import scalars as s
from .indices import Index, NeedIndex
from .instances import START, Instance
from .values import IllTyped, Unsettled, Value, column, matrix, plus, row, scalar, transpose

DEEP = 25  # definitions inside definitions
LONGEST = 2_000  # terms of a sum


@dataclass(frozen=True)
class Scope:
    """instance and meaning; letters: {letter: Index} of bound and free letters; over: {key or tree: Value or Index}."""

    instance: Instance
    meaning: object
    letters: dict = field(default_factory=dict)
    free: dict = field(default_factory=dict)
    over: dict = field(default_factory=dict)
    memo: dict = field(default_factory=dict)
    budget: object = None
    depth: int = 0

    # -- entry points ---------------------------------------------------------------------------------------------
    def value(self, tree):
        """The Value of a tree; raises IllTyped, Unsettled, NeedIndex."""
        if self.budget is not None:
            self.budget.spend(1)
        if self.over and tree in self.over:
            return self.over[tree]
        return VALUES[type(tree)](self, tree)

    def number(self, tree):
        """The node of a tree that must be a number."""
        value = self.value(tree)
        if value.shape != ():
            raise IllTyped(f"{value.describe()} where a number is expected")
        return value.node

    def whole(self, tree):
        """The integer that a bound, a size or an index expression is at this instance."""
        return self.index(tree).value

    def bind(self, letters):
        return replace(self, letters={**self.letters, **letters})

    def override(self, table):
        return replace(self, over={**self.over, **table}, memo=self.memo.setdefault(tuple(table.items()), {}))

    # -- indices --------------------------------------------------------------------------------------------------
    def index(self, tree):
        """The Index that a tree denotes in a subscript, a bound or a condition."""
        if isinstance(tree, Bracket):
            return self.index(tree.arg)
        if isinstance(tree, Number):
            if tree.value.denominator != 1:
                raise IllTyped(f"{tree.value} as an index")
            return Index(int(tree.value))
        if isinstance(tree, Symbol):
            return self.letter(tree)
        if isinstance(tree, Minus):
            inner = self.index(tree.arg)
            return Index(-inner.value, inner.kind)
        if isinstance(tree, Plus):
            return self.shifted([self.index(t) for t in tree.terms])
        if isinstance(tree, Times):
            total = 1
            for factor in tree.factors:
                total *= self.index(factor).value
            return Index(total)
        if isinstance(tree, Bars) or isinstance(tree, Apply):
            node = self.number(tree)
            if node.op == "num" and node.args[0].denominator == 1:
                return Index(int(node.args[0]))
        raise Unsettled("an index that is not a letter, a number or a sum of them")

    @staticmethod
    def shifted(parts):
        """t + j is a position; other sums are plain numbers."""
        kinds = {p.kind for p in parts}
        if kinds == {"word", "offset"} and sum(p.kind == "word" for p in parts) == 1:  # w_{c+j}: the window stands at c
            return Index(START + sum(p.value for p in parts if p.kind == "offset"), "position")
        if "place" in kinds:
            return Index(sum(p.value for p in parts), "place")
        kind = "position" if "position" in kinds and not kinds & {"word", "sample"} else "offset" if kinds == {"offset"} else ""
        return Index(sum(p.value for p in parts), kind)

    def letter(self, symbol):
        key = self.meaning.key(symbol)
        if not symbol.subs and not symbol.sups:
            for table in (self.over, self.letters, self.free):
                if isinstance(table.get(key), Index):
                    return table[key]
        entry = self.meaning.entry(symbol)
        if entry.kind == "word":
            return Index(self.instance.o if entry.role == "outside" else self.instance.c, "word")
        if entry.kind == "position":
            return Index(START, "position")
        if entry.kind == "words":
            return self.word(symbol)
        if entry.kind == "size":
            return Index(self.instance.sizes[entry.role])
        if entry.kind == "definition" and not entry.params and not symbol.subs:
            return self.inside(entry).index(entry.body)
        if entry.kind == "alias":
            return self.index(entry.body)
        if not symbol.subs:
            raise NeedIndex(key, self.meaning.letter_range(symbol))
        family = self.meaning.indices(entry)
        if family is not None:
            try:
                return self.placed(family, self.index(symbol.subs[0]).value, symbol.base)
            except NeedIndex as need:
                raise NeedIndex(need.letter, self.meaning.run(family[0])) from None
        raise Unsettled(f"the index {symbol.base} with a subscript")

    def placed(self, family, n, name):
        """The index x_n of a family of indices: different ones and not o; where they may repeat or hit o, the last does."""
        count, total = (self.instance.sizes[size] for size in family)
        if not 1 <= n <= count:
            raise Unsettled(f"there is no {name} number {n} among {count}")
        kind, others = ("word", self.instance.o) if family[1] == "V" else ("", 0)
        if n == count and self.instance.hits and kind:
            return Index(self.instance.o, kind)
        n = 1 if self.instance.repeated and n == count else n
        found = [i for i in range(1, total + 1) if i != others]
        return Index(found[(n + self.instance.number) % len(found)], kind)

    def word(self, symbol):
        """w_k is the k-th draw, w_{t+j} the word at a position of the text."""
        sub = symbol.subs[0]
        found = self.index(sub)
        if found.kind in ("position", "word", "place"):
            if found.kind != "position":
                return self.as_word(found)
            word = self.instance.word_at(found.value)
            if word is None:
                raise Unsettled("a word outside the window")
            return Index(word, "word")
        return self.drawn(found)

    def drawn(self, index):
        if not 1 <= index.value <= len(self.instance.draws):
            raise Unsettled(f"there is no draw number {index.value}")
        return Index(self.instance.draws[index.value - 1], "word")

    def as_word(self, index):
        """The word that an index names where words are numbered: a draw or a position stands for its word."""
        if index.kind == "sample":
            return self.drawn(index)
        if index.kind == "position":
            word = self.instance.word_at(index.value)
            if word is None:
                raise Unsettled("a word outside the window")
            return Index(word, "word")
        return Index(self.instance.word_of_text(index.value), "word") if index.kind == "place" else index

    def values_of(self, range_):
        """Every Index of a range of the meaning."""
        if range_ is None:
            raise Unsettled("an index whose range nothing tells")
        sizes = self.instance.sizes
        if range_.kind == "offset":
            return [Index(j, "offset") for j in range(-sizes["m"], sizes["m"] + 1) if j]
        if range_.kind == "window":
            return [Index(START + j, "position") for j in range(-sizes["m"], sizes["m"] + 1) if j]
        if range_.size not in sizes:
            raise Unsettled("an index whose range has no value here")
        return [Index(n, range_.kind) for n in range(1, sizes[range_.size] + 1)]

    def same(self, a, b):
        """Whether two indices are the same; a draw compared with a word is the word drawn, and word 0 is the first of all."""
        if "word" in (a.kind, b.kind) and 0 in (a.value, b.value):
            a, b = (Index(max(i.value, 1), i.kind) for i in (a, b))
        if "word" in (a.kind, b.kind):
            a, b = self.as_word(a), self.as_word(b)
        return a.value == b.value

    # -- conditions -----------------------------------------------------------------------------------------------
    def holds(self, relation):
        """Whether a Relation between indices holds here."""
        if relation.sign in ("in", "notin"):
            inside = any(self.same(self.index(relation.left), i) for i in self.members(relation.right))
            return inside == (relation.sign == "in")
        if isinstance(relation.left, Tuple) or isinstance(relation.right, Tuple):
            raise Unsettled("a condition on several indices at once")
        a, b = self.index(relation.left), self.index(relation.right)
        if relation.sign in ("=", ":="):
            return self.same(a, b)
        if relation.sign == "!=":
            return not self.same(a, b)
        if relation.sign not in ORDER:
            raise Unsettled(f"a condition with {relation.sign}")
        return ORDER[relation.sign](a.value, b.value)

    def members(self, tree):
        """The indices of a set."""
        if isinstance(tree, Bracket):
            return self.members(tree.arg) if tree.kind != "[" else [Index(n) for n in range(1, self.whole(tree.arg) + 1)]
        if isinstance(tree, SetBut):
            removed = self.members(tree.removed) if isinstance(tree.removed, (SetOf, SetBut)) else [self.index(tree.removed)]
            return [i for i in self.members(tree.whole) if not any(self.same(i, r) for r in removed)]
        if isinstance(tree, SetOf) or isinstance(tree, Tuple):
            return self.listed(tree.elements if isinstance(tree, SetOf) else tree.items)
        if isinstance(tree, SetUnion):
            parts = [self.members(p) for p in tree.parts]
            if tree.sign != "cup":
                return [i for i in parts[0] if all(any(self.same(i, j) for j in p) for p in parts[1:])]
            found = []
            for i in (i for p in parts for i in p):
                if not any(self.same(i, j) for j in found):
                    found.append(i)
            return found
        if isinstance(tree, Bars):
            return self.members(tree.arg)
        if isinstance(tree, Symbol):
            return self.meaning.members(self, tree)
        raise Unsettled("a set that nothing tells")

    def listed(self, elements):
        """{a, b, c}; {1, ..., K} and {w_1, ..., w_K} run through what the dots leave out."""
        if not any(isinstance(e, Dots) for e in elements):
            return [self.index(e) for e in elements]
        at = next(n for n, e in enumerate(elements) if isinstance(e, Dots))
        if not 0 < at < len(elements) - 1:
            raise Unsettled("a set whose dots say nothing")
        found = [self.index(e) for e in elements[: at - 1]] + self.between(elements[at - 1], elements[at + 1])
        return found + [self.index(e) for e in elements[at + 2 :]]

    def between(self, first, last):
        """From 1 to K, or from w_1 to w_K."""
        if isinstance(first, Symbol) and first.subs and isinstance(last, Symbol) and last.base == first.base:
            low, high = self.whole(first.subs[0]), self.whole(last.subs[0])
            return [self.index(replace(first, subs=(Number(Fraction(n)),))) for n in range(low, high + 1)]
        low, high = self.index(first), self.index(last)
        return [Index(n, low.kind or high.kind) for n in range(low.value, high.value + 1)]

    # -- names ----------------------------------------------------------------------------------------------------
    def inside(self, entry, letters=None, over=None):
        """The scope in which a definition's body is read: its own parameters and the text's free letters, nothing bound here."""
        if self.depth > DEEP:
            raise Unsettled("definitions that never end")
        inner = replace(self, letters=dict(letters or {}), depth=self.depth + 1, meaning=self.meaning.at(entry.place))
        return inner.override(over) if over else inner

    def cached(self, entry, letters):
        """The value of a definition's body, kept with those free letters that were read on the way."""
        kept = self.memo.setdefault((entry.key, entry.place, tuple(sorted((k, i.value) for k, i in letters.items()))), [])
        for needed, value in kept:
            if all(self.free.get(letter) == index for letter, index in needed.items()):
                return value
        read = Read(self.free)
        value = replace(self, free=read).inside(entry, letters).value(entry.body)
        kept.append((read.needed, value))
        return value


class Read(dict):
    """The free letters, and which of them were asked for: {letter: its Index, or None for one that is not free}."""

    def __init__(self, letters):
        super().__init__(letters)
        self.letters, self.needed = letters, {}

    def get(self, letter, default=None):
        found = self.needed[letter] = self.letters.get(letter)
        return default if found is None else found

    def __contains__(self, letter):
        return self.get(letter) is not None


ORDER = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


def _number(scope, tree):
    return scalar(s.num(tree.value))


def _minus(scope, tree):
    return scope.value(tree.arg).map(s.neg)


def _plus(scope, tree):
    total, identities = None, []
    for term in tree.terms:
        count = products.multiple(scope, term)
        if count is not None:
            identities.append(count)
            continue
        value = (scope.value(term), constant_like(term))
        total = value if total is None else (plus(total[0], value[0], broadcast=_spreads(total, value)), total[1] and value[1])
    return products.add_identity(total[0] if total else None, s.add(*identities)) if identities else total[0]


def _spreads(a, b):
    """Whether the one that is a number may be added to every entry of the other; of a letter beside a matrix that is not clear."""
    for (one, letter), (other, _) in ((a, b), (b, a)):
        if one.shape == () and letter and one.node.op != "num" and other.shape and 1 not in other.shape:
            raise Unsettled("a letter beside a matrix: is it added to every entry, or is a multiple of the identity meant?")
    return (a[0].shape == () and a[1]) or (b[0].shape == () and b[1])


def constant_like(tree):
    """A number or a letter, perhaps negated or scaled: what an author adds to every entry of a vector."""
    if isinstance(tree, (Minus, Bracket)):
        return constant_like(tree.arg)
    if isinstance(tree, Times):
        return all(constant_like(f) for f in tree.factors)
    if isinstance(tree, Quotient):
        return constant_like(tree.top) and constant_like(tree.bottom)
    return isinstance(tree, (Number, Symbol, Bars))


def _quotient(scope, tree):
    top, bottom = scope.value(tree.top), scope.value(tree.bottom)
    if bottom.shape == ():
        return top.map(lambda e: s.mul(e, reciprocal(bottom.node)))
    if top.shape == bottom.shape and tree.elementwise:
        return Value(top.shape, tuple(s.mul(a, reciprocal(b)) for a, b in zip(top.entries, bottom.entries)))
    if top.shape == bottom.shape:
        raise Unsettled("a vector divided by a vector; entry by entry it is written with \\oslash")
    raise IllTyped(f"{top.describe()} divided by {bottom.describe()}")


def reciprocal(node):
    if node is s.ZERO:
        raise IllTyped("division by 0")
    return s.power(node, -1)


def _power(scope, tree):
    base, exponent = scope.value(tree.base), scope.number(tree.exponent)
    root = base.shape == () and base.node.op == "pow" and base.node.args[1] == Fraction(1, 2)
    if root and isinstance(tree.base, (Norm, Bars)) and exponent is s.num(2):  # |x|^2 needs no root
        return scalar(base.node.args[0])
    return functions.power(base, exponent)


def _transposed(scope, tree):
    if isinstance(tree.arg, Tuple):  # (1, 2)^T is printed for a column whatever a vector is here
        return column([scope.number(x) for x in tree.arg.items])
    return transpose(scope.value(tree.arg))


def _bracket(scope, tree):
    return scope.value(tree.arg)


def _entry(scope, tree):
    return pick(scope, scope.value(tree.arg), [scope.index(i) for i in tree.subs])


def pick(scope, value, indices):
    """An entry of a vector or a matrix."""
    if value.shape == ():
        raise IllTyped("an entry of a number")
    at = [scope.as_word(i).value if max(value.shape) == scope.instance.sizes.get("V") else i.value for i in indices]
    rows, columns = value.shape
    if len(at) == 1 and 1 in (rows, columns):
        return one(value.entries, at[0])
    if len(at) == 2 and 1 <= at[0] <= rows and 1 <= at[1] <= columns:
        return scalar(value.entries[(at[0] - 1) * columns + at[1] - 1])
    if len(at) == 1:
        raise Unsettled("one index on a matrix: its row or its column?")
    found = f"entry {', '.join(map(str, at))} of {value.describe()}"
    raise Unsettled(f"{found}: over what does each index run?") if scope.free else IllTyped(found)


def one(entries, n):
    if not 1 <= n <= len(entries):
        raise IllTyped(f"there is no entry {n} among {len(entries)}")
    return scalar(entries[n - 1])


def _sum(scope, tree):
    if isinstance(tree.body, Dots):
        raise Unsettled("a sum with terms left out by dots")
    total = None
    for letters in bindings(scope, tree):
        inner = scope.bind(letters)
        if all(inner.holds(c) for c in tree.conditions):
            value = inner.value(tree.body)
            if total is None:
                total = value
            elif tree.kind == "sum":
                total = plus(total, value)
            else:
                total = products.multiply(total, value, "")
    return scalar(s.ONE if tree.kind == "prod" else s.ZERO) if total is None else total


def bindings(scope, tree):
    """{letter: Index} for every value of the bound letters."""
    keys = [scope.meaning.key(letter) for letter in tree.letters]
    kind = tree.domain[0]
    if kind == "all":
        letters = tree.letters or tuple(scope.meaning.bare_letters(tree))
        if not letters:
            raise Unsettled("a sum without an index")
        keys = [scope.meaning.key(letter) for letter in letters]
        ranges = [scope.values_of(scope.meaning.range_of(tree, letter)) for letter in letters]
        return [dict(zip(keys, choice)) for choice in combinations(*ranges)]
    if kind == "in":
        if len(keys) > 1:
            return scope.meaning.tuples(scope, tree, keys)
        return [{keys[0]: i} for i in scope.members(tree.domain[1])]
    if kind == "range":
        low, high = scope.whole(tree.domain[1]), scope.whole(tree.domain[2])
        kind = scope.meaning.kind_of_bounds(tree)
    else:
        _, low, before, high, after = tree.domain
        low, high = scope.whole(low) + (before == "<"), scope.whole(high) - (after == "<")
        kind = scope.meaning.kind_of_bounds(tree)
    if high - low > LONGEST:
        raise Unsettled("too large to settle")
    return [{keys[0]: Index(n, kind)} for n in range(low, high + 1)]


def _expectation(scope, tree):
    return scope.meaning.expectation(scope, tree)


def _probability(scope, tree):
    return scope.meaning.probability(scope, tree)


def _indicator(scope, tree):
    return scalar(s.ONE if all(scope.holds(c) for c in tree.conditions) else s.ZERO)


def _cases(scope, tree):
    for value, conditions in tree.branches:
        if isinstance(conditions, str):
            raise Unsettled(f"the case '{conditions}'")
        if conditions is None or all(decided(scope, c) for c in conditions):
            return scope.value(value)
    raise Unsettled("cases that leave something out")


def decided(scope, relation):
    """Whether a condition holds: between indices, or between numbers by their value at the instance."""
    try:
        return scope.holds(relation)
    except (IllTyped, Unsettled, NeedIndex) as error:
        if relation.sign not in ORDER and relation.sign not in ("=", "!=") or isinstance(error, NeedIndex) and error.range is not None:
            raise
        open_ = error
    try:
        left, right = scope.number(relation.left), scope.number(relation.right)
    except Unsettled:
        if isinstance(open_, NeedIndex):  # w = o, where w has no value yet
            raise open_ from None
        raise
    scope.meaning.by_sign.append(True)  # the case depends on values
    try:
        difference = s.number(s.add(left, s.neg(right)), scope.instance.point, {})
    except (ArithmeticError, ValueError):
        raise Unsettled("a case is asked for where there is no value") from None
    if relation.sign in ORDER:
        return ORDER[relation.sign](difference, 0)
    return (abs(difference) < 1e-12) == (relation.sign == "=")


def _grid(scope, tree):
    if any(isinstance(c, Dots) for line in tree.rows for c in line):
        return dotted.grid(scope, tree)
    cells = [[scope.value(c) for c in line] for line in tree.rows]
    return products.blocks(cells)


def _norm(scope, tree):
    return functions.norm(scope, tree)


def _bars(scope, tree):
    return functions.bars(scope, tree)


def _dots(scope, tree):
    raise Unsettled("terms left out by dots")


def _tuple(scope, tree):
    if any(isinstance(x, Dots) for x in tree.items):
        raise Unsettled("a list with entries left out")
    nodes = [scope.number(x) for x in tree.items]
    return row(nodes) if scope.meaning.rows else column(nodes)


def _unsupported(scope, tree):
    raise Unsettled({Differential: "a differential", PlusMinus: "a sign left open", At: "an evaluation bar",
                     Factorial: "a factorial", Family: "a matrix given by its entries"}.get(type(tree), "this where a value is expected"))


def _symbol(scope, tree):
    return functions.named(scope, tree)


VALUES = {Number: _number, Minus: _minus, Plus: _plus, Quotient: _quotient, Power: _power, Transposed: _transposed,
          Bracket: _bracket, Entry: _entry, Sum: _sum, Expectation: _expectation, Probability: _probability, Indicator: _indicator,
          Cases: _cases, Grid: _grid, Norm: _norm, Bars: _bars, Dots: _dots, Symbol: _symbol,
          Times: products.times, Apply: functions.apply, Derivative: calculus.derivative, At: calculus.at_point,
          Factorial: functions.factorial, Count: functions.count, Family: products.family, Differential: calculus.differential,
          PlusMinus: _unsupported, Tuple: _tuple, Relation: _unsupported, SetOf: _unsupported, SetBut: _unsupported,
          SetUnion: _unsupported}
