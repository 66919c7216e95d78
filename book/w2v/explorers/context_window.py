"""The context window: which pairs a sentence gives, and which rows they train."""

from typing import Any

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Field, Index, Words
from w2v.explorers.word_vectors import check_indices


class ContextWindowExplorer(Explorer):
    """A sentence, a center position and a window; the pairs and the rows of V and U that receive a gradient.

    >>> ContextWindowExplorer(tokens=["the", "cat", "drinks"], center="cat", window=1).center
    1
    """

    tokens = Words("you shall know a word by the company it keeps".split())
    center = Index(5, 10_000, "tokens")
    window = Field(2, 1, 5, whole=True)
    loss = Field("naive softmax", of=["naive softmax", "negative sampling"])

    def limits(self) -> dict[str, dict]:
        """Returns the limits, with `center` within the sentence."""
        limits = super().limits()
        limits["center"]["high"] = len(self.tokens) - 1
        return limits

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError unless `center` is a position of the sentence."""
        check_indices(type(self).__name__, "center", [state["center"]], len(state["tokens"]))
