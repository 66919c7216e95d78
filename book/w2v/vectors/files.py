"""Word vectors in the two file formats of the original program, which gensim and most tools read.

Both begin with a line `vocabulary D`. Text: a line `word x_1 ... x_D` for each word. Binary: the word, a space,
its D numbers as little-endian float32, and a line feed, which some writers leave out. A file whose name ends in
.gz is compressed. The files of GloVe are text without the first line.
"""

import codecs
import gzip
from collections.abc import Iterable
from contextlib import ExitStack
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from w2v.support import validate
from w2v.support.atomic_files import atomic_write
from w2v.vectors.rows import LONGEST_LINE, LONGEST_WORD, is_word, read_binary, read_text, shown

SAMPLE = 1 << 12  # bytes looked at to tell text from numbers
NUMBER = b"%.9g"  # nine digits bring every float32 back


def save_vectors(path: str | PathLike[str], words: Iterable[str], vectors: ArrayLike, binary: bool = False) -> None:
    """Writes row i of `vectors`, as float32, under words[i]; the file appears whole or not at all, compressed if `path` ends in .gz.

    Raises ValueError at a word that is empty, repeated or has white space in it, at a number that is not
    finite in float32, and where words and rows differ in number.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_vectors(f"{folder}/mine.txt", ["the", "cat"], [[0.5, 1], [2, -1]])
    ...     print(pathlib.Path(folder, "mine.txt").read_text().splitlines())
    ['2 2', 'the 0.5 1', 'cat 2 -1']
    """
    words, table = _words(words), _table(vectors)
    if len(words) != len(table):
        raise ValueError(f"vectors: expected one row for each of the {len(words)} words, got {len(table)} rows")
    with ExitStack() as opened:
        file = opened.enter_context(atomic_write(path))
        if Path(path).suffix == ".gz":
            file = opened.enter_context(gzip.GzipFile("", "wb", 6, file, mtime=0))
        file.write(b"%d %d\n" % table.shape)
        line = b" ".join([NUMBER] * table.shape[1])
        for word, row in zip(words, table):
            numbers = row.astype("<f4").tobytes() if binary else line % tuple(row.tolist())
            file.write(word.encode() + b" " + numbers + b"\n")


def load_vectors(
    path: str | PathLike[str],
    binary: bool | None = None,
    header: bool = True,
    limit: int | None = None,
    unicode_errors: str = "strict",
) -> tuple[tuple[str, ...], np.ndarray]:
    r"""(words, vectors): a tuple of strings and a float32 array (vocabulary, D), from a file in either format.

    `binary` None finds the format out. `header` False reads text without the first line, as GloVe's. `limit`
    is how many words are read at most. `unicode_errors`: what becomes of bytes in words that are not UTF-8,
    "strict" refuses, "replace" and "ignore" go on, as in bytes.decode. Raises ValueError with the line or the byte of whatever is wrong:
    header, number of words or of numbers, a repeated word, a number that is not finite, text that is not UTF-8.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "glove.txt")
    ...     _ = path.write_text("the 0.5 1\ncat 2 -1\n")
    ...     print(load_vectors(path, header=False))
    (('the', 'cat'), array([[ 0.5,  1. ],
           [ 2. , -1. ]], dtype=float32))
    """
    path = Path(path)
    if not path.is_file():
        got = "a folder" if path.is_dir() else "not there"
        raise FileNotFoundError(f"path: expected a file of word vectors, got {str(path)!r}, which is {got}")
    limit = None if limit is None else validate.integer("limit", limit, least=1)
    if unicode_errors not in ("strict", "replace", "ignore"):
        raise ValueError(f"unicode_errors: expected 'strict', 'replace' or 'ignore', got {unicode_errors!r}")
    if not validate.flag("header", header) and binary:
        raise ValueError("header: expected True for a binary file, which cannot be read without")
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file:
        count, size = _header(path, file) if header else (None, _size_of_first_line(path, file))
        binary = header and not _looks_like_text(file, size) if binary is None else binary
        return (read_binary if binary else read_text)(path, file, count, size, limit, unicode_errors)


def _words(words):
    if isinstance(words, str):
        raise TypeError("words: expected a list of words, got a single string")
    words, seen = list(words), {}
    for i, word in enumerate(words):
        if not is_word(word):
            raise ValueError(f"words: expected words without white space, got {word!r} at {i}")
        if seen.setdefault(word, i) != i:
            raise ValueError(f"words: expected every word once, got {word!r} at {seen[word]} and at {i}")
    return words


def _table(vectors):
    with np.errstate(over="ignore"):
        table = validate.matrix("vectors", vectors).astype(np.float32)
    validate.numbers("vectors, as float32", table)
    return table


def _header(path, file):
    """The numbers of words and of dimensions that the first line states."""
    line = file.readline(LONGEST_WORD)
    fields = line.split()
    if len(fields) != 2 or not all(field.isdigit() and int(field) for field in fields) or not line.endswith(b"\n"):
        raise ValueError(
            f"{path}, line 1: expected two numbers above 0, vocabulary and dimensions, got {shown(line)}; "
            "a file that begins with its first word, as GloVe's, is read with header=False"
        )
    return int(fields[0]), int(fields[1])


def _size_of_first_line(path, file):
    """How many numbers stand in the first line behind its word; the place in the file is kept."""
    fields = file.readline(LONGEST_LINE).split()
    file.seek(0)
    if not _is_row(fields, len(fields) - 1) or len(fields) < 2:
        raise ValueError(f"{path}, line 1: expected a word and its numbers, got {shown(b' '.join(fields))}")
    return len(fields) - 1


def _looks_like_text(file, size):
    """Whether a word and `size` numbers follow in a line, or at least nothing but printable text; the place in the file is kept."""
    place, line = file.tell(), file.readline(LONGEST_LINE)
    file.seek(place)
    sample = file.read(SAMPLE)
    file.seek(place)
    return _is_row(line.split(), size) or _is_printable(sample)


def _is_row(fields, size):
    try:
        return len(fields) == size + 1 and np.isfinite(np.array(fields[1:], dtype=float)).all()
    except ValueError:
        return False


def _is_printable(sample):
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(sample)  # a letter cut at the end is no fault
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter.isspace() for letter in text)
