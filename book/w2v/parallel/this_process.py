"""Who works on a shard: this process, on one core or on several.

Workers have `publish(V, U)`, which makes the tables known to all of them (then they are the `source`), `change(rows_V, rows_U)`,
which does the same for the rows that have changed since, `submit(work, folder, number, how)`, which gives a future of work(folder, number, V, U, how),
`lost`, the errors that mean that a worker has died, and `restart()`.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import PathLike
from typing import Any

import numpy as np

from w2v.support import validate
from w2v.support.pool import refuse_in_browser

IN_BROWSER = 'where: expected "serial"'


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

    def change(self, rows_V: np.ndarray, rows_U: np.ndarray) -> None:
        """Nothing: the tables are those that were changed."""

    def submit(self, work: Callable, folder: str | PathLike[str], number: int, how: Any) -> Any:
        """What is to come of `work`."""
        return _Later(work, folder, number, *self.source, how)


class _Later:
    def __init__(self, function, *arguments):
        self.result = lambda: function(*arguments)


class Threads(Serial):
    """`count` threads of this process, by default one for each core, to be used in a `with` block.

    They see the tables themselves: nothing is started, written or sent. Only one thread at a time runs Python, though,
    and the others compute beside it while they are inside NumPy: worth it when arrays are large, D = 100 rather than 10.

    >>> Threads(count=2).running
    False
    """

    running = False

    def __init__(self, count: int | None = None) -> None:
        self.count = validate.integer("count", os.cpu_count() if count is None else count, least=1)

    def __enter__(self):
        refuse_in_browser(IN_BROWSER, "threads")
        self.pool, self.running = ThreadPoolExecutor(self.count), True
        return self

    def __exit__(self, *error):
        self.pool.shutdown(cancel_futures=True)
        self.running, self.source = False, (None, None)

    def submit(self, work: Callable, folder: str | PathLike[str], number: int, how: Any) -> Any:
        """The future of `work`."""
        return self.pool.submit(work, folder, number, *self.source, how)
