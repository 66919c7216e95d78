"""Drawings as parts of the page: colours and font are the page's, ids are their own, labels cover nothing."""

import logging
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Text

from drawings import named
from w2v.chapters import BLUE, ORANGE, draw_tree, label_points, toy
from w2v.explorers.sweep import svg
from w2v.losses import tree_of
from w2v.support.drawing import inline

FILE = """<?xml version="1.0"?>
<svg width="352.8pt" height="216pt" viewBox="0 0 352.8 216" xmlns="http://www.w3.org/2000/svg">
 <metadata>made by</metadata><defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
 <g id="axes_1"><defs><path id="m1" d="M0 0" style="stroke: #000000"/></defs><use xlink:href="#m1" style="fill: #1858B8"/>
 <g clip-path="url(#p1)"><text style="font: italic 12px 'DejaVu Sans', sans-serif; fill: #a34700">x</text></g></g>
 <clipPath id="p1"><rect width="9" height="9"/></clipPath></svg>
"""


def test_a_drawing_takes_colours_and_font_from_the_page():
    drawn = inline(FILE)
    assert drawn.startswith('<svg class="w2v-drawing" viewBox="0 0 352.8 216"') and drawn.endswith("</svg>")
    for role in ("stroke: var(--w2v-ink)", "fill: var(--w2v-model)", "fill: var(--w2v-true)"):
        assert role in drawn
    assert "font-size: 12px; font-style: italic" in drawn
    assert not re.search(r"DejaVu|metadata|<style|#[0-9a-f]{6}", drawn, re.I)


def test_what_this_matplotlib_draws_has_no_font_of_its_own():
    drawn = svg(lambda value, axes: axes.set(xlabel=f"x at {value}"), 3, (3, 2))
    assert "x at 3</text>" in drawn and not re.search(r"font-family|font:", drawn)


def test_the_ids_of_a_drawing_are_its_own_and_only_those_in_use():
    drawn = inline(FILE, "a-")
    assert re.findall(r' id="([^"]*)"', drawn) == ["a-m1", "a-p1"]
    assert 'href="#a-m1"' in drawn and "url(#a-p1)" in drawn


def test_a_drawing_is_named_by_its_description():
    assert 'role="img" aria-label="a &lt; b"' in named(FILE, "a < b")
    ids = [re.findall(r' id="([^"]*)"', named(FILE, "the same twice", number)) for number in (0, 1)]
    assert not set(ids[0]) & set(ids[1])


def overlaps(figure, ax, points):
    """How many pairs of a text with another text or with a point share more than a hair."""
    figure.draw_without_rendering()
    boxes = [Text.get_window_extent(text) for text in ax.texts]  # without the line that leads to a far name
    pairs = sum(
        a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1 for i, a in enumerate(boxes) for b in boxes[i + 1 :]
    )
    return pairs + sum(box.contains(*p) for box in boxes for p in ax.transData.transform(points))


def scattered(label, crowd=1.0):
    points = np.random.default_rng(2).normal(size=(14, 2)) * [1, 2]
    points[:8] *= crowd
    figure, ax = plt.subplots(figsize=(5, 5))
    ax.scatter(*points.T)
    ax.margins(0.15)
    label(ax, points, [f"word {i}" for i in range(14)])
    try:
        return overlaps(figure, ax, points)
    finally:
        plt.close(figure)


def test_labels_cover_neither_points_nor_each_other():
    def beside(ax, points, names):
        for name, point in zip(names, points):
            ax.annotate(name, point, (3, 2), textcoords="offset points")

    def apart(ax, points, names):
        label_points(ax, points, names, [BLUE] * len(names))

    assert scattered(apart) == scattered(apart, crowd=0.25) == 0
    assert scattered(beside) > 0, "labels set down anyhow are not noticed"


def test_no_branch_of_a_tree_crosses_a_label():
    figure, ax = plt.subplots(figsize=(4.9, 3.4))
    draw_tree(ax, tree_of(((0, 1), (2, (3, 4)))), toy.WORDS, 4, toy.center_vectors()[2], toy.outside_vectors()[:4])
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts]
    crossed = [
        box
        for line in ax.lines
        for box in boxes
        if line.get_transform().transform_path(line.get_path()).intersects_bbox(box, filled=False)
    ]
    plt.close(figure)
    assert len(boxes) == 13 and not crossed


def test_labels_without_points_are_refused():
    with pytest.raises(ValueError, match="expected 2 rows of 2 numbers"):
        label_points(None, [[0, 0]], ["a", "b"], [BLUE, ORANGE])


def test_the_making_of_the_font_cache_is_no_news_for_a_reader(caplog):
    told = logging.getLogger("matplotlib.font_manager")
    told.warning("Matplotlib is building the font cache; this may take a moment.")
    told.warning("findfont: Font family 'Serif of nobody' not found.")
    assert caplog.messages == ["findfont: Font family 'Serif of nobody' not found."]
