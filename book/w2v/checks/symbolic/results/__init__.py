"""What must hold for each result of the book: one module for each chapter, one function for each id."""

from importlib import import_module

from w2v.checks.symbolic.results.registry import RESULTS

CHAPTERS = (
    "cross_entropy",
    "softmax_gradients",
    "sigmoid",
    "negative_sampling",
    "skip_gram",
    "cbow",
    "factorisation",
    "hierarchical_softmax",
    "training",
)


def all_results():
    """Every Result of the book by its id, those with a T before those with an N."""
    for chapter in CHAPTERS:
        import_module(f"{__name__}.{chapter}")
    return dict(sorted(RESULTS.items(), key=lambda item: (item[0][0] != "T", item[0])))
