"""Noise distribution and negatives.

Randomness never hides in here: whoever draws passes a `numpy.random.Generator`.
"""

import numpy as np
from numpy.typing import ArrayLike

from w2v.support import validate


def noise_distribution(counts: ArrayLike, power: float = 0.75) -> np.ndarray:
    """counts_w^power / sum_x counts_x^power, shape (vocabulary,); power 1 gives the words' frequencies.

    >>> noise_distribution([16, 1]).round(4)
    array([0.8889, 0.1111])
    """
    counts = validate.vector("counts", counts)
    if counts.min() <= 0:
        raise ValueError(f"counts: expected a number above 0 for every word, got {counts.min():g}")
    weights = (counts / counts.max()) ** validate.not_negative("power", power)
    return weights / weights.sum()


def draw_negatives(
    rng: np.random.Generator, noise: ArrayLike, count: int | tuple[int, int], outside: ArrayLike | None = None
) -> np.ndarray:
    """K = `count` independent draws from the distribution `noise`, shape (K,); with count (B, K), B rows.

    Plain draws: a word may come twice, and may be the outside word; the gradients count each draw
    (result N1). With `outside`, an index or one for each row, draws equal to it are drawn again.

    >>> draw_negatives(np.random.default_rng(1), [0.5, 0.25, 0.25], count=(2, 3)).shape
    (2, 3)
    """
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng: expected a numpy.random.Generator, got {type(rng).__name__}")
    noise = validate.distribution("noise", noise)
    shape = tuple(validate.integer("count", n, least=1) for n in np.atleast_1d(np.asarray(count, dtype=object)))
    negatives = rng.choice(noise.size, size=shape, p=noise)
    return negatives if outside is None else _redrawn(rng, noise, negatives, outside)


def _redrawn(rng, noise, negatives, outside):
    outside = validate.words("outside", np.atleast_1d(outside), noise.size)
    if noise[outside].max() == 1:
        raise ValueError("outside: expected a word that is not the only one in noise, or no other word can be drawn")
    if len(outside) != (len(negatives) if negatives.ndim > 1 else 1):
        raise ValueError(f"outside: expected one index for each row of {negatives.shape}, got {len(outside)}")
    own = np.broadcast_to(outside.reshape(-1, *[1] * (negatives.ndim - 1)), negatives.shape)
    for o in np.unique(own[negatives == own]):
        again, others = (negatives == own) & (own == o), noise.copy()
        others[o] = 0
        negatives[again] = rng.choice(noise.size, size=again.sum(), p=others / others.sum())
    return negatives
