"""Statements about training on text: N5."""

from dataclasses import dataclass
from itertools import product
from math import prod

import sympy as sp

from w2v.checks.symbolic.case import gradient
from w2v.checks.symbolic.losses import sigma
from w2v.checks.symbolic.results.registry import Exact, result


@dataclass(frozen=True)
class Block:
    """`pairs` (center, outside) over V words in D dimensions, with K negatives for each pair or M for all of them."""

    V: int
    D: int
    pairs: tuple
    K: int
    M: int

    @property
    def sizes(self):
        return f"V={self.V}, D={self.D}, pairs {self.pairs}, K={self.K}, M={self.M}"

    def table(self, letter):
        """V x D symbols, one word per row."""
        return sp.Matrix(self.V, self.D, lambda w, i: sp.Symbol(f"{letter}{w + 1}_{i + 1}", real=True))


# Pairs that share their center, repeated outside words, M above and below K.
BLOCKS = (Block(2, 3, ((1, 0), (0, 0), (1, 1)), K=2, M=1), Block(3, 2, ((0, 1), (0, 2)), K=2, M=3))


@result("N5", "negatives shared by a block of pairs: the same expected gradient", cases=BLOCKS)
def shared_negatives(block):
    V, U = block.table("v"), block.table("u")
    own = _expected_loss(block, V * U.T, block.K * len(block.pairs), _own_negatives)
    shared = _expected_loss(block, V * U.T, block.M, _shared_negatives)
    yield Exact(
        "E[dJ/dV], the block sharing M negatives of weight K/M = E[dJ/dV], K negatives for each pair",
        gradient(shared, V),
        gradient(own, V),
    )
    yield Exact(
        "E[dJ/dU], the block sharing M negatives of weight K/M = E[dJ/dU], K negatives for each pair",
        gradient(shared, U),
        gradient(own, U),
    )


def _own_negatives(block, draw):
    """(center, word, weight): pair j has its own K words of the draw."""
    return [(c, draw[j * block.K + k], 1) for j, (c, _) in enumerate(block.pairs) for k in range(block.K)]


def _shared_negatives(block, draw):
    """(center, word, weight): every pair has all M words of the draw."""
    return [(c, w, sp.Rational(block.K, block.M)) for c, _ in block.pairs for w in draw]


def _expected_loss(block, scores, size, negatives):
    """The sum over all V^size draws of their chance times the loss of the block."""
    free, log_sigma = (
        sp.symbols(f"q1:{block.V}", positive=True),
        sp.Matrix(block.V, block.V, lambda c, w: sp.Dummy(f"L{c}{w}")),
    )
    noise = (*free, 1 - sum(free))
    terms = [
        prod(noise[w] for w in draw) * weight * log_sigma[c, w]
        for draw in product(range(block.V), repeat=size)
        for c, w, weight in negatives(block, draw)
    ]
    mean = -sp.expand(sp.Add(*terms)).subs(
        {log_sigma[c, w]: sp.log(sigma(-scores[c, w])) for c in range(block.V) for w in range(block.V)}
    )
    return mean - sum(sp.log(sigma(scores[c, o])) for c, o in block.pairs)
