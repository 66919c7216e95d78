"""The plan of the book as a picture: a box for each chapter with results, their ids, and what builds on what."""

from typing import TYPE_CHECKING

from w2v.chapters.display import BLUE, GREEN, GREY, ORANGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# page: (x, y, title, ids, colour)
BOXES = {
    "cross_entropy": (1.5, 10, "cross-entropy", "T01 T02 N2", BLUE),
    "softmax_gradients": (1.5, 8, "softmax gradients", "T03–T13 N3", BLUE),
    "second_derivative": (0.5, 6, "second derivative", "T35–T37", BLUE),
    "sigmoid": (5.4, 10, "sigmoid", "T14–T17", ORANGE),
    "negative_sampling": (5.9, 8, "negative sampling", "T18–T22 N1", ORANGE),
    "sampling_cost": (9.0, 6, "cost", "T23 T24", ORANGE),
    "sampling_optimum": (6.65, 6, "optimum", "N4", ORANGE),
    "skip_gram": (3.95, 6, "the window", "T25", GREY),
    "real_text": (4.3, 4, "real text", "N5", GREY),
    "cbow": (1, 4, "CBOW", "T26–T29", GREEN),
    "hierarchical_softmax": (8.6, 10, "hierarchical\nsoftmax", "T30–T34", GREEN),
    "factorisation": (7, 4, "factorisation", "N6", GREEN),
    "glove": (7, 2, "GloVe", "T38 T39", GREEN),
}
ARROWS = (
    ("cross_entropy", "softmax_gradients"),
    ("softmax_gradients", "second_derivative"),
    ("softmax_gradients", "skip_gram"),
    ("sigmoid", "negative_sampling"),
    ("negative_sampling", "skip_gram"),
    ("skip_gram", "real_text"),
    ("skip_gram", "cbow"),
    ("negative_sampling", "sampling_cost"),
    ("negative_sampling", "sampling_optimum"),
    ("sampling_optimum", "factorisation"),
    ("factorisation", "glove"),
)


def draw_plan(axes: "Axes") -> None:
    """Draws the boxes and arrows on a matplotlib axes.

    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> draw_plan(axes)
    >>> len(axes.texts) > 10
    True
    """
    axes.set(xlim=(-1.4, 9.9), ylim=(1.1, 10.9), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    for start, end in ARROWS:
        (x, y), (x_end, y_end) = BOXES[start][:2], BOXES[end][:2]
        axes.annotate("", (x_end, y_end + 0.65), (x, y - 0.65), arrowprops={"arrowstyle": "-|>", "color": GREY})
    for x, y, title, ids, colour in BOXES.values():
        box = {"boxstyle": "round,pad=0.5", "facecolor": "none", "edgecolor": colour, "linewidth": 1.5}
        axes.text(x, y, f"{title}\n{ids}", ha="center", va="center", bbox=box)


def placed() -> dict[str, list[str]]:
    """{page: ids} of the plan, with T03–T13 written out."""
    return {page: [id for part in box[3].split() for id in _ids(part)] for page, box in BOXES.items()}


def _ids(part):
    first, _, last = part.partition("–")
    return [f"T{n:02}" for n in range(int(first[1:]), int(last[1:]) + 1)] if last else [first]
