"""Trained vectors as one object: looked up, compared, saved and loaded."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from w2v.support import validate
from w2v.vectors.files import load_vectors, save_vectors

if TYPE_CHECKING:
    from w2v.corpus.vocabulary import Vocabulary

CHUNK = 1 << 14  # rows whose lengths are computed at a time


class WordVectors(Mapping[str, np.ndarray]):
    """A mapping from words to their vectors, in the order of `words`; `vectors` has one word per row, read only.

    Cosine similarities are computed in float32, with rows of length 1 that are made once, when first asked for.

    >>> vectors = WordVectors(["king", "man", "queen"], [[2, 1], [0, 1], [2, -1]])
    >>> vectors
    WordVectors(3 words, D 2)
    >>> vectors["king"]
    array([2., 1.], dtype=float32)
    >>> vectors.most_similar("king", count=1)[0][0]
    'queen'
    """

    def __init__(self, words: "Sequence[str] | Vocabulary", vectors: ArrayLike) -> None:
        """`words` all different; `vectors` of shape (words, D), finite, kept as float32. A Vocabulary may stand for its words."""
        self.words = tuple(validate.listed("words", words.words if hasattr(words, "words") else words))
        self.index = MappingProxyType({word: i for i, word in enumerate(self.words)})
        if len(self.index) != len(self.words):
            raise ValueError("words: expected every word once, got one of them again")
        self.vectors = np.array(validate.matrix("vectors", vectors), dtype=np.float32)
        self.vectors.flags.writeable = False
        if len(self.vectors) != len(self.words):
            raise ValueError(
                f"vectors: expected one row for each of the {len(self.words)} words, got {len(self.vectors)} rows"
            )

    @classmethod
    def load(cls, path: str | PathLike[str], **options: Any) -> "WordVectors":
        """Those of a file that `load_vectors` reads, with its `options`."""
        return cls(*load_vectors(path, **options))

    def save(self, path: str | PathLike[str], binary: bool = False) -> None:
        """Writes a file as `save_vectors` does."""
        save_vectors(path, self.words, self.vectors, binary)

    def __getitem__(self, word: str) -> np.ndarray:
        """The vector of a word; KeyError if there is none."""
        return self.vectors[self.index[word]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def __repr__(self) -> str:
        return f"WordVectors({len(self):,} words, D {self.vectors.shape[1]})"

    @cached_property
    def units(self) -> np.ndarray:
        """Every row divided by its length, float32, read only; a row of zeros stays."""
        units = np.empty_like(self.vectors)
        for start in range(0, len(units), CHUNK):
            rows = self.vectors[start : start + CHUNK]
            lengths = np.linalg.norm(rows.astype(float), axis=1, keepdims=True)
            units[start : start + CHUNK] = rows / np.where(lengths, lengths, 1)
        units.flags.writeable = False
        return units

    def similarity(self, a: str, b: str) -> float:
        """The cosine similarity of two words."""
        return float(np.clip(np.dot(*self.units[self._indices([a, b])].astype(float)), -1, 1))

    def most_similar(
        self, positive: str | Sequence[str] = (), negative: str | Sequence[str] = (), count: int = 10
    ) -> list[tuple[str, float]]:
        """The words of highest cosine similarity to the sum of the unit vectors of `positive` minus those of `negative`.

        A list of (word, similarity), without the words asked with. Each of the two is a word or a list of words.
        """
        plus, minus = (self._indices([words] if isinstance(words, str) else words) for words in (positive, negative))
        if not plus + minus:
            raise ValueError("positive, negative: expected at least one word, got none")
        aim = self.units[plus].sum(axis=0, dtype=float) - self.units[minus].sum(axis=0, dtype=float)
        aim /= max(np.linalg.norm(aim), np.finfo(float).tiny)
        cosines = self.units @ aim.astype(np.float32)
        cosines[plus + minus] = -np.inf
        return [(self.words[w], float(cosines[w])) for w in best(cosines, count) if cosines[w] > -np.inf]

    def _indices(self, words):
        words = validate.listed("words", words)
        if unknown := [word for word in words if word not in self.index]:
            raise KeyError(f"word: expected one of the {len(self)} words, got {unknown[0]!r}")
        return [self.index[word] for word in words]


def best(values: np.ndarray, count: int) -> list[int]:
    """The places of the `count` largest of `values`, the largest first; of equal ones the first."""
    count = min(validate.integer("count", count, least=1), len(values))
    least = np.partition(values, -count)[-count]
    places = np.flatnonzero(values >= least)
    return places[np.argsort(-values[places], kind="stable")][:count].tolist()
