"""Concrete instances: sizes, the outside word, the negatives, the window, and small rational values."""
import random
from dataclasses import dataclass, field, replace
from fractions import Fraction


@dataclass(frozen=True)
class Instance:
    """Words are 0..words-1; all sizes differ, o is not word 0, nothing is zero."""
    words: int
    dimension: int
    samples: int
    parts: int              # length of a vector that belongs to no table
    o: int
    c: int
    negatives: tuple
    window: tuple           # words at offsets -m..-1, 1..m
    positive: bool = False  # unknown letters are positive, for logarithms of them
    soft: bool = False      # y is an arbitrary distribution instead of one-hot
    seed: int = 0
    signs: int = 1
    cache: dict = field(default_factory=dict, compare=False, hash=False)

    @property
    def m(self):
        return len(self.window) // 2

    def offset_word(self, j):
        """The word at window offset j, the center word at j = 0, or None outside the window."""
        if abs(j) > self.m:
            return None
        if j == 0:
            return self.c
        return self.window[j + self.m if j < 0 else j + self.m - 1]

    def value(self, name):
        """A small non-zero rational for the variable called name, always the same one."""
        if name not in self.cache:
            rng = random.Random(f"{self.seed}:{name!r}")
            magnitude = Fraction(rng.randint(1, 9), rng.randint(4, 9))
            if name[0] == "label":
                magnitude /= 4 * self.words
            positive = name[0] in ("positive", "label") or self.positive and name[0] == "free"
            self.cache[name] = magnitude if positive or rng.random() < 0.6 else -magnitude
        return self.cache[name]


INSTANCES = (
    Instance(5, 2, 3, 4, 2, 1, (0, 4, 3), (3, 0, 2, 4), seed=1),
    Instance(4, 3, 2, 5, 3, 0, (1, 2), (1, 3), seed=2),
    Instance(7, 4, 5, 3, 1, 6, (5, 0, 3, 4, 2), (2, 0, 1, 5, 4, 3), seed=3),
)
EXACT = INSTANCES[:2]
SIGNED = tuple(replace(INSTANCES[0], seed=n, cache={}) for n in range(11, 17))   # for formulas that depend on a sign
SMALL = Instance(3, 2, 2, 2, 1, 2, (0, 2), (1, 0), seed=4)


def broken(instance, assumption):
    """instance with one usual assumption broken: 'soft y', 'repeat', 'o negative' or 'word repeated'."""
    if assumption == "soft y":
        return replace(instance, soft=True, cache={})
    if assumption == "word repeated":
        return replace(instance, window=instance.window[1:2] + instance.window[1:], cache={})
    first = instance.negatives[0]
    if assumption == "repeat":
        return replace(instance, negatives=(first, first) + instance.negatives[2:], cache={})
    return replace(instance, negatives=(first, instance.o) + instance.negatives[2:], cache={})
