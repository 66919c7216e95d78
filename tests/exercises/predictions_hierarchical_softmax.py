"""What the package computes for the predictions of the chapter on the hierarchical softmax."""

import numpy as np

from w2v.losses import tree_of, word_probabilities
from w2v.losses.hierarchical_softmax import hierarchical_softmax_loss
from w2v.losses.huffman import huffman_tree

TWELVE = huffman_tree([5] * 12)


def deepest_at_zero():
    return hierarchical_softmax_loss(np.zeros(3), int(TWELVE.lengths.argmax()), np.zeros((11, 3)), TWELVE)


def quotient_of_siblings():
    """By how much the probabilities of two siblings move apart when the score above them rises by 1."""
    rng = np.random.default_rng(4)
    tree, v_c, inner = tree_of(((0, 1), 2)), rng.normal(size=3), rng.normal(size=(2, 3))
    before = word_probabilities(v_c, inner, tree)
    inner[[node for node, _ in tree.paths[0]][-1]] += v_c / (v_c @ v_c)
    after = word_probabilities(v_c, inner, tree)
    return (after[0] / after[1]) / (before[0] / before[1])


FOUND = {
    "hierarchical-softmax-siblings": quotient_of_siblings,
    "hierarchical-softmax-twelve-words": lambda: int((TWELVE.lengths == 3).sum()),
    "hierarchical-softmax-zero-vectors": deepest_at_zero,
}
