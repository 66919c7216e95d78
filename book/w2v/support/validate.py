"""Arguments checked once, at the door: each error names the argument, what was expected and what came.

>>> validate.vector("v_c", [[1, 2]])
Traceback (most recent call last):
    ...
ValueError: v_c: expected a vector of shape (D,), got shape (1, 2)
>>> validate.integer("K", 5, least=1)
5
"""

from collections.abc import Iterable
from typing import Any

import numpy as np


def numbers(name: str, value: Any) -> np.ndarray:
    """Returns `value`, of any shape, as a float array; finite."""
    try:
        if np.iscomplexobj(value):
            raise TypeError("complex numbers")
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name}: expected an array of real numbers, got {type(value).__name__} ({error})") from None
    wrong = np.argwhere(~np.isfinite(array))
    if len(wrong):
        place = tuple(int(i) for i in wrong[0])
        raise ValueError(f"{name}: expected finite numbers, got {array[place]} at {list(place) or 'its only entry'}")
    return array


def vector(name: str, value: Any, size: int | None = None) -> np.ndarray:
    """Returns `value` as a float array of shape (size,); finite, at least one entry."""
    array = numbers(name, value)
    if array.ndim != 1 or array.size == 0 or (size is not None and array.size != size):
        expected = "(D,)" if size is None else f"({size},)"
        raise ValueError(f"{name}: expected a vector of shape {expected}, got shape {array.shape}")
    return array


def matrix(name: str, value: Any, columns: int | None = None) -> np.ndarray:
    """Returns `value` as a finite float array of shape (rows, columns), one word per row."""
    array = numbers(name, value)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{name}: expected a matrix with one word per row, got shape {array.shape}")
    if columns is not None and array.shape[1] != columns:
        hint = " (it looks transposed: words are rows here)" if array.shape[0] == columns else ""
        raise ValueError(
            f"{name}: expected {columns} columns, one per entry of the word vectors, got shape {array.shape}{hint}"
        )
    return array


def word(name: str, value: Any, vocabulary: int) -> int:
    """Returns `value` as an int in 0..vocabulary-1."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name}: expected the index of a word, an int, got {value!r} of type {type(value).__name__}")
    if not 0 <= value < vocabulary:
        raise IndexError(f"{name}: expected an index in 0..{vocabulary - 1}, got {value}")
    return int(value)


def words(name: str, values: Any, vocabulary: int) -> np.ndarray:
    """Returns `values` as an int array of shape (K,), K >= 1, each in 0..vocabulary-1; repeats allowed."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise TypeError(f"{name}: expected a flat list of word indices, got a ragged one ({error})") from None
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"{name}: expected a list of at least one word index, got shape {array.shape}")
    if not np.issubdtype(array.dtype, np.integer):
        raise TypeError(f"{name}: expected word indices, ints, got entries of type {array.dtype}")
    wrong = array[(array < 0) | (array >= vocabulary)]
    if wrong.size:
        raise IndexError(f"{name}: expected indices in 0..{vocabulary - 1}, got {wrong[0]}")
    return array


def distribution(name: str, value: Any, size: int | None = None) -> np.ndarray:
    """Returns `value` as a float array of shape (size,) with non-negative entries that sum to 1."""
    array = vector(name, value, size)
    if array.min() < 0 or abs(array.sum() - 1) > 1e-9:
        raise ValueError(
            f"{name}: expected non-negative entries with sum 1, got minimum {array.min():.6g} and sum {array.sum():.6g}"
        )
    return array


def integer(name: str, value: Any, least: int) -> int:
    """Returns `value` as an int that is at least `least`."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)) or value < least:
        raise ValueError(f"{name}: expected an int of at least {least}, got {value!r}")
    return int(value)


def positive(name: str, value: Any) -> float:
    """Returns `value` as a float that is finite and above 0."""
    if not _is_real(value) or not 0 < float(value) < np.inf:
        raise ValueError(f"{name}: expected a finite number above 0, got {value!r}")
    return float(value)


def not_negative(name: str, value: Any) -> float:
    """Returns `value` as a float that is finite and at least 0."""
    if not _is_real(value) or not 0 <= float(value) < np.inf:
        raise ValueError(f"{name}: expected a finite number of at least 0, got {value!r}")
    return float(value)


def flag(name: str, value: Any) -> bool:
    """Returns `value` as True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name}: expected True or False, got {value!r}")
    return bool(value)


def _is_real(value):
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)


def listed(name: str, items: Iterable) -> list:
    """Returns `items` as a list; a single string is refused."""
    if isinstance(items, str):
        raise TypeError(f"{name}: expected a list of words, got a single string; tokenize it first")
    try:
        return list(items)
    except TypeError:
        raise TypeError(f"{name}: expected a list, got {type(items).__name__}") from None
