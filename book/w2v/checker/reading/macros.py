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


def macros(text):
    r"""{name: (arguments, default, body)} of every \newcommand, \def, \DeclareMathOperator and \let in text."""
    table = {}
    for match in _DEFINE.finditer(text):
        if match[7]:
            table[match[7]] = (1, None, rf"\left{match[8].strip()} #1 \right{match[9].strip()}")
            continue
        if match[10]:
            table[match[10]] = (0, None, match[11])
            continue
        try:
            end = group_end(text, match.end())
        except Unreadable:
            continue
        content = " ".join(text[match.end() + 1:end - 1].split())
        if match[1]:
            table[match[1]] = (int(match[2] or 0), match[3], content)
        elif match[4]:
            table[match[4]] = (len(match[5]) // 2, None, content)
        else:
            table[match[6]] = (0, None, r"\operatorname{%s}" % content)
    return {name: entry for name, entry in table.items() if not re.search(re.escape(name) + r"(?![A-Za-z])", entry[2])}


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
