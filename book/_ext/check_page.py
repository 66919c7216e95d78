"""The box "Check my derivation": its page, its scripts, its examples, and the list of what the browser has to load.

Every page that runs Python uses `_static/engine.js`, into which the worker and its Python are put. The manifest
`live/manifest.json` says which files of `live/pyodide/` a check and a cell need and how big they are, or is {} without them.
"""

import ast
import json
import re
import shutil
from html import escape
from pathlib import Path

from docutils.nodes import make_id
from sphinx.errors import ExtensionError

from live_manifest import manifest

BOOK = Path(__file__).resolve().parent.parent
LIVE = BOOK / "_live"
KATEX = Path(__file__).parent / "katex/node_modules/katex/dist/katex.min.js"
PLACE = '<div class="w2v-check-here"></div>'
PARTS = ("formulas", "preview", "drafts", "links", "results", "files", "editor", "check_page")
# Where a slip that the checker names is explained: a heading of the page on wrong lines.
EXPLAINED = {
    "sign": "A wrong sign",
    "transpose lost or superfluous": "Transposes",
    "transposed side": "Transposes",
    "factors in the wrong order": "Transposes",
    "chain-rule factor counted twice": "A factor counted twice, and dropped again",
    "factor of the sigmoid derivative lost": "A factor counted twice, and dropped again",
    "sum in place of a single term": "One term for a sum, a sum for one term",
    "single term in place of a sum": "One term for a sum, a sum for one term",
    "formula of the case w = o, or y forgotten": "The formula of another case",
    "index not renamed or out of date": "A letter renamed in one place only",
    "index missing or superfluous": "A vector where its entry is meant",
    "function symbol lost or superfluous": "A lost exponential or logarithm",
    "term lost": "A term that disappears and comes back",
    "term superfluous": "A term that disappears and comes back",
}
SOURCES = {"your_derivation": "On this page", "wrong_lines": "Wrong lines, from solutions that circulate"}
CELL = re.compile(
    r"^(?:## (?P<heading>[^\n]+)$|(?:<!-- example: (?P<title>[^\n]+?) -->\s+)?```\{code-cell\}[^\n]*\n(?P<code>.*?)^```$)",
    re.M | re.S,
)


def engine_script():
    """engine.js with the worker in it, and the worker's Python in that."""
    worker = _put((LIVE / "worker.js").read_text("utf-8"), "worker.py", (LIVE / "worker.py").read_text("utf-8"))
    return _put((LIVE / "engine.js").read_text("utf-8"), "worker.js", worker)


def _put(script, name, text):
    """Replaces the one string "name" of a script by the text of that file."""
    if script.count(f" = '{name}';") != 1:
        raise ExtensionError(f"expected one place = '{name}'; in a script of {LIVE}")
    return script.replace(f" = '{name}';", f" = {json.dumps(text)};")


def page_script():
    """The parts of the page in one script, with names of their own."""
    parts = [(LIVE / f"{part}.js").read_text("utf-8") for part in PARTS]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "})();\n"


# ---- the examples: the derivations of the cells themselves ----


def examples(page, text):
    """[{title, text}] of the cells of a page that check a derivation.

    A call of check() needs a comment `<!-- example: TITLE -->` above its cell; show_line() is called after its section.
    """
    found, names, heading = [], {}, ""
    for match in CELL.finditer(text):
        heading = match["heading"] or heading
        for statement in ast.parse(_code(match)).body:
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
                names[statement.targets[0].id] = statement.value.value
            made = _example(statement, names)
            title = match["title"] or (heading if made and made[0] == "show_line" else "")
            if made and title:
                same = sum(re.sub(r" \(\d+\)$", "", old["title"]) == title for old in found)
                found.append({"title": f"{title} ({same + 1})" if same else title, "text": made[1]})
    if not found:
        raise ExtensionError(f"{page}: expected a cell with a derivation for the gallery of examples, found none")
    return found


def _code(match):
    return re.sub(r"^(:\w+:|%)[^\n]*$", "", match["code"] or "", flags=re.M)


def _example(statement, names):
    """(function, text) of a statement that is a call of check() or show_line(), else None."""
    call = getattr(statement, "value", None)
    if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in ("check", "show_line"):
        return None
    tex = _value(call.args[0], names)
    if call.func.id == "check":
        return "check", tex.strip() + "\n"
    given = "".join(_value(keyword.value, names) + "\n\n" for keyword in call.keywords if keyword.arg == "given")
    return "show_line", f"{given}$$\n{tex}\n$$\n"


def _value(node, names):
    """The text of a literal, of a name that was given one, or of a sum of these."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _value(node.left, names) + _value(node.right, names)
    return names[node.id] if isinstance(node, ast.Name) else ast.literal_eval(node)


# ---- the page ----


def box(macros):
    """The HTML of the box, examples included."""
    every, options = [], ""
    for page, label in SOURCES.items():
        found = examples(page, (BOOK / f"{page}.md").read_text("utf-8"))
        items = "".join(
            f'<option value="{len(every) + n}">{escape(example["title"])}</option>' for n, example in enumerate(found)
        )
        options += f'<optgroup label="{escape(label)}">{items}</optgroup>'
        every += found
    explained = {slip: f"wrong_lines.html#{make_id(heading)}" for slip, heading in EXPLAINED.items()}
    gallery = json.dumps({"examples": every, "macros": macros, "explained": explained}).replace("<", "\\u003c")
    return (LIVE / "check_page.html").read_text("utf-8").replace("EXAMPLES", options).replace("GALLERY", gallery)


def write_files(app):
    """Writes the scripts where the builder expects static files."""
    if app.builder.name != "html":
        return
    static = Path(app.outdir) / "_static"
    (static / "katex").mkdir(parents=True, exist_ok=True)
    (static / "engine.js").write_text(engine_script(), "utf-8")
    (static / "check_page.js").write_text(page_script(), "utf-8")
    shutil.copy(LIVE / "check_page.css", static)
    shutil.copy(KATEX, static / "katex")


def add_to_page(app, pagename, templatename, context, doctree):
    """Puts the box at its place; a page without that place gets nothing."""
    if app.builder.name != "html" or PLACE not in context.get("body", ""):
        return
    context["body"] = context["body"].replace(PLACE, box(app.config.katex_macros))
    app.add_css_file("check_page.css")
    for script in ("katex/katex.min.js", "engine.js", "check_page.js"):
        app.add_js_file(script, loading_method="defer")


# ---- the list of what there is to load ----


def write_manifest(app, exception):
    """After the live part was attached to the site: says what is there."""
    if exception is None and app.builder.name == "html":
        live = Path(app.outdir) / "live"
        live.mkdir(exist_ok=True)
        (live / "manifest.json").write_text(json.dumps(manifest(live / "pyodide")), "utf-8")


def setup(app):
    app.connect("builder-inited", write_files)
    app.connect("html-page-context", add_to_page, priority=600)
    app.connect("build-finished", write_manifest, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
