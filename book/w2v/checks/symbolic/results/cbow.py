"""Statements of the chapter on CBOW: T26 to T29."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp

from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.case import Case, gradient
from w2v.checks.symbolic.losses import naive_softmax, negative_sampling, sigma
from w2v.checks.symbolic.results.registry import Agrees, Exact, ForAllSizes, Numerical, result
from w2v.losses.cbow import cbow_gradients, cbow_loss, context_vector
from w2v.losses.pair import naive_softmax_loss


@dataclass(frozen=True)
class CbowWindow(Case):
    """A Case whose `v_c` stands for the mean vector and whose `o` is the center word, which is predicted.

    `outside` are the words of the window, repeats allowed; the center word may be among them.
    """

    outside: tuple = ()

    @cached_property
    def table_V(self):
        """The vectors that are read in as columns, D x V, with a symbol for every entry."""
        return sp.Matrix(self.D, self.V, lambda i, w: sp.Symbol(f"r{w + 1}_{i + 1}", real=True))

    @property
    def occurrences(self):
        """n_w, how often word w stands in the window, V x 1."""
        return sp.Matrix([self.outside.count(w) for w in range(self.V)])

    def read(self, expression, share):
        """`expression` with v_bar replaced by (1/share) sum_j v_{w_{t+j}}."""
        read_in = self.table_V * self.occurrences / share
        return expression.subs(dict(zip(self.v_c, read_in)), simultaneous=True)

    @property
    def sizes(self):
        return f"{super().sizes}, window {self.outside}".replace("o=", "center ")

    def point(self, seed=9):
        """Random numbers for every symbol, those of `table_V` included."""
        numbers = super().point(seed)
        other = Case(self.V, self.D, self.o).point(seed + 1)
        renamed = dict(zip(self.table_V, (other[u] for u in self.U)))
        return {**numbers, **renamed}

    def tables(self, numbers):
        """(V, U) as NumPy holds them."""
        return self.at(self.table_V.T, self.point()), numbers.U


WINDOWS = (
    CbowWindow(3, 2, o=1, negatives=(2, 0), outside=(2, 0, 2)),
    CbowWindow(5, 3, o=2, negatives=(0, 4, 4, 2), outside=(0, 3, 3, 4)),
)


def _arguments(case, sampled, mean=True):
    """The arguments of `cbow_loss` as a function of a Numbers."""
    negatives = case.negatives if sampled else None
    return lambda n: (case.o, list(case.outside), *case.tables(n), negatives, mean)


def _numpy(case, J, to_V, to_U, sampled, mean=True):
    """`cbow_loss` and `cbow_gradients` against SymPy and against each other."""
    arguments, name = (
        _arguments(case, sampled, mean),
        ("negative sampling" if sampled else "naive softmax") + ("" if mean else ", sum"),
    )
    yield Agrees(f"cbow_loss, {name}", J, lambda n: cbow_loss(*arguments(n)))
    yield Agrees(f"cbow_gradients of V, {name}", to_V.T, lambda n: cbow_gradients(*arguments(n))[0])
    yield Agrees(f"cbow_gradients of U, {name}", to_U.T, lambda n: cbow_gradients(*arguments(n))[1])
    yield Numerical(cbow_loss, cbow_gradients, arguments, wrt=("V", "U"))


@result("T26", "CBOW with naive softmax: the mean vector and the table that predicts", cases=WINDOWS)
def naive_softmax_window(case):
    J, delta = naive_softmax(case), case.y_hat - case.y
    yield from _mean_and_table(case, J, delta, "y_hat - y")
    observed = -case.u(case.o) + sum((case.y_hat[w] * case.u(w) for w in range(case.V)), sp.zeros(case.D, 1))
    yield Exact("dJ/dv_bar = -u_c + sum_w y_hat_w u_w", gradient(J, case.v_c), observed)
    yield ForAllSizes("dJ/dv_bar = U (y_hat - y), entry by entry, v_bar being any vector", every_size.softmax_center)
    yield ForAllSizes("dJ/dU = v_bar (y_hat - y)^T, entry by entry", every_size.softmax_outside)
    yield from _read_links(case, J, sampled=False)


@result("T27", "CBOW with negative sampling: the mean vector and the table that predicts", cases=WINDOWS)
def negative_sampling_window(case):
    J, s = negative_sampling(case), case.scores.applyfunc(sigma)
    delta = s.multiply_elementwise(case.y + case.counts) - case.y
    yield from _mean_and_table(case, J, delta, "s * (y + d) - y")
    own = (s[case.o] - 1) * case.u(case.o)
    yield Exact(
        "dJ/dv_bar = (sigma(u_c.v_bar) - 1) u_c + sum_k sigma(u_k.v_bar) u_k",
        gradient(J, case.v_c),
        sum((s[w] * case.u(w) for w in case.negatives), own),
    )
    yield ForAllSizes("dJ/dv_bar = U (s * (y + d) - y), entry by entry", every_size.counted_center)
    yield ForAllSizes("dJ/dU = v_bar (s * (y + d) - y)^T, entry by entry", every_size.counted_outside)
    yield from _read_links(case, J, sampled=True)


def _mean_and_table(case, J, delta, written):
    yield Exact(f"columns: dJ/dv_bar = U ({written})", gradient(J, case.v_c), case.U * delta)
    yield Exact(f"rows: dJ/dv_bar = U^T ({written})", gradient(J, case.v_c), case.U_rows.T * delta)
    yield Exact(f"columns: dJ/dU = v_bar ({written})^T", gradient(J, case.U), case.v_c * delta.T)
    yield Exact(f"rows: dJ/dU = ({written}) v_bar^T", gradient(J, case.U_rows), delta * case.v_c.T)


def _read_links(case, J, sampled):
    """The same with the mean written out in the symbols of V: how NumPy has it."""
    share = len(case.outside)
    mean = case.table_V * case.occurrences / share
    yield Agrees("context_vector", mean, lambda n: context_vector(list(case.outside), case.tables(n)[0]))
    to_U = case.read(gradient(J, case.U), share)
    yield Exact(
        "the mean may be put in before or after differentiating by U", gradient(case.read(J, share), case.U), to_U
    )
    arguments = _arguments(case, sampled)
    yield Agrees("cbow_loss", case.read(J, share), lambda n: cbow_loss(*arguments(n)))
    yield Agrees("cbow_gradients of U", to_U.T, lambda n: cbow_gradients(*arguments(n))[1])
    yield Numerical(cbow_loss, cbow_gradients, arguments, wrt=("V", "U"))


@result("T28", "CBOW: the vectors that are read in", cases=WINDOWS)
def read_vectors(case):
    for loss, sampled in ((naive_softmax, False), (negative_sampling, True)):
        yield from _spread(case, loss, len(case.outside), True, sampled)
        if case is WINDOWS[0]:
            yield from _spread(case, loss, 1, False, sampled)
    yield ForAllSizes("dJ/dv_w = n_w/(2m) dJ/dv_bar, entry by entry, any loss", every_size.read_vector)


def _spread(case, loss, share, mean, sampled):
    J = case.read(loss(case), share)
    of_mean = case.read(gradient(loss(case), case.v_c), share)
    name, vector, factor = loss.__name__, "v_bar" if mean else "h", "n_w/(2m)" if mean else "n_w"
    to_V = of_mean * case.occurrences.T / share
    derived = gradient(J, case.table_V)
    over = " / (2m)" if mean else ""
    yield Exact(f"{name}, columns: dJ/dV = dJ/d{vector} n^T{over}", derived, to_V)
    for w in range(case.V):
        share_of_w = sp.Rational(case.occurrences[w], share)
        yield Exact(f"{name}: dJ/dv_w = {factor} dJ/d{vector}", derived[:, w], share_of_w * of_mean)
    yield Exact(f"{name}, rows: dJ/dV = n (dJ/d{vector})^T{over}", gradient(J, case.table_V.T), to_V.T)
    yield from _numpy(case, J, to_V, case.read(gradient(loss(case), case.U), share), sampled, mean)


@result("T29", "CBOW and the pairs read backwards", cases=WINDOWS)
def backwards(case):
    """The pairs (w_{t+j}, c): each word of the window predicts the center word."""
    share, columns = len(case.outside), [case.table_V[:, w] for w in case.outside]
    at = lambda expression, v: expression.subs(dict(zip(case.v_c, v)), simultaneous=True)
    J, pairs = case.read(naive_softmax(case), share), [at(naive_softmax(case), v) for v in columns]
    gap = sum(sp.log(at(case.Z, v)) for v in columns) / share - sp.log(case.read(case.Z, share))
    yield Exact("mean of the pair losses - J = mean of log Z_j - log Z", sum(pairs) / share - J, gap)
    for w in range(case.V):
        score = case.read(case.scores[w], share)
        yield Exact(
            "the score at the mean is the mean of the scores", score, sum((case.u(w).T * v)[0] for v in columns) / share
        )
    together = case.read(case.y_hat, share)
    divergences = [sum(p * sp.log(p / x) for p, x in zip(together, at(case.y_hat, v))) for v in columns]
    yield Exact(
        "mean of log Z_j - log Z = mean of KL(y_hat || prediction of one word): by Gibbs never negative, 0 if all are y_hat",
        gap,
        sum(divergences) / share,
    )
    equal = {case.table_V[i, w]: case.v_c[i] for w in case.outside for i in range(case.D)}
    yield Exact(
        "the gap is 0 if the vectors of the window are equal", gap.subs(equal, simultaneous=True), sp.Integer(0)
    )
    yield Agrees("cbow_loss", J, lambda n: cbow_loss(*_arguments(case, False)(n)))
    yield Agrees("mean of naive_softmax_loss less cbow_loss", gap, lambda n: _gap_of(case, n))


def _gap_of(case, numbers):
    V, U = case.tables(numbers)
    pairs = [naive_softmax_loss(V[w], case.o, U) for w in case.outside]
    return np.mean(pairs) - cbow_loss(case.o, list(case.outside), V, U)
