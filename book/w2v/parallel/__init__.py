"""Work over the shards of a corpus, by this process, by many threads or processes, or by a cluster: its loss and gradients, and training.

Dask is imported when a cluster is wanted, not before.
"""

from w2v.parallel.dask import ENVIRONMENT, DaskWorkers
from w2v.parallel.over_shards import in_order, step_over_shards, sum_over_shards
from w2v.parallel.processes import Processes
from w2v.parallel.rounds import Joint, train_on_shards
from w2v.parallel.shard_sum import Sampling, ShardSum, loss_and_gradients, shard_pairs
from w2v.parallel.this_process import Serial, Threads
from w2v.support.pool import WorkersLost

__all__ = [
    "DaskWorkers",
    "ENVIRONMENT",
    "Joint",
    "Processes",
    "Sampling",
    "Serial",
    "ShardSum",
    "Threads",
    "WorkersLost",
    "in_order",
    "loss_and_gradients",
    "shard_pairs",
    "step_over_shards",
    "sum_over_shards",
    "train_on_shards",
]
