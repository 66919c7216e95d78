"""Environments inside an expression: matrices, rows and columns, cases."""

from . import conditions, expressions
from .groups import Group, brackets, has, is_group, is_token, split
from .tree import Cases, Dots, Grid, Relation, Unreadable

CASES = ("cases", "dcases", "rcases", "numcases")
MATRICES = ("matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "psmallmatrix", "bsmallmatrix", "array", "tabular")
OTHERWISE = ("otherwise", "else", "other", "ow", "o.w", "elsewhere", "sonst", "sinon", "autrement", "其他", "否则", "其它", "en otro caso", "不然")
IF = ("if", "when", "for", "where", "whenever", "si", "quand", "falls", "wenn", "für", "pour", "para", "cuando", "当", "若", "如果", "and", "in case", "provided", "iff")


def environment(cur):
    group = cur.take()
    if group.name in CASES:
        return cases(group, cur)
    if group.name in MATRICES:
        rows = [[cell(c, cur) for c in cells] for cells in table(group)]
        return Grid(tuple(tuple(r) for r in rows if r))
    if group.name in ("aligned", "split", "gathered", "alignedat", "multlined"):
        return expressions.whole(brackets([i for i in group.items if not is_token(i, kind="row")]), cur.notes, cur.depth)
    cur.fail("an environment that can be read here", group)


def table(group):
    """The rows of an environment as lists of cells; empty rows go."""
    rows = [split(r, "&", kinds=("align",)) for r in split(group.items, "\\\\", kinds=("row",))]
    return [[brackets(c) for c in r] for r in rows if any(visible(c) for c in r)]


def visible(items):
    return tuple(i for i in items if not is_token(i, kind="space") and not (is_group(i, "{") and not i.items))


def cell(items, cur):
    items = visible(items)
    while items and is_token(items[-1], ",", kind="sign"):
        items = items[:-1]
    return expressions.whole(items, cur.notes, cur.depth) if items else Dots()


def cases(group, cur):
    """Cases, also where they are written as an array or as aligned rows behind a curly bracket."""
    rows = table(group)
    if not rows:
        cur.fail("rows in the cases", group)
    return Cases(tuple(branch(r, cur) for r in rows))


def branch(cells, cur):
    value, condition = visible(cells[0]), tuple(i for c in cells[1:] for i in c)
    if not visible(condition):
        cut = next((n for n, i in enumerate(cells[0]) if is_token(i, kind="text") or is_token(i, ",", kind="sign") or is_token(i, kind="space") or condition_in(i)),
                   len(cells[0]))
        value, condition = visible(cells[0][:cut]), cells[0][cut:]
    while value and is_token(value[-1], ",", ";", ".", ":", kind="sign"):
        value = value[:-1]
    return expressions.whole(value, cur.notes, cur.depth), rules(condition, cur)


def condition_in(item):
    return isinstance(item, Group) and item.kind in ("(", "{") and bool(item.items) and (
        is_token(item.items[0], kind="text") or conditions.has_relation(item.items))


def rules(items, cur):
    """The Relations of a case, None for `otherwise`, or its words when they are not understood."""
    items = conditions.stripped(visible(items))
    while len(items) == 1 and is_group(items[0], "{", "("):
        items = conditions.stripped(items[0].items)
    if not items:
        cur.fail("a condition in the cases")
    words = " ".join(i.text.strip() for i in items if is_token(i, kind="text") or is_token(i, kind="word"))
    rest = tuple(i for i in items if not is_token(i, kind="text"))
    related = conditions.has_relation(rest) or any(condition_in(i) for i in rest)
    if not related or not understood(items):
        plain = words.lower().strip(" .,;:()")
        if not related and plain.startswith(OTHERWISE):
            return None
        return printed(items, cur) if words else cur.fail("a condition in the cases", items[0])
    found = conditions.conditions(comma_for_words(items), cur.notes, cur.depth)
    if not all(isinstance(r, Relation) for r in found):
        raise Unreadable("a condition in the cases", printed(items, cur), items[0].start)
    return found


def understood(items):
    """Whether the words between the relations only say `if` and `and`."""
    return all(any(i.text.lower().strip(" .,;:()").startswith(w) for w in IF + OTHERWISE) or not i.text.strip(" .,;:()")
               for i in items if is_token(i, kind="text"))


def comma_for_words(items):
    """items with a comma in the place of every text between two relations."""
    made = []
    for i in items:
        if not is_token(i, kind="text"):
            made.append(i)
        elif made:
            made.append(type(i)("sign", ",", i.start, i.end))
    return tuple(made)


def printed(items, cur):
    """The words and mathematics of a case as printed: words plain, mathematics between dollars."""
    return " ".join(i.text.strip() if is_token(i, kind="text") else f"${cur.notes.text[i.start:i.end]}$" for i in items).replace("$ $", " ")


def is_conditional(group):
    """Whether every row is a value and behind & a condition."""
    rows = table(group)
    return bool(rows) and all(len(r) >= 2 and not conditions.has_relation(r[0]) and is_condition(r[1]) for r in rows) or bool(rows) and all(
        len(r) == 1 and not conditions.has_relation(before_words(r[0])) and has(r[0], kind="text") for r in rows)


def before_words(items):
    cut = next((n for n, i in enumerate(items) if is_token(i, kind="text") or is_token(i, ",", kind="sign")), len(items))
    return items[:cut]


def is_condition(items):
    items = conditions.stripped(visible(items))
    if not items:
        return False
    return is_token(items[0], kind="text") or not is_token(items[0], kind="relation") and (
        conditions.has_relation(items) or any(condition_in(i) for i in items))
