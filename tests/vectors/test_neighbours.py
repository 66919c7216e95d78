"""What the vectors know: values by hand, laws, mutants that break them, and every error message."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mutation import mutant
from w2v.corpus.vocabulary import build_vocabulary
from w2v.vectors import neighbours
from w2v.vectors.neighbours import (
    analogy,
    analogy_accuracy,
    cosine_similarities,
    group_chance,
    group_recovery,
    nearest_neighbours,
    project,
    unit_rows,
)

WORDS = build_vocabulary(["king"] * 6 + ["queen"] * 5 + ["man"] * 4 + ["woman"] * 3 + ["crown"] * 2 + ["milk"])
VECTORS = np.array([[4, 1, 3.0], [4, -1, 3], [1, 1, 0.5], [1, -1, 0.5], [5, 0.3, 4], [-1, 0.2, 3]])
QUESTIONS = np.array([[2, 0.2, 0.2], [2, -0.2, 0.2], [0.2, 0.5, 2], [0.2, -0.5, 2], [0.2, 1.5, 2], [-1, 0.2, -1]])
GROUPS = {"royal": ("king", "queen"), "folk": ("man", "woman")}
tables = arrays(float, st.tuples(st.integers(3, 6), st.integers(2, 4)), elements=st.floats(-5, 5))


def cosines_by_definition(f):
    got = f.cosine_similarities([[3, 4], [4, 3], [-3, -4], [8, -6]])
    np.testing.assert_allclose(
        got, [[1, 0.96, -1, 0], [0.96, 1, -0.96, 0.28], [-1, -0.96, 1, 0], [0, 0.28, 0, 1]], atol=1e-15
    )


def neighbours_by_hand(f):
    assert [word for word, _ in f.nearest_neighbours("king", VECTORS, WORDS, count=2)] == ["crown", "queen"]
    assert len(f.nearest_neighbours("king", VECTORS, WORDS, count=99)) == 5
    assert f.nearest_neighbours("man", VECTORS, WORDS, count=1)[0][1] == pytest.approx(
        5.5 / 26**0.5 / 1.5 + 1 / 26**0.5 / 1.5
    )


def analogies_by_hand(f):
    assert f.analogy("king", "queen", "man", QUESTIONS, WORDS)[0][0] == "woman"
    assert f.analogy_accuracy([("king", "queen"), ("man", "woman")], QUESTIONS, WORDS) == 1.0
    assert f.analogy_accuracy([("king", "queen"), ("man", "milk")], QUESTIONS, WORDS) == 0.5


def chance_by_hand(f):
    """Four grouped words, each with one right answer among the five other words."""
    assert f.group_chance(WORDS, GROUPS) == pytest.approx(1 / 5)


def recovery_by_hand(f):
    """Two clusters of two words: right for groups that follow them, wrong for groups across."""
    together = np.array([[1, 0], [1, 0.1], [0, 1], [0.1, 1], [-1, 0], [0, -1.0]])
    assert f.group_recovery(together, WORDS, {"mixed": ("king", "man"), "other": ("queen", "woman")}) == 0.0
    assert f.group_recovery(together, WORDS, GROUPS) == 1.0


def projection_keeps_the_largest_variance(f, vectors):
    points = f.project(vectors, 2)
    centered = vectors - vectors.mean(axis=0)
    largest = np.sort(np.linalg.eigvalsh(centered.T @ centered))[::-1][:2]
    np.testing.assert_allclose((points**2).sum(axis=0), largest, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(points.mean(axis=0), 0, atol=1e-12)


def test_by_hand():
    cosines_by_definition(neighbours)
    neighbours_by_hand(neighbours)
    analogies_by_hand(neighbours)


@given(tables)
def test_cosines_are_symmetric_bounded_and_blind_to_length(vectors):
    assume((np.linalg.norm(vectors, axis=1) > 1e-3).all())
    cosines = cosine_similarities(vectors)
    np.testing.assert_allclose(np.diag(cosines), 1, rtol=1e-12)
    np.testing.assert_allclose(cosines, cosines.T, atol=1e-15)
    assert np.abs(cosines).max() <= 1
    np.testing.assert_allclose(
        cosine_similarities(vectors * np.arange(1, len(vectors) + 1)[:, None]), cosines, atol=1e-12
    )


@given(tables)
def test_projection(vectors):
    assume(min(vectors.shape) >= 2)
    projection_keeps_the_largest_variance(neighbours, vectors)


def test_projection_does_not_flip():
    vectors = np.random.default_rng(1).normal(size=(7, 3))
    np.testing.assert_allclose(project(vectors[::-1]), project(vectors)[::-1], atol=1e-12)
    sideways = np.array([[-3, 0.0], [1, 0.5], [2, -0.5]])
    assert np.argmax(project(sideways)[:, 0]) == 2


def test_groups_by_hand():
    recovery_by_hand(neighbours)
    chance_by_hand(neighbours)
    assert group_chance(WORDS, {"all": WORDS.words}) == 1.0


def test_chance_is_what_random_vectors_get():
    rng = np.random.default_rng(2)
    shares = [group_recovery(rng.normal(size=(6, 4)), WORDS, GROUPS) for _ in range(2000)]
    assert abs(np.mean(shares) - group_chance(WORDS, GROUPS)) < 0.03  # 5 standard errors


@pytest.mark.parametrize(
    "law, right, wrong",
    [
        (cosines_by_definition, "return vectors / lengths", "return vectors"),
        (neighbours_by_hand, "vectors[w]), {w}", "vectors[w]), set()"),
        (neighbours_by_hand, "best(similarities, count", "best(-similarities, count"),
        (neighbours_by_hand, "aim.astype(vectors.dtype) / lengths", "aim.astype(vectors.dtype)"),
        (analogies_by_hand, "j - i + k)", "i - j + k)"),
        (analogies_by_hand, "set(asked), vocabulary", "set(asked[:2]), vocabulary"),
        (recovery_by_hand, "np.fill_diagonal(similarities, -np.inf)", ""),
        (recovery_by_hand, "nearest[w] in group", "True"),
        (chance_by_hand, "sizes * (sizes - 1)", "sizes * sizes"),
        (chance_by_hand, "(len(vocabulary) - 1)", "len(vocabulary)"),
        (lambda f: projection_keeps_the_largest_variance(f, VECTORS), "vectors - vectors.mean(axis=0)", "vectors"),
        (lambda f: projection_keeps_the_largest_variance(f, VECTORS), "[2][:dimensions]", "[2][-dimensions:]"),
    ],
)
def test_a_mutant_is_noticed(law, right, wrong):
    law(neighbours)
    with pytest.raises(AssertionError):
        law(mutant(neighbours, right, wrong))


def test_a_large_table_is_not_copied():
    """Half of the table at most, where a copy in double precision takes three times as much."""
    table = np.random.default_rng(1).normal(size=(6, 200_000)).astype(np.float32)
    tracemalloc.start()
    nearest_neighbours("king", table, WORDS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < table.nbytes / 2


ERRORS = [
    (
        lambda: nearest_neighbours("king", VECTORS * [[np.inf], [1], [1], [1], [1], [1]], WORDS),
        ValueError,
        "vectors: expected finite numbers, got",
    ),
    (
        lambda: nearest_neighbours("king", VECTORS * [[1], [0], [1], [1], [1], [1]], WORDS),
        ValueError,
        "vectors: expected rows that are not zero, got zeros in row 1",
    ),
    (lambda: unit_rows([[1, 2], [0, 0]]), ValueError, "vectors: expected rows that are not zero, got zeros in row 1"),
    (lambda: cosine_similarities([1, 2]), ValueError, "vectors: expected a matrix with one word per row"),
    (lambda: cosine_similarities([[1, np.nan]]), ValueError, "vectors: expected finite numbers, got nan"),
    (
        lambda: nearest_neighbours("dog", VECTORS, WORDS),
        ValueError,
        "word: expected a word of the vocabulary, got 'dog'",
    ),
    (
        lambda: nearest_neighbours("king", VECTORS[:5], WORDS),
        ValueError,
        "vectors: expected 6 rows, one per word of the vocabulary, got 5",
    ),
    (lambda: nearest_neighbours("king", VECTORS, WORDS, 0), ValueError, "count: expected an int of at least 1, got 0"),
    (
        lambda: analogy("king", "queen", "dog", VECTORS, WORDS),
        ValueError,
        "word: expected a word of the vocabulary, got 'dog'",
    ),
    (
        lambda: analogy_accuracy([("king", "queen")], VECTORS, WORDS),
        ValueError,
        "pairs: expected at least two different pairs of words, got 1",
    ),
    (
        lambda: group_recovery(VECTORS, WORDS, {}),
        ValueError,
        "groups: expected at least one group, none of them empty, got 0",
    ),
    (
        lambda: group_recovery(VECTORS, WORDS, {"none": ()}),
        ValueError,
        "groups: expected at least one group, none of them empty",
    ),
    (lambda: group_chance(WORDS, {"pets": ("dog",)}), ValueError, "word: expected a word of the vocabulary, got 'dog'"),
    (lambda: project(VECTORS, 4), ValueError, "dimensions: expected at most 3, got 4"),
    (lambda: project(VECTORS, 0), ValueError, "dimensions: expected an int of at least 1, got 0"),
]


@pytest.mark.parametrize("call, error, message", ERRORS, ids=range(len(ERRORS)))
def test_error(call, error, message):
    with pytest.raises(error, match=message):
        call()
