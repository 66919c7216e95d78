"""The hierarchical softmax: a word is found by yes and no, from the root of a tree to its leaf.

`v_c` is the center vector, shape (D,); row `inner[i]` is the vector of inner node i of `tree`,
a `w2v.losses.Tree`, so `inner` has shape (V - 1, D); `o` is the outside word. The rows on the path of
o, A = inner[nodes], have shape (L, D). Losses are in nats. Every function raises TypeError, ValueError
or IndexError with the name of the argument that does not fit.
Sources: Morin and Bengio (2005); Mikolov et al. (2013).
"""

import numpy as np
from numpy.typing import ArrayLike

from w2v.losses.functions import log_sigmoid, sigmoid
from w2v.losses.huffman import Tree
from w2v.support import validate


def word_probabilities(v_c: ArrayLike, inner: ArrayLike, tree: Tree) -> np.ndarray:
    """p_w = prod_j sigmoid(s_{w,j} a_{w,j}.v_c) for every word, shape (V,); the entries sum to 1.

    From the root down, each inner node shares out what has reached it.

    >>> word_probabilities([0, 0], np.ones((2, 2)), huffman_tree([50, 30, 20]))
    array([0.5 , 0.25, 0.25])
    """
    v_c, inner = _vector_and_table(v_c, inner, tree)
    yes, no = sigmoid(inner @ v_c), sigmoid(-(inner @ v_c))
    reached = np.ones(2 * len(tree) - 1)
    for i in reversed(range(len(inner))):
        reached[list(tree.children[i])] = reached[len(tree) + i] * np.array([yes[i], no[i]])
    return reached[: len(tree)]


def hierarchical_softmax_loss(v_c: ArrayLike, o: int, inner: ArrayLike, tree: Tree) -> float:
    """J = -sum_j log sigmoid(s_j a_j.v_c), over the inner nodes on the path of o; a float.

    >>> tree = huffman_tree([50, 30, 20])
    >>> round(hierarchical_softmax_loss([0, 0], 2, np.ones((2, 2)), tree), 4)  # 2 log 2
    1.3863
    """
    v_c, A, signs, _ = _on_path(v_c, o, inner, tree)
    return float(-log_sigmoid(signs * (A @ v_c)).sum())


def hierarchical_softmax_gradients(
    v_c: ArrayLike, o: int, inner: ArrayLike, tree: Tree
) -> tuple[np.ndarray, np.ndarray]:
    """(grad_v_c, grad_inner); shapes (D,) and (V - 1, D).

    With delta = sigmoid(A v_c) - b, where b_j is 1 for yes and 0 for no: grad_v_c = A^T delta, and the
    rows of the path receive delta v_c^T. The other rows are 0.

    >>> tree = huffman_tree([50, 30, 20])
    >>> grad_v_c, grad_inner = hierarchical_softmax_gradients([1, 2], 2, np.zeros((2, 2)), tree)
    >>> grad_inner
    array([[-0.5, -1. ],
           [-0.5, -1. ]])
    """
    v_c, A, signs, nodes = _on_path(v_c, o, inner, tree)
    delta = sigmoid(A @ v_c) - (signs > 0)  # expected minus observed: sigmoid - b
    grad_inner = np.zeros((len(tree) - 1, v_c.size))
    grad_inner[nodes] = np.outer(delta, v_c)  # no node comes twice on a path
    return A.T @ delta, grad_inner


def validated(tree):
    """Returns `tree`; TypeError unless it is a Tree."""
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
    inner, nodes = validate.matrix("inner", inner, columns=v_c.size), len(validated(tree)) - 1
    if len(inner) != nodes:
        raise ValueError(f"inner: expected one row for each of the {nodes} inner nodes of the tree, got {len(inner)}")
    return v_c, inner
