"""Files and text to pieces: displays, inline mathematics, prose, headings and check comments, with line numbers."""
import json
import re
from dataclasses import dataclass

ENVIRONMENTS = ("equation", "align", "gather", "eqnarray", "multline", "displaymath", "flalign", "alignat", "math",
                "dmath", "split", "aligned", "gathered", "subequations", "cases")
_ENV = "|".join(ENVIRONMENTS)
_PIECE = re.compile(
    r"^(?P<fence>[ \t>]*(?:`{3,}|~{3,}|:{3,}(?=\s*\{math\})))[ \t]*(?P<info>[^\n]*)\n(?P<block>.*?)(?:^[ \t>]*(?P=fence)[ \t]*$|\Z)"
    r"|<!--(?P<comment>.*?)-->"
    r"|^[ \t]*%[ \t]*check:(?P<percent>[^\n]*)$"
    r"|^[ \t]*%(?P<remark>[^\n]*)$"
    r"|(?<!\\)(?P<code>`+)(?!\$)[^`\n]+?(?P=code)"
    r"|(?<!\\)\$\$(?P<double>.+?)(?<!\\)\$\$"
    r"|\\\[(?P<bracket>.+?)\\\]"
    rf"|\\begin\{{(?P<env>(?:{_ENV})\*?)\}}(?P<body>.*?)\\end\{{(?P=env)\}}"
    r"|\\\((?P<paren>.+?)\\\)"
    r"|(?<![\\$])`?\$(?!\$)(?P<inline>(?:[^$\\\n]|\\.|\n(?!\s*\n))+?)\$(?!\$)`?"
    r"|^[ \t]*\#{1,6}[ \t](?P<heading>[^\n]*)$"
    r"|\\(?:sub)*section\*?\{(?P<section>[^\n]*)\}|\\(?:problem|question|part|paragraph|subparagraph)\*?\{(?P<part>[^\n]*)\}"
    r"|^[ \t]*(?P<colons>:{3,})(?P<directive>[^\n]*)$",
    re.S | re.M)


class NoMathematics(Exception):
    """The input holds nothing that can be checked; the message says what was looked for."""


@dataclass(frozen=True)
class Piece:
    """kind: 'display', 'inline', 'prose', 'heading', 'comment' or 'directive'; line counts from 1."""
    kind: str
    text: str
    line: int


def load(path):
    """The text of a file, notebooks reduced to their Markdown; raises NoMathematics, OSError."""
    raw = path.read_bytes()
    if b"\0" in raw[:8000]:
        raise NoMathematics(f"{path}: expected a text file (Markdown, LaTeX, notebook or plain text), found binary data")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return notebook_text(text, path) if path.suffix == ".ipynb" else text


def notebook_text(text, path):
    """The Markdown cells of a Jupyter notebook, joined by blank lines."""
    try:
        cells = json.loads(text)["cells"]
        parts = ["".join(c["source"]) for c in cells if c.get("cell_type") == "markdown"]
    except (ValueError, KeyError, TypeError) as error:
        raise NoMathematics(f"{path}: expected a Jupyter notebook (JSON with a list of cells), found {error}") from None
    return "\n\n".join(parts)


def pieces(text):
    """The pieces of a document in reading order."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    body = re.search(r"\\begin\{document\}", text)
    found = list(_pieces(text, 1))
    if body:
        start = text.count("\n", 0, body.start()) + 1
        found = [p for p in found if p.line >= start]
    if not any(p.kind in ("display", "inline") for p in found) and "=" in text and "\0" not in text and re.search(r"[\\^_]", text):
        return bare_lines(text)
    return found


def bare_lines(text):
    """Lines pasted without any delimiters: each one that holds mathematics is a display."""
    looks = re.compile(r"[\\^_=]")
    if "\\begin{" in text or "\\\\" in text:
        return [Piece("display", text, 1)]
    return [Piece("display" if looks.search(line) else "prose", line, n)
            for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def _pieces(text, line):
    i = 0
    for match in iter(lambda: _PIECE.search(text, i), None):
        if match.start() > i and text[i:match.start()].strip():
            yield Piece("prose", text[i:match.start()], line)
        line += text.count("\n", i, match.start())
        yield from _piece(match, line)
        line += text.count("\n", match.start(), match.end())
        i = match.end()
    if text[i:].strip():
        yield Piece("prose", text[i:], line)


def _piece(match, line):
    groups = match.groupdict()
    start = lambda name: line + match.string.count("\n", match.start(), match.start(name))
    if groups["fence"] is not None:
        yield from _fence(groups, start("block"))
    elif groups["comment"] is not None or groups["percent"] is not None:
        yield Piece("comment", (groups["comment"] or groups["percent"] and "check:" + groups["percent"] or "").strip(), line)
    elif groups["double"] or groups["bracket"]:
        name = "double" if groups["double"] else "bracket"
        yield Piece("display", clean(groups[name]), start(name))
    elif groups["env"]:
        inner = r"\begin{%s}%s\end{%s}" % (groups["env"], groups["body"], groups["env"])
        yield Piece("display", clean(inner), line)
    elif groups["paren"] or groups["inline"]:
        name = "paren" if groups["paren"] else "inline"
        kind = "display" if alone(match) and "=" in groups[name] or alone(match) and len(groups[name]) > 25 else "inline"
        yield Piece(kind, clean(groups[name].strip("`")), start(name))
    elif groups["colons"]:
        yield Piece("directive", groups["colons"] + groups["directive"], line)
    elif groups["heading"] is not None or groups["section"] is not None or groups["part"] is not None:
        content = groups["heading"] or groups["section"] or groups["part"] or ""
        yield Piece("heading", content, line)
        yield from (p for p in _pieces(content, line) if p.kind == "inline")


def alone(match):
    """Whether inline mathematics fills its line, so that it is a display in all but name."""
    text, start, end = match.string, match.start(), match.end()
    before = text[text.rfind("\n", 0, start) + 1:start]
    after = text[end:text.find("\n", end) if "\n" in text[end:] else len(text)]
    return not before.strip(" \t-*>&+") and not after.strip(" \t.,;\\")


def _fence(groups, line):
    info = groups["info"].strip()
    if info in ("math", "{math}") or info.startswith("{math}"):
        yield Piece("display", clean(re.sub(r"^[ \t]*:[\w-]+:[^\n]*$", "", groups["block"], flags=re.M)), line)
    elif info.startswith("{") and not info.startswith(("{code", "{raw", "{python", "{r}")):
        yield from _pieces(groups["block"], line)
    elif info.lower() in ("latex", "tex"):
        yield from _pieces(groups["block"], line)


def clean(text):
    r"""Mathematics without LaTeX's comments, without quotation marks of Markdown and HTML, and without dollars inside \text."""
    text = re.sub(r"(?<!\\)%[^\n]*", "", text)
    text = re.sub(r"(\\(?:text|mbox)\w*\s*\{[^{}$]*)\$([^$]*)\$", r"\1} \2 \\text{", text)
    text = re.sub(r"^[ \t]*>[ \t]?", "", text, flags=re.M)
    for entity, plain in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("\\_", "_"), ("\\*", "*")):
        text = text.replace(entity, plain)
    return text
