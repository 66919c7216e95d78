"""Sub- and superscripts: indices, labels, primes, transposes, powers."""

from dataclasses import dataclass, replace
from fractions import Fraction

from . import expressions, factors, labels
from .groups import Group, has, is_group, is_token
from .tree import Apply, Bracket, Derivative, Entry, Family, Indicator, Minus, Norm, Number, Power, Relation, Symbol, Times, Transposed, walk
from .vocabulary import ACCENTS, FONTS

CONSTANTS = (Symbol("e"), Symbol("\\pi"), Symbol("\\sigma"))
TAKES = {**dict.fromkeys([*ACCENTS, *FONTS, "sqrt", "mathbf"], 1), "frac": 2, "binom": 2}


@dataclass
class Scripts:
    """The items of the sub- and superscript as printed, and the number of primes."""

    sub: tuple | None = None
    sup: tuple | None = None
    primes: int = 0


def gather(cur):
    """All scripts at the cursor, in any order."""
    found = Scripts()
    while cur.at("_", "^", "'"):
        sign = cur.take().text
        if sign == "'":
            found.primes += 1
        elif sign == "_":
            if found.sub is not None:
                cur.fail("braces around one of two subscripts")
            found.sub = script(cur, sign)
        else:
            if found.sup is not None:
                cur.fail("braces around one of two superscripts")
            found.sup = script(cur, sign)
    return found


def script(cur, sign):
    """The items of the next script: a brace group or one item."""
    item = cur.peek()
    if cur.done:
        cur.fail("a superscript" if sign == "^" else "a subscript")
    if is_group(item, "{"):
        return cur.take().items
    if is_token(item, kind="number") and len(item.text) > 1:
        return one_digit(cur)
    if is_token(item, "-", "+") and cur.adjacent(1) and factors.starts_at(cur, 1) and (sign == "^" or cur.peek(1).kind == "number"):
        cur.fail(f"braces around the {'exponent' if sign == '^' else 'subscript'}, as in {sign}{{{item.text}x}}")
    count = TAKES.get(item.text, 0) if is_token(item, kind="command") else 0
    return tuple(cur.take() for _ in range(1 + count) if not cur.done)


def one_digit(cur):
    """TeX takes one digit: x^12 is x^1 2."""
    token = cur.peek()
    first = replace(token, text=token.text[0], end=token.start + 1)
    cur.items[cur.i] = replace(token, text=token.text[1:], start=token.start + 1)
    return (first,)


def letter_script(cur):
    """Whether the superscript at the cursor makes e a letter (a prime, a transpose, a star) and no exponential."""
    item = cur.peek(1)
    items = item.items if is_group(item, "{") else (item,)
    return not items or is_transpose(items) or is_token(items[0], "'", "*")


def exponent(cur):
    return expressions.whole(script(cur, "^"), cur.notes, cur.depth)


def is_transpose(items):
    items = tuple(i for i in items if not is_token(i, kind="space"))
    if len(items) == 2 and is_token(items[0], "mathbf", "boldsymbol", "mathcal"):
        items = items[1].items if isinstance(items[1], Group) else items[1:]
    if len(items) == 1 and is_group(items[0], "{"):
        return is_transpose(items[0].items)
    return len(items) == 1 and (is_token(items[0], "T", kind="letter") or is_token(items[0], "T", kind="upright") or
                                is_token(items[0], "top", kind="command") or is_token(items[0], "tr", kind="function"))


def transpose_in_front(cur):
    r"""{}^t U, the French transpose: takes the script."""
    item = cur.peek(1)
    items = item.items if is_group(item, "{") else (item,)
    if is_transpose(items) or len(items) == 1 and is_token(items[0], "t"):
        cur.take()
        cur.take()
        return True
    return False


def scripted(cur, tree):
    """tree with the scripts that follow it."""
    rounds = 0
    while cur.at("_", "^", "'", "!"):
        rounds += 1
        if rounds > 8:
            cur.fail("an expression that is not nested this deeply")
        if cur.at("!"):
            tree = factors.postfix(cur, tree)
        elif isinstance(tree, Symbol):
            tree = with_symbol(cur, tree, gather(cur))
        else:
            tree = with_tree(cur, tree, gather(cur))
    return tree


def with_symbol(cur, symbol, found):
    """A letter with its scripts: they are part of its name, but for powers and transposes."""
    tree = symbol
    if found.sub is not None:
        label, subs, arguments = labels.subscript(found.sub, cur)
        if symbol.base == "1" and any(isinstance(s, Relation) for s in subs):
            tree = Indicator(tuple(s for s in subs))
            return superscript(cur, tree, found.sup) if found.sup is not None else tree
        if label and (symbol.label.partition("^")[0]):
            cur.fail("one label in the subscript")
        tree = replace(symbol, label=label + symbol.label, subs=symbol.subs + subs)
    if found.primes:
        tree = accented(cur, tree, *["prime"] * found.primes)
    if found.sup is not None:
        tree = superscript(cur, tree, found.sup)
    return tree if found.sub is None or not arguments else Apply(tree, arguments)


def with_tree(cur, tree, found):
    if found.sub is not None:
        tree = entry(cur, tree, found.sub)
    for _ in range(found.primes):
        tree = primed(cur, tree)
    return tree if found.sup is None else superscript(cur, tree, found.sup)


def primed(cur, tree):
    if isinstance(tree, Apply):
        return replace(tree, primes=tree.primes + 1)
    inside = {n for n in walk(tree) if isinstance(n, Symbol) and n not in CONSTANTS} if isinstance(tree, (Bracket, Derivative)) else set()
    if len(inside) == 1 and not any(n.indices for n in inside):  # (e^x)': by its only letter
        return Derivative((inside.pop(),), tree, "prime", True)
    cur.fail("a prime on a letter, a function or a bracket with one letter")


def entry(cur, tree, items):
    """(tree)_i, [tree]_{d x d}, |x|_1."""
    if isinstance(tree, Norm) and tree.order is None:
        return replace(tree, order=expressions.whole(items, cur.notes, cur.depth))
    inner = tree.arg if isinstance(tree, Bracket) else tree
    if isinstance(tree, Bracket) and tree.kind == "[" and has(items, "times"):
        sizes = expressions.whole(items, cur.notes, cur.depth)
        if isinstance(sizes, Times):
            return Family(inner, sizes.factors)
    label, subs, arguments = labels.subscript(items, cur)
    if label or arguments or not subs:
        cur.fail("an index below the bracket")
    if tree == Number(Fraction(1)) and all(isinstance(s, Relation) for s in subs):
        return Indicator(subs)
    return Entry(inner, subs)


def accented(cur, tree, *accents):
    if not isinstance(tree, Symbol):
        cur.fail("an accent on a single letter")
    return replace(tree, accents=tuple(sorted(tree.accents + accents)))


def superscript(cur, tree, items):
    """tree with its superscript: stars and primes, indices in brackets, a label, a transpose or an exponent."""
    items = tuple(i for i in items if not is_token(i, kind="space"))
    while len(items) == 1 and is_group(items[0], "{"):
        items = items[0].items
    while items and is_token(items[0], "'", "*", kind="sign"):
        tree = accented(cur, tree, "star") if items[0].text == "*" else primed_symbol(cur, tree)
        items = items[1:]
        if not items:
            return tree
    if isinstance(tree, Symbol) and items and is_group(items[0], "(", "["):
        rest = items[1:]
        if not rest or is_transpose(rest) or all(is_token(i, "'", "*") for i in rest):
            tree = replace(tree, sups=tree.sups + labels.indices(items[0].items, cur))
            return superscript(cur, tree, rest) if rest else tree
    if not items:
        return tree
    if is_transpose(items):
        return Transposed(tree)
    if is_token(items[0], "-") and is_transpose(items[1:]):
        return Transposed(Power(tree, Minus(Number(Fraction(1)))))
    label = labels.superscript_label(items)
    if label and isinstance(tree, Symbol):
        return replace(tree, label=tree.label + "^" + label)
    return Power(tree, expressions.whole(items, cur.notes, cur.depth))


def primed_symbol(cur, tree):
    return accented(cur, tree, "prime") if isinstance(tree, Symbol) else primed(cur, tree)
