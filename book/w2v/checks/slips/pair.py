"""The usual slips in hand-written gradients, each as the wrong gradient that it gives.

A slip is recognised by its numbers: the wrong formula is evaluated on the same arguments and
compared with what the student's function returned.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from w2v.losses.functions import sigmoid, softmax


@dataclass(frozen=True)
class Slip:
    """A name, what to do about it, and the wrong `gradients(v_c, o, U, ...)` of one pair."""

    name: str
    hint: str
    gradients: Callable

    def __str__(self):
        return f"{self.name}: {self.hint}"


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


NAIVE_SOFTMAX = (
    Slip("y forgotten", "subtract y, the observed word, from y_hat", _softmax_pair(lambda z, o: softmax(z))),
    Slip(
        "1 subtracted everywhere",
        "only the entry of the outside word o is lowered by 1",
        _softmax_pair(lambda z, o: softmax(z) - 1),
    ),
    Slip(
        "only the outside word kept",
        "every word of the vocabulary has its term",
        _softmax_pair(lambda z, o: _only(_less_at(softmax(z), o), o)),
    ),
    Slip(
        "scores not normalised", "divide exp(scores) by their sum", _softmax_pair(lambda z, o: _less_at(np.exp(z), o))
    ),
    Slip(
        "sigmoid for softmax", "y_hat is the softmax of the scores", _softmax_pair(lambda z, o: _less_at(sigmoid(z), o))
    ),
    Slip("y doubled", "y is subtracted once", _softmax_pair(lambda z, o: _less_at(softmax(z), o, 2.0))),
)

NEGATIVE_SAMPLING = (
    Slip(
        "minus sign kept on the negatives' rows",
        "the minus of the loss and the minus inside sigmoid(-u_k.v_c) cancel: the row is +sigmoid(u_k.v_c) v_c",
        _negative_pair(negative_row=lambda s: -s),
    ),
    Slip(
        "sign of the negatives' terms",
        "the negatives enter with +sigmoid(u_k.v_c)",
        _negative_pair(negative=lambda s: -s),
    ),
    Slip(
        "repeated negatives overwritten",
        "a word drawn twice counts twice: add its rows up, with np.add.at",
        _negative_pair(put=_overwrite),
    ),
    Slip(
        "sigmoid of the wrong sign",
        "1 - sigmoid(-x) is sigmoid(x), not sigmoid(-x)",
        _negative_pair(negative=lambda s: 1 - s),
    ),
    Slip(
        "negatives' rows treated like the outside word's",
        "sigmoid - 1 is the outside word's factor; a negative's is sigmoid(u_k.v_c)",
        _negative_pair(negative_row=lambda s: s - 1),
    ),
    Slip(
        "the 1 of the outside word forgotten", "its factor is sigmoid(u_o.v_c) - 1", _negative_pair(outside=lambda s: s)
    ),
    Slip(
        "sign of the outside word's term",
        "its factor is sigmoid(u_o.v_c) - 1, which is negative",
        _negative_pair(outside=lambda s: 1 - s),
    ),
    Slip(
        "outside word left out", "its term (sigmoid(u_o.v_c) - 1) is missing", _negative_pair(outside=lambda s: 0 * s)
    ),
    Slip("negatives left out", "each negative adds sigmoid(u_k.v_c)", _negative_pair(negative=lambda s: 0 * s)),
    Slip(
        "mean over the negatives",
        "the loss sums over the negatives and does not divide by K",
        _negative_pair(negative=lambda s: s / s.size),
    ),
    Slip(
        "derivative of sigmoid left in",
        "the factor sigmoid' cancels against the 1/sigmoid of the logarithm",
        _negative_pair(lambda s: (s - 1) * s * (1 - s), lambda s: s * s * (1 - s)),
    ),
    Slip(
        "all negatives summed into each row",
        "the row of one negative holds its own term only",
        _negative_pair(negative_row=lambda s: np.full_like(s, s.sum())),
    ),
)


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

OF_LOSS = {
    "naive_softmax_loss": NAIVE_SOFTMAX,
    "negative_sampling_loss": NEGATIVE_SAMPLING,
    "hierarchical_softmax_loss": HIERARCHICAL_SOFTMAX,
}


def likely_slip(loss, arguments, position, gradient, expected):
    """Names the slip that explains `gradient` where `expected` is right; None if none does.

    `position` counts the gradients that go with `loss` at `arguments`: 0 for the center vector
    (or the table V), 1 for the table U.
    """
    gradient = np.asarray(gradient, dtype=float)
    if not np.all(np.isfinite(gradient)):
        return "an overflow: the entries are not finite; use the stable sigmoid and softmax"
    for slip, wrong in _wrong_gradients(loss, arguments):
        if _same(gradient, wrong[position]) and not _same(wrong[position], expected):
            return str(slip)
    return _of_shape_and_scale(gradient, expected)


def _wrong_gradients(loss, arguments):
    name = getattr(loss, "__name__", "")
    if name == "skip_gram_loss":
        return _of_window(*arguments)
    if name == "cbow_loss":
        from w2v.checks.slips.cbow import wrong_gradients

        return wrong_gradients(*arguments)
    return ((slip, slip.gradients(*arguments)) for slip in OF_LOSS.get(name, ()))


def _of_window(center, outside, V, U, negatives=None):
    from w2v.losses.skip_gram import sum_over_window

    slips = NAIVE_SOFTMAX if negatives is None else NEGATIVE_SAMPLING
    pairs = [(o,) for o in outside] if negatives is None else list(zip(outside, negatives))
    v_c = np.asarray(V)[center]
    return ((slip, sum_over_window(slip.gradients, center, v_c, V, U, pairs)) for slip in slips)


def _of_shape_and_scale(gradient, expected):
    if not gradient.any():
        return "the gradient is zero everywhere"
    if _same(gradient, -expected):
        return "the sign is reversed"
    if gradient.ndim == 2 and gradient.shape[0] == gradient.shape[1] and _same(gradient, expected.T):
        return "rows and columns swapped"
    scale = (gradient * expected).sum() / (expected**2).sum() if expected.any() else 0
    if scale and _same(gradient, scale * expected):
        return f"a constant factor {scale:.6g} too many"
    return None


def _same(a, b):
    return bool(np.allclose(a, b, rtol=1e-6, atol=1e-8))
