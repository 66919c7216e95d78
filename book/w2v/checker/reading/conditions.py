"""Relations: w != o, 1 <= k <= K, k = 1, ..., K, j in V, and lists of them."""

from . import expressions, sets
from .groups import Group, has, is_group, is_token, split
from .tree import Dots, Relation, SetOf, Tuple, Unreadable

MOST = 60
SIGNS = {"sim": "~", "equiv": "="}


def has_relation(items):
    return any(is_token(i, kind="relation") for i in items)


def sides_of(items):
    """(sides, signs) of items cut at the relations that stand outside all brackets."""
    sides, signs = [[]], []
    for item in items:
        if is_token(item, kind="relation"):
            sides.append([])
            signs.append(item.text)
        else:
            sides[-1].append(item)
    return sides, signs


def relations(items, notes, depth):
    """The Relations of one chain a < b <= c; raises Unreadable."""
    items = stripped(items)
    while len(items) == 1 and is_group(items[0], "{", "("):
        items = stripped(items[0].items)
    sides, signs = sides_of(items)
    if not signs or not all(stripped(s) for s in sides):
        raise Unreadable("a condition with both sides", notes.text[items[0].start:items[-1].end] if items else "", items[0].start if items else None)
    trees = [sets.listed(s, notes, depth, signs[n - 1] in ("in", "notin", "subset") if n else False) for n, s in enumerate(sides)]
    found = []
    for n, sign in enumerate(signs):
        right = trees[n + 1]
        if sign == "=" and isinstance(right, Tuple) and Dots() in right.items:
            sign, right = "in", SetOf(right.items)
        found.append(Relation(SIGNS.get(sign, sign), trees[n], right))
    return tuple(found)


def stripped(items):
    """items without spaces, punctuation and \\forall at the ends."""
    items = [i for i in items if not (is_token(i, kind="space") or is_token(i, kind="align") or is_token(i, "forall", kind="command"))]
    while items and is_token(items[0], ",", ";", ":", ".", kind="sign"):
        items = items[1:]
    while items and is_token(items[-1], ",", ";", ":", ".", kind="sign"):
        items = items[:-1]
    return tuple(items)


def conditions(items, notes, depth):
    """The Relations and bare index expressions in a list; `k = 1, \\dots, K` is one of them."""
    return tuple(c for part in parts(without_backslash(stripped(items))) for c in condition(part, notes, depth))


def without_backslash(items):
    r"""V\\\\{o}, the escaped form of V \setminus {o}: the break before a brace is a difference of sets."""
    made = list(items)
    for n, (item, after) in enumerate(zip(items, items[1:])):
        if is_token(item, kind="row") and is_group(after, "{", "\\{"):
            made[n] = type(item)("command", "setminus", item.start, item.end)
    return tuple(made)


def condition(part, notes, depth):
    if has_relation(part) or len(part) == 1 and isinstance(part[0], Group) and has_relation(part[0].items):
        return relations(part, notes, depth)
    return (expressions.whole(part, notes, depth),)


def parts(items):
    """items cut at commas and the like; parts with dots between them stay together, and so do the letters before a common relation."""
    bars = sum(1 for i in items if is_token(i, "|", kind="bar"))
    runs = [r for r in split(items, ",", ";", ":", "\\\\", "wedge", *["|"] * (bars == 1), kinds=("sign", "row", "command", "bar")) if stripped(r)]
    comma = next((i for i in items if is_token(i, ",")), None)
    if len(runs) > MOST:
        raise Unreadable(f"at most {MOST} conditions", "", items[0].start)
    joined = []
    for run in runs:
        if joined and (dotted(run) and (has_relation(joined[-1]) or len(joined) == 1) or not has_relation(run) and dotted(tail(joined[-1]))):
            joined[-1] = (*joined[-1], comma, *run) if comma else (*joined[-1], *run)
        elif joined and dotted(tail(run)) and not has_relation(run):
            joined[-1] = (*joined[-1], comma, *run)
        elif joined and not has_relation(run) and ahead(runs, run) and comma:
            joined[-1] = (*joined[-1], comma, *run)
        elif joined and not has_relation(run) and first_sign(joined[-1]) == "!=" and not dotted(run):
            cut = next(n for n, i in enumerate(joined[-1]) if is_token(i, kind="relation"))
            joined.append((*joined[-1][:cut + 1], *run))  # i != a, b
        else:
            joined.append(run)
    return common(joined, comma)


def ahead(runs, run):
    """Whether dots follow before the next relation: the 2 in k = 1, 2, \\dots, K."""
    n = next(k for k, r in enumerate(runs) if r is run)
    for later in runs[n + 1:]:
        if has_relation(later):
            return False
        if dotted(later):
            return True
    return False


def common(runs, comma):
    """x, y \\in S: a letter before a relation of membership belongs to it."""
    found = []
    for run in reversed(runs):
        if found and comma and not has_relation(run) and first_sign(found[-1]) in ("in", "notin", "sim"):
            found[-1] = (*run, comma, *found[-1])
        else:
            found.append(run)
    return found[::-1]


def first_sign(run):
    return next((i.text for i in run if is_token(i, kind="relation")), "")


def tail(run):
    """What stands behind the last comma of a run."""
    return split(run, ",")[-1]


def dotted(run):
    return len(run) > 0 and has(run, "dots", kind="command") and len([i for i in run if not is_token(i, kind="space")]) <= 2
