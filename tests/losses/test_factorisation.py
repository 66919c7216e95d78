"""Factorisation: the loss cell by cell against pair by pair, its optimum, low rank, and the tiny world."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v.chapters import toy
from w2v.checks.gradient_check import GradientMismatch, check_gradients
from w2v.corpus.noise import noise_distribution
from w2v.corpus.vocabulary import build_vocabulary, encode
from w2v.corpus.windows import context_windows
from w2v.losses import factorisation as f
from w2v.losses.functions import sigmoid
from w2v.losses.pair import negative_sampling_gradients, negative_sampling_loss
from w2v.text import tiny_world
from w2v.text.words import split_sentences

V, U = toy.center_vectors(), toy.outside_vectors()
COUNTS = np.array(
    [[2, 9, 1, 4, 3], [8, 1, 7, 2, 5], [1, 6, 3, 6, 8], [4, 2, 5, 1, 9], [3, 5, 8, 7, 2.0]]
)  # not symmetric
NOISE = np.array([0.3, 0.25, 0.2, 0.15, 0.1])
EXAMPLE = (COUNTS, 2, NOISE)


@st.composite
def corpora(draw):
    """(scores, counts, K, noise) for 2 to 6 words; some counts are 0."""
    words = draw(st.integers(2, 6))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    counts = rng.integers(0, 30, size=(words, words)).astype(float)
    counts[0, 1] += 1
    return rng.normal(size=(words, words)) * 3, counts, draw(st.integers(1, 9)), rng.dirichlet(np.full(words, 5.0))


# By hand: two words, 9 pairs; n_w = (5, 4), K = 2, q = (3/4, 1/4).
HAND = (np.array([[3.0, 2], [4, 0]]), 2, [0.75, 0.25])


def test_the_drawn_counts_by_hand():
    np.testing.assert_allclose(f.drawn_counts(*HAND), [[7.5, 2.5], [6, 2]], rtol=1e-15)


def test_the_table_by_hand():
    np.testing.assert_allclose(
        f.shifted_pmi(*HAND), [[np.log(3 / 7.5), np.log(2 / 2.5)], [np.log(4 / 6), -np.inf]], rtol=1e-15
    )


def test_the_table_with_plain_frequencies_is_the_shifted_pmi():
    joint, N = HAND[0], 9
    pmi = np.log(np.array([3, 2, 4]) * N / np.array([5 * 7, 5 * 2, 4 * 7]))
    table = f.shifted_pmi(joint, 3)
    np.testing.assert_allclose([table[0, 0], table[0, 1], table[1, 0]], pmi - np.log(3), rtol=1e-14)


def test_the_loss_at_score_zero_is_log_2_for_everything_seen_or_drawn():
    assert f.expected_loss(np.zeros((2, 2)), *HAND) == pytest.approx((9 + 18) * np.log(2), rel=1e-15)


def test_cell_by_cell_is_pair_by_pair():
    """Every list of K = 2 draws for every pair, weighted by its probability."""
    pairs = product(range(5), repeat=4)
    total = sum(COUNTS[w, x] * NOISE[a] * NOISE[b] * negative_sampling_loss(V[w], x, U, [a, b]) for w, x, a, b in pairs)
    assert f.factor_loss(V, U, *EXAMPLE) == pytest.approx(total, rel=1e-12)


def test_the_gradients_are_the_mean_of_all_steps():
    grad_V, grad_U = np.zeros_like(V), np.zeros_like(U)
    for w, x, a, b in product(range(5), repeat=4):
        weight = COUNTS[w, x] * NOISE[a] * NOISE[b]
        of_v, of_U = negative_sampling_gradients(V[w], x, U, [a, b])
        grad_V[w] += weight * of_v
        grad_U += weight * of_U
    for ours, summed in zip(f.factor_gradients(V, U, *EXAMPLE), (grad_V, grad_U)):
        np.testing.assert_allclose(ours, summed, rtol=1e-11)


WRONG = {
    "draws left out": lambda z, n, d: n * sigmoid(z) - n,
    "sign": lambda z, n, d: n - (n + d) * sigmoid(z),
    "transposed slopes": lambda z, n, d: ((n + d) * sigmoid(z) - n).T,
    "seen forgotten": lambda z, n, d: (n + d) * sigmoid(z),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_wrong_gradients_are_refused(mistake):
    def gradients(V, U, counts, K, noise):
        G = WRONG[mistake](V @ U.T, counts, f.drawn_counts(counts, K, noise))
        return G @ U, G.T @ V

    with pytest.raises(GradientMismatch):
        check_gradients(f.factor_loss, gradients, V, U, *EXAMPLE, wrt=("V", "U"))


def test_the_gradient_check_passes():
    check_gradients(f.factor_loss, f.factor_gradients, V, U, *EXAMPLE, wrt=("V", "U"))


@settings(deadline=None)
@given(corpora())
def test_no_scores_go_below_the_least_loss(corpus):
    scores, counts, K, noise = corpus
    each = f.excess(scores, counts, K, noise)
    assert each.min() > -1e-11
    assert f.expected_loss(scores, counts, K, noise) == pytest.approx(
        each.sum() + f.least_losses(counts, K, noise).sum(), rel=1e-12
    )


def test_a_word_that_is_never_a_center_loses_nothing():
    np.testing.assert_array_equal(f.excess([[1, 2], [3, -4]], [[2, 1], [0, 0]], 3, [0.5, 0.5])[1], [0, 0])


@settings(deadline=None)
@given(corpora())
def test_the_table_is_the_optimum(corpus):
    _, counts, K, noise = corpus
    best = f.shifted_pmi(counts, K, noise)
    seen = counts > 0
    finite = np.where(seen, best, -40.0)
    assert np.abs(f.excess(finite, counts, K, noise)).max() < 1e-9
    for step in (-0.1, 0.1):
        assert f.excess(finite + step, counts, K, noise)[seen].min() > 1e-6


@settings(deadline=None)
@given(corpora())
def test_the_excess_is_a_weighted_divergence(corpus):
    scores, counts, K, noise = corpus
    drawn = f.drawn_counts(counts, K, noise)
    p, s = counts / (counts + drawn), sigmoid(scores)
    terms = np.where(p > 0, p * np.log(np.where(p > 0, p, 1) / s), 0) + (1 - p) * np.log((1 - p) / (1 - s))
    np.testing.assert_allclose(f.excess(scores, counts, K, noise), (counts + drawn) * terms, atol=1e-9)


def test_scores_of_800_stay_finite():
    scores = np.where(np.eye(5) > 0, 800.0, -800.0)
    assert np.isfinite(f.expected_loss(scores, *EXAMPLE)) and np.isfinite(f.excess(scores, *EXAMPLE)).all()


def test_counting_pairs():
    sentences = [[0, 1, 2, 1], [3, 0]]
    counted = np.zeros((5, 5))
    for sentence in sentences:
        for center, outside in context_windows(sentence, 2):
            for word in outside:
                counted[center, word] += 1
    counts = f.pair_counts(sentences, 2, 5)
    assert np.array_equal(counts, counted) and np.array_equal(counts, counts.T)
    np.testing.assert_allclose(f.outside_frequencies(counts), counts.sum(axis=1) / 12)


# Low rank.


def test_the_svd_is_the_nearest_table_of_its_rank():
    table = np.log(COUNTS)
    singular = np.linalg.svd(table)[1]
    for D in range(1, 6):
        left, right = f.low_rank(table, D)
        assert left.shape == right.shape == (5, D)
        assert np.linalg.norm(table - left @ right.T) == pytest.approx(np.linalg.norm(singular[D:]), abs=1e-12)
        np.testing.assert_allclose((left**2).sum(axis=0), (right**2).sum(axis=0))  # balanced


def test_the_fit_of_full_rank_finds_the_optimum():
    fitted_V, fitted_U = f.fit_low_rank(*EXAMPLE, D=5, rounds=60, ridge=1e-6)
    np.testing.assert_allclose(fitted_V @ fitted_U.T, f.shifted_pmi(*EXAMPLE), atol=1e-3)


def test_the_fit_never_rises_and_gains_with_the_rank():
    penalised = lambda tables: f.factor_loss(*tables, *EXAMPLE) + 0.05 * sum((t**2).sum() for t in tables)
    by_round = [penalised(f.fit_low_rank(*EXAMPLE, D=2, rounds=n, ridge=0.1)) for n in range(1, 9)]
    assert (np.diff(by_round) <= 1e-9).all()
    by_rank = [f.factor_loss(*f.fit_low_rank(*EXAMPLE, D=D, rounds=40, ridge=1e-4), *EXAMPLE) for D in (1, 2, 4)]
    assert by_rank[0] > by_rank[1] > by_rank[2] >= f.least_losses(*EXAMPLE).sum()


def test_the_fit_ends_where_the_gradient_vanishes():
    slopes = []
    for rounds in (1, 400):
        tables = f.fit_low_rank(*EXAMPLE, D=2, rounds=rounds, ridge=0.1)
        slopes.append(max(np.abs(g + 0.1 * t).max() for t, g in zip(tables, f.factor_gradients(*tables, *EXAMPLE))))
    assert slopes[1] < 1e-3 * slopes[0]


def test_a_fit_repeats_bit_for_bit():
    first, again, other = (f.fit_low_rank(*EXAMPLE, D=2, seed=seed)[0] for seed in (3, 3, 4))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_unseen_pairs_stay_finite():
    counts = COUNTS * (np.arange(25).reshape(5, 5) % 3 > 0)
    tables = f.fit_low_rank(counts, 2, NOISE, D=4, rounds=30)
    assert all(np.isfinite(table).all() for table in tables)
    assert (tables[0] @ tables[1].T)[counts == 0].max() < 0


def test_the_tiny_world_is_recovered_from_counts_alone():
    sentences = split_sentences(tiny_world.text(tokens=20_000))
    vocabulary = build_vocabulary([w for sentence in sentences for w in sentence])
    counts = f.pair_counts([encode(s, vocabulary) for s in sentences], 5, len(vocabulary))
    noise = noise_distribution(vocabulary.counts)
    each = lambda tables: f.excess(tables[0] @ tables[1].T, counts, 5, noise).sum() / counts.sum()
    positive = np.maximum(f.shifted_pmi(counts, 5, noise), 0)
    fitted = [each(f.fit_low_rank(counts, 5, noise, D)) for D in (2, 10)]
    assert fitted[1] < 0.2 < fitted[0] < each(f.low_rank(positive, 10))


# Arguments.

ZEROS = np.zeros((5, 5))
BAD = [
    (lambda: f.shifted_pmi(COUNTS[:, :4], 2), ValueError, r"counts: expected a square table .* got shape \(5, 4\)"),
    (
        lambda: f.shifted_pmi(-COUNTS, 2),
        ValueError,
        "counts: expected a square table of counts that are not negative and not all 0",
    ),
    (
        lambda: f.shifted_pmi(ZEROS, 2),
        ValueError,
        "counts: expected a square table of counts that are not negative and not all 0",
    ),
    (lambda: f.shifted_pmi(COUNTS, 0), ValueError, "K: expected a finite number above 0, got 0"),
    (
        lambda: f.shifted_pmi(COUNTS, 2, NOISE[:4]),
        ValueError,
        r"noise: expected a vector of shape \(5,\), got shape \(4,\)",
    ),
    (lambda: f.shifted_pmi(COUNTS, 2, NOISE * 2), ValueError, "noise: expected non-negative entries with sum 1"),
    (
        lambda: f.shifted_pmi(COUNTS, 2, [0.5, 0.5, 0, 0, 0]),
        ValueError,
        "noise: expected a chance above 0 for every word, got 0 for word 2",
    ),
    (
        lambda: f.expected_loss(ZEROS[:4], *EXAMPLE),
        ValueError,
        r"scores: expected the shape of counts, \(5, 5\), got \(4, 5\)",
    ),
    (lambda: f.excess(ZEROS - np.inf, *EXAMPLE), ValueError, "scores: expected finite numbers, got -inf"),
    (lambda: f.factor_loss(V, U[:, :2], *EXAMPLE), ValueError, r"U: expected 3 columns"),
    (
        lambda: f.factor_loss(V[:4], U, *EXAMPLE),
        ValueError,
        r"scores: expected the shape of counts, \(5, 5\), got \(4, 5\)",
    ),
    (lambda: f.low_rank(COUNTS, 6), ValueError, "D: expected at most 5, got 6"),
    (lambda: f.low_rank(COUNTS, 0), ValueError, "D: expected an int of at least 1, got 0"),
    (lambda: f.low_rank(f.shifted_pmi(HAND[0], 2), 1), ValueError, "table: expected finite numbers, got -inf"),
    (lambda: f.fit_low_rank(*EXAMPLE, D=0), ValueError, "D: expected an int of at least 1, got 0"),
    (lambda: f.fit_low_rank(*EXAMPLE, D=2, rounds=0), ValueError, "rounds: expected an int of at least 1, got 0"),
    (lambda: f.fit_low_rank(*EXAMPLE, D=2, ridge=0), ValueError, "ridge: expected a finite number above 0, got 0"),
    (lambda: f.pair_counts([[0, 7]], 2, 5), IndexError, r"sentences: expected indices in 0\.\.4, got 7"),
    (lambda: f.pair_counts([[3]], 2, 5), ValueError, "sentences: expected a sentence of at least two words, got none"),
]


@pytest.mark.parametrize("call, error, message", BAD)
def test_bad_arguments_are_explained(call, error, message):
    with pytest.raises(error, match=f"^{message}"):
        call()


def test_arguments_are_not_modified():
    frozen = [np.array(a) for a in (V, U, COUNTS, NOISE)]
    for array in frozen:
        array.flags.writeable = False
    v, u, counts, noise = frozen
    f.factor_gradients(v, u, counts, 2, noise), f.excess(v @ u.T, counts, 2, noise), f.shifted_pmi(counts, 2, noise)
    f.fit_low_rank(counts, 2, noise, D=2), f.low_rank(counts, 2)
