"""Who adds up a shard: the workers of a Dask cluster, on this machine or on many.

Dask is imported when a cluster is wanted, not before.
"""

import logging
import os
import socket
from contextlib import ExitStack
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np

from w2v.parallel.processes import GUARD, RETRIES, WorkersLost, refuse_in_browser, shard_sum
from w2v.support import validate

if TYPE_CHECKING:
    from w2v.parallel.shard_sum import Sampling

# Set for the workers before they start. It replaces Dask's own list, whose malloc setting halves the speed at small D.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class DaskWorkers:
    """The workers of the cluster `scheduler`: an address, a LocalCluster or another cluster, or a Client.

    With None, a cluster of `count` processes of its own, on this machine, reachable from this machine only and
    closed at the end of the `with` block. Dask gives the task of a dead worker to another one; if that does
    not help, everything is sent anew, for each shard `retries` times at most. For a worker to come, at the
    start and after all have died, it waits `timeout` seconds.
    """

    def __init__(
        self, scheduler: str | None = None, count: int | None = None, retries: int = RETRIES, timeout: float = 30.0
    ) -> None:
        self.scheduler = scheduler
        self.count = validate.integer("count", os.cpu_count() if count is None else count, least=1)
        self.retries = validate.integer("retries", retries, least=0)
        self.timeout = validate.positive("timeout", timeout)
        self.client: Any = None
        self.tables: Any = None

    @property
    def running(self) -> bool:
        """Whether there is a connection to the scheduler."""
        return self.client is not None

    def __enter__(self):
        refuse_in_browser()
        distributed = _distributed()
        self.lost = (distributed.scheduler.KilledWorker, distributed.CancelledError)
        with ExitStack() as opened:
            self.client = self._connected(distributed, opened)
            self._wait_for_workers()
            self.opened = opened.pop_all()
        return self

    def __exit__(self, *error):
        self.tables = self.client = None
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
        self.source = V, U
        self.tables = self.client.scatter([V, U], broadcast=True, hash=False)

    def submit(self, folder: str | PathLike[str], number: int, sampling: "Sampling") -> Any:
        """The future of a ShardSum."""
        return self.client.submit(shard_sum, folder, number, *self.tables, sampling, pure=False)

    def restart(self) -> None:
        """Waits for workers and sends them the tables again."""
        self._wait_for_workers()
        self.publish(*self.source)


def _knock(distributed, address, timeout):
    """OSError or ValueError if nothing listens at `address`; a Client that finds nobody is slow to give up."""
    if "://" not in address or address.startswith(("tcp://", "tls://")):
        socket.create_connection(distributed.comm.get_address_host_port(address), timeout).close()


def local_cluster(count):
    """A distributed.LocalCluster of `count` processes with one thread each, on 127.0.0.1, without a dashboard."""
    refuse_in_browser()
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
