"""The site as a whole: what of the last build may be built upon, no third-party script, notebooks to download."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
from docutils import nodes
from sphinx.util import logging

import w2v
from side_by_side import SideBySide, made_from
from sources import digest

logger = logging.getLogger(__name__)
BOOK = Path(__file__).resolve().parent.parent
WHEEL = f"w2v-{w2v.__version__}-py3-none-any.whl"
INSTALL = f'%pip install "./{WHEEL}[chapters]"'
WITHOUT_PACKAGE = f"""\
import importlib.util

if importlib.util.find_spec("w2v") is None:
    raise ModuleNotFoundError(
        "This notebook needs w2v, the package of the book. Download its wheel from the book's page "
        "'Run it live' (section 'On your own machine') into the folder of this notebook, then run\\n"
        '    {INSTALL}\\n'
        "in a cell and restart the kernel."
    )"""
PRINTED = r'(<div class="output (?:stream|text_plain) highlight-myst-ansi[^>]*><div class="highlight"><pre><span></span>)(.*?)</pre>'
SENTENCE = re.compile(r"^(?!.*\S {2})[^<\n]{40,600}$", re.M)
MENDS = (
    # A sentence that a cell printed breaks at the edge, unlike the row of a table, where blanks stand in a row.
    (
        re.compile(PRINTED, re.S),
        lambda found: found[1] + SENTENCE.sub(r'<span class="w2v-sentence">\g<0></span>', found[2]) + "</pre>",
    ),
    # The theme draws its icons with css and a webfont; its 1.5 MB script would draw them again.
    (re.compile(r"\s*<!-- So that users can add custom icons -->\s*<script[^>]*fontawesome\.js[^>]*></script>"), ""),
    # The label hides the words "Show code cell source" from a screen reader.
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
    # The name of a button begins with the words on it.
    (re.compile(r'(<button class="btn search-button-field[^>]*) aria-label="Search"'), r"\1"),
    # A second title and a list of contents for the printer; the page has both.
    (re.compile(r'<div id="jb-print-docs-body".*?(?=<div id="searchbox">)', re.S), ""),
    # The name of the book stands in a part of the page that a screen reader can find.
    (
        re.compile(r'<div id="pst-primary-sidebar" class='),
        '<div id="pst-primary-sidebar" role="complementary" aria-label="Book" class=',
    ),
    # The fold below a chapter in the list of pages.
    (
        re.compile(r'(<a class="[^"]*internal" href="[^"]*">([^<]+)</a><details[^>]*><summary)>'),
        r'\1 aria-label="Pages below \2">',
    ),
    (re.compile(r' role="doc-biblioentry"'), ""),
    # A list in name only: its children are no list items.
    (re.compile(r'<div role="list" class="citation-list">'), '<div class="citation-list">'),
)


def _begin(app, config):
    """Starts anew unless the last build ended without a warning and nothing but pages has changed since."""
    app.w2v_state = f"{digest(live=os.environ.get('LIVE') != 'no', pages=False)} {sys.version}"
    for folder, note in _notes(app):
        if not note.is_file() or note.read_text("utf-8") != app.w2v_state:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        note.unlink(missing_ok=True)
    app.w2v_made = SideBySide(Path(app.outdir).parent, made_from())
    config.nb_execution_cache_path = str(app.w2v_made.notebooks)


def _name_the_wheel(app, config):
    """What pages say of the wheel: its link, and the line that installs it."""
    link = f'<a href="../_sources/{WHEEL}" download>the wheel of w2v</a>'
    config.myst_substitutions = {"wheel": link, "install": f"`{INSTALL}`"}


def _notes(app):
    """The folders of the doctrees and of the pages, each with the place of the note that says what made it."""
    return [
        (folder, folder.with_name(f".made-from-{folder.name}")) for folder in (Path(app.doctreedir), Path(app.outdir))
    ]


def _read(app, env, docnames):
    """Runs and checks the pages that have changed, all at once; they are read next."""
    app.w2v_made.fill(app, docnames)
    app.w2v_changed = bool(docnames)


def _write_every_page(app, env):
    """A page shows titles, counts and exercises of others, so one that has changed has them all written."""
    return sorted(env.found_docs) if app.w2v_changed else []


def _end(app, exception):
    """Notes what the folders were made from, if the build was without a warning."""
    if exception is None and not app._warncount:
        for _, note in _notes(app):
            note.write_text(app.w2v_state, "utf-8")


def as_notebook(path):
    """A chapter as a notebook without outputs and hidden cells; its cells keep their names from build to build."""
    notebook = jupytext.read(path)
    notebook.metadata.pop("jupytext", None)
    notebook.cells = [cell for cell in notebook.cells if "remove-cell" not in cell.metadata.get("tags", [])]
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:03d}"
    return notebook


def downloaded(notebook):
    """The notebook with a first cell that says where `w2v` is to be had if it is not installed."""
    first = nbformat.v4.new_code_cell(WITHOUT_PACKAGE)
    first["id"] = "get-w2v"
    notebook.cells.insert(0, first)
    return notebook


def _offer_notebook(app, pagename, templatename, context, doctree):
    """Writes the chapter as an .ipynb without outputs and puts it into the download menu."""
    if "kernelspec" not in app.env.metadata.get(pagename, {}):
        return
    target = Path(app.outdir) / "_sources" / f"{pagename}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(downloaded(as_notebook(app.env.doc2path(pagename))), target)
    context["ipynb_source"] = f"{pagename}.ipynb"


def _offer_package(app):
    """Puts the wheel of the package into the site, beside the notebooks that need it."""
    if app.builder.name == "html":
        folder = Path(app.outdir) / "_sources"
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
        subprocess.run(command, cwd=BOOK, check=True, capture_output=True, text=True)


def _ask_for_descriptions(app, doctree):
    """Warns of an image that says nothing to a reader who cannot see it."""
    for image in doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            logger.warning("an image without a description: say in 'alt' what is seen", location=image)


def _mend_pages(app, exception):
    """Applies MENDS to every page that was written."""
    if exception is None and app.builder.format == "html":
        for page in Path(app.outdir).rglob("*.html"):
            text = mended = page.read_text("utf-8")
            for fault, repair in MENDS:
                mended = fault.sub(repair, mended)
            if mended != text:
                page.write_text(mended, "utf-8")


def _give_single_page_all_writers(app, config):
    """sphinx-exercise registers writers for 'singlehtml', which hides there the 'html' writers of all others."""
    handlers = app.registry.translation_handlers
    for node, writers in handlers.get("html", {}).items():
        handlers.setdefault("singlehtml", {}).setdefault(node, writers)


def setup(app):
    app.connect("config-inited", _begin, priority=100)
    app.connect("config-inited", _name_the_wheel)
    app.connect("config-inited", _give_single_page_all_writers, priority=900)
    app.connect("builder-inited", _offer_package)
    app.connect("doctree-read", _ask_for_descriptions)
    app.connect("html-page-context", _offer_notebook, priority=400)
    app.connect("env-before-read-docs", _read)
    app.connect("env-updated", _write_every_page)
    app.connect("build-finished", _mend_pages)
    app.connect("build-finished", _end, priority=1000)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
