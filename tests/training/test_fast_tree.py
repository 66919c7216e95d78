"""The hierarchical softmax on stretches: the loss of its pairs, a step along its gradient that does not overshoot, and runs like those of skip-gram."""

from functools import cache

import numpy as np
import pytest
from test_fast_cbow import stopped_and_continued
from test_fast_training import EXAMPLE, RATE, world

from mutation import mutant
from w2v.losses.hierarchical_softmax import hierarchical_softmax_gradients, hierarchical_softmax_loss
from w2v.losses.huffman import huffman_tree
from w2v.parallel import train_on_shards
from w2v.text import tiny_world
from w2v.training.fast import CorpusSettings, batches_of, train_corpus, tree
from w2v.training.fast.stretches import cut_into_stretches
from w2v.vectors.neighbours import group_chance, group_recovery

SETTINGS = dict(dimensions=10, batch=50, epochs=2, learning_rate=0.2, subsample=0, model="tree")
COUNTS = [9, 31, 4, 17, 6, 1, 2]  # the last two have the longest paths, and do not occur in the example


def pair_by_pair(V, inner, cut, words):
    """(loss, gradient of V, gradient of inner, traces of the curvatures of each) of the pairs, one by one."""
    loss, grad_V, grad_inner, of_V, of_inner = (
        0.0,
        np.zeros_like(V),
        np.zeros_like(inner),
        np.zeros(len(V)),
        np.zeros(len(inner)),
    )
    for c, o in zip(*cut.listed()[1:]):
        loss += hierarchical_softmax_loss(V[c], o, inner, words)
        in_v, in_inner = hierarchical_softmax_gradients(V[c], o, inner, words)
        grad_V[c] += in_v
        grad_inner += in_inner
        nodes, _ = words.path(o)
        yes = 1 / (1 + np.exp(-inner[nodes] @ V[c]))
        of_inner[nodes] += yes * (1 - yes) * (V[c] @ V[c])
        of_V[c] += yes * (1 - yes) @ (inner[nodes] ** 2).sum(axis=1)
    return loss, grad_V, grad_inner, of_V, of_inner


def example():
    """(cut, tree, V, inner) with seven words, D = 3, and stretches longer than two windows."""
    rng, (*text, window, _) = np.random.default_rng(1), EXAMPLE
    return cut_into_stretches(*text, window, 5), huffman_tree(COUNTS), rng.normal(size=(7, 3)), rng.normal(size=(6, 3))


def tree_holds(f):
    cut, words, V, inner = example()
    loss, grad_V, grad_inner, *traces = pair_by_pair(V, inner, cut, words)
    paths = f.paths_of(words)
    assert f.tree_stretch_loss(V, inner, cut, paths) == pytest.approx(loss, rel=1e-12)
    for rate in (1e-7, RATE, 30.0):
        new_V, new_inner = V.copy(), inner.copy()
        assert f.tree_stretch_step(new_V, new_inner, cut, paths, rate) is True
        for old, new, gradient, trace in ((V, new_V, grad_V, traces[0]), (inner, new_inner, grad_inner, traces[1])):
            a = np.maximum(rate * trace, 1e-300)[:, None]
            np.testing.assert_allclose((old - new) / rate, -np.expm1(-a) / a * gradient, rtol=1e-6, atol=1e-8)


def test_a_tree_on_stretches():
    tree_holds(tree)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("slope = yes * (1 - yes) * there", "slope = yes * (1 - yes)"),
        ("slope = yes * (1 - yes) * there", "slope = yes * there"),
        ("delta = (yes - (signs > 0)) * there", "delta = (yes - (signs < 0)) * there"),
        ("delta = (yes - (signs > 0)) * there", "delta = yes - (signs > 0)"),
        ("-float((_pairs(stretches, signs) * log", "-float((_pairs(stretches, signs * 0 + 1) * log"),
        ("log_sigmoid(signs * scores)", "log_sigmoid(scores)"),
        ("stretches.centers, delta @ a,", "stretches.centers, slope @ a,"),
        ("slope @ _squares(a), rate", "slope @ a[:, :, :1], rate"),
        ("np.expm1(-a) / a * rate", "np.expm1(-a) * rate"),
        ("np.bincount(place, curvatures.ravel())", "np.bincount(place)"),
        ("& (signs != 0)", ""),
        ("(2 * answers - 1)", "(1 - 2 * answers)"),
        ("self.signs[words, :longest]", "self.signs[words]"),
    ],
)
def test_a_wrong_step_is_noticed(right, wrong):
    with pytest.raises((AssertionError, ValueError)):
        tree_holds(mutant(tree, right, wrong))


def test_scores_that_are_not_finite_move_nothing():
    cut, words, V, inner = example()
    V, inner = 1e200 * V, 1e200 * inner
    before = V.copy(), inner.copy()
    with np.errstate(over="ignore", invalid="ignore"):
        assert tree.tree_stretch_step(V, inner, cut, tree.paths_of(words), RATE) is False
    np.testing.assert_array_equal(V, before[0])
    np.testing.assert_array_equal(inner, before[1])


@cache
def trained():
    return train_corpus(world(20_000), **SETTINGS)


def test_a_tree_trains():
    run, corpus = trained(), world(20_000)
    assert run.U.shape == (len(corpus.vocabulary) - 1, 10) and run.losses[-1] < 0.85 * run.losses[0]
    groups = tiny_world.world().groups
    assert group_recovery(run.V, corpus.vocabulary, groups) > 10 * group_chance(corpus.vocabulary, groups)


def large_batches_do_not_overshoot(f):
    """Fifty steps of the inner vectors along one batch, whose root meets 6,000 pairs and more: the loss falls at each."""
    corpus = world(20_000)
    stretches, _ = batches_of(corpus, CorpusSettings(**{**SETTINGS, "batch": 3000})).draw(0, 0)
    V = np.random.default_rng(1).normal(size=(len(corpus.vocabulary), 10))
    inner, paths, losses = np.zeros_like(V[1:]), f.paths_of(huffman_tree(corpus.vocabulary.counts)), []
    for _ in range(50):
        losses.append(f.tree_stretch_loss(V, inner, stretches, paths))
        f.tree_stretch_step(V.copy(), inner, stretches, paths, 0.05)
    assert stretches.pairs > 6000 and (np.diff(losses) < 0).all()


def test_large_batches():
    large_batches_do_not_overshoot(tree)
    with pytest.raises(AssertionError):
        large_batches_do_not_overshoot(mutant(tree, "np.expm1(-a) / a * rate", "-rate + 0 * a"))


def test_checkpoints_and_shards_are_those_of_skip_gram(tmp_path):
    run = stopped_and_continued(tmp_path / "run", SETTINGS)
    np.testing.assert_array_equal(run.V, trained().V)
    np.testing.assert_array_equal(run.U, trained().U)
    one = train_on_shards(world(20_000), "serial", shards=1, average_every=4000, **{**SETTINGS, "precision": "float64"})
    np.testing.assert_allclose(one.V, run.V, atol=1e-3)
    np.testing.assert_allclose(one.U, run.U, atol=1e-3)
    serial = train_on_shards(world(20_000), "serial", average_every=1000, **SETTINGS)
    assert serial.pairs[-1] == pytest.approx(run.pairs[-1], rel=0.01) and serial.losses[-1] < 0.85 * serial.losses[0]
    threads = train_on_shards(world(20_000), "threads", average_every=1000, **SETTINGS)
    np.testing.assert_array_equal(threads.V, serial.V)
    np.testing.assert_array_equal(threads.U, serial.U)


def test_a_run_goes_on_upon_its_own_tree_only():
    corpus = world(20_000)
    more = train_corpus(corpus, continue_from=trained(), **{**SETTINGS, "seed": 2, "epochs": 1})
    assert more.losses[0] < trained().losses[0]
    with pytest.raises(ValueError, match="continue_from: expected a run on a text with the same counts of words"):
        train_corpus(world(10_000), continue_from=trained(), **SETTINGS)
    with pytest.raises(ValueError, match="model: expected one with the tables of 'tree', .* got 'cbow'"):
        train_corpus(corpus, continue_from=trained(), **{**SETTINGS, "model": "cbow"})


def test_wrong_arguments():
    cut, words, V, inner = example()
    paths = tree.paths_of(words)
    with pytest.raises(ValueError, match=f"V, U: expected {len(V) - 1} rows of V's length in U"):
        tree.tree_stretch_loss(V, V.copy(), cut, paths)
    with pytest.raises(ValueError, match=f"paths: expected the Paths of {len(V)} words, .* got Tree"):
        tree.tree_stretch_loss(V, inner, cut, words)
    with pytest.raises(ValueError, match=f"paths: expected the Paths of {len(V)} words, .* got those of 3 words"):
        tree.tree_stretch_loss(V, inner, cut, tree.paths_of(huffman_tree([3, 2, 1])))
