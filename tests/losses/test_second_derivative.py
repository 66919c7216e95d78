"""The second derivative of the naive softmax loss: against differences of the gradient, at large scores, bad input."""

import numpy as np
import pytest

from w2v.checks.gradient_check import numerical_gradient
from w2v.losses.pair import naive_softmax_gradients
from w2v.losses.second_derivative import naive_softmax_hessian, naive_softmax_hessian_times

rng = np.random.default_rng(8)
V_C, U = rng.normal(size=3), rng.normal(size=(7, 3))


def by_differences(o):
    return np.array([numerical_gradient(lambda v: naive_softmax_gradients(v, o, U)[0][i], V_C) for i in range(3)])


@pytest.mark.parametrize("o", [0, 4, 6])
def test_it_is_the_derivative_of_the_gradient_whatever_was_observed(o):
    np.testing.assert_allclose(naive_softmax_hessian(V_C, U), by_differences(o), atol=1e-8)


def test_the_difference_is_seen_if_the_mean_is_not_subtracted():
    p = np.exp(U @ V_C) / np.exp(U @ V_C).sum()
    assert np.abs(U.T @ (p[:, None] * U) - by_differences(1)).max() > 0.01


def test_it_is_symmetric_and_never_negative():
    H = naive_softmax_hessian(V_C, U)
    np.testing.assert_allclose(H, H.T, rtol=0, atol=1e-16)
    assert np.linalg.eigvalsh(H).min() > 0


def test_the_product_is_the_matrix_times_the_vector():
    a = rng.normal(size=3)
    np.testing.assert_allclose(naive_softmax_hessian_times(V_C, U, a), naive_softmax_hessian(V_C, U) @ a, atol=1e-15)


def test_scores_of_800_are_no_trouble():
    H = naive_softmax_hessian([800.0, 0.0], [[1.0, 0.3], [1.0, -0.3], [-1.0, 5.0]])
    np.testing.assert_allclose(H, [[0, 0], [0, 0.09]], atol=1e-12)


@pytest.mark.parametrize(
    "function, arguments, words",
    [
        (naive_softmax_hessian, ([1.0, 2.0], U), "U: expected"),
        (naive_softmax_hessian, (1.0, U), "v_c: expected a vector"),
        (naive_softmax_hessian_times, (V_C, U, [1.0, 2.0]), r"direction: expected a vector of shape \(3,\)"),
    ],
)
def test_bad_input_is_named(function, arguments, words):
    with pytest.raises(ValueError, match=words):
        function(*arguments)
