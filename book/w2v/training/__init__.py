"""Training on one machine: descent step by step, the ladder of ever faster steps, and what word2vec.c does.

`train`, `train_cbow` and `train_on_tree` need nothing but NumPy; `w2v.training.fast` is for millions of words.
"""

from w2v.training.cbow import cbow_batch_step, cbow_windows, train_cbow
from w2v.training.ladder import add_at_step, dense_step, pair_gradients, rows_step, shared_step, sparse_step
from w2v.training.on_tree import padded_paths, train_on_tree, tree_step
from w2v.training.recording import record
from w2v.training.sgd import (
    Diverged,
    Report,
    Settings,
    TrainingRun,
    add_rows,
    initial_tables,
    mini_batch_step,
    sgd_step,
    summed_step,
    train,
)
from w2v.training.word2vec_c import (
    distance_weights,
    keep_chances_of_paper,
    learning_rate_of_program,
    noise_table,
    program_pair_step,
    random_numbers,
    sigmoid_of_program,
    sigmoid_table,
)

__all__ = [
    "Diverged",
    "Report",
    "Settings",
    "TrainingRun",
    "add_at_step",
    "add_rows",
    "cbow_batch_step",
    "cbow_windows",
    "dense_step",
    "distance_weights",
    "initial_tables",
    "keep_chances_of_paper",
    "learning_rate_of_program",
    "mini_batch_step",
    "noise_table",
    "padded_paths",
    "pair_gradients",
    "program_pair_step",
    "random_numbers",
    "record",
    "rows_step",
    "sgd_step",
    "shared_step",
    "sigmoid_of_program",
    "sigmoid_table",
    "sparse_step",
    "summed_step",
    "train",
    "train_cbow",
    "train_on_tree",
    "tree_step",
]
