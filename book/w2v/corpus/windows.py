"""Context windows and the pairs of words in them."""

from collections.abc import Iterable, Sequence

import numpy as np

from w2v.support import validate


def context_windows(sentence: Sequence, window: int) -> list[tuple]:
    """A list of (center, outside): each position with the words up to `window` places away, in order.

    `sentence` is a list of words or of indices. At its ends the windows are shorter; a sentence
    of one word has none.

    >>> context_windows(["the", "cat", "drinks"], window=1)
    [('the', ['cat']), ('cat', ['the', 'drinks']), ('drinks', ['cat'])]
    """
    window, sentence = validate.integer("window", window, least=1), validate.listed("sentence", sentence)
    pairs = (
        (word, sentence[max(0, t - window) : t] + sentence[t + 1 : t + 1 + window]) for t, word in enumerate(sentence)
    )
    return [(center, outside) for center, outside in pairs if outside]


def window_pairs(sentences: Iterable[Sequence[int] | np.ndarray], window: int) -> tuple[np.ndarray, np.ndarray]:
    """Every (center, outside) pair of all sentences, as two int arrays; `sentences` holds lists of indices.

    The same pairs as `context_windows` gives sentence by sentence, in another order, without a loop.

    >>> window_pairs([[0, 1, 2]], window=1)
    (array([0, 1, 1, 2]), array([1, 2, 0, 1]))
    """
    window, sentences = validate.integer("window", window, least=1), validate.listed("sentences", sentences)
    sentences = [
        validate.listed("sentences", sentence)
        for sentence in sentences
        if len(validate.listed("sentences", sentence)) > 1
    ]
    words = np.array([word for sentence in sentences for word in sentence])
    if words.size == 0:
        raise ValueError("sentences: expected a sentence of at least two words, got none")
    if not np.issubdtype(words.dtype, np.integer) or words.min() < 0:
        raise TypeError("sentences: expected lists of word indices, ints from 0; encode the words first")
    sentence = np.repeat(np.arange(len(sentences)), [len(s) for s in sentences])
    left, right = [], []
    for distance in range(1, window + 1):
        together = sentence[distance:] == sentence[:-distance]
        left.append(words[:-distance][together])
        right.append(words[distance:][together])
    return np.concatenate(left + right), np.concatenate(right + left)
