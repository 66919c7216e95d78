"""Feedback and registry: what is shown, what is recorded, what importing costs."""

import json
import subprocess
import sys
from html.parser import HTMLParser

import pytest
import quickjs

from w2v.exercises import Feedback, exercises, grade, registry
from w2v.exercises.prediction import Prediction
from w2v.exercises.registry import CHAPTERS, KINDS, Exercise, find, register, sheet

CORE = ("cross_entropy", "softmax_gradients", "sigmoid", "negative_sampling", "skip_gram")
ANSWERS = {"true": 0.25, "false": 0.5, "unanswered": None}


class Page(HTMLParser):
    """Collects the attributes of the elements and checks that they are nested."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements = [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("state", ANSWERS)
def test_the_root_element_carries_the_exercise_and_the_verdict(state, monkeypatch):
    monkeypatch.delenv("W2V_STATIC", raising=False)
    html = grade("sigmoid-steepest", ANSWERS[state])._repr_html_()
    tag, attributes = Page(html).elements[0]
    assert tag == "div" and attributes == {
        "class": "w2v-feedback",
        "data-w2v-exercise": "sigmoid-steepest",
        "data-w2v-passed": state,
    }
    assert ("<script>" in html) is (state == "true")


def test_the_verdict_is_said_in_words():
    words = {state: str(grade("sigmoid-steepest", answer)).split(":")[0] for state, answer in ANSWERS.items()}
    assert words == {"true": "✓ passed", "false": "✗ not yet", "unanswered": "… not answered yet"}
    for state, answer in ANSWERS.items():
        assert (
            "<b>" in grade("sigmoid-steepest", answer)._repr_html_()
            and words[state][2:] in grade("sigmoid-steepest", answer)._repr_html_()
        )


def test_the_static_build_records_nothing(monkeypatch):
    monkeypatch.setenv("W2V_STATIC", "1")
    assert "script" not in grade("sigmoid-steepest", 0.25)._repr_html_()


def test_html_is_escaped():
    html = Feedback("a-b", "<b>title", False, ("<script>x</script>",), "<img>")._repr_html_()
    assert "<script>" not in html and "<img>" not in html and "<b>title" not in html


def run_script(feedback, stored):
    """What the script of a feedback leaves in localStorage, run in a small JavaScript engine."""
    context = quickjs.Context()
    context.eval(
        f"var store = {json.dumps(stored)}; var warned = 0; var console = {{ warn() {{ warned += 1; }} }};"
        "var localStorage = { getItem: k => k in store ? store[k] : null, setItem: (k, v) => { store[k] = v; } };"
    )
    html = feedback._repr_html_()
    context.eval(html[html.index("<script>") + 8 : html.index("</script>")])
    return json.loads(context.eval("JSON.stringify(store)")), context.eval("warned")


def test_the_record_is_kept_in_the_browser(monkeypatch):
    monkeypatch.delenv("W2V_STATIC", raising=False)
    feedback = grade("sigmoid-steepest", 0.25)
    stored, _ = run_script(feedback, {})
    record = json.loads(stored["w2v-progress"])
    assert record["version"] == 1 and list(record["passed"]) == ["sigmoid-steepest"]
    assert record["passed"]["sigmoid-steepest"].endswith("Z")
    earlier = {"w2v-progress": '{"version":1,"passed":{"other":"2025","sigmoid-steepest":"2024"}}'}
    assert run_script(feedback, earlier)[0] == earlier
    more, _ = run_script(feedback, {"w2v-progress": '{"version":1,"passed":{"other":"2025"}}'})
    assert set(json.loads(more["w2v-progress"])["passed"]) == {"other", "sigmoid-steepest"}


@pytest.mark.parametrize("stored", ["{", "null", '{"version":2,"passed":[]}', '{"version":1}', "[]"])
def test_a_strange_record_is_left_alone(stored, monkeypatch):
    monkeypatch.delenv("W2V_STATIC", raising=False)
    left, _ = run_script(grade("sigmoid-steepest", 0.25), {"w2v-progress": stored})
    assert left["w2v-progress"] == stored


def test_printed_output_is_shown():
    def prints(x):
        print("a < b")
        return x

    feedback = grade("sigmoid-any-score", prints)
    assert "your function printed:\n    a < b" in str(feedback) and "<pre>a &lt; b</pre>" in feedback._repr_html_()


@pytest.mark.parametrize(
    "id, near", [("softmax-center-vectr", "softmax-center-vector"), ("sigmoid steepest", "sigmoid-steepest")]
)
def test_an_unknown_id_names_the_nearest(id, near):
    with pytest.raises(ValueError, match=f"id: expected the id of an exercise, got '{id}'; the nearest are .*{near}"):
        grade(id, None)


@pytest.mark.parametrize("id", ["qqqq", 3, None, ["softmax-center-vector"]])
def test_an_id_like_no_other(id):
    with pytest.raises(ValueError, match="id: expected the id of an exercise, got .*(`exercises|nearest)"):
        grade(id, None)


@pytest.mark.parametrize("chapter", CORE)
def test_a_core_chapter_has_six_exercises_of_all_kinds(chapter):
    kinds = [entry.kind for entry in exercises() if entry.chapter == chapter]
    assert len(kinds) >= 6
    assert kinds.count("by hand") >= 2 and kinds.count("in NumPy") >= 2 and kinds.count("prediction") >= 1


def test_the_list_is_in_reading_order_and_each_chapter_is_a_page():
    from pathlib import Path

    book = Path(registry.__file__).parents[2]
    chapters = list(dict.fromkeys(entry.chapter for entry in exercises()))
    assert chapters == list(CHAPTERS)
    assert all((book / f"{sheet(chapter)}.md").exists() for chapter in CHAPTERS)
    assert len({entry.id for entry in exercises()}) == len(exercises()) and {e.kind for e in exercises()} <= set(KINDS)


def test_registering_twice_or_wrongly_is_refused():
    entry = find("sigmoid-steepest")
    with pytest.raises(ValueError, match="expected a new one, got 'sigmoid-steepest', which sigmoid has"):
        register(entry)
    with pytest.raises(ValueError, match="kind: expected one of"):
        Exercise("a-b", "sigmoid", "title", "guess", Prediction(1.0, ""))
    with pytest.raises(ValueError, match="id: expected lower-case words"):
        Exercise("A b", "sigmoid", "title", "prediction", Prediction(1.0, ""))


def test_importing_loads_no_library_and_only_functions_need_numpy():
    code = (
        "import sys; from w2v.exercises import exercises, grade; exercises()\n"
        "assert grade('sigmoid-steepest', 0.25).passed\n"
        "assert grade('sigmoid-slope', r'$$\\sigma\\'(x) = \\sigma(x)$$').passed is False\n"
        "assert 'numpy' not in sys.modules, 'numpy'\n"
        "grade('sigmoid-any-score', lambda x: x)\n"
        "bad = {'sympy', 'matplotlib', 'scipy', 'IPython', 'gensim', 'dask'} & set(sys.modules); assert not bad, bad\n"
        "assert 'numpy' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
