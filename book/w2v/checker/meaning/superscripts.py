"""A number in parentheses above a letter: h^{(1)} and h^{(2)} are two names, but in x^{(1)} + ... + x^{(m)} it is an index."""

from dataclasses import replace

from ..reading.blocks import Chain, Display, Heading, Sentence
from ..reading.tree import Number, Relation, Symbol, rebuild, walk


def numbered(text):
    """The text with the number in h^{(1)} as part of the name, unless it has a family h^{(l)}."""
    change = named(families(text))
    return replace(text, blocks=[each_tree(block, change) for block in text.blocks])


def families(text):
    """The names with a letter in parentheses above somewhere, such as x^{(i)}: there, a number is an index too."""
    found = set()

    def note(tree):
        found.update(bare(n) for n in walk(tree) if isinstance(n, Symbol) and not all(isinstance(i, Number) for i in n.sups))
        return tree

    for block in text.blocks:
        each_tree(block, note)
    return found


def named(families):
    """A map of trees in which the number in h^{(1)} is part of the name, unless the text has a family h^{(l)}."""
    def change(tree):
        if isinstance(tree, Symbol) and tree.sups and all(isinstance(i, Number) for i in tree.sups) and bare(tree) not in families:
            tree = replace(tree, sups=(), label=f"{tree.label}^({','.join(str(i.value) for i in tree.sups)})")
        return rebuild(tree, change)
    return change


def bare(symbol):
    return symbol.base, symbol.accents, symbol.label


def each_tree(block, change):
    """The block with every tree of its chains changed."""
    def chain(c):
        sides = tuple(replace(s, tree=change(s.tree)) if s.tree is not None else s for s in c.sides)
        conditions = tuple(replace(r, left=change(r.left), right=change(r.right)) if isinstance(r, Relation) else r for r in c.conditions)
        return replace(c, sides=sides, conditions=conditions)

    if isinstance(block, Display):
        return replace(block, chains=tuple(map(chain, block.chains)))
    if isinstance(block, (Sentence, Heading)):
        return replace(block, parts=tuple(chain(p) if isinstance(p, Chain) else p for p in block.parts))
    return block
