"""Functions asked for in the chapter on the second derivative."""

import numpy as np

from w2v.exercises.functions.task import Case, FunctionTask, pair_cases
from w2v.losses.functions import sigmoid, softmax
from w2v.losses.pair import soft_label_gradients
from w2v.losses.second_derivative import naive_softmax_hessian


def _hessian_cases():
    """Arguments (v_c, U); the last have scores of ±800."""
    return tuple(
        Case(case.label.rsplit(", o", 1)[0], (case.arguments[0], case.arguments[2]), case.extreme)
        for case in pair_cases()
        if not case.extreme or case.arguments[1] == 1
    )


def _newton_cases():
    """Arguments (v_c, y, U) with more words than dimensions, so that the outside vectors spread in every direction."""
    rng, cases = np.random.default_rng(60), []
    for words, D in ((5, 3), (7, 4), (6, 2), (9, 5)):
        label = f"{words} words, {D} dimensions"
        cases.append(Case(label, (rng.normal(size=D) / 2, rng.dirichlet(np.ones(words)), rng.normal(size=(words, D)))))
    return tuple(cases)


def _spread(weights):
    """A wrong covariance: `weights(scores)` in the place of the prediction."""

    def covariance(v_c, U):
        p = weights(U @ v_c)
        centered = U - p @ U
        return centered.T @ (p[:, None] * centered)

    return covariance


def _newton(step):
    """A wrong Newton step: `step(hessian, gradient)` is added to v_c."""
    return lambda v_c, y, U: v_c + step(naive_softmax_hessian(v_c, U), soft_label_gradients(v_c, y, U)[0])


TASKS = {
    "second-derivative-hessian": FunctionTask(
        ("v_c", "U"),
        ("hessian",),
        naive_softmax_hessian,
        _hessian_cases(),
        (
            ("missing minus", lambda v_c, U: -naive_softmax_hessian(v_c, U)),
            ("mean not subtracted", lambda v_c, U: U.T @ (softmax(U @ v_c)[:, None] * U)),
            ("words counted alike", _spread(lambda z: np.full(len(z), 1 / len(z)))),
            ("sigmoid for softmax", _spread(sigmoid)),
            ("scores not normalised", _spread(np.exp)),
        ),
    ),
    "second-derivative-newton": FunctionTask(
        ("v_c", "y", "U"),
        ("moved",),
        _newton(lambda H, g: -np.linalg.solve(H, g)),
        _newton_cases(),
        (
            ("missing minus", _newton(np.linalg.solve)),
            ("step of plain descent", _newton(lambda H, g: -g)),
            ("multiplied instead of divided", _newton(lambda H, g: -H @ g)),
        ),
    ),
}
