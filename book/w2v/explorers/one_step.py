"""One step of training with every number, at several moments of a run."""

from typing import Any

import numpy as np
import traitlets

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Data, Field, Index, Words
from w2v.explorers.word_vectors import check_indices

WORDS = ["the", "cat", "drinks", "cold", "milk"]
DECIMALS = 3


class OneStepExplorer(Explorer):
    """Look-up, scores, probabilities, loss, gradients and update of one pair, under either loss.

    moments = [{"name", "V", "U"}, ...]: the tables of a small model, one row for each of `words`, early and late in its
    training; numbers are rounded to three decimals, so that what is shown can be computed by hand. `negatives` are the draws.

    >>> tables = {"name": "at first", "V": np.ones((5, 2)), "U": np.zeros((5, 2))}
    >>> OneStepExplorer([tables], c="cat", o="milk").o
    4
    """

    words = Words(WORDS)
    moments = Data([])
    moment = Field(0, 0, 7, whole=True)
    c = Index(1, 7, "words")
    o = Index(4, 7, "words")
    loss = Field("naive softmax", of=["naive softmax", "negative sampling"])
    negatives = Index([0, 3, 3], 7, "words", most=12)
    stage = Field(0, 0, 5, whole=True)
    step_size = Field(0.5, 0.05, 4)
    playing = Field(False, of=[False, True])

    def __init__(self, moments: list[dict[str, Any]], **state: Any) -> None:
        words = len(state.get("words", WORDS))
        super().__init__(**{"moments": [packed(moment, words) for moment in moments]} | state)

    def limits(self) -> dict[str, dict]:
        """Returns the limits, with words among the words and `moment` among the moments; the draws are fixed."""
        limits = super().limits()
        limits["c"]["high"] = limits["o"]["high"] = len(self.words) - 1
        limits["moment"]["high"] = len(self.moments) - 1
        return {name: limit for name, limit in limits.items() if name not in ("negatives", "playing")}

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError unless words and moment are there."""
        name, words = type(self).__name__, len(state["words"])
        check_indices(name, "c", [state["c"]], words)
        check_indices(name, "o", [state["o"]], words)
        check_indices(name, "negatives", state["negatives"], words)
        if not 0 <= state["moment"] < len(state["moments"]):
            raise traitlets.TraitError(
                f"{name}: moment: expected the index of a moment, 0 to {len(state['moments']) - 1}, got {state['moment']}"
            )


def packed(moment: dict[str, Any], words: int) -> dict[str, Any]:
    """Returns a moment as small JSON; raises TraitError unless its tables are finite, of one shape, and 2 or 3 wide."""
    tables = {name: np.asarray(moment[name], dtype=float) for name in ("V", "U")}
    for name, table in tables.items():
        if (
            table.shape not in ((words, 2), (words, 3))
            or table.shape != tables["V"].shape
            or not np.isfinite(table).all()
        ):
            raise traitlets.TraitError(
                f"OneStepExplorer: moments: expected {name} with finite numbers and shape ({words}, 2) or ({words}, 3), as the other table, got shape {table.shape}"
            )
    return {"name": str(moment["name"])} | {name: table.round(DECIMALS).tolist() for name, table in tables.items()}
