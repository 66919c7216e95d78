"""Functions asked for in the chapter on negative sampling."""

import numpy as np

from w2v.checks.slips.pair import NEGATIVE_SAMPLING
from w2v.exercises.functions.task import FunctionTask, draws_cases, known_slips, one_result
from w2v.losses.functions import log_sigmoid, sigmoid, softmax
from w2v.losses.pair import negative_sampling_gradients, negative_sampling_loss


def _of(*, write=np.add.at, drop=False, probability=sigmoid, outside=lambda p: p - 1):
    """(grad_v_c, grad_U) with another way to write rows, without draws of o, or with wrong probabilities."""

    def gradients(v_c, o, U, negatives):
        draws = negatives[negatives != o] if drop else negatives
        p, rows = probability(U @ v_c), np.append(o, draws)
        factors = np.append(outside(p[o]), p[draws])
        grad_U = np.zeros_like(U)
        write(grad_U, rows, np.outer(factors, v_c))
        return factors @ U[rows], grad_U

    return gradients


def _once(v_c, o, U, negatives):
    """Every draw taken once, however often it came."""
    return negative_sampling_gradients(v_c, o, U, np.unique(negatives))


def _last_kept(grad_U, rows, values):
    grad_U[rows] = values


IN_THE_TABLE = (  # slips that leave the gradient with respect to v_c right
    ("overwritten duplicates", _of(write=_last_kept)),
    *known_slips(
        NEGATIVE_SAMPLING,
        "repeated negatives overwritten",
        "minus sign kept on the negatives' rows",
        "all negatives summed into each row",
    ),
)
WRONG = (
    ("overwritten duplicates", _once),
    ("draw of the outside word dropped", _of(drop=True)),
    ("sigmoid of the wrong sign", _of(outside=lambda p: -p)),
    ("softmax for sigmoid", _of(probability=softmax)),
    *known_slips(
        NEGATIVE_SAMPLING,
        "the 1 of the outside word forgotten",
        "sigmoid of the wrong sign",
        "sign of the negatives' terms",
        "sign of the outside word's term",
        "outside word left out",
        "negatives left out",
        "mean over the negatives",
        "derivative of sigmoid left in",
    ),
)


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
    (
        "sigmoid of the wrong sign",
        lambda v_c, o, U, negatives: float(-log_sigmoid(U[np.append(o, negatives)] @ v_c).sum()),
    ),
    (
        "sigmoid of the wrong sign",
        lambda v_c, o, U, negatives: float(-log_sigmoid(-U[o] @ v_c) - log_sigmoid(U[negatives] @ v_c).sum()),
    ),
    ("overwritten duplicates", lambda v_c, o, U, negatives: negative_sampling_loss(v_c, o, U, np.unique(negatives))),
    (
        "draw of the outside word dropped",
        lambda v_c, o, U, negatives: sum(part.sum() for part in _losses(v_c, o, U, negatives[negatives != o])),
    ),
)

PARAMETERS = ("v_c", "o", "U", "negatives")
TASKS = {
    "negative-sampling-loss": FunctionTask(PARAMETERS, ("loss",), negative_sampling_loss, draws_cases(), WRONG_LOSSES),
    "negative-sampling-center-gradient": FunctionTask(
        PARAMETERS,
        ("grad_v_c",),
        lambda *a: negative_sampling_gradients(*a)[0],
        draws_cases(),
        one_result(0, WRONG),
        negative_sampling_loss,
        (0,),
    ),
    "negative-sampling-table-gradient": FunctionTask(
        PARAMETERS,
        ("grad_U",),
        lambda *a: negative_sampling_gradients(*a)[1],
        draws_cases(),
        one_result(1, IN_THE_TABLE + WRONG),
        negative_sampling_loss,
        (2,),
    ),
}
