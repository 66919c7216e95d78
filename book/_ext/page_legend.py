"""The legend of a page, folded below its counts: each name as the checker read it, and where on the page that is said."""

import re
from html import escape

from docutils import nodes

HEAD = """<details class="w2v-page-legend"><summary>How each name on this page was read</summary>
<div class="w2v-legend-box" tabindex="0" role="region" aria-label="How each name on this page was read">"""


def legend(doctree, report):
    """The nodes of the legend; none for a page without names."""
    if not report.legend:
        return []
    places = sections(doctree)
    rows = [_row(name, of_type, origin(where, places)) for name, of_type, where in shared(report)]
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in report.conventions)
    return [_raw(HEAD), _table(rows), _raw(f"{said}</div></details>")]


def shared(report):
    """[(name, type, origin)] of the legend, a name with several stretches once for each; the sizes come last."""
    lines = [(line.name, line.type, line.origin) for line in report.legend]
    return sorted(dict.fromkeys(lines), key=lambda line: line[1] == "a size")


def sections(doctree):
    """[(first line, id, title)] of the page's sections, in order."""
    found = []
    for section in doctree.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is not None and title.line is not None:
            found.append((title.line, section["ids"][0], title.astext()))
    return found


def origin(words, places):
    """Where a reading comes from, as a node: a line of the source is named by the section it is in."""
    line = re.fullmatch(r"line (\d+).*", words)
    above = [place for place in places if line and place[0] <= int(line[1])]
    if not above:
        return nodes.Text("" if words == "a size" else words)
    _, anchor, title = above[-1]
    return nodes.reference("", title, refid=anchor, internal=True)


def _row(name, of_type, where):
    cells = [nodes.math("", name), nodes.Text(of_type), where]
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def _table(rows):
    group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in (15, 45, 40)), cols=3)
    head = nodes.row("", *(nodes.entry("", nodes.paragraph("", words)) for words in ("name", "what it is", "from")))
    group += [nodes.thead("", head), nodes.tbody("", *rows)]
    return nodes.table("", group, classes=["w2v-legend-table"])


def _raw(html):
    return nodes.raw("", html, format="html")
