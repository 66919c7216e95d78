"""A training run kept frame by frame, small enough to be replayed on a page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from w2v.corpus.vocabulary import encode
from w2v.support import validate
from w2v.training.sgd import Diverged, Settings, train

if TYPE_CHECKING:
    from w2v.corpus.vocabulary import Vocabulary

LEARNING_RATES = {"converges": 0.05, "crawls": 0.002, "blows up": 0.2}


def record(
    sentences: Iterable[Sequence[int]],
    vocabulary: "Vocabulary",
    words: Sequence[str],
    learning_rates: Mapping[str, float] | None = None,
    frames: int = 24,
    **settings: Any,
) -> dict[str, list]:
    """{"words", "runs"}: for each named learning rate, the losses and the vectors of `words` as training goes on.

    `sentences` are lists of word indices, `settings` those of `w2v.training.Settings`. A run is
    {"name", "learning_rate", "steps" (pairs done), "losses" (mean loss of a pair), "vectors"
    (frames, words, D)}, with at most `frames` frames, dense at the beginning. A run that blows up
    ends with a frame of infinite loss, in which the vectors are no numbers.

    >>> from w2v.corpus import build_vocabulary, encode
    >>> tokens = "the cat drinks the milk".split() * 9
    >>> vocabulary = build_vocabulary(tokens)
    >>> kept = record([encode(tokens, vocabulary)], vocabulary, ["cat", "milk"], frames=3, dimensions=2)
    >>> [run["name"] for run in kept["runs"]]
    ['converges', 'crawls', 'blows up']
    """
    validate.integer("frames", frames, least=2)
    chosen = encode(words, vocabulary)
    rates = LEARNING_RATES if learning_rates is None else learning_rates
    runs = [
        {
            "name": name,
            "learning_rate": rate,
            **_frames(sentences, vocabulary.counts, chosen, frames, learning_rate=rate, **settings),
        }
        for name, rate in rates.items()
    ]
    return {"words": list(words), "runs": runs}


def _frames(sentences, counts, chosen, frames, **settings):
    seen = []
    keep = lambda report: seen.append((report.pairs, report.loss, report.V[chosen].copy()))
    try:
        train(sentences, counts, progress=keep, **settings)
    except Diverged as end:
        seen.append((end.pairs, np.inf, np.full((len(chosen), Settings(**settings).dimensions), np.nan)))
    kept = np.unique(np.geomspace(1, len(seen), min(frames, len(seen))).round().astype(int) - 1)
    steps, losses, vectors = zip(*(seen[i] for i in kept))
    return {"steps": list(steps), "losses": [float(loss) for loss in losses], "vectors": np.array(vectors)}
