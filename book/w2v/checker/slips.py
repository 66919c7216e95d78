"""Known slips: small rewritings of a refuted step; one that is itself proved names the slip and gives the repair."""
from fractions import Fraction
from itertools import islice

from .decide import Step
from .instance import SMALL
from .printing import latex
from .names import NeedIndex
from .tree import (Apply, Derivative, Minus, Number, Plus, Relation, Sum, Symbol, Times, Transposed, children,
                   rebuild, walk)
from .values import IllTyped, Unsettled

LIMIT = 400      # candidates tried on each side
ONE = Number(Fraction(1))


def suggestion(item, step, judge):
    """{'name', 'side', 'latex'} of the first repair that is proved, or None."""
    for side, tree, other in (("right", item.right, item.left), ("left", item.left, item.right)):
        quick = Quick(other, tree, step, item.conditions)
        for name, candidate in islice(candidates(tree), LIMIT):
            if candidate in (tree, other) or not quick.agrees(candidate):
                continue
            pair = (other, candidate) if side == "right" else (candidate, other)
            if Step(*pair, step.facts, item.conditions, **step.reading).decide().status == "holds":
                return {"name": name, "side": side, "latex": latex(candidate)}
    return None


class Quick:
    """Compares candidates with the unchanged side at one small instance; that side is evaluated only once."""

    def __init__(self, other, tree, step, conditions):
        self.step = Step(other, tree, step.facts, conditions, **step.reading)
        self.memo = {}
        try:
            self.bindings = self.step.admitted(SMALL)
            self.values = [self.step.scope(SMALL, b).value(other) for b in self.bindings]
        except (IllTyped, Unsettled, NeedIndex, ArithmeticError, ValueError):
            self.bindings = self.values = []

    def agrees(self, candidate):
        """Whether candidate equals the other side in shape and value for every index."""
        try:
            return bool(self.bindings) and all(self.equal(candidate, b, v) for b, v in zip(self.bindings, self.values))
        except (IllTyped, Unsettled, NeedIndex, ArithmeticError, ValueError):
            return False

    def equal(self, candidate, binding, value):
        found = self.step.scope(SMALL, binding).value(candidate)
        return found.shape == value.shape and not self.step.differs(value, found, SMALL, self.memo)


def candidates(tree):
    """(slip name, repaired tree): whole-side slips first, then one place at a time."""
    yield "sign", Minus(tree)
    yield "transposed side", Transposed(tree)
    places = list(paths(tree))
    for name, rule in RULES:
        for path in places:
            for changed in rule(at(tree, path), tree):
                yield name, put(tree, path, changed)


def paths(tree, path=()):
    """Paths to every node below tree, outermost first."""
    yield path
    for n, child in enumerate(children(tree)):
        if not isinstance(tree, Relation):
            yield from paths(child, path + (n,))


def at(tree, path):
    for n in path:
        tree = list(children(tree))[n]
    return tree


def put(tree, path, new):
    """tree with the node at path replaced."""
    if not path:
        return new
    count = iter(range(10_000))
    return rebuild(tree, lambda child: put(child, path[1:], new) if next(count) == path[0] else child)


# -- one rule for each kind of slip: node, whole side -> replacements of the node ----------------------------------
def sign_of_a_term(node, whole):
    if isinstance(node, Plus):
        for n, term in enumerate(node.terms):
            flipped = term.arg if isinstance(term, Minus) else Minus(term)
            yield Plus(node.terms[:n] + (flipped,) + node.terms[n + 1:])
    elif isinstance(node, Minus):
        yield node.arg
    elif isinstance(node, Apply) and node.function in ("sigma", "exp"):
        inner = node.args[0]
        yield Apply(node.function, (inner.arg if isinstance(inner, Minus) else Minus(inner),), node.primes)


def lost_transpose(node, whole):
    if isinstance(node, Transposed):
        yield node.arg
    elif isinstance(node, Symbol) and not node.label:
        yield Transposed(node)
    elif isinstance(node, Plus):
        yield Transposed(node)
    if isinstance(node, Times) and len(node.factors) == 2:
        a, b = node.factors
        yield Times((b, a), node.signs)
        yield Times((b, Transposed(a)), node.signs)
        yield Times((Transposed(b), a), node.signs)
        yield Times((Transposed(a) if not isinstance(a, Transposed) else a.arg, b.arg if isinstance(b, Transposed) else Transposed(b)), node.signs)


def lost_function(node, whole):
    if isinstance(node, Times) and any(isinstance(f, Transposed) for f in node.factors):
        yield Apply("exp", (node,))
    if isinstance(node, Sum):
        yield Apply("log", (node,))
    if isinstance(node, Symbol) and "hat" in node.accents:
        yield Apply("log", (node,))
    if isinstance(node, Apply) and node.function in ("log", "exp") and len(node.args) == 1:
        yield node.args[0]


def chain_rule_twice(node, whole):
    if isinstance(node, Derivative) and isinstance(node.body, Apply) and node.body.function in ("sigma", "log", "exp"):
        yield Derivative(node.variable, node.body.args[0], node.style)
    if isinstance(node, Times):
        for n in range(len(node.factors)):
            if len(node.factors) > 1:
                yield shorten(node, n)


def shorten(node, n):
    factors = node.factors[:n] + node.factors[n + 1:]
    signs = (node.signs[:n] + node.signs[n + 1:]) if n < len(node.signs) else node.signs[:-1]
    return factors[0] if len(factors) == 1 else Times(factors, signs)


def missing_factor(node, whole):
    if isinstance(node, Apply) and node.function == "sigma" and not node.primes:
        yield Plus((ONE, Minus(node)))
        yield Times((node, Plus((ONE, Minus(node)))), ("",))


def sum_and_single_term(node, whole):
    if isinstance(node, Sum):
        yield node.body
        if node.conditions:
            yield Sum(node.letters, node.domain, (), node.body, node.kind)


def index_not_renamed(node, whole):
    if not isinstance(node, Symbol) or not node.subs:
        return
    letters = {s for n in walk(whole) if isinstance(n, Symbol) for s in n.subs if isinstance(s, Symbol) and not s.subs}
    letters |= {Symbol(name) for n in walk(whole) if isinstance(n, Sum) for name in n.letters if len(name) == 1}
    for letter in sorted(letters | {Symbol("o"), Symbol("w")}, key=repr):
        if node.subs[0] != letter:
            yield Symbol(node.base, node.accents, (letter,) + node.subs[1:], node.label, node.bold)


def forgotten_label(node, whole):
    if isinstance(node, Symbol) and node.base == "y" and "hat" in node.accents:
        plain = Symbol("y", (), node.subs, "", node.bold)
        yield Plus((node, Minus(plain)))
    if isinstance(node, Plus) and len(node.terms) == 2 and node.terms[1] == Minus(ONE):
        head = node.terms[0]
        if isinstance(head, Symbol) and head.subs:
            yield Plus((head, Minus(Symbol("y", (), head.subs, "", head.bold))))


def missing_index(node, whole):
    if isinstance(node, Symbol) and node.base == "y" and not node.subs:
        for letter in ("o", "w", "0"):
            index = Number(Fraction(0)) if letter == "0" else Symbol(letter)
            yield Symbol(node.base, node.accents, (index,), node.label, node.bold)


def vectors_swapped(node, whole):
    if isinstance(node, Symbol) and node.base in "uv" and node.subs:
        yield Symbol("v" if node.base == "u" else "u", node.accents, (Symbol("c"),) if node.base == "u" else node.subs, "", node.bold)


def missing_vector(node, whole):
    if isinstance(node, Plus):
        for n, term in enumerate(node.terms):
            for extra in (Symbol("v", (), (Symbol("c"),)), Symbol("u", (), (Symbol("o"),))):
                if isinstance(term, (Number, Minus)) and isinstance(getattr(term, "arg", term), Number):
                    changed = Minus(extra) if isinstance(term, Minus) else extra
                    yield Plus(node.terms[:n] + (changed,) + node.terms[n + 1:])


RULES = (("sign", sign_of_a_term), ("transpose lost or superfluous", lost_transpose), ("function symbol lost or superfluous", lost_function),
         ("chain-rule factor counted twice", chain_rule_twice), ("factor of the sigmoid derivative lost", missing_factor),
         ("sum in place of a single term", sum_and_single_term), ("formula of the case w = o, or y forgotten", forgotten_label),
         ("index not renamed or out of date", index_not_renamed), ("index missing", missing_index),
         ("center and outside vector exchanged", vectors_swapped), ("vector lost", missing_vector))
