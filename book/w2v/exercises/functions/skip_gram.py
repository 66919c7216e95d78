"""Functions asked for in the chapter on the skip-gram sum; all for naive softmax."""

import numpy as np

from w2v.exercises.functions.task import Case, FunctionTask, one_result
from w2v.losses.functions import log_softmax, softmax
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss

PARAMETERS = ("center", "outside", "V", "U")


def _window_cases():
    """Arguments (center, outside, V, U): full and short windows, words that stand twice, the center among its neighbours."""
    rng, cases = np.random.default_rng(50), []
    windows = (
        (5, 3, 2, [0, 1, 3, 4], ""),
        (7, 4, 3, [6, 2, 2], ", one word twice"),
        (4, 6, 1, [3, 1, 0, 3, 3], ", one word three times, the center once"),
        (6, 2, 4, [5], ""),
    )
    for vocabulary, dimension, center, outside, mark in windows:
        V, U = rng.normal(size=(2, vocabulary, dimension))
        label = f"{vocabulary} words, {dimension} dimensions, center {center}, outside {outside}{mark}"
        cases.append(Case(label, (center, np.array(outside), V, U), special=bool(mark)))
    return tuple(cases) + _far()


def _far():
    """Scores from -800 to 800 for the center word."""
    V = np.array([[0.1, 0.2], [0.5, -2.0], [0.3, 0.4], [-0.1, 0.6], [0.2, 0.2]])
    U = np.outer(np.linspace(-800, 800, 5) / (V[1] @ V[1]), V[1]) + np.array([2.0, 0.5]) / 7
    return tuple(
        Case(f"scores of ±800, outside {w}", (1, np.array(w), V, U), extreme=True) for w in ([3, 4, 4], [0, 2])
    )


def _by_counts(center, outside, V, U, *, expected=None, observed=None, sign=1):
    """(grad_V, grad_U) from expected and observed counts; either may be replaced by a wrong idea of it."""
    expected = len(outside) * softmax(U @ V[center]) if expected is None else expected
    observed = np.bincount(outside, minlength=len(U)) if observed is None else observed
    delta, grad_V = sign * (expected - observed), np.zeros_like(V)
    grad_V[center] = U.T @ delta
    return grad_V, np.outer(delta, V[center])


def _wrong(change):
    """Wrong gradients: `change(center, outside, V, U)` gives the counts that are wrong."""
    return lambda c, w, V, U: _by_counts(c, w, V, U, **change(c, w, V, U))


WRONG = (
    ("forgotten factor", _wrong(lambda c, w, V, U: {"expected": softmax(U @ V[c])})),
    ("forgotten y", _wrong(lambda c, w, V, U: {"observed": 0})),
    (
        "repeated words counted once",
        _wrong(lambda c, w, V, U: {"observed": np.minimum(np.bincount(w, minlength=len(U)), 1)}),
    ),
    ("all pairs alike", _wrong(lambda c, w, V, U: {"observed": len(w) * np.bincount(w[:1], minlength=len(U))})),
    ("one term instead of the sum", lambda c, w, V, U: _by_counts(c, w[:1], V, U)),
    ("one term instead of the sum", lambda c, w, V, U: _by_counts(c, w[-1:], V, U)),
    ("mean instead of sum", lambda c, w, V, U: tuple(g / len(w) for g in _by_counts(c, w, V, U))),
    ("scores not normalised", _wrong(lambda c, w, V, U: {"expected": len(w) * np.exp(U @ V[c])})),
)


def _in_outside_rows(center, outside, V, U):
    """The gradient of the center vector, written into the rows of the outside words."""
    grad_V = np.zeros_like(V)
    grad_V[outside] = _by_counts(center, outside, V, U)[0][center]
    return grad_V, None


def _every_row(center, outside, V, U):
    """The gradient of the center vector in every row."""
    return np.tile(_by_counts(center, outside, V, U)[0][center], (len(V), 1)), None


ROWS = (("wrong row", _in_outside_rows), ("sum instead of one term", _every_row))


def _loss_of(change):
    """A wrong loss from the log-probabilities of the window's words; a float."""
    return lambda c, w, V, U: float(change(log_softmax(U @ V[c]), w))


WRONG_LOSSES = (
    ("missing minus", _loss_of(lambda logs, w: logs[w].sum())),
    ("mean instead of sum", _loss_of(lambda logs, w: -logs[w].mean())),
    ("repeated words counted once", _loss_of(lambda logs, w: -logs[np.unique(w)].sum())),
    ("one term instead of the sum", _loss_of(lambda logs, w: -logs[w[0]])),
    ("sum instead of one term", _loss_of(lambda logs, w: -logs.sum())),
    ("logarithm forgotten", _loss_of(lambda logs, w: np.exp(logs[w]).sum())),
    ("forgotten factor", lambda c, w, V, U: float(-(U[w] @ V[c]).sum() - (log_softmax(U @ V[c]) - U @ V[c])[0])),
    ("all pairs alike", _loss_of(lambda logs, w: -len(w) * logs[w[0]])),
)

TASKS = {
    "skip-gram-window-loss": FunctionTask(PARAMETERS, ("loss",), skip_gram_loss, _window_cases(), WRONG_LOSSES),
    "skip-gram-center-table": FunctionTask(
        PARAMETERS,
        ("grad_V",),
        lambda *a: skip_gram_gradients(*a)[0],
        _window_cases(),
        one_result(0, WRONG + ROWS),
        skip_gram_loss,
        (2,),
    ),
    "skip-gram-outside-table": FunctionTask(
        PARAMETERS,
        ("grad_U",),
        lambda *a: skip_gram_gradients(*a)[1],
        _window_cases(),
        one_result(1, WRONG),
        skip_gram_loss,
        (3,),
        loops=False,
    ),
}
