"""Adding rows to a table in place, where rows that repeat add up: four ways, one result.

Each function computes table[rows[i]] += values[i] for every i. They differ in how often the table is
touched, and so in speed only; `add_rows` is the fastest that is there.
"""

import numpy as np

try:
    from scipy.sparse import csr_array
except ImportError:  # in the browser there is no SciPy
    csr_array = None
try:
    from scipy.sparse._sparsetools import csc_matvecs
except ImportError:  # no SciPy, or one that has it no more: it is not public
    csc_matvecs = None


def add_at(table, rows, values):
    """One row after the other, by `np.add.at`: right and slow."""
    np.add.at(table, rows, values)


def add_sorted(table, rows, values):
    """Sorts the rows, sums each run of equal rows by `np.add.reduceat`, then touches every row once."""
    order, distinct, starts = runs(rows)
    if len(rows):
        table[distinct] += np.add.reduceat(values[order], starts[:-1])


def add_sparse(table, rows, values):
    """The sums as one product A @ values, A[j, i] = 1 if rows[i] is the j-th distinct row; needs SciPy.

    Row j of A holds the ones from starts[j] to starts[j+1], which is the CSR form of a sparse matrix.
    """
    if csr_array is None:
        raise ImportError("add_sparse: expected SciPy to be installed; without it, take add_sorted")
    order, distinct, starts = runs(rows)
    ones = np.ones(len(rows), values.dtype)
    table[distinct] += csr_array((ones, order, starts), shape=(len(distinct), len(rows))) @ values


def add_in_place(table: np.ndarray, rows: np.ndarray, values: np.ndarray) -> None:
    """The sums as table += A @ values, A[rows[i], i] = 1: SciPy's product with a CSC matrix, which adds to what is there.

    Nothing is sorted and no row is copied. SciPy reaches this function under its public ones only, so
    it is taken if it is there and `_adds_up`, and `add_sparse` otherwise.

    >>> table = np.zeros((3, 2))
    >>> add_in_place(table, np.array([0, 2, 2]), np.ones((3, 2)))
    >>> table
    array([[1., 1.],
           [0., 0.],
           [2., 2.]])
    """
    if csc_matvecs is None:
        raise ImportError("add_in_place: expected a SciPy with csc_matvecs; without it, take add_sparse")
    if not table.flags.c_contiguous or values.dtype != table.dtype:
        raise TypeError(
            f"table, values: expected a contiguous table and values of its precision, got {table.dtype} and {values.dtype}"
        )
    if len(rows) and not 0 <= rows.min() <= rows.max() < len(table):
        raise IndexError(f"rows: expected indices in 0..{len(table) - 1}, got {rows.min()}..{rows.max()}")
    (n, D), ends = values.shape, np.arange(len(rows) + 1, dtype=np.int32)
    csc_matvecs(
        len(table),
        n,
        D,
        ends,
        rows.astype(np.int32, copy=False),
        np.ones(n, table.dtype),
        values.ravel(),
        table.reshape(-1),
    )


def _adds_up():
    """Whether `add_in_place` does what it says, on three rows of which two are the same."""
    table = np.ones((3, 2))
    try:
        add_in_place(table, np.array([2, 0, 2]), np.arange(6.0).reshape(3, 2))
    except (ImportError, TypeError, ValueError):
        return False
    return table.tolist() == [[3, 4], [1, 1], [5, 7]]


def sum_rows(rows: np.ndarray, weights: np.ndarray, values: np.ndarray, height: int) -> np.ndarray:
    """The table of shape (height, D) whose row w is the sum of weights[i, k] values[i] over all rows[i, k] = w.

    With SciPy it is A^T @ values, A[i, w] being the sum of the weights[i, k] with rows[i, k] = w: a
    sparse matrix with as many entries as `rows`, in CSR form. Without SciPy the products are formed.

    >>> sum_rows(np.array([[0, 2], [2, 2]]), np.ones((2, 2)), np.array([[1.0, 0], [0, 1]]), height=3)
    array([[1., 0.],
           [0., 0.],
           [1., 2.]])
    """
    if csr_array is not None:
        ends = np.arange(0, rows.size + 1, rows.shape[1])
        return csr_array((weights.ravel(), rows.ravel(), ends), shape=(len(rows), height)).T @ values
    total = np.zeros((height, values.shape[1]), values.dtype)
    add_sorted(total, rows.ravel(), (weights[:, :, None] * values[:, None]).reshape(-1, values.shape[1]))
    return total


def runs(rows):
    """(order, distinct, starts): rows[order] is sorted, and its run of distinct[j] is starts[j] to starts[j+1]."""
    order = np.argsort(rows, kind="stable")
    ordered = rows[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    starts = np.append(np.flatnonzero(first), len(rows)).astype(np.int32)
    return order.astype(np.int32), ordered[starts[:-1]], starts


add_rows = add_in_place if _adds_up() else add_sorted if csr_array is None else add_sparse
