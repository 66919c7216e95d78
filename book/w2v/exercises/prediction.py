"""Predictions: a number with a tolerance, or one of a few words; then the reader verifies it."""

import math
from dataclasses import dataclass, field

from w2v.exercises.numbers import number

NUMBER = "a number, such as 0.25, 1/4, 25 % or log 4"


@dataclass(frozen=True)
class Prediction:
    """`answer` is a number or one of `choices`; `verify` says how the explorer, or a line of code, shows it.

    `slips` maps wrong numbers to the idea that leads to them, which may be told without telling the answer.
    """

    answer: float | str
    verify: str
    choices: tuple = ()
    tolerance: float = 0.005
    slips: dict = field(default_factory=dict)


def judge(exercise, answer):
    """(passed, messages, printed) on a prediction; None while the answer is an empty text."""
    task = exercise.task
    if isinstance(answer, str) and not answer.strip():
        return None
    value = _word(answer, task.choices) if task.choices else _number(answer)
    if value is None:
        expected = f"one of the words {', '.join(map(repr, task.choices))}" if task.choices else NUMBER
        return False, [f"The answer should be {expected}; this is {_shown(answer)}."], ""
    if _equal(value, task.answer, task.tolerance):
        return True, ["As predicted.", f"Now verify it: {task.verify}"], ""
    hint = next((h for wrong, h in task.slips.items() if _equal(value, wrong, task.tolerance)), "")
    found = [f"Not {_shown(answer)}." + (f" {hint}" if hint else "")]
    return False, [*found, f"Find out: {task.verify}"], ""


def _equal(value, other, tolerance):
    return value == other if isinstance(other, str) else abs(value - other) <= tolerance


def _word(answer, choices):
    text = answer.strip(" \n\t.!\"'`").lower().removeprefix("the ") if isinstance(answer, str) else None
    return text if text in choices else None


def _number(answer):
    """A finite float from a number or from text such as '0,25', '-3/4', 'log 4'; None for anything else."""
    if type(answer).__name__ in ("bool", "bool_", "bytes", "bytearray"):
        return None
    if isinstance(answer, str):
        return number(answer)
    try:
        value = float(answer)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _shown(answer):
    text = repr(answer) if isinstance(answer, (str, int, float)) else f"an object of type {type(answer).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."
