"""What looks like an index and is part of a name: the number in h^{(1)}, the letter in L_p + L_n.

h^{(1)} and h^{(2)} are two names, but in x^{(1)} + ... + x^{(m)} the number is an index. L_p and L_n are two names where both
are defined and their letters never stand for themselves: in no sum, no condition and no other place than below names.
"""

from dataclasses import replace

from ..reading.blocks import Chain, Display, Heading, Sentence
from ..reading.tree import Number, Relation, Sum, Symbol, rebuild, walk

INDICES, LENT = frozenset("ockijtw"), ("u", "v", "y", "z", "w")


def numbered(text):
    """The text with the number in h^{(1)} as part of the name, unless it has a family h^{(l)}."""
    change = named(families(text))
    text = replace(text, blocks=[each_tree(block, change) for block in text.blocks])
    labels = letters_of_names(text)
    return replace(text, blocks=[each_tree(block, labelled(labels)) for block in text.blocks]) if labels else text


def letters_of_names(text):
    """The letters that only tell names apart: those below a name that is defined with two such letters."""
    heads, excluded, trees = {}, set(INDICES), []
    for chain in chains(text):
        left = chain.sides[0].tree
        if isinstance(left, Symbol) and letter_below(left) and chain.signs[:1] in (("=",), (":=",)):
            heads.setdefault(bare(left), set()).add(letter_below(left))
        trees += [s.tree for s in chain.sides if s.tree is not None] + [x for r in chain.conditions if isinstance(r, Relation) for x in (r.left, r.right)]
    for node in (n for tree in trees for n in walk(tree)):
        if isinstance(node, Symbol):
            below = [n for i in node.subs + node.sups for n in walk(i) if isinstance(n, Symbol)]
            single = letter_below(node)
            excluded |= {n.base for n in below if node.base in LENT or not single}
        if isinstance(node, Sum):
            excluded |= {letter.base for letter in node.letters}
    excluded |= {n.base for tree in trees for n in alone(tree)}
    return {letter for found in heads.values() if len(found - excluded) > 1 for letter in found - excluded}


def letter_below(symbol):
    """The one plain letter below a name, or ''."""
    index = symbol.subs[0] if len(symbol.subs) == 1 and not symbol.sups else None
    return index.base if isinstance(index, Symbol) and len(index.base) == 1 and not (index.subs or index.sups or index.accents or index.label) else ""


def alone(tree):
    """The symbols of a tree that stand for themselves, not below or above another one, and without anything below."""
    return (n for n in names_in(tree) if not n.subs and not n.sups)


def names_in(tree):
    """The symbols of a tree that are not below or above another one."""
    if isinstance(tree, Symbol):
        yield tree
        return
    found = []
    rebuild(tree, lambda child: found.append(child) or child)
    for child in found:
        yield from names_in(child)


def labelled(letters):
    """A map of trees in which these letters are parts of names."""
    def change(tree):
        if isinstance(tree, Symbol) and letter_below(tree) in letters and tree.base not in LENT:
            tree = replace(tree, subs=(), label=letter_below(tree) + tree.label)
        return rebuild(tree, change)
    return change


def chains(text):
    """All chains of a text in order, displayed and inline."""
    for block in text.blocks:
        if isinstance(block, Display):
            yield from block.chains
        elif isinstance(block, (Sentence, Heading)):
            yield from (p for p in block.parts if isinstance(p, Chain))


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
