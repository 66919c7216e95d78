"""The reader's own text as a corpus."""

import pickle
from collections.abc import Callable, Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from w2v.corpus.cache import cached_corpus
from w2v.corpus.encoded import encode_pieces
from w2v.corpus.numbered import numbered_file
from w2v.support import validate
from w2v.support.pool import mapping
from w2v.support.progress import progress_bar
from w2v.text.files import text_files
from w2v.text.words import tokenize, tokenize_codes

if TYPE_CHECKING:
    from w2v.corpus.encoded import EncodedCorpus

KNOWN: dict[Callable, str] = {
    function: name for name, function in (("words", tokenize), ("codes", tokenize_codes), ("split", str.split))
}


def load_text(
    path: str | PathLike[str] | Iterable[str | PathLike[str]],
    minimum_count: int = 5,
    seed: int = 1,
    cache: bool = True,
    progress: bool | None = None,
    lines: bool = False,
    tokenize: Callable[[str], Any] = tokenize,
    most_words: int | None = None,
    processes: int = 1,
) -> "EncodedCorpus":
    """The EncodedCorpus of a UTF-8 text file, of all text files in a folder and below it, or of a list of both.

    A sentence ends as in `w2v.text.split_sentences`, or with `lines` where its line ends. Its words are those
    of `tokenize`, ’ read as ': of `w2v.text.tokenize`, `w2v.text.tokenize_codes`, `str.split` or any function
    that makes a list of words of a string. Sentences are shuffled with `seed`. With `cache` the result is kept
    on disk and found again as long as the content is the same, unless `tokenize` is a function of the reader's
    own, which may change. `most_words` bounds the memory as in `encode_sentences`, but for the words of the megabyte just read. `processes`
    read the text side by side, with the same result. Raises FileNotFoundError where there is no file, ValueError at an empty or binary
    file or a byte that is not UTF-8.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "mine.txt").write_text("The cat. The dog.")
    ...     print(load_text(folder, minimum_count=1, cache=False))
    EncodedCorpus('mine.txt': 4 words in 2 sentences, vocabulary 3)
    """
    lines, processes = validate.flag("lines", lines), validate.integer("processes", processes, least=1)
    if not callable(tokenize):
        raise TypeError(f"tokenize: expected a function that makes a list of words of a string, got {tokenize!r}")
    if processes > 1:
        _refuse_unknown_elsewhere(tokenize)
    files = text_files(path)
    name = files[0].name if len(files) == 1 else f"{len(files)} files of {Path(files[0]).parent.name or 'text'}"

    def build(scratch):
        size = sum(file.stat().st_size for file in files)
        with mapping(processes) as mapped, progress_bar(size, "B", f"reading {name}", progress) as bar:
            pieces = (piece for file in files for piece in numbered_file(file, bar.update, lines, tokenize, mapped))
            return encode_pieces(pieces, minimum_count, seed, name, scratch, most_words)

    settings = {
        "minimum_count": minimum_count,
        "seed": seed,
        "name": name,
        "lines": lines,
        "words": KNOWN.get(tokenize),
        "most_words": most_words,
    }
    return cached_corpus(files, settings, build, cache and tokenize in KNOWN)


def _refuse_unknown_elsewhere(tokenize):
    """TypeError at a function that another process cannot find."""
    try:
        pickle.dumps(tokenize)
    except (pickle.PicklingError, AttributeError, TypeError):
        raise TypeError(
            f"tokenize: expected a function at the top of a module, which other processes can find, got {tokenize!r}; or take processes=1"
        ) from None
