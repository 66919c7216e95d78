"""The state of a run between two steps, and the file that keeps it."""

import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from w2v.training.fast.checkpoint import load_checkpoint, save_checkpoint


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
        """Closes a stretch of the run: its pairs and mean loss go to `reports`."""
        self.reports.append((self.pairs, self.mean_loss))
        self.loss, self.measured = 0.0, 0


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

    def load(self):
        """The State that was saved; None if there is no file."""
        if self.path is None or not self.path.exists():
            return None
        arrays = load_checkpoint(self.path, self.run)
        reports = [(int(pairs), float(loss)) for pairs, loss in zip(arrays["report_pairs"], arrays["report_losses"])]
        return State(
            arrays["V"],
            arrays["U"],
            int(arrays["step"]),
            int(arrays["pairs"]),
            float(arrays["loss"]),
            int(arrays["measured"]),
            reports,
        )

    def save(self, state):
        """Writes `state`, whatever the clock says."""
        if self.path is None:
            return
        numbers = {name: np.array(getattr(state, name)) for name in ("V", "U", "step", "pairs", "loss", "measured")}
        pairs, losses = zip(*state.reports) if state.reports else ((), ())
        save_checkpoint(
            self.path,
            {**numbers, "report_pairs": np.array(pairs, np.int64), "report_losses": np.array(losses)},
            self.run,
        )
        self.saved = time.monotonic()

    def save_if_due(self, state):
        """Writes `state` if the last time is `seconds` ago."""
        if time.monotonic() - self.saved >= self.seconds:
            self.save(state)
