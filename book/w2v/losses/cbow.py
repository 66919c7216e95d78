"""The CBOW loss of one context window: the mean of the outside words' vectors predicts the center word.

`V` holds the vectors that are read in and `U` those that predict, one word per row, both of shape
(vocabulary, D). `center` is the index of the word to be predicted, `outside` the indices of the
words in its window, repeats allowed. Without `negatives` the loss is naive softmax; with `negatives`,
the K word indices drawn for this window, it is negative sampling. With `mean=False` the vectors are
added up and not divided by their number. Errors are those of `w2v.losses`.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from w2v.losses.pair import (
    naive_softmax_gradients,
    naive_softmax_loss,
    negative_sampling_gradients,
    negative_sampling_loss,
)
from w2v.support import validate


def context_vector(outside: Sequence[int] | np.ndarray, V: ArrayLike, mean: bool = True) -> np.ndarray:
    """v_bar = (1/2m) sum_j v_{w_{t+j}}, the mean of the rows `outside` of V (or their sum); shape (D,).

    >>> context_vector([0, 0, 1], [[3, 0], [0, 3]])
    array([2., 1.])
    >>> context_vector([0, 0, 1], [[3, 0], [0, 3]], mean=False)
    array([6., 3.])
    """
    V = validate.matrix("V", V)
    total = V[validate.words("outside", outside, len(V))].sum(axis=0)
    return total / len(outside) if mean else total


def cbow_loss(
    center: int,
    outside: Sequence[int] | np.ndarray,
    V: ArrayLike,
    U: ArrayLike,
    negatives: ArrayLike | None = None,
    mean: bool = True,
) -> float:
    """J(v_bar, c, U): the loss of a pair, with v_bar for the center vector and c for the outside word; a float.

    >>> round(cbow_loss(0, [1, 2], np.eye(3, 2), np.ones((3, 2))), 4)  # log 3
    1.0986
    """
    pair = _pair(center, outside, V, U, negatives, mean)
    return (naive_softmax_loss if negatives is None else negative_sampling_loss)(*pair)


def cbow_gradients(
    center: int,
    outside: Sequence[int] | np.ndarray,
    V: ArrayLike,
    U: ArrayLike,
    negatives: ArrayLike | None = None,
    mean: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """(grad_V, grad_U), both (vocabulary, D).

    Row w of grad_V is n_w/(2m) dJ/dv_bar, with n_w the number of times w is in the window; no factor
    1/(2m) if `mean` is False. grad_U is that of the pair loss at v_bar.

    >>> grad_V, grad_U = cbow_gradients(0, [1, 2], np.eye(3, 2), np.eye(3, 2), negatives=[1])
    >>> grad_V.round(4)
    array([[ 0.    ,  0.    ],
           [-0.25  ,  0.3112],
           [-0.25  ,  0.3112]])
    """
    pair = _pair(center, outside, V, U, negatives, mean)
    gradients = naive_softmax_gradients if negatives is None else negative_sampling_gradients
    return spread(gradients, pair, outside, V, len(outside) if mean else 1)


def spread(
    gradients: Callable, pair: tuple, outside: Sequence[int] | np.ndarray, V: ArrayLike, share: float
) -> tuple[np.ndarray, np.ndarray]:
    """(grad_V, grad_U) from the `gradients` of a pair: each word of the window gets dJ/dv_bar divided by `share`.

    >>> V, U = np.eye(3, 2), np.eye(3, 2)
    >>> pair = context_vector([1, 2], V), 0, U
    >>> grad_V, grad_U = spread(naive_softmax_gradients, pair, [1, 2], V, share=2)
    >>> grad_V.round(4)
    array([[ 0.    ,  0.    ],
           [-0.363 ,  0.2259],
           [-0.363 ,  0.2259]])
    """
    grad_v_bar, grad_U = gradients(*pair)
    grad_V = np.zeros(np.shape(V))
    np.add.at(grad_V, np.asarray(outside), grad_v_bar / share)
    return grad_V, grad_U


def _pair(center, outside, V, U, negatives, mean):
    """The arguments (v_bar, center, U) or (v_bar, center, U, negatives) of a pair loss."""
    V = validate.matrix("V", V)
    U = validate.matrix("U", U, columns=V.shape[1])
    if len(U) != len(V):
        raise ValueError(f"U: expected one row for each of the {len(V)} words of V, got {len(U)} rows")
    if not isinstance(mean, (bool, np.bool_)):
        raise TypeError(f"mean: expected True or False, got {mean!r}")
    center = validate.word("center", center, len(V))
    pair = (context_vector(outside, V, mean), center, U)
    return pair if negatives is None else (*pair, negatives)
