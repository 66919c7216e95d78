"""What the package computes for the predictions of the first chapter and of those on training and on real text."""

import tempfile

import numpy as np

from w2v.corpus.encoded import encode_sentences
from w2v.corpus.shards import write_shards
from w2v.corpus.windows import context_windows
from w2v.losses.factorisation import shifted_pmi
from w2v.losses.skip_gram import skip_gram_gradients
from w2v.parallel import sum_over_shards
from w2v.training import sgd_step

rng = np.random.default_rng(8)
V, U = rng.normal(size=(2, 9, 4))
CENTER, WINDOW, DRAWS = 2, [0, 3, 5], [[1, 1], [3, 7], [8, 6]]


def opposites():
    """The cosine of two rows with the same company, whatever else is in the table."""
    hot, cold = rng.integers(3, 9, size=(2, 6))
    cosine = hot @ cold / np.linalg.norm(hot) / np.linalg.norm(cold)
    return "alike" if cosine > 0.5 else "opposite" if cosine < -0.5 else "unrelated"


def largest():
    counts = np.array([[3, 0, 0], [0, 20, 14], [0, 14, 9]])  # the first outside word stands beside the first word alone
    assert counts.sum() == 20 * counts[0].sum() and counts[:, 0].sum() == counts[0, 0]
    return shifted_pmi(counts, K=1)[0, 0]


def symmetric():
    possible = [np.linalg.eigvalsh(table).min() >= 0 for table in ([[2, 1], [1, 2]], [[0, 1], [1, 0]])]
    return "always" if all(possible) else "sometimes" if any(possible) else "never"


def late():
    def difference(rate):
        grad_V, grad_U = skip_gram_gradients(CENTER, WINDOW, V, U, DRAWS)
        return rate * np.abs(skip_gram_gradients(CENTER, WINDOW, V - rate * grad_V, U, DRAWS)[1] - grad_U).max()

    return difference(0.01) / difference(0.001)


def zeros():
    tables = np.zeros((9, 4)), np.zeros((9, 4))
    losses = [sgd_step(*tables, CENTER, WINDOW, DRAWS, learning_rate=0.5) for _ in range(5)]
    return "stay" if losses[0] == losses[-1] else "fall" if losses[-1] < losses[0] else "rise"


def mean_of_a_batch():
    gradients = rng.normal(size=(128, 3))
    return (gradients.sum(axis=0) / gradients.mean(axis=0))[0]


def cut_pairs():
    sentence = list(range(24))
    pairs = lambda words: sum(len(around) for _, around in context_windows(words, 5))
    return pairs(sentence) - pairs(sentence[:12]) - pairs(sentence[12:])


def ten_shards():
    words = [list(map(str, rng.integers(0, 9, size=n))) for n in rng.integers(3, 9, size=40)]
    corpus = encode_sentences(words, minimum_count=1)
    found = []
    for count in (8, 10):
        with tempfile.TemporaryDirectory() as folder:
            write_shards(corpus, folder, count=count)
            found.append(sum_over_shards(folder, V, U, where="serial"))
    pairs, loss = found[0].pairs != found[1].pairs, abs(found[0].loss - found[1].loss) > 1e-6 * found[0].loss
    return "both" if pairs and loss else "pairs" if pairs else "loss" if loss else "neither"


FOUND = {
    "why-vectors-opposites": opposites,
    "why-vectors-largest": largest,
    "why-vectors-symmetric": symmetric,
    "training-order": late,
    "training-zeros": zeros,
    "training-mean": mean_of_a_batch,
    "real-text-weight": lambda: np.subtract(*(shifted_pmi([[6, 2], [2, 9]], K)[0, 0] for K in (16, 5))),
    "one-window-to-cluster-cut": cut_pairs,
    "one-window-to-cluster-ten": ten_shards,
    "one-window-to-cluster-workers": lambda: next(p for p in range(1, 99) if 100 / (100 / p + 2) >= 5),
}
