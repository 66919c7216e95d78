"""The negative-sampling loss: one true pair against K drawn words."""

from typing import Any

from w2v.explorers.traits import Index
from w2v.explorers.word_vectors import WordVectors, check_indices


class NegativeSamplingExplorer(WordVectors):
    """Each term's probability, loss and pull on v_c; `negatives` may repeat a word and may contain `o`.

    >>> NegativeSamplingExplorer(negatives=["the", "cat", "cat"]).negatives
    [0, 1, 1]
    """

    negatives = Index([0, 1, 3, 3], 7, "words", most=12)

    def limits(self) -> dict[str, dict]:
        """Returns the limits, with the negatives among the words."""
        limits = super().limits()
        limits["negatives"]["high"] = len(self.words) - 1
        return limits

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError as for word vectors, or if a negative is not one of the words."""
        super().agree(state)
        check_indices(type(self).__name__, "negatives", state["negatives"], len(state["words"]))
