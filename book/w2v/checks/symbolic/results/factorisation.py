"""Statement of the chapter on factorisation: N6."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp

from w2v.checks.symbolic.case import Case, gradient
from w2v.checks.symbolic.losses import sigma
from w2v.checks.symbolic.results.registry import Agrees, Exact, Numerical, result
from w2v.losses.factorisation import excess, expected_loss, factor_gradients, factor_loss, least_losses, shifted_pmi


@dataclass(frozen=True)
class Corpus(Case):
    """A Case with a symbol for every count n_wx and every score z_wx; the noise q is `soft_y`, V - 1 symbols that sum to below 1."""

    K: int = 2

    @cached_property
    def n(self):
        return sp.Matrix(self.V, self.V, lambda w, x: sp.Symbol(f"n{w + 1}_{x + 1}", positive=True))

    @cached_property
    def z(self):
        return sp.Matrix(self.V, self.V, lambda w, x: sp.Symbol(f"z{w + 1}_{x + 1}", real=True))

    @cached_property
    def table_V(self):
        return sp.Matrix(self.D, self.V, lambda i, w: sp.Symbol(f"r{w + 1}_{i + 1}", real=True))

    @cached_property
    def drawn(self):
        """d_wx = K n_w q_x, with n_w the sum of row w."""
        return sp.Matrix(self.V, self.V, lambda w, x: self.K * sum(self.n[w, :]) * self.soft_y[x])

    @property
    def cells(self):
        return [(w, x) for w in range(self.V) for x in range(self.V)]

    @property
    def loss(self):
        """The mean over the draws of the loss of all pairs, pair by pair as in the chapter on negative sampling."""
        drawn = lambda w: self.K * sum(self.soft_y[y] * sp.log(sigma(-self.z[w, y])) for y in range(self.V))
        return -sum(self.n[w, x] * (sp.log(sigma(self.z[w, x])) + drawn(w)) for w, x in self.cells)

    @property
    def sizes(self):
        return f"V={self.V}, D={self.D}, K={self.K}"

    def point(self, seed=9):
        """Random numbers for every symbol; the counts are positive and not whole, the table not symmetric."""
        rng, numbers = np.random.default_rng(seed + 1), super().point(seed)
        entries = [*self.z, *self.table_V]
        numbers.update(zip(entries, rng.uniform(0.2, 1.5, len(entries)) * rng.choice([-1, 1], len(entries))))
        return {**numbers, **dict(zip(self.n, rng.uniform(1, 9, self.V**2)))}

    def numbers(self):
        """(counts, K, noise) as NumPy holds them."""
        point = self.point()
        return self.at(self.n, point), self.K, self.at(self.soft_y, point).ravel()

    def tables(self):
        """(V, U) as NumPy holds them."""
        return self.at(self.table_V.T, self.point()), self.at(self.U.T, self.point())


CORPORA = (Corpus(2, 3, o=1, K=3), Corpus(3, 2, o=1, K=2))


@result("N6", "skip-gram with negative sampling factorises the shifted PMI", cases=CORPORA)
def shifted_pointwise_mutual_information(case):
    n, d, z = case.n, case.drawn, case.z
    best = n.applyfunc(sp.log) - d.applyfunc(sp.log)
    split = -sum(n[c] * sp.log(sigma(z[c])) + d[c] * sp.log(sigma(-z[c])) for c in case.cells)
    yield Exact("the loss of all pairs is a sum over cells: n_wx seen, d_wx = K n_w q_x drawn", case.loss, split)
    for c in case.cells[:4]:  # the others differ in their letters only
        yield from _cell(n[c], d[c], z[c], best[c], sp.diff(case.loss, z[c]))
    yield from _with_plain_frequencies(case, best)
    yield from _vectors(case, split)
    yield from _numpy(case, split, best)


def _cell(n, d, z, best, slope):
    yield Exact("dL/dz_wx = (n_wx + d_wx) sigma(z_wx) - n_wx", slope, (n + d) * sigma(z) - n)
    yield Exact("dL/dz_wx = 0 at z_wx = log n_wx - log d_wx", slope.subs(z, best), sp.Integer(0))
    yield Exact(
        "d2L/dz_wx^2 = (n_wx + d_wx) sigma(z_wx) sigma(-z_wx), positive: a minimum",
        sp.diff(slope, z),
        (n + d) * sigma(z) * sigma(-z),
    )
    yield Exact("at the minimum it is n_wx d_wx / (n_wx + d_wx)", sp.diff(slope, z).subs(z, best), n * d / (n + d))
    p = n / (n + d)
    excess = -n * sp.log(sigma(z)) - d * sp.log(sigma(-z)) + n * sp.log(p) + d * sp.log(1 - p)
    divergence = p * (sp.log(p) - sp.log(sigma(z))) + (1 - p) * (sp.log(1 - p) - sp.log(sigma(-z)))
    yield Exact(
        "the excess of a cell is (n_wx + d_wx) KL(p_wx || sigma(z_wx)) with p_wx = n_wx / (n_wx + d_wx)",
        excess,
        (n + d) * divergence,
    )


def _with_plain_frequencies(case, best):
    """q_x = N_x / T, with N_x the sum of row x: the optimum is the pointwise mutual information less log K."""
    N = sum(case.n)
    q = {x: sum(case.n[x, :]) / N for x in range(case.V)}
    for w, x in case.cells:
        score = best[w, x].subs({case.soft_y[i]: q[i] for i in range(case.V - 1)}, simultaneous=True)
        pmi = sp.log(case.n[w, x] / N) - sp.log(sum(case.n[w, :]) / N) - sp.log(q[x])
        yield Exact("if q_x = N_x / T: z_wx = log(P(w, x) / (P(w) P(x))) - log K", score, pmi - sp.log(case.K))


def _vectors(case, split):
    """The gradients by the vectors, with z_wx = u_x.v_w."""
    scores = case.table_V.T * case.U
    J = split.subs(dict(zip(case.z, scores)), simultaneous=True)
    G = sp.Matrix(case.V, case.V, lambda w, x: (case.n[w, x] + case.drawn[w, x]) * sigma(scores[w, x]) - case.n[w, x])
    yield Exact("columns: dL/dV = U G^T", gradient(J, case.table_V), case.U * G.T)
    yield Exact("columns: dL/dU = V G", gradient(J, case.U), case.table_V * G)
    yield Exact("rows: dL/dV = G U", gradient(J, case.table_V.T), G * case.U.T)
    yield Exact("rows: dL/dU = G^T V", gradient(J, case.U.T), G.T * case.table_V.T)
    yield Agrees("factor_loss", J, lambda _: factor_loss(*case.tables(), *case.numbers()))
    yield Agrees("factor_gradients of V", G * case.U.T, lambda _: factor_gradients(*case.tables(), *case.numbers())[0])
    yield Agrees(
        "factor_gradients of U", G.T * case.table_V.T, lambda _: factor_gradients(*case.tables(), *case.numbers())[1]
    )
    yield Numerical(factor_loss, factor_gradients, lambda _: (*case.tables(), *case.numbers()), wrt=("V", "U"))


def _numpy(case, split, best):
    yield Agrees("expected_loss", split, lambda _: expected_loss(case.at(case.z, case.point()), *case.numbers()))
    yield Agrees("shifted_pmi", best, lambda _: shifted_pmi(*case.numbers()))
    cells = sp.Matrix(
        case.V,
        case.V,
        lambda w, x: -case.n[w, x] * sp.log(sigma(case.z[w, x])) - case.drawn[w, x] * sp.log(sigma(-case.z[w, x])),
    )
    least = cells.subs(dict(zip(case.z, best)), simultaneous=True)
    yield Agrees("least_losses", least, lambda _: least_losses(*case.numbers()))
    yield Agrees("excess", cells - least, lambda _: excess(case.at(case.z, case.point()), *case.numbers()))
