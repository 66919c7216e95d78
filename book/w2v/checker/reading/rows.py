"""The rows of a display: layout environments and boxes away, rows that leave a bracket open joined, brackets grouped in each."""

import re

from .environments import is_conditional
from .groups import brackets, is_group, is_token, unclosed

LAYOUT = {"equation", "align", "gather", "eqnarray", "multline", "displaymath", "flalign", "alignat", "math", "dmath", "dgroup", "split", "aligned",
          "gathered", "alignedat", "multlined", "subequations", "subarray", "darray", "IEEEeqnarray", "center", "displayquote"}
PERHAPS = {"array", "cases", "dcases", "rcases", "matrix", "tabular"}
MOST = 12
_CASE_WORDS = re.compile(r"\b(if|otherwise|else|when)\b|其他|否则")


def rows(items):
    """The rows as tuples of items with their brackets grouped."""
    return [brackets(r) for r in joined(flat(items)) if any(visible(i) for i in r)]


def visible(item):
    return not (is_token(item) and item.kind in ("align", "space"))


def flat(items):
    """Rows of items; the rows of layout environments and of boxed equations are rows of the display."""
    found, skip, before = [[]], None, None      # before: the last visible item of the row
    for n, item in enumerate(items):
        if n == skip:
            continue
        if is_token(item, kind="row"):
            found.append([])
            before = None
        elif is_layout(item, before, found[-1]):
            if is_token(before, "\\{", kind="open") and item.name in PERHAPS | LAYOUT and not closed_by_brace(items, n):
                found[-1].remove(before)
                skip = n + 1 if n + 1 < len(items) and is_token(items[n + 1], "", kind="close") else None
            elif is_token(before, "boxed", "fbox", kind="command"):
                found[-1].remove(before)
            first, *rest = flat(item.items)
            found[-1] += first
            found += rest
            before = item
        else:
            found[-1].append(item)
            before = item if visible(item) else before
    return found


def closed_by_brace(items, n):
    return n + 1 < len(items) and is_token(items[n + 1], "\\}", kind="close")


def is_layout(item, before, row):
    """Whether a group only arranges equations."""
    if is_group(item, "{"):
        takes = is_token(before, "^", "_", kind="sign") or is_token(before, kind="command") and before.text not in ("boxed", "fbox", "therefore", "quad")
        return not takes and not is_token(before, kind="function") and (holds_equations(item.items) or has_layout(item))
    if not is_group(item, "env"):
        return False
    curly = is_token(before, "\\{", kind="open")
    if curly and is_conditional(item):
        return False
    if item.name in LAYOUT:
        return True
    return item.name in PERHAPS and not is_token(before, "[", "(", kind="open") and holds_equations(item.items) and not is_conditional(item) and \
        not (item.name != "array" and any(is_token(i, kind="relation") for i in row[-3:]))


def has_layout(group):
    return any(is_group(i, "env") and i.name in LAYOUT for i in group.items)


def holds_equations(items):
    words = " ".join(i.text.lower() for i in items if is_token(i, kind="text"))
    return any(is_token(i, "=", ":=", "equiv", "approx", kind="relation") for i in items) and not _CASE_WORDS.search(words)


def joined(found):
    """Rows that leave a bracket open take the next ones along, as far as it closes."""
    result, n = [], 0
    while n < len(found):
        row, used = found[n], 1
        while n + used < len(found) and used < MOST and cut_by_dots(row, found[n + used]):
            row = [i for i in without_empty(row, "close") + without_empty(found[n + used], "open") if visible(i)]
            used += 1
        balance = unclosed(row)
        if balance > 0:
            longer, more = list(row), used
            while balance > 0 and n + more < len(found) and more < MOST and not starts_with_relation(found[n + more]):
                longer = [i for i in longer if visible(i)] + [i for i in found[n + more] if visible(i)]
                balance += unclosed(found[n + more])
                more += 1
            if balance == 0:
                row, used = longer, more
        result.append(row)
        n += used
    return result


def cut_by_dots(row, after):
    r"""\left( a \right. \\ \left. b \right): one bracket over two rows."""
    return any(is_token(i, "", kind="close") for i in row[-4:]) and any(is_token(i, "", kind="open") for i in [i for i in after if visible(i)][:3])


def without_empty(row, kind):
    n = next(k for k in (range(len(row) - 1, -1, -1) if kind == "close" else range(len(row))) if is_token(row[k], "", kind=kind))
    return list(row[:n]) + list(row[n + 1:])


def starts_with_relation(row):
    first = next((i for i in row if visible(i)), None)
    return is_token(first, kind="relation")
