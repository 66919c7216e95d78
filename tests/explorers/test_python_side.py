"""The thin Python classes: what they print, what they accept, what they refuse, and the bundle."""

import gzip
import json
import re

import numpy as np
import pytest
import traitlets
from sphinx.errors import ExtensionError

from scripts import made_small
from w2v.explorers import (
    CenterVectorExplorer,
    ContextWindowExplorer,
    CostExplorer,
    CrossEntropyExplorer,
    NegativeSamplingExplorer,
    NoiseDistributionExplorer,
    OneStepExplorer,
    OutsideVectorsExplorer,
    OwnWordsExplorer,
    SigmoidExplorer,
    SkipGramSumExplorer,
    TrainingReplayExplorer,
    bundle,
    sweep,
)
from w2v.explorers.training_replay import main_directions, nearest, pack

BUDGET = 20 * 1024
COUNTS = [900, 300, 200, 100, 50, 20, 10, 5, 3, 2, 1, 1]
WORDS = [f"w{i}" for i in range(12)]


def recording(**changes):
    vectors = np.random.default_rng(1).normal(size=(3, 5, 4))
    run = {
        "learning_rate": 0.1,
        "name": "converges",
        "steps": [0, 10, 20],
        "losses": [3.0, 2.0, 1.5],
        "vectors": vectors,
    } | changes
    return {"words": ["a", "b", "c", "d", "e"], "runs": [run]}


@pytest.fixture
def static(monkeypatch):
    monkeypatch.setenv("W2V_STATIC", "1")


def test_a_static_figure_opens_no_connection_and_shows_html_only(static):
    figure = SigmoidExplorer(x=-2)
    data, metadata = figure._repr_mimebundle_()
    assert figure.comm is None and set(data) == {"text/plain", "text/html"} and metadata == {}
    recipe = re.search(r'data-w2v="([^"]*)"', data["text/html"])[1].replace("&quot;", '"')
    assert json.loads(recipe) == {
        "kind": "sigmoid",
        "state": {"x": -2},
        "limits": {"x": {"low": -8, "high": 8, "whole": False}},
    }
    assert '<span data-n="sigmoid" class="w2v-n">0.1192</span>' in data["text/html"]


def test_words_are_escaped_in_the_page(static):
    page = CrossEntropyExplorer(words=["<b>", "a&b", '"', "d", "e"]).page_html()
    assert "<b>" not in page.split(">", 1)[1] and "&#60;b&#62;" in page


def moments(**changes):
    table = np.arange(15.0).reshape(5, 3)
    return [{"name": "early", "V": table, "U": -table} | changes]


WRONG = [
    (lambda: OneStepExplorer(moments(U=np.ones((5, 2)))), "expected U with finite numbers and shape (5, 2) or (5, 3)"),
    (lambda: OneStepExplorer(moments(V=np.full((5, 3), np.nan))), "expected V with finite numbers"),
    (
        lambda: OneStepExplorer(moments(), words=["a", "b"]),
        "shape (2, 2) or (2, 3), as the other table, got shape (5, 3)",
    ),
    (lambda: OneStepExplorer(moments(), moment=1), "moment: expected the index of a moment, 0 to 0, got 1"),
    (lambda: OneStepExplorer([]), "moment: expected the index of a moment"),
    (lambda: OneStepExplorer(moments(), c=5), "c: expected the index of a word, 0 to 4, got 5"),
    (lambda: OwnWordsExplorer(text=3), "text: expected a text of at most 1200 characters, got 3"),
    (lambda: OwnWordsExplorer(text="a" * 1201), "text: expected a text of at most 1200 characters"),
    (lambda: OwnWordsExplorer(taken=4001), "taken: expected an int from 0 to 4000, got 4001"),
    (lambda: SigmoidExplorer(x=9), "x: expected a number from -8 to 8, got 9"),
    (lambda: SigmoidExplorer(x="a"), "x: expected a number"),
    (lambda: SigmoidExplorer(x=True), "x: expected a number"),
    (lambda: SigmoidExplorer(x=float("nan")), "x: expected a number"),
    (lambda: CenterVectorExplorer(o=5), "o: expected the index of a word, 0 to 4, got 5"),
    (lambda: CenterVectorExplorer(U=[[1, 2]] * 4), "U: expected 5 rows"),
    (lambda: CenterVectorExplorer(U=[[1, 2, 3]] * 5), "U: expected 5 rows"),
    (lambda: CenterVectorExplorer(v_c=[1, 2, 3]), "v_c: expected 2 numbers, got 3"),
    (lambda: CenterVectorExplorer(words="abcde"), "words: expected a list of words"),
    (lambda: OutsideVectorsExplorer(convention="diagonal"), "convention: expected 'columns' or 'rows', got 'diagonal'"),
    (lambda: NegativeSamplingExplorer(negatives=[0, 6]), "negatives: expected the index of a word, 0 to 4, got 6"),
    (lambda: NegativeSamplingExplorer(negatives=[]), "negatives: expected a list of ints from 0 to 7, 1 to 12 of them"),
    (lambda: CrossEntropyExplorer(y=[0.5, 0.1, 0.1, 0.1, 0.1]), "y: expected numbers that sum to 1, got sum 0.9"),
    (lambda: CrossEntropyExplorer(scores=[1, 2]), "scores: expected 5 numbers"),
    (lambda: ContextWindowExplorer(center=10), "center: expected the index of a word, 0 to 9, got 10"),
    (lambda: SkipGramSumExplorer(added=5), "added: expected 0 to 4 pairs, got 5"),
    (lambda: SkipGramSumExplorer(negatives=[[1, 2]]), "negatives: expected 4 rows"),
    (lambda: NoiseDistributionExplorer(WORDS, COUNTS[1:]), "counts: expected one for each"),
    (lambda: NoiseDistributionExplorer(WORDS, [0, *COUNTS[1:]]), "counts: expected ints of at least 1, got 0"),
    (lambda: CostExplorer(measured=[{"loss": "other"}]), "measured: expected dicts with loss"),
    (lambda: TrainingReplayExplorer(recording(losses=[1.0])), "expected vectors of shape (3, 5, D) and 3 losses"),
    (lambda: TrainingReplayExplorer(recording(), word=5), "word: expected the index of a word, 0 to 4, got 5"),
]


@pytest.mark.parametrize("make, message", WRONG)
def test_wrong_values_get_a_clear_error(static, make, message):
    with pytest.raises(traitlets.TraitError) as raised:
        make()
    assert message in str(raised.value)


def test_a_wrong_value_later_is_refused_too_and_changes_nothing(static):
    figure = CenterVectorExplorer()
    with pytest.raises(traitlets.TraitError):
        figure.o = 5
    assert figure.o == 4


def test_an_unknown_name_is_refused(static):
    with pytest.raises(TypeError, match="SigmoidExplorer: expected x; got y"):
        SigmoidExplorer(y=1)


def test_numpy_values_are_taken(static):
    assert CenterVectorExplorer(v_c=np.array([1.0, -2.0]), o=np.int64(2)).state()["v_c"] == [1.0, -2.0]


@pytest.mark.parametrize(
    "grid, message",
    [
        ((0, 1), "start, stop, count"),
        ((1, 0, 5), "start < stop"),
        ((0, 1, 1), "2 to 200"),
        ("abc", "start, stop, count"),
    ],
)
def test_sweep_refuses_a_wrong_grid(static, grid, message):
    with pytest.raises(ValueError, match=message):
        sweep(lambda value, ax: None, t=grid)


def test_sweep_takes_exactly_one_parameter(static):
    for parameters in ({}, {"a": (0, 1, 3), "b": (0, 1, 3)}):
        with pytest.raises(TypeError, match="exactly one parameter"):
            sweep(lambda value, ax: None, **parameters)


def test_the_frames_of_a_sweep_can_be_put_together_again(static):
    figure = sweep(lambda value, ax: ax.plot([0, 1], [0, value]), height=(1, 3, 5))
    lines, frames = figure.drawn["lines"], figure.drawn["frames"]
    whole = ["\n".join(lines[k] for k in frame) for frame in frames]
    assert len(set(whole)) == 5 and all(frame.startswith("<svg") and frame.endswith("</svg>") for frame in whole)
    figure._draw({"new": 2.0})
    assert figure.live == whole[2]


def test_a_sweep_through_words_hands_over_the_word_and_shows_it(static):
    drawn = []
    figure = sweep(lambda word, ax: drawn.append(word), word=("cat", "milk"), start_at="milk")
    assert drawn == ["cat", "milk"] and figure.state()["value"] == 1.0
    assert '<span data-n="value" class="w2v-n">milk</span>' in figure.page_html()
    with pytest.raises(ValueError, match="start_at: expected one of cat, milk, got 'dog'"):
        sweep(lambda word, ax: None, word=("cat", "milk"), start_at="dog")


def test_nearest_neighbours_are_by_cosine():
    vectors = np.array([[1, 0.1], [2, 0.1], [0.1, 1], [-1, 0.2], [0.5, 0.5]])
    assert nearest(vectors)[0][0] == [1, round(100 * (2.01 / np.hypot(1, 0.1) / np.hypot(2, 0.1)))]
    assert [w for w, _ in nearest(vectors)[0]] == [1, 4, 2, 3]


def test_positions_are_coordinates_along_the_two_main_directions():
    vectors = recording()["runs"][0]["vectors"]
    axes = main_directions(vectors[-1])
    np.testing.assert_allclose(axes.T @ axes, np.eye(2), atol=1e-12)
    shown = np.array(pack(recording())["runs"][0]["positions"][-1])
    centered = vectors[-1] - vectors[-1].mean(axis=0)
    np.testing.assert_allclose(shown, centered @ axes, atol=0.005)
    spread = np.linalg.svd(centered, compute_uv=False)
    np.testing.assert_allclose(np.linalg.norm(centered @ axes, axis=0), spread[:2])


def test_a_run_that_blows_up_is_packed_without_numbers():
    vectors = np.random.default_rng(1).normal(size=(3, 5, 4))
    blown = np.concatenate([vectors[:2], np.full((1, 5, 4), np.nan)])
    run = recording()["runs"][0]
    packed = pack({"words": list("abcde"), "runs": [run, run | {"vectors": blown, "losses": [1.0, 2.0, np.inf]}]})[
        "runs"
    ][1]
    assert (
        packed["losses"][-1] is None and packed["positions"][-1] == [None] * 5 and packed["neighbours"][-1] == [[]] * 5
    )
    json.dumps(packed, allow_nan=False)


def test_a_long_text_keeps_its_thirty_most_frequent_words(static):
    often = " ".join(f"often{n}" for n in range(29))
    page = OwnWordsExplorer(text=f"{' '.join(f'once{n}' for n in range(9))}. {often}. {often}.").page_html()
    assert '<span data-n="words" class="w2v-n">30</span> words (the most frequent ones)' in page
    assert "follow once0" in page and "follow once1" not in page


def test_all_explorers_together_stay_within_their_budget():
    assert len(gzip.compress(made_small(bundle.CSS.with_name("site.js"), bundle=True).encode(), 9)) < BUDGET


def test_a_script_with_a_fault_is_not_made_small(tmp_path):
    (tmp_path / "a.js").write_text("const one = 1;\nimport { two } from './b.js';\nconsole.log(two);\n")
    (tmp_path / "b.js").write_text("export const one = 1;\n")
    with pytest.raises(ExtensionError, match=r'(?s)No matching export in .*b.js" for import "two".*a.js:2:9'):
        made_small(tmp_path / "a.js", bundle=True)


def test_two_modules_may_not_define_the_same_name(tmp_path, monkeypatch):
    (tmp_path / "a.js").write_text("import { one } from './b.js';\nexport const two = one;\n")
    (tmp_path / "b.js").write_text("export const one = 1;\n")
    monkeypatch.setattr(bundle, "HERE", tmp_path)
    assert bundle.bundle("a") == "const one = 1;\nconst two = one;\n"
    (tmp_path / "a.js").write_text("import { one } from './b.js';\nconst one = 2;\n")
    with pytest.raises(ValueError, match="one is defined in b.js and in a.js"):
        bundle.bundle("a")


def test_the_script_asks_nothing_of_a_network():
    assert not re.search(r"https?://(?!www\.w3\.org)|\bimport\s*\(|\bfetch\(|^import ", bundle.bundle("site"), re.M)


def test_whole_numbers_stay_whole_in_a_sweep(static):
    seen = []
    figure = sweep(lambda value, ax: seen.append(value), words=(1, 9, 5))
    assert seen == [1, 3, 5, 7, 9] and all(type(value) is int for value in seen)
    assert figure.value == 5 and figure.limits()["value"] == {"low": 1, "high": 9, "whole": True}
    figure.value = 7.0
    assert seen[-1] == 7 and type(seen[-1]) is int
    seen.clear()
    sweep(lambda value, ax: seen.append(value), words=(1, 9, 4))
    assert all(type(value) is float for value in seen)


@pytest.mark.parametrize(
    "arguments, error, words",
    [
        (dict(plot=3, t=(0, 1, 2)), TypeError, "sweep: plot: expected a function of (value, ax), got 3"),
        (dict(t=(0, 4, 5), start_at=9), ValueError, "sweep: start_at: expected an int from 0 to 4, got 9"),
        (dict(t=(0, 4, 5), start_at=1.5), ValueError, "sweep: start_at: expected an int from 0 to 4, got 1.5"),
        (dict(t=(0, 1, 5), start_at="a"), ValueError, "sweep: start_at: expected a number from 0 to 1, got 'a'"),
        (dict(t=(0, "a", 5)), ValueError, "sweep: t: expected (start, stop, count)"),
        (dict(t=(0, 1, 5), size=(0, 3)), ValueError, "sweep: size: expected (width, height) in inches"),
    ],
)
def test_sweep_refuses_what_it_cannot_show(static, arguments, error, words):
    with pytest.raises(error, match=re.escape(words)):
        sweep(**{"plot": lambda value, ax: None, **arguments})


def test_a_word_stands_for_its_place(static):
    figure = NegativeSamplingExplorer(o="cat", negatives=["milk", "milk", 0])
    assert figure.o == 1 and figure.negatives == [4, 4, 0]
    figure.o = "drinks"
    assert figure.o == 2
    own = CenterVectorExplorer(o="moon", words=["sun", "moon", "star"], U=[[1, 0], [0, 1], [1, 1]])
    assert own.o == 1 and own.state()["words"] == ["sun", "moon", "star"]
    assert ContextWindowExplorer(center="company").center == 7 and CrossEntropyExplorer(o="the").o == 0


@pytest.mark.parametrize(
    "make, words",
    [
        (
            lambda: NegativeSamplingExplorer(o="dog"),
            "o: expected a place in words or a word that stands there once, got 'dog'",
        ),
        (
            lambda: NegativeSamplingExplorer(negatives=["cat", "dog"]),
            "negatives: expected a place in words or a word that stands there once, got 'dog'",
        ),
        (
            lambda: ContextWindowExplorer(tokens=["a", "b", "a"], center="a"),
            "center: expected a place in tokens or a word that stands there once, got 'a'",
        ),
    ],
)
def test_a_word_that_has_no_place_is_named(static, make, words):
    with pytest.raises(traitlets.TraitError, match=re.escape(words)):
        make()
