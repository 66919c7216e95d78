"""Drawing many words from the noise distribution quickly: Walker's alias table."""

from collections.abc import Sequence

import numpy as np

from w2v.support import validate


class AliasTable:
    """A distribution over n words as n columns of height 1/n, each shared by at most two words.

    Column i belongs to word i up to the share `own[i]` of its height and to word `other[i]` above it.
    A draw takes a column, all equally likely, and a height: two numbers looked up, however large n is.

    >>> table = AliasTable([0.5, 0.25, 0.25])
    >>> table.draw(np.random.default_rng(1), shape=(2, 3)).shape
    (2, 3)
    >>> table.distribution()
    array([0.5 , 0.25, 0.25])
    """

    def __init__(self, distribution: Sequence[float] | np.ndarray) -> None:
        """ValueError if `distribution`, shape (vocabulary,), is none."""
        height = validate.distribution("distribution", distribution) * len(distribution)
        self.other = np.arange(len(height), dtype=np.int32)
        low, high = list(np.flatnonzero(height < 1)), list(np.flatnonzero(height >= 1))
        while low and high:
            small, large = low.pop(), high[-1]
            self.other[small] = large
            height[large] -= 1 - height[small]
            if height[large] < 1:
                low.append(high.pop())
        height[low + high] = 1  # what is left differs from 1 by rounding only
        self.own = height

    def draw(self, rng: np.random.Generator, shape: int | tuple[int, ...]) -> np.ndarray:
        """Independent draws, an int32 array of the given shape; `rng` is a numpy.random.Generator."""
        place = rng.random(shape) * len(self.own)
        column = place.astype(np.int32)
        return np.where(place - column < self.own[column], column, self.other[column])

    def distribution(self) -> np.ndarray:
        """The chance of each word, read back from the table; shape (vocabulary,)."""
        chances = self.own.copy()
        np.add.at(chances, self.other, 1 - self.own)
        return chances / len(self.own)
