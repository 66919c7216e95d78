"""The likely slip behind a wrong line: a tree with one token changed, with which the line is proved.

Candidates come in a fixed order (`slip_rules.TIERS`, the right side before the left). They are sifted by numbers at one instance, at
which the unchanged side is evaluated only once; what passes must be proved by `Claim.decide`, or it is not shown.
"""

from dataclasses import dataclass, field, replace

from ..kernel import scalars as s
from ..kernel.indices import NeedIndex
from ..kernel.instances import again
from ..kernel.polynomials import Budget, OutOfBudget
from ..kernel.scope import Scope
from ..kernel.values import IllTyped, Unsettled
from ..meaning.names import stripped
from ..reading import tree as t
from .decide import Claim
from .slip_rules import IDLE, TIERS, Place, places, put, stock

WORK = 60_000  # evaluations of nodes, of trees and of scalar graphs, for all candidates of one line
SLOPE, ELIMINATION = 300, 20  # what a derivative counts: by a free quantity; by one that the text defines, for each node of the result
LETTERS = 6  # choices of the free letters at which candidates are sifted; the proof is for all
PROOFS = 4  # candidates that agree in numbers and may be tried by the kernel
SEEDS = 4
ERRORS = (IllTyped, Unsettled, NeedIndex, ArithmeticError, ValueError, KeyError)


def suggestion(claim, outcome):
    """{'name', 'side', 'latex'} of the first repair that is proved, or None."""
    found = repair(claim, outcome)
    if found is None:
        return None
    from ..reading.latex import latex

    name, side, tree = found
    return {"name": name, "side": side, "latex": latex(printable(tree))}


def repair(claim, outcome):
    """(name of the slip, 'right' or 'left', the repaired side) or None."""
    budget, proofs = Budget(WORK), PROOFS
    view = with_ranges(claim)
    claim = Claim(applied(claim.left, view), applied(claim.right, view), view, claim.conditions, claim.denied)
    sieves = {}
    try:
        for name, side, candidate in candidates(claim, sieves, outcome, budget):
            if not sieves[side].passes(candidate) or same(candidate, claim.left if side == "right" else claim.right):
                continue
            pair = (claim.left, candidate) if side == "right" else (candidate, claim.right)
            if Claim(*pair, claim.view, claim.conditions, claim.denied).decide().status == "holds":
                return name, side, candidate
            proofs -= 1
            if not proofs:
                return None
    except OutOfBudget:
        return None
    return None


class Ranges(dict):
    """The ranges of sums without printed bounds; a sum that a repair has changed keeps the range of its letter."""

    letters = {}

    def get(self, place, default=None):
        found = super().get(place)
        return self.letters.get(place[1], default) if found is None else found


def with_ranges(claim):
    """The view of a claim, in which changed sums run over what their letters run over in this line, or in the text."""
    world = claim.view.world
    ranges = Ranges(world.binders)
    here = {n for side in (claim.left, claim.right) for n in t.walk(side) if isinstance(n, t.Sum)}
    own = {(tree, name): r for (tree, name), r in world.binders.items() if tree in here}
    ranges.letters = {name: r for found in (world.binders, world.letters, own) for name, r in named(found).items()}
    return replace(claim.view, world=replace(world, binders=ranges), cache=dict(claim.view.cache))


def named(ranges):
    return {place[1] if isinstance(place, tuple) else place: r for place, r in ranges.items()}


def applied(tree, view):
    """tree with its calls as calls: a letter before a bracket is a function or a factor by its meaning."""
    tree = t.rebuild(tree, lambda child: applied(child, view))
    return view.with_calls(tree, view) if isinstance(tree, t.Times) else tree


def printable(tree):
    """tree with its calls printed with brackets, f(x), as reading has them, and a letter of its own chain as it stands in the text."""
    if isinstance(tree, t.Symbol) and tree.label.startswith("~"):
        return replace(tree, label="")
    tree = t.rebuild(tree, printable)
    if isinstance(tree, t.Apply) and isinstance(tree.function, t.Symbol) and len(tree.args) == 1 and tree == t.Apply(tree.function, tree.args):
        return t.Times((tree.function, tree.args[0] if isinstance(tree.args[0], t.Bracket) else t.Bracket(tree.args[0])), ("()",))
    if not isinstance(tree, t.Times):
        return tree
    factors, signs = [], []
    for factor, sign in zip(tree.factors, ("", *tree.signs)):
        parts = factor if isinstance(factor, t.Times) and factor.signs == ("()",) else t.Times((factor,), ())
        signs += [sign] * bool(factors) + list(parts.signs)
        factors += parts.factors
    return t.Times(tuple(factors), tuple(signs))


def candidates(claim, sieves, outcome, budget):
    """(name, side, tree), each tree once."""
    line, seen = stock(claim), set()
    sides = {"right": claim.right, "left": claim.left}
    for tier in TIERS:
        for side, tree in sides.items():
            other = sides["left" if side == "right" else "right"]
            if side not in sieves:
                sieves[side] = Sieve(claim, other, tree, outcome, budget)
            if not sieves[side].points:
                continue
            spots = list(places(tree))
            for name, rule in tier:
                if sieves[side].zero and rule not in IDLE:
                    continue
                yield from changed(side, tree, spots, name, lambda p, rule=rule: rule(p, line), seen)


def changed(side, tree, spots, name, rule, seen):
    for p in spots:
        for new in rule(p):
            new, called = new if isinstance(new, tuple) else (new, name)
            candidate = put(tree, p.path, new)
            if candidate == tree or (side, candidate) in seen:
                continue
            seen.add((side, candidate))
            yield called, side, candidate


def same(a, b):
    return bare(a) == bare(b)


def bare(tree):
    """tree without its brackets, and without what they tell about a product."""
    tree = t.rebuild(stripped(tree), bare)
    return replace(tree, signs=tuple("" if x == "()" else x for x in tree.signs)) if isinstance(tree, t.Times) else tree


@dataclass(frozen=True)
class Remembering(Scope):
    """A Scope that evaluates the places that a change leaves alone only once: `known` holds their ids."""

    known: frozenset = frozenset()
    table: dict = field(default_factory=dict)

    def value(self, tree):
        if self.depth or self.over or id(tree) not in self.known:
            return self.fresh(tree)
        name = (id(tree), tuple(sorted((k, i.value, i.kind) for k, i in self.letters.items())))
        if name not in self.table:
            self.table[name] = self.fresh(tree)
        return self.table[name]

    def fresh(self, tree):
        found = Scope.value(self, tree)
        if isinstance(tree, t.Derivative) and not self.depth:
            kinds = [self.meaning.entry(n).kind for v in tree.variables for n in t.walk(v) if isinstance(n, t.Symbol)]
            size = sum(1 for e in found.entries for _ in s.below(e)) if "definition" in kinds else 0
            self.budget.spend(SLOPE + ELIMINATION * size)
        return found


class Sieve:
    """Lets through what agrees with the unchanged side at one instance, for every value of the free letters."""

    def __init__(self, claim, other, tree, outcome, budget):
        self.claim, self.other, self.budget = claim, other, budget
        self.points, self.memo, self.zero = [], {}, False
        self.known = frozenset(id(n) for n in t.walk(tree) if not isinstance(n, (t.Symbol, t.Number)))
        try:
            self.set_up(outcome, tree)
        except ERRORS:
            self.points = []

    def set_up(self, outcome, tree):
        claim = self.claim
        instance = outcome.instance or claim.instances()[0]
        letters = self.letters(instance, tree)
        letters.sort(key=lambda choice: choice != outcome.letters)
        values = [self.value(instance, choice, self.other) for choice in letters[:LETTERS]]
        for point in (instance, *(again(instance, n) for n in range(1, SEEDS)), *(again(instance, n, {"*"}, n > 1) for n in range(1, SEEDS))):
            try:
                self.memo = {}
                self.points = [(scope, value, self.numbers(value, point)) for scope, value in values]
                self.instance = point
                self.zero = all(abs(n) < 1e-9 for _, _, ns in self.points for n in ns)
                return
            except (ArithmeticError, ValueError):
                self.points = []

    def letters(self, instance, tree):
        """The assignments of the letters that are free on either side."""
        claim = self.claim
        probe = Claim(claim.left, claim.right, claim.view, claim.conditions, claim.denied)
        for side in (self.other, tree):
            single = Claim(side, side, claim.view, claim.conditions, claim.denied)
            single.choices(instance)
            probe.free.update(single.free)
        return [c for c in probe.assignments(instance) if probe.allowed(instance, c)]

    def value(self, instance, letters, tree):
        scope = Remembering(instance, self.claim.view, free=letters, budget=self.budget, memo={}, known=self.known)
        return scope, Scope(instance, self.claim.view, free=letters, budget=Budget(WORK), memo={}).value(tree)

    def numbers(self, value, point):
        before = len(self.memo)
        found = [s.number(e, point.point, self.memo) for e in value.entries]
        self.budget.spend(max(0, len(self.memo) - before))
        return found

    def passes(self, candidate):
        """Whether a candidate agrees with the unchanged side in shape and in numbers."""
        return all(self.agrees(candidate, *point) for point in self.points)

    def agrees(self, candidate, scope, value, numbers):
        try:
            found = scope.value(candidate)
            if found.shape != value.shape:
                if not (found.is_zero or value.is_zero):
                    return False
                numbers = numbers if value.shape else numbers * len(found.entries)
                mine = self.numbers(found, self.instance)
                mine = mine if found.shape else mine * len(numbers)
            else:
                mine = self.numbers(found, self.instance)
        except OutOfBudget:
            raise
        except ERRORS:
            return False
        return all(abs(a - b) <= 1e-8 * (1 + abs(a) + abs(b)) for a, b in zip(numbers, mine))


__all__ = ["suggestion", "repair", "candidates", "Place"]
