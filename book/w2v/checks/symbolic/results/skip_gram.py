"""Statements of the chapter on the skip-gram sum: T25, for both pair losses."""

from dataclasses import replace

import sympy as sp

from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.case import Case, gradient
from w2v.checks.symbolic.losses import naive_softmax, negative_sampling
from w2v.checks.symbolic.results.registry import Agrees, Exact, ForAllSizes, Numerical, result
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss

CENTER = 1  # the center word; the window's outside words are `case.negatives`, one of them twice


class Window(Case):
    """A Case whose `negatives` are read as the outside words of a window around CENTER."""

    @property
    def sizes(self):
        return f"V={self.V}, D={self.D}, center {CENTER}, outside words {self.negatives}"


WINDOWS = (Window(3, 2, o=2, negatives=(2, 0, 2)), Window(5, 3, o=2, negatives=(0, 3, 3, 4)))


def table_V(case):
    """The center vectors as columns, D x V; column CENTER is the case's v_c."""
    table = sp.Matrix(case.D, case.V, lambda i, w: sp.Symbol(f"v{w + 1}_{i + 1}", real=True))
    table[:, CENTER] = case.v_c
    return table


def pairs(case, negatives):
    """The window as one Case for each outside word, each with its negatives (if any)."""
    return [replace(case, o=o, negatives=ks) for o, ks in zip(case.negatives, negatives)]


def drawn(case):
    """K = 2 negatives for each outside word, written out."""
    return [((j + 1) % case.V, (2 * j) % case.V) for j, _ in enumerate(case.negatives)]


def tie(expression, case):
    """`expression` with one table for both roles: each symbol of U becomes that of V for the same word."""
    return expression.subs(dict(zip(case.U, table_V(case))), simultaneous=True)


@result("T25", "skip-gram: the gradients of a window are sums", cases=WINDOWS)
def window_sums(case):
    yield from _for_loss(case, naive_softmax, "naive softmax", pairs(case, [()] * len(case.negatives)), None)
    yield from _for_loss(case, negative_sampling, "negative sampling", pairs(case, drawn(case)), drawn(case))
    yield ForAllSizes(
        "the derivative of a sum over the window, any number of words, any loss of a pair", every_size.window_sum
    )
    yield from _if_tied(case)


def _for_loss(case, loss, name, window, negatives):
    J, V = sum(loss(pair) for pair in window), table_V(case)
    to_U = sum((gradient(loss(pair), case.U) for pair in window), sp.zeros(case.D, case.V))
    to_v_c = sum((gradient(loss(pair), case.v_c) for pair in window), sp.zeros(case.D, 1))
    to_V = gradient(J, V)
    yield Exact(f"{name}: dJ_sg/dU = sum_j dJ/dU", gradient(J, case.U), to_U)
    yield Exact(f"{name}: dJ_sg/dv_c = sum_j dJ/dv_c", to_V[:, CENTER], to_v_c)
    for w in set(range(case.V)) - {CENTER}:
        yield Exact(f"{name}: dJ_sg/dv_w = 0 for w != c", to_V[:, w], sp.zeros(case.D, 1))
    arguments = lambda n: (CENTER, list(case.negatives), _rows_of_V(n), n.U, negatives)
    yield Agrees(f"skip_gram_loss, {name}", J, lambda n: skip_gram_loss(*arguments(n)))
    yield Agrees(f"skip_gram_gradients of U, {name}", to_U.T, lambda n: skip_gram_gradients(*arguments(n))[1])
    yield Agrees(f"skip_gram_gradients of v_c, {name}", to_v_c, lambda n: skip_gram_gradients(*arguments(n))[0][CENTER])
    yield Numerical(skip_gram_loss, skip_gram_gradients, arguments, wrt=("V", "U"))


def _if_tied(case):
    """What T25 needs its assumption for: with u_w = v_w, the center vector gains a term and all others move."""
    J, V, y_hat = tie(naive_softmax(case), case), table_V(case), tie(case.y_hat, case)
    v_c = V[:, CENTER]
    untied = -V[:, case.o] + V * y_hat
    yield Exact(
        "if the tables were tied, o != c: dJ/dv_c = -v_o + sum_x y_hat_x v_x + y_hat_c v_c",
        gradient(J, v_c),
        untied + y_hat[CENTER] * v_c,
    )
    for w in set(range(case.V)) - {CENTER}:
        claimed = (y_hat[w] - case.y[w]) * v_c
        yield Exact("if the tables were tied, w != c: dJ/dv_w = (y_hat_w - 1[w=o]) v_c", gradient(J, V[:, w]), claimed)


def _rows_of_V(numbers):
    """A table of center vectors in NumPy's shape; its other rows are the outside vectors, reversed."""
    V = numbers.U[::-1].copy()
    V[CENTER] = numbers.v_c
    return V
