"""How well vectors agree with a benchmark: a score, the items behind it, and a bootstrap interval.

`vectors` has one word per row, in the order of `vocabulary`. Items with a word outside the vocabulary are
left out and counted: a score without its n means little. Everything random has a seed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from w2v.support import validate
from w2v.vectors.neighbours import unit_rows

if TYPE_CHECKING:
    from w2v.corpus.vocabulary import Vocabulary

DRAWS, LEAST, CHUNK = 1000, 3, 500


@dataclass(frozen=True, eq=False)
class Score:
    """`value` on the `items` (their places in the benchmark) out of `of`; `draws`: the value on resampled items.

    >>> score = Score(value=0.5, items=(0, 1, 3), of=4, draws=np.array([0.4, 0.5, 0.6]))
    >>> score.n, score.of
    (3, 4)
    """

    value: float
    items: tuple
    of: int
    draws: np.ndarray = field(repr=False)

    @property
    def n(self) -> int:
        """How many items the vocabulary covers."""
        return len(self.items)

    @property
    def interval(self) -> tuple[float, float]:
        """(low, high): the middle 95 % of the draws."""
        low, high = np.nanpercentile(self.draws, (2.5, 97.5))
        return float(low), float(high)

    def __str__(self):
        low, high = self.interval
        return f"{self.value:.3f} ({low:.3f} to {high:.3f}), n = {self.n:,} of {self.of:,}"


def mean_score(scores: Iterable[Score]) -> Score:
    """The mean of Scores on the same items with the same draws, such as those of several seeds, as a Score.

    >>> scores = [Score(value, (0, 1, 2), 3, draws=np.full(5, value)) for value in (0.75, 0.25)]
    >>> mean_score(scores).value
    0.5
    """
    scores = list(scores)
    _same_items(scores)
    return Score(
        float(np.mean([s.value for s in scores])),
        scores[0].items,
        scores[0].of,
        np.mean([s.draws for s in scores], axis=0),
    )


def difference(first: Score, second: Score) -> Score:
    """`first` - `second` as a Score; both are resampled together, so that items hard for both cancel.

    >>> first, second = (Score(value, (0, 1, 2), 3, draws=np.full(5, value)) for value in (0.75, 0.5))
    >>> print(difference(first, second))
    0.250 (0.250 to 0.250), n = 3 of 3
    """
    _same_items([first, second])
    return Score(first.value - second.value, first.items, first.of, first.draws - second.draws)


def similarity_score(
    vectors: ArrayLike,
    vocabulary: "Vocabulary",
    pairs: Sequence[tuple[str, str, float]],
    draws: int = DRAWS,
    seed: int = 1,
) -> Score:
    """Score: Spearman's correlation of cosine similarities with ratings; `pairs` lists (word, word, rating).

    ValueError if fewer than three pairs are covered.

    >>> from w2v.corpus import build_vocabulary
    >>> vocabulary = build_vocabulary(["king", "man", "queen", "woman"])
    >>> vectors = np.array([[2, 1], [0, 1], [2, -1], [0, -1]])  # king, man, queen, woman
    >>> pairs = [("king", "queen", 9), ("king", "man", 8), ("king", "woman", 1)]
    >>> similarity_score(vectors, vocabulary, pairs).value
    1.0
    """
    rows, (known, places) = _table(vectors, vocabulary), _known([pair[:2] for pair in pairs], vocabulary, "pairs")
    cosines = np.einsum("nd,nd->n", rows[places[:, 0]], rows[places[:, 1]])
    ratings = validate.vector("pairs", [pairs[i][2] for i in known])
    return Score(
        float(spearman(cosines, ratings)),
        known,
        len(pairs),
        spearman(cosines, ratings, _resampled(len(known), draws, seed)),
    )


def analogy_score(
    vectors: ArrayLike,
    vocabulary: "Vocabulary",
    questions: Sequence[tuple[str, str, str, str]],
    draws: int = DRAWS,
    seed: int = 1,
) -> Score:
    """Score: the share of `questions` (a, b, c, d) for which the word nearest to b - a + c is d; a, b, c are left out.

    Questions with the same a and b stand and fall together, and are resampled together.

    >>> from w2v.corpus import build_vocabulary
    >>> vocabulary = build_vocabulary(["king", "man", "queen", "woman"])
    >>> vectors = np.array([[2, 1], [0, 1], [2, -1], [0, -1]])  # king, man, queen, woman
    >>> questions = [("man", "king", "woman", "queen"), ("king", "man", "queen", "woman"), ("man", "woman", "king", "queen")]
    >>> analogy_score(vectors, vocabulary, questions).value
    1.0
    """
    rows, (known, places) = _table(vectors, vocabulary), _known(questions, vocabulary, "questions")
    right = _answers(rows.astype(np.float32), places[:, :3]) == places[:, 3]
    family = np.unique(places[:, :2], axis=0, return_inverse=True)[1].ravel()
    counts = _resampled(family.max() + 1, draws, seed)
    shares = (counts @ np.bincount(family, right)) / (counts @ np.bincount(family))
    return Score(float(right.mean()), known, len(questions), shares)


def spearman(x: ArrayLike, y: ArrayLike, counts: np.ndarray | None = None) -> Any:
    """The correlation of the ranks of x and y, shape (n,); equal values share the mean of their ranks.

    With `counts`, shape (draws, n), item i is there counts[:, i] times; the result has shape (draws,), nan
    where all ranks are equal. Without, ValueError if all values of x or of y are equal.

    >>> float(spearman([1, 2, 3], [10, 20, 15]))
    0.5
    """
    x, y = validate.vector("x", x), validate.vector("y", y)
    if len(x) != len(y):
        raise ValueError(f"x, y: expected as many values in both, got {len(x)} and {len(y)}")
    weights = np.ones((1, len(x))) if counts is None else validate.matrix("counts", counts, len(x))
    a, b = (ranks(values, weights) for values in (x, y))
    a, b = (r - (weights * r).sum(axis=1, keepdims=True) / weights.sum(axis=1, keepdims=True) for r in (a, b))
    products = [(weights * p * q).sum(axis=1) for p, q in ((a, b), (a, a), (b, b))]
    if counts is None and not products[1] * products[2] > 0:
        raise ValueError("x, y: expected at least two different values in each, got all equal ones")
    with np.errstate(invalid="ignore"):
        result = products[0] / np.sqrt(products[1] * products[2])
    return result if counts is not None else result[0]


def ranks(values: ArrayLike, counts: np.ndarray) -> np.ndarray:
    """The rank, from 1, of each of `values`, shape (n,), if item i is there counts[:, i] times; shape (draws, n).

    >>> ranks([0.5, 0.1, 0.5], counts=np.ones((1, 3)))
    array([[2.5, 1. , 2.5]])
    """
    distinct, place = np.unique(values, return_inverse=True)
    heights = counts @ (place[:, None] == np.arange(len(distinct))).astype(float)
    return (heights.cumsum(axis=1) - (heights - 1) / 2)[:, place]


def _answers(rows, places):
    """The index of the answer to each a : b = c : ?, by chunks that fit in memory."""
    found = []
    for start in range(0, len(places), CHUNK):
        part = places[start : start + CHUNK]
        cosines = (rows[part[:, 1]] - rows[part[:, 0]] + rows[part[:, 2]]) @ rows.T
        np.put_along_axis(cosines, part, -np.inf, axis=1)
        found.append(cosines.argmax(axis=1))
    return np.concatenate(found)


def _resampled(items, draws, seed):
    """How often each item comes up when as many as there are get drawn with replacement; shape (draws, items)."""
    draws = validate.integer("draws", draws, least=1)
    return np.random.default_rng(seed).multinomial(items, np.full(items, 1 / items), size=draws).astype(float)


def _table(vectors, vocabulary):
    rows = unit_rows(vectors)
    if len(rows) != len(vocabulary):
        raise ValueError(f"vectors: expected {len(vocabulary)} rows, one per word of the vocabulary, got {len(rows)}")
    return rows


def _known(items, vocabulary, name):
    """The places of the items whose words are all in the vocabulary, and the indices of those words."""
    known = tuple(i for i, words in enumerate(items) if all(word in vocabulary.index for word in words))
    if len(known) < LEAST:
        raise ValueError(
            f"{name}: expected at least {LEAST} with all words in the vocabulary, got {len(known)} of {len(items)}"
        )
    return known, np.array([[vocabulary.index[word] for word in items[i]] for i in known])


def _same_items(scores):
    if not scores or any(s.items != scores[0].items or s.draws.shape != scores[0].draws.shape for s in scores):
        raise ValueError(
            f"scores: expected at least one, all on the same items with as many draws, got n = {[s.n for s in scores]}"
        )
