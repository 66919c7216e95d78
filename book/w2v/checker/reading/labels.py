"""What stands in a script: index expressions, labels in words, conditions."""

from fractions import Fraction

from . import conditions, expressions
from .groups import has, is_group, is_token, split
from .tree import Apply, Number, Symbol, Times
from .words import looks_like_a_word

SINGLE = {"+": "+", "-": "-", "*": "*", "dagger": "\\dagger", "ddagger": "\\ddagger", "odot": "\\circ", "perp": "\\perp"}


def subscript(items, cur):
    """(label, subs, arguments): J_{neg-sample(v_c,o,U)} has all three; raises Unreadable."""
    label, subs, arguments = [], (), ()
    parts = [unbraced(p) for p in split(items, ",", ";") if visible(p)]
    for part in parts:
        if len(part) > 1 and is_token(part[0], "<", "<=", ">", ">=", kind="relation"):  # w_{<t}: all words before
            label.append(part[0].text)
            subs += one_index(part[1:], cur)
            continue
        name, rest = leading_label(part)
        if name and not rest:
            label.append(name)
        elif name and len(rest) == 1 and is_group(rest[0], "(") and len(parts) == 1:
            label.append(name)
            arguments = tuple(expressions.whole(p, cur.notes, cur.depth) for p in split(rest[0].items, ",", ";"))
        else:
            subs += one_index(part, cur)
    return ",".join(label), subs, arguments


def visible(part):
    return [i for i in part if not is_token(i, kind="space")]


def unbraced(part):
    part = tuple(visible(part))
    while len(part) == 1 and is_group(part[0], "{"):
        part = tuple(visible(part[0].items))
    return part


def indices(items, cur):
    """The index expressions of a script in brackets."""
    return tuple(i for part in split(items, ",", ";") if visible(part) for i in one_index(unbraced(part), cur))


def one_index(part, cur):
    if conditions.has_relation(part):
        return conditions.conditions(part, cur.notes, cur.depth)
    if has(part, ":") and len(part) > 1:
        ends = split(part, ":")
        return (Apply("slice", tuple(expressions.whole(e, cur.notes, cur.depth) for e in ends)),)
    tree = expressions.whole(part, cur.notes, cur.depth)
    if isinstance(tree, Times) and set(tree.signs) == {""} and (isinstance(tree.factors[0], Symbol) or tree.factors[0] == Number(Fraction(1))) and all(
            isinstance(f, (Symbol, Number)) for f in tree.factors):
        return tree.factors
    if isinstance(tree, Number) and len(part) == 1 and len(part[0].text) == 2 and "0" not in part[0].text and "." not in part[0].text:
        return tuple(Number(Fraction(d)) for d in part[0].text)
    return (tree,)


def leading_label(part):
    """(label, items behind it): the words that open the script, or ('', all of it)."""
    if len(part) == 1 and is_token(part[0], *SINGLE):
        return SINGLE[part[0].text], ()
    words, i = runs(part)
    rest = part[i:]
    text = "".join(t for _, t in words)
    pieces = [(k, t) for k, t in words if t not in ("-", "_", "/")]
    if not any(k != "number" for k, _ in pieces) or "sign" in (words[0][0], words[-1][0]) or rest and not is_group(rest[0], "("):
        return "", part
    if len(pieces) == len(words) == 1:
        return (text, rest) if is_word(*pieces[0]) else ("", part)
    joined = len(words) > len(pieces)
    wordlike = any(is_word(*p) for p in pieces) or all(len(t) > 1 for _, t in pieces)
    if not any(k == "run" for k, _ in pieces) or joined and wordlike:
        return text, rest
    if all(is_word(k, t) or k == "number" for k, t in pieces):
        return text, rest
    return "", part


def is_word(kind, text):
    return kind == "words" or kind == "run" and looks_like_a_word(text)


def runs(part):
    """((kind, text), ...) of the words, runs of letters, numbers and hyphens that open a script, and how many items they are."""
    found, last = [], None
    for n, item in enumerate(part):
        if is_token(item, kind="letter") or is_token(item, kind="upright"):
            if last is not None and found[-1][0] == "run" and last.end == item.start:
                found[-1] = ("run", found[-1][1] + item.text)
            else:
                found.append(("run", item.text))
        elif is_token(item) and item.kind in ("text", "word", "function"):
            found.append(("words", item.text.strip()))
        elif is_token(item, "-", "_", "/", kind="sign"):
            found.append(("sign", item.text))
        elif is_token(item, kind="number"):
            found.append(("number", item.text))
        elif is_group(item, "{") and len(part) > 1 and not runs(item.items)[0] == [] and runs(item.items)[1] == len(item.items):
            found += runs(item.items)[0]
        else:
            return found, n
        last = item
    return found, len(part)


def superscript_label(items):
    """The label printed as a superscript: words, an upright letter, a plus or minus alone, a dagger."""
    if len(items) == 1 and is_token(items[0], kind="upright"):
        return items[0].text
    label, rest = leading_label(tuple(items))
    return label if not rest else ""
