"""Every result holds, and no statement of any result survives being changed."""

import pytest
import sympy as sp

from w2v.checks.symbolic import Case, gradient, is_zero, naive_softmax, negative_sampling, sigma, soft_label
from w2v.checks.symbolic.results import all_results
from w2v.checks.symbolic.results.registry import Agrees, Exact, Numerical, Result
from w2v.checks.verification import VerificationError, check, verify
from w2v.losses.pair import naive_softmax_gradients

IDS = [f"T{n:02}" for n in range(1, 40)] + ["N1", "N2", "N3", "N4", "N5", "N6"]


def test_every_result_is_registered():
    assert list(all_results()) == IDS


@pytest.mark.parametrize("id", IDS)
def test_the_result_holds(id):
    verification = verify(id)
    assert any(line.kind == "exact" for line in verification.lines)
    assert f'data-result="{id}"' in verification._repr_html_()


def changed(claim):
    """A claim with its sign flipped, doubled, with one entry moved and, for matrices, turned over."""
    matrix = isinstance(claim, sp.MatrixBase)
    one = sp.ones(*claim.shape) if matrix else sp.Integer(1)
    yield "moved by one", claim + one
    if not is_zero(claim):
        yield "sign", -claim
        yield "factor 2", 2 * claim
    if matrix and claim.shape[0] != claim.shape[1]:
        yield "transposed", claim.T


@pytest.mark.parametrize("id", IDS)
def test_no_changed_claim_survives(id):
    result = all_results()[id]
    case = result.cases[0]
    for statement in result.statements(case):
        if isinstance(statement, Exact):
            for change, claim in changed(statement.right):
                wrong = Result(id, change, lambda case: [Exact(statement.what, statement.left, claim)], (case,))
                with pytest.raises(VerificationError, match=id):
                    check(wrong)


def test_a_wrong_numpy_function_is_refused():
    case = Case(5, 3, o=2)
    claim = case.U * (case.y_hat - case.y)
    wrong = lambda n: -naive_softmax_gradients(n.v_c, n.o, n.U)[0]
    with pytest.raises(VerificationError, match="NumPy and SymPy differ"):
        check(Result("T07", "sign", lambda case: [Agrees("mutant", claim, wrong)], (case,)))


def test_a_loss_that_is_not_sympys_is_refused_although_its_gradient_check_passes():
    """A gradient check compares a gradient with its own loss only; the third link finds 2 J for J."""
    twice_loss = lambda v_c, o, U: 2 * float(-(U @ v_c)[o])
    twice_gradient = lambda v_c, o, U: (-2 * U[o],)
    case = Case(5, 3, o=2)
    numerical = Numerical(twice_loss, twice_gradient, lambda n: (n.v_c, n.o, n.U), wrt=("v_c",))
    check(Result("X", "passes", lambda case: [numerical], (case,)))
    agrees = Agrees("loss", -case.scores[2], lambda n: twice_loss(n.v_c, n.o, n.U))
    with pytest.raises(VerificationError, match="NumPy and SymPy differ"):
        check(Result("X", "does not", lambda case: [numerical, agrees], (case,)))


def test_a_result_without_statements_is_refused():
    with pytest.raises(VerificationError, match="nothing was checked"):
        check(Result("X", "empty", lambda case: [], (None,)))


def test_an_unknown_id_is_refused_and_so_is_none():
    for ids in (["T99"], ["T03", "T99"], []):
        with pytest.raises(
            ValueError, match=f"expected one or more of T01, .*, N[0-9], got '{'T99' if ids else 'none'}'"
        ):
            verify(*ids)


def test_one_card_shows_every_result_with_its_checks():
    both, html = verify("T03", "N3"), verify("T03", "N3")._repr_html_()
    assert both.lines == verify("T03").lines + verify("N3").lines
    assert 'data-result="T03 N3"' in html and f"<b>T03 and N3 hold.</b> {len(both.lines)} checks" in html
    assert html.count("<tbody>") == html.count('scope="rowgroup"') == 2 and html.count("<td>") == 3 * len(both.lines)
    assert str(both).count(" holds: ") == 2


# The kinds of mistakes of the write-ups that concern a final formula: derivative, wrong claim.

CASE = Case(5, 3, o=2, negatives=(0, 4, 1))
REPEATED = Case(5, 3, o=2, negatives=(0, 4, 4, 1))
WITH_O = Case(5, 3, o=2, negatives=(2, 4, 1))
J, N = naive_softmax(CASE), negative_sampling(CASE)
delta = CASE.y_hat - CASE.y
s = CASE.scores.applyfunc(sigma)
own = (s[2] - 1) * CASE.u(2)


def total(vectors):
    return sum(vectors, sp.zeros(CASE.D, 1))


MISTAKES = {
    "M1 sum over the words for one partial": (gradient(J, CASE.u(3)), total(delta[w] * CASE.v_c for w in range(5))),
    "M1 sum over the negatives for one partial": (
        gradient(N, CASE.u(4)),
        total(s[w] * CASE.v_c for w in CASE.negatives),
    ),
    "M2 other words only": (gradient(J, CASE.v_c), -CASE.u(2) + total(CASE.y_hat[w] * CASE.u(w) for w in (0, 1, 3, 4))),
    "M3 stale index in the average": (
        gradient(J, CASE.v_c),
        -CASE.u(2) + total(CASE.y_hat[1] * CASE.u(w) for w in range(5)),
    ),
    "M4 exp lost": (gradient(J, CASE.u(3)), CASE.scores[3] / CASE.Z * CASE.v_c),
    "M4 log lost": (gradient(-CASE.scores[2] + CASE.Z, CASE.v_c), CASE.U * delta),
    "M6 observed term lost": (gradient(J, CASE.v_c), CASE.U * CASE.y_hat),
    "M6 outside word's term lost": (gradient(N, CASE.v_c), total(s[w] * CASE.u(w) for w in CASE.negatives)),
    "M7 formula of o for another word": (gradient(J, CASE.u(3)), (CASE.y_hat[3] - 1) * CASE.v_c),
    "M7 formula of another word for o": (gradient(J, CASE.u(2)), CASE.y_hat[2] * CASE.v_c),
    "M8 sign of the center gradient": (gradient(J, CASE.v_c), CASE.U * (CASE.y - CASE.y_hat)),
    "M8 sign of the table's gradient": (gradient(J, CASE.U), CASE.v_c * (CASE.y - CASE.y_hat).T),
    "M8 sign kept on a negative": (gradient(N, CASE.u(4)), -s[4] * CASE.v_c),
    "M8 sign of the negatives in v_c": (gradient(N, CASE.v_c), own - total(s[w] * CASE.u(w) for w in CASE.negatives)),
    "M9 sigma' left in, outside word": (gradient(N, CASE.u(2)), (s[2] - 1) * s[2] * (1 - s[2]) * CASE.v_c),
    "M9 sigma' left in, negative": (gradient(N, CASE.u(4)), s[4] * s[4] * (1 - s[4]) * CASE.v_c),
    "M15 a repeated negative counted once": (
        gradient(negative_sampling(REPEATED), REPEATED.u(4)),
        sigma(REPEATED.scores[4]) * REPEATED.v_c,
    ),
    "M15 a negative equal to o ignored": (
        gradient(negative_sampling(WITH_O), WITH_O.u(2)),
        (sigma(WITH_O.scores[2]) - 1) * WITH_O.v_c,
    ),
    "M15 labels that do not sum to 1": (
        gradient(soft_label(CASE).subs(CASE.soft_y[0], 2 * CASE.soft_y[0]), CASE.v_c),
        CASE.U * (CASE.y_hat - CASE.soft_y),
    ),
    "reflection: sigma(-x) for 1 - sigma(-x)": (gradient(N, CASE.u(4)), sigma(-CASE.scores[4]) * CASE.v_c),
    "mean for sum over the negatives": (
        gradient(N, CASE.v_c),
        own + total(s[w] * CASE.u(w) for w in CASE.negatives) / 3,
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_mistake_is_refused(mistake):
    derivative, claim = MISTAKES[mistake]
    assert derivative.shape == claim.shape
    assert not is_zero(derivative - claim)


SHAPES = {
    "M11 (y_hat - y)^T after U": lambda: CASE.U * delta.T,
    "M11 row times table of columns": lambda: delta.T * CASE.U,
    "M12 two columns": lambda: delta * CASE.v_c,
    "M13 one vector for the table": lambda: CASE.u(3).T * delta,
}


@pytest.mark.parametrize("mistake", SHAPES)
def test_the_shapes_do_not_fit(mistake):
    with pytest.raises(sp.matrices.exceptions.ShapeError):
        SHAPES[mistake]()


def test_the_transposed_outer_product_has_the_wrong_shape():
    assert (delta * CASE.v_c.T).shape != gradient(J, CASE.U).shape


def test_m16_the_jacobian_of_the_entrywise_sigmoid_is_no_vector():
    x = sp.Matrix(sp.symbols("x1:4", real=True))
    values = x.applyfunc(sigma)
    assert values.jacobian(x).shape != values.multiply_elementwise(sp.ones(3, 1) - values).shape
