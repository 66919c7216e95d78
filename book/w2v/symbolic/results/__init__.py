"""What must hold for each result of the book: one module for each chapter, one function for each id."""

from importlib import import_module

from w2v.symbolic.results.registry import RESULTS

CHAPTERS = ("cross_entropy", "softmax_gradients", "sigmoid", "negative_sampling", "skip_gram")


def all_results():
    """Every Result of the book by its id, T01 to T25 and N1 to N4."""
    for chapter in CHAPTERS:
        import_module(f"{__name__}.{chapter}")
    return dict(sorted(RESULTS.items(), key=lambda item: (item[0][0] != "T", item[0])))
