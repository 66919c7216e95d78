"""The gradient check: right gradients pass, wrong ones are named with their worst entry."""

import numpy as np
import pytest

from mutation import mutant
from w2v.chapters import toy
from w2v.checks import gradient_check
from w2v.checks.gradient_check import GradientMismatch, check_gradients, numerical_gradient
from w2v.losses.pair import (
    naive_softmax_gradients,
    naive_softmax_loss,
    negative_sampling_gradients,
    negative_sampling_loss,
)
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss

V, U = toy.center_vectors(), toy.outside_vectors()
PAIR = (V[toy.CENTER], toy.OUTSIDE, U)
DRAWN = (*PAIR, list(toy.NEGATIVES))
WINDOW = (toy.CENTER, list(toy.WINDOW), V, U)


@pytest.mark.parametrize(
    "loss, gradients, arguments, wrt, entries",
    [
        (naive_softmax_loss, naive_softmax_gradients, PAIR, ("v_c", "U"), 18),
        (negative_sampling_loss, negative_sampling_gradients, DRAWN, ("v_c", "U"), 18),
        (skip_gram_loss, skip_gram_gradients, WINDOW, ("V", "U"), 30),
    ],
)
def test_the_gradients_of_the_book_pass(loss, gradients, arguments, wrt, entries):
    passed = check_gradients(loss, gradients, *arguments, wrt=wrt)
    assert passed.entries == entries and passed.worst < 1e-9
    assert str(passed).startswith(f"{entries} entries agree")


def single_precision_passes(f):
    """Functions of a student, which compute in the precision of the tables."""

    def loss(v_c, o, U):
        scores = U @ v_c
        return np.log(np.exp(scores).sum()) - scores[o]

    def gradients(v_c, o, U):
        delta = np.exp(U @ v_c) / np.exp(U @ v_c).sum()
        delta[o] -= 1
        return delta @ U, np.outer(delta, v_c)

    v_c, *rows = np.random.default_rng(1).normal(size=(31, 20)).astype(np.float32)
    assert f.check_gradients(loss, gradients, v_c, 2, np.array(rows), wrt=("v_c", "U")).entries == 620


def test_float32_tables_are_checked_in_double_precision():
    """As `load_vectors` returns them; an index or a list stays what it is."""
    single_precision_passes(gradient_check)
    with pytest.raises(AssertionError):
        single_precision_passes(mutant(gradient_check, "argument.astype(float) if is_float else argument", "argument"))
    single = (PAIR[0].astype(np.float32), PAIR[1], PAIR[2].astype(np.float32))
    assert check_gradients(negative_sampling_loss, negative_sampling_gradients, *single, DRAWN[3], wrt=("v_c", "U"))
    with pytest.raises(GradientMismatch):
        check_gradients(
            naive_softmax_loss, lambda *at: (naive_softmax_gradients(*at)[0] * 1.0001, at[2]), *single, wrt=("v_c", "U")
        )


def test_the_message_shows_the_worst_entry_and_both_numbers():
    def off(v_c, o, U):
        grad_v_c, grad_U = naive_softmax_gradients(v_c, o, U)
        grad_U[3, 1] += 0.25
        return grad_v_c, grad_U

    right = naive_softmax_gradients(*PAIR)[1][3, 1]
    with pytest.raises(GradientMismatch) as caught:
        check_gradients(naive_softmax_loss, off, *PAIR, wrt=("v_c", "U"))
    message = str(caught.value)
    assert "with respect to U: 1 of 15 entries are wrong" in message
    assert f"worst entry [3, 1]: yours {right + 0.25:.8g}, numerical {right:.8g}" in message


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda g: -g, "the sign is reversed"),
        (lambda g: 0 * g, "the gradient is zero everywhere"),
        (lambda g: 3 * g, "a constant factor 3 too many"),
        (lambda g: np.where(g > 0, np.inf, g), "an overflow"),
        (lambda g: g * np.nan, "an overflow"),
    ],
)
def test_slips_of_sign_scale_and_overflow_are_named(change, said):
    wrong = lambda v_c, o, U: tuple(change(g) for g in negative_sampling_gradients(v_c, o, U, [0, 3]))
    loss = lambda v_c, o, U: negative_sampling_loss(v_c, o, U, [0, 3])
    with pytest.raises(GradientMismatch, match=said):
        check_gradients(loss, wrong, *PAIR, wrt=("v_c", "U"))


def test_a_transposed_gradient_is_named_by_its_shape():
    turned = lambda v_c, o, U: tuple(g.T for g in naive_softmax_gradients(v_c, o, U))
    with pytest.raises(
        GradientMismatch, match=r"expected shape \(5, 3\), .* got \(3, 5\)\nlikely slip: rows and columns swapped"
    ):
        check_gradients(naive_softmax_loss, turned, *PAIR, wrt=("v_c", "U"))


def test_a_square_table_turned_over_is_named_by_its_numbers():
    arguments = (V[toy.CENTER], 2, U[:3])
    turned = lambda v_c, o, U: tuple(g.T for g in naive_softmax_gradients(v_c, o, U))
    with pytest.raises(GradientMismatch, match="rows and columns swapped"):
        check_gradients(naive_softmax_loss, turned, *arguments, wrt=("v_c", "U"))


@pytest.mark.parametrize(
    "gradients, wrt, error, message",
    [
        (naive_softmax_gradients, ("v_c", "W"), ValueError, r"wrt: expected names among \['v_c', 'o', 'U'\], got 'W'"),
        (
            lambda v_c, o, U: U,
            ("v_c", "U"),
            TypeError,
            "gradients: expected a tuple of 2 arrays, for v_c, U, got ndarray",
        ),
        (naive_softmax_gradients, ("v_c",), TypeError, "expected a tuple of 1 arrays"),
    ],
)
def test_wrong_use_is_explained(gradients, wrt, error, message):
    with pytest.raises(error, match=message):
        check_gradients(naive_softmax_loss, gradients, *PAIR, wrt=wrt)


def test_numerical_gradient_leaves_its_argument_alone():
    x = np.array([[0.5, -1.5], [2.0, 0.25]])
    before = x.copy()
    slope = numerical_gradient(lambda m: float((m**3).sum()), x)
    assert np.allclose(slope, 3 * x**2, atol=1e-8) and np.array_equal(x, before)


def test_numerical_gradient_refuses_a_step_of_zero():
    with pytest.raises(ValueError, match="h: expected a finite number above 0, got 0"):
        numerical_gradient(lambda x: 0.0, [1.0], h=0)
