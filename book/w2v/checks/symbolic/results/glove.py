"""Statements of the chapter on GloVe: T38 and T39."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp

from w2v.checks.symbolic.case import gradient
from w2v.checks.symbolic.losses import sigma
from w2v.checks.symbolic.results.factorisation import Corpus
from w2v.checks.symbolic.results.registry import Agrees, Exact, Numerical, result
from w2v.losses.glove import glove_gradients, glove_loss


@dataclass(frozen=True)
class Fit(Corpus):
    """A Corpus with a symbol for every weight f_wx and for both biases of every word."""

    @cached_property
    def f(self):
        return sp.Matrix(self.V, self.V, lambda w, x: sp.Symbol(f"f{w + 1}_{x + 1}", positive=True))

    @cached_property
    def a(self):
        return sp.Matrix(sp.symbols(f"a1:{self.V + 1}", real=True))

    @cached_property
    def b(self):
        return sp.Matrix(sp.symbols(f"b1:{self.V + 1}", real=True))

    @cached_property
    def errors(self):
        scores = self.table_V.T * self.U
        entry = lambda w, x: scores[w, x] + self.a[w] + self.b[x] - sp.log(self.n[w, x])
        return sp.Matrix(self.V, self.V, entry)

    @property
    def fit_loss(self):
        return sum(self.f[c] * self.errors[c] ** 2 for c in self.cells)

    def point(self, seed=9):
        rng, numbers = np.random.default_rng(seed + 2), super().point(seed)
        symbols = [*self.f, *self.a, *self.b]
        return {**numbers, **dict(zip(symbols, rng.uniform(0.2, 1.3, len(symbols))))}

    def arguments(self):
        """(V, U, a, b, counts, weights) as NumPy holds them."""
        at = lambda expression: self.at(expression, self.point())
        return at(self.table_V.T), at(self.U.T), at(self.a).ravel(), at(self.b).ravel(), at(self.n), at(self.f)


FITS = (Fit(2, 3, o=1, K=3), Fit(3, 2, o=1, K=2))


@result("T38", "GloVe: the gradients", cases=FITS)
def gradients(case):
    G, L, ones = case.f.multiply_elementwise(case.errors), case.fit_loss, sp.ones(case.V, 1)
    for w in range(case.V):
        row, column = G[w, :].T, G[:, w]
        yield Exact("dL/dv_w = 2 sum_x f_wx e_wx u_x", gradient(L, case.table_V[:, w]), 2 * case.U * row)
        yield Exact("dL/du_x = 2 sum_w f_wx e_wx v_w", gradient(L, case.U[:, w]), 2 * case.table_V * column)
        yield Exact("dL/da_w = 2 sum_x f_wx e_wx", sp.diff(L, case.a[w]), 2 * sum(row))
        yield Exact("dL/db_x = 2 sum_w f_wx e_wx", sp.diff(L, case.b[w]), 2 * sum(column))
    yield Exact("rows: dL/dV = 2 G U", gradient(L, case.table_V.T), 2 * G * case.U.T)
    yield Exact("rows: dL/dU = 2 G^T V", gradient(L, case.U.T), 2 * G.T * case.table_V.T)
    yield Agrees("glove_loss", L, lambda _: glove_loss(*case.arguments()))
    for place, (name, claim) in enumerate(
        {"V": 2 * G * case.U.T, "U": 2 * G.T * case.table_V.T, "a": 2 * G * ones, "b": 2 * G.T * ones}.items()
    ):
        yield Agrees(f"glove_gradients of {name}", claim, lambda _, i=place: glove_gradients(*case.arguments())[i])
    yield Numerical(glove_loss, glove_gradients, lambda _: case.arguments(), wrt=("V", "U", "a", "b"))


@result("T39", "GloVe and negative sampling fit the same table with different weights", cases=FITS)
def bridge(case):
    N, T = [sum(case.n[w, :]) for w in range(case.V)], sum(case.n)
    biases = {case.a[w]: sp.log(N[w]) for w in range(case.V)}
    biases |= {case.b[x]: sp.log(case.K) + sp.log(N[x]) - sp.log(T) for x in range(case.V)}
    scores = case.table_V.T * case.U
    for w, x in case.cells:
        d = case.K * N[w] * N[x] / T
        best = sp.log(case.n[w, x]) - sp.log(d)
        error = case.errors[w, x].subs(biases, simultaneous=True)
        yield Exact("with a_w = log N_w and b_x = log(K N_x / T): e_wx = z_wx - z*_wx", error, scores[w, x] - best)
    n, z, d = case.n[0, 1], case.z[0, 1], sp.Symbol("d", positive=True)
    cell = -n * sp.log(sigma(z)) - d * sp.log(sigma(-z))
    bend = sp.diff(cell, z, 2).subs(z, sp.log(n) - sp.log(d))
    yield Exact("a cell of negative sampling bends by n d / (n + d) at its minimum", bend, n * d / (n + d))
    yield Exact("a cell of GloVe bends by 2 f", sp.diff(case.f[0, 1] * (z - sp.log(n)) ** 2, z, 2), 2 * case.f[0, 1])
