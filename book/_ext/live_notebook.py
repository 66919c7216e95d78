"""A chapter as a notebook that stands alone in the browser.

The notebook interface there knows MyST, but neither the book's other pages nor its macros and references:
a reference to another chapter becomes a link to that chapter's notebook, a citation its authors and year,
a macro what it stands for. A solution with cells stands below a folded heading, so that running all cells does not unfold it; every
exercise has a heading of its own, where the fold ends.
"""

import re
from pathlib import Path

from nbformat.v4 import new_markdown_cell
from pybtex.database import parse_file

KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
LABEL = re.compile(
    r"^:label:\s*(\S+)|^\(([\w-]+)\)=|^```+\{exercise(?:-start)?\}.*\n:label:\s*(\S+)|^\$\$\s*\(([\w-]+)\)|\\label\{([^}]+)\}",
    re.M,
)
EXERCISE = re.compile(r"^(`{3,}\{exercise(?:-start)?\}) *(.+)$", re.M)
SOLUTION = re.compile(r"^`{3,}\{solution-(start|end)\}.*\n(?::.*\n)*`{3,}[ ]*$", re.M)
HEADING = "#### "
ROLE = re.compile(r"\{(doc|eq|ref|numref|prf:ref|cite:p|cite:t|cite)\}`(?:([^`<]+?)\s*<([^`>]+)>|([^`]+))`")


def labels(sources):
    """{label: page} of everything the pages {page: Markdown} give a label."""
    return {next(filter(None, match)): page for page, text in sources.items() for match in LABEL.findall(text)}


def citations(bibliography):
    """{key: ("Mikolov and others", "2013")} of a BibTeX file."""
    return {
        key: (_authors(entry.persons.get("author", [])), entry.fields.get("year", ""))
        for key, entry in parse_file(str(bibliography)).entries.items()
    }


def _authors(people):
    names = [" ".join([*person.prelast_names, *person.last_names]) for person in people]
    return names[0] + " and others" if len(names) > 2 else " and ".join(names)


class Book:
    """What a notebook has to know of the rest: titles and labels of the pages, citations, macros, which pages are notebooks."""

    def __init__(self, titles, sources, notebooks, bibliography, macros):
        self.titles, self.notebooks, self.cited = titles, set(notebooks), citations(bibliography)
        self.labels = labels(sources)
        names = sorted(macros, key=len, reverse=True)
        self.macro = re.compile("(" + "|".join(map(re.escape, names)) + r")(?![A-Za-z])") if names else None
        self.macros = macros

    def stand_alone(self, page, notebook):
        """The notebook of a page, with its Markdown rewritten, solutions folded and the browser's kernel named."""
        notebook.metadata["kernelspec"] = KERNEL
        for cell in notebook.cells:
            if cell["cell_type"] == "markdown":
                cell["source"] = self.text(page, cell["source"])
        notebook.cells = [piece for cell in notebook.cells for piece in folded(cell)]
        return notebook

    def text(self, page, source):
        """Markdown of a page without macros and without references to other pages."""
        source = ROLE.sub(lambda match: self._role(page, match), source)
        return self.macro.sub(lambda match: self.macros[match[1]], source) if self.macro else source

    def _role(self, page, match):
        kind, shown, target = match[1], match[2], match[3] or match[4]
        if kind.startswith("cite"):
            return "; ".join(self._citation(kind, key.strip()) for key in target.split(","))
        if kind == "doc":
            return self._link(Path(target).name, shown)
        other = self.labels.get(target, page)
        return match[0] if other == page else self._link(other, shown)

    def _citation(self, kind, key):
        authors, year = self.cited[key]
        return f"({authors}, {year})" if kind == "cite:p" else f"{authors} ({year})"

    def _link(self, page, shown=None):
        text = shown or self.titles[page]
        return f"[{text}]({page}.ipynb)" if page in self.notebooks else f"*{text}*"


def folded(cell):
    """The cells that stand for one: a solution's start is a folded heading, its end the next heading, and an exercise has its title as one."""
    if cell["cell_type"] != "markdown":
        return [cell]
    text, *rest = SOLUTION.split(EXERCISE.sub(rf"{HEADING}\2\n\n\1", cell["source"]))
    pieces = [(text, False)]
    for kind, text in zip(rest[::2], map(str.strip, rest[1::2])):
        if kind == "start":
            pieces.append((HEADING + "Solution", True))
        elif not text.startswith("#"):
            text = f"{HEADING}More exercises\n\n{text}"
        pieces.append((text, False))
    cells = []
    for text, hidden in pieces:
        if text.strip():
            cells.append(new_markdown_cell(text.strip(), id=f"{cell['id']}-{len(cells)}"))
            if hidden:
                cells[-1]["metadata"]["jp-MarkdownHeadingCollapsed"] = True
    return cells
