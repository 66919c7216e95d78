"""The skip-gram sum over one shard of a corpus: its loss and its gradients, a function of the shard and the tables.

The pairs of a corpus are the pairs of its shards, so J and its gradients are sums over the shards (T25).
Whatever adds the shards up, one process or a cluster, calls `loss_and_gradients`.
"""

from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

import numpy as np

from w2v.corpus.noise import noise_distribution
from w2v.corpus.shards import read_shard
from w2v.corpus.windows import window_pairs
from w2v.support import validate
from w2v.training.fast.arithmetic import log_sigmoid, sigmoid
from w2v.training.fast.noise import AliasTable
from w2v.training.fast.scatter import sum_rows

if TYPE_CHECKING:
    from w2v.corpus.encoded import EncodedCorpus

BLOCK = 1 << 14  # pairs worked on at a time: it bounds the memory, and it fixes the order of the sums


@dataclass(frozen=True)
class Sampling:
    """Which pairs and which negatives J sums over: all words up to `window` places away, K = `negatives` draws each.

    The negatives of a shard are drawn from (seed, turn, number of the shard) and nothing else, so that J is
    a function of the tables. Another `turn` gives other draws.

    >>> Sampling(window=2, negatives=3)
    Sampling(window=2, negatives=3, power=0.75, seed=1, turn=0)
    """

    window: int = 5
    negatives: int = 5
    power: float = 0.75
    seed: int = 1
    turn: int = 0

    def __post_init__(self):
        for name, least in (("window", 1), ("negatives", 1), ("seed", 0), ("turn", 0)):
            validate.integer(name, getattr(self, name), least)


@dataclass(eq=False)
class ShardSum:
    """A sum over pairs: their number, their loss, and its gradients grad_V and grad_U, both (vocabulary, D).

    >>> total = ShardSum(1, 0.5, np.zeros((2, 2)), np.ones((2, 2)))
    >>> total += total
    >>> total.pairs, total.loss
    (2, 1.0)
    """

    pairs: int
    loss: float
    grad_V: np.ndarray
    grad_U: np.ndarray

    def __iadd__(self, other):
        """Adds the other sum to this one, in place; the order of additions decides the last bits."""
        self.pairs += other.pairs
        self.loss += other.loss
        self.grad_V += other.grad_V
        self.grad_U += other.grad_U
        return self


def shard_sum(folder: str | PathLike[str], number: int, V: np.ndarray, U: np.ndarray, sampling: Sampling) -> ShardSum:
    """The ShardSum of shard `number`, read from `folder`; what every worker calls."""
    return loss_and_gradients(read_shard(folder, number), number, V, U, sampling)


def loss_and_gradients(
    shard: "EncodedCorpus", number: int, V: np.ndarray, U: np.ndarray, sampling: Sampling
) -> ShardSum:
    """The ShardSum of `shard`, an EncodedCorpus, with the negatives of shard `number`; gradients in the precision of V.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat"], ["the", "dog"]], minimum_count=1)
    >>> total = loss_and_gradients(corpus, 0, np.zeros((3, 2)), np.zeros((3, 2)), Sampling(negatives=1))
    >>> total.pairs, round(total.loss, 4)  # 4 pairs of 2 log 2
    (4, 5.5452)
    """
    check_float_tables(V, U, len(shard.vocabulary))
    total = ShardSum(0, 0.0, np.zeros_like(V), np.zeros_like(U))
    centers, rows = shard_pairs(shard, number, sampling)
    for start in range(0, len(centers), BLOCK):
        _add_block(total, V, U, centers[start : start + BLOCK], rows[start : start + BLOCK])
    return total


def shard_pairs(shard: "EncodedCorpus", number: int, sampling: Sampling) -> tuple[np.ndarray, np.ndarray]:
    """(centers, rows): the center of each pair of the shard, shape (B,), and its (o, w_1, ..., w_K), shape (B, K+1).

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat"], ["the", "dog"]], minimum_count=1, seed=None)
    >>> centers, rows = shard_pairs(corpus, 0, Sampling(window=1, negatives=3))
    >>> centers, rows.shape
    (array([0, 0, 1, 2], dtype=int32), (4, 4))
    """
    sentences = [shard.tokens[i:j] for i, j in zip(shard.offsets, shard.offsets[1:])]
    if max(map(len, sentences)) < 2:
        return np.zeros(0, np.int32), np.zeros((0, sampling.negatives + 1), np.int32)
    centers, outsides = window_pairs(sentences, sampling.window)
    seeds = np.random.SeedSequence(sampling.seed, spawn_key=(sampling.turn, number))
    noise = AliasTable(noise_distribution(shard.vocabulary.counts, sampling.power))
    negatives = noise.draw(np.random.Generator(np.random.PCG64(seeds)), (len(centers), sampling.negatives))
    return centers, np.column_stack([outsides, negatives])


def _add_block(total, V, U, centers, rows):
    """T20 to T22 for a block of pairs: delta = sigma(scores) - (1, 0, ..., 0), one row for each pair."""
    v, u = V[centers], U[rows]
    scores = np.einsum("bkd,bd->bk", u, v)
    delta = sigmoid(scores)
    delta[:, 0] -= 1
    _add_sums(total.grad_V, centers[:, None], np.ones_like(delta[:, :1]), np.einsum("bk,bkd->bd", delta, u))
    _add_sums(total.grad_U, rows, delta, v)
    scores[:, 1:] *= -1
    total.pairs += len(centers)
    total.loss -= float(log_sigmoid(scores).sum(dtype=np.float64))


def _add_sums(table, rows, weights, values):
    """table[w] += the sum of weights[i, k] values[i] over all rows[i, k] = w; only the rows that occur are looked at."""
    distinct, places = np.unique(rows, return_inverse=True)
    table[distinct] += sum_rows(places.reshape(rows.shape), weights, values, len(distinct))


def check_float_tables(V, U, words):
    """TypeError or ValueError unless V and U are float tables of one shape with a row for each of `words` words."""
    for name, table in (("V", V), ("U", U)):
        if not isinstance(table, np.ndarray) or table.dtype.kind != "f" or table.ndim != 2:
            raise TypeError(f"{name}: expected a float array with one word per row, got {type(table).__name__}")
    if V.shape != U.shape or V.dtype != U.dtype:
        raise ValueError(f"V, U: expected one shape and one precision, got {V.shape} {V.dtype} and {U.shape} {U.dtype}")
    if len(V) != words:
        raise ValueError(f"V: expected one row for each of the {words} words of the vocabulary, got {len(V)}")
    if not (np.isfinite(V).all() and np.isfinite(U).all()):
        raise ValueError("V, U: expected finite numbers, got inf or nan")
