"""Statements of the chapter on negative sampling: T18 to T24, N1 and N4."""

from itertools import product

import numpy as np
import sympy as sp

from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.case import Case, gradient
from w2v.checks.symbolic.losses import naive_softmax, negative_sampling, sigma
from w2v.checks.symbolic.results.registry import (
    DISTINCT_CASES,
    NEGATIVE_CASES,
    Agrees,
    Exact,
    ForAllSizes,
    Numerical,
    result,
)
from w2v.losses.factorisation import shifted_pmi
from w2v.losses.functions import log_sigmoid, one_hot, sigmoid, softmax
from w2v.losses.pair import naive_softmax_gradients, negative_sampling_gradients, negative_sampling_loss

CHECKED = Numerical(
    negative_sampling_loss, negative_sampling_gradients, lambda n: (n.v_c, n.o, n.U, n.negatives), wrt=("v_c", "U")
)


def _numpy_loss(case):
    return Agrees(
        "negative_sampling_loss",
        negative_sampling(case),
        lambda n: negative_sampling_loss(n.v_c, n.o, n.U, n.negatives),
    )


def _numpy(position, expression):
    name = ("v_c", "U")[position]
    return Agrees(
        f"negative_sampling_gradients, {name}",
        expression,
        lambda n: negative_sampling_gradients(n.v_c, n.o, n.U, n.negatives)[position],
    )


def _numpy_row(w, expression):
    return Agrees(
        f"negative_sampling_gradients, row {w} of U",
        expression,
        lambda n: negative_sampling_gradients(n.v_c, n.o, n.U, n.negatives)[1][w],
    )


# -- the terms of the loss in NumPy, each followed by its gradients with respect to v_c and U --------------------------
def outside_term(v_c, o, U):
    return float(log_sigmoid(U[o] @ v_c))


def outside_term_gradients(v_c, o, U):
    error = 1 - sigmoid(U[o] @ v_c)
    return error * U[o], error * np.outer(one_hot(o, len(U)), v_c)


def drawn_terms(v_c, U, negatives):
    return float(log_sigmoid(-U[list(negatives)] @ v_c).sum())


def drawn_terms_gradients(v_c, U, negatives):
    rows, to_U = U[list(negatives)], np.zeros_like(U)
    errors = 1 - sigmoid(-rows @ v_c)
    np.add.at(to_U, list(negatives), -np.outer(errors, v_c))
    return -errors @ rows, to_U


# -- the results -------------------------------------------------------------------------------------------------------
@result("T18", "the outside word's term", cases=DISTINCT_CASES)
def positive_term(case):
    term, s = sp.log(sigma(case.scores[case.o])), sigma(case.scores[case.o])
    to_v_c, to_u_o = (1 - s) * case.u(case.o), (1 - s) * case.v_c
    yield Exact("d log sigma(u_o.v_c)/dv_c = (1 - sigma(u_o.v_c)) u_o", gradient(term, case.v_c), to_v_c)
    yield Exact("d log sigma(u_o.v_c)/du_o = (1 - sigma(u_o.v_c)) v_c", gradient(term, case.u(case.o)), to_u_o)
    yield Agrees("log_sigmoid(U[o] @ v_c)", term, lambda n: outside_term(n.v_c, n.o, n.U))
    yield Agrees("(1 - sigmoid(U[o] @ v_c)) * U[o]", to_v_c, lambda n: outside_term_gradients(n.v_c, n.o, n.U)[0])
    yield Agrees("(1 - sigmoid(U[o] @ v_c)) * v_c", to_u_o, lambda n: outside_term_gradients(n.v_c, n.o, n.U)[1][n.o])
    yield Numerical(outside_term, outside_term_gradients, lambda n: (n.v_c, n.o, n.U), wrt=("v_c", "U"))


@result("T19", "the negatives' terms", cases=(*NEGATIVE_CASES, Case(5, 2, o=3, negatives=(3, 1, 0))))
def negative_terms(case):
    """The first statement for any draws, repeats and o among them; the second for distinct ones, o allowed."""
    terms = sum(sp.log(sigma(-case.scores[w])) for w in case.negatives)
    pull = sum(((1 - sigma(-case.scores[w])) * case.u(w) for w in case.negatives), sp.zeros(case.D, 1))
    yield Exact("d/dv_c sum_k log sigma(-u_k.v_c) = -sum_k (1 - sigma(-u_k.v_c)) u_k", gradient(terms, case.v_c), -pull)
    for w in case.negatives if len(set(case.negatives)) == len(case.negatives) else ():
        claimed = -(1 - sigma(-case.scores[w])) * case.v_c
        yield Exact(
            "d/du_k sum_k log sigma(-u_k.v_c) = -(1 - sigma(-u_k.v_c)) v_c", gradient(terms, case.u(w)), claimed
        )
    yield Agrees("sum of log_sigmoid(-U[w_k] @ v_c)", terms, lambda n: drawn_terms(n.v_c, n.U, n.negatives))
    yield Agrees("its gradient, v_c", -pull, lambda n: drawn_terms_gradients(n.v_c, n.U, n.negatives)[0])
    yield Numerical(drawn_terms, drawn_terms_gradients, lambda n: (n.v_c, n.U, n.negatives), wrt=("v_c", "U"))


@result("T20", "negative sampling: gradient with respect to the center vector", cases=NEGATIVE_CASES)
def center_vector(case):
    derived = gradient(negative_sampling(case), case.v_c)
    own = (sigma(case.scores[case.o]) - 1) * case.u(case.o)
    reflected = sum(((1 - sigma(-case.scores[w])) * case.u(w) for w in case.negatives), own)
    short = sum((sigma(case.scores[w]) * case.u(w) for w in case.negatives), own)
    yield Exact("dJ/dv_c = (sigma(u_o.v_c) - 1) u_o + sum_k (1 - sigma(-u_k.v_c)) u_k", derived, reflected)
    yield Exact("dJ/dv_c = (sigma(u_o.v_c) - 1) u_o + sum_k sigma(u_k.v_c) u_k", derived, short)
    yield ForAllSizes("dJ/dv_c, any V, D and K", every_size.negative_center)
    yield _numpy_loss(case)
    yield _numpy(0, short)
    yield CHECKED


@result("T21", "negative sampling: gradient with respect to u_o", cases=DISTINCT_CASES)
def outside_vector(case):
    claimed = (sigma(case.scores[case.o]) - 1) * case.v_c
    yield Exact("dJ/du_o = (sigma(u_o.v_c) - 1) v_c", gradient(negative_sampling(case), case.u(case.o)), claimed)
    yield ForAllSizes("dJ/du_o, any D and K, no negative equal to o", every_size.negative_outside)
    yield _numpy_loss(case)
    yield _numpy_row(case.o, claimed)
    yield CHECKED


@result("T22", "negative sampling: gradient with respect to a negative's vector", cases=DISTINCT_CASES)
def negative_vectors(case):
    for w in case.negatives:
        derived = gradient(negative_sampling(case), case.u(w))
        yield Exact("dJ/du_k = (1 - sigma(-u_k.v_c)) v_c", derived, (1 - sigma(-case.scores[w])) * case.v_c)
        yield Exact("dJ/du_k = sigma(u_k.v_c) v_c", derived, sigma(case.scores[w]) * case.v_c)
        yield _numpy_row(w, sigma(case.scores[w]) * case.v_c)
    yield ForAllSizes("dJ/du_k, any D and K, distinct negatives", every_size.negative_sample)
    yield _numpy_loss(case)
    yield CHECKED


@result("T23", "negative sampling touches at most K + 1 outside vectors", cases=NEGATIVE_CASES)
def touched_rows(case):
    touched = {case.o, *case.negatives}
    for w in set(range(case.V)) - touched:
        yield Exact(
            "dJ/du_w = 0 for w outside {o, w_1, ..., w_K}",
            gradient(negative_sampling(case), case.u(w)),
            sp.zeros(case.D, 1),
        )
    distinct = len(set(case.negatives)) == len(case.negatives) and case.o not in case.negatives
    yield Exact(
        "touched rows: K + 1 if distinct and none is o, fewer otherwise",
        sp.Integer(int((len(touched) == len(case.negatives) + 1) == distinct)),
        sp.Integer(1),
    )
    yield ForAllSizes("dJ/du_t = 0 for every word t other than o with m_t = 0", every_size.counted_outside)
    yield Agrees(
        "rows of grad_U that are not zero",
        sp.Integer(len(touched)),
        _count_rows(negative_sampling_gradients, with_negatives=True),
    )


@result("T24", "naive softmax touches every outside vector")
def every_row(case):
    for w in range(case.V):
        factor = case.y_hat[w] - case.y[w]
        yield Exact("dJ/du_w = (y_hat_w - y_w) v_c", gradient(naive_softmax(case), case.u(w)), factor * case.v_c)
        others = sum(sp.exp(case.scores[x]) for x in range(case.V) if x != w)
        size = (others if w == case.o else sp.exp(case.scores[w])) / case.Z
        yield Exact("|y_hat_w - y_w| is a positive number over Z, so never 0", factor, -size if w == case.o else size)
    yield Agrees(
        "rows of grad_U that are not zero",
        sp.Integer(case.V),
        _count_rows(naive_softmax_gradients, with_negatives=False),
    )


def _count_rows(gradients, with_negatives):
    return lambda n: gradients(n.v_c, n.o, n.U, *([n.negatives] if with_negatives else []))[1].any(axis=1).sum()


@result("N1", "negative sampling: all gradients, repeats and w_k = o allowed", cases=NEGATIVE_CASES)
def whole_table(case):
    J, s = negative_sampling(case), case.scores.applyfunc(sigma)
    delta = s.multiply_elementwise(case.y + case.counts) - case.y
    yield Exact("columns: dJ/dU = v_c (s * (y + m) - y)^T", gradient(J, case.U), case.v_c * delta.T)
    yield Exact("rows: dJ/dU = (s * (y + m) - y) v_c^T", gradient(J, case.U_rows), delta * case.v_c.T)
    yield Exact("columns: dJ/dv_c = U (s * (y + m) - y)", gradient(J, case.v_c), case.U * delta)
    yield Exact("rows: dJ/dv_c = U^T (s * (y + m) - y)", gradient(J, case.v_c), case.U_rows.T * delta)
    yield ForAllSizes("dJ/dv_c = U (s * (y + m) - y), entry by entry, any counts m", every_size.counted_center)
    yield ForAllSizes("dJ/dU = v_c (s * (y + m) - y)^T, entry by entry, any counts m", every_size.counted_outside)
    yield _numpy_loss(case)
    yield _numpy(0, case.U * delta)
    yield _numpy(1, delta * case.v_c.T)
    yield CHECKED


# -- the mean loss of one center word and its slopes in the scores -----------------------------------------------------
def mean_loss(z, r, K, q):
    return float(-r @ log_sigmoid(z) - K * q @ log_sigmoid(-z))


def mean_loss_slopes(z, r, K, q):
    return ((r + K * q) * sigmoid(z) - r,)


@result("N4", "the optimum of the expected negative sampling loss")
def optimum(case):
    """For one center word: r_w is the share of outside word w, q_w its noise probability; the scores are free."""
    r, q = (sp.symbols(f"{letter}1:{case.V + 1}", positive=True) for letter in "rq")
    z, K = sp.symbols(f"z1:{case.V + 1}", real=True), sp.Symbol("K", positive=True)
    yield _exact_expectation(case)
    expected = sum(-r_w * sp.log(sigma(z_w)) - K * q_w * sp.log(sigma(-z_w)) for r_w, q_w, z_w in zip(r, q, z))
    best = [sp.log(r_w) - sp.log(K * q_w) for r_w, q_w in zip(r, q)]
    slopes = [sp.diff(expected, z_w) for z_w in z]
    for w, (r_w, q_w, z_w, slope) in enumerate(zip(r, q, z, slopes)):
        yield Exact("dL/dz_w = (r_w + K q_w) sigma(z_w) - r_w", slope, (r_w + K * q_w) * sigma(z_w) - r_w)
        yield Exact("sigma(log r_w - log(K q_w)) = r_w / (r_w + K q_w)", sigma(best[w]), r_w / (r_w + K * q_w))
        yield Exact("dL/dz_w = 0 at z_w = log r_w - log(K q_w)", slope.subs(z_w, best[w]), sp.Integer(0))
        yield Exact(
            "d2L/dz_w^2 = (r_w + K q_w) sigma(z_w) (1 - sigma(z_w)), positive: a minimum, and the only one",
            sp.diff(slope, z_w),
            (r_w + K * q_w) * sigma(z_w) * (1 - sigma(z_w)),
        )
        for x in range(w):
            yield Exact("d2L/dz_w dz_x = 0 for x != w: no score moves another's", sp.diff(slope, z[x]), sp.Integer(0))
    yield from _optimum_in_numbers(case, expected, slopes, best, dict(zip((*r, *q, *z, K), _example(case))))


def _example(case):
    """Stand-ins for r, q, z and K in the symbols of a case: prediction, soft labels, scores, 3."""
    return (*case.y_hat, *case.soft_y, *case.scores, sp.Integer(3))


def _optimum_in_numbers(case, expected, slopes, best, example):
    arguments = lambda n: (n.scores, softmax(n.scores), 3, n.soft_y)
    square = lambda row: np.tile(row, (case.V, 1))
    put_in = lambda expressions: sp.Matrix(expressions).subs(example, simultaneous=True)
    yield Agrees("the mean loss", put_in([expected]), lambda n: mean_loss(*arguments(n)))
    yield Agrees("its slopes", put_in(slopes), lambda n: mean_loss_slopes(*arguments(n))[0])
    yield Agrees("shifted_pmi", put_in(best), lambda n: shifted_pmi(square(softmax(n.scores)), 3, n.soft_y)[0])
    yield Numerical(mean_loss, mean_loss_slopes, arguments, wrt=("z",))


def _exact_expectation(case):
    """The mean of J over all V^2 draws of K = 2 negatives from q is -log sigma(z_o) - 2 sum_w q_w log sigma(-z_w)."""
    free, z = sp.symbols(f"q1:{case.V}", positive=True), sp.symbols(f"z1:{case.V + 1}", real=True)
    q = (*free, 1 - sum(free))
    loss = lambda *negatives: -sp.log(sigma(z[case.o])) - sum(sp.log(sigma(-z[w])) for w in negatives)
    mean = sum(q[a] * q[b] * loss(a, b) for a, b in product(range(case.V), repeat=2))
    claimed = loss() - 2 * sum(q_w * sp.log(sigma(-z_w)) for q_w, z_w in zip(q, z))
    return Exact("E[J] = -log sigma(z_o) - K sum_w q_w log sigma(-z_w), over all draws of K = 2", mean, claimed)
