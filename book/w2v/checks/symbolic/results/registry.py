"""The results of the book: an id, a name, and the statements that must hold for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from w2v.checks.symbolic.case import Case

# Sizes all different and never square; o is never the first word; negatives repeat where allowed.
SOFTMAX_CASES = (Case(3, 2, o=1), Case(5, 3, o=2), Case(4, 6, o=3))
DISTINCT_CASES = (Case(4, 2, o=1, negatives=(3, 0)), Case(6, 3, o=2, negatives=(0, 5, 3, 4)))
NEGATIVE_CASES = DISTINCT_CASES + (Case(5, 3, o=2, negatives=(0, 4, 4, 3)), Case(5, 2, o=3, negatives=(3, 1, 1)))
NO_CASE = (None,)


@dataclass(frozen=True)
class Exact:
    """left = right, to be proved by an exact zero test (scalars or Matrices of one shape)."""

    what: str
    left: Any
    right: Any


@dataclass(frozen=True)
class Agrees:
    """A NumPy function gives the numbers of a SymPy expression; `numpy` takes a Numbers."""

    what: str
    symbolic: Any
    numpy: Callable


@dataclass(frozen=True)
class Numerical:
    """`gradients` passes the gradient check against `loss`; `arguments` takes a Numbers."""

    loss: Callable
    gradients: Callable
    arguments: Callable
    wrt: tuple


@dataclass(frozen=True)
class ForAllSizes:
    """A proof with symbolic V, D and K: `prove()` returns True or raises."""

    what: str
    prove: Callable


@dataclass(frozen=True)
class Numbers:
    """The numbers of a case in NumPy's shapes: words are rows."""

    v_c: np.ndarray
    U: np.ndarray
    o: int
    negatives: tuple
    soft_y: np.ndarray

    @classmethod
    def of(cls, case, point):
        soft_y = case.at(case.soft_y, point).ravel()
        return cls(case.at(case.v_c, point).ravel(), case.at(case.U_rows, point), case.o, case.negatives, soft_y)

    @property
    def scores(self):
        return self.U @ self.v_c


@dataclass(frozen=True)
class Result:
    """A numbered result; `statements(case)` yields Exact, Agrees, Numerical and ForAllSizes."""

    id: str
    title: str
    statements: Callable
    cases: tuple = field(default=SOFTMAX_CASES)


RESULTS = {}


def result(id, title, cases=SOFTMAX_CASES):
    """Registers the decorated function as the statements of result `id`."""

    def register(statements):
        if id in RESULTS:
            raise ValueError(f"result {id} is registered twice")
        RESULTS[id] = Result(id, title, statements, cases)
        return statements

    return register
