"""From a wrong result to the name of the slip. No sentence here shows a right number or a right formula."""

from dataclasses import dataclass

import numpy as np

from w2v.checks.gradient_check import TOLERANCE as NUMERICAL
from w2v.checks.gradient_check import numerical_gradient, relative_difference
from w2v.exercises.hints import HINTS

EXACT = 1e-9  # between two ways to compute one number in double precision
SINGLE = 1e-4  # the same in single precision, in which a score of 800 is known to 5e-5
UNKNOWN = (
    "None of the usual slips gives these numbers. Compare one entry with a central difference of the loss, by hand."
)


@dataclass(frozen=True)
class Fault:
    """What went wrong in one case; a `final` fault ends the grading, because later cases would say the same.

    `result` is the wrong result number `position`; `raised` says that the case gave no result of the right shape.
    """

    slip: str
    told: str
    case: object = None
    position: int = 0
    result: object = None
    raised: bool = False
    final: bool = False

    def sentences(self):
        """The slip with its hint, what was seen, and where."""
        where = [f"Seen at: {self.case.label}."] if self.case is not None else []
        likely = f"Likely slip: {self.slip}. {HINTS[self.slip]}" if self.slip else UNKNOWN
        return [likely, self.told, *where]


def type_fault(task, case, position, result, right):
    """A Fault unless `result` is an array of floats where `right` is one, and a number where `right` is a number."""
    name, number = task.returns[position], np.ndim(right) == 0
    fits = type(result) is np.ndarray or isinstance(result, np.number) or number and type(result) in (int, float)
    if not fits:
        expected = "a number" if number else "a NumPy array"
        return Fault(
            "wrong type",
            f"{name} should be {expected}; got an object of type {type(result).__name__}.",
            case,
            position,
            final=True,
        )
    dtype = np.asarray(result).dtype
    if np.issubdtype(dtype, np.floating) and dtype.itemsize >= 4 or number and type(result) is int:
        return None
    return Fault(
        "wrong type", f"{name} should hold floats of 64 bits; got entries of type {dtype}.", case, position, final=True
    )


def shape_fault(task, case, position, result, right):
    """A Fault unless the shapes agree; a result that lies on its side is told from other shapes by its numbers."""
    came, expected = np.shape(result), np.shape(right)
    if came == expected:
        return None
    turned = len(expected) == 2 and came == expected[::-1] and _same(np.transpose(result), right)
    slip = "rows and columns swapped" if turned else "wrong shape"
    shown = expected or "() of a number"
    return Fault(
        slip, f"{task.returns[position]} should have the shape {shown}; got {came}.", case, position, raised=True
    )


def compare(task, case, position, result, right):
    """A Fault unless the numbers agree with the right ones and with the numerical gradient."""
    name, result = task.returns[position], np.asarray(result)
    exact, numerical = (SINGLE, SINGLE) if _single(result) else (EXACT, NUMERICAL)
    if not np.all(np.isfinite(result)):
        slip = "unstable" if case.extreme else "not finite"
        return Fault(slip, f"{name} is not finite everywhere.", case, position)
    off = ~(relative_difference(result, np.asarray(right, dtype=float)) <= exact)
    if task.loss is not None and not case.extreme:
        off |= ~(relative_difference(result, _slope(task, case, task.wrt[position])) <= numerical)
    if not np.any(off):
        return None
    return Fault("unstable" if case.extreme else "", _wrong_entries(name, off), case, position, result)


def _single(result):
    return np.asarray(result).dtype == np.float32


def few_digits(value):
    """What to say of right results of which some are in single precision."""
    if not any(_single(part) for part in (value if isinstance(value, (tuple, list)) else (value,))):
        return []
    return ["It is computed in float32, so seven digits are right at best; the arguments have float64, with sixteen."]


def _slope(task, case, place):
    arguments = case.arguments
    return numerical_gradient(lambda x: task.loss(*arguments[:place], x, *arguments[place + 1 :]), arguments[place])


def _wrong_entries(name, off):
    off = np.asarray(off)
    if off.ndim == 0:
        return f"{name} is not the right number."
    rows = np.flatnonzero(off.any(axis=1)).tolist() if off.ndim == 2 else []
    where = f", in row{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows))}" if rows else ""
    return f"{int(off.sum())} of {off.size} entries of {name} are wrong{where}."


def diagnose(task, faults):
    """The Fault to report: the first one, with the name of the slip that explains all of them."""
    first = faults[0]
    ordinary = [fault for fault in faults if not fault.case.extreme] if first.case else []
    if not ordinary:
        return first
    if first.raised and _only_other_sizes(task, [fault for fault in ordinary if fault.raised]):
        return Fault("hard-coded size", first.told, first.case)
    return first if first.slip else Fault(_slip(task, ordinary), first.told, first.case)


def _only_other_sizes(task, faults):
    """Whether the first case is right and an ordinary case of another size is not."""
    return faults[0].case is not task.cases[0] and any(not fault.case.special for fault in faults)


def _slip(task, faults):
    """The first slip that gives the reader's numbers in all these cases; '' if none does."""
    position = faults[0].position
    faults = [fault for fault in faults if fault.position == position and fault.result is not None]
    for name, wrong in task.wrong:
        if all(_same(fault.result, task.results(wrong, fault.case.arguments)[position]) for fault in faults):
            return name
    right = [np.asarray(task.results(task.true, fault.case.arguments)[position]) for fault in faults]
    for name, fits in GENERAL:
        if all(fits(fault.result, truth) for fault, truth in zip(faults, right)):
            return name
    return "hard-coded size" if _only_other_sizes(task, faults) else ""


def _same(a, b):
    loose = SINGLE if _single(a) else 0
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=max(1e-7, loose), atol=max(1e-9, loose)))


def _multiple(result, right):
    scale = (result * right).sum() / (right**2).sum() if right.any() else 0
    return bool(scale) and _same(result, scale * right)


def _nearly(result, right):
    return result.shape == right.shape and bool(np.all(np.abs(result - right) <= SINGLE * np.abs(right).max(initial=0)))


GENERAL = (
    ("zero everywhere", lambda result, right: not result.any()),
    ("missing minus", lambda result, right: _same(result, -right)),
    ("lost digits", _nearly),
    ("forgotten factor", _multiple),
)
