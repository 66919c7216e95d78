"""Right and wrong functions for the exercises of the chapter on CBOW, as a student might write them."""

import numpy as np

from student_functions import log_softmax, right, sigmoid, softmax, wrong, y_minus

LOSS, READ, BOTH = "cbow-window-loss", "cbow-read-table", "cbow-both-tables"


def mean_of(outside, V):
    return sum(V[w] for w in outside) / len(outside)


@right(LOSS)
def _(center, outside, V, U):
    return -log_softmax(U @ V[outside].mean(axis=0))[center]


@right(LOSS)
def _(center, outside, V, U):
    scores = np.array([u @ mean_of(outside, V) for u in U])
    return np.logaddexp.reduce(scores) - scores[center]


@wrong(LOSS, "missing minus")
def _(center, outside, V, U):
    return log_softmax(U @ mean_of(outside, V))[center]


@wrong(LOSS, "sum instead of mean")
def _(center, outside, V, U):
    return -log_softmax(U @ V[outside].sum(axis=0))[center]


@wrong(LOSS, "mean of the losses for the loss of the mean")
def _(center, outside, V, U):
    return np.mean([-log_softmax(U @ V[w])[center] for w in outside])


@wrong(LOSS, "logarithm forgotten")
def _(center, outside, V, U):
    return softmax(U @ mean_of(outside, V))[center]


@wrong(LOSS, "scores not normalised")
def _(center, outside, V, U):
    return -(U @ mean_of(outside, V))[center]


@wrong(LOSS, "unstable")
def _(center, outside, V, U):
    scores = U @ mean_of(outside, V)
    return np.log(np.exp(scores).sum()) - scores[center]


@right(READ)
def _(center, outside, V, U):
    grad_V, g = np.zeros_like(V), U.T @ y_minus(U @ mean_of(outside, V), center)
    for w in outside:
        grad_V[w] += g / len(outside)
    return grad_V


@right(READ)
def _(center, outside, V, U):
    n = np.array([(outside == w).mean() for w in range(len(V))])
    return np.outer(n, U.T @ y_minus(U @ V[outside].mean(axis=0), center))


def spread(outside, V, g):
    grad_V = np.zeros_like(V)
    np.add.at(grad_V, outside, g / len(outside))
    return grad_V


@wrong(READ, "forgotten factor")
def _(center, outside, V, U):
    return len(outside) * spread(outside, V, U.T @ y_minus(U @ mean_of(outside, V), center))


@wrong(READ, "overwritten duplicates")
def _(center, outside, V, U):
    grad_V = np.zeros_like(V)
    grad_V[outside] += U.T @ y_minus(U @ mean_of(outside, V), center) / len(outside)
    return grad_V


@wrong(READ, "wrong row")
def _(center, outside, V, U):
    grad_V = np.zeros_like(V)
    grad_V[center] = U.T @ y_minus(U @ mean_of(outside, V), center)
    return grad_V


@wrong(READ, "wrong vector read in")
def _(center, outside, V, U):
    return spread(outside, V, U.T @ y_minus(U @ V[center], center))


@wrong(READ, "sum instead of mean")
def _(center, outside, V, U):
    return len(outside) * spread(outside, V, U.T @ y_minus(U @ V[outside].sum(axis=0), center))


@wrong(READ, "forgotten y")
def _(center, outside, V, U):
    return spread(outside, V, U.T @ softmax(U @ mean_of(outside, V)))


def factors(center, scores, negatives):
    counts = np.bincount(negatives, minlength=len(scores))
    delta = sigmoid(scores) * counts
    delta[center] += sigmoid(scores)[center] - 1
    return delta


@right(BOTH)
def _(center, outside, V, U, negatives):
    mean = mean_of(outside, V)
    delta = factors(center, U @ mean, negatives)
    return spread(outside, V, delta @ U), np.outer(delta, mean)


@wrong(BOTH, "forgotten factor")
def _(center, outside, V, U, negatives):
    mean = mean_of(outside, V)
    delta = factors(center, U @ mean, negatives)
    return len(outside) * spread(outside, V, delta @ U), np.outer(delta, mean)


@wrong(BOTH, "sum instead of mean")
def _(center, outside, V, U, negatives):
    mean = mean_of(outside, V)
    delta = factors(center, U @ mean, negatives)
    return spread(outside, V, delta @ U), np.outer(delta, V[outside].sum(axis=0))


@wrong(BOTH, "overwritten duplicates")
def _(center, outside, V, U, negatives):
    mean = mean_of(outside, V)
    delta = factors(center, U @ mean, negatives)
    grad_V = np.zeros_like(V)
    grad_V[outside] = delta @ U / len(outside)
    return grad_V, np.outer(delta, mean)


@wrong(BOTH, "missing minus")
def _(center, outside, V, U, negatives):
    mean = mean_of(outside, V)
    delta = -factors(center, U @ mean, negatives)
    return spread(outside, V, delta @ U), np.outer(delta, mean)
