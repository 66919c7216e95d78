"""Statements about training on text: N5."""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
import sympy as sp

from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.case import Case, gradient
from w2v.checks.symbolic.losses import sigma
from w2v.checks.symbolic.results.registry import Agrees, Exact, ForAllSizes, Numerical, result
from w2v.losses.functions import log_sigmoid, one_hot, sigmoid
from w2v.losses.pair import negative_sampling_gradients


@dataclass(frozen=True)
class Block(Case):
    """`pairs` (center, outside) over V words, with K negatives for each pair or M for all of them; the noise q is `soft_y`."""

    pairs: tuple = ()
    K: int = 1
    M: int = 1

    @cached_property
    def table_V(self):
        """The center vectors as columns, D x V."""
        return sp.Matrix(self.D, self.V, lambda i, w: sp.Symbol(f"r{w + 1}_{i + 1}", real=True))

    @property
    def sizes(self):
        return f"V={self.V}, D={self.D}, pairs {self.pairs}, K={self.K}, M={self.M}"

    def point(self, seed=9):
        """Random numbers for every symbol, those of `table_V` included."""
        other = Case(self.V, self.D, self.o).point(seed + 1)
        return {**super().point(seed), **dict(zip(self.table_V, (other[u] for u in self.U)))}

    def tables(self, numbers):
        """(V, U) as NumPy holds them."""
        return self.at(self.table_V.T, self.point()), numbers.U

    def delta(self, pair):
        """s * (y + K q) - y of one pair, V x 1."""
        center, outside = pair
        s = (self.U.T * self.table_V[:, center]).applyfunc(sigma)
        y = sp.Matrix([int(w == outside) for w in range(self.V)])
        return s.multiply_elementwise(y + self.K * self.soft_y) - y


# One pair, then pairs that share their center, repeated outside words, M above and below K.
BLOCKS = (
    Block(3, 2, o=1, pairs=((0, 1),), K=3, M=2),
    Block(2, 3, o=0, pairs=((1, 0), (0, 0), (1, 1)), K=2, M=1),
    Block(3, 2, o=1, pairs=((0, 1), (0, 2)), K=2, M=3),
)


# -- the mean loss of a block of pairs, over draws from q, and its gradients -------------------------------------------
def mean_block_loss(V, U, pairs, K, q):
    return -sum(log_sigmoid(U[o] @ V[c]) + K * q @ log_sigmoid(-U @ V[c]) for c, o in pairs)


def mean_block_gradients(V, U, pairs, K, q):
    to_V, to_U = np.zeros_like(V), np.zeros_like(U)
    for c, o in pairs:
        y, s = one_hot(o, len(U)), sigmoid(U @ V[c])
        delta = s * (y + K * q) - y
        to_V[c] += U.T @ delta
        to_U += np.outer(delta, V[c])
    return to_V, to_U


@result("N5", "negatives shared by a block of pairs: the same mean gradients", cases=BLOCKS)
def shared_negatives(block):
    V, U = block.table_V, block.U
    ways = {
        "K negatives for each pair": _expected_loss(block, block.K * len(block.pairs), _own_negatives),
        "M shared negatives of weight K/M": _expected_loss(block, block.M, _shared_negatives),
    }
    to_v = {
        c: sum((U * block.delta((a, o)) for a, o in block.pairs if a == c), sp.zeros(block.D, 1))
        for c, _ in block.pairs
    }
    to_U = sum((V[:, c] * block.delta((c, o)).T for c, o in block.pairs), sp.zeros(block.D, block.V))
    for way, loss in ways.items():
        for c, claimed in to_v.items():
            yield Exact(f"{way}: columns: E[dJ/dv_c] = sum of U (s * (y + K q) - y)", gradient(loss, V[:, c]), claimed)
        yield Exact(f"{way}: columns: E[dJ/dU] = sum of v_c (s * (y + K q) - y)^T", gradient(loss, U), to_U)
        yield Exact(f"{way}: rows: E[dJ/dU] = sum of (s * (y + K q) - y) v_c^T", gradient(loss, block.U_rows), to_U.T)
    yield ForAllSizes(
        "U (s * (y + K q) - y), entry by entry: N1's proof with the numbers K q_w for m_w", every_size.counted_center
    )
    yield ForAllSizes("v_c (s * (y + K q) - y)^T, entry by entry", every_size.counted_outside)
    arguments = lambda n: (*block.tables(n), block.pairs, block.K, n.soft_y)
    for share, way in ((False, "own"), (True, "shared, of weight K/M")):
        yield Agrees(
            f"negative_sampling_gradients of U, mean over all draws, {way}",
            to_U.T,
            lambda n, share=share: _mean_gradient(block, n, share),
        )
    yield Numerical(mean_block_loss, mean_block_gradients, arguments, wrt=("V", "U"))


def _own_negatives(block, draw):
    """(center, word, weight): pair j has its own K words of the draw."""
    return [(c, draw[j * block.K + k], 1) for j, (c, _) in enumerate(block.pairs) for k in range(block.K)]


def _shared_negatives(block, draw):
    """(center, word, weight): every pair has all M words of the draw."""
    return [(c, w, sp.Rational(block.K, block.M)) for c, _ in block.pairs for w in draw]


def _expected_loss(block, size, negatives):
    """The sum over all V^size draws of their chance times the loss of the block."""
    scores = block.table_V.T * block.U
    log_sigma = sp.Matrix(block.V, block.V, lambda c, w: sp.Dummy(f"L{c}{w}"))
    terms = [
        prod(block.soft_y[w] for w in draw) * weight * log_sigma[c, w]
        for draw in product(range(block.V), repeat=size)
        for c, w, weight in negatives(block, draw)
    ]
    mean = -sp.expand(sp.Add(*terms)).subs(
        {log_sigma[c, w]: sp.log(sigma(-scores[c, w])) for c in range(block.V) for w in range(block.V)}
    )
    return mean - sum(sp.log(sigma(scores[c, o])) for c, o in block.pairs)


def _mean_gradient(block, numbers, shared):
    """The package's gradients of the block with respect to U, averaged over all draws of one pair or of the block."""
    V, U = block.tables(numbers)
    size, mean = block.M if shared else block.K, np.zeros_like(U)
    weight = block.K / block.M if shared else 1
    for draw in product(range(block.V), repeat=size):
        chance = np.prod(numbers.soft_y[list(draw)])
        for c, o in block.pairs:
            of = lambda *negatives, c=c, o=o: negative_sampling_gradients(V[c], o, U, negatives)[1]
            seen = 2 * of(0) - of(0, 0)  # the gradients are linear in the counts of the draws
            mean += chance * (seen + weight * (of(*draw) - seen))
    return mean
