"""The naive softmax loss of many pairs at once: the sum over the pairs, and its gradients as two matrix products."""

import numpy as np

from w2v.losses.functions import log_softmax, softmax
from w2v.support import validate


def batch_softmax_loss(C, outside, U):
    """-sum_i log softmax(U c_i)_{o_i}; row `C[i]` is the center vector of pair i, `outside[i]` its outside word; a float."""
    C, outside, U = _batch(C, outside, U)
    return float(-log_softmax(C @ U.T)[np.arange(len(C)), outside].sum())


def batch_softmax_gradients(C, outside, U):
    """(grad_C, grad_U) = (D U, D^T C) with D = y_hat - y, one pair per row; shapes (pairs, D) and (vocabulary, D)."""
    C, outside, U = _batch(C, outside, U)
    delta = softmax(C @ U.T)
    delta[np.arange(len(C)), outside] -= 1
    return delta @ U, delta.T @ C


def _batch(C, outside, U):
    C = validate.matrix("C", C)
    U = validate.matrix("U", U, columns=C.shape[1])
    outside = validate.words("outside", outside, len(U))
    if len(outside) != len(C):
        raise ValueError(f"outside: expected one word for each of the {len(C)} rows of C, got {len(outside)}")
    return C, outside, U
