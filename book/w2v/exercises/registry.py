"""The list of all exercises. One module of entries per chapter; the question, the hints and the solution stand on the page behind the chapter."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

CHAPTERS = (
    "why_vectors",
    "cross_entropy",
    "softmax_gradients",
    "second_derivative",
    "sigmoid",
    "negative_sampling",
    "sampling_cost",
    "sampling_optimum",
    "skip_gram",
    "training",
    "cbow",
    "hierarchical_softmax",
    "factorisation",
    "glove",
    "real_text",
    "one_window_to_cluster",
)
KINDS = ("by hand", "in NumPy", "prediction")
_entries = {}
_loaded = []


@dataclass(frozen=True)
class Exercise:
    """One exercise. `task` is what its grader needs: a ByHand or Prediction.

    For the kind 'in NumPy' it is the name of the module that has the FunctionTask, under the exercise's id, in TASKS.
    """

    id: str
    chapter: str
    title: str
    kind: str
    task: object

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"kind: expected one of {', '.join(KINDS)}, got {self.kind!r}")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise ValueError(f"id: expected lower-case words joined by hyphens, got {self.id!r}")


class Listing(NamedTuple):
    """One line of the list of exercises.

    >>> exercises()[0]
    Listing(id='why-vectors-opposites', chapter='why_vectors', title='The same company', kind='prediction')
    """

    id: str
    chapter: str
    title: str
    kind: str


def sheet(chapter):
    """The name of the page with the exercises of a chapter."""
    return f"exercises_{chapter}"


def register(*entries):
    """Adds exercises to the list; ValueError if an id is taken."""
    for entry in entries:
        if entry.id in _entries:
            raise ValueError(f"id: expected a new one, got {entry.id!r}, which {_entries[entry.id].chapter} has")
        _entries[entry.id] = entry


def all_exercises():
    """{id: Exercise} in reading order."""
    while len(_loaded) < len(CHAPTERS):
        chapter = CHAPTERS[len(_loaded)]
        _loaded.append(chapter)
        register(*import_module(f"w2v.exercises.tasks.{chapter}").EXERCISES)
    return dict(_entries)


def exercises() -> list[Listing]:
    """A Listing (id, chapter, title, kind) for every exercise, in reading order.

    >>> [entry.id for entry in exercises() if entry.chapter == "sigmoid"][:2]
    ['sigmoid-slope', 'sigmoid-reflection']
    """
    return [Listing(e.id, e.chapter, e.title, e.kind) for e in all_exercises().values()]


def find(id):
    """The Exercise called `id`; ValueError with the nearest ids if there is none."""
    known = all_exercises()
    if isinstance(id, str) and id in known:
        return known[id]
    near = get_close_matches(str(id), known, n=3, cutoff=0.5)
    advice = f"the nearest are {', '.join(near)}" if near else "`exercises()` lists them"
    raise ValueError(f"id: expected the id of an exercise, got {id!r}; {advice}")
