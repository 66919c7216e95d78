"""Skip-gram and CBOW with negative sampling, and skip-gram on a tree, on real text: the same gradients, fast enough for millions of words.

`scatter` adds rows up, `noise` draws negatives, `stretches` cuts text into pieces, `steps` has the step on them, `cbow` that of CBOW,
`tree` that of the hierarchical softmax, `models` gives them one face, `batches` says what belongs to batch b of epoch e, `train` repeats it, `state` and `checkpoint` keep it.
"""

from w2v.training.fast.batches import batches_of, keep_chances
from w2v.training.fast.cbow import cbow_stretch_loss, cbow_stretch_step
from w2v.training.fast.checkpoint import CheckpointError
from w2v.training.fast.noise import AliasTable
from w2v.training.fast.scatter import add_in_place, sum_rows
from w2v.training.fast.settings import CorpusSettings
from w2v.training.fast.steps import bare_stretch_loss, bare_stretch_step, stretch_loss, stretch_step
from w2v.training.fast.train import CorpusReport, CorpusRun, DivergedAt, train_corpus
from w2v.training.fast.tree import Paths, paths_of, tree_stretch_loss, tree_stretch_step

__all__ = [
    "AliasTable",
    "CheckpointError",
    "CorpusReport",
    "CorpusRun",
    "CorpusSettings",
    "DivergedAt",
    "Paths",
    "add_in_place",
    "bare_stretch_loss",
    "bare_stretch_step",
    "batches_of",
    "cbow_stretch_loss",
    "cbow_stretch_step",
    "keep_chances",
    "paths_of",
    "stretch_loss",
    "stretch_step",
    "sum_rows",
    "train_corpus",
    "tree_stretch_loss",
    "tree_stretch_step",
]
