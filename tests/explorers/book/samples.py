"""The data that the miniature book passes to its explorers; the tests compute from the same."""

import numpy as np

WORDS = ["the", "of", "and", "cat", "milk", "drinks", "cold", "zebra", *(f"word{i}" for i in range(400))]
COUNTS = np.maximum(1, 20_000 / np.arange(1, len(WORDS) + 1) ** 1.05).astype(int)
SCORES = np.array([1.8, 0.4, -1.4, -0.6, 1.1])

MEASURED = [
    {"loss": loss, "vocabulary": vocabulary, "dimension": dimension, "negatives": 5, "seconds": seconds}
    for loss, vocabulary, dimension, seconds in [
        ("naive softmax", 1_000, 50, 6e-5),
        ("naive softmax", 10_000, 50, 5e-4),
        ("naive softmax", 100_000, 200, 2e-2),
        ("negative sampling", 10_000, 50, 1e-5),
        ("negative sampling", 10_000, 200, 1.1e-5),
    ]
]


def recording():
    """Three runs of 12 words in 6 dimensions: one converges, one crawls, one blows up to numbers that are not finite."""
    rng = np.random.default_rng(3)
    start, target = (
        rng.normal(size=(12, 6)) * 0.2,
        np.repeat(rng.normal(size=(4, 6)) * 2, 3, axis=0) + rng.normal(size=(12, 6)) * 0.4,
    )
    return {
        "words": "cat dog mouse milk tea water king queen prince red green blue".split(),
        "runs": [
            _toward(target, start, 0.05, "converges", 0.2),
            _toward(target, start, 0.0005, "crawls", 0.01),
            _away(start),
        ],
    }


def _toward(target, start, rate, name, speed, frames=30):
    vectors = np.array([target + (start - target) * (1 - speed) ** f for f in range(frames)])
    return {
        "learning_rate": rate,
        "name": name,
        "steps": [100 * f for f in range(frames)],
        "losses": [1.5 + 2.6 * (1 - speed) ** f for f in range(frames)],
        "vectors": vectors,
    }


def _away(start, frames=25):
    vectors = np.array([start * (-1.9) ** f if f < 20 else np.full_like(start, np.nan) for f in range(frames)])
    return {
        "learning_rate": 5.0,
        "name": "blows up",
        "steps": [100 * f for f in range(frames)],
        "losses": [4.1 * 1.4**f if f < 20 else np.inf for f in range(frames)],
        "vectors": vectors,
    }


def moments():
    """Two moments of a model of five words with three numbers each."""
    rng = np.random.default_rng(5)
    return [{"name": name, "V": rng.normal(size=(5, 3)), "U": rng.normal(size=(5, 3))} for name in ("early", "late")]


def bars(temperature, ax):
    """The softmax of SCORES / temperature as bars."""
    p = np.exp(SCORES / temperature - (SCORES / temperature).max())
    ax.bar(["the", "cat", "drinks", "cold", "milk"], p / p.sum())
    ax.set(ylim=(0, 1), ylabel="probability")
