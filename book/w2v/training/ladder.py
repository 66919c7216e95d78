"""One step along the summed gradients of B pairs, five times: the same mathematics, each time with less work.

V <- V - learning_rate dJ/dV and U <- U - learning_rate dJ/dU, in place, with J the sum of the negative
sampling losses of the pairs, all gradients taken at the same tables. `centers` and `outsides` have
shape (B,), `negatives` (B, K). The next rung, text in stretches, is `w2v.training.fast`.
"""

import numpy as np
from numpy.typing import ArrayLike

from w2v.losses.costs import bare_negative_sampling, bare_negative_sampling_table
from w2v.support import validate
from w2v.training.fast.arithmetic import check_tables, sigmoid
from w2v.training.fast.scatter import add_rows, sum_rows


def dense_step(
    V: np.ndarray, U: np.ndarray, centers: ArrayLike, outsides: ArrayLike, negatives: ArrayLike, learning_rate: float
) -> None:
    """Rung 1, as in the assignment: two gradient tables as large as V and U for every pair.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> dense_step(V, U, [0, 1], [1, 2], [[2, 2], [0, 0]], learning_rate=0.5)
    >>> U
    array([[ 0.  , -0.5 ],
           [ 0.25,  0.  ],
           [-0.5 ,  0.25]])
    """
    centers, rows = _checked(V, U, centers, outsides, negatives, learning_rate)
    grad_V, grad_U = np.zeros_like(V), np.zeros_like(U)
    for c, pair in zip(centers, rows):
        pair_V, (grad_v_c, pair_U) = np.zeros_like(V), bare_negative_sampling_table(V[c], pair, U)
        pair_V[c] = grad_v_c
        grad_V += pair_V
        grad_U += pair_U
    V -= learning_rate * grad_V
    U -= learning_rate * grad_U


def rows_step(
    V: np.ndarray, U: np.ndarray, centers: ArrayLike, outsides: ArrayLike, negatives: ArrayLike, learning_rate: float
) -> None:
    """Rung 2: only the K + 2 rows that a pair touches, one pair after the other.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> rows_step(V, U, [0, 1], [1, 2], [[2, 2], [0, 0]], learning_rate=0.5)
    >>> U
    array([[ 0.  , -0.5 ],
           [ 0.25,  0.  ],
           [-0.5 ,  0.25]])
    """
    centers, rows = _checked(V, U, centers, outsides, negatives, learning_rate)
    gradients = [bare_negative_sampling(V[c], pair, U) for c, pair in zip(centers, rows)]
    for c, pair, (grad_v_c, grad_rows) in zip(centers, rows, gradients):
        V[c] -= learning_rate * grad_v_c
        for w, gradient in zip(pair, grad_rows):
            U[w] -= learning_rate * gradient


def add_at_step(
    V: np.ndarray, U: np.ndarray, centers: ArrayLike, outsides: ArrayLike, negatives: ArrayLike, learning_rate: float
) -> None:
    """Rung 3: all pairs at once; `np.add.at` adds up the rows that repeat.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> add_at_step(V, U, [0, 1], [1, 2], [[2, 2], [0, 0]], learning_rate=0.5)
    >>> U
    array([[ 0.  , -0.5 ],
           [ 0.25,  0.  ],
           [-0.5 ,  0.25]])
    """
    centers, rows = _checked(V, U, centers, outsides, negatives, learning_rate)
    v, delta, grad_v = pair_gradients(V, U, centers, rows)
    np.add.at(V, centers, -learning_rate * grad_v)
    np.add.at(U, rows, -learning_rate * delta[:, :, None] * v[:, None])


def sparse_step(
    V: np.ndarray, U: np.ndarray, centers: ArrayLike, outsides: ArrayLike, negatives: ArrayLike, learning_rate: float
) -> None:
    """Rung 4: the rows are added up by a sparse matrix product, and no outer product delta v_c^T is formed.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> sparse_step(V, U, [0, 1], [1, 2], [[2, 2], [0, 0]], learning_rate=0.5)
    >>> U
    array([[ 0.  , -0.5 ],
           [ 0.25,  0.  ],
           [-0.5 ,  0.25]])
    """
    centers, rows = _checked(V, U, centers, outsides, negatives, learning_rate)
    v, delta, grad_v = pair_gradients(V, U, centers, rows)
    V -= learning_rate * sum_rows(centers[:, None], np.ones_like(delta[:, :1]), grad_v, len(V))
    U -= learning_rate * sum_rows(rows, delta, v, len(U))


def shared_step(
    V: np.ndarray,
    U: np.ndarray,
    centers: ArrayLike,
    outsides: ArrayLike,
    negatives: ArrayLike,
    K: int,
    learning_rate: float,
) -> None:
    """Rung 5: G blocks of b pairs; the pairs of a block share M negatives, each with the weight K/M.

    `centers` and `outsides` have shape (G, b), `negatives` (G, M). The gradient differs from that of
    K negatives for each pair, its mean over the draws does not: result N5.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> shared_step(V, U, [[0, 1]], [[1, 2]], [[2, 2, 0, 0]], K=2, learning_rate=0.5)
    >>> U
    array([[-0.25, -0.25],
           [ 0.25,  0.  ],
           [-0.25,  0.  ]])
    """
    centers, outsides, negatives = _checked_blocks(V, U, centers, outsides, negatives, K, learning_rate)
    v, u, n = V[centers], U[outsides], U[negatives]  # (G, b, D), (G, b, D), (G, M, D)
    positive = -learning_rate * (sigmoid(np.einsum("gbd,gbd->gb", v, u)) - 1)[:, :, None]
    negative = -learning_rate * K / negatives.shape[1] * sigmoid(v @ n.transpose(0, 2, 1))  # (G, b, M)
    add_rows(V, centers.ravel(), _flat(positive * u + negative @ n))
    changes = np.concatenate([_flat(positive * v), _flat(negative.transpose(0, 2, 1) @ v)])
    add_rows(U, np.concatenate([outsides.ravel(), negatives.ravel()]), changes)


def pair_gradients(
    V: np.ndarray, U: np.ndarray, centers: np.ndarray, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """v of shape (B, D), delta (B, K+1) as in T20 to T22, and the gradients grad_v (B, D) of the center vectors.

    >>> V, U = np.eye(3, 2), np.zeros((3, 2))
    >>> v, delta, grad_v = pair_gradients(V, U, np.array([0, 1]), np.array([[1, 2, 2], [2, 0, 0]]))
    >>> delta
    array([[-0.5,  0.5,  0.5],
           [-0.5,  0.5,  0.5]])
    """
    v, u = V[centers], U[rows]
    delta = sigmoid(np.einsum("bkd,bd->bk", u, v))
    delta[:, 0] -= 1
    return v, delta, np.einsum("bk,bkd->bd", delta, u)


def _flat(rows):
    return rows.reshape(-1, rows.shape[-1])


def _checked(V, U, centers, outsides, negatives, learning_rate):
    """The centers and the rows (o, w_1, ..., w_K) of each pair, shape (B, K+1), as index arrays."""
    check_tables(V, U, learning_rate)
    centers = validate.words("centers", centers, len(V))
    outsides, negatives = validate.words("outsides", outsides, len(U)), np.asarray(negatives)
    if len(outsides) != len(centers) or negatives.ndim != 2 or len(negatives) != len(centers):
        raise ValueError(
            f"outsides, negatives: expected shapes ({len(centers)},) and ({len(centers)}, K), got {outsides.shape} and {negatives.shape}"
        )
    validate.words("negatives", negatives.ravel(), len(U))
    return centers, np.column_stack([outsides, negatives])


def _checked_blocks(V, U, centers, outsides, negatives, K, learning_rate):
    check_tables(V, U, learning_rate)
    validate.integer("K", K, least=1)
    blocks = {"centers": centers, "outsides": outsides, "negatives": negatives}
    for name, block in blocks.items():
        blocks[name] = block = np.asarray(block)
        if block.ndim != 2:
            raise ValueError(f"{name}: expected one row of word indices for each block, got shape {block.shape}")
        validate.words(name, block.ravel(), len(U))
    centers, outsides, negatives = blocks.values()
    if outsides.shape != centers.shape or len(negatives) != len(centers):
        raise ValueError(
            f"outsides, negatives: expected shapes {centers.shape} and ({len(centers)}, M), got {outsides.shape} and {negatives.shape}"
        )
    return centers, outsides, negatives
