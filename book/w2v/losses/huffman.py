"""Binary trees whose leaves are the words, and the one with the shortest paths for given counts.

As in word2vec.c, node w is the word w, for w in 0..V-1, and node V + i is the inner node i, for
i in 0..V-2; the root is the last inner node. Source: Huffman (1952).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from reprlib import repr as shortened

import numpy as np
from numpy.typing import ArrayLike

from w2v.support import validate


@dataclass(frozen=True)
class Tree:
    """`children[i]` = (yes, no), the nodes below inner node i; an inner node comes after those below it.

    ValueError unless every node but the root is the child of exactly one inner node.

    >>> tree = Tree(((1, 0), (2, 3)))  # node 3 joins the words 1 and 0, node 4 word 2 and node 3
    >>> tree.code(0), tree.lengths
    ('11', array([2, 2, 1]))
    """

    children: tuple

    def __post_init__(self):
        pairs = _pairs(self.children)
        object.__setattr__(self, "children", pairs)
        below = [node for pair in pairs for node in pair]
        if sorted(below) != list(range(2 * len(pairs))):
            wrong = next(
                node for node in [*below, *range(2 * len(pairs))] if below.count(node) != (0 <= node < 2 * len(pairs))
            )
            raise ValueError(
                f"children: expected each node in 0..{2 * len(pairs) - 1} once, got node {wrong} {below.count(wrong)} times"
            )
        late = [i for i, pair in enumerate(pairs) if max(pair) >= len(self) + i]
        if late:
            raise ValueError(
                f"children: expected inner nodes after those below them, got {pairs[late[0]]} below inner node {late[0]}"
            )

    def __len__(self):
        """The number of words, V."""
        return len(self.children) + 1

    @cached_property
    def paths(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each word, ((inner node, +1 for yes or -1 for no), ...) from the root down."""
        paths: list[tuple[tuple[int, int], ...]] = [()] * (2 * len(self) - 1)
        for i in reversed(range(len(self.children))):
            for node, sign in zip(self.children[i], (1, -1)):
                paths[node] = (*paths[len(self) + i], (i, sign))
        return tuple(paths[: len(self)])

    def path(self, w: int) -> tuple[np.ndarray, np.ndarray]:
        """(nodes, signs) of word w, root first: inner nodes as ints and +-1.0 as floats, both of shape (L_w,)."""
        nodes, signs = zip(*self.paths[validate.word("w", w, len(self))])
        return np.array(nodes), np.array(signs, dtype=float)

    def code(self, w: int) -> str:
        """The code of word w as word2vec.c writes it, '0' for yes and '1' for no, root first."""
        return "".join("0" if sign > 0 else "1" for _, sign in self.paths[validate.word("w", w, len(self))])

    @cached_property
    def lengths(self) -> np.ndarray:
        """L_w for each word: how many inner nodes stand on its path; an int array of shape (V,)."""
        return np.array([len(path) for path in self.paths])

    def expected_length(self, counts: ArrayLike) -> float:
        """sum_w f_w L_w with f_w = counts_w / sum_x counts_x; a float."""
        counts = _counts(counts, len(self))
        return float(counts @ self.lengths / counts.sum())


def tree_of(nested: tuple | list) -> Tree:
    """The Tree written as nested pairs of word indices, yes first: tree_of(((1, 0), (2, 3))).

    >>> tree_of(((1, 0), (2, 3))).code(3)
    '11'
    """
    pending, seen, children = [nested], [], []
    while pending:
        node = pending.pop()
        seen.append(node)
        if isinstance(node, (tuple, list)):
            if len(node) != 2:
                raise ValueError(f"nested: expected pairs of nodes, got {len(node)} nodes in {shortened(node)}")
            pending.extend(node)
    vocabulary, number = sum(not isinstance(node, (tuple, list)) for node in seen), {}
    for node in reversed(seen):  # every node comes after those below it
        if isinstance(node, (tuple, list)):
            number[id(node)] = vocabulary + len(children)
            children.append(tuple(number[id(child)] if isinstance(child, (tuple, list)) else child for child in node))
    return Tree(tuple(children))


def huffman_tree(counts: ArrayLike) -> Tree:
    """The Tree of least expected path length; the rarer of two nodes that are joined is the yes side.

    Time and again, the two nodes of smallest count are joined into a new one. Ties as in word2vec.c:
    an inner node before a word, the older inner node before the newer, the later word before the earlier.

    >>> tree = huffman_tree([50, 30, 20])
    >>> [tree.code(w) for w in range(3)], tree.expected_length([50, 30, 20])
    (['1', '01', '00'], 1.5)
    """
    counts = _counts(counts)
    words = sorted(range(len(counts)), key=lambda w: (-counts[w], w))
    totals, children, first = [], [], 0  # inner nodes arise in order of their totals: a queue that starts at `first`
    for _ in range(len(counts) - 1):
        pair = []
        for _ in range(2):
            if first == len(totals) or words and counts[words[-1]] < totals[first]:
                pair.append((words[-1], counts[words.pop()]))
            else:
                pair.append((len(counts) + first, totals[first]))
                first += 1
        children.append((pair[0][0], pair[1][0]))
        totals.append(pair[0][1] + pair[1][1])
    return Tree(tuple(children))


def all_trees(vocabulary: int) -> Iterator[Tree]:
    """Every tree of the words 0..vocabulary-1, up to swapping children: 1, 3, 15, 105, 945 of 2, 3, 4, 5, 6 words.

    >>> len(list(all_trees(5)))
    105
    """
    vocabulary = validate.integer("vocabulary", vocabulary, least=2)
    return (tree_of(nested) for nested in _nested(tuple(range(vocabulary))))


def _nested(words):
    """Nested pairs; the first word stays on the yes side, so that no tree comes twice."""
    if len(words) == 1:
        yield words[0]
        return
    first, rest = words[0], words[1:]
    for size in range(len(rest)):
        for beside in combinations(rest, size):
            others = tuple(w for w in rest if w not in beside)
            for yes in _nested((first, *beside)):
                for no in _nested(others):
                    yield yes, no


def _pairs(children):
    try:
        pairs = tuple((yes, no) for yes, no in children)
    except (TypeError, ValueError):
        raise TypeError(f"children: expected a pair of nodes for each inner node, got {shortened(children)}") from None
    wrong = [
        node for pair in pairs for node in pair if isinstance(node, bool) or not isinstance(node, (int, np.integer))
    ]
    if wrong:
        raise TypeError(f"children: expected nodes, ints, got {wrong[0]!r} of type {type(wrong[0]).__name__}")
    if not pairs:
        raise ValueError("children: expected at least two words, so at least one inner node, got none")
    return tuple((int(yes), int(no)) for yes, no in pairs)


def _counts(counts, size=None):
    counts = validate.vector("counts", counts, size)
    if counts.size < 2:
        raise ValueError("counts: expected at least two words, got 1")
    if counts.min() <= 0:
        raise ValueError(f"counts: expected a number above 0 for every word, got {counts.min():g}")
    return counts
