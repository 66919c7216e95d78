"""Who works on a shard: this process, or a pool of processes on this machine.

Workers have `publish(V, U)`, which makes the tables known to all of them (then they are the `source`), `change(*news)`,
which does the same for some of their rows, `submit(work, folder, number, how)`, which gives a future of work(folder, number, V, U, how),
`lost`, the errors that mean that a worker has died, and `restart()`.
"""

import concurrent.futures
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from w2v.support import validate

RETRIES = 3


class WorkersLost(RuntimeError):
    """Workers that do not start, or that keep dying.

    >>> issubclass(WorkersLost, RuntimeError)
    True
    """


class Serial:
    """This process; a shard is worked on when its result is asked for.

    >>> Serial().count
    1
    """

    count, retries, lost, running = 1, 0, (), True
    source: Any = (None, None)

    def publish(self, V: np.ndarray, U: np.ndarray) -> None:
        """Keeps the tables."""
        self.source = V, U

    def change(self, *news: np.ndarray) -> None:
        """Nothing: the tables are those that were changed."""

    def submit(self, work: Callable, folder: str | PathLike[str], number: int, how: Any) -> Any:
        """What is to come of `work`."""
        return _Later(work, folder, number, *self.source, how)


class _Later:
    def __init__(self, function, *arguments):
        self.result = lambda: function(*arguments)


class Processes:
    """`count` processes on this machine, by default one for each core, to be used in a `with` block.

    They are spawned: each is a fresh Python, on every system. A process that dies breaks the pool; then a
    new pool is started, for each shard `retries` times at most.

    >>> Processes(count=2).running
    False
    """

    lost = (BrokenExecutor,)

    def __init__(self, count: int | None = None, retries: int = RETRIES) -> None:
        self.count = validate.integer("count", os.cpu_count() if count is None else count, least=1)
        self.retries = validate.integer("retries", retries, least=0)
        self.pool: Any = None
        self.folder: Any = None
        self.source: Any = (None, None)

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
        self.source = None, None

    def publish(self, V: np.ndarray, U: np.ndarray) -> None:
        """Writes the tables to files that the processes map into their memory: one copy for all of them."""
        for name, table in (("V", V), ("U", U)):
            np.save(Path(self.folder.name) / f"{name}.npy", table)
        self.source = V, U

    def change(self, *news: np.ndarray) -> None:
        """Writes (rows of V, their new values, rows of U, their new values) into the files."""
        change_rows(mapped_tables(self.folder.name, "r+"), *news)

    def submit(self, work: Callable, folder: str | PathLike[str], number: int, how: Any) -> Any:
        """The future of `work`."""
        return self.pool.submit(with_mapped_tables, work, folder, number, self.folder.name, how)

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
    """Ends this process when its parent has died, however it died, and not before: Ctrl-C is for the parent to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def with_mapped_tables(work, folder, number, tables, how):
    """`work` with the tables that `Processes` wrote to the folder `tables`."""
    return work(folder, number, *map(np.asarray, mapped_tables(tables, "r")), how)


def mapped_tables(folder, mode):
    """V and U in the files of the folder."""
    return [np.load(Path(folder) / f"{name}.npy", mmap_mode=mode) for name in "VU"]


def change_rows(tables, rows_V, values_V, rows_U, values_U):
    """V[rows_V] = values_V and U[rows_U] = values_U, in place."""
    V, U = tables
    V[rows_V], U[rows_U] = values_V, values_U
