"""The skip-gram loss of one context window: a sum of pair losses, and its gradients.

`V` holds the center vectors and `U` the outside vectors, one word per row, both of shape
(vocabulary, D). `center` is the index of the center word, `outside` the indices of the words in
its window, in order, repeats allowed. Without `negatives` each pair is charged with the naive
softmax loss; with `negatives`, one list of K word indices for each outside word, with the
negative sampling loss. Errors are those of `w2v.losses`.
"""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike

from w2v.losses.pair import (
    naive_softmax_gradients,
    naive_softmax_loss,
    negative_sampling_gradients,
    negative_sampling_loss,
)
from w2v.support import validate


def skip_gram_loss(
    center: int, outside: ArrayLike, V: ArrayLike, U: ArrayLike, negatives: ArrayLike | None = None
) -> float:
    """sum_j J(v_c, w_{t+j}, U) over the words of the window; a float, in nats.

    >>> V, U = np.eye(3, 2), np.ones((3, 2))
    >>> round(skip_gram_loss(0, [1, 2], V, U), 4)  # 2 log 3
    2.1972
    >>> round(skip_gram_loss(0, [1, 2], V, U, negatives=[[0], [0]]), 4)
    3.253
    """
    v_c, pairs = _pairs(center, outside, V, U, negatives)
    loss = naive_softmax_loss if negatives is None else negative_sampling_loss
    return sum(loss(v_c, o, U, *rest) for o, *rest in pairs)


def skip_gram_gradients(
    center: int, outside: ArrayLike, V: ArrayLike, U: ArrayLike, negatives: ArrayLike | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """(grad_V, grad_U), both (vocabulary, D); only row `center` of grad_V is not zero.

    >>> grad_V, grad_U = skip_gram_gradients(0, [1, 2], np.eye(3, 2), np.ones((3, 2)))
    >>> grad_U.round(4)
    array([[ 0.6667,  0.    ],
           [-0.3333,  0.    ],
           [-0.3333,  0.    ]])
    """
    v_c, pairs = _pairs(center, outside, V, U, negatives)
    gradients = naive_softmax_gradients if negatives is None else negative_sampling_gradients
    return sum_over_window(gradients, center, v_c, V, U, pairs)


def sum_over_window(
    gradients: Callable, center: int, v_c: np.ndarray, V: ArrayLike, U: ArrayLike, pairs: Iterable[tuple]
) -> tuple[np.ndarray, np.ndarray]:
    """Adds up gradients(v_c, o, U, ...) over the pairs (o, ...) of a window; returns (grad_V, grad_U).

    >>> V, U = np.eye(3, 2), np.ones((3, 2))
    >>> grad_V, grad_U = sum_over_window(naive_softmax_gradients, 0, V[0], V, U, [(1,), (2,)])
    >>> grad_U.round(4)
    array([[ 0.6667,  0.    ],
           [-0.3333,  0.    ],
           [-0.3333,  0.    ]])
    """
    grad_V, grad_U = np.zeros(np.shape(V)), np.zeros(np.shape(U))
    for o, *rest in pairs:
        grad_v_c, grad_U_pair = gradients(v_c, o, U, *rest)
        grad_V[center] += grad_v_c
        grad_U += grad_U_pair
    return grad_V, grad_U


def _pairs(center, outside, V, U, negatives):
    """The center vector and one tuple (o,) or (o, negatives) for each outside word."""
    V = validate.matrix("V", V)
    U = validate.matrix("U", U, columns=V.shape[1])
    if len(U) != len(V):
        raise ValueError(f"U: expected one row for each of the {len(V)} words of V, got {len(U)} rows")
    v_c = V[validate.word("center", center, len(V))]
    outside = validate.words("outside", outside, len(U)).tolist()
    if negatives is None:
        return v_c, [(o,) for o in outside]
    lists = len(negatives) if isinstance(negatives, (list, tuple, np.ndarray)) else repr(negatives)
    if lists != len(outside):
        raise ValueError(f"negatives: expected one list for each of the {len(outside)} outside words, got {lists}")
    return v_c, list(zip(outside, negatives))
