"""From text to pairs: laws of tokens, windows and draws, each broken by a mutant; and every error message."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutation import mutant
from w2v.corpus import noise, windows
from w2v.corpus.noise import draw_negatives, noise_distribution
from w2v.corpus.vocabulary import build_vocabulary, encode
from w2v.corpus.windows import context_windows, window_pairs
from w2v.text import words
from w2v.text.words import split_sentences, tokenize

some_words = st.lists(st.sampled_from("the cat drinks cold milk dog".split()), min_size=1, max_size=30)
sentences_of_indices = st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=8), min_size=1, max_size=5)
some_counts = st.lists(st.integers(1, 10**6), min_size=2, max_size=8, unique=True)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The cat drinks cold milk.", ["the", "cat", "drinks", "cold", "milk"]),
        ("The cat's MILK, isn’t it?", ["the", "cat's", "milk", "isn’t", "it"]),
        ("naïve Über café", ["naïve", "über", "café"]),
        ("cafe\u0301 I\u0307stanbul İstanbul", ["café", "i̇stanbul", "i̇stanbul"]),
        ("हिन्दी में लिखना", ["हिन्दी", "में", "लिखना"]),
        ("தமிழ் மொழி", ["தமிழ்", "மொழி"]),
        ("שָׁלוֹם עֲלֵיכֶם", ["שָׁלוֹם", "עֲלֵיכֶם"]),
        ("السَّلَامُ عَلَيْكُمْ", ["السَّلَامُ", "عَلَيْكُمْ"]),
        ("ภาษาไทยที่ดี", ["ภาษาไทยที่ดี"]),
        ("می‌خواهم", ["می‌خواهم"]),
        ("42 dogs, 7_up and 'quoted'", ["dogs", "up", "and", "quoted"]),
        (" \n\t ", []),
        ("", []),
    ],
)
def test_tokens(text, expected):
    assert tokenize(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("It is 3.14 long. So", ["it is long", "so"]),
        ("In the U.S. and by John F. Kennedy. Then", ["in the u s and by john f kennedy", "then"]),
        ("Is it?! Yes...no. “Quoted.” End", ["is it", "yes", "no", "quoted", "end"]),
        ("milk.\n\n\nx.y", ["milk", "x y"]),
        ("naïve É. Zola! ", ["naïve é zola"]),
    ],
)
def test_a_point_inside_a_number_or_after_an_initial_ends_nothing(text, expected):
    assert [" ".join(words) for words in split_sentences(text)] == expected


@pytest.mark.parametrize(
    "right, wrong", [(r"(?<!\b[^\W\d_]\.)", ""), (r"[.!?]*(?!\w)", "[.!?]*"), (r"|(?<=\n)\s*\n", "")]
)
def test_another_end_of_a_sentence_is_noticed(right, wrong):
    changed = mutant(words, right, wrong)
    with pytest.raises(AssertionError):
        assert changed.split_sentences("It is 3.14 long")[0] == tokenize("It is long")
        assert changed.split_sentences("The U.S. and John F. Kennedy")[0] == tokenize("The U S and John F Kennedy")
        assert changed.split_sentences("one\n \ntwo") == [["one"], ["two"]]


def test_sentences_end_at_marks_and_blank_lines():
    text = "The cat drinks. Cold milk!\nIs it cold?  Yes\n\nA new\nparagraph ... end"
    expected = ["the cat drinks", "cold milk", "is it cold", "yes", "a new paragraph", "end"]
    assert [" ".join(words) for words in split_sentences(text)] == expected


@given(some_words)
def test_vocabulary_counts_every_token_and_is_sorted(tokens):
    vocabulary = build_vocabulary(tokens)
    assert dict(zip(vocabulary.words, vocabulary.counts)) == Counter(tokens)
    assert list(zip(-vocabulary.counts, vocabulary.words)) == sorted(zip(-vocabulary.counts, vocabulary.words))
    assert [vocabulary.words[i] for i in encode(tokens, vocabulary)] == tokens


def test_a_vocabulary_is_a_collection_of_its_words():
    vocabulary = build_vocabulary(["the", "cat", "the"])
    assert (
        list(vocabulary) == ["the", "cat"] and "cat" in vocabulary and "dog" not in vocabulary and 7 not in vocabulary
    )


def test_minimum_count_drops_rare_words_and_encode_skips_them_on_request():
    vocabulary = build_vocabulary("a a b a c b".split(), minimum_count=2)
    assert vocabulary.words == ("a", "b") and list(vocabulary.counts) == [3, 2]
    assert list(encode("c a b".split(), vocabulary, skip_unknown=True)) == [0, 1]
    assert not vocabulary.counts.flags.writeable


# ---- laws of windows ----


def windows_by_definition(f, sentence, window):
    """Position i is an outside word of position t exactly if 0 < |i - t| <= window."""
    places = [(t, i) for t in range(len(sentence)) for i in range(len(sentence)) if 0 < abs(i - t) <= window]
    got = [(center, o) for center, outside in f.context_windows(sentence, window) for o in outside]
    assert got == [(sentence[t], sentence[i]) for t, i in places]


def pairs_are_those_of_the_windows(f, sentences, window):
    expected = Counter((c, o) for s in sentences for c, outside in context_windows(s, window) for o in outside)
    assert Counter(zip(*map(list, f.window_pairs(sentences, window)))) == expected


@given(st.lists(st.integers(), max_size=9), st.integers(1, 6))
def test_windows(sentence, window):
    windows_by_definition(windows, sentence, window)


@given(sentences_of_indices, st.integers(1, 6))
def test_pairs(sentences, window):
    pairs_are_those_of_the_windows(windows, sentences, window)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("sentence[max(0, t - window) : t]", "sentence[t - window : t]"),
        ("sentence[max(0, t - window) : t] +", "sentence[max(0, t - window) : t + 1] +"),
        ("t + 1 + window", "t + window"),
    ],
)
def test_a_window_of_the_wrong_size_is_noticed(right, wrong):
    with pytest.raises(AssertionError):
        windows_by_definition(mutant(windows, right, wrong), list(range(7)), 2)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("sentence[distance:] == sentence[:-distance]", "sentence[distance:] == sentence[distance:]"),
        ("np.concatenate(left + right), np.concatenate(right + left)", "np.concatenate(left), np.concatenate(right)"),
        ("range(1, window + 1)", "range(1, window)"),
    ],
)
def test_a_pair_too_many_or_too_few_is_noticed(right, wrong):
    with pytest.raises(AssertionError):
        pairs_are_those_of_the_windows(mutant(windows, right, wrong), [[0, 1, 2, 3], [4, 5, 6]], 2)


def test_no_window_reaches_into_the_next_sentence():
    centers, outsides = window_pairs([[0, 1], [2, 3, 4]], window=5)
    assert not {(c, o) for c, o in zip(centers, outsides) if (c < 2) != (o < 2)} and len(centers) == 2 + 6


def test_a_sentence_of_one_word_has_no_window():
    assert context_windows(["milk"], 3) == [] and context_windows([], 3) == []
    assert [list(part) for part in window_pairs([[4], [1, 2], []], 3)] == [[1, 2], [2, 1]]


# ---- laws of the noise ----


def noise_is_its_definition(f, counts, power):
    noise = f.noise_distribution(counts, power)
    weights = [float(count) ** power for count in counts]
    np.testing.assert_allclose(noise, np.array(weights) / sum(weights), rtol=1e-12)
    assert abs(noise.sum() - 1) < 1e-12


def draws_follow_the_noise(f):
    """With 40,000 draws a share is off by more than 0.02 once in 10^15 times."""
    noise = np.array([0.5, 0.3, 0.15, 0.05])
    draws = f.draw_negatives(np.random.default_rng(3), noise, (10_000, 4))
    assert np.abs(np.bincount(draws.ravel(), minlength=4) / draws.size - noise).max() < 0.02


@given(some_counts, st.floats(0, 2))
def test_noise(counts, power):
    noise_is_its_definition(noise, counts, power)


def test_noise_by_hand():
    np.testing.assert_allclose(noise_distribution([16, 1, 81]), np.array([8, 1, 27]) / 36, rtol=1e-14)
    np.testing.assert_allclose(noise_distribution([16, 1, 81], power=0), [1 / 3] * 3, rtol=1e-14)


@pytest.mark.parametrize(
    "right, wrong",
    [("** validate.not", "* validate.not"), ("power: float = 0.75", "power: float = 1.0"), ("/ weights.sum()", "/ 1")],
)
def test_another_noise_is_noticed(right, wrong):
    changed = mutant(noise, right, wrong)
    with pytest.raises(AssertionError):
        noise_is_its_definition(changed, [4, 9, 1], 0.75)
        np.testing.assert_allclose(changed.noise_distribution([16, 1, 81]), np.array([8, 1, 27]) / 36)


def test_draws():
    draws_follow_the_noise(noise)


def test_draws_from_another_distribution_are_noticed():
    with pytest.raises(AssertionError):
        draws_follow_the_noise(mutant(noise, "size=shape, p=noise", "size=shape"))


def test_plain_draws_repeat_and_hit_the_outside_word():
    draws = draw_negatives(np.random.default_rng(0), [0.6, 0.4], 50)
    assert draws.shape == (50,) and set(draws) == {0, 1}


@given(st.integers(0, 2**32 - 1), st.integers(1, 7), st.integers(0, 2))
def test_redrawn_negatives_never_are_the_outside_word(seed, count, outside):
    draws = draw_negatives(np.random.default_rng(seed), [0.2, 0.5, 0.3], count, outside=outside)
    assert draws.shape == (count,) and outside not in draws
    rows = draw_negatives(np.random.default_rng(seed), [0.2, 0.5, 0.3], (4, count), outside=[0, 1, 2, outside])
    assert not (rows == np.array([[0], [1], [2], [outside]])).any()


def test_a_word_that_nearly_always_comes_can_be_left_out():
    """Drawing until another word comes would take a thousand million draws; and the others keep their proportions."""
    noise = np.array([1 - 3e-9, 1e-9, 2e-9])
    drawn = draw_negatives(np.random.default_rng(1), noise / noise.sum(), 6000, outside=0)
    assert abs(np.bincount(drawn, minlength=3) - [0, 2000, 4000]).max() < 200


def test_the_same_generator_gives_the_same_draws():
    first, again, other = (draw_negatives(np.random.default_rng(seed), [0.25] * 4, 40).tolist() for seed in (1, 1, 2))
    assert first == again != other


# ---- errors by example ----

RNG, NOISE = np.random.default_rng(0), [0.5, 0.5]
VOCABULARY = build_vocabulary(["cat", "milk"])
ERRORS = [
    (lambda: tokenize(b"milk"), TypeError, "text: expected a string, got bytes"),
    (lambda: split_sentences(None), TypeError, "text: expected a string, got NoneType"),
    (
        lambda: build_vocabulary(tokenize("")),
        ValueError,
        "tokens: expected a word that occurs at least 1 times, got 0 words",
    ),
    (lambda: build_vocabulary(["a", "b"], 2), ValueError, "at least 2 times, got 2 words, none so often"),
    (
        lambda: build_vocabulary("the cat"),
        TypeError,
        "tokens: expected a list of words, got a single string; tokenize it first",
    ),
    (lambda: build_vocabulary([["the"], ["cat"]]), TypeError, r"tokens: expected words, got \['the'\] of type list"),
    (lambda: build_vocabulary(["a"], 0), ValueError, "minimum_count: expected an int of at least 1, got 0"),
    (lambda: build_vocabulary(3), TypeError, "tokens: expected a list, got int"),
    (lambda: encode(["dog"], VOCABULARY), ValueError, "tokens: expected words of the vocabulary, got 'dog'"),
    (lambda: context_windows(["a", "b"], 0), ValueError, "window: expected an int of at least 1, got 0"),
    (lambda: context_windows("a b", 1), TypeError, "sentence: expected a list of words, got a single string"),
    (lambda: window_pairs([], 2), ValueError, "sentences: expected a sentence of at least two words, got none"),
    (
        lambda: window_pairs([["a", "b"]], 2),
        TypeError,
        "sentences: expected lists of word indices, .* encode the words first",
    ),
    (lambda: window_pairs([[0, -1]], 2), TypeError, "sentences: expected lists of word indices, ints from 0"),
    (lambda: window_pairs([[0, 1]], 1.5), ValueError, "window: expected an int of at least 1, got 1.5"),
    (lambda: window_pairs([3], 2), TypeError, "sentences: expected a list, got int"),
    (lambda: noise_distribution([3, 0]), ValueError, "counts: expected a number above 0 for every word, got 0"),
    (lambda: noise_distribution([]), ValueError, r"counts: expected a vector"),
    (lambda: noise_distribution([1, float("nan")]), ValueError, "counts: expected finite numbers, got nan"),
    (lambda: noise_distribution([1, 2], -1), ValueError, "power: expected a finite number of at least 0, got -1"),
    (
        lambda: noise_distribution([1, 2], float("inf")),
        ValueError,
        "power: expected a finite number of at least 0, got inf",
    ),
    (lambda: noise_distribution([1, 2], "3/4"), ValueError, "power: expected a finite number of at least 0, got '3/4'"),
    (lambda: draw_negatives(np.random, NOISE, 3), TypeError, "rng: expected a numpy.random.Generator, got module"),
    (lambda: draw_negatives(RNG, NOISE, 0), ValueError, "count: expected an int of at least 1, got 0"),
    (lambda: draw_negatives(RNG, NOISE, (2, 0)), ValueError, "count: expected an int of at least 1, got 0"),
    (lambda: draw_negatives(RNG, NOISE, 2.5), ValueError, "count: expected an int of at least 1, got 2.5"),
    (lambda: draw_negatives(RNG, [1, 2], 3), ValueError, "noise: expected non-negative entries with sum 1"),
    (lambda: draw_negatives(RNG, NOISE, 3, outside=2), IndexError, r"outside: expected indices in 0..1, got 2"),
    (
        lambda: draw_negatives(RNG, NOISE, (3, 2), outside=[0, 1]),
        ValueError,
        r"outside: expected one index for each row of \(3, 2\), got 2",
    ),
    (
        lambda: draw_negatives(RNG, [0.0, 1.0], 3, outside=1),
        ValueError,
        "outside: expected a word that is not the only one in noise",
    ),
]


@pytest.mark.parametrize("call, error, message", ERRORS, ids=range(len(ERRORS)))
def test_error(call, error, message):
    with pytest.raises(error, match=message):
        call()
