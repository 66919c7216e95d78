"""Text cut into stretches of T words, so that the pairs of a stretch are entries of one small matrix.

A stretch is T center words in a row. Their outside words stand at most `window` places to the left of
the first and to the right of the last: C = T + 2 window places. Which of the T x C entries are pairs is
said by two numbers for each center, how many places its window reaches to the left and to the right.
"""

from dataclasses import dataclass

import numpy as np

from w2v.support import validate

MOST_PLACES = 2**15 - 1  # of a stretch: places are counted in int16


@dataclass(frozen=True, eq=False)
class Stretches:
    """G stretches of T centers; place p of the text is column p - g T of stretch g.

    `text`, shape (G T + T,), holds the words, `window` places in front and the rest behind being
    padding; `left` and `right`, shape (G, T), how many outside words each center has on either side.
    """

    text: np.ndarray
    left: np.ndarray
    right: np.ndarray
    window: int

    @property
    def centers(self):
        """The center words, shape (G, T); a padding center has no outside words."""
        return self.text[self.window : self.window + self.left.size].reshape(self.left.shape)

    @property
    def pairs_of_center(self):
        """How many pairs each center has; shape (G, T)."""
        return self.left + self.right

    @property
    def pairs(self):
        """The number of pairs of all stretches."""
        return int(self.pairs_of_center.sum(dtype=np.int64))

    @property
    def windows(self):
        """The number of centers with at least one outside word."""
        return int(np.count_nonzero(self.pairs_of_center))

    def part(self, start, stop):
        """The Stretches of number `start` to `stop` of these."""
        T = self.left.shape[1]
        return Stretches(
            self.text[start * T : (stop + 1) * T], self.left[start:stop], self.right[start:stop], self.window
        )

    def mask(self):
        """Which entries are pairs; bool, shape (G, T, C), entry (g, i, j) for center i and column j."""
        T = self.left.shape[1]
        place = np.arange(T, dtype=np.int16)[:, None]
        distance = np.arange(T + 2 * self.window, dtype=np.int16) - np.int16(self.window) - place
        inside = (distance >= -self.left[:, :, None]) & (distance <= self.right[:, :, None])
        inside &= distance != 0
        return inside

    def columns(self, rows, writeable=False):
        """The rows of each stretch's places, shape (G, C, ...), as a view of `rows`, one row for each place of the text."""
        if len(rows) != len(self.text):
            raise ValueError(f"rows: expected one for each of the {len(self.text)} places of the text, got {len(rows)}")
        (G, T), (step, *rest) = self.left.shape, rows.strides
        shape = (G, T + 2 * self.window, *rows.shape[1:])
        return np.lib.stride_tricks.as_strided(rows, shape, (T * step, step, *rest), writeable=writeable)

    def listed(self):
        """(stretch, center, outside): the pairs one by one, as three index arrays; the slow and plain reading."""
        g, i, j = np.nonzero(self.mask())
        return g, self.centers[g, i], self.columns(self.text)[g, j]


def cut_into_stretches(words, ends, reach, window, length=16):
    """Stretches of `length` centers of the sentences words[ends[s-1]:ends[s]] (the first from 0).

    Center t takes the words up to reach[t] places away within its sentence, 1 <= reach[t] <= window.
    A stretch is at least 2 `window` places long, whatever `length` says.
    """
    words, ends, reach = np.asarray(words), np.asarray(ends), np.asarray(reach)
    window, T = validate.integer("window", window, least=1), validate.integer("length", length, least=1)
    T = max(T, 2 * window)
    if T + 2 * window > MOST_PLACES:
        raise ValueError(f"length, window: expected stretches of at most {MOST_PLACES} places, got {T + 2 * window}")
    lengths = np.diff(ends, prepend=0).astype(np.intp)
    if lengths.sum() != len(words) or len(reach) != len(words) or lengths.min(initial=0) < 0:
        raise ValueError(
            f"ends, reach: expected rising ends up to {len(words)} words and one reach for each, got {ends} and {reach.shape}"
        )
    if len(words) and not (reach.min() >= 1 and reach.max() <= window):
        raise ValueError(f"reach: expected numbers in 1..{window}, got {reach.min()}..{reach.max()}")
    place = np.arange(len(words), dtype=np.int32)
    left = np.minimum(reach, place - np.repeat(ends - lengths, lengths))
    right = np.minimum(reach, np.repeat(ends - 1, lengths) - place)
    G = max(1, -(-len(words) // T))
    return Stretches(
        _padded(words, (G + 1) * T, window, np.int32),
        *(_padded(side, G * T, 0).reshape(G, T) for side in (left, right)),
        window,
    )


def _padded(values, size, front, dtype=np.int16):
    padded = np.zeros(size, dtype)
    padded[front : front + len(values)] = values
    return padded
