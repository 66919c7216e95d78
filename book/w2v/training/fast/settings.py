"""Everything that decides a run over a corpus."""

from dataclasses import dataclass

from w2v.support import validate
from w2v.training.sgd import Settings


@dataclass(frozen=True)
class CorpusSettings(Settings):
    """The settings of `w2v.training.Settings`, and those of the fast step.

    `batch` is counted in words of the text; `subsample` is the threshold t of `keep_chances`, 0 for none;
    `window` is the largest reach of a center, drawn from 1..window; the pairs of `stretch` center words
    share `shared` negatives; `precision` is that of the tables.
    """

    dimensions: int = 100
    epochs: int = 5
    batch: int = 1000
    learning_rate: float = 0.025
    subsample: float = 1e-3
    stretch: int = 16
    shared: int = 64
    precision: str = "float32"

    def __post_init__(self):
        super().__post_init__()
        for name in ("stretch", "shared"):
            validate.integer(name, getattr(self, name), least=1)
        if self.precision not in ("float32", "float64"):
            raise ValueError(f"precision: expected 'float32' or 'float64', got {self.precision!r}")

    def rate(self, share):
        """The learning rate after a `share` in 0..1 of the run: it falls linearly to 0 if `decay` is set."""
        return self.learning_rate * (1 - share if self.decay else 1)
