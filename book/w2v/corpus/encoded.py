"""A corpus as numbers: one flat array of word indices and the places where its sentences begin.

The words are read once. Each gets a number at first sight and is written down at once, four bytes
a word; then the counts are known, and one pass over the numbers drops the rare words, shuffles the
sentences and renumbers by falling count. What stays in memory is the distinct words and, with a `scratch`
folder, four bytes for each sentence, whose order is drawn: numbers, lengths and offsets lie on disk.
"""

import errno
import hashlib
import io
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from os import PathLike

import numpy as np

from w2v.corpus.lossy import LossyCounts
from w2v.corpus.numbered import BATCH, numbered_sentences
from w2v.corpus.vocabulary import Vocabulary, vocabulary_of_counts
from w2v.support import validate

BLOCK = 1 << 20  # words handled at a time
SENTENCES = 1 << 17  # sentences handled at a time


@dataclass(frozen=True, eq=False)
class EncodedCorpus:
    """Sentence s is tokens[offsets[s] : offsets[s + 1]]; `tokens` int32 (T,), `offsets` (sentences + 1,), as wide as an index.

    >>> corpus = encode_sentences([["the", "cat"], ["the", "dog"]], minimum_count=1, seed=None)
    >>> corpus
    EncodedCorpus('text': 4 words in 2 sentences, vocabulary 3)
    >>> corpus.sentence(1)
    array([0, 2], dtype=int32)
    """

    vocabulary: Vocabulary
    tokens: np.ndarray
    offsets: np.ndarray
    name: str

    def __len__(self):
        """The number of sentences."""
        return len(self.offsets) - 1

    def __iter__(self) -> Iterator[np.ndarray]:
        return (self.tokens[start:end] for start, end in zip(self.offsets, self.offsets[1:]))

    def sentence(self, s: int) -> np.ndarray:
        """The word indices of sentence `s`, counted from 0: a view, read only."""
        s = validate.word("s", s, len(self))
        return self.tokens[self.offsets[s] : self.offsets[s + 1]]

    @cached_property
    def checksum(self) -> str:
        """A hexadecimal digest of words, counts, tokens and offsets: the same exactly for the same corpus."""
        digest = hashlib.sha256("\n".join(self.vocabulary.words).encode())
        for numbers, kind in ((self.vocabulary.counts, "<i8"), (self.offsets, "<i8"), (self.tokens, "<i4")):
            for start in range(0, len(numbers), BLOCK):
                digest.update(np.ascontiguousarray(numbers[start : start + BLOCK], dtype=kind).data)
        return digest.hexdigest()

    def __repr__(self):
        return f"EncodedCorpus({self.name!r}: {len(self.tokens):,} words in {len(self):,} sentences, vocabulary {len(self.vocabulary):,})"


def encode_sentences(
    sentences: Iterable[Sequence[str]],
    minimum_count: int = 5,
    seed: int = 1,
    name: str = "text",
    scratch: str | PathLike[str] | None = None,
    most_words: int | None = None,
) -> EncodedCorpus:
    """The EncodedCorpus of an iterable of lists of words; words rarer than `minimum_count` are left out.

    The sentences come in an order drawn from `seed`, None keeps theirs: a text is sorted by subject, and a
    learning rate that falls would give the last subject less weight. With the path of a folder as
    `scratch` the arrays lie in nameless files there. With `most_words` no more different words than that are
    kept while counting: the rarest are forgotten, and a line says how many occurrences a word may have lost by it.
    Raises TypeError at what is no list of words, ValueError if no word is frequent enough.

    >>> corpus = encode_sentences([["the", "cat"], ["the", "dog"]], minimum_count=2, seed=None)
    >>> corpus.vocabulary.words, corpus.tokens, corpus.offsets
    (('the',), array([0, 0], dtype=int32), array([0, 1, 2]))
    """
    pieces = numbered_sentences(sentences, BATCH if most_words is None else 1)  # so that words are forgotten in time
    return encode_pieces(pieces, minimum_count, seed, name, scratch, most_words)


def encode_pieces(pieces, minimum_count, seed, name, scratch, most_words):
    """`encode_sentences` of an iterable of Numbered pieces."""
    minimum_count = validate.integer("minimum_count", minimum_count, least=1)
    seed = None if seed is None else validate.integer("seed", seed, least=0)
    lossy = None if most_words is None else LossyCounts(validate.integer("most_words", most_words, least=2))
    with _storage(scratch) as file, _storage(scratch) as ends:
        index, size = _written(pieces, file, ends, lossy)
        numbers, lengths = _as_array(file), _as_array(ends)
        counts = _counted(numbers, size).tolist()
        vocabulary = vocabulary_of_counts({word: counts[number] for word, number in index.items()}, minimum_count)
        final = _renumbering(index, size, vocabulary)
        order = np.arange(len(lengths), dtype=np.int32 if len(lengths) < 1 << 31 else np.int64)
        if seed is not None:
            np.random.default_rng(seed).shuffle(order)
        tokens, offsets = _rearranged(numbers, lengths, order, final, int(vocabulary.counts.sum()), scratch)
    if lossy is not None and lossy.missed:
        print(
            f"{name}: rare words were forgotten while counting, as `most_words` wants it; of each word at most {lossy.missed:,} occurrences are missing."
        )
    return EncodedCorpus(vocabulary, tokens, offsets, name)


def _written(pieces, file, ends, lossy=None):
    """Writes every word's number, by first sight, to `file`, the sentences' lengths to `ends`; returns {word: number} and how many numbers there are."""
    fresh = count()
    index = defaultdict(fresh.__next__)
    for words, numbers, ended in pieces:
        own = np.fromiter(map(index.__getitem__, words), np.int32, len(words))[numbers]
        file.write(own.tobytes())
        ends.write(ended.astype(np.int32).tobytes())
        if lossy is not None:
            lossy.add(own)
            if len(index) > lossy.most:
                lossy.forget(index)
    file.flush()
    ends.flush()
    return index, next(fresh)


def _counted(numbers, vocabulary):
    blocks = (
        np.bincount(numbers[start : start + BLOCK], minlength=vocabulary) for start in range(0, len(numbers), BLOCK)
    )
    return sum(blocks, np.zeros(vocabulary, np.int64))


def _renumbering(index, size, vocabulary):
    """For each of the `size` numbers by first sight the index in the vocabulary, or -1."""
    final = np.full(size, -1, np.int32)
    for i, word in enumerate(vocabulary.words):
        final[index[word]] = i
    return final


def _rearranged(numbers, lengths, order, final, size, scratch):
    """The kept words of the sentences in the given order, renumbered; and where each sentence begins. Empty ones go."""
    starts, tokens = _starts(lengths, scratch), _new_array(size, scratch)
    offsets, filled, sentences = _new_array(len(order) + 1, scratch, np.intp), 0, 0
    offsets[0] = 0
    for part in _blocks(order, lengths):
        sentence, places = _places(starts[part], lengths[part])
        words = final[numbers[places]]
        kept = words >= 0
        tokens[filled : filled + kept.sum()] = words[kept]
        kept_lengths = np.bincount(sentence[kept])
        ends = filled + np.cumsum(kept_lengths[kept_lengths > 0])
        offsets[sentences + 1 : sentences + 1 + len(ends)] = ends
        filled, sentences = filled + int(kept.sum()), sentences + len(ends)
    offsets = offsets[: sentences + 1] if scratch is not None else offsets[: sentences + 1].copy()
    tokens.flags.writeable = offsets.flags.writeable = False
    return tokens, offsets


def _starts(lengths, scratch):
    """Where each sentence begins, at its number by reading."""
    starts, passed = _new_array(len(lengths), scratch, np.int64), 0
    for first in range(0, len(lengths), BLOCK):
        ends = passed + np.cumsum(lengths[first : first + BLOCK], dtype=np.int64)
        starts[first : first + BLOCK] = ends - lengths[first : first + BLOCK]
        passed = ends[-1]
    return starts


def _blocks(order, lengths):
    """`order` cut into pieces of at most SENTENCES and about BLOCK words."""
    for first in range(0, len(order), SENTENCES):
        part = order[first : first + SENTENCES]
        passed = np.cumsum(lengths[part], dtype=np.int64)
        borders = np.searchsorted(passed, np.arange(BLOCK, passed[-1] + 1, BLOCK))
        yield from np.split(part, np.unique(borders[borders > 0]))


def _places(starts, lengths):
    """For every word of the sentences that begin at `starts`: the number of its sentence here, and its place."""
    sentence = np.repeat(np.arange(len(starts)), lengths)
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return sentence, np.arange(len(sentence)) - first + starts[sentence]


def _storage(scratch):
    return io.BytesIO() if scratch is None else tempfile.TemporaryFile(dir=scratch)


def _as_array(file):
    """What was written, as int32; a file is mapped, not read."""
    if file.tell() == 0:
        return np.zeros(0, np.int32)
    return np.frombuffer(file.getvalue(), np.int32) if isinstance(file, io.BytesIO) else np.memmap(file, np.int32, "r")


def _new_array(size, scratch, kind=np.int32):
    if scratch is None or not size:
        return np.empty(size, kind)
    with tempfile.TemporaryFile(dir=scratch) as file:
        if hasattr(os, "posix_fallocate"):  # else a full disk is noticed by the first write, and that by a signal
            _allocate(file, size * np.dtype(kind).itemsize)
        return np.memmap(file, kind, "w+", shape=(size,))


def _allocate(file, size):
    """Takes `size` bytes of the disk for a file, where the file system can promise them; OSError if there are not so many."""
    try:
        os.posix_fallocate(file.fileno(), 0, size)
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL):
            raise
