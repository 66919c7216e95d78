"""The usual slips: each one is named by the message of the gradient check, and right gradients never are."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from w2v.chapters import toy
from w2v.checks.gradient_check import GradientMismatch, check_gradients
from w2v.checks.slips.likely import likely_slip
from w2v.checks.slips.pair import NAIVE_SOFTMAX, NEGATIVE_SAMPLING
from w2v.losses.pair import (
    naive_softmax_gradients,
    naive_softmax_loss,
    negative_sampling_gradients,
    negative_sampling_loss,
)
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss, sum_over_window

V, U = toy.center_vectors(), toy.outside_vectors()
RNG = np.random.default_rng(7)
WIDE = RNG.uniform(0.2, 1.5, (4, 6)) * RNG.choice([-1, 1], (4, 6))  # fewer words than dimensions
PAIRS = [(V[toy.CENTER], toy.OUTSIDE, U), (WIDE[0] / 2, 3, WIDE)]
DRAWS = [list(toy.NEGATIVES), [1, 0, 1]]  # repeats, none equal to o: any slip shows
WINDOW = [0, 1, 3, 4]
WINDOW_DRAWS = [[1, 4, 4], [2, 3, 2], [4, 0, 0], [0, 0, 3]]


def message(loss, gradients, *arguments, wrt=("v_c", "U")):
    """What the check says about wrong `gradients`; fails if it says nothing."""
    with pytest.raises(GradientMismatch) as caught:
        check_gradients(loss, gradients, *arguments, wrt=wrt)
    return str(caught.value)


@pytest.mark.parametrize("pair", PAIRS, ids=["toy", "wide"])
@pytest.mark.parametrize("slip", NAIVE_SOFTMAX, ids=lambda slip: slip.name)
def test_every_softmax_slip_is_named(slip, pair):
    assert f"likely slip: {slip.name}: {slip.hint}" in message(naive_softmax_loss, slip.gradients, *pair)


@pytest.mark.parametrize("pair, draws", list(zip(PAIRS, DRAWS)), ids=["toy", "wide"])
@pytest.mark.parametrize("slip", NEGATIVE_SAMPLING, ids=lambda slip: slip.name)
def test_every_negative_sampling_slip_is_named(slip, pair, draws):
    assert f"likely slip: {slip.name}: {slip.hint}" in message(negative_sampling_loss, slip.gradients, *pair, draws)


@pytest.mark.parametrize(
    "slip, negatives",
    [*((slip, None) for slip in NAIVE_SOFTMAX), *((slip, WINDOW_DRAWS) for slip in NEGATIVE_SAMPLING)],
    ids=lambda value: getattr(value, "name", ""),
)
def test_every_slip_is_named_in_a_window(slip, negatives):
    def gradients(center, outside, V, U, negatives=None):
        pairs = [(o,) for o in outside] if negatives is None else zip(outside, negatives)
        return sum_over_window(slip.gradients, center, V[center], V, U, pairs)

    said = message(skip_gram_loss, gradients, toy.CENTER, WINDOW, V, U, negatives, wrt=("V", "U"))
    assert f"likely slip: {slip.name}: {slip.hint}" in said


@pytest.mark.parametrize(
    "slips, rest", [(NAIVE_SOFTMAX, ()), (NEGATIVE_SAMPLING, (DRAWS[0],))], ids=["naive softmax", "negative sampling"]
)
def test_no_two_slips_give_the_same_numbers(slips, rest):
    tables = [np.vstack(slip.gradients(*PAIRS[0], *rest)) for slip in slips]
    alike = [
        (a.name, b.name)
        for i, a in enumerate(slips)
        for j, b in enumerate(slips)
        if i < j and np.allclose(tables[i], tables[j])
    ]
    assert not alike


def test_a_slip_that_the_draws_hide_is_not_found():
    """Overwriting goes unseen as long as nothing is drawn twice: why the example draws a word twice."""
    overwritten = next(slip for slip in NEGATIVE_SAMPLING if "overwritten" in slip.name)
    check_gradients(negative_sampling_loss, overwritten.gradients, *PAIRS[0], [1, 0, 3], wrt=("v_c", "U"))
    assert "overwritten" in message(negative_sampling_loss, overwritten.gradients, *PAIRS[0], [1, 0, 1])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(3, 6), st.integers(2, 5), st.data())
def test_right_gradients_are_never_accused(seed, vocabulary, D, data):
    assume(vocabulary != D)
    rng = np.random.default_rng(seed)
    v_c, table = rng.normal(size=D), rng.normal(size=(vocabulary, D))
    words = st.integers(0, vocabulary - 1)
    o, negatives = data.draw(words), data.draw(st.lists(words, min_size=1, max_size=5))
    for loss, gradients, arguments in (
        (naive_softmax_loss, naive_softmax_gradients, (v_c, o, table)),
        (negative_sampling_loss, negative_sampling_gradients, (v_c, o, table, negatives)),
    ):
        check_gradients(loss, gradients, *arguments, wrt=("v_c", "U"))
        for position, gradient in enumerate(gradients(*arguments)):
            assert likely_slip(loss, arguments, position, gradient, gradient) in (None, "a constant factor 1 too many")


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 4), min_size=1, max_size=4))
def test_right_windows_are_never_accused(seed, outside):
    rng = np.random.default_rng(seed)
    V, U = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    drawn = rng.integers(5, size=(len(outside), 3)).tolist()
    check_gradients(skip_gram_loss, skip_gram_gradients, 1, outside, V, U, wrt=("V", "U"))
    check_gradients(skip_gram_loss, skip_gram_gradients, 1, outside, V, U, drawn, wrt=("V", "U"))


def test_an_unknown_mistake_gets_no_name():
    def off(v_c, o, U):
        grad_v_c, grad_U = naive_softmax_gradients(v_c, o, U)
        return grad_v_c + np.array([0.1, -0.2, 0.3]), grad_U

    assert "likely slip" not in message(naive_softmax_loss, off, *PAIRS[0])


def test_a_loss_of_ones_own_gets_no_name_of_ours():
    """The table of slips belongs to the two losses of the book; another loss is judged by its numbers only."""
    half = lambda v_c, o, U: naive_softmax_loss(v_c, o, U) / 2
    forgotten = NAIVE_SOFTMAX[0].gradients
    assert "y forgotten" not in message(half, forgotten, *PAIRS[0])
