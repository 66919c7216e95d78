"""The site as a whole: a cache that follows the package, no third-party script, notebooks to download."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)
BOOK = Path(__file__).resolve().parent.parent
WITHOUT_PACKAGE = """\
import importlib.util

if importlib.util.find_spec("w2v") is None:
    raise ModuleNotFoundError(
        "This notebook needs w2v, the package of the book. Download its wheel from the book's page "
        "'Run it live' (section 'On your own machine') into the folder of this notebook, then run\\n"
        "    %pip install numpy scipy sympy matplotlib anywidget quickjs ./w2v-0.1.0-py3-none-any.whl\\n"
        "in a cell and restart the kernel."
    )"""
MENDS = (
    # The theme draws its icons with css and a webfont; its 1.5 MB script would draw them again.
    (re.compile(r"\s*<!-- So that users can add custom icons -->\s*<script[^>]*fontawesome\.js[^>]*></script>"), ""),
    # The label hides the words "Show code cell source" from a screen reader.
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
    # A list in name only: its children are no list items.
    (re.compile(r'<div role="list" class="citation-list">'), '<div class="citation-list">'),
)


def _package_hash():
    """A digest of every file of the package: the outputs of all chapters depend on it."""
    digest = hashlib.sha256()
    for path in sorted(p for p in (BOOK / "w2v").rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(BOOK).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _tie_cache_to_package(app, config):
    """jupyter-cache looks at a chapter's cells only; a changed package must run them again."""
    base = Path(app.outdir).parent
    cache = base / f".jupyter_cache-{config.w2v_package_hash}"
    config.nb_execution_cache_path = str(cache)
    for old in base.glob(".jupyter_cache*"):
        if old != cache:
            shutil.rmtree(old, ignore_errors=True)


def as_notebook(path):
    """A chapter as a notebook without outputs; its cells keep their names from build to build."""
    notebook = jupytext.read(path)
    notebook.metadata.pop("jupytext", None)
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
    app.add_config_value("w2v_package_hash", _package_hash(), "env")
    app.connect("config-inited", _tie_cache_to_package, priority=100)
    app.connect("config-inited", _give_single_page_all_writers, priority=900)
    app.connect("builder-inited", _offer_package)
    app.connect("doctree-read", _ask_for_descriptions)
    app.connect("html-page-context", _offer_notebook, priority=400)
    app.connect("build-finished", _mend_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
