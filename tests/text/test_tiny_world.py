"""The tiny world: it writes what its grammar says, the same for the same seed, and its structure is in the text."""

from collections import Counter
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutation import mutant
from w2v.text import tiny_world
from w2v.text.words import split_sentences, tokenize

TEXT = tiny_world.text()
COUNTS = Counter(tokenize(TEXT))
WORLD = tiny_world.world()
GROUPED = [word for words in WORLD.groups.values() for word in words]


def test_size():
    assert 200_000 <= sum(COUNTS.values()) < 200_010
    assert 300 <= len(COUNTS) <= 600


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 400), st.integers(0, 2**32))
def test_a_text_ends_with_the_first_sentence_that_makes_it_long_enough(tokens, seed):
    text = tiny_world.text(tokens, seed)
    *before, last = [len(sentence) for sentence in split_sentences(text)]
    assert sum(before) < tokens <= sum(before) + last
    assert text.count(".") == len(before) + 1 and text.endswith(".")


def test_the_seed_decides():
    assert tiny_world.text(500, seed=3) == tiny_world.text(500, seed=3) != tiny_world.text(500, seed=4)


def test_the_text_does_not_touch_the_global_generator():
    before = np.random.get_state()[1].copy()
    tiny_world.text(100)
    assert np.array_equal(before, np.random.get_state()[1])


def test_no_word_stands_in_two_groups_and_none_in_a_pattern():
    assert [word for word, times in Counter(GROUPED).items() if times > 1] == []
    literal = {word for _, _, patterns in tiny_world.SCENES for word in tokenize(patterns)} - set(WORLD.groups)
    assert literal & set(GROUPED) == set()


def test_every_grouped_word_is_written_often():
    assert min(COUNTS[word] for word in GROUPED) >= 50


def test_groups_and_pairs_by_hand():
    assert WORLD.groups["capital"][:3] == ("paris", "london", "berlin")
    assert WORLD.groups["season"] == ("spring", "summer", "autumn", "winter")
    assert WORLD.pairs["country", "capital"][3] == ("italy", "rome")
    assert WORLD.pairs["lord", "lady"][0] == ("king", "queen")
    assert WORLD.rows[0] == ("france", "paris", "french", "franc") and ("cow", "calf") in WORLD.rows
    assert all(len(words) >= 4 for words in WORLD.groups.values())


def test_rows_are_as_long_as_their_columns():
    for columns, rows, patterns in tiny_world._scenes():
        assert {len(row) for row in rows} == {len(columns)} and all(patterns)


@cache
def sentences_of(text):
    return split_sentences(text)


def company(text, word):
    """The words before and after `word`, counted."""
    places = [(s, i) for s in sentences_of(text) for i, w in enumerate(s) if w == word]
    return Counter(s[j] for s, i in places for j in (i - 1, i + 1) if 0 <= j < len(s))


def alike(text, a, b):
    """How much of the company of `a` and `b` is shared: sum_w min(P_a(w), P_b(w))."""
    one, two = company(text, a), company(text, b)
    return sum(min(one[w] / one.total(), two[w] / two.total()) for w in one)


def words_of_a_group_keep_the_same_company(text):
    for a, b, stranger in (
        ("cow", "goat", "france"),
        ("carrots", "beans", "king"),
        ("boat", "yacht", "rain"),
        ("trout", "pike", "violin"),
    ):
        assert alike(text, a, b) > 0.8, (a, b)
        assert alike(text, a, stranger) < 0.5, (a, stranger)


def columns_keep_apart(text):
    """A cow is less like its calf than like a goat, a king less like his kingdom than like a duke."""
    for word, other, own_row in (("cow", "goat", "calf"), ("king", "duke", "kingdom"), ("baker", "mason", "oven")):
        assert alike(text, word, own_row) + 0.15 < alike(text, word, other), (word, own_row)


def rows_stay_together(text):
    """No sentence names a capital together with the language of another country."""
    row_of = {
        word: i for name in ("country", "capital", "language", "coin") for i, word in enumerate(WORLD.groups[name])
    }
    for sentence in sentences_of(text):
        assert len({row_of[word] for word in sentence if word in row_of}) <= 1, sentence


def test_structure():
    words_of_a_group_keep_the_same_company(TEXT)
    columns_keep_apart(TEXT)
    rows_stay_together(TEXT)


@pytest.mark.parametrize(
    "law, right, wrong",
    [
        (words_of_a_group_keep_the_same_company, "_one_of(rng, _CHOICES[name])", "_one_of(rng, _CHOICES['mood'])"),
        (columns_keep_apart, "row[name] if", "_one_of(rng, list(row.values())) if"),
        (
            rows_stay_together,
            "row = dict(zip(columns, _one_of(rng, rows)))",
            "row = {c: _one_of(rng, rows)[i] for i, c in enumerate(columns)}",
        ),
    ],
)
def test_a_world_without_the_structure_is_noticed(law, right, wrong):
    changed = mutant(tiny_world, right, wrong)
    with pytest.raises(AssertionError):
        law(changed.text(60_000))


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"tokens": 0}, "tokens: expected an int of at least 1, got 0"),
        ({"tokens": 2e5}, "tokens: expected an int of at least 1, got 200000.0"),
        ({"seed": -1}, "seed: expected an int of at least 0, got -1"),
        ({"seed": None}, "seed: expected an int of at least 0, got None"),
    ],
)
def test_error(arguments, message):
    with pytest.raises(ValueError, match=message):
        tiny_world.text(**arguments)
