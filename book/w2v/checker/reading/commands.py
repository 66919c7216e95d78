"""Commands that make a factor: fonts and accents, roots, braces with notes, indicators, expectations, sums, derivatives."""

from dataclasses import replace
from fractions import Fraction
from functools import cache

from . import conditions, derivatives, expressions, factors, functions, scripts, sums
from .groups import Group, is_group, is_token
from .tree import (Apply, Bars, Expectation, Indicator, Norm, Number, Power, Probability, Quotient, Relation, Symbol, Transposed, Tuple,
                   rebuild)
from .vocabulary import ACCENTS, FONTS

ARROWS = {"to": "bold", "sim": "tilde", "~": "tilde", "wedge": "hat", "^": "hat", "-": "bar", "ast": "star", "*": "star"}


def styled(cur):
    r"""\mathbf{u}, \hat{y}, \mathcal{L}: the style of a group moves to its letters."""
    name = cur.take().text
    items = derivatives.argument(cur)
    style = FONTS.get(name) or ACCENTS[name]
    if style == "bb" and len(items) == 1 and is_token(items[0], "E"):
        return expectation(cur, Symbol("E", ("bb",)))
    tree = decorated(expressions.whole(items, cur.notes, cur.depth), style, cur)
    if name == "ddot":
        tree = decorated(tree, style, cur)
    if tree in (Symbol("1", bold=True), Symbol("1", ("bb",)), Symbol("I", ("bb",))):
        return ones(cur, tree)
    return tree


def decorated(tree, style, cur):
    """tree with a font or an accent on its letter."""
    if isinstance(tree, Number) and style in ("bold", "bb") and tree.value in (0, 1):
        tree = Symbol(str(tree.value))
    if isinstance(tree, Symbol):
        return replace(tree, bold=True) if style == "bold" else replace(tree, accents=tuple(sorted((*tree.accents, style))))
    if isinstance(tree, Transposed):
        return Transposed(decorated(tree.arg, style, cur))
    if isinstance(tree, Probability) and style != "bold":
        return replace(tree, function=decorated(tree.function, style, cur))
    if style == "bold":
        return rebuild_bold(tree, cur)
    cur.fail("one letter under the accent", cur.peek(-1))


def rebuild_bold(tree, cur):
    return decorated(tree, "bold", cur) if isinstance(tree, Symbol) else rebuild(tree, lambda t: rebuild_bold(t, cur))


def ones(cur, symbol):
    r"""\mathbf{1}: an indicator when a condition follows it, else a name."""
    group = cur.group("(", "[", "\\{", "{")
    if group is not None and (conditions.has_relation(group.items) or len(group.items) == 1 and isinstance(group.items[0], Group) and
                              conditions.has_relation(group.items[0].items)):
        cur.take()
        items = group.items if conditions.has_relation(group.items) else group.items[0].items
        return Indicator(conditions.conditions(items, cur.notes, cur.depth))
    if cur.at("_") and is_group(cur.peek(1), "{"):
        items = cur.peek(1).items
        while len(items) == 1 and isinstance(items[0], Group):
            items = items[0].items
        if conditions.has_relation(items):
            cur.i += 2
            return Indicator(conditions.conditions(items, cur.notes, cur.depth))
    return symbol


def expectation(cur, symbol):
    """An E in blackboard bold, already taken."""
    found = scripts.gather(cur)
    if found.sup is not None or found.primes or not factors.starts(cur):
        cur.fail("the argument of the expectation")
    return expectation_of(cur, found.sub)


def expectation_of(cur, below):
    return expected(cur, conditions.conditions(below, cur.notes, cur.depth) if below else ())


def expected(cur, rules):
    """The expectation of what follows; rules stand below its sign."""
    letters, distribution = (), None
    if rules:
        sampled = [r for r in rules if isinstance(r, Relation) and r.sign in ("~", "in")]
        if len(sampled) > 1 or len(sampled) != len([r for r in rules if isinstance(r, Relation)]):
            cur.fail("one distribution below the expectation")
        left = sampled[0].left.items if sampled and isinstance(sampled[0].left, Tuple) else (sampled[0].left,) if sampled else ()
        letters = tuple(r for r in rules if not isinstance(r, Relation)) + left
        distribution = sampled[0].right if sampled else None
    group = cur.group("(", "[", "\\{")
    if group is None:
        return Expectation(letters, distribution, expressions.product(cur))
    cur.take()
    return Expectation(letters, distribution, expressions.whole(group.items, cur.notes, cur.depth))


def root(cur):
    cur.take()
    index = Quotient(Number(Fraction(1)), expressions.whole(cur.take().items, cur.notes, cur.depth)) if cur.group("[") else None
    if index is not None and isinstance(index.bottom, Number) and index.bottom.value:
        index = Number(1 / index.bottom.value)
    return Power(expressions.whole(derivatives.argument(cur), cur.notes, cur.depth), index or Number(Fraction(1, 2)))


def binomial(cur):
    cur.take()
    return Apply("binom", tuple(expressions.whole(derivatives.argument(cur), cur.notes, cur.depth) for _ in range(2)))


def wrapped(cur):
    r"""\boxed{x}, \cancel{x}: what is inside."""
    cur.take()
    return expressions.whole(derivatives.argument(cur), cur.notes, cur.depth)


def noted(cur):
    r"""\underbrace{x}_{note}: an equality in the note is a claim, words are kept."""
    cur.take()
    inside = derivatives.argument(cur)
    tree = expressions.whole(inside, cur.notes, cur.depth)
    found = scripts.gather(cur)
    for note in (found.sub, found.sup):
        if note:
            if is_token(note[0], kind="relation"):
                cur.notes.claims.append((tree, inside, note))
            else:
                cur.notes.words.append(words_of(note, cur.notes.text))
    return tree


def words_of(items, text):
    """Words plain, mathematics between dollars."""
    made = [i.text.strip() if is_token(i, kind="text") else f"${text[i.start:i.end]}$" for i in items if not is_token(i, kind="space")]
    return " ".join(made).replace("$ $", " ")


def over_letter(cur):
    r"""\overset{\sim}{u}, \underset{\theta}{\max}."""
    name = cur.take().text
    note, items = derivatives.argument(cur), derivatives.argument(cur)
    if name == "underset":
        head = items[0] if items else None
        if head is not None and (is_token(head, kind="function") or is_token(head, "sum", "prod")):
            sign = Group("{", tuple(note), cur.peek(-1).start, cur.peek(-1).end)
            underscore = replace(head if not isinstance(head, Group) else cur.peek(-1), kind="sign", text="_")
            cur.items[cur.i:cur.i] = [*items, underscore, sign]
            return factors.nucleus(cur)
        if any(is_token(i, "times", kind="command") or is_token(i, kind="text") for i in note):
            cur.notes.words.append(words_of(note, cur.notes.text))
            return expressions.whole(items, cur.notes, cur.depth)
        cur.fail("a function above what stands under it")
    accent = ARROWS.get(note[0].text) if len(note) == 1 and is_token(note[0]) else None
    if accent is None:
        cur.fail("an accent above the letter", note[0] if note else None)
    return decorated(expressions.whole(items, cur.notes, cur.depth), accent, cur)


def barred(cur):
    name = cur.take().text
    tree = expressions.whole(derivatives.argument(cur), cur.notes, cur.depth)
    return Norm(tree) if name == "norm" else Bars(tree)


def named(cur):
    """\\arg\\max, \\Pr: functions."""
    return functions.application(cur, cur.take().text)


@cache
def readers():
    """{command: its reader}."""
    return {**dict.fromkeys([*FONTS, *ACCENTS], styled), "frac": derivatives.frac, "sum": sums.sign, "prod": sums.sign, "nabla": derivatives.nabla,
            "partial": derivatives.partial, "pdv": derivatives.physics, "dv": derivatives.physics, "dd": derivatives.differential, "sqrt": root,
            "binom": binomial, **dict.fromkeys(["boxed", "fbox", "cancel", "framebox", "highlight"], wrapped),
            **dict.fromkeys(["underbrace", "overbrace", "underbracket", "overbracket"], noted), "norm": barred, "abs": barred,
            **dict.fromkeys(["overset", "underset", "stackrel"], over_letter), "arg": named, "Pr": named}
