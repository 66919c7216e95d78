"""Statements of the chapter on the second derivative: T35 to T37."""

import numpy as np
import sympy as sp

from w2v.checks.symbolic.case import Case, gradient
from w2v.checks.symbolic.losses import naive_softmax, soft_label
from w2v.checks.symbolic.results.registry import Agrees, Exact, Numerical, result
from w2v.losses.pair import naive_softmax_gradients
from w2v.losses.second_derivative import naive_softmax_hessian, naive_softmax_hessian_times

SMALL = (Case(2, 3, o=1), Case(3, 2, o=1))
LINES = (Case(3, 1, o=1), Case(3, 2, o=1))  # second derivatives are long: larger ones take minutes


def _hessian(loss, v_c):
    return gradient(loss, v_c).jacobian(v_c)


def _covariance(case):
    return case.U * (sp.diag(*case.y_hat) - case.y_hat * case.y_hat.T) * case.U.T


def _direction(case):
    """A direction a, D x 1, with symbols for its entries, and the same in numbers."""
    return sp.Matrix(sp.symbols(f"a1:{case.D + 1}", real=True)), np.linspace(-0.7, 1.1, case.D)


def _along(case, a):
    """(t, y_hat at v_c + t a): the prediction along a straight line."""
    t = sp.Symbol("t", real=True)
    weights = (case.U.T * (case.v_c + t * a)).applyfunc(sp.exp)
    return t, weights / sum(weights)


@result("T35", "naive softmax: the second derivative is the covariance of the outside vectors", SMALL)
def covariance(case):
    derived, claim, (a, number) = _hessian(naive_softmax(case), case.v_c), _covariance(case), _direction(case)
    mean = case.U * case.y_hat
    centered = [case.u(w) - mean for w in range(case.V)]
    yield Exact("columns: d2J/dv_c2 = U (diag(y_hat) - y_hat y_hat^T) U^T", derived, claim)
    rows = case.U_rows.T * (sp.diag(*case.y_hat) - case.y_hat * case.y_hat.T) * case.U_rows
    yield Exact("rows: d2J/dv_c2 = U^T (diag(y_hat) - y_hat y_hat^T) U", derived, rows)
    spread = sum((p * x * x.T for p, x in zip(case.y_hat, centered)), sp.zeros(case.D, case.D))
    yield Exact("it is sum_w y_hat_w (u_w - U y_hat)(u_w - U y_hat)^T", derived, spread)
    variance = sum(p * (a.T * x)[0] ** 2 for p, x in zip(case.y_hat, centered))
    yield Exact("a^T d2J/dv_c2 a is the variance of a^T u_w", (a.T * derived * a)[0], variance)
    yield Exact("soft labels: the same second derivative", _hessian(soft_label(case), case.v_c), claim)
    yield Agrees("naive_softmax_hessian", claim, lambda n: naive_softmax_hessian(n.v_c, n.U))
    product = claim * sp.Matrix(number)
    yield Agrees("naive_softmax_hessian_times", product, lambda n: naive_softmax_hessian_times(n.v_c, n.U, number))
    yield _gradient_as_a_loss(number)


def _gradient_as_a_loss(a):
    """a^T dJ/dv_c is a number, and its gradient is the Hessian times a."""

    def slope_along_a(v_c, o, U):
        return float(a @ naive_softmax_gradients(v_c, o, U)[0])

    def hessian_times_a(v_c, o, U):
        return (naive_softmax_hessian(v_c, U) @ a,)

    return Numerical(slope_along_a, hessian_times_a, lambda n: (n.v_c, n.o, n.U), wrt=("v_c",))


@result("T36", "naive softmax: when the loss has a minimum in the center vector", LINES)
def existence(case):
    a, _ = _direction(case)
    t, y_hat = _along(case, a)
    line = naive_softmax(case).subs(dict(zip(case.v_c, case.v_c + t * a)), simultaneous=True)
    slope = sum(y_hat[w] * (a.T * (case.u(w) - case.u(case.o)))[0] for w in range(case.V))
    yield Exact("dJ(v_c + t a)/dt = sum_w y_hat_w a^T (u_w - u_o), y_hat at v_c + t a", sp.diff(line, t), slope)
    scores = [(a.T * case.u(w))[0] for w in range(case.V)]
    mean = sum(p * s for p, s in zip(y_hat, scores))
    variance = sum(p * (s - mean) ** 2 for p, s in zip(y_hat, scores))
    yield Exact("d2J(v_c + t a)/dt2 is the variance of a^T u_w, y_hat at v_c + t a", sp.diff(line, t, 2), variance)
    zero = gradient(naive_softmax(case), case.v_c) - (case.U * case.y_hat - case.u(case.o))
    yield Exact("dJ/dv_c = 0 where U y_hat = u_o", zero, sp.zeros(case.D, 1))


@result("T37", "naive softmax: a small step brings the expected vector closer to the observed one", SMALL)
def closer(case):
    g = gradient(naive_softmax(case), case.v_c)
    hessian = _covariance(case)
    yield Exact(
        "d(1/2 |g|^2)/dv_c = (d2J/dv_c2) g, with g = dJ/dv_c", gradient((g.T * g)[0] / 2, case.v_c), hessian * g
    )
    eta = sp.Symbol("eta", real=True)
    moved = dict(zip(case.v_c, case.v_c - eta * g))
    at_zero = lambda expression: sp.diff(expression.subs(moved, simultaneous=True), eta).subs(eta, 0)
    slope = at_zero((g.T * g)[0] / 2)
    yield Exact("d(1/2 |g(v_c - eta g)|^2)/d eta = -g^T (d2J/dv_c2) g at eta = 0", slope, -(g.T * hessian * g)[0])
