"""sweep(plot, x=(start, stop, count)): a slider for any matplotlib function of one parameter."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Data, Field
from w2v.support.drawing import STYLE, inline


def sweep(
    plot: Callable, *, start_at: float | str | None = None, size: tuple[float, float] = (4.7, 2.8), **parameter: Any
) -> "SweepExplorer":
    """Returns a figure with one slider; `plot(value, ax)` draws on a matplotlib axes.

    The one other keyword names the parameter and gives (start, stop, count): sweep(plot, temperature=(0.2, 4, 40)). From whole
    numbers in whole steps, as in words=(1, 9, 9), `plot` gets ints; from words, as in word=("cat", "milk"), it gets one of them.
    On a page all frames are drawn beforehand; with a kernel each is drawn when it is asked for.

    >>> figure = sweep(lambda n, ax: ax.plot([0, n]), n=(1, 3, 3))
    >>> figure.value
    2
    """
    if not callable(plot):
        raise TypeError(f"sweep: plot: expected a function of (value, ax), got {plot!r}")
    if len(parameter) != 1:
        raise TypeError(
            f"sweep: expected exactly one parameter such as x=(0, 1, 40), got {sorted(parameter) or 'none'}"
        )
    if not (isinstance(size, (tuple, list)) and len(size) == 2 and all(_number(s) and 0 < s <= 40 for s in size)):
        raise ValueError(f"sweep: size: expected (width, height) in inches, 40 at most, got {size!r}")
    ((name, grid),) = parameter.items()
    values = grid_of(name, grid)
    value: Any = values[len(values) // 2] if start_at is None else start_at
    if isinstance(values[0], str):
        if value not in values:
            raise ValueError(f"sweep: start_at: expected one of {', '.join(values)}, got {value!r}")
        return SweepExplorer(plot, name, range(len(values)), size, words=values, value=values.index(value))
    whole = isinstance(values[0], int)
    if not _number(value) or not values[0] <= value <= values[-1] or whole and value != int(value):
        raise ValueError(
            f"sweep: start_at: expected {'an int' if whole else 'a number'} from {values[0]:g} to {values[-1]:g}, got {value!r}"
        )
    return SweepExplorer(plot, name, values, size, value=int(value) if whole else float(value))


def _number(value):
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool) and bool(np.isfinite(value))


def grid_of(name, grid):
    """Returns the values from (start, stop, count), ints if all of them are whole, or the words; raises ValueError with the name otherwise."""
    if isinstance(grid, (tuple, list)) and len(grid) > 1 and all(isinstance(word, str) and word for word in grid):
        return list(grid)
    fits = (
        isinstance(grid, (tuple, list))
        and len(grid) == 3
        and all(map(_number, grid))
        and grid[0] < grid[1]
        and isinstance(grid[2], (int, np.integer))
        and 2 <= grid[2] <= 200
    )
    if not fits:
        raise ValueError(
            f"sweep: {name}: expected (start, stop, count) with start < stop and 2 to 200 frames, or words, got {grid!r}"
        )
    start, stop, count = grid
    if (
        isinstance(start, (int, np.integer))
        and isinstance(stop, (int, np.integer))
        and (stop - start) % (count - 1) == 0
    ):
        return list(range(int(start), int(stop) + 1, int(stop - start) // (int(count) - 1)))
    return np.linspace(start, stop, count).tolist()


class SweepExplorer(Explorer):
    """A matplotlib figure with one parameter, `value`, a number or the place of a word among `words`; made by `sweep`."""

    label = Data("")
    words = Data([])
    value = Field(0.0, -1e300, 1e300)
    drawn = Data({})
    live = Data("")

    def __init__(self, plot, label, values, size, words=(), **state):
        self._plot, self._size, self._words, self._range = plot, size, list(words), (values[0], values[-1])
        frames = [self._frame(value) for value in values]
        super().__init__(label=label, words=self._words, drawn=pack(frames), **state)
        self.observe(self._draw, "value")

    def limits(self) -> dict[str, dict]:
        """Returns the limits of the slider."""
        return {"value": {"low": self._range[0], "high": self._range[1], "whole": isinstance(self._range[0], int)}}

    def _draw(self, change):
        self.live = self._frame(change["new"])

    def _frame(self, value):
        """The frame at a value; whole numbers stay whole, also when a slider sends them, and a place becomes its word."""
        place = round(value) if isinstance(self._range[0], int) else value
        return svg(self._plot, self._words[place] if self._words else place, self._size)


def svg(plot, value, size):
    """Returns the figure that `plot(value, ax)` draws, as an element that follows the theme of the page."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=size, layout="constrained")
        plot(value, figure.subplots())
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return inline(out.getvalue())


def pack(frames):
    """Returns {lines, frames, count}: every distinct line once, and each frame as indices into them."""
    index = {}
    rows = [[index.setdefault(line, len(index)) for line in frame.splitlines()] for frame in frames]
    return {"lines": list(index), "frames": rows, "count": len(frames)}
