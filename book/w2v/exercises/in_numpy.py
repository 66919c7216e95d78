"""Judges a function: its results against the right ones and against numerical gradients, on several sizes."""

import copy
import dis
import inspect
from importlib import import_module

import numpy as np

from w2v.exercises.demands import demanded
from w2v.exercises.diagnosis import Fault, compare, diagnose, few_digits, shape_fault, type_fault
from w2v.exercises.running import Ended, apart, run

IDLE = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP", "POP_TOP"}


def judge(exercise, answer):
    """(passed, messages, printed) on a function; None for a function without a body."""
    if not callable(answer):
        return False, [f"The answer should be a function; this is an object of type {type(answer).__name__}."], ""
    if is_starter(answer):
        return None
    task = import_module(exercise.task).TASKS[exercise.id]
    try:
        return apart(lambda beat: judge_function(task, answer, beat))
    except Ended as ended:
        slip = "leaves Python" if "itself" in str(ended) else "time limit"
        return False, Fault(slip, str(ended)).sentences(), ""


def is_starter(function):
    """Whether a function does nothing yet: it only returns None or `...`, or raises NotImplementedError."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    if code.co_names == ("NotImplementedError",):
        return True
    if any(step.opname not in IDLE for step in dis.get_instructions(code)):
        return False
    return all(value is None or value is Ellipsis or value == function.__doc__ for value in code.co_consts)


def judge_function(task, function, beat=lambda: None, run=run):
    """(passed, messages, printed) of `function` as an answer to a FunctionTask; None if it returns `...`.

    `run(function, arguments)` gives the Outcome of a call, and `beat` is called before each.
    """
    fault = _wrong_parameters(task, function)
    if fault:
        return False, fault.sentences(), ""
    faults, printed, words, warned = [], "", [], None
    for case in task.cases:
        given = copy.deepcopy(case.arguments)
        beat()
        outcome = run(function, given)
        printed = printed or outcome.printed
        if _dots(outcome.value):
            return None
        fault = _fault(task, case, given, outcome)
        faults += [fault] if fault else []
        if fault and fault.final:
            break
        words = words or few_digits(outcome.value)
        if outcome.warned:
            warned = warned or Fault("a warning", f"NumPy warned: {outcome.warned[0]}.", case)
    if faults:
        return False, diagnose(task, faults).sentences(), printed
    beat()
    fault = demanded(task, function, run) or (None if task.warnings else warned)
    return (False, fault.sentences(), printed) if fault else (True, [_praise(task), *words], printed)


def _dots(value):
    return value is Ellipsis or isinstance(value, tuple) and any(part is Ellipsis for part in value)


def _wrong_parameters(task, function):
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # a built-in function does not tell; the call will
        return None
    try:
        signature.bind(*task.parameters)
    except TypeError:
        told = f"The function should take ({', '.join(task.parameters)}); this one takes {signature}."
        return Fault("wrong arguments", told)
    return None


def _fault(task, case, given, outcome):
    """The Fault of one call, or None."""
    if outcome.slip:
        other_size = outcome.slip in ("raises an exception", "transposed U") and case is not task.cases[0]
        return Fault(outcome.slip, outcome.explanation, case, raised=True, final=not other_size)
    kept = [np.array_equal(a, b) for a, b in zip(given, case.arguments)]
    changed = [name for place, name in enumerate(task.parameters) if place in outcome.changed or not kept[place]]
    if changed:
        return Fault("argument changed in place", f"The call changed {', '.join(changed)}.", case, final=True)
    if outcome.value is None:
        return Fault("returns nothing", "The function returned None.", case, final=True)
    return _fault_of_value(task, case, outcome.value)


def _fault_of_value(task, case, value):
    single = len(task.returns) == 1
    results = (value,) if single else value
    if not single and (not isinstance(value, (tuple, list)) or len(value) != len(task.returns)):
        came = (
            f"{len(value)} results"
            if isinstance(value, (tuple, list))
            else f"one object of type {type(value).__name__}"
        )
        told = f"Expected {len(task.returns)}, {', '.join(task.returns)}; got {came}."
        return Fault("wrong number of results", told, case, final=True)
    expected = task.results(task.true, case.arguments)
    for check in (type_fault, shape_fault, compare):
        for position, (result, right) in enumerate(zip(results, expected)):
            fault = check(task, case, position, result, right)
            if fault is not None:
                return fault
    return None


def _praise(task):
    ordinary = [case for case in task.cases if not case.extreme]
    gradient = " and the numerical gradient of the loss" if task.loss else ""
    far = ", also at extreme scores," if len(ordinary) < len(task.cases) else ""
    return (
        f"It gives the right numbers{gradient} at {len(ordinary)} different sizes{far} and leaves its arguments alone."
    )
