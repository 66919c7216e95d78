"""The usual slips in hand-written CBOW gradients, each as the wrong gradients of a whole window."""

import numpy as np

from w2v.checks.slips.pair import NAIVE_SOFTMAX, NEGATIVE_SAMPLING
from w2v.checks.slips.slip import Slip
from w2v.losses.cbow import cbow_gradients, context_vector, spread


def _factor_forgotten(center, outside, V, U, negatives=None, mean=True):
    grad_V, grad_U = cbow_gradients(center, outside, V, U, negatives, mean)
    return grad_V * (len(outside) if mean else 1), grad_U


def _repeats_overwritten(center, outside, V, U, negatives=None, mean=True):
    grad_V, grad_U = cbow_gradients(center, outside, V, U, negatives, mean)
    return grad_V / np.maximum(np.bincount(outside, minlength=len(V)), 1)[:, None], grad_U


def _to_the_center(center, outside, V, U, negatives=None, mean=True):
    grad_V, grad_U = cbow_gradients(center, outside, V, U, negatives, mean)
    moved = np.zeros_like(grad_V)
    moved[center] = grad_V.sum(axis=0) * (len(outside) if mean else 1) / len(outside)
    return moved, grad_U


def _sum_in_the_table(center, outside, V, U, negatives=None, mean=True):
    grad_V, grad_U = cbow_gradients(center, outside, V, U, negatives, mean)
    return grad_V, grad_U * (len(outside) if mean else 1)


def _center_vector_read(center, outside, V, U, negatives=None, mean=True):
    """The pair loss at V[center], as in skip-gram."""
    V = np.asarray(V)
    alone = np.broadcast_to(V[center], V.shape)
    return cbow_gradients(center, outside, alone, U, negatives, True)


# The slips in gradients of the CBOW loss, a tuple of Slip.
CBOW = (
    Slip(
        "the factor 1/(2m) of the mean forgotten",
        "each vector is one 2m-th of the mean, and so is its gradient",
        _factor_forgotten,
        "forgotten factor",
    ),
    Slip(
        "repeated words overwritten",
        "a word that stands twice in the window gets its share twice: add, with np.add.at",
        _repeats_overwritten,
        "overwritten duplicates",
    ),
    Slip(
        "the gradient given to the center word",
        "the center word is predicted; in V the words of its window move",
        _to_the_center,
        "wrong row",
    ),
    Slip(
        "the sum for the mean in dJ/dU",
        "the rows of dJ/dU are multiples of the mean vector",
        _sum_in_the_table,
        "sum instead of mean",
    ),
    Slip(
        "the center vector read in",
        "CBOW reads the mean of the window's vectors, not that of the center word",
        _center_vector_read,
        "wrong vector read in",
    ),
)


def wrong_gradients(center, outside, V, U, negatives=None, mean=True):
    """(slip, (grad_V, grad_U)) for every slip of this page and every slip of a pair, spread over the window."""
    arguments = (center, outside, V, U, negatives, mean)
    for slip in CBOW:
        yield slip, slip.gradients(*arguments)
    pair = (context_vector(outside, V, mean), center, U) + (() if negatives is None else (negatives,))
    for slip in NAIVE_SOFTMAX if negatives is None else NEGATIVE_SAMPLING:
        yield slip, spread(slip.gradients, pair, outside, V, len(outside) if mean else 1)
