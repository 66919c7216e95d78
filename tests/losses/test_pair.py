"""The losses and their gradients: values worked out by hand, invariants, and an error for every bad input."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mutation import mutant
from w2v.chapters import toy
from w2v.checks.gradient_check import check_gradients
from w2v.checks.slips.pair import NAIVE_SOFTMAX, NEGATIVE_SAMPLING
from w2v.losses import pair as losses
from w2v.losses.functions import softmax
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss

# By hand: the scores U @ V_C are log 1, log 2, log 5, log 4, so the softmax is (1, 2, 5, 4) / 12
# and the sigmoids are 1/2, 2/3, 5/6, 4/5.
V_C = np.array([1.0, -2.0])
U = np.array([[2.0, 1.0], [np.log(2) + 4, 2.0], [np.log(5) - 2, -1.0], [np.log(4) + 6, 3.0]])
O, NEGATIVES = 2, [1, 3, 1]
SOFT = np.array([0.1, 0.2, 0.3, 0.4])


def agree(got, expected):
    """Raises unless the two gradients agree to about the last digit."""
    for a, b in zip(got, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)


def by_hand(factors):
    """(grad_v_c, grad_U) for given factors of V_C, one for each word."""
    factors = np.array(factors)
    return sum(f * u for f, u in zip(factors, U)), np.array([f * V_C for f in factors])


SOFTMAX_BY_HAND = by_hand([1 / 12, 2 / 12, 5 / 12 - 1, 4 / 12])
NEGATIVE_BY_HAND = by_hand([0, 2 * 2 / 3, 5 / 6 - 1, 4 / 5])
SOFT_BY_HAND = by_hand([1 / 12 - 0.1, 2 / 12 - 0.2, 5 / 12 - 0.3, 4 / 12 - 0.4])


def test_losses_by_hand():
    assert losses.naive_softmax_loss(V_C, O, U) == pytest.approx(np.log(12 / 5), rel=1e-14)
    drawn = -np.log(5 / 6) - 2 * np.log(1 / 3) - np.log(1 / 5)
    assert losses.negative_sampling_loss(V_C, O, U, NEGATIVES) == pytest.approx(drawn, rel=1e-14)
    soft = -SOFT @ np.log(np.array([1, 2, 5, 4]) / 12)
    assert losses.soft_label_loss(V_C, SOFT, U) == pytest.approx(soft, rel=1e-14)


def test_gradients_by_hand():
    agree(losses.naive_softmax_gradients(V_C, O, U), SOFTMAX_BY_HAND)
    agree(losses.negative_sampling_gradients(V_C, O, U, NEGATIVES), NEGATIVE_BY_HAND)
    agree(losses.soft_label_gradients(V_C, SOFT, U), SOFT_BY_HAND)


def test_a_negative_equal_to_o_pulls_against_the_observation():
    agree(losses.negative_sampling_gradients(V_C, O, U, [2, 2, 0]), by_hand([1 / 2, 0, 3 * 5 / 6 - 1, 0]))


@pytest.mark.parametrize("slip", NAIVE_SOFTMAX, ids=lambda slip: slip.name)
def test_hand_values_refuse_wrong_softmax_gradients(slip):
    with pytest.raises(AssertionError):
        agree(slip.gradients(V_C, O, U), SOFTMAX_BY_HAND)


@pytest.mark.parametrize("slip", NEGATIVE_SAMPLING, ids=lambda slip: slip.name)
def test_hand_values_refuse_wrong_negative_sampling_gradients(slip):
    with pytest.raises(AssertionError):
        agree(slip.gradients(V_C, O, U, NEGATIVES), NEGATIVE_BY_HAND)


def test_zero_vectors_give_the_losses_of_pure_guessing():
    v_c, table = np.zeros(3), np.zeros((5, 3))
    assert losses.naive_softmax_loss(v_c, 4, table) == pytest.approx(np.log(5), rel=1e-15)
    assert losses.negative_sampling_loss(v_c, 4, table, [1] * 10) == pytest.approx(11 * np.log(2), rel=1e-15)


def test_scores_of_800_stay_finite():
    v_c, table = np.array([1.0, 1.0]), np.array([[800.0, 0], [-800, 0], [0, 790]])
    assert losses.naive_softmax_loss(v_c, 1, table) == pytest.approx(1600 + np.log1p(np.exp(-10)), rel=1e-15)
    assert losses.negative_sampling_loss(v_c, 1, table, [0, 2]) == pytest.approx(800 + 800 + 790, rel=1e-15)
    for gradient in (
        *losses.naive_softmax_gradients(v_c, 1, table),
        *losses.negative_sampling_gradients(v_c, 1, table, [0, 2]),
    ):
        assert np.isfinite(gradient).all()


def soft_labels_of_distant_words_cost_what_they_should(module):
    v_c, table, y = np.array([1.0, 1.0]), np.array([[800.0, 0], [-800, 0], [0, 790]]), np.array([0.25, 0.5, 0.25])
    cost = 0.5 * 1600 + 0.25 * 10 + np.log1p(np.exp(-10))  # the distances from the highest score, and log Z above it
    assert module.soft_label_loss(v_c, y, table) == pytest.approx(cost, rel=1e-15)


def test_soft_labels_of_words_with_probability_zero_cost_what_they_should():
    soft_labels_of_distant_words_cost_what_they_should(losses)


@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_logarithm_of_the_softmax_would_be_infinite():
    with pytest.raises(AssertionError):
        soft_labels_of_distant_words_cost_what_they_should(
            mutant(losses, "@ log_softmax(U @ v_c))", "@ np.log(softmax(U @ v_c)))")
        )


@st.composite
def pairs(draw):
    """(v_c, o, U, negatives) of random sizes, never square, v_c not zero."""
    vocabulary, D = draw(st.integers(3, 7)), draw(st.integers(2, 5))
    assume(vocabulary != D)
    numbers = st.floats(-3, 3, allow_subnormal=False)
    v_c, table = draw(arrays(float, D, elements=numbers)), draw(arrays(float, (vocabulary, D), elements=numbers))
    assume(np.abs(v_c).max() > 0.1)
    words = st.integers(0, vocabulary - 1)
    return v_c, draw(words), table, draw(st.lists(words, min_size=2, max_size=6))


@settings(deadline=None)
@given(pairs())
def test_the_softmax_gradient_sums_to_zero_over_the_words(pair):
    v_c, o, table, _ = pair
    assert np.abs(losses.naive_softmax_gradients(v_c, o, table)[1].sum(axis=0)).max() < 1e-12


def test_the_negative_sampling_gradient_does_not_sum_to_zero():
    total = losses.negative_sampling_gradients(V_C, O, U, NEGATIVES)[1].sum(axis=0)
    np.testing.assert_allclose(total, (4 / 3 - 1 / 6 + 4 / 5) * V_C)


@settings(deadline=None)
@given(pairs())
def test_every_row_of_the_table_gradient_is_a_multiple_of_v_c(pair):
    v_c, o, table, negatives = pair
    for grad_U in (
        losses.naive_softmax_gradients(v_c, o, table)[1],
        losses.negative_sampling_gradients(v_c, o, table, negatives)[1],
    ):
        along = np.outer(grad_U @ v_c / (v_c @ v_c), v_c)
        np.testing.assert_allclose(grad_U, along, atol=1e-12)


@settings(deadline=None)
@given(pairs())
def test_touched_rows(pair):
    v_c, o, table, negatives = pair
    untouched = sorted(set(range(len(table))) - {o, *negatives})
    assert not losses.negative_sampling_gradients(v_c, o, table, negatives)[1][untouched].any()
    assert losses.naive_softmax_gradients(v_c, o, table)[1].any(axis=1).all()


@settings(deadline=None)
@given(pairs())
def test_the_order_of_the_negatives_does_not_matter(pair):
    v_c, o, table, negatives = pair
    forward, backward = ((v_c, o, table, order) for order in (negatives, negatives[::-1]))
    assert losses.negative_sampling_loss(*forward) == pytest.approx(losses.negative_sampling_loss(*backward), rel=1e-12)
    agree(losses.negative_sampling_gradients(*forward), losses.negative_sampling_gradients(*backward))


@settings(deadline=None)
@given(pairs(), st.floats(-5, 5))
def test_a_shift_of_all_scores_leaves_the_softmax_loss_alone(pair, shift):
    v_c, o, table, _ = pair
    shifted = table + shift * v_c / (v_c @ v_c)
    assert losses.naive_softmax_loss(v_c, o, shifted) == pytest.approx(
        losses.naive_softmax_loss(v_c, o, table), abs=1e-9
    )


def test_a_shift_of_all_scores_changes_the_negative_sampling_loss():
    shifted = U + np.log(3) * V_C / (V_C @ V_C)  # the sigmoids become 3/4, 6/7, 15/16, 12/13
    drawn = -np.log(15 / 16) - 2 * np.log(1 / 7) - np.log(1 / 13)
    assert losses.negative_sampling_loss(V_C, O, shifted, NEGATIVES) == pytest.approx(drawn, rel=1e-14)


@settings(deadline=None)
@given(pairs())
def test_one_hot_soft_labels_are_the_naive_softmax(pair):
    v_c, o, table, _ = pair
    y = np.eye(len(table))[o]
    assert losses.soft_label_loss(v_c, y, table) == pytest.approx(
        losses.naive_softmax_loss(v_c, o, table), rel=1e-12, abs=1e-12
    )
    agree(losses.soft_label_gradients(v_c, y, table), losses.naive_softmax_gradients(v_c, o, table))


@settings(deadline=None, max_examples=25)
@given(pairs())
def test_all_gradients_pass_the_gradient_check(pair):
    v_c, o, table, negatives = pair
    check_gradients(losses.naive_softmax_loss, losses.naive_softmax_gradients, v_c, o, table, wrt=("v_c", "U"))
    check_gradients(losses.negative_sampling_loss, losses.negative_sampling_gradients, *pair, wrt=("v_c", "U"))
    y = softmax(table[:, 0])
    check_gradients(losses.soft_label_loss, losses.soft_label_gradients, v_c, y, table, wrt=("v_c", "U"))


@settings(deadline=None)
@given(pairs())
def test_a_window_is_the_sum_of_its_pairs(pair):
    v_c, center, table, outside = pair
    V = table[::-1].copy()
    V[center] = v_c
    drawn = [[w, outside[0]] for w in outside]
    for negatives, loss, gradients in (
        (None, losses.naive_softmax_loss, losses.naive_softmax_gradients),
        (drawn, losses.negative_sampling_loss, losses.negative_sampling_gradients),
    ):
        rest = [()] * len(outside) if negatives is None else [(ks,) for ks in negatives]
        total = sum(loss(v_c, o, table, *ks) for o, ks in zip(outside, rest))
        assert skip_gram_loss(center, outside, V, table, negatives) == pytest.approx(total, rel=1e-12)
        grad_V, grad_U = skip_gram_gradients(center, outside, V, table, negatives)
        each = [gradients(v_c, o, table, *ks) for o, ks in zip(outside, rest)]
        agree((grad_V[center], grad_U), map(sum, zip(*each)))
        assert not np.delete(grad_V, center, axis=0).any()


TOY = (toy.center_vectors(), toy.outside_vectors())
CALLS = [
    (losses.naive_softmax_loss, (TOY[0][2], 4, TOY[1])),
    (losses.naive_softmax_gradients, (TOY[0][2], 4, TOY[1])),
    (losses.soft_label_loss, (TOY[0][2], np.full(5, 0.2), TOY[1])),
    (losses.soft_label_gradients, (TOY[0][2], np.full(5, 0.2), TOY[1])),
    (losses.negative_sampling_loss, (TOY[0][2], 4, TOY[1], np.array([1, 0, 3, 3]))),
    (losses.negative_sampling_gradients, (TOY[0][2], 4, TOY[1], np.array([1, 0, 3, 3]))),
    (skip_gram_loss, (2, np.array([0, 1, 3, 4]), *TOY)),
    (skip_gram_gradients, (2, np.array([0, 1, 3, 4]), *TOY)),
    (skip_gram_loss, (2, np.array([0, 1]), *TOY, np.array([[1, 0], [3, 3]]))),
    (skip_gram_gradients, (2, np.array([0, 1]), *TOY, np.array([[1, 0], [3, 3]]))),
]


@pytest.mark.parametrize("function, arguments", CALLS)
def test_arguments_are_not_modified(function, arguments):
    before = [np.array(argument) for argument in arguments]
    frozen = [_frozen(argument) for argument in arguments]
    function(*frozen)
    for argument, copy in zip(frozen, before):
        assert np.array_equal(argument, copy)


def _frozen(argument):
    """`argument` itself, made read-only if it is an array: writing to it raises."""
    if isinstance(argument, np.ndarray):
        argument = argument.copy()
        argument.flags.writeable = False
    return argument


@pytest.mark.parametrize("function, arguments", CALLS)
def test_results_are_new_arrays_of_the_shape_of_their_variables(function, arguments):
    result = function(*arguments)
    if isinstance(result, tuple):
        tables = [a for a in arguments if isinstance(a, np.ndarray) and a.dtype == float and a.shape in ((3,), (5, 3))]
        assert [r.shape for r in result] == [t.shape for t in tables]
        assert not any(np.shares_memory(r, t) for r in result for t in tables)
    else:
        assert type(result) is float


v, u = toy.center_vectors()[2], toy.outside_vectors()
WITH_NAN = np.where(np.arange(15).reshape(5, 3) == 7, np.nan, u)
BAD_PAIRS = [  # (v_c, o, U), error, message
    ((u, 4, u), ValueError, r"v_c: expected a vector of shape \(D,\), got shape \(5, 3\)"),
    (([], 4, u), ValueError, r"v_c: expected a vector of shape \(D,\), got shape \(0,\)"),
    ((["a", "b", "c"], 4, u), TypeError, "v_c: expected an array of real numbers, got list"),
    ((v, 4, u.T), ValueError, r"U: expected 3 columns, .* got shape \(3, 5\) \(it looks transposed"),
    ((v, 4, v), ValueError, r"U: expected a matrix with one word per row, got shape \(3,\)"),
    ((v[:2], 4, u), ValueError, r"U: expected 2 columns, one per entry of the word vectors, got shape \(5, 3\)"),
    ((v, 4, WITH_NAN), ValueError, r"U: expected finite numbers, got nan at \[2, 1\]"),
    ((v * np.inf, 4, u), ValueError, "v_c: expected finite numbers, got inf"),
]
BAD_WORDS = [
    (5, IndexError, r"o: expected an index in 0\.\.4, got 5"),
    (-1, IndexError, r"o: expected an index in 0\.\.4, got -1"),
    (1.0, TypeError, "o: expected the index of a word, an int, got 1.0 of type float"),
    ("milk", TypeError, "o: expected the index of a word, an int, got 'milk' of type str"),
    (True, TypeError, "o: expected the index of a word, an int, got True of type bool"),
]
BAD_NEGATIVES = [
    ([], ValueError, r"negatives: expected a list of at least one word index, got shape \(0,\)"),
    (3, ValueError, r"negatives: expected a list of at least one word index, got shape \(\)"),
    ([[1, 2]], ValueError, r"negatives: expected a list of at least one word index, got shape \(1, 2\)"),
    ([1, 5], IndexError, r"negatives: expected indices in 0\.\.4, got 5"),
    ([1, -2], IndexError, r"negatives: expected indices in 0\.\.4, got -2"),
    ([0.5, 1.0], TypeError, "negatives: expected word indices, ints, got entries of type float64"),
]
BAD_LABELS = [
    (np.full(4, 0.25), ValueError, r"y: expected a vector of shape \(5,\), got shape \(4,\)"),
    (np.full(5, 0.25), ValueError, "y: expected non-negative entries with sum 1, got minimum 0.25 and sum 1.25"),
    (
        np.array([1.5, -0.5, 0, 0, 0]),
        ValueError,
        "y: expected non-negative entries with sum 1, got minimum -0.5 and sum 1",
    ),
]


@pytest.mark.parametrize(
    "arguments, error, message", [*BAD_PAIRS, *(((v, o, u), error, message) for o, error, message in BAD_WORDS)]
)
@pytest.mark.parametrize("name", ["naive_softmax", "negative_sampling"])
@pytest.mark.parametrize("kind", ["loss", "gradients"])
def test_bad_pairs_are_explained(name, kind, arguments, error, message):
    rest = ([1, 3],) if name == "negative_sampling" else ()
    with pytest.raises(error, match=f"^{message}"):
        getattr(losses, f"{name}_{kind}")(*arguments, *rest)


@pytest.mark.parametrize("negatives, error, message", BAD_NEGATIVES)
@pytest.mark.parametrize("function", [losses.negative_sampling_loss, losses.negative_sampling_gradients])
def test_bad_negatives_are_explained(function, negatives, error, message):
    with pytest.raises(error, match=f"^{message}"):
        function(v, 4, u, negatives)


@pytest.mark.parametrize("y, error, message", BAD_LABELS)
@pytest.mark.parametrize("function", [losses.soft_label_loss, losses.soft_label_gradients])
def test_bad_soft_labels_are_explained(function, y, error, message):
    with pytest.raises(error, match=f"^{message}"):
        function(v, y, u)


BAD_WINDOWS = [  # (center, outside, V, U, negatives), error, message
    ((5, [1], u, u), IndexError, r"center: expected an index in 0\.\.4, got 5"),
    (("cat", [1], u, u), TypeError, "center: expected the index of a word"),
    ((2, [], u, u), ValueError, "outside: expected a list of at least one word index"),
    ((2, [1, 9], u, u), IndexError, r"outside: expected indices in 0\.\.4, got 9"),
    ((2, [1], u[:, :2], u), ValueError, r"U: expected 2 columns, .* got shape \(5, 3\)"),
    ((2, [1], WITH_NAN, u), ValueError, r"V: expected finite numbers, got nan at \[2, 1\]"),
    ((2, [1], v, u), ValueError, r"V: expected a matrix with one word per row, got shape \(3,\)"),
    ((2, [1, 3], u, u, [[0, 1]]), ValueError, "negatives: expected one list for each of the 2 outside words, got 1"),
    ((2, [1, 3], u, u, [[0, 1], []]), ValueError, "negatives: expected a list of at least one word index"),
    ((2, [1, 3], u, u, [[0, 1], [7]]), IndexError, r"negatives: expected indices in 0\.\.4, got 7"),
]


@pytest.mark.parametrize("arguments, error, message", BAD_WINDOWS)
@pytest.mark.parametrize("function", [skip_gram_loss, skip_gram_gradients])
def test_bad_windows_are_explained(function, arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        function(*arguments)


@pytest.mark.parametrize(
    "call, error, message",
    [
        (
            lambda: skip_gram_loss(2, [0, 1], np.ones((5, 3)), np.ones((4, 3))),
            ValueError,
            "U: expected one row for each of the 5 words of V, got 4 rows",
        ),
        (
            lambda: skip_gram_loss(2, [0, 1], np.ones((5, 3)), np.ones((5, 3)), 5),
            ValueError,
            "negatives: expected one list for each of the 2 outside words, got 5",
        ),
        (
            lambda: losses.negative_sampling_loss(np.ones(3), 2, np.ones((5, 3)), [[0, 1], [3]]),
            TypeError,
            "negatives: expected a flat list of word indices",
        ),
        (
            lambda: losses.naive_softmax_loss(np.ones(3) * 1j, 2, np.ones((5, 3))),
            TypeError,
            "v_c: expected an array of real numbers, got ndarray .complex numbers",
        ),
    ],
)
def test_arguments_that_do_not_fit_each_other_are_explained(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_scores_that_share_vectors_can_stop_learning_before_the_expected_words_are_the_observed_ones():
    """What the chapter on cross-entropy says of v_c: the gradient is zero, and y_hat is not y."""
    U, o = np.array([[1, 0], [-1, 1], [-1, -1], [0.1, 0.05]]), 3
    v_c = np.zeros(2)
    for _ in range(2_000):
        v_c -= 0.5 * losses.naive_softmax_gradients(v_c, o, U)[0]
    assert abs(losses.naive_softmax_gradients(v_c, o, U)[0]).max() < 1e-9
    np.testing.assert_allclose(v_c, [0.450, 0.112], atol=1e-3)
    assert softmax(U @ v_c)[o] < 0.3
