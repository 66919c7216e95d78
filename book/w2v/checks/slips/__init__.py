"""The usual slips in hand-written gradients, by their numbers: which one explains a wrong result?"""

from w2v.checks.slips.cbow import CBOW
from w2v.checks.slips.hierarchical_softmax import HIERARCHICAL_SOFTMAX
from w2v.checks.slips.likely import likely_slip
from w2v.checks.slips.pair import NAIVE_SOFTMAX, NEGATIVE_SAMPLING
from w2v.checks.slips.slip import Slip

__all__ = ["CBOW", "HIERARCHICAL_SOFTMAX", "NAIVE_SOFTMAX", "NEGATIVE_SAMPLING", "Slip", "likely_slip"]
