"""What must hold for each result of the book: one module for each chapter, one function for each id."""

from typing import TYPE_CHECKING

from w2v.checks.symbolic.results import (
    cbow,
    cross_entropy,
    factorisation,
    glove,
    hierarchical_softmax,
    negative_sampling,
    second_derivative,
    sigmoid,
    skip_gram,
    softmax_gradients,
    training,
)
from w2v.checks.symbolic.results.registry import RESULTS

if TYPE_CHECKING:
    from w2v.checks.symbolic.results.registry import Result

__all__ = [
    "all_results",
    "cbow",
    "cross_entropy",
    "factorisation",
    "glove",
    "hierarchical_softmax",
    "negative_sampling",
    "second_derivative",
    "sigmoid",
    "skip_gram",
    "softmax_gradients",
    "training",
]


def all_results() -> dict[str, "Result"]:
    """Every Result of the book by its id, those with a T before those with an N.

    >>> all_results()["T07"].title
    'naive softmax: gradient with respect to the center vector'
    """
    return dict(sorted(RESULTS.items(), key=lambda item: (item[0][0] != "T", item[0])))
