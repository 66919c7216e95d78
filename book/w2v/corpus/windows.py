"""From text to training pairs: words, vocabulary, context windows, noise distribution, negatives.

Randomness never hides in here: whoever draws passes a `numpy.random.Generator`.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from w2v.support import validate

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_END = re.compile(
    r"(?:[!?]|(?<!\b[^\W\d_])\.)[.!?]*(?!\w)|\n\s*\n"
)  # not the points of 3.14, of U.S. or of F. Smith


def tokenize(text):
    """The words of `text` in lower case and in order; an apostrophe stays inside its word."""
    return WORD.findall(_text(text).lower())


def split_sentences(text):
    """The sentences of `text` as lists of words; a blank line and `.`, `!`, `?` after a word end one, a full stop after a single letter does not."""
    return [words for part in SENTENCE_END.split(_text(text)) if (words := tokenize(part))]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """`words` by falling count (ties in alphabetical order), their `counts`, and `index` of each word."""

    words: tuple
    counts: np.ndarray
    index: Mapping = field(repr=False)

    def __len__(self):
        return len(self.words)


def build_vocabulary(tokens, minimum_count=1):
    """The Vocabulary of the words that occur at least `minimum_count` times in the list `tokens`.

    Raises ValueError if no word is left.
    """
    return vocabulary_of_counts(Counter(_tokens("tokens", tokens)), minimum_count)


def vocabulary_of_counts(counted, minimum_count=1):
    """The Vocabulary of the words with a count of at least `minimum_count` in the mapping `counted`; ValueError if there is none."""
    minimum_count = validate.integer("minimum_count", minimum_count, least=1)
    kept = sorted((word for word in counted if counted[word] >= minimum_count), key=lambda word: (-counted[word], word))
    if not kept:
        raise ValueError(
            f"tokens: expected a word that occurs at least {minimum_count} times, got {sum(counted.values())} words, none so often"
        )
    return vocabulary_in_order(kept, [counted[word] for word in kept])


def vocabulary_in_order(words, counts):
    """The Vocabulary of `words` in the order given, with `counts` (read only)."""
    counts = np.array(counts, dtype=np.int64)
    counts.flags.writeable = False
    return Vocabulary(tuple(words), counts, MappingProxyType({word: i for i, word in enumerate(words)}))


def encode(tokens, vocabulary, skip_unknown=False):
    """The index of each word as an int array; ValueError at a word outside the vocabulary, unless it is skipped."""
    tokens = _tokens("tokens", tokens)
    unknown = [word for word in tokens if word not in vocabulary.index]
    if unknown and not skip_unknown:
        raise ValueError(f"tokens: expected words of the vocabulary, got {unknown[0]!r}")
    return np.array([vocabulary.index[word] for word in tokens if word in vocabulary.index], dtype=int)


def context_windows(sentence, window):
    """A list of (center, outside): each position with the words up to `window` places away, in order.

    `sentence` is a list of words or of indices. At its ends the windows are shorter; a sentence
    of one word has none.
    """
    window, sentence = validate.integer("window", window, least=1), _listed("sentence", sentence)
    pairs = (
        (word, sentence[max(0, t - window) : t] + sentence[t + 1 : t + 1 + window]) for t, word in enumerate(sentence)
    )
    return [(center, outside) for center, outside in pairs if outside]


def window_pairs(sentences, window):
    """Every (center, outside) pair of all sentences, as two int arrays; `sentences` holds lists of indices.

    The same pairs as `context_windows` gives sentence by sentence, in another order, without a loop.
    """
    window, sentences = validate.integer("window", window, least=1), _listed("sentences", sentences)
    sentences = [_listed("sentences", sentence) for sentence in sentences if len(_listed("sentences", sentence)) > 1]
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


def noise_distribution(counts, power=0.75):
    """counts_w^power / sum_x counts_x^power, shape (vocabulary,); power 1 gives the words' frequencies."""
    counts = validate.vector("counts", counts)
    if counts.min() <= 0:
        raise ValueError(f"counts: expected a number above 0 for every word, got {counts.min():g}")
    if not isinstance(power, (int, float, np.number)) or not 0 <= power < np.inf:
        raise ValueError(f"power: expected a finite number of at least 0, got {power!r}")
    weights = (counts / counts.max()) ** float(power)
    return weights / weights.sum()


def draw_negatives(rng, noise, count, outside=None):
    """K = `count` independent draws from the distribution `noise`, shape (K,); with count (B, K), B rows.

    Plain draws: a word may come twice, and may be the outside word; the gradients count each draw
    (result N1). With `outside`, an index or one for each row, draws equal to it are drawn again.
    """
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng: expected a numpy.random.Generator, got {type(rng).__name__}")
    noise = validate.distribution("noise", noise)
    shape = tuple(validate.integer("count", n, least=1) for n in np.atleast_1d(np.asarray(count, dtype=object)))
    negatives = rng.choice(noise.size, size=shape, p=noise)
    return negatives if outside is None else _redrawn(rng, noise, negatives, outside)


def _redrawn(rng, noise, negatives, outside):
    outside = validate.words("outside", np.atleast_1d(outside), noise.size)
    if noise[outside].max() == 1:
        raise ValueError("outside: expected a word that is not the only one in noise, or no other word can be drawn")
    if len(outside) != (len(negatives) if negatives.ndim > 1 else 1):
        raise ValueError(f"outside: expected one index for each row of {negatives.shape}, got {len(outside)}")
    own = np.broadcast_to(outside.reshape(-1, *[1] * (negatives.ndim - 1)), negatives.shape)
    while (again := negatives == own).any():
        negatives[again] = rng.choice(noise.size, size=again.sum(), p=noise)
    return negatives


def _text(text):
    if not isinstance(text, str):
        raise TypeError(f"text: expected a string, got {type(text).__name__}")
    return text


def _tokens(name, tokens):
    tokens = _listed(name, tokens)
    wrong = [token for token in tokens if not isinstance(token, str)]
    if wrong:
        raise TypeError(f"{name}: expected words, got {wrong[0]!r} of type {type(wrong[0]).__name__}")
    return tokens


def _listed(name, items):
    if isinstance(items, str):
        raise TypeError(f"{name}: expected a list of words, got a single string; tokenize it first")
    try:
        return list(items)
    except TypeError:
        raise TypeError(f"{name}: expected a list, got {type(items).__name__}") from None
