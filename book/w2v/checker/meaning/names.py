"""Names of symbols: what makes two prints the same name."""

from dataclasses import replace

from ..reading.tree import (Apply, Bracket, Derivative, Minus, Number, Plus, Power, Probability, Relation, Sum, Symbol, Times, Transposed,
                            Tuple, rebuild, walk)

PROBABILITY = "P|"


def key(symbol):
    """'y^hat', 'J:neg-sample', 'v:^new', 'x^()' (with an index in parentheses above); indices are no part of it."""
    known = symbol.__dict__.get("_key")
    if known is None:
        marks = "".join("^" + a for a in symbol.accents if a != "prime") + "'" * symbol.accents.count("prime")
        known = symbol.base + marks + (":" + symbol.label if symbol.label else "") + ("^()" if symbol.sups else "")
        symbol.__dict__["_key"] = known
    return known


def symbols(tree):
    """All Symbols in a tree, indices of other symbols included."""
    return (n for n in walk(tree) if isinstance(n, Symbol))


def plain(tree):
    """tree without bold print, which hints at a type and is no part of a name, and with probabilities as indexed names."""
    if isinstance(tree, Symbol):
        tree = replace(tree, bold=False)
    tree = rebuild(tree, plain)
    return indexed(tree) if isinstance(tree, Probability) else tree


def indexed(tree):
    """P(O=o | C=c) as the symbol P| with the indices o and c; an event such as D=1 belongs to the name."""
    name, indices = [], []
    for part in (*tree.outcome, *tree.given):
        if isinstance(part, Relation) and part.sign == "=":
            if isinstance(part.right, Number):
                name.append(f"{shown(part.left)}={part.right.value}")
                continue
            part = part.right
        indices.append(part)
    own = ":".join(x for x in (tree.function.label, *(shown(i) for i in tree.function.subs)) if x)
    base = "P" if tree.function.base in ("P", "p", "\\Pr", "Pr") and not tree.function.accents and not own else tree.function.base
    label = ",".join(name) + ("" if tree.given else "joint")
    accents = tuple(a for a in tree.function.accents if a != "bb")
    return Symbol(base + "|", accents, ":".join(x for x in (own, label) if x), tuple(indices))


def shown(tree):
    return key(tree) if isinstance(tree, Symbol) else str(tree)


def replaced(tree, table):
    """tree with whole subtrees replaced."""
    if tree in table:
        return table[tree]
    return rebuild(tree, lambda child: replaced(child, table))


def stripped(tree):
    """tree without brackets around it."""
    while isinstance(tree, Bracket):
        tree = tree.arg
    return tree


def bound_letters(tree):
    """Keys of all letters that some sum in the tree binds."""
    return {key(letter) for n in walk(tree) if isinstance(n, Sum) for letter in n.letters}


def mentions(tree, wanted):
    """Whether a name occurs in the tree."""
    return any(key(n) == wanted for n in symbols(tree))


def heads(tree):
    """(head symbol, printed parameters or None) of a left side that can be defined: a, p_i, f(x), J(v_c, o, U); else None."""
    tree = stripped(tree)
    if isinstance(tree, Symbol):
        return tree, None
    if isinstance(tree, Apply) and isinstance(tree.function, Symbol) and not tree.primes and tree.power is None:
        return tree.function, tree.args
    if isinstance(tree, Times) and len(tree.factors) == 2 and tree.signs == ("()",) and isinstance(tree.factors[0], Symbol):
        inner = tree.factors[1]
        if isinstance(inner, Bracket) and isinstance(inner.arg, Symbol) and inner.kind == "(":
            return tree.factors[0], (inner.arg,)
    return None


__all__ = ["key", "symbols", "plain", "indexed", "replaced", "stripped", "heads", "mentions", "bound_letters", "PROBABILITY",
           "Derivative", "Minus", "Plus", "Power", "Transposed", "Tuple"]
