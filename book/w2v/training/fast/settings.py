"""Everything that decides a run over a corpus."""

from dataclasses import dataclass

import numpy as np

from w2v.support import validate
from w2v.training.fast.models import MODELS
from w2v.training.sgd import Settings

LARGEST = 1000  # words of a batch
EQUALS = 2  # of its own kind that a word may meet in a batch, on average


def largest_batch(shares):
    """LARGEST, or fewer words where the vocabulary is small; `shares[w]` of the words of the text stay in it and are word w.

    The gradients of a batch are added at the same vectors, so a word that comes too often overshoots. Of B
    words the sum of B shares[w]^2 is how many of its own kind a word meets, on average: EQUALS at most.
    """
    return int(np.clip(EQUALS / (shares**2).sum(), 1, LARGEST))


@dataclass(frozen=True)
class CorpusSettings(Settings):
    """The settings of `w2v.training.Settings`, and those of the fast step.

    `batch` is counted in words of the text, None stands for `largest_batch`; sentences longer than a batch are
    cut, and the pairs across the cut are left out; `subsample` is the threshold t of `keep_chances`, 0 for none;
    `window` is the largest reach of a center, drawn from 1..window; the pairs of `stretch` center words
    share `shared` negatives; `precision` is that of the tables. With the `model` "cbow" a window counts as a pair;
    "tree" is skip-gram with the hierarchical softmax, which draws no negatives.

    >>> CorpusSettings(epochs=2).rate(share=0.5)
    0.0125
    >>> CorpusSettings(precision="float16")
    Traceback (most recent call last):
        ...
    ValueError: precision: expected 'float32' or 'float64', got 'float16'
    """

    dimensions: int = 100
    epochs: int = 5
    batch: int | None = None  # type: ignore[assignment]  # a number, once `__post_init__` has chosen it
    learning_rate: float = 0.025
    subsample: float = 1e-3
    stretch: int = 16
    shared: int = 64
    precision: str = "float32"
    model: str = "skip-gram"

    def __post_init__(self):
        chosen = self.batch
        if chosen is None:
            self._set("batch", LARGEST)
        super().__post_init__()
        if chosen is None:
            self._set("batch", None)
        for name in ("stretch", "shared"):
            self._set(name, validate.integer(name, getattr(self, name), least=1))
        self._set("subsample", validate.not_negative("subsample", self.subsample))
        if self.precision not in ("float32", "float64"):
            raise ValueError(f"precision: expected 'float32' or 'float64', got {self.precision!r}")
        if self.model not in MODELS:
            raise ValueError(f"model: expected one of {', '.join(map(repr, MODELS))}, got {self.model!r}")

    def rate(self, share: float) -> float:
        """The learning rate after a `share` in 0..1 of the run: it falls linearly to 0 if `decay` is set."""
        return self.learning_rate * (1 - share if self.decay else 1)
