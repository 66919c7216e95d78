"""Every chapter runs in the browser: from its button, under a project path, with every other host blocked."""

import json
from pathlib import Path

import nbformat
import pytest

from book import pages, source
from live import CELLS, CONFIG, EDIT, EXECUTE, PREFIX, Live
from serving import serve

NOTEBOOKS = [page for page in pages() if "kernelspec" in source(page)[:400]]
WRONG = ("&= U (\\hat{y} - y)", "&= U (\\hat{y} + y)")


@pytest.fixture(scope="module")
def hosted(site):
    """The site under a project path, and the files that are to have other bytes: (address, {name: bytes})."""
    changed = {}
    with serve(site, below=PREFIX, changed=changed) as address:
        yield address + "/", changed


@pytest.fixture(scope="module")
def live(browser, hosted):
    """A profile; over all its pages and notebooks there is no request to another host and none that fails."""
    profile = Live(browser, hosted[0])
    yield profile
    profile.context.close()
    assert profile.asked and profile.faults == []


@pytest.fixture(scope="module")
def opened(live):
    """The notebook "Your derivation", opened with its button; the first page of the profile, so nothing is cached."""
    page = live.context.new_page()
    page.goto(f"{live.address}book/your_derivation.html")
    live.asked.clear()
    with live.context.expect_page() as new:
        page.locator(".btn-open-live").click()
    return live.started(new.value)


def test_the_page_says_how_much_is_loaded(live, opened, site):
    """The stated size is that of the files a browser asks for, to a twentieth."""
    names = {
        url.removeprefix(live.address).split("?")[0] for url in live.asked if url.startswith(live.address + "live/")
    }
    loaded = sum((site / name).stat().st_size for name in names if (site / name).is_file())
    page = live.context.new_page()
    page.goto(f"{live.address}book/your_derivation.html")
    stated = int("".join(filter(str.isdigit, page.locator(".btn-open-live").inner_text())))
    page.close()
    assert 0.95 * stated < loaded / 1e6 < 1.05 * stated


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_runs(live, opened, site, name):
    """The cells of a chapter, one after the other in an empty namespace, in the browser's kernel."""
    notebook = nbformat.read(site / f"live/lab/files/{name}.ipynb", as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    answers = opened.evaluate(EXECUTE, ["get_ipython().reset(new_session=False)", *(cell.source for cell in cells)])[1:]
    wrong = [
        f"cell {number}: {answer['error']}\n{cell.source}"
        for number, (cell, answer) in enumerate(zip(cells, answers, strict=True))
        if (answer["error"] is not None) != ("raises-exception" in cell.metadata.get("tags", []))
    ]
    assert cells and not wrong, "\n\n".join(wrong)


def test_a_broken_cell_is_seen(opened):
    """The mutant of the test above: a cell that fails only in the browser."""
    assert (
        "OverflowError" in opened.evaluate(EXECUTE, ["import numpy as np\nnp.array([1]).dtype.type(2**40)"])[0]["error"]
    )


def test_every_notebook_has_its_button(site):
    for name in NOTEBOOKS:
        assert f'href="../live/lab/notebooks/index.html?path={name}.ipynb"' in (site / f"book/{name}.html").read_text(
            "utf-8"
        )
        assert (site / f"live/lab/files/{name}.ipynb").is_file()
    assert len(NOTEBOOKS) == len(list((site / "live/lab/files").iterdir()))


def test_an_edited_cell_changes_its_verdict(opened):
    opened.evaluate(EDIT, ["from w2v.checker import check", "from w2v.checker import check"])
    before = check_cell(opened)
    opened.evaluate(EDIT, WRONG)
    after = check_cell(opened)
    assert "refuted" not in before["text"] and "refuted" in after["text"]


def check_cell(page):
    """The first cell that checks a derivation."""
    return next(cell for cell in page.evaluate(CELLS) if "from w2v.checker import check" in cell["source"])


def test_it_works_without_a_connection(live, opened):
    live.context.set_offline(True)
    try:
        assert opened.evaluate(EXECUTE, ["import sympy; print(sympy.diff('x**3'))"])[0]["text"].strip() == "3*x**2"
    finally:
        live.context.set_offline(False)


def test_an_explorer_moves_and_python_knows(opened):
    source = "from w2v.explorers import SigmoidExplorer\nexplorer = SigmoidExplorer()\nexplorer"
    opened.evaluate(EDIT, [check_cell(opened)["source"], source])
    slider = opened.locator(".jp-OutputArea-output [role=slider]:visible").first
    value = opened.evaluate(EXECUTE, ["print(explorer.state())"])[0]["text"]
    slider.focus()
    slider.press("ArrowRight")
    for _ in range(100):
        moved = opened.evaluate(EXECUTE, ["print(explorer.state())"])[0]["text"]
        if moved != value:
            break
        opened.wait_for_timeout(100)
    assert moved != value


# For each solution: whether what follows its heading is hidden.
FOLDED = """() => {
  const cells = jupyterapp.shell.currentWidget.content.widgets;
  return cells.flatMap((cell, n) => cell.model.getMetadata("jp-MarkdownHeadingCollapsed") ? [cells[n + 1].isHidden] : []);
}"""


def test_run_all_fills_a_notebook_and_leaves_the_solutions_folded(live):
    """The command of the menu, on a page of exercises."""
    page = live.open("exercises_cross_entropy")
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    cells, hidden = page.evaluate(CELLS), page.evaluate(FOLDED)
    page.close()
    assert hidden == [True] * source("exercises_cross_entropy").count("{solution-start}")
    assert len(cells) > 10 and all(cell["count"] and cell["error"] is None for cell in cells)


def test_edits_are_kept_and_never_hide_a_new_version(live, hosted, site):
    """An edit survives a reload; the next version of the book shows its own text; "Run it live" gives the old one back."""
    address, replaced = hosted
    page = live.open("notation")
    page.evaluate(
        "() => { jupyterapp.shell.currentWidget.content.model.cells.get(0).sharedModel.setSource('# Mine'); }"
    )
    page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    page.reload()
    assert first_cell(live, page) == "# Mine"
    config = json.loads((site / CONFIG).read_text("utf-8"))
    config["jupyter-config-data"] |= {
        "contentsStorageName": "word2vec, line by line 000000000000",
        "settingsStorageName": "word2vec, line by line 000000000000",
    }
    replaced[CONFIG] = json.dumps(config).encode()
    try:
        page.goto("about:blank")
        page.goto(f"{address}live/lab/notebooks/index.html?path=notation.ipynb&next")
        assert "# Mine" not in first_cell(live, page)
        page.close()
        give_back_and_delete(live)
    finally:
        replaced.clear()


def first_cell(live, page):
    return live.started(page).evaluate(
        "() => jupyterapp.shell.currentWidget.content.model.cells.get(0).sharedModel.source"
    )


def give_back_and_delete(live):
    for other in live.context.pages[1:]:
        other.close()
    page = live.context.new_page()
    page.goto(f"{live.address}book/run_live.html")
    row = page.locator("#w2v-live-storage li", has_text="An earlier version").filter(has_text="notation.ipynb")
    with page.expect_download() as given:
        row.get_by_role("button", name="Save notation.ipynb").click()
    saved = json.loads(Path(given.value.path()).read_text("utf-8"))
    assert saved["cells"][0]["source"] in ("# Mine", ["# Mine"])
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Yes, delete").click()
    page.wait_for_function("() => !document.getElementById('w2v-live-storage').textContent.includes('notation.ipynb')")
    kept = page.evaluate("async () => (await indexedDB.databases()).map((one) => one.name)")
    assert [name for name in kept if name.startswith("word2vec, line by line")] in (
        [],
        ["word2vec, line by line 000000000000"],
    )


def test_from_a_file_the_button_says_what_to_do(browser, site):
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/book/notation.html")
    page.locator(".btn-open-live").click()
    assert "make serve" in page.locator("#open-live-note").inner_text()
    assert len(page.context.pages) == 1
    page.close()
