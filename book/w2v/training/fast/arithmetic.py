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


def check_tables(V, U, learning_rate):
    """TypeError or ValueError unless V and U are float tables of one shape, to be changed in place."""
    for name, table in (("V", V), ("U", U)):
        if (
            not isinstance(table, np.ndarray)
            or table.dtype.kind != "f"
            or not table.flags.c_contiguous
            or table.ndim != 2
        ):
            raise TypeError(f"{name}: expected a contiguous float array with one word per row, to be changed in place")
    if V.shape != U.shape or V.dtype != U.dtype:
        raise ValueError(f"V, U: expected one shape and one precision, got {V.shape} {V.dtype} and {U.shape} {U.dtype}")
    validate.positive("learning_rate", learning_rate)
