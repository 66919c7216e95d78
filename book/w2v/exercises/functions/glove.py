"""Functions asked for in the chapter on GloVe."""

import numpy as np

from w2v.exercises.functions.task import Case, FunctionTask
from w2v.losses.glove import glove_gradients, glove_loss, glove_weights


def _cases():
    """Arguments (V, U, a, b, counts, weights): positive counts, tables that are not symmetric."""
    rng, cases = np.random.default_rng(70), []
    for words, D in ((5, 3), (7, 4), (3, 2), (4, 6)):
        counts = rng.integers(1, 40, size=(words, words)).astype(float)
        V, U = rng.normal(size=(2, words, D))
        a, b = rng.normal(size=(2, words))
        cases.append(Case(f"{words} words, {D} dimensions", (V, U, a, b, counts, glove_weights(counts, most=20))))
    return tuple(cases)


def _of(errors):
    """Wrong gradients: `errors(V, U, a, b, counts, weights)` is the wrong table of weighted errors, twice."""

    def gradients(V, U, a, b, counts, weights):
        G = errors(V, U, a, b, counts, weights)
        return G @ U, G.T @ V, G.sum(axis=1), G.sum(axis=0)

    return gradients


def _errors(V, U, a, b, counts):
    return V @ U.T + a[:, None] + b - np.log(counts)


TASKS = {
    "glove-gradients": FunctionTask(
        ("V", "U", "a", "b", "counts", "weights"),
        ("grad_V", "grad_U", "grad_a", "grad_b"),
        glove_gradients,
        _cases(),
        (
            ("missing minus", _of(lambda V, U, a, b, n, f: -2 * f * _errors(V, U, a, b, n))),
            ("forgotten factor", _of(lambda V, U, a, b, n, f: f * _errors(V, U, a, b, n))),
            ("logarithm forgotten", _of(lambda V, U, a, b, n, f: 2 * f * (V @ U.T + a[:, None] + b - n))),
            ("all pairs alike", _of(lambda V, U, a, b, n, f: 2 * _errors(V, U, a, b, n))),
            ("center and outside word exchanged", _of(lambda V, U, a, b, n, f: 2 * f * _errors(V, U, b, a, n))),
        ),
        glove_loss,
        (0, 1, 2, 3),
        loops=False,
    )
}
