"""From text to words and sentences."""

import re

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


def _text(text):
    if not isinstance(text, str):
        raise TypeError(f"text: expected a string, got {type(text).__name__}")
    return text
