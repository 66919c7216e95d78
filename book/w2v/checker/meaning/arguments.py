r"""Functions that are printed without their argument: \sigma' = \sigma (1 - \sigma), d\sigma/da, a = \ln(\sigma / (1 - \sigma))."""

from dataclasses import replace

from ..reading import tree as t
from . import letters
from .names import heads, key, stripped, symbols


def complete(world):
    """Gives such functions the argument that their line leaves out: the variable of the derivative, the one that the text printed, or,
    where a prime stands, any."""
    statements = [s for s in world.survey.statements if s.left.tree is not None and s.right.tree is not None]
    params = dict.fromkeys(letters.FUNCTIONS)
    for s in statements:
        head, args = heads(s.left.tree) or (None, None)
        if head is not None and args and len(args) == 1 and isinstance(args[0], t.Symbol) and not head.indices and s.step == 1:
            params.setdefault(key(head), args[0])
            params[key(head)] = params[key(head)] or args[0]
    for s in statements if not world.survey.fixed else ():
        sides = s.left.tree, s.right.tree
        for name in {key(n).rstrip("'") for side in sides for n in bare(side)} & params.keys():
            at = argument(sides, name, params[name], s)
            if at is not None:
                s.left, s.right = (replace(side, tree=filled(side.tree, name, at)) for side in (s.left, s.right))


def argument(sides, name, param, statement):
    """The argument that a line leaves out, or None if the function stands as a value there."""
    slopes = [n for side in sides for n in t.walk(side) if isinstance(n, t.Derivative) and len(n.variables) == 1 and isinstance(stripped(n.body), t.Symbol) and key(stripped(n.body)) == name]
    if slopes and name in letters.FUNCTIONS:
        return slopes[0].variables[0]
    uses = [n for side in sides for n in bare(side) if key(n).rstrip("'") == name]
    if any("prime" in n.accents for n in uses):
        return replace(param or t.Symbol("x"), label=f"~{statement.chain}")
    known = {key(n) for side in sides for n in symbols(side)}
    return param if name in letters.FUNCTIONS and param is not None and key(param) in known else None


def bare(tree):
    """The names in a tree but those that are called there, and those of sums and indices."""
    if isinstance(tree, t.Symbol):
        return [tree] if not tree.indices else []
    if isinstance(tree, t.Times):
        called = {n for n in range(len(tree.signs)) if is_call(tree, n)}
        return [x for n, factor in enumerate(tree.factors) if n not in called for x in bare(factor)]
    inside = tree.args if isinstance(tree, t.Apply) else t.children(tree)
    return [x for child in inside for x in bare(child)]


def is_call(tree, n):
    """Whether factor n of a product is called by the bracket behind it: not by one that prints it again without an argument."""
    name, inner = tree.factors[n], tree.factors[n + 1]
    return tree.signs[n] == "()" and isinstance(name, t.Symbol) and not any(key(x) == key(name) for x in bare(inner))


def filled(tree, name, at):
    """A tree with its argument behind every print of a function that has none."""
    if isinstance(tree, t.Symbol):
        found = not tree.indices and key(tree).rstrip("'") == name
        return t.Apply(replace(tree, accents=tuple(a for a in tree.accents if a != "prime")), (at,), tree.accents.count("prime")) if found else tree
    if isinstance(tree, t.Times):
        called = {n for n in range(len(tree.signs)) if is_call(tree, n)}
        signs = tuple("" if sign == "()" and n not in called and isinstance(tree.factors[n], t.Symbol) and key(tree.factors[n]) == name else sign for n, sign in enumerate(tree.signs))
        return t.Times(tuple(f if n in called else filled(f, name, at) for n, f in enumerate(tree.factors)), signs)
    if isinstance(tree, t.Apply):
        return replace(tree, args=tuple(filled(a, name, at) for a in tree.args))
    return t.rebuild(tree, lambda child: filled(child, name, at))


__all__ = ["complete"]
