"""The lists that word vectors are measured by: WordSim-353, SimLex-999 and the analogies of word2vec.

They are read from the test data of the installed gensim; none of them is kept in this package. Where there
is no gensim, or no real text, as in the browser, `word_lists_for` makes lists from the tiny world.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from w2v.text import tiny_world

if TYPE_CHECKING:
    from w2v.corpus.encoded import EncodedCorpus

PAIRS = {"WordSim-353": "wordsim353.tsv", "SimLex-999": "simlex999.txt"}
QUESTIONS = "questions-words.txt"


class WordListsMissing(FileNotFoundError):
    """The lists are not installed; the message is what to do about it.

    >>> issubclass(WordListsMissing, FileNotFoundError)
    True
    """


@dataclass(frozen=True)
class WordLists:
    """`pairs`: {name: ((word, word, rating), ...)}; `questions`: {category: ((a, b, c, d), ...)}, a : b = c : d.

    >>> lists = WordLists(pairs={}, questions={"capitals": (("paris", "france", "rome", "italy"),)})
    >>> lists.all_questions
    (('paris', 'france', 'rome', 'italy'),)
    """

    pairs: dict
    questions: dict

    @property
    def all_questions(self) -> tuple:
        """The questions of all categories, one after the other."""
        return tuple(question for group in self.questions.values() for question in group)


def load_word_lists() -> WordLists:
    """The WordLists of the installed gensim, words in lower case; WordListsMissing without them.

    >>> list(load_word_lists().pairs)
    ['WordSim-353', 'SimLex-999']
    """
    return WordLists(
        {name: word_pairs(_installed(file)) for name, file in PAIRS.items()}, analogy_questions(_installed(QUESTIONS))
    )


def word_lists_for(corpus: "EncodedCorpus") -> WordLists:
    """The WordLists for vectors of an EncodedCorpus; prints a line if they are those of the tiny world.

    >>> from w2v.corpus import encode_sentences
    >>> lists = word_lists_for(encode_sentences([["the", "cat"]], minimum_count=1, name="tiny world"))
    The text is the tiny world: its own groups and relations stand in for the benchmarks.
    """
    try:
        if corpus.name != "tiny world":
            return load_word_lists()
        reason = "The text is the tiny world"
    except WordListsMissing:
        reason = "gensim, which carries the lists, is not installed"
    print(f"{reason}: its own groups and relations stand in for the benchmarks.")
    return tiny_world_lists()


def tiny_world_lists() -> WordLists:
    """Neighbours within each group rated 1, words of two groups rated 0, and every question of every relation.

    >>> list(tiny_world_lists().pairs)
    ['tiny world']
    """
    world = tiny_world.world()
    groups = list(world.groups.values())
    alike = [(a, b, 1.0) for group in groups for a, b in zip(group, group[1:])]
    unlike = [
        (a, b, 0.0)
        for group, other in zip(groups, groups[1:])
        for a, b in zip(group, other)
        if a not in other and b not in group
    ]
    questions = {" : ".join(names): _crossed(pairs) for names, pairs in world.pairs.items()}
    return WordLists({"tiny world": (*alike, *unlike)}, questions)


def word_pairs(path):
    """((word, word, rating), ...) of a file with three columns set apart by tabs; lines with # are comments."""
    return tuple(_pair(*line) for line in _lines(path) if not line[2].startswith("#"))


def analogy_questions(path):
    """{category: ((a, b, c, d), ...)} of a file with four words a line, below lines `: category`."""
    questions = {}
    for file, number, text in _lines(path):
        words = tuple(text.lower().split())
        if words[0] == ":" and len(words) == 2:
            current = questions.setdefault(words[1], [])
        elif len(words) == 4 and questions:
            current.append(words)
        else:
            raise ValueError(f"{file}, line {number}: expected four words, or ': category' first, got {text!r}")
    return {category: tuple(found) for category, found in questions.items()}


def _pair(file, number, text):
    try:
        a, b, rating = text.lower().split("\t")
        return a.strip(), b.strip(), float(rating)
    except ValueError:
        raise ValueError(
            f"{file}, line {number}: expected two words and a rating, set apart by tabs, got {text!r}"
        ) from None


def _crossed(pairs):
    return tuple((a, b, c, d) for a, b in pairs for c, d in pairs if (a, b) != (c, d))


def _lines(path):
    """(path, line number from 1, text) of every line that is not empty."""
    with open(path, encoding="utf-8") as file:
        return [(path, number, line.strip()) for number, line in enumerate(file, start=1) if line.strip()]


def _installed(file):
    """The path of a list in gensim, which is looked up and not imported."""
    package = find_spec("gensim")
    path = None if package is None else Path(package.origin).parent / "test" / "test_data" / file
    if path is None or not path.is_file():
        raise WordListsMissing(
            f"The benchmark {file} is not installed: it is part of gensim. Run  pip install gensim==4.4.0"
        )
    return path
