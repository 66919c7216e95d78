"""Functions asked for in the chapter on CBOW."""

import numpy as np

from w2v.checks.slips.cbow import CBOW
from w2v.exercises.functions.task import Case, FunctionTask
from w2v.losses.cbow import cbow_gradients, cbow_loss, context_vector
from w2v.losses.functions import log_softmax, one_hot, softmax
from w2v.losses.pair import negative_sampling_gradients

SOFTMAX, SAMPLED = ("center", "outside", "V", "U"), ("center", "outside", "V", "U", "negatives")


def _cases(drawn):
    """Arguments (center, outside, V, U[, negatives]): windows of different lengths, words that stand twice."""
    rng = np.random.default_rng(40)
    cases = []
    for words, D, center, outside, negatives in (
        (5, 3, 2, [0, 1, 3, 3], [1, 0, 4]),
        (7, 4, 6, [1, 1, 1, 5, 0, 6], [2, 2, 6, 0]),
        (4, 2, 3, [2], [0, 3]),
        (3, 5, 1, [2, 0], [0, 0, 2, 1, 2]),
    ):
        V, U = rng.normal(size=(2, words, D))
        arrays = [np.array(list_, dtype=np.int64) for list_ in ([outside, negatives] if drawn else [outside])]
        label = f"{words} words, {D} dimensions, {len(outside)} words in the window"
        cases.append(Case(label, (center, arrays[0], V, U, *arrays[1:])))
    return tuple(cases)


def _far():
    """Two windows with scores up to 800 in size."""
    v = np.array([0.5, -2.0, 1.0])
    U = np.outer(np.linspace(-800, 800, 5) / (v @ v), v)
    V = np.array([v, 2 * v, -v, v, 0 * v])
    return tuple(
        Case(
            f"scores of ±800, center {center}",
            (center, np.array([0, 1, 2, 3, 4, 0, 0, 3], dtype=np.int64), 8 / 5 * V, U),
            extreme=True,
        )
        for center in (1, 4)
    )


def _delta(change):
    """Wrong gradients of the naive softmax from a wrong idea of y_hat - y."""

    def gradients(center, outside, V, U):
        v_bar = context_vector(outside, V)
        delta = change(U @ v_bar, one_hot(center, len(U)))
        grad_V = np.zeros_like(V)
        np.add.at(grad_V, outside, U.T @ delta / len(outside))
        return grad_V, np.outer(delta, v_bar)

    return gradients


WINDOW_SLIPS = tuple((slip.exercise, slip.gradients) for slip in CBOW)
READ_SLIPS = tuple(pair for pair in WINDOW_SLIPS if pair[0] != "sum instead of mean") + (
    ("sum instead of mean", lambda center, outside, V, U: cbow_gradients(center, outside, V, U, mean=False)),
)
PAIR_SLIPS = (
    ("forgotten y", _delta(lambda z, y: softmax(z))),
    ("missing minus", _delta(lambda z, y: y - softmax(z))),
    ("scores not normalised", _delta(lambda z, y: np.exp(z) - y)),
)


def _part(position, pairs):
    return tuple((name, lambda *a, f=f: f(*a)[position]) for name, f in pairs)


def _loss_of(change):
    return lambda center, outside, V, U: float(change(V[outside], U, center))


WRONG_LOSSES = (
    ("missing minus", _loss_of(lambda v, U, c: log_softmax(U @ v.mean(axis=0))[c])),
    ("sum instead of mean", _loss_of(lambda v, U, c: -log_softmax(U @ v.sum(axis=0))[c])),
    (
        "mean of the losses for the loss of the mean",
        _loss_of(lambda v, U, c: -np.mean([log_softmax(U @ row)[c] for row in v])),
    ),
    ("logarithm forgotten", _loss_of(lambda v, U, c: softmax(U @ v.mean(axis=0))[c])),
    ("scores not normalised", _loss_of(lambda v, U, c: -(U @ v.mean(axis=0))[c])),
)


def _sampled(put_factor):
    """Wrong gradients under negative sampling: `put_factor(grad_V, grad_U, outside)`."""
    return lambda c, w, V, U, k: put_factor(*cbow_gradients(c, w, V, U, k), w)


def _last_draw_kept(center, outside, V, U, negatives):
    grad_V, _ = cbow_gradients(center, outside, V, U, negatives)
    v_bar, grad_U = context_vector(outside, V), np.zeros_like(U)
    for k in negatives:
        grad_U[k] = negative_sampling_gradients(v_bar, center, U, [k])[1][k]
    grad_U[center] = negative_sampling_gradients(v_bar, center, U, negatives)[1][center]
    return grad_V, grad_U


TASKS = {
    "cbow-window-loss": FunctionTask(SOFTMAX, ("loss",), cbow_loss, _cases(False) + _far(), WRONG_LOSSES),
    "cbow-read-table": FunctionTask(
        SOFTMAX,
        ("grad_V",),
        lambda *a: cbow_gradients(*a)[0],
        _cases(False),
        _part(0, READ_SLIPS + PAIR_SLIPS),
        cbow_loss,
        (2,),
    ),
    "cbow-both-tables": FunctionTask(
        SAMPLED,
        ("grad_V", "grad_U"),
        cbow_gradients,
        _cases(True),
        (
            *WINDOW_SLIPS,
            ("overwritten duplicates", _last_draw_kept),
            ("missing minus", _sampled(lambda v, u, w: (-v, -u))),
        ),
        cbow_loss,
        (2, 3),
    ),
}
