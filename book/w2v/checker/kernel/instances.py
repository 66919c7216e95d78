"""Concrete instances in general position: sizes without a relation, words in every place, draws that repeat."""

import random
from dataclasses import dataclass, field, replace
from fractions import Fraction

SIZES = {"V": (5, 4, 6, 4), "D": (2, 3, 2, 3), "K": (3, 2, 4, 3), "m": (2, 1, 2, 1)}  # the four instances, column by column
OTHERS = ((4, 6, 7, 8, 9, 11, 13), (5, 6, 7, 8, 9, 10, 12), (3, 5, 7, 8, 9, 10, 11), (2, 5, 6, 7, 8, 9, 10))
OWN = ((3, 5, 2, 4, 6, 7, 8, 9), (4, 2, 5, 3, 6, 7, 8, 9), (5, 4, 3, 2, 6, 7, 8, 9), (2, 3, 4, 5, 6, 7, 8, 9))  # of a text without the course's sizes
SMALL = (3, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)
START = 7  # the position in the text at which the window stands


@dataclass(frozen=True)
class Instance:
    """One choice of everything that the text leaves open. Words, draws and indices count from 1.

    sizes: {name: number}. o, c: words. draws: words, `samples` many. window: {offset: word}. soft: the label y
    is any distribution here. repeated, hits: families of indices hit one twice, or o. positive: names whose values are positive ('*': all); unit: all values are small.
    """

    number: int
    sizes: dict = field(hash=False)
    o: int = 2
    c: int = 1
    draws: tuple = ()
    window: dict = field(default_factory=dict, hash=False)
    soft: bool = False
    positive: frozenset = frozenset()
    unit: bool = False
    scale: int = 1
    repeated: bool = False
    hits: bool = False
    seed: int = 0
    cache: dict = field(default_factory=dict, compare=False, hash=False, repr=False)

    def value(self, name):
        """A small non-zero rational for the variable called name, always the same one."""
        if name not in self.cache:
            rng = random.Random(f"{self.seed}:{name!r}")
            size = Fraction(rng.randint(2, 11), rng.randint(4, 9))
            if name[0] == "label":
                size = Fraction(rng.randint(11, 14), 20) if self.number and name[-1] == 1 + self.number % 3 else size / 200  # another one is the largest
            if self.unit:
                size = Fraction(rng.randint(1, 9), rng.randint(20, 40))
            known = name[0] == "label" or "*" in self.positive or name[0] in self.positive
            if name[0] != "label":
                size *= self.scale
            negative = not known and rng.random() < 0.45
            self.cache[name] = -size if negative else size
        return self.cache[name]

    def point(self, name):
        """The value as the kernel's numbers want it; an unknown function gets a number of its own for each argument."""
        if name[0] == "fun":
            return 0.3 + random.Random(f"{self.seed}:{name!r}").random()
        return self.value(name)

    def word_of_text(self, place):
        """The word at a place of a text that a sum runs through; words come again there, in every window too."""
        return 1 + (5 * place * place + 3 * place + self.number + self.o) % self.sizes["V"]

    def word_at(self, position):
        """The word at a position of the text, or None outside the window."""
        return self.window.get(position - START)


def instances(names, distinct=True, o_drawn=False, repeated_window=False, soft=False, own=False):
    """The instances for a text whose sizes have these names, own: and are all its own; hypotheses that are not in force are broken in some of them."""
    made = []
    for n in range(4):
        sizes = {name: SIZES[name][n] for name in SIZES}
        rest = list(OWN[n]) if own else [s for s in OTHERS[n] if s not in sizes.values()]
        for name in sorted(set(names) - set(SIZES)):
            sizes[name] = rest.pop(0) if rest else 14 + len(sizes)
        words, samples = sizes["V"], sizes["K"]
        o, c = ((3, 1), (4, 4), (1, 2), (2, 3))[n]
        pool = [w for w in (c, *range(words, 0, -1)) if w != o] * 3
        pool = list(dict.fromkeys(pool)) + pool
        draws = pool[:samples]
        window = {j: 1 + (3 * j * j + 5 * j + o + n) % words for j in range(-sizes["m"], sizes["m"] + 1)}
        window = different_words(window, words) if not repeated_window else window
        window[0] = c
        if not distinct and n % 2 == 0:
            draws[-1] = draws[0]
        if o_drawn and n in (1, 2):
            draws[1] = o
        made.append(Instance(n, sizes, o, c, tuple(draws), window, soft, seed=17 + n))
    return made


def different_words(window, words):
    """The window with different words as far as the vocabulary reaches."""
    free, found = [w for w in range(1, words + 1)], {}
    for j in sorted(window):
        if j:
            found[j] = free[(2 * len(found) + 1) % len(free)] if free else 1
            if found[j] in free:
                free.remove(found[j])
    return found


def again(instance, seed, positive=frozenset(), unit=False, scale=1):
    """The instance with other values, those of some names positive, or all of them small, or so many times as large."""
    return replace(instance, seed=1000 * seed + instance.number, positive=frozenset(positive), unit=unit, scale=scale, cache={})


def broken(instance, hypothesis):
    """The instance with one standing hypothesis broken."""
    words = sorted(set(range(1, instance.sizes["V"] + 1)) - {instance.o})
    if hypothesis == "y one-hot":
        return replace(instance, soft=True, cache={})
    if hypothesis == "indices distinct":
        return replace(instance, repeated=True, cache={})
    if hypothesis == "indices other than o":
        return replace(instance, hits=True, cache={})
    draws = list(instance.draws)
    if hypothesis == "negatives distinct":
        draws[-1] = draws[0]
    elif hypothesis == "o not among the negatives":
        draws[0] = instance.o
    else:
        window = {j: words[0] for j in instance.window if j} | {0: instance.c}
        return replace(instance, window=window, cache={})
    return replace(instance, draws=tuple(draws), cache={})
