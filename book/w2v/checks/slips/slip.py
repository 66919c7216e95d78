"""What a slip is: a name, what to do about it, and the numbers by which it is recognised.

The wrong formula is evaluated on the same arguments and compared with what the student's function returned.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """A name, what to do about it, and the wrong `gradients(v_c, o, U, ...)` of one pair.

    `exercise` is the name under which the graders of the exercises speak of it, with hints that tell no formula.
    """

    name: str
    hint: str
    gradients: Callable
    exercise: str = ""

    def __str__(self):
        return f"{self.name}: {self.hint}"
