"""What the package computes for the predictions of the chapter on the second derivative."""

import numpy as np

from w2v.checks import numerical_gradient
from w2v.losses.pair import naive_softmax_gradients
from w2v.losses.second_derivative import naive_softmax_hessian

V_C, U = np.array([0.4, -0.9]), np.random.default_rng(6).normal(size=(5, 2))


def observed():
    """The second derivative by differences of the gradient, for two observed words."""
    one, other = (
        np.array([numerical_gradient(lambda v: naive_softmax_gradients(v, o, U)[0][i], V_C) for i in range(2)])
        for o in (1, 4)
    )
    return "stays" if np.allclose(one, other, atol=1e-8) else "changes size"


def two_words():
    return 2 / naive_softmax_hessian([0.0], [[1.0], [-1.0]])[0, 0]


def hotter():
    """The ratio of the second derivatives, by one entry; the others have the same."""
    cold, hot = naive_softmax_hessian(np.zeros(2), U), naive_softmax_hessian(np.zeros(2), U / 2)
    assert np.allclose(hot / cold, (hot / cold)[0, 0])
    return (hot / cold)[0, 0]


FOUND = {
    "second-derivative-observed": observed,
    "second-derivative-two-words": two_words,
    "second-derivative-temperature": hotter,
}
