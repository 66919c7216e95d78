"""The one table of letters: what the course calls words, draws, positions and sizes, and the functions that mathematics names.

Used only for names that a text does not introduce itself. What the course defines by formulas stands in preludes/*.md.
"""

OUTSIDE = {"o", "w_o", "w_O", "O", "w_:out", "w_:outside", "w_:o"}
CENTER = {"c", "w_c", "w_I", "w_t", "w_C", "C", "w_:in", "w_:center", "I"}
POSITION = "t"
WORDS = "w"  # w_k is the k-th draw, w_{t+j} the word at a position
SIZES = {"V": "V", "D": "D", "K": "K", "m": "m"}
VOCABULARY = {"V^cal", "vocab", "vocabulary", "words", "v", "w", "V", "|V|", "voc", "allwords"}
DRAWS = {"neg", "negatives", "negative", "negsamples", "negativesamples", "ns", "noise", "n", "samples"}
WINDOW = {"context", "window", "ctx"}
SAMPLE_LETTERS = {"k"}

FUNCTIONS = {"\\sigma": "sigma"}
CALLED = {"H": "H", "CE": "CE", "KL": "KL", "D:KL": "KL", "CrossEntropy": "CE", "tr": "tr", "diag": "diag"}  # where they are applied and not introduced
NAMED = {"1": "ones", "I": "identity", "e": "unit", "\\delta": "kronecker"}  # bold 1, I, e_k, delta_ij where the text does not introduce them

LOSS_NAMES = {"J", "L", "L^cal", "\\ell", "E", "C"}
LOSSES = {
    "naive softmax": ("naive-softmax", "naive", "softmax", "naive-softmax-loss", "ce", "cross-entropy", "nll", "sm", "naivesoftmax", "soft"),
    "negative sampling": ("neg-sample", "negative-sampling", "neg", "ns", "ng", "negative", "neg-sampling", "negsample", "sgns", "nce"),
    "skip-gram": ("skip-gram", "skipgram", "sg", "skip"),
    "hierarchical softmax": ("hierarchical-softmax", "hs", "hierarchical"),
    "CBOW": ("cbow", "CBOW"),
}
