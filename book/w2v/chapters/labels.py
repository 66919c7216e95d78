"""Words beside the points of a scatter plot, where they cover as little as possible."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

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
        boxes = [_box(place, half, spot) for spot in SPOTS]
        best = min(
            range(len(SPOTS)), key=lambda i: sum(_overlap(boxes[i], b) for b in taken) + 9 * _outside(boxes[i], frame)
        )
        taken.append(boxes[best])
        middle = (boxes[best][:2] + boxes[best][2:]) / 2 - place
        ax.annotate(name, point, middle, textcoords="offset points", color=color, ha="center", va="center")


def _size(ax):
    """The height of the letters of the figure's texts, in points."""
    return ax.xaxis.label.get_fontsize()


def _box(place, half, spot):
    """(left, bottom, right, top) of a text at one of the eight sides of a point."""
    middle = place + np.array(spot) * (half + [4, 2 if spot[0] else 4])
    return np.r_[middle - half, middle + half]


def _overlap(a, b):
    """The area that two boxes share."""
    width, height = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    return max(0.0, width) * max(0.0, height)


def _outside(box, frame):
    """How far a box sticks out of the frame, times its length."""
    return 20 * (np.maximum(0, frame[:2] - box[:2]).sum() + np.maximum(0, box[2:] - frame[2:]).sum())
