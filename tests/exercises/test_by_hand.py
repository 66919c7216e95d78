"""The judge of derivations: every line, the right question, a finished answer; and attempts to get around it."""

import functools

import derivations
import pytest
import unusual
from answers import load

from w2v.checker import NoMathematics, check
from w2v.exercises import exercises
from w2v.exercises import grade as judge_again
from w2v.exercises.by_hand import ByHand, Part, judge_text
from w2v.exercises.registry import find

MODULES = [derivations, *load("derivations_*.py")]
RIGHT = {id: texts for module in MODULES for id, texts in module.RIGHT.items()}
WRONG = [case for module in MODULES for case in module.WRONG]
grade = functools.cache(judge_again)
IDS = [entry.id for entry in exercises() if entry.kind == "by hand"]


@pytest.mark.parametrize("id", IDS)
def test_right_derivations_pass(id):
    for text in RIGHT[id]:
        feedback = grade(id, text)
        assert feedback.passed is True, f"{text}\n{feedback}"


@pytest.mark.parametrize("id", IDS)
def test_wrong_derivations_fail_the_reason_is_told_and_the_repaired_line_is_not_shown(id):
    """All of an exercise at once, so that each is judged once; a wrong line is among them."""
    told = []
    for text, words in [(text, words) for exercise, text, words in WRONG if exercise == id]:
        feedback = grade(id, text)
        told.append(str(feedback))
        assert feedback.passed is False and words in told[-1], f"{text}\n{feedback}"
        shown = [latex for latex in repairs(text) if latex in told[-1] and latex not in text]
        assert not shown, f"{text}\n{feedback}"
    assert any("Line" in words for words in told)


def repairs(text):
    """The lines that the checker would put in the place of wrong ones."""
    try:
        return [step.suggestion["latex"] for step in check(text).steps if step.suggestion]
    except (NoMathematics, ValueError):
        return []


@pytest.mark.parametrize("id, name, text", unusual.RIGHT, ids=lambda part: part[:40])
def test_what_is_right_in_an_unusual_way_passes(id, name, text):
    feedback = grade(id, text)
    assert feedback.passed is True, f"{text}\n{feedback}"


@pytest.mark.parametrize("id, words, name, text", unusual.WRONG, ids=lambda part: part[:40])
def test_what_looks_right_and_is_not_fails(id, words, name, text):
    feedback = grade(id, text)
    assert feedback.passed is False and words in str(feedback), feedback


@pytest.mark.parametrize("id", IDS)
def test_each_exercise_states_its_loss_without_a_wrong_line(id):
    prelude = find(id).task.prelude
    try:
        statuses = {step.status for step in check(prelude).steps}
    except NoMathematics:
        statuses = set()
    assert statuses <= {"proved", "definition"}, prelude


@pytest.mark.parametrize("text", derivations.UNANSWERED, ids=repr)
def test_nothing_written_yet(text):
    assert grade("softmax-center-vector", text).passed is None


@pytest.mark.parametrize("answer", [3, lambda: None, b"$$ $$", ["$$"]], ids=lambda answer: type(answer).__name__)
def test_no_text_at_all(answer):
    feedback = judge_again("softmax-center-vector", answer)
    assert feedback.passed is False and "should be a text" in str(feedback)


@pytest.mark.parametrize("id", IDS)
def test_the_answer_alone_is_not_a_derivation(id):
    """The first and the last side of a right derivation, joined by one sign of equality."""
    start, *_, end = sides(RIGHT[id][0])
    feedback = grade(id, f"$$\n{start} = {end}\n$$")
    assert feedback.passed is False, feedback
    assert "nothing is derived" in str(feedback) or "unfinished" in str(feedback) or "is missing" in str(feedback)


@pytest.mark.parametrize("id", IDS)
def test_a_derivation_cut_after_its_first_step_does_not_pass(id):
    start, second, *_ = sides(RIGHT[id][0])
    assert grade(id, f"$$\n{start} = {second}\n$$").passed is False


@pytest.mark.parametrize("id, other", [*zip(IDS, IDS[1:]), *zip(IDS[1:], IDS)])
def test_the_answer_of_a_neighbouring_exercise_does_not_pass(id, other):
    assert grade(id, RIGHT[other][0]).passed is False


def sides(text):
    """The sides of an aligned chain."""
    body = text.split(r"\begin{aligned}")[-1].split(r"\end{aligned}")[0]
    return [side.strip().rstrip("\\").strip() for side in body.split("&=")]


def test_line_numbers_are_those_of_the_answer():
    text = "\n\nSome words.\n\n$$\n\\frac{\\partial J}{\\partial v_c} = u_o\n$$\n"
    assert "Line 6 does not hold" in str(grade("softmax-center-vector", text))
    assert "Line 1 does not hold" in str(grade("sigmoid-slope", r"$$\sigma'(x) = \sigma(x)$$"))


def test_many_wrong_lines_are_counted():
    lines = "\n\n".join(f"$$\\sigma'(x) = {n}\\sigma(x)$$" for n in range(2, 8))
    feedback = grade("sigmoid-slope", lines)
    assert len(feedback.messages) == 5 and feedback.messages[-2].startswith("3 more lines")


def test_a_text_in_which_nothing_holds_does_not_pass_by_the_number_of_its_lines():
    feedback = grade("sigmoid-slope", "\n\n".join(f"$$\\sigma'(x) = {n}\\sigma(x)$$" for n in range(2, 14)))
    assert feedback.passed is False and all("does not hold" in message for message in feedback.messages[:3])


def test_a_task_that_asks_for_something_else_rejects_a_right_chain():
    task = ByHand(
        (Part(r"\frac{\partial}{\partial v_c}\left(-2u_o^\top v_c\right)", "the gradient"),),
        find("softmax-center-vector").task.prelude,
    )
    passed, messages = judge_text(task, RIGHT["softmax-center-vector"][0])
    assert passed is False and "not what was asked" in " ".join(messages)


def test_long_and_deep_answers_come_back():
    assert grade("sigmoid-slope", "$$" + "(" * 3000 + "x" + ")" * 3000 + " = x$$").passed is False
    assert grade("sigmoid-slope", "word " * 20000).passed is False
