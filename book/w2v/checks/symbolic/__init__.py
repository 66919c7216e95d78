"""The losses and every result of the book as SymPy statements, and their exact proofs.

The statements follow the written convention: words are columns, `U` is D x vocabulary.
"""

from w2v.checks.symbolic.case import Case, gradient
from w2v.checks.symbolic.losses import naive_softmax, negative_sampling, sigma, soft_label
from w2v.checks.symbolic.zero import NotZero, assert_zero, is_zero

__all__ = [
    "Case",
    "NotZero",
    "assert_zero",
    "gradient",
    "is_zero",
    "naive_softmax",
    "negative_sampling",
    "sigma",
    "soft_label",
]
