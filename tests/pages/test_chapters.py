"""The sources of the chapters: template, labels, checks beside the results, nothing written twice."""

import ast
import re
import subprocess
from collections import Counter

import jupytext
import pytest

from book import BOOK, ROOT, pages, source
from formula_sheet import theorems
from test_results import IDS
from w2v.chapters import show_source
from w2v.chapters.plan import placed
from w2v.exercises import exercises
from w2v.exercises.registry import CHAPTERS, sheet
from w2v.losses import negative_sampling_gradients
from w2v.parallel import step_over_shards

CORE = ("cross_entropy", "softmax_gradients", "sigmoid", "negative_sampling", "skip_gram")
CODE_COLUMNS = 88


def is_notebook(page):
    return "kernelspec:" in source(page)


def cells(page):
    return [cell for cell in jupytext.reads(source(page), fmt="md:myst").cells if cell.cell_type == "code"]


NOTEBOOKS = [page for page in pages() if is_notebook(page)]


@pytest.mark.parametrize("page", CORE)
def test_a_core_chapter_follows_the_template(page):
    sections = re.findall(r"^## (.+)$", source(page), re.M)
    for wanted in ("Setting", "Loss", "What it means"):
        assert wanted in sections, f"{page}: section {wanted!r} is missing"
    assert sections[-3:] == ["Explore", "Summary", "Exercises"]


@pytest.mark.parametrize("page", CORE)
def test_a_core_chapter_shows_proof_code_and_gradient_check(page):
    text = source(page)
    for wanted in ("assert_zero", "show_source", "check_gradients", "verify("):
        assert wanted in text, f"{page}: no {wanted}"


@pytest.mark.parametrize("page", CORE)
def test_a_core_chapter_shows_something_within_120_words(page):
    after_title = source(page).split("\n# ", 1)[1]
    before = re.split(r"\$\$|```\{code-cell\}", after_title)[0]
    assert len(before.split()) <= 120


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def statements(text):
    """How many exercises stand in the text of a page."""
    return len(re.findall(r"^`{3,}\{exercise(?:-start)?\}", text, re.M))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_exercises_stand_behind_their_chapter_with_folded_solutions(chapter):
    order, text = pages(), source(sheet(chapter))
    assert order[order.index(chapter) + 1] == sheet(chapter) and not statements(source(chapter))
    folded = len(re.findall(r"^`{3,}\{solution(-start)?\}[^\n]*\n:class: dropdown", text, re.M))
    assert folded == statements(text) >= (6 if chapter in CORE else 2)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_ends_by_saying_what_its_exercises_are(chapter):
    every, kinds = statements(source(sheet(chapter))), Counter(e.kind for e in exercises() if e.chapter == chapter)
    last = source(chapter).rpartition("\n## Exercises\n\n")[2].strip()
    assert last.startswith(
        f"{{doc}}`{NUMBERS[every].capitalize()} exercises <{sheet(chapter)}>` stand on the next page"
    )
    if kinds == {"prediction": every}:
        assert last.endswith(", all of them predictions.")
        return
    told = re.findall(r"(\w+) (by hand|in NumPy|prediction|that (?:is|are) not graded)", last.partition(": ")[2])
    counts = {kind.partition(" not ")[2] or kind: NUMBERS.index(number) for number, kind in told}
    assert counts == dict(kinds) | ({"graded": every - kinds.total()} if every > kinds.total() else {})


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_page_of_exercises_says_what_it_uses(chapter):
    sections = re.findall(r"^## (.+)$", source(sheet(chapter)), re.M)
    assert sections == ["What is used here", "The exercises"]


def test_every_result_is_stated_once():
    stated = {}
    for page in pages():
        for label, title, _, formulas in theorems(source(page)):
            assert label not in stated, f"{label} is stated in {stated.get(label)} and {page}"
            assert title.startswith(f"{label}: "), f"{page}: the title of {label} begins with its id"
            assert formulas["columns"] and formulas["rows"], f"{label}: no formula"
            stated[label] = page
    assert sorted(stated) == sorted(IDS)


def cards(text):
    """For each section of a chapter: the results it states, and the cells that verify results, as lists of ids."""
    for section in re.split(r"^## ", text, flags=re.M):
        stated = [label for label, *_ in theorems(section)]
        yield stated, [re.findall(r'"(\w+)"', ids) for ids in re.findall(r"^verify\((.*?)\)$", section, re.M | re.S)]


@pytest.mark.parametrize("page", [page for page in NOTEBOOKS if list(theorems(source(page)))])
def test_a_section_has_one_card_for_all_its_results(page):
    for stated, verified in cards(source(page)):
        assert len(verified) <= 1 and sorted(stated) == sorted(sum(verified, [])), f"{page}: {stated}, {verified}"


def test_a_second_card_a_forgotten_result_and_a_card_elsewhere_are_noticed():
    box = ":::{prf:theorem} T01: a\n:label: T01\n\n$$\nx = x\n$$\n:::\n"
    for text in (box, f'{box}\nverify("T01")\n\nverify("T01")\n', f'{box}\n## Next\n\nverify("T01")\n'):
        assert any(len(verified) > 1 or stated != sum(verified, []) for stated, verified in cards(text)), text


def test_no_chapter_defines_what_the_package_has():
    """The insides of the checker are not for chapters; their names, such as arrow, are free."""
    package = {
        node.name
        for path in (BOOK / "w2v").rglob("*.py")
        if "checker" not in path.parts  # its insides are no business of a chapter
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if "checker" not in path.relative_to(BOOK).parts
        and isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
    }
    for page in NOTEBOOKS:
        for cell in cells(page):
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                    assert node.name not in package, f"{page}: defines {node.name}, which the package has"


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_code_fits_its_column(page):
    for cell in cells(page):
        if "hide-input" not in cell.metadata.get("tags", []):
            long = [line for line in cell.source.splitlines() if len(line) > CODE_COLUMNS]
            assert not long, f"{page}: more than {CODE_COLUMNS} columns: {long[0]}"


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_no_cell_is_followed_by_a_cell_without_a_sentence_between(page):
    shown = re.sub(r"^```\{code-cell\} ipython3\n:tags: \[remove-cell\].*?^```$", "", source(page), flags=re.M | re.S)
    between = re.findall(r"^```\{code-cell\}.*?^```$(.*?)(?=^```\{code-cell\})", shown, re.M | re.S)
    bare = [gap for gap in between if not re.search(r"\w", gap)]
    assert not bare, f"{page}: {len(bare)} cells follow another one without a word"


@pytest.mark.parametrize("page", pages())
def test_displays_have_dots_in_matrices_alone_and_labels_carry_the_page(page):
    text = source(page)
    for display in re.findall(r"\$\$(.+?)\$\$", text, re.S):
        outside = re.sub(
            r"\\begin\{bmatrix\}.*?\\end\{bmatrix\}", "", display, flags=re.S
        )  # the corners of a matrix tell the rest
        assert r"\cdots" not in outside and r"\approx" not in display, f"{page}: {display.strip()[:80]}"


def test_labels_are_unique():
    labels = [
        label for page in pages() for label in re.findall(r"\$\$ \(([\w-]+)\)|^:label: ([\w-]+)", source(page), re.M)
    ]
    flat = [a or b for a, b in labels]
    assert len(flat) == len(set(flat))


def committed():
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return listing.stdout.splitlines() if listing.returncode == 0 else []


def test_nothing_that_a_build_makes_is_committed():
    made = [name for name in committed() if name.endswith(".ipynb") or "_build" in name or "node_modules" in name]
    assert not [name for name in made if not name.startswith("tests/")]


def test_the_top_level_is_bare():
    allowed = {
        "README.md",
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-TEXT",
        "Makefile",
        "_config.yml",
        "_toc.yml",
        "requirements.txt",
        "book",
        "tests",
    }
    top = {name.split("/")[0] for name in committed()}
    assert {name for name in top if not name.startswith(".")} <= allowed


def test_every_installed_package_is_pinned():
    """A package that a new release could change would change the book."""
    import importlib.metadata as metadata

    normal = lambda name: re.sub(r"[-_.]+", "-", name).lower()
    pins = dict(line.split("==") for line in (BOOK / "constraints.txt").read_text().splitlines() if "==" in line)
    pinned = {normal(name): version.strip() for name, version in pins.items()}
    tools = {"pip", "setuptools", "wheel", "w2v"}
    for package in metadata.distributions():
        name = normal(package.metadata["Name"])
        if name not in tools:
            assert pinned.get(name) == package.version, (
                f"{name} {package.version} is not pinned in book/constraints.txt"
            )


def test_a_shown_source_leaves_the_types_out():
    shown = show_source(negative_sampling_gradients, step_over_shards).data
    assert "def negative_sampling_gradients(v_c, o, U, negatives):\n    " in shown
    assert 'sampling=Sampling(), where="serial", numbers=None):\n    ' in shown
    assert ": ArrayLike" not in shown and "->" not in shown.replace("<-", "")


def test_the_plan_of_the_book_has_each_result_where_its_page_states_it():
    stated = {page: sorted(label for label, *_ in theorems(source(page))) for page in pages()}
    assert {page: sorted(ids) for page, ids in placed().items()} == {page: ids for page, ids in stated.items() if ids}


EXERCISE = re.compile(r"^`{3,}\{exercise(?:-start)?\} [^\n]*\n:label: ([\w-]+)\n(?:`{3,}\n)?\n?+([^\n]*)", re.M)


def test_each_exercise_says_how_hard_it_is():
    marked = 0
    for page in pages():
        found = EXERCISE.findall(source(page))
        assert len(found) == statements(source(page)), page
        assert ("The sign ★ marks how hard" in source(page)) == bool(found), page
        for label, text in found:
            assert re.match(r"★{1,3} \S", text), label
            marked += 1
    assert marked > 100
