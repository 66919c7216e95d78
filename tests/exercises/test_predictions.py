"""Predictions: the answers are what the package and the explorers give; wrong ones get a hint and not the answer."""

import re

import numpy as np
import pytest
from answers import load

from w2v.exercises import exercises, grade
from w2v.exercises.prediction import Prediction, _equal
from w2v.exercises.registry import find
from w2v.explorers import ContextWindowExplorer, CrossEntropyExplorer, NegativeSamplingExplorer, OutsideVectorsExplorer
from w2v.losses.functions import kl_divergence, log_sigmoid, log_softmax, sigmoid, sigmoid_derivative, softmax
from w2v.losses.pair import naive_softmax_gradients, negative_sampling_gradients, negative_sampling_loss
from w2v.losses.skip_gram import skip_gram_gradients


def knowing_nothing():
    words = len(CrossEntropyExplorer().words)
    return -log_softmax(np.full(words, 0.7))[1]


def raised_scores():
    scores = np.array(CrossEntropyExplorer().scores)
    o = CrossEntropyExplorer().o
    change = log_softmax(scores)[o] - log_softmax(scores + 1)[o]
    return "stays" if abs(change) < 1e-12 else "rises" if change > 0 else "falls"


def equal_scores():
    explorer, v_c = OutsideVectorsExplorer(), np.array([1e-9, 0.0])
    return naive_softmax_gradients(v_c, explorer.o, np.array(explorer.U))[1][explorer.o] @ v_c / (v_c @ v_c)


def center_at_origin():
    U, o = np.array(OutsideVectorsExplorer().U), OutsideVectorsExplorer().o
    expected = U.T @ softmax(U @ np.zeros(2))
    places = {"origin": np.zeros(2), "mean": U.mean(axis=0), "observed": U[o]}
    return next(name for name, place in places.items() if np.allclose(expected, place))


def drawn_thrice():
    explorer = NegativeSamplingExplorer()
    U, v_c = np.array(explorer.U), np.zeros(2)
    return negative_sampling_loss(v_c, explorer.o, U, [1, 1, 1]) - np.log(2)


def undecided():
    v_c, U = np.array([0.9, -1.2]), np.zeros((2, 2))
    scores = np.linspace(-3, 3, 6001)
    slopes = []
    for score in scores:
        U[1] = score * v_c / (v_c @ v_c)
        slopes.append(np.abs(negative_sampling_gradients(v_c, 1, U, [1, 1, 1])[1]).max())
    return sigmoid(scores[np.argmin(slopes)])


def short_window():
    tokens, center = ContextWindowExplorer().tokens, 2
    return sum(1 for t in range(len(tokens)) if t != center and abs(t - center) <= 4)


def rows_of_v():
    V, U = np.random.default_rng(3).normal(size=(2, 9, 4))
    return int(skip_gram_gradients(5, [3, 4, 6, 7], V, U)[0].any(axis=1).sum())


def infinite():
    a, b = [0.5, 0.5, 0.0], [0.8, 0.1, 0.1]
    found = [name for name, of in (("first", (a, b)), ("second", (b, a))) if np.isinf(kl_divergence(*of))]
    return "both" if len(found) == 2 else found[0] if found else "neither"


def how_wrong():
    scores = np.append(np.log(0.9 / 0.1 * 4), np.zeros(4))
    return np.abs(softmax(scores) - np.eye(5)[0]).sum()


def rows_of_u():
    V, U = np.random.default_rng(3).normal(size=(2, 30, 4))
    draws = [[10, 11], [12, 13], [14, 15], [16, 17]]
    return int(skip_gram_gradients(5, [3, 4, 6, 7], V, U, draws)[1].any(axis=1).sum())


def easy_draw():
    """How far each of two draws pushes the center vector; their vectors are equally long."""
    v_c, pushes = np.array([1.0, 0.0]), []
    for score in (-4, 2):
        U = np.array([[0.0, 0.0], [score, np.sqrt(25 - score**2)]])  # the outside word pushes nothing
        pushes.append(np.linalg.norm(negative_sampling_gradients(v_c, 0, U, [1])[0]))
    return pushes[1] / pushes[0]


x = np.linspace(-4, 4, 80001)
FOUND = {
    "cross-entropy-knowing-nothing": knowing_nothing,
    "cross-entropy-raised-scores": raised_scores,
    "cross-entropy-not-a-distance": infinite,
    "softmax-how-wrong": how_wrong,
    "softmax-equal-scores": equal_scores,
    "softmax-center-at-origin": center_at_origin,
    "sigmoid-steepest": lambda: sigmoid_derivative(x).max(),
    "sigmoid-four-to-one": lambda: x[np.argmin(np.abs(sigmoid(x) - 0.8))],
    "sigmoid-other-answer": lambda: -log_sigmoid(-x[np.argmin(np.abs(log_sigmoid(x) + 0.2))]),
    "negative-sampling-drawn-thrice": drawn_thrice,
    "negative-sampling-undecided": undecided,
    "skip-gram-short-window": short_window,
    "skip-gram-rows-of-v": rows_of_v,
    "skip-gram-rows-of-u": rows_of_u,
    "negative-sampling-easy-draw": easy_draw,
}
for module in load("predictions_*.py"):
    FOUND |= module.FOUND
IDS = [entry.id for entry in exercises() if entry.kind == "prediction"]


@pytest.mark.parametrize("id", IDS)
def test_the_answer_is_what_the_package_computes(id):
    found = FOUND[id]()
    assert grade(id, found).passed is True
    assert "Now verify it" in str(grade(id, found))


@pytest.mark.parametrize("id", IDS)
def test_wrong_predictions_fail_and_the_answer_is_not_told(id):
    task = find(id).task
    wrong = [w for w in task.choices if w != task.answer] or [task.answer + 2 * task.tolerance, 17.5, *task.slips]
    for value in wrong:
        feedback = grade(id, value)
        assert feedback.passed is False and task.verify in str(feedback)
        assert task.slips.get(value, "") in str(feedback)
        assert not tells(str(feedback), task, value)


def tells(text, task, value):
    """Whether the answer is among the numbers or the words of a text, the student's own value aside."""
    text = text.replace(repr(value), "")
    if isinstance(task.answer, str):
        return bool(re.search(rf"\b{task.answer}\b", text.split(": ", 1)[1]))
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text)]
    return any(abs(number - task.answer) <= task.tolerance for number in numbers)


def test_the_search_for_told_answers_finds_one():
    assert tells("The slope is 0.25.", Prediction(0.25, ""), 1.0)
    assert tells("✗ not yet: it stays there", Prediction("stays", "", ("stays", "falls")), "falls")


@pytest.mark.parametrize("id", IDS)
def test_slips_and_choices_are_not_the_answer(id):
    task = find(id).task
    assert not any(_equal(wrong, task.answer, 2 * task.tolerance) for wrong in task.slips)
    assert not task.choices or task.answer in task.choices and len(task.choices) >= 3


@pytest.mark.parametrize(
    "answer, passed",
    [
        (0.25, True),
        ("0.25", True),
        (" 1/4 ", True),
        ("0,25", True),
        ("25 %", True),
        ("25%.", True),
        ("0.25.", True),
        (r"$\frac{1}{4}$", True),
        ("\u22120.25", False),
        ("1/2 * 1/2", True),
        ("2^-2", True),
        ("log 4", False),
        (np.float64(0.25), True),
        (np.array(0.25), True),
        (0.2549, True),
        (0.26, False),
        (-0.25, False),
        ("", None),
        ("   ", None),
        (None, None),
        (..., None),
    ],
)
def test_numbers_may_come_in_several_forms(answer, passed):
    assert grade("sigmoid-steepest", answer).passed is passed


@pytest.mark.parametrize(
    "answer",
    [
        True,
        np.bool_(False),
        "a quarter",
        "1/0",
        "nan",
        float("inf"),
        1j,
        [0.25],
        np.array([0.1, 0.2]),
        object(),
        lambda: 0.25,
        10**400,
        b"0.25",
        "log 1/4",
        "log2 8",
        "log 0",
        "9^9^9^9",
        "(" * 3000,
        "1 4",
        "0.25 0.25",
        r"\sqrt 4",
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_other_answers_get_a_sentence(answer):
    feedback = grade("sigmoid-steepest", answer)
    assert feedback.passed is False and "should be a number" in str(feedback)


@pytest.mark.parametrize(
    "answer", ["log 4", "ln(4)", r"$\log 4$", "2 log 2", "1,386", "1.386 nats", "-log(1/4)", "np.log(4)"]
)
def test_logarithms_are_read(answer):
    assert grade("sigmoid-four-to-one", answer).passed is True


@pytest.mark.parametrize(
    "answer, passed",
    [("stays", True), ("stays.", True), ("'stays'", True), (" Stays ", True), ("rises", False), ("", None)],
)
def test_words(answer, passed):
    assert grade("cross-entropy-raised-scores", answer).passed is passed


def test_an_article_before_a_word_is_no_other_word():
    assert grade("softmax-center-at-origin", "The mean.").passed is True


@pytest.mark.parametrize("answer", ["explodes", 3, True, ["stays"], "x" * 500])
def test_other_words_get_the_list_of_words(answer):
    feedback = grade("cross-entropy-raised-scores", answer)
    assert feedback.passed is False
    assert "one of the words 'rises', 'falls', 'stays'" in str(feedback) and len(str(feedback)) < 300
