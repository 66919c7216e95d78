"""Sigmoids that keep the precision of their argument, and the check of the tables that a step changes."""

import numpy as np

from w2v.support import validate


def sigmoid(x):
    """(1 + tanh(x / 2)) / 2 = 1 / (1 + exp(-x)), in the precision of `x`; tanh never overflows."""
    result = np.tanh(x * x.dtype.type(0.5))
    result += 1
    result *= result.dtype.type(0.5)
    return result


def log_sigmoid(x):
    """min(x, 0) - log(1 + exp(-|x|)), in the precision of `x`."""
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))


def check_tables(V, U, learning_rate, rows=None):
    """TypeError or ValueError unless V and U are float tables of one shape, or U with so many `rows`, to be changed in place."""
    for name, table in (("V", V), ("U", U)):
        if (
            not isinstance(table, np.ndarray)
            or table.dtype.kind != "f"
            or not table.flags.c_contiguous
            or table.ndim != 2
        ):
            raise TypeError(f"{name}: expected a contiguous float array with one word per row, to be changed in place")
    shape = V.shape if rows is None else (rows, V.shape[1])
    if U.shape != shape or V.dtype != U.dtype:
        expected = "one shape" if rows is None else f"{rows} rows of V's length in U"
        raise ValueError(
            f"V, U: expected {expected} and one precision, got {V.shape} {V.dtype} and {U.shape} {U.dtype}"
        )
    validate.positive("learning_rate", learning_rate)
