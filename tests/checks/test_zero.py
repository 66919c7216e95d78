"""The exact zero test: what vanishes is recognised, what does not is refused."""

import pytest
import sympy as sp

from w2v.checks.symbolic import Case, assert_zero, is_zero, sigma
from w2v.checks.symbolic.zero import NotZero

a, b = sp.symbols("a b", real=True)

VANISHING = [
    sp.exp(a) * sp.exp(-a) - 1,
    sp.exp(2 * a) - sp.exp(a) ** 2,
    sigma(a) + sigma(-a) - 1,
    sp.log(sigma(a)) - a - sp.log(sigma(-a)),
    sp.log(8) - 3 * sp.log(2),
    sp.log(sp.exp(a) / (sp.exp(a) + sp.exp(b))) - a + sp.log(sp.exp(a) + sp.exp(b)),
    sp.Matrix([sp.exp(a) - sp.exp(a), 0]),
]
NOT_VANISHING = [
    sp.exp(a) - sp.exp(-a),
    sigma(a) - sigma(-a),
    sp.log(sigma(a)) + a - sp.log(sigma(-a)),
    sp.log(8) - 2 * sp.log(2),
    sp.exp(a) - a,
    sp.Matrix([0, 0, a]),
]


@pytest.mark.parametrize("expression", VANISHING, ids=str)
def test_a_vanishing_expression_is_recognised(expression):
    assert is_zero(expression)


@pytest.mark.parametrize("expression", NOT_VANISHING, ids=str)
def test_another_expression_is_refused(expression):
    assert not is_zero(expression)


def test_the_error_names_the_entry_that_remains():
    with pytest.raises(NotZero, match=r"entry 2 of 3: expected 0, got a"):
        assert_zero(sp.Matrix([0, 0, a]))


@pytest.mark.parametrize(
    "sizes, error, message",
    [
        ((0, 3, 0), ValueError, "V: expected an int of at least 1, got 0"),
        ((5, 3, 5), IndexError, r"o: expected an index in 0..4, got 5"),
        ((5, 3, 2, (0, 7)), IndexError, r"negatives: expected indices in 0..4, got 7"),
    ],
)
def test_a_case_refuses_impossible_sizes(sizes, error, message):
    with pytest.raises(error, match=message):
        Case(*sizes)
