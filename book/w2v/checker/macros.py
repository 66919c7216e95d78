"""User macros: found in the file, written out in every display."""
import re

from .tokens import argument, group_end
from .tree import Unreadable

_DEFINE = re.compile(r"\\(?:re|provide)?newcommand\*?\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*(?:\[([^\]]*)\])?\s*(?=\{)"
                     r"|\\def\s*(\\[A-Za-z]+)\s*((?:#\d)*)\s*(?=\{)"
                     r"|\\DeclareMathOperator\*?\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*(?=\{)")


def macros(text):
    r"""{name: (arguments, default, body)} of every \newcommand, \def and \DeclareMathOperator in text."""
    table = {}
    for match in _DEFINE.finditer(text):
        try:
            end = group_end(text, match.end())
        except Unreadable:
            continue
        body = text[match.end() + 1:end - 1]
        if match[1]:
            table[match[1]] = (int(match[2] or 0), match[3], body)
        elif match[4]:
            table[match[4]] = (len(match[5]) // 2, None, body)
        else:
            table[match[6]] = (0, None, r"\operatorname{%s}" % body)
    return table


def expand(text, table, depth=8):
    """text with the macros of `table` written out (nested ones too, to a fixed depth)."""
    if not table or not depth:
        return text
    pattern = re.compile("|".join(sorted((re.escape(n) + r"(?![A-Za-z])" for n in table), key=len, reverse=True)))
    result, i = [], 0
    for match in iter(lambda: pattern.search(text, i), None):
        result.append(text[i:match.start()])
        count, default, body = table[match[0]]
        i = match.end()
        for n in range(1, count + 1):
            if n == 1 and default is not None:
                option = re.compile(r"\s*\[([^\]]*)\]").match(text, i)
                value, i = (option[1], option.end()) if option else (default, i)
            else:
                value, i = argument(text, i)
            body = body.replace(f"#{n}", value)
        wrap = re.search(r"([_^]|\\(frac|sqrt|hat|mathbf|boldsymbol|bm|vec|tilde|bar))\s*$", text[:match.start()])
        result.append("{" + body + "}" if wrap else f" {body} ")  # the spaces keep it apart from a control word before it
    result.append(text[i:])
    expanded = "".join(result)
    return expanded if expanded == text else expand(expanded, table, depth - 1)
