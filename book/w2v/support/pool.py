"""A pool of processes on this machine, and a `map` on it that keeps the order and holds few results at a time."""

import concurrent.futures
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager

GUARD = 'In a script, the call must stand below the line  if __name__ == "__main__":  because each process imports the script'


class WorkersLost(RuntimeError):
    """Workers that do not start, or that keep dying.

    >>> issubclass(WorkersLost, RuntimeError)
    True
    """


def started_pool(count, name):
    """A ProcessPoolExecutor of `count` fresh Pythons, on every system; WorkersLost, which begins with `name`, if they do not start."""
    pool = concurrent.futures.ProcessPoolExecutor(
        count, multiprocessing.get_context("spawn"), initializer=end_with_parent
    )
    try:
        pool.submit(os.getpid).result()
    except BrokenExecutor as error:
        pool.shutdown()
        raise WorkersLost(f"{name}: expected processes that start, but they died at once. {GUARD}") from error
    return pool


@contextmanager
def mapping(count: int) -> Iterator[Callable[[Callable, Iterable], Iterable]]:
    """`map` for one process; for more of them a `map` over as many, at most two calls for each on their way."""
    if count == 1:
        yield map
        return
    refuse_in_browser("processes: expected 1", "processes")
    pool = started_pool(count, "processes")
    try:
        yield lambda function, items: _in_turn(pool, function, items, 2 * count)
    except BrokenExecutor as error:
        raise WorkersLost(
            "processes: expected processes that stay alive, but one died; it may have run out of memory"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_turn(pool, function, items, most):
    """function(item) of each item, in their order."""
    waiting = deque()
    for item in items:
        waiting.append(pool.submit(function, item))
        if len(waiting) == most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def refuse_in_browser(expected, kind):
    """RuntimeError where no threads or processes, the `kind`, can be started; the message begins with what was `expected`."""
    if sys.platform == "emscripten":
        raise RuntimeError(f"{expected}, since a browser starts no {kind}; the result is the same")


def end_with_parent():
    """Ends this process when its parent has died, however it died, and not before: Ctrl-C is for the parent to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
