"""Puzzles: lines whose verdict is folded until the reader has judged them, and the game that draws from all of them.

A cell with the tag `puzzle` shows one with `show_line`; the tags `puzzle-NAME` and `stars-1` to `stars-3` name it and say how hard it is,
and `expect-VERDICT` (`expect-proved_refuted` for two steps) is what has to come out: a tag, since the code of a cell stands open in a notebook.
What the right answer is, is read from the checker's verdict in the output. The paragraph before the cell belongs to the puzzle; an
admonition of the class `told` behind it explains the line and moves into its fold. The directive `line-game` holds copies of the
puzzles of the other pages, from which puzzles.js draws. The site has question and buttons in its pages, so that nothing jumps when the
script comes; a page that is printed has none.
"""

import re
import shutil
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)
LIVE = Path(__file__).parent.parent / "_live"
SCRIPTS, STYLES = ("elements.js", "progress.js", "puzzles.js"), ("exercises.css", "puzzles.css")
VERDICT = re.compile(r"(?:step \d+: )?(proved|refuted|transposed|ill-typed)$")
NAME = re.compile(r"tag_puzzle-([a-z0-9]+(?:-[a-z0-9]+)*)$")
EXPECTED = re.compile(r"tag_expect-([a-z_-]+)$")
ANSWERS = {
    "proved": "It holds",
    "refuted": "It is false",
    "transposed": "Only after a transpose",
    "ill-typed": "The shapes do not fit",
}
QUESTION = """<p class="w2v-puzzle-question">{question} <span class="w2v-puzzle-level" role="img" aria-label="difficulty {level} of 3">{stars}</span> <span class="w2v-tick"></span></p>
<div class="w2v-row-of-buttons" role="group" aria-label="{question}">{buttons}</div>
<p class="w2v-say-status" role="status"></p>"""
BUTTON = '<button type="button" class="w2v-button" value="{}">{}</button>'
BOARD = """<p class="w2v-puzzle-total">You have found 0 of {} lines.</p>
<button type="button" class="w2v-button w2v-begin">Begin</button>
<div class="w2v-board"></div>"""
FOLD = '<details class="w2v-fold"><summary>The verdict</summary>'
WITHOUT = "<noscript><p>The game needs JavaScript. Its lines stand in the chapters, with their verdicts.</p></noscript>"


def puzzles(doctree):
    """The cells of a page that show a puzzle."""
    is_puzzle = lambda node: isinstance(node, nodes.container) and "tag_puzzle" in node["classes"]
    return list(doctree.findall(is_puzzle))


def marks(cell):
    """(name, level, expected verdicts) of a puzzle, from its tags; raises ValueError if one of them is missing."""
    names, expected = ([found[1] for each in cell["classes"] if (found := tag.match(each))] for tag in (NAME, EXPECTED))
    levels = [level for level in (1, 2, 3) if f"tag_stars-{level}" in cell["classes"]]
    if not len(names) == len(levels) == len(expected) == 1:
        raise ValueError(
            "a puzzle needs a tag such as puzzle-lost-sum, one of stars-1, stars-2 and stars-3, and one such as expect-refuted"
        )
    return names[0], levels[0], expected[0].split("_")


def answer(verdicts):
    """(number of steps, right answer): the verdict of a single step, else the first step that does not hold, or "none"."""
    if len(verdicts) == 1:
        return 1, verdicts[0]
    wrong = [f"{number}" for number, verdict in enumerate(verdicts, start=1) if verdict != "proved"]
    return len(verdicts), wrong[0] if wrong else "none"


def question(steps, level):
    """The HTML of the question about a line of so many steps, with a button for each answer."""
    asked, answers = "Does the line hold?", ANSWERS
    if steps > 1:
        asked = "Which step is the first that does not hold?"
        answers = {f"{number}": f"Step {number}" for number in range(1, steps + 1)} | {"none": "All of them hold"}
    buttons = "".join(BUTTON.format(*each) for each in answers.items())
    return QUESTION.format(question=asked, level=level, stars="★" * level, buttons=buttons)


def fold(cell, name, level, expected):
    """Puts the verdicts of a puzzle into a fold, with what the script has to know; raises ValueError if there are none, or others."""
    shown = next(iter(cell.findall(nodes.math_block)), None)
    said = [strong.astext() for strong in cell.findall(nodes.strong)]
    verdicts = [found[1] for text in said if (found := VERDICT.match(text))]
    if shown is None or not verdicts:
        raise ValueError("a puzzle needs the output of show_line, with a verdict that can be guessed")
    if verdicts != expected:
        raise ValueError(f"the puzzle {name!r} expects {' '.join(expected)}, and the checker says {' '.join(verdicts)}")
    steps, right = answer(verdicts)
    data = {"puzzle": name, "level": level, "steps": steps, "answer": right}
    said = "".join(f' data-w2v-{key}="{escape(str(value))}"' for key, value in data.items())
    place = shown.parent
    place.insert(0, nodes.raw("", f'<div class="w2v-puzzle"{said}>', format="html"))
    asked = nodes.raw("", question(steps, level), format="html", w2v_question=True)
    place[place.index(shown) + 1 : place.index(shown) + 1] = [asked, nodes.raw("", FOLD, format="html")]
    place += nodes.raw("", "</details></div>", format="html")
    return place


def gather(cell, place):
    """Moves the paragraph before a puzzle to its line, and the explanation behind it into its fold; raises ValueError if there is no paragraph."""
    at = cell.parent.index(cell)
    lead, after = cell.parent[at - 1], cell.parent[at + 1 : at + 2]
    if not isinstance(lead, nodes.paragraph):
        raise ValueError("a puzzle needs a paragraph before it that says what the line is about")
    cell.parent.remove(lead)
    place.insert(1, lead)
    if after and isinstance(after[0], nodes.admonition) and "told" in after[0]["classes"]:
        cell.parent.remove(after[0])
        said = [child for child in after[0].children if not isinstance(child, nodes.title)]
        place.insert(-1, nodes.container("", *said, classes=["w2v-told"]))  # no search finds it


def _read_page(app, doctree):
    own = app.env.w2v_puzzles[app.env.docname] = []
    for cell in puzzles(doctree):
        try:
            name, *said = marks(cell)
            place = fold(cell, name, *said)
            gather(cell, place)
        except ValueError as fault:
            logger.warning("%s", fault, location=(app.env.docname, cell.line), type="puzzles")
            continue
        section = cell.parent
        while not isinstance(section, nodes.section):
            section = section.parent
        own.append((name, section["ids"][0], [part.deepcopy() for part in place.children]))
    for told in doctree.findall(nodes.admonition):
        if "told" in told["classes"]:
            logger.warning("an explanation without a puzzle before it", location=told, type="puzzles")


def _check_book(app, env):
    at = {}
    for docname, own in env.w2v_puzzles.items():
        for name, *_ in own:
            if name in at:
                words = f"the puzzle {name!r} stands already on the page {at[name]}"
                logger.warning("%s", words, location=docname, type="puzzles")
            at[name] = docname


class LineGame(SphinxDirective):
    """The directive `line-game`: the place of the game, filled when all pages are read."""

    def run(self):
        self.env.note_reread()  # its copies are those of today
        return [nodes.container(classes=["w2v-game"])]


class FillGame(SphinxPostTransform):
    default_priority = 5  # what comes into the page is then treated like the rest of it

    def run(self, **kwargs):
        if self.app.builder.name != "html":
            for asked in [each for each in self.document.findall(nodes.raw) if each.get("w2v_question")]:
                asked.parent.remove(asked)
            return
        total = sum(map(len, self.env.w2v_puzzles.values()))
        for place in list(self.document.findall(nodes.container)):
            if "w2v-game" in place["classes"]:
                place += [nodes.raw("", f"{WITHOUT}<template>", format="html"), *self._copies()]
                place += nodes.raw("", f"</template>{BOARD.format(total)}", format="html")

    def _copies(self):
        """The puzzles of the other pages, each in a box that says where it stands."""
        for docname, own in self.env.w2v_puzzles.items():
            if docname != self.env.docname:
                for _, id, parts in own:
                    address = f"{self.app.builder.get_relative_uri(self.env.docname, docname)}#{id}"
                    yield nodes.raw("", f'<div data-w2v-where="{address}">', format="html")
                    yield from (part.deepcopy() for part in parts)
                    yield nodes.raw("", "</div>", format="html")


def _write_files(app):
    if app.builder.name == "html":
        out = Path(app.outdir) / "_static"
        out.mkdir(parents=True, exist_ok=True)
        for name in (*SCRIPTS, *STYLES):
            shutil.copy(LIVE / name, out)


def _add_to_page(app, pagename, templatename, context, doctree):
    if app.builder.name == "html" and app.env.w2v_puzzles.get(pagename):
        for name in STYLES:
            app.add_css_file(name)
        for name in SCRIPTS:
            app.add_js_file(name, loading_method="defer")


def _begin(app):
    if not hasattr(app.env, "w2v_puzzles"):
        app.env.w2v_puzzles = {}


def _forget(app, env, docname):
    getattr(env, "w2v_puzzles", {}).pop(docname, None)


def setup(app):
    app.add_directive("line-game", LineGame)
    app.add_post_transform(FillGame)
    app.connect("builder-inited", _begin)
    app.connect("builder-inited", _write_files)
    app.connect("env-purge-doc", _forget)
    app.connect("doctree-read", _read_page, priority=600)
    app.connect("env-check-consistency", _check_book)
    app.connect("html-page-context", _add_to_page)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
