"""`train_corpus`: skip-gram with negative sampling over a corpus of any size, reproducible, resumable, interruptible."""

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np

from w2v.support.progress import progress_bar
from w2v.training.fast.batches import Batches, batches_of
from w2v.training.fast.interrupt import StopOnInterrupt
from w2v.training.fast.settings import CorpusSettings
from w2v.training.fast.state import Keeper, State
from w2v.training.fast.steps import bare_stretch_loss, bare_stretch_step
from w2v.training.sgd import HOPELESS, REPORTS, Diverged, TrainingRun, initial_tables

if TYPE_CHECKING:
    from w2v.corpus.encoded import EncodedCorpus

MEASURED = (
    20  # the loss is computed for every twentieth batch, or more often if there would be less than one for a report
)


class DivergedAt(Diverged):
    """Diverged with the place: `step` of the run, `epoch` and `batch`, all counted from 1, and the `reason`."""

    def __init__(self, batches: Batches, state: State, reason: str) -> None:
        epoch, batch = divmod(state.step, len(batches))
        self.step, self.epoch, self.batch, self.pairs = state.step + 1, epoch + 1, batch + 1, state.pairs
        ArithmeticError.__init__(
            self,
            f"learning_rate: expected one at which training stays finite, got {batches.settings.learning_rate:g}: at step {self.step} "
            f"(epoch {self.epoch}, batch {self.batch}), after {self.pairs} pairs, {reason}; "
            "take a smaller learning rate or a smaller batch",
        )


@dataclass(frozen=True)
class CorpusReport:
    """The state during a run: words of the text done of `total`, pairs, mean loss of a pair, speed, the live tables."""

    words: int
    total: int
    pairs: int
    loss: float
    pairs_per_second: float
    V: np.ndarray
    U: np.ndarray


@dataclass(frozen=True, eq=False)
class CorpusRun(TrainingRun):
    """A TrainingRun; `finished` is False if it was stopped by Ctrl-C, after `words` of `total` words of the text."""

    words: int
    total: int

    @property
    def finished(self) -> bool:
        return self.words == self.total

    def __repr__(self):
        stopped = "" if self.finished else f", stopped after {self.words / self.total:.0%} of the text"
        return f"CorpusRun(vocabulary {len(self.V)}, D {self.V.shape[1]}, {self.pairs[-1]:,} pairs, loss {self.losses[-1]:.3f}{stopped})"


def train_corpus(
    corpus: "EncodedCorpus",
    callbacks: Callable | Iterable[Callable] = (),
    checkpoint: str | PathLike[str] | None = None,
    checkpoint_seconds: float = 30.0,
    show: bool | None = None,
    **settings: Any,
) -> CorpusRun:
    """A CorpusRun over `corpus`, an EncodedCorpus; `settings` are those of CorpusSettings.

    The same arguments give the same vectors, bit for bit, on the same machine. Each of `callbacks`
    gets a CorpusReport about a hundred times. With `checkpoint`, a path, the state is written there
    at the start, every `checkpoint_seconds`, at the end and when a callback raises, and a run that finds
    its own checkpoint continues it, with the result of an unbroken run. What cannot be saved is refused
    before the first step; later a save that fails is a warning, and the run goes on. Ctrl-C ends the run
    after the current step. `show` is that of `progress_bar`. Raises Diverged (a DivergedAt) when a number
    is no longer finite or the loss is beyond all reason, CheckpointError if the file is damaged or of
    another run, ValueError if no pair is left to train on.
    """
    settings, callbacks = CorpusSettings(**settings), _functions(callbacks)
    batches, words = batches_of(corpus, settings), settings.epochs * len(corpus.tokens)
    settings = batches.settings
    described = {} if checkpoint is None else {**asdict(settings), "corpus": corpus.checksum}
    keeper = Keeper(checkpoint, described, checkpoint_seconds)
    state = keeper.load(_start(len(corpus.vocabulary), settings))
    with StopOnInterrupt() as stop, progress_bar(words, "words", "training", show) as bar:
        bar.update(batches.words(state.step))
        for report in _run(batches, state, keeper, stop, bar):
            try:
                for callback in callbacks:
                    callback(report)
            except BaseException:
                keeper.save(state)
                raise
    return _finished(batches, state, words)


def _functions(callbacks):
    if not isinstance(callbacks, (list, tuple)) or not all(map(callable, callbacks)):
        raise TypeError(f"callbacks: expected a list of functions, got {callbacks!r}")
    return callbacks


def _start(vocabulary, settings):
    V, U = initial_tables(vocabulary, settings.dimensions, np.random.default_rng(settings.seed))
    return State(V.astype(settings.precision), U.astype(settings.precision))


def _run(batches, state, keeper, stop, bar):
    """Takes the steps that are left, keeps the state, and yields a CorpusReport after every hundredth of them."""
    steps, start, before = batches.settings.epochs * len(batches), time.monotonic(), state.pairs
    every = min(MEASURED, max(1, steps // REPORTS))
    while state.step < steps and not stop.requested:
        done = batches.words(state.step)
        _step(batches, state, measure=state.step % every == 0 or not (state.measured or state.reports))
        bar.update(batches.words(state.step) - done)
        if state.step == len(batches) and not state.pairs:
            raise ValueError(
                f"subsample: expected a threshold that leaves pairs in the text, got {batches.settings.subsample:g}, "
                "at which none is left; take a larger one, or 0 to keep every word"
            )
        if due := state.measured and state.step * REPORTS // steps > (state.step - 1) * REPORTS // steps:
            state.report()
        keeper.save_if_due(state)
        if due:
            report = _report(batches, state, (state.pairs - before) / max(time.monotonic() - start, 1e-9))
            bar.set_postfix_str(f"{report.pairs_per_second / 1e6:.2f}M pairs/s, loss {report.loss:.3f}")
            yield report
            start, before = time.monotonic(), state.pairs
    keeper.save(state)


def _step(batches, state, measure):
    """One step of the run; the loss before it is added to the state if `measure` is set."""
    settings, (stretches, negatives) = batches.settings, batches.draw(*divmod(state.step, len(batches)))
    rate = settings.rate(batches.words(state.step) / (settings.epochs * len(batches.tokens)))
    with np.errstate(over="ignore", invalid="ignore"):
        if measure:
            _measure(batches, state, stretches, negatives)
        if not bare_stretch_step(state.V, state.U, stretches, negatives, settings.negatives, rate):
            raise DivergedAt(batches, state, "a score is no longer finite")
    state.step, state.pairs = state.step + 1, state.pairs + stretches.pairs


def _measure(batches, state, stretches, negatives):
    """Adds the loss of a batch to the state; DivergedAt if it is beyond all reason."""
    K, pairs = batches.settings.negatives, stretches.pairs
    loss = bare_stretch_loss(state.V, state.U, stretches, negatives, K)
    if pairs and not loss / pairs < HOPELESS * (K + 1) * np.log(2):
        raise DivergedAt(batches, state, f"the loss of a pair is {loss / pairs:.3g}")
    state.loss, state.measured = state.loss + loss, state.measured + pairs


def _report(batches, state, pairs_per_second):
    words, total = batches.words(state.step), batches.settings.epochs * len(batches.tokens)
    return CorpusReport(words, total, *state.reports[-1], pairs_per_second, state.V, state.U)


def _finished(batches, state, total):
    """The CorpusRun of the state; DivergedAt if one of its tables is not finite."""
    if not (np.isfinite(state.V).all() and np.isfinite(state.U).all()):
        state.step -= 1
        raise DivergedAt(batches, state, "a vector is no longer finite")
    last = [(state.pairs, state.mean_loss)] if state.measured or not state.reports else []
    pairs, losses = np.array(state.reports + last).T
    return CorpusRun(
        state.V, state.U, pairs.astype(np.int64), losses, asdict(batches.settings), batches.words(state.step), total
    )
