"""A document to logical lines of prose in which private characters stand for pieces of mathematics, with line numbers."""

import re
from bisect import bisect_right
from dataclasses import dataclass

INLINE, DISPLAY, CODE = "\ue000", "\ue001", "\ue002"
ENVIRONMENTS = ("equation", "align", "gather", "eqnarray", "multline", "displaymath", "flalign", "alignat", "math", "dmath", "split", "aligned",
                "gathered", "subequations", "cases")
_ENV = "|".join(ENVIRONMENTS)
_OPEN = re.compile(
    r"<!--"
    r"|^[ \t]*%(?P<percent>[^\n]*)$"
    r"|(?<!\\)(?P<ticks>`+)"
    r"|(?<!\\)\$\$"
    r"|(?P<bracket>\\\\?\[)"
    rf"|\\begin\{{(?P<env>(?:{_ENV})\*?)\}}"
    r"|(?P<paren>\\\\?\()"
    r"|(?<![\\$])\$(?!\$)"
    r"|\\begin\{(?P<skip>verbatim|lstlisting|minted|comment|tikzpicture)\*?\}", re.M)
_DOLLAR = re.compile(r"\$((?:[^$\\\n]|\\.|\n(?![ \t]*\n))+?)\$", re.S)
_TAIL = re.compile(r"[ \t]*(?:<br\s*/?>|\\\\|\(([\w:-]+)\)|\{#([\w:-]+)\})?[ \t.,;]*(?=\n|$)")
_FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<ticks>`{3,}|~{3,}|:{3,})[ \t]*(?P<info>[^\n]*)$", re.M)


@dataclass(frozen=True)
class Piece:
    """kind: 'inline', 'display' or 'code' (a code span); line is the one on which its text starts, last that of its end."""

    kind: str
    text: str
    line: int
    last: int
    label: str = ""


@dataclass(frozen=True)
class Line:
    """A logical line: prose with a private character for each of its pieces; kind 'text', 'comment', 'directive' or 'break'."""

    kind: str
    text: str
    line: int
    pieces: tuple = ()
    title: str = ""


class Numbers:
    """Offsets to line numbers."""

    def __init__(self, text):
        self.starts = [0] + [m.end() for m in re.finditer("\n", text)]

    def line(self, offset):
        return bisect_right(self.starts, offset)


def lines(text):
    """The logical lines of a document."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    text = re.sub("[\ue000-\ue002]", "?", text)
    numbers = Numbers(text)
    start, end = body(text)
    if "\\documentclass" in text[:start] or start and "\\begin{document}" in text:
        text = text[:start] + re.sub(r"(?<!\\)%(?!\s*check:)[^\n]*", lambda m: " " * len(m[0]), text[start:])
    return [line for kind, a, b, title in regions(text, start, end) for line in region(text, kind, a, b, title, numbers)]


def body(text):
    """(start, end) of what is read: without front matter, within \\begin{document} ... \\end{document}."""
    document = re.search(r"\\begin\{document\}", text)
    if document:
        end = text.find("\\end{document}", document.end())
        return document.end(), len(text) if end < 0 else end
    front = re.match(r"---[ \t]*\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)", text)
    return (front.end() if front and re.search(r"^[\w-]+:", front[0], re.M) else 0), len(text)


def regions(text, start, end):
    """(kind, start, end, title): text, math, skipped code, and the openings and closings of directives, by fences."""
    stack, cut = [], start
    for match in _FENCE.finditer(text, start, end):
        if match.start() < cut:
            continue
        mark, info = match["ticks"], match["info"].strip()
        if stack and stack[-1][0] in mark and not info and mark[0] == stack[-1][0][0]:
            yield "text", cut, match.start(), ""
            yield "close", match.start(), match.end(), stack.pop()[1]
            cut = min(match.end() + 1, end)
        elif mark[0] == ":" and not info or "`" in info and mark[0] == "`":
            continue
        else:
            yield "text", cut, match.start(), ""
            kind = fence_kind(info)
            if kind == "open":
                stack.append((mark, info))
                yield "open", match.start(), match.end(), info
                cut = min(match.end() + 1, end)
            else:
                stop, cut = fence_end(text, match, end)
                yield kind, min(match.end() + 1, stop), stop, info
    yield "text", cut, end, ""


def fence_kind(info):
    """'math', 'text' (LaTeX source), 'open' (a directive with text inside) or 'skip' (code)."""
    name = info.strip("{} ").split("}")[0].split()[0].lower() if info.strip("{} ") else ""
    if name == "math" or name == "katex":
        return "math"
    if name in ("latex", "tex") and not info.startswith("{"):
        return "inside"
    if info.startswith("{") and name not in ("code", "code-block", "code-cell", "raw", "python", "r", "eval-rst", "mermaid", "image", "figure",
                                             "literalinclude", "bibliography", "toctree", "tableofcontents", "iframe", "contents"):
        return "open"
    return "skip"


def fence_end(text, match, end):
    """(start, end) of the closing fence of a block of code or mathematics."""
    mark = match["ticks"]
    found = re.compile(rf"^[ \t>]*{re.escape(mark)}{re.escape(mark[0])}*[ \t]*$", re.M).search(text, match.end(), end)
    return (found.start(), min(found.end() + 1, end)) if found else (end, end)


def region(text, kind, start, end, title, numbers):
    if kind == "text" or kind == "inside":
        yield from Scanner(text, start, end, numbers).run()
    elif kind == "math":
        block = re.sub(r"^[ \t>]*:([\w-]+):[^\n]*$", "", text[start:end], flags=re.M)
        label = re.search(r"^[ \t>]*:label:[ \t]*(\S+)", text[start:end], re.M)
        yield Line("text", DISPLAY, numbers.line(start), (Piece("display", clean(block), numbers.line(start), numbers.line(max(start, end - 1)),
                                                                label[1] if label else ""),))
    elif kind == "open":
        name, _, rest = title.strip().lstrip("{").partition("}")
        yield Line("directive", name.strip(), numbers.line(start), (), rest.strip())
    elif kind == "close":
        yield Line("directive", "", numbers.line(start))


class Scanner:
    """Finds the mathematics of a region; what is left is prose."""

    def __init__(self, text, start, end, numbers):
        self.text, self.i, self.end, self.numbers = text, start, end, numbers
        self.buffer, self.pieces, self.begin = [], [], start
        self.missing, self.found = set(), []
        self.tex = "\\documentclass" in text[:2000] or "\\begin{document}" in text[:start + 1]

    def run(self):
        while True:
            match = _OPEN.search(self.text, self.i, self.end)
            if match is None:
                break
            self.prose(match.start())
            self.piece(match)
        self.prose(self.end)
        self.flush(self.end)
        return self.found

    def prose(self, end):
        """The text up to `end`, line by line."""
        while self.i < end:
            stop = self.text.find("\n", self.i, end)
            if stop < 0:
                self.buffer.append(self.text[self.i:end])
                self.i = end
            else:
                self.buffer.append(self.text[self.i:stop])
                self.i = stop + 1
                self.flush(self.i)

    def flush(self, begin):
        """Ends the logical line."""
        if self.buffer or self.pieces or begin > self.begin:
            self.found.append(Line("text", "".join(self.buffer), self.numbers.line(self.begin), tuple(self.pieces)))
        self.buffer, self.pieces, self.begin = [], [], begin

    def piece(self, match):
        opener, start = match[0], match.start()
        if opener == "<!--":
            self.comment(start)
        elif match["percent"] is not None:
            if match["percent"].strip().startswith("check:"):
                self.found.append(Line("comment", match["percent"].strip()[6:].strip(), self.numbers.line(start)))
            self.i = match.end()
        elif match["ticks"]:
            self.ticks(match)
        elif match["skip"]:
            self.until(start, match.end(), "\\end{" + opener[7:-1] + "}", None)
        elif match["env"]:
            self.until(start, match.end(), "\\end{" + match["env"] + "}", "env")
        elif match["bracket"]:
            self.until(start, match.end(), opener[:-1] + "]", "display")
        elif match["paren"]:
            self.until(start, match.end(), opener[:-1] + ")", "inline")
        elif opener == "$$":
            self.until(start, match.end(), "$$", "display")
        else:
            self.dollar(start)

    def literal(self, length):
        """An opener that nothing closes is prose."""
        self.buffer.append(self.text[self.i:self.i + length])
        self.i += length

    def comment(self, start):
        end = self.find("-->", start)
        if end < 0:
            return self.literal(4)
        content = self.text[start + 4:end].strip()
        if content.startswith("check:"):
            self.flush(start)
            self.found.append(Line("comment", content[6:].strip(), self.numbers.line(start)))
        self.i = end + 3

    def find(self, closer, start):
        if closer in self.missing:
            return -1
        end = self.text.find(closer, start, self.end)
        while end > 0 and closer == "$$" and self.text[end - 1] == "\\":
            end = self.text.find(closer, end + 1, self.end)
        if end < 0:
            self.missing.add(closer)
        return end

    def until(self, start, inner, closer, kind):
        end = self.find(closer, inner)
        if end < 0:
            return self.literal(inner - start)
        stop = end + len(closer)
        if kind is None:
            self.i = stop
            return None
        content = self.text[start:stop] if kind == "env" else self.text[inner:end]
        if kind == "inline" and "\n\n" in content:
            return self.literal(inner - start)
        return self.add("inline" if kind == "inline" else "display", content, start, start if kind == "env" else inner, stop)

    def dollar(self, start):
        match = _DOLLAR.match(self.text, start, self.end)
        if match is None:
            return self.literal(1)
        if self.text[match.end():match.end() + 1].isdigit() and not re.search(r"[\\^_=]", match[1]):
            return self.literal(1)
        return self.add("inline", match[1].strip("`"), start, start + 1, match.end())

    def ticks(self, match):
        r"""Code spans, `$...$` and $`...`$ of GitLab."""
        start, run = match.start(), match["ticks"]
        end = self.text.find(run, match.end(), min(self.end, match.end() + 2000))
        inner = self.text[match.end():end] if end >= 0 else ""
        if end < 0 or "\n\n" in inner or "''" in inner or self.tex and len(run) < 3:
            return self.literal(len(run))
        stop = end + len(run)
        if len(inner) > 2 and inner[0] == inner[-1] == "$" and "$" not in inner[1:-1]:
            return self.add("inline", inner[1:-1], start, match.end() + 1, stop)
        before = re.search(r"\{[\w:-]+\}$", "".join(self.buffer[-1:]))
        if before:
            self.buffer[-1] = self.buffer[-1][:before.start()]
            if before[0] == "{math}":
                return self.add("inline", inner, start, match.end(), stop)
            self.buffer.append(re.sub(r"\s*<[^>]*>$", "", inner))
            self.i = stop
            return None
        return self.add("code", inner, start, match.end(), stop)

    def add(self, kind, content, start, inner, stop):
        line, last = self.numbers.line(inner), self.numbers.line(stop - 1)
        if kind == "inline" and self.alone(start, stop, content):
            kind = "display"
            sign = re.search(r"(?:^|[\s>])(=|\\approx)\s*$", self.text[self.text.rfind("\n", 0, start) + 1:start])
            content = (sign[1] + " " if sign else "") + content
            self.buffer = ["".join(self.buffer).rstrip("= \t")] if sign else self.buffer
        label = ""
        self.buffer.append({"inline": INLINE, "display": DISPLAY, "code": CODE}[kind])
        self.i = stop
        if kind == "display":
            tail = _TAIL.match(self.text, self.i, self.end)
            if tail:
                self.i, label = tail.end(), tail[1] or tail[2] or ""
        self.pieces.append(Piece(kind, clean(content) if kind != "code" else content, line, last, label))

    def alone(self, start, stop, content):
        """Whether inline mathematics fills its line, so that it is a display in all but name."""
        if "=" not in content and len(content) <= 25:
            before = self.text[self.text.rfind("\n", 0, start) + 1:start]
            if not re.search(r"=\s*$", before):
                return False
        before = self.text[self.text.rfind("\n", 0, start) + 1:start]
        newline = self.text.find("\n", stop)
        after = self.text[stop:newline if newline >= 0 else len(self.text)]
        return not before.strip(" \t-*>&+=") and not re.sub(r"<br\s*/?>", "", after).strip(" \t.,;\\`")


_ENTITIES = (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&#39;", "'"), ("&quot;", '"'), ("&minus;", "-"), ("&sum;", "∑"),
             ("&part;", "∂"), ("&sigma;", "σ"), ("&ne;", "≠"), ("&times;", "×"), ("&middot;", "·"), ("<br>", " "), ("<br/>", " "), ("<br />", " "),
             ("\\_", "_"), ("\\*", "*"))


def clean(text):
    """Mathematics without LaTeX's comments, quotation marks of Markdown and entities of HTML; its lines stay where they are."""
    text = re.sub(r"(?<!\\)%[^\n]*", "", text)
    text = re.sub(r"^[ \t]*>+[ \t]?", "", text, flags=re.M)
    for entity, plain in _ENTITIES:
        if entity in text:
            text = text.replace(entity, plain)
    return text
