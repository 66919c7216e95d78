"""Brackets and bars as factors: groups, written-out rows, sets, intervals, absolute values, norms, indicators, counts."""

import re

from . import commands, conditions, environments, expressions, scripts, sets
from .groups import Group, has, is_group, is_token, split
from .tree import Apply, At, Bars, Bracket, Count, Grid, Indicator, Norm, Relation, Symbol, Tuple

SPACED = re.compile(r"\\[ ,;:]|~|\\q?quad|\\enspace|&")
NAMED = {"\\lfloor": "floor", "\\lceil": "ceil"}


def bracket(cur):
    """The group at the cursor as a tree without its scripts."""
    group = cur.take()
    return READERS[group.kind](group, cur)


def braces(group, cur):
    """Braces only group; a change of font in front holds for all of them."""
    items = tuple(i for i in group.items if not is_token(i, kind="space"))
    if is_token(items[0], "bf", kind="command"):
        return commands.decorated(expressions.whole(items[1:], cur.notes, cur.depth), "bold", cur)
    if conditions.has_relation(items) and not has(items, ","):
        cur.fail("an expression without a relation in the braces", group)
    return expressions.whole(items, cur.notes, cur.depth)


def round_or_square(group, cur):
    mixed = group.close not in ({"(": ")", "[": "]"}[group.kind], "")
    if not group.items:
        cur.fail("something in the bracket", group)
    if conditions.has_relation(group.items):
        if group.kind == "(":
            cur.fail("[w = o] or \\mathbb{1}\\{w = o\\} for an indicator", group)
        return Indicator(conditions.conditions(group.items, cur.notes, cur.depth))
    if mixed:
        return Bracket(Tuple(sets.elements(group.items, cur.notes, cur.depth)), group.kind + group.close)
    cells = separated(group.items)
    if len(cells) > 1:
        trees = tuple(expressions.whole(c, cur.notes, cur.depth) for c in cells)
        return Grid((trees,)) if group.kind == "[" else Tuple(trees)
    cells = side_by_side(group, cur.notes.text)
    if cells:
        return Grid((tuple(expressions.whole(c, cur.notes, cur.depth) for c in cells),))
    tree = expressions.whole(group.items, cur.notes, cur.depth)
    return tree if isinstance(tree, Indicator) and group.kind == "[" or isinstance(tree, Grid) else Bracket(tree, group.kind)


def separated(items):
    """The entries between commas or wide spaces."""
    if has(items, ",", ";", kind="sign"):
        return [conditions.stripped(p) or p for p in split(items, ",", ";")]
    return [p for p in split(items, "quad", "&", kinds=("space", "align")) if p]


def side_by_side(group, text):
    r"""The columns of [u_1\ u_2\ \dots\ u_V], set apart by printed blanks or bars; [] for a bracket without dots or blanks around them."""
    cells = [[]]
    for item in group.items:
        before = cells[-1][-1].end if cells[-1] else item.start
        if is_token(item, "|", kind="bar") or SPACED.search(text[before:item.start]):
            cells.append([])
        if not is_token(item, "|", kind="bar"):
            cells[-1].append(item)
    apart = [c for c in cells if len(c) == 1 and is_token(c[0], "dots", kind="command")]
    return cells if group.kind == "[" and len(apart) == 1 and len(cells) > 2 and all(cells) else []


def curly(group, cur):
    inside = tuple(i for i in group.items if not is_token(i, kind="space"))
    if len(inside) == 1 and is_group(inside[0], "env"):
        return environments.cases(inside[0], cur)
    if group.close == "":
        cur.fail("a bracket that closes", group)
    if has(inside, ",", ";", "dots") and not has(inside, "+", "-") or conditions.has_relation(inside):
        return sets.SetOf(sets.elements(inside, cur.notes, cur.depth))
    return Bracket(expressions.whole(inside, cur.notes, cur.depth), "{") if inside else sets.SetOf(())


def bar_pair(group, cur):
    tree = expressions.whole(group.items, cur.notes, cur.depth)
    return Norm(tree) if group.kind == "\\|" else Bars(tree)


def angles(group, cur):
    parts = [p for p in split(group.items, ",", "|")]
    trees = tuple(expressions.whole(p, cur.notes, cur.depth) for p in parts)
    return Apply("inner" if len(trees) == 2 else "average", trees)


def rounded(group, cur):
    return Apply(NAMED[group.kind], (expressions.whole(group.items, cur.notes, cur.depth),))


def at_point(group, cur):
    r"""\left. f \right|_{x = 1}; \left. ... \right. is no bracket at all."""
    tree = expressions.whole(group.items, cur.notes, cur.depth)
    if group.close == "":
        return Bracket(tree) if isinstance(tree, (At,)) else tree
    return point(cur, tree, group)


def point(cur, tree, start):
    if not cur.at("_"):
        cur.fail("the point of evaluation below the bar", start)
    cur.take()
    rules = conditions.conditions(scripts.script(cur, "_"), cur.notes, cur.depth)
    if not all(isinstance(r, Relation) for r in rules):
        cur.fail("an equality below the bar", start)
    return At(tree, rules)


READERS = {"{": braces, "(": round_or_square, "[": round_or_square, "\\{": curly, "|": bar_pair, "\\|": bar_pair, "\\langle": angles,
           "\\lfloor": rounded, "\\lceil": rounded, ".": at_point}


def opens(cur):
    """Whether the bar at the cursor opens an absolute value or a norm."""
    bar = cur.peek()
    if bar.side == "right" or is_token(cur.peek(1), "_", kind="sign") or cur.i + 1 >= len(cur.items):
        return False
    return any(is_token(i, bar.text, kind="bar") for i in cur.items[cur.i + 2:])


def bars(cur):
    """|x| or \\|x\\| with bars that are printed alike."""
    bar = cur.take()
    end = next((n for n in range(cur.i + 1, len(cur.items)) if is_token(cur.items[n], bar.text, kind="bar")), None)
    if end is None:
        cur.fail(f"a second bar {bar.text}", bar)
    items = tuple(cur.items[cur.i:end])
    cur.i = end + 1
    return bar_pair(Group(bar.text, items, bar.start, cur.items[end].end, bar.text), cur)


def count(cur):
    r"""\#(w, c), \#\{k : w_k = w\}."""
    sign = cur.take()
    group = cur.group("(", "\\{", "[")
    if group is None:
        cur.fail("a bracket after \\#", sign)
    cur.take()
    return Count(sets.elements(group.items, cur.notes, cur.depth))


def plain_bars(text):
    """The name in \\text{|Vocab|}, or ''."""
    return text[1:-1].strip() if len(text) > 2 and text[0] == text[-1] == "|" else ""


def named(text):
    name = plain_bars(text)
    return Bars(Symbol(name)) if name else Symbol(text)
