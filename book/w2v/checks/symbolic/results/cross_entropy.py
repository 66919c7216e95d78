"""Statements of the chapter on cross-entropy: T01, T02 and N2."""

import sympy as sp

from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.case import gradient
from w2v.checks.symbolic.losses import naive_softmax, soft_label
from w2v.checks.symbolic.results.registry import Agrees, Exact, ForAllSizes, Numerical, result
from w2v.losses.functions import cross_entropy, softmax
from w2v.losses.pair import naive_softmax_loss, soft_label_gradients, soft_label_loss


@result("T01", "the cross-entropy with a one-hot y is the naive softmax loss")
def one_logarithm(case):
    entropy = -sum(y * sp.log(p) for y, p in zip(case.y, case.y_hat) if y)
    yield Exact("-sum_w y_w log y_hat_w = -log y_hat_o", entropy, -sp.log(case.y_hat[case.o]))
    yield Exact("-log y_hat_o = J", -sp.log(case.y_hat[case.o]), naive_softmax(case))
    yield Agrees(
        "cross_entropy",
        naive_softmax(case),
        lambda n: cross_entropy([w == n.o for w in range(len(n.U))], softmax(n.scores)),
    )


@result("T02", "the naive softmax loss in log-sum-exp form")
def log_sum_exp_form(case):
    written = -(case.u(case.o).T * case.v_c)[0] + sp.log(
        sum(sp.exp((case.u(w).T * case.v_c)[0]) for w in range(case.V))
    )
    yield Exact("J = -u_o.v_c + log sum_w exp(u_w.v_c)", -sp.log(case.y_hat[case.o]), written)
    yield Agrees("naive_softmax_loss", written, lambda n: naive_softmax_loss(n.v_c, n.o, n.U))


@result("N2", "the matrix forms hold for soft labels")
def soft_labels(case):
    J, delta = soft_label(case), case.y_hat - case.soft_y
    yield _by_scores(case)
    yield Exact("columns: dJ/dv_c = U (y_hat - y)", gradient(J, case.v_c), case.U * delta)
    yield Exact("rows: dJ/dv_c = U^T (y_hat - y)", gradient(J, case.v_c), case.U_rows.T * delta)
    yield Exact("columns: dJ/dU = v_c (y_hat - y)^T", gradient(J, case.U), case.v_c * delta.T)
    yield Exact("rows: dJ/dU = (y_hat - y) v_c^T", gradient(J, case.U_rows), delta * case.v_c.T)
    yield ForAllSizes("dJ/dv_c = U (y_hat - y), entry by entry", every_size.soft_center)
    yield ForAllSizes("dJ/dU = v_c (y_hat - y)^T, entry by entry", every_size.soft_outside)
    yield Agrees("soft_label_loss", J, lambda n: soft_label_loss(n.v_c, n.soft_y, n.U))
    yield Agrees("soft_label_gradients, v_c", case.U * delta, lambda n: soft_label_gradients(n.v_c, n.soft_y, n.U)[0])
    yield Agrees("soft_label_gradients, U", delta * case.v_c.T, lambda n: soft_label_gradients(n.v_c, n.soft_y, n.U)[1])
    yield Numerical(soft_label_loss, soft_label_gradients, lambda n: (n.v_c, n.soft_y, n.U), wrt=("v_c", "U"))


def _by_scores(case):
    """States the gradient of the soft-label loss with respect to the scores z, V free symbols."""
    z = sp.Matrix(sp.symbols(f"z1:{case.V + 1}", real=True))
    y_hat = z.applyfunc(sp.exp) / sum(z.applyfunc(sp.exp))
    J = -sum(y * sp.log(p) for y, p in zip(case.soft_y, y_hat))
    return Exact("dJ/dz_w = y_hat_w - y_w", gradient(J, z), y_hat - case.soft_y)
