"""The live part of the site: Pyodide and JupyterLite beside the pages, and "Open live" on every chapter.

`make book` makes the live part first (`.live/`); without it, or with LIVE=no in the environment, the book is
built without live buttons. What is attached is verified file by file, and one wrong byte stops the build.
"""

import html
import os
import re
import shutil
from pathlib import Path

import nbformat
from sphinx.errors import ExtensionError
from sphinx.util import logging

from _live import distribution, lite
from _live.artefacts import BadArtefact
from live_notebook import Book
from website import as_notebook

BOOK = Path(__file__).resolve().parent.parent
SCRIPTS = {"open_live.js": None, "live_storage.js": "book/run_live"}  # None: every page
STYLE = "live_site.css"
MEGABYTE = 1e6
# Of JupyterLite's files a browser loads some; measured, and held to the truth by tests/browser/test_live_notebooks.py.
INTERFACE_BYTES = 9_000_000
FIGURE = re.compile(r'<span data-live="(\w+)"></span>')
CHAPTERS = '<div data-live="chapters"></div>'
logger = logging.getLogger(__name__)


def live_folder(app):
    """The folder of the live part, or None if the book is built without."""
    live = Path(app.srcdir) / ".live"
    there = (live / "pyodide" / distribution.LOCK).is_file() and (live / "lab").is_dir()
    return live if app.builder.name == "html" and there and os.environ.get("LIVE") != "no" else None


def prepare(app):
    """Brings the live part up to date with the package and its own recipe, and measures it."""
    app.w2v_live = live_folder(app)
    if app.w2v_live is None:
        logger.info("live part: left out")
        return
    with faults_named():
        pyodide = distribution.build(app.w2v_live)
        lite.build(app.w2v_live)
        app.w2v_live_figures = figures(lite.loaded(pyodide), app.w2v_live)
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for name in (*SCRIPTS, STYLE):
        shutil.copy(BOOK / "_live" / name, static)


class faults_named:
    """Turns what stops the live part into the build's own kind of error."""

    def __enter__(self):
        return self

    def __exit__(self, kind, fault, trace):
        if isinstance(fault, (BadArtefact, RuntimeError)):
            raise ExtensionError(f"live part: {fault}") from fault


def figures(loaded, live):
    """The numbers the pages quote, each in megabytes as text."""
    python = sum(loaded.values())
    disk = sum(p.stat().st_size for folder in ("pyodide", "lab") for p in (live / folder).rglob("*") if p.is_file())
    amounts = {"total": python + INTERFACE_BYTES, "python": python, "interface": INTERFACE_BYTES, "disk": disk}
    return {name: f"{amount / MEGABYTE:.0f}" for name, amount in amounts.items()}


def chapters(env):
    """The names of the pages that are notebooks, in reading order."""
    return [name for name in env.config.external_site_map if "kernelspec" in env.metadata.get(name, {})]


def address(context, name):
    """Where chapter `name` opens live, relative to the page of the context."""
    return context["pathto"]("live/lab/notebooks/index.html", 1) + f"?path={Path(name).name}.ipynb"


def add_to_page(app, pagename, templatename, context, doctree):
    """The button of a chapter; the figures and the list of chapters where a page asks for them."""
    if "body" not in context:
        return
    body = context["body"]
    values = app.w2v_live_figures if app.w2v_live else {}
    context["body"] = FIGURE.sub(lambda match: values.get(match[1], "(not built)"), body).replace(
        CHAPTERS, chapter_list(app, context)
    )
    if app.w2v_live is None:
        return
    for script, page in SCRIPTS.items():
        if page in (None, pagename):
            app.add_js_file(script, loading_method="defer")
    app.add_css_file(STYLE)
    if pagename in chapters(app.env):
        size = values["total"]
        button = {
            "type": "link",
            "label": "open-live",
            "icon": "fas fa-play",
            "text": "Open live",
            "url": address(context, pagename),
        }
        tip = f"Open this page as a notebook that runs in your browser; loads {size} MB the first time"
        context.setdefault("header_buttons", []).append(button | {"text": f"Open live ({size} MB)", "tooltip": tip})


def chapter_list(app, context):
    """The chapters as a list of links that open them live, or a sentence if there is no live part."""
    if app.w2v_live is None:
        return "<p>This copy of the book was built without its live part.</p>"
    links = (
        f'<li><a class="open-live" target="_blank" rel="noopener" href="{html.escape(address(context, name))}">'
        f"{html.escape(app.env.titles[name].astext())}</a></li>"
        for name in chapters(app.env)
    )
    return f'<ul class="w2v-live-chapters">{"".join(links)}</ul>'


def attach(app, exception):
    """Puts Pyodide and JupyterLite into the site, verified, and the chapters among JupyterLite's files."""
    if exception is not None or app.builder.name != "html":
        return
    site = Path(app.outdir) / "live"
    for part in ("pyodide", "lab"):
        shutil.rmtree(site / part, ignore_errors=True)
    if app.w2v_live is None:
        return
    with faults_named(), distribution.alone(app.w2v_live):
        distribution.verify(app.w2v_live / "pyodide")
        lite.verify(app.w2v_live / "lab")
        for part in ("pyodide", "lab"):
            shutil.copytree(app.w2v_live / part, site / part, copy_function=link, ignore=shutil.ignore_patterns(".*"))
    lite.add_notebooks(site / "lab", notebooks(app), site / "pyodide")


def link(source, target):
    """A second name for a file, or a copy where the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def notebooks(app):
    """The chapters as the texts of notebooks that stand alone, {file name: JSON}."""
    paths = {Path(name).name: Path(app.env.doc2path(name)) for name in app.env.found_docs}
    titles = {Path(name).name: title.astext() for name, title in app.env.titles.items()}
    names = [Path(name).name for name in chapters(app.env)]
    sources = {page: path.read_text("utf-8") for page, path in paths.items()}
    book = Book(titles, sources, names, BOOK / "references.bib", app.config.katex_macros)
    return {f"{page}.ipynb": nbformat.writes(book.stand_alone(page, as_notebook(paths[page]))) for page in names}


def setup(app):
    app.connect("builder-inited", prepare)
    app.connect("html-page-context", add_to_page, priority=600)
    app.connect("build-finished", attach, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
