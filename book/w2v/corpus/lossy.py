"""Counting with a bounded memory: the lossy counting of Manku and Motwani (2002)."""

from array import array

import numpy as np

BLOCK = 1 << 20  # numbers counted at a time


class LossyCounts:
    """Counts of numbered words, of which the rarest are forgotten when there are more than `most`.

    A forgotten word that comes again gets a new number, and carries the count that it may have lost. So of every
    word at most `missed` occurrences are not counted, and a word that occurs more often than that is never lost.

    >>> counts, index = LossyCounts(most=2), {"the": 0, "cat": 1, "dog": 2}
    >>> counts.add(array("i", [0, 1, 0, 2]))
    >>> counts.forget(index)
    >>> index, counts.missed
    ({'the': 0}, 1)
    """

    def __init__(self, most: int) -> None:
        self.most, self.missed = most, 0
        self.counts = np.zeros(0, np.int64)  # of each number, with what it may have lost before
        self.recent = array("i")

    def add(self, numbers: array | np.ndarray) -> None:
        """Counts some words of the text."""
        self.recent.frombytes(np.asarray(numbers, np.int32).tobytes())
        if len(self.recent) >= BLOCK:
            self._count()

    def forget(self, index: dict[str, int]) -> None:
        """Takes the rarest words out of `index` until no more than half of `most` are left."""
        self._count()
        numbers = np.fromiter(index.values(), np.int64, len(index))
        counts = self.counts[numbers]
        self.missed = int(np.partition(counts, len(counts) - self.most // 2 - 1)[len(counts) - self.most // 2 - 1])
        for word in [word for word, rare in zip(index, (counts <= self.missed).tolist()) if rare]:
            del index[word]

    def _count(self):
        if not self.recent:
            return
        found = np.bincount(np.frombuffer(self.recent, np.int32))
        fresh = np.full(max(0, len(found) - len(self.counts)), self.missed)
        self.counts = np.concatenate([self.counts, fresh])
        self.counts[: len(found)] += found
        self.recent = array("i")
