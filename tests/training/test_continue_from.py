"""A run that begins where another ended: word by word, for more epochs or another text; new words are refused."""

from functools import cache

import numpy as np
import pytest

from mutation import mutant
from w2v.corpus.encoded import encode_sentences
from w2v.parallel import train_on_shards
from w2v.training.fast import CheckpointError, train, train_corpus

SETTINGS = dict(dimensions=5, batch=50, epochs=1, learning_rate=0.05, subsample=0)
STILL = {**SETTINGS, "learning_rate": 1e-30}  # a rate at which nothing moves, in single precision


@cache
def text(words="the cat sleeps and drinks cold milk", seed=1, sentences=150):
    rng = np.random.default_rng(seed)
    return encode_sentences([rng.permutation(words.split()).tolist() for _ in range(sentences)], 1, name=words)


@cache
def former():
    return train_corpus(text(), **SETTINGS)


def begins_where_the_other_ended(f):
    """More of the same text, and a text with fewer words, in another order."""
    others = text("milk cat the sleeps"), text()
    assert others[0].vocabulary.words != former().vocabulary.words[:4]
    for other in others:
        run = f.train_corpus(other, continue_from=f.CorpusRun(**vars(former())), **STILL)
        for w, word in enumerate(run.vocabulary):
            row = former().vocabulary.index[word]
            np.testing.assert_array_equal([run.V[w], run.U[w]], [former().V[row], former().U[row]])


def test_a_run_begins_where_the_other_ended():
    begins_where_the_other_ended(train)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("tables = former.V[rows], former.U[rows]", "tables = former.V[: len(rows)], former.U[: len(rows)]"),
        ("tables = former.V[rows], former.U[rows]", "tables = former.V[rows], former.V[rows]"),
        ("if former is None:\n        V, U", "if former:\n        V, U"),
    ],
)
def test_a_run_that_begins_elsewhere_is_noticed(right, wrong):
    with pytest.raises(AssertionError):
        begins_where_the_other_ended(mutant(train, right, wrong))


def test_more_epochs_go_on_learning_and_leave_the_former_run_alone():
    before = former().V.copy()
    more = train_corpus(text(), continue_from=former(), **{**SETTINGS, "seed": 2})
    assert more.losses[0] < former().losses[0] - 0.2 and more.losses[-1] < former().losses[-1]
    np.testing.assert_array_equal(former().V, before)
    assert not np.array_equal(more.V, before)


def test_shards_continue_too():
    run = train_on_shards(text(), "serial", shards=2, continue_from=former(), **STILL)
    np.testing.assert_array_equal([run.V, run.U], [former().V, former().U])


def test_the_run_continued_from_belongs_to_the_checkpoint(tmp_path):
    run = train_corpus(text(), checkpoint=tmp_path / "run", continue_from=former(), **SETTINGS)
    again = train_corpus(text(), checkpoint=tmp_path / "run", continue_from=former(), **SETTINGS)
    np.testing.assert_array_equal(run.V, again.V)
    for other in (None, run):
        with pytest.raises(CheckpointError, match="expected one of a run with continue_from "):
            train_corpus(text(), checkpoint=tmp_path / "run", continue_from=other, **SETTINGS)


@pytest.mark.parametrize(
    "other, settings, error, message",
    [
        (
            "milk dog cow",
            {},
            ValueError,
            "expected a run that knows all 3 words of the text, got one without 2 of them, such as",
        ),
        ("milk cat", {"dimensions": 6}, ValueError, "dimensions: expected 5, as in the run to continue from, got 6"),
    ],
)
def test_what_cannot_be_continued_is_refused(other, settings, error, message):
    with pytest.raises(error, match=message):
        train_corpus(text(other), continue_from=former(), **{**SETTINGS, **settings})


def test_only_a_run_can_be_continued():
    with pytest.raises(TypeError, match="continue_from: expected a CorpusRun, as from train_corpus, got tuple"):
        train_corpus(text(), continue_from=(former().V, former().U), **SETTINGS)
