"""A tree of words drawn on a matplotlib axes, with the path of one word and the probabilities at its branches."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from w2v.chapters.display import BLUE, GREY, ORANGE
from w2v.losses.functions import sigmoid
from w2v.losses.hierarchical_softmax import word_probabilities

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from w2v.losses.huffman import Tree


def draw_tree(
    ax: "Axes",
    tree: "Tree",
    words: Sequence[str],
    w: int | None = None,
    v_c: np.ndarray | None = None,
    inner: np.ndarray | None = None,
) -> None:
    """Draws `tree` with the root on top, yes to the left; the path of word `w` in colour, if given.

    `words` are the names of the leaves. With a center vector and the inner vectors, each branch carries
    its probability and each leaf that of its word.

    >>> from matplotlib.figure import Figure
    >>> from w2v.losses import huffman_tree
    >>> axes = Figure().subplots()
    >>> draw_tree(axes, huffman_tree([50, 30, 20]), ["the", "cat", "milk"], w=2)
    >>> sorted(text.get_text() for text in axes.texts if text.get_text().isalpha())
    ['cat', 'milk', 'no', 'no', 'the', 'yes', 'yes']
    """
    if len(words) != len(tree):
        raise ValueError(f"words: expected a name for each of the {len(tree)} words of the tree, got {len(words)}")
    places, path = places_of(tree), set() if w is None else set(tree.paths[w])
    chances = None if v_c is None or inner is None else (sigmoid(inner @ v_c), word_probabilities(v_c, inner, tree))
    for i, pair in enumerate(tree.children):
        for node, sign in zip(pair, (1, -1)):
            _branch(
                ax,
                places[len(tree) + i],
                places[node],
                sign,
                (i, sign) in path,
                None if chances is None else chances[0][i],
            )
    for node, (x, y) in enumerate(places):
        if node < len(tree):
            below = "" if chances is None else f"\n{chances[1][node]:.3f}"
            ax.text(x, y - 0.12, words[node] + below, ha="center", va="top", color=ORANGE if node == w else "black")
        else:
            ax.plot(
                x, y, "o", color=ORANGE if any(i == node - len(tree) for i, _ in path) else BLUE, markersize=7, zorder=3
            )
    deepest = -float(tree.lengths.max())
    ax.set(xlim=(-0.6, len(tree) - 0.4), ylim=(deepest - 0.9, 0.25))
    ax.axis("off")


def places_of(tree):
    """(x, y) of every node: the words stand side by side in the order of the tree, an inner node between its children."""
    across, depth = [0.0] * (2 * len(tree) - 1), [0] * (2 * len(tree) - 1)
    pending, column = [2 * len(tree) - 2], 0
    while pending:  # words from left to right, so the yes side is taken first
        node = pending.pop()
        if node < len(tree):
            across[node], column = column, column + 1
            continue
        yes, no = tree.children[node - len(tree)]
        depth[yes] = depth[no] = depth[node] + 1
        pending += [no, yes]
    for i, (yes, no) in enumerate(tree.children):
        across[len(tree) + i] = (across[yes] + across[no]) / 2
    return [(x, -y) for x, y in zip(across, depth)]


def _branch(ax, above, below, sign, on_path, chance):
    """One line from an inner node to a child; at its middle yes or no, and with what probability."""
    color = ORANGE if on_path else GREY
    ax.plot(*zip(above, below), color=color, linewidth=2.5 if on_path else 1, zorder=2)
    label = "yes" if sign > 0 else "no"
    if chance is not None:
        label += f"\n{chance if sign > 0 else 1 - chance:.2f}"
    x, y = (above[0] + below[0]) / 2, (above[1] + below[1]) / 2
    side = "right" if sign > 0 else "left"  # above the line, which falls away from the label
    ax.text(x - 0.07 * sign, y, label, color=color, ha=side, va="bottom", linespacing=1)
