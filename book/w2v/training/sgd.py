"""Plain stochastic gradient descent on the skip-gram loss with negative sampling.

`sgd_step` is the book's formula and nothing else; `mini_batch_step` does the same arithmetic for
many pairs at once; `train` repeats it over a corpus. All of them change the tables in place.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from w2v.corpus.noise import draw_negatives, noise_distribution
from w2v.corpus.windows import window_pairs
from w2v.losses.functions import log_sigmoid, sigmoid
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss
from w2v.support import validate

REPORTS = 100  # how often a run reports its loss
HOPELESS = 1e100  # times the loss at zero vectors, log 2 for each sigmoid: a run that is there will not come back


class Diverged(ArithmeticError):
    """Training whose numbers are no longer finite, or beyond all reason; `pairs` were done when it was noticed.

    >>> try:
    ...     train([[0, 1]] * 50, counts=[50, 50], window=1, dimensions=2, learning_rate=1e300)
    ... except Diverged as end:
    ...     print(end.pairs)
    200
    """

    def __init__(self, pairs: int, loss: float, learning_rate: float) -> None:
        self.pairs = pairs
        super().__init__(
            f"learning_rate: expected one at which training stays finite, got {learning_rate:g}: "
            f"after {pairs} pairs the loss of a pair is {loss:g}; take a smaller learning rate or a smaller batch"
        )


@dataclass(frozen=True)
class Settings:
    """Everything that decides a run; the learning rate falls linearly to 0 if `decay` is set.

    >>> Settings(dimensions=50, epochs=5).learning_rate
    0.05
    >>> Settings(epochs=0)
    Traceback (most recent call last):
        ...
    ValueError: epochs: expected an int of at least 1, got 0
    """

    window: int = 5
    dimensions: int = 20
    negatives: int = 5
    epochs: int = 2
    batch: int = 128
    learning_rate: float = 0.05
    decay: bool = True
    power: float = 0.75
    seed: int = 1

    def __post_init__(self):
        for name in ("window", "dimensions", "negatives", "epochs", "batch"):
            self._set(name, validate.integer(name, getattr(self, name), least=1))
        self._set("learning_rate", validate.positive("learning_rate", self.learning_rate))
        self._set("decay", validate.flag("decay", self.decay))
        self._set("power", validate.not_negative("power", self.power))
        self._set("seed", validate.integer("seed", self.seed, least=0))

    def _set(self, name, value):
        """Puts plain Python numbers in the place of NumPy's: settings are compared, printed and saved."""
        object.__setattr__(self, name, value)


@dataclass(frozen=True)
class Report:
    """The state during a run: pairs done of `total`, mean loss of a pair since the last report, the live tables.

    >>> seen = []
    >>> run = train([[0, 1, 2]] * 9, counts=[9, 9, 9], progress=seen.append, dimensions=2)
    >>> seen[-1].pairs, seen[-1].total
    (108, 108)
    """

    pairs: int
    total: int
    loss: float
    V: np.ndarray
    U: np.ndarray


@dataclass(frozen=True, eq=False)
class TrainingRun:
    """The trained tables; `losses[i]` is the mean loss of a pair in the stretch that ends at `pairs[i]`.

    >>> run = train([[0, 1, 2]] * 9, counts=[9, 9, 9], dimensions=2)
    >>> run.V.shape, run.settings["epochs"]
    ((3, 2), 2)
    """

    V: np.ndarray
    U: np.ndarray
    pairs: np.ndarray
    losses: np.ndarray
    settings: dict


def sgd_step(
    V: np.ndarray, U: np.ndarray, center: int, outside: ArrayLike, negatives: ArrayLike, learning_rate: float
) -> float:
    """V <- V - learning_rate dJ/dV and U <- U - learning_rate dJ/dU for one window, in place.

    Arguments as in `skip_gram_loss`; with `negatives` None, J is the naive softmax loss.
    Returns the loss of the window before the step.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> round(sgd_step(V, U, 0, [1, 2], None, learning_rate=0.3), 4)  # 2 log 3
    2.1972
    >>> U
    array([[-0.2,  0. ],
           [ 0.1,  0. ],
           [ 0.1,  0. ]])
    """
    learning_rate = _step_arguments(V, U, learning_rate)
    loss = skip_gram_loss(center, outside, V, U, negatives)
    grad_V, grad_U = skip_gram_gradients(center, outside, V, U, negatives)
    V -= learning_rate * grad_V
    U -= learning_rate * grad_U
    return loss


def mini_batch_step(
    V: np.ndarray, U: np.ndarray, centers: ArrayLike, outsides: ArrayLike, negatives: ArrayLike, learning_rate: float
) -> float:
    """One step along the summed gradients of B pairs, in place; returns the sum of their losses before it.

    `centers` and `outsides` are index arrays of shape (B,), `negatives` of shape (B, K).

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> round(mini_batch_step(V, U, [0, 1], [1, 2], [[2, 2], [0, 0]], learning_rate=0.5), 4)  # 6 log 2
    4.1589
    >>> U
    array([[ 0.  , -0.5 ],
           [ 0.25,  0.  ],
           [-0.5 ,  0.25]])
    """
    learning_rate = _step_arguments(V, U, learning_rate)
    validate.matrix("V", V), validate.matrix("U", U)
    centers = validate.words("centers", centers, len(V))
    outsides, negatives = validate.words("outsides", outsides, len(U)), np.asarray(negatives)
    if len(outsides) != len(centers) or negatives.ndim != 2 or len(negatives) != len(centers):
        raise ValueError(
            f"outsides, negatives: expected shapes ({len(centers)},) and ({len(centers)}, K), got {outsides.shape} and {negatives.shape}"
        )
    validate.words("negatives", negatives.ravel(), len(U))
    return summed_step(V, U, centers, outsides, negatives, learning_rate)


def summed_step(
    V: np.ndarray, U: np.ndarray, centers: np.ndarray, outsides: np.ndarray, negatives: np.ndarray, learning_rate: float
) -> float:
    """`mini_batch_step` without the checks.

    Row i of delta: (sigma(u_o.v_c) - 1, sigma(u_{w_1}.v_c), ..., sigma(u_{w_K}.v_c)).
    If a score is not finite, nothing moves and the loss is infinite.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> round(summed_step(V, U, np.array([0, 1]), np.array([1, 2]), np.array([[2, 2], [0, 0]]), 0.5), 4)
    4.1589
    """
    rows = np.column_stack([outsides, negatives])  # (B, K+1)
    v, u = V[centers], U[rows]  # (B, D) and (B, K+1, D)
    scores = np.einsum("bkd,bd->bk", u, v)
    if not np.isfinite(scores).all():
        return np.inf
    delta = sigmoid(scores)
    delta[:, 0] -= 1
    delta *= -learning_rate
    add_rows(V, centers, np.einsum("bk,bkd->bd", delta, u))
    add_rows(U, rows, delta[:, :, None] * v[:, None])
    scores[:, 1:] *= -1
    return float(-log_sigmoid(scores).sum())


def add_rows(table: np.ndarray, rows: np.ndarray, values: np.ndarray) -> None:
    """table[rows[i]] += values[i], in place; rows that repeat add up.

    The table must be contiguous: its entries are addressed one by one.

    >>> table = np.zeros((3, 2))
    >>> add_rows(table, np.array([0, 2, 2]), np.ones((3, 2)))
    >>> table
    array([[1., 1.],
           [0., 0.],
           [2., 2.]])
    """
    D = table.shape[1]
    entries = rows.reshape(-1, 1) * D + np.arange(D)
    np.add.at(table.reshape(-1), entries.ravel(), values.ravel())


def initial_tables(vocabulary: int, dimensions: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """V with entries uniform in -1/(2D) .. 1/(2D) and U of zeros, so that the first loss is (K+1) log 2.

    >>> V, U = initial_tables(5, dimensions=2, rng=np.random.default_rng(1))
    >>> bool(np.abs(V).max() <= 0.25), bool(U.any())
    (True, False)
    """
    return (rng.random((vocabulary, dimensions)) - 0.5) / dimensions, np.zeros((vocabulary, dimensions))


def train(
    sentences: Iterable[Sequence[int]], counts: ArrayLike, progress: Callable | None = None, **settings: Any
) -> TrainingRun:
    """A TrainingRun over `sentences`, lists of word indices; `counts[w]` is how often word w occurs.

    `settings` are those of Settings. The same arguments give the same vectors, bit for bit, on
    the same machine. `progress` is called with a Report about a hundred times. Raises Diverged
    when a number is no longer finite.

    >>> run = train([[0, 1, 2]] * 9, counts=[9, 9, 9], dimensions=2, epochs=50)
    >>> bool(run.losses[-1] < run.losses[0])
    True
    """
    settings = Settings(**settings)
    rng = np.random.default_rng(settings.seed)
    centers, outsides = window_pairs(sentences, settings.window)
    noise = noise_distribution(counts, settings.power)
    validate.words("sentences", centers, noise.size)
    V, U = initial_tables(noise.size, settings.dimensions, rng)
    reports = []
    for report in _run(rng, V, U, centers, outsides, noise, settings):
        reports.append((report.pairs, report.loss))
        if progress is not None:
            progress(report)
    if not (np.isfinite(V).all() and np.isfinite(U).all()):
        raise Diverged(report.pairs, np.inf, settings.learning_rate)
    pairs, losses = np.array(reports).T
    return TrainingRun(V, U, pairs.astype(int), losses, asdict(settings))


def refuse_hopeless(done, loss, sigmoids, learning_rate):
    """Diverged if `loss`, that of one of `done` pairs, with so many `sigmoids`, is not finite or beyond all reason."""
    if not loss < HOPELESS * sigmoids * np.log(2):
        raise Diverged(done, loss, learning_rate)


def _run(rng, V, U, centers, outsides, noise, settings):
    """Takes the steps and yields a Report after every hundredth of them."""
    total, done, reported, loss = settings.epochs * len(centers), 0, 0, 0.0
    for batch in _batches(rng, centers, outsides, noise, settings):
        rate = settings.learning_rate * (1 - done / total if settings.decay else 1)
        before, done = done, done + len(batch[0])
        with np.errstate(over="ignore", invalid="ignore"):
            of_batch = summed_step(V, U, *batch, rate)
        refuse_hopeless(done, of_batch / len(batch[0]), settings.negatives + 1, settings.learning_rate)
        loss += of_batch
        if done * REPORTS // total > before * REPORTS // total:
            yield Report(done, total, loss / (done - reported), V, U)
            reported, loss = done, 0.0


def _batches(rng, centers, outsides, noise, settings):
    """All pairs in a fresh random order in every epoch, cut into batches, with fresh negatives."""
    for _ in range(settings.epochs):
        order = rng.permutation(len(centers))
        negatives = draw_negatives(rng, noise, (len(centers), settings.negatives))
        for start in range(0, len(centers), settings.batch):
            chosen = order[start : start + settings.batch]
            yield centers[chosen], outsides[chosen], negatives[chosen]


def _step_arguments(V, U, learning_rate):
    for name, table in (("V", V), ("U", U)):
        if (
            not isinstance(table, np.ndarray)
            or table.dtype.kind != "f"
            or not table.flags.c_contiguous
            or table.ndim != 2
        ):
            raise TypeError(f"{name}: expected a contiguous float array with one word per row, to be changed in place")
    if V.shape[1] != U.shape[1]:
        raise ValueError(f"V, U: expected the same number of columns, got shapes {V.shape} and {U.shape}")
    return validate.positive("learning_rate", learning_rate)
