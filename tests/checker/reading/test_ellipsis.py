r"""x_1 + \dots + x_n: read as a sum where it can be continued in one way, and left alone where it cannot."""

import pytest

from mutation import mutant
from w2v.checker import check
from w2v.checker.reading import ellipsis, read_math
from w2v.checker.reading.tree import Sum, walk


def tree(text):
    (chain,) = read_math(text)
    return chain.sides[0].tree


def left_alone(text):
    """Whether a sum has its dots, and nothing in it is read as a sum over a letter."""
    terms = getattr(tree(text), "terms", ())
    return any(map(ellipsis.gap, terms)) and not any(isinstance(part, Sum) for term in terms for part in walk(term))


SAME = [
    (r"x_1 + x_2 + \dots + x_n", r"\sum_{i=1}^n x_i"),
    (r"y_1 \log \hat y_1 + \cdots + y_V \log \hat y_V", r"\sum_{i=1}^V y_i \log \hat y_i"),
    (r"y_1 + \dots + y_o + \dots + y_V", r"\sum_{i=1}^V y_i"),
    (r"y_1 + \dots + y_{o-1} + y_o + y_{o+1} + \dots + y_V", r"\sum_{i=1}^V y_i"),
    (r"x_0 + x_1 + \dots + x_5", r"\sum_{i=0}^5 x_i"),
    (r"x_3 + \dots + x_n", r"\sum_{i=3}^n x_i"),
    (r"1 + 2 + \dots + n", r"\sum_{i=1}^n i"),
    (r"\frac{1}{1} + \frac{1}{2} + \dots + \frac{1}{n}", r"\sum_{i=1}^n \frac{1}{i}"),
    (r"1 \cdot x_1 + 2 \cdot x_2 + \dots + n \cdot x_n", r"\sum_{i=1}^n i \cdot x_i"),
    (r"\log(u_{w_1}^\top v_c) + \dots + \log(u_{w_K}^\top v_c)", r"\sum_{i=1}^K \log(u_{w_i}^\top v_c)"),
    (r"x_i + a_1 + \dots + a_n + b", r"x_i + \sum_{j=1}^n a_j + b"),
    (r"a_1 + \dots + a_n + b_1 + \dots + b_m", r"\sum_{i=1}^n a_i + \sum_{i=1}^m b_i"),
    (r"x - a_1 - a_2 - \dots - a_n", r"x - \sum_{i=1}^n a_i"),
    (r"\exp(z_1) + \dots + \exp(z_{V-1}) + \exp(z_V)", r"\sum_{i=1}^V \exp(z_i)"),
]
OPEN = [
    r"x_1 + x_3 + \dots + x_n",  # every second one, or the first and all from the third
    r"1 + \dots + n^2",
    r"1 + 4 + \dots + n^2",
    r"2 + 4 + \dots + 2n",
    r"x_1 + \dots + x_{o-1} + x_{o+1} + \dots + x_n",  # the second run begins at no number
    r"x_1 - x_2 + \dots + x_n",
    r"x_1 + \dots - x_n",
    r"x_1 - \dots + x_n",
    r"x_1 + \dots + x_k - \dots + x_n",
    r"x_1 + \dots + y_n",
    r"x_1 y_2 + \dots + x_n y_{n+1}",
    r"x_a + \dots + x_n",
    r"x_5 + \dots + x_2",
    r"x_{0.5} + \dots + x_n",
    r"x_1 + x_2 + \dots",
    r"\dots + x_n",
]



@pytest.mark.parametrize("spelled, short", SAME)
def test_a_sum_that_is_spelled_out_is_that_sum(spelled, short):
    assert tree(spelled) == tree(short)


@pytest.mark.parametrize("text", OPEN)
def test_what_can_be_continued_in_two_ways_keeps_its_dots(text):
    assert left_alone(text)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("at - first < 2 or first", "at - first < 1 or first"),
        (" or first and ends(terms[first - 1], terms[at + 1]) is not None", ""),
        ("terms if any(map(gap, made)) else made", "made"),
        ("terms[at] != dots", "False"),
        ("terms[last + 1] == dots", "gap(terms[last + 1])"),
        ("bound.value <= number.value", "False"),
        ("number.value.denominator > 1 or ", ""),
        ("len({(a, b) for a, b, _ in places}) > 1", "False"),
        ("first, start = first - 1, start - 1", "first = first - 1"),
        ("last, end = ahead, further[1]", "last = ahead"),
        ("if x not in used", "if x"),
        ("return first, last, Minus(Sum((letter,), domain, (), body.arg))", "return first, last, Sum((letter,), domain, (), body.arg)"),
        ("offset(end)[1] + 1", "offset(end)[1]"),
    ],
)
def test_a_slip_in_the_reading_is_noticed(right, wrong, monkeypatch):
    monkeypatch.setattr("w2v.checker.reading.expressions.spelled_out", mutant(ellipsis, right, wrong).spelled_out)
    kept = [left_alone(text) for text in OPEN]
    same = [tree(spelled) == tree(short) for spelled, short in SAME]
    assert not all(kept) or not all(same)


@pytest.mark.parametrize(
    "line, status",
    [
        (r"\hat y_1 + \hat y_2 + \dots + \hat y_V = 1", "proved"),
        (r"\hat y_1 + \hat y_2 + \dots + \hat y_V = 2", "refuted"),
        (r"\hat y_1 + \hat y_2 + \dots + \hat y_{V-1} = 1", "refuted"),
        (r"\hat y_1 + \dots + \hat y_{o-1} + \hat y_{o+1} + \dots + \hat y_V = 1 - \hat y_o", "unsettled"),
        (r"\hat y_1 + \hat y_3 + \dots + \hat y_V = 1", "unsettled"),
        (r"\frac{\exp(u_o^\top v_c)}{\exp(u_1^\top v_c) + \dots + \exp(u_V^\top v_c)} = \hat y_o", "proved"),
        (r"-(y_1 \log \hat y_1 + \dots + y_o \log \hat y_o + \dots + y_V \log \hat y_V) = -\log \hat y_o", "proved"),
        (r"-(y_1 \log \hat y_1 + \dots + y_V \log \hat y_V) = \log \hat y_o", "refuted"),
        (r"1 + 2 + \dots + n = \frac{n(n+1)}{2}", "proved"),
        (r"1 + 2 + \dots + n = \frac{n(n-1)}{2}", "refuted"),
    ],
)
def test_verdicts(line, status):
    assert [step.status for step in check(f"$\\hat y$ is the prediction, $y$ is one-hot at $o$.\n\n$$ {line} $$").steps] == [status]
