"""GloVe: weights, loss and gradients, what an unseen pair does, the fit, bad input."""

import numpy as np
import pytest

from w2v.checks.gradient_check import GradientMismatch, check_gradients
from w2v.losses.glove import fit_glove, glove_gradients, glove_loss, glove_weights

rng = np.random.default_rng(12)
COUNTS = rng.integers(0, 30, size=(5, 7)).astype(float)
ARGUMENTS = (rng.normal(size=(5, 3)), rng.normal(size=(7, 3)), rng.normal(size=5), rng.normal(size=7), COUNTS)
WEIGHTS = glove_weights(COUNTS, most=10)
WRT = ("V", "U", "a", "b")


def test_the_weights():
    np.testing.assert_allclose(glove_weights([[0, 1, 16, 256, 1000]], most=256), [[0, 1 / 64, 1 / 8, 1, 1]])


def test_the_loss_is_the_sum_over_the_seen_pairs():
    V, U, a, b, _ = ARGUMENTS
    cells = [(w, x) for w in range(5) for x in range(7) if COUNTS[w, x]]
    by_hand = sum(WEIGHTS[c] * (U[c[1]] @ V[c[0]] + a[c[0]] + b[c[1]] - np.log(COUNTS[c])) ** 2 for c in cells)
    assert glove_loss(*ARGUMENTS, WEIGHTS) == pytest.approx(by_hand, rel=1e-12)
    assert 0 < len(cells) < COUNTS.size


def test_the_gradients():
    check_gradients(glove_loss, glove_gradients, *ARGUMENTS, WEIGHTS, wrt=WRT)


def test_a_factor_that_is_lost_is_noticed():
    half = lambda *arguments: tuple(g / 2 for g in glove_gradients(*arguments))
    with pytest.raises(GradientMismatch):
        check_gradients(glove_loss, half, *ARGUMENTS, WEIGHTS, wrt=WRT)


def test_an_unseen_pair_counts_for_nothing_even_with_a_weight():
    weights = np.where(COUNTS > 0, WEIGHTS, 5.0)
    assert glove_loss(*ARGUMENTS, weights) == glove_loss(*ARGUMENTS, WEIGHTS)
    for one, other in zip(glove_gradients(*ARGUMENTS, weights), glove_gradients(*ARGUMENTS, WEIGHTS)):
        np.testing.assert_array_equal(one, other)


def square_counts():
    return np.random.default_rng(2).integers(0, 50, size=(9, 9)).astype(float)


def test_the_fit_is_a_stationary_point_of_the_loss_with_its_ridge():
    counts, ridge = square_counts(), 0.05
    V, U, a, b = fit_glove(counts, 2, rounds=400, ridge=ridge)
    slopes = glove_gradients(V, U, a, b, counts, glove_weights(counts))
    for slope, value in zip(slopes, (V, U, a, b)):
        assert np.abs(slope + 2 * ridge * value).max() < 1e-4


def test_more_dimensions_fit_better_and_the_same_seed_gives_the_same_vectors():
    counts = square_counts()
    losses = [glove_loss(*fit_glove(counts, D), counts, glove_weights(counts)) for D in (1, 3, 6)]
    assert losses[0] > losses[1] > losses[2]
    for one, other in zip(fit_glove(counts, 2, seed=3), fit_glove(counts, 2, seed=3)):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: glove_weights([[-1.0]]), "counts: expected no negative count"),
        (lambda: glove_weights([[1.0]], most=0), "most: "),
        (lambda: glove_loss(*ARGUMENTS[:4], COUNTS.T, WEIGHTS.T), "counts: expected shape"),
        (lambda: glove_loss(*ARGUMENTS, WEIGHTS.T), "weights: expected"),
        (lambda: glove_loss(ARGUMENTS[0], ARGUMENTS[1], ARGUMENTS[3], *ARGUMENTS[3:], WEIGHTS), "a: expected a vector"),
        (lambda: fit_glove(square_counts(), 0), "D: "),
        (lambda: fit_glove(square_counts(), 2, ridge=0), "ridge: "),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
