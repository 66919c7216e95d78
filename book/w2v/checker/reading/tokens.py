r"""LaTeX text to tokens: spacing goes, names of functions are recognised, text stays text; every other character is a token."""

import re
from functools import lru_cache
from dataclasses import dataclass

from .tree import Unreadable
from .vocabulary import (BARE_FUNCTIONS, BARS, COMBINING, DELIMITERS, DROPPED, FUNCTION_COMMANDS, FUNCTION_WORDS, NEGATED, OPENING, CLOSING, RELATIONS,
                         SECOND, SIGNS, SIZES, SPACING, SYNONYMS, TEXT, UNICODE, UPRIGHT)
from .words import looks_like_a_word


@dataclass(frozen=True, slots=True)
class Token:
    r"""kind: 'letter', 'upright' (a letter in \mathrm), 'word' (several letters that are one name), 'function', 'number', 'text',
    'command', 'relation', 'open', 'close', 'bar', 'sign', 'space' (\quad), 'align' (&), 'row' (\\), 'begin', 'end', 'tag', 'label'.
    start and end are offsets into the text; side is 'left' or 'right' for a bar or an empty delimiter of \left \right."""

    kind: str
    text: str
    start: int
    end: int
    side: str = ""


_LEX = re.compile(r"(?P<command>\\(?:[a-zA-Z]+\*?|.|$))|(?P<number>\d{1,3}(?:(?:\{,\}|\\,)\d{3})+(?!\d)|\d+(?:\.\d+)?|\.\d+)|(?P<letters>[A-Za-z]+)|(?P<blank>\s+|~)"
                  r"|(?P<relation>:=|=:|!=|<=|>=|=>|<-(?=\s)|->|==)|(?P<dots>\.\.\.+)|(?P<other>.)", re.S)
_ASCII = {":=": ":=", "=:": "=:", "!=": "!=", "<=": "<=", ">=": ">=", "=>": "=>", "<-": "gets", "->": "to", "==": "=", "=": "=", "<": "<", ">": ">"}
_ROW_SPACE = re.compile(r"\*?(?:\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\])?")
_STAR = {"operatorname*", "hspace*", "vspace*", "sum*"}
_MATH_IN_TEXT = re.compile(r"\$([^$]*)\$|\\\((.*?)\\\)")


def group_end(text, start):
    """Index just after the brace group that opens at text[start]; raises Unreadable when it never closes."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.S).finditer(text, start):
        depth += (match[0] == "{") - (match[0] == "}")
        if not depth and match[0] == "}":
            return match.end()
    raise Unreadable("a closing brace }", text[start:start + 20], start)


def argument(text, i):
    """(content, start of the content, index after) of the brace group, control word or character at text[i:]."""
    while i < len(text) and text[i].isspace():
        i += 1
    if text[i:i + 1] == "{":
        end = group_end(text, i)
        return text[i + 1:end - 1], i + 1, end
    word = re.compile(r"\\(?:[A-Za-z]+|.)|.|$", re.S).match(text, i)
    return word[0], i, word.end()


def tokenize(text):
    """The tokens of mathematics; raises Unreadable where the text cannot be LaTeX."""
    return _Lexer(text).run()


class _Lexer:
    """Walks once over the text; each kind of command has its own short method."""

    def __init__(self, text):
        self.text, self.i, self.tokens, self.side, self.sized = text, 0, [], None, None

    def run(self):
        while self.i < len(self.text):
            start, character = self.i, self.text[self.i]
            if character == "%":
                end = self.text.find("\n", start)
                self.i = len(self.text) if end < 0 else end
            elif character in UNICODE:
                self.unicode(character)
            else:
                match = _LEX.match(self.text, start)
                self.i = match.end()
                getattr(self, match.lastgroup)(match[0], start)
        return self.tokens

    def add(self, kind, text, start, side=""):
        self.tokens.append(Token(kind, text, start, self.i, side))

    def splice(self, text, start, shift=None):
        """The tokens of `text`; positions inside it count from `shift`, or all stand at `start`."""
        for t in _Lexer(text).run():
            a, b = (start, self.i) if shift is None else (t.start + shift, t.end + shift)
            self.tokens.append(Token(t.kind, t.text, a, b, t.side))

    def unicode(self, character):
        start, self.i = self.i, self.i + 1
        if UNICODE[character] is None:              # a combining accent stands behind its letter
            if self.tokens and self.tokens[-1].kind == "letter":
                letter = self.tokens.pop()
                self.splice(COMBINING[character] + "{" + letter.text + "}", letter.start)
            else:
                self.add("text", character, start)
        else:
            self.splice(UNICODE[character], start)

    # -- plain characters -----------------------------------------------------------------------------------------
    def number(self, text, start):
        self.add("number", text.replace("{,}", "").replace("\\,", ""), start)

    def blank(self, text, start):
        """Blanks mean nothing."""

    def dots(self, text, start):
        self.add("command", "dots", start)

    def relation(self, text, start):
        self.add("relation", _ASCII[text], start)

    def letters(self, run, start):
        for kind, text, at, length in split_run(run):
            self.tokens.append(Token(kind, text, start + at, start + at + length))

    def other(self, text, start):
        if text in "=<>":
            self.add("relation", text, start)
        elif text in "{}":
            self.add("open" if text == "{" else "close", text, start)
        elif text in OPENING or text in CLOSING or text == "|" or self.side and text == ".":
            self.delimiter(text, start)
        elif text == "&":
            self.add("align", text, start)
        elif text == "$":
            raise Unreadable("mathematics", "a dollar sign inside it", start)
        elif ord(text) > 0x2fff or text.isalpha() and not text.isascii():
            self.foreign(text, start)
        else:
            self.add("sign", text, start)

    def foreign(self, text, start):
        """Letters of another script: joined to the text before them."""
        last = self.tokens[-1] if self.tokens else None
        if last and last.kind == "text" and last.end == start:
            self.tokens[-1] = Token("text", last.text + text, last.start, self.i)
        else:
            self.add("text", text, start)

    def delimiter(self, text, start):
        side, start = self.side or "", start if self.sized is None else self.sized
        self.side = self.sized = None
        if text == "." and side:
            self.add("open" if side == "left" else "close", "", start, side)
        elif text in OPENING:
            self.add("open", text, start, side)
        elif text in CLOSING:
            self.add("close", text, start, side)
        else:
            self.add("bar", text, start, side)

    # -- commands -------------------------------------------------------------------------------------------------
    def command(self, text, start):
        name = text[1:]
        if not name[:1].isalpha():
            return self.escaped(name, start)
        if name.endswith("*") and name not in _STAR:
            name, self.i = name[:-1], self.i - (name[:-1] not in ("tag", "sum", "prod"))
        for table, method in _COMMANDS:
            if name in table:
                return method(self, name, start)
        name = SYNONYMS.get(name, name)
        if name == "quad":
            return self.add("space", name, start)
        return self.add("command", name, start)

    def escaped(self, name, start):
        if name in ("{", "}"):
            self.delimiter("\\" + name, start)
        elif name == "|":
            self.delimiter("\\|", start)
        elif name == "\\":
            self.i = _ROW_SPACE.match(self.text, self.i).end()
            self.add("row", "\\\\", start)
        elif name in ("#", "_"):
            self.add("sign", "#" if name == "#" else "_", start)
        elif name in ("%", "&", "$"):
            self.add("text", name, start)
        elif name and name not in ",;:!> -/()[]\n\t'`^\"@=+<.*":
            self.add("sign", "\\" + name, start)
        elif name in ("*", "'", "+", "="):
            self.i -= 1                                  # Markdown's escape of a sign

    def size(self, name, start):
        self.sized = start
        self.side = "left" if name == "left" or name.endswith("l") else "right" if name == "right" or name.endswith("r") else ""
        while self.text[self.i:self.i + 1].isspace():
            self.i += 1
        if self.text[self.i:self.i + 1] in ("<", ">"):
            self.i += 1
            return self.delimiter("\\langle" if self.text[self.i - 1] == "<" else "\\rangle", start)
        if self.text[self.i:self.i + 1] not in (".", "|", "\\") and self.text[self.i:self.i + 1] not in OPENING and self.text[self.i:self.i + 1] not in CLOSING:
            self.side = self.sized = None

    def delimiter_command(self, name, start):
        self.delimiter(DELIMITERS[name], start)

    def bar_command(self, name, start):
        text, side = BARS[name]
        self.side = self.sized = None
        self.add("bar", text, start, side)

    def sign_command(self, name, start):
        if SIGNS[name] in ("|", "\\|"):
            self.delimiter(SIGNS[name], start)
        else:
            for sign in SIGNS[name]:
                self.add("sign", sign, start)

    def relation_command(self, name, start):
        self.add("relation", RELATIONS[name], start)

    def negation(self, name, start):
        match = re.compile(r"\s*(?:\\([A-Za-z]+)|(=))").match(self.text, self.i)
        plain = RELATIONS.get(match[1] or match[2], "") if match else ""
        if plain not in NEGATED:
            raise Unreadable("a relation after \\not", self.text[self.i:self.i + 10].strip(), start)
        self.i = match.end()
        self.add("relation", NEGATED[plain], start)

    def dropped(self, name, start):
        self.i = argument(self.text, self.i)[2]

    def second(self, name, start):
        _, _, self.i = argument(self.text, self.i)
        content, at, self.i = argument(self.text, self.i)
        self.splice("{" + content + "}", start, at - 1)

    def mark(self, name, start):
        content, _, self.i = argument(self.text, self.i)
        self.add(name, content.strip(), start)

    def environment(self, name, start):
        content, _, self.i = argument(self.text, self.i)
        plain = content.strip().rstrip("*")
        if name == "begin":
            option = re.compile(r"\s*\[[^\]\n]{0,4}\]").match(self.text, self.i)
            self.i = option.end() if option else self.i
            if plain in ("array", "alignat", "alignedat", "tabular"):
                self.i = argument(self.text, self.i)[2]
        self.add(name, plain, start)

    def substack(self, name, start):
        content, at, self.i = argument(self.text, self.i)
        self.splice(content.replace("\\\\", ", "), start, at)

    def function(self, name, start):
        self.add("function", FUNCTION_COMMANDS[name], start)

    def text_command(self, name, start):
        content, at, self.i = argument(self.text, self.i)
        cut = 0
        for match in _MATH_IN_TEXT.finditer(content):
            self.words(content[cut:match.start()], at + cut)
            inner = 1 if match[1] is not None else 2
            self.splice(match[inner], start, at + match.start(inner))
            cut = match.end()
        self.words(content[cut:], at + cut, start if not cut else None)

    def words(self, content, at, start=None):
        plain = re.sub(r"\\[a-zA-Z]+\s*|[{}]|\\(?=[ ,;:_&%#])", "", content).replace("~", " ")
        plain = re.sub(r"\s+", " ", plain)
        begin = at if start is None else start
        end = at + len(content) if start is None else self.i
        if len(plain.strip()) == 1 and plain.strip().isalpha() and plain.strip().isascii() and plain == plain.strip():
            self.tokens.append(Token("upright", plain, begin, end))
        elif plain.strip():
            self.tokens.append(Token("text", plain, begin, end))

    def upright(self, name, start):
        content, at, self.i = argument(self.text, self.i)
        plain = re.sub(r"\\[,;: !]|\\(?:text|mathrm|mathsf|rm|it|bf)\b|\\(?=[_-])|\s|[{}]|~", "", content)
        if plain in FUNCTION_WORDS and (len(plain) > 1 or "operatorname" in name or plain == "H" and name == "mathrm"):
            self.add("function", FUNCTION_WORDS[plain], start)
        elif len(plain) == 1 and plain.isalpha():
            self.add("upright", plain, start)
        elif plain.isalpha() and plain.isascii():
            self.add("word", plain, start)
        elif re.fullmatch(r"[A-Za-z]+(?:[-_ ][A-Za-z]+)+", plain) and "_" not in content:
            self.add("text", re.sub(r"\s+", " ", content.strip().replace("\\", "").strip("{} ")), start)
        else:
            self.splice("{" + content + "}", start, at - 1)

    def bold_text(self, name, start):
        content, at, self.i = argument(self.text, self.i)
        if len(content.strip()) == 1:
            self.add("command", "mathbf", start)
            self.splice("{" + content + "}", start)
        else:
            self.words(content, at, start)

    def stacked(self, name, start):
        r"""\overset{note}{sign}, \stackrel: a relation with a note, or tokens for the reader of expressions."""
        saved = self.i
        note, at, self.i = argument(self.text, self.i)
        under, _, self.i = argument(self.text, self.i)
        if name == "underset":
            note, under = (note, under)
        tokens = _Lexer(under).run()
        if len(tokens) == 1 and tokens[0].kind == "relation":
            plain = re.sub(r"\\[a-z]+|[{}\s.]", "", note).lower()
            defines = tokens[0].text == "=" and plain in ("def", "definition", "bydef", "defn", "df", "△", "bydefinition")
            self.add("relation", ":=" if defines or "triangle" in note else tokens[0].text, start)
            if not defines:
                self.note(note, start)
        else:
            self.i = saved
            self.add("command", name, start)

    def arrow_command(self, name, start):
        option = re.compile(r"\s*\[[^\]]*\]").match(self.text, self.i)
        self.i = option.end() if option else self.i
        note, _, self.i = argument(self.text, self.i)
        self.add("relation", {"xrightarrow": "to", "xleftarrow": "gets", "xRightarrow": "=>"}.get(name, "="), start)
        self.note(note, start)

    def note(self, note, start):
        plain = re.sub(r"\\(?:text|mathrm|textrm|mbox)\b|[{}]", "", note).strip()
        if plain:
            self.add("note", plain, start)


_COMMANDS = (
    (SPACING, lambda lexer, name, start: None), (SIZES, _Lexer.size), (DELIMITERS, _Lexer.delimiter_command), (BARS, _Lexer.bar_command),
    (SIGNS, _Lexer.sign_command), (RELATIONS, _Lexer.relation_command), ({"not"}, _Lexer.negation), (DROPPED, _Lexer.dropped),
    (SECOND, _Lexer.second), ({"tag", "label", "tagform"}, _Lexer.mark), ({"begin", "end"}, _Lexer.environment), ({"substack"}, _Lexer.substack),
    (FUNCTION_COMMANDS, _Lexer.function), (TEXT - {"fbox"}, _Lexer.text_command), (UPRIGHT, _Lexer.upright), ({"textbf"}, _Lexer.bold_text),
    ({"overset", "stackrel", "underset"}, _Lexer.stacked), ({"xrightarrow", "xleftarrow", "xRightarrow", "xlongequal"}, _Lexer.arrow_command),
    ({"cr", "tabularnewline", "newline"}, lambda lexer, name, start: lexer.add("row", "\\\\", start)),
)


@lru_cache(maxsize=4096)
def split_run(run):
    """(kind, text, offset, length) of the names and letters in a run of letters: log, softmax, Vocab, or single letters."""
    letters = [("letter", c, n, 1) for n, c in enumerate(run)]
    if run in BARE_FUNCTIONS or run in FUNCTION_WORDS and len(run) > 3:
        return [("function", FUNCTION_WORDS[run], 0, len(run))]
    parts, i, rest = [], 0, 0
    while i < len(run):
        name = next((n for n in BARE_FUNCTIONS if len(n) > 2 and run.startswith(n, i)), None)
        parts.append(("function", FUNCTION_WORDS[name], i, len(name)) if name else letters[i])
        rest += not name
        i += len(name or "x")
    if rest == len(run) or rest > 3:
        return [("word", run, 0, len(run))] if len(run) > 3 and looks_like_a_word(run) else letters
    return parts
