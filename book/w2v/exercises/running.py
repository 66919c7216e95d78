"""Runs somebody's function without trusting it: time limit, captured output, explained exceptions, state put back."""

import contextlib
import io
import linecache
import multiprocessing
import random
import sys
import threading
import time
import traceback
import tracemalloc
import warnings
from dataclasses import dataclass, replace

import numpy as np

SECONDS, GRACE = 3.0, 2.0
LINES, CHARACTERS = 12, 800


class TimeIsUp(BaseException):
    """Raised inside the function when its time is over; a BaseException, so that `except Exception` lets it pass."""


@dataclass(frozen=True)
class Outcome:
    """What a call gave: its value, or the slip and the explanation of why there is none.

    What it printed, NumPy's warnings, the places of the arguments that it changed (if they are out of sight), and the bytes
    that it held at once (if it was measured).
    """

    value: object = None
    slip: str = ""
    explanation: str = ""
    printed: str = ""
    warned: tuple = ()
    changed: tuple = ()
    held: int = 0


def run(function, arguments, seconds=SECONDS, measured=False):
    """Outcome of `function(*arguments)`; only KeyboardInterrupt gets out. `measured`: its `held` is the memory at its peak."""
    if not measured:
        return _run(function, arguments, seconds)
    already = tracemalloc.is_tracing()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        outcome = _run(function, arguments, seconds)
        return replace(outcome, held=tracemalloc.get_traced_memory()[1] - before)
    finally:
        if not already:
            tracemalloc.stop()


def _run(function, arguments, seconds):
    printed, warned = io.StringIO(), []
    try:
        with _kept_state(), _captured(printed) as warned, _deadline(seconds):
            outcome = Outcome(function(*arguments))
    except TimeIsUp:
        outcome = Outcome(slip="time limit", explanation=f"The function was stopped after {seconds:g} seconds.")
    except RecursionError as error:
        outcome = Outcome(slip="endless recursion", explanation=explain(error, function))
    except SystemExit as error:
        outcome = Outcome(slip="leaves Python", explanation=explain(error, function))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever a reader's code raises must end as a sentence
        outcome = Outcome(slip=_slip_of(error), explanation=explain(error, function))
    told = tuple(dict.fromkeys(str(warning.message) for warning in warned))
    return Outcome(outcome.value, outcome.slip, outcome.explanation, shorten(printed.getvalue()), told)


class Ended(Exception):
    """A copy of this process had to be ended, or ended by itself: the message says which."""


def apart(work):
    """What `work(beat)` returns. `work` calls `beat()` before each call of a reader's function.

    Linux can copy a process, and a copy can be ended in the middle of a call inside NumPy, which Python cannot interrupt:
    Ended if no beat has come for some seconds longer than `run` waits. Elsewhere `work` is done here; a page's worker is
    ended as a whole.
    """
    if sys.platform != "linux" or multiprocessing.current_process().daemon:
        return work(lambda: None)
    context = multiprocessing.get_context("fork")
    ear, mouth = context.Pipe(duplex=False)
    copy = context.Process(target=_copied, args=(mouth, work))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a copy has one thread, and it needs no other
        copy.start()
    mouth.close()
    try:
        while ear.poll(SECONDS + GRACE):
            kind, value = ear.recv()
            if kind == "fault":
                raise RuntimeError(value)
            if kind != "beat":
                return value
        raise Ended(
            f"The function was stopped after {SECONDS + GRACE:g} seconds, inside a call that Python cannot interrupt."
        )
    except EOFError:
        raise Ended("The function ended Python itself.") from None
    finally:
        copy.kill()
        copy.join()


def _copied(mouth, work):
    try:
        mouth.send(("value", work(lambda: mouth.send(("beat", None)))))
    except Exception:  # a fault of the grader's own, told where it is seen
        mouth.send(("fault", traceback.format_exc()))


def explain(error, function):
    """'Line 4 raised ValueError: ... The line is: ...' with the last line of the reader's own file."""
    code = getattr(function, "__code__", None)
    own, trace = None, error.__traceback__
    while trace is not None:
        if code is not None and trace.tb_frame.f_code.co_filename == code.co_filename:
            own = trace.tb_lineno
        trace = trace.tb_next
    message = _safely(str, error)
    told = f"{type(error).__name__}" + (f": {shorten(message, 3, 300)}" if message else "")
    if own is None:
        return f"The function raised {told}."
    source = linecache.getline(code.co_filename, own).strip()
    return f"Line {own} raised {told}." + (f"\nThe line is: {source}" if source else "")


def shorten(text, lines=LINES, characters=CHARACTERS):
    """`text` cut to a few lines, with a word on how much is left out."""
    kept = "\n".join(text.splitlines()[:lines])[:characters]
    left = len(text.rstrip("\n")) - len(kept)
    return kept + (f"\n... and {left} characters more" if left > 0 else "")


def _slip_of(error):
    message = _safely(str, error)
    if isinstance(error, ValueError) and any(w in message for w in ("matmul", "not aligned", "mismatch in its core")):
        return "transposed U"
    return "raises an exception"


def _safely(call, *arguments):
    """A reader's exception may have a `__str__` that fails."""
    try:
        return call(*arguments)
    except Exception:
        return ""


@contextlib.contextmanager
def _captured(printed):
    """Output goes to `printed`, input() finds an empty file; gives the list to which warnings go."""
    old_input, sys.stdin = sys.stdin, io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            with warnings.catch_warnings(record=True) as warned, np.errstate(all="warn", under="ignore"):
                warnings.simplefilter("always")
                yield warned
    finally:
        sys.stdin = old_input


@contextlib.contextmanager
def _kept_state():
    """Puts back the global random states, NumPy's print options and the recursion limit."""
    numpy_state, python_state = np.random.get_state(), random.getstate()
    limit, options = sys.getrecursionlimit(), np.get_printoptions()
    try:
        yield
    finally:
        np.random.set_state(numpy_state)
        random.setstate(python_state)
        sys.setrecursionlimit(limit)
        np.set_printoptions(**options)


@contextlib.contextmanager
def _deadline(seconds):
    """Raises TimeIsUp in the body after `seconds`. A trace function works on every system and in the browser.

    An exception ends tracing, so a bare `except:` inside a loop could swallow it once and go on; where
    threads exist, a second watch repeats it until the body ends.
    """
    end, old = time.monotonic() + seconds, sys.gettrace()

    def watch(frame, event, argument):
        if time.monotonic() > end:
            raise TimeIsUp
        return watch

    done, repeat = threading.Event(), _repeater(threading.get_ident(), seconds + 0.5)
    try:
        thread = threading.Thread(target=repeat, args=(done,), daemon=True)
        thread.start()
    except RuntimeError:  # no threads in the browser
        thread = None
    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(old)
        done.set()
        if thread is not None:
            thread.join()


def _repeater(target, seconds):
    """A function for a thread: from `seconds` on it raises TimeIsUp in the thread `target`, until `done` is set."""

    def repeat(done):
        import ctypes

        while not done.wait(seconds if not repeat.fired else 0.1):
            repeat.fired = True
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(target), ctypes.py_object(TimeIsUp))

    repeat.fired = False
    return repeat
