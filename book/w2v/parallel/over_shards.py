"""The loss of a whole corpus and its gradients, summed over shards on disk, by one process or by many.

The workers read the shards themselves, so the folder must be readable where they run. The sums are added up
in the order of the shards, never in the order in which workers happen to finish: addition of floats is not
associative, and so the result is the same, bit for bit, for every kind and number of workers.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from w2v.corpus.shards import read_manifest
from w2v.parallel.dask import DaskWorkers
from w2v.parallel.processes import Processes
from w2v.parallel.shard_sum import Sampling, check_float_tables, shard_sum
from w2v.parallel.this_process import Serial, Threads
from w2v.support import validate
from w2v.support.pool import WorkersLost
from w2v.support.progress import progress_bar

if TYPE_CHECKING:
    from w2v.parallel.shard_sum import ShardSum


KINDS = {"serial": Serial, "threads": Threads, "processes": Processes, "dask": DaskWorkers}


def sum_over_shards(
    folder: str | PathLike[str],
    V: ArrayLike,
    U: ArrayLike,
    sampling: Sampling = Sampling(),
    where: Any = "serial",
    numbers: Sequence[int] | None = None,
    progress: Callable | None = None,
    show: bool | None = None,
) -> "ShardSum":
    """The ShardSum of the shards in `folder` (written by `write_shards`): pairs, loss, grad_V and grad_U.

    `where`: "serial", "threads", "processes", "dask" (a cluster of its own on this machine), the address of a Dask
    scheduler, a Dask client or cluster, or Threads(...), Processes(...), DaskWorkers(...), which stay open in a `with` block.
    `numbers`: which shards; None is all. `progress(done, total)` is called after each. Raises WorkersLost
    when workers keep dying, and what the shards raise.

    >>> import tempfile
    >>> from w2v.corpus import encode_sentences, write_shards
    >>> corpus = encode_sentences([["the", "cat"], ["the", "dog"]], minimum_count=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_shards(corpus, folder, count=2)
    ...     print(sum_over_shards(folder, np.zeros((3, 2)), np.zeros((3, 2))).pairs)
    4
    """
    manifest = read_manifest(folder)
    numbers = (
        range(len(manifest.shards))
        if numbers is None
        else validate.words("numbers", numbers, len(manifest.shards)).tolist()
    )
    check_float_tables(V, U, manifest.words)
    with opened(where) as workers, progress_bar(len(numbers), "shards", "gradients", show) as bar:
        workers.publish(V, U)
        for done, part in enumerate(in_order(workers, shard_sum, folder, numbers, sampling), start=1):
            if done == 1:
                total = part
            else:
                total += part
            bar.update(1)
            if progress is not None:
                progress(done, len(numbers))
    return total


def step_over_shards(
    folder: str | PathLike[str],
    V: np.ndarray,
    U: np.ndarray,
    learning_rate: float,
    sampling: Sampling = Sampling(),
    where: Any = "serial",
    numbers: Sequence[int] | None = None,
) -> float:
    """V <- V - learning_rate dJ/dV and U <- U - learning_rate dJ/dU in place, J the mean loss of the shards' pairs.

    Returns J before the step. Arguments as in `sum_over_shards`; the step is the same wherever the sum is made.

    >>> import tempfile
    >>> from w2v.corpus import encode_sentences, write_shards
    >>> corpus = encode_sentences([["the", "cat"], ["the", "dog"]], minimum_count=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_shards(corpus, folder, count=2)
    ...     print(round(step_over_shards(folder, np.zeros((3, 2)), np.zeros((3, 2)), learning_rate=0.1), 4))  # 6 log 2
    4.1589
    """
    learning_rate = validate.positive("learning_rate", learning_rate)
    total = sum_over_shards(folder, V, U, sampling, where, numbers)
    V -= learning_rate / total.pairs * total.grad_V
    U -= learning_rate / total.pairs * total.grad_U
    return total.loss / total.pairs


@contextmanager
def opened(where):
    """The workers that `where` stands for, started if they are not; closed at the end if they were started here."""
    workers = _workers(where)
    if workers.running:
        yield workers
    else:
        with workers:
            yield workers


def _workers(where):
    if isinstance(where, tuple(KINDS.values())):
        return where
    if isinstance(where, str) and where in KINDS:
        return KINDS[where]()
    if (isinstance(where, str) and ":" in where) or hasattr(where, "scheduler_address") or hasattr(where, "submit"):
        return DaskWorkers(where)
    known = ", ".join(f'"{kind}"' for kind in KINDS)
    raise ValueError(
        f'where: expected {known}, the address of a Dask scheduler such as "tcp://host:8786", '
        f"a Dask client or cluster, or workers of this package, got {where!r}"
    )


def in_order(
    workers: Any, work: Callable, folder: str | PathLike[str], numbers: Sequence[int], how: Any
) -> Iterator[Any]:
    """Yields work(folder, number, V, U, how) for each shard, in order; not more than two tasks for each worker are on their way.

    If workers are lost, what was on its way is handed out again, the same shard `workers.retries` times at most.

    >>> workers = Serial()
    >>> workers.publish(np.zeros((3, 2)), np.zeros((3, 2)))
    >>> list(in_order(workers, lambda folder, number, V, U, how: number + how, "a folder", [0, 1], 10))
    [10, 11]
    """
    todo, waiting, losses = deque(numbers), deque(), Counter()
    while todo or waiting:
        try:
            while todo and len(waiting) < 2 * workers.count:
                waiting.append((todo[0], workers.submit(work, str(folder), todo[0], how)))
                todo.popleft()
            part = waiting[0][1].result()
        except workers.lost as error:
            losses.update({number for number, _ in waiting} or {todo[0]})
            if hopeless := sorted(number for number, times in losses.items() if times > workers.retries):
                raise _gave_up(workers, hopeless) from error
            todo.extendleft(number for number, _ in reversed(waiting))
            waiting.clear()
            workers.restart()
            continue
        losses.pop(waiting.popleft()[0], None)
        yield part


def _gave_up(workers, numbers):
    return WorkersLost(
        f"where: expected workers that stay alive, but some died {workers.retries + 1} times while they had "
        f"the shards {', '.join(map(str, numbers))}; they may run out of memory: write smaller shards, or take fewer workers"
    )
