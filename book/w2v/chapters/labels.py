"""Words beside the points of a scatter plot, where they cover as little as possible."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

REACHES = (0, 14, 28, 42)  # how far from its usual place a name may stand, in points; a line then leads to it
SPOTS = [(1, 0), (1, 1), (1, -1), (0, 1), (0, -1), (-1, 1), (-1, -1), (-1, 0)]


def label_points(
    ax: Axes, points: ArrayLike, names: Sequence[str], colors: Sequence[str], avoid: ArrayLike = ()
) -> None:
    """Writes a name beside each of `points` (len(names), 2) in its colour, clear of these points, of those to `avoid`, and of the names before it.

    Call it when the axes have their limits and the figure its size.

    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> label_points(axes, [[0.2, 0.2], [0.8, 0.8]], ["cat", "dog"], [BLUE, ORANGE])
    >>> [text.get_text() for text in axes.texts]
    ['cat', 'dog']
    """
    points = np.asarray(points, dtype=float)
    if points.shape != (len(names), 2) or len(colors) != len(names):
        raise ValueError(f"points: expected {len(names)} rows of 2 numbers and as many colors, got {points.shape}")
    figure = ax.figure
    if not isinstance(figure, Figure):
        raise ValueError("ax: expected axes of a figure")
    figure.draw_without_rendering()
    scale = 72 / figure.dpi
    size = _size(ax)
    at = ax.transData.transform(points) * scale
    frame = np.array(ax.bbox.extents) * scale
    others = ax.transData.transform(np.reshape(avoid, (-1, 2))) * scale
    taken = [np.r_[p - 3, p + 3] for p in (*at, *others)]
    for point, name, color, place in zip(points, names, colors, at):
        half = np.array([0.29 * size * len(name), 0.55 * size])
        boxes = [(reach, _box(place, half, spot, reach)) for reach in REACHES for spot in SPOTS]
        reach, best = min(boxes, key=lambda found: found[0] + _price(found[1], taken, frame))
        taken.append(best)
        line = {"arrowstyle": "-", "color": color, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 3} if reach else None
        middle = (best[:2] + best[2:]) / 2 - place
        ax.annotate(
            name, point, middle, textcoords="offset points", arrowprops=line, color=color, ha="center", va="center"
        )


def _size(ax):
    """The height of the letters of the figure's texts, in points."""
    return ax.xaxis.label.get_fontsize()


def _price(box, taken, frame):
    """How much of what is there already a box would cover, and how far it sticks out."""
    return sum(_overlap(box, other) for other in taken) + 9 * _outside(box, frame)


def _box(place, half, spot, reach):
    """(left, bottom, right, top) of a text at one of the eight sides of a point, farther away by `reach`."""
    middle = place + np.array(spot) * (half + [4, 2 if spot[0] else 4] + reach / np.linalg.norm(spot))
    return np.r_[middle - half, middle + half]


def _overlap(a, b):
    """The area that two boxes share."""
    width, height = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    return max(0.0, width) * max(0.0, height)


def _outside(box, frame):
    """How far a box sticks out of the frame, times its length."""
    return 20 * (np.maximum(0, frame[:2] - box[:2]).sum() + np.maximum(0, box[2:] - frame[2:]).sum())
