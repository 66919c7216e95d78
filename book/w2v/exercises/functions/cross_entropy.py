"""Functions asked for in the chapter on cross-entropy."""

import numpy as np

from w2v.exercises.functions.task import Case, FunctionTask
from w2v.losses.functions import cross_entropy, entropy, kl_divergence, log_softmax, one_hot, sigmoid, softmax


def _loss(scores, o):
    return float(-log_softmax(scores)[o])


def _soft_loss(scores, y):
    return float(-(y @ log_softmax(scores)))


def _scores_cases():
    """Arguments (scores, o)."""
    rng = np.random.default_rng(30)
    cases = [Case(f"{n} scores, o = {o}", (rng.normal(size=n), o)) for n, o in ((5, 4), (7, 2), (3, 1))]
    far = np.array([800.0, 795.0, -800.0, 0.0])
    return (*cases, *(Case(f"scores of ±800, o = {o}", (far, o), extreme=True) for o in (1, 2)))


def _soft_cases():
    """Arguments (scores, y), y without zeros."""
    rng = np.random.default_rng(31)
    cases = [Case(f"{n} scores", (rng.normal(size=n), rng.dirichlet(np.ones(n)))) for n in (5, 7, 3)]
    far = Case("scores of ±800", (np.array([800.0, 795.0, -800.0, 0.0]), np.array([0.1, 0.2, 0.3, 0.4])), extreme=True)
    return (*cases, far)


def _distributions():
    """Arguments (y, y_hat); the last two truths have zeros."""
    rng = np.random.default_rng(32)
    full = [Case(f"{n} words", (rng.dirichlet(np.ones(n)), rng.dirichlet(np.ones(n)))) for n in (5, 3)]
    zeros = Case("4 words, y with a zero", (np.array([0.5, 0.0, 0.2, 0.3]), rng.dirichlet(np.ones(4))), special=True)
    return (*full, zeros, Case("6 words, y one-hot", (one_hot(2, 6), rng.dirichlet(np.ones(6))), special=True))


def _silent(function):
    """`function` without NumPy's warnings: wrong formulas meet the logarithm of 0."""

    def quiet(*arguments):
        with np.errstate(all="ignore"):
            return function(*arguments)

    return quiet


TASKS = {
    "cross-entropy-stable-loss": FunctionTask(
        ("scores", "o"),
        ("loss",),
        _loss,
        _scores_cases(),
        (
            ("missing minus", lambda z, o: log_softmax(z)[o]),
            ("logarithm forgotten", lambda z, o: softmax(z)[o]),
            ("logarithm of base 2", lambda z, o: _loss(z, o) / np.log(2)),
            ("scores not normalised", lambda z, o: -z[o]),
            ("sigmoid for softmax", lambda z, o: -np.log(sigmoid(z[o]))),
            ("sum instead of one term", lambda z, o: -log_softmax(z).sum()),
            ("mean instead of sum", lambda z, o: -z[o] + np.log(np.exp(z).mean())),
        ),
    ),
    "cross-entropy-soft-scores": FunctionTask(
        ("scores", "y"),
        ("gradient",),
        lambda scores, y: softmax(scores) - y,
        _soft_cases(),
        (
            ("forgotten y", lambda z, y: softmax(z)),
            ("scores not normalised", lambda z, y: np.exp(z) - y),
            ("sigmoid for softmax", lambda z, y: sigmoid(z) - y),
            ("sum instead of one term", lambda z, y: softmax(z) - y.sum()),
            ("one term instead of the sum", lambda z, y: y * (softmax(z) - 1)),
            ("mean instead of sum", lambda z, y: (softmax(z) - y) / z.size),
        ),
        _soft_loss,
        (0,),
    ),
    "cross-entropy-divergence": FunctionTask(
        ("y", "y_hat"),
        ("divergence",),
        kl_divergence,
        _distributions(),
        (
            ("entropy left in", cross_entropy),
            ("arguments exchanged", _silent(lambda y, y_hat: kl_divergence(y_hat, y))),
            ("missing minus", lambda y, y_hat: -kl_divergence(y, y_hat)),
            ("missing minus", lambda y, y_hat: cross_entropy(y, y_hat) + entropy(y)),
            ("logarithm of base 2", lambda y, y_hat: kl_divergence(y, y_hat) / np.log(2)),
            ("mean instead of sum", lambda y, y_hat: kl_divergence(y, y_hat) / y.size),
        ),
    ),
}
