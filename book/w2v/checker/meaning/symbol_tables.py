"""Rows of a table of symbols: a name, and in the other cells its shape, what it is, or its formula."""

import re

from ..reading.tree import Symbol, Times
from .names import plain, symbols
from .phrases import P


def row_said(words, formulas):
    """(words, [(name, formula)]) of a row: the words as sentences about the name in its first cell, and what its cells define it by."""
    cells = [cell.strip() for cell in words.strip().strip("|").split("|")]
    named = re.findall(P, cells[0])
    if len(cells) < 2 or len(named) != 1 or not is_name(formulas[int(named[0])]):
        return words, []
    name, said, made = f"\x00{named[0]}\x00", [], []
    for cell in cells[1:]:
        places = [int(n) for n in re.findall(P, cell)]
        alone = [n for n in places if is_formula(formulas[n])]
        if len(places) == len(alone) == 1:
            made.append((int(named[0]), alone[0]))
        said += [f"{name} is {cell}"] * bool(cell)
    return ". ".join(said) + ".", made if len(made) == 1 else []


def is_name(chain):
    return not chain.signs and isinstance(chain.sides[0].tree, Symbol)


def is_formula(chain):
    """Whether a cell's formula says what a name is: no shape D x V, no other name, no set and no relation."""
    tree = plain(chain.sides[0].tree) if not chain.signs and chain.sides[0].tree is not None else None
    shape = isinstance(tree, Times) and "times" in tree.signs
    return tree is not None and not shape and not isinstance(tree, Symbol) and any(symbols(tree))


__all__ = ["row_said"]
