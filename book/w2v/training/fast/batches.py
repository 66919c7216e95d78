"""Which text and which random numbers belong to batch b of epoch e: a function of (seed, e, b) and nothing else.

So a run can be continued from any batch without its past, and any batch can be looked at alone.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from w2v.support import validate
from w2v.training.fast.models import MODELS
from w2v.training.fast.settings import largest_batch
from w2v.training.fast.stretches import Stretches, cut_into_stretches

if TYPE_CHECKING:
    from w2v.corpus.encoded import EncodedCorpus
    from w2v.training.fast.settings import CorpusSettings

CHUNK = 8  # batches drawn together


def keep_chances(counts: ArrayLike, threshold: float) -> np.ndarray:
    """The chance sqrt(t/f) + t/f, at most 1, with which a word of frequency f stays in the text; t is `threshold`.

    This is the formula of word2vec.c; with threshold 0 every word stays.

    >>> keep_chances([90, 9, 1], threshold=0.04).round(4)
    array([0.2553, 1.    , 1.    ])
    """
    counts = validate.vector("counts", counts)
    if validate.not_negative("subsample", threshold) == 0:
        return np.ones(len(counts))
    ratio = threshold / (counts / counts.sum())
    return np.minimum(1, np.sqrt(ratio) + ratio)


def batch_bounds(offsets, size):
    """Where the batches begin and end in the text: at sentence ends, about every `size` words.

    A batch has fewer than 2 `size` words; a sentence that is longer than `size` is cut.
    """
    marks = np.arange(size, offsets[-1], size)
    ends = offsets[np.searchsorted(offsets, marks, side="right") - 1]
    return np.concatenate([[0], np.where(ends > marks - size, ends, marks), offsets[-1:]])


def chunk_generator(seed, epoch, chunk, shard=None):
    """The numpy Generator of one chunk of a text or of a shard; a text in one shard draws as it would whole."""
    key = (epoch, chunk, shard) if shard else (epoch, chunk)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


@dataclass(frozen=True, eq=False)
class Batches:
    """The batches of a corpus: `tokens`, `offsets` as in EncodedCorpus, `bounds` from `batch_bounds`, `model` of MODELS.

    CHUNK batches in a row are thinned out, cut and given their negatives together, which saves time; then
    their stretches are dealt out in equal parts.
    """

    tokens: np.ndarray
    offsets: np.ndarray
    bounds: np.ndarray
    keep: np.ndarray
    model: Any
    settings: "CorpusSettings"
    shard: int | None = None  # its number, if the corpus is one
    part, title = "batch", "training"  # what a step of this plan is called, and what it does
    latest: dict = field(default_factory=dict, repr=False)  # the chunk drawn last, by (epoch, chunk)

    def __len__(self):
        return len(self.bounds) - 1

    def words(self, step):
        """How many words of the text the first `step` steps of a run go through, every epoch counted."""
        epoch, batch = divmod(step, len(self))
        return epoch * len(self.tokens) + int(self.bounds[batch])

    def rate(self, step):
        """The learning rate of a step of a run."""
        return self.settings.rate(self.words(step) / (self.settings.epochs * len(self.tokens)))

    def draw(self, epoch, batch) -> tuple[Stretches, np.ndarray]:
        """(stretches, negatives) of one batch: frequent words thinned out, windows of random reach, M negatives a stretch."""
        chunk, part = divmod(batch, CHUNK)
        stretches, negatives = self.chunk(epoch, chunk)
        parts = min(CHUNK, len(self) - chunk * CHUNK)
        start, stop = (len(negatives) * i // parts for i in (part, part + 1))
        return stretches.part(start, stop), negatives[start:stop]

    def chunk(self, epoch, chunk):
        """(stretches, negatives) of CHUNK batches, fewer at the end of the text; the latest one is kept."""
        if (epoch, chunk) not in self.latest:
            settings = self.settings
            rng = chunk_generator(settings.seed, epoch, chunk, self.shard)
            first, last = chunk * CHUNK, min((chunk + 1) * CHUNK, len(self))
            words, ends = self.thinned(rng, self.bounds[first], self.bounds[last])
            reach = rng.integers(1, settings.window, size=len(words), dtype=np.int16, endpoint=True)
            stretches = cut_into_stretches(words, ends, reach, settings.window, settings.stretch)
            self.latest.clear()
            self.latest[epoch, chunk] = stretches, self.model.draw(rng, len(stretches.left))
        return self.latest[epoch, chunk]

    def thinned(self, rng, start, stop):
        """(words, ends): the words that stay of tokens[start:stop], and where each sentence ends among them."""
        words = np.asarray(self.tokens[start:stop])
        kept = np.flatnonzero(rng.random(len(words), dtype=np.float32) < self.keep[words])
        first, last = np.searchsorted(self.offsets, (start, stop), side="right")
        ends = np.searchsorted(kept, self.offsets[first : last + 1] - start).astype(np.int32)
        return words[kept], ends


def batches_of(corpus: "EncodedCorpus", settings: "CorpusSettings") -> Batches:
    """The Batches of an EncodedCorpus, their size chosen if it is not set; TypeError if it is something else, ValueError if it has no pair of words.

    >>> from w2v.corpus import encode_sentences
    >>> corpus = encode_sentences([["the", "cat", "drinks", "milk"]] * 20, minimum_count=1)
    >>> len(batches_of(corpus, CorpusSettings(batch=40)))
    2
    """
    if not all(hasattr(corpus, name) for name in ("tokens", "offsets", "vocabulary", "checksum")):
        raise TypeError(
            f"corpus: expected an EncodedCorpus, made by encode_sentences or load_text, got {type(corpus).__name__}"
        )
    if not (np.diff(corpus.offsets) > 1).any():
        raise ValueError("corpus: expected a sentence of at least two words, got none")
    counts = corpus.vocabulary.counts
    settings = settled(settings, counts)
    keep, model = chances_and_model(settings, counts)
    return Batches(corpus.tokens, corpus.offsets, batch_bounds(corpus.offsets, settings.batch), keep, model, settings)


def settled(settings, counts):
    """The settings with the size of a batch chosen, if it is not set; `counts` are those of the whole vocabulary."""
    if settings.batch is not None:
        return settings
    return replace(settings, batch=largest_batch(keep_chances(counts, settings.subsample) * counts / counts.sum()))


def chances_and_model(settings, counts):
    """(keep, model): the chance with which each word stays in the text, and the one of MODELS that is trained."""
    return keep_chances(counts, settings.subsample), MODELS[settings.model](settings, counts)
