"""Functions asked for in the chapter on negative sampling."""

import numpy as np

from w2v.exercises.functions.task import FunctionTask, draws_cases
from w2v.functions import log_sigmoid, sigmoid, softmax
from w2v.losses import negative_sampling_gradients, negative_sampling_loss


def _add(grad_U, rows, values):
    np.add.at(grad_U, rows, values)


def _put(grad_U, rows, values):
    grad_U[rows] += values


def _set(grad_U, rows, values):
    grad_U[rows] = values


def _of(outside=lambda s: s - 1, negative=lambda s: s, *, write=_add, drop=False, probability=sigmoid):
    """(grad_v_c, grad_U) with wrong factors: `outside` and `negative` map the probabilities of a yes to them."""

    def gradients(v_c, o, U, negatives):
        draws = negatives[negatives != o] if drop else negatives
        p, rows = probability(U @ v_c), np.append(o, draws)
        factors = np.append(outside(p[o]), negative(p[draws]))
        grad_U = np.zeros_like(U)
        write(grad_U, rows, np.outer(factors, v_c))
        return factors @ U[rows], grad_U

    return gradients


def _once(v_c, o, U, negatives):
    """Every draw taken once, however often it came."""
    return negative_sampling_gradients(v_c, o, U, np.unique(negatives))


OVERWRITTEN = (("overwritten duplicates", _of(write=_put)), ("overwritten duplicates", _of(write=_set)))  # in the table only
WRONG = (
    ("overwritten duplicates", _once),
    ("draw of the outside word dropped", _of(drop=True)),
    ("forgotten y", _of(outside=lambda s: s)),
    ("sigmoid of the wrong sign", _of(negative=lambda s: 1 - s)),
    ("sigmoid of the wrong sign", _of(outside=lambda s: -s)),
    ("sign of the negatives' terms", _of(negative=lambda s: -s)),
    ("missing minus", _of(outside=lambda s: 1 - s)),
    ("outside word left out", _of(outside=lambda s: 0 * s)),
    ("negatives left out", _of(negative=lambda s: 0 * s)),
    ("mean instead of sum", _of(negative=lambda s: s / s.size)),
    ("softmax for sigmoid", _of(probability=softmax)),
    ("derivative of the sigmoid left in", _of(lambda s: (s - 1) * s * (1 - s), lambda s: s * s * (1 - s))),
    ("sum instead of one term", _of(negative=lambda s: np.full_like(s, s.sum()))),
)


def _part(position, pairs):
    """The wrong functions with one of their two results."""
    return tuple((name, lambda *a, f=f: f(*a)[position]) for name, f in pairs)


def _losses(v_c, o, U, negatives):
    """The two parts of the loss: of the outside word and of the draws."""
    return -log_sigmoid(U[o] @ v_c), -log_sigmoid(-U[negatives] @ v_c)


def _wrong_loss(change):
    """A wrong loss from its right parts; a float."""
    return lambda *arguments: float(change(*_losses(*arguments)))


WRONG_LOSSES = (
    ("missing minus", _wrong_loss(lambda outside, draws: -outside - draws.sum())),
    ("sign of the negatives' terms", _wrong_loss(lambda outside, draws: outside - draws.sum())),
    ("mean instead of sum", _wrong_loss(lambda outside, draws: outside + draws.mean())),
    ("one term instead of the sum", _wrong_loss(lambda outside, draws: outside + draws[0])),
    ("negatives left out", _wrong_loss(lambda outside, draws: outside)),
    ("outside word left out", _wrong_loss(lambda outside, draws: draws.sum())),
    ("sigmoid of the wrong sign", lambda v_c, o, U, negatives: float(-log_sigmoid(U[np.append(o, negatives)] @ v_c).sum())),
    ("sigmoid of the wrong sign", lambda v_c, o, U, negatives: float(-log_sigmoid(-U[o] @ v_c) - log_sigmoid(U[negatives] @ v_c).sum())),
    ("overwritten duplicates", lambda v_c, o, U, negatives: negative_sampling_loss(v_c, o, U, np.unique(negatives))),
    ("draw of the outside word dropped", lambda v_c, o, U, negatives: sum(part.sum() for part in _losses(v_c, o, U, negatives[negatives != o]))),
)

PARAMETERS = ("v_c", "o", "U", "negatives")
TASKS = {
    "negative-sampling-loss": FunctionTask(PARAMETERS, ("loss",), negative_sampling_loss, draws_cases(), WRONG_LOSSES),
    "negative-sampling-center-gradient": FunctionTask(
        PARAMETERS, ("grad_v_c",), lambda *a: negative_sampling_gradients(*a)[0], draws_cases(), _part(0, WRONG), negative_sampling_loss, (0,),
    ),
    "negative-sampling-table-gradient": FunctionTask(
        PARAMETERS, ("grad_U",), lambda *a: negative_sampling_gradients(*a)[1], draws_cases(), _part(1, OVERWRITTEN + WRONG), negative_sampling_loss, (2,),
    ),
}
