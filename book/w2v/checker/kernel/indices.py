"""Indices with their kind: words, samples, positions of the text, offsets of the window, plain numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
    """kind: 'word', 'sample', 'position', 'offset' or '' (a plain number, which may number anything)."""

    value: int
    kind: str = ""


class NeedIndex(Exception):
    """A free index was met: the driver must give it every value of its range, an object of the meaning or None."""

    def __init__(self, letter, range_):
        super().__init__(letter)
        self.letter, self.range = letter, range_
