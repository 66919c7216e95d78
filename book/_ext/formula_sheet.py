"""The directive `formula-sheet`: every result of the book in both conventions, read from its theorem."""

import re
from pathlib import Path

from sphinx.util.docutils import SphinxDirective

THEOREM = re.compile(
    r"^(:{3,})\{prf:theorem\} (?P<title>[^\n]*)\n:label: (?P<label>[TN]\d\d?)\n(?P<body>.*?)^\1\s*$", re.M | re.S
)
TAB = re.compile(r"^(:{3,})\{tab-item\} (?P<convention>columns|rows)[^\n]*\n(?P<body>.*?)^\1\s*$", re.M | re.S)
DISPLAY = re.compile(r"\$\$\s*(.+?)\s*\$\$", re.S)
ASSUMES = re.compile(r"^\*Assumes:\* (?P<text>.+?)$", re.M)


def theorems(source):
    """For each theorem of a chapter's source: label, title, assumption and {convention: [TeX, ...]}."""
    for match in THEOREM.finditer(source):
        tabs = {tab["convention"]: DISPLAY.findall(tab["body"]) for tab in TAB.finditer(match["body"])}
        shared = DISPLAY.findall(TAB.sub("", match["body"]))
        formulas = {convention: shared + tabs.get(convention, []) for convention in ("columns", "rows")}
        assumes = ASSUMES.search(match["body"])
        yield match["label"], match["title"], assumes["text"] if assumes else "", formulas


class FormulaSheet(SphinxDirective):
    """Two synced tabs, one for each matrix convention; in each, the results of every chapter."""

    def run(self):
        chapters = [self._chapter(name) for name in self._chapters()]
        lines = ["::::::::{tab-set}", ":sync-group: convention", ":class: w2v-sheet", ""]
        for convention, name in (("columns", "columns (as in the assignment)"), ("rows", "rows (as in NumPy)")):
            lines += [f":::::::{{tab-item}} {name}", f":sync: {convention}", ""]
            for title, results in chapters:
                lines += _section(title, results, convention)
            lines += [":::::::", ""]
        return self.parse_text_to_nodes("\n".join([*lines, "::::::::"]))

    def _chapters(self):
        """The documents of the book in reading order, this one excepted."""
        site_map = self.env.app.config.external_site_map
        names = [site_map.root.docname, *(name for part in site_map.root.subtrees for name in part.files())]
        return [str(name) for name in names if str(name) != self.env.docname]

    def _chapter(self, name):
        path = Path(self.env.doc2path(name))
        self.env.note_dependency(str(path))
        source = path.read_text("utf-8")
        return re.search(r"^# (.+)$", source, re.M)[1], list(theorems(source))


def _section(title, results, convention):
    if not results:
        return []
    lines = ["```{rubric} " + title, "```", ""]
    for label, name, assumes, formulas in results:
        name = name.removeprefix(f"{label}: ")
        lines += [
            ":::::{container} w2v-row",
            f"{label} {name}" + (f" (assumes {assumes.rstrip('.')})" if assumes else ""),
            "",
        ]
        lines += ["::::{container}", *(f"$$\n{formula.strip()}\n$$\n" for formula in formulas[convention]), "::::"]
        lines += [":::::", ""]
    return lines


def setup(app):
    app.add_directive("formula-sheet", FormulaSheet)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
