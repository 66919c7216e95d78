"""What a slip is: a name, what to do about it, and the numbers by which it is recognised.

The wrong formula is evaluated on the same arguments and compared with what the student's function returned.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """A name, what to do about it, and the wrong `gradients(v_c, o, U, ...)` of one pair.

    `exercise` is the name under which the graders of the exercises speak of it, with hints that tell no formula.

    >>> print(NAIVE_SOFTMAX[0])
    y forgotten: subtract y, the observed word, from y_hat
    >>> grad_v_c, grad_U = NAIVE_SOFTMAX[0].gradients(np.array([0.0, 0.0]), 1, np.eye(2))
    >>> grad_v_c
    array([0.5, 0.5])
    """

    name: str
    hint: str
    gradients: Callable
    exercise: str = ""

    def __str__(self):
        return f"{self.name}: {self.hint}"
