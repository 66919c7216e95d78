"""LaTeX text to tokens: style and spacing dropped, bare function names recognised, macros expanded."""
import re
from dataclasses import dataclass

from .tree import Unreadable


@dataclass(frozen=True)
class Token:
    """kind: 'command', 'letter', 'number', 'text', 'sign' or 'name'; position is an offset into the display."""
    kind: str
    text: str
    position: int


SPACING = {"left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr",
           "Biggl", "Biggr", "bigm", "middle", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits",
           "nonumber", "notag", "hfill", "hline", "noindent", "centering", "allowbreak", "mathstrut", "strut",
           "bf", "it", "rm", "cal", "normalsize", "small", "large", "relax", "ensuremath", "medspace", "thinspace",
           "thickspace", "negthinspace", "smallskip", "medskip", "bigskip", "par", "newline", "break"}
WITH_ARGUMENT = {"label", "tag", "tag*", "hspace", "hspace*", "vspace", "vspace*", "phantom", "vphantom",
                 "hphantom", "color", "cref", "eqref", "ref", "require", "htmlClass", "class", "cssId", "footnote",
                 "intertext*", "renewcommand", "setlength", "arraystretch", "rule", "tagform", "mbox*"}
TEXT = {"text", "textrm", "textit", "textbf", "mbox", "textnormal", "textsf", "texttt", "intertext",
        "shortintertext", "hbox", "textsc", "textup", "textmd"}
NAMES = ("logsigmoid", "softmax", "sigmoid", "Sigmoid", "Softmax", "ReLU", "relu", "tanh", "diag", "Diag", "vocab",
         "Vocab", "exp", "log", "ln", "sig")
NAMED = {"cos", "sin", "det", "cosh", "sinh", "diag", "Diag", "softmax", "Softmax", "sigmoid", "Sigmoid", "ReLU", "relu", "logsigmoid"}
SYNONYMS = {"lgroup": "(", "rgroup": ")", "lbrace": r"\{", "rbrace": r"\}", "lbrack": "[", "rbrack": "]",
            "lparen": "(", "rparen": ")", "ast": "*", "prime": "'", "vert": "|", "lvert": "|", "rvert": "|",
            "mid": "|", "given": "|", "eq": "=", "ge": r"\geq", "le": r"\leq", "ne": r"\neq", "leqslant": r"\leq",
            "geqslant": r"\geq", "cdotp": r"\cdot", "bullet": r"\cdot", "centerdot": r"\cdot", "circ": r"\odot",
            "hadamard": r"\odot", "tr": r"\top", "intercal": r"\top", "dfrac": r"\frac", "tfrac": r"\frac",
            "cfrac": r"\frac", "nicefrac": r"\frac", "sfrac": r"\frac", "ldots": r"\dots", "dotsc": r"\dots",
            "dotsb": r"\dots", "hdots": r"\dots", "cdots": r"\dots", "vdots": r"\dots", "ddots": r"\dots",
            "dotsm": r"\dots", "lg": r"\log", "Vert": r"\|", "lVert": r"\|", "rVert": r"\|", "colon": ":",
            "coloneqq": r"\triangleq", "coloneq": r"\triangleq", "equiv": r"\triangleq", "doteq": r"\triangleq",
            "longrightarrow": r"\Rightarrow", "Longrightarrow": r"\Rightarrow", "implies": r"\Rightarrow",
            "iff": r"\Rightarrow", "Leftrightarrow": r"\Rightarrow", "therefore": r"\Rightarrow",
            "because": r"\Rightarrow", "rightsquigarrow": r"\Rightarrow", "leadsto": r"\Rightarrow",
            "Longleftrightarrow": r"\Rightarrow", "hence": r"\Rightarrow",
            "bigotimes": r"\otimes", "varepsilon": r"\epsilon", "vartheta": r"\theta", "varphi": r"\phi",
            "d": "d", "differential": "d", "smallsetminus": r"\setminus", "backslash": r"\setminus",
            "lt": "<", "gt": ">", "land": ",", "wedge": ",", "quad": r"\quad", "qquad": r"\quad", "enspace": r"\quad",
            "enskip": r"\quad", "cr": r"\\", "tabularnewline": r"\\", "hat*": r"\hat", "widehat": r"\hat",
            "widetilde": r"\tilde", "overline": r"\bar", "upsigma": r"\sigma", "atop": r"\\", "dotso": r"\dots", "lang": r"\langle", "rang": r"\rangle"}
_LEX = re.compile(r"\\([a-zA-Z]+\*?|.)|(\d+(?:\.\d+)?)|([A-Za-z]+)|(\s+)|(:=)|(\.\.\.)|(.)", re.S)
_CLOSING = {"{": "}", "[": "]"}


def group_end(text, start):
    """Index just after the brace group that opens at text[start]; raises Unreadable when it never closes."""
    depth, i = 0, start
    while i < len(text):
        if text[i] == "\\":
            i += 2
            continue
        depth += (text[i] == "{") - (text[i] == "}")
        i += 1
        if not depth:
            return i
    raise Unreadable("a closing brace }", text[start:start + 20], start)


def argument(text, i):
    """(content, index after) of the brace group or single character at text[i:], blanks skipped."""
    while i < len(text) and text[i].isspace():
        i += 1
    if i < len(text) and text[i] == "{":
        end = group_end(text, i)
        return text[i + 1:end - 1], end
    return text[i:i + 1], i + 1


UNICODE = {"−": "-", "–": "-", "×": r"\times ", "·": r"\cdot ", "σ": r"\sigma ", "∂": r"\partial ", "∑": r"\sum ",
           "≠": r"\neq ", "∈": r"\in ", "≤": r"\leq ", "≥": r"\geq ", "θ": r"\theta ", "δ": r"\delta ", "⊙": r"\odot ",
           "ŷ": r"\hat{y}", "\u02b9": r"^\top ", "⊤": r"\top ", "′": "'", "（": "(", "）": ")", "，": ",", "；": ";", "。": ".", "＝": "=",
           "：": ":", "∇": r"\nabla ", "…": r"\dots ", "⋯": r"\dots ", "∣": "|", "∀": r"\forall ", "⇒": r"\Rightarrow ",
           "∴": r"\therefore ", "’": "'", "ᵀ": "^T", "²": "^2", "\u00a0": " ", "\u200b": "", "∗": "*", "⋅": r"\cdot "}


def tokenize(text):
    """The tokens of a display; raises Unreadable at text that cannot be LaTeX."""
    tokens, i = [], 0
    while i < len(text):
        if text[i] in UNICODE:
            for t in tokenize(UNICODE[text[i]]):
                tokens.append(Token(t.kind, t.text, i))
            i += 1
            continue
        if text[i] == "%":
            end = text.find("\n", i)
            i = len(text) if end < 0 else end
            continue
        match = _LEX.match(text, i)
        command, number, letters, _, assign, dots, other = match.groups()
        start, i = i, match.end()
        if command is not None:
            i = _command(command, text, start, i, tokens)
        elif number:
            tokens.append(Token("number", number, start))
        elif letters:
            tokens += _letters(letters, start)
        elif assign or dots:
            tokens.append(Token("command", "triangleq" if assign else "dots", start))
        elif other == "$":
            continue
        elif other and other != "~":
            tokens.append(Token("text" if ord(other) > 0x2fff else "sign", other, start))
    return without_empty_groups(tokens)


def without_empty_groups(tokens):
    """tokens without `{}`; one that carries a script in front of its symbol, as in {}^t U, stays."""
    kept = []
    for n, t in enumerate(tokens):
        after = [x.text for x in tokens[n + 1:n + 3]]
        if t.text == "{" and after[:1] == ["}"] and after[1:] not in (["^"], ["_"]) and not (kept and takes_group(kept[-1])):
            kept.append(None)
        elif not (kept and kept[-1] is None and t.text == "}"):
            kept.append(t)
        else:
            kept.pop()
    return [t for t in kept if t is not None]


def takes_group(token):
    return token.text in ("^", "_") or token.kind == "command" and token.text not in ("cdot", "quad", "\\", "times", "odot")


def _command(name, text, start, i, tokens):
    if not name[0].isalpha():
        if name in "{}|":
            tokens.append(Token("sign", "\\" + name, start))
        elif name == "\\":
            i = _row_break(text, i)
            tokens.append(Token("command", "\\", start))
        elif name in "[]()":
            pass
        elif name == "_":
            tokens.append(Token("sign", "_", start))
        elif name == "#":
            tokens.append(Token("sign", "\\#", start))
        elif name in "%&$":
            tokens.append(Token("text", name, start))
        return i
    bare = name.rstrip("*")
    if name.endswith("*") and name not in WITH_ARGUMENT and bare not in ("operatorname", "tag"):
        i, name = i - 1, bare
    if bare in ("tag", "label", "operatorname"):
        name = bare
    if name in TEXT:
        content, i = argument(text, i)
        tokens.append(Token("text", content.strip(), start))
    elif name in ("operatorname", "mathop", "mathrm", "mathsf", "mathit", "mathtt", "textsl"):
        i = _upright(name, text, start, i, tokens)
    elif name in NAMED:
        tokens.append(Token("name", name, start))
    elif name in ("begin", "end"):
        content, i = argument(text, i)
        if name == "begin" and content in ("array", "alignat", "alignat*", "alignedat", "tabular"):
            _, i = argument(text, i)
        tokens.append(Token("command", f"{name}:{content.strip()}", start))
    elif name in WITH_ARGUMENT:
        _, i = argument(text, i)
    elif name in ("textcolor", "colorbox", "href", "htmlId", "stackrel", "overset", "underset") :
        i = _secondargument(name, text, start, i, tokens)
    elif name in ("left", "right") and text[i:i + 1] == ".":
        i += 1
    elif name not in SPACING:
        target = SYNONYMS.get(name, "\\" + name)
        if target.startswith("\\") and target[1:2].isalpha() or target == r"\\":
            tokens.append(Token("command", target[1:], start))
        else:
            tokens.append(Token("letter" if target.isalpha() else "sign", target, start))
    return i


def _row_break(text, i):
    match = re.compile(r"\*?\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]").match(text, i)
    return match.end() if match else i


def _secondargument(name, text, start, i, tokens):
    first, i = argument(text, i)
    second, end = argument(text, i)
    if name in ("stackrel", "overset") and "def" in first and "=" in second:
        tokens.append(Token("command", "triangleq", start))
    else:
        tokens += [Token(t.kind, t.text, start) for t in tokenize("{" + second + "}" if "=" not in second else second)]
    return end


def _upright(name, text, start, i, tokens):
    r"""\mathrm{T}, \mathrm{softmax}, \mathrm{d}, \operatorname{diag}: a known name, a single letter or text."""
    content, i = argument(text, i)
    plain = re.sub(r"\\[,;: !]|\s|[{}]", "", content)
    if plain in ("KL", "D_KL", "CE"):
        tokens.append(Token("text", plain, start))
    elif plain in NAMES or name == "operatorname" and plain.isalpha() and len(plain) > 1:
        tokens.append(Token("name", plain, start))
    elif len(plain) == 1 and plain.isalpha():
        tokens.append(Token("letter", plain, start))
    elif re.fullmatch(r"\\math\w+\{?[A-Za-z]\}?", content.strip()):
        tokens += [Token(t.kind, t.text, start) for t in tokenize(content)]
    elif len(plain) == 1 or "\\" in content or "_" in content or "^" in content:
        tokens += [Token("sign", "{", start)] + [Token(t.kind, t.text, start) for t in tokenize(content)] \
            + [Token("sign", "}", start)]
    elif plain.isalpha() and plain.isupper() and len(plain) < 4 and re.match(r"\s*[_^]", text[i:]):
        tokens.append(Token("letter", plain, start))
    else:
        tokens.append(Token("text", content.strip(), start))
    return i


def _letters(letters, start):
    """Single letters, except that known function names are kept whole: logexp -> log, exp."""
    found, i = [], 0
    if letters in ("CE", "BCE", "XE"):
        return [Token("text", "CE", start)]
    while i < len(letters):
        name = next((n for n in NAMES if letters.startswith(n, i) and n not in ("sig", "ln") or letters[i:] == n), None)
        if name:
            found.append(Token("name", name, start + i))
            i += len(name)
        else:
            found.append(Token("letter", letters[i], start + i))
            i += 1
    return found
