"""CBOW on stretches of text: the fast step of `steps` with the rows in changed places.

The words of a window have rows of V, and their mean m_i is compared with the row u_i of U of the center and with
those of the M negatives n that the stretch shares:

    J = -sum_i log sigma(u_i.m_i) - K/M sum_im log sigma(-n_m.m_i),

the sum over the centers i with at least one outside word. A window takes the place of a pair.
"""

from typing import TYPE_CHECKING

import numpy as np

from w2v.training.fast.arithmetic import log_sigmoid, sigmoid
from w2v.training.fast.scatter import add_rows
from w2v.training.fast.steps import add_to_overlapping, check_step

if TYPE_CHECKING:
    from w2v.training.fast.stretches import Stretches


def cbow_stretch_loss(V: np.ndarray, U: np.ndarray, stretches: "Stretches", negatives: np.ndarray, K: int) -> float:
    """J of the windows of all stretches, a float; `negatives` has shape (G, M).

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> stretches, negatives = batches_of(corpus, CorpusSettings(batch=80, subsample=0)).draw(epoch=0, batch=0)
    >>> V, U = np.zeros((4, 2)), np.zeros((4, 2))
    >>> round(cbow_stretch_loss(V, U, stretches, negatives, K=5) / stretches.windows, 4)  # 6 log 2
    4.1589
    """
    check_step(V, U, stretches, negatives, K)
    return bare_cbow_loss(V, U, stretches, negatives, K)


def cbow_stretch_step(
    V: np.ndarray, U: np.ndarray, stretches: "Stretches", negatives: np.ndarray, K: int, learning_rate: float
) -> bool:
    """V <- V - learning_rate dJ/dV and U <- U - learning_rate dJ/dU for the J of `cbow_stretch_loss`, in place; True.

    If a score is not finite, nothing moves and the answer is False.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> stretches, negatives = batches_of(corpus, CorpusSettings(batch=80, subsample=0)).draw(epoch=0, batch=0)
    >>> V, U = np.zeros((4, 2)), np.zeros((4, 2))
    >>> cbow_stretch_step(V, U, stretches, negatives, K=5, learning_rate=0.1)
    True
    """
    check_step(V, U, stretches, negatives, K, learning_rate)
    return bare_cbow_step(V, U, stretches, negatives, K, learning_rate)


def bare_cbow_loss(V, U, stretches, negatives, K):
    """`cbow_stretch_loss` without the checks."""
    mean = _shares(stretches, V.dtype) @ stretches.columns(V[stretches.text])
    there, weight = stretches.pairs_of_center > 0, V.dtype.type(K / negatives.shape[1])
    positive = there * log_sigmoid(np.einsum("gtd,gtd->gt", U[stretches.centers], mean))
    negative = weight * there[:, :, None] * log_sigmoid(-(mean @ U[negatives].transpose(0, 2, 1)))
    return -float(positive.sum(dtype=float) + negative.sum(dtype=float))


def bare_cbow_step(V, U, stretches, negatives, K, learning_rate):
    """`cbow_stretch_step` without the checks."""
    rate, share = V.dtype.type(-learning_rate), _shares(stretches, V.dtype)
    taken, own, n = V[stretches.text], U[stretches.centers], U[negatives]
    mean = share @ stretches.columns(taken)  # (G, T, D); of a center without outside words 0, which moves nothing
    positive, negative = np.einsum("gtd,gtd->gt", own, mean), mean @ n.transpose(0, 2, 1)
    if not np.isfinite(positive.sum() + negative.sum()):
        return False
    positive, negative = sigmoid(positive)[:, :, None], sigmoid(negative)
    positive -= 1
    positive *= rate
    negative *= rate * V.dtype.type(K / negatives.shape[1])
    changes = np.zeros_like(taken)
    change_mean = positive * own + negative @ n
    change_text = share.transpose(0, 2, 1) @ change_mean
    add_to_overlapping(stretches.columns(changes, writeable=True), change_text, T=mean.shape[1])
    add_rows(V, stretches.text, changes)
    add_rows(U, stretches.centers.ravel(), (positive * mean).reshape(-1, U.shape[1]))
    add_rows(U, negatives.ravel(), (negative.transpose(0, 2, 1) @ mean).reshape(-1, U.shape[1]))
    return True


def _shares(stretches, dtype):
    """1 by the number of a window's words where there is one of them, else 0; shape (G, T, C)."""
    return stretches.mask() / np.maximum(stretches.pairs_of_center, 1)[:, :, None].astype(dtype)
