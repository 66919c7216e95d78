"""The gradient of the naive softmax loss for the outside vectors: a matrix of rank one."""

from w2v.explorers.traits import Field
from w2v.explorers.word_vectors import WordVectors


class OutsideVectorsExplorer(WordVectors):
    """(y_hat - y)_w v_c for every word, as arrows and as a table in either matrix convention.

    >>> OutsideVectorsExplorer(convention="rows").convention
    'rows'
    """

    convention = Field("columns", of=["columns", "rows"])
