"""`grade(id, answer)`: finds the exercise and hands the answer to the grader of its kind."""

from typing import Any

from w2v.exercises.feedback import Feedback
from w2v.exercises.registry import find

UNANSWERED = {
    "by hand": "Write your derivation into the cell, as text with LaTeX, and run it.",
    "in NumPy": "Write the body of the function and run the cell.",
    "prediction": "Write your prediction into the cell and run it.",
}


def grade(id: str, answer: Any) -> Feedback:
    """Feedback on an answer to the exercise `id`; ValueError with the nearest ids if there is no such exercise.

    `answer` is LaTeX text, a function, or a number or word, as the exercise asks. None, `...` and a function
    that has no body yet give the neutral feedback "not answered yet".

    >>> grade("sigmoid-steepest", "0,25").passed
    True
    >>> grade("sigmoid-steepest", ...)
    … not answered yet: The steepest slope
      Write your prediction into the cell and run it.
    """
    exercise = find(id)
    return feedback(exercise, None if answer is None or answer is Ellipsis else _judge(exercise, answer))


def feedback(exercise, judged):
    """The Feedback of (passed, messages, printed), or of None for no answer."""
    if judged is None:
        return Feedback(exercise.id, exercise.title, None, (UNANSWERED[exercise.kind],))
    passed, messages, printed = judged
    return Feedback(exercise.id, exercise.title, passed, tuple(messages), printed)


def _judge(exercise, answer):
    """(passed, messages, printed), or None for the untouched starter."""
    if exercise.kind == "by hand":
        from w2v.exercises.by_hand import judge
    elif exercise.kind == "in NumPy":
        from w2v.exercises.in_numpy import judge
    else:
        from w2v.exercises.prediction import judge
    return judge(exercise, answer)
