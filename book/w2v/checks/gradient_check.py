"""The gradient check: a gradient in formulas against central differences of its own loss."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from w2v.checks.slips.likely import likely_slip
from w2v.support import validate

TOLERANCE = 1e-7  # central differences with h = 1e-5 agree to about 1e-10


class GradientMismatch(AssertionError):
    """A gradient that does not fit its loss; the message shows the worst entry and the likely slip.

    >>> square, wrong = lambda x: (x**2).sum(), lambda x: (-2 * x,)
    >>> try:
    ...     check_gradients(square, wrong, np.array([1.0, 3.0]), wrt=("x",))
    ... except GradientMismatch as error:
    ...     print(str(error).splitlines()[-1])
    likely slip: the sign is reversed
    """


@dataclass(frozen=True)
class GradientCheck:
    """What a passed check saw: entries compared and the worst difference, as `relative_difference` takes it.

    >>> print(GradientCheck(entries=8, worst=3e-11))
    8 entries agree with central differences; worst difference 3.0e-11, relative above 1
    """

    entries: int
    worst: float

    def __str__(self):
        return f"{self.entries} entries agree with central differences; worst difference {self.worst:.1e}, relative above 1"


def numerical_gradient(f: Callable[[np.ndarray], float], x: ArrayLike, h: float = 1e-5) -> np.ndarray:
    """(f(x + h e_i) - f(x - h e_i)) / 2h for every entry i of `x`; same shape as `x`.

    `f` takes an array like `x` and returns a number. `x` itself is left unchanged.

    >>> numerical_gradient(lambda x: (x**2).sum(), [1, 2, 3]).round(6)
    array([2., 4., 6.])
    """
    x, h = np.array(x, dtype=float), validate.positive("h", h)
    slope = np.empty_like(x)
    for i in np.ndindex(x.shape):
        at, (above, below) = x[i], (x[i] + h, x[i] - h)
        x[i] = above
        f_above = f(x)
        x[i] = below
        slope[i] = (f_above - f(x)) / (above - below)
        x[i] = at
    return slope


def relative_difference(a, b):
    """|a - b| / max(1, |a|, |b|), entrywise: the difference of numbers up to 1, the relative difference of larger ones."""
    with np.errstate(invalid="ignore"):  # inf against a number gives nan, which no tolerance admits
        return np.abs(a - b) / np.maximum(1, np.maximum(np.abs(a), np.abs(b)))


def check_gradients(
    loss: Callable, gradients: Callable, *arguments: Any, wrt: Sequence[str], tolerance: float = TOLERANCE
) -> GradientCheck:
    """Compares `gradients(*arguments)` with central differences of `loss(*arguments)`.

    `wrt` names the arguments that are differentiated, in the order in which `gradients` returns
    their gradients, e.g. wrt=("v_c", "U"). Returns a GradientCheck; raises GradientMismatch with
    the worst entry, both numbers and the likely slip. Float arrays are taken in double precision, since a
    right formula computed in float32 has an error of 1e-7 of its own.

    >>> from w2v.losses import naive_softmax_gradients, naive_softmax_loss
    >>> v_c, U = np.array([0.5, -0.5]), np.array([[1.0, 0], [0, 1], [1, 1]])
    >>> check_gradients(naive_softmax_loss, naive_softmax_gradients, v_c, 2, U, wrt=("v_c", "U")).entries
    8
    """
    arguments = [_in_double(argument) for argument in arguments]
    parameters = list(inspect.signature(loss).parameters)
    unknown = [name for name in wrt if name not in parameters]
    if unknown:
        raise ValueError(f"wrt: expected names among {parameters}, got {unknown[0]!r}")
    claimed = gradients(*arguments)
    if not isinstance(claimed, tuple) or len(claimed) != len(wrt):
        raise TypeError(
            f"gradients: expected a tuple of {len(wrt)} arrays, for {', '.join(wrt)}, got {type(claimed).__name__}"
        )
    passed = []
    for position, (name, gradient) in enumerate(zip(wrt, claimed)):
        place = parameters.index(name)
        expected = numerical_gradient(_of_one(loss, arguments, place), arguments[place])
        hint = partial(likely_slip, loss, arguments, position, gradient, expected)
        passed.append(_compare(f"the gradient with respect to {name}", gradient, expected, tolerance, hint))
    return GradientCheck(sum(c.entries for c in passed), max(c.worst for c in passed))


def _in_double(argument):
    is_float = isinstance(argument, (np.ndarray, np.floating)) and argument.dtype.kind == "f"
    return argument.astype(float) if is_float else argument


def _of_one(loss, arguments, place):
    """`loss` as a function of the argument at `place` alone."""
    return lambda x: loss(*arguments[:place], x, *arguments[place + 1 :])


def _compare(name, gradient, expected, tolerance, hint):
    gradient = np.asarray(gradient, dtype=float)
    if gradient.shape != expected.shape:
        hint = "\nlikely slip: rows and columns swapped" if gradient.shape == expected.shape[::-1] else ""
        raise GradientMismatch(
            f"{name}: expected shape {expected.shape}, that of the variable, got {gradient.shape}{hint}"
        )
    difference = relative_difference(gradient, expected)
    worst = np.unravel_index(np.argmax(np.where(np.isnan(difference), np.inf, difference)), difference.shape)
    if difference[worst] <= tolerance:
        return GradientCheck(gradient.size, float(difference[worst]))
    wrong = int((~(difference <= tolerance)).sum())
    message = (
        f"{name}: {wrong} of {gradient.size} entries are wrong\n"
        f"worst entry {[int(i) for i in worst]}: yours {gradient[worst]:.8g}, numerical {expected[worst]:.8g}, "
        f"difference {difference[worst]:.1e}, relative above 1"
    )
    slip = hint()
    raise GradientMismatch(message + (f"\nlikely slip: {slip}" if slip else ""))
