"""Conventions that a text states in words or shapes: the layout of U, row vectors, numerator layout, a prime for the transpose."""
import re
from dataclasses import dataclass

from .facts import plain

MATRIX = r"(?<![A-Za-z_\\])(?:U|\\Theta|W'|W_\{?(?:out|\\text\{out\}|O|o)\}?|V')(?![A-Za-z'])"
CENTER_MATRIX = r"(?<![A-Za-z\\])(?:W|V|W_\{?(?:in|\\text\{in\}|I)\}?|E|\\Phi)(?![A-Za-z'|])"
DIMENSIONS = (r"\$?\s*(?:\\in|∈|\$?is(?:\$)?)\s*\$?(?:\\mathbb\{?\s*R\}?|\\R|\\mathcal\{?M\}?|ℝ)?(?:\^|_)?\{?\(?([^{}()$]{1,16}?)(?:\\times|×|,|\\cdot)([^{}()$]{1,16}?)[})$]")
SHAPE, CENTER_SHAPE = re.compile(MATRIX + DIMENSIONS), re.compile(CENTER_MATRIX + DIMENSIONS)
WORDS = {"V", "|V|", "N_V", "|\\mathcalV|", "|\\mathcal{V}|", "\\mathcalV", "V_size", "N_w", "\\lvertV\\rvert", "\\vertV\\vert"}
ROW_WORD = re.compile(r"\brows?\b|\blignes?\b|\bZeilen?\b|\bfilas?\b|一行|每行|按行|行为|行是|行对应", re.I)
COLUMN_WORD = re.compile(r"\bcolumns?\b|\bcolonnes?\b|\bSpalten?\b|\bcolumnas?\b|一列|每列|按列|列为|列是|列对应|列向量", re.I)
ROW_VECTORS = re.compile(r"(?:all|every|our|the|word|treat\w*|as|are|is an?|use)[^.;]{0,40}\brow[ -]vectors?\b|行向量", re.I)
NUMERATOR = re.compile(r"numerator[ -]layout|numerator convention|分子布局|Jacobian (?:layout|convention)", re.I)
PRIME = re.compile(r"(?:prime|'|′|apostrophe)\W{0,4}\s*(?:\w+\s+){0,3}?(?:=|is|denotes|means|for|stands)?\s*(?:the\s+)?transpos", re.I)


@dataclass(frozen=True)
class Stated:
    """layout: 'rows', 'columns' or ''; the others say whether the text mentions the convention."""
    layout: str = ""
    center_layout: str = ""
    row_vectors: bool = False
    numerator: bool = False
    prime_transposes: bool = False


def stated(text):
    """The conventions stated in a whole text; what stands in blocks of code says nothing."""
    text = re.sub(r"^[ \t]*(`{3,}|~{3,})(?!\s*\{?math)[^\n]*\n.*?^[ \t]*\1[ \t]*$", "", text, flags=re.S | re.M)
    text = re.sub(r"(`+)([^`\n]+)\1", lambda m: m[0] if len(m[2]) < 9 or "$" in m[2] else "", text)
    return Stated(shape_layout(text) or worded_layout(text), shape_layout(text, CENTER_SHAPE), bool(ROW_VECTORS.search(text)), bool(NUMERATOR.search(text)),
                  bool(PRIME.search(text)))


def shape_layout(text, shape=SHAPE):
    """'rows' for U \\in R^{V x D}, 'columns' for R^{D x V}, '' when neither or both are written."""
    found = set()
    for match in shape.finditer(plain(text)):
        first, second = (side.strip("{} ") in WORDS for side in match.groups())
        if first != second:
            found.add("rows" if first else "columns")
    return found.pop() if len(found) == 1 else ""


def worded_layout(text):
    """What sentences say that name the outside matrix and either its rows or its columns."""
    found = set()
    for sentence in re.split(r"[.;!?]\s|\n\s*\n|[。；]", re.sub(r"\\(?:emph|textbf|textit)\b|[{}]", "", text)):
        for match in re.finditer(MATRIX, sentence):
            near = sentence[max(0, match.start() - 50):match.end() + 50]
            rows, columns = bool(ROW_WORD.search(near)), bool(COLUMN_WORD.search(near)) and "column vector" not in near
            if rows != columns and not re.search(r"row[ -]vector|行向量|列向量", near):
                found.add("rows" if rows else "columns")
    return found.pop() if len(found) == 1 else ""
