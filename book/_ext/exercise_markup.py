"""The exercises of a page as its document tree has them, and what is wrong with them.

An exercise is an `exercise` directive, then one code cell tagged `exercise` that ends in
`grade("ID", answer)`, two folded hints and a folded solution.
"""

import ast
from dataclasses import dataclass

from docutils import nodes
from sphinx_exercise.nodes import is_exercise_enumerable_node, is_exercise_node, is_solution_node

from w2v.exercises.registry import sheet

HINTS = 2
LIST = "exercises"  # the page with the list of all


@dataclass
class Found:
    """A cell tagged `exercise` and what stands around it: `label` and `title` are "" if no exercise comes before it."""

    id: str
    label: str
    title: str
    line: int
    state: str
    hints: int = 0
    solutions: int = 0


def found(doctree):
    """The exercise cells of a page in order, each with the hints and solutions up to the next exercise."""
    every = []
    for cell in doctree.findall(is_exercise_cell):
        every.append(Found(graded(cell), *_statement(cell), cell.line or 0, _state(cell)))
        for node in _until_next(cell):
            every[-1].hints += "hint" in node.get("classes", ()) and "dropdown" in node["classes"]
            every[-1].solutions += is_solution_node(node) and "dropdown" in node["classes"]
    return every


def is_exercise_cell(node):
    return isinstance(node, nodes.container) and "tag_exercise" in node["classes"]


def _is_exercise(node):
    return is_exercise_node(node) or is_exercise_enumerable_node(node)


def _statement(cell):
    """Label and title of the exercise before a cell, unless another cell has answered it."""
    siblings = cell.parent.children
    for node in reversed(siblings[: siblings.index(cell)]):
        if is_exercise_cell(node):
            break
        if _is_exercise(node):
            subtitle = next(iter(node.findall(nodes.subtitle)), None)
            return node["label"], subtitle.astext().replace("’", "'") if subtitle else ""
    return "", ""


def _until_next(cell):
    siblings = cell.parent.children
    for node in siblings[siblings.index(cell) + 1 :]:
        if _is_exercise(node) or is_exercise_cell(node):
            return
        if isinstance(node, nodes.Element):
            yield node


def source(cell):
    return next(iter(cell.findall(nodes.literal_block))).astext()


def graded(cell):
    """The id in the grade("id", ...) that is the last expression of a cell, "" if there is none."""
    try:
        body = ast.parse(source(cell)).body
    except SyntaxError:
        return ""
    call = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    is_grade = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "grade" and call.args
    return call.args[0].value if is_grade and isinstance(call.args[0], ast.Constant) else ""


def _state(cell):
    """What the grader said about the starter when the page was built: true, false, unanswered, or "" if nothing."""
    text = "".join(raw.astext() for raw in cell.findall(nodes.raw) if raw.get("format") == "html")
    return text.partition('data-w2v-passed="')[2].partition('"')[0]


def faults(pages, registry):
    """What is wrong, as (page, line, sentence): `pages` is {page: [Found, ...]}, `registry` a list of exercises."""
    known, seen = {entry.id: entry for entry in registry}, {}
    for page, entries in pages.items():
        for entry in entries:
            for sentence in _faults_of(entry, page, known, seen):
                yield page, entry.line, sentence
            seen.setdefault(entry.id, page)
    for entry in registry:
        if entry.id not in seen and sheet(entry.chapter) in pages:
            yield sheet(entry.chapter), 1, f"the registered exercise {entry.id!r} is not on this page"
    if LIST in pages:
        for page in sorted({sheet(entry.chapter) for entry in registry} - set(pages)):
            yield LIST, 1, f"there are exercises of the page {page}, and no such page in the book"


def _faults_of(entry, page, known, seen):
    name = f"exercise {entry.id!r}"
    if not entry.id:
        yield 'a cell tagged exercise must be Python that ends in grade("id", answer), with the id written out'
        return
    if entry.id not in known:
        yield f"{name} is not registered in w2v.exercises"
    elif sheet(known[entry.id].chapter) != page:
        yield f"{name} belongs on the page {sheet(known[entry.id].chapter)}"
    elif entry.title and entry.title != known[entry.id].title:
        yield f"{name} is called {known[entry.id].title!r} in w2v.exercises and {entry.title!r} here"
    if entry.id in seen:
        yield f"{name} stands already on the page {seen[entry.id]}"
    if not entry.label:
        yield f"{name}: no exercise directive before its cell"
    if entry.hints != HINTS:
        yield f"{name}: expected {HINTS} folded hints, got {entry.hints}"
    if entry.solutions != 1:
        yield f"{name}: expected 1 folded solution, got {entry.solutions}"
    if entry.state != "unanswered":
        yield f"{name}: the starter must be 'not answered yet', the grader says {entry.state or 'nothing'!r}"
