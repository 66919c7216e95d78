"""The usual slips in hand-written gradients of the hierarchical softmax."""

import numpy as np

from w2v.checks.slips.slip import Slip
from w2v.losses.functions import sigmoid


def _path_pair(factor, steps=slice(None)):
    """Gradients of the hierarchical softmax with wrong factors: `factor(scores, signs)` for the steps on the path of o."""

    def gradients(v_c, o, inner, tree):
        nodes, signs = (part[steps] for part in tree.path(o))
        A, grad_inner = np.asarray(inner)[nodes], np.zeros(np.shape(inner))
        delta = factor(A @ v_c, signs)
        grad_inner[nodes] = np.outer(delta, v_c)
        return A.T @ delta, grad_inner

    return gradients


def _every_inner_node(v_c, o, inner, tree):
    """The answer no at every inner node that is not on the path."""
    nodes, signs = tree.path(o)
    delta = sigmoid(np.asarray(inner) @ v_c)
    delta[nodes] -= signs > 0
    return np.asarray(inner).T @ delta, np.outer(delta, v_c)


# The slips in gradients of the hierarchical softmax loss, a tuple of Slip.
HIERARCHICAL_SOFTMAX = (
    Slip("answers forgotten", "at each step subtract b_j, 1 for yes and 0 for no", _path_pair(lambda x, s: sigmoid(x))),
    Slip("every answer taken for yes", "b_j is 0 at a step to the no side", _path_pair(lambda x, s: sigmoid(x) - 1)),
    Slip(
        "code bit taken for the answer",
        "the bit of word2vec.c is 1 - b_j: yes is written 0",
        _path_pair(lambda x, s: sigmoid(x) - (s < 0)),
    ),
    Slip(
        "sign in front forgotten",
        "d/dx log sigmoid(s x) has the inner derivative s",
        _path_pair(lambda x, s: sigmoid(s * x) - 1),
    ),
    Slip(
        "sign in the sigmoid and in the answer",
        "either sigmoid(x) - b or s (sigmoid(s x) - 1)",
        _path_pair(lambda x, s: sigmoid(s * x) - (s > 0)),
    ),
    Slip(
        "sign of every factor",
        "the factor is sigmoid(x) - b, expected minus observed",
        _path_pair(lambda x, s: (s > 0) - sigmoid(x)),
    ),
    Slip(
        "derivative of sigmoid left in",
        "the factor sigmoid' cancels against the 1/sigmoid of the logarithm",
        _path_pair(lambda x, s: (sigmoid(x) - (s > 0)) * sigmoid(x) * sigmoid(-x)),
    ),
    Slip("root left out", "the path begins at the root", _path_pair(lambda x, s: sigmoid(x) - (s > 0), slice(1, None))),
    Slip(
        "only the last step kept",
        "every inner node on the path has its term",
        _path_pair(lambda x, s: sigmoid(x) - (s > 0), slice(-1, None)),
    ),
    Slip("inner nodes off the path moved", "only the inner nodes on the path of o are in the loss", _every_inner_node),
)
