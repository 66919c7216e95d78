"""Skip-gram with negative sampling on real text: the same gradients, fast enough for millions of words.

`scatter` adds rows up, `noise` draws negatives, `stretches` cuts text into pieces, `stretch_step` takes
one step on them, `batches` says what belongs to batch b of epoch e, `train` repeats it, `state` and
`checkpoint` keep it.
"""

from w2v.training.fast.checkpoint import CheckpointError
from w2v.training.fast.settings import CorpusSettings
from w2v.training.fast.train import CorpusReport, CorpusRun, DivergedAt, train_corpus

__all__ = ["CheckpointError", "CorpusReport", "CorpusRun", "CorpusSettings", "DivergedAt", "train_corpus"]
