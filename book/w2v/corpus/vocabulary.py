"""The words of a text by falling count, and texts as their indices."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from w2v.support import validate


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """`words` by falling count (ties in alphabetical order), their `counts`, and `index` of each word.

    >>> vocabulary = build_vocabulary("the cat and the dog".split())
    >>> vocabulary.words, vocabulary.counts, vocabulary.index["dog"]
    (('the', 'and', 'cat', 'dog'), array([2, 1, 1, 1]), 3)
    """

    words: tuple
    counts: np.ndarray
    index: Mapping = field(repr=False)

    def __len__(self):
        return len(self.words)

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self.index


def build_vocabulary(tokens: Sequence[str], minimum_count: int = 1) -> Vocabulary:
    """The Vocabulary of the words that occur at least `minimum_count` times in the list `tokens`.

    Raises ValueError if no word is left.

    >>> build_vocabulary("the cat and the dog".split(), minimum_count=2).words
    ('the',)
    """
    return vocabulary_of_counts(Counter(_tokens("tokens", tokens)), minimum_count)


def vocabulary_of_counts(counted, minimum_count=1):
    """The Vocabulary of the words with a count of at least `minimum_count` in the mapping `counted`; ValueError if there is none."""
    minimum_count = validate.integer("minimum_count", minimum_count, least=1)
    kept = sorted((word for word in counted if counted[word] >= minimum_count), key=lambda word: (-counted[word], word))
    if not kept:
        raise ValueError(
            f"tokens: expected a word that occurs at least {minimum_count} times, got {sum(counted.values())} words, none so often"
        )
    return vocabulary_in_order(kept, [counted[word] for word in kept])


def vocabulary_in_order(words, counts):
    """The Vocabulary of `words` in the order given, with `counts` (read only)."""
    counts = np.array(counts, dtype=np.int64)
    counts.flags.writeable = False
    return Vocabulary(tuple(words), counts, MappingProxyType({word: i for i, word in enumerate(words)}))


def encode(tokens: Sequence[str], vocabulary: Vocabulary, skip_unknown: bool = False) -> np.ndarray:
    """The index of each word as an int array; ValueError at a word outside the vocabulary, unless it is skipped.

    >>> vocabulary = build_vocabulary("the cat and the dog".split())
    >>> encode(["the", "dog"], vocabulary)
    array([0, 3])
    """
    tokens = _tokens("tokens", tokens)
    unknown = [word for word in tokens if word not in vocabulary.index]
    if unknown and not skip_unknown:
        raise ValueError(f"tokens: expected words of the vocabulary, got {unknown[0]!r}")
    return np.array([vocabulary.index[word] for word in tokens if word in vocabulary.index], dtype=int)


def _tokens(name, tokens):
    tokens = validate.listed(name, tokens)
    wrong = [token for token in tokens if not isinstance(token, str)]
    if wrong:
        raise TypeError(f"{name}: expected words, got {wrong[0]!r} of type {type(wrong[0]).__name__}")
    return tokens
