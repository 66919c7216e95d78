"""Puts the explorers' script on the pages that show one, present mode, scrolling cues and names of folded boxes on every page, and static pictures in the build.

Sphinx adds a checksum of the content to the address of each file.
"""

import os
import shutil
from pathlib import Path

from scripts import made_small
from w2v.explorers.bundle import CSS

STATIC = Path(__file__).parent.parent / "_static"
SCRIPT = "explorers.js"
EVERYWHERE = ("slides.js", "present.js", "scroll_cue.js", "folded.js")


def write_files(app):
    """Writes the bundled script and the style sheets where the builder expects static files."""
    if app.builder.format != "html":
        return
    out = Path(app.outdir) / "_static"
    out.mkdir(parents=True, exist_ok=True)
    (out / SCRIPT).write_text(made_small(CSS.with_name("site.js"), bundle=True), encoding="utf-8")
    (out / CSS.name).write_text(made_small(CSS), encoding="utf-8")
    for name in (*EVERYWHERE, "present.css"):
        shutil.copy(STATIC / name, out)


def add_to_page(app, pagename, templatename, context, doctree):
    """Adds what every page has, and the explorers if there is one on it."""
    if doctree is None:
        return
    app.add_css_file("present.css")
    for name in EVERYWHERE:
        app.add_js_file(name, loading_method="defer")
    if "w2v-drawing" in context.get("body", "") or "data-w2v=" in context.get("body", ""):
        app.add_css_file(CSS.name)
    if "data-w2v=" in context.get("body", ""):
        app.add_js_file(SCRIPT, priority=100, loading_method="defer", fetchpriority="high")  # ahead of the theme's own


def setup(app):
    """Registers the two steps above; kernels started by the build inherit W2V_STATIC and open no widget connection."""
    os.environ["W2V_STATIC"] = "1"
    app.connect("builder-inited", write_files)
    app.connect("html-page-context", add_to_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
