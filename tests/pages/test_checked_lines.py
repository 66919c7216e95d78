"""The book checks itself: marks at the lines, counts on the page, and no build with a line that is not proved."""

import re
from collections import Counter
from types import SimpleNamespace

import pytest
from docutils import nodes

import checked_lines
from checked_lines import MARKS, in_words, marked
from mutation import mutant

PROVED, WRONG = SimpleNamespace(status="proved"), SimpleNamespace(status="refuted")


def test_each_row_of_an_aligned_display_gets_its_own_mark():
    tex = "\\begin{aligned} a &= b \\\\ &= c = d \\end{aligned}"
    rows = marked(tex, [PROVED, PROVED, WRONG]).split("\\\\")
    assert rows[0].count("\\checkmark") == 1 and "\\times" not in rows[0]
    assert rows[1].count("\\checkmark") == 1 and rows[1].count("\\times") == 1


def test_marks_that_cannot_be_told_apart_by_row_stand_at_the_end():
    tex = "\\begin{aligned} a &= b \\\\ &+ c \\end{aligned}"
    assert marked(tex, [PROVED]).endswith("\\end{aligned} \\qquad " + MARKS["proved"])


def test_a_display_without_steps_is_left_alone():
    assert marked("a + b", []) == "a + b"


def warnings_of(module, tex, steps, monkeypatch):
    """What the build says of a display of a page, given the steps that the checker found there."""
    said = []
    monkeypatch.setattr(
        module, "logger", SimpleNamespace(warning=lambda words, **place: said.append((words, place["location"])))
    )
    block = nodes.math_block("", tex)
    block.line = 7
    module._mark_displays(nodes.section("", block), "book/page", steps)
    return said


def test_a_displayed_equality_that_the_checker_did_not_find_is_a_fault(monkeypatch):
    fault = [("this displayed equality was not checked", ("book/page", 7))]
    assert warnings_of(checked_lines, "a = b", [], monkeypatch) == fault
    assert warnings_of(checked_lines, "a = b", [SimpleNamespace(status="proved", line=9)], monkeypatch) == fault
    assert warnings_of(checked_lines, "a = b", [SimpleNamespace(status="proved", line=7)], monkeypatch) == []
    assert warnings_of(checked_lines, r"a + b_{i=1} \text{for } x", [], monkeypatch) == []


def test_an_unchecked_display_let_through_is_noticed(monkeypatch):
    changed = mutant(checked_lines, "if not own and _has_equality", "if False and _has_equality")
    assert warnings_of(changed, "a = b", [], monkeypatch) == []


@pytest.mark.parametrize(
    "counts, words",
    [
        ({"proved": 1}, "1 step: 1 proved"),
        ({"proved": 28, "definition": 2}, "30 steps: 28 proved, 2 definitions"),
        (
            {"proved": 2, "definition": 1, "wrong": 1},
            "4 steps: 2 proved, 1 definition, 1 shown because wrong, as declared",
        ),
    ],
)
def test_the_counts_in_words(counts, words):
    assert in_words(Counter(counts)) == words


def test_a_proved_line_is_marked_and_counted(sound):
    assert "w2v-mark" in sound("proved") and "1 step: 1 proved" in sound("proved")


def test_a_false_line_fails_the_build_with_file_and_line(faulty):
    [(line, words)] = faulty("false_line")
    assert line == 12 and words.startswith("refuted: ")


def test_a_false_line_may_be_shown_if_its_verdict_is_declared(sound):
    assert "w2v-mark-wrong" in sound("declared") and "1 shown because wrong, as declared" in sound("declared")


def test_a_declared_verdict_that_does_not_come_fails_the_build(faulty):
    [(_, words)] = faulty("declared_in_vain")
    assert words.startswith("proved: ")


def test_a_hypothesis_that_is_not_stated_fails_the_build_with_file_and_line(faulty):
    [(line, words)] = faulty("unstated")
    assert line and words.startswith("needs 'w != o', which the page does not state")


def test_a_definition_that_is_not_the_one_of_sympy_fails_the_build_with_file_and_line(faulty):
    [(line, words)] = faulty("wrong_definition")
    assert line and words.startswith("the definition of Z is not the expression")


def test_the_coverage_table_adds_up(site):
    html = (site / "book/how_it_is_checked.html").read_text("utf-8")
    table = html[html.index("w2v-coverage") :]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>((?:<td>\d*</td>)+)</tr>', table)
    numbers = [[int(n or 0) for n in re.findall(r"<td>(\d*)</td>", cells)] for _, cells in rows]
    listed = " ".join(name for name, _ in rows)
    for title in ("Cross-entropy", "Softmax gradients", "The sigmoid", "Negative sampling", "The skip-gram sum"):
        assert title in listed
    assert "the whole book" in rows[-1][0]
    assert [sum(column) for column in zip(*numbers[:-1])] == numbers[-1]
    assert all(sum(row[:-1]) == row[-1] for row in numbers) and numbers[-1][-1] > 200


def test_every_page_with_steps_says_how_many(site):
    for name in ("cross_entropy", "softmax_gradients", "sigmoid", "negative_sampling", "skip_gram"):
        html = (site / f"book/{name}.html").read_text("utf-8")
        assert re.search(r'class="w2v-count"><a href="how_it_is_checked.html">\d+ steps: \d+ proved', html), name


def test_the_legend_of_a_page_is_one_click_away(sound, site):
    rows = legend_rows(sound("proved"))
    assert {of_type for _, of_type, _ in rows} >= {"the outside word", "the center word", "a column with V entries"}
    rows = legend_rows((site / "book/negative_sampling.html").read_text("utf-8"))
    anchors = {anchor for *_, origin in rows for anchor in re.findall(r'href="#([^"]+)"', origin)}
    assert anchors, "no name is defined on the page"
    assert all(
        re.search(f'<section [^>]*id="{anchor}"', (site / "book/negative_sampling.html").read_text("utf-8"))
        for anchor in anchors
    )


def legend_rows(html):
    """[(name, type, origin)] of the legend below the counts of a page."""
    table = re.search(
        r'class="w2v-count">.*?</p>\s*<details class="w2v-page-legend">.*?<tbody>(.*?)</tbody>.*?</details>', html, re.S
    )
    assert table, "no legend below the counts"
    cells = [re.findall(r"<td[^>]*>(?:<p>)?(.*?)(?:</p>)?</td>", row, re.S) for row in table[1].split("<tr")[1:]]
    assert all(len(row) == 3 and "katex" in row[0] for row in cells)
    return [tuple(row) for row in cells]
