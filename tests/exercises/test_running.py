"""Somebody's function, run: it may loop, raise, print, exit or meddle with global state, and a sentence comes out."""

import random
import sys
import threading
import time

import numpy as np
import pytest

from w2v.exercises.running import run, shorten


def loops():
    while True:
        pass


def loops_and_catches():
    while True:
        try:
            x = 1  # noqa: F841
        except BaseException:
            pass


def loops_in_a_call():
    return sorted(range(10**9), key=lambda x: -x) if False else [inner() for _ in iter(int, 1)]


def inner():
    return 1


@pytest.mark.parametrize("function", [loops, loops_and_catches, loops_in_a_call])
def test_endless_loops_are_stopped(function):
    started = time.monotonic()
    outcome = run(function, (), seconds=0.2)
    assert outcome.slip == "time limit" and "0.2 seconds" in outcome.explanation
    assert time.monotonic() - started < 30


def test_the_limit_works_without_threads(monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert run(loops, (), seconds=0.2).slip == "time limit"


def test_no_thread_and_no_trace_is_left_behind():
    before, trace = threading.active_count(), sys.gettrace()
    run(loops_and_catches, (), seconds=0.2)
    run(inner, ())
    assert threading.active_count() == before and sys.gettrace() is trace


def test_a_function_that_ends_is_not_stopped():
    assert run(inner, (), seconds=5.0).value == 1


def first_mistake(numbers):
    total = 0
    for n in numbers:
        total += n[0]
    return total


def test_an_exception_is_explained_with_the_line_of_the_function():
    outcome = run(first_mistake, ([1, 2],))
    line = first_mistake.__code__.co_firstlineno + 3
    assert outcome.slip == "raises an exception"
    assert f"Line {line} raised TypeError: 'int' object is not subscriptable." in outcome.explanation
    assert "The line is: total += n[0]" in outcome.explanation


def test_the_line_is_that_of_the_function_even_if_numpy_raises():
    def shapes(v):
        return np.dot(np.ones((2, 3)), v)

    outcome = run(shapes, (np.ones(2),))
    assert outcome.slip == "transposed U"
    assert f"Line {shapes.__code__.co_firstlineno + 1} raised ValueError" in outcome.explanation


def test_code_without_a_file_is_explained_by_its_line():
    scope = {}
    exec(compile("def f():\n    a = 1\n    return a / 0\n", "<exec>", "exec"), scope)
    assert run(scope["f"], ()).explanation == "Line 3 raised ZeroDivisionError: division by zero."


def test_a_builtin_that_raises_has_no_line():
    assert run(int, ("x",)).explanation.startswith("The function raised ValueError: invalid literal")


def test_exceptions_that_cannot_be_printed():
    class Odd(Exception):
        def __str__(self):
            raise RuntimeError

    def raises():
        raise Odd

    assert run(raises, ()).explanation.startswith(f"Line {raises.__code__.co_firstlineno + 1} raised Odd.")


def endless(n=0):
    return endless(n + 1)


def test_recursion_exit_and_input():
    assert run(endless, ()).slip == "endless recursion"
    assert run(sys.exit, ("bye",)).slip == "leaves Python"
    assert "EOFError" in run(input, ()).explanation


def test_a_reader_can_still_interrupt():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(interrupted, ())
    assert sys.gettrace() is None or sys.gettrace().__name__ != "watch"


def test_printing_is_captured_and_shortened(capsys):
    def prints():
        for n in range(1000):
            print("number", n)
        print("error", file=sys.stderr)
        np.log(np.zeros(2))

    outcome = run(prints, ())
    assert capsys.readouterr() == ("", "")
    assert outcome.printed.startswith("number 0\nnumber 1\n")
    assert len(outcome.printed) < 1000 and "characters more" in outcome.printed


def test_shorten_keeps_short_text_as_it_is():
    assert shorten("one\ntwo\n") == "one\ntwo"
    assert shorten("a" * 2000).endswith("... and 1200 characters more")


def test_global_state_is_put_back():
    def meddles():
        np.random.seed(0)
        random.seed(0)
        np.set_printoptions(precision=2)
        np.seterr(all="raise")
        sys.setrecursionlimit(5000)
        return np.random.random() + random.random()

    np.random.seed(77)
    random.seed(77)
    expected = (np.random.random(), random.random())
    np.random.seed(77)
    random.seed(77)
    before = (np.get_printoptions(), np.geterr(), sys.getrecursionlimit())
    run(meddles, ())
    assert (np.get_printoptions(), np.geterr(), sys.getrecursionlimit()) == before
    assert (np.random.random(), random.random()) == expected
