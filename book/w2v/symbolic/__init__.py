"""The losses and every result of the book as SymPy statements, and their exact proofs.

The statements follow the written convention: words are columns, `U` is D x vocabulary.
"""

from importlib import import_module

from w2v.symbolic.case import Case, gradient
from w2v.symbolic.losses import naive_softmax, negative_sampling, sigma, soft_label
from w2v.symbolic.registry import RESULTS
from w2v.symbolic.zero import assert_zero, is_zero

__all__ = ["Case", "gradient", "naive_softmax", "negative_sampling", "sigma", "soft_label", "assert_zero", "is_zero", "all_results"]

CHAPTERS = ("cross_entropy", "softmax_gradients", "sigmoid", "negative_sampling", "skip_gram")


def all_results():
    """Every Result of the book by its id, T01 to T25 and N1 to N4."""
    for chapter in CHAPTERS:
        import_module(f"w2v.symbolic.{chapter}")
    return dict(sorted(RESULTS.items(), key=lambda item: (item[0][0] != "T", item[0])))
