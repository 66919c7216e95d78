"""Layout environments away, rows apart; an array or cases environment that holds equations counts as layout."""
import re

from .relations import CLOSE, LAYOUT, OPEN, is_condition


def depth(tokens):
    """Open minus closed brackets; the brace before an array of cases needs no partner."""
    return sum((t.text in OPEN) - (t.text in CLOSE) for t, after in zip(tokens, list(tokens[1:]) + [None])
               if t.kind == "sign" and not (t.text == "\\{" and after is not None and after.text.startswith("begin:")))


def strip_layout(tokens):
    """tokens without the layout environments; arrays and cases that hold equations count as layout too."""
    drop, stack = boxes(tokens), []
    for n, t in enumerate(tokens):
        if t.kind == "command" and t.text.startswith("begin:"):
            stack.append(n)
        elif t.kind == "command" and t.text.startswith("end:") and stack:
            start = stack.pop()
            name = tokens[start].text[6:].rstrip("*")
            inner = tokens[start + 1:n]
            enclosed = any(s.text in ("[", "(") for s in tokens[max(0, start - 1):start])
            if name in LAYOUT or name in ("array", "cases", "matrix") and not enclosed and holds_equations(inner) \
                    and not in_side(tokens[:start]) and not conditional(inner):
                drop |= {start, n}
                before = tokens[start - 1] if start else None
                if name in ("aligned", "array", "cases") and before is not None and before.text == "\\{" and \
                        depth(tokens[start:n]) == 0 and not (n + 1 < len(tokens) and tokens[n + 1].text == "\\}"):
                    drop.add(start - 1)
    return [t for n, t in enumerate(tokens) if n not in drop and not (t.kind == "command" and t.text in ("displaystyle",))]


def boxes(tokens):
    r"""Positions of \boxed{ and its } where the box holds whole equations."""
    drop = set()
    for n, t in enumerate(tokens[:-1]):
        if t.text in ("boxed", "fbox") and t.kind == "command" and tokens[n + 1].text == "{":
            level, end = 0, n + 1
            while end < len(tokens):
                level += (tokens[end].text == "{") - (tokens[end].text == "}")
                if not level:
                    break
                end += 1
            if holds_equations(tokens[n + 2:end]):
                drop |= {n, n + 1, end}
    return drop


def conditional(tokens):
    """Whether every row is a value and, after &, a condition: cases written as an array."""
    parts = [split_cells(r) for r in rows(tokens)]
    return bool(parts) and all(len(p) == 2 and is_condition([t for t in p[1] if t.kind != "text" and t.text != ","]) for p in parts)


def split_cells(row):
    cells = [[]]
    for t in row:
        if t.text == "&":
            cells.append([])
        elif t.text != "quad":
            cells[-1].append(t)
    return cells


def in_side(before):
    """Whether something stands before the environment, so that it is one side of an equation."""
    return bool(before) and before[-1].text not in ("\\", "\\{", "quad", "&") and before[-1].kind != "text" and \
        any(t.text not in ("quad",) for t in before) and before[-1].text == "="


def holds_equations(tokens):
    level, found = 0, False
    for t in tokens:
        level += (t.text in OPEN) - (t.text in CLOSE) if t.kind == "sign" else 0
        level += t.text.startswith("begin:") - t.text.startswith("end:") if t.kind == "command" else 0
        found |= not level and t.text == "="
    texts = " ".join(t.text.lower() for t in tokens if t.kind == "text")
    return found and not re.search(r"\b(if|otherwise|else|when)\b|其他|否则", texts)


def rows(tokens):
    """Rows at bracket depth 0 of environments; a row that leaves a bracket open takes the next one along."""
    found, level = [[]], 0
    for t in tokens:
        if t.kind == "command":
            level += t.text.startswith("begin:") - t.text.startswith("end:")
        level += (t.text == "{") - (t.text == "}") if t.kind == "sign" else 0
        if t.kind == "command" and t.text == "\\" and not level:
            if depth(found[-1]) > 0 and depth(tokens) <= 0:
                continue
            found.append([])
        else:
            found[-1].append(t)
    return [r for r in found if any(t.text not in ("&", "quad") for t in r)]
