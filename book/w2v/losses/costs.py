"""What one training pair costs under each loss: counted by formula, and measured with a clock.

The functions that are timed multiply with `np.einsum`, which stays on one thread. `@` hands a large
table to several threads, and on a busy machine the clock would then measure how they wait.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

import numpy as np

from w2v.losses.functions import sigmoid
from w2v.support import validate

BYTES = 8  # of one number in double precision
clock = perf_counter if sys.platform == "emscripten" else process_time  # a browser does not tell the processor's time


@dataclass(frozen=True)
class Cost:
    """The work for the gradients of one pair, when `rows` outside vectors with D entries take part.

    >>> Cost(rows=6, D=100).multiplications
    1800
    """

    rows: int
    D: int

    @property
    def dot_products(self) -> int:
        """One score u_w.v_c for each row."""
        return self.rows

    @property
    def exponentials(self) -> int:
        """One for each score, in the softmax as in the sigmoid."""
        return self.rows

    @property
    def multiplications(self) -> int:
        """3 D for each row: in its score, in its share of grad_v_c and in its own gradient."""
        return 3 * self.rows * self.D

    @property
    def bytes(self) -> int:
        """At the least: each row is read once, and its gradient is written once."""
        return 2 * BYTES * self.rows * self.D


def naive_softmax_cost(vocabulary: int, D: int) -> Cost:
    """Cost of one pair under the naive softmax loss: every outside vector takes part.

    >>> naive_softmax_cost(vocabulary=10_000, D=100).dot_products
    10000
    """
    return Cost(validate.integer("vocabulary", vocabulary, least=1), validate.integer("D", D, least=1))


def negative_sampling_cost(K: int, D: int) -> Cost:
    """Cost of one pair under negative sampling: K + 1 outside vectors take part, whatever the vocabulary.

    >>> negative_sampling_cost(K=5, D=100).dot_products
    6
    """
    return Cost(validate.integer("K", K, least=1) + 1, validate.integer("D", D, least=1))


def bare_naive_softmax(v_c: np.ndarray, o: int, U: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(grad_v_c, grad_U) of the naive softmax loss, without any check of the arguments.

    >>> U = np.array([[1.0, 0], [0, 1], [1, 1]])
    >>> grad_v_c, grad_U = bare_naive_softmax(np.array([0.5, -0.5]), 2, U)
    >>> grad_v_c.round(4)
    array([-0.1863, -0.5065])
    """
    delta = np.einsum("wd,d->w", U, v_c)
    delta = np.exp(delta - delta.max())
    delta /= delta.sum()
    delta[o] -= 1
    return np.einsum("w,wd->d", delta, U), np.outer(delta, v_c)


def bare_negative_sampling(v_c: np.ndarray, rows: np.ndarray, U: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(grad_v_c, grad_rows) for rows = (o, w_1, ..., w_K); gradient i belongs to the vector of word rows[i].

    The same arithmetic as `negative_sampling_gradients`, but the zero rows of the table are never
    formed, and nothing is checked. A word that is in `rows` twice has two gradients to be added up.

    >>> U = np.array([[1.0, 0], [0, 1], [1, 1]])
    >>> grad_v_c, grad_rows = bare_negative_sampling(np.array([0.5, -0.5]), np.array([2, 0, 1, 1]), U)
    >>> grad_rows.round(4)
    array([[-0.25  ,  0.25  ],
           [ 0.3112, -0.3112],
           [ 0.1888, -0.1888],
           [ 0.1888, -0.1888]])
    """
    taken = U[rows]
    delta = sigmoid(np.einsum("rd,d->r", taken, v_c))
    delta[0] -= 1
    return np.einsum("r,rd->d", delta, taken), np.outer(delta, v_c)


def bare_negative_sampling_table(v_c: np.ndarray, rows: np.ndarray, U: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(grad_v_c, grad_U): as `bare_negative_sampling`, added into a table of zeros of the shape of U.

    >>> U = np.array([[1.0, 0], [0, 1], [1, 1]])
    >>> grad_v_c, grad_U = bare_negative_sampling_table(np.array([0.5, -0.5]), np.array([2, 0, 1, 1]), U)
    >>> grad_U.round(4)
    array([[ 0.3112, -0.3112],
           [ 0.3775, -0.3775],
           [-0.25  ,  0.25  ]])
    """
    grad_v_c, grad_rows = bare_negative_sampling(v_c, rows, U)
    grad_U = np.zeros_like(U)
    np.add.at(grad_U, rows, grad_rows)
    return grad_v_c, grad_U


def seconds_per_call(function: Callable, *arguments: object, repeats: int = 15) -> float:
    """The median of the seconds that `repeats` calls function(*arguments) take, after one to warm up.

    They are seconds of the processor's time for this program: what else runs on the machine does not count. In a
    browser they are those on the wall, and where the clock ticks too seldom to see one call, the average of ever more.

    >>> seconds_per_call(sum, range(1000)) > seconds_per_call(sum, range(10))
    True
    """
    function(*arguments)
    durations = [_duration(function, arguments, 1) for _ in range(validate.integer("repeats", repeats, least=1))]
    calls = 1
    while not median(durations):
        calls *= 10
        durations = [_duration(function, arguments, calls) / calls]
    return median(durations)


def _duration(function, arguments, calls):
    start = clock()
    for _ in range(calls):
        function(*arguments)
    return clock() - start


def measure(vocabulary: int, K: int, D: int = 100, repeats: int = 15, seed: int = 0) -> dict[str, float]:
    """Seconds of the processor's time for the gradients of one pair: a dict by method, for random vectors of the given sizes.

    The methods: "naive softmax"; "negative sampling, rows" (only the K + 1 rows are formed);
    "negative sampling, table" (the rows are added into a table of zeros, as `w2v.losses` does).

    >>> list(measure(vocabulary=50, K=2, D=4, repeats=1))
    ['naive softmax', 'negative sampling, rows', 'negative sampling, table']
    """
    sizes = (("vocabulary", vocabulary), ("K", K), ("D", D))
    vocabulary, K, D = (validate.integer(name, size, least=1) for name, size in sizes)
    rng = np.random.default_rng(seed)
    v_c, U = rng.normal(scale=0.1, size=D), rng.normal(scale=0.1, size=(vocabulary, D))
    rows = rng.integers(vocabulary, size=K + 1)
    return {
        "naive softmax": seconds_per_call(bare_naive_softmax, v_c, rows[0], U, repeats=repeats),
        "negative sampling, rows": seconds_per_call(bare_negative_sampling, v_c, rows, U, repeats=repeats),
        "negative sampling, table": seconds_per_call(bare_negative_sampling_table, v_c, rows, U, repeats=repeats),
    }
