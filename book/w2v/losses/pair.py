"""The losses of one (center word, outside word) pair, each followed by its gradients.

`v_c` is the center vector, shape (D,); row `U[w]` is the outside vector of word w, so `U` has
shape (vocabulary, D); `o` is the index of the outside word. Losses are in nats. Every function
raises TypeError, ValueError or IndexError with the name of the argument that does not fit.
Source of the losses: Mikolov et al. (2013); of the assignment that asks for their gradients:
Stanford CS224N, "Understanding word2vec".
"""

import numpy as np
from numpy.typing import ArrayLike

from w2v.losses.functions import log_sigmoid, log_softmax, sigmoid, softmax
from w2v.support import validate


def naive_softmax_loss(v_c: ArrayLike, o: int, U: ArrayLike) -> float:
    """J = -log softmax(U v_c)_o = -u_o.v_c + log sum_w exp(u_w.v_c); a float.

    >>> U = np.array([[1, 0], [0, 1], [1, 1]])
    >>> round(naive_softmax_loss([0.5, -0.5], 2, U), 4)
    1.1803
    >>> naive_softmax_loss([0.5, -0.5], 3, U)
    Traceback (most recent call last):
        ...
    IndexError: o: expected an index in 0..2, got 3
    """
    v_c, o, U = _pair(v_c, o, U)
    return float(-log_softmax(U @ v_c)[o])


def naive_softmax_gradients(v_c: ArrayLike, o: int, U: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """(grad_v_c, grad_U) = (U^T (y_hat - y), (y_hat - y) v_c^T); shapes (D,) and (vocabulary, D).

    >>> U = np.array([[1, 0], [0, 1], [1, 1]])
    >>> grad_v_c, grad_U = naive_softmax_gradients([0.5, -0.5], 2, U)
    >>> grad_v_c.round(4)
    array([-0.1863, -0.5065])
    >>> grad_U.round(4)
    array([[ 0.2532, -0.2532],
           [ 0.0932, -0.0932],
           [-0.3464,  0.3464]])
    """
    v_c, o, U = _pair(v_c, o, U)
    delta = softmax(U @ v_c)
    delta[o] -= 1  # expected minus observed: y_hat - y
    return U.T @ delta, np.outer(delta, v_c)


def soft_label_loss(v_c: ArrayLike, y: ArrayLike, U: ArrayLike) -> float:
    """J = -sum_w y_w log softmax(U v_c)_w for a distribution `y` of shape (vocabulary,); a float.

    >>> round(soft_label_loss([0.5, -0.5], [0.25, 0.25, 0.5], np.eye(3, 2)), 4)
    1.1803
    """
    v_c, U = _vector_and_table(v_c, U)
    return float(-validate.distribution("y", y, len(U)) @ log_softmax(U @ v_c))


def soft_label_gradients(v_c: ArrayLike, y: ArrayLike, U: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """(grad_v_c, grad_U) = (U^T (y_hat - y), (y_hat - y) v_c^T), as for a one-hot y.

    >>> grad_v_c, grad_U = soft_label_gradients([0.5, -0.5], [0.25, 0.25, 0.5], np.eye(3, 2))
    >>> grad_v_c.round(4), grad_U.shape
    (array([ 0.2565, -0.0637]), (3, 2))
    """
    v_c, U = _vector_and_table(v_c, U)
    delta = softmax(U @ v_c) - validate.distribution("y", y, len(U))
    return U.T @ delta, np.outer(delta, v_c)


def negative_sampling_loss(v_c: ArrayLike, o: int, U: ArrayLike, negatives: ArrayLike) -> float:
    """J = -log sigmoid(u_o.v_c) - sum_k log sigmoid(-u_{w_k}.v_c); a float.

    `negatives` are the K >= 1 indices w_1..w_K. They may repeat and may contain o: each counts.

    >>> U = np.array([[1, 0], [0, 1], [1, 1]])
    >>> round(negative_sampling_loss([0.5, -0.5], 2, U, negatives=[0, 1, 1]), 4)
    2.6154
    """
    v_c, o, U = _pair(v_c, o, U)
    negatives = validate.words("negatives", negatives, len(U))
    return float(-log_sigmoid(U[o] @ v_c) - log_sigmoid(-U[negatives] @ v_c).sum())


def negative_sampling_gradients(
    v_c: ArrayLike, o: int, U: ArrayLike, negatives: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """(grad_v_c, grad_U); shapes (D,) and (vocabulary, D).

    With rows r = (o, w_1, ..., w_K) and delta = sigmoid(U[r] v_c) - (1, 0, ..., 0):
    grad_v_c = sum_i delta_i U[r_i], and row r_i of grad_U receives delta_i v_c.
    Only K+1 rows are read. Words that occur more than once in r add up.

    >>> U = np.array([[1, 0], [0, 1], [1, 1]])
    >>> grad_v_c, grad_U = negative_sampling_gradients([0.5, -0.5], 2, U, negatives=[0, 1, 1])
    >>> grad_v_c.round(4)
    array([0.1225, 0.2551])
    >>> grad_U.round(4)
    array([[ 0.3112, -0.3112],
           [ 0.3775, -0.3775],
           [-0.25  ,  0.25  ]])
    """
    v_c, o, U = _pair(v_c, o, U)
    rows = np.append(o, validate.words("negatives", negatives, len(U)))
    delta = sigmoid(U[rows] @ v_c)
    delta[0] -= 1
    grad_U = np.zeros_like(U)
    np.add.at(grad_U, rows, np.outer(delta, v_c))
    return delta @ U[rows], grad_U


def _vector_and_table(v_c, U):
    v_c = validate.vector("v_c", v_c)
    return v_c, validate.matrix("U", U, columns=v_c.size)


def _pair(v_c, o, U):
    v_c, U = _vector_and_table(v_c, U)
    return v_c, validate.word("o", o, len(U)), U
