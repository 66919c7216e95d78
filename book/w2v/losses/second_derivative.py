"""The second derivative of the naive softmax loss with respect to the center vector: the covariance of the outside vectors.

It does not depend on what was observed, so there is no argument `o` or `y`.
"""

import numpy as np
from numpy.typing import ArrayLike

from w2v.losses.functions import softmax
from w2v.support import validate


def naive_softmax_hessian(v_c: ArrayLike, U: ArrayLike) -> np.ndarray:
    """U^T (diag(y_hat) - y_hat y_hat^T) U, the covariance of the rows of U under y_hat = softmax(U v_c); shape (D, D).

    >>> naive_softmax_hessian([0, 0], [[1, 0], [-1, 0], [0, 3]]).round(4)
    array([[0.6667, 0.    ],
           [0.    , 2.    ]])
    """
    y_hat, centered = _centered(v_c, U)
    return centered.T @ (y_hat[:, None] * centered)


def naive_softmax_hessian_times(v_c: ArrayLike, U: ArrayLike, direction: ArrayLike) -> np.ndarray:
    """The Hessian times `direction`, shape (D,), in O(vocabulary D): the matrix is never formed.

    >>> naive_softmax_hessian_times([0, 0], [[1, 0], [-1, 0], [0, 3]], direction=[1, 1]).round(4)
    array([0.6667, 2.    ])
    """
    y_hat, centered = _centered(v_c, U)
    return centered.T @ (y_hat * (centered @ validate.vector("direction", direction, size=centered.shape[1])))


def _centered(v_c, U):
    """(y_hat, U minus its mean under y_hat): with the mean taken off first, no digits cancel."""
    v_c = validate.vector("v_c", v_c)
    U = validate.matrix("U", U, columns=v_c.size)
    y_hat = softmax(U @ v_c)
    return y_hat, U - y_hat @ U
