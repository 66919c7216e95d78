"""GloVe: a weighted least-squares fit of u_x.v_w + a_w + b_x to the logarithm of the count n_wx, over the pairs that were seen.

All tables have shape (vocabulary, vocabulary), center words as rows; `a` and `b` are the biases of center and outside words.
"""

import numpy as np
from numpy.typing import ArrayLike

from w2v.support import validate


def glove_weights(counts: ArrayLike, most: float = 100, power: float = 0.75) -> np.ndarray:
    """min((n_wx / most)^power, 1): 0 for a pair that was never seen, 1 for one that was seen `most` times or more.

    >>> glove_weights([[0, 100], [1, 1000]]).round(4)
    array([[0.    , 1.    ],
           [0.0316, 1.    ]])
    """
    counts = validate.matrix("counts", counts)
    if counts.min() < 0:
        raise ValueError(f"counts: expected no negative count, got {counts.min():g}")
    return np.minimum((counts / validate.positive("most", most)) ** validate.positive("power", power), 1)


def glove_loss(V: ArrayLike, U: ArrayLike, a: ArrayLike, b: ArrayLike, counts: ArrayLike, weights: ArrayLike) -> float:
    """sum_wx f_wx (u_x.v_w + a_w + b_x - log n_wx)^2 over the pairs with n_wx > 0; a float.

    >>> V, U, a, b = np.eye(2), np.zeros((2, 2)), np.zeros(2), np.zeros(2)
    >>> round(glove_loss(V, U, a, b, counts=[[0, 2], [2, 4]], weights=[[0, 1], [1, 1]]), 4)
    2.8827
    """
    errors, weights = _errors(V, U, a, b, counts), _weights(weights, counts)
    return float((weights * errors**2).sum())


def glove_gradients(
    V: ArrayLike, U: ArrayLike, a: ArrayLike, b: ArrayLike, counts: ArrayLike, weights: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(grad_V, grad_U, grad_a, grad_b) = (2 G U, 2 G^T V, row sums of 2 G, column sums of 2 G) with G_wx = f_wx e_wx.

    >>> V, U, a, b = np.eye(2), np.zeros((2, 2)), np.zeros(2), np.zeros(2)
    >>> *_, grad_b = glove_gradients(V, U, a, b, counts=[[0, 2], [2, 4]], weights=[[0, 1], [1, 1]])
    >>> grad_b.round(4)
    array([-1.3863, -4.1589])
    """
    G = 2 * _weights(weights, counts) * _errors(V, U, a, b, counts)
    return G @ np.asarray(U, dtype=float), G.T @ np.asarray(V, dtype=float), G.sum(axis=1), G.sum(axis=0)


def fit_glove(
    counts: ArrayLike, D: int, rounds: int = 20, ridge: float = 0.05, seed: int = 1, weights: ArrayLike | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(V, U, a, b) with a small loss: with one side held fixed the loss is a sum of least-squares problems, one for each word.

    `ridge` > 0 adds ridge times the squares of a word's numbers: a word with fewer partners than D + 1 has many solutions.

    >>> counts = np.array([[1, 20, 5], [20, 1, 9], [5, 9, 2]])
    >>> V, U, a, b = fit_glove(counts, D=2)
    >>> V.shape, U.shape, a.shape, b.shape
    ((3, 2), (3, 2), (3,), (3,))
    """
    weights = glove_weights(counts) if weights is None else weights
    weights, ridge = _weights(weights, counts), validate.positive("ridge", ridge)
    rng = np.random.default_rng(validate.integer("seed", seed, least=0))
    V, U = rng.normal(size=(2, len(weights), validate.integer("D", D, least=1))) / np.sqrt(D)
    a, b, target = np.zeros(len(V)), np.zeros(len(U)), _log(counts)
    for _ in range(validate.integer("rounds", rounds, least=1)):
        V, a = _least_squares(U, b, target, weights, ridge)
        U, b = _least_squares(V, a, target.T, weights.T, ridge)
    return V, U, a, b


def _least_squares(fixed, bias, target, weights, ridge):
    """The best (vectors, biases) of every word, given the vectors and biases of the other side."""
    ones = np.column_stack([fixed, np.ones(len(fixed))])
    squares = np.einsum("wx,xi,xj->wij", weights, ones, ones, optimize=True) + ridge * np.eye(ones.shape[1])
    best = np.linalg.solve(squares, ((weights * (target - bias)) @ ones)[:, :, None])[:, :, 0]
    return best[:, :-1], best[:, -1]


def _log(counts):
    """The logarithms of the counts; 0, which counts for nothing, where a pair was not seen."""
    counts = validate.matrix("counts", counts)
    return np.log(np.where(counts > 0, counts, 1))


def _errors(V, U, a, b, counts):
    V = validate.matrix("V", V)
    U = validate.matrix("U", U, columns=V.shape[1])
    a, b = validate.vector("a", a, size=len(V)), validate.vector("b", b, size=len(U))
    if np.shape(counts) != (len(V), len(U)):
        raise ValueError(f"counts: expected shape {(len(V), len(U))}, got {np.shape(counts)}")
    return (V @ U.T + a[:, None] + b - _log(counts)) * (np.asarray(counts) > 0)


def _weights(weights, counts):
    weights = validate.matrix("weights", weights)
    if weights.shape != np.shape(counts) or weights.min() < 0:
        raise ValueError(
            f"weights: expected numbers of at least 0 in the shape of counts, {np.shape(counts)}, got shape {weights.shape}"
        )
    return weights * (np.asarray(counts) > 0)
