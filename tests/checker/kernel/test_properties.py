"""Random graphs: is_zero against numbers and against SymPy, slopes against SymPy, the count of steps."""
import random
from fractions import Fraction

import sympy
from hypothesis import given, settings, strategies as st

import graphs
from w2v.checker.kernel import scalars as s
from w2v.checker.kernel.normal_form import Normal
from w2v.checker.kernel.polynomials import Budget, NoNormalForm, OutOfBudget

SEEDS = st.integers(0, 2 ** 32).map(lambda seed: random.Random(seed).randrange)
QUICK = settings(max_examples=60, deadline=None)


def symbolic(node, memo):
    """The same expression in SymPy (rational functions, exponentials and logarithms only)."""
    if node.key not in memo:
        inner = [symbolic(a, memo) for a in node.children]
        memo[node.key] = {
            "num": lambda: sympy.Rational(node.args[0].numerator, node.args[0].denominator),
            "var": lambda: sympy.Symbol(node.args[0], positive=node.args[0] in graphs.POSITIVE or None, real=True),
            "add": lambda: sympy.Add(*inner), "mul": lambda: sympy.Mul(*inner), "exp": lambda: sympy.exp(inner[0]),
            "pow": lambda: inner[0] ** sympy.Rational(node.args[1].numerator, node.args[1].denominator),
            "log": lambda: sympy.log(inner[0])}[node.op]()
    return memo[node.key]


def rational(draw, depth):
    """A random rational function of x, y, p, q."""
    kind = draw(7) if depth else draw(2)
    if kind < 2:
        return s.var("xypq"[draw(4)]) if kind else s.num(Fraction(draw(9) - 4, 1 + draw(3)))
    one, two = rational(draw, depth - 1), rational(draw, depth - 1)
    if kind == 6:
        return one if one.op == "num" else s.power(one, (-2, -1, 2)[draw(3)])
    return s.add(one, two) if kind < 4 else s.mul(one, two)


@given(SEEDS)
@QUICK
def test_rational_functions_are_decided_as_by_sympy(draw):
    left = rational(draw, 4)
    right = graphs.rewritten(s, left, draw) if draw(2) else s.add(left, s.mul(rational(draw, 2), s.num(draw(2))))
    node = s.add(left, s.neg(right))
    if any(n.op in ("log", "exp", "fun") or n.op == "pow" and n.args[1].denominator > 1 for n in graphs.places(node)):
        return
    want = sympy.cancel(sympy.together(symbolic(node, {})))
    try:
        got = Normal(Budget(10 ** 5)).is_zero(node)
    except ZeroDivisionError:
        assert want in (sympy.nan, sympy.zoo) or want.has(sympy.zoo)
    else:
        assert got == (want == 0), (left, right, want)


@given(SEEDS)
@QUICK
def test_zero_means_zero_at_every_point(draw):
    try:
        left = right = graphs.graph(s, draw, 4)
        for _ in range(1 + draw(3)):
            right = graphs.rewritten(s, right, draw)
        node = s.add(left, s.neg(right))
        answer = Normal(Budget(10 ** 5), lambda n: n in graphs.POSITIVE).is_zero(node)
    except (NoNormalForm, OutOfBudget, ZeroDivisionError, OverflowError):
        return
    assert not answer or all(z is not False for z in (graphs.zero_at(node, p) for p in graphs.points(draw))), (left, right)


@given(SEEDS)
@QUICK
def test_slopes_agree_with_sympy(draw):
    try:
        node = graphs.graph(s, draw, 3)
        slope = s.slope(node, "x")
    except (ZeroDivisionError, OverflowError):
        return
    if any(n.op == "fun" for n in graphs.places(node)):
        return
    derivative = sympy.diff(symbolic(node, {}), sympy.Symbol("x", real=True))
    for point in graphs.points(draw, 3):
        try:
            got = graphs.value(slope, point)
            graphs.value(node, point)
        except (ArithmeticError, ValueError):
            continue
        want = derivative.evalf(30, subs={sympy.Symbol(n, positive=n in graphs.POSITIVE or None, real=True): v for n, v in point.items()})
        if want.is_number and want.is_real:
            assert abs(float(want) - float(got)) <= 1e-9 * (1 + abs(float(got))), (node, point)


@given(SEEDS)
@QUICK
def test_the_count_of_steps_is_repeatable(draw):
    try:
        node = graphs.graph(s, draw, 4)
    except (ZeroDivisionError, OverflowError):
        return

    def outcome(steps):
        budget = Budget(steps)
        try:
            return Normal(budget).is_zero(node), budget.left
        except (NoNormalForm, OutOfBudget, ZeroDivisionError) as error:
            return type(error), budget.left

    full = outcome(10 ** 5)
    assert full == outcome(10 ** 5)
    used = 10 ** 5 - full[1]
    if full[0] is not OutOfBudget and used:
        assert outcome(used)[0] == full[0] and outcome(used - 1)[0] is OutOfBudget
