"""The errors for arguments that do not fit: the argument, what was expected, what came."""

import numpy as np
import pytest

from mutation import mutant
from w2v.losses import functions
from w2v.support import validate

REFUSED = (
    ("vector('z', [[1.0, 2.0]])", ValueError, "z: expected a vector of shape (D,), got shape (1, 2)"),
    ("vector('z', 3.0)", ValueError, "z: expected a vector of shape (D,), got shape ()"),
    ("vector('z', [])", ValueError, "z: expected a vector of shape (D,), got shape (0,)"),
    ("vector('v_c', [1.0, 2.0], 3)", ValueError, "v_c: expected a vector of shape (3,), got shape (2,)"),
    ("vector('z', [1.0, nan])", ValueError, "z: expected finite numbers, got nan at [1]"),
    ("vector('z', inf)", ValueError, "z: expected finite numbers, got inf at its only entry"),
    (
        "vector('z', ['a', 'b'])",
        TypeError,
        "z: expected an array of real numbers, got list (could not convert string to float: 'a')",
    ),
    ("matrix('U', [1.0, 2.0])", ValueError, "U: expected a matrix with one word per row, got shape (2,)"),
    ("matrix('U', [[], []])", ValueError, "U: expected a matrix with one word per row, got shape (2, 0)"),
    ("matrix('U', [[1.0, 2.0], [3.0, -inf]])", ValueError, "U: expected finite numbers, got -inf at [1, 1]"),
    (
        "matrix('U', ones((5, 3)), 2)",
        ValueError,
        "U: expected 2 columns, one per entry of the word vectors, got shape (5, 3)",
    ),
    (
        "matrix('U', ones((3, 5)), 3)",
        ValueError,
        "U: expected 3 columns, one per entry of the word vectors, got shape (3, 5) (it looks transposed: words are rows here)",
    ),
    ("word('o', 5, 5)", IndexError, "o: expected an index in 0..4, got 5"),
    ("word('o', -1, 5)", IndexError, "o: expected an index in 0..4, got -1"),
    ("word('o', 2.0, 5)", TypeError, "o: expected the index of a word, an int, got 2.0 of type float"),
    ("word('o', True, 5)", TypeError, "o: expected the index of a word, an int, got True of type bool"),
    ("word('o', 'milk', 5)", TypeError, "o: expected the index of a word, an int, got 'milk' of type str"),
    ("words('negatives', [], 5)", ValueError, "negatives: expected a list of at least one word index, got shape (0,)"),
    ("words('negatives', 3, 5)", ValueError, "negatives: expected a list of at least one word index, got shape ()"),
    (
        "words('negatives', [[1, 2]], 5)",
        ValueError,
        "negatives: expected a list of at least one word index, got shape (1, 2)",
    ),
    (
        "words('negatives', [1.0, 2.0], 5)",
        TypeError,
        "negatives: expected word indices, ints, got entries of type float64",
    ),
    (
        "words('negatives', [True, False], 5)",
        TypeError,
        "negatives: expected word indices, ints, got entries of type bool",
    ),
    ("words('negatives', [3, 5, 1], 5)", IndexError, "negatives: expected indices in 0..4, got 5"),
    ("words('negatives', [3, -2, 1], 5)", IndexError, "negatives: expected indices in 0..4, got -2"),
    (
        "distribution('y', [0.5, 0.6])",
        ValueError,
        "y: expected non-negative entries with sum 1, got minimum 0.5 and sum 1.1",
    ),
    (
        "distribution('y', [0.2, 0.2])",
        ValueError,
        "y: expected non-negative entries with sum 1, got minimum 0.2 and sum 0.4",
    ),
    (
        "distribution('y', [1.5, -0.5])",
        ValueError,
        "y: expected non-negative entries with sum 1, got minimum -0.5 and sum 1",
    ),
    ("distribution('y', [0.5, 0.5], 3)", ValueError, "y: expected a vector of shape (3,), got shape (2,)"),
    ("integer('K', 0, 1)", ValueError, "K: expected an int of at least 1, got 0"),
    ("integer('K', 2.0, 1)", ValueError, "K: expected an int of at least 1, got 2.0"),
    ("integer('K', True, 1)", ValueError, "K: expected an int of at least 1, got True"),
    ("positive('h', 0)", ValueError, "h: expected a finite number above 0, got 0"),
    ("positive('h', -1e-5)", ValueError, "h: expected a finite number above 0, got -1e-05"),
    ("positive('h', inf)", ValueError, "h: expected a finite number above 0, got inf"),
    ("positive('h', nan)", ValueError, "h: expected a finite number above 0, got nan"),
    ("positive('h', '1')", ValueError, "h: expected a finite number above 0, got '1'"),
)

ACCEPTED = (
    ("vector('z', [1, 2, 3], 3)", [1.0, 2.0, 3.0]),
    ("matrix('U', ones((5, 3)), 3)", np.ones((5, 3))),
    ("word('o', 0, 5)", 0),
    ("word('o', int64(4), 5)", 4),
    ("words('negatives', [4, 0, 4], 5)", [4, 0, 4]),
    ("distribution('y', [0.5, 0.5 + 1e-10], 2)", [0.5, 0.5]),
    ("distribution('y', [0, 1, 0])", [0, 1, 0]),
    ("integer('K', int64(1), 1)", 1),
    ("positive('h', 1e-5)", 1e-5),
)


def ask(module, call):
    """What the call, a function of `module` with its arguments, returns."""
    return eval(call, {**vars(module), "inf": np.inf, "nan": np.nan, "ones": np.ones, "int64": np.int64})


def refuses(module, call, kind, message):
    with pytest.raises(kind) as caught:
        ask(module, call)
    assert str(caught.value) == message


@pytest.mark.parametrize("call, kind, message", REFUSED)
def test_refused(call, kind, message):
    refuses(validate, call, kind, message)


@pytest.mark.parametrize("call, expected", ACCEPTED)
def test_accepted(call, expected):
    np.testing.assert_allclose(ask(validate, call), expected, atol=1e-9)


@pytest.mark.parametrize(
    "call, kind, message",
    [
        ("softmax([])", ValueError, "scores: expected a vector of shape (D,), got shape (0,)"),
        ("softmax([0.0, nan])", ValueError, "scores: expected finite numbers, got nan at [1]"),
        ("log_sum_exp([[1.0], [2.0]])", ValueError, "scores: expected a vector of shape (D,), got shape (2, 1)"),
        ("log_softmax([inf, 0.0])", ValueError, "scores: expected finite numbers, got inf at [0]"),
        ("sigmoid_jacobian(1.0)", ValueError, "x: expected a vector of shape (D,), got shape ()"),
        ("one_hot(5, 5)", IndexError, "o: expected an index in 0..4, got 5"),
        ("one_hot(0, 0)", ValueError, "vocabulary: expected an int of at least 1, got 0"),
        (
            "cross_entropy([0.5, 0.5], [0.2, 0.3, 0.5])",
            ValueError,
            "y_hat: expected a vector of shape (2,), got shape (3,)",
        ),
        ("entropy([0.2, 0.2])", ValueError, "y: expected non-negative entries with sum 1, got minimum 0.2 and sum 0.4"),
        (
            "kl_divergence([0.5, 0.5], [0.9, 0.2])",
            ValueError,
            "y_hat: expected non-negative entries with sum 1, got minimum 0.2 and sum 1.1",
        ),
    ],
)
def test_functions_refuse(call, kind, message):
    refuses(functions, call, kind, message)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("if array.ndim != 1 or array.size == 0 or (size is not None", "if array.size == 0 or (size is not None"),
        ("if array.ndim != 1 or array.size == 0 or (size is not None", "if array.ndim != 1 or (size is not None"),
        ("or (size is not None and array.size != size)", ""),
        ("array.ndim != 2 or 0 in array.shape", "array.ndim != 2"),
        ("array.shape[1] != columns:", "array.shape[0] != columns:"),
        ("if array.shape[0] == columns else", "if array.shape[0] != columns else"),
        ("if not 0 <= value < vocabulary:", "if not 0 <= value <= vocabulary:"),
        ("if not 0 <= value < vocabulary:", "if not value < vocabulary:"),
        ("(array < 0) | (array >= vocabulary)", "(array < 0) | (array > vocabulary)"),
        ("(array < 0) | (array >= vocabulary)", "array >= vocabulary"),
        ("np.issubdtype(array.dtype, np.integer)", "np.issubdtype(array.dtype, np.number)"),
        ("array.min() < 0 or abs", "abs"),
        ("abs(array.sum() - 1) > 1e-9", "array.sum() - 1 > 1e-9 or array.sum() < 0"),
        ("or value < least", ""),
        ("0 < float(value) < np.inf", "0 <= float(value) < np.inf"),
        ("0 < float(value) < np.inf", "0 < float(value)"),
        ("np.argwhere(~np.isfinite(array))", "np.argwhere(np.isnan(array))"),
        ("np.argwhere(~np.isfinite(array))", "np.argwhere(np.isinf(array))"),
    ],
)
def test_error_table_refutes_mutant(right, wrong):
    changed = mutant(validate, right, wrong)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        for row in REFUSED:
            refuses(changed, *row)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("0 <= value < vocabulary", "0 < value < vocabulary"),
        ("(array < 0) | (array >= vocabulary)", "(array <= 0) | (array >= vocabulary)"),
        ("not isinstance(value, (int, np.integer)):", "not isinstance(value, int):"),
        ("abs(array.sum() - 1) > 1e-9", "abs(array.sum() - 1) > 0"),
        ("or value < least", "or value <= least"),
        ("array.min() < 0", "array.min() <= 0"),
    ],
)
def test_a_check_that_refuses_too_much_is_seen(right, wrong):
    changed = mutant(validate, right, wrong)
    with pytest.raises((ValueError, TypeError, IndexError)):
        for call, _ in ACCEPTED:
            ask(changed, call)
