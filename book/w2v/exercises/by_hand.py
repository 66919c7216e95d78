"""Judges a derivation: every line holds, it starts from what was asked, and it ends in a closed form of it."""

from dataclasses import dataclass

from w2v.checker import NoMathematics
from w2v.exercises import derivation

SHOWN = 3  # faulty lines that are reported at once
COUNTED = "Lines are counted from the first line of the text."
RIGHT = ("proved", "definition")
ELSEWHERE = (
    "Right, but not what was asked: it ends in something other than {} of this exercise. "
    "Is it this loss, and does every letter keep its meaning?"
)


@dataclass(frozen=True)
class Part:
    """One quantity that is asked for: its LaTeX in primitive letters, its name in feedback, a condition such as 'w != o'.

    A chain starts from it if its first side is equal to it and contains a derivative, or is one of `starts`.
    """

    asked: str
    name: str
    given: str = ""
    starts: tuple = ()


@dataclass(frozen=True)
class ByHand:
    """`loss` is what J means. A closed form has no derivative, no J and none of the functions in `without`.

    With `ends`, only these forms are the end. `steps` is the least number of different sides of the chain.
    """

    parts: tuple
    loss: str = ""
    without: tuple = ()
    ends: tuple = ()
    steps: int = 3


def judge(exercise, answer):
    """(passed, messages, printed) on a derivation; None while nothing is written."""
    if not isinstance(answer, str):
        return (
            False,
            [f"The answer should be a text with LaTeX; this is an object of type {type(answer).__name__}."],
            "",
        )
    if derivation.unwritten(answer):
        return None
    passed, messages = judge_text(exercise.task, answer)
    return passed, messages, ""


def judge_text(task, text):
    """(passed, messages) of a derivation as an answer to a ByHand task."""
    eaten = derivation.eaten_backslash(text)
    if eaten:
        return False, [
            f"Python has read {eaten} as a control character. Write the text as r'''...''', with an r in front."
        ]
    try:
        written = derivation.Written(text, task.loss)
    except NoMathematics:
        return False, ["There is no mathematics in this text. Write the equations between $$ and $$."]
    except ValueError as error:
        return False, [f"The text cannot be read: {error}."]
    if not written.steps:
        return False, ["There is no equation in this text, so there is nothing to check."]
    wrong = [step for step in written.steps if step.status not in RIGHT]
    if wrong:
        return False, [_told(step) for step in wrong[:SHOWN]] + _rest(wrong) + [COUNTED]
    missing = [message for message in (_missing(task, part, written) for part in task.parts) if message]
    if missing:
        return False, [f"Every line holds: {len(written.steps)} steps.", *dict.fromkeys(missing)]
    return True, [f"Every line holds ({len(written.steps)} steps), from {_names(task)} to a closed form."]


def _names(task):
    return " and ".join(dict.fromkeys(part.name for part in task.parts))


def _told(step):
    """One faulty line: where, what it says, the verdict, the counterexample and the name of the slip."""
    verdict = {
        "refuted": "does not hold",
        "ill-typed": "does not fit together",
        "unreadable": "cannot be read",
        "transposed": "holds only up to a transpose",
        "unsettled": "could be neither proved nor refuted",
    }[step.status]
    lines = [f"Line {step.line} {verdict}: {step.lhs} = {step.rhs}"]
    if step.reason:
        lines.append(step.reason)
    if step.counterexample:
        lines.append(f"Counterexample: {step.counterexample['text']}")
    if step.suggestion:
        lines.append(f"Likely slip: {step.suggestion['name']}.")
    if step.status == "unsettled":
        lines.append("Write the step in smaller steps.")
    return "\n".join(lines)


def _rest(wrong):
    left = len(wrong) - SHOWN
    return [f"{left} more line{'s' if left > 1 else ''} cannot stay as they are."] if left > 0 else []


def _missing(task, part, written):
    """What a derivation without a wrong line still lacks for one part; '' if nothing."""
    case = f" for {part.given.replace('!=', '≠')}" if part.given else ""
    starts = written.starts(task, part)
    if not starts:
        other = written.first_derivative()
        found = f"; yours starts from {other}" if other else ""
        return f"Right, but not what was asked: no chain starts from {part.name}{found}."
    ends = [(side, count) for start in starts for side, count in written.reached(start) if written.closed(side, task)]
    if not ends:
        return f"Right, but unfinished{case}: go on until {_open(task)}."
    holding = [count for side, count in ends if written.holds(task, part, side)]
    if not holding:
        return f"Right, but {part.name}{case} is missing." if case else ELSEWHERE.format(part.name)
    if max(holding) < task.steps:
        return "Right, but nothing is derived: write down the steps in between."
    return ""


def _open(task):
    if task.ends:
        return "the form that the exercise asks for stands alone on the right"
    words = ", ".join(("derivative", "J", *task.without))
    return f"the right side contains no {words} any more"
