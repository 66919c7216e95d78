"""What the pages show: tables, source, figures, the example of five words, and results that were measured.

Only pages import this package; `results` reads what `tests/benchmarks` wrote into `data`.
"""

from w2v.chapters import toy
from w2v.chapters.display import BLUE, GREEN, GREY, ORANGE, PINK, show_line, show_source, show_table, use_book_style
from w2v.chapters.labels import label_points
from w2v.chapters.notation import notation_table
from w2v.chapters.plan import draw_plan
from w2v.chapters.results import (
    cores_table,
    large_text_table,
    made_on,
    measured,
    parallel_table,
    scores_table,
    shards_table,
)
from w2v.chapters.said import says
from w2v.chapters.tree_picture import draw_tree

__all__ = [
    "BLUE",
    "GREEN",
    "GREY",
    "ORANGE",
    "PINK",
    "cores_table",
    "draw_plan",
    "draw_tree",
    "label_points",
    "large_text_table",
    "made_on",
    "measured",
    "notation_table",
    "parallel_table",
    "says",
    "scores_table",
    "shards_table",
    "show_line",
    "show_source",
    "show_table",
    "toy",
    "use_book_style",
]
