"""Exercises on the site: a note before each graded cell, scripts and styles, and no build with a faulty exercise."""

import shutil
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from exercise_markup import faults, found, is_exercise_cell
from w2v.exercises import exercises

logger = logging.getLogger(__name__)
LIVE = Path(__file__).parent.parent / "_live"
ENGINE = "engine.js"  # written by check_page, with the worker in it
RECORD = ("elements.js", "progress.js")
BOXES = ("feedback.js", "exercise_editor.js", "exercise_box.js")
PAGE = ("progress_page.js",)
STYLE = "exercises.css"


def _name(docname):
    return docname.rpartition("/")[2]


def _read_page(app, doctree):
    """Keeps the exercises of the page that was just read and puts a note before each of their cells."""
    entries = found(doctree)
    app.env.w2v_exercises[app.env.docname] = entries
    for entry, cell in zip(entries, list(doctree.findall(is_exercise_cell))):
        cell["ids"].append(f"answer-{entry.id}")
        cell.parent.insert(cell.parent.index(cell), nodes.raw("", _note(entry), format="html"))


def _note(entry):
    data = {"exercise": entry.id, "label": entry.label, "title": entry.title or entry.id}
    attributes = "".join(f' data-w2v-{key}="{escape(value)}"' for key, value in data.items())
    return (
        f'<p class="w2v-exercise-note"{attributes}>This cell is for your answer. '
        "Run it in a notebook with <code>make lab</code>, or in this page with <code>make serve</code> and JavaScript.</p>"
    )


def _check_book(app, env):
    """Every fault is a warning, and a warning fails the build."""
    pages = {_name(docname): entries for docname, entries in env.w2v_exercises.items()}
    docnames = {_name(docname): docname for docname in env.w2v_exercises}
    for page, line, sentence in faults(pages, exercises()):
        logger.warning("%s", sentence, location=(docnames[page], line), type="exercises")


def _write_files(app):
    if app.builder.name == "html":
        out = Path(app.outdir) / "_static"
        out.mkdir(parents=True, exist_ok=True)
        for name in (*RECORD, *BOXES, *PAGE, STYLE):
            shutil.copy(LIVE / name, out)


def _add_to_page(app, pagename, templatename, context, doctree):
    has_boxes = bool(app.env.w2v_exercises.get(pagename))
    has_list = "w2v-progress-tools" in context.get("body", "")
    if app.builder.name == "html" and (has_boxes or has_list):
        app.add_css_file(STYLE)
        for name in (*RECORD, *((ENGINE, *BOXES) if has_boxes else ()), *(PAGE if has_list else ())):
            app.add_js_file(name, loading_method="defer")


def _begin(app):
    if not hasattr(app.env, "w2v_exercises"):
        app.env.w2v_exercises = {}


def _forget(app, env, docname):
    getattr(env, "w2v_exercises", {}).pop(docname, None)


def setup(app):
    app.setup_extension("exercise_list")
    app.setup_extension("check_page")
    app.connect("builder-inited", _begin)
    app.connect("builder-inited", _write_files)
    app.connect("env-purge-doc", _forget)
    app.connect("doctree-read", _read_page)
    app.connect("env-check-consistency", _check_book)
    app.connect("html-page-context", _add_to_page)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
