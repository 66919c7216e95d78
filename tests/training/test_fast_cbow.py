"""CBOW on stretches: the step is along the gradient of its loss, the loss is that of its windows, and it trains like skip-gram."""

from functools import cache

import numpy as np
import pytest
from test_fast_training import EXAMPLE, NEGATIVES, RATE, K, tables, world

from mutation import mutant
from w2v.checks.gradient_check import numerical_gradient
from w2v.losses.functions import log_sigmoid
from w2v.losses.huffman import huffman_tree
from w2v.parallel import train_on_shards
from w2v.text import tiny_world
from w2v.training.fast import CorpusSettings, cbow, models, train_corpus
from w2v.training.fast.stretches import cut_into_stretches
from w2v.vectors.neighbours import group_chance, group_recovery

SETTINGS = dict(dimensions=10, batch=50, epochs=2, learning_rate=0.2, subsample=0, model="cbow")


def loss_of_the_windows(V, U, cut):
    """Window by window: the mean of its words, the center, the negatives of its stretch with the weight K/M."""
    loss, mask, words = 0.0, cut.mask(), cut.columns(cut.text)
    for g, i in np.argwhere(mask.any(axis=2)):
        mean = V[words[g][mask[g, i]]].mean(axis=0)
        loss -= log_sigmoid(U[cut.centers[g, i]] @ mean) + K / 3 * log_sigmoid(-U[NEGATIVES[g]] @ mean).sum()
    return loss


def cbow_holds(f):
    """The loss is that of the windows, and the change is -learning_rate times its numerical gradient."""
    cut, (V, U), (V_old, U_old) = cut_into_stretches(*EXAMPLE), tables(), tables()
    assert f.cbow_stretch_loss(V, U, cut, NEGATIVES, K) == pytest.approx(loss_of_the_windows(V, U, cut), rel=1e-12)
    assert f.cbow_stretch_step(V, U, cut, NEGATIVES, K, RATE) is True
    for name, new, old in (("V", V, V_old), ("U", U, U_old)):
        other = dict(V=V_old, U=U_old)
        loss = lambda table: loss_of_the_windows(*{**other, name: table}.values(), cut)
        np.testing.assert_allclose((old - new) / RATE, numerical_gradient(loss, old), rtol=1e-6, atol=1e-8)


def test_cbow_on_stretches():
    cbow_holds(cbow)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("    positive -= 1\n    positive *= rate\n    neg", "    positive -= 0.9\n    positive *= rate\n    neg"),
        ("    negative *= rate * V.dtype.type(K / negatives.shape[1])", "    negative *= rate"),
        ("change_mean = positive * own + negative @ n", "change_mean = positive * own"),
        ("np.maximum(stretches.pairs_of_center, 1)[:, :, None].astype(dtype)", "dtype.type(4)"),
        (
            "add_rows(U, stretches.centers.ravel(), (positive * mean)",
            "add_rows(U, stretches.centers.ravel(), (positive * own)",
        ),
        ("(negative.transpose(0, 2, 1) @ mean)", "(-negative.transpose(0, 2, 1) @ mean)"),
        ("weight * there[:, :, None] * log_sigmoid", "weight * log_sigmoid"),
    ],
)
def test_a_wrong_step_is_noticed(right, wrong):
    with pytest.raises(AssertionError):
        cbow_holds(mutant(cbow, right, wrong))


def test_scores_that_are_not_finite_move_nothing():
    V, U = 1e200 * tables()[0], 1e200 * tables()[1]
    before = V.copy(), U.copy()
    with np.errstate(over="ignore", invalid="ignore"):
        assert cbow.cbow_stretch_step(V, U, cut_into_stretches(*EXAMPLE), NEGATIVES, K, RATE) is False
    np.testing.assert_array_equal([V, U], before)


@cache
def trained():
    return train_corpus(world(20_000), **SETTINGS)


def test_cbow_trains():
    """A window of the text in place of a pair: as many as there are words in sentences of two words and more."""
    run, corpus = trained(), world(20_000)
    assert run.pairs[-1] == 2 * sum(len(sentence) for sentence in corpus if len(sentence) > 1)
    assert run.losses[0] > 4 and run.losses[-1] < 3.5
    groups = tiny_world.world().groups
    assert group_recovery(run.V, corpus.vocabulary, groups) > 10 * group_chance(corpus.vocabulary, groups)


def stopped_and_continued(path, settings):
    """A run that a callback ends in its middle, and that goes on from its checkpoint."""

    class Stopped(Exception):
        pass

    def stop(report):
        if report.words > 20_000:
            raise Stopped

    with pytest.raises(Stopped):
        train_corpus(world(20_000), [stop], checkpoint=path, **settings)
    return train_corpus(world(20_000), checkpoint=path, **settings)


def test_checkpoints_and_shards_are_those_of_skip_gram(tmp_path):
    run = stopped_and_continued(tmp_path / "run", SETTINGS)
    np.testing.assert_array_equal([run.V, run.U], [trained().V, trained().U])
    one = train_on_shards(world(20_000), "serial", shards=1, average_every=4000, **{**SETTINGS, "precision": "float64"})
    np.testing.assert_allclose([one.V, one.U], [run.V, run.U], atol=1e-3)
    four = train_on_shards(world(20_000), "serial", average_every=1000, **SETTINGS)
    assert four.pairs[-1] == run.pairs[-1] and run.losses[-1] < four.losses[-1] < 4


def looked_at_is_what_moves(f):
    """Every row that a step moves is named, and each as often as the step looks at it."""
    cut, (V_old, U_old) = cut_into_stretches(*EXAMPLE), tables()
    windows, counts = np.count_nonzero(cut.mask().any(axis=2)), [9, 31, 4, 17, 2]
    sizes = {"skip-gram": [windows, len(cut.text)], "cbow": [len(cut.text), windows]}
    sizes["tree"] = [windows, sum(huffman_tree(counts).lengths[cut.text])]
    for name, size in sizes.items():
        V, U = tables()
        model = f.MODELS[name](CorpusSettings(negatives=K), counts)
        draws = NEGATIVES if model.by_word else model.draw(None, len(NEGATIVES))
        U = U[: len(U) - (not model.by_word)]
        assert model.step(V, U, cut, draws, RATE)
        of_V, of_U = model.rows(cut, draws)
        assert set(np.flatnonzero((V_old != V).any(axis=1))) <= set(of_V)
        assert set(np.flatnonzero((U_old[: len(U)] != U).any(axis=1))) <= set(of_U)
        assert [len(of_V), len(of_U) - draws.size] == size


def test_shards_count_what_a_step_looks_at():
    looked_at_is_what_moves(models)
    for right, wrong in (
        ("return stretches.text, np.concatenate([centers, ", "return centers, np.concatenate([stretches.text, "),
        ("return centers, np.concatenate([stretches.text, ", "return centers[:3], np.concatenate([stretches.text, "),
        ("nodes[signs != 0]", "nodes[signs > 0]"),
    ):
        with pytest.raises(AssertionError):
            looked_at_is_what_moves(mutant(models, right, wrong))


def test_another_model_is_refused():
    with pytest.raises(ValueError, match="model: expected one of 'skip-gram', 'cbow', 'tree', got 'glove'"):
        train_corpus(world(), model="glove")
