"""What the package computes for the predictions of the chapter on the hierarchical softmax."""

import numpy as np

from w2v.losses.hierarchical_softmax import hierarchical_softmax_loss
from w2v.losses.huffman import huffman_tree

TWELVE = huffman_tree([5] * 12)


def deepest_at_zero():
    return hierarchical_softmax_loss(np.zeros(3), int(TWELVE.lengths.argmax()), np.zeros((11, 3)), TWELVE)


FOUND = {
    "hierarchical-softmax-twelve-words": lambda: int((TWELVE.lengths == 3).sum()),
    "hierarchical-softmax-zero-vectors": deepest_at_zero,
}
