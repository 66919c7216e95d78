"""User macros: found in the file, written out in every piece of mathematics."""

import re

from .tokens import argument, group_end
from .tree import Unreadable

_DEFINE = re.compile(r"\\(?:re|provide)?newcommand\*?\s*\{?\s*(\\(?:[A-Za-z]+|.))\s*\}?\s*(?:\[(\d)\])?\s*(?:\[([^\]]*)\])?\s*(?=\{)"
                     r"|\\def\s*(\\(?:[A-Za-z]+|.))\s*((?:#\d)*)\s*(?=\{)"
                     r"|\\DeclareMathOperator\*?\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*(?=\{)"
                     r"|\\(?:DeclarePairedDelimiter)\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*\{([^{}]*)\}\s*\{([^{}]*)\}"
                     r"|\\let\s*(\\[A-Za-z]+)\s*=?\s*(\\[A-Za-z]+)")
LONGEST = 200_000


class Macros:
    r"""Every \newcommand, \def, \DeclareMathOperator and \let of a text; a name that is defined again changes at that line."""

    def __init__(self, text):
        self.entries = {}  # {name: [(line, (arguments, default, body))]}
        for match in _DEFINE.finditer(text):
            found = definition(text, match)
            if found and not re.search(re.escape(found[0]) + r"(?![A-Za-z])", found[1][2]):
                self.entries.setdefault(found[0], []).append((text.count("\n", 0, match.start()) + 1, found[1]))

    def __bool__(self):
        return bool(self.entries)

    def at(self, line):
        """{name: (arguments, default, body)} at a line; what is defined once holds above its definition, too."""
        return {name: [e for at, e in told if at <= line or at == told[0][0]][-1] for name, told in self.entries.items()}


def definition(text, match):
    """(name, (arguments, default, body)) of a match of _DEFINE, or None when its braces do not close."""
    if match[7]:
        return match[7], (1, None, rf"\left{match[8].strip()} #1 \right{match[9].strip()}")
    if match[10]:
        return match[10], (0, None, match[11])
    try:
        end = group_end(text, match.end())
    except Unreadable:
        return None
    content = " ".join(text[match.end() + 1:end - 1].split())
    if match[1]:
        return match[1], (int(match[2] or 0), match[3], content)
    if match[4]:
        return match[4], (len(match[5]) // 2, None, content)
    return match[6], (0, None, r"\operatorname{%s}" % content)


def definitions_removed(text):
    """text without the definitions of macros."""
    parts, cut = [], 0
    for match in _DEFINE.finditer(text):
        if match.start() < cut:
            continue
        try:
            end = match.end() if match[7] or match[10] else group_end(text, match.end())
        except Unreadable:
            continue
        parts += [text[cut:match.start()], re.sub(r"[^\n]", " ", text[match.start():end])]
        cut = end
    return "".join(parts) + text[cut:]


def expand(text, table, depth=8):
    """text with the macros of `table` written out, nested ones too; raises Unreadable when they grow without end."""
    if not table or not depth or "\\" not in text:
        return text
    pattern = re.compile("|".join(sorted((re.escape(n) + (r"(?![A-Za-z])" if n[1:].isalpha() else "") for n in table), key=len, reverse=True)))
    result, i = [], 0
    for match in iter(lambda: pattern.search(text, i), None):
        result.append(text[i:match.start()])
        count, default, body = table[match[0]]
        i = match.end()
        for n in range(1, count + 1):
            option = re.compile(r"\s*\[([^\]]*)\]").match(text, i) if n == 1 and default is not None else None
            if n == 1 and default is not None:
                value, i = (option[1], option.end()) if option else (default, i)
            else:
                value, _, i = argument(text, i)
            body = body.replace(f"#{n}", value)
        wrap = re.search(r"([_^]|\\(frac|sqrt|hat|mathbf|boldsymbol|bm|vec|tilde|bar))\s*$", text[max(0, match.start() - 20):match.start()])
        result.append("{" + body + "}" if wrap else f" {body} ")    # the spaces keep it apart from a control word before it
    expanded = "".join(result) + text[i:]
    if len(expanded) > LONGEST + len(text):
        raise Unreadable("macros that end")
    return expanded if expanded == text else expand(expanded, table, depth - 1)
