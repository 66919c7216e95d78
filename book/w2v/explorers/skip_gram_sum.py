"""The gradient of a window as the sum over its pairs."""

from typing import Any

import traitlets

from w2v.explorers.traits import Field
from w2v.explorers.word_vectors import WordVectors, check_indices


class SkipGramSumExplorer(WordVectors):
    """The pairs of one window, added one by one, under either loss; `outside` may contain a word twice.

    `negatives` has one row for each entry of `outside`; `added` pairs are in the sum.

    >>> SkipGramSumExplorer(loss="negative sampling", added=3).added
    3
    """

    U = Field([[0.3, -0.9], [-0.8, 0.6], [-0.6, -0.7], [1.1, -0.3], [0.8, 0.7]], -3, 3)
    v_c = Field([1.4, -1.1], -3, 3)
    outside = Field([0, 1, 4, 1], 0, 7, whole=True, most=8)
    negatives = Field([[1, 3, 3], [4, 0, 2], [0, 2, 4], [3, 3, 1]], 0, 7, whole=True)
    loss = Field("naive softmax", of=["naive softmax", "negative sampling"])
    added = Field(2, 0, 8, whole=True)
    playing = Field(False, of=[False, True])

    def limits(self) -> dict[str, dict]:
        """Returns the limits, with indices among the words and `added` among the pairs; the window itself is fixed."""
        limits = super().limits()
        limits["added"]["high"] = len(self.outside)
        return {name: limit for name, limit in limits.items() if name not in ("outside", "negatives", "playing")}

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError as for word vectors, or if pairs, negatives and `added` do not fit together."""
        super().agree(state)
        name, pairs = type(self).__name__, len(state["outside"])
        check_indices(name, "outside", state["outside"], len(state["words"]))
        check_indices(name, "negatives", sum(state["negatives"], []), len(state["words"]))
        if len(state["negatives"]) != pairs:
            raise traitlets.TraitError(
                f"{name}: negatives: expected {pairs} rows, one for each outside word, got {len(state['negatives'])}"
            )
        if state["added"] > pairs:
            raise traitlets.TraitError(f"{name}: added: expected 0 to {pairs} pairs, got {state['added']}")
