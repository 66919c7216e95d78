"""The hierarchical softmax: a word is found by yes and no, from the root of a tree to its leaf.

`v_c` is the center vector, shape (D,); row `inner[i]` is the vector of inner node i of `tree`,
a `w2v.losses.huffman.Tree`, so `inner` has shape (V - 1, D); `o` is the outside word. The rows on the path of
o, A = inner[nodes], have shape (L, D). Losses are in nats. Every function raises TypeError, ValueError
or IndexError with the name of the argument that does not fit.
Sources: Morin and Bengio (2005); Mikolov et al. (2013).
"""

from dataclasses import asdict

import numpy as np

from w2v.corpus.windows import window_pairs
from w2v.losses.functions import log_sigmoid, sigmoid
from w2v.losses.huffman import Tree
from w2v.support import validate
from w2v.training.sgd import REPORTS, Diverged, Report, Settings, TrainingRun, add_rows, initial_tables

OF_NEGATIVES = {"negatives", "power"}  # the settings that mean nothing here


def word_probabilities(v_c, inner, tree):
    """p_w = prod_j sigmoid(s_{w,j} a_{w,j}.v_c) for every word, shape (V,); the entries sum to 1.

    From the root down, each inner node shares out what has reached it.
    """
    v_c, inner = _vector_and_table(v_c, inner, tree)
    yes, no = sigmoid(inner @ v_c), sigmoid(-(inner @ v_c))
    reached = np.ones(2 * len(tree) - 1)
    for i in reversed(range(len(inner))):
        reached[list(tree.children[i])] = reached[len(tree) + i] * np.array([yes[i], no[i]])
    return reached[: len(tree)]


def hierarchical_softmax_loss(v_c, o, inner, tree):
    """J = -sum_j log sigmoid(s_j a_j.v_c), over the inner nodes on the path of o; a float."""
    v_c, A, signs, _ = _on_path(v_c, o, inner, tree)
    return float(-log_sigmoid(signs * (A @ v_c)).sum())


def hierarchical_softmax_gradients(v_c, o, inner, tree):
    """(grad_v_c, grad_inner); shapes (D,) and (V - 1, D).

    With delta = sigmoid(A v_c) - b, where b_j is 1 for yes and 0 for no: grad_v_c = A^T delta, and the
    rows of the path receive delta v_c^T. The other rows are 0.
    """
    v_c, A, signs, nodes = _on_path(v_c, o, inner, tree)
    delta = sigmoid(A @ v_c) - (signs > 0)  # expected minus observed: sigmoid - b
    grad_inner = np.zeros((len(tree) - 1, v_c.size))
    grad_inner[nodes] = np.outer(delta, v_c)  # no node comes twice on a path
    return A.T @ delta, grad_inner


def padded_paths(tree):
    """(nodes, answers, mask), each (V, longest path): row w is the path of word w, filled up with node 0 and mask 0."""
    shape = (len(tree), int(tree.lengths.max()))
    nodes, answers, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape), np.zeros(shape)
    for w, length in enumerate(tree.lengths):
        nodes[w, :length], signs = tree.path(w)
        answers[w, :length], mask[w, :length] = signs > 0, 1
    return nodes, answers, mask


def tree_step(V, inner, centers, outsides, paths, learning_rate):
    """One step along the summed gradients of B pairs, in place; returns the sum of their losses before it.

    `paths` are the `padded_paths`. If a score is not finite, nothing moves and the loss is infinite.
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


def train_on_tree(sentences, tree, progress=None, **settings):
    """A TrainingRun as `w2v.training.sgd.train` gives it, with the inner vectors in the place of U.

    `sentences` are lists of word indices; `settings` are those of Settings but for the noise.
    The same arguments give the same vectors, bit for bit. Raises Diverged when a number is no
    longer finite.
    """
    if unknown := sorted(OF_NEGATIVES & set(settings)):
        raise TypeError(f"{unknown[0]}: expected a setting of a run without negative samples")
    settings, tree = Settings(**settings), _tree(tree)
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
            loss += tree_step(V, inner, centers[chosen], outsides[chosen], paths, rate)
        if loss == np.inf:
            raise Diverged(done, loss, settings.learning_rate)
        if done * REPORTS // total > before * REPORTS // total:
            yield Report(done, total, loss / (done - reported), V, inner)
            reported, loss = done, 0.0


def _batches(rng, pairs, settings):
    """The numbers of all pairs in a fresh random order in every epoch, cut into batches."""
    for _ in range(settings.epochs):
        order = rng.permutation(pairs)
        for start in range(0, pairs, settings.batch):
            yield order[start : start + settings.batch]


def _tree(tree):
    if not isinstance(tree, Tree):
        raise TypeError(f"tree: expected a Tree, as huffman_tree and tree_of make it, got {type(tree).__name__}")
    return tree


def _on_path(v_c, o, inner, tree):
    """v_c, the inner vectors and the signs on the path of o, and which inner nodes these are."""
    v_c, inner = _vector_and_table(v_c, inner, tree)
    nodes, signs = tree.path(validate.word("o", o, len(tree)))
    return v_c, inner[nodes], signs, nodes


def _vector_and_table(v_c, inner, tree):
    v_c = validate.vector("v_c", v_c)
    inner, nodes = validate.matrix("inner", inner, columns=v_c.size), len(_tree(tree)) - 1
    if len(inner) != nodes:
        raise ValueError(f"inner: expected one row for each of the {nodes} inner nodes of the tree, got {len(inner)}")
    return v_c, inner
