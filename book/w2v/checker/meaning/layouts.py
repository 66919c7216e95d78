"""What a text says of the layout of its derivatives: numerator or denominator layout by name, by rows and columns, or by entries.

In numerator layout df/dx has the entry df_i/dx_j in row i and column j, and the gradient of a number lies; in denominator layout it is
all the other way round.
"""

import re

from ..reading.tree import Derivative, Entry, Symbol
from .phrases import P

NAMES = {"numerator": "numerator layout", "jacobian": "numerator layout", "denominator": "denominator layout", "hessian": "denominator layout", "gradient": "denominator layout"}
NAMED = re.compile(r"\b(?:(numerator|denominator)[- ](?:layout|convention|form|notation|style)|(jacobian) (?:layout|formulation|convention)|(hessian|gradient) (?:layout|formulation))\b", re.I)
COLUMNS = {"numerator layout": False, "denominator layout": True, "jacobian rows": False, "jacobian columns": True}
REFUSED = re.compile(rf"\b(?:not|n't|never|instead of|rather than|unlike|as opposed to|in contrast to|contrary to|without) (?:\w+ ){{0,3}}?{NAMED.pattern}", re.I)
ASIDE = re.compile(r"\b(?:would|could|might|had|if|either|or|both|some|many|most|others?|often|sometimes|usually|elsewhere|books?|authors?|papers?|literature|code|numpy|pytorch|tensorflow|compar\w+|versus|vs|whereas|while"
                   r"|differ\w*|transpos\w+)\b", re.I)
ENTRIES = re.compile(r"\brow (?:number )?\x00(\d+)\x00 and (?:in )?column (?:number )?\x00(\d+)\x00", re.I)
SIDE = re.compile(rf"\b(rows?|columns?)\b(?:(?!\brows?\b|\bcolumns?\b)[^.;])*?{P}", re.I)


def layouts(words, trees=(), formulas=()):
    """[kind] of a sentence: 'numerator layout', 'denominator layout', 'jacobian rows', 'jacobian columns', 'doubt layout' where one
    is denied or two are said, 'mentioned layout' where one is no more than mentioned."""
    found = {kind for kind in map(by_entries, formulas) if kind} | {kind for kind in (by_sides(words, trees), by_place(words, trees)) if kind}
    found = found or set(by_name(words))
    return list(found) if len({COLUMNS.get(kind) for kind in found}) < 2 else ["doubt layout"]


def by_name(words):
    """The layouts that a sentence says are used here; a mention that is no statement leaves it open."""
    said, mentioned = set(), False
    for clause in re.split(r"[,;:()]", words):
        mentioned = mentioned or bool(NAMED.search(clause))
        clause = REFUSED.sub(" ", clause)
        names = {NAMES[name.lower()] for groups in NAMED.findall(clause) for name in groups if name}
        said |= names if not ASIDE.search(clause) else set()
    return said or ({"doubt layout" if REFUSED.search(words) else "mentioned layout"} if mentioned else set())


def by_entries(chain):
    r"""(\partial f/\partial x)_{ij} = \partial f_i/\partial x_j states the layout."""
    if getattr(chain, "signs", ()) != ("=",) or len(chain.sides) != 2:
        return ""
    whole, part = (side.tree for side in chain.sides)
    if not isinstance(whole, Entry) or not plain_derivative(whole.arg) or len(whole.subs) != 2:
        return ""
    return placed(part, *whole.subs)


def by_place(words, trees):
    """`has the entry df_i/dx_j in row i and column j`; without the words, i is the row and j the column."""
    m = ENTRIES.search(words)
    if not m and not re.search(r"\bjacobians?\b", words, re.I):
        return ""
    pairs = [tuple(trees[int(n)] for n in m.groups())] if m else [(Symbol("i"), Symbol("j")), (Symbol("m"), Symbol("n"))]
    places = [tree.arg if isinstance(tree, Entry) else tree for tree in trees]
    return next((kind for kind in (placed(tree, *pair) for tree in places for pair in pairs) if kind), "")


def placed(part, row, column):
    """'jacobian rows' for df_row/dx_column, 'jacobian columns' for df_column/dx_row, else ''."""
    if not isinstance(part, Derivative) or len(part.variables) != 1 or not all(isinstance(x, Symbol) and len(x.subs) == 1 for x in (part.body, part.variables[0])):
        return ""
    indices = (part.body.subs[0], part.variables[0].subs[0])
    return {(row, column): "jacobian rows", (column, row): "jacobian columns"}.get(indices, "") if row != column else ""


def by_sides(words, trees):
    """`the rows of dz/dx belong to the components of x`: the first of z and x that is named behind 'rows' or 'columns'."""
    whole = next((tree for tree in trees if plain_derivative(tree)), None)
    if whole is None:
        return ""
    part = {whole.body: "rows", whole.variables[0]: "columns"}
    found = set()
    for m in SIDE.finditer(re.sub(r"\x00(\d+)\x00", lambda m: m[0] if trees[int(m[1])] in part else " ", words)):
        kind = part[trees[int(m[2])]]
        found.add(kind if m[1].lower().startswith("row") else {"rows": "columns", "columns": "rows"}[kind])
    return "doubt layout" if len(found) > 1 else f"jacobian {found.pop()}" if found else ""


def plain_derivative(tree):
    """dz/dx of two names without indices."""
    return isinstance(tree, Derivative) and len(tree.variables) == 1 and isinstance(tree.body, Symbol) and isinstance(tree.variables[0], Symbol) \
        and not tree.body.subs and not tree.variables[0].subs
