"""Statements of the chapter on the sigmoid: T14 to T17."""

import numpy as np
import sympy as sp

from w2v.checks.symbolic.losses import sigma
from w2v.checks.symbolic.results.registry import Agrees, Case, Exact, Numerical, result
from w2v.losses.functions import log_sigmoid, sigmoid, sigmoid_derivative, sigmoid_jacobian

x = sp.Symbol("x", real=True)
positive = sp.Symbol("x", positive=True)
VECTOR_CASES = (Case(3, 2, o=1), Case(5, 3, o=2))


def _at_score(function):
    """`function` of one number, as a NumPy side that takes the first score of the case."""
    return lambda numbers: function(numbers.scores[0])


@result("T14", "derivative of the sigmoid", cases=VECTOR_CASES)
def derivative(case):
    slope = sp.diff(sigma(x), x)
    yield Exact("sigma'(x) = exp(-x) / (1 + exp(-x))^2", slope, sp.exp(-x) / (1 + sp.exp(-x)) ** 2)
    yield Exact("sigma'(x) = sigma(x) (1 - sigma(x))", slope, sigma(x) * (1 - sigma(x)))
    yield Agrees("sigmoid", sigma(case.scores[0]), _at_score(sigmoid))
    yield Agrees("sigmoid_derivative", slope.subs(x, case.scores[0]), _at_score(sigmoid_derivative))
    yield Numerical(sum_of_sigmoids, sum_of_sigmoids_gradient, lambda n: (n.scores,), wrt=("x",))


@result("T15", "Jacobian of the entrywise sigmoid", cases=VECTOR_CASES)
def jacobian(case):
    entries = sp.Matrix(sp.symbols(f"x1:{case.V + 1}", real=True))
    values = entries.applyfunc(sigma)
    derived = values.jacobian(entries)
    product = values.multiply_elementwise(sp.ones(case.V, 1) - values)
    slopes = [sp.diff(sigma(x), x).subs(x, entry) for entry in entries]
    yield Exact("d sigma(x)/dx = diag(sigma'(x))", derived, sp.diag(*slopes))
    yield Exact("d sigma(x)/dx = diag(sigma(x) * (1 - sigma(x)))", derived, sp.diag(*product))
    at_scores = derived.subs(dict(zip(entries, case.scores)), simultaneous=True)
    yield Agrees("sigmoid_jacobian", at_scores, lambda n: sigmoid_jacobian(n.scores))
    yield Numerical(weighted_sigmoids, weighted_sigmoids_gradient, lambda n: (n.scores,), wrt=("x",))


@result("T16", "reflection of the sigmoid", cases=VECTOR_CASES)
def reflection(case):
    yield Exact("1 - sigma(-x) = sigma(x)", 1 - sigma(-x), sigma(x))
    yield Agrees("1 - sigmoid(-x)", sigma(case.scores[0]), _at_score(lambda score: 1 - sigmoid(-score)))


@result("T17", "derivative of the logarithm, and of log-sigmoid", cases=VECTOR_CASES)
def logarithm(case):
    yield Exact("d log x/dx = 1/x for x > 0", sp.diff(sp.log(positive), positive), 1 / positive)
    yield Exact("log sigma(x) = -log(1 + exp(-x))", sp.log(sigma(x)), -sp.log(1 + sp.exp(-x)))
    yield Exact("log sigma(x) = x - log(1 + exp(x))", sp.log(sigma(x)), x - sp.log(1 + sp.exp(x)))
    slope = sp.diff(sp.log(sigma(x)), x)
    yield Exact("d log sigma(x)/dx = 1 - sigma(x)", slope, 1 - sigma(x))
    yield Exact("d log sigma(x)/dx = sigma(-x)", slope, sigma(-x))
    yield Agrees("log_sigmoid", sp.log(sigma(case.scores[0])), _at_score(log_sigmoid))
    yield Numerical(sum_of_log_sigmoids, sum_of_log_sigmoids_gradient, lambda n: (n.scores,), wrt=("x",))


def sum_of_sigmoids(x):
    return float(np.sum(sigmoid(x)))


def sum_of_sigmoids_gradient(x):
    return (sigmoid_derivative(x),)


def weighted_sigmoids(x):
    """sum_i i sigma(x_i), i = 1..d: no two weights alike, so that a misplaced entry shows."""
    return float(_weights(x) @ sigmoid(x))


def weighted_sigmoids_gradient(x):
    """The Jacobian, transposed, times the weights."""
    return (sigmoid_jacobian(x).T @ _weights(x),)


def _weights(x):
    return np.arange(1.0, len(x) + 1)


def sum_of_log_sigmoids(x):
    return float(np.sum(log_sigmoid(x)))


def sum_of_log_sigmoids_gradient(x):
    return (sigmoid(-np.asarray(x)),)
