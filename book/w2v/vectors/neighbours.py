"""What the vectors know: cosine similarities, nearest neighbours, groups, analogies, a plane.

`vectors` has one word per row, in the order of `vocabulary`, a `w2v.corpus.Vocabulary`.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from w2v.support import validate
from w2v.vectors.word_vectors import best

if TYPE_CHECKING:
    from w2v.corpus.vocabulary import Vocabulary


def unit_rows(vectors: ArrayLike) -> np.ndarray:
    """Every row divided by its length; ValueError at a row of zeros.

    >>> unit_rows([[3, 4], [0, 2]])
    array([[0.6, 0.8],
           [0. , 1. ]])
    """
    vectors = validate.matrix("vectors", vectors)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not lengths.all():
        raise ValueError(f"vectors: expected rows that are not zero, got zeros in row {int(lengths.argmin())}")
    return vectors / lengths


def cosine_similarities(vectors: ArrayLike) -> np.ndarray:
    """a.b / (|a| |b|) for every two rows; shape (vocabulary, vocabulary), entries in -1..1, ones on the diagonal.

    >>> cosine_similarities([[1, 0], [1, 1], [0, 2]]).round(4)
    array([[1.    , 0.7071, 0.    ],
           [0.7071, 1.    , 0.7071],
           [0.    , 0.7071, 1.    ]])
    """
    rows = unit_rows(vectors)
    return np.clip(rows @ rows.T, -1, 1)


def nearest_neighbours(
    word: str, vectors: ArrayLike, vocabulary: "Vocabulary", count: int = 5
) -> list[tuple[str, float]]:
    """The `count` words of highest cosine similarity to `word`, itself left out: a list of (word, similarity).

    >>> from w2v.corpus import build_vocabulary
    >>> vocabulary = build_vocabulary(["king", "man", "queen", "woman"])
    >>> vectors = np.array([[2, 1], [0, 1], [2, -1], [0, -1]])  # king, man, queen, woman
    >>> [word for word, similarity in nearest_neighbours("king", vectors, vocabulary, count=2)]
    ['queen', 'man']
    """
    vectors, [w] = _table(vectors, vocabulary), _indices([word], vocabulary)
    return _best(_cosines(vectors, vectors[w]), {w}, vocabulary, count)


def analogy(
    a: str, b: str, c: str, vectors: ArrayLike, vocabulary: "Vocabulary", count: int = 1
) -> list[tuple[str, float]]:
    """The words nearest to b - a + c, unit vectors being added, a, b and c left out: a list of (word, cosine).

    >>> from w2v.corpus import build_vocabulary
    >>> vocabulary = build_vocabulary(["king", "man", "queen", "woman"])
    >>> vectors = np.array([[2, 1], [0, 1], [2, -1], [0, -1]])  # king, man, queen, woman
    >>> analogy("man", "king", "woman", vectors, vocabulary)[0][0]
    'queen'
    """
    vectors, asked = _table(vectors, vocabulary), _indices([a, b, c], vocabulary)
    i, j, k = unit_rows(vectors[asked])
    return _best(_cosines(vectors, j - i + k), set(asked), vocabulary, count)


def analogy_accuracy(pairs: Sequence[tuple[str, str]], vectors: ArrayLike, vocabulary: "Vocabulary") -> float:
    """The share of right answers to a : b = c : ? over every two different pairs (a, b), (c, d) of `pairs`.

    >>> from w2v.corpus import build_vocabulary
    >>> vocabulary = build_vocabulary(["king", "man", "queen", "woman"])
    >>> vectors = np.array([[2, 1], [0, 1], [2, -1], [0, -1]])  # king, man, queen, woman
    >>> analogy_accuracy([("man", "king"), ("woman", "queen")], vectors, vocabulary)
    1.0
    """
    questions = [(a, b, c, d) for a, b in pairs for c, d in pairs if (a, b) != (c, d)]
    if not questions:
        raise ValueError(f"pairs: expected at least two different pairs of words, got {len(pairs)}")
    return float(np.mean([analogy(a, b, c, vectors, vocabulary)[0][0] == d for a, b, c, d in questions]))


def group_recovery(vectors: ArrayLike, vocabulary: "Vocabulary", groups: Iterable[Sequence[str]]) -> float:
    """The share of the grouped words whose nearest neighbour, among all words, is of their own group.

    >>> from w2v.corpus import build_vocabulary
    >>> vocabulary = build_vocabulary(["king", "man", "queen", "woman"])
    >>> vectors = np.array([[2, 1], [0, 1], [2, -1], [0, -1]])  # king, man, queen, woman
    >>> group_recovery(vectors, vocabulary, [["king", "queen"], ["man"], ["woman"]])
    0.5
    """
    similarities = cosine_similarities(_table(vectors, vocabulary))
    np.fill_diagonal(similarities, -np.inf)
    nearest = similarities.argmax(axis=1)
    members = [set(_indices(words, vocabulary)) for words in _groups(groups)]
    return float(np.mean([nearest[w] in group for group in members for w in group]))


def group_chance(vocabulary: "Vocabulary", groups: Iterable[Sequence[str]]) -> float:
    """What `group_recovery` gives on average if the nearest neighbour is any other word, all equally likely.

    >>> from w2v.corpus import build_vocabulary
    >>> vocabulary = build_vocabulary(["king", "man", "queen", "woman"])
    >>> vectors = np.array([[2, 1], [0, 1], [2, -1], [0, -1]])  # king, man, queen, woman
    >>> round(group_chance(vocabulary, [["king", "queen"], ["man", "woman"]]), 4)
    0.3333
    """
    sizes = np.array([len(set(_indices(words, vocabulary))) for words in _groups(groups)])
    return float((sizes * (sizes - 1)).sum() / (sizes.sum() * (len(vocabulary) - 1)))


def project(vectors: ArrayLike, dimensions: int = 2) -> np.ndarray:
    """Coordinates along the directions of largest variance (PCA), shape (rows, dimensions), mean 0.

    Each direction is turned so that its largest entry is positive: the picture does not flip.

    >>> project([[0, 0, 0], [2, 0, 0], [4, 0, 0]], dimensions=1)
    array([[-2.],
           [ 0.],
           [ 2.]])
    """
    vectors = validate.matrix("vectors", vectors)
    if not 1 <= validate.integer("dimensions", dimensions, least=1) <= min(vectors.shape):
        raise ValueError(f"dimensions: expected at most {min(vectors.shape)}, got {dimensions}")
    centered = vectors - vectors.mean(axis=0)
    directions = np.linalg.svd(centered, full_matrices=False)[2][:dimensions]
    signs = np.sign(directions[np.arange(dimensions), np.abs(directions).argmax(axis=1)])
    return centered @ (signs[:, None] * directions).T


def _cosines(vectors, aim):
    """The cosine similarity of every row to `aim`; ValueError at a row of zeros or with a number that is not finite."""
    lengths = np.sqrt(np.einsum("wd,wd->w", vectors, vectors))
    if not np.isfinite(lengths).all():
        validate.matrix("vectors", vectors)
    if not lengths.all():
        unit_rows(vectors)
    aim = aim / max(np.linalg.norm(aim), np.finfo(vectors.dtype).tiny)
    return vectors @ aim.astype(vectors.dtype) / lengths


def _best(similarities, left_out, vocabulary, count):
    validate.integer("count", count, least=1)
    chosen = [w for w in best(similarities, count + len(left_out)) if w not in left_out]
    return [(vocabulary.words[w], float(similarities[w])) for w in chosen[:count]]


def _table(vectors, vocabulary):
    if not (isinstance(vectors, np.ndarray) and vectors.dtype in (np.float32, np.float64) and vectors.ndim == 2):
        vectors = validate.matrix("vectors", vectors)
    if len(vectors) != len(vocabulary):
        raise ValueError(
            f"vectors: expected {len(vocabulary)} rows, one per word of the vocabulary, got {len(vectors)}"
        )
    return vectors


def _indices(words, vocabulary):
    unknown = [word for word in words if word not in vocabulary.index]
    if unknown:
        raise ValueError(f"word: expected a word of the vocabulary, got {unknown[0]!r}")
    return [vocabulary.index[word] for word in words]


def _groups(groups):
    groups = list(groups.values()) if hasattr(groups, "values") else list(groups)
    if not groups or not all(len(words) for words in groups):
        raise ValueError(f"groups: expected at least one group, none of them empty, got {len(groups)} groups")
    return groups
