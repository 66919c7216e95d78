"""Skip-gram with negative sampling as the factorisation of a table: counts, shifted PMI, the expected loss, low rank.

`counts[w, x]` is n_wx, how often word x stood in the window of word w; `noise[x]` is q_x, the chance
that a draw is x; K is the number of draws for each pair. All tables have shape (vocabulary, vocabulary),
center words as rows, and `scores[w, x]` is u_x.v_w.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from w2v.corpus.windows import window_pairs
from w2v.losses.functions import log_sigmoid, sigmoid
from w2v.support import validate


def pair_counts(sentences: Iterable[Sequence[int]], window: int, vocabulary: int) -> np.ndarray:
    """n_wx over all windows of `sentences`, lists of indices below `vocabulary`; symmetric.

    >>> pair_counts([[0, 1, 2], [0, 1]], window=1, vocabulary=3)
    array([[0., 2., 0.],
           [2., 0., 1.],
           [0., 1., 0.]])
    """
    counts = np.zeros((validate.integer("vocabulary", vocabulary, least=1),) * 2)
    centers, outsides = window_pairs(sentences, window)
    validate.words("sentences", centers, vocabulary)
    np.add.at(counts, (centers, outsides), 1)
    return counts


def outside_frequencies(counts: ArrayLike) -> np.ndarray:
    """sum_w n_wx / sum_wx n_wx, shape (vocabulary,): the noise distribution for which N6 gives plain PMI.

    >>> outside_frequencies([[0, 2], [2, 4]])
    array([0.25, 0.75])
    """
    counts = _counts(counts)
    return counts.sum(axis=0) / counts.sum()


def drawn_counts(counts: ArrayLike, K: int, noise: ArrayLike) -> np.ndarray:
    """K n_w q_x with n_w = sum_x n_wx: how often x is drawn beside w on average.

    >>> drawn_counts([[0, 2], [2, 4]], K=5, noise=[0.25, 0.75])
    array([[ 2.5,  7.5],
           [ 7.5, 22.5]])
    """
    counts, K, noise = _arguments(counts, K, noise)
    return K * np.outer(counts.sum(axis=1), noise)


def shifted_pmi(counts: ArrayLike, K: int, noise: ArrayLike | None = None) -> np.ndarray:
    """log(n_wx / (n_w q_x)) - log K, the scores of N6; -inf where n_wx = 0. `noise` is `outside_frequencies` if None.

    >>> shifted_pmi([[0, 2], [2, 4]], K=1).round(4)
    array([[   -inf,  0.2877],
           [ 0.2877, -0.1178]])
    """
    counts = _counts(counts)
    drawn = drawn_counts(counts, K, outside_frequencies(counts) if noise is None else noise)
    with np.errstate(divide="ignore"):
        return np.log(counts / drawn)


def expected_loss(scores: ArrayLike, counts: ArrayLike, K: int, noise: ArrayLike) -> float:
    """-sum_wx (n_wx log sigma(z_wx) + K n_w q_x log sigma(-z_wx)), the mean over the draws; a float, in nats.

    >>> counts, noise = [[0, 2], [2, 4]], [0.25, 0.75]
    >>> round(expected_loss(np.zeros((2, 2)), counts, K=5, noise=noise), 4)  # 48 log 2: 8 pairs, 40 draws
    33.2711
    """
    scores, drawn = _scores(scores, counts), drawn_counts(counts, K, noise)
    return float(-(np.asarray(counts) * log_sigmoid(scores) + drawn * log_sigmoid(-scores)).sum())


def factor_loss(V: ArrayLike, U: ArrayLike, counts: ArrayLike, K: int, noise: ArrayLike) -> float:
    """`expected_loss` at the scores u_x.v_w = V U^T of two tables of shape (vocabulary, D); a float, in nats.

    >>> V = U = np.zeros((2, 3))
    >>> round(factor_loss(V, U, [[0, 2], [2, 4]], K=5, noise=[0.25, 0.75]), 4)
    33.2711
    """
    V, U = _tables(V, U)
    return expected_loss(V @ U.T, counts, K, noise)


def factor_gradients(
    V: ArrayLike, U: ArrayLike, counts: ArrayLike, K: int, noise: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """(grad_V, grad_U) = (G U, G^T V) with G_wx = (n_wx + d_wx) sigma(u_x.v_w) - n_wx and d_wx = K n_w q_x.

    >>> V, U = np.eye(2), np.zeros((2, 2))
    >>> grad_V, grad_U = factor_gradients(V, U, [[0, 2], [2, 4]], K=5, noise=[0.25, 0.75])
    >>> grad_U
    array([[1.25, 2.75],
           [2.75, 9.25]])
    """
    V, U = _tables(V, U)
    scores, drawn = _scores(V @ U.T, counts), drawn_counts(counts, K, noise)
    G = (drawn + counts) * sigmoid(scores) - counts
    return G @ U, G.T @ V


def least_losses(counts: ArrayLike, K: int, noise: ArrayLike) -> np.ndarray:
    """n_wx log(1 + d_wx/n_wx) + d_wx log(1 + n_wx/d_wx), the loss of each cell at the scores of N6; 0 where n_wx = 0.

    >>> least_losses([[0, 2], [2, 4]], K=5, noise=[0.25, 0.75]).round(4)
    array([[ 0.    ,  4.8892],
           [ 4.8892, 11.2451]])
    """
    counts, drawn = _counts(counts), drawn_counts(counts, K, noise)
    ratio = drawn / np.where(counts > 0, counts, 1)
    share = counts / np.where(drawn > 0, drawn, 1)  # a word that is never a center has no draws
    return counts * np.log1p(ratio) + drawn * np.log1p(share)


def excess(scores: ArrayLike, counts: ArrayLike, K: int, noise: ArrayLike) -> np.ndarray:
    """(n_wx + d_wx) KL(n_wx/(n_wx + d_wx) || sigma(z_wx)): what each cell loses to the scores of N6; never negative.

    >>> counts, noise = [[1, 2], [2, 4]], [0.25, 0.75]
    >>> float(np.abs(excess(shifted_pmi(counts, 5, noise), counts, 5, noise)).max().round(9))  # nothing to gain
    0.0
    """
    scores, drawn = _scores(scores, counts), drawn_counts(counts, K, noise)
    losses = -(np.asarray(counts) * log_sigmoid(scores) + drawn * log_sigmoid(-scores))
    return losses - least_losses(counts, K, noise)


def low_rank(table: ArrayLike, D: int) -> tuple[np.ndarray, np.ndarray]:
    """(V, U), both (vocabulary, D), with V U^T the nearest table of rank D in the sum of squares (truncated SVD).

    >>> V, U = low_rank([[2, 2], [1, 1]], D=1)
    >>> (V @ U.T).round(4)
    array([[2., 2.],
           [1., 1.]])
    """
    table = validate.matrix("table", table)
    if validate.integer("D", D, least=1) > min(table.shape):
        raise ValueError(f"D: expected at most {min(table.shape)}, got {D}")
    left, singular, right = np.linalg.svd(table, full_matrices=False)
    root = np.sqrt(singular[:D])
    return left[:, :D] * root, right[:D].T * root


def fit_low_rank(
    counts: ArrayLike, K: int, noise: ArrayLike, D: int, rounds: int = 8, ridge: float = 1.0, seed: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """(V, U) of rank D with a small expected loss: Newton steps, all rows of V, then all rows of U, in turn.

    With U fixed the loss is a sum of convex functions of one row of V each, and the other way round.
    `ridge` > 0 adds ridge/2 times the squared entries to the loss, which keeps scores of unseen pairs finite.

    >>> V, U = fit_low_rank([[0, 2], [2, 4]], K=5, noise=[0.25, 0.75], D=1)
    >>> V.shape, U.shape
    ((2, 1), (2, 1))
    """
    counts, K, noise = _arguments(counts, K, noise)
    ridge, drawn = validate.positive("ridge", ridge), drawn_counts(counts, K, noise)
    rng = np.random.default_rng(validate.integer("seed", seed, least=0))
    V, U = (rng.normal(size=(len(counts), validate.integer("D", D, least=1))) / np.sqrt(D) for _ in "VU")
    for _ in range(validate.integer("rounds", rounds, least=1)):
        V = _newton(V, U, counts, drawn, ridge)
        U = _newton(U, V, counts.T, drawn.T, ridge)
    return V, U


def _newton(rows, fixed, counts, drawn, ridge):
    """One Newton step for every row, each halved until its own loss falls, at most eight times."""
    p, D = sigmoid(rows @ fixed.T), rows.shape[1]
    slope = ((counts + drawn) * p - counts) @ fixed + ridge * rows
    squares = (fixed[:, :, None] * fixed[:, None, :]).reshape(len(fixed), D * D)
    bend = (((counts + drawn) * p * (1 - p)) @ squares).reshape(len(rows), D, D) + ridge * np.eye(D)
    step = np.linalg.solve(bend, slope[:, :, None])[:, :, 0]
    loss = lambda new, chosen: (
        _row_losses(new @ fixed.T, counts[chosen], drawn[chosen]) + ridge / 2 * (new**2).sum(axis=1)
    )
    moved, before, left = rows.copy(), loss(rows, slice(None)), np.arange(len(rows))
    for halved in range(9):
        tried = rows[left] - step[left] / 2**halved
        falls = loss(tried, left) <= before[left]
        moved[left[falls]] = tried[falls]
        left = left[~falls]
        if not left.size:
            break
    return moved


def _row_losses(scores, counts, drawn):
    return -(counts * log_sigmoid(scores) + drawn * log_sigmoid(-scores)).sum(axis=1)


def _tables(V, U):
    V = validate.matrix("V", V)
    return V, validate.matrix("U", U, columns=V.shape[1])


def _counts(counts):
    counts = validate.matrix("counts", counts)
    if counts.shape[0] != counts.shape[1] or counts.min() < 0 or not counts.sum():
        raise ValueError(
            f"counts: expected a square table of counts that are not negative and not all 0, got shape {counts.shape}, minimum {counts.min():g}"
        )
    return counts


def _arguments(counts, K, noise):
    counts = _counts(counts)
    noise = validate.distribution("noise", noise, len(counts))
    if noise.min() == 0:
        raise ValueError(f"noise: expected a chance above 0 for every word, got 0 for word {int(noise.argmin())}")
    return counts, validate.positive("K", K), noise


def _scores(scores, counts):
    scores = validate.matrix("scores", scores)
    if scores.shape != np.shape(counts):
        raise ValueError(f"scores: expected the shape of counts, {np.shape(counts)}, got {scores.shape}")
    return scores
