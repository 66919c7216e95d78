r"""The hierarchical softmax: a binary tree over the words of an instance, the signs and the inner vectors on a path.

A text that says s_j \in \{-1, 1\}, or <!-- check: J = hierarchical-softmax -->, has paths. Then s_{w,j} and a_{w,j} belong to step j on the way from the
root to word w, s_j and a_j to the way to o, A has the vectors a_j of that way as its columns (in the layout
of rows, as its rows), and L_w and L count the steps.
"""
import re
from functools import lru_cache

from . import scalars as s
from .names import key_of
from .tree import Symbol
from .values import Unsettled, column, constant, matrix, scalar, transpose

SIGN = re.compile(r"(?<![a-zA-Z\\])([a-z])_\{?(?:[a-z],)?[a-z]\}?\\in\\\{(?:-1,\+?1|\+?1,-1|\\pm1)\\\}")
DECLARED, SIGNS = re.compile(r"<!--\s*check:[^>]*\bJ\s*=\s*hierarchical"), r"s_j \in \{-1, 1\}"
INDEX = r"_(?:\{[^{}]*\}|\w)"


def path_letters(text):
    """(letter of the signs, letter of the inner vectors) of a text as `plain` leaves it; empty when it has no paths."""
    sign = SIGN.search(text)
    if not sign:
        return "", ""
    inner = re.search(r"(?<![a-zA-Z\\])" + sign[1] + INDEX + r"(?:\\,)?([a-z])" + INDEX + r"\^\{?(?:\\top|T)", text)
    return sign[1], inner[1] if inner else "a"


@lru_cache
def paths(words):
    """For each of the words 0..words-1 its ((inner node, sign), ...), root first; words of different depth, both signs."""
    found, nodes = {}, iter(range(words))

    def share_out(part, path):
        if len(part) == 1:
            found[part[0]] = path
            return
        node, few = next(nodes), max(1, len(part) // 3)
        sign = -1 if len(path) % 2 else 1
        share_out(part[:few], (*path, (node, sign)))
        share_out(part[few:], (*path, (node, -sign)))
    share_out(tuple(range(words)), ())
    return tuple(found[w] for w in range(words))


def path_end(tree):
    """The word tree of L_w, 'o' for a bare L, None for anything else; L_w is read as a loss with a label."""
    if not isinstance(tree, Symbol) or tree.base != "L" or tree.accents:
        return None
    return tree.subs[0] if tree.subs else Symbol(tree.label or "o")


def of_step(symbol, position, facts):
    """Whether the subscript at a position of s_{w,j} or a_{w,j} counts steps; None when the symbol belongs to no path."""
    if not facts.sign_letter or symbol.accents or symbol.base not in (facts.sign_letter, facts.inner_letter):
        return None
    return position == len(symbol.subs) - 1


class PathScope:
    """The part of a scope that knows s_j, a_j, A and L_w; needs `facts`, `instance`, `index` and `word`."""

    def path(self, word):
        return paths(self.instance.words)[word]

    def inner_vector(self, node):
        return [s.var(("inner", self.facts.inner_letter, node, d)) for d in range(self.instance.dimension)]

    def on_path(self, tree):
        """The value of a symbol of the path, or None."""
        if not self.facts.sign_letter or tree.accents or tree.base != "L" and tree.label:
            return None
        if tree.base == "L" and (tree.label or tree.subs):
            return constant(len(self.path(self.word(path_end(tree)))))
        if tree.base == self.facts.inner_letter.upper() and not tree.subs:
            rows = matrix([self.inner_vector(node) for node, _ in self.path(self.instance.o)])
            return rows if self.facts.layout == "rows" else transpose(rows)
        if tree.base == self.facts.sign_letter and not tree.subs:
            return column([s.num(sign) for _, sign in self.path(self.instance.o)])
        if tree.base not in (self.facts.sign_letter, self.facts.inner_letter) or not tree.subs:
            return None
        node, sign = self.step(tree)
        return constant(sign) if tree.base == self.facts.sign_letter else self.oriented(self.inner_vector(node))

    def step(self, tree):
        """(inner node, sign) that the subscripts name: a step on the path of o, or a word and a step on its path."""
        if len(tree.subs) > 2:
            raise Unsettled("a step of a path with three subscripts")
        path = self.path(self.word(tree.subs[0]) if len(tree.subs) == 2 else self.instance.o)
        kind, number = self.index(tree.subs[-1], "step")
        if kind != "step" or number >= len(path):
            raise Unsettled("an index that is no step of the path")
        return path[number]

    def steps(self, tree):
        """The steps 1..L_w, or 1..L, as bindings of a summation letter; None when the upper end is no length of a path."""
        end = path_end(tree) if self.facts.sign_letter else None
        return None if end is None else [("step", n) for n in range(len(self.path(self.word(end))))]

    def hierarchical_loss(self):
        """-sum_j log sigmoid(s_j a_j.v_c) over the path of o."""
        if not self.facts.sign_letter:
            raise Unsettled("the hierarchical softmax loss, whose signs are not introduced here")
        center = self.center_vector(self.instance.c)
        scores = [s.mul(s.num(sign), s.add(*(s.mul(a, b) for a, b in zip(self.inner_vector(node), center))))
                  for node, sign in self.path(self.instance.o)]
        return s.neg(s.add(*(s.log(s.sigma(score)) for score in scores)))
