r"""Sets and lists: \{1, \dots, K\}, V \setminus \{o\}, [1, K], w_1, \dots, w_K."""

from . import conditions, expressions
from .groups import has, is_group, is_token, split
from .tree import Bracket, SetBut, SetOf, SetUnion, Tuple, Unreadable


def listed(items, notes, depth, as_set=False):
    """One side of a relation: a set, a list without brackets, or an expression."""
    items = conditions.stripped(items)
    items = conditions.without_backslash(items)
    if has(items, ",", ";"):
        return Tuple(elements(items, notes, depth))
    if as_set and (is_group(items[0], "\\{", "[", "(") if len(items) == 1 else False):
        return one_set(items[0], notes, depth)
    if as_set and len(items) > 1 and is_token(items[-2], "-") and is_group(items[-1], "\\{"):
        return SetBut(expressions.whole(items[:-2], notes, depth), one_set(items[-1], notes, depth))
    return expressions.whole(items, notes, depth)


def one_set(group, notes, depth):
    r"""\{a, b\}, [1, K] or (0, 1) as a set."""
    found = elements(group.items, notes, depth)
    if group.kind == "\\{":
        return SetOf(found)
    if len(found) == 1:
        return Bracket(found[0], group.kind)
    kind = group.kind if {"(": ")", "[": "]"}[group.kind] == group.close else group.kind + group.close
    return Tuple(found) if kind == "(" else Bracket(Tuple(found), kind)


def elements(items, notes, depth):
    """The elements between commas; behind a colon or a bar the conditions of a set."""
    separators = [i for i in items if is_token(i, ":", kind="sign") or is_token(i, "|", kind="bar") and not i.side]
    if len(separators) == 1:
        head, rules = split(items, separators[0].text)
        return elements(head, notes, depth) + conditions.conditions(rules, notes, depth)
    parts = [conditions.stripped(p) for p in split(items, ",", ";")]
    if not items:
        return ()
    if not all(parts):
        raise Unreadable("an element between the commas", notes.text[items[0].start:items[-1].end], items[0].start)
    return tuple(e for p in parts for e in conditions.condition(p, notes, depth))


def combination(items, notes, depth):
    r"""A \setminus B, A \cup B, A \cap B."""
    for sign in ("cup", "cap"):
        if has(items, sign, kind="command"):
            return SetUnion(tuple(operand(p, notes, depth) for p in split(items, sign)), sign)
    whole, *removed = split(items, "setminus")
    tree = operand(whole, notes, depth)
    for part in removed:
        tree = SetBut(tree, operand(part, notes, depth, True))
    return tree


def operand(items, notes, depth, after=False):
    items = conditions.stripped(items)
    if len(items) == 1 and (is_group(items[0], "\\{") or is_group(items[0], "{") and (has(items[0].items, ",") or after)):
        group = items[0]
        return SetOf(elements(group.items, notes, depth))
    if len(items) == 1 and is_group(items[0], "("):
        return Bracket(expressions.whole(items[0].items, notes, depth))
    return expressions.whole(items, notes, depth)
