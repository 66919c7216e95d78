"""Building on the last build: nothing is run or checked twice, nothing old is shown, and a fault stays a fault."""

import re

from book import build, cell, small_book
from sources import files

TRUE = "# Page\n\nWords.\n\n$$\n(2 - 1) x = x\n$$\n"
FALSE = "# Page\n\nWords.\n\n$$\n(2 - 1) x = 2 x\n$$\n"


def draw(page):
    """The random number that the page shows: another one each time the cell runs."""
    return re.search(r"drawn (0\.\d+)", page)[1]


RANDOM = "import random\nprint('drawn', random.random())\nprint('ran', file=open('runs.txt', 'a'))"


def test_prose_runs_no_cell_and_a_changed_cell_runs_again(tmp_path):
    path, html = tmp_path / "book/page.md", tmp_path / "out/_build/html/book/page.html"
    assert small_book(tmp_path, {"page": cell(RANDOM) + "\nOld words.\n"}).returncode == 0
    first = html.read_text("utf-8")
    assert (tmp_path / "book/runs.txt").read_text() == "ran\n"  # once, before the page was read
    (tmp_path / "book/runs.txt").unlink()  # no part of the book
    path.write_text(cell(RANDOM) + "\nNew words.\n")
    assert build(tmp_path, tmp_path / "out").returncode == 0
    second = html.read_text("utf-8")
    assert "New words." in second and draw(second) == draw(first)
    path.write_text(cell(RANDOM + "  # again") + "\nNew words.\n")
    assert build(tmp_path, tmp_path / "out").returncode == 0
    assert draw(html.read_text("utf-8")) != draw(second)


def test_a_cell_that_fails_stops_the_build_with_its_file_and_line_every_time(tmp_path):
    fault = cell(RANDOM) + "\n```{code-cell} ipython3\nexpected = 1\nassert expected == 2\n```\n"
    line = 1 + fault[: fault.index("```{code-cell} ipython3\nexpected")].count("\n")
    for done in (small_book(tmp_path, {"page": fault}), build(tmp_path, tmp_path / "out")):
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
        assert done.returncode != 0
        assert f"book/page.md:{line}: this cell failed" in said and "assert expected == 2" in said, said[-2000:]


def test_a_warning_fails_the_next_build_too_and_its_end_lets_it_pass(tmp_path):
    path = tmp_path / "book/page.md"
    for done in (small_book(tmp_path, {"page": FALSE}), build(tmp_path, tmp_path / "out")):
        assert done.returncode != 0 and re.search(r"page\.md:6: WARNING: refuted: ", done.stderr), done.stderr[-2000:]
    path.write_text(TRUE)
    assert build(tmp_path, tmp_path / "out").returncode == 0


def test_what_is_no_page_has_everything_read_anew(tmp_path):
    assert small_book(tmp_path, {"page": "# Page\n\nWords.\n"}).returncode == 0
    unchanged = build(tmp_path, tmp_path / "out")
    assert unchanged.returncode == 0 and "0 added, 0 changed, 0 removed" in unchanged.stdout
    sheet = tmp_path / "book/_static/book.css"
    sheet.write_text(sheet.read_text("utf-8") + "\n/* changed */\n", "utf-8")
    changed = build(tmp_path, tmp_path / "out")
    assert changed.returncode == 0 and "1 added" in changed.stdout


def test_the_cache_of_a_tool_is_no_source(tmp_path):
    (tmp_path / ".mypy_cache").mkdir()
    (tmp_path / ".mypy_cache/found.json").write_text("{}")
    (tmp_path / "page.md").write_text("# Page")
    assert [path.name for path in files(tmp_path)] == ["page.md"]
