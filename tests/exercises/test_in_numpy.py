"""The grader of functions: right ones pass, each slip is named by a wrong solution, and no feedback tells the answer."""

import functools
import inspect
import os
import sys
import time
from importlib import import_module

import numpy as np
import pytest
from student_functions import RIGHT, WRONG, sigmoid, softmax

from w2v.checks.gradient_check import numerical_gradient, relative_difference
from w2v.exercises import demands, diagnosis, exercises, grade, running
from w2v.exercises.functions.task import Case, FunctionTask, pair_cases
from w2v.exercises.hints import HINTS
from w2v.exercises.in_numpy import judge_function
from w2v.exercises.registry import find

IDS = [entry.id for entry in exercises() if entry.kind == "in NumPy"]


def task_of(id):
    return import_module(find(id).task).TASKS[id]


def name_of(case):
    return f"{case[0]}-{case[1].replace(' ', '-')}-{case[2].__code__.co_firstlineno}"


@pytest.mark.parametrize("id", IDS)
def test_right_functions_pass(id):
    for function in RIGHT[id]:
        feedback = grade(id, function)
        assert feedback.passed is True, f"line {function.__code__.co_firstlineno}\n{feedback}"


@pytest.mark.parametrize("case", WRONG, ids=name_of)
def test_wrong_functions_fail_and_the_slip_is_named(case):
    id, slip, function = case
    feedback = grade(id, function)
    assert feedback.passed is False
    assert str(feedback).count("Likely slip") == 1
    assert f"Likely slip: {slip}. {HINTS[slip]}" in str(feedback)
    assert right_numbers(id).isdisjoint(numbers_in(str(feedback) + feedback._repr_html_()))


def right_numbers(id):
    """All right entries of all cases, as they would be printed; whole numbers say nothing."""
    task, found = task_of(id), set()
    for case in task.cases:
        for result in task.results(task.true, case.arguments):
            for entry in np.ravel(result):
                found |= {f"{entry:.{digits}f}" for digits in (4, 6, 8)} | {f"{entry:.6g}", repr(float(entry))}
    return {text for text in found if "." in text and float(text) != round(float(text))}


def numbers_in(text):
    import re

    return {match.rstrip(".") for match in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", text)}


def test_the_search_for_leaks_finds_a_leak():
    task = task_of("softmax-center-gradient")
    entry = task.true(*task.cases[0].arguments)[1]
    assert not right_numbers("softmax-center-gradient").isdisjoint(numbers_in(f"expected {entry:.6f}."))


def test_every_slip_of_the_table_is_provoked():
    assert {slip for _, slip, _ in WRONG} == set(HINTS)


def test_every_slip_that_an_exercise_lists_is_in_the_table():
    assert {name for id in IDS for name, _ in task_of(id).wrong} <= set(HINTS)


def test_hints_show_no_formula():
    for name, hint in HINTS.items():
        assert not set(hint) & set("=*@^[]{}\\"), name


@pytest.mark.parametrize("id", IDS)
def test_the_reference_is_the_derivative_of_its_loss(id):
    task = task_of(id)
    for case in task.cases:
        if task.loss is None or case.extreme:
            continue
        for result, place in zip(task.results(task.true, case.arguments), task.wrt):
            loss = lambda x: task.loss(*case.arguments[:place], x, *case.arguments[place + 1 :])
            assert relative_difference(result, numerical_gradient(loss, case.arguments[place])).max() < 1e-7


@pytest.mark.parametrize("id", IDS)
def test_the_wrong_functions_of_a_task_differ_from_the_right_one(id):
    task = task_of(id)
    for name, wrong in task.wrong:
        differs = [
            not np.allclose(a, b, equal_nan=True)
            for case in task.cases
            if not case.extreme
            for a, b in zip(task.results(task.true, case.arguments), task.results(wrong, case.arguments))
            if b is not None
        ]
        assert any(differs), name


@pytest.mark.parametrize("id", IDS)
def test_sizes_are_never_square_and_o_is_never_zero(id):
    task = task_of(id)
    ordinary = [case for case in task.cases if not case.extreme]
    assert (
        len({tuple(value.shape for value in case.arguments if isinstance(value, np.ndarray)) for case in ordinary}) >= 3
    )
    for case in ordinary:
        sizes = {size for value in case.arguments if isinstance(value, np.ndarray) for size in value.shape}
        tables = [value.shape for name, value in zip(task.parameters, case.arguments) if name in ("U", "V")]
        assert all(rows != columns for rows, columns in tables)
        if "negatives" in task.parameters or "outside" in task.parameters:
            assert len(sizes) == 3, case.label
        if "o" in task.parameters:
            assert case.arguments[task.parameters.index("o")] > 0


def test_draws_repeat_and_hit_the_outside_word():
    cases = [case for case in task_of("negative-sampling-table-gradient").cases if not case.extreme]
    assert any(len(set(negatives)) < len(negatives) for *_, negatives in (c.arguments for c in cases))
    assert any(o in negatives for _, o, _, negatives in (c.arguments for c in cases))
    _, o, _, first = cases[0].arguments
    assert len(set(first)) == len(first) and o not in first


@pytest.mark.parametrize("id", IDS)
def test_extreme_scores_reach_800_and_have_finite_answers(id):
    task = task_of(id)
    for case in task.cases:
        assert all(np.all(np.isfinite(result)) for result in task.results(task.true, case.arguments))
    far = [value for case in task.cases if case.extreme for value in case.arguments]
    if "scores" in task.parameters or "x" in task.parameters and far:
        assert any(np.abs(value).max() >= 799 for value in far)
    for case in task.cases:
        named = dict(zip(task.parameters, case.arguments))
        if case.extreme and "U" in named and ("v_c" in named or find(id).chapter == "skip_gram"):
            center = named["v_c"] if "v_c" in named else named["V"][named["center"]]
            assert np.abs(named["U"] @ center).max() > 799


def test_a_wrong_reference_lets_nothing_pass():
    """The numerical gradient of the loss is a check of its own: it stops an answer that equals a wrong reference."""
    right = task_of("softmax-center-gradient")
    twice = lambda *arguments: 2 * right.true(*arguments)
    broken = FunctionTask(right.parameters, right.returns, twice, right.cases, loss=right.loss, wrt=right.wrt)
    assert judge_function(broken, twice)[0] is False
    assert judge_function(broken, right.true)[0] is False


def slightly_off(id, factor):
    """The verdict on the right function of an exercise, all of whose results are multiplied by `factor`."""

    def answer(*arguments):
        results = true(*arguments)
        return (factor * results[0], *results[1:]) if isinstance(results, tuple) else factor * results

    true = task_of(id).true
    answer.__signature__ = inspect.Signature(
        [inspect.Parameter(name, inspect.Parameter.POSITIONAL_ONLY) for name in task_of(id).parameters]
    )
    return grade(id, answer).passed


@pytest.mark.parametrize("id", IDS)
def test_a_small_error_is_wrong_and_rounding_is_not(id, monkeypatch):
    """Far below the error of a numerical gradient, the numbers still have to be those of the right function."""
    assert slightly_off(id, 1 + 1e-11) is True and slightly_off(id, 1 + 1e-7) is False
    monkeypatch.setattr(diagnosis, "EXACT", 1e-4)
    monkeypatch.setattr(diagnosis, "NUMERICAL", 1e-4)
    assert slightly_off(id, 1 + 1e-7) is True, "the mutant of a loose tolerance is not seen"


def test_single_precision_has_a_tolerance_and_words_of_its_own(monkeypatch):
    def rounded(factor):
        return lambda v_c, o, U: (factor * (U.T @ softmax(U @ v_c) - U[o])).astype(np.float32)

    feedback = grade("softmax-center-gradient", rounded(1))
    assert feedback.passed is True and "seven digits" in str(feedback)
    assert grade("softmax-center-gradient", rounded(1 + 1e-3)).passed is False
    monkeypatch.setattr(diagnosis, "SINGLE", 1e-2)
    assert grade("softmax-center-gradient", rounded(1 + 1e-3)).passed is True, (
        "the mutant of a loose tolerance is not seen"
    )


def test_a_loop_in_a_function_of_the_reader_s_own_is_seen():
    scope = {"np": np, "softmax": softmax}
    exec(
        "def rows(delta, v):\n    return np.array([d * v for d in delta])\n"
        "def answer(v_c, o, U):\n    d = softmax(U @ v_c)\n    d[o] -= 1\n    return rows(d, v_c)\n",
        scope,
    )
    feedback = grade("softmax-table-gradient", scope["answer"])
    assert feedback.passed is False and "There is a loop in" in str(feedback)
    assert grade("softmax-center-gradient", lambda v_c, o, U: scope["answer"](v_c, o, U).T @ U @ v_c).passed is False


def test_an_overflow_is_seen_where_numpy_has_no_flags_for_it(monkeypatch):
    """As in the browser, where the textbook formula gives no warning."""
    monkeypatch.setattr(demands, "FLAGS", False)
    textbook = grade("sigmoid-any-score", lambda x: 1 / (1 + np.exp(-x)))
    assert textbook.passed is False and "exp leaves the range" in str(textbook)
    both_sides = lambda x: np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
    assert "exp leaves the range" in str(grade("sigmoid-any-score", both_sides))
    assert all(grade("sigmoid-any-score", function).passed for function in RIGHT["sigmoid-any-score"])


def test_wrong_numbers_are_told_before_what_else_the_text_asks_for():
    feedback = grade("softmax-table-gradient", lambda v_c, o, U: np.array([0.0 * u for u in U]))
    assert "zero everywhere" in str(feedback) and "Likely slip: a loop" not in str(feedback)


def sleeps(v_c, o, U):
    time.sleep(60)


def dies(v_c, o, U):
    os._exit(3)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process")
@pytest.mark.parametrize("function, words", [(sleeps, "cannot interrupt"), (dies, "ended Python itself")])
def test_a_call_that_python_cannot_interrupt_is_ended(function, words, monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 0.3)
    monkeypatch.setattr(running, "GRACE", 0.2)
    started = time.monotonic()
    feedback = grade("softmax-center-gradient", function)
    assert feedback.passed is False and words in str(feedback) and time.monotonic() - started < 30


def test_a_fault_of_the_grader_is_no_fault_of_the_reader():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        running.apart(lambda beat: 1 / 0)


@pytest.mark.parametrize("starter", [lambda v_c, o, U: None, lambda v_c, o, U: ...], ids=["None", "dots"])
def test_the_starter_is_no_answer(starter):
    assert grade("softmax-center-gradient", starter).passed is None


def test_other_starters():
    def documented(v_c, o, U):
        """The gradient with respect to v_c."""

    def to_be_filled(v_c, o, U):
        scores = U @ v_c  # noqa: F841
        return ...

    def two(v_c, o, U):
        grad_v_c = ...
        return grad_v_c, np.zeros_like(U)

    def refuses(v_c, o, U):
        raise NotImplementedError("your turn")

    assert all(grade("softmax-center-gradient", f).passed is None for f in (documented, to_be_filled, refuses))
    assert grade("softmax-both-gradients", two).passed is None


def test_an_unknown_mistake_is_told_without_a_name():
    feedback = grade("softmax-center-gradient", lambda v_c, o, U: np.sin(v_c))
    assert feedback.passed is False
    assert "None of the usual slips" in str(feedback) and "3 of 3 entries" in str(feedback)


def test_a_mistake_in_special_cases_only_is_not_called_a_fixed_size():
    def first_draw_twice(v_c, o, U, negatives):
        s, grad = sigmoid(U @ v_c), np.zeros_like(U)
        grad[o] += (s[o] - 1) * v_c
        for w in negatives:
            grad[w] += s[w] * v_c * (1 + (list(negatives).count(w) > 1))
        return grad

    feedback = grade("negative-sampling-table-gradient", first_draw_twice)
    assert feedback.passed is False
    assert "hard-coded" not in str(feedback) and "drawn three times" in str(feedback)


def test_rows_that_are_wrong_are_named():
    def only_milk(v_c, o, U):
        grad = np.zeros_like(U)
        grad[o] = (softmax(U @ v_c)[o] - 1) * v_c
        return grad

    assert "in rows 0, 1, 2, 3." in str(grade("softmax-table-gradient", only_milk))


@pytest.mark.parametrize("answer", [3, "U.T @ y", [1.0], object()], ids=["number", "text", "list", "object"])
def test_no_function_at_all(answer):
    feedback = grade("softmax-center-gradient", answer)
    assert feedback.passed is False and "should be a function" in str(feedback)


def test_odd_callables_are_judged_too():
    class Gradient:
        def __call__(self, v_c, o, U):
            return U.T @ softmax(U @ v_c) - U[o]

    partial = functools.partial(lambda sign, v_c, o, U: sign * (U.T @ softmax(U @ v_c) - U[o]), 1)
    assert grade("softmax-center-gradient", Gradient()).passed is True
    assert grade("softmax-center-gradient", partial).passed is True
    assert grade("softmax-center-gradient", max).passed is False
    assert grade("softmax-center-gradient", print).passed is False
    assert grade("softmax-center-gradient", dict).passed is False


@pytest.mark.parametrize(
    "value",
    [
        np.array(["a", "b", "c"]),
        np.array([1j, 2, 3]),
        True,
        iter([1.0]),
        np.float64(1.0),
        np.zeros((3, 0)),
        {1.0},
        type,
        np.bool_(True),
        np.array(None),
        np.full(3, np.nan),
        np.ma.masked_all(3),
    ],
    ids=lambda value: type(value).__name__ + str(np.shape(value)),
)
def test_odd_results_get_a_sentence(value):
    feedback = grade("softmax-center-gradient", lambda v_c, o, U: value)
    assert feedback.passed is False and "fault" not in str(feedback).lower()
    assert any(f"Likely slip: {name}" in str(feedback) for name in ("wrong type", "wrong shape", "not finite"))


def test_arguments_that_are_changed_are_named():
    def sorts(v_c, o, U, negatives):
        negatives.sort()
        U *= 1.5
        return 0.0

    assert "The call changed U, negatives." in str(grade("negative-sampling-loss", sorts))


def test_every_call_gets_fresh_arguments():
    seen = []

    def remembers(v_c, o, U):
        seen.append(v_c)
        return U.T @ softmax(U @ v_c) - U[o]

    assert judge_function(task_of("softmax-center-gradient"), remembers)[0] is True
    assert len({id(v_c) for v_c in seen}) == len(pair_cases())
    assert not any(v_c is case.arguments[0] for v_c in seen for case in task_of("softmax-center-gradient").cases)


def test_a_case_label_is_part_of_the_feedback():
    case = Case("2 words", (np.array([1.0, 2.0]),))
    task = FunctionTask(("x",), ("loss",), lambda x: 5.0, (case,))
    assert "Seen at: 2 words." in judge_function(task, lambda x: 4.0)[1]
