"""What the package computes for the predictions of the chapter on factorisation."""

import numpy as np

from w2v.losses.factorisation import drawn_counts, factor_loss, shifted_pmi
from w2v.losses.functions import sigmoid

COUNTS, NOISE = np.array([[2.0, 5, 3], [4, 1, 6], [7, 2, 8]]), np.array([0.5, 0.3, 0.2])
V, U = np.random.default_rng(5).normal(size=(2, 3, 2))


def more_draws():
    [change] = set((shifted_pmi(COUNTS, 10, NOISE) - shifted_pmi(COUNTS, 5, NOISE)).round(12).ravel().tolist())
    return change


def turned():
    change = factor_loss(2 * V, U / 2, COUNTS, 5, NOISE) - factor_loss(V, U, COUNTS, 5, NOISE)
    return "stays" if abs(change) < 1e-9 else "rises" if change > 0 else "falls"


def expected_share():
    counts = np.array([[6.0, 6], [6, 6]])
    assert drawn_counts(counts, 3, [0.5, 0.5])[0, 0] == 18
    return sigmoid(shifted_pmi(counts, 3, [0.5, 0.5])[0, 0])


FOUND = {
    "factorisation-more-draws": more_draws,
    "factorisation-turned": turned,
    "factorisation-expects": expected_share,
}
