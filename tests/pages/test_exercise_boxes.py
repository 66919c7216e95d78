"""Exercises in the built book: every one on its page with its parts, and no build with a faulty one."""

import re
from types import SimpleNamespace

import pytest

from book import HEAD, pages, small_book, warnings
from exercise_markup import Found, faults
from w2v.exercises import exercises
from w2v.exercises.registry import CHAPTERS, sheet

NOTE = re.compile(r'<p class="w2v-exercise-note" data-w2v-exercise="([\w-]+)" data-w2v-label="([\w-]+)"')

ROW = re.compile(
    r'<th scope="row"><a href="(\w+)\.html#([\w-]+)">[^<]+</a></th><td>([^<]+)</td>'
    r'<td class="w2v-status" data-w2v-exercise="([\w-]+)">'
)


def html(site, page):
    return (site / f"book/{page}.html").read_text("utf-8")


# ---- the whole book ----


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_registered_exercise_stands_on_its_page(site, chapter):
    text = html(site, sheet(chapter))
    found = NOTE.findall(text)
    assert sorted(id for id, _ in found) == sorted(entry.id for entry in exercises() if entry.chapter == chapter)
    for id, label in found:
        assert f'id="answer-{id}"' in text and f'id="{label}"' in text


@pytest.mark.parametrize("page", pages())
def test_only_pages_with_exercises_load_the_boxes(site, page):
    text = html(site, page)
    assert ("exercise_box.js" in text) == bool(NOTE.search(text))
    assert ("progress.js" in text) == (bool(NOTE.search(text)) or 'class="w2v-puzzle"' in text or page == "exercises")


def test_the_exercises_page_links_to_every_exercise(site):
    rows = ROW.findall(html(site, "exercises"))
    assert [(page, kind, id) for page, _, kind, id in rows] == [(sheet(e.chapter), e.kind, e.id) for e in exercises()]
    for page, label, *_ in rows:
        assert f'<div class="exercise admonition" id="{label}">' in html(site, page)


# ---- the comparison with the registry, fault by fault ----

SHEET = "exercises_sigmoid"
REGISTRY = [
    SimpleNamespace(id="sigmoid-slope", chapter="sigmoid", title="The slope", kind="by hand"),
    SimpleNamespace(id="sigmoid-log", chapter="sigmoid", title="Log-sigmoid", kind="in NumPy"),
    SimpleNamespace(id="skip-gram-rows", chapter="skip_gram", title="Rows", kind="prediction"),
]


def slope(**changes):
    right = dict(
        id="sigmoid-slope",
        label="sigmoid-exercise-slope",
        title="The slope",
        line=30,
        state="unanswered",
        hints=2,
        solutions=1,
    )
    return Found(**right | changes)


LOG = slope(id="sigmoid-log", label="sigmoid-exercise-log", title="Log-sigmoid", line=60)


def test_a_page_without_fault_has_no_faults():
    assert list(faults({SHEET: [slope(), LOG], "intro": []}, REGISTRY)) == []


@pytest.mark.parametrize(
    "page, changes, sentence",
    [
        (SHEET, {"id": ""}, 'ends in grade("id", answer)'),
        (SHEET, {"id": "sigmoid-slop"}, "exercise 'sigmoid-slop' is not registered"),
        (SHEET, {"id": "skip-gram-rows", "title": "Rows"}, "belongs on the page exercises_skip_gram"),
        (SHEET, {"title": "The slop"}, "is called 'The slope' in w2v.exercises and 'The slop' here"),
        (SHEET, {"label": "", "title": ""}, "no exercise directive before its cell"),
        (SHEET, {"hints": 1}, "expected 2 folded hints, got 1"),
        (SHEET, {"hints": 3}, "expected 2 folded hints, got 3"),
        (SHEET, {"solutions": 0}, "expected 1 folded solution, got 0"),
        (SHEET, {"solutions": 2}, "expected 1 folded solution, got 2"),
        (SHEET, {"state": "true"}, "the grader says 'true'"),
        (SHEET, {"state": ""}, "the grader says 'nothing'"),
        ("intro", {}, "belongs on the page exercises_sigmoid"),
    ],
)
def test_each_fault_is_named(page, changes, sentence):
    found = {SHEET: [LOG], "intro": []}
    found[page] = [slope(**changes), *found[page]]
    assert any(where == page and line == 30 and sentence in said for where, line, said in faults(found, REGISTRY))


def test_an_exercise_that_stands_twice_is_named():
    assert (SHEET, 70, "exercise 'sigmoid-slope' stands already on the page exercises_sigmoid") in list(
        faults({SHEET: [slope(), LOG, slope(line=70)]}, REGISTRY)
    )


def test_a_missing_exercise_is_named_where_its_page_is_in_the_book():
    assert list(faults({SHEET: [slope()]}, REGISTRY)) == [
        (SHEET, 1, "the registered exercise 'sigmoid-log' is not on this page")
    ]


def test_a_page_that_is_not_in_the_book_is_named_on_the_page_with_the_list():
    found = {SHEET: [slope(), LOG], "exercises": []}
    assert list(faults(found, REGISTRY)) == [
        ("exercises", 1, "there are exercises of the page exercises_skip_gram, and no such page in the book")
    ]


# ---- the same faults in a page that is built ----

CELL = 'from w2v.exercises import grade\n\nanswer = None\ngrade("ID", answer)\n'
HINT = "```{admonition} A hint\n:class: dropdown hint\n\nThink.\n```\n\n"
SOLUTION = "```{solution-start} LABEL\n:class: dropdown\n```\nDone.\n```{solution-end}\n```\n\n"


def exercise(id, title, *, cell=CELL, tags="[exercise]", start=True, hints=2 * HINT, solution=SOLUTION):
    statement = (
        "```{exercise-start} TITLE\n:label: LABEL\n```\nWrite it, for any $x$.\n```{exercise-end}\n```\n\n"
        if start
        else ""
    )
    text = f"{statement}```{{code-cell}} ipython3\n:tags: {tags}\n\n{cell}```\n\n{hints}{solution}"
    return text.replace("TITLE", title).replace("LABEL", f"sigmoid-exercise-{id}").replace("ID", id)


MUTANTS = [
    ({"hints": HINT}, "expected 2 folded hints, got 1"),
    ({"hints": HINT + HINT.replace("dropdown ", "")}, "expected 2 folded hints, got 1"),
    ({"solution": ""}, "expected 1 folded solution, got 0"),
    ({"solution": SOLUTION.replace("\n:class: dropdown", "")}, "expected 1 folded solution, got 0"),
    ({"cell": CELL + "print(answer)\n"}, 'ends in grade("id", answer)'),
    ({"cell": 'from w2v.exercises import grade\n\ngrade("ID", 1e9)\n'}, "the grader says 'false'"),
    ({"start": False, "solution": ""}, "no exercise directive before its cell"),
    ({"tags": "[]"}, "is not on this page"),
]


@pytest.fixture(scope="module")
def wrong_page(tmp_path_factory):
    """One page on which each exercise of a chapter, as far as there are mutants, has one fault: the finished build, ids."""
    registered = [entry for entry in exercises() if entry.chapter == "sigmoid"]
    assert len(registered) >= len(MUTANTS)
    changes = [change for change, _ in MUTANTS] + [{}] * (len(registered) - len(MUTANTS))
    text = HEAD + "# Exercises: the sigmoid\n\nSome words.\n\n## The exercises\n\n"
    text += "".join(exercise(entry.id, entry.title, **change) for entry, change in zip(registered, changes))
    done = small_book(tmp_path_factory.mktemp("exercises"), {SHEET: text})
    return done, [entry.id for entry in registered]


@pytest.mark.parametrize(
    "number", range(len(MUTANTS)), ids=[f"{sentence} ({n})" for n, (_, sentence) in enumerate(MUTANTS)]
)
def test_the_fault_fails_the_build_and_is_named(wrong_page, number):
    done, ids = wrong_page
    sentence = MUTANTS[number][1]
    named = "" if sentence.startswith("ends") else f"exercise '{ids[number]}'"
    assert done.returncode != 0
    assert any("WARNING" in line and named in line and sentence in line for line in done.stderr.splitlines()), (
        done.stderr[-3000:]
    )


def test_the_build_names_no_fault_that_is_not_there(wrong_page):
    """One warning for each mutant, and one more for an id that a fault hides from the page."""
    done, _ = wrong_page
    said = [words for page, _, words in warnings(done) if page == SHEET]
    hidden = sum(sentence.startswith("ends") for _, sentence in MUTANTS)
    assert len(said) == len(MUTANTS) + hidden + 1, said  # the exercise without a directive lacks its solution as well
