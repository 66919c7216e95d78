"""Takes the checker's report of every page, marks each displayed line, and fails the build on a line that is not proved.

A step may be something else than proved or a definition only if a comment beside it declares
the verdict that is expected, `<!-- check: expect refuted -->`, and that verdict comes true.
`stated` holds what else a page owes its reader, `defined` compares its definitions with SymPy,
`page_legend` shows how its names were read. A display in the document that
the checker did not find is a fault, too: nothing goes unchecked silently.
"""

import re
from collections import Counter
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import defined
import page_legend
import stated

logger = logging.getLogger(__name__)


def mark(kind, shown, read):
    """The TeX of a mark: what is `shown`, and the words that are `read` aloud in its place."""
    return rf"\htmlClass{{{kind}}}{{\html@mathml{{{shown}}}{{\text{{{read}}}}}}}"


WRONG = mark("w2v-mark-wrong", r"\times", "wrong")
OPEN = mark("w2v-mark-wrong", "?", "not settled")  # only ever seen where it is declared
MARKS = {
    "proved": mark("w2v-mark", r"\checkmark", "proved"),
    "definition": mark("w2v-mark", r"\scriptstyle\mathrm{def}", "by definition"),
    "transposed": mark("w2v-mark-wrong", r"\scriptstyle\top", "transposed"),
    "unreadable": OPEN,
    "unsettled": OPEN,
}

KINDS = {"proved": "proved", "definition": "definitions", "wrong": "wrong, as declared"}


def _check_page(app, doctree):
    """Checks the page that was just read, marks its displays and keeps its counts for the coverage table."""
    docname = app.env.docname
    path = Path(app.env.doc2path(docname))
    if path.suffix != ".md":
        return
    text = path.read_text("utf-8")
    report = app.w2v_made.report(docname, text)
    if report is None:
        return
    steps = [step for step in report.steps if not step.inline]
    for line, words in sorted(stated.faults(text, report) + defined.faults(text, report)):
        logger.warning("%s", words, location=(docname, line), type="checker")
    _mark_displays(doctree, docname, steps)
    if steps:
        app.env.w2v_counts[docname] = Counter(_outcome(step) for step in steps)
        _say_counts(doctree, app.env.w2v_counts[docname], page_legend.legend(doctree, report))


def _outcome(step):
    """proved, definition, or wrong: shown because it is wrong, as declared."""
    return step.status if step.status in ("proved", "definition") else "wrong"


def _mark_displays(doctree, docname, steps):
    for block in doctree.findall(nodes.math_block):
        if _is_output(block) or block.line is None:
            continue
        first, last = block.line, block.line + block.astext().count("\n") + 1
        own = [step for step in steps if first <= step.line <= last]
        if not own and _has_equality(block.astext()):
            logger.warning("this displayed equality was not checked", location=(docname, block.line), type="checker")
        block.children[:] = [nodes.Text(marked(block.astext(), own))]


def _is_output(node):
    """Whether a formula is the output of a cell, or a copy made by a directive."""
    while node is not None:
        if {"cell_output", "w2v-sheet"} & set(node.get("classes", ())):
            return True
        node = node.parent
    return False


def _has_equality(tex):
    """Whether an = stands outside all braces, brackets and text."""
    return "=" in re.sub(r"\\text\{[^{}]*\}|\[[^][]*\]|_\{[^{}]*\}|\([^()]*\\mid[^()]*\)", "", tex)


def marked(tex, steps):
    """`tex` with a mark at the end of each row of an aligned display, or at the end of another one."""
    if not steps:
        return tex
    body = re.fullmatch(r"\s*\\begin\{aligned\}(.*)\\end\{aligned\}\s*", tex, re.S)
    if not body:
        return f"{tex.rstrip()} \\qquad {_marks(steps)}"
    rows = body[1].split("\\\\")
    if [row.count("=") for row in rows].count(0) == 0 and _total(rows) == len(steps):
        rest, ticked = list(steps), []
        for row in rows:
            own, rest = rest[: _equalities(row)], rest[_equalities(row) :]
            ticked.append(f"{row.rstrip()} &&{_marks(own)}")
        return "\\begin{aligned}" + "\\\\".join(ticked) + "\n\\end{aligned}"
    return f"{tex.rstrip()} \\qquad {_marks(steps)}"


def _equalities(row):
    return len(re.findall(r"(?<![<>!:])=", re.sub(r"\\text\{[^{}]*\}|\[[^][]*\]|_\{[^{}]*\}", "", row)))


def _total(rows):
    return sum(map(_equalities, rows))


def _marks(steps):
    return r"\,".join(MARKS.get(step.status, WRONG) for step in steps)


def _say_counts(doctree, counts, legend):
    """Puts 'n steps, n proved' below the title of the page, with a link to the explanation, and the legend."""
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is None:
        return
    link = f'<p class="w2v-count"><a href="how_it_is_checked.html">{in_words(counts)}</a></p>'
    below = title.parent.index(title) + 1
    title.parent[below:below] = [nodes.raw("", link, format="html"), *legend]


def in_words(counts):
    """'30 steps: 28 proved, 2 definitions'; wrong ones only where there are some."""
    parts = [f"{counts['proved']} proved"]
    if counts["definition"]:
        parts.append(f"{counts['definition']} definition{'s' * (counts['definition'] != 1)}")
    if counts["wrong"]:
        parts.append(f"{counts['wrong']} shown because wrong, as declared")
    return f"{counts.total()} step{'s' * (counts.total() != 1)}: {', '.join(parts)}"


class CheckCoverage(SphinxDirective):
    """The directive `check-coverage`: a table of all pages with their steps, filled in when all are read."""

    def run(self):
        place = nodes.container(classes=["w2v-coverage"])
        return [place]


def _fill_coverage(app, doctree, docname):
    for place in list(doctree.findall(nodes.container)):
        if "w2v-coverage" in place["classes"]:
            place.children[:] = [_table(app, docname)]


def _table(app, docname):
    order = app.config.external_site_map
    counts = {page: app.env.w2v_counts[page] for page in order if page in app.env.w2v_counts}
    rows = [
        (escape(app.env.titles[page].astext()), app.builder.get_relative_uri(docname, page), count)
        for page, count in counts.items()
    ]
    total = sum((count for *_, count in rows), Counter())
    kinds = {kind: words for kind, words in KINDS.items() if total[kind]}
    cells = "".join(
        f'<tr><th scope="row">{f"<a href={address!r}>{name}</a>" if address else name}</th>'
        + "".join(f"<td>{count[kind] or ''}</td>" for kind in kinds)
        + f"<td>{count.total()}</td></tr>"
        for name, address, count in [*rows, ("the whole book", "", total)]
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("page", *kinds.values(), "steps"))
    return nodes.raw(
        "", f'<table class="w2v-numbers"><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>', format="html"
    )


def _begin(app):
    if not hasattr(app.env, "w2v_counts"):
        app.env.w2v_counts = {}


def _forget(app, env, docname):
    getattr(env, "w2v_counts", {}).pop(docname, None)


def setup(app):
    app.add_directive("check-coverage", CheckCoverage)
    app.connect("builder-inited", _begin)
    app.connect("env-purge-doc", _forget)
    app.connect("doctree-read", _check_page)
    app.connect("doctree-resolved", _fill_coverage)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
