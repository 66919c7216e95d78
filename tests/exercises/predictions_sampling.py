"""What the package computes for the predictions of the chapters on what negative sampling costs and learns."""

import numpy as np

from w2v.losses.costs import naive_softmax_cost, negative_sampling_cost
from w2v.losses.functions import sigmoid
from w2v.losses.pair import negative_sampling_gradients

CALL, ROW = 10.0, 0.05


def gain(call, D=1):
    softmax, sampling = naive_softmax_cost(10_000, D), negative_sampling_cost(5, D)
    return (call + ROW * D * softmax.rows) / (call + ROW * D * sampling.rows)


def wider():
    change = gain(CALL, D=2) - gain(CALL)
    return "rise" if change > 1 else "fall" if change < -1 else "stay"


def mean_slope(score, K, r=0.3, q=0.2):
    """The mean of the gradient with respect to one score: its word is seen with chance r, and each draw hits it with chance q."""
    v, table = np.ones(1), np.array([[score], [0.0]])
    of = lambda o, negatives: negative_sampling_gradients(v, o, table, negatives)[1][0, 0]
    seen, drawn = of(0, [1]), of(1, [0])
    return r * seen + K * q * drawn


def optimum(K, **shares):
    scores = np.linspace(-6, 3, 90_001)
    return scores[np.argmin([abs(mean_slope(score, K, **shares)) for score in scores[::90]]) * 90]


def never_seen():
    slopes = [mean_slope(score, 3, r=0.0) for score in (-20, -5, 0, 5)]
    return "sink" if min(slopes) > 0 else "rise" if max(slopes) < 0 else "settle"


FOUND = {
    "sampling-cost-even": lambda: next(
        K for K in range(1, 20_000) if negative_sampling_cost(K, 7).rows == naive_softmax_cost(10_000, 7).rows
    ),
    "sampling-optimum-never-seen": never_seen,
    "sampling-cost-fixed-price": lambda: gain(CALL),
    "sampling-cost-dimension": wider,
    "sampling-optimum-more-negatives": lambda: optimum(10) - optimum(2),
    "sampling-optimum-neutral": lambda: sigmoid(optimum(3, r=0.2, q=0.2)),
}
