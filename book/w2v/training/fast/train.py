"""`train_corpus`: skip-gram with negative sampling over a corpus of any size, reproducible, resumable, interruptible."""

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np

from w2v.support.progress import progress_bar
from w2v.training.fast.batches import batches_of
from w2v.training.fast.interrupt import StopOnInterrupt
from w2v.training.fast.models import MODELS
from w2v.training.fast.settings import CorpusSettings
from w2v.training.fast.state import Keeper, State
from w2v.training.sgd import HOPELESS, REPORTS, Diverged, TrainingRun, initial_tables

if TYPE_CHECKING:
    from w2v.corpus.encoded import EncodedCorpus
    from w2v.corpus.vocabulary import Vocabulary

MEASURED = (
    20  # the loss is computed for every twentieth batch, or more often if there would be less than one for a report
)


class DivergedAt(Diverged):
    """Diverged with the place: `step` of the run or of its shard, `epoch` and `batch`, all counted from 1, and the `reason`.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> try:
    ...     train_corpus(corpus, dimensions=2, subsample=0, learning_rate=1e300, precision="float64")
    ... except DivergedAt as end:
    ...     print(end.epoch)
    1
    """

    def __init__(self, plan: Any, state: State, reason: str) -> None:
        epoch, batch = divmod(state.step, len(plan))
        self.step, self.epoch, self.batch, self.pairs = state.step + 1, epoch + 1, batch + 1, state.pairs
        shard = "" if plan.shard is None else f" of shard {plan.shard}"
        ArithmeticError.__init__(
            self,
            f"learning_rate: expected one at which training stays finite, got {plan.settings.learning_rate:g}: at step {self.step}{shard} "
            f"(epoch {self.epoch}, {plan.part} {self.batch}), after {self.pairs} pairs, {reason}; "
            "take a smaller learning rate or a smaller batch",
        )

    def __reduce__(self):
        """So that a process can send it to another."""
        return _sent, (str(self), vars(self))


def _sent(message, found):
    error = DivergedAt.__new__(DivergedAt, message)
    vars(error).update(found)
    return error


@dataclass(frozen=True)
class CorpusReport:
    """The state during a run: words of the text done of `total`, pairs, mean loss of a pair, speed, the live tables.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> seen = []
    >>> run = train_corpus(corpus, callbacks=[seen.append], dimensions=2, subsample=0)
    >>> seen[-1].words == seen[-1].total
    True
    """

    words: int
    total: int
    pairs: int
    loss: float
    pairs_per_second: float
    V: np.ndarray
    U: np.ndarray


@dataclass(frozen=True, eq=False)
class CorpusRun(TrainingRun):
    """A TrainingRun; `finished` is False if it was stopped by Ctrl-C, after `words` of `total` words of the text.

    Row w of the tables is word w of `vocabulary`.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> run = train_corpus(corpus, dimensions=2, subsample=0)
    >>> run.finished, run.V.shape
    (True, (4, 2))
    """

    words: int
    total: int
    vocabulary: "Vocabulary"

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
    continue_from: CorpusRun | None = None,
    **settings: Any,
) -> CorpusRun:
    """A CorpusRun over `corpus`, an EncodedCorpus, by skip-gram, CBOW or skip-gram on a tree; `settings` are those of CorpusSettings.

    The same arguments give the same vectors, bit for bit, on the same machine. Each of `callbacks`
    gets a CorpusReport about a hundred times. With `checkpoint`, a path, the state is written there
    at the start, every `checkpoint_seconds`, at the end and when a callback raises, and a run that finds
    its own checkpoint continues it, with the result of an unbroken run. What cannot be saved is refused
    before the first step; later a save that fails is a warning, and the run goes on. Ctrl-C ends the run
    after the current step. `show` is that of `progress_bar`. With `continue_from` the tables begin as those of
    another run ended, word by word: for more epochs, or for another text whose words are all among its words;
    take another `seed`, or the draws are the same again. Raises Diverged (a DivergedAt) when a number
    is no longer finite or the loss is beyond all reason, CheckpointError if the file is damaged or of
    another run, ValueError if no pair is left to train on.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> run = train_corpus(corpus, dimensions=2, subsample=0, epochs=2)
    >>> run.finished, sorted(run.settings)[:3]
    (True, ['batch', 'decay', 'dimensions'])
    """
    batches = batches_of(corpus, CorpusSettings(**settings))
    start = first_state(corpus.vocabulary, batches.settings, continue_from)
    described = asdict(batches.settings) | came_from(continue_from)
    return run_to_end(
        batches,
        take_step,
        start,
        described,
        corpus.vocabulary,
        corpus.checksum,
        callbacks,
        checkpoint,
        checkpoint_seconds,
        show,
    )


def run_to_end(plan, take, start, described, vocabulary, checksum, callbacks, checkpoint, checkpoint_seconds, show):
    """The CorpusRun of `plan`, whose steps `take(plan, state, measure)` takes, from the State `start` or its checkpoint.

    A plan is like Batches: `settings`, the steps of an epoch as `len`, `words(step)`, its `title`, and `part` and
    `shard` for DivergedAt. `described` is the run in plain values; it and the `checksum` of the corpus decide whose checkpoint a file is.
    """
    keeper = Keeper(checkpoint, {**described, "corpus": checksum} if checkpoint else {}, checkpoint_seconds)
    callbacks, total = _functions(callbacks), plan.words(plan.settings.epochs * len(plan))
    state = keeper.load(start)
    with StopOnInterrupt() as stop, progress_bar(total, "words", plan.title, show) as bar:
        bar.update(plan.words(state.step))
        for report in _run(plan, take, state, keeper, stop, bar, total):
            try:
                for callback in callbacks:
                    callback(report)
            except BaseException:
                keeper.save(state)
                raise
    return _finished(plan, state, described, vocabulary, total)


def _functions(callbacks):
    if not isinstance(callbacks, (list, tuple)) or not all(map(callable, callbacks)):
        raise TypeError(f"callbacks: expected a list of functions, got {callbacks!r}")
    return callbacks


def first_state(vocabulary, settings, former=None):
    """The State before the first step: that of `initial_tables`, or the tables of the CorpusRun `former`, word by word."""
    if former is None:
        V, U = initial_tables(len(vocabulary), settings.dimensions, np.random.default_rng(settings.seed))
        tables = V, U if MODELS[settings.model].by_word else U[:-1]  # a tree has an inner node less than words
    else:
        rows = _rows_in(former, vocabulary, settings)
        tables = former.V[rows], former.U[rows] if MODELS[settings.model].by_word else former.U
    return State(*(table.astype(settings.precision) for table in tables))


def _rows_in(former, vocabulary, settings):
    """The rows that the words of the vocabulary have in the tables of the CorpusRun `former`."""
    if not isinstance(former, CorpusRun):
        raise TypeError(f"continue_from: expected a CorpusRun, as from train_corpus, got {type(former).__name__}")
    if former.V.shape[1] != settings.dimensions:
        raise ValueError(
            f"dimensions: expected {former.V.shape[1]}, as in the run to continue from, got {settings.dimensions}"
        )
    if MODELS[former.settings["model"]].by_word != MODELS[settings.model].by_word:
        raise ValueError(
            f"model: expected one with the tables of {former.settings['model']!r}, the run to continue from, got {settings.model!r}"
        )
    if new := [word for word in vocabulary if word not in former.vocabulary]:
        raise ValueError(
            f"continue_from: expected a run that knows all {len(vocabulary):,} words of the text, got one without {len(new):,} "
            f"of them, such as {new[0]!r}; a word without a vector has nothing to continue from, so train anew"
        )
    rows = [former.vocabulary.index[word] for word in vocabulary]
    if not MODELS[settings.model].by_word and former.vocabulary.counts.tolist() != vocabulary.counts.tolist():
        raise ValueError(
            f"continue_from: expected a run on a text with the same counts of words, since they make the tree of model={settings.model!r}, got another"
        )
    return rows


def came_from(former):
    """What `continue_from` adds to the description of a run: a digest of the words and tables."""
    if former is None:
        return {}
    digest = sha256("\n".join(former.vocabulary.words).encode())
    for table in (former.V, former.U):
        digest.update(np.ascontiguousarray(table).data)
    return {"continue_from": digest.hexdigest()}


def _run(plan, take, state, keeper, stop, bar, total):
    """Takes the steps that are left, keeps the state, and yields a CorpusReport after every hundredth of them."""
    steps, start, before = plan.settings.epochs * len(plan), time.monotonic(), state.pairs
    every = min(MEASURED, max(1, steps // REPORTS))
    while state.step < steps and not stop.requested:
        done = plan.words(state.step)
        take(plan, state, measure=state.step % every == 0 or not (state.measured or state.reports))
        bar.update(plan.words(state.step) - done)
        if state.step == len(plan) and not state.pairs:
            raise ValueError(
                f"subsample: expected a threshold that leaves pairs in the text, got {plan.settings.subsample:g}, "
                "at which none is left; take a larger one, or 0 to keep every word"
            )
        if due := state.measured and state.step * REPORTS // steps > (state.step - 1) * REPORTS // steps:
            state.report()
        keeper.save_if_due(state)
        if due:
            speed = (state.pairs - before) / max(time.monotonic() - start, 1e-9)
            report = CorpusReport(plan.words(state.step), total, *state.reports[-1], speed, state.V, state.U)
            bar.set_postfix_str(f"{report.pairs_per_second / 1e6:.2f}M pairs/s, loss {report.loss:.3f}")
            yield report
            start, before = time.monotonic(), state.pairs
    keeper.save(state)


def take_step(batches, state, measure):
    """One step of the run; the loss before it is added to the state if `measure` is set."""
    stretches, negatives = batches.draw(*divmod(state.step, len(batches)))
    with np.errstate(over="ignore", invalid="ignore"):
        if measure:
            _measure(batches, state, stretches, negatives)
        if not batches.model.step(state.V, state.U, stretches, negatives, batches.rate(state.step)):
            raise DivergedAt(batches, state, "a score is no longer finite")
    state.step, state.pairs = state.step + 1, state.pairs + batches.model.terms(stretches)


def _measure(batches, state, stretches, negatives):
    """Adds the loss of a batch to the state; DivergedAt if it is beyond all reason."""
    pairs, loss = batches.model.terms(stretches), batches.model.loss(state.V, state.U, stretches, negatives)
    if pairs and not loss / pairs < HOPELESS * (batches.settings.negatives + 1) * np.log(2):
        raise DivergedAt(batches, state, f"the loss of a pair is {loss / pairs:.3g}")
    state.loss, state.measured = state.loss + loss, state.measured + pairs


def _finished(plan, state, described, vocabulary, total):
    """The CorpusRun of the state; DivergedAt if one of its tables is not finite."""
    refuse_infinite(plan, state)
    last = [(state.pairs, state.mean_loss)] if state.measured or not state.reports else []
    pairs, losses = np.array(state.reports + last).T
    return CorpusRun(
        state.V, state.U, pairs.astype(np.int64), losses, described, plan.words(state.step), total, vocabulary
    )


def refuse_infinite(plan, state):
    """DivergedAt, at the step before, if a number of the tables is not finite."""
    if not (np.isfinite(state.V).all() and np.isfinite(state.U).all()):
        state.step -= 1
        raise DivergedAt(plan, state, "a vector is no longer finite")
