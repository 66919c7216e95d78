"""What the pages read off their outputs: `says(words, holds)` in a hidden cell asserts it when the page is built, and the words stand on the page."""

import ast
import re

import jupytext
import pytest

from book import pages, source
from w2v.chapters import says

HIDDEN = ["remove-cell"]


def cells(text):
    return [cell for cell in jupytext.reads(text, fmt="md:myst").cells if cell.cell_type == "code"]


def prose(text):
    """The words of a page in one line, without cells, comments and the signs of emphasis."""
    text = re.sub(r"^(`{3,})\{code-cell\}.*?^\1$|<!--.*?-->", "", text, flags=re.M | re.S)
    return " ".join(text.replace("*", "").split())


def calls(cell):
    """The calls of `says` in a cell."""
    named = (node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call))
    return [node for node in named if getattr(node.func, "id", "") == "says"]


def faults(text):
    """What is wrong with the sentences that a page asserts."""
    words = prose(text)
    for cell in cells(text):
        said = calls(cell)
        if bool(said) != (cell.metadata.get("tags") == HIDDEN):
            yield "a hidden cell asserts what the page says, and no other cell does"
        for call in said:
            sentence, holds = call.args
            if not (isinstance(sentence, ast.Constant) and sentence.value.replace("*", "") in words):
                yield f"not on the page: {ast.unparse(sentence)}"
            if not any(isinstance(node, ast.Name) for node in ast.walk(holds)):
                yield f"not about the page's numbers: {ast.unparse(holds)}"


@pytest.mark.parametrize("page", [page for page in pages() if "kernelspec:" in source(page)])
def test_what_is_asserted_stands_on_the_page(page):
    assert list(faults(source(page))) == []


NUMBER = "The tiny world has 433 words"


@pytest.mark.parametrize(
    "right, other, words",
    [
        (f"{NUMBER}.", "The tiny world has 434 words.", "not on the page: '" + NUMBER),
        ("len(vocabulary) == 433", "433 == 433", "not about the page's numbers"),
        ('says("Less often', 'print("Less often', "no other cell does"),
    ],
)
def test_a_sentence_that_drifts_is_noticed(right, other, words):
    text = source("why_vectors")
    assert text.count(right) == 1
    (found,) = faults(text.replace(right, other))
    assert found.startswith(words) or found.endswith(words)


def test_what_does_not_hold_stops_the_build():
    says("a half", 0.5 == 1 / 2)
    with pytest.raises(AssertionError, match="the page says 'a third', and it is not so"):
        says("a third", 0.3 == 1 / 3)
