"""Items of one side to a tree: sums of signed products of factors. What a factor is stands in `factors`."""

from . import derivatives, factors, sets
from .cursor import Cursor
from .ellipsis import multiplied_out, spelled_out
from .groups import has, is_token
from .tree import Bracket, Minus, Plus, PlusMinus, Quotient, Symbol, Times
from .tree import Number

SIGNS = {"cdot": "dot", ".": "dot", "times": "times", "*": "star", "odot": "odot", "otimes": "outer"}
BRACKETS = ("(", "[", "\\{")
MANY = 40


def whole(items, notes, depth=0):
    """The tree of all items; raises Unreadable when one is left over."""
    if has(items, "over", kind="command"):
        return derivatives.over(items, notes, depth + 1)
    if has(items, "setminus", "cup", "cap", kind="command"):
        return sets.combination(items, notes, depth + 1)
    cur = Cursor(items, notes, depth + 1)
    if cur.done:
        cur.fail("an expression")
    tree = expression(cur)
    if not cur.done:
        cur.fail("a bracket that opens before this one" if getattr(cur.peek(), "kind", "") == "close" else "an operator or the end of the expression")
    return tree


def expression(cur):
    terms = [term(cur)]
    while cur.at("+", "-", "pm", "mp"):
        if cur.at("+"):
            cur.take()
        terms.append(term(cur))
    terms = spelled_out(tuple(terms))
    return terms[0] if len(terms) == 1 else Plus(terms)


def term(cur):
    """A product with the signs in front of it."""
    signs = []
    while cur.at("+", "-", "pm", "mp") and len(signs) < MANY:
        signs.append(cur.take().text)
    if len(signs) > 3:
        cur.fail("an expression that is not nested this deeply")
    tree = product(cur)
    for sign in reversed(signs):
        tree = {"+": lambda t: t, "-": Minus, "pm": PlusMinus, "mp": lambda t: Minus(PlusMinus(t))}[sign](tree)
    return tree


def product(cur):
    parts, signs, slashes = [factors.factor(cur)], [], 0
    while True:
        sign = product_sign(cur)
        if sign in ("/", "oslash"):
            slashes += 1
            if slashes > MANY // 2:
                cur.fail("an expression that is not nested this deeply")
            top = parts.pop()
            if signs and signs[-1] == "()" and isinstance(parts[-1], Symbol):  # f(x) / y divides f(x)
                signs.pop()
                top = times([parts.pop(), top], ["()"])
            parts.append(Quotient(top, denominator(cur), sign == "oslash"))
        elif sign is not None:
            signs.append(sign)
            parts.append(signed_factor(cur))
        elif factors.starts(cur):
            signs.append("()" if calls_follow(cur, parts[-1]) else "")
            parts.append(factors.factor(cur))
        else:
            return times(parts, signs)


def times(parts, signs):
    parts, signs = multiplied_out(tuple(parts), tuple(signs))
    return parts[0] if len(parts) == 1 else Times(parts, signs)


def product_sign(cur):
    """The sign of a product at the cursor, taken; None for a factor that follows directly."""
    if cur.at("/", "oslash"):
        return cur.take().text
    if cur.at(*SIGNS) and not (cur.at(".") and (cur.peek(1) is cur.peek(999))):
        return SIGNS[cur.take().text]
    return None


def signed_factor(cur):
    """A factor after a product sign; it may carry its own minus, as in x * -1."""
    signs = 0
    while cur.accept("-"):
        signs += 1
    tree = factors.factor(cur)
    for _ in range(min(signs, 3)):
        tree = Minus(tree)
    return tree


def denominator(cur):
    """What stands below a slash; `1/2m` is ambiguous in print and refused."""
    tree = signed_factor(cur)
    item = cur.peek()
    if isinstance(tree, Number) and is_token(item, kind="letter") and cur.adjacent():
        cur.fail("brackets that say how far the slash reaches, 1/(2m) or (1/2) m")
    return tree


def calls_follow(cur, last):
    """Whether a letter stands directly before the bracket that follows."""
    return isinstance(last, Symbol) and cur.group(*BRACKETS) is not None


def in_bracket(tree):
    """The tree inside a round bracket, or the tree itself."""
    return tree.arg if isinstance(tree, Bracket) and tree.kind in "([" else tree
