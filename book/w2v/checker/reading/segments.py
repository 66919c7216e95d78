"""A row cut at commas, wide spaces, arrows and words into segments, and what each of them is."""

import re
from dataclasses import dataclass, field

from .conditions import has_relation, sides_of, stripped
from .groups import has, is_group, is_token
from .vocabulary import FUNCTION_WORDS
from .words import connects

OPERATORS = ("+", "-", "cdot", "times", "*", "/", "odot", "otimes", "pm", "mp")
INEQUALITIES = {"!=", "<", "<=", ">", ">=", "in", "notin", "subset", "ll", "gg", "notsubset"}
ARROWS = {"=>", "<=>"}
CASE = re.compile(r"(?:^|\b)(if|when|whenever|for|provided|assuming|unless|whether|case|si|quand|pour|falls|wenn|für|cuando|para|with)\b|当|若|如果|对于", re.I)
CLAIM = re.compile(r"\b(so|hence|thus|therefore|then|get|have|follows|yields|gives|implies|donc|alors|also|entonces)\b|所以|因此|故|于是|得", re.I)
_NUMERAL = re.compile(r"[ivx]{1,4}|\d{1,3}(?:\.\d+)*|[a-zA-Z]|\*+|\d+[a-z]")
_NUMBER = re.compile(r"(?:\w{0,3}[.\-])?[\d]{1,3}(?:[.\-]\d+)*[a-z*']{0,2}|[ivx]{1,4}|[a-zA-Z*†]|\*+")


@dataclass
class Segment:
    """items, and the separators (commas, spaces, words, arrows, signs of quantity) before them; label is its equation number."""

    items: tuple = ()
    before: list = field(default_factory=list)
    label: str = ""

    def words(self):
        return "".join(t.text if t.kind in ("text", "note") else " " for t in self.before if t.kind in ("text", "note") or t.text == "therefore").strip()

    def after(self, *texts):
        return any(t.text in texts for t in self.before)


def segments(row):
    """(segments, separators behind the last one)."""
    found, before, current, last = [], [], [], None
    for item, after in zip(row, followers(row)):
        column = is_token(item, kind="align") and is_token(last, kind="align") and is_token(after, kind="text")  # && \text{...} comments on the line
        last = item
        if column or is_separator(item, current, after):
            if current:
                found.append(Segment(tuple(current), before))
                before, current = [], []
            before.append(item)
        elif not is_token(item, kind="align"):
            current.append(item)
    if current:
        found.append(Segment(tuple(current), before))
        before = []
    return found, before


def followers(row):
    """For each item the next one that is no alignment sign."""
    found, after = [], None
    for item in reversed(row):
        found.append(after)
        if not is_token(item, kind="align"):
            after = item
    return found[::-1]


def is_separator(item, current, after):
    if not is_token(item):
        return False
    if item.kind in ("tag", "label", "space"):
        return True
    if item.kind == "sign" and item.text in (",", ";", ":"):
        return True
    if item.kind == "command" and item.text in ("forall", "therefore"):
        return True
    if item.kind == "relation":
        return item.text in ARROWS
    if item.kind == "align":
        return bool(current) and parts_equations(current, after)
    return item.kind == "text" and not is_name(item, current[-1] if current else None, after)


def parts_equations(current, after):
    """Whether an & stands between two equations (and not beside a relation or an operator)."""
    return after is not None and has_relation(current) and not is_token(current[-1], kind="relation") and not is_token(current[-1], *OPERATORS) and not (
        is_token(after, kind="relation") or is_token(after, *OPERATORS))


def is_name(token, before, after):
    """Whether words in a row are the name of a quantity or a function, rather than words between formulas."""
    plain = token.text.strip()
    if is_token(before, "_", "^", kind="sign") or is_token(before, kind="command") and before.text not in ("dots", "top", "prime"):
        return True
    if plain in FUNCTION_WORDS or plain.lower() in FUNCTION_WORDS:
        return True
    if connects(plain) or len(plain.split()) > 3 or not plain[-1].isalnum() and plain[-1] not in "|":
        return False
    if is_group(after, "(", "[") and after.start - token.end < 2 and " " not in plain or is_token(after, "_", "^", kind="sign"):
        return True
    opens = before is None or is_token(before, kind="relation") or is_token(before, kind="bar") or is_token(before, kind="open") or is_token(before, *OPERATORS)
    closes = after is None or is_token(after, kind="relation") or is_token(after, kind="bar") or is_token(after, *OPERATORS) or is_token(after, ",", ".", ";", kind="sign")
    return opens and closes and not (before is None and after is None)


def trimmed(items):
    """items without spaces and the punctuation of prose at the ends."""
    items = list(items)
    while items and (is_token(items[-1], ".", kind="sign") or is_token(items[-1], kind="space")):
        items.pop()
    return tuple(items)


def enumerator(row):
    """(label, rest) of a row that opens with `(i) &`, `(1)` or `\\text{(e)}`."""
    shown = [n for n, i in enumerate(row) if not is_token(i, kind="space") and not is_token(i, kind="align")]
    if len(shown) < 2 or not is_group(row[shown[0]], "("):
        return "", row
    inside = plain_text(row[shown[0]])
    parted = shown[1] > shown[0] + 1 or is_token(row[shown[1]], kind="text")
    if _NUMERAL.fullmatch(inside) and (parted and not is_token(row[shown[1]], kind="relation") or inside.isdigit() or len(inside) > 1 and inside.strip("ivx") == "") and not (
            is_token(row[shown[1]], *OPERATORS) or is_token(row[shown[1]], "^", "_", "'", kind="sign")):
        return f"({inside})", row[shown[0] + 1:]
    return "", row


def plain_text(group):
    return "".join(i.text.strip() if is_token(i) else "?" for i in group.items)


def equation_number(segment):
    """The number `(12)` that a segment is, or that stands behind its full stop; cut from it."""
    items = segment.items
    if items and is_group(items[-1], "(") and _NUMBER.fullmatch(plain_text(items[-1])):
        if len(items) == 1 and (segment.before or plain_text(items[-1]).isdigit()):
            segment.items = ()
            return plain_text(items[-1])
        if len(items) > 1 and is_token(items[-2], ".", kind="sign"):
            segment.items = items[:-2]
            return plain_text(items[-1])
    return ""


def remarks(items):
    """(items, remarks): brackets at either end that hold words or a condition, as in (when w != c), are cut off."""
    found = []
    for end in (0, -1):
        while len(items) > 1 and is_remark(items[end]) and (is_worded(items[end]) or not indicator_before(items, end)):
            found.append(items[end])
            items = items[1:] if end == 0 else items[:-1]
    return items, found


def is_remark(item):
    if not is_group(item, "(", "["):
        return False
    inside = stripped(item.items)
    if not inside:
        return False
    return is_worded(item) or item.kind == "(" and has_relation(inside) and is_restriction(inside)


def is_worded(group):
    inside = stripped(group.items)
    return is_token(inside[0], kind="text") and connects(inside[0].text)


def is_restriction(items):
    """Whether a relation restricts letters: w != o, w = o, 1 <= k <= K, k in S."""
    sides, signs = sides_of(items)
    if not signs or any(not stripped(s) for s in sides):
        return False
    return set(signs) <= INEQUALITIES or set(signs) <= INEQUALITIES | {"="} and all((len(stripped(s)) <= 4 or has(s, "dots")) and is_plain(s) for s in sides)


def is_plain(items):
    """Whether items are letters and numbers with scripts, without a call or a fraction."""
    return all(is_group(i, "{") or is_token(i) and (i.kind in ("letter", "upright", "number", "word") or i.text in ("_", "'", "-", "+", ",", "dots"))
               for i in stripped(items))


def indicator_before(items, end):
    """Whether the bracket at the end belongs to what stands before it: 1(w = o), P(O = o)."""
    if len(items) > 2 and is_token(items[-3], "_", "^", kind="sign") or is_token(items[-2], kind="number") and items[-2].text != "1":
        return False
    return end == -1 and (is_token(items[-2]) and items[-2].kind in ("letter", "upright", "number", "word", "function", "text", "command")
                                             or is_token(items[-2], *OPERATORS) or is_group(items[-2], "{")) and not is_token(items[-2], "dots")


def dotted(items):
    return bool(items) and has(items, "dots", kind="command") and len(items) == 1
