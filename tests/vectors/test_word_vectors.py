"""Vectors as one object: what gensim finds with the same vectors, a mapping, files, and every error message."""

import numpy as np
import pytest
from gensim.models import KeyedVectors

from mutation import mutant
from w2v.corpus import build_vocabulary
from w2v.vectors import WordVectors, nearest_neighbours, word_vectors
from w2v.vectors.word_vectors import best

WORDS = build_vocabulary(["king"] * 6 + ["queen"] * 5 + ["man"] * 4 + ["woman"] * 3 + ["crown"] * 2 + ["milk"])
TABLE = np.array([[4, 1, 3.0], [4, -1, 3], [1, 1, 0.5], [1, -1, 0.5], [5, 0.3, 4], [-1, 0.2, 3]])


def finds_what_gensim_finds(module):
    ours, theirs = module.WordVectors(WORDS, TABLE), KeyedVectors(3)
    theirs.add_vectors(list(WORDS.words), TABLE.astype(np.float32))
    for asked in (
        dict(positive=["king"]),
        dict(positive="king"),
        dict(positive=["king", "woman"], negative=["man"]),
        dict(positive=["milk", "crown"], negative="queen"),
        dict(negative=["milk"]),
    ):
        expected = theirs.most_similar(**asked, topn=3)
        found = ours.most_similar(**asked, count=3)
        assert [word for word, _ in found] == [word for word, _ in expected]
        np.testing.assert_allclose([c for _, c in found], [c for _, c in expected], atol=1e-6)
    assert ours.similarity("king", "milk") == pytest.approx(theirs.similarity("king", "milk"), abs=1e-6)
    assert len(ours.most_similar("king", count=99)) == 5


def test_it_finds_what_gensim_finds():
    finds_what_gensim_finds(word_vectors)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("dtype=float) - self.units[minus]", "dtype=float) + self.units[minus]"),
        ("cosines[plus + minus] = -np.inf", "cosines[plus] = -np.inf"),
        ("rows / np.where(lengths, lengths, 1)", "rows"),
        ("aim /= max(", "aim *= max("),
        ("np.argsort(-values[places]", "np.argsort(values[places]"),
    ],
)
def test_a_search_that_finds_something_else_is_noticed(right, wrong):
    with pytest.raises(AssertionError):
        finds_what_gensim_finds(mutant(word_vectors, right, wrong))


def test_the_function_finds_the_same():
    for table in (TABLE, TABLE.astype(np.float32)):
        found = nearest_neighbours("king", table, WORDS, count=4)
        expected = WordVectors(WORDS, table).most_similar("king", count=4)
        assert [word for word, _ in found] == [word for word, _ in expected]
        np.testing.assert_allclose([c for _, c in found], [c for _, c in expected], atol=1e-6)


def test_it_is_a_mapping_in_the_order_of_its_words():
    vectors = WordVectors(WORDS, TABLE)
    assert list(vectors) == list(WORDS.words) and len(vectors) == 6 and "king" in vectors and "dog" not in vectors
    assert vectors["queen"].tolist() == [4, -1, 3] and dict(vectors).keys() == WORDS.index.keys()
    assert vectors.get("dog") is None and repr(vectors) == "WordVectors(6 words, D 3)"
    with pytest.raises(KeyError, match="dog"):
        vectors["dog"]
    with pytest.raises(ValueError, match="read-only"):
        vectors["king"][0] = 1


@pytest.mark.parametrize("name, binary", [("v", False), ("v", True), ("v.gz", False)])
def test_there_and_back(tmp_path, name, binary):
    WordVectors(WORDS, TABLE).save(tmp_path / name, binary)
    again = WordVectors.load(tmp_path / name, limit=4)
    assert again.words == WORDS.words[:4] and np.array_equal(again.vectors, TABLE[:4].astype(np.float32))


def test_a_word_without_a_direction_is_similar_to_nothing():
    vectors = WordVectors(["a", "b"], [[0, 0], [1, 2.0]])
    assert vectors.similarity("a", "b") == 0 and vectors.most_similar("b") == [("a", 0.0)]


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_the_best_of_equal_ones_are_the_first(count):
    values = np.array([1.0, 3, 2, 3, 0, 2, 3])
    assert best(values, count) == np.argsort(-values, kind="stable")[:count].tolist()


def test_the_rows_of_length_one_are_made_once():
    """The second search does not look at the vectors any more."""
    vectors = WordVectors(WORDS, TABLE)
    first = vectors.most_similar("king")
    del vectors.vectors
    assert vectors.most_similar("king") == first


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda v: WordVectors(["a", "a"], [[1], [2]]), ValueError, "words: expected every word once"),
        (
            lambda v: WordVectors(["a"], [[1], [2]]),
            ValueError,
            "vectors: expected one row for each of the 1 words, got 2",
        ),
        (lambda v: WordVectors("ab", [[1], [2]]), TypeError, "words: expected a list of words, got a single string"),
        (lambda v: WordVectors(["a"], [[np.nan]]), ValueError, "vectors: expected finite numbers, got nan"),
        (lambda v: v.most_similar("dog"), KeyError, "word: expected one of the 6 words, got 'dog'"),
        (lambda v: v.similarity("king", "dog"), KeyError, "word: expected one of the 6 words, got 'dog'"),
        (lambda v: v.most_similar(), ValueError, "positive, negative: expected at least one word, got none"),
        (lambda v: v.most_similar("king", count=0), ValueError, "count: expected an int of at least 1, got 0"),
    ],
)
def test_error(call, error, message):
    with pytest.raises(error, match=message):
        call(WordVectors(WORDS, TABLE))
