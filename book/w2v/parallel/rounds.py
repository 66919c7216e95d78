"""`train_on_shards`: the training of `train_corpus` on many shards at once, with the same vectors whoever does the work.

In a round every shard goes on from the same tables through the next piece of its text, by the steps of
`train_corpus`, and sends the rows that have moved. The moves are then joined, in the order of the shards.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from w2v.corpus.shards import DamagedCorpus, Manifest, read_manifest, read_vocabulary, shard_arrays, write_shards
from w2v.parallel.over_shards import in_order, opened
from w2v.support import validate
from w2v.training.fast.batches import Batches, batch_bounds, chances_and_model, settled
from w2v.training.fast.models import MODELS
from w2v.training.fast.scatter import add_rows
from w2v.training.fast.settings import LARGEST, CorpusSettings
from w2v.training.fast.state import State
from w2v.training.fast.train import MEASURED, CorpusRun, came_from, first_state, refuse_infinite, run_to_end, take_step

if TYPE_CHECKING:
    from w2v.corpus.encoded import EncodedCorpus

SHARDS = 4  # of a corpus that is not cut yet
# Of the loss along a row, at each touch: about six pairs, sigma'(z) up to 1/4, a vector of length 1 or more.
CURVATURE = 2.0


def train_on_shards(
    corpus: "str | PathLike[str] | EncodedCorpus",
    where: Any = "threads",
    shards: int | None = None,
    average_every: int = 100_000,
    callbacks: Callable | Iterable[Callable] = (),
    checkpoint: str | PathLike[str] | None = None,
    checkpoint_seconds: float = 30.0,
    show: bool | None = None,
    continue_from: CorpusRun | None = None,
    **settings: Any,
) -> CorpusRun:
    """The CorpusRun of a folder that `write_shards` wrote, or of an EncodedCorpus, cut into `shards` (4) for the time of the run.

    `where` is that of `sum_over_shards`; a folder must be readable where the workers run. A round ends after about
    `average_every` words of each shard. The vectors depend on the corpus, its shards, `average_every` and the
    `settings`, and on nothing else: not on the kind or number of workers, not on the death of one. With one shard
    they are those of `train_corpus`, up to rounding. Callbacks, checkpoints, Ctrl-C, `show`, `continue_from` and errors are
    as in `train_corpus`, a round being a step. Raises WorkersLost when workers keep dying.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> run = train_on_shards(corpus, "serial", shards=2, dimensions=2, subsample=0)
    >>> run.finished, run.V.shape
    (True, (4, 2))
    """
    chosen = CorpusSettings(**settings)
    average_every = validate.integer("average_every", average_every, least=1)
    with _folder(corpus, shards) as (folder, manifest), opened(where) as workers:
        vocabulary = read_vocabulary(folder)
        rounds = Rounds(str(folder), manifest, settled(chosen, vocabulary.counts), average_every, workers)
        start = first_state(vocabulary, rounds.settings, continue_from)
        recipe = {"shards": len(manifest.shards), "average_every": average_every}
        described = asdict(rounds.settings) | recipe | came_from(continue_from)
        return run_to_end(
            rounds,
            take_round,
            start,
            described,
            vocabulary,
            manifest.checksum,
            callbacks,
            checkpoint,
            checkpoint_seconds,
            show,
        )


@contextmanager
def _folder(corpus, shards) -> Iterator[tuple[Path, Manifest]]:
    """The folder of the shards and its Manifest; for a corpus a new one, which goes at the end."""
    if hasattr(corpus, "tokens"):
        count = SHARDS if shards is None else validate.integer("shards", shards, least=1)
        with tempfile.TemporaryDirectory(prefix="w2v-shards-", ignore_cleanup_errors=True) as folder:
            yield Path(folder), write_shards(corpus, folder, count)
        return
    if not isinstance(corpus, (str, os.PathLike)):
        raise TypeError(f"corpus: expected a folder of shards or an EncodedCorpus, got {type(corpus).__name__}")
    manifest = read_manifest(corpus)
    if shards not in (None, len(manifest.shards)):
        raise ValueError(f"shards: expected {len(manifest.shards)}, as in {corpus}, or None, got {shards!r}")
    yield Path(corpus), manifest


class Rounds:
    """The plan of a run: the rounds of an epoch, as many for every shard. `workers` do them."""

    part, shard = "round", None  # as in Batches

    def __init__(
        self, folder: str, manifest: Manifest, settings: CorpusSettings, average_every: int, workers: Any
    ) -> None:
        self.folder, self.manifest, self.settings, self.workers = folder, manifest, settings, workers
        self.count = max(1, round(manifest.tokens / (len(manifest.shards) * average_every)))
        megabytes = worker_bytes(manifest.words, settings, manifest.tokens) / 1e6
        self.title = f"training ({workers.count} at work, up to {megabytes:,.0f} MB each)"

    def __len__(self):
        return self.count

    def words(self, step):
        """How many words of the text the first `step` rounds go through, every epoch counted."""
        return self.manifest.tokens * step // self.count


@dataclass(frozen=True)
class Piece:
    """What every shard does in a round: piece `number` of each epoch's `count`, counted on through the epochs."""

    corpus: str
    settings: CorpusSettings
    number: int
    count: int

    def batches(self, size):
        """The first batch of a shard of `size` batches, and the one after its last, counted on through the epochs."""
        epoch, number = divmod(self.number, self.count)
        return tuple(epoch * size + size * n // self.count for n in (number, number + 1))


@dataclass(eq=False)
class Moves:
    """What a shard did in a round: its pairs, the loss of those that were measured, and for each table its moved rows,
    their moves and how far they have come, a sum over their touches."""

    pairs: int
    loss: float
    measured: int
    tables: list[tuple[np.ndarray, np.ndarray, np.ndarray]]


def take_round(rounds, state, measure):
    """One round of the run: every shard goes on from the tables of `state`, which then take the moves of all."""
    # In the first round, or after a callback that gave the workers other tables.
    if rounds.workers.source[0] is not state.V:
        rounds.workers.publish(state.V, state.U)
    piece = Piece(rounds.manifest.checksum, rounds.settings, state.step, len(rounds))
    joints, numbers = [Joint(state.V), Joint(state.U)], range(len(rounds.manifest.shards))
    for moves in in_order(rounds.workers, shard_moves, rounds.folder, numbers, piece):
        for joint, moved in zip(joints, moves.tables):
            joint.add(*moved)
        state.pairs, state.loss, state.measured = (
            old + new
            for old, new in zip((state.pairs, state.loss, state.measured), (moves.pairs, moves.loss, moves.measured))
        )
    rounds.workers.change(*(joint.join() for joint in joints))
    state.step += 1


def shard_moves(folder: str, number: int, V: np.ndarray, U: np.ndarray, piece: Piece) -> Moves:
    """The Moves of shard `number` from the tables V and U, which stay as they are; what every worker calls."""
    batches = _batches(folder, number, piece.settings, piece.corpus)
    first, last = piece.batches(len(batches))
    state = State(V.copy(), U.copy(), first)
    touched = np.zeros(len(V)), np.zeros(len(U))
    while state.step < last:
        stretches, negatives = batches.draw(*divmod(state.step, len(batches)))
        for touches, rows in zip(touched, batches.model.rows(stretches, negatives)):
            np.add.at(touches, rows, CURVATURE * batches.rate(state.step))
        take_step(batches, state, measure=(state.step - first) % MEASURED == 0)
    refuse_infinite(batches, state)
    moved = []
    for table, before, touches in zip((state.V, state.U), (V, U), touched):
        table -= before
        rows = np.flatnonzero(touches).astype(np.int32)
        moved.append((rows, table[rows], touches[rows]))
    return Moves(state.pairs, state.loss, state.measured, moved)


class Joint:
    """The moves of many shards in one table, joined.

    On a bowl of curvature h a step of rate alpha leaves the share 1 - alpha h of the way to the minimum, and a sum
    of steps a, the sum of their alpha h, about e^-a. Shards that go a_1, a_2, ... on their own would have gone
    a_1 + a_2 + ... one after the other. So the sum of their moves is multiplied by

        (1 - e^-(a_1 + a_2 + ...)) / ((1 - e^-a_1) + (1 - e^-a_2) + ...),

    which is 1 for a row that moved little, or in one shard only, and one by the number of shards for one that
    came to rest in each of them.

    >>> both = Joint(np.zeros((2, 1)))
    >>> for shard in range(2):
    ...     both.add(np.array([1]), np.array([[2.0]]), far=np.array([1e-9]))
    >>> both.join(), both.table.round(4)
    (array([1]), array([[0.],
           [4.]]))
    """

    def __init__(self, table: np.ndarray) -> None:
        self.table, self.change = table, np.zeros_like(table)
        self.together, self.apart = np.zeros((2, len(table)))

    def add(self, rows: np.ndarray, moves: np.ndarray, far: np.ndarray) -> None:
        """The rows that a shard has moved, their moves and how far they have come; the order decides the last bits."""
        add_rows(self.change, rows, moves)  # change[rows] += moves
        self.together[rows] += far
        self.apart[rows] -= np.expm1(-far)

    def join(self) -> np.ndarray:
        """Moves the table, and returns the rows that moved."""
        rows = np.flatnonzero(self.together)
        share = np.zeros(len(self.table), self.table.dtype)
        share[rows] = -np.expm1(-self.together[rows]) / self.apart[rows]
        self.change *= share[:, None]
        self.table += self.change
        return rows


def worker_bytes(words: int, settings: CorpusSettings, tokens: int) -> int:
    """How much memory a worker needs at most, Python and NumPy counted as 100 MB; a shard is read where it lies on disk."""
    number = np.dtype(settings.precision).itemsize
    tables = 6 * words * settings.dimensions  # both, the moves of their rows, and these once more on their way
    step = (settings.batch or LARGEST) * MODELS[settings.model].numbers_a_word(settings, tokens)
    return int(1e8 + 300 * words + (tables + step) * number)


@lru_cache(maxsize=64)
def _batches(folder, number, settings, corpus):
    """The Batches of a shard; its files are read, and compared with their checksums, once in a process."""
    manifest = read_manifest(folder)
    if manifest.checksum != corpus:
        raise DamagedCorpus(f"{folder}: expected the shards that the run began with, got others")
    tokens, offsets = shard_arrays(folder, manifest, number, mmap=True)
    bounds = batch_bounds(offsets, settings.batch)
    return Batches(tokens, offsets, bounds, *_chances_and_model(folder, settings, corpus), settings, number)


@lru_cache(maxsize=1)
def _chances_and_model(folder, settings, corpus):
    return chances_and_model(settings, read_vocabulary(folder).counts)
