"""The sigmoid, its derivative and its logarithm at one x."""

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Field


class SigmoidExplorer(Explorer):
    """sigma(x) with its tangent, its reflection at -x and log sigma(x), for x from -8 to 8.

    >>> SigmoidExplorer(x=2).x
    2
    >>> SigmoidExplorer(x=9)
    Traceback (most recent call last):
        ...
    traitlets.traitlets.TraitError: SigmoidExplorer: x: expected a number from -8 to 8, got 9
    """

    x = Field(1.5, -8, 8)
