"""What the program word2vec.c does where it differs from the paper, one small function for each difference.

Source: the program's file word2vec.c (Mikolov et al., 2013); the formulas of the paper are cited beside them.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from w2v.losses.functions import sigmoid
from w2v.support import validate

TABLE_SIZE, LARGEST_SCORE = 1000, 6  # EXP_TABLE_SIZE and MAX_EXP, whole numbers in the program
STEPS_PER_UNIT = TABLE_SIZE // LARGEST_SCORE // 2  # 83: two divisions of whole numbers lose the .33
MULTIPLIER, INCREMENT, WORD_SIZE = 25214903917, 11, 2**64


def keep_chances_of_paper(counts: ArrayLike, threshold: float) -> np.ndarray:
    """min(1, sqrt(t/f)), equation (5) of the paper read as the chance to stay; f is a word's frequency, t `threshold`.

    >>> keep_chances_of_paper([90, 9, 1], threshold=0.04).round(4)
    array([0.2108, 0.6667, 1.    ])
    """
    counts = validate.vector("counts", counts)
    threshold = validate.positive("threshold", threshold)
    return np.minimum(1, np.sqrt(threshold / (counts / counts.sum())))


def distance_weights(window: int) -> np.ndarray:
    """The chance (window - d + 1)/window that a word at distance d = 1..window is used, shape (window,).

    The program draws the reach of every window uniformly from 1..window.

    >>> distance_weights(4)
    array([1.  , 0.75, 0.5 , 0.25])
    """
    window = validate.integer("window", window, least=1)
    return np.arange(window, 0, -1) / window


def sigmoid_table() -> np.ndarray:
    """The 1000 stored values: entry i is sigma at the score (2 i/1000 - 1) * 6.

    >>> sigmoid_table()[[0, 500, 999]].round(4)
    array([0.0025, 0.5   , 0.9975])
    """
    return sigmoid((2 * np.arange(TABLE_SIZE) / TABLE_SIZE - 1) * LARGEST_SCORE)


def sigmoid_of_program(scores: ArrayLike) -> np.ndarray:
    """The looked-up sigmoid: 0 below -6, 1 above 6, else entry floor((score + 6) * 83) of the table.

    >>> sigmoid_of_program([-7, 0, 1]).round(4)
    array([0.    , 0.494 , 0.7255])
    """
    scores = validate.numbers("scores", scores)
    inside = np.clip(scores, -LARGEST_SCORE, LARGEST_SCORE)
    place = ((inside + LARGEST_SCORE) * STEPS_PER_UNIT).astype(int)
    return np.where(scores > LARGEST_SCORE, 1.0, np.where(scores < -LARGEST_SCORE, 0.0, sigmoid_table()[place]))


def noise_table(counts: ArrayLike, size: int, power: float = 0.75) -> np.ndarray:
    """The word at each of `size` places: as many places for word w as its share counts_w^power asks for, nearly.

    A draw of the program is a uniform place of the table.

    >>> noise_table([3, 1], size=8, power=1)
    array([0, 0, 0, 0, 0, 0, 0, 0])
    """
    counts, size = validate.vector("counts", counts), validate.integer("size", size, least=1)
    ends = np.cumsum(counts**power) / (counts**power).sum()
    # place a belongs to the first word whose share is not yet passed by the place before it
    return np.minimum(np.searchsorted(ends, np.maximum(np.arange(size) - 1, 0) / size, side="left"), len(counts) - 1)


def learning_rate_of_program(words_done: ArrayLike, total: int, start: float = 0.025) -> float | np.ndarray:
    """start * max(1 - words_done/(total + 1), 0.0001); `total` counts the words of all epochs.

    >>> learning_rate_of_program([0, 50, 1000], total=99)
    array([2.50e-02, 1.25e-02, 2.50e-06])
    """
    start = validate.positive("start", start)
    return start * np.maximum(1 - np.asarray(words_done) / (validate.integer("total", total, least=1) + 1), 1e-4)


def random_numbers(seed: int, count: int) -> list[int]:
    """`count` numbers of the program's generator r <- (25214903917 r + 11) mod 2^64, as Python ints.

    >>> random_numbers(seed=1, count=2)
    [25214903928, 8602081314781131043]
    """
    state, numbers = validate.integer("seed", seed, least=0), []
    for _ in range(validate.integer("count", count, least=1)):
        state = (state * MULTIPLIER + INCREMENT) % WORD_SIZE
        numbers.append(state)
    return numbers


def program_pair_step(
    V: np.ndarray, U: np.ndarray, read: int, predicted: int, negatives: Iterable[int], learning_rate: float
) -> None:
    """The program's update for one pair, in place: row by row, each row of U moved before the next one is looked at.

    `read` is the word whose row of V is used: in the program the word beside the center; `predicted` is the
    center word. A draw equal to `predicted` is left out, not drawn again. V[read] moves last.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> program_pair_step(V, U, read=0, predicted=1, negatives=[2, 1], learning_rate=0.1)
    >>> U.round(4)
    array([[ 0.    ,  0.    ],
           [ 0.0506,  0.    ],
           [-0.0494,  0.    ]])
    """
    change = np.zeros_like(V[read])
    for word, label in [(predicted, 1.0)] + [(w, 0.0) for w in negatives if w != predicted]:
        factor = learning_rate * (label - sigmoid_of_program(U[word] @ V[read]))
        change += factor * U[word]
        U[word] += factor * V[read]
    V[read] += change
