"""The cost of one training pair under both losses."""

from typing import Any

import traitlets

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Data, Field

LOSSES = ("naive softmax", "negative sampling")
SIZES = ("vocabulary", "dimension", "negatives")


class CostExplorer(Explorer):
    """Multiplications and bytes for one pair, by vocabulary, dimension and number of negatives, with measured times beside.

    `measured` is a list of dicts {"loss", "vocabulary", "dimension", "negatives", "seconds"}; it may be empty.

    >>> CostExplorer(vocabulary=5000, negatives=10).state()
    {'vocabulary': 5000, 'dimension': 100, 'negatives': 10, 'measured': []}
    """

    vocabulary = Field(10_000, 10, 1_000_000, whole=True)
    dimension = Field(100, 10, 1000, whole=True)
    negatives = Field(5, 1, 100, whole=True)
    measured = Data([])

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError unless every measurement has a known loss, whole sizes and a positive time."""
        for one in state["measured"]:
            sizes = isinstance(one, dict) and all(isinstance(one.get(size), int) and one[size] > 0 for size in SIZES)
            if not sizes or one.get("loss") not in LOSSES or not one.get("seconds", 0) > 0:
                expected = f"loss ({' or '.join(LOSSES)}), {', '.join(SIZES)} (ints) and seconds"
                raise traitlets.TraitError(f"CostExplorer: measured: expected dicts with {expected}, got {one!r}")
