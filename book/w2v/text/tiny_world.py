"""A tiny world: English sentences from a grammar of its own, whose similarities are known in advance.

A scene is a table of rows and a list of sentence patterns. A sentence takes one row and one
pattern; `{capital}` is filled from the row, a slot that is no column of the scene from CHOICES.
So words of one column (capitals) meet the same words and should end up near each other, and
words of one row (france, paris) share company that no other row has.

>>> tiny_world.text(tokens=6)
'In spring the swallow flies over the tree.'
>>> len(tiny_world.world().groups["capital"])
16
"""

from dataclasses import dataclass
from string import Formatter

import numpy as np

from w2v.support import validate
from w2v.text.tiny_world_words import CHOICES, SCENES


@dataclass(frozen=True)
class World:
    """The structure a model should recover.

    `groups` {name: words} holds words that are alike, `rows` tuples of words that belong together
    (france, paris, french, franc), `pairs` {(name, name): pairs of words of one row}.
    """

    groups: dict
    rows: tuple
    pairs: dict


def text(tokens: int = 200_000, seed: int = 1) -> str:
    """Sentences in English, each ended by a full stop, with `tokens` words or up to one sentence more."""
    tokens, rng = (
        validate.integer("tokens", tokens, least=1),
        np.random.default_rng(validate.integer("seed", seed, least=0)),
    )
    patterns = [(columns, rows, _slots(pattern)) for columns, rows, patterns in _scenes() for pattern in patterns]
    sentences, written = [], 0
    while written < tokens:
        sentence = _sentence(rng, *_one_of(rng, patterns))
        written += sentence.count(" ") + 1
        sentences.append(sentence)
    return " ".join(f"{sentence}." for sentence in sentences)


def world() -> World:
    """The World of the grammar."""
    groups, together, pairs = {name: tuple(words.split()) for name, words in CHOICES.items()}, [], {}
    for columns, rows, _ in _scenes():
        groups.update(zip(columns, zip(*rows)))
        together += [tuple(row) for row in rows if len(row) > 1]
        pairs.update(
            {(columns[0], name): tuple((row[0], row[i]) for row in rows) for i, name in enumerate(columns) if i}
        )
    return World(groups, tuple(together), pairs)


def _scenes():
    """SCENES as (column names, rows of words, patterns); a scene without columns has one empty row."""
    for columns, rows, patterns in SCENES:
        lines = [row.split() for row in rows.replace("\n", "|").split("|")]
        yield columns.split(), lines, [line.strip() for line in patterns.splitlines()]


def _slots(pattern):
    """The pattern as a list of (literal text, slot name or None)."""
    return [(literal, name) for literal, name, _, _ in Formatter().parse(pattern)]


def _sentence(rng, columns, rows, slots):
    row = dict(zip(columns, _one_of(rng, rows)))
    filled = (literal + (_fill(rng, row, name) if name else "") for literal, name in slots)
    return "".join(filled).capitalize()


def _fill(rng, row, name):
    return row[name] if name in row else _one_of(rng, _CHOICES[name])


def _one_of(rng, items):
    return items[int(rng.random() * len(items))]


_CHOICES = {name: words.split() for name, words in CHOICES.items()}
