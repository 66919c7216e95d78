"""The gradient of the naive softmax loss for the center vector: expected minus observed."""

from w2v.explorers.traits import Data, Field
from w2v.explorers.word_vectors import WordVectors


class CenterVectorExplorer(WordVectors):
    """The loss over the plane of center vectors; u_o, U y_hat and their difference; steps of gradient descent.

    `trail` lists the center vectors before each step; dragging a vector clears it.

    >>> figure = CenterVectorExplorer(v_c=[0.5, 0.5], o="cat")
    >>> figure.v_c, figure.o
    ([0.5, 0.5], 1)
    """

    step_size = Field(0.5, 0.05, 3)
    trail = Data([])
    playing = Field(False, of=[False, True])
