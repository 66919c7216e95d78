"""Stochastic gradient descent on the hierarchical softmax, mini-batch by mini-batch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from w2v.corpus.windows import window_pairs
from w2v.losses.functions import log_sigmoid, sigmoid
from w2v.losses.hierarchical_softmax import validated
from w2v.support import validate
from w2v.training.sgd import REPORTS, Diverged, Report, Settings, TrainingRun, add_rows, initial_tables, refuse_hopeless

if TYPE_CHECKING:
    from w2v.losses.huffman import Tree

OF_NEGATIVES = {"negatives", "power"}  # the settings that mean nothing here


def padded_paths(tree: "Tree") -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(nodes, answers, mask), each (V, longest path): row w is the path of word w, filled up with node 0 and mask 0.

    >>> from w2v.losses import huffman_tree
    >>> nodes, answers, mask = padded_paths(huffman_tree([50, 30, 20]))
    >>> mask
    array([[1., 0.],
           [1., 1.],
           [1., 1.]])
    """
    shape = (len(tree), int(tree.lengths.max()))
    nodes, answers, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape), np.zeros(shape)
    for w, length in enumerate(tree.lengths):
        nodes[w, :length], signs = tree.path(w)
        answers[w, :length], mask[w, :length] = signs > 0, 1
    return nodes, answers, mask


def tree_step(
    V: np.ndarray,
    inner: np.ndarray,
    centers: np.ndarray,
    outsides: np.ndarray,
    paths: tuple[np.ndarray, np.ndarray, np.ndarray],
    learning_rate: float,
) -> float:
    """One step along the summed gradients of B pairs, in place; returns the sum of their losses before it.

    `paths` are the `padded_paths`. If a score is not finite, nothing moves and the loss is infinite.

    >>> from w2v.losses import huffman_tree
    >>> V, inner, paths = np.eye(3, 2), np.zeros((2, 2)), padded_paths(huffman_tree([50, 30, 20]))
    >>> round(tree_step(V, inner, np.array([0, 1]), np.array([1, 2]), paths, learning_rate=0.5), 4)  # 4 log 2
    2.7726
    """
    nodes, answers, mask = (table[outsides] for table in paths)  # each (B, longest path)
    v, a = V[centers], inner[nodes]  # (B, D) and (B, longest path, D)
    scores = np.einsum("bjd,bd->bj", a, v)
    if not np.isfinite(scores).all():
        return np.inf
    delta = -learning_rate * mask * (sigmoid(scores) - answers)
    add_rows(V, centers, np.einsum("bj,bjd->bd", delta, a))
    add_rows(inner, nodes, delta[:, :, None] * v[:, None])
    return float(-(mask * log_sigmoid((2 * answers - 1) * scores)).sum())


def train_on_tree(
    sentences: Iterable[Sequence[int]], tree: "Tree", progress: Callable | None = None, **settings: Any
) -> TrainingRun:
    """A TrainingRun as `w2v.training.train` gives it, with the inner vectors in the place of U.

    `sentences` are lists of word indices; `settings` are those of Settings but for the noise.
    The same arguments give the same vectors, bit for bit. Raises Diverged when a number is no
    longer finite.

    >>> from w2v.losses import huffman_tree
    >>> run = train_on_tree([[0, 1, 2]] * 9, huffman_tree([9, 9, 9]), dimensions=2)
    >>> run.U.shape  # a row for each inner node
    (2, 2)
    """
    if unknown := sorted(OF_NEGATIVES & set(settings)):
        raise TypeError(f"{unknown[0]}: expected a setting of a run without negative samples")
    settings, tree = Settings(**settings), validated(tree)
    rng = np.random.default_rng(settings.seed)
    centers, outsides = window_pairs(sentences, settings.window)
    validate.words("sentences", centers, len(tree))
    V = initial_tables(len(tree), settings.dimensions, rng)[0]
    inner = np.zeros((len(tree) - 1, settings.dimensions))
    reports = []
    for report in _run(rng, V, inner, centers, outsides, padded_paths(tree), settings):
        reports.append((report.pairs, report.loss))
        if progress is not None:
            progress(report)
    if not (np.isfinite(V).all() and np.isfinite(inner).all()):
        raise Diverged(report.pairs, np.inf, settings.learning_rate)
    pairs, losses = np.array(reports).T
    chosen = {name: value for name, value in asdict(settings).items() if name not in OF_NEGATIVES}
    return TrainingRun(V, inner, pairs.astype(int), losses, chosen)


def _run(rng, V, inner, centers, outsides, paths, settings):
    """Takes the steps and yields a Report after every hundredth of them."""
    total, done, reported, loss = settings.epochs * len(centers), 0, 0, 0.0
    for chosen in _batches(rng, len(centers), settings):
        rate = settings.learning_rate * (1 - done / total if settings.decay else 1)
        before, done = done, done + len(chosen)
        with np.errstate(over="ignore", invalid="ignore"):
            of_batch = tree_step(V, inner, centers[chosen], outsides[chosen], paths, rate)
        refuse_hopeless(done, of_batch / len(chosen), paths[0].shape[1], settings.learning_rate)
        loss += of_batch
        if done * REPORTS // total > before * REPORTS // total:
            yield Report(done, total, loss / (done - reported), V, inner)
            reported, loss = done, 0.0


def _batches(rng, pairs, settings):
    """The numbers of all pairs in a fresh random order in every epoch, cut into batches."""
    for _ in range(settings.epochs):
        order = rng.permutation(pairs)
        for start in range(0, pairs, settings.batch):
            yield order[start : start + settings.batch]
