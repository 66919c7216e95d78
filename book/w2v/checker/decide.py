"""One step: do two trees agree at every instance, for every value of every free index, exactly?"""
from dataclasses import dataclass, field, replace
from itertools import product as combinations

from . import scalars as s
from .evaluate import Scope
from .exact import NoNormalForm, Normal
from .instance import EXACT, INSTANCES, SIGNED, broken
from .names import NeedIndex
from .sums import of_kind
from .tree import Apply, Relation, Symbol, walk
from .values import IllTyped, Unsettled, fill, product, transpose

TOLERANCE = 1e-9        # relative; the values are of order 1 and double precision leaves errors near 1e-15


@dataclass
class Outcome:
    """status: 'holds', 'transposed', 'differs', 'ill-typed' or 'unsettled'."""
    status: str
    reason: str = ""
    instance: object = None
    binding: dict = field(default_factory=dict)
    left: object = None
    right: object = None
    failing: list = field(default_factory=list)     # the bindings that fail at the instance of the counterexample
    passing: list = field(default_factory=list)


class Loose:
    """A reading in which products that do not fit may be transposed: one choice for each place, in order."""
    OPTIONS = (lambda a, b: product(a, transpose(b)), lambda a, b: product(transpose(a), b), lambda a, b: product(b, a),
               lambda a, b: product(transpose(a), transpose(b)), lambda a, b: product(transpose(b), transpose(a)))

    def __init__(self, choices):
        self.choices, self.place = choices, 0

    def choose(self, count):
        choice = self.choices[self.place] if self.place < len(self.choices) else 0
        self.place += 1
        return choice if choice < count else 0

    def product(self, a, b):
        choice = self.choose(len(self.OPTIONS))
        return self.OPTIONS[choice](a, b)


def bindings(instance, kinds):
    """Every assignment of the free letters."""
    names = sorted(kinds)
    ranges = []
    for name in names:
        values = of_kind(instance, kinds[name])
        ranges.append([v for v in values if v != ("offset", 0)])
    return [dict(zip(names, choice)) for choice in combinations(*ranges)]


def relations_in(trees):
    """Conditions written inside subscripts, as in v_{w, w != c}."""
    return [i for t in trees for n in walk(t) if isinstance(n, Symbol) for i in n.subs if isinstance(i, Relation)]


def aimed_at_center(instance):
    """The instance with c as the predicted word; a negative equal to o becomes one equal to c, and the other way round."""
    turned = {instance.o: instance.c, instance.c: instance.o}
    return replace(instance, o=instance.c, negatives=tuple(turned.get(w, w) for w in instance.negatives))


def positive(instance):
    """The instance with unknown letters restricted to positive values."""
    return replace(instance, positive=True, cache={})


class Step:
    """A left and a right tree under one reading (a dictionary of Scope fields)."""

    def __init__(self, left, right, facts, conditions=(), **reading):
        self.left, self.right, self.facts, self.reading = left, right, facts, reading
        self.conditions = list(conditions) + relations_in((left, right))
        self.free, self.soft, self.memo = {}, reading.pop("soft", False), {}
        self.by_sign = any(isinstance(n, Apply) and n.function in ("relu", "leakyrelu", "max", "min")
                           or isinstance(n, Relation) and n.sign in ("<", ">", "<=", ">=") for t in (left, right) for n in walk(t))

    def scope(self, instance, binding, loose=None):
        if self.soft:
            instance = broken(instance, "soft y")
        if self.facts.target_is_center:
            instance = aimed_at_center(instance)
        return Scope(instance, self.facts, indices=binding, loose=loose, memo=self.memo, **self.reading)

    def values(self, instance, binding, choices=None):
        """(left, right) values; the loose choices run through both sides."""
        loose = Loose(choices) if choices is not None else None
        scope = self.scope(instance, binding, loose)
        return scope.value(self.left), scope.value(self.right)

    def admitted(self, instance):
        """The bindings that satisfy the conditions, free letters found on the way."""
        for _ in range(6):
            try:
                found = [b for b in bindings(instance, self.free) if self.allowed(instance, b)]
                for b in found[:1]:
                    self.values(instance, b, (0, 0, 0, 0))
                return found
            except NeedIndex as need:
                self.free[need.name] = need.kind
            except (IllTyped, Unsettled):
                return [b for b in bindings(instance, self.free) if self.allowed(instance, b)]
        raise Unsettled("too many free indices")

    def allowed(self, instance, binding):
        for relation in self.conditions:
            try:
                if not self.scope(instance, binding).holds(relation):
                    return False
            except (NeedIndex, Unsettled):
                continue
        return True

    # -- the decision -------------------------------------------------------------------------------------------
    def decide(self, instances=INSTANCES, exact=EXACT, choices=None):
        """The Outcome at all instances; 'holds' only after the exact zero test."""
        if self.by_sign and instances is INSTANCES:
            instances, exact = INSTANCES + SIGNED, EXACT + SIGNED
        try:
            return self._decide(instances, exact, choices)
        except IllTyped as error:
            return Outcome("ill-typed", str(error))
        except Unsettled as error:
            return Outcome("unsettled", str(error))
        except NeedIndex as error:
            return self._again(error, instances, exact, choices)
        except (ValueError, ZeroDivisionError) as error:
            if not instances[0].positive:
                return self.decide(tuple(positive(i) for i in instances), tuple(positive(i) for i in exact), choices)
            return Outcome("unsettled", f"the values leave the domain of a function ({error})")
        except OverflowError as error:
            return Outcome("unsettled", f"the values leave the domain of a function ({error})")
        except RecursionError:
            return Outcome("unsettled", "an expression that is nested too deeply")

    def _again(self, need, instances, exact, choices):
        if need.name in self.free or len(self.free) > 3:
            return Outcome("unsettled", f"the index {need.name}")
        self.free[need.name] = need.kind
        return self.decide(instances, exact, choices)

    def _decide(self, instances, exact, choices):
        tried, turned, open_entries = 0, False, False
        for instance in instances:
            failing, passing, witness = [], [], None
            memo = {}
            for binding in self.admitted(instance):
                tried += 1
                left, right, flipped = self.aligned(instance, binding, choices)
                turned |= flipped
                open_entries |= left.partial or right.partial
                if self.differs(left, right, instance, memo):
                    failing.append(binding)
                    witness = witness or (binding, left, right)
                else:
                    passing.append(binding)
            if failing:
                return Outcome("differs", "", instance, *witness, failing, passing)
        if not tried:
            return Outcome("unsettled", "no index satisfies the condition")
        if open_entries:
            return Outcome("unsettled", "entries are left out by dots; the printed ones agree")
        try:
            self.prove(exact, choices)
        except NoNormalForm as error:
            return Outcome("unsettled", f"equal at every value tried, but not proved: {error}")
        return Outcome("transposed" if turned else "holds")

    def aligned(self, instance, binding, choices):
        """(left, right, whether one was transposed) with equal shapes; raises IllTyped."""
        left, right = self.values(instance, binding, choices)
        if left.shape == right.shape:
            return self.square(left, right, instance)
        if left.is_zero:
            return fill(s.ZERO, right.shape), right, False
        if right.is_zero:
            return left, fill(s.ZERO, left.shape), False
        if left.shape == right.shape[::-1]:
            return left, transpose(right), not (left.either or right.either)
        raise IllTyped(f"the left side is a {left.describe()}, the right side a {right.describe()}")

    def square(self, left, right, instance):
        if left.shape and left.shape[0] == left.shape[1] and (left.either or right.either):
            if self.differs(left, right, instance, {}) and not self.differs(left, transpose(right), instance, {}):
                return left, transpose(right), False
        return left, right, False

    @staticmethod
    def differs(left, right, instance, memo):
        for a, b in zip(left.entries, right.entries):
            if a is b or a is None or b is None:
                continue
            x, y = s.number(a, instance.value, memo), s.number(b, instance.value, memo)
            if abs(x - y) > TOLERANCE * (1 + abs(x) + abs(y)):
                return True
        return False

    def prove(self, exact, choices):
        """Raises NoNormalForm unless every entry of every instance of `exact` is identically equal."""
        for instance in exact:
            normal = Normal()
            for binding in self.admitted(instance):
                left, right, _ = self.aligned(instance, binding, choices)
                for a, b in zip(left.entries, right.entries):
                    if a is not b and a is not None and b is not None and not normal.is_zero(s.add(a, s.neg(b))):
                        raise NoNormalForm("the exact difference is not zero")

    def transposed(self):
        """The Outcome when products that do not fit may be transposed, if that settles the step; else None."""
        for first, second in ((0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (0, 1), (1, 1), (0, 2), (2, 2), (3, 3), (1, 2), (2, 1)):
            outcome = self.decide(INSTANCES[:2], EXACT[:1], (first, second, second, second))
            if outcome.status in ("holds", "transposed"):
                full = self.decide(INSTANCES, EXACT, (first, second, second, second))
                if full.status in ("holds", "transposed"):
                    return full
        return None
