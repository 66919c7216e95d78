"""The state of a run between two steps, and the file that keeps it."""

import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from w2v.training.fast.checkpoint import load_checkpoint, not_of_a_run, save_checkpoint

NUMBERS = {"step": int, "pairs": int, "loss": float, "measured": int}


@dataclass(eq=False)
class State:
    """The tables after `step` steps and `pairs` pairs; the loss measured since the last of the `reports` (pairs, loss)."""

    V: np.ndarray
    U: np.ndarray
    step: int = 0
    pairs: int = 0
    loss: float = 0.0
    measured: int = 0
    reports: list = field(default_factory=list)

    @property
    def mean_loss(self):
        """The mean loss of the pairs measured since the last report; nan if there is none."""
        return self.loss / self.measured if self.measured else np.nan

    def report(self):
        """Closes a stretch of the run: its pairs and mean loss go to `reports`; a stretch without a pair goes on."""
        if self.measured:
            self.reports.append((self.pairs, self.mean_loss))
            self.loss, self.measured = 0.0, 0

    def arrays(self):
        """{name: array} of all of it."""
        pairs, losses = zip(*self.reports) if self.reports else ((), ())
        numbers = {name: np.array(getattr(self, name)) for name in NUMBERS}
        return {
            "V": self.V,
            "U": self.U,
            **numbers,
            "report_pairs": np.array(pairs, np.int64),
            "report_losses": np.array(losses),
        }

    @classmethod
    def of_arrays(cls, arrays):
        """The State with these `arrays`; KeyError, TypeError or ValueError if they are none of a State."""
        reports = zip(arrays["report_pairs"].tolist(), arrays["report_losses"].tolist(), strict=True)
        numbers = {name: kind(arrays[name]) for name, kind in NUMBERS.items()}
        return cls(arrays["V"], arrays["U"], **numbers, reports=list(reports))


class Keeper:
    """Saves states to `path` every `seconds` and finds the last one; does nothing if `path` is None."""

    def __init__(self, path, run, seconds):
        """`run` describes the run, as for `load_checkpoint`; FileNotFoundError if `path` cannot be a file."""
        self.path, self.run, self.seconds = None if path is None else Path(path), run, seconds
        self.saved = time.monotonic()
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not seconds >= 0:
            raise ValueError(f"checkpoint_seconds: expected a number of at least 0, got {seconds!r}")
        if self.path and not self.path.parent.is_dir():
            raise FileNotFoundError(f"checkpoint: expected a path in an existing folder, got {path}")
        if self.path and self.path.is_dir():
            raise FileNotFoundError(f"checkpoint: expected the path of a file, got the folder {path}")

    def load(self, start):
        """The State that was saved; without a file `start`, which is saved at once, so that a disk that cannot take it is known."""
        if self.path is None:
            return start
        if not self.path.exists():
            self._write(start)
            return start
        arrays = load_checkpoint(self.path, self.run)
        try:
            if any(arrays[name].shape != getattr(start, name).shape for name in "VU"):
                raise ValueError(f"tables of shapes {arrays['V'].shape} and {arrays['U'].shape}")
            return State.of_arrays(arrays)
        except (KeyError, TypeError, ValueError) as error:
            raise not_of_a_run(self.path, error) from None

    def save(self, state):
        """Writes `state`, whatever the clock says; where that fails, warns and leaves the former file in its place."""
        if self.path is None:
            return
        try:
            self._write(state)
        except OSError as error:
            self.saved = time.monotonic()
            warnings.warn(
                f"checkpoint: the state after {state.pairs:,} pairs cannot be saved, training goes on: {error}",
                RuntimeWarning,
                stacklevel=2,
            )

    def save_if_due(self, state):
        """Writes `state` if the last time is `seconds` ago."""
        if time.monotonic() - self.saved >= self.seconds:
            self.save(state)

    def _write(self, state):
        save_checkpoint(self.path, state.arrays(), self.run)
        self.saved = time.monotonic()
