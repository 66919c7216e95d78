"""One concrete size of the problem, with a symbol for every entry."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp

from w2v.support import validate


@dataclass(frozen=True)
class Case:
    """Vocabulary size V, dimension D, outside word o and negatives, with symbols for v_c and U.

    `v_c` is D x 1 and `U` is D x V with the outside vectors as columns. `U_rows` is the table as
    NumPy holds it, V x D. `scores`, `y_hat` and `y` are V x 1.

    >>> case = Case(V=3, D=2, o=1)
    >>> case.U
    Matrix([
    [u1_1, u2_1, u3_1],
    [u1_2, u2_2, u3_2]])
    >>> case.y.T
    Matrix([[0, 1, 0]])
    """

    V: int
    D: int
    o: int
    negatives: tuple = ()

    def __post_init__(self):
        validate.integer("V", self.V, least=1)
        validate.integer("D", self.D, least=1)
        validate.word("o", self.o, self.V)
        if self.negatives:
            validate.words("negatives", self.negatives, self.V)

    @cached_property
    def v_c(self) -> sp.Matrix:
        return sp.Matrix(sp.symbols(f"v1:{self.D + 1}", real=True))

    @cached_property
    def U(self) -> sp.Matrix:
        return sp.Matrix(self.D, self.V, lambda i, w: sp.Symbol(f"u{w + 1}_{i + 1}", real=True))

    @property
    def U_rows(self) -> sp.Matrix:
        return self.U.T

    def u(self, w: int) -> sp.Matrix:
        """The outside vector of word w, a column D x 1."""
        return self.U[:, w]

    @cached_property
    def scores(self) -> sp.Matrix:
        """z = U^T v_c, V x 1."""
        return self.U.T * self.v_c

    @cached_property
    def Z(self) -> sp.Expr:
        """The normaliser sum_w exp(u_w.v_c)."""
        return sum(sp.exp(z) for z in self.scores)

    @cached_property
    def y_hat(self) -> sp.Matrix:
        return sp.Matrix([sp.exp(z) / self.Z for z in self.scores])

    @cached_property
    def y(self) -> sp.Matrix:
        """The one-hot vector of o, V x 1."""
        return sp.Matrix([int(w == self.o) for w in range(self.V)])

    @cached_property
    def soft_y(self) -> sp.Matrix:
        """Soft labels: V symbols that sum to 1, V x 1."""
        free = sp.symbols(f"y1:{self.V}", positive=True)
        return sp.Matrix([*free, 1 - sum(free)])

    @cached_property
    def counts(self) -> sp.Matrix:
        """m_w, how often word w occurs among the negatives, V x 1."""
        return sp.Matrix([self.negatives.count(w) for w in range(self.V)])

    @property
    def sizes(self) -> str:
        """The case in words, for reports."""
        text = f"V={self.V}, D={self.D}, o={self.o}"
        return text + (f", negatives {self.negatives}" if self.negatives else "")

    def point(self, seed: int = 9) -> dict[sp.Symbol, float]:
        """Random numbers for every symbol: a dict {symbol: float}; no two alike, none zero."""
        rng = np.random.default_rng(seed)
        labels = rng.dirichlet(np.full(self.V, 2.0))[:-1]
        symbols = [*self.v_c, *self.U]
        numbers = rng.uniform(0.2, 1.2, len(symbols)) * rng.choice([-1, 1], len(symbols))
        return dict(zip([*symbols, *self.soft_y[:-1]], [*numbers, *labels]))

    def at(self, expression: sp.Expr | sp.Matrix, point: dict[sp.Symbol, float]) -> float | np.ndarray:
        """`expression` (scalar or Matrix) in numbers: a float or an array, computed with 30 digits."""
        expression = sp.sympify(expression)
        value = sp.lambdify(list(point), expression, modules="mpmath")(*map(sp.Float, point.values()))
        if isinstance(expression, sp.MatrixBase):
            return np.array(value.tolist(), dtype=float)
        return float(value)


def gradient(loss: sp.Expr, variable: sp.Matrix) -> sp.Matrix:
    """The derivative of a scalar `loss` by each entry of a Matrix `variable`, in the variable's shape.

    >>> case = Case(V=3, D=2, o=1)
    >>> assert_zero(gradient(naive_softmax(case), case.v_c) - case.U * (case.y_hat - case.y))
    True
    """
    return variable.applyfunc(lambda entry: sp.diff(loss, entry))
