"""The fast step: negative sampling on stretches of text, a few matrix products for all pairs of a stretch.

A stretch has T centers, C places for outside words and M negatives shared by all its pairs. With v (T, D)
the center vectors, u (C, D) the outside vectors and n (M, D) those of the negatives, its loss is

    J = -sum_ij mask_ij log sigma(v_i.u_j) - K/M sum_im pairs_i log sigma(-v_i.n_m),

pairs_i being the number of pairs of center i. N5: its mean over the draws is that of K negatives for each pair.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from w2v.support import validate
from w2v.training.fast.arithmetic import check_tables, log_sigmoid, sigmoid
from w2v.training.fast.scatter import add_rows

if TYPE_CHECKING:
    from w2v.training.fast.stretches import Stretches


def stretch_loss(V: np.ndarray, U: np.ndarray, stretches: "Stretches", negatives: np.ndarray, K: int) -> float:
    """J of all stretches, a float; `negatives` has shape (G, M).

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> batches = batches_of(corpus, CorpusSettings(batch=80, subsample=0))
    >>> stretches, negatives = batches.draw(epoch=0, batch=0)
    >>> V, U = np.zeros((4, 2)), np.zeros((4, 2))
    >>> round(stretch_loss(V, U, stretches, negatives, K=5) / stretches.pairs, 4)  # 6 log 2
    4.1589
    """
    check_step(V, U, stretches, negatives, K)
    return bare_stretch_loss(V, U, stretches, negatives, K)


def stretch_step(
    V: np.ndarray,
    U: np.ndarray,
    stretches: "Stretches",
    negatives: np.ndarray,
    K: int,
    learning_rate: float,
    add_rows: Callable = add_rows,
) -> bool:
    """V <- V - learning_rate dJ/dV and U <- U - learning_rate dJ/dU, in place; True.

    If a score is not finite, nothing moves and the answer is False.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> batches = batches_of(corpus, CorpusSettings(batch=80, subsample=0))
    >>> stretches, negatives = batches.draw(epoch=0, batch=0)
    >>> V, U = np.zeros((4, 2)), np.zeros((4, 2))
    >>> stretch_step(V, U, stretches, negatives, K=5, learning_rate=0.1)
    True
    """
    check_step(V, U, stretches, negatives, K, learning_rate)
    return bare_stretch_step(V, U, stretches, negatives, K, learning_rate, add_rows)


def bare_stretch_loss(V: np.ndarray, U: np.ndarray, stretches: "Stretches", negatives: np.ndarray, K: int) -> float:
    """`stretch_loss` without the checks.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> batches = batches_of(corpus, CorpusSettings(batch=80, subsample=0))
    >>> stretches, negatives = batches.draw(epoch=0, batch=0)
    >>> V, U = np.zeros((4, 2)), np.zeros((4, 2))
    >>> bare_stretch_loss(V, U, stretches, negatives, K=5) == stretch_loss(V, U, stretches, negatives, K=5)
    True
    """
    v, (u, n) = V[stretches.centers], _parts(U[_rows(stretches, negatives)], stretches, negatives)
    positive = stretches.mask() * log_sigmoid(v @ u.transpose(0, 2, 1))
    negative = _weights(stretches, negatives, K, V.dtype) * log_sigmoid(-(v @ n.transpose(0, 2, 1)))
    return -float(positive.sum(dtype=float) + negative.sum(dtype=float))


def bare_stretch_step(
    V: np.ndarray,
    U: np.ndarray,
    stretches: "Stretches",
    negatives: np.ndarray,
    K: int,
    learning_rate: float,
    add_rows: Callable = add_rows,
) -> bool:
    """`stretch_step` without the checks.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> batches = batches_of(corpus, CorpusSettings(batch=80, subsample=0))
    >>> stretches, negatives = batches.draw(epoch=0, batch=0)
    >>> V, U = np.zeros((4, 2)), np.zeros((4, 2))
    >>> bare_stretch_step(V, U, stretches, negatives, K=5, learning_rate=0.1)
    True
    """
    rows, rate = _rows(stretches, negatives), V.dtype.type(-learning_rate)
    v, taken = np.take(V, stretches.centers, axis=0), np.take(U, rows, axis=0)
    u, n = _parts(taken, stretches, negatives)
    positive, negative = v @ u.transpose(0, 2, 1), v @ n.transpose(0, 2, 1)  # scores (G, T, C) and (G, T, M)
    if not np.isfinite(positive.sum() + negative.sum()):
        return False
    positive, negative = sigmoid(positive), sigmoid(negative)
    positive -= 1
    positive *= rate * stretches.mask()
    negative *= rate * _weights(stretches, negatives, K, V.dtype)
    changes = np.zeros_like(taken)
    change_u, change_n = _parts(changes, stretches, negatives)
    add_to_overlapping(change_u, positive.transpose(0, 2, 1) @ v, T=v.shape[1])
    np.matmul(negative.transpose(0, 2, 1), v, out=change_n)
    change_v = positive @ u
    change_v += negative @ n
    add_rows(V, stretches.centers.ravel(), change_v.reshape(-1, V.shape[1]))
    add_rows(U, rows, changes)
    return True


def _rows(stretches, negatives):
    """The words whose outside vectors are needed: those of the text, place by place, then the negatives."""
    return np.concatenate([stretches.text, negatives.ravel()])


def _parts(taken, stretches, negatives):
    """Views of `taken`, one row for each of `_rows`: the outside vectors u (G, C, D) and n (G, M, D)."""
    places = len(stretches.text)
    return stretches.columns(taken[:places], writeable=True), taken[places:].reshape(*negatives.shape, taken.shape[1])


def _weights(stretches, negatives, K, dtype):
    """K/M pairs_i for each center, shape (G, T, 1)."""
    return stretches.pairs_of_center[:, :, None] * dtype.type(K / negatives.shape[1])


def add_to_overlapping(columns, changes, T):
    """columns += changes, both (G, C, D); the last C - T columns of a stretch are the first ones of the next."""
    columns[:, :T] += changes[:, :T]
    columns[:, T:] += changes[:, T:]


def check_step(V, U, stretches, negatives, K, learning_rate=1.0):
    """ValueError or TypeError unless these are the arguments of a step."""
    check_tables(V, U, learning_rate)
    validate.integer("K", K, least=1)
    if negatives.ndim != 2 or len(negatives) != len(stretches.left):
        raise ValueError(
            f"negatives: expected shape ({len(stretches.left)}, M), one row for each stretch, got {negatives.shape}"
        )
    validate.words("negatives", negatives.ravel(), len(U))
    validate.words("text", stretches.text, len(V))
