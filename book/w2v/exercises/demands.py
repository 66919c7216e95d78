"""What the text of an exercise asks for beyond right numbers: no loop, no large array, not the function that it replaces."""

import copy
import dis
from types import CodeType, FunctionType

import numpy as np

from w2v.exercises.diagnosis import Fault

LOOPING = {
    "map",
    "vectorize",
    "apply_along_axis",
    "apply_over_axes",
    "frompyfunc",
    "nditer",
    "ndenumerate",
    "ndindex",
    "fromiter",
}
SILENCING = {"errstate", "seterr", "simplefilter", "filterwarnings", "catch_warnings"}


def demanded(task, function, run):
    """The Fault of a function whose numbers are right, or None."""
    codes = _codes(function)
    names = {name for code in codes for name in code.co_names}
    if not task.loops and (told := _loop(codes)):
        return Fault("a loop", told)
    if not task.warnings and (used := sorted(names & SILENCING)):
        return Fault("a warning hidden", f"The function uses {used[0]}.")
    if not task.warnings and not FLAGS and (fault := _overflow(task, function, run)):
        return fault
    if used := sorted(names & set(task.instead_of)):
        return Fault("what it should replace", f"The function uses {used[0]}.")
    return _held(task, function, run) if task.large else None


def _flags():
    """Whether NumPy notices an overflow here: WebAssembly has no flags for it, so in the browser it does not."""
    try:
        with np.errstate(over="raise"):
            np.exp(np.array([800.0]))
    except FloatingPointError:
        return True
    return False


FLAGS = _flags()


class Watched(np.ndarray):
    """An array that notes in `seen` each ufunc that makes finite numbers infinite; so are the arrays computed from it."""

    seen: list = []

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        plain = [np.asarray(x) for x in inputs]
        options |= {} if out is None else {"out": tuple(np.asarray(x) for x in out)}
        results = getattr(ufunc, method)(*plain, **options)
        for result in results if isinstance(results, tuple) else (results,):
            finite = all(np.isfinite(x).all() for x in plain if x.dtype.kind in "fiub")
            if finite and np.asarray(result).dtype.kind == "f" and not np.isfinite(result).all():
                Watched.seen.append(ufunc.__name__)
        return results.view(Watched) if type(results) is np.ndarray else results


def _overflow(task, function, run):
    """The Fault of a function that leaves the range of floats at the extreme cases, seen without NumPy's warnings."""
    for case in task.cases:
        Watched.seen.clear()
        run(function, tuple(a.copy().view(Watched) if type(a) is np.ndarray else a for a in case.arguments))
        if Watched.seen:
            return Fault("a warning", f"{Watched.seen[0]} leaves the range of floating-point numbers.", case)
    return None


def _codes(function):
    """The code of a function, of what is defined in it, and of the reader's own functions that it calls."""
    found, waiting = {}, [function, *getattr(function, "helpers", ())]
    while waiting:
        one = waiting.pop()
        code = one if isinstance(one, CodeType) else getattr(one, "__code__", None)
        if code is None or code in found:
            continue
        found[code] = None
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        if isinstance(one, FunctionType):
            own = [one.__globals__.get(name) for name in _all_names(code)]
            own += [cell.cell_contents for cell in one.__closure__ or () if _filled(cell)]
            waiting += [
                f for f in own if isinstance(f, FunctionType) and not (f.__module__ or "").startswith(("numpy", "w2v."))
            ]
    return list(found)


def _all_names(code):
    return [
        *code.co_names,
        *(name for inner in code.co_consts if isinstance(inner, CodeType) for name in _all_names(inner)),
    ]


def _filled(cell):
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _loop(codes):
    """Where a loop stands, in words; '' if there is none. A comprehension is one, and so are NumPy's loops over a function."""
    for code in codes:
        for step in dis.get_instructions(code):
            if "FOR_ITER" in step.opname or "JUMP_BACKWARD" in step.opname:
                return f"There is a loop in {code.co_name.strip('<>')}."
            if step.opname in ("LOAD_GLOBAL", "LOAD_DEREF", "LOAD_NAME") and step.argval == code.co_name:
                return f"{code.co_name} calls itself."
        if used := sorted(set(code.co_names) & LOOPING):
            return f"{used[0]} calls Python again and again, as a loop does."
    return ""


def _held(task, function, run):
    """The Fault of a function that holds too much memory at a large size."""
    arguments = copy.deepcopy(task.large.arguments)
    outcome = run(function, arguments, measured=True)
    if outcome.slip:
        return Fault(outcome.slip, outcome.explanation, task.large)
    if outcome.held <= task.most:
        return None
    return Fault(
        "a large array",
        f"It held {outcome.held / 1e6:.1f} MB at once; the arguments have {_size(arguments) / 1e6:.3f} MB.",
        task.large,
    )


def _size(arguments):
    return sum(argument.nbytes for argument in arguments)
