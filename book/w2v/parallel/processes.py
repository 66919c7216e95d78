"""Who works on a shard: a pool of processes on this machine; what workers have is said in `this_process`."""

import os
import tempfile
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from w2v.parallel.this_process import IN_BROWSER
from w2v.support import validate
from w2v.support.pool import refuse_in_browser, started_pool

RETRIES = 3


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
        refuse_in_browser(IN_BROWSER, "processes")
        self.folder = tempfile.TemporaryDirectory(prefix="w2v-tables-", ignore_cleanup_errors=True)
        self.pool = started_pool(self.count, "where")
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

    def change(self, rows_V: np.ndarray, rows_U: np.ndarray) -> None:
        """Writes these rows of the tables into the files."""
        V, U = self.source
        change_rows(mapped_tables(self.folder.name, "r+"), rows_V, V[rows_V], rows_U, U[rows_U])

    def submit(self, work: Callable, folder: str | PathLike[str], number: int, how: Any) -> Any:
        """The future of `work`."""
        return self.pool.submit(with_mapped_tables, work, folder, number, self.folder.name, how)

    def restart(self) -> None:
        """A new pool in place of a broken one."""
        self.pool.shutdown(cancel_futures=True)
        self.pool = started_pool(self.count, "where")


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
