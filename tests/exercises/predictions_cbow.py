"""What the package computes for the predictions of the chapter on CBOW."""

import numpy as np

from w2v.losses.cbow import cbow_gradients, cbow_loss, context_vector
from w2v.losses.pair import naive_softmax_gradients, naive_softmax_loss

V, U = np.random.default_rng(5).normal(size=(2, 6, 3))
WINDOW = [1, 4, 1, 5]


def share():
    of_mean, _ = naive_softmax_gradients(context_vector(WINDOW, V), 2, U)
    return float(cbow_gradients(2, WINDOW, V, U)[0][1] @ of_mean / (of_mean @ of_mean))


def excess_of_equal_vectors():
    equal = np.broadcast_to(V[3], V.shape)
    return float(np.mean([naive_softmax_loss(equal[w], 2, U) for w in WINDOW]) - cbow_loss(2, WINDOW, equal, U))


def rows_that_predict():
    """The rows of U that one window touches, with ten outside words and five different negatives."""
    V, U = np.random.default_rng(6).normal(size=(2, 20, 3))
    return int(cbow_gradients(0, list(range(1, 11)), V, U, [11, 12, 13, 14, 15])[1].any(axis=1).sum())


FOUND = {"cbow-share": share, "cbow-equal-words": excess_of_equal_vectors, "cbow-predictions": rows_that_predict}
