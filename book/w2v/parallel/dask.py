"""Who works on a shard: the workers of a Dask cluster, on this machine or on many.

Dask is imported when a cluster is wanted, not before.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from os import PathLike
from typing import Any
from uuid import uuid4

import numpy as np

from w2v.parallel.processes import RETRIES, change_rows
from w2v.parallel.this_process import IN_BROWSER
from w2v.support import validate
from w2v.support.pool import GUARD, WorkersLost, refuse_in_browser

# Set for the workers before they start. It replaces Dask's own list, whose malloc setting halves the speed at small D.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class DaskWorkers:
    """The workers of the cluster `scheduler`: an address, a LocalCluster or another cluster, or a Client.

    With None, a cluster of `count` processes of its own, on this machine, reachable from this machine only and
    closed at the end of the `with` block. Dask gives the task of a dead worker to another one; if that does
    not help, everything is sent anew, for each shard `retries` times at most. For a worker to come, at the
    start and after all have died, it waits `timeout` seconds.

    >>> DaskWorkers("tcp://localhost:8786", timeout=60).running
    False
    """

    def __init__(
        self, scheduler: str | None = None, count: int | None = None, retries: int = RETRIES, timeout: float = 30.0
    ) -> None:
        self.scheduler = scheduler
        self.count = validate.integer("count", os.cpu_count() if count is None else count, least=1)
        self.retries = validate.integer("retries", retries, least=0)
        self.timeout = validate.positive("timeout", timeout)
        self.client: Any = None
        self.news: Any = None
        self.source: Any = (None, None)

    @property
    def running(self) -> bool:
        """Whether there is a connection to the scheduler."""
        return self.client is not None

    def __enter__(self):
        refuse_in_browser(IN_BROWSER, "processes")
        distributed = _distributed()
        self.lost = (distributed.scheduler.KilledWorker, distributed.CancelledError)
        with ExitStack() as opened:
            self.client = self._connected(distributed, opened)
            self._wait_for_workers()
            self.opened = opened.pop_all()
        return self

    def __exit__(self, *error):
        self.news = self.client = None
        self.source = None, None
        self.opened.close()

    def _connected(self, distributed, opened):
        if isinstance(self.scheduler, distributed.Client):
            return self.scheduler
        scheduler = opened.enter_context(local_cluster(self.count)) if self.scheduler is None else self.scheduler
        try:
            if isinstance(scheduler, str):
                _knock(distributed, scheduler, self.timeout)
            return opened.enter_context(distributed.Client(scheduler, timeout=self.timeout, set_as_default=False))
        except (OSError, ValueError) as error:
            raise ConnectionError(
                f"where: expected the address of a running Dask scheduler, got {scheduler!r} ({error})"
            ) from error

    def _wait_for_workers(self):
        try:
            self.client.wait_for_workers(1, timeout=self.timeout)
        except TimeoutError as error:
            raise WorkersLost(
                f"where: expected a cluster with workers, but none came within {self.timeout:g} s; "
                "where they take longer to start, wait longer: DaskWorkers(scheduler, timeout=...)"
            ) from error
        self.count = sum(self.client.nthreads().values())

    def publish(self, V: np.ndarray, U: np.ndarray) -> None:
        """Sends the tables to every worker, once."""
        self.source, self.tables = (V, U), (uuid4().hex, 0)
        self.news = self._sent(V, U)

    def change(self, rows_V: np.ndarray, rows_U: np.ndarray) -> None:
        """Sends these rows of the tables to every worker; one that does not have the others asks for the tables."""
        (V, U), (name, changes) = self.source, self.tables
        try:
            self.news, self.tables = self._sent(rows_V, V[rows_V], rows_U, U[rows_U]), (name, changes + 1)
        except (OSError, *self.lost):  # whom it was for has just died
            self.restart()

    def _sent(self, *arrays):
        return self.client.scatter(list(arrays), broadcast=True, hash=False)

    def submit(self, work: Callable, folder: str | PathLike[str], number: int, how: Any) -> Any:
        """The future of `work`."""
        task = with_sent_tables, work, folder, number, how, self.tables
        return _Answer(self, task, self.client.submit(*task, *self.news, pure=False))

    def restart(self) -> None:
        """Waits for workers and sends them the tables again."""
        self._wait_for_workers()
        self.publish(*self.source)


class _Answer:
    """The future of a task; a worker without the tables that the last change was made of is given all of them."""

    def __init__(self, workers, task, future):
        self.workers, self.task, self.future = workers, task, future

    def result(self):
        found = self.future.result()
        if found is None:
            client, tables = self.workers.client, self.workers.client.scatter(list(self.workers.source), hash=False)
            found = client.submit(*self.task, *tables, pure=False).result()
        return found


# By a worker: the name of the tables, their changes, V and U, and whether it may change them.
_held: Any = (None, 0, (), False)
_holding = threading.Lock()


def with_sent_tables(work, folder, number, how, tables, *news):
    """`work` with `tables`, (name, changes); None if this worker would need more than the `news` to have them.

    The news are V and U, or what the last change made new.
    """
    held = _tables(*tables, news)
    return None if held is None else work(folder, number, *held, how)


def _tables(name, changes, news):
    """V and U as this worker has them after so many changes; None if it lacks those before the last one."""
    global _held
    with _holding:
        if _held[:2] != (name, changes):
            if len(news) == 2:
                _held = name, changes, news, False
            elif _held[:2] == (name, changes - 1):
                tables = _held[2] if _held[3] else [table.copy() for table in _held[2]]
                change_rows(tables, *news)
                _held = name, changes, tables, True
            else:
                return None
        return _held[2]


def _knock(distributed, address, timeout):
    """OSError or ValueError if nothing listens at `address`; a Client that finds nobody is slow to give up."""
    if "://" not in address or address.startswith(("tcp://", "tls://")):
        socket.create_connection(distributed.comm.get_address_host_port(address), timeout).close()


def local_cluster(count):
    """A distributed.LocalCluster of `count` processes with one thread each, on 127.0.0.1, without a dashboard."""
    refuse_in_browser(IN_BROWSER, "processes")
    distributed = _distributed()
    import dask

    with dask.config.set({"distributed.nanny.pre-spawn-environ": ENVIRONMENT}):
        try:
            return distributed.LocalCluster(
                n_workers=count,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.CRITICAL,
            )
        except RuntimeError as error:
            raise WorkersLost(f"where: expected a cluster that starts, but it did not ({error}). {GUARD}") from error


def _distributed():
    try:
        import distributed
    except ImportError:
        raise ImportError(
            'where: Dask is not installed (pip install distributed); "processes" does without it'
        ) from None
    return distributed
