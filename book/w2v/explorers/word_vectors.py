"""What the explorers of word vectors in the plane share: five words, their outside vectors, one center vector."""

from typing import Any

import traitlets

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Field, Index, Words

REACH = 3


class WordVectors(Explorer):
    """Words with outside vectors `U`, one row a word, a center vector `v_c` and the outside word `o`; coordinates -3..3."""

    words = Words(["the", "cat", "drinks", "cold", "milk"])
    U = Field([[0.6, -1.8], [-1.5, 1.2], [-1.2, -1.3], [2.2, -0.6], [1.6, 1.4]], -REACH, REACH)
    v_c = Field([0.9, -1.2], -REACH, REACH)
    o = Index(4, 7, "words")

    def limits(self) -> dict[str, dict]:
        """Returns the limits, with `o` among the words."""
        limits = super().limits()
        limits["o"]["high"] = len(self.words) - 1
        return limits

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError unless there are 3 to 8 words, each with a vector of two numbers, and `o` is one of them."""
        name, words = type(self).__name__, len(state["words"])
        if not 3 <= words <= 8:
            raise traitlets.TraitError(f"{name}: words: expected 3 to 8 words, got {words}")
        if len(state["U"]) != words or any(len(row) != 2 for row in state["U"]):
            raise traitlets.TraitError(
                f"{name}: U: expected {words} rows (one a word) of 2 numbers, got rows of {[len(row) for row in state['U']]}"
            )
        if len(state["v_c"]) != 2:
            raise traitlets.TraitError(f"{name}: v_c: expected 2 numbers, got {len(state['v_c'])}")
        check_indices(name, "o", [state["o"]], words)


def check_indices(owner, name, indices, words):
    """Raises TraitError unless every index is in 0..words-1."""
    wrong = [index for index in indices if not 0 <= index < words]
    if wrong:
        raise traitlets.TraitError(f"{owner}: {name}: expected the index of a word, 0 to {words - 1}, got {wrong[0]}")
