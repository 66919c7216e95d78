"""Functions asked for in the chapter on the sigmoid."""

import numpy as np

from w2v.exercises.functions.task import Case, FunctionTask
from w2v.losses.functions import log_sigmoid, sigmoid, sigmoid_derivative


def _score_cases(extreme=True):
    """Arguments (x,): columns of scores."""
    rng = np.random.default_rng(40)
    cases = [Case(f"{n} scores", (2 * rng.normal(size=n),)) for n in (5, 3, 8)]
    far = Case("scores of ±800", (np.array([-800.0, -40.0, 40.0, 800.0]),), extreme=True)
    return (*cases, far) if extreme else tuple(cases)


def _squared(x):
    return float(((1 - sigmoid(x)) ** 2).sum())


def _squared_gradient(x):
    return -2 * sigmoid(-x) * sigmoid_derivative(x)


TASKS = {
    "sigmoid-any-score": FunctionTask(
        ("x",),
        ("probabilities",),
        sigmoid,
        _score_cases(),
        (
            ("sigmoid of the wrong sign", lambda x: sigmoid(-x)),
            ("missing minus", lambda x: 1 / (1 - np.exp(-x))),
            ("slope of the sigmoid forgotten", sigmoid_derivative),
        ),
        warnings=False,
    ),
    "sigmoid-log": FunctionTask(
        ("x",),
        ("log_probabilities",),
        log_sigmoid,
        _score_cases(),
        (
            ("missing minus", lambda x: -log_sigmoid(x)),
            ("sigmoid of the wrong sign", lambda x: log_sigmoid(-x)),
            ("sigmoid of the wrong sign", lambda x: -log_sigmoid(-x)),
            ("logarithm forgotten", sigmoid),
            ("logarithm of base 2", lambda x: log_sigmoid(x) / np.log(2)),
        ),
    ),
    "sigmoid-squared-error": FunctionTask(
        ("x",),
        ("gradient",),
        _squared_gradient,
        _score_cases(),
        (
            ("missing minus", lambda x: -_squared_gradient(x)),
            ("forgotten factor", lambda x: _squared_gradient(x) / 2),
            ("slope of the sigmoid forgotten", lambda x: -2 * sigmoid(-x)),
            ("sigmoid of the wrong sign", lambda x: -2 * sigmoid(x) * sigmoid_derivative(x)),
            ("mean instead of sum", lambda x: _squared_gradient(x) / x.size),
        ),
        _squared,
        (0,),
    ),
}
