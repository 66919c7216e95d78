"""The reference of the package: every name of a face is on the page with an example that was run, and none is forgotten."""

import ast
import doctest
import inspect
import re
import textwrap
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest

from book import source
from reference import Writer, comment, link_definitions, members
from test_imports import LOADS
from w2v.chapters import show_source
from w2v.losses import softmax
from w2v.training import shared_step

FACES = [f"w2v.{face}" for face in sorted(LOADS)]
NAMES = [(face, name) for face in FACES for name, _ in members(import_module(face))]
# A name of two faces has its example once; the statements of a chapter are run by `verify`.
STATEMENTS = "w2v.checks.symbolic.results."


def documented(thing):
    """Whether a thing can carry a docstring of its own: not a constant, and no module of statements."""
    if inspect.ismodule(thing):
        return not thing.__name__.startswith(STATEMENTS)
    return inspect.isclass(thing) or inspect.isroutine(thing)


def faults(face, name, words):
    """What is wrong with the examples in `words`, run with NumPy and the names of the face at hand."""
    names = {"np": np} | dict(members(import_module(face)))
    test = doctest.DocTestParser().get_doctest(words, names, f"{face}.{name}", None, 0)
    said = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    return said if test.examples else ["no example"]


def test_the_page_has_every_face():
    assert sorted(re.findall(r"^```\{face\} (\S+)$", source("package"), re.M)) == FACES


@pytest.mark.parametrize("face, name", NAMES)
def test_every_name_has_an_example_that_is_true(face, name):
    module = import_module(face)
    thing = getattr(module, name)
    if documented(thing):
        assert faults(face, name, inspect.getdoc(thing)) == []
    elif not inspect.ismodule(thing):
        assert comment(module, name)


@pytest.mark.parametrize("words", [">>> sigmoid([0])\narray([0.4])", ">>> sigmoid('a')", "Half."])
def test_an_example_that_is_false_fails_or_is_missing_is_noticed(words):
    assert faults("w2v.losses", "sigmoid", words)


def test_a_constant_without_a_comment_is_refused():
    with pytest.raises(ValueError, match=r"w2v\.losses\.huffman\.NONE: expected a comment"):
        comment(import_module("w2v.losses.huffman"), "NONE")


@pytest.mark.parametrize(
    "face, name, kind, signature",
    [
        ("losses", "softmax", "function", "(scores: ArrayLike) → np.ndarray"),
        ("corpus", "real_text_or_tiny_world", "function", "progress: bool | None=None) → EncodedCorpus"),
        ("training", "Settings", "class", "(window=5, dimensions=20, "),
        ("training", "Diverged", "exception", "(pairs: int, loss: float, learning_rate: float)"),
        ("explorers", "SigmoidExplorer", "class", "(*, x=...)"),
        ("vectors", "WordVectors.save", "method", "(path: str | PathLike[str], binary: bool=False) → None"),
        ("corpus", "EncodedCorpus.checksum", "property", ""),
        ("text", "tiny_world.text", "function", "(tokens: int=200000, seed: int=1) → str"),
        ("chapters", "BLUE", "data", ""),
    ],
)
def test_an_entry_says_what_the_source_says(face, name, kind, signature):
    writer = Writer(import_module(f"w2v.{face}"))
    top = name.split(".")[0]
    text = writer.entry(top, getattr(writer.face, top))
    assert f"{{py:{kind}}} {name}\n:module: w2v.{face}\n" in text
    assert signature in writer.signatures[f"w2v.{face}.{name}"]
    assert ("```pycon\n>>> " in text) == (name != "BLUE")
    assert set(re.findall(r"^`+\{py:\w+\} (\S+)$", text, re.M)) == {
        key[len(f"w2v.{face}.") :] for key in writer.signatures
    }


def test_a_shown_source_leaves_the_examples_out():
    shown, whole = show_source(softmax).data, textwrap.dedent(inspect.getsource(softmax))
    assert ">>> " in whole and ">>> " not in shown
    words = ast.get_docstring(ast.parse(shown.removeprefix("```python\n").removesuffix("\n```")).body[0])
    assert words.split() == ast.get_docstring(ast.parse(whole).body[0]).partition("\n\n>>> ")[0].split()


def test_the_words_of_a_shown_source_fit_on_a_page():
    shown, whole = show_source(shared_step).data, inspect.getsource(shared_step)
    described = slice(shown.index('"""'), shown.rindex('"""'))
    assert max(map(len, shown[described].split("\n"))) <= 88 < max(map(len, whole[: whole.index(">>>")].split("\n")))


# ---- on the site ----


def test_the_index_names_all_and_each_name_has_its_place(site):
    page, index = ((site / name).read_text("utf-8") for name in ("book/package.html", "genindex.html"))
    for face, name in NAMES:
        assert f'id="{face}.{name}"' in page and f'href="book/package.html#{face}.{name}"' in index, f"{face}.{name}"


def test_the_names_of_shown_functions_lead_to_their_entries(site):
    page = (site / "book/softmax_gradients.html").read_text("utf-8")
    assert '<a class="w2v-entry" href="package.html#w2v.losses.naive_softmax_gradients"><span class="nf">' in page
    targets = set(re.findall(r'id="(w2v\.[^"]+)"', (site / "book/package.html").read_text("utf-8")))
    for path in (site / "book").glob("*.html"):
        linked = re.findall(r'class="w2v-entry" href="package\.html#([^"]+)"', path.read_text("utf-8"))
        assert set(linked) <= targets
        assert bool(linked) == ("show_source" in source(path.stem)), path.stem


OBJECTS = {
    name: SimpleNamespace(docname="book/package", node_id=name)
    for name in ("w2v.losses.softmax", "w2v.losses.Tree", "w2v.losses.Tree.path")
}
DOMAIN = SimpleNamespace(objects=OBJECTS)
APP = SimpleNamespace(builder=SimpleNamespace(name="html"), env=SimpleNamespace(get_domain=lambda name: DOMAIN))


@pytest.mark.parametrize(
    "name, page, links",
    [("softmax", "book/a", 1), ("sigmoid", "book/a", 0), ("path", "book/a", 0), ("softmax", "book/package", 0)],
)
def test_only_a_known_name_outside_the_reference_becomes_a_link(name, page, links):
    body = f'<span class="k">def</span><span class="w"> </span><span class="nf">{name}</span>'
    context = {"body": body, "pathto": lambda docname: "package.html"}
    link_definitions(APP, page, "", context, None)
    assert context["body"].count('<a class="w2v-entry" href="package.html#w2v.losses.softmax">') == links
