"""Where a wrong line fails: the smallest instance, with exactly the quantities that occur in the line, so that it can be put in by hand.

The line is evaluated once more by a Tracer, which notes the names, words and sizes that it meets. What the line differentiates must be
written out by the reader, and so the free quantities behind it are listed too.
"""

import random
import unicodedata
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice

from ..kernel import scalars as s
from ..kernel.indices import NeedIndex
from ..kernel.instances import START, Instance, again
from ..kernel.polynomials import OutOfBudget
from ..kernel.scope import Scope
from ..kernel.values import IllTyped, Unsettled, Value
from ..meaning.letters import SIZES
from ..reading import tree as t
from .decide import TOLERANCE, Claim, Outcome, spread

ERRORS = (IllTyped, Unsettled, NeedIndex, OutOfBudget, ArithmeticError, ValueError, KeyError)
LISTED = ("definition", "free", "table", "opaque", "alias")
MARKS = {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "dot": "\u0307", "check": "\u030c", "prime": "'", "star": "*"}
HALVES = [Fraction(n, 2) for n in (1, 2, 3, 4)]
POINTS = 30  # points tried for each choice of the letters
VISIBLE = 0.01  # how far apart the sides must be, relatively, to be told apart in print


def counterexample(claim, outcome):
    """A dictionary with sizes, indices, values, left, right and the whole as text; None when no instance shows the failure."""
    best = None
    for instance in smallest_first(claim):
        for found in failures(claim, instance):
            shown_, complete = listed(claim, found)
            if complete and visible(found):
                return shown_
            best = best or shown_
    if best is None and outcome.instance is not None and outcome.left is not None:
        best, _ = listed(claim, outcome)
    return best or undefined(claim, outcome)


# -- the instance -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Handy(Instance):
    """An instance whose free quantities are halves and whole numbers as far as possible."""

    def value(self, name):
        if name not in self.cache:
            rng = random.Random(f"{self.seed}:{name!r}")
            known = name[0] == "label" or "*" in self.positive or name[0] in self.positive
            size = rng.choice(HALVES)
            if name[0] == "label":
                size = Fraction(rng.randint(1, 4), 10 if max(self.sizes.values()) <= 3 else 50)
            elif self.unit:
                size = Fraction(rng.randint(1, 9), 20)
            self.cache[name] = -size if not known and rng.random() < 0.45 else size
        return self.cache[name]

    def point(self, name):
        return round(0.3 + random.Random(f"{self.seed}:{name!r}").random(), 2) if name[0] == "fun" else self.value(name)


def smallest_first(claim):
    """A tiny instance, then those of the claim in order of their total size."""
    made = claim.instances()
    first = made[0]
    sizes = {"V": 3, "D": 2, "K": 2, "m": 1}
    sizes |= {name: 2 + n % 3 for n, name in enumerate(sorted(set(first.sizes) - set(sizes)))}
    tiny = claim.sized(Handy(len(made), sizes, 3, 1, (1, 2), {-1: 2, 0: 1, 1: 3}, first.soft, seed=11))
    own = [Handy(i.number, i.sizes, i.o, i.c, i.draws, i.window, i.soft, seed=i.seed) for i in made]
    return [tiny, *sorted(own, key=lambda i: sum(i.sizes.values()))]


def failures(claim, instance):
    """Outcomes 'differs' at an instance, a few points for each choice of the free letters."""
    fresh = Claim(claim.left, claim.right, claim.view, claim.conditions, claim.denied, claim.bounds)
    try:
        for letters in fresh.choices(instance):
            sides = fresh.values(instance, letters)
            if sides[0].shape != sides[1].shape and not sides[0].is_zero and not sides[1].is_zero:
                return
            for point, _ in islice(fresh.points(*spread(*sides), instance, set()), POINTS):
                left, right = spread(*fresh.values(point, letters)) if claim.view.by_sign else spread(*sides)
                if differ(left, right, point):
                    yield Outcome("differs", "", point, letters, left, right)
    except ERRORS:
        return


def differ(left, right, point, tolerance=TOLERANCE):
    memo = {}
    try:
        pairs = [(s.number(a, point.point, memo), s.number(b, point.point, memo)) for a, b in zip(left.entries, right.entries)]
    except (ArithmeticError, ValueError):
        return False
    return any(abs(a - b) > tolerance * (1 + abs(a) + abs(b)) for a, b in pairs)


def visible(outcome):
    memo = {}
    for a, b in zip(outcome.left.entries, outcome.right.entries):
        x, y = (s.number(e, outcome.instance.point, memo) for e in (a, b))
        if abs(x - y) > VISIBLE * max(abs(x), abs(y)):
            return True
    return False


def undefined(claim, outcome):
    """A point at which only one side has a value."""
    for instance in smallest_first(claim):
        fresh = Claim(claim.left, claim.right, claim.view, claim.conditions, claim.denied)
        try:
            for letters in fresh.choices(instance):
                left, right = fresh.values(instance, letters)
                for seed in range(40):
                    point = again(instance, seed)
                    sides = [side_at(v, point) for v in (left, right)]
                    if (sides[0] is None) != (sides[1] is None):
                        return listed(claim, replace(outcome, instance=point, letters=letters, left=left, right=right))[0]
        except ERRORS:
            continue
    return None


def side_at(value, instance):
    try:
        memo = {}
        return [s.number(e, instance.point, memo) for e in value.entries]
    except (ArithmeticError, ValueError):
        return None


# -- what occurs ------------------------------------------------------------------------------------------------------
@dataclass
class Log:
    """What a Tracer met, by printed name, in the order of meeting; `behind` holds what only stands behind a derivative."""

    sizes: dict = field(default_factory=dict)
    indices: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    behind: dict = field(default_factory=dict)
    families: set = field(default_factory=set)  # names of the vectors of a table that is listed as a whole


@dataclass(frozen=True)
class Tracer(Scope):
    """A Scope that notes what the line itself prints, and inside a derivative also the free quantities behind it."""

    log: object = None
    deep: bool = False

    def value(self, tree):
        scope = self
        if not self.deep and isinstance(tree, (t.Derivative, t.Differential, t.At)) and not self.depth:
            scope = replace(self, deep=True, memo={})
        if not self.depth and isinstance(tree, t.Apply) and isinstance(tree.function, t.Symbol) and self.called(tree):
            scope = replace(scope, deep=True, memo={})
        if not isinstance(tree, t.Symbol):
            return Scope.value(scope, tree)
        if self.meaning.entry(tree).one_hot is not None:
            scope = replace(scope, log=Log())  # the place of its 1 is seen in the vector
        found = Scope.value(scope, tree)
        self.note(tree, found)
        return found

    def called(self, tree):
        """Whether a call is one of a function of the text whose body the reader must write out; f(x) with its own x is a name."""
        entry = self.meaning.entry(tree.function, called=len(tree.args))
        if entry.kind != "definition":
            return False
        if not tree.primes and (not entry.calls or tree.args == entry.calls):
            self.note(tree.function, None)
            return False
        return True

    # -- quantities
    def note(self, symbol, found):
        entry = self.meaning.entry(symbol)
        name = self.meaning.key(symbol)
        if entry.kind == "size" and (not self.depth or self.deep):
            self.log.sizes[plain(symbol)] = self.instance.sizes[entry.role]
        if entry.kind not in LISTED or name in self.letters or name in self.free or self.meaning.is_index(symbol):
            return
        if self.depth and (not self.deep or entry.kind not in ("free", "table") or name in self.over):
            return
        try:
            value = found if found is not None and not self.over and not self.deep else self.clean(symbol)
            printed = plain(symbol) + self.indices_of(symbol, value)
        except ERRORS:
            return
        (self.log.behind if self.depth else self.log.values).setdefault(printed, (value, entry.key, bool(entry.table)))
        if entry.kind == "table":
            self.log.families.add(entry.family)
        self.note_sizes(entry, symbol)

    def clean(self, symbol):
        """The value of a name without what a derivative has put in for it."""
        over = {k: v for k, v in self.over.items() if not isinstance(v, Value)}
        return Scope(self.instance, self.meaning, self.letters, self.free, over).value(symbol)

    def indices_of(self, symbol, value):
        found = [self.index(i) for i in symbol.indices]
        numbers = [str(self.as_word(i).value if i.kind in ("position", "sample") and self.of_words(symbol) else i.value) for i in found]
        if symbol.base.endswith("|"):
            return f"({numbers[0]} | {', '.join(numbers[1:])})" if len(numbers) > 1 else f"({', '.join(numbers)})"
        return ("_" + ("" if all(len(n) == 1 for n in numbers) else ",").join(numbers)) if numbers else ""

    def of_words(self, symbol):
        entry = self.meaning.entry(symbol)
        kind = entry.type.find()
        return bool(entry.ranges) and entry.ranges[0] is not None and entry.ranges[0].kind == "word" or bool(kind.sizes) and kind.sizes[0].find().name == "V"

    def note_sizes(self, entry, symbol):
        """The lengths of a listed vector."""
        kind, indices = entry.type.find(), len(symbol.subs) + len(symbol.sups)
        while kind.kind == "family" and indices:
            kind, indices = kind.parts[0].find(), indices - 1
        for size in kind.sizes if not indices else ():
            self.note_size(size.find().name)

    def note_size(self, name):
        world = self.meaning.world
        printed = [p for p, real in world.named_sizes().items() if real == name and p in world.used]
        if name in self.instance.sizes and (printed or name in SIZES):
            self.log.sizes.setdefault(printed[0] if printed and name not in printed else name, self.instance.sizes[name])

    # -- indices
    def letter(self, symbol):
        found = Scope.letter(self, symbol)
        if self.depth and not self.deep:
            return found
        name = self.meaning.key(symbol)
        if name in self.letters and not symbol.subs:
            return found
        if name in self.free and not symbol.subs:
            if not self.depth or name not in self.letters:
                self.log.indices[plain(symbol)] = found.value - START if found.kind == "position" else found.value
            return found
        entry = self.meaning.entry(symbol)
        if entry.kind == "size":
            self.log.sizes[plain(symbol)] = found.value
        elif entry.kind == "word" or entry.kind == "definition":
            below = "".join(plain(i) if isinstance(i, t.Symbol) else str(getattr(i, "value", "")) for i in symbol.subs)
            self.log.indices[plain(symbol) + ("_" + below if below else "")] = found.value
        return found

    def word(self, symbol):
        found = Scope.word(self, symbol)
        if not self.depth or self.deep:
            sub = self.index(symbol.subs[0])
            if sub.kind == "position":
                self.log.indices[f"{plain(symbol)}_t{sub.value - START:+d}".replace("_t+0", "_t")] = found.value
            elif sub.kind != "word":
                self.log.indices[f"{plain(symbol)}_{sub.value}"] = found.value
        return found

    def as_word(self, index):
        found = Scope.as_word(self, index)
        if index.kind == "sample" and (not self.depth or self.deep):
            self.log.indices[f"draw {index.value}"] = found.value
        return found

    def values_of(self, range_):
        if range_ is not None and (not self.depth or self.deep):
            self.note_size("m" if range_.kind in ("offset", "window") else range_.size)
        return Scope.values_of(self, range_)

    def members(self, tree):
        if isinstance(tree, t.Symbol) and self.meaning.vocabulary(tree) and (not self.depth or self.deep):
            self.note_size("V")
        return Scope.members(self, tree)


def trace(claim, outcome):
    log = Log()
    for tree in (claim.left, claim.right):
        try:
            Tracer(outcome.instance, claim.view, free=outcome.letters, memo={}, log=log).value(tree)
        except ERRORS:
            continue
    return log


# -- print ------------------------------------------------------------------------------------------------------------
def listed(claim, outcome):
    """(the dictionary that is shown, whether every quantity in it has a value)."""
    log, instance, memo = trace(claim, outcome), outcome.instance, {}
    found = dict(log.values)
    wholes = {name for name in log.values if name == name.split("_")[0]} | log.families
    for name, item in log.behind.items():
        if name.split("_")[0] not in wholes and item[1] not in wholes:
            found.setdefault(name, item)
    values = {name: shown(value, instance, memo) for name, (value, *_) in sorted(found.items(), key=lambda i: order(i, instance))}
    values |= functions(claim, outcome, memo)
    complete = None not in values.values()
    values = {name: v for name, v in values.items() if v is not None}
    digits = 4
    left, right = (shown(v, instance, memo, digits) for v in (outcome.left, outcome.right))
    while left == right and left is not None and digits < 12:
        digits += 2
        left, right = (shown(v, instance, memo, digits) for v in (outcome.left, outcome.right))
    sizes, indices = dict(sorted(log.sizes.items())), log.indices
    head = ", ".join(f"{n} = {v}" for n, v in [*sizes.items(), *indices.items()])
    given = ", ".join(f"{n} = {bracket(v)}" for n, v in values.items())
    sides = ", ".join(f"{side} {'not defined' if v is None else bracket(v)}" for side, v in (("left", left), ("right", right)))
    text = "; ".join(part for part in (head, given) if part)
    text = f"{text}: {sides}" if text else sides
    return {"sizes": sizes, "indices": indices, "values": values, "left": left, "right": right, "text": text}, complete


def order(item, instance):
    """Free quantities first, then what is computed from them."""
    name, (value, *_) = item
    return any(e.op not in ("var", "num") for e in value.entries), name


def functions(claim, outcome, memo):
    """The values of unknown functions: f(0.25) = 0.73, f'(0.25) = 0.61."""
    found = {}
    for value in (outcome.left, outcome.right):
        for entry in value.entries:
            for node in s.below(entry):
                if node.op == "var" and node.args[0][0] == "free":
                    found[f"{plain(t.Symbol(str(node.args[0][1])))}({', '.join(node.args[0][2:])})"] = entry_of(node, outcome.instance)
                if node.op != "fun":
                    continue
                (name, *indices), orders, *args = node.args
                args = [decimal(s.number(a, outcome.instance.point, memo), 4) for a in args]
                base = plain(t.Symbol(str(name)))
                marks = "'" * orders[0] if len(orders) == 1 else "".join(f" d{n}" * k for n, k in enumerate(orders, 1))
                inside = [i for i in indices if not str(i).startswith("(")] + (args if len(args) <= 2 else ["..."])
                found[f"{base}{marks}({', '.join(map(str, inside))})"] = decimal(s.number(node, outcome.instance.point, memo), 4)
    return found


def entry_of(node, instance):
    return str(Fraction(instance.value(node.args[0])))


def shown(value, instance, memo, digits=4):
    """'2/5', ['1/2', '-1/3'] for a vector, a list of rows for a matrix; None where it is not defined."""
    try:
        entries = [entry(e, instance, memo, digits) for e in value.entries]
    except (ArithmeticError, ValueError):
        return None
    if value.shape == ():
        return entries[0]
    if 1 in value.shape:
        return entries
    columns = value.shape[1]
    return [entries[n : n + columns] for n in range(0, len(entries), columns)]


def entry(node, instance, memo, digits):
    """One number: exact when it is a short fraction, else a decimal."""
    known = exact(node, instance)
    number = s.number(node, instance.point, memo)
    if known is not None and known.denominator < 1000 and abs(known.numerator) < 10_000:
        return str(known)
    return decimal(number, digits)


def decimal(number, digits):
    return "0" if abs(number) < 1e-12 else f"{number:.{digits}g}"


def exact(node, instance):
    """The Fraction that a node is, or None."""
    if len(list(s.below(node))) > 200:
        return None
    found = {}
    for n in s.below(node):
        inner = [found[c.key] for c in n.children]
        if n.op == "num":
            found[n.key] = n.args[0]
        elif n.op == "var":
            found[n.key] = Fraction(instance.value(n.args[0]))
        elif None in inner or n.op not in ("add", "mul", "pow") or n.op == "pow" and (n.args[1].denominator != 1 or abs(n.args[1]) > 8):
            found[n.key] = None
        elif n.op == "pow":
            if not inner[0] and n.args[1] < 0:
                return None
            found[n.key] = inner[0] ** int(n.args[1])
        else:
            total = Fraction(n.op == "mul")
            for x in inner:
                total = total * x if n.op == "mul" else total + x
            found[n.key] = total
    return found[node.key]


def bracket(value):
    return value if isinstance(value, str) else "(" + ", ".join(bracket(v) for v in value) + ")"


def plain(symbol):
    """A name without its indices as plain text: J_MSE, ŷ, θ."""
    base = symbol.base
    if base.startswith("\\"):
        base = base[1:]
        try:
            base = unicodedata.lookup(f"GREEK {'CAPITAL' if base[0].isupper() else 'SMALL'} LETTER {base.upper().replace('VAR', '').replace('LAMBDA', 'LAMDA')}")
        except KeyError:
            pass
    base = base.removesuffix("|")
    for accent in symbol.accents:
        base = unicodedata.normalize("NFC", base[:1] + MARKS[accent] + base[1:]) if len(MARKS.get(accent, "")) == 1 and accent not in ("prime", "star") else \
            base + MARKS.get(accent, "")
    label = symbol.label.partition("~")[0]  # a letter of its own chain is printed without the number of the chain
    return base + ("_" + label.replace(":", "_") if label else "")


__all__ = ["counterexample"]
