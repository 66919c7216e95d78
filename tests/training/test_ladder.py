"""The rungs take the same step; sharing negatives keeps the mean gradient; adding up rows is not assigning them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutation import mutant
from w2v.chapters import toy
from w2v.checks.symbolic.results import training as symbolic
from w2v.checks.symbolic.results.registry import Result
from w2v.checks.verification import VerificationError, check
from w2v.losses.pair import negative_sampling_gradients
from w2v.training import ladder
from w2v.training.fast import scatter
from w2v.training.sgd import mini_batch_step

RUNGS = ("dense_step", "rows_step", "add_at_step", "sparse_step")
CENTERS, OUTSIDES = (
    [2, 1, 2, 2, 4, 1],
    [4, 0, 4, 2, 1, 1],
)  # a center three times, a pair twice, an outside word equal to its center
NEGATIVES = [
    [1, 3, 3, 0],
    [0, 0, 2, 4],
    [4, 1, 3, 2],
    [3, 3, 3, 3],
    [2, 4, 1, 0],
    [1, 0, 4, 3],
]  # repeats, draws equal to o or c
RATE = 0.1


@pytest.fixture(params=["SciPy, in place", "SciPy's public functions", "NumPy alone"])
def backend(request, monkeypatch):
    """All ways of the functions that use SciPy where it is installed."""
    assert scatter.csr_array is not None and ladder.add_rows is scatter.add_in_place
    if request.param == "SciPy's public functions":
        monkeypatch.setattr(ladder, "add_rows", scatter.add_sparse)
    if request.param == "NumPy alone":
        monkeypatch.setattr(scatter, "csr_array", None)
        monkeypatch.setattr(ladder, "add_rows", scatter.add_sorted)
    return request.param


def tables(dtype=float):
    return toy.center_vectors().astype(dtype), toy.outside_vectors().astype(dtype)


def stepped(step, *arguments, dtype=float):
    V, U = tables(dtype)
    assert step(V, U, *arguments) is None
    return V, U


def assert_same(one, other, rtol=1e-12):
    for name, a, b in zip("VU", one, other):
        np.testing.assert_allclose(a, b, rtol=rtol, atol=rtol / 100, err_msg=name)


# ---- rungs 1 to 4 ----


def rung_is_the_mini_batch(rung, negatives=NEGATIVES):
    expected = tables()
    mini_batch_step(*expected, CENTERS, OUTSIDES, negatives, RATE)
    assert_same(stepped(rung, CENTERS, OUTSIDES, negatives, RATE), expected)


@pytest.mark.parametrize("name", RUNGS)
def test_every_rung_takes_the_step_of_the_chapter(name, backend):
    rung_is_the_mini_batch(getattr(ladder, name))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_rungs_agree_on_any_batch(data):
    index = st.integers(0, 4)
    B, K = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
    centers, outsides = (data.draw(st.lists(index, min_size=B, max_size=B)) for _ in range(2))
    negatives = data.draw(st.lists(st.lists(index, min_size=K, max_size=K), min_size=B, max_size=B))
    first, *others = (stepped(getattr(ladder, name), centers, outsides, negatives, RATE) for name in RUNGS)
    for other in others:
        assert_same(first, other)


@pytest.mark.parametrize("name", [*RUNGS, "shared_step"])
def test_single_precision_stays_single(name, backend):
    arguments = BLOCKS if name == "shared_step" else (CENTERS, OUTSIDES, NEGATIVES)
    rate = (3, RATE) if name == "shared_step" else (RATE,)
    single = stepped(getattr(ladder, name), *arguments, *rate, dtype=np.float32)
    assert single[0].dtype == single[1].dtype == np.float32
    assert_same(single, stepped(getattr(ladder, name), *arguments, *rate), rtol=1e-5)


@pytest.mark.parametrize(
    "name, right, wrong",
    [
        ("dense_step", "grad_U += pair_U", "grad_U = pair_U"),
        ("dense_step", "    V -= learning_rate * grad_V\n", "    V += learning_rate * grad_V\n"),
        (
            "rows_step",
            "        for w, gradient in zip(pair, grad_rows):\n            U[w] -= learning_rate * gradient",
            "        U[pair] -= learning_rate * grad_rows",
        ),
        ("add_at_step", "np.add.at(V, centers, -learning_rate * grad_v)", "V[centers] += -learning_rate * grad_v"),
        ("add_at_step", "np.add.at(U, rows, -learning_rate * delta", "U[rows] += (-learning_rate * delta"),
        ("add_at_step", "delta[:, 0] -= 1", "delta -= 1"),
        ("sparse_step", "sum_rows(rows, delta, v, len(U))", "sum_rows(rows, -delta, v, len(U))"),
        ("sparse_step", "np.column_stack([outsides, negatives])", "np.column_stack([negatives, outsides])"),
    ],
)
def test_a_wrong_rung_is_noticed(name, right, wrong):
    with pytest.raises(AssertionError):
        rung_is_the_mini_batch(getattr(mutant(ladder, right, wrong), name))


# ---- rung 5: blocks that share negatives ----

BLOCKS = (np.reshape(CENTERS, (2, 3)), np.reshape(OUTSIDES, (2, 3)), np.array([[3, 3], [1, 0]]))  # G=2, b=3, M=2
K = 3


def weighted_step(centers, outsides, negatives, K):
    """Pair by pair with the book's gradients: the negatives' share is the difference of two gradients, as it adds up."""
    V, U = tables()
    new_V, new_U, weight = V.copy(), U.copy(), K / negatives.shape[1]
    for block, drawn in enumerate(negatives):
        for c, o in zip(centers[block], outsides[block]):
            once, twice = (negative_sampling_gradients(V[c], o, U, np.tile(drawn, times)) for times in (1, 2))
            grad_v, grad_U = ((2 - weight) * a + (weight - 1) * b for a, b in zip(once, twice))
            new_V[c] -= RATE * grad_v
            new_U -= RATE * grad_U
    return new_V, new_U


def shared_is_weighted(f):
    assert_same(stepped(f.shared_step, *BLOCKS, K, RATE), weighted_step(*BLOCKS, K))


def test_a_block_is_its_pairs_with_weighted_negatives(backend):
    shared_is_weighted(ladder)


def test_with_as_many_draws_as_negatives_a_block_is_a_mini_batch_with_repeated_draws(backend):
    centers, outsides, negatives = BLOCKS
    expected = tables()
    mini_batch_step(*expected, centers.ravel(), outsides.ravel(), np.repeat(negatives, 3, axis=0), RATE)
    assert_same(stepped(ladder.shared_step, *BLOCKS, 2, RATE), expected)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("-learning_rate * K / negatives.shape[1] *", "-learning_rate *"),
        ("positive * u + negative @ n", "positive * u - negative @ n"),
        ("[outsides.ravel(), negatives.ravel()]", "[centers.ravel(), negatives.ravel()]"),
        ('np.einsum("gbd,gbd->gb", v, u)) - 1', 'np.einsum("gbd,gbd->gb", v, u))'),
    ],
)
def test_a_wrong_block_is_noticed(right, wrong):
    with pytest.raises(AssertionError):
        shared_is_weighted(mutant(ladder, right, wrong))


def mean_changes(K_shared, draws=1500):
    """Mean change of (V, U) with K own negatives, with M = 2 shared ones weighted K_shared/M, and the standard error of the difference."""
    rng, noise = np.random.default_rng(5), np.array([0.1, 0.3, 0.2, 0.15, 0.25])
    centers, outsides, _ = BLOCKS
    start, own, shared = np.stack(tables()), [], []
    for _ in range(draws):
        mine, common = rng.choice(5, (6, K), p=noise), rng.choice(5, (2, 2), p=noise)
        own.append(np.stack(stepped(ladder.add_at_step, centers.ravel(), outsides.ravel(), mine, RATE)) - start)
        shared.append(np.stack(stepped(ladder.shared_step, centers, outsides, common, K_shared, RATE)) - start)
    error = np.sqrt((np.var(own, axis=0) + np.var(shared, axis=0)) / draws)
    return np.mean(own, axis=0), np.mean(shared, axis=0), error


def test_by_simulation_sharing_keeps_the_mean():
    """In all thirty entries within five standard errors, which are small; with the weight 1 for 3/2 far outside of them."""
    own, shared, error = mean_changes(K)
    assert error.max() < 0.05 * np.abs(own).max()
    assert (np.abs(own - shared) <= 5 * error).all()
    own, unweighted, error = mean_changes(2)
    assert (np.abs(own - unweighted) > 10 * error).any()


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("sp.Rational(block.K, block.M)", "1"),
        ("draw[j * block.K + k], 1)", "draw[k], 2)"),
        ("(y + self.K * self.soft_y)", "(y + self.soft_y)"),
    ],
)
def test_the_symbolic_statement_needs_its_weight_and_its_noise(right, wrong, monkeypatch):
    monkeypatch.setattr("w2v.checks.symbolic.results.registry.RESULTS", {})
    changed = mutant(symbolic, right, wrong)
    with pytest.raises(VerificationError, match="N5"):
        check(Result("N5", "mutant", changed.shared_negatives, changed.BLOCKS[:1]))


# ---- adding rows up ----


@pytest.mark.parametrize("name", ["add_at", "add_sorted", "add_sparse", "add_in_place"])
@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=12), st.integers(1, 3), st.booleans())
def test_rows_that_repeat_add_up(name, rows, D, single):
    rows, dtype = np.array(rows, dtype=np.int32), np.float32 if single else np.float64
    values = np.random.default_rng(3).normal(size=(len(rows), D)).astype(dtype)
    table = np.arange(7.0 * D, dtype=dtype).reshape(7, D)
    expected = table.copy()
    for row, value in zip(rows, values):
        expected[row] += value
    getattr(scatter, name)(table, rows, values)
    assert table.dtype == dtype
    np.testing.assert_allclose(table, expected, rtol=1e-5 if single else 1e-13, atol=1e-5 if single else 1e-13)


@pytest.mark.parametrize(
    "right, wrong, taken",
    [
        ("_sparsetools import csc_matvecs", "_sparsetools import no_such_thing", "add_sparse"),  # a SciPy without it
        (
            "_sparsetools import csc_matvecs",
            "_sparsetools import csr_matvecs as csc_matvecs",
            "add_sparse",
        ),  # one where it means another thing
        (
            "_sparsetools import csc_matvecs",
            "_sparsetools import csr_tobsr as csc_matvecs",
            "add_sparse",
        ),  # one where it is called otherwise
        ("import csr_array", "import no_such_thing", "add_in_place"),
    ],
)
def test_a_scipy_that_differs_is_done_without(right, wrong, taken):
    changed = mutant(scatter, right, wrong)
    assert changed.add_rows is getattr(changed, taken) and scatter.add_rows is scatter.add_in_place


def test_sum_rows(backend):
    """Row w collects weight times value over every place where w stands, twice if it stands there twice."""
    rows, weights = np.array([[3, 0, 3], [1, 3, 5]]), np.array([[2.0, 3.0, 5.0], [7.0, 11.0, 13.0]])
    values = np.array([[1.0, -2.0], [0.5, 4.0]])
    expected = np.zeros((7, 2))
    for i, k in np.ndindex(rows.shape):
        expected[rows[i, k]] += weights[i, k] * values[i]
    np.testing.assert_allclose(scatter.sum_rows(rows, weights, values, 7), expected, rtol=1e-14)


def test_without_scipy_the_sparse_way_says_what_to_do(monkeypatch):
    monkeypatch.setattr(scatter, "csr_array", None)
    with pytest.raises(ImportError, match="add_sparse: expected SciPy to be installed; without it, take add_sorted"):
        scatter.add_sparse(np.zeros((2, 2)), np.array([0]), np.ones((1, 2)))


def test_in_place_needs_its_function(monkeypatch):
    monkeypatch.setattr(scatter, "csc_matvecs", None)
    with pytest.raises(
        ImportError, match="add_in_place: expected a SciPy with csc_matvecs; without it, take add_sparse"
    ):
        scatter.add_in_place(np.zeros((2, 2)), np.array([0]), np.ones((1, 2)))


@pytest.mark.parametrize(
    "table, rows, values, error, message",
    [
        (
            np.zeros((4, 2))[::2],
            [0],
            np.ones((1, 2)),
            TypeError,
            "table, values: expected a contiguous table and values of its precision",
        ),
        (np.zeros((2, 2)), [0], np.ones((1, 2), np.float32), TypeError, "got float64 and float32"),
        (np.zeros((2, 2)), [0, 2], np.ones((2, 2)), IndexError, r"rows: expected indices in 0\.\.1, got 0\.\.2"),
        (np.zeros((2, 2)), [-1, 1], np.ones((2, 2)), IndexError, r"rows: expected indices in 0\.\.1, got -1\.\.1"),
    ],
)
def test_in_place_writes_nowhere_else(table, rows, values, error, message):
    """The compiled function checks nothing itself."""
    with pytest.raises(error, match=message):
        scatter.add_in_place(table, np.array(rows), values)


# ---- errors by example ----

V, U = tables()
STEP = (V, U, CENTERS, OUTSIDES, NEGATIVES, RATE)
BLOCK = (V, U, *BLOCKS, K, RATE)


def at(arguments, position, value):
    return (*arguments[:position], value, *arguments[position + 1 :])


ERRORS = [
    *((rung, at(STEP, 0, V.tolist()), TypeError, "V: expected a contiguous float array") for rung in RUNGS),
    *((rung, at(STEP, 2, [9] * 6), IndexError, r"centers: expected indices in 0\.\.4, got 9") for rung in RUNGS),
    (
        "add_at_step",
        at(STEP, 1, U.astype(np.float32)),
        ValueError,
        "V, U: expected one shape and one precision, got .* float64 and .* float32",
    ),
    ("add_at_step", at(STEP, 1, U[:4].copy()), ValueError, r"V, U: expected one shape and one precision, got \(5, 3\)"),
    (
        "add_at_step",
        at(STEP, 3, [0]),
        ValueError,
        r"outsides, negatives: expected shapes \(6,\) and \(6, K\), got \(1,\)",
    ),
    ("add_at_step", at(STEP, 4, [1, 2]), ValueError, r"expected shapes \(6,\) and \(6, K\), got \(6,\) and \(2,\)"),
    ("add_at_step", at(STEP, 4, [[-1]] * 6), IndexError, r"negatives: expected indices in 0\.\.4, got -1"),
    ("add_at_step", at(STEP, 5, 0), ValueError, "learning_rate: expected a finite number above 0, got 0"),
    (
        "shared_step",
        at(BLOCK, 2, CENTERS),
        ValueError,
        r"centers: expected one row of word indices for each block, got shape \(6,\)",
    ),
    (
        "shared_step",
        at(BLOCK, 3, [[0, 1]]),
        ValueError,
        r"outsides, negatives: expected shapes \(2, 3\) and \(2, M\), got \(1, 2\)",
    ),
    (
        "shared_step",
        at(BLOCK, 4, [[0, 1]]),
        ValueError,
        r"expected shapes \(2, 3\) and \(2, M\), got \(2, 3\) and \(1, 2\)",
    ),
    ("shared_step", at(BLOCK, 4, [[0.5], [1]]), TypeError, "negatives: expected word indices, ints"),
    ("shared_step", at(BLOCK, 5, 0), ValueError, "K: expected an int of at least 1, got 0"),
    ("shared_step", at(BLOCK, 6, -1), ValueError, "learning_rate: expected a finite number above 0, got -1"),
]


@pytest.mark.parametrize("name, arguments, error, message", ERRORS)
def test_errors(name, arguments, error, message):
    with pytest.raises(error, match=message):
        getattr(ladder, name)(*arguments)
