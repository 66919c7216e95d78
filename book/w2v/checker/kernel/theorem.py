"""The one place where a proof is made: a Theorem exists only if every difference is exactly zero by normal form."""
from math import isclose
from random import Random
from types import MappingProxyType
from weakref import WeakSet

from .normal_form import Coarse, Normal
from .polynomials import Budget, NoNormalForm, OutOfBudget
from .scalars import Node, add, neg, number

_TOKEN = object()
_made = WeakSet()
COARSE = 60_000  # products of coefficients for the cheap attempt
SPREADS = ((0.1, 0.9, 0), (0.2, 2, 1), (0.5, 3, 0), (0.2, 2, 1), (0.01, 0.3, 1), (1, 20, 1), (1, 20, 0), (50, 200, 0))


class Refused(Exception):
    """No proof, and why."""


class Theorem:
    """A proof: the sizes tried (dicts), the hypotheses and the domain conditions in words, and the variables whose
    positivity was used. Only `prove` makes one; it cannot be made otherwise, copied, pickled or changed."""
    __slots__ = ("sizes", "hypotheses", "domain", "assumed", "__weakref__")

    def __new__(cls, *values, token=None, **named):
        if token is not _TOKEN:
            raise TypeError("a Theorem is made by prove(...) alone")
        theorem = super().__new__(cls)
        for name, value in zip(cls.__slots__, values):
            object.__setattr__(theorem, name, value)
        _made.add(theorem)
        return theorem

    def __init_subclass__(cls):
        raise TypeError("Theorem has no subclasses")

    def _no(self, *args):
        raise TypeError("a Theorem cannot be copied, pickled or changed")

    __setattr__ = __delattr__ = __reduce_ex__ = __reduce__ = __copy__ = __deepcopy__ = _no

    def __repr__(self):
        return f"Theorem(sizes={[dict(s) for s in self.sizes]}, hypotheses={self.hypotheses}, domain={self.domain})"


def genuine(theorem):
    """Whether `prove` made this very object."""
    return type(theorem) is Theorem and theorem in _made


def prove(pairs, budget, positive=lambda name: False, hypotheses=(), domain=(), sizes=()):
    """A Theorem that left = right for every pair of nodes, wherever both sides are defined and the variables that
    `positive` names are positive. Raises Refused, NoNormalForm or OutOfBudget."""
    pairs = [tuple(pair) for pair in pairs]
    if not pairs:
        raise Refused("no instance in which the hypotheses hold")
    hypotheses, domain, sizes = _words(hypotheses), _words(domain), tuple(MappingProxyType(dict(s)) for s in sizes)
    coarse = Coarse(Budget(COARSE), positive)
    normal, tables = Normal(budget, positive), [(_point(seed, positive), {}) for seed in range(5 * len(SPREADS))]
    for left, right in pairs:
        if not isinstance(left, Node) or not isinstance(right, Node):
            raise TypeError("a pair holds two nodes")
        try:
            difference = add(left, neg(right))
            if not vanishes(coarse, difference) and not normal.is_zero(difference):
                raise Refused("the two sides differ")
        except ZeroDivisionError as error:
            raise Refused(str(error)) from None
        _compare(left, right, tables)
    return Theorem(sizes, hypotheses, domain, frozenset(normal.assumed | coarse.assumed), token=_TOKEN)


def vanishes(coarse, node):
    """Whether the cheap normal form is 0; False when it is not, or is too large."""
    try:
        return coarse.is_zero(node)
    except (NoNormalForm, OutOfBudget, ZeroDivisionError):
        return False


def _words(words):
    words = tuple(words) if not isinstance(words, str) else None
    if words is None or not all(isinstance(w, str) for w in words):
        raise TypeError("hypotheses and domain conditions are sequences of strings")
    return words


def _compare(left, right, tables):
    """The second opinion: numbers. Refuses sides that are defined nowhere, or that differ at most points."""
    agreed = []
    for point, memo in tables:
        try:
            a, b = number(left, point, memo), number(right, point, memo)
        except (ArithmeticError, ValueError):
            continue
        agreed.append(isclose(a, b, rel_tol=1e-4, abs_tol=1e-4))
        if len(agreed) == 4:
            break
    if not agreed:
        raise Refused("no point was found at which both sides are defined")
    if 2 * sum(agreed) < len(agreed):
        raise Refused("the two sides differ in numbers")


def _point(seed, positive):
    low, high, signed = SPREADS[seed % len(SPREADS)]

    def value(name):
        random = Random(repr((seed, name)))
        size = random.uniform(low, high)
        free = isinstance(name, tuple) and name[:1] == ("fun",) or not positive(name)
        return -size if signed and free and random.random() < 0.5 else size
    return value
