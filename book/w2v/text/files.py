"""Any UTF-8 text of the reader's, file or folder, piece by piece: a file of a gigabyte is never in memory.

A file is read in blocks that end where a run of white space begins, so that no letter, word, end of
sentence or blank line is cut in two, and a bad byte is reported with its place in the file.
"""

import unicodedata
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from w2v.text.words import LINE_END, SENTENCE_END

SUFFIXES = (".txt", ".text", ".md")  # what a folder is searched for
BLOCK = 1 << 20  # bytes read at a time


def text_files(path: str | PathLike[str] | Iterable[str | PathLike[str]]) -> list[Path]:
    """The text files meant by `path`, a file, a folder or a list of them, as a sorted list; those in hidden folders are left out.

    >>> text_files("nowhere.txt")
    Traceback (most recent call last):
        ...
    FileNotFoundError: path: expected a file or folder, got 'nowhere.txt', which does not exist
    """
    if isinstance(path, (list, tuple)):
        found = sorted({file for part in path for file in text_files(part)})
        if not found:
            raise ValueError("path: expected at least one file or folder, got an empty list")
        return found
    if not isinstance(path, (str, Path)):
        raise TypeError(f"path: expected the path of a file or folder, or a list of them, got {type(path).__name__}")
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"path: expected a file or folder, got {str(path)!r}, which does not exist")
    found = [path] if path.is_file() else _inside(path)
    if not any(file.stat().st_size for file in found):
        raise ValueError(
            f"path: expected text in {path}, got {'an empty file' if path.is_file() else 'empty files only'}"
        )
    return found


def _inside(folder):
    found = sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    found = [file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts)]
    if not found:
        raise FileNotFoundError(
            f"path: expected a folder with text files ({', '.join(SUFFIXES)}), got {folder}, which has none"
        )
    return found


def parts_of_piece(path, lines, tokenize, piece):
    """The words of a piece (bytes, place) of a file: of what is left of a sentence, and of each that begins in it.

    With `lines` each line is a sentence. `tokenize` makes the list of words of a text; a text that it gets
    may end, at white space, within a sentence.
    """
    return list(map(tokenize, (LINE_END if lines else SENTENCE_END).split(decoded(path, *piece))))


def pieces_of_file(path, passed):
    """A file in pieces (bytes, place of the first), each but the last followed by white space; `passed` gets the number of bytes read since the last call."""
    with open(path, "rb") as file:
        waiting, place = b"", 0
        while block := file.read(BLOCK):
            passed(len(block))
            waiting += block
            end = _last_white_space(waiting)
            if end == 0 and len(waiting) > BLOCK:
                raise ValueError(
                    f"{path}: expected words with space between them, got none in {len(waiting)} bytes from byte {place} on"
                )
            yield waiting[:end], place
            waiting, place = waiting[end:], place + end
        yield waiting, place


def _last_white_space(text):
    """Where the last run of white space begins that has something before and after it, or 0."""
    parts = text.rsplit(None, 1)
    return len(parts[0]) if len(parts) == 2 else 0


def decoded(path, piece, place=0):
    """The text of the bytes `piece` of a file, from byte `place` on: letters composed, ’ written as '; ValueError with the place of a bad byte."""
    if (zero := piece.find(0)) >= 0:
        raise ValueError(
            f"{path}: expected a text file, got a zero byte at byte {place + zero}: a binary file, or not UTF-8"
        )
    try:
        text = piece.decode("utf-8")
    except UnicodeDecodeError as error:
        at = place + error.start
        raise ValueError(
            f"{path}: expected UTF-8 text, got byte 0x{piece[error.start]:02x} at byte {at}, line {_line(path, at)} ({error.reason}); "
            f"if the file is in Latin-1, convert it: iconv -f latin1 -t utf-8"
        ) from None
    return unicodedata.normalize("NFC", text).replace("’", "'")


def _line(path, place):
    """The number of the line, from 1, of byte `place`, counted from 0."""
    lines = 1
    with open(path, "rb") as file:
        while place > 0 and (block := file.read(min(BLOCK, place))):
            lines, place = lines + block.count(b"\n"), place - len(block)
    return lines
