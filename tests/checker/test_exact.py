"""Scalars and the exact zero test by hand-checked identities, and what must not be taken for zero."""
import pytest

from w2v.checker import scalars as s
from w2v.checker.exact import NoNormalForm, Normal

x, y = s.var("x"), s.var("y")
e = s.exp(x)


def zero(node):
    return Normal().is_zero(node)


@pytest.mark.parametrize("node, expected", [
    (s.add(s.sigma(x), s.sigma(s.neg(x)), s.num(-1)), True),
    (s.add(s.sigma(x), s.sigma(x), s.num(-1)), False),
    (s.add(s.log(s.exp(x)), s.neg(x)), True),
    (s.add(s.log(s.mul(e, s.sigma(y))), s.neg(x), s.log(s.add(s.ONE, s.exp(s.neg(y))))), True),
    (s.add(s.log(s.sigma(x)), s.neg(x), s.log(s.add(s.ONE, e))), True),
    (s.add(s.log(s.add(e, s.exp(y))), s.neg(s.add(x, y))), False),
    (s.add(s.exp(s.add(x, y)), s.neg(s.mul(e, s.exp(y)))), True),
    (s.add(s.exp(s.mul(s.num(2), x)), s.neg(s.mul(e, e))), True),
    (s.add(s.exp(s.log(s.add(s.ONE, e))), s.num(-1), s.neg(e)), True),
    (s.add(s.slope(s.sigma(x), "x"), s.neg(s.mul(s.sigma(x), s.add(s.ONE, s.neg(s.sigma(x)))))), True),
    (s.add(s.log(s.num(6)), s.neg(s.log(s.num(2))), s.neg(s.log(s.num(3)))), True),
    (s.add(s.power(s.power(s.mul(x, x), s.Fraction(1, 2)), 2), s.neg(s.mul(x, x))), True),
])
def test_identities(node, expected):
    assert zero(node) is expected


def test_what_has_no_normal_form_is_said():
    with pytest.raises(NoNormalForm, match="exponential of a fraction"):
        zero(s.exp(s.div(x, s.add(x, s.ONE))))


def test_division_by_an_identical_zero_is_an_error():
    with pytest.raises(ZeroDivisionError):
        zero(s.div(x, s.add(s.sigma(x), s.sigma(s.neg(x)), s.num(-1))))
