"""The explorers: figures that one can take in the hand, on the site, in notebooks and in the lecture hall."""

from w2v.explorers.center_vector import CenterVectorExplorer
from w2v.explorers.context_window import ContextWindowExplorer
from w2v.explorers.cost import CostExplorer
from w2v.explorers.cross_entropy import CrossEntropyExplorer
from w2v.explorers.negative_sampling import NegativeSamplingExplorer
from w2v.explorers.noise_distribution import NoiseDistributionExplorer
from w2v.explorers.one_step import OneStepExplorer
from w2v.explorers.outside_vectors import OutsideVectorsExplorer
from w2v.explorers.own_words import OwnWordsExplorer
from w2v.explorers.sigmoid import SigmoidExplorer
from w2v.explorers.skip_gram_sum import SkipGramSumExplorer
from w2v.explorers.sweep import sweep
from w2v.explorers.training_replay import TrainingReplayExplorer

__all__ = [
    "CenterVectorExplorer",
    "ContextWindowExplorer",
    "CostExplorer",
    "CrossEntropyExplorer",
    "NegativeSamplingExplorer",
    "NoiseDistributionExplorer",
    "OneStepExplorer",
    "OutsideVectorsExplorer",
    "OwnWordsExplorer",
    "SigmoidExplorer",
    "SkipGramSumExplorer",
    "TrainingReplayExplorer",
    "sweep",
]
