"""What can be trained on stretches of text: for each name a model with its draws, step, loss, terms and rows."""

from typing import Any

import numpy as np

from w2v.corpus.noise import noise_distribution
from w2v.losses.huffman import huffman_tree
from w2v.training.fast.cbow import bare_cbow_loss, bare_cbow_step
from w2v.training.fast.noise import AliasTable
from w2v.training.fast.steps import bare_stretch_loss, bare_stretch_step
from w2v.training.fast.tree import bare_tree_loss, bare_tree_step, paths_of


class SkipGram:
    """Skip-gram with negative sampling, for `settings` and the `counts` of the words.

    >>> model = SkipGram(CorpusSettings(shared=7), counts=[50, 30, 20])
    >>> model.draw(np.random.default_rng(1), count=4).shape
    (4, 7)
    """

    by_word = True  # row w of U belongs to word w

    def __init__(self, settings, counts):
        self.K, self.shared = settings.negatives, settings.shared
        self.noise = AliasTable(noise_distribution(counts, settings.power))

    @staticmethod
    def numbers_a_word(settings, tokens):
        """How many numbers a step holds at most for each word of a batch, in a text of so many `tokens`."""
        return 10 * settings.dimensions * (2 + settings.shared / settings.stretch)

    def draw(self, rng, count):
        """The negatives of `count` stretches, shape (count, M)."""
        return self.noise.draw(rng, (count, self.shared))

    def step(self, V, U, stretches, negatives, rate):
        """Moves the tables; False, and nothing moves, if a score is not finite."""
        return bare_stretch_step(V, U, stretches, negatives, self.K, rate)

    def loss(self, V, U, stretches, negatives):
        """The loss of the stretches, a float."""
        return bare_stretch_loss(V, U, stretches, negatives, self.K)

    def terms(self, stretches):
        """How many terms the loss has."""
        return stretches.pairs

    def rows(self, stretches, negatives):
        """(rows of V, rows of U) that a step looks at, as often as it does."""
        centers = stretches.centers[stretches.pairs_of_center > 0]
        return centers, np.concatenate([stretches.text, negatives.ravel()])


class Cbow(SkipGram):
    """CBOW with negative sampling: a window is a term.

    >>> Cbow(CorpusSettings(), counts=[50, 30, 20]).K
    5
    """

    def step(self, V, U, stretches, negatives, rate):
        return bare_cbow_step(V, U, stretches, negatives, self.K, rate)

    def loss(self, V, U, stretches, negatives):
        return bare_cbow_loss(V, U, stretches, negatives, self.K)

    def terms(self, stretches):
        return stretches.windows

    def rows(self, stretches, negatives):
        centers = stretches.centers[stretches.pairs_of_center > 0]
        return stretches.text, np.concatenate([centers, negatives.ravel()])


class OnTree:
    """Skip-gram with the hierarchical softmax on the Huffman tree of the counts; row i of U is the inner node i.

    >>> OnTree(CorpusSettings(), counts=[50, 30, 20]).paths.nodes.shape
    (3, 2)
    """

    by_word = False

    def __init__(self, settings, counts):
        self.paths = paths_of(huffman_tree(counts))

    @staticmethod
    def numbers_a_word(settings, tokens):
        """As in SkipGram: rows, moves and scores of a path; the tokens of a Huffman tree grow with its depth like Fibonacci's numbers."""
        longest = np.log(max(tokens, 2)) / np.log((1 + np.sqrt(5)) / 2) + 2
        columns = max(settings.stretch, 2 * settings.window) + 2 * settings.window
        return longest * (5 * settings.dimensions + 8 * columns)

    def draw(self, rng, count):
        """Nothing is drawn: shape (count, 0)."""
        return np.zeros((count, 0), np.int32)

    def step(self, V, U, stretches, negatives, rate):
        return bare_tree_step(V, U, stretches, self.paths, rate)

    def loss(self, V, U, stretches, negatives):
        return bare_tree_loss(V, U, stretches, self.paths)

    def terms(self, stretches):
        return stretches.pairs

    def rows(self, stretches, negatives):
        nodes, signs = self.paths.of(stretches.text)
        return stretches.centers[stretches.pairs_of_center > 0], nodes[signs != 0]


MODELS: dict[str, Any] = {"skip-gram": SkipGram, "cbow": Cbow, "tree": OnTree}
