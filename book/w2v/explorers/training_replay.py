"""Training runs recorded when the page was built, to be scrubbed and played."""

from typing import Any

import numpy as np
import traitlets

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Data, Field, Words
from w2v.explorers.word_vectors import check_indices

NEIGHBOURS = 4


class TrainingReplayExplorer(Explorer):
    """Vectors moving, the loss, and the nearest neighbours of a chosen word, for several learning rates.

    recording = {"words": [...], "runs": [{"learning_rate", "name", "steps", "losses", "vectors"}, ...]}, where `vectors`
    has shape (frames, words, D). Vectors are shown in the plane of the two main directions of the first run's last frame;
    neighbours are by cosine in all D dimensions. Numbers that are not finite are allowed: a run may blow up.

    >>> run = {"name": "a run", "learning_rate": 0.05, "steps": [0, 10], "losses": [2.0, 1.0]}
    >>> run["vectors"] = np.arange(12).reshape(2, 3, 2)  # frames, words, D
    >>> TrainingReplayExplorer({"words": ["the", "cat", "dog"], "runs": [run]}).frame
    1
    """

    words = Words(["the"])
    recording = Data({})
    run = Field(0, 0, 7, whole=True)
    frame = Field(0, 0, 100_000, whole=True)
    word = Field(0, 0, 100, whole=True)
    playing = Field(False, of=[False, True])

    def __init__(self, recording: dict[str, list], **state: Any) -> None:
        packed = pack(recording)
        last = len(packed["runs"][state.get("run", 0)]["steps"]) - 1
        super().__init__(**{"words": list(recording["words"]), "recording": packed, "frame": last} | state)

    def limits(self) -> dict[str, dict]:
        """Returns the limits, with run, frame and word within the recording."""
        limits, runs = super().limits(), self.recording["runs"]
        limits["run"]["high"], limits["word"]["high"] = len(runs) - 1, len(self.words) - 1
        limits["frame"]["high"] = max(len(run["steps"]) for run in runs) - 1
        return limits

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError unless run and word are in the recording."""
        check_indices(type(self).__name__, "word", [state["word"]], len(state["words"]))
        check_indices(type(self).__name__, "run", [state["run"]], len(state["recording"]["runs"]))


def pack(recording):
    """Returns the recording as small JSON: positions with two decimals, the nearest words with cosines in hundredths."""
    runs = [dict(run, vectors=np.asarray(run["vectors"], dtype=float)) for run in recording["runs"]]
    for run in runs:
        _check(run, len(recording["words"]))
    axes = main_directions(runs[0]["vectors"][-1])
    reach = float(np.abs((runs[0]["vectors"] - runs[0]["vectors"][-1].mean(axis=0)) @ axes).max() * 1.15)
    return {"reach": reach, "runs": [_packed(run, runs[0]["vectors"][-1].mean(axis=0), axes) for run in runs]}


def main_directions(vectors):
    """The two directions of largest variance of `vectors` (words, D) as columns; shape (D, 2), each with a positive largest entry."""
    axes = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)[2][:2].T
    return axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])


def nearest(vectors, count=NEIGHBOURS):
    """For every word the `count` other words of largest cosine, rows [word, cosine in hundredths]; [] if not finite."""
    if not np.isfinite(vectors).all():
        return [[] for _ in vectors]
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-300)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, -2)
    order = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
    return [[[int(k), round(100 * float(cosines[w, k]))] for k in row] for w, row in enumerate(order)]


def _packed(run, center, axes):
    with np.errstate(invalid="ignore", over="ignore"):
        positions = (run["vectors"] - center) @ axes
    points = [[[round(float(x), 2) for x in p] if np.isfinite(p).all() else None for p in frame] for frame in positions]
    losses = [round(float(loss), 4) if np.isfinite(loss) else None for loss in run["losses"]]
    return {
        "learning_rate": run["learning_rate"],
        "name": run["name"],
        "steps": [int(step) for step in run["steps"]],
        "losses": losses,
        "positions": points,
        "neighbours": [nearest(vectors) for vectors in run["vectors"]],
    }


def _check(run, words):
    frames = len(run["steps"])
    shape = run["vectors"].shape
    if len(shape) != 3 or shape[:2] != (frames, words) or shape[2] < 2 or len(run["losses"]) != frames or frames < 2:
        raise traitlets.TraitError(
            f"TrainingReplayExplorer: recording: expected vectors of shape ({frames}, {words}, D) and {frames} losses, got shape {shape} and {len(run['losses'])} losses"
        )
