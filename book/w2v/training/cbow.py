"""Stochastic gradient descent on the CBOW loss with negative sampling, mini-batch by mini-batch.

`cbow_windows` turns sentences into arrays, `cbow_batch_step` takes one step along the summed
gradients of many windows, `train_cbow` repeats it over a corpus. The tables are changed in place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from w2v.corpus.noise import draw_negatives, noise_distribution
from w2v.corpus.windows import context_windows
from w2v.losses.functions import log_sigmoid, sigmoid
from w2v.support import validate
from w2v.training.sgd import REPORTS, Settings, TrainingRun, add_rows, initial_tables, refuse_hopeless


def cbow_windows(sentences: Iterable[Sequence[int]], window: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(centers, outsides, sizes) of all windows: shapes (N,), (N, 2 window) and (N,).

    Row i of `outsides` holds the `sizes[i]` words of its window, then zeros that count for nothing.

    >>> cbow_windows([[0, 1, 2]], window=1)
    (array([0, 1, 2]), array([[1, 0],
           [0, 2],
           [1, 0]]), array([1, 2, 1]))
    """
    found = [pair for sentence in sentences for pair in context_windows(sentence, window)]
    if not found:
        raise ValueError("sentences: expected a sentence of at least two words, got none")
    sizes = np.array([len(outside) for _, outside in found])
    outsides = np.zeros((len(found), 2 * window), dtype=int)
    outsides[np.arange(2 * window) < sizes[:, None]] = np.concatenate([outside for _, outside in found])
    return np.array([center for center, _ in found]), outsides, sizes


def cbow_batch_step(
    V: np.ndarray,
    U: np.ndarray,
    centers: np.ndarray,
    outsides: np.ndarray,
    sizes: np.ndarray,
    negatives: np.ndarray,
    learning_rate: float,
    corrected: bool = True,
) -> float:
    """One step along the summed gradients of B windows, in place; returns the sum of their losses before it.

    `centers` (B,), `outsides` (B, 2m) and `sizes` (B,) as from `cbow_windows`, `negatives` (B, K).
    With `corrected=False` each word of a window receives all of dJ/dv_bar, without the factor 1/(2m).
    If a score is not finite, nothing moves and the loss is infinite.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> windows = cbow_windows([[0, 1, 2]], window=1)
    >>> round(cbow_batch_step(V, U, *windows, negatives=np.array([[2], [0], [1]]), learning_rate=0.5), 4)
    4.1589
    """
    present = (np.arange(outsides.shape[1]) < sizes[:, None]) / sizes[:, None]  # (B, 2m): 1/(2m) where there is a word
    mean = np.einsum("bj,bjd->bd", present, V[outsides])
    rows = np.column_stack([centers, negatives])  # (B, K+1)
    u = U[rows]
    scores = np.einsum("bkd,bd->bk", u, mean)
    if not np.isfinite(scores).all():
        return np.inf
    delta = sigmoid(scores)
    delta[:, 0] -= 1
    delta *= -learning_rate
    share = present if corrected else present > 0
    add_rows(V, outsides, share[:, :, None] * np.einsum("bk,bkd->bd", delta, u)[:, None])
    add_rows(U, rows, delta[:, :, None] * mean[:, None])
    scores[:, 1:] *= -1
    return float(-log_sigmoid(scores).sum())


def train_cbow(
    sentences: Iterable[Sequence[int]], counts: ArrayLike, corrected: bool = True, **settings: Any
) -> TrainingRun:
    """A TrainingRun over `sentences`, lists of word indices; the settings are those of `w2v.training.Settings`.

    `pairs` of the run counts windows. The same arguments give the same vectors, bit for bit, on the
    same machine. Raises Diverged when a number is no longer finite.

    >>> run = train_cbow([[0, 1, 2]] * 9, counts=[9, 9, 9], dimensions=2)
    >>> run.V.shape
    (3, 2)
    """
    settings = Settings(**settings)
    rng = np.random.default_rng(settings.seed)
    windows, noise = cbow_windows(sentences, settings.window), noise_distribution(counts, settings.power)
    validate.words("sentences", windows[0], noise.size)
    V, U = initial_tables(noise.size, settings.dimensions, rng)
    done, losses = zip(*_run(rng, V, U, windows, noise, settings, corrected))
    return TrainingRun(V, U, np.array(done), np.array(losses), asdict(settings))


def _run(rng, V, U, windows, noise, settings, corrected):
    """Takes the steps; yields (windows done, mean loss since the last report) a hundred times."""
    count = len(windows[0])
    total, done, reported, loss = settings.epochs * count, 0, 0, 0.0
    for _ in range(settings.epochs):
        order, negatives = rng.permutation(count), draw_negatives(rng, noise, (count, settings.negatives))
        for start in range(0, count, settings.batch):
            chosen = order[start : start + settings.batch]
            rate = settings.learning_rate * (1 - done / total if settings.decay else 1)
            before, done = done, done + len(chosen)
            with np.errstate(over="ignore", invalid="ignore"):
                of_batch = cbow_batch_step(V, U, *(w[chosen] for w in windows), negatives[chosen], rate, corrected)
            refuse_hopeless(done, of_batch / len(chosen), settings.negatives + 1, settings.learning_rate)
            loss += of_batch
            if done * REPORTS // total > before * REPORTS // total:
                yield done, loss / (done - reported)
                reported, loss = done, 0.0
