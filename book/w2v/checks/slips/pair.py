"""The usual slips in hand-written gradients of a pair, each as the wrong gradient that it gives."""

import numpy as np

from w2v.checks.slips.slip import Slip
from w2v.losses.functions import sigmoid, softmax


def _softmax_pair(error):
    """Gradients built on a wrong idea of y_hat - y: `error(scores, o)` of shape (vocabulary,)."""

    def gradients(v_c, o, U):
        delta = error(np.asarray(U) @ v_c, o)
        return np.asarray(U).T @ delta, np.outer(delta, v_c)

    return gradients


def _less_at(values, o, amount=1.0):
    values[o] -= amount
    return values


def _only(values, o):
    kept = np.zeros_like(values)
    kept[o] = values[o]
    return kept


def _negative_pair(
    outside=lambda s: s - 1, negative=lambda s: s, *, outside_row=None, negative_row=None, put=np.add.at
):
    """Gradients with wrong factors on the outside word's and on the negatives' terms.

    `outside` and `negative` map the sigmoids of the scores to the factors used in grad_v_c;
    the `_row` versions, if given, are used in grad_U instead. `put` stores the negatives' rows.
    """

    def gradients(v_c, o, U, negatives):
        U, negatives = np.asarray(U), np.asarray(negatives)
        s_o, s_k = sigmoid(U[o] @ v_c), sigmoid(U[negatives] @ v_c)
        grad_U = np.zeros(U.shape)
        put(grad_U, negatives, np.outer((negative_row or negative)(s_k), v_c))
        grad_U[o] += (outside_row or outside)(s_o) * np.asarray(v_c)
        return outside(s_o) * U[o] + negative(s_k) @ U[negatives], grad_U

    return gradients


def _overwrite(table, rows, values):
    table[rows] = values


# The slips in gradients of the naive softmax loss, a tuple of Slip.
NAIVE_SOFTMAX = (
    Slip(
        "y forgotten",
        "subtract y, the observed word, from y_hat",
        _softmax_pair(lambda z, o: softmax(z)),
        "forgotten y",
    ),
    Slip(
        "1 subtracted everywhere",
        "only the entry of the outside word o is lowered by 1",
        _softmax_pair(lambda z, o: softmax(z) - 1),
        "sum instead of one term",
    ),
    Slip(
        "only the outside word kept",
        "every word of the vocabulary has its term",
        _softmax_pair(lambda z, o: _only(_less_at(softmax(z), o), o)),
        "one term instead of the sum",
    ),
    Slip(
        "scores not normalised",
        "divide exp(scores) by their sum",
        _softmax_pair(lambda z, o: _less_at(np.exp(z), o)),
        "scores not normalised",
    ),
    Slip(
        "sigmoid for softmax",
        "y_hat is the softmax of the scores",
        _softmax_pair(lambda z, o: _less_at(sigmoid(z), o)),
        "sigmoid for softmax",
    ),
    Slip("y doubled", "y is subtracted once", _softmax_pair(lambda z, o: _less_at(softmax(z), o, 2.0))),
)


# The slips in gradients of the negative sampling loss, a tuple of Slip.
NEGATIVE_SAMPLING = (
    Slip(
        "minus sign kept on the negatives' rows",
        "the minus of the loss and the minus inside sigmoid(-u_k.v_c) cancel: the row is +sigmoid(u_k.v_c) v_c",
        _negative_pair(negative_row=lambda s: -s),
        "sign of the negatives' terms",
    ),
    Slip(
        "sign of the negatives' terms",
        "the negatives enter with +sigmoid(u_k.v_c)",
        _negative_pair(negative=lambda s: -s),
        "sign of the negatives' terms",
    ),
    Slip(
        "repeated negatives overwritten",
        "a word drawn twice counts twice: add its rows up, with np.add.at",
        _negative_pair(put=_overwrite),
        "overwritten duplicates",
    ),
    Slip(
        "sigmoid of the wrong sign",
        "1 - sigmoid(-x) is sigmoid(x), not sigmoid(-x)",
        _negative_pair(negative=lambda s: 1 - s),
        "sigmoid of the wrong sign",
    ),
    Slip(
        "negatives' rows treated like the outside word's",
        "sigmoid - 1 is the outside word's factor; a negative's is sigmoid(u_k.v_c)",
        _negative_pair(negative_row=lambda s: s - 1),
    ),
    Slip(
        "the 1 of the outside word forgotten",
        "its factor is sigmoid(u_o.v_c) - 1",
        _negative_pair(outside=lambda s: s),
        "forgotten y",
    ),
    Slip(
        "sign of the outside word's term",
        "its factor is sigmoid(u_o.v_c) - 1, which is negative",
        _negative_pair(outside=lambda s: 1 - s),
        "missing minus",
    ),
    Slip(
        "outside word left out",
        "its term (sigmoid(u_o.v_c) - 1) is missing",
        _negative_pair(outside=lambda s: 0 * s),
        "outside word left out",
    ),
    Slip(
        "negatives left out",
        "each negative adds sigmoid(u_k.v_c)",
        _negative_pair(negative=lambda s: 0 * s),
        "negatives left out",
    ),
    Slip(
        "mean over the negatives",
        "the loss sums over the negatives and does not divide by K",
        _negative_pair(negative=lambda s: s / s.size),
        "mean instead of sum",
    ),
    Slip(
        "derivative of sigmoid left in",
        "the factor sigmoid' cancels against the 1/sigmoid of the logarithm",
        _negative_pair(lambda s: (s - 1) * s * (1 - s), lambda s: s * s * (1 - s)),
        "derivative of the sigmoid left in",
    ),
    Slip(
        "all negatives summed into each row",
        "the row of one negative holds its own term only",
        _negative_pair(negative_row=lambda s: np.full_like(s, s.sum())),
        "sum instead of one term",
    ),
)
