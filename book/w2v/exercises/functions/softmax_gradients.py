"""Functions asked for in the chapter on the gradients of the naive softmax loss."""

import numpy as np

from w2v.checks.slips.pair import NAIVE_SOFTMAX
from w2v.exercises.functions.task import Case, FunctionTask, known_slips, one_result, pair_cases
from w2v.losses.functions import one_hot, sigmoid, softmax
from w2v.losses.pair import naive_softmax_gradients, naive_softmax_loss

WRONG = (
    *known_slips(
        NAIVE_SOFTMAX,
        "y forgotten",
        "only the outside word kept",
        "1 subtracted everywhere",
        "scores not normalised",
        "sigmoid for softmax",
    ),
    (
        "mean instead of sum",
        lambda v_c, o, U: tuple(gradient / len(U) for gradient in naive_softmax_gradients(v_c, o, U)),
    ),
)


def _jacobian_product(scores, b):
    p = softmax(scores)
    return p * (b - p @ b)


def _vector_cases():
    rng = np.random.default_rng(21)
    cases = [Case(f"{n} scores", (rng.normal(size=n), rng.normal(size=n))) for n in (5, 7, 3)]
    far = Case("scores of ±800", (np.array([800.0, -800.0, 799.0, 0.0]), np.array([0.3, -1.2, 0.7, 2.0])), extreme=True)
    return (*cases, far)


MANY = 200


def _many_scores():
    rng = np.random.default_rng(22)
    return Case(f"{MANY} scores", (rng.normal(size=MANY), rng.normal(size=MANY)))


def _column_sum(v_c, o, U):
    """Every row holds the sum of the rows of the words other than o: sum and single term confused."""
    delta = softmax(U @ v_c)
    delta[o] = 0
    return np.outer(np.full(len(U), delta.sum()) - one_hot(o, len(U)), v_c)


TASKS = {
    "softmax-center-gradient": FunctionTask(
        ("v_c", "o", "U"),
        ("grad_v_c",),
        lambda v_c, o, U: naive_softmax_gradients(v_c, o, U)[0],
        pair_cases(),
        one_result(0, WRONG),
        naive_softmax_loss,
        (0,),
    ),
    "softmax-table-gradient": FunctionTask(
        ("v_c", "o", "U"),
        ("grad_U",),
        lambda v_c, o, U: naive_softmax_gradients(v_c, o, U)[1],
        pair_cases(),
        (*one_result(1, WRONG), ("sum instead of one term", _column_sum)),
        naive_softmax_loss,
        (2,),
        loops=False,
    ),
    "softmax-both-gradients": FunctionTask(
        ("v_c", "o", "U"),
        ("grad_v_c", "grad_U"),
        naive_softmax_gradients,
        pair_cases(),
        WRONG,
        naive_softmax_loss,
        (0, 2),
    ),
    "softmax-jacobian-product": FunctionTask(
        ("scores", "b"),
        ("product",),
        _jacobian_product,
        _vector_cases(),
        (
            ("one term instead of the sum", lambda z, b: softmax(z) * b),
            ("one term instead of the sum", lambda z, b: softmax(z) * (1 - softmax(z)) * b),
            ("missing minus", lambda z, b: softmax(z) * (b + softmax(z) @ b)),
            ("sum instead of one term", lambda z, b: softmax(z) * (b - b.sum())),
            ("scores not normalised", lambda z, b: np.exp(z) * (b - np.exp(z) @ b)),
            ("sigmoid for softmax", lambda z, b: sigmoid(z) * (1 - sigmoid(z)) * b),
        ),
        lambda scores, b: float(softmax(scores) @ b),
        (0,),
        large=_many_scores(),
        most=2 * MANY**2,  # a quarter of the matrix
    ),
}
