"""The book's search: an index of sections, results and exercises made from the pages, in one file that only the search page loads."""

import json
import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx_exercise.nodes import solution_node

STATIC = Path(__file__).parent.parent / "_static"
INDEX, SCRIPT = "search_index.js", "search_page.js"
# A search tells no hint, no solution and nothing of a line to be judged but its question, finds a result where it is proved, and no row of "how each name was read".
NOT_FOUND = {"hint", "w2v-told", "w2v-sheet", "w2v-legend-table", "w2v-game"}
SIGNS = {
    "sigma": "σ", "alpha": "α", "eta": "η", "theta": "θ", "partial": "∂", "sum": "∑", "prod": "∏", "log": "log", "exp": "exp",
    "top": "ᵀ", "cdot": "·", "le": "≤", "ge": "≥", "leq": "≤", "geq": "≥", "ne": "≠", "neq": "≠", "in": "∈", "to": "→",
    "infty": "∞", "approx": "≈", "mid": "|", "times": "×", "ldots": "…", "dots": "…", "softmax": "softmax", "quad": " ",
    "nabla": "∇", "sqrt": "√", "lvert": "|", "rvert": "|", "min": "min", "max": "max", "pm": "±",
}  # fmt: skip
# What TeX says of the looks of a formula, and the marks of checked lines.
UNSAID = re.compile(
    r"\\htmlClass\{[^}]*\}(?:\{[^{}]*\}|\{\\[^{}]*(?:\{[^{}]*\}[^{}]*)*\})|\\(?:begin|end)\{[^}]*\}"
    r"|\\(?:qquad|quad|left|right|displaystyle)\b|\\[,;!]|&"
)


def readable(tex):
    """A short formula in plain letters, as it is read in a line of results."""
    tex = re.sub(r"\\(?:hat|widehat)\s*\{?y\}?", "ŷ", tex)
    tex = re.sub(r"\\bar\s*\{?(\w)\}?", "\\1\u0304", tex)
    tex = re.sub(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", tex)
    tex = re.sub(r"\\([A-Za-z]+)", lambda found: SIGNS.get(found[1], " "), tex)
    return re.sub(r"\s+", " ", re.sub(r"[{}\\&$]", "", tex).replace("^ᵀ", "ᵀ")).strip()


def entries(document, page):
    """[{page, id, title, text, tex}] of a page: its sections, its results and exercises, each with what stands in it alone, and the names of the package, whose id is their title."""
    found = []

    def collect(node, entry):
        for child in node.children:
            if isinstance(child, nodes.Text):
                entry["text"].append(child.astext())
                continue
            title = next((part for part in child.children if isinstance(part, nodes.title)), None)
            if isinstance(child, solution_node) or not NOT_FOUND.isdisjoint(child.get("classes", ())):
                continue
            if isinstance(child, addnodes.desc):
                signature, content = child.children
                words = content.children[0].astext() if content.children else ""
                words = re.split(r"(?<=[^.])[.;:] ", words, maxsplit=1)[0]
                if signature["ids"][0].rpartition(".")[0] not in {each["title"] for each in found}:  # no method
                    found.append({"page": page, "id": "", "title": signature["ids"][0], "text": [words], "tex": ""})
                continue
            if isinstance(child, (nodes.section, nodes.Admonition)) and child.get("ids") and title is not None:
                collect(child, opened(child, _words(title)))
            elif isinstance(child, (nodes.math, nodes.math_block)):
                tex = UNSAID.sub("", child.astext())
                if len(tex) > 4 and (tight := re.sub(r"[\s{}]", "", tex)) not in entry["tex"]:
                    entry["tex"].append(tight)
                entry["text"].append(f" {readable(tex)} " if isinstance(child, nodes.math) else " ")
            elif not isinstance(
                child, (nodes.literal_block, nodes.raw, nodes.comment, nodes.title, nodes.system_message)
            ):
                collect(child, entry)
                if isinstance(child, (nodes.TextElement, nodes.row, nodes.entry)) and not isinstance(
                    child, nodes.Inline
                ):
                    entry["text"].append(" ")

    def opened(node, title):
        entry = {"page": page, "id": node["ids"][0], "title": title, "text": [], "tex": []}
        found.append(entry)
        return entry

    collect(document, {"text": [], "tex": []})
    found = [entry for entry in found if entry["text"]]
    return [{**entry, "text": _tidy("".join(entry["text"])), "tex": ";".join(entry["tex"])} for entry in found]


def _words(title):
    """A title whose formulas are read out in plain letters."""
    parts = (readable(node.astext()) if isinstance(node, nodes.math) else node.astext() for node in title.children)
    return _tidy("".join(parts))


def _tidy(text):
    return re.sub(r"\s+", " ", text).strip()


def _note(app, doctree, docname):
    if app.builder.name == "html":
        app.w2v_search.extend(entries(doctree, docname))


def _write(app, exception):
    if exception is None and app.builder.name == "html" and app.w2v_search:
        pages = {page: [] for page in dict.fromkeys(each["page"] for each in app.w2v_search)}
        for each in app.w2v_search:
            pages[each["page"]].append([each[key] for key in ("id", "title", "text", "tex")])
        text = f"globalThis.w2vIndex = {json.dumps(pages, ensure_ascii=False, separators=(',', ':'))};\n"
        (Path(app.outdir) / "_static" / INDEX).write_text(text, "utf-8")
    if exception is None and app.builder.name == "html":
        shutil.copy(STATIC / SCRIPT, Path(app.outdir) / "_static")


def _begin(app):
    app.w2v_search = []


def _add_to_page(app, pagename, templatename, context, doctree):
    if pagename == "search":
        app.add_js_file(INDEX, loading_method="defer")
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app):
    app.connect("builder-inited", _begin)
    app.connect("doctree-resolved", _note)
    app.connect("html-page-context", _add_to_page)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
