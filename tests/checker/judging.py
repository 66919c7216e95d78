"""Verdicts for the tests: the status of each step without the parts of a report that only explain it, and within a limit of time."""
import json
import re
import signal
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from w2v.checker.reading import read
from w2v.checker.verdict.judge import Judge

HERE = Path(__file__).parent
DATA = HERE / "data"
GOOD, WRONG, OPEN = ("proved", "definition"), ("refuted", "ill-typed", "transposed"), ("unsettled", "unreadable")
LIMIT = 12  # processor seconds that a text may take
GAPS = json.loads((DATA / "known_gaps.json").read_text(encoding="utf-8"))


class Step(NamedTuple):
    """One judged step."""
    line: int
    lhs: str
    rhs: str
    status: str
    reason: str
    expected: str
    hypotheses: tuple


class TooSlow(Exception):
    """A text took longer than it may."""


@contextmanager
def within(seconds):
    """Raises TooSlow when the block uses more processor time; in a thread or where there are no signals it only runs it."""
    def late(*_):
        raise TooSlow(f"more than {seconds} s")
    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.2)  # again, should a callback have swallowed it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def steps(text, layout=""):
    """The Steps of a text, in order; `w2v.checker.check` gives the same statuses."""
    judge = Judge(read(text), layout=layout)
    found = []
    for statement in judge.world.survey.statements:
        verdict = judge.judge(statement)
        if verdict is not None:
            status, outcome = verdict
            words = outcome if isinstance(outcome, str) else outcome.reason
            found.append(Step(statement.line, statement.left.text, statement.right.text, status, words, statement.expected or "",
                              tuple(map(str, getattr(outcome, "hypotheses", ())))))
    return tuple(found)


@cache
def judged(text, layout=""):
    """(Steps, what went wrong) of a text; the second is '' or names the fault."""
    try:
        with within(LIMIT):
            return steps(text, layout), ""
    except TooSlow as late:
        return (), f"too slow: {late}"


def statuses(text, layout=""):
    """The statuses of the steps of a text."""
    found, fault = judged(text, layout)
    return [s.status for s in found] + [fault] * bool(fault)


def bare(latex):
    """LaTeX without what only places it."""
    return re.sub(r"[\s&{}]|\\left(?![a-z])|\\right(?![a-z])|\\[,;!]|\\bigl|\\bigr|\\qquad|\\quad", "", latex)


def settle(group, name, fault):
    """Passes when there is no fault; a fault must stand in data/known_gaps.json, and a gap that stands there must still be one."""
    reason = GAPS.get(group, {}).get(name)
    if fault and reason:
        pytest.xfail(reason)
    assert not fault, fault
    assert not reason, f"this gap has closed, take it from data/known_gaps.json: {group}, {name}"
