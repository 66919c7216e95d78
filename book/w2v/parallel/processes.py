"""Who adds up a shard: this process, or a pool of processes on this machine.

Workers have `publish(V, U)`, which makes the tables known to all of them, `submit(folder, number, sampling)`,
which gives a future of a ShardSum, `lost`, the errors that mean that a worker has died, and `restart()`.
"""

import concurrent.futures
import multiprocessing
import os
import sys
import tempfile
import threading
from concurrent.futures import BrokenExecutor
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from w2v.corpus.shards import read_shard
from w2v.parallel.shard_sum import loss_and_gradients
from w2v.support import validate

if TYPE_CHECKING:
    from w2v.parallel.shard_sum import Sampling

RETRIES = 3


class WorkersLost(RuntimeError):
    """Workers that do not start, or that keep dying."""


class Serial:
    """This process; a shard is worked on when its result is asked for."""

    count, retries, lost, running = 1, 0, (), True

    def publish(self, V: np.ndarray, U: np.ndarray) -> None:
        """Keeps the tables."""
        self.tables = V, U

    def submit(self, folder: str | PathLike[str], number: int, sampling: "Sampling") -> Any:
        """The ShardSum to come."""
        return _Later(shard_sum, folder, number, *self.tables, sampling)


class _Later:
    def __init__(self, function, *arguments):
        self.result = lambda: function(*arguments)


class Processes:
    """`count` processes on this machine, by default one for each core, to be used in a `with` block.

    They are spawned: each is a fresh Python, on every system. A process that dies breaks the pool; then a
    new pool is started, for each shard `retries` times at most.
    """

    lost = (BrokenExecutor,)

    def __init__(self, count: int | None = None, retries: int = RETRIES) -> None:
        self.count = validate.integer("count", os.cpu_count() if count is None else count, least=1)
        self.retries = validate.integer("retries", retries, least=0)
        self.pool: Any = None
        self.folder: Any = None

    @property
    def running(self) -> bool:
        """Whether the pool has been started."""
        return self.pool is not None

    def __enter__(self):
        refuse_in_browser()
        self.folder = tempfile.TemporaryDirectory(prefix="w2v-tables-", ignore_cleanup_errors=True)
        self._start()
        return self

    def __exit__(self, *error):
        self.pool.shutdown(cancel_futures=True)
        self.folder.cleanup()
        self.pool = self.folder = None

    def publish(self, V: np.ndarray, U: np.ndarray) -> None:
        """Writes the tables to files that the processes map into their memory: one copy for all of them."""
        for name, table in (("V", V), ("U", U)):
            np.save(Path(self.folder.name) / f"{name}.npy", table)

    def submit(self, folder: str | PathLike[str], number: int, sampling: "Sampling") -> Any:
        """The future of a ShardSum."""
        return self.pool.submit(mapped_shard_sum, folder, number, self.folder.name, sampling)

    def restart(self) -> None:
        """A new pool in place of a broken one."""
        self.pool.shutdown(cancel_futures=True)
        self._start()

    def _start(self):
        self.pool = concurrent.futures.ProcessPoolExecutor(
            self.count, multiprocessing.get_context("spawn"), initializer=end_with_parent
        )
        try:
            self.pool.submit(os.getpid).result()
        except BrokenExecutor as error:
            self.pool.shutdown()
            self.pool = None
            raise WorkersLost(f"where: expected processes that start, but they died at once. {GUARD}") from error


GUARD = 'In a script, the call must stand below the line  if __name__ == "__main__":  because each process imports the script'


def refuse_in_browser():
    """RuntimeError where no process can be started."""
    if sys.platform == "emscripten":
        raise RuntimeError('where: expected "serial", since a browser starts no processes; the result is the same')


def end_with_parent():
    """Ends this process when its parent has died, however it died; without this, workers would wait for ever."""

    def watch():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def shard_sum(folder, number, V, U, sampling):
    """The ShardSum of shard `number`, read from `folder`; what every worker calls."""
    return loss_and_gradients(read_shard(folder, number), number, V, U, sampling)


def mapped_shard_sum(folder, number, tables, sampling):
    """`shard_sum` with the tables that `Processes.publish` wrote to the folder `tables`."""
    V, U = (np.asarray(np.load(Path(tables) / f"{name}.npy", mmap_mode="r")) for name in "VU")
    return shard_sum(folder, number, V, U, sampling)
