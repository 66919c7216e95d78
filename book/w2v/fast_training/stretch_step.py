"""The fast step: negative sampling on stretches of text, a few matrix products for all pairs of a stretch.

A stretch has T centers, C places for outside words and M negatives shared by all its pairs. With v (T, D)
the center vectors, u (C, D) the outside vectors and n (M, D) those of the negatives, its loss is

    J = -sum_ij mask_ij log sigma(v_i.u_j) - K/M sum_im pairs_i log sigma(-v_i.n_m),

pairs_i being the number of pairs of center i. N5: its mean over the draws is that of K negatives for each pair.

`tables`, shape (vocabulary, 2, D), holds the two vectors of each word side by side: tables[w, 0] is v_w and
tables[w, 1] is u_w. So one gather and one scatter serve both.
"""

import numpy as np

from w2v import validate
from w2v.fast_training.arithmetic import check_tables, log_sigmoid, sigmoid
from w2v.fast_training.scatter import add_rows


def stretch_loss(V, U, stretches, negatives, K):
    """J of all stretches, a float; `negatives` has shape (G, M)."""
    _check(V, U, stretches, negatives, K)
    return side_by_side_loss(np.stack([V, U], axis=1), stretches, negatives, K)


def stretch_step(V, U, stretches, negatives, K, learning_rate, add_rows=add_rows):
    """V <- V - learning_rate dJ/dV and U <- U - learning_rate dJ/dU, in place; True.

    If a score is not finite, nothing moves and the answer is False. This is `side_by_side_step` on two tables.
    """
    _check(V, U, stretches, negatives, K, learning_rate)
    tables = np.stack([V, U], axis=1)
    moved = side_by_side_step(tables, stretches, negatives, K, learning_rate, add_rows)
    V[:], U[:] = tables[:, 0], tables[:, 1]
    return moved


def side_by_side_loss(tables, stretches, negatives, K):
    """`stretch_loss` on `tables`, without the checks."""
    v, u, n = _vectors(tables[_rows(stretches, negatives)], stretches, negatives)
    positive = stretches.mask() * log_sigmoid(v @ u.transpose(0, 2, 1))
    negative = _weights(stretches, negatives, K, tables.dtype) * log_sigmoid(-(v @ n.transpose(0, 2, 1)))
    return -float(positive.sum(dtype=float) + negative.sum(dtype=float))


def side_by_side_step(tables, stretches, negatives, K, learning_rate, add_rows=add_rows):
    """`stretch_step` on `tables`, without the checks."""
    rows, rate = _rows(stretches, negatives), tables.dtype.type(-learning_rate)
    taken = np.take(tables, rows, axis=0)
    v, u, n = _vectors(taken, stretches, negatives)
    positive, negative = v @ u.transpose(0, 2, 1), v @ n.transpose(0, 2, 1)  # scores (G, T, C) and (G, T, M)
    if not np.isfinite(positive.sum() + negative.sum()):
        return False
    positive, negative = sigmoid(positive), sigmoid(negative)
    positive -= 1
    positive *= rate * stretches.mask()
    negative *= rate * _weights(stretches, negatives, K, tables.dtype)
    changes = np.zeros_like(taken)
    change_v, change_u, change_n = _vectors(changes, stretches, negatives)
    change_v += positive @ u
    change_v += negative @ n
    change_n += negative.transpose(0, 2, 1) @ v
    _add_to_overlapping(change_u, positive.transpose(0, 2, 1) @ v, T=v.shape[1])
    add_rows(tables.reshape(len(tables), -1), rows, changes.reshape(len(rows), -1))
    return True


def _rows(stretches, negatives):
    """The words whose vectors are needed: those of the text, place by place, then the negatives."""
    return np.concatenate([stretches.text, negatives.ravel()])


def _vectors(taken, stretches, negatives):
    """Views of `taken`, shape (rows, 2, D): v (G, T, D), the outside vectors u (G, C, D) and n (G, M, D)."""
    places, (G, T), D = len(stretches.text), stretches.left.shape, taken.shape[2]
    v = taken[stretches.window : stretches.window + G * T, 0].reshape(G, T, D)
    return v, stretches.columns(taken[:places, 1], writeable=True), taken[places:, 1].reshape(*negatives.shape, D)


def _weights(stretches, negatives, K, dtype):
    """K/M pairs_i for each center, shape (G, T, 1)."""
    return stretches.pairs_of_center[:, :, None] * dtype.type(K / negatives.shape[1])


def _add_to_overlapping(columns, changes, T):
    """columns += changes, both (G, C, D); the last C - T columns of a stretch are the first ones of the next."""
    columns[:, :T] += changes[:, :T]
    columns[:, T:] += changes[:, T:]


def _check(V, U, stretches, negatives, K, learning_rate=1.0):
    check_tables(V, U, learning_rate)
    validate.integer("K", K, least=1)
    if negatives.ndim != 2 or len(negatives) != len(stretches.left):
        raise ValueError(f"negatives: expected shape ({len(stretches.left)}, M), one row for each stretch, got {negatives.shape}")
    validate.words("negatives", negatives.ravel(), len(U))
    validate.words("text", stretches.text, len(V))
