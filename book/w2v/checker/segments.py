"""A row cut into equations, index conditions, side definitions, labels and remarks."""
import re
from dataclasses import dataclass

from .constructs import Reader
from .relations import CLOSE, GOES_ON, OPEN, RELATIONS, SEPARATORS, has_equals, is_condition, scripted, short_definition


@dataclass
class Segment:
    """tokens, and the separators and texts that stand before them in the row."""
    tokens: list
    before: list


def segment(row):
    """The row cut at commas, wide spaces, arrows and texts that stand outside all brackets."""
    found, level, before = [], 0, []
    current = []
    for t in row:
        if t.kind == "sign":
            level += (t.text in OPEN) - (t.text in CLOSE)
        if t.kind == "command":
            level += t.text.startswith("begin:") - t.text.startswith("end:")
        cut = not level and (t.kind == "text" and not callable_text(t) and not scripted(current) or t.text in SEPARATORS
                             and t.kind in ("sign", "command"))
        if cut:
            if current:
                found.append(Segment(current, before))
                current, before = [], []
            before.append(t)
        elif t.text != "&" or current and level:
            current.append(t)
    if current:
        found.append(Segment(current, before))
    return glue(found)


def callable_text(token):
    return Reader.text_is_symbol(token.text)


def glue(segments):
    """Rejoins a segment that starts with a relation to the one before it, and drops trailing full stops and numbers."""
    found = []
    for s in segments:
        while s.tokens and s.tokens[-1].text in (".", "。", "!"):
            s.tokens.pop()
        trim_number(s)
        if not s.tokens or is_number_label(s.tokens):
            continue
        arrow = any(t.text in ("Rightarrow", "forall") for t in s.before)
        starts = s.tokens[0].text in ("=", "triangleq", "approx") or s.tokens[0].text in "+-" and not arrow and s.before and \
            all(t.text == "quad" for t in s.before)
        if found and starts and not arrow:
            found[-1].tokens += s.tokens
        elif found and s.before and s.before[0].text == "forall":
            found.append(s)
        elif found and all(t.text in ("quad",) for t in s.before) and s.before and found[-1].tokens[-1].text in RELATIONS | {"+", "-", "cdot"}:
            found[-1].tokens += s.tokens
        else:
            found.append(s)
    return found


def trim_number(s):
    """Cuts an equation number such as `. (12)` from the end."""
    texts = [t.text for t in s.tokens]
    for n in range(len(texts) - 1, max(len(texts) - 7, 0), -1):
        if texts[n] == "(" and texts[-1] == ")" and s.tokens[n - 1].text in (".", ",") and "".join(texts[n + 1:-1]).replace(".", "").isalnum():
            del s.tokens[n - 1:]
            return


def is_number_label(tokens):
    texts = "".join(t.text for t in tokens)
    return bool(re.fullmatch(r"\(?[\da-z*']{1,4}(\.[\da-z]+)*\)|\([ivx]+\)|\(?\*+\)?|[.:;!\"|']+|\d+\)", texts)) and "=" not in texts


def sort_segments(segments):
    """(main equations or expressions, index conditions, side definitions) of a row."""
    mains, notes, sides, remark = [], [], [], False
    for n, s in enumerate(segments):
        words = " ".join(t.text.lower() for t in s.before if t.kind == "text").strip()
        arrow = any(t.text == "Rightarrow" for t in s.before)
        if words:
            remark = bool(mains) and not any(re.search(rf"\b{w}\b", words) if w.isascii() else w in words for w in GOES_ON)
            if re.match(r"(where|let|with|denote|其中|令|设|记)\b", words):
                remark = True
        elif arrow:
            remark = False
        cut_remark(s, notes)
        cut_membership(s)
        if not s.tokens:
            continue
        if is_condition(s.tokens):
            notes.append(s.tokens)
        elif remark or mains and any(t.text == "," for t in s.before) and short_definition(s.tokens):
            if has_equals(s.tokens) and not words.startswith("we "):
                sides.append(s.tokens)
        elif not mains or has_equals(s.tokens):
            mains.append(s.tokens)
    return mains, notes, sides


def cut_remark(s, notes):
    """Moves a bracket such as (when w != c) or (w = o) at either end of the segment to the conditions."""
    for _ in range(2):
        for start, end in bracket_spans(s.tokens):
            inside = s.tokens[start + 1:end - 1]
            edge = (start == 0 or end == len(s.tokens)) and not indicator_before(s.tokens[:start])
            if edge and inside and (inside[0].kind == "text" and not callable_text(inside[0]) or is_condition(inside)):
                bare = [t for t in inside if t.kind != "text"]
                if bare and is_condition(bare):
                    notes.append(bare)
                del s.tokens[start:end]
                break


def cut_membership(s):
    r"""Drops `\in \mathbb{R}^{D}` from the end of an equation."""
    level, equation = 0, False
    for n, t in enumerate(s.tokens):
        if t.kind == "sign":
            level += (t.text in OPEN) - (t.text in CLOSE)
        equation |= not level and t.text in ("=", "triangleq")
        if not level and t.text == "in" and t.kind == "command" and any(x.text == "R" for x in s.tokens[n + 1:n + 4]):
            if equation:
                del s.tokens[n:]
            return


def indicator_before(tokens):
    """Whether a bracket belongs to an indicator or is a term of its own, as in 1[w = o] or y - [w = o]."""
    texts = [t.text for t in tokens if t.text not in ("{", "}")]
    return bool(texts) and texts[-1] in ("1", "I", "+", "-", "=", "cdot", "delta")


def bracket_spans(tokens):
    level, start, spans = 0, 0, []
    for n, t in enumerate(tokens):
        if t.text in OPEN and t.kind == "sign":
            if not level and t.text in ("(", "["):
                start = n
            level += 1
        elif t.text in CLOSE and t.kind == "sign":
            level -= 1
            if not level and t.text in (")", "]") and tokens[start].text in ("(", "["):
                spans.append((start, n + 1))
    return spans
