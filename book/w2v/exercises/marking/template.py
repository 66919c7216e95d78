"""The notebook of an assignment: the chosen exercises with their questions and their empty answers, out of the book's pages."""

import re
from pathlib import Path

from w2v.exercises.marking.submissions import Cell, read
from w2v.exercises.registry import find, sheet

CHAPTERS = Path(__file__).resolve().parents[3]
QUESTION = re.compile(r"```\{exercise-start\}[^\n]*\n(?:\s*:[^\n]*\n)*```\n(?P<text>.*?)```\{exercise-end\}", re.S)
HEAD = "# {}\n\nAnswer in the cells that end in `grade(...)`, and run them as often as you like. An answer stands alone: NumPy, and what you define in this notebook."
REFERENCE = re.compile(r"\{(?:eq|ref|numref|doc)\}`[^`]*`|\[\]\([^)]*\)")


class NoChapter(ValueError):
    """The page of an exercise is not at hand; the message says where it was looked for."""


def template(ids, title="Assignment", chapters=CHAPTERS, nbgrader=False):
    """The notebook, format 4, as a dict; with `nbgrader`, each answer is followed by the test cell that nbgrader runs."""
    cells = [_cell("markdown", HEAD.format(title), "head")]
    for id in ids:
        question, starter = _found(find(id), Path(chapters))
        cells.append(_cell("markdown", question, f"question-{id}"))
        marks = {"nbgrader": _marks(f"answer-{id}", solution=True)} if nbgrader else {}
        cells.append(_cell("code", starter, f"answer-{id}", tags=["exercise"], **marks))
        if nbgrader:
            test = f"assert {starter.strip().splitlines()[-1]}.passed\n"
            cells.append(
                _cell("code", test, f"test-{id}", nbgrader=_marks(f"test-{id}", grade=True, locked=True, points=1))
            )
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _found(exercise, chapters):
    """(question, starter) of an exercise."""
    path = chapters / f"{sheet(exercise.chapter)}.md"
    if not path.is_file():
        raise NoChapter(
            f"{exercise.id}: expected the page {path.name} in {chapters}, which is not there; --chapters FOLDER names another place"
        )
    text = path.read_text("utf-8")
    cell = next(c for c in read(path).parts if isinstance(c, Cell) and c.tagged and f'"{exercise.id}"' in c.source)
    before = text[: text.index(f'"{exercise.id}"')]
    question = [found["text"].strip() for found in QUESTION.finditer(before)][-1]
    return f"## {exercise.title}\n\n" + REFERENCE.sub("(see the chapter)", question), cell.source.strip("\n") + "\n"


def _marks(name, **more):
    """What nbgrader wants to know of a cell."""
    return {
        "grade": False,
        "grade_id": name,
        "locked": False,
        "schema_version": 3,
        "solution": False,
        "task": False,
    } | more


def _cell(kind, source, name, **metadata):
    made = {"cell_type": kind, "id": name[:64], "metadata": metadata, "source": source}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})
