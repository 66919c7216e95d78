"""The directive `exercise-list`: all exercises of the book by chapter, each with its kind, its place and its status."""

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from w2v.exercises import exercises
from w2v.exercises.registry import sheet

TOOLS = '<div class="w2v-progress-tools"></div><noscript><p>Without JavaScript no record is kept.</p></noscript>'
HEAD = "".join(f'<th scope="col">{name}</th>' for name in ("exercise", "kind", "status"))


class ExerciseList(SphinxDirective):
    """The directive `exercise-list`: the tools for the record, and one section with a table for each chapter."""

    def run(self):
        head = nodes.raw("", TOOLS + _total(len(exercises())), format="html")
        chapters = dict.fromkeys(entry.chapter for entry in exercises())
        return [head, *(self._section(chapter) for chapter in chapters if self._path(chapter).is_file())]

    def _path(self, chapter):
        return Path(self.env.srcdir) / Path(self.env.docname).with_name(f"{chapter}.md")

    def _section(self, chapter):
        path = self._path(chapter)
        self.env.note_dependency(str(path))
        title = next(line[2:] for line in path.read_text("utf-8").splitlines() if line.startswith("# "))
        place = nodes.container(classes=["w2v-exercises-of"], chapter=chapter)
        return nodes.section(
            "", nodes.title(title, title), place, ids=[f"exercises-{chapter.replace('_', '-')}"], names=[]
        )


def _fill_tables(app, doctree, docname):
    for place in list(doctree.findall(nodes.container)):
        if "w2v-exercises-of" in place["classes"]:
            own = [entry for entry in exercises() if entry.chapter == place["chapter"]]
            target = str(Path(docname).with_name(sheet(place["chapter"])))
            labels = {entry.id: entry.label for entry in app.env.w2v_exercises.get(target, ())}
            place.children[:] = [
                nodes.raw("", _table(own, labels, app.builder.get_relative_uri(docname, target)), format="html")
            ]


def _table(entries, labels, address):
    address = "" if address.startswith("#") else address  # all on one page
    rows = "".join(
        f'<tr><th scope="row"><a href="{address}#{labels.get(entry.id, "")}">{escape(entry.title)}</a></th><td>{escape(entry.kind)}</td>'
        f'<td class="w2v-status" data-w2v-exercise="{entry.id}"></td></tr>'
        for entry in entries
    )
    table = f'<table class="w2v-exercises"><thead><tr>{HEAD}</tr></thead><tbody>{rows}</tbody></table>'
    return _total(len(entries)) + table


def _total(number):
    """A number of exercises; the script of the page puts there how many of those in the section are passed."""
    return f'<p class="w2v-total">{number} exercise{"s" * (number != 1)}</p>'


def setup(app):
    app.add_directive("exercise-list", ExerciseList)
    app.connect("doctree-resolved", _fill_tables)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
