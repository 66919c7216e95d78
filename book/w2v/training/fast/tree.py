"""The hierarchical softmax on stretches of text: skip-gram whose outside words are found in a tree, without negatives.

With v_i the center vectors of a stretch, a_l row l of the table of inner nodes, and s_jl = +1 or -1 for yes or no on
the path of the outside word j,

    J = -sum_ij mask_ij sum_(l on the path of j) log sigma(s_jl a_l.v_i).

The root lies on every path, so a batch adds up thousands of gradients at its vector, and a step along their sum
overshoots. On a bowl of curvature h, n steps of rate alpha, one after the other, leave about e^-a of the way to the
minimum, a = n alpha h, where one step along the sum leaves 1 - a. So the move of each vector is multiplied by
(1 - e^-a)/a, with a = alpha sum sigma'(z) |x|^2 over the scores z = a_l.v_i that it is part of, x being the other vector:
no curvature exceeds that sum. For a vector that few pairs meet the factor is about 1.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from w2v.losses.hierarchical_softmax import validated
from w2v.support import validate
from w2v.training.fast.arithmetic import check_tables, log_sigmoid, sigmoid
from w2v.training.fast.scatter import add_rows
from w2v.training.fast.steps import add_to_overlapping
from w2v.training.on_tree import padded_paths

if TYPE_CHECKING:
    from w2v.losses.huffman import Tree
    from w2v.training.fast.stretches import Stretches


@dataclass(frozen=True, eq=False)
class Paths:
    """For each word the inner nodes from the root to it, `nodes` (V, L), and `signs` (V, L), +1 for yes, -1 for no, 0 behind the end.

    >>> from w2v.losses import huffman_tree
    >>> paths_of(huffman_tree([50, 30, 20])).lengths
    array([1, 2, 2])
    """

    nodes: np.ndarray
    signs: np.ndarray

    @cached_property
    def lengths(self) -> np.ndarray:
        """How many inner nodes each path has, shape (V,)."""
        return np.count_nonzero(self.signs, axis=1)

    def of(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(nodes, signs) of the words, as long as the longest of their paths."""
        longest = int(self.lengths[words].max())
        return self.nodes[words, :longest], self.signs[words, :longest]


def paths_of(tree: "Tree") -> Paths:
    """The Paths of a Tree.

    >>> from w2v.losses import huffman_tree
    >>> paths = paths_of(huffman_tree([50, 30, 20]))
    >>> paths.nodes.tolist(), paths.signs.tolist()
    ([[1, 0], [1, 0], [1, 0]], [[-1, 0], [1, -1], [1, 1]])
    """
    nodes, answers, mask = padded_paths(validated(tree))
    return Paths(nodes.astype(np.int32), ((2 * answers - 1) * mask).astype(np.int8))


def tree_stretch_loss(V: np.ndarray, inner: np.ndarray, stretches: "Stretches", paths: Paths) -> float:
    """J of all stretches, a float; V has shape (V, D), `inner` (V - 1, D).

    >>> from w2v.corpus import encode_sentences
    >>> from w2v.losses import huffman_tree
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> stretches, _ = batches_of(corpus, CorpusSettings(batch=80, subsample=0, model="tree")).draw(epoch=0, batch=0)
    >>> paths = paths_of(huffman_tree(corpus.vocabulary.counts))
    >>> round(tree_stretch_loss(np.zeros((4, 2)), np.zeros((3, 2)), stretches, paths) / stretches.pairs, 4)  # 2 log 2
    1.3863
    """
    _check(V, inner, stretches, paths)
    return bare_tree_loss(V, inner, stretches, paths)


def tree_stretch_step(
    V: np.ndarray, inner: np.ndarray, stretches: "Stretches", paths: Paths, learning_rate: float
) -> bool:
    """Moves each vector by -learning_rate (1 - e^-a)/a times its gradient, in place; True.

    If a score is not finite, nothing moves and the answer is False.

    >>> from w2v.corpus import encode_sentences
    >>> from w2v.losses import huffman_tree
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> stretches, _ = batches_of(corpus, CorpusSettings(batch=80, subsample=0, model="tree")).draw(epoch=0, batch=0)
    >>> paths = paths_of(huffman_tree(corpus.vocabulary.counts))
    >>> tree_stretch_step(np.ones((4, 2)), np.zeros((3, 2)), stretches, paths, learning_rate=0.1)
    True
    """
    _check(V, inner, stretches, paths, learning_rate)
    return bare_tree_step(V, inner, stretches, paths, learning_rate)


def bare_tree_loss(V, inner, stretches, paths):
    """`tree_stretch_loss` without the checks."""
    nodes, signs = paths.of(stretches.text)
    scores = V[stretches.centers] @ _columns(stretches, inner[nodes]).transpose(0, 2, 1)
    signs = _columns(stretches, signs[:, :, None])[:, None, :, 0]
    return -float((_pairs(stretches, signs) * log_sigmoid(signs * scores)).sum(dtype=float))


def bare_tree_step(V, inner, stretches, paths, learning_rate):
    """`tree_stretch_step` without the checks."""
    rate = V.dtype.type(learning_rate)
    nodes, signs = paths.of(stretches.text)
    v, taken = V[stretches.centers], inner[nodes]
    a, signs = _columns(stretches, taken), _columns(stretches, signs[:, :, None])[:, None, :, 0]
    scores = v @ a.transpose(0, 2, 1)  # (G, T, C L)
    if not np.isfinite(scores.sum()):
        return False
    there, yes = _pairs(stretches, signs), sigmoid(scores)
    slope = yes * (1 - yes) * there
    delta = (yes - (signs > 0)) * there
    moves, far = np.zeros_like(taken), np.zeros((*nodes.shape, 1), V.dtype)
    add_to_overlapping(_columns(stretches, moves, True), delta.transpose(0, 2, 1) @ v, T=_width(stretches, nodes))
    curved = slope.transpose(0, 2, 1) @ _squares(v)
    add_to_overlapping(_columns(stretches, far, True), curved, T=_width(stretches, nodes))
    _add_damped(V, stretches.centers, delta @ a, slope @ _squares(a), rate)
    _add_damped(inner, nodes, moves, far, rate)
    return True


def _squares(vectors):
    """|x|^2 of each vector, shape (..., 1)."""
    return np.einsum("...d,...d->...", vectors, vectors)[..., None]


def _add_damped(table, rows, gradients, curvatures, rate):
    """table[w] -= rate (1 - e^-a)/a times the sum of the gradients at row w, a being rate times the sum of its curvatures."""
    met, place = np.unique(rows, return_inverse=True)
    place, total = place.ravel(), np.zeros((len(met), table.shape[1]), table.dtype)
    add_rows(total, place, gradients.reshape(-1, table.shape[1]))
    a = np.maximum(rate * np.bincount(place, curvatures.ravel()), 1e-9)
    table[met] += (np.expm1(-a) / a * rate).astype(table.dtype)[:, None] * total


def _columns(stretches, rows, writeable=False):
    """The (places, L, D) rows of each stretch's places as a view of shape (G, C L, D)."""
    columns = stretches.columns(rows, writeable)
    (G, C, L, D), (of_stretch, _, *rest) = columns.shape, columns.strides
    return np.lib.stride_tricks.as_strided(columns, (G, C * L, D), (of_stretch, *rest), writeable=writeable)


def _width(stretches, nodes):
    """How many columns belong to the centers' places, T L: the rest are the first of the next stretch."""
    return stretches.left.shape[1] * nodes.shape[1]


def _pairs(stretches, signs):
    """1 where the place is a pair and the path has a node, else 0; shape (G, T, C L)."""
    mask = stretches.mask()
    return np.repeat(mask, signs.shape[-1] // mask.shape[-1], axis=2) & (signs != 0)


def _check(V, inner, stretches, paths, learning_rate=1.0):
    """ValueError or TypeError unless these are the arguments of a step."""
    check_tables(V, inner, learning_rate, rows=len(V) - 1 if hasattr(V, "__len__") else None)
    if not isinstance(paths, Paths) or len(paths.nodes) != len(V):
        got = f"those of {len(paths.nodes)} words" if isinstance(paths, Paths) else type(paths).__name__
        raise ValueError(f"paths: expected the Paths of {len(V)} words, one for each row of V, got {got}")
    validate.words("text", stretches.text, len(V))
