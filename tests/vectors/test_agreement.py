"""Scores: Spearman by hand and against SciPy, gensim's own evaluation, intervals that cover, mutants, every error message."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from mutation import mutant
from w2v.corpus.vocabulary import build_vocabulary
from w2v.vectors import agreement
from w2v.vectors.agreement import Score, analogy_score, difference, mean_score, ranks, similarity_score, spearman
from w2v.vectors.neighbours import analogy_accuracy

WORDS = build_vocabulary(
    ["king"] * 7 + ["queen"] * 6 + ["man"] * 5 + ["woman"] * 4 + ["crown"] * 3 + ["milk"] * 2 + ["apple"]
)
VECTORS = np.array(
    [[2, 0.2, 0.2], [2, -0.2, 0.2], [0.2, 0.5, 2], [0.2, -0.5, 2], [0.2, 1.5, 2], [-1, 0.2, -1], [-2, 0.3, -1]]
)
PAIRS = [
    ("king", "queen", 8.5),
    ("man", "woman", 8.5),
    ("king", "moon", 3),
    ("man", "crown", 4),
    ("king", "milk", 1),
    ("crown", "apple", 2),
]
QUESTIONS = [
    ("king", "queen", "man", "woman"),
    ("man", "woman", "king", "queen"),
    ("king", "queen", "man", "milk"),
    ("king", "sun", "man", "moon"),
]
short_lists = st.integers(3, 9).flatmap(
    lambda n: st.tuples(*2 * [st.lists(st.integers(-3, 3), min_size=n, max_size=n)])
)


def ranks_by_hand(f):
    """30 stands first of three, the two 50 share ranks 2 and 3; with the first item twice, everything moves up."""
    np.testing.assert_array_equal(
        f.ranks([50, 30, 50], np.array([[1, 1, 1], [2, 1, 1], [0, 3, 1.0]])), [[2.5, 1, 2.5], [3, 1, 3], [4, 2, 4]]
    )


def spearman_by_hand(f):
    """Ranks 1 2 3 4 against 1 3 2 4: 1 - 6 (1 + 1) / (4 * 15)."""
    assert f.spearman([1, 2, 30, 40], [0.1, 0.3, 0.2, 9]) == pytest.approx(0.8)


def resampled_as_if_repeated(f):
    """An item that is there twice counts as two equal items."""
    x, y, counts = (
        np.array([3, 1, 4, 1, 5.0]),
        np.array([2, 7, 1, 8, 2.0]),
        np.array([[1, 2, 0, 3, 1], [2, 1, 1, 1, 0.0]]),
    )
    repeated = [spearmanr(np.repeat(x, c.astype(int)), np.repeat(y, c.astype(int))).statistic for c in counts]
    np.testing.assert_allclose(f.spearman(x, y, counts), repeated, rtol=1e-12)


def similarity_by_hand(f):
    """Five of six pairs are covered; the cosines are 0.98, 0.89, 0.94, -0.90 and -0.37, the ratings 8.5, 8.5, 4, 1, 2."""
    score = f.similarity_score(VECTORS, WORDS, PAIRS)
    assert score.items == (0, 1, 3, 4, 5) and (score.n, score.of) == (5, 6)
    assert score.value == pytest.approx(spearmanr([5, 3, 4, 1, 2], [4.5, 4.5, 3, 1, 2]).statistic)


def analogies_by_hand(f):
    """Two right, one wrong, one with words that are not covered."""
    score = f.analogy_score(VECTORS, WORDS, QUESTIONS)
    assert (score.value, score.n, score.of) == (pytest.approx(2 / 3), 3, 4)


def questions_of_one_pair_are_resampled_together(f):
    """All questions begin with the same pair, so every resample holds all of them."""
    same = [QUESTIONS[0], QUESTIONS[2], ("king", "queen", "man", "crown")]
    np.testing.assert_allclose(f.analogy_score(VECTORS, WORDS, same).draws, 1 / 3)


def the_interval_holds_the_middle(f):
    low, high = f.Score(0.5, (0,), 1, np.arange(1001) / 1000).interval
    assert (low, high) == (pytest.approx(0.025), pytest.approx(0.975))


def a_difference_is_resampled_together(f):
    """Two equal tables differ by 0 in every draw, although each alone scatters."""
    first, second = (f.similarity_score(VECTORS, WORDS, PAIRS) for _ in "ab")
    assert np.nanmax(first.draws) > np.nanmin(first.draws)
    assert f.difference(first, second).interval == (0, 0)
    other = f.difference(first, f.similarity_score(VECTORS[:, ::-1] * [1, 2, 0.1], WORDS, PAIRS))
    assert other.value > 0 and other.n == 5


LAWS = [
    ranks_by_hand,
    spearman_by_hand,
    resampled_as_if_repeated,
    similarity_by_hand,
    analogies_by_hand,
    questions_of_one_pair_are_resampled_together,
    the_interval_holds_the_middle,
    a_difference_is_resampled_together,
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_law(law):
    law(agreement)


@given(short_lists)
def test_spearman_is_scipys(values):
    x, y = values
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    assert spearman(x, y) == pytest.approx(spearmanr(x, y).statistic, abs=1e-12)


@given(short_lists)
def test_spearman_sees_the_order_only(values):
    x, y = values
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    assert spearman(np.exp(x), y) == pytest.approx(spearman(x, y), abs=1e-12)
    assert spearman(x, np.negative(y)) == pytest.approx(-spearman(x, y), abs=1e-12)


def test_equal_ranks_in_a_draw_give_nan_and_are_left_out_of_the_interval():
    draws = spearman([1, 2, 3], [1, 3, 2], [[3, 0, 0], [1, 1, 1]])
    assert np.isnan(draws[0]) and draws[1] == pytest.approx(0.5)
    assert Score(0.5, (0, 1, 2), 3, draws).interval == (pytest.approx(0.5), pytest.approx(0.5))


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    """Two normal variables of correlation 0.5 have Spearman's correlation 6/pi asin(1/4) = 0.4826."""
    rng, covered = np.random.default_rng(4), 0
    for _ in range(200):
        x = rng.normal(size=80)
        y = 0.5 * x + np.sqrt(0.75) * rng.normal(size=80)
        draws = spearman(x, y, agreement._resampled(80, 300, seed=int(rng.integers(1 << 30))))
        low, high = Score(spearman(x, y), tuple(range(80)), 80, draws).interval
        covered += low < 6 / np.pi * np.arcsin(0.25) < high
    assert 0.87 < covered / 200 < 0.99


def test_a_score_is_the_same_for_a_seed_and_prints_its_n():
    first, again, other = (similarity_score(VECTORS, WORDS, PAIRS, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first.draws, again.draws)
    assert (first.draws != other.draws).any() and str(first).endswith("n = 5 of 6")


def test_the_mean_over_seeds():
    one, two = (Score(value, (0, 2), 3, np.array([value, value + 0.2])) for value in (0.3, 0.5))
    mean = mean_score([one, two])
    assert (mean.value, mean.n, mean.of) == (pytest.approx(0.4), 2, 3)
    np.testing.assert_allclose(mean.draws, [0.4, 0.6])


def test_many_questions_are_answered_like_one_by_one():
    """The fast answers, in chunks, agree with the plain function of `w2v.vectors.neighbours`."""
    rng = np.random.default_rng(7)
    words = [f"word{i:02}" for i in range(40)]
    vocabulary, base, shift = build_vocabulary(words), rng.normal(size=(20, 6)), rng.normal(size=6)
    vectors = np.concatenate([base, base + shift + 0.4 * rng.normal(size=base.shape)])
    pairs = list(zip(words[:20], words[20:]))
    questions = [(a, b, c, d) for a, b in pairs for c, d in pairs if (a, b) != (c, d)]
    questions *= 1 + agreement.CHUNK // len(questions)
    plain = analogy_accuracy(pairs, vectors, vocabulary)
    assert len(questions) > agreement.CHUNK and 0.1 < plain < 0.9
    assert analogy_score(vectors, vocabulary, questions).value == pytest.approx(plain)


@pytest.mark.parametrize(
    "law, right, wrong",
    [
        (ranks_by_hand, "(heights - 1) / 2", "heights + 1"),
        (ranks_by_hand, "heights.cumsum(axis=1)", "heights.cumsum(axis=0)"),
        (spearman_by_hand, "(ranks(values, weights) for", "(np.broadcast_to(values, weights.shape) for"),
        (resampled_as_if_repeated, "(weights * p * q)", "(p * q)"),
        (
            resampled_as_if_repeated,
            "r - (weights * r).sum(axis=1, keepdims=True) / weights.sum(axis=1, keepdims=True)",
            "r - r.mean(axis=1, keepdims=True)",
        ),
        (similarity_by_hand, "all(word in vocabulary.index", "any(word in vocabulary.index"),
        (similarity_by_hand, "rows[places[:, 1]])", "rows[places[:, 0]])"),
        (similarity_by_hand, "pairs[i][2] for i in known", "pairs[i][2] for i in range(len(known))"),
        (analogies_by_hand, "rows[part[:, 1]] - rows[part[:, 0]]", "rows[part[:, 0]] - rows[part[:, 1]]"),
        (analogies_by_hand, "np.put_along_axis(cosines, part, -np.inf, axis=1)", ""),
        (questions_of_one_pair_are_resampled_together, "places[:, :2], axis=0", "places, axis=0"),
        (the_interval_holds_the_middle, "(2.5, 97.5)", "(5, 95)"),
        (a_difference_is_resampled_together, "first.draws - second.draws", "first.draws - second.draws[::-1]"),
    ],
)
def test_a_mutant_is_noticed(law, right, wrong):
    with pytest.raises((AssertionError, KeyError)):
        law(mutant(agreement, right, wrong))


ERRORS = [
    (lambda: spearman([1, 2, 3], [1, 2]), "x, y: expected as many values in both, got 3 and 2"),
    (lambda: spearman([1, 1, 1], [1, 2, 3]), "x, y: expected at least two different values in each"),
    (lambda: spearman([1, np.nan], [1, 2]), "x: expected finite numbers, got nan"),
    (lambda: spearman([1, 2], [1, 2], [[1, 1, 1]]), "counts: expected 2 columns"),
    (
        lambda: similarity_score(VECTORS[:4], WORDS, PAIRS),
        "vectors: expected 7 rows, one per word of the vocabulary, got 4",
    ),
    (lambda: similarity_score(VECTORS * 0, WORDS, PAIRS), "vectors: expected rows that are not zero"),
    (
        lambda: similarity_score(VECTORS, WORDS, PAIRS[1:4]),
        "pairs: expected at least 3 with all words in the vocabulary, got 2 of 3",
    ),
    (
        lambda: analogy_score(VECTORS, WORDS, QUESTIONS[3:]),
        "questions: expected at least 3 with all words in the vocabulary, got 0 of 1",
    ),
    (lambda: similarity_score(VECTORS, WORDS, PAIRS, draws=0), "draws: expected an int of at least 1, got 0"),
    (lambda: mean_score([]), "scores: expected at least one, all on the same items"),
    (
        lambda: difference(similarity_score(VECTORS, WORDS, PAIRS), similarity_score(VECTORS, WORDS, PAIRS[1:])),
        "scores: expected at least one, all on the same items with as many draws, got n = .5, 4.",
    ),
]


@pytest.mark.parametrize("call, message", ERRORS, ids=range(len(ERRORS)))
def test_error(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_ranks_are_scipys_for_a_permutation():
    values = np.array([0.3, -1, 2, 0.1])
    np.testing.assert_array_equal(ranks(values, np.ones((1, 4)))[0], [3, 1, 4, 2])
