"""The live part of the site: what is served is what was promised, and chapters stand alone in it."""

import json
import os
import re
import shutil
import types
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml
from sphinx.errors import ExtensionError

import live_site
from _live import distribution, lite
from _live.artefacts import BadArtefact, artefacts, require, sha256, sources
from _live.fetch import fetch
from book import BOOK, ROOT, pages, source
from live_notebook import Book
from website import INSTALL, WHEEL, WITHOUT_PACKAGE, as_notebook, downloaded

LIVE = ROOT / ".live"
LOCK = json.loads((LIVE / "pyodide" / distribution.LOCK).read_text("utf-8"))
NOTEBOOKS = [page for page in pages() if "kernelspec" in source(page)[:400]]
SERVED = [
    "pyodide/pyodide.asm.wasm",
    "pyodide/" + LOCK["packages"]["numpy"]["file_name"],
    "pyodide/" + LOCK["packages"]["w2v"]["file_name"],
    "lab/service-worker.js",
]


# ---- the list ----


def test_the_list_names_each_file_once_and_known_sources_only():
    files = [artefact.file for artefact in artefacts()]
    assert len(files) == len(set(files)) > 40
    assert {name for artefact in artefacts() for name in artefact.sources} == set(sources())


def test_every_official_file_has_the_sha256_of_the_official_list():
    """Pyodide publishes its list in the npm package; that package's own sha512 is checked by npm."""
    official = {
        entry["file_name"]: entry["sha256"]
        for entry in json.loads((LIVE / "artefacts/pyodide-lock.json").read_text("utf-8"))["packages"].values()
    }
    listed = [artefact for artefact in artefacts() if not artefact.imports and "npm" not in artefact.sources]
    assert len(listed) > 25
    for artefact in listed:
        assert official[artefact.file] == artefact.sha256, artefact.file


def test_what_was_fetched_is_what_is_listed():
    for artefact in artefacts():
        require(LIVE / "artefacts" / artefact.file, artefact.sha256)


# ---- fetching ----


def listing(tmp_path, contents, promised=b"right"):
    """A list with one file and one source for each of the contents, None for a source without the file."""
    given = {}
    for number, content in enumerate(contents):
        folder = tmp_path / f"source{number}"
        folder.mkdir()
        if content is not None:
            (folder / "thing-1.0.zip").write_bytes(content)
        given[f"source{number}"] = {"url": folder.as_uri() + "/"}
    (tmp_path / "promised").write_bytes(promised)
    entry = {"file": "thing-1.0.zip", "version": "1.0", "sha256": sha256(tmp_path / "promised"), "sources": list(given)}
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"sources": given, "artefacts": [entry]}), "utf-8")
    return path


@pytest.mark.parametrize("contents", [[b"right"], [b"wrong", b"right"], [None, b"right"], [b"", None, b"right"]])
def test_any_source_with_the_right_bytes_will_do(tmp_path, contents):
    fetch(tmp_path / "cache", listing(tmp_path, contents))
    assert (tmp_path / "cache/thing-1.0.zip").read_bytes() == b"right"


@pytest.mark.parametrize("contents", [[b"wrong"], [None], [b"wrong", None, b"righT"]])
def test_without_one_the_file_and_the_sources_are_named(tmp_path, contents):
    with pytest.raises(BadArtefact) as raised:
        fetch(tmp_path / "cache", listing(tmp_path, contents))
    assert "thing-1.0.zip" in str(raised.value) and all(f"source{n}" in str(raised.value) for n in range(len(contents)))
    assert not (tmp_path / "cache/thing-1.0.zip").exists()


def test_a_fetched_file_is_verified_again_and_not_replaced_in_silence(tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/thing-1.0.zip").write_bytes(b"tampered")
    with pytest.raises(BadArtefact, match=r"thing-1\.0\.zip is not the file that was promised"):
        fetch(tmp_path / "cache", listing(tmp_path, [b"right"]))


# ---- what is served ----


@pytest.fixture
def copy(tmp_path):
    """The live part with names of its own for the same files."""
    for part in ("pyodide", "lab"):
        shutil.copytree(LIVE / part, tmp_path / part, copy_function=os.link)
    return tmp_path


def flip(path):
    """Changes one byte in the middle of a file, without touching the file's other names."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)


def attach(live, out):
    """What the build does at its end, in a build without pages."""
    env = types.SimpleNamespace(
        found_docs=(), titles={}, metadata={}, config=types.SimpleNamespace(external_site_map={})
    )
    config = types.SimpleNamespace(katex_macros={})
    live_site.attach(
        types.SimpleNamespace(
            outdir=out, w2v_live=live, env=env, config=config, builder=types.SimpleNamespace(name="html")
        ),
        None,
    )


def test_the_build_attaches_the_live_part(copy, tmp_path):
    attach(copy, tmp_path / "html")
    for name in SERVED:
        assert sha256(tmp_path / "html/live" / name) == sha256(LIVE / name), name
    assert not list((tmp_path / "html").rglob(".*"))


@pytest.mark.parametrize("name", SERVED)
@pytest.mark.parametrize("spoil", [flip, Path.unlink])
def test_one_wrong_or_missing_file_stops_the_build_and_is_named(copy, tmp_path, name, spoil):
    spoil(copy / name)
    with pytest.raises(ExtensionError, match=Path(name).name.replace(".", r"\.")):
        attach(copy, tmp_path / "html")


def test_every_served_package_needs_only_served_packages():
    names = {name.replace("_", "-").lower() for name in LOCK["packages"]}
    for package in LOCK["packages"].values():
        assert {name.replace("_", "-").lower() for name in package["depends"]} <= names
    assert set(lite.EAGER) <= names


def test_the_package_is_served_as_it_is_with_its_sources():
    with zipfile.ZipFile(LIVE / "pyodide" / LOCK["packages"]["w2v"]["file_name"]) as wheel:
        names = set(wheel.namelist())
        assert wheel.read("w2v/losses/pair.py")
    compiled = {name for name in names if name.endswith(".pyc")}
    assert {f"{Path(n).parent.parent}/{Path(n).name.removesuffix('.cpython-312.pyc')}.py" for n in compiled} == {
        n for n in names if n.endswith(".py")
    }


def test_a_changed_package_has_another_digest(tmp_path):
    shutil.copytree(BOOK / "w2v", tmp_path / "w2v", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(BOOK / "pyproject.toml", tmp_path)
    before = distribution.package_digest()
    assert distribution.package_digest(tmp_path) == before
    (tmp_path / "w2v/losses/pair.py").write_text("changed", "utf-8")
    assert distribution.package_digest(tmp_path) != before


# ---- the notebooks ----


def test_the_storage_follows_the_chapters(copy):
    first = lite.add_notebooks(copy / "lab", {"a.ipynb": "{}"}, copy / "pyodide")
    assert first == lite.add_notebooks(copy / "lab", {"a.ipynb": "{}"}, copy / "pyodide")
    assert first != lite.add_notebooks(copy / "lab", {"a.ipynb": "{ }"}, copy / "pyodide")
    assert first.startswith(lite.STORAGE) and f"'{lite.STORAGE}'" in (BOOK / "_live/live_storage.js").read_text("utf-8")


def the_book():
    """The book as `live_site` describes it."""
    macros = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["sphinx"]["config"]["katex_macros"]
    sources_ = {page: source(page) for page in pages()}
    titles = {
        page: next(line[2:] for line in text.splitlines() if line.startswith("# ")) for page, text in sources_.items()
    }
    return Book(titles, sources_, NOTEBOOKS, BOOK / "references.bib", macros)


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_a_live_notebook_needs_no_other_page(page):
    book = the_book()
    notebook = book.stand_alone(page, as_notebook(BOOK / f"{page}.md"))
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for role in ("{doc}", "{cite:p}", "{cite:t}", *book.macros):
        assert role not in text
    for link in {part.split(".ipynb)")[0].split("](")[-1] for part in text.split("](")[1:] if ".ipynb)" in part}:
        assert link in NOTEBOOKS


def test_references_are_spelled_out():
    book = Book(
        {"a": "A", "b": "Bees", "c": "Cees"},
        {"a": "$$x$$ (here)", "b": "$$\ny\n$$ (there)", "c": ""},
        ["a", "b"],
        BOOK / "references.bib",
        {r"\so": "S", r"\softmax": "T"},
    )
    assert (
        book.text("a", "{eq}`here` {eq}`there` {doc}`b` {doc}`see <c>` {doc}`c`")
        == "{eq}`here` [Bees](b.ipynb) [Bees](b.ipynb) *see* *Cees*"
    )
    assert book.text("a", r"\softmax \so \sort") == r"T S \sort"
    assert book.text("a", "{cite:t}`mikolov2013efficient`").startswith("Mikolov and others (2013")


def test_a_solution_stands_below_a_folded_heading_that_the_next_heading_ends():
    markdown, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    start, end = "```{solution-start} t\n:class: dropdown\n```\n", "```{solution-end}\n```\n"
    exercise = "```{exercise-start} Twice\n:label: e\n```\nz\n```{exercise-end}\n```"
    cells = [code("a"), markdown(f"x\n{start}so"), code("b"), markdown(f"y\n{end}\n{exercise}"), code("c")]
    cells += [
        markdown(start),
        code("d"),
        markdown(f"{end}The rest"),
        markdown(f"w\n{start}"),
        code("e"),
        markdown(f"{end}## Next"),
    ]
    book = Book({"a": "A"}, {"a": ""}, ["a"], BOOK / "references.bib", {})
    notebook = book.stand_alone("a", nbformat.v4.new_notebook(cells=cells))
    nbformat.validate(notebook)
    shown, fold = [], False
    for cell in notebook.cells:
        fold = fold and not cell.source.startswith("##")
        shown += [] if fold else [cell.source.split("\n")[0]]
        fold = fold or cell.metadata.get("jp-MarkdownHeadingCollapsed", False)
    assert shown == [
        "a",
        "x",
        "#### Solution",
        "#### Twice",
        "c",
        "#### Solution",
        "#### More exercises",
        "w",
        "#### Solution",
        "## Next",
    ]
    assert "{exercise-start}\n:label: e" in "".join(cell.source for cell in notebook.cells)
    assert not any("solution-" in cell.source for cell in notebook.cells)


@pytest.mark.parametrize("name", [page for page in pages() if "{solution-start}" in source(page)])
def test_every_solution_of_a_chapter_is_folded_and_ends(name, site):
    cells = nbformat.read(site / f"live/lab/files/{name}.ipynb", as_version=4).cells
    folds = [n for n, cell in enumerate(cells) if cell.metadata.get("jp-MarkdownHeadingCollapsed")]
    ends = [next(k for k in range(n + 1, len(cells)) if cells[k].source.startswith("##")) for n in folds]
    assert len(folds) == source(name).count("{solution-start}") == len(set(ends))


def test_a_downloaded_notebook_says_how_to_get_the_package():
    notebook = downloaded(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]))
    assert [cell.source for cell in notebook.cells] == [WITHOUT_PACKAGE, "1"]
    exec(notebook.cells[0].source, {})
    with pytest.raises(ModuleNotFoundError, match=re.escape(f"{INSTALL}\n")):
        exec(notebook.cells[0].source.replace('"w2v"', '"a_package_nobody_has"'), {})


# ---- the pages ----


def test_the_pages_quote_the_sizes_of_the_files(site):
    loaded = sum(lite.loaded(site / "live/pyodide").values())
    text = (site / "book/run_live.html").read_text("utf-8")
    assert f"{(loaded + live_site.INTERFACE_BYTES) / 1e6:.0f} MB" in text and f"{loaded / 1e6:.0f} MB of Python" in text
    assert "data-live=" not in text and (site / "_sources" / WHEEL).is_file()


def test_without_the_live_part_no_page_promises_it(monkeypatch):
    monkeypatch.setenv("LIVE", "no")
    app = types.SimpleNamespace(srcdir=ROOT, builder=types.SimpleNamespace(name="html"), outdir="/nowhere")
    live_site.prepare(app)
    context = {"body": source("run_live")}
    live_site.add_to_page(app, "book/run_live", "page.html", context, None)
    assert app.w2v_live is None and "header_buttons" not in context
    assert "without its live part" in context["body"] and "data-live=" not in context["body"]
