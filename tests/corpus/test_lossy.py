"""Counting with a bounded memory: what may be missing is bounded, and said."""

import tracemalloc
from collections import Counter
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mutation import mutant
from w2v.corpus import encoded, load_text, lossy
from w2v.corpus.encoded import encode_sentences

WORDS = [f"w{i}" for i in range(9)]
some_texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=4, max_size=40)
SENTENCES = [["the", f"once{i}"] + ["cat"] * (i % 3 == 0) for i in range(60)] + [["dog"]] * 4


def counted_within_the_bound(module, sentences, most):
    """Of each word at most `missed` occurrences are missing, none is made up, and the frequent ones are all there."""
    exact, counts, index = Counter(), module.LossyCounts(most), {}
    numbers = iter(range(10**6))
    for words in sentences:
        exact.update(words)
        for word in words:
            if word not in index:
                index[word] = next(numbers)
        counts.add(module.array("i", [index[word] for word in words]))
        if len(index) > most:
            counts.forget(index)
            assert len(index) <= most // 2
    counts._count()
    for word, number in index.items():
        assert exact[word] <= counts.counts[number] <= exact[word] + counts.missed
    assert {word for word in exact if exact[word] > counts.missed} <= set(index)
    return counts.missed


@pytest.mark.parametrize("block", [1, 3, 1 << 20])
def test_the_bound_holds(block):
    @settings(deadline=None, max_examples=100)
    @given(some_texts, st.integers(2, 6))
    def holds(sentences, most):
        counted_within_the_bound(lossy, sentences, most)

    with patch.object(lossy, "BLOCK", block):
        holds()
        assert counted_within_the_bound(lossy, SENTENCES, 10) > 0


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("len(self.counts)), self.missed)", "len(self.counts)), 0)"),
        ("self.counts[: len(found)] += found", "self.counts[: len(found)] = found"),
        ("(counts <= self.missed)", "(counts < self.missed)"),
        ('+= found\n        self.recent = array("i")', "+= found"),
    ],
)
def test_a_slip_in_the_counting_is_noticed(right, wrong):
    changed = mutant(lossy, right, wrong)
    changed.BLOCK = 2
    again = [["x", f"y{i}", "z"] if i % 7 else ["z", "x", "v"] for i in range(80)]
    with pytest.raises(AssertionError):
        for most in range(2, 7):
            counted_within_the_bound(changed, again, most)


@settings(deadline=None, max_examples=80)
@given(some_texts, st.integers(2, 6), st.integers(1, 3))
def test_what_is_left_of_a_text(sentences, most, minimum):
    exact = Counter(word for words in sentences for word in words)
    with patch("builtins.print") as printed:
        try:
            corpus = encode_sentences(sentences, minimum, seed=None, most_words=most)
        except ValueError:
            assume(False)
    missed = int(printed.call_args[0][0].split("at most ")[1].split()[0].replace(",", "")) if printed.called else 0
    for word, kept in zip(corpus.vocabulary.words, corpus.vocabulary.counts):
        assert minimum <= kept <= exact[word] <= kept + missed
    assert {word for word in exact if exact[word] >= minimum + missed and exact[word] > missed} <= set(
        corpus.vocabulary.words
    )
    assert np.array_equal(np.bincount(corpus.tokens, minlength=len(corpus.vocabulary)), corpus.vocabulary.counts)
    if not missed:
        plain = encode_sentences(sentences, minimum, seed=None)
        assert corpus.checksum == plain.checksum


def test_the_loss_is_said_and_the_frequent_words_are_those_of_the_whole_text(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("W2V_CACHE", str(tmp_path / "cache"))
    whole = encode_sentences(SENTENCES, 4, name="sixty")
    assert capsys.readouterr().out == ""
    pruned = encode_sentences(SENTENCES, 4, name="sixty", most_words=20)
    assert capsys.readouterr().out == (
        "sixty: rare words were forgotten while counting, as `most_words` wants it; "
        "of each word at most 3 occurrences are missing.\n"
    )
    assert pruned.vocabulary.words == whole.vocabulary.words
    file = tmp_path / "text.txt"
    file.write_text("".join(" ".join(words) + ".\n" for words in SENTENCES), encoding="utf-8")
    assert load_text(file, 4, most_words=20).vocabulary.words == load_text(file, 4).vocabulary.words
    assert len(list((tmp_path / "cache").iterdir())) == 2
    with pytest.raises(ValueError, match="most_words: expected an int of at least 2, got 1"):
        encode_sentences(SENTENCES, 4, most_words=1)


def test_memory_does_not_grow_with_the_words_that_come_once(tmp_path):
    def peak(**more):
        tracemalloc.start()
        encode_sentences((["the", f"a word that comes once, {i}"] for i in range(60_000)), 5, scratch=tmp_path, **more)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    with patch.object(lossy, "BLOCK", 1 << 10), patch.object(encoded, "BLOCK", 1 << 10):
        assert peak(most_words=1000) < peak() / 2
