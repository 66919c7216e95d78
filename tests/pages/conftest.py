"""Two small books for the tests of the build: one without a fault, and one with a fault on each page."""

import pytest

from book import HEAD, cell, small_book, warnings

TRUE = "\\hat y_o v_c - v_c = (\\hat y_o - 1) v_c"
FALSE = "\\hat y_o v_c - v_c = (\\hat y_o + 1) v_c"
EXPECT = "<!-- check: expect refuted -->"


def page(*parts):
    return "# Page\n\n<!-- check: fixed -->\n\nSome words.\n\n" + "\n".join(parts)


def display(tex):
    return f"$$\n{tex}\n$$\n"


LINE = "```{code-cell} ipython3\n:tags: [TAGS]\n\nfrom w2v.chapters import show_line\n\nshow_line(r'x = x')\n```\n"
PUZZLES_WITH_FAULTS = (
    HEAD
    + "# Page\n\nSome words.\n\n"
    + LINE.replace("TAGS", "puzzle, stars-1")
    + "\n## Part\n\n"
    + LINE.replace("TAGS", "puzzle, puzzle-a, stars-1, expect-proved")
    + "\nSome words.\n\n"
    + LINE.replace("TAGS", "puzzle, puzzle-b, stars-1, expect-refuted")
    + "\nSome words.\n\n```{admonition} What is wrong\n:class: told dropdown\n\nNothing.\n```\n"
)

SOUND = {
    "verified": cell("from w2v.checks.verification import verify\nverify('T02')") + "\n" + display("x = x"),
    "proved": page(display(TRUE)),
    "declared": page(EXPECT, display(FALSE)),
}
FAULTY = {
    "tex_of_one_half": page(display(r"\frac{1}")),
    "tex_without_a_meaning": page(display(r"\unknownmacro{x}")),
    "false_line": page(display(TRUE), display(FALSE)),
    "unstated": page(
        "<!-- check: w != o; J = naive-softmax -->\nThe naive softmax loss:\n",
        display(r"\frac{\partial J}{\partial u_w} = \hat y_w v_c"),
    ),
    "wrong_definition": page("$$\nZ = \\sum_w \\exp(u_w^\\top v_w)\n$$ (normaliser)\n"),
    "declared_in_vain": page(EXPECT, display(TRUE)),
    "names_what_is_gone": "# Page\n\nSee {section}`No such`, {section}`Page`, {explorer}`NoExplorer`, {exercise}`no-such`.\n",
    "puzzles_with_faults": PUZZLES_WITH_FAULTS,
    "image_without_words": cell("import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])"),
}


@pytest.fixture(scope="session")
def sound(tmp_path_factory):
    """sound(name) is the HTML of a page of a book that was built without a warning into sound.folder/out."""
    folder = tmp_path_factory.mktemp("sound")
    done = small_book(folder, SOUND)
    assert done.returncode == 0, done.stderr[-3000:]
    html = lambda name: (folder / f"out/_build/html/book/{name}.html").read_text("utf-8")
    html.folder = folder
    return html


@pytest.fixture(scope="session")
def faulty(tmp_path_factory):
    """faulty(name) is what is wrong with a page, [(line, words)]; the build fails, and nothing else is wrong with the book."""
    done = small_book(tmp_path_factory.mktemp("faulty"), FAULTY)
    found = warnings(done)
    assert done.returncode != 0 and {name for name, *_ in found} == set(FAULTY), done.stderr[-3000:]
    return lambda name: [(line, words) for page, line, words in found if page == name]
