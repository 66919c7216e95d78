"""Faults put into the checker on purpose: each one must turn a verdict that the other tests rely on."""
from dataclasses import replace

import pytest

from w2v.checker import calculus, check, decide, scalars
from w2v.checker.instance import INSTANCES


def statuses(text):
    return [v.status for v in check(text).steps]


def instances(monkeypatch, **changes):
    """All instances the checker uses, changed."""
    changed = tuple(replace(i, cache={}, **changes) for i in INSTANCES)
    monkeypatch.setattr(decide.Step.decide, "__defaults__", (changed, changed[:2], None))
    monkeypatch.setattr(decide, "INSTANCES", changed)


SUM_FOR_TERM = r"$$ \frac{\partial J_{neg}}{\partial u_k} = \sum_{k=1}^K \sigma(u_k^\top v_c) v_c $$"
WORD_0 = "1. $w = 0$:\n" + r"$$ \frac{\partial J_{\text{naive-softmax}}}{\partial u_w} = (\hat y_w - 1) v_c, \quad u_o = U y$$"


def test_one_negative_sample_would_hide_a_sum_for_a_single_term(monkeypatch):
    assert statuses(SUM_FOR_TERM) == ["refuted"]
    instances(monkeypatch, samples=1, negatives=(0,))
    assert statuses(SUM_FOR_TERM) == ["proved"]


def test_outside_word_0_would_hide_a_misprinted_case(monkeypatch):
    assert statuses(WORD_0)[0] == "refuted"
    instances(monkeypatch, o=0, c=1)
    assert statuses(WORD_0)[0] == "proved"


def test_a_dimension_of_1_would_hide_a_transpose(monkeypatch):
    line = r"$$ \frac{\partial u_o^\top v_c}{\partial v_c} = u_o^\top $$"
    assert statuses(line) == ["transposed"]
    instances(monkeypatch, dimension=1)
    assert statuses(line) == ["proved"]


def test_without_the_exact_test_numbers_alone_would_not_prove(monkeypatch):
    line = r"$$ 1 - \sigma(x) = \sigma(-x) $$"
    assert statuses(line) == ["proved"]
    monkeypatch.setattr(decide.Normal, "is_zero", lambda self, node: False)
    assert statuses(line) == ["unsettled"]


@pytest.mark.parametrize("name, wrong", [("sigma", lambda a: scalars.power(scalars.add(scalars.ONE, scalars.exp(a)), -1)),
                                         ("log", lambda a: scalars.add(a, scalars.num(-1)))])
def test_a_wrong_function_is_noticed(monkeypatch, name, wrong):
    lines = {"sigma": r"$$ \sigma(x) = \frac{1}{1+e^{-x}} $$", "log": r"$$ \log e^{x} = x $$"}
    assert statuses(lines[name]) == ["proved"]
    monkeypatch.setitem(calculus.UNARY, name, lambda a, scope: wrong(a))
    assert statuses(lines[name]) == ["refuted"]


def test_a_tolerance_that_is_too_wide_is_caught_by_the_exact_test(monkeypatch):
    monkeypatch.setattr(decide, "TOLERANCE", 10)
    assert statuses(r"$$ \sigma(-x) = \sigma(x) $$") == ["unsettled"]
