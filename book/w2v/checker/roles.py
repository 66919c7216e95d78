"""The roles of letters, read off the parsed sides: center vector, outside vectors, outside matrix, scores."""
from collections import Counter
from dataclasses import replace

from .names import CENTER_NAMES, LOSS_BASES, family_of, key_of
from .tree import Apply, Grid, Sum, Symbol, Times, Transposed, walk

NEVER_CENTER = {"y", "p", "q", "e", "1", "ones", "\\delta", "\\pi", "\\sigma", "\\log", "|V|", "D", "K", "d", "\\nabla", "n", "g"}
TAKES_SCORES = ("exp", "softmax", "sigma", "log", "logsigmoid")


def bare_vector(tree):
    """Whether a tree is a lower-case symbol without subscripts that may stand for the center vector."""
    return isinstance(tree, Symbol) and not tree.subs and not tree.label and tree.base not in NEVER_CENTER and \
        not tree.base.isdigit() and (tree.base.islower() or tree.base.startswith("\\") and tree.base[1:2].islower()) and \
        tree.base not in ("\\eta", "\\theta", "\\alpha", "\\lambda", "\\gamma", "\\epsilon", "\\beta")


def bare_matrix(tree):
    inner = tree.arg if isinstance(tree, Transposed) else tree
    return isinstance(inner, Symbol) and not inner.subs and not inner.label and inner.base not in ("J", "L", "E", "D", "K", "T") and \
        (inner.base.isupper() and len(inner.base) == 1 or inner.base in ("\\Theta", "\\Phi"))


def inner(tree):
    return tree.arg if isinstance(tree, Transposed) else tree


def indexed(tree):
    return isinstance(tree, Symbol) and 0 < len(tree.subs) < 2 and not tree.label and tree.base not in ("y", "p", "q", "e", "\\delta")


def neighbours(tree):
    """(left factor, right factor, sign) of all products in a tree."""
    for node in walk(tree):
        if isinstance(node, Times):
            yield from zip(node.factors, node.factors[1:], node.signs)


class Roles:
    """Counts of how letters are used in all sides of a document."""

    def __init__(self, items):
        self.center, self.outside, self.matrices = Counter(), Counter(), Counter()
        self.inputs, self.written_out = {}, set()
        self.indexed_center, self.scores, self.rows = 0, Counter(), 0
        for item in items:
            if item.error is None and item.left is not None:
                for tree in (item.left, item.right):
                    self.pairs(tree)
                if isinstance(item.right, Grid) and isinstance(item.left, Symbol):
                    self.written_out.add(letter(item.left))
                self.input(item.left, item.right)
                if isinstance(item.left, Symbol) and item.link.sign in ("=", "triangleq"):
                    self.products(item.right, 1)

    def input(self, left, right):
        """v = x W or h = W^T x: the vector that picks a row of the table."""
        if isinstance(left, Symbol) and left.base in ("v", "h", "r") and isinstance(right, Times) and len(right.factors) == 2:
            a, b = right.factors
            vector = a if bare_matrix(b) else b if bare_matrix(a) else None
            if vector is not None and bare_vector(inner(vector)) and inner(vector).base not in ("v", "u", "h"):
                self.inputs[family_of(left), letter(inner(b if vector is a else a))] = family_of(inner(vector))

    def pairs(self, tree):
        for a, b, sign in neighbours(tree):
            if isinstance(a, Transposed) and not isinstance(b, Transposed) or sign == "dot":
                self.pair(inner(a), inner(b))
            elif isinstance(b, Transposed) and not isinstance(a, Transposed):
                self.pair(a, b.arg, weight=0)
        for node in walk(tree):
            if isinstance(node, Sum):
                self.entries(node)
            if isinstance(node, Apply) and node.function in TAKES_SCORES:
                for a in node.args:
                    self.products(a, 2)
            if isinstance(node, Apply) and isinstance(node.function, Symbol) and node.function.base in LOSS_BASES:
                self.center.update((a.base, a.accents) for a in node.args if bare_vector(a) and a.accents)
            if isinstance(node, Apply) and node.function == "exp" and len(node.args) == 1 and indexed(node.args[0]):
                self.scores[family_of(node.args[0])] += 1

    def pair(self, a, b, weight=1):
        """A dot product of an indexed symbol and another one."""
        for one, other in ((a, b), (b, a)):
            if not indexed(one):
                continue
            if bare_vector(other):
                self.center[other.base, other.accents] += weight
                self.outside[letter(one)] += weight
            elif indexed(other) and key_of(other.subs[0]) in CENTER_NAMES:
                self.indexed_center += weight

    def entries(self, node):
        """sum_i U_{ki} x_i: a matrix and a vector by their entries."""
        for a, b, _ in neighbours(node.body):
            if isinstance(a, Symbol) and isinstance(b, Symbol) and len(a.subs) == 2 and bare_vector(Symbol(b.base, b.accents)) and \
                    len(b.subs) == 1 and b.subs[0] in a.subs and key_of(b.subs[0]) in node.letters and a.base.isupper():
                self.matrices[letter(a), b.base, b.accents] += 1

    def products(self, tree, weight):
        """Products of a matrix and a bare vector where scores are expected."""
        for a, b, _ in neighbours(tree):
            if bare_matrix(a) and bare_vector(b):
                self.matrices[letter(inner(a)), b.base, b.accents] += weight
            elif bare_matrix(b) and bare_vector(inner(a)):
                self.rows += not isinstance(a, Transposed)
                self.matrices[letter(inner(b)), inner(a).base, inner(a).accents] += weight
            elif bare_matrix(a) and isinstance(b, Symbol) and len(b.subs) == 1 and key_of(b.subs[0]) in CENTER_NAMES:
                self.indexed_center += weight


def letter(symbol):
    return symbol.base + "'" * symbol.accents.count("prime")


def refine(facts, items):
    """(facts with the roles found in the trees, whether row vectors are a possible reading)."""
    roles = Roles(items)
    counts = Counter(roles.center)
    inputs = set(roles.inputs.values())
    for (_, base, accents), n in roles.matrices.items():
        counts[base, accents] += n
    counts = Counter({k: n for k, n in counts.items() if k[0] not in inputs})
    for base, accents in list(counts):
        counts[base, accents] += base in ("v", "h")
    if not facts.hidden and counts and roles.indexed_center < max(counts.values()):
        base, accents = counts.most_common(1)[0][0]
        facts = with_hidden(facts, base, accents, roles)
    for (name, table), vector in roles.inputs.items():
        if name == facts.hidden and table not in facts.matrix_is_outside:
            facts = replace(facts, input_letter=vector, matrix_is_center=facts.matrix_is_center | {table})
    return scored(facts, roles), bool(roles.rows)


def with_hidden(facts, base, accents, roles):
    """facts in which a bare letter is the center vector."""
    hidden = family_of(Symbol(base, accents))
    outside = {name for name, n in roles.outside.items() if n and name.rstrip("'") in ("u", "v", "w", "\\theta", "c", "b", "x", "t", "k") and name != hidden}
    matrices = {name for name, b, a in roles.matrices if (b, a) == (base, accents)} - (roles.written_out - {"U"})
    theta = facts.theta_is_outside or "\\theta" in outside
    center = "v" if hidden == "v" and "v" not in outside else facts.center
    kept = facts.outside if center == facts.center else frozenset({"u", "u'", "v'"})
    return replace(facts, hidden=hidden, center=center, outside=kept | frozenset(outside - {"\\theta"}),
                   matrix_is_outside=facts.matrix_is_outside | frozenset(matrices), theta_is_outside=theta or "\\Theta" in matrices,
                   matrix_is_center=facts.matrix_is_center - frozenset(matrices))


def scored(facts, roles):
    """u_j or v_j under an exponential of its own is a score, not a vector."""
    names = frozenset(n for n in roles.scores if n in facts.outside and not roles.outside.get(n))
    return replace(facts, outside=facts.outside - names) if names else facts
