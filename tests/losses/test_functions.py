"""The functions that the losses are made of: values, laws, slopes, and mutants that break a law.

A law is a statement about the module given to it: Hypothesis looks for scores that break it in
`w2v.losses.functions`, and each mutant, the same module with one slip in its source, must break one.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath.ctx_mp import MPContext

from mutation import mutant
from w2v.checks.gradient_check import numerical_gradient
from w2v.losses import functions

mp = MPContext()
mp.dps = 400  # exp(-800) beside 1 needs 348 digits
LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}  # rounding a tiny number to 0 is fine
POINTS = (-800.0, -40.0, -1.5, 0.0, 0.7, 36.0, 800.0)
SCORES = ([1.3, -0.4, 0.2, 2.1, -1.7], [800.0, -800.0, 795.5], [-750.0, -751.0], [30.0, -2.0, 0.5, 0.5])
PAIRS = (([0.1, 0.2, 0.3, 0.25, 0.15], [0.3, 0.1, 0.05, 0.35, 0.2]), ([0, 0, 1, 0, 0], [0.3, 0.1, 0.05, 0.35, 0.2]))

one_score = st.floats(-800, 800)
some_scores = st.lists(one_score, min_size=2, max_size=7)
two_distributions = st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), min_size=2, max_size=7).map(
    lambda weights: tuple(np.array(column) / sum(column) for column in zip(*weights))
)


def near(got, expected, relative=1e-14, absolute=1e-300):
    """Asserts that every entry of `got` is the number `expected`, given with 400 digits."""
    for g, e in zip(np.ravel(got), np.ravel(np.array(expected, dtype=object)), strict=True):
        assert abs(mp.mpf(float(g)) - e) <= relative * abs(e) + absolute, f"got {g}, expected {mp.nstr(mp.mpf(e), 20)}"


# ---- laws of one score ----


def sigmoid_is_its_definition(f, x):
    near(f.sigmoid(x), 1 / (1 + mp.exp(-mp.mpf(x))))


def derivative_is_the_product(f, x):
    s = 1 / (1 + mp.exp(-mp.mpf(x)))
    near(f.sigmoid_derivative(x), s * (1 - s))
    assert f.sigmoid_derivative(x) == f.sigmoid_derivative(-x) <= 0.25


def log_sigmoid_is_its_definition(f, x):
    near(f.log_sigmoid(x), -mp.log(1 + mp.exp(-mp.mpf(x))))


def reflection(f, x):
    near(f.sigmoid(x) + f.sigmoid(-x), 1)
    near(f.log_sigmoid(x) - f.log_sigmoid(-x), mp.mpf(x), absolute=1e-15)


def sigmoid_is_a_softmax_of_two(f, x):
    near(f.softmax([x, 0.0])[0], mp.mpf(float(f.sigmoid(x))))


# ---- laws of a column of scores ----


def softmax_is_its_definition(f, z):
    exponentials = [mp.exp(mp.mpf(score)) for score in z]
    near(f.softmax(z), [e / sum(exponentials) for e in exponentials], relative=1e-12)
    assert f.softmax(z).sum() == pytest.approx(1, abs=1e-15 * len(z))


def logarithms_are_their_definition(f, z):
    total = mp.log(sum(mp.exp(mp.mpf(score)) for score in z))
    near(f.log_sum_exp(z), total, relative=1e-14, absolute=1e-14)
    near(f.log_softmax(z), [score - total for score in z], relative=1e-12, absolute=1e-12)


def shifted_scores(f, z):
    shifted = np.array(z) - 3.5
    near(f.softmax(shifted), [mp.mpf(p) for p in f.softmax(z).tolist()], relative=1e-12)
    near(f.log_sum_exp(shifted), mp.mpf(float(f.log_sum_exp(z))) - 3.5, absolute=1e-12)


def jacobian_is_diagonal(f, z):
    expected = np.zeros((len(z), len(z)))
    for i, score in enumerate(z):
        expected[i, i] = functions.sigmoid(score) * functions.sigmoid(-score)
    np.testing.assert_array_equal(f.sigmoid_jacobian(z), expected)


def nothing_overflows(f, z):
    with np.errstate(**LOUD):
        for function in (f.sigmoid, f.sigmoid_derivative, f.log_sigmoid, f.softmax, f.log_softmax):
            before = np.array(z)
            values = function(before)
            assert values.shape == before.shape and np.isfinite(values).all()
            assert before.tolist() == list(z), f"{function.__name__} changed its argument"


# ---- laws of two distributions ----


def cross_entropy_is_its_definition(f, y, y_hat):
    surprise = [-mp.mpf(float(a)) * mp.log(mp.mpf(float(b))) for a, b in zip(y, y_hat)]
    near(f.cross_entropy(y, y_hat), sum(surprise), absolute=1e-15)
    own = [-mp.mpf(float(a)) * mp.log(mp.mpf(float(a))) for a in y if a]
    near(f.entropy(y), sum(own), absolute=1e-15)


def divergence_is_the_rest(f, y, y_hat):
    ratios = [mp.mpf(float(a)) * mp.log(mp.mpf(float(a)) / mp.mpf(float(b))) for a, b in zip(y, y_hat) if a]
    near(f.kl_divergence(y, y_hat), sum(ratios), absolute=1e-14)
    assert f.kl_divergence(y, y_hat) >= -1e-14 and f.kl_divergence(y, y) == 0
    assert -1e-14 <= f.entropy(y) <= np.log(len(y)) + 1e-14


def one_hot_leaves_one_logarithm(f, y, y_hat):
    for o, p in enumerate(y_hat):
        y = f.one_hot(o, len(y_hat))
        assert y.tolist() == [float(w == o) for w in range(len(y_hat))]
        near(f.cross_entropy(y, y_hat), -mp.log(mp.mpf(float(p))), absolute=1e-15)


OF_A_SCORE = (
    sigmoid_is_its_definition,
    derivative_is_the_product,
    log_sigmoid_is_its_definition,
    reflection,
    sigmoid_is_a_softmax_of_two,
)
OF_SCORES = (
    softmax_is_its_definition,
    logarithms_are_their_definition,
    shifted_scores,
    jacobian_is_diagonal,
    nothing_overflows,
)
OF_DISTRIBUTIONS = (cross_entropy_is_its_definition, divergence_is_the_rest, one_hot_leaves_one_logarithm)


@pytest.mark.parametrize("law", OF_A_SCORE)
@given(x=one_score)
@settings(deadline=None)
def test_law_of_a_score(law, x):
    law(functions, x)


@pytest.mark.parametrize("law", OF_SCORES)
@given(z=some_scores)
@settings(deadline=None)
def test_law_of_scores(law, z):
    law(functions, z)


@pytest.mark.parametrize("law", OF_DISTRIBUTIONS)
@given(pair=two_distributions)
@settings(deadline=None)
def test_law_of_distributions(law, pair):
    law(functions, *pair)


def every_law(f):
    """Each law at fixed places: what a mutant is held against."""
    for law, places in ((OF_A_SCORE, POINTS), (OF_SCORES, SCORES)):
        for statement in law:
            for place in places:
                statement(f, place)
    for statement in OF_DISTRIBUTIONS:
        for pair in PAIRS:
            statement(f, *pair)


def test_the_laws_hold_at_the_places_of_the_mutants():
    every_law(functions)


# ---- values by hand ----

LOG_3 = float(np.log(3))
BY_HAND = (
    (functions.sigmoid(0), 0.5),
    (functions.sigmoid(LOG_3), 3 / 4),
    (functions.sigmoid(-LOG_3), 1 / 4),
    (functions.sigmoid_derivative(LOG_3), 3 / 16),
    (functions.sigmoid_jacobian([0, LOG_3]), [[1 / 4, 0], [0, 3 / 16]]),
    (functions.log_sigmoid(0), -np.log(2)),
    (
        functions.log_sigmoid([[-1000, 0, 0], [0, 0, 1000]]),
        [[-1000, -np.log(2), -np.log(2)], [-np.log(2), -np.log(2), 0]],
    ),
    (functions.log_sum_exp([LOG_3, 0, 0]), np.log(5)),
    (functions.softmax([LOG_3, 0, 0]), [3 / 5, 1 / 5, 1 / 5]),
    (functions.log_softmax([1000, 1000]), [-np.log(2)] * 2),
    (functions.log_softmax([0, 1600, 0]), [-1600, 0, -1600]),
    (functions.one_hot(2, 5), [0, 0, 1, 0, 0]),
    (functions.cross_entropy([1 / 2, 1 / 4, 1 / 4], [1 / 4, 1 / 2, 1 / 4]), 7 / 4 * np.log(2)),
    (functions.cross_entropy([0, 1, 0], [0, 1 / 2, 1 / 2]), np.log(2)),
    (functions.cross_entropy([1 / 2, 1 / 2], [1, 0]), np.inf),
    (functions.entropy([1 / 2, 1 / 4, 1 / 4]), 3 / 2 * np.log(2)),
    (functions.entropy([0, 1, 0]), 0),
    (functions.kl_divergence([1 / 2, 1 / 4, 1 / 4], [1 / 4, 1 / 2, 1 / 4]), 1 / 4 * np.log(2)),
)


@pytest.mark.parametrize("got, expected", BY_HAND)
def test_value_by_hand(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize(
    "function, slope",
    [
        (lambda z: functions.sigmoid(z).sum(), functions.sigmoid_derivative),
        (lambda z: functions.log_sigmoid(z).sum(), lambda z: functions.sigmoid(-z)),
        (functions.log_sum_exp, functions.softmax),
        (lambda z: functions.log_softmax(z)[2], lambda z: functions.one_hot(2, 5) - functions.softmax(z)),
    ],
)
def test_slope(function, slope):
    z = np.array(SCORES[0])
    np.testing.assert_allclose(slope(z), numerical_gradient(function, z), rtol=1e-8)


# ---- mutants: one slip in the source each ----


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("np.where(x >= 0, 1, t)", "np.where(x >= 0, t, 1)"),
        ("np.where(x >= 0, 1, t) / (1 + t)", "1 / (1 + np.exp(-x))"),
        ("sigmoid(x) * sigmoid(-x)", "sigmoid(x) * (1 - sigmoid(x))"),
        ("sigmoid(x) * sigmoid(-x)", "sigmoid(-x)"),
        ('np.diag(sigmoid_derivative(validate.vector("x", x)))', "np.diag(sigmoid(x))"),
        ('np.diag(sigmoid_derivative(validate.vector("x", x)))', "np.outer(sigmoid(x), sigmoid(-np.array(x)))"),
        ("np.minimum(x, 0) - np.log1p(", "np.minimum(x, 0) + np.log1p("),
        ("np.minimum(x, 0) - np.log1p(", "np.maximum(x, 0) - np.log1p("),
        ("np.log1p(np.exp(-np.abs(x)))", "np.log(1 + np.exp(-np.abs(x)))"),
        ("np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))", "np.log(sigmoid(x))"),
        ("largest + np.log(", "np.log("),
        ("largest = scores.max()", "largest = scores.min()"),
        ("np.exp(scores - scores.max())", "np.exp(scores)"),
        ("exponentials / exponentials.sum()", "exponentials"),
        ("exponentials = np.exp(scores - scores.max())", "scores -= scores.max(); exponentials = np.exp(scores)"),
        ("return shifted - np.log(", "return np.log(softmax(scores)) - 0 * np.log("),
        ("return shifted - np.log(", "return shifted + np.log("),
        ("- np.max(scores)", "- np.min(scores)"),
        ('y[validate.word("o", o, vocabulary)] = 1', "y[0] = 1"),
        ("float(-(y[seen] * np.log(y_hat[seen])).sum())", "float((y[seen] * np.log(y_hat[seen])).sum())"),
        ("float(-(y[seen] * np.log(y_hat[seen])).sum())", "float(-(y_hat[seen] * np.log(y[seen])).sum())"),
        ("float(-(y[seen] * np.log(y_hat[seen])).sum())", "float(-(y * np.log2(y_hat)).sum())"),
        ("return cross_entropy(y, y)", "return cross_entropy(y, np.full(len(y), 1 / len(y)))"),
        ("return cross_entropy(y, y_hat) - entropy(y)", "return cross_entropy(y, y_hat) - entropy(y_hat)"),
        ("return cross_entropy(y, y_hat) - entropy(y)", "return cross_entropy(y, y_hat)"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_law_refutes_mutant(right, wrong):
    with pytest.raises((AssertionError, FloatingPointError, ValueError)):
        every_law(mutant(functions, right, wrong))
