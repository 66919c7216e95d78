"""Cross-entropy of an observed distribution and a predicted one, term by term."""

from typing import Any

import traitlets

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Field, Index, Words
from w2v.explorers.word_vectors import check_indices


class CrossEntropyExplorer(Explorer):
    """Scores of a few words against one true word `o` or, with `soft`, against the distribution `y`.

    >>> CrossEntropyExplorer(scores=[0, 1, 2, 0, 0]).scores
    [0, 1, 2, 0, 0]
    """

    words = Words(["the", "cat", "drinks", "cold", "milk"])
    scores = Field([1.8, 0.4, -1.4, -0.6, 1.1], -4, 4)
    o = Index(4, 7, "words")
    soft = Field(False, of=[False, True])
    y = Field([0.1, 0.05, 0.15, 0.2, 0.5], 0, 1)

    def limits(self) -> dict[str, dict]:
        """Returns the limits, with `o` among the words."""
        limits = super().limits()
        limits["o"]["high"] = len(self.words) - 1
        return limits

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError unless scores and y have one entry a word and y sums to one."""
        name, words = type(self).__name__, len(state["words"])
        if not 3 <= words <= 8:
            raise traitlets.TraitError(f"{name}: words: expected 3 to 8 words, got {words}")
        for key in ("scores", "y"):
            if len(state[key]) != words:
                raise traitlets.TraitError(
                    f"{name}: {key}: expected {words} numbers, one a word, got {len(state[key])}"
                )
        if abs(sum(state["y"]) - 1) > 1e-3:
            raise traitlets.TraitError(f"{name}: y: expected numbers that sum to 1, got sum {sum(state['y']):.6g}")
        check_indices(name, "o", [state["o"]], words)
