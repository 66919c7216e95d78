"""One claim under one meaning: evaluated at instances in general position, compared in numbers, proved by the kernel."""

from dataclasses import dataclass, field, replace
from itertools import product as combinations
from math import prod
from operator import ge, gt, le, lt

from ..kernel import scalars as s
from ..kernel.indices import Index, NeedIndex
from ..kernel.instances import again, broken, instances
from ..kernel.polynomials import Budget, NoNormalForm, OutOfBudget
from ..kernel.products import add_identity, multiple
from ..kernel.scope import Scope
from ..kernel.theorem import Refused, prove
from ..kernel.values import IllTyped, Unsettled, Value, transpose
from ..meaning.names import key, symbols
from ..reading import tree as t

STEPS = 250_000  # evaluations of a tree's nodes for one line
PRODUCTS = 300_000  # products of coefficients for one proof
TOLERANCE = 1e-8  # relative; values are of order one and double precision leaves errors near 1e-14
TRIES, MANY_TRIES = 12, 60
SCALES = (12, 150, 5000)  # of values beyond a bound that a max, a case or an absolute value may have
LONG = 12  # steps of a recursion that are tried
MANY = 20_000  # values of all free letters together
COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge}
SPEAKS_OF = {"y one-hot": {"one-hot"}, "negatives distinct": {"w", "K"}, "o not among the negatives": {"w", "K"}, "words of the window distinct": {"t"},
             "indices distinct": {"indices"}, "indices other than o": {"indices"}}
STANDING = ("indices distinct", "indices other than o", "y one-hot", "negatives distinct", "o not among the negatives", "words of the window distinct")


@dataclass
class Outcome:
    """status: 'holds', 'transposed', 'differs', 'ill-typed' or 'unsettled', with what shows it."""

    status: str
    reason: str = ""
    instance: object = None
    letters: dict = field(default_factory=dict)
    left: object = None
    right: object = None
    theorem: object = None
    domain: tuple = ()
    hypotheses: tuple = ()


class Claim:
    """left = right at a place of the text, under conditions on indices and, where numbers are compared, within Bounds."""

    def __init__(self, left, right, view, conditions=(), denied=(), bounds=(), moving=None):
        self.held = set()  # names inside a differential that move though the line prints no differential of theirs
        self.left, self.right, self.view = left, right, view
        self.conditions, self.denied, self.bounds = tuple(conditions), frozenset(denied), tuple(bounds)
        self.free, self.budget = {}, Budget(STEPS)
        self.remembered = None, {}  # an instance, and what definitions are worth there
        printed = [n.arg for side in (left, right) for n in t.walk(side) if isinstance(n, t.Differential)]
        if printed:
            names = {view.entry(n).key for n in map(bare, printed) if isinstance(n, t.Symbol) and view.entry(n).kind in ("free", "table")}
            families = {view.entry(n).family or view.entry(n).key for n in map(bare, printed) if isinstance(n, t.Symbol) and view.entry(n).kind in ("free", "table")}
            through = {bare(n.arg) for n in t.walk(right) if isinstance(n, t.Differential)} - {bare(left)}  # dr moves all that r is made of
            made = [n for n in through if isinstance(n, t.Symbol) and view.entry(n).kind == "definition"]
            inside = [n for n in map(bare, printed) if not isinstance(n, t.Symbol)] if moving is None else []  # d(AX) moves A, too
            within = self.closure(tuple(inside)) if inside else set()
            self.held = within - names - families
            self.view = replace(view, moving=frozenset(names | families | within | (self.closure(tuple(made)) if made else set())), cache={})

    # -- instances ------------------------------------------------------------------------------------------------
    def instances(self):
        world = self.view.world
        names = world.size_names()
        twice = bool(self.denied & {"repeats", "repeated window"})
        made = instances(names, "repeats" not in self.denied, "o drawn" in self.denied, "repeated window" in self.denied, "soft" in self.denied,
                         own=self.view.own_sizes())
        return [self.sized(replace(i, repeated=twice and i.number % 2 == 0, hits="o drawn" in self.denied and i.number == 1)) for i in made]

    def sized(self, instance):
        """The instance with the sizes that printed expressions give."""
        sizes = dict(instance.sizes)
        world = self.view.world
        if any(size.find().name == "m" for size in world.stated_sizes) and not any(r is not None and r.kind == "offset" for r in world.binders.values()):
            sizes["m"] += 1  # a dimension of the text's own: with 1 a column would be a number
        for name, size in world.named_sizes().items():
            sizes.setdefault(name, sizes.get(size, size if isinstance(size, int) else 3))
        for count, total in world.index_families():
            most = sizes.get(total, 0) - (total == "V")
            if count != total and sizes.get(count, 0) > most > 1:  # so many different ones there must be
                less = [n for n in range(most, 1, -1) if n not in sizes.values()]
                sizes[count] = less[0] if less else most
        for name, most in world.most_printed().items():
            sizes[name] = most
        for name in world.step_sizes():
            sizes[name] = LONG
        instance = replace(instance, sizes=sizes, cache={})
        for name, tree in world.computed.items():
            try:
                sizes[name] = max(1, Scope(instance, self.view).whole(tree))
            except (IllTyped, Unsettled, NeedIndex, KeyError):
                continue
        return instance

    def scope(self, instance, letters, budget=True):
        if self.remembered[0] is not instance:
            self.remembered = instance, {}
        return Scope(instance, self.view, free=letters, budget=self.budget if budget else None, memo=self.remembered[1])

    def values(self, instance, letters):
        scope = self.scope(instance, letters)
        counts = multiple(scope, self.left), multiple(scope, self.right)
        if (counts[0] is None) != (counts[1] is None):  # c I beside a square matrix is as large as that
            other = scope.value(self.left if counts[0] is None else self.right)
            if other.shape:
                unit = add_identity(other.map(lambda e: s.ZERO), counts[1] if counts[0] is None else counts[0])
                return (other, unit) if counts[0] is None else (unit, other)
        return scope.value(self.left), scope.value(self.right)

    def choices(self, instance):
        """Every assignment of the free letters that satisfies the conditions; free letters are found on the way."""
        for _ in range(8):
            try:
                found = []
                for letters in self.assignments(instance):
                    if self.allowed(instance, letters):
                        found.append(letters)
                for letters in found[:1]:
                    self.values(instance, letters)
                return found
            except NeedIndex as need:
                if need.range is None:
                    raise Unsettled(f"what is {need.letter}? Say over what it ranges, or define it") from None
                if need.letter in self.free:
                    raise Unsettled(f"the index {need.letter}") from None
                self.free[need.letter] = need.range
            except (IllTyped, Unsettled):
                return found
        raise Unsettled("too many free indices")

    def assignments(self, instance):
        names = sorted(self.free)
        scope = Scope(instance, self.view)
        runs = [scope.values_of(self.free[n]) for n in names]
        if prod(map(len, runs)) > MANY:
            raise OutOfBudget
        return [dict(zip(names, choice)) for choice in combinations(*runs)]

    def allowed(self, instance, letters):
        scope = self.scope(instance, letters)
        for relation in self.conditions:
            if not self.relevant(relation):
                continue
            try:
                if not scope.holds(relation):
                    return False
            except Unsettled:
                continue
        return True

    def relevant(self, relation):
        """Whether a condition speaks of a letter that the claim contains, itself or in its definitions."""
        names = {key(n) for n in symbols(relation) if self.view.entry(n).kind not in ("word", "words", "size", "position") and not n.subs}
        if not names:
            names = {key(n) for n in symbols(relation)}
        return names <= self.mentioned | set(self.free)

    @property
    def mentioned(self):
        if "_mentioned" not in self.__dict__:
            self._mentioned = {key(n) for side in (self.left, self.right) for n in symbols(side)}
        return self._mentioned

    # -- the decision ---------------------------------------------------------------------------------------------
    def decide(self):
        """The Outcome."""
        try:
            return self.decided()
        except IllTyped as error:
            return Outcome("ill-typed", str(error))
        except Unsettled as error:
            return Outcome("unsettled", str(error))
        except OutOfBudget:
            return Outcome("unsettled", "too large to settle")
        except (NoNormalForm, OverflowError) as error:
            return Outcome("unsettled", f"the two sides agree in numbers, but {error}")
        except ZeroDivisionError:
            return Outcome("unsettled", "a division by 0")
        except RecursionError:
            return Outcome("unsettled", "nested too deeply to settle")

    def decided(self):
        pairs, checked, domain, sizes, meets = [], 0, set(), [], None
        for instance in self.instances():
            for letters in self.choices(instance):
                left, right = self.values(instance, letters)
                shapes = self.shapes(left, right, instance, letters)
                if shapes is not None:
                    return shapes
                left, right = spread(left, right)
                differs = self.compare(left, right, instance, letters, domain)
                if differs is None and self.view.by_sign:
                    differs, more = self.by_sign(instance, letters)
                    pairs += more
                if differs is not None and instance.o == instance.c:
                    meets = differs
                    continue
                if differs is not None:
                    return differs
                if instance.o == instance.c and meets is not None:
                    continue
                checked += 1
                if instance.number < 2:
                    pairs += [(a, b) for a, b in zip(left.entries, right.entries) if a is not b]
                    pairs = pairs or [(left.entries[0], right.entries[0])]
            sizes.append(dict(instance.sizes))
        if meets is not None and checked:
            return Outcome("unsettled", "this holds where o and c are different words; say so if that is meant")
        if meets is not None:
            return meets
        if not checked:
            raise Unsettled("no instance was found in which the conditions hold")
        return self.proof(list(dict.fromkeys(pairs)), domain, sizes)

    def shapes(self, left, right, instance, letters):
        """The Outcome for sides of different shape, or None."""
        if left.shape == right.shape or left.is_zero or right.is_zero:
            return None
        if left.shape == right.shape[::-1] and left.shape:
            turned = transpose(right)
            if self.agree(left, turned, instance):
                return Outcome("transposed", f"{left.describe()} on the left, {right.describe()} on the right", instance, letters, left, right)
        return Outcome("ill-typed", f"{left.describe()} on the left, {right.describe()} on the right", instance, letters, left, right)

    def proof(self, pairs, domain, sizes):
        positive = {d for d in domain}
        real = sorted(positive & self.view.world.real)
        if real:
            return Outcome("differs", f"the two sides are not both defined for {real[0].partition(':~')[0]} <= 0")
        try:
            theorem = prove(pairs, Budget(PRODUCTS), lambda name: name[0] in positive or name[0] == "label" or "*" in positive,
                            domain=tuple(f"{d.partition(':~')[0]} > 0" for d in sorted(positive)), sizes=sizes)
        except Refused as refused:
            further = (self.always_positive(pairs) | self.bounded_below()) - positive - self.view.world.real
            if further:
                return self.proof(pairs, positive | further, sizes)
            return Outcome("unsettled", f"the two sides agree in numbers, but are not proved equal: {refused}")
        return Outcome("holds", theorem=theorem, domain=theorem.domain)

    def bounded_below(self):
        """The names that the bounds make positive: t and f by 0 < t <= f."""
        found, known = set(), -1
        pairs = [(r.left, r.right, r.sign) if r.sign in ("<", "<=") else (r.right, r.left, r.sign) for b in self.bounds for r in b.relations if r.sign in COMPARED]
        while len(found) > known:
            known = len(found)
            for low, high, sign in pairs:
                above = isinstance(low, t.Number) and low.value >= 0 and (low.value > 0 or sign in ("<", ">")) or isinstance(low, t.Symbol) and key(low) in found
                found |= {key(high)} if above and isinstance(high, t.Symbol) else set()
        return found

    def always_positive(self, pairs):
        """The letters that are positive wherever both sides are defined, as a and b are in log(ab) = log a + log b."""
        nodes, instance, defined = [n for pair in pairs for n in pair], self.instances()[0], 0
        partial, variables = fallible(nodes), set().union(*map(s.variables, nodes))
        found = {str(v[0]) for v in variables} if partial else set()
        for seed in range(1, MANY_TRIES if found else 0):
            point, memo = again(instance, seed), {}
            try:
                for node in partial:
                    s.number(node, point.point, memo)
            except (ArithmeticError, ValueError):
                continue
            defined += 1
            found -= {str(v[0]) for v in variables if point.value(v) < 0}
        return found if defined > MANY_TRIES // 10 else set()

    # -- numbers --------------------------------------------------------------------------------------------------
    def compare(self, left, right, instance, letters, domain):
        """An Outcome 'differs' when the sides differ in numbers, else None; letters that must be positive join the domain."""
        seen = 0
        for point, assumed in self.points(left, right, instance, domain):
            memo = {}
            if self.bounds:  # at the point, so that cases and signs are those within the bounds
                left, right = spread(*self.values(point, letters))
            try:
                pairs = [(s.number(a, point.point, memo), s.number(b, point.point, memo)) for a, b in zip(left.entries, right.entries)]
            except (ArithmeticError, ValueError):
                continue
            seen += 1
            domain |= assumed
            if any(abs(a - b) > TOLERANCE * (1 + abs(a) + abs(b)) for a, b in pairs):
                return Outcome("differs", "", point, letters, left, right, domain=tuple(sorted(domain)))
            if seen == (2 if not self.view.by_sign else 6):
                return None
        if not seen:
            raise Unsettled("no values were found for which both sides are defined")
        return None

    def by_sign(self, instance, letters):
        """(Outcome 'differs' or None, pairs) of a claim that depends on signs: evaluated anew at points with other signs."""
        pairs = []
        wide = [(seed, positive, scale) for scale in SCALES for positive in ((), {"*"}) for seed in range(1, 4)]
        for seed, positive, scale in [(seed, (), 1) for seed in range(1, TRIES)] + wide:
            point, memo = again(instance, seed, positive, scale=scale), {}
            if not self.within(point):
                continue
            try:
                left, right = spread(*self.values(point, letters))
            except Unsettled:
                if scale == 1:
                    raise
                continue  # a power or an exponential beyond all bounds
            try:
                numbers = [(s.number(a, point.point, memo), s.number(b, point.point, memo)) for a, b in zip(left.entries, right.entries)]
            except (ArithmeticError, ValueError):
                continue
            if any(abs(a - b) > TOLERANCE * (1 + abs(a) + abs(b)) for a, b in numbers):
                return Outcome("differs", "", point, letters, left, right), pairs
            if instance.number < 2:
                pairs += [(a, b) for a, b in zip(left.entries, right.entries) if a is not b]
        return None, pairs

    def points(self, left, right, instance, domain):
        """Instances with other values within the bounds: any signs first, then positive letters, then small positive ones."""
        return (found for found in self.tried(left, right, instance, domain) if self.within(found[0]))

    def within(self, point):
        """Whether the values at a point keep the bounds, for every value of their indices; a bound without a value is not kept."""
        try:
            return all(COMPARED[r.sign](a, b) for bound in self.bounds for r in bound.relations for a, b in self.compared(r, point, {}))
        except (IllTyped, Unsettled, NeedIndex, ArithmeticError, ValueError):
            return False

    def compared(self, relation, point, letters):
        """The pairs of numbers that a relation compares at a point, one for each value of the indices that it leaves open."""
        scope = self.scope(point, letters)
        try:
            return [tuple(s.number(scope.number(side), point.point, {}) for side in (relation.left, relation.right))]
        except NeedIndex as need:
            if need.letter in letters:
                raise
            return [pair for index in scope.values_of(need.range) for pair in self.compared(relation, point, {**letters, need.letter: index})]

    def tried(self, left, right, instance, domain):
        """Instances with other values, whatever the bounds."""
        partial = fallible(left.entries + right.entries)
        names = {n[0] for v in (left, right) for e in v.entries for n in s.variables(e)}
        for seed in range(1, TRIES):
            yield again(instance, seed, domain), frozenset()
        needed = self.needed(partial, instance, names)
        for seed in range(1, TRIES):
            yield again(instance, seed, needed), frozenset(needed)
        for seed in range(1, TRIES):
            yield again(instance, seed, {"*"}, True), frozenset(str(n) for n in names if n != "label")

    @staticmethod
    def needed(partial, instance, names):
        """The letters that cannot be negative: those with which the nodes that are not defined everywhere stay undefined."""
        found = set(names)
        for name in sorted(map(str, names)):
            trial = found - {name}
            for seed in range(1, 5):
                point, memo = again(instance, seed, trial), {}
                try:
                    for node in partial:
                        s.number(node, point.point, memo)
                except (ArithmeticError, ValueError):
                    break
            else:
                found = trial
        return found

    def agree(self, left, right, instance):
        for seed in range(1, TRIES):
            for positive in (frozenset(), {"*"}):
                point, memo = again(instance, seed, positive), {}
                try:
                    return all(abs(s.number(a, point.point, memo) - s.number(b, point.point, memo)) < 1e-8 * (1 + abs(s.number(a, point.point, memo)))
                               for a, b in zip(left.entries, right.entries))
                except (ArithmeticError, ValueError):
                    continue
        return False

    # -- what it needed -------------------------------------------------------------------------------------------
    def hypotheses(self):
        """The standing hypotheses and conditions without which the claim fails."""
        names = self.closure()
        found = [h for h in STANDING if SPEAKS_OF[h] & names and self.fails_without(h)]
        for relation in self.conditions:
            if self.relevant(relation):
                rest = tuple(r for r in self.conditions if r is not relation)
                other = Claim(self.left, self.right, self.view, rest, self.denied)
                if other.quick() is False:
                    found.append(relation)
        return tuple(found)

    def closure(self, sides=None):
        """The names in the claim, or in one side, and in all definitions that it leads to."""
        found, waiting = set(), [n for side in sides or (self.left, self.right) for n in symbols(side)]
        while waiting:
            symbol = waiting.pop()
            if key(symbol) in found:
                continue
            found.add(key(symbol))
            entry = self.view.entry(symbol)
            if entry.body is not None:
                waiting += symbols(entry.body)
            found |= {entry.family} if entry.family else set()
            found |= {f"{entry.key}:{entry.first}"} if entry.first is not None else set()
            if entry.one_hot is not None:
                found.add("one-hot")
            if self.view.indices(entry):
                found.add("indices")
        return found

    def fails_without(self, hypothesis):
        self.budget = Budget(STEPS)
        return self.quick_at(broken(self.instances()[0], hypothesis)) is False

    def evaluates(self):
        """None when the left side has a value at the first instance, else the Outcome that says why not."""
        try:
            instance = self.instances()[0]
            for letters in self.choices(instance)[:1]:
                self.scope(instance, letters).value(self.left)
            return None
        except IllTyped as error:
            return Outcome("ill-typed", str(error))
        except (Unsettled, NeedIndex) as error:
            return Outcome("unsettled", str(error))
        except (OutOfBudget, ArithmeticError):
            return Outcome("unsettled", "too large to settle")

    def quick_fit(self):
        """'agrees', 'differs', 'misfit' (shapes) or '' at the first instance."""
        try:
            instance, self.budget = self.instances()[0], Budget(6_000)
            for letters in self.choices(instance)[:6]:
                left, right = self.values(instance, letters)
                if self.shapes(left, right, instance, letters) is not None:
                    return "misfit"
                left, right = spread(left, right)
                if self.compare(left, right, instance, letters, set()) is not None:
                    return "differs"
            return "agrees"
        except IllTyped:
            return "misfit"
        except (Unsettled, NeedIndex, OutOfBudget, ArithmeticError):
            return ""

    def quick(self):
        """True, False or None: whether the sides agree in numbers at the first instances."""
        answers = [self.quick_at(i) for i in self.instances()[:1]]
        return False if False in answers else True if True in answers else None

    def quick_at(self, instance):
        try:
            for letters in self.choices(instance):
                left, right = self.values(instance, letters)
                if self.shapes(left, right, instance, letters) is not None:
                    return False
                left, right = spread(left, right)
                if self.compare(left, right, instance, letters, set()) is not None:
                    return False
            return True
        except (IllTyped, Unsettled, NeedIndex, OutOfBudget, ArithmeticError):
            return None


def fallible(nodes):
    """The nodes of some graphs that are not defined everywhere: logarithms, and powers that are roots or divide."""
    return [n for n in s.together(nodes) if n.op == "log" or n.op == "pow" and (n.args[1] < 0 or n.args[1].denominator > 1)]


def bare(tree):
    while isinstance(tree, (t.Bracket, t.Transposed)):
        tree = tree.arg
    return tree


def spread(left, right):
    """A literal 0 beside a vector is a vector of zeros."""
    if left.shape == right.shape:
        return left, right
    if left.is_zero:
        return Value(right.shape, (s.ZERO,) * len(right.entries)), right
    return left, Value(left.shape, (s.ZERO,) * len(left.entries))


__all__ = ["Claim", "Outcome", "Index", "t"]
