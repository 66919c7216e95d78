"""Sentences as numbers, piece by piece: the part of encoding that several processes can do at once.

A piece numbers its own words by first sight, so that a word travels once; whoever has the numbers of the whole
text looks up the few different words of a piece and renumbers all its words by one indexing.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, count
from os import PathLike
from typing import Any, NamedTuple

import numpy as np

from w2v.text.files import parts_of_piece, pieces_of_file
from w2v.text.words import tokenize

LONGEST_SENTENCE = 1000  # words; a text without full stops is cut here
BATCH = 1 << 12  # words of an iterable that are numbered together


class Numbered(NamedTuple):
    """Word i of a piece is words[numbers[i]]; `lengths` are those of the sentences that end in it, none of them 0."""

    words: list[str]
    numbers: np.ndarray
    lengths: np.ndarray


def numbered(sentences: Sequence[Sequence[str]], before: int = 0) -> Numbered:
    """The sentences as a Numbered with all their lengths, 0 among them; TypeError at what is no list of words, as number `before` and on.

    >>> numbered([["the", "cat"], [], ["the", "dog"]])
    Numbered(words=['the', 'cat', 'dog'], numbers=array([0, 1, 0, 2], dtype=int32), lengths=array([2, 0, 2], dtype=int32))
    """
    index: defaultdict[str, int] = defaultdict(count().__next__)
    try:
        numbers = array("i", map(index.__getitem__, chain.from_iterable(sentences)))
        right = {*map(type, sentences)} <= {list, tuple} and {*map(type, index)} <= {str}
    except TypeError:  # no sentence, or no word
        right = False
    if not right:
        refuse_no_words(sentences, before)
    return Numbered(list(index), _int32(numbers), _int32(array("i", map(len, sentences))))


def refuse_no_words(sentences, before):
    """TypeError at the first of the sentences that is no list of words."""
    for place, words in enumerate(sentences, start=before):
        if not isinstance(words, (list, tuple)) or {*map(type, words)} - {str}:
            raise TypeError(f"sentences: expected lists of words, got {words!r:.60} as number {place}, counted from 0")


def numbered_sentences(sentences: Iterable[Sequence[str]], least: int = BATCH) -> Iterator[Numbered]:
    """Numbered pieces of an iterable of sentences, of at least so many words each but the last.

    >>> [piece.lengths.tolist() for piece in numbered_sentences([["the", "cat"], [], ["the", "dog"]])]
    [[2, 2]]
    """
    batch, words, before = [], 0, 0
    for sentence in sentences:
        batch.append(sentence)
        words += len(sentence) if hasattr(sentence, "__len__") else least
        if words >= least:
            yield _without_empty(numbered(batch, before))
            batch, words, before = [], 0, before + len(batch)
    yield _without_empty(numbered(batch, before))


def numbered_file(
    path: str | PathLike[str],
    passed: Callable[[int], object] = lambda count: None,
    lines: bool = False,
    tokenize: Callable[[str], Any] = tokenize,
    mapped: Callable[[Callable, Iterable], Iterable] = map,
) -> Iterator[Numbered]:
    """Numbered pieces of a file, whose sentences are cut after LONGEST_SENTENCE words.

    `passed`, `lines` and `tokenize` are those of `pieces_of_file` and `parts_of_piece`; `mapped` is `map`, or does what it
    does on several processes.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "mine.txt")
    ...     _ = path.write_text("The cat. The dog.")
    ...     print([piece.lengths.tolist() for piece in numbered_file(path)])
    [[2, 2], []]
    """
    begun = 0  # words of the sentence that the next piece goes on with
    for words, numbers, lengths in mapped(
        partial(_numbered_piece, path, lines, tokenize), pieces_of_file(path, passed)
    ):
        lengths[0] += begun
        begun = int(lengths[-1])
        yield Numbered(words, numbers, _cut(lengths[:-1]))
    yield Numbered([], np.zeros(0, np.int32), _cut(np.array([begun])))


def _numbered_piece(path, lines, tokenize, piece):
    """The words of a piece (bytes, place) of a file: of what is left of a sentence, and of each that begins in it."""
    return numbered(parts_of_piece(path, lines, tokenize, piece))


def _cut(lengths):
    """The lengths of the sentences cut into stretches of at most LONGEST_SENTENCE words."""
    whole, rest = np.divmod(lengths, LONGEST_SENTENCE)
    if not whole.any():
        return lengths[lengths > 0]
    stretches = [[LONGEST_SENTENCE] * n + [last] * (last > 0) for n, last in zip(whole.tolist(), rest.tolist())]
    return np.array(list(chain.from_iterable(stretches)), np.int32)


def _without_empty(piece):
    return piece._replace(lengths=piece.lengths[piece.lengths > 0])


def _int32(numbers):
    return np.frombuffer(numbers, np.int32) if numbers else np.zeros(0, np.int32)
