"""About four million words of real English, which an install step fetches and nobody commits.

The text lies in three npm packages in the folder `english` of `w2v.text`; `make book` and `make test` install them.
`real_text_or_tiny_world` is what the chapters call: where the packages are not, and in the browser,
the tiny world stands in, and a line says so.
"""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from w2v.corpus.cache import cached_corpus
from w2v.corpus.encoded import encode_sentences
from w2v.support.progress import progress_bar
from w2v.text import tiny_world
from w2v.text.sources import FOLDER, SOURCES
from w2v.text.words import split_sentences

if TYPE_CHECKING:
    from w2v.corpus.encoded import EncodedCorpus

PARTS = tuple(SOURCES)


class RealTextMissing(FileNotFoundError):
    """The packages with the real text are not installed; the message is what to do about it.

    >>> issubclass(RealTextMissing, FileNotFoundError)
    True
    """


def load_real_text(
    minimum_count: int = 5,
    seed: int = 1,
    parts: Iterable[str] = PARTS,
    cache: bool = True,
    progress: bool | None = None,
) -> "EncodedCorpus":
    """The EncodedCorpus of the `parts` "wordnet", "sotu" and "factbook", sentences shuffled with `seed`.

    With `cache` it is kept on disk. Raises RealTextMissing with the command to run if a part is not installed.

    >>> load_real_text(parts=["a novel"])
    Traceback (most recent call last):
        ...
    ValueError: parts: expected different ones out of wordnet, sotu, factbook, got a novel
    """
    parts = _parts(parts)
    files = {part: _installed(parts)[part] for part in parts}
    name = " + ".join(SOURCES[part].title for part in parts)
    flat = [path for part in parts for path in files[part]]

    def build(scratch):
        with progress_bar(sum(path.stat().st_size for path in flat), "B", "reading real text", progress) as bar:
            return encode_sentences(_sentences(files, bar), minimum_count, seed, name, scratch)

    return cached_corpus(flat, {"minimum_count": minimum_count, "seed": seed, "name": name}, build, cache)


def real_text_or_tiny_world(
    minimum_count: int = 5,
    seed: int = 1,
    parts: Iterable[str] = PARTS,
    cache: bool = True,
    progress: bool | None = None,
) -> "EncodedCorpus":
    """The corpus of `load_real_text`, or of the tiny world where that is missing; prints one line saying which.

    >>> real_text_or_tiny_world(parts=["a novel"])
    Traceback (most recent call last):
        ...
    ValueError: parts: expected different ones out of wordnet, sotu, factbook, got a novel
    """
    try:
        corpus = load_real_text(minimum_count, seed, parts, cache, progress)
    except RealTextMissing:
        corpus = encode_sentences(split_sentences(tiny_world.text()), minimum_count=1, seed=seed, name="tiny world")
        where = "in the browser" if sys.platform == "emscripten" else "installed here"
        print(f"There is no real text {where}, so the tiny world stands in: ", end="")
    else:
        print(f"Real text, {corpus.name}: ", end="")
    print(f"{len(corpus.tokens):,} words in {len(corpus):,} sentences, {len(corpus.vocabulary):,} different words.")
    return corpus


def source_notices(parts: Iterable[str] = PARTS) -> str:
    """Title, terms and folder of each part, and the whole of WordNet's licence, which asks to appear on all copies.

    >>> source_notices(parts=["a novel"])
    Traceback (most recent call last):
        ...
    ValueError: parts: expected different ones out of wordnet, sotu, factbook, got a novel
    """
    parts = _parts(parts)
    _installed(parts)
    notices = [
        f"{SOURCES[part].title}: {SOURCES[part].terms}.\n  in {_shown(_packages() / SOURCES[part].package)}"
        for part in parts
    ]
    return "\n\n".join(notices + ([wordnet_licence()] if "wordnet" in parts else []))


def wordnet_licence():
    """The licence of WordNet as its own files carry it: the lines at their top, without the line numbers."""
    [first, *_] = _installed(("wordnet",))["wordnet"]
    with open(first, encoding="utf-8") as file:
        lines = [line for line, _ in zip(file, range(60)) if line.startswith("  ")]
    return "\n".join(line.split(None, 1)[1].rstrip() if line.split()[1:] else "" for line in lines)


def _parts(parts):
    parts = (parts,) if isinstance(parts, str) else tuple(parts)
    if not parts or len(set(parts)) < len(parts) or not set(parts) <= set(PARTS):
        raise ValueError(
            f"parts: expected different ones out of {', '.join(PARTS)}, got {', '.join(map(str, parts)) or 'none'}"
        )
    return parts


def _packages():
    return FOLDER / "node_modules"


def _installed(parts):
    """{part: its files}; RealTextMissing if there are none."""
    found = {part: SOURCES[part].paths(_packages()) for part in parts}
    if missing := [SOURCES[part].package for part in parts if not found[part]]:
        raise RealTextMissing(
            f"The real text is not installed: expected {', '.join(missing)} in {_packages()}. "
            f"Run  make texts  in the folder of the book, or  npm ci --ignore-scripts --prefix {FOLDER}"
        )
    return found


def _shown(path):
    """`path` as seen from the folder in which the package lies."""
    return path.relative_to(FOLDER.parents[2])


def _sentences(files, bar):
    for part, paths in files.items():
        for path in paths:
            yield from SOURCES[part].sentences(path)
            bar.update(path.stat().st_size)
