"""The noise distribution count^power on the counts of a real vocabulary."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Data, Field, Words
from w2v.explorers.word_vectors import check_indices

SHOWN = 9


class NoiseDistributionExplorer(Explorer):
    """What the power does to rare and to frequent words, and how often a negative is the outside word itself.

    `words` and `counts` are the whole vocabulary. The figure keeps nine words, evenly spaced in the logarithm of their
    rank, and of all others only how many have which count: `spectrum`, rows [count, number of words].

    >>> NoiseDistributionExplorer(list("abcdefghi"), counts=[9, 8, 7, 6, 5, 4, 3, 2, 1], power=0.5).power
    0.5
    """

    words = Words(["the"])
    counts = Data([1])
    spectrum = Data([[1, 1]])
    power = Field(0.75, 0, 1)
    negatives = Field(5, 1, 20, whole=True)
    word = Field(0, 0, SHOWN - 1, whole=True)

    def __init__(self, words: Sequence[str], counts: Sequence[int], **state: Any) -> None:
        counts = np.asarray(counts)
        if counts.ndim != 1 or len(counts) != len(words) or len(counts) < SHOWN:
            raise traitlets.TraitError(
                f"NoiseDistributionExplorer: counts: expected one for each of at least {SHOWN} words, got shape {counts.shape} for {len(words)} words"
            )
        if not np.issubdtype(counts.dtype, np.integer) or counts.min() < 1:
            raise traitlets.TraitError(
                f"NoiseDistributionExplorer: counts: expected ints of at least 1, got {counts.min()} of type {counts.dtype}"
            )
        order = np.argsort(-counts, kind="stable")
        shown = [int(order[rank]) for rank in _ranks(len(order))]
        spectrum = [list(item) for item in sorted(Counter(counts.tolist()).items())]
        super().__init__(words=[words[i] for i in shown], counts=counts[shown].tolist(), spectrum=spectrum, **state)

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError unless `word` is one of the shown words."""
        check_indices(type(self).__name__, "word", [state["word"]], len(state["words"]))


def _ranks(words):
    """SHOWN distinct ranks from 0 to words-1, evenly spaced in the logarithm as far as whole numbers allow."""
    ranks = np.geomspace(1, words, SHOWN).round().astype(int) - 1
    for i in range(1, SHOWN):
        ranks[i] = max(ranks[i], ranks[i - 1] + 1)
    return np.minimum(ranks, words - SHOWN + np.arange(SHOWN))
