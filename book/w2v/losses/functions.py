"""The functions that the losses are made of: sigmoid and softmax, entropy and cross-entropy.

Every function here is stable: it never forms exp of a positive number, so that scores of +-800
give finite results (the textbook forms overflow from 710).
"""

import numpy as np
from numpy.typing import ArrayLike

from w2v.support import validate


def sigmoid(x: ArrayLike) -> np.ndarray:
    """1 / (1 + exp(-x)), entrywise; same shape as `x`.

    Stable form: with t = exp(-|x|), it is 1 / (1 + t) for x >= 0 and t / (1 + t) for x < 0.

    >>> sigmoid([-800, 0, 2]).round(4)
    array([0.    , 0.5   , 0.8808])
    """
    x = validate.numbers("x", x)
    t = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, t) / (1 + t)


def sigmoid_derivative(x: ArrayLike) -> np.ndarray:
    """sigmoid(x) * (1 - sigmoid(x)), entrywise; same shape as `x`.

    Stable form: 1 - sigmoid(x) is computed as sigmoid(-x), so that nothing is lost for large x.

    >>> sigmoid_derivative([0, 2]).round(4)
    array([0.25 , 0.105])
    """
    x = validate.numbers("x", x)
    return sigmoid(x) * sigmoid(-x)


def sigmoid_jacobian(x: ArrayLike) -> np.ndarray:
    """diag(sigmoid'(x)) for a vector `x` of shape (d,); result (d, d).

    >>> sigmoid_jacobian([0, 2]).round(4)
    array([[0.25 , 0.   ],
           [0.   , 0.105]])
    """
    return np.diag(sigmoid_derivative(validate.vector("x", x)))


def log_sigmoid(x: ArrayLike) -> np.ndarray:
    """log(sigmoid(x)) = -log(1 + exp(-x)), entrywise; same shape as `x`, in nats.

    Stable form: min(x, 0) - log1p(exp(-|x|)).

    >>> log_sigmoid([-8, 0, 2]).round(4)
    array([-8.0003, -0.6931, -0.1269])
    """
    x = validate.numbers("x", x)
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))


def log_sum_exp(scores: ArrayLike) -> float:
    """log(sum_w exp(scores_w)) for scores of shape (vocabulary,); a float, in nats.

    Stable form: m + log(sum_w exp(scores_w - m)) with m the largest score.

    >>> round(float(log_sum_exp([800, 800])), 4)  # 800 + log 2
    800.6931
    """
    scores = validate.vector("scores", scores)
    largest = scores.max()
    return largest + np.log(np.exp(scores - largest).sum())


def softmax(scores: ArrayLike) -> np.ndarray:
    """exp(scores_w) / sum_x exp(scores_x); same shape (vocabulary,), positive entries, sum 1.

    Stable form: the largest score is subtracted first, which changes nothing.

    >>> softmax([0, 1, 1]).round(4)
    array([0.1554, 0.4223, 0.4223])
    >>> softmax([0, 1, np.inf])
    Traceback (most recent call last):
        ...
    ValueError: scores: expected finite numbers, got inf at [2]
    """
    scores = validate.vector("scores", scores)
    exponentials = np.exp(scores - scores.max())
    return exponentials / exponentials.sum()


def log_softmax(scores: ArrayLike) -> np.ndarray:
    """scores_w - log(sum_x exp(scores_x)); same shape (vocabulary,), in nats.

    Stable form: the largest score is subtracted first. Finite where log(softmax(scores)) is log(0).

    >>> log_softmax([0, 800])
    array([-800.,    0.])
    """
    shifted = validate.vector("scores", scores) - np.max(scores)
    return shifted - np.log(np.exp(shifted).sum())


def one_hot(o: int, vocabulary: int) -> np.ndarray:
    """The vector y of shape (vocabulary,) with y_o = 1 and zeros elsewhere.

    >>> one_hot(2, 4)
    array([0., 0., 1., 0.])
    """
    y = np.zeros(validate.integer("vocabulary", vocabulary, least=1))
    y[validate.word("o", o, vocabulary)] = 1
    return y


def cross_entropy(y: ArrayLike, y_hat: ArrayLike) -> float:
    """-sum_w y_w log(y_hat_w) in nats, for two distributions of shape (vocabulary,).

    A term with y_w = 0 counts 0, also where y_hat_w = 0; y_w > 0 with y_hat_w = 0 gives inf.

    >>> round(cross_entropy([0, 1, 0], [0.5, 0.25, 0.25]), 4)  # log 4
    1.3863
    """
    y = validate.distribution("y", y)
    y_hat = validate.distribution("y_hat", y_hat, y.size)
    seen = y > 0
    with np.errstate(divide="ignore"):
        return float(-(y[seen] * np.log(y_hat[seen])).sum())


def entropy(y: ArrayLike) -> float:
    """-sum_w y_w log(y_w) in nats: the cross-entropy of `y` with itself; 0 for a one-hot y.

    >>> round(entropy([0.5, 0.5, 0]), 4)  # log 2
    0.6931
    """
    return cross_entropy(y, y)


def kl_divergence(y: ArrayLike, y_hat: ArrayLike) -> float:
    """sum_w y_w log(y_w / y_hat_w) in nats = cross_entropy(y, y_hat) - entropy(y), never negative.

    >>> round(kl_divergence([0.5, 0.5], [0.25, 0.75]), 4)
    0.1438
    >>> kl_divergence([0.5, 0.5], [0.5, 0.5])
    0.0
    """
    return cross_entropy(y, y_hat) - entropy(y)
