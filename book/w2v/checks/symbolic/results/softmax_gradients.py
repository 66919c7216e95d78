"""Statements of the chapter on the softmax gradients: T03 to T13 and N3."""

import numpy as np
import sympy as sp

from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.case import gradient
from w2v.checks.symbolic.losses import naive_softmax, soft_label
from w2v.checks.symbolic.results.registry import Agrees, Exact, ForAllSizes, Numerical, result
from w2v.losses.functions import log_sum_exp, one_hot, softmax
from w2v.losses.pair import naive_softmax_gradients, naive_softmax_loss, soft_label_gradients, soft_label_loss

CHECKED = Numerical(naive_softmax_loss, naive_softmax_gradients, lambda n: (n.v_c, n.o, n.U), wrt=("v_c", "U"))


def _numpy_loss(case):
    return Agrees("naive_softmax_loss", naive_softmax(case), lambda n: naive_softmax_loss(n.v_c, n.o, n.U))


def _numpy_v_c(expression):
    return Agrees("naive_softmax_gradients, v_c", expression, lambda n: naive_softmax_gradients(n.v_c, n.o, n.U)[0])


def _numpy_row(w, expression):
    return Agrees(
        f"naive_softmax_gradients, row {w} of U", expression, lambda n: naive_softmax_gradients(n.v_c, n.o, n.U)[1][w]
    )


# -- the pieces of the loss in NumPy, each followed by its gradients with respect to v_c and U -------------------------
def score(v_c, x, U):
    return float(U[x] @ v_c)


def score_gradients(v_c, x, U):
    return U[x], np.outer(one_hot(x, len(U)), v_c)


def normaliser_sum(v_c, U):
    return float(np.exp(U @ v_c).sum())


def normaliser_gradients(v_c, U):
    weights = np.exp(U @ v_c)
    return U.T @ weights, np.outer(weights, v_c)


def log_normaliser(v_c, U):
    return float(log_sum_exp(U @ v_c))


def log_normaliser_gradients(v_c, U):
    y_hat = softmax(U @ v_c)
    return U.T @ y_hat, np.outer(y_hat, v_c)


SCORE_CHECKED = Numerical(score, score_gradients, lambda n: (n.v_c, n.o, n.U), wrt=("v_c", "U"))
NORMALISER_CHECKED = Numerical(normaliser_sum, normaliser_gradients, lambda n: (n.v_c, n.U), wrt=("v_c", "U"))
LOG_CHECKED = Numerical(log_normaliser, log_normaliser_gradients, lambda n: (n.v_c, n.U), wrt=("v_c", "U"))


# -- the results -------------------------------------------------------------------------------------------------------
@result("T03", "gradients of a dot product")
def dot_product(case):
    for x in range(case.V):
        yield Exact("d(u_x.v_c)/dv_c = u_x", gradient(case.scores[x], case.v_c), case.u(x))
        for w in range(case.V):
            yield Exact("d(u_x.v_c)/du_w = 1[x=w] v_c", gradient(case.scores[x], case.u(w)), int(x == w) * case.v_c)
        yield Agrees("U[x] @ v_c", case.scores[x], lambda n, x=x: score(n.v_c, x, n.U))
    yield SCORE_CHECKED


@result("T04", "gradient of the normaliser Z")
def normaliser(case):
    weighted = sum((sp.exp(case.scores[w]) * case.u(w) for w in range(case.V)), sp.zeros(case.D, 1))
    yield Exact("dZ/dv_c = sum_w exp(u_w.v_c) u_w", gradient(case.Z, case.v_c), weighted)
    for w in range(case.V):
        yield Exact("dZ/du_w = exp(u_w.v_c) v_c", gradient(case.Z, case.u(w)), sp.exp(case.scores[w]) * case.v_c)
    yield Agrees("exp(U @ v_c).sum()", case.Z, lambda n: normaliser_sum(n.v_c, n.U))
    yield Agrees("U.T @ exp(U @ v_c)", weighted, lambda n: normaliser_gradients(n.v_c, n.U)[0])
    yield NORMALISER_CHECKED


@result("T05", "gradient of log Z with respect to v_c")
def log_normaliser_center(case):
    average = sum((case.y_hat[x] * case.u(x) for x in range(case.V)), sp.zeros(case.D, 1))
    yield Exact("d log Z/dv_c = sum_x y_hat_x u_x", gradient(sp.log(case.Z), case.v_c), average)
    yield Exact("columns: sum_x y_hat_x u_x = U y_hat", average, case.U * case.y_hat)
    yield Exact("rows: sum_x y_hat_x u_x = U^T y_hat", average, case.U_rows.T * case.y_hat)
    yield Agrees("log_sum_exp(U @ v_c)", sp.log(case.Z), lambda n: log_normaliser(n.v_c, n.U))
    yield Agrees("U.T @ softmax(U @ v_c)", average, lambda n: log_normaliser_gradients(n.v_c, n.U)[0])
    yield LOG_CHECKED


@result("T06", "a one-hot vector picks an outside vector")
def picked(case):
    weighted = sum((case.y[w] * case.u(w) for w in range(case.V)), sp.zeros(case.D, 1))
    yield Exact("u_o = sum_w y_w u_w", case.u(case.o), weighted)
    yield Exact("columns: u_o = U y", case.u(case.o), case.U * case.y)
    yield Exact("rows: u_o = U^T y", case.u(case.o), case.U_rows.T * case.y)
    yield Agrees("U.T @ one_hot(o)", weighted, lambda n: n.U.T @ one_hot(n.o, len(n.U)))


@result("T07", "naive softmax: gradient with respect to the center vector")
def center_vector(case):
    derived, delta = gradient(naive_softmax(case), case.v_c), case.y_hat - case.y
    average = sum((case.y_hat[w] * case.u(w) for w in range(case.V)), sp.zeros(case.D, 1))
    yield Exact("dJ/dv_c = -u_o + sum_w y_hat_w u_w", derived, -case.u(case.o) + average)
    yield Exact("columns: dJ/dv_c = U (y_hat - y)", derived, case.U * delta)
    yield Exact("rows: dJ/dv_c = U^T (y_hat - y)", derived, case.U_rows.T * delta)
    yield ForAllSizes("dJ/dv_c = U (y_hat - y)", every_size.softmax_center)
    yield _numpy_loss(case)
    yield _numpy_v_c(case.U * delta)
    yield CHECKED


@result("T08", "gradient of log Z with respect to an outside vector")
def log_normaliser_outside(case):
    for w in range(case.V):
        yield Exact("d log Z/du_w = y_hat_w v_c", gradient(sp.log(case.Z), case.u(w)), case.y_hat[w] * case.v_c)
    yield Agrees(
        "outer(softmax(U @ v_c), v_c)", case.y_hat * case.v_c.T, lambda n: log_normaliser_gradients(n.v_c, n.U)[1]
    )
    yield LOG_CHECKED


@result("T09", "naive softmax: gradient with respect to the outside vector u_o")
def outside_vector(case):
    claimed = (case.y_hat[case.o] - 1) * case.v_c
    yield Exact("dJ/du_o = (y_hat_o - 1) v_c", gradient(naive_softmax(case), case.u(case.o)), claimed)
    yield _numpy_loss(case)
    yield _numpy_row(case.o, claimed)
    yield CHECKED


@result("T10", "naive softmax: gradient with respect to the other outside vectors")
def other_vectors(case):
    for w in set(range(case.V)) - {case.o}:
        claimed = case.y_hat[w] * case.v_c
        yield Exact("dJ/du_w = y_hat_w v_c for w != o", gradient(naive_softmax(case), case.u(w)), claimed)
        yield _numpy_row(w, claimed)
    yield _numpy_loss(case)
    yield CHECKED


@result("T11", "naive softmax: gradient with respect to any outside vector")
def every_vector(case):
    J = naive_softmax(case)
    for w in range(case.V):
        p, y = case.y_hat[w], case.y[w]
        yield Exact("dJ/du_w = (y_hat_w - y_w) v_c", gradient(J, case.u(w)), (p - y) * case.v_c)
        yield Exact(
            "(y_hat_w - y_w) v_c = (y_hat_w (1 - y_w) + (y_hat_w - y_w) y_w) v_c",
            (p - y) * case.v_c,
            (p * (1 - y) + (p - y) * y) * case.v_c,
        )
        yield _numpy_row(w, (p - y) * case.v_c)
    yield ForAllSizes("dJ/du_w = (y_hat_w - y_w) v_c", every_size.softmax_outside)
    yield _numpy_loss(case)
    yield CHECKED


@result("T12", "the two pieces of the matrix gradient")
def matrix_pieces(case):
    score, log_Z = case.scores[case.o], sp.log(case.Z)
    yield Exact("columns: d(u_o.v_c)/dU = v_c y^T", gradient(score, case.U), case.v_c * case.y.T)
    yield Exact("rows: d(u_o.v_c)/dU = y v_c^T", gradient(score, case.U_rows), case.y * case.v_c.T)
    yield Exact("columns: d log Z/dU = v_c y_hat^T", gradient(log_Z, case.U), case.v_c * case.y_hat.T)
    yield Exact("rows: d log Z/dU = y_hat v_c^T", gradient(log_Z, case.U_rows), case.y_hat * case.v_c.T)
    yield Agrees("outer(one_hot(o), v_c)", case.y * case.v_c.T, lambda n: score_gradients(n.v_c, n.o, n.U)[1])
    yield Agrees(
        "outer(softmax(U @ v_c), v_c)", case.y_hat * case.v_c.T, lambda n: log_normaliser_gradients(n.v_c, n.U)[1]
    )
    yield SCORE_CHECKED
    yield LOG_CHECKED


@result("T13", "naive softmax: gradient with respect to all outside vectors")
def whole_table(case):
    J, delta = naive_softmax(case), case.y_hat - case.y
    blocks = sp.Matrix.hstack(*((case.y_hat[w] - int(w == case.o)) * case.v_c for w in range(case.V)))
    yield Exact("columns: dJ/dU = v_c (y_hat - y)^T", gradient(J, case.U), case.v_c * delta.T)
    yield Exact("columns, block by block", case.v_c * delta.T, blocks)
    yield Exact("rows: dJ/dU = (y_hat - y) v_c^T", gradient(J, case.U_rows), delta * case.v_c.T)
    yield ForAllSizes("dJ/dU = v_c (y_hat - y)^T, entry by entry", every_size.softmax_outside)
    yield _numpy_loss(case)
    yield Agrees(
        "naive_softmax_gradients, U", delta * case.v_c.T, lambda n: naive_softmax_gradients(n.v_c, n.o, n.U)[1]
    )
    yield CHECKED


@result("N3", "the gradient of the table has rank at most one and zero sum, for soft labels")
def rank_one(case):
    table = gradient(soft_label(case), case.U)
    yield Exact("sum_w dJ/du_w = 0", table * sp.ones(case.V, 1), sp.zeros(case.D, 1))
    for w in range(case.V):
        multiple = (case.y_hat[w] - case.soft_y[w]) * case.v_c
        yield Exact("each column of dJ/dU is a multiple of v_c, so its rank is at most 1", table[:, w], multiple)
    yield ForAllSizes("each column of dJ/dU is a multiple of v_c", every_size.soft_outside)
    slopes = lambda n: soft_label_gradients(n.v_c, n.soft_y, n.U)[1]
    yield Agrees("sum of the rows of soft_label_gradients, U", sp.zeros(case.D, 1), lambda n: slopes(n).sum(axis=0))
    yield Agrees("rank of soft_label_gradients, U", sp.Integer(1), lambda n: np.linalg.matrix_rank(slopes(n)))
    yield Numerical(soft_label_loss, soft_label_gradients, lambda n: (n.v_c, n.soft_y, n.U), wrt=("v_c", "U"))
