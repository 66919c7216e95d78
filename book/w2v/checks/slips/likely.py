"""The search for the slip that explains wrong numbers."""

from collections.abc import Callable, Sequence

import numpy as np

from w2v.checks.slips import cbow
from w2v.checks.slips.hierarchical_softmax import HIERARCHICAL_SOFTMAX
from w2v.checks.slips.pair import NAIVE_SOFTMAX, NEGATIVE_SAMPLING
from w2v.losses.skip_gram import sum_over_window

OF_LOSS = {
    "naive_softmax_loss": NAIVE_SOFTMAX,
    "negative_sampling_loss": NEGATIVE_SAMPLING,
    "hierarchical_softmax_loss": HIERARCHICAL_SOFTMAX,
}


def likely_slip(
    loss: Callable, arguments: Sequence, position: int, gradient: np.ndarray, expected: np.ndarray
) -> str | None:
    """Names the slip that explains `gradient` where `expected` is right; None if none does.

    `position` counts the gradients that go with `loss` at `arguments`: 0 for the center vector
    (or the table V), 1 for the table U.

    >>> likely_slip(lambda x: x, [], 0, np.array([-2.0, 6.0]), np.array([2.0, -6.0]))
    'the sign is reversed'
    >>> likely_slip(lambda x: x, [], 0, np.array([1.0, 3.0]), np.array([2.0, 6.0]))
    'a constant factor 0.5 too many'
    """
    gradient = np.asarray(gradient, dtype=float)
    if not np.all(np.isfinite(gradient)):
        return "an overflow: the entries are not finite; use the stable sigmoid and softmax"
    for slip, wrong in _wrong_gradients(loss, arguments):
        if _same(gradient, wrong[position]) and not _same(wrong[position], expected):
            return str(slip)
    return _of_shape_and_scale(gradient, expected)


def _wrong_gradients(loss, arguments):
    name = getattr(loss, "__name__", "")
    if name == "skip_gram_loss":
        return _of_window(*arguments)
    if name == "cbow_loss":
        return cbow.wrong_gradients(*arguments)
    return ((slip, slip.gradients(*arguments)) for slip in OF_LOSS.get(name, ()))


def _of_window(center, outside, V, U, negatives=None):
    slips = NAIVE_SOFTMAX if negatives is None else NEGATIVE_SAMPLING
    pairs = [(o,) for o in outside] if negatives is None else list(zip(outside, negatives))
    v_c = np.asarray(V)[center]
    return ((slip, sum_over_window(slip.gradients, center, v_c, V, U, pairs)) for slip in slips)


def _of_shape_and_scale(gradient, expected):
    if not gradient.any():
        return "the gradient is zero everywhere"
    if _same(gradient, -expected):
        return "the sign is reversed"
    if gradient.ndim == 2 and gradient.shape[0] == gradient.shape[1] and _same(gradient, expected.T):
        return "rows and columns swapped"
    scale = (gradient * expected).sum() / (expected**2).sum() if expected.any() else 0
    if scale and _same(gradient, scale * expected):
        return f"a constant factor {scale:.6g} too many"
    return None


def _same(a, b):
    return bool(np.allclose(a, b, rtol=1e-6, atol=1e-8))
