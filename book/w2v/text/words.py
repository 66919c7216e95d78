"""From text to words and sentences."""

import re
import unicodedata

# Vowel signs, accents and the like, which belong to the letter before them: `re` has no name for them.
MARKS = "".join(c for c in map(chr, range(0x300, 0x1E94B)) if unicodedata.category(c)[0] == "M") + "\u200c\u200d"


def _word(letter):
    """The pattern of a word of such letters, each with the marks behind it; an apostrophe may stand between two of them."""
    part = rf"{letter}+(?:[{MARKS}]+{letter}*)*"
    return re.compile(rf"{part}(?:['’]{part})*")


WORD, CODE = _word(r"[^\W\d_]"), _word(r"\w")

SENTENCE_END = (
    re.compile(  # not the points of 3.14, of U.S. or of F. Smith; `re` runs fast to a set of letters that stands first
        r"[.!?\n](?:(?:(?<=[!?])|(?<=\.)(?<!\b[^\W\d_]\.))[.!?]*(?!\w)|(?<=\n)\s*\n)"
    )
)
SPACES = {code: " " for code in range(128) if not chr(code).isalpha() and chr(code) != "'"}  # what parts words in ASCII
LINE_END = re.compile(r"\n")


def tokenize(text: str) -> list[str]:
    """The words of `text` in lower case and in order, letters composed (NFC); an apostrophe stays inside its word.

    >>> tokenize("The cat's milk, 1984.")
    ['the', "cat's", 'milk']
    """
    text = _text(text)
    return _ascii_words(text) if text.isascii() else WORD.findall(text)


def _ascii_words(text):
    """WORD.findall(text) of a text in ASCII and lower case, several times faster."""
    words = text.translate(SPACES).split()
    if "'" not in text:
        return words
    return [word for found in words for word in (WORD.findall(found) if "'" in found else (found,))]


def tokenize_codes(text: str) -> list[str]:
    """As `tokenize`, and digits and underscores are letters, too: covid19, new_york, 1984; but no word begins or ends with _.

    >>> tokenize_codes("The cat's milk, 1984.")
    ['the', "cat's", 'milk', '1984']
    """
    return [word for found in CODE.findall(_text(text)) if (word := found.strip("_"))]


def split_sentences(text: str) -> list[list[str]]:
    """The sentences of `text` as lists of words; a blank line and `.`, `!`, `?` after a word end one, a full stop after a single letter does not.

    >>> split_sentences("The cat drinks. So does F. Smith!")
    [['the', 'cat', 'drinks'], ['so', 'does', 'f', 'smith']]
    """
    return [words for part in SENTENCE_END.split(_composed(text)) if (words := tokenize(part))]


def _text(text):
    return _composed(text).lower()


def _composed(text):
    if not isinstance(text, str):
        raise TypeError(f"text: expected a string, got {type(text).__name__}")
    return unicodedata.normalize("NFC", text)
