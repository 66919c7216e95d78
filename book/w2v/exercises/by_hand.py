"""Judges a derivation: every line holds, it starts from what was asked, and it ends in a closed form of it."""

import re
from dataclasses import dataclass, replace

from w2v.checker import NoMathematics
from w2v.exercises import derivation

SHOWN = 3  # faulty lines that are reported at once
COUNTED = "Lines are counted from the first line of the text."
ELSEWHERE = (
    "Right, but not what was asked: it ends in something other than {} of this exercise. "
    "Is it this loss, and does every letter keep its meaning?"
)


@dataclass(frozen=True)
class Question:
    """What a side should be equal to: LaTeX, and a condition such as 'w != o'."""

    latex: str
    given: str = ""


@dataclass(frozen=True)
class Part:
    """One quantity that is asked for: its LaTeX in primitive letters, its name in feedback, a condition such as 'w != o'.

    A chain starts from it if one of its sides is equal to it and contains a derivative, or is one of `starts`. `letter` is its
    free letter, for which a reader may write another; `bound` are the letters of its sums.
    """

    asked: str
    name: str
    given: str = ""
    starts: tuple = ()
    letter: str = ""
    bound: tuple = ("x",)

    def question(self, letter="", entry=""):
        """The Question with another free letter, and for one entry."""
        asked, given = self.asked, self.given
        if self.letter and letter and letter != self.letter:
            asked, given = _exchanged(asked, self.letter, letter), _exchanged(given, self.letter, letter)
        return Question(rf"\left({asked}\right)_{{{entry}}}" if entry else asked, given)


def _exchanged(text, one, other):
    """The text with two letters in each other's place."""
    return re.sub(rf"(?<![A-Za-z\\])({one}|{other})(?![A-Za-z])", lambda found: other if found[0] == one else one, text)


@dataclass(frozen=True)
class ByHand:
    """`prelude` is the text that stands before the answer: it says what J is, and what may be assumed.

    A closed form has no derivative, no J and none of the functions in `without`. With `ends`, only these forms are the end.
    `steps` is the least number of different sides of the chain.
    """

    parts: tuple
    prelude: str = ""
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
        written = derivation.Written(text, task)
    except NoMathematics:
        return False, ["There is no mathematics in this text. Write the equations between $$ and $$."]
    except ValueError as error:
        return False, [f"The text cannot be read: {derivation.renumbered(str(error), derivation.above(task))}."]
    if not written.steps:
        return False, ["There is no equation in this text, so there is nothing to check."]
    wrong = [step for step in written.steps if step.status not in derivation.EQUAL]
    if wrong:
        return False, [_told(step) for step in wrong[:SHOWN]] + _rest(wrong) + [COUNTED]
    fixed = written.redefined()
    if fixed:
        return False, [
            f"Right, but not what was asked: {fixed} is part of the question, and the text gives it a value of its own."
        ]
    missing = [message for message in (_missing(task, part, written) for part in task.parts) if message]
    if missing:
        return False, [f"Every line holds: {_count(written)}.", *dict.fromkeys(missing)]
    return True, [f"Every line holds ({_count(written)}), from {_names(task)} to a closed form."]


def _count(written):
    return f"{len(written.steps)} step{'s' if len(written.steps) != 1 else ''}"


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
    if step.reason and step.reason != step.question:
        lines.append(step.reason)
    if step.counterexample:
        lines.append(f"Counterexample: {step.counterexample['text']}")
    if step.suggestion:
        lines.append(f"Likely slip: {step.suggestion['name']}.")
    if step.follows:
        lines.append(f"It follows from line {step.follows}, which does not hold.")
    if step.status == "unsettled":
        lines.append(
            f"To settle it, say in a sentence: {step.question}" if step.question else "Write the step in smaller steps."
        )
    return "\n".join(lines)


def _rest(wrong):
    left = len(wrong) - SHOWN
    return [f"{left} more line{'s' if left > 1 else ''} cannot stay as they are."] if left > 0 else []


def _missing(task, part, written):
    """What a derivation without a wrong line still lacks for one part; '' if nothing."""
    case = f" for {part.given.replace('!=', '≠')}" if part.given else ""
    starts = written.starts(part)
    if not starts and case and written.starts(replace(part, given="")):
        return f"Right, but {part.name}{case} is missing."
    if not starts:
        other = written.first_derivative()
        found = f"; yours starts from {other}" if other else ""
        return f"Right, but not what was asked: no chain starts from {part.name}{found}."
    ends, counts = False, []
    for start, question in starts:
        sides = written.reached(start, part)
        closed = [side for side in sides if side != start and written.closed(side)]
        ends = ends or bool(closed)
        held = written.holding(question, closed)
        counts += [written.different(_shown(task, part, written, start, held))] if held else []
    if not ends:
        return f"Right, but unfinished{case}: go on until {_open(task)}."
    if not counts:
        return f"Right, but {part.name}{case} is missing." if case else ELSEWHERE.format(part.name)
    if max(counts) < task.steps:
        return "Right, but nothing is derived: write down the steps in between."
    return ""


def _shown(task, part, written, start, ends):
    """The sides that count as a derivation: those between two given forms, else all that hang together with the start."""
    if task.ends:
        return written.between(start, ends, part)
    return written.reached(start, part) + written.differentials(start, part)


def _open(task):
    if task.ends:
        return "the form that the exercise asks for stands alone on the right"
    words = ", ".join(("derivative", "J", *task.without))
    return f"the right side contains no {words} any more"
