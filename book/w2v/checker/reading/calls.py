"""A name before a bracket: calls with several arguments, probabilities, primes and powers of functions."""

from dataclasses import replace

from . import commands, conditions, expressions, functions, scripts
from .groups import has, split
from .tree import Apply, Minus, Number, Power, Probability, Relation, Symbol

KULLBACK = ("KL",)


def called(cur, tree):
    """tree with the bracket behind it, where that makes it a call for certain; a letter before one expression stays a factor."""
    group = cur.group("(", "[", "\\{")
    if group is None:
        return tree
    symbol, primes, power = head(tree)
    if symbol is None or not group.items and not is_word(symbol):
        return tree if symbol is None else cur.fail("something in the bracket")
    if symbol.base == "E" and any(isinstance(s, Relation) and s.sign == "~" for s in symbol.subs):
        return scripts.scripted(cur, commands.expected(cur, symbol.subs))
    if symbol.base == "D" and symbol.label in KULLBACK:
        return scripts.scripted(cur, Apply("KL", functions.bracketed(cur, "KL")))
    if group.kind in "([" and symbol.base in ("1", "0"):
        return tree
    if is_event(group) and not primes and power is None:
        return scripts.scripted(cur, probability(cur, symbol))
    if is_word(symbol) or group.kind in "([" and has(group.items, ",", ";", "\\|") and not (group.kind == "[" and not has(group.items, ";")):
        name = symbol.base if symbol == Symbol(symbol.base) and is_word(symbol) else symbol
        return scripts.scripted(cur, Apply(name, functions.bracketed(cur), primes, power))
    if (primes or power is not None) and group.kind == "(":
        return scripts.scripted(cur, Apply(symbol, functions.bracketed(cur), primes, power))
    return tree


def head(tree):
    r"""(symbol, primes, power) of f, f' and \sigma^{2} before a bracket; (None, 0, None) for anything else."""
    if isinstance(tree, Power) and isinstance(tree.base, Symbol) and isinstance(
            tree.exponent.arg if isinstance(tree.exponent, Minus) else tree.exponent, Number):
        symbol, primes, _ = head(tree.base)
        return symbol, primes, tree.exponent
    if not isinstance(tree, Symbol):
        return None, 0, None
    primes = tree.accents.count("prime")
    return replace(tree, accents=tuple(a for a in tree.accents if a != "prime")), primes, None


def is_word(symbol):
    return len(symbol.base) > 1 and not symbol.base.startswith("\\")


def is_event(group):
    """Whether the bracket holds a condition or a bar: O = o, w | c."""
    bars = sum(1 for i in group.items if getattr(i, "kind", "") == "bar" and i.text == "|" and not i.side)
    return group.kind in "([" and (bars == 1 or conditions.has_relation(group.items) and not has(group.items, "->"))


def probability(cur, symbol):
    r"""P(O=o \mid C=c)."""
    group = cur.take()
    parts = split(group.items, "|")
    outcome, given = parts[0], parts[1] if len(parts) > 1 else ()
    return Probability(symbol, events(outcome, cur), events(given, cur))


def events(items, cur):
    """Trees and Relations of the events between commas."""
    return tuple(event(part, cur) for part in split(items, ",", ";") if part)


def event(part, cur):
    if conditions.has_relation(part):
        found = conditions.relations(part, cur.notes, cur.depth)
        return found[0] if len(found) == 1 else cur.fail("one relation in an event", part[0])
    return expressions.whole(part, cur.notes, cur.depth)
