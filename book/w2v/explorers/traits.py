"""Traits of the explorers: each has a default, limits, and an error that says what was expected and what came."""

import math

import numpy as np
import traitlets


class Field(traitlets.TraitType):
    """A JSON value of the same make as its default: a number, a list of numbers, a table, a bool, or one of `of`.

    Numbers are kept within `low`..`high`; `whole` asks for ints; a list has 1 to `most` entries, or any number
    if `most` is None. Values without limits (`low` is None) are not part of a figure's address.
    """

    def __init__(self, default, low=None, high=None, *, whole=False, most=None, of=None):
        super().__init__(default)
        self.low, self.high, self.whole, self.most, self.of = low, high, whole, most, of
        self.depth = _depth(default)
        self.tag(sync=True, explorer=True)

    def validate(self, obj, value):
        """Returns `value` as plain Python numbers and lists; raises TraitError otherwise."""
        plain = value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value
        if not self._fits(plain, self.depth):
            raise traitlets.TraitError(f"{type(obj).__name__}: {self.name}: expected {self.expected()}, got {value!r}")
        return _plain(plain)

    def _fits(self, value, depth):
        if depth:
            sized = (
                isinstance(value, (list, tuple)) and len(value) > 0 and (self.most is None or len(value) <= self.most)
            )
            return sized and all(self._fits(entry, depth - 1) for entry in value)
        if self.of is not None:
            return type(value) is type(self.of[0]) and value in self.of
        if isinstance(value, bool) or not isinstance(value, int if self.whole else (int, float)):
            return False
        return math.isfinite(value) and (self.low is None or self.low <= value <= self.high)

    def expected(self):
        """Returns what a value must be, in words."""
        if self.of is not None:
            return " or ".join(map(repr, self.of))
        one = "int" if self.whole else "number"
        within = "" if self.low is None else f" from {self.low:g} to {self.high:g}"
        shape = [f"{'an' if self.whole else 'a'} {one}", f"a list of {one}s", f"a list of rows of {one}s"][self.depth]
        return shape + within + (f", 1 to {self.most} of them" if self.most else "")

    def limit(self):
        """Returns what the drawing code needs to know of the limits."""
        if self.of is not None:
            return {"of": list(self.of)}
        limit = {"low": self.low, "high": self.high, "whole": self.whole}
        return limit | ({"most": self.most} if self.most else {})


class Index(Field):
    """A place in a list of words, or a list of such places; a word stands for its place. `among` is the trait with the words."""

    def __init__(self, default, high, among, **options):
        super().__init__(default, 0, high, whole=True, **options)
        self.among = among

    def validate(self, obj, value):
        """Returns the place or places as plain ints; raises TraitError otherwise."""
        return super().validate(obj, self.placed(obj, value, getattr(obj, self.among)))

    def placed(self, obj, value, words):
        """Returns `value` with each word replaced by its place among `words`."""
        if isinstance(value, (list, tuple)):
            return [self.placed(obj, entry, words) for entry in value]
        if not isinstance(value, str):
            return value
        if list(words).count(value) != 1:
            raise traitlets.TraitError(
                f"{type(obj).__name__}: {self.name}: expected a place in {self.among} or a word that stands there once, got {value!r}"
            )
        return list(words).index(value)


class Words(traitlets.TraitType):
    """A list of words, all of them non-empty strings."""

    def __init__(self, default):
        super().__init__(list(default))
        self.tag(sync=True, explorer=True)

    def validate(self, obj, value):
        """Returns `value` as a list; raises TraitError otherwise."""
        if (
            isinstance(value, str)
            or not isinstance(value, (list, tuple))
            or not value
            or not all(isinstance(w, str) and w for w in value)
        ):
            raise traitlets.TraitError(f"{type(obj).__name__}: {self.name}: expected a list of words, got {value!r}")
        return list(value)


class Text(traitlets.TraitType):
    """A text of at most `letters` characters, which a reader may write."""

    def __init__(self, default, letters):
        super().__init__(default)
        self.letters = letters
        self.tag(sync=True, explorer=True)

    def validate(self, obj, value):
        """Returns `value`; raises TraitError unless it is a text that is not too long."""
        if not isinstance(value, str) or len(value) > self.letters:
            raise traitlets.TraitError(
                f"{type(obj).__name__}: {self.name}: expected a text of at most {self.letters} characters, got {value!r:.40}"
            )
        return value


class Data(traitlets.TraitType):
    """A JSON value that the class itself prepares: passed to the figure as it is, never set by a reader."""

    def __init__(self, default=None):
        super().__init__(default)
        self.tag(sync=True, explorer=True)


def _depth(value):
    return 1 + _depth(value[0]) if isinstance(value, list) else 0


def _plain(value):
    return [_plain(entry) for entry in value] if isinstance(value, (list, tuple)) else value
