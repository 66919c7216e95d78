"""Functions asked for in the chapter on factorisation."""

import numpy as np

from w2v.exercises.functions.task import Case, FunctionTask
from w2v.losses.factorisation import factor_gradients, factor_loss, shifted_pmi
from w2v.losses.functions import sigmoid


def _cases(tables):
    """Arguments ([V, U,] counts, K, noise): counts without zeros and not symmetric, a noise distribution of its own."""
    rng = np.random.default_rng(50)
    cases = []
    for words, D, K in ((5, 3, 2), (7, 4, 5), (3, 2, 4), (4, 6, 3)):
        counts, noise = rng.integers(1, 40, size=(words, words)).astype(float), rng.dirichlet(np.full(words, 3.0))
        vectors = tuple(rng.normal(size=(2, words, D))) if tables else ()
        cases.append(
            Case(f"{words} words, K = {K}" + (f", {D} dimensions" if tables else ""), (*vectors, counts, K, noise))
        )
    return tuple(cases)


def _slopes(change):
    """Wrong gradients: `change(scores, counts, drawn)` is the wrong table of slopes."""

    def gradients(V, U, counts, K, noise):
        G = change(V @ U.T, counts, K * np.outer(counts.sum(axis=1), noise))
        return G @ U, G.T @ V

    return gradients


TASKS = {
    "factorisation-table": FunctionTask(
        ("counts", "K", "noise"),
        ("scores",),
        shifted_pmi,
        _cases(False),
        (
            ("missing minus", lambda n, K, q: -shifted_pmi(n, K, q)),
            ("shift left out", lambda n, K, q: shifted_pmi(n, 1, q)),
            ("logarithm forgotten", lambda n, K, q: np.exp(shifted_pmi(n, K, q))),
            ("logarithm of base 2", lambda n, K, q: shifted_pmi(n, K, q) / np.log(2)),
            ("center and outside word exchanged", lambda n, K, q: np.log(n / (K * np.outer(q, n.sum(axis=0))))),
            ("joint frequency only", lambda n, K, q: np.log(n / n.sum())),
            ("counts not divided by their sum", lambda n, K, q: np.log(n / (K * q))),
        ),
    ),
    "factorisation-both-tables": FunctionTask(
        ("V", "U", "counts", "K", "noise"),
        ("grad_V", "grad_U"),
        factor_gradients,
        _cases(True),
        (
            ("missing minus", _slopes(lambda z, n, d: n - (n + d) * sigmoid(z))),
            ("draws left out", _slopes(lambda z, n, d: n * sigmoid(z) - n)),
            ("forgotten y", _slopes(lambda z, n, d: (n + d) * sigmoid(z))),
            ("sigmoid of the wrong sign", _slopes(lambda z, n, d: (n + d) * sigmoid(-z) - n)),
            ("center and outside word exchanged", _slopes(lambda z, n, d: ((n + d) * sigmoid(z) - n).T)),
        ),
        factor_loss,
        (0, 1),
        loops=False,
    ),
}
