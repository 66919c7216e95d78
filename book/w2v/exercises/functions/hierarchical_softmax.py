"""Functions asked for in the chapter on the hierarchical softmax."""

import numpy as np

from w2v.exercises.functions.task import Case, FunctionTask
from w2v.losses.functions import log_sigmoid, sigmoid
from w2v.losses.hierarchical_softmax import word_probabilities
from w2v.losses.huffman import Tree, huffman_tree, tree_of


def path_cases():
    """Arguments (v_c, A, s) of three paths with both answers, and of two with scores up to 800 in size."""
    rng, cases = np.random.default_rng(24), []
    for D, s in ((3, [1, -1]), (2, [-1, 1, -1, -1, 1]), (5, [1, 1, -1])):
        arguments = (rng.normal(size=D), rng.normal(size=(len(s), D)), np.array(s, dtype=float))
        cases.append(Case(f"{len(s)} steps, {D} dimensions", arguments))
    v_c = np.array([0.5, -2.0])
    for s in ([1, -1, 1], [-1, 1, -1]):
        A = np.outer(np.array([-800.0, 0.5, 800.0]) / (v_c @ v_c), v_c)
        cases.append(Case(f"scores of ±800, signs {s}", (v_c, A, np.array(s, dtype=float)), extreme=True))
    return tuple(cases)


def _loss(v_c, A, s):
    return float(-log_sigmoid(s * (A @ v_c)).sum())


def _of(factor, v_c, A, s):
    """(grad_v_c, grad_A) with the factors `factor(scores, signs)`."""
    delta = factor(A @ v_c, s)
    return A.T @ delta, np.outer(delta, v_c)


def _gradients(v_c, A, s):
    return _of(lambda x, s: sigmoid(x) - (s > 0), v_c, A, s)


def _wrong(factor):
    return lambda v_c, A, s: _of(factor, v_c, A, s)


WRONG_GRADIENTS = (
    ("missing minus", _wrong(lambda x, s: (s > 0) - sigmoid(x))),
    ("forgotten y", _wrong(lambda x, s: sigmoid(x))),
    ("sigmoid of the wrong sign", _wrong(lambda x, s: sigmoid(s * x) - (s > 0))),
    ("sigmoid of the wrong sign", _wrong(lambda x, s: sigmoid(-x) - (s > 0))),
    ("sign of an answer lost", _wrong(lambda x, s: sigmoid(s * x) - 1)),
    ("sign of an answer lost", _wrong(lambda x, s: sigmoid(x) - 1)),
    ("code bit taken for the answer", _wrong(lambda x, s: sigmoid(x) - (s < 0))),
    ("mean instead of sum", _wrong(lambda x, s: (sigmoid(x) - (s > 0)) / len(s))),
    ("derivative of the sigmoid left in", _wrong(lambda x, s: (sigmoid(x) - (s > 0)) * sigmoid(x) * sigmoid(-x))),
)
WRONG_LOSSES = (
    ("missing minus", lambda v_c, A, s: -_loss(v_c, A, s)),
    ("sign of an answer lost", lambda v_c, A, s: _loss(v_c, A, np.abs(s))),
    ("code bit taken for the answer", lambda v_c, A, s: _loss(v_c, A, -s)),
    ("mean instead of sum", lambda v_c, A, s: _loss(v_c, A, s) / len(s)),
    ("one term instead of the sum", lambda v_c, A, s: _loss(v_c, A[-1:], s[-1:])),
    ("one term instead of the sum", lambda v_c, A, s: _loss(v_c, A[:1], s[:1])),
    ("logarithm forgotten", lambda v_c, A, s: float(np.exp(-_loss(v_c, A, s)))),
)


def tree_cases():
    """Arguments (v_c, inner, children) of trees of different shape and size."""
    rng, cases = np.random.default_rng(25), []
    for D, nested in ((3, ((0, (2, 1)), (3, 4))), (2, (3, (1, ((0, 4), (5, 2))))), (6, ((1, 0), (2, 3)))):
        children = tree_of(nested).children
        arguments = (rng.normal(size=D), rng.normal(size=(len(children), D)), children)
        cases.append(Case(f"{len(children) + 1} words, {D} dimensions", arguments))
    return tuple(cases)


def _all(v_c, inner, children):
    return word_probabilities(v_c, inner, Tree(children))


def _swapped(v_c, inner, children):
    return _all(v_c, -inner, children)


def _last_step(v_c, inner, children):
    """The answer of the last inner node alone, without the way to it."""
    p, x = np.zeros(len(children) + 1), inner @ v_c
    for i, (yes, no) in enumerate(children):
        for node, chance in ((yes, sigmoid(x[i])), (no, sigmoid(-x[i]))):
            if node < len(p):
                p[node] = chance
    return p


def _only_yes(v_c, inner, children):
    """The probability of a yes at every step, whatever the answer."""
    tree, chance = Tree(children), sigmoid(inner @ v_c)
    return np.array([np.prod([chance[i] for i, _ in path]) for path in tree.paths])


WRONG_PROBABILITIES = (
    ("yes and no exchanged", _swapped),
    ("one term instead of the sum", _last_step),
    ("sign of an answer lost", _only_yes),
)


def counts_cases():
    """Arguments (counts,): with ties, skewed and flat, in no order."""
    every = ([8, 4, 2, 1, 1], [3, 3, 3, 3, 3, 3], [5, 120, 12, 4, 9, 6, 1], [2, 7], [13, 2, 21, 5, 8, 3, 1, 1])
    return tuple(Case(f"counts {counts}", (np.array(counts, dtype=float),)) for counts in every)


def _mean_length(counts):
    return huffman_tree(counts).expected_length(counts)


def _entropy(counts):
    f = counts / counts.sum()
    return float(-(f * np.log2(f)).sum())


WRONG_LENGTHS = (
    ("entropy instead of a length", _entropy),
    ("balanced tree", lambda counts: float(np.log2(len(counts)))),
    ("balanced tree", lambda counts: float(np.ceil(np.log2(len(counts))))),
    ("words counted alike", lambda counts: float(huffman_tree(counts).lengths.mean())),
    ("counts not divided by their sum", lambda counts: float(huffman_tree(counts).lengths @ counts)),
)

PATH, ALL = ("v_c", "A", "s"), ("v_c", "inner", "children")
TASKS = {
    "hierarchical-softmax-path-loss": FunctionTask(PATH, ("loss",), _loss, path_cases(), WRONG_LOSSES),
    "hierarchical-softmax-path-gradients": FunctionTask(
        PATH, ("grad_v_c", "grad_A"), _gradients, path_cases(), WRONG_GRADIENTS, _loss, (0, 1)
    ),
    "hierarchical-softmax-all-words": FunctionTask(ALL, ("probabilities",), _all, tree_cases(), WRONG_PROBABILITIES),
    "hierarchical-softmax-mean-length": FunctionTask(
        ("counts",), ("mean_length",), _mean_length, counts_cases(), WRONG_LENGTHS, instead_of=("huffman_tree",)
    ),
}
