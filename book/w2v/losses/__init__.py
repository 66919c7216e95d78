"""Every loss of the book beside its gradients, in NumPy: of a pair, of a window, on a tree, of a whole table of counts.

Functions of numbers first (`sigmoid`, `softmax`, `cross_entropy`), then `naive_softmax_loss`, `negative_sampling_loss`,
`skip_gram_loss`, `cbow_loss`, `hierarchical_softmax_loss` and `factor_loss`, each with its `..._gradients`, and what they cost.
"""

from w2v.losses.cbow import cbow_gradients, cbow_loss, context_vector, spread
from w2v.losses.costs import (
    Cost,
    bare_naive_softmax,
    bare_negative_sampling,
    bare_negative_sampling_table,
    measure,
    naive_softmax_cost,
    negative_sampling_cost,
    seconds_per_call,
)
from w2v.losses.factorisation import (
    drawn_counts,
    excess,
    expected_loss,
    factor_gradients,
    factor_loss,
    fit_low_rank,
    least_losses,
    low_rank,
    outside_frequencies,
    pair_counts,
    shifted_pmi,
)
from w2v.losses.functions import (
    cross_entropy,
    entropy,
    kl_divergence,
    log_sigmoid,
    log_softmax,
    log_sum_exp,
    one_hot,
    sigmoid,
    sigmoid_derivative,
    sigmoid_jacobian,
    softmax,
)
from w2v.losses.glove import fit_glove, glove_gradients, glove_loss, glove_weights
from w2v.losses.hierarchical_softmax import (
    hierarchical_softmax_gradients,
    hierarchical_softmax_loss,
    word_probabilities,
)
from w2v.losses.huffman import Tree, all_trees, huffman_tree, tree_of
from w2v.losses.pair import (
    naive_softmax_gradients,
    naive_softmax_loss,
    negative_sampling_gradients,
    negative_sampling_loss,
    soft_label_gradients,
    soft_label_loss,
)
from w2v.losses.second_derivative import naive_softmax_hessian, naive_softmax_hessian_times
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss, sum_over_window

__all__ = [
    "Cost",
    "Tree",
    "all_trees",
    "bare_naive_softmax",
    "bare_negative_sampling",
    "bare_negative_sampling_table",
    "cbow_gradients",
    "cbow_loss",
    "context_vector",
    "cross_entropy",
    "drawn_counts",
    "entropy",
    "excess",
    "expected_loss",
    "factor_gradients",
    "factor_loss",
    "fit_glove",
    "fit_low_rank",
    "glove_gradients",
    "glove_loss",
    "glove_weights",
    "hierarchical_softmax_gradients",
    "hierarchical_softmax_loss",
    "huffman_tree",
    "kl_divergence",
    "least_losses",
    "log_sigmoid",
    "log_softmax",
    "log_sum_exp",
    "low_rank",
    "measure",
    "naive_softmax_cost",
    "naive_softmax_gradients",
    "naive_softmax_hessian",
    "naive_softmax_hessian_times",
    "naive_softmax_loss",
    "negative_sampling_cost",
    "negative_sampling_gradients",
    "negative_sampling_loss",
    "one_hot",
    "outside_frequencies",
    "pair_counts",
    "seconds_per_call",
    "shifted_pmi",
    "sigmoid",
    "sigmoid_derivative",
    "sigmoid_jacobian",
    "skip_gram_gradients",
    "skip_gram_loss",
    "soft_label_gradients",
    "soft_label_loss",
    "softmax",
    "spread",
    "sum_over_window",
    "tree_of",
    "word_probabilities",
]
