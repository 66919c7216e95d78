r"""Files to text: encodings, notebooks, \input; every line of the text knows where it stands."""

import json
import os
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from .report import NoMathematics

SUFFIXES = (".md", ".tex", ".ipynb", ".txt")
LATEX = (".tex", ".ltx", ".latex")
MOST_FILES, MOST_CHARACTERS = 100, 5_000_000  # that one text may ask for
_BOMS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_KINDS = ((b"%PDF-", "a PDF"), (b"PK\x03\x04", "a Word file or another archive"), (b"\xd0\xcf\x11\xe0", "an old Word file"),
          (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"\x1f\x8b", "a compressed file"))
_UNTOUCHED = re.compile(r"\\begin\{(verbatim|Verbatim|lstlisting|minted|comment)(\*?)\}.*?\\end\{\1\2\}|\\verb\*?([^\w\s])[^\n]*?\3|(?<!\\)%[^\n]*", re.S)
_INPUT = re.compile(r"\\(?:input|include|subfile)(?:\s*\{(?P<braced>[^{}\n]*)\}|[ \t]+(?P<bare>[\w./-]+))")


@dataclass(frozen=True)
class Place:
    """Where a line of a text stands: its file (as to be named), its line there, and the cell of a notebook, or 0."""

    file: str
    line: int
    cell: int = 0

    @property
    def words(self):
        return f"cell {self.cell}, line {self.line}" if self.cell else f"{self.file}, line {self.line}"

    @property
    def at(self):
        return f"{self.file}, cell {self.cell}, line {self.line}" if self.cell else f"{self.file}:{self.line}"


@dataclass
class Loaded:
    """A text; places: one Place for each line, or [] when line n of the text is line n of the file; not_read: what it asked for."""

    text: str
    places: list = field(default_factory=list)
    not_read: list = field(default_factory=list)


def load(path):
    """The text of a file, notebooks reduced to their Markdown; raises NoMathematics, OSError."""
    return read(Path(path)).text


def read(path, name=""):
    r"""The Loaded text of a file, with what it includes by \input; raises NoMathematics, OSError."""
    name = name or str(path)
    text = decode(path.read_bytes(), name)
    if path.suffix.lower() == ".ipynb":
        return notebook(text, name)
    return Inclusion(path, name).loaded(text) if path.suffix.lower() in LATEX else Loaded(text)


def read_stream(raw, name="<stdin>"):
    r"""The Loaded text of bytes from a pipe: a notebook when it is one; \input is named as not read."""
    text = decode(raw, name)
    if re.match(r'\s*\{\s*"', text) and re.search(r'"(cells|worksheets)"\s*:', text):
        return notebook(text, name)
    asked = [_asked(m) for m in inputs(text)] if "\\begin{document}" in text else []
    return Loaded(text, not_read=[f"{a}: expected a file, found text from a pipe, which has no folder" for a in asked])


# -- bytes ---------------------------------------------------------------------------------------------------------
def decode(raw, name):
    """Text with its newlines made plain: UTF-8, UTF-16 or UTF-32 with a mark, UTF-16 without one, else Latin-1."""
    kind = next((k for start, k in _KINDS if raw.startswith(start)), "")
    text = None if kind else _text(raw)
    if text is None or _is_binary(text[:8000]):
        raise NoMathematics(f"{name}: expected a text file (Markdown, LaTeX, notebook or plain text), found {kind or 'binary data'}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(raw):
    """Bytes as text, or None when they say what they are and are not."""
    coding = next((c for bom, c in _BOMS if raw.startswith(bom)), "") or _wide(raw[:8000])
    try:
        return raw.decode(coding or "utf-8-sig")
    except UnicodeDecodeError:
        return None if coding else raw.decode("latin-1")


def _wide(raw):
    """The UTF-16 coding of bytes without a mark whose every second byte is zero, or ''."""
    low, high, pairs = raw[1::2].count(0), raw[0::2].count(0), len(raw) // 2
    if pairs < 2 or min(low, high) * 20 > pairs:
        return ""
    return "utf-16-le" if low * 2 > pairs else "utf-16-be" if high * 2 > pairs else ""


def _is_binary(text):
    return "\0" in text or sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in text) * 20 > len(text)


# -- notebooks -----------------------------------------------------------------------------------------------------
def notebook_text(text, path):
    """The Markdown cells of a Jupyter notebook, joined by blank lines."""
    return notebook(text, str(path)).text


def notebook(text, name):
    """The Loaded Markdown of a notebook of format 3 or 4, with the cell and the line of each line; raises NoMathematics."""
    lines, places = [], []
    for number, cell in enumerate(_cells(text, name), 1):
        written = _markdown(cell, name).split("\n") if cell.get("cell_type") in ("markdown", "heading") else []
        if lines and written:
            lines.append("")
            places.append(places[-1])
        lines += written
        places += [Place(name, n, number) for n in range(1, len(written) + 1)]
    return Loaded("\n".join(lines), places)


def _cells(text, name):
    """The cells of a notebook: at its top in format 4, within its worksheets in format 3."""
    wanted = f"{name}: expected a Jupyter notebook (JSON with a list of cells), found"
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoMathematics(f"{wanted} {error}") from None
    sheets = [data] if not isinstance(data, dict) or "cells" in data else data.get("worksheets")
    if not isinstance(sheets, list) or not all(isinstance(s, dict) and isinstance(s.get("cells"), list) for s in sheets):
        raise NoMathematics(f"{wanted} JSON without such a list")
    cells = [c for s in sheets for c in s["cells"]]
    for odd in (c for c in cells if not isinstance(c, dict)):
        raise NoMathematics(f"{wanted} a cell that is {type(odd).__name__}")
    return cells


def _markdown(cell, name):
    """The source of a cell; a heading of format 3 gets its signs."""
    source = cell.get("source", "")
    source = "".join(source) if isinstance(source, list) and all(isinstance(s, str) for s in source) else source
    if not isinstance(source, str):
        raise NoMathematics(f"{name}: expected a Jupyter notebook whose cells are text, found {type(source).__name__}")
    level = cell.get("level", 1)
    mark = "#" * (level if level in range(1, 7) else 1) + " " if cell.get("cell_type") == "heading" else ""
    return mark + source.replace("\r\n", "\n").replace("\r", "\n")


# -- \input --------------------------------------------------------------------------------------------------------
def inputs(text):
    r"""The \input, \include and \subfile of a text, as matches, without those in comments and verbatim text."""
    hidden = [m.span() for m in _UNTOUCHED.finditer(text)]
    starts = [a for a, _ in hidden]
    within = lambda at: (n := bisect_right(starts, at)) > 0 and at < hidden[n - 1][1]
    return [m for m in _INPUT.finditer(text) if not within(m.start())]


def _wanted(match):
    return (match["braced"] or match["bare"] or "").strip().strip('"')


def _asked(match):
    line = match.string.count("\n", 0, match.start()) + 1
    return f"{match[0][:80]} (line {line})"


class Inclusion:
    """Puts the files that a LaTeX file asks for in their places: only within its own folder, and never a file within itself."""

    def __init__(self, path, name):
        self.main, self.name = path.resolve(), name
        self.folder, self.not_read, self.read, self.characters = self.main.parent, [], [], 0

    def loaded(self, text):
        lines = self.expanded(text, self.name, (self.main,))
        places = [place for _, place in lines] if self.read else []
        return Loaded("\n".join(line for line, _ in lines), places, self.not_read)

    def expanded(self, text, name, above):
        """[(line, Place)] of a text with its inclusions; what stands before and behind one in its line has lines of its own."""
        found, at, number = [], 0, 1
        for match in inputs(text):
            inner = self.included(match, name, above)
            if inner is not None:
                found += _uncut(_numbered(text[at:match.start()], name, number), first=at > 0, last=True) + inner
                number += text.count("\n", at, match.end())
                at = match.end()
        return found + _uncut(_numbered(text[at:], name, number), first=at > 0)

    def included(self, match, name, above):
        """The lines of an included file, or None with a reason why it is not read."""
        path, reason = self.file(_wanted(match), above)
        try:
            text = None if reason else decode(path.read_bytes(), path.name)
        except (OSError, NoMathematics) as error:
            reason = getattr(error, "strerror", "") or str(error)
        if reason:
            self.not_read.append(f"{_asked(match)} in {name}: {reason}")
            return None
        self.characters += len(text)
        self.read.append(path)
        return self.expanded(text.rstrip("\n"), self.shown(path), (*above, path))

    def file(self, wanted, above):
        """(path, '') of a file that may be read, or (None, reason)."""
        names = [wanted, f"{wanted}.tex"] if Path(wanted).suffix else [f"{wanted}.tex", wanted]
        tried = [_resolved(self.folder / n) for n in names]
        path = next((p for p in tried if p is not None and os.path.isfile(p)), None)
        if not all(p is None or p.is_relative_to(self.folder) for p in ([path] if path else tried)):
            return None, "expected a file inside the folder of the text, found one outside it"
        if path is None:
            return None, "expected a file in the folder of the text, found none"
        if path in above:
            return None, "expected another file, found one that includes itself"
        if len(self.read) >= MOST_FILES or self.characters > MOST_CHARACTERS:
            return None, f"expected at most {MOST_FILES} files and {MOST_CHARACTERS:,} characters, found more"
        return path, ""

    def shown(self, path):
        """The name of an included file beside that of the main one."""
        inner = path.relative_to(self.folder)
        return str(Path(self.name).parent / inner)


def _numbered(text, name, first):
    return [(line, Place(name, n)) for n, line in enumerate(text.split("\n"), first)]


def _uncut(lines, first=False, last=False):
    """Lines without the blank rest of a line that an inclusion has cut: it would end a paragraph where the text does not."""
    lines = lines[1:] if first and not lines[0][0].strip() else lines
    return lines[:-1] if last and lines and not lines[-1][0].strip() else lines


def _resolved(path):
    """The path without links and dots, or None when there can be no such file."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return None


# -- folders -------------------------------------------------------------------------------------------------------
def search(folder):
    r"""The files of a folder that can be checked, in order; without hidden ones and those that another includes by \input."""
    found = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith((".", "__")))
        found += [Path(here) / n for n in sorted(names) if Path(n).suffix.lower() in SUFFIXES and not n.startswith(".")]
    parts = {path: _parts(path) for path in found if path.suffix.lower() in LATEX}
    inner = {part for path in parts for part in parts[path]}
    covered = {part for path in parts if path.resolve() not in inner for part in parts[path]}
    return [path for path in found if path.resolve() not in covered]


def _parts(path):
    """The files that a LaTeX file includes."""
    try:
        inclusion = Inclusion(path, str(path))
        inclusion.loaded(decode(path.read_bytes(), str(path)))
    except (OSError, NoMathematics):
        return []
    return inclusion.read
