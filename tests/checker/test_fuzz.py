"""Random trees: printing and reading again must keep the value, and the exact test must agree with the numbers."""
from fractions import Fraction

from hypothesis import given, settings, strategies as st

from w2v.checker import scalars as s
from w2v.checker.constructs import read_text
from w2v.checker.evaluate import Scope
from w2v.checker.exact import Normal, NoNormalForm
from w2v.checker.facts import Facts
from w2v.checker.instance import INSTANCES
from w2v.checker.printing import latex
from w2v.checker.tree import (Apply, Derivative, Minus, Number, Plus, Power, Quotient, Sum, Symbol, Times, Transposed)

X, O, C = Symbol("x"), Symbol("o"), Symbol("c")
SCORE = Times((Transposed(Symbol("u", (), (O,))), Symbol("v", (), (C,))), ("",))
LEAVES = (X, SCORE, Symbol("y", ("hat",), (O,)), Symbol("K"), Number(Fraction(2)), Number(Fraction(1, 3)))
ONE, THREE, W = Number(Fraction(1)), Number(Fraction(3)), Symbol("w")
PAIRS = (lambda a, b: Plus((a, b)), lambda a, b: Plus((a, Minus(b))), lambda a, b: Times((a, b), ("",)),
         lambda a, b: Times((a, b), ("dot",)))
SINGLE = (Minus, lambda t: Apply("sigma", (t,)), lambda t: Apply("exp", (Minus(Apply("sigma", (t,))),)),
          lambda t: Quotient(t, Plus((ONE, Apply("exp", (X,))))), lambda t: Power(t, Number(Fraction(2))),
          lambda t: Derivative(X, t), lambda t: Derivative(X, t, "operator"),
          lambda t: Sum(("w",), ("words",), (), Times((Symbol("y", ("hat",), (W,)), t), ("",))),
          lambda t: Apply("log", (Plus((THREE, Apply("sigma", (t,)))),)))


@st.composite
def trees(draw, depth=4):
    """A random tree: a leaf, or one of the constructions above around smaller trees."""
    kind = draw(st.integers(0, 2)) if depth else 0
    if kind == 0:
        return LEAVES[draw(st.integers(0, len(LEAVES) - 1))]
    if kind == 1:
        return SINGLE[draw(st.integers(0, len(SINGLE) - 1))](draw(trees(depth - 1)))
    return PAIRS[draw(st.integers(0, len(PAIRS) - 1))](draw(trees(depth - 1)), draw(trees(depth - 2 if depth > 1 else 0)))


TREES = trees()


def value(tree):
    s.forget_nodes()
    return Scope(INSTANCES[0], Facts()).value(tree).node


def number(node):
    return s.number(node, INSTANCES[0].value, {})


@given(TREES)
@settings(max_examples=150, deadline=None)
def test_printed_trees_read_back_with_the_same_value(tree):
    try:
        before = number(value(tree))
    except OverflowError:
        return
    again = read_text(latex(tree))
    assert abs(number(value(again)) - before) <= 1e-9 * (1 + abs(before)), latex(tree)


@given(TREES, st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_the_exact_test_agrees_with_the_numbers(tree, n):
    a = value(tree)
    same = s.add(s.mul(s.num(n), a), s.mul(s.num(-n), a))
    other = s.add(same, s.num(Fraction(1, 7)))
    try:
        assert Normal().is_zero(same)
        assert not Normal().is_zero(other)
    except (NoNormalForm, ZeroDivisionError):
        pass


@given(TREES)
@settings(max_examples=40, deadline=None)
def test_derivatives_agree_with_differences(tree):
    node, name = value(tree), ("free", "x")
    point, h = dict(INSTANCES[0].cache), 1e-6
    at = lambda shift: s.number(node, lambda n: float(INSTANCES[0].value(n)) + (shift if n == name else 0), {})
    try:
        numeric, exact = (at(h) - at(-h)) / (2 * h), number(s.slope(node, name))
    except OverflowError:
        return
    if abs(at(0)) < 1e4 and abs(exact) < 1e4:
        assert abs(numeric - exact) <= 1e-4 * (1 + abs(exact))
