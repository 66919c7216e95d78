"""Published numbers, reproduced: the starter tests of Stanford's CS224N, assignment 2.

The word vectors and the negatives are written out, so no random generator takes part. Rows are
words: a..e = 0..4. The published gradients carry eight decimals, hence the tolerance of 1e-7.
"""

import numpy as np
import pytest

from w2v.checks.gradient_check import GradientMismatch, check_gradients, numerical_gradient
from w2v.checks.slips.pair import NAIVE_SOFTMAX, NEGATIVE_SAMPLING
from w2v.losses.functions import sigmoid
from w2v.losses.pair import naive_softmax_gradients, naive_softmax_loss, negative_sampling_loss
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss, sum_over_window

# fmt: off
V = np.array([
    [-0.9673571403949328, -0.02182640870161751, 0.25247528752360726],
    [0.7366302928338292, -0.48088686664411984, -0.47552458734406944],
    [-0.2732364450393794, 0.1253806234717907, 0.9537408161340624],
    [-0.5671377366706175, -0.2717822946659313, -0.777489017253781],
    [-0.5960945928820293, 0.7795665962055106, 0.19221643638711614],
])
U = np.array([
    [-0.6831809040518332, -0.04200518936997692, 0.7290400650203748],
    [0.18289106803498664, 0.7609858689117064, -0.6224559137398544],
    [-0.615178735138841, 0.5147623987134095, -0.5971388420658905],
    [-0.3386707358650964, -0.8096653430991654, -0.4793163515390485],
    [-0.5262952865514944, -0.781904076158553, 0.33412465793520896],
])
A, B, C, D, E = range(5)
SOFTMAX_WINDOW = [A, B, E, D, B, C]

# center, loss, gradient for the center vector, gradient for U
SOFTMAX = {
    "c": (C, 11.16610900153398, [-1.26947339, -1.36873189, 2.45158957], [
        [-0.41045956, 0.18834851, 1.43272264], [0.38202831, -0.17530219, -1.33348241], [0.07009355, -0.03216399, -0.24466386],
        [0.09472154, -0.04346509, -0.33062865], [-0.13638384, 0.06258276, 0.47605228]]),
    "b": (B, 9.87714910003414, [-0.14586705, -1.34158321, -0.29291951], [
        [-0.30342672, 0.19808298, 0.19587419], [-0.41359958, 0.27000601, 0.26699522], [-0.08192272, 0.05348078, 0.05288442],
        [0.6981188, -0.4557458, -0.45066387], [0.10083022, -0.06582396, -0.06508997]]),
}
# outside words, their negatives, loss, gradient for the center vector, gradient for U; the center word is c
NEGATIVE = {
    1: ([A, B], [[3, 2, 2, 4, 1, 3, 1, 3, 1, 1], [2, 4, 0, 0, 0, 0, 4, 4, 2, 4]],
        16.15119285363322, [-4.54650789, -1.85942252, 0.76397441], [
        [-0.69148188, 0.31730185, 2.41364029], [-0.22716495, 0.10423969, 0.79292674], [-0.45528438, 0.20891737, 1.58918512],
        [-0.31602611, 0.14501561, 1.10309954], [-0.80620296, 0.36994417, 2.81407799]]),
    2: ([A, B, C, A], [[2, 2, 2, 4, 3, 1, 4, 4, 1, 1], [4, 3, 2, 0, 0, 4, 2, 0, 2, 0],
                       [3, 1, 1, 3, 1, 3, 3, 0, 1, 3], [1, 3, 1, 4, 2, 1, 3, 1, 2, 4]],
        28.653567707668795, [-6.42994865, -2.16396482, -1.89240934], [
        [-0.80413277, 0.36899421, 2.80685192], [-0.9277269, 0.42570813, 3.23826131], [-0.7511534, 0.34468345, 2.62192569],
        [-0.94807832, 0.43504684, 3.30929863], [-1.12868414, 0.51792184, 3.93970919]]),
}
# fmt: on
TEST_1 = (C, *NEGATIVE[1][:1], V, U, NEGATIVE[1][1])


def close(got, published):
    """Raises unless `got` has the published numbers, to the digits that were published."""
    np.testing.assert_allclose(got, published, rtol=0, atol=1e-7)


def only_row(center, row):
    table = np.zeros_like(V)
    table[center] = row
    return table


def test_sigmoid():
    assert sigmoid(0) == 0.5
    np.testing.assert_allclose(sigmoid([1, 2, 3]), [0.73105858, 0.88079708, 0.95257413], rtol=0, atol=5e-9)


@pytest.mark.parametrize("center, loss, grad_v_c, grad_U", SOFTMAX.values(), ids=SOFTMAX)
def test_skip_gram_with_the_naive_softmax(center, loss, grad_v_c, grad_U):
    assert skip_gram_loss(center, SOFTMAX_WINDOW, V, U) == pytest.approx(loss, rel=1e-13)
    got_V, got_U = skip_gram_gradients(center, SOFTMAX_WINDOW, V, U)
    close(got_V, only_row(center, grad_v_c))
    close(got_U, grad_U)


@pytest.mark.parametrize("outside, negatives, loss, grad_v_c, grad_U", NEGATIVE.values(), ids=map(str, NEGATIVE))
def test_skip_gram_with_negative_sampling(outside, negatives, loss, grad_v_c, grad_U):
    assert skip_gram_loss(C, outside, V, U, negatives) == pytest.approx(loss, rel=1e-13)
    got_V, got_U = skip_gram_gradients(C, outside, V, U, negatives)
    close(got_V, only_row(C, grad_v_c))
    close(got_U, grad_U)


def test_other_negatives_give_other_numbers():
    """The published values hold for these draws only: one index changed, and the loss is off in the second digit."""
    negatives = [[0, *NEGATIVE[1][1][0][1:]], NEGATIVE[1][1][1]]
    assert abs(skip_gram_loss(C, [A, B], V, U, negatives) - NEGATIVE[1][2]) > 0.1


@pytest.mark.parametrize("negatives", [None, [[3, 2, 2], [2, 4, 0], [1, 1, 4], [0, 3, 1], [4, 4, 2], [0, 1, 3]]])
def test_the_gradient_check_is_far_below_the_published_limit(negatives):
    """The assignment asks for 1e-5; its own functions reach a few times 1e-10."""
    passed = check_gradients(skip_gram_loss, skip_gram_gradients, C, SOFTMAX_WINDOW, V, U, negatives, wrt=("V", "U"))
    assert passed.worst < 5e-9


@pytest.mark.parametrize("start, published", [(0.5, 8.414836786079764e-10), (0.0, 0.0), (-1.5, -2.524451035823933e-09)])
def test_gradient_descent_on_a_square(start, published):
    """1,000 steps with learning rate 0.01 on x^2, with the numerical gradient."""
    x = np.array([start])
    for _ in range(1000):
        x -= 0.01 * numerical_gradient(lambda x: float(x[0] ** 2), x)
    assert x[0] == pytest.approx(published, rel=1e-7, abs=1e-20)


def test_zero_vectors_give_the_loss_of_guessing():
    v_c, table = np.zeros(3), np.zeros((5, 3))
    assert naive_softmax_loss(v_c, E, table) == pytest.approx(1.6094379124341003, rel=1e-15)
    assert negative_sampling_loss(v_c, E, table, list(range(5)) * 2) == pytest.approx(7.6246189861593985, rel=1e-15)


# What each mistake looks like on these data: the slip, the window, which gradient and row show it, its numbers there.
MISTAKES = [
    ("repeated negatives overwritten", TEST_1, 1, 0, [-0.11265089, 0.05169237, 0.39321163]),
    ("y forgotten", (C, SOFTMAX_WINDOW, V, U, None), 0, C, [-3.06701692, -0.96557237, 1.19338727]),
]


@pytest.mark.parametrize("name, window, position, row, numbers", MISTAKES, ids=[name for name, *_ in MISTAKES])
def test_what_a_mistake_looks_like_and_what_it_is_called(name, window, position, row, numbers):
    slip = next(slip for slip in NAIVE_SOFTMAX + NEGATIVE_SAMPLING if slip.name == name)

    def gradients(center, outside, V, U, negatives):
        pairs = [(o,) for o in outside] if negatives is None else zip(outside, negatives)
        return sum_over_window(slip.gradients, center, V[center], V, U, pairs)

    close(gradients(*window)[position][row], numbers)
    with pytest.raises(AssertionError):
        close(skip_gram_gradients(*window)[position][row], numbers)
    with pytest.raises(GradientMismatch, match=f"likely slip: {name}"):
        check_gradients(skip_gram_loss, gradients, *window, wrt=("V", "U"))


# The public solution's: the minus sign is kept in the rows of the negatives, and lost inside the sigmoid.
PUBLIC = next(
    slip for slip in NEGATIVE_SAMPLING if slip.name == "negatives' rows treated like the outside word's"
).gradients
PUBLIC_ROW = [0.40146390, -0.18422064, -1.40132297]


def public_gradients(center, outside, V, U, negatives):
    return sum_over_window(PUBLIC, center, V[center], V, U, zip(outside, negatives))


def test_the_public_solution_has_loss_and_center_gradient_right_and_its_rows_wrong():
    grad_V, grad_U = public_gradients(*TEST_1)
    close(grad_V[C], NEGATIVE[1][3])
    close(grad_U[0], PUBLIC_ROW)
    with pytest.raises(GradientMismatch, match="with respect to U: 15 of 15 entries are wrong"):
        check_gradients(skip_gram_loss, public_gradients, *TEST_1, wrt=("V", "U"))


def test_the_slip_of_the_public_solution_is_named():
    with pytest.raises(GradientMismatch, match="likely slip: negatives' rows treated like the outside word's"):
        check_gradients(skip_gram_loss, public_gradients, *TEST_1, wrt=("V", "U"))


def turned(v_c, o, U):
    """U taken for its transpose: fits by shape only if there are as many words as dimensions."""
    delta = naive_softmax_gradients(v_c, o, U)[1] @ v_c / (v_c @ v_c)
    return U @ delta, np.outer(delta, v_c)


def test_a_square_table_hides_a_transpose_from_the_shapes_but_not_from_the_check():
    with pytest.raises(ValueError):
        turned(V[C], B, U)
    assert turned(V[C], B, U[:3])[0].shape == (3,)
    with pytest.raises(GradientMismatch, match="with respect to v_c: 3 of 3 entries are wrong"):
        check_gradients(naive_softmax_loss, turned, V[C], B, U[:3], wrt=("v_c", "U"))


def test_right_ends_do_not_excuse_a_wrong_line_between_them():
    """A public solution multiplies by sigma(1 - sigma) twice and drops one factor later: its ends agree, its middle does not."""
    score, u_o = U[B] @ V[C], U[B]
    first = lambda v: -np.log(sigmoid(u_o @ v))
    last, middle = -(1 - sigmoid(score)) * u_o, -(1 - sigmoid(score)) * sigmoid(score) * (1 - sigmoid(score)) * u_o
    slope = numerical_gradient(first, V[C])
    np.testing.assert_allclose(slope, last, atol=1e-9)
    assert np.abs(slope - middle).max() > 0.1
