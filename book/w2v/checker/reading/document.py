"""Logical lines to blocks: headings, sentences with their mathematics, displays, list items, directives."""

import re
from dataclasses import dataclass, field

from .blocks import Comment, Directive, Display, Heading, Item, Sentence, Text
from .chains import Chains
from .macros import Macros, definitions_removed, expand
from .prose import PIECE, cut, pieces, plain
from .sources import DISPLAY, Line, Piece, lines
from .tree import Unreadable

_BRACED = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_LATEX = re.compile(r"\\(?P<head>(?:sub)*section|chapter|paragraph|subparagraph|problem|question|part|title)\*?\s*(?:\[[^\]]*\])?\s*" + _BRACED +
                    r"|\\(?P<bare>question|part|subpart|subsubpart|problem)\b(?:\[[^\]]*\])?"
                    r"|\\item\b(?:\s*\[(?P<mark>[^\]]*)\])?|\\(?P<env>begin|end)\{(?P<name>[A-Za-z]+)\*?\}(?:\[(?P<title>[^\]]*)\])?")
LEVELS = {"title": 1, "chapter": 1, "part": 1, "section": 2, "problem": 2, "question": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5, "subparagraph": 6}
LISTS = {"itemize", "enumerate", "description", "parts", "subparts", "questions"}
BOXES = {"theorem", "lemma", "proof", "definition", "proposition", "corollary", "remark", "example", "solution", "question", "problem", "exercise", "answer",
         "claim", "note", "assumption", "hypothesis", "case", "quote", "abstract"}
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ITEM = re.compile(r"([ \t]*)([-*+•](?=[ \t])|\d{1,3}[.)](?=[ \t~])|\([a-zA-Z0-9ivx]{1,4}\)(?=[ \t~]|$)|[a-z]\)(?=[ \t])|[ivx]{1,5}[.)](?=[ \t~]))[ \t~]*(?=\S|$)")
_BOLD_LINE = re.compile(r"[ \t]*(\*\*|__)((?:(?!\1).)+)\1[ \t]*[:.]?[ \t]*$")
_BOLD_START = re.compile(r"[ \t]*(?:(\*\*|__)((?:(?!\1).){1,160}?)\1[:.]?|\*([^*\s\ue000-\ue002][^*\ue000-\ue002]{0,40}?[.:])\*|\\textbf\{([^{}]{1,160})\}[:.]?|\\(?:emph|textit)\{([^{}]{1,80}[.:])\})(?=\s|$)")
_BARE = re.compile(r"(?<![\w$\\^_{}=+\-*/.|(])([A-Za-z] ?(?:=|≠|!=|≤|≥|∈) ?[A-Za-z0-9])(?![\w(^_{}=+\-*/'\\|]|\.\w)")
_CODE = re.compile(r"[A-Za-z0-9_^{}\\+\-*/=≠!<>≤≥∈,.()' |']{3,60}")


@dataclass
class Open:
    """A block in the making; parts hold str and lists of Drafts."""

    kind: str
    line: int
    parts: list = field(default_factory=list)
    extra: tuple = ()
    ends: bool = False
    starts: bool = True


class Builder:
    """Goes through the lines once; `blocks` are frozen at the end, when every chain has all its rows."""

    def __init__(self, macros):
        self.macros, self.chains, self.running = macros, Chains(), Chains()
        self.blocks, self.sentence = [], None
        self.blank, self.behind_display, self.listed, self.number = True, False, [], 0
        self.options = False

    # -- lines ------------------------------------------------------------------------------------------------------
    def run(self, found):
        for n, line in enumerate(found):
            after = found[n + 1].text if n + 1 < len(found) and found[n + 1].kind == "text" else ""
            if line.kind == "text":
                self.queue = list(line.pieces)
                self.text(re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line.text), line.line, after)
            else:
                self.special(line)
        self.end_sentence(True)
        self.close_list()
        return [b for o in self.blocks for b in frozen(o)]

    def special(self, line):
        self.end_sentence(True)
        if line.kind == "comment":
            self.add("comment", line.line, line.text)
            return
        if line.text.split(":")[0] in ("prf", "exercise", "solution", "admonition") or not line.text:
            self.close_list()
        self.add("directive", line.line, line.text, line.title)
        self.options, self.blank = bool(line.text), True

    def add(self, kind, line, *extra):
        self.blocks.append(Open(kind, line, [], extra))

    def text(self, text, line, after):
        if not text.strip():
            self.end_sentence(True)
            self.blank = True
            return
        if self.options and re.match(r"[ \t]*:[\w-]+:", text):
            return
        self.options = False
        cell = re.fullmatch(r"\s*\|.*\|\s*", text) is not None and DISPLAY not in text
        if cell:  # a row of a table speaks for itself
            self.end_sentence(True)
            self.add("item", line, "|")
        cut = 0
        for match in _LATEX.finditer(text):
            self.markdown(text[cut:match.start()], line, "")
            self.latex(match, line)
            cut = match.end()
        self.markdown(text[cut:], line, after)
        if cell:
            self.end_sentence(True)

    def markdown(self, text, line, after):
        if text.strip() and not self.heading(text, line, after):
            self.body(text, line)

    def latex(self, match, line):
        """A heading, an item or an environment of LaTeX within a line."""
        if match["head"]:
            self.title(LEVELS[match["head"]], match[2], line)
        elif match["env"]:
            self.environment(match, line)
        else:
            self.end_sentence(True)
            self.add("item", line, (match["mark"] or "\\" + (match["bare"] or "item")).strip())

    def environment(self, match, line):
        name, begins = match["name"], match["env"] == "begin"
        self.end_sentence(True)
        if name in LISTS:
            self.listed.append(-1) if begins else self.close_list(line)
        elif name in BOXES or "theorem" in name:
            self.add("directive", line, name if begins else "", (match["title"] or "") if begins else "")

    def heading(self, text, line, after):
        match = _HEADING.match(text)
        if match:
            self.title(len(match[1]), match[2], line)
        elif re.fullmatch(r"[ \t]*(?:={3,}|-{3,}|\*{3,}|_{3,}|(?:[*_-][ \t]*){3,})[ \t]*", text):
            self.underline(text)
        elif self.sentence is None and _BOLD_LINE.match(text) and (not after.strip() or DISPLAY in after):
            self.title(6, _BOLD_LINE.match(text)[2], line)
        elif self.sentence is None and re.fullmatch(r"[ \t]*(?:=+|-{2,})[ \t]*", after) and DISPLAY not in text and not _ITEM.match(text):
            self.title(1 if "=" in after else 2, text, line)
        else:
            return re.fullmatch(r"[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*", text) is not None
        return True

    def underline(self, text):
        self.end_sentence(True)
        self.blank = True

    def title(self, level, text, line):
        self.end_sentence(True)
        self.close_list()
        self.chains.pause()
        block = Open("heading", line, self.parts(re.sub(r"\{#[\w:-]+\}\s*$", "", text), line), (level,))
        self.blocks.append(block)
        self.chains.pause()
        self.running.pause()
        self.blank = True

    def body(self, text, line):
        """A line of a paragraph, perhaps with the mark of a list item."""
        match = _ITEM.match(text)
        indent = len(text) - len(text.lstrip())
        if match and not (match[2][0] == "(" and self.sentence is not None and not self.listed):
            self.end_sentence(True)
            while self.listed and self.listed[-1] > indent:
                self.listed.pop()
            if not self.listed or self.listed[-1] < indent:
                self.listed.append(indent)
            self.add("item", line, match[2])
            text = text[match.end():]
        elif self.listed and not self.titled() and self.listed[0] >= 0 and indent <= self.listed[0] and (self.blank or self.behind_display) and not text.lstrip().startswith((DISPLAY, "|")):
            if self.sentence is not None:
                self.end_sentence(True)
            self.close_list(line)
        if self.sentence is None and (self.blank or match):
            text = self.run_in(text, line)
        self.blank = False
        self.words(text, line)

    def titled(self):
        """Whether the last item is only a title, `i) $w = o$`, for the paragraphs behind it."""
        last = self.blocks[-2:]
        return self.blank and len(last) == 2 and last[0].kind == "item" and last[1].kind == "sentence" and len(
            "".join(p for p in last[1].parts if isinstance(p, str)).split()) < 6 and any(not isinstance(p, str) for p in last[1].parts)

    def close_list(self, line=None):
        if self.listed:
            self.listed = self.listed[:-1] if self.listed[-1] == -1 and line else []
            self.add("item", line or (self.blocks[-1].line if self.blocks else 1), "")

    def run_in(self, text, line):
        """A bold title that opens a paragraph becomes an Item with its parts."""
        match = _BOLD_START.match(text)
        if match is None or DISPLAY in match[0]:
            return text
        inner = next(g for g in match.groups()[1:] if g)
        queue = list(self.queue)
        block = Open("item", line, self.parts(inner, line), (self.printed(match[0].strip(), queue),))
        self.blocks.append(block)
        return text[match.end():]

    def printed(self, text, queue):
        shown = iter(queue)
        return PIECE.sub(lambda m: (lambda p: f"`{p.text}`" if p.kind == "code" else f"${p.text}$")(next(shown)), text)

    # -- sentences --------------------------------------------------------------------------------------------------
    def words(self, text, line):
        for part in pieces(text):
            if part == DISPLAY:
                self.display(self.queue.pop(0))
            elif PIECE.fullmatch(part):
                self.open_sentence(line).parts.append(self.inline(self.queue.pop(0)))
            else:
                for sentence, ends in cut(part):
                    for n, words in enumerate(_BARE.split(plain(sentence))):
                        if n % 2:
                            self.open_sentence(line).parts.append(Chains().display(words, line)[0])
                        elif words:
                            self.say(words, line)
                    if ends:
                        self.end_sentence(True)
        if self.sentence is not None:
            self.say(" ", line)

    def say(self, text, line):
        if self.sentence is None and (not text.strip() or not re.search(r"\w", text) and text.strip() in (".", ",", ";", ":", "|", ").", ")")):
            return
        self.open_sentence(line, text).parts.append(text)

    def open_sentence(self, line, text=""):
        if self.sentence is None:
            first = text.strip()[:1]
            goes_on = self.behind_display and not self.blank and not first.isupper() and not "\u2e80" < first
            self.sentence = Open("sentence", line, starts=not goes_on)
            self.behind_display = False
        return self.sentence

    def end_sentence(self, ends):
        if ends:
            self.running.pause()
        if self.sentence is not None:
            self.sentence.ends = ends
            self.blocks.append(self.sentence)
            self.sentence = None
        if ends:
            self.behind_display = False

    def parts(self, text, line):
        """The words and chains of a title."""
        found = []
        for part in pieces(text):
            if PIECE.fullmatch(part):
                found.append(self.inline(self.queue.pop(0)))
            else:
                found += [Chains().display(w, line)[0] if n % 2 else w for n, w in enumerate(_BARE.split(plain(part)))]
        return found

    # -- mathematics ------------------------------------------------------------------------------------------------
    def inline(self, piece):
        """A list of drafts, or the text of a code span that is no mathematics."""
        if piece.kind == "code":
            return self.code(piece)
        drafts, _, words = self.read(piece, self.running, inline=True)
        return [*drafts, *([] if drafts else words)] or piece.text

    def read(self, piece, chains, inline=False):
        try:
            return chains.display(expand(piece.text, self.macros.at(piece.line)), piece.line, inline)
        except Unreadable as error:
            return unread(error, piece)

    def code(self, piece):
        """`w != o` is mathematics, `train_step` is not."""
        text = re.sub(r"^(\s*[A-Za-z]\w{0,2}\s*)==(\s*[A-Za-z0-9]\w{0,2}\s*)$", r"\1=\2", piece.text)
        plain_text = _CODE.fullmatch(text) and re.search(r"[=≠<>≤≥∈]|\bin\b", text) and not re.search(r"[a-z_]{3,}(?<!exp)(?<!log)", text.replace("\\neq", ""))
        if not plain_text or re.search(r"==|\w\(\)|[a-z]_[a-z]{2,}|\*\*|\+=|-=", text):
            return text
        drafts, _, _ = Chains().display(re.sub(r"\bin\b", r"\\in ", text), piece.line)
        if drafts and all(len(s.side().text) and s.side().error is None for d in drafts for s in d.sides) and any(d.signs for d in drafts):
            return drafts
        return text

    def display(self, piece):
        if self.sentence is not None:
            self.end_sentence(False)
        self.running.pause()
        self.chains.adjacent = bool(self.blocks) and self.blocks[-1].kind == "display"
        drafts, labels, words = self.read(piece, self.chains)
        if not drafts and words:
            self.blocks.append(Open("sentence", piece.line, [" ".join(words)]))
        else:
            self.number += 1
            label = piece.label or ", ".join(dict.fromkeys(labels))
            self.blocks.append(Open("display", piece.line, [drafts], (self.number, label, piece.last)))
        self.behind_display = not piece.text.rstrip().endswith((".", "。"))
        self.blank = False


def unread(error, piece):
    """A piece whose macros cannot be written out."""
    chains = Chains()
    reading = chains.display("\\undefined", piece.line)
    reading[0][0].sides[0].error = error
    return reading


def frozen(block):
    """The finished blocks of an open one."""
    parts = []
    for part in block.parts:
        parts += [part] if isinstance(part, str) else [c for d in part for c in ([d] if isinstance(d, str) else d.chains())]
    if block.kind == "display":
        number, label, last = block.extra
        return [Display(tuple(parts), block.line, number, label, last)]
    if block.kind == "comment":
        return [Comment(block.extra[0], block.line)]
    if block.kind == "directive":
        return [Directive(*block.extra, block.line)]
    words = joined(parts)
    if block.kind == "item":
        return [Item(block.extra[0], block.line, words)]
    if block.kind == "heading":
        return [Heading(block.extra[0], words, block.line)]
    if not any(not isinstance(p, str) or re.search(r"\w", p) for p in words):
        return []
    return [Sentence(words, block.line, block.starts, block.ends)]


def joined(parts):
    """Neighbouring strings as one, blanks single, none at the ends."""
    found = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    found = [re.sub(r"\s+", " ", p) if isinstance(p, str) else p for p in found]
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip()
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip()
    return tuple(p for p in found if p != "")


def bare(text):
    """Lines pasted without any delimiters: each one that holds mathematics is a display."""
    whole = "\\begin{" in text or "\\\\" in text
    for n, part in enumerate([text] if whole else text.split("\n"), 1):
        if re.search(r"[\\^_=]", part) and part.strip() and (whole or not is_wordy(part)):
            yield Line("text", DISPLAY, n, (Piece("display", part, n, n + part.count("\n")),))
        else:
            yield Line("text", part, n)


def is_wordy(line):
    """Whether a line is a sentence rather than a formula."""
    plain_words = re.findall(r"(?<![\\A-Za-z{])[a-z]{2,}(?![A-Za-z({])", re.sub(r"\\(?:text|mathrm)\w*\{[^{}]*\}", "", line))
    return len([w for w in plain_words if w not in ("log", "exp", "softmax", "sigmoid", "tanh", "diag")]) > 3


def read(text):
    """The blocks of a text."""
    macros = Macros(text)
    source = definitions_removed(text) if macros else text
    found = lines(source)
    if not any(True for line in found for p in line.pieces) and "=" in source and "\0" not in source and re.search(r"[\\^_]", source) \
            and not re.search(r"^\s*(?:```|~~~)", source, re.M):
        found = list(bare(source))
    return Text(Builder(macros).run(found), macros.at(1), text)
