"""What the grader of functions needs to know about one exercise, and the arguments on which functions are run."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Case:
    """One list of arguments, described by `label`.

    `special` cases hold what is allowed but unusual, such as repeated words; `extreme` ones only ask for stability.
    """

    label: str
    arguments: tuple
    extreme: bool = False
    special: bool = False


@dataclass(frozen=True)
class FunctionTask:
    """`true(*arguments)` is the right result, a tuple if `returns` names several.

    `loss` and `wrt` give the numerical gradient: result i is the gradient of `loss` with respect to the argument
    at position wrt[i], or no gradient if wrt[i] is None. `wrong` lists pairs (name of a slip, the function that
    has it), tried in this order. What the text asks for beyond right numbers: `loops` says whether there may be one,
    `warnings` whether NumPy may warn, `large` is a case at which the function may not hold `most` bytes at once, and the
    names in `instead_of` are what the function is written to replace.
    """

    parameters: tuple
    returns: tuple
    true: Callable
    cases: tuple
    wrong: tuple = ()
    loss: Callable | None = None
    wrt: tuple = ()
    loops: bool = True
    warnings: bool = True
    large: Case | None = None
    most: int = 0
    instead_of: tuple = ()

    def results(self, function, arguments):
        """The results of `true`, or of one of the `wrong` functions, as a tuple of arrays and numbers."""
        result = function(*arguments)
        return result if len(self.returns) > 1 else (result,)


def known_slips(slips, *names):
    """Pairs (name in the exercises, wrong gradients) of the slips with these names, from a table of `w2v.checks.slips`."""
    named = {slip.name: slip for slip in slips}
    return tuple((named[name].exercise, named[name].gradients) for name in names)


def one_result(position, pairs):
    """The wrong functions of `pairs` with one of their results."""
    return tuple((name, lambda *arguments, f=f: f(*arguments)[position]) for name, f in pairs)


def pair_cases(extreme=True):
    """Arguments (v_c, o, U): four sizes, none square, o never 0; the last has scores up to 800 in size."""
    rng = np.random.default_rng(20)
    cases = []
    for vocabulary, dimension, o in ((5, 3, 4), (7, 4, 2), (3, 6, 1), (4, 2, 3)):
        U, v_c = rng.normal(size=(vocabulary, dimension)), rng.normal(size=dimension)
        cases.append(Case(f"{vocabulary} words, {dimension} dimensions, o = {o}", (v_c, o, U)))
    if extreme:
        cases += [Case(f"scores of ±800, o = {o}", _far(5, 3, o), extreme=True) for o in (1, 4)]
    return tuple(cases)


def _far(vocabulary, dimension, o):
    """A pair whose scores run from -800 to 800, in steps of equal size."""
    v_c = np.array([0.5, -2.0, 1.0])[:dimension]
    U = np.outer(np.linspace(-800, 800, vocabulary) / (v_c @ v_c), v_c)
    return v_c, o, U + np.array([2.0, 0.5, 0.0])[:dimension] / 7  # along a direction that leaves the scores alone


def draws_cases(extreme=True):
    """Arguments (v_c, o, U, negatives): distinct draws at two sizes, repeated draws, a draw equal to o, and both."""
    five, seven, three, four = (case.arguments for case in pair_cases(extreme=False))
    lists = (
        (five, [0, 3, 1, 2], ""),
        (seven, [6, 0, 3, 5, 1, 4], ""),
        (seven, [6, 0, 5, 6, 6], ", one word drawn three times"),
        (three, [2, 1], ", a draw equal to o"),
        (four, [2, 2, 0, 3, 1, 3], ", repeated draws and one equal to o"),
    )
    cases = []
    for (v_c, o, U), negatives, mark in lists:
        label = f"{len(U)} words, {v_c.size} dimensions, o = {o}, {len(negatives)} negatives{mark}"
        cases.append(Case(label, (v_c, o, U, np.array(negatives)), special=bool(mark)))
    if extreme:
        for o in (1, 4):
            arguments = (*_far(5, 3, o), np.array([0, 4, 2, 4]))
            cases.append(Case(f"scores of ±800, o = {o}", arguments, extreme=True))
    return tuple(cases)
