"""The costs: counts by formula, and the timed functions computing what they claim. No clock is asserted."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from w2v.chapters import toy
from w2v.losses import costs
from w2v.losses.pair import naive_softmax_gradients, negative_sampling_gradients

V_C, U = toy.center_vectors()[toy.CENTER], toy.outside_vectors()
ROWS = np.array([toy.OUTSIDE, *toy.NEGATIVES])


def test_counts_by_hand():
    softmax, negative = costs.naive_softmax_cost(1000, D=7), costs.negative_sampling_cost(K=4, D=7)
    assert (softmax.dot_products, softmax.exponentials, softmax.multiplications, softmax.bytes) == (
        1000,
        1000,
        21_000,
        112_000,
    )
    assert (negative.dot_products, negative.exponentials, negative.multiplications, negative.bytes) == (5, 5, 105, 560)


class Counted(float):
    """A number that counts the multiplications it takes part in."""

    made = 0

    def __mul__(self, other):
        Counted.made += 1
        return Counted(float(self) * float(other))

    __rmul__ = __mul__


def multiplications(v_c, table, delta):
    """The multiplications of scores, grad_v_c and grad_U, counted one by one in plain Python."""
    Counted.made = 0
    v_c, table, delta = [*map(Counted, v_c)], [[*map(Counted, u)] for u in table], [*map(Counted, delta)]
    [[a * b for a, b in zip(u, v_c)] for u in table]
    [[d * a for a in u] for d, u in zip(delta, table)]
    [[d * a for a in v_c] for d in delta]
    return Counted.made


@pytest.mark.parametrize("rows, D", [(4, 3), (7, 2), (3, 5)])
def test_the_formula_counts_what_a_loop_counts(rows, D):
    counted = multiplications(np.ones(D), np.ones((rows, D)), np.ones(rows))
    assert costs.naive_softmax_cost(rows, D).multiplications == counted
    assert costs.negative_sampling_cost(rows - 1, D).multiplications == counted
    assert costs.negative_sampling_cost(rows, D).multiplications != counted


def agree(got, expected):
    for a, b in zip(got, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-14)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 8), st.integers(2, 6), st.integers(2, 7), st.data())
def test_the_timed_functions_compute_the_gradients_of_the_book(seed, vocabulary, D, K, data):
    assume(vocabulary != D)
    rng = np.random.default_rng(seed)
    v_c, table = rng.normal(size=D), rng.normal(size=(vocabulary, D))
    o, negatives = data.draw(st.integers(0, vocabulary - 1)), rng.integers(vocabulary, size=K)
    rows = np.append(o, negatives)
    agree(costs.bare_naive_softmax(v_c, o, table), naive_softmax_gradients(v_c, o, table))
    expected = negative_sampling_gradients(v_c, o, table, negatives)
    agree(costs.bare_negative_sampling_table(v_c, rows, table), expected)
    grad_v_c, grad_rows = costs.bare_negative_sampling(v_c, rows, table)
    agree((grad_v_c, [grad_rows[rows == w].sum(axis=0) for w in range(vocabulary)]), expected)


def test_another_pair_gives_other_gradients():
    with pytest.raises(AssertionError):
        agree(costs.bare_naive_softmax(V_C, 1, U), naive_softmax_gradients(V_C, toy.OUTSIDE, U))
    with pytest.raises(AssertionError):
        agree(
            costs.bare_negative_sampling_table(V_C, ROWS[::-1], U),
            negative_sampling_gradients(V_C, toy.OUTSIDE, U, toy.NEGATIVES),
        )


def test_the_rows_do_not_depend_on_the_vocabulary():
    larger = np.vstack([U, np.full((100, 3), np.nan)])
    agree(costs.bare_negative_sampling(V_C, ROWS, larger), costs.bare_negative_sampling(V_C, ROWS, U))


def test_the_median_ignores_one_slow_call(monkeypatch):
    ticks = iter([0, 1, 10, 12, 20, 120])  # three calls: 1, 2 and 100 seconds
    monkeypatch.setattr(costs, "clock", lambda: next(ticks))
    calls = []
    assert costs.seconds_per_call(calls.append, "x", repeats=3) == 2
    assert calls == ["x"] * 4


def test_a_clock_that_ticks_too_seldom_times_more_calls(monkeypatch):
    ticks = iter([0, 0, 5, 5, 7, 9])  # one call and ten calls pass unseen, a hundred take 2 seconds
    monkeypatch.setattr(costs, "clock", lambda: next(ticks))
    calls = []
    assert costs.seconds_per_call(calls.append, "x", repeats=1) == 0.02
    assert len(calls) == 1 + 1 + 10 + 100


def test_measure_times_the_three_methods():
    seconds = costs.measure(30, K=4, D=7, repeats=2)
    assert list(seconds) == ["naive softmax", "negative sampling, rows", "negative sampling, table"]
    assert all(type(s) is float and s > 0 for s in seconds.values())


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: costs.naive_softmax_cost(0, 3), "vocabulary: expected an int of at least 1, got 0"),
        (lambda: costs.naive_softmax_cost(5, 2.5), "D: expected an int of at least 1, got 2.5"),
        (lambda: costs.negative_sampling_cost(0, 3), "K: expected an int of at least 1, got 0"),
        (lambda: costs.negative_sampling_cost(4, -3), "D: expected an int of at least 1, got -3"),
        (lambda: costs.measure(10, 0), "K: expected an int of at least 1, got 0"),
        (lambda: costs.measure("ten", 3), "vocabulary: expected an int of at least 1, got 'ten'"),
        (lambda: costs.measure(10, 3, D=0), "D: expected an int of at least 1, got 0"),
        (lambda: costs.measure(10, 3, repeats=0), "repeats: expected an int of at least 1, got 0"),
    ],
)
def test_bad_sizes_are_explained(call, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        call()
