"""Statements of the chapter on the hierarchical softmax: T30 to T34."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

import sympy as sp

from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.case import Case, gradient
from w2v.checks.symbolic.losses import sigma
from w2v.checks.symbolic.results.registry import NO_CASE, Agrees, Exact, ForAllSizes, Numerical, result
from w2v.losses.hierarchical_softmax import (
    hierarchical_softmax_gradients,
    hierarchical_softmax_loss,
    word_probabilities,
)
from w2v.losses.huffman import Tree, all_trees, huffman_tree, tree_of


@dataclass(frozen=True)
class TreeCase(Case):
    """A case with a tree over its V words. `U` holds the inner vectors: it is D x (V - 1), and `U_rows` (V - 1) x D."""

    tree: Tree | None = None

    @cached_property
    def U(self):
        return sp.Matrix(self.D, self.V - 1, lambda d, i: sp.Symbol(f"a{i + 1}_{d + 1}", real=True))

    def steps(self, w):
        """[(inner node, its score a.v_c, the sign of the step), ...] on the path of word w."""
        return [(i, (self.U[:, i].T * self.v_c)[0], sign) for i, sign in self.tree.paths[w]]

    def probability(self, w):
        """prod_j sigma(s_{w,j} a_{w,j}.v_c)."""
        return prod(sigma(sign * score) for _, score, sign in self.steps(w))

    @property
    def loss(self):
        """-sum_j log sigma(s_j a_j.v_c) over the path of o."""
        return -sum(sp.log(sigma(sign * score)) for _, score, sign in self.steps(self.o))

    @property
    def error(self):
        """sigma(a_j.v_c) - b_j for each step on the path of o, L x 1."""
        return sp.Matrix([sigma(score) - sp.Integer(sign == 1) for _, score, sign in self.steps(self.o)])

    @property
    def on_path(self):
        """The inner nodes on the path of o, root first."""
        return [i for i, _, _ in self.steps(self.o)]

    @property
    def A(self):
        """The inner vectors on the path of o as columns, D x L."""
        return self.U[:, self.on_path]

    @property
    def A_rows(self):
        """The same as NumPy holds it, L x D."""
        return self.A.T

    @property
    def sizes(self):
        return f"V={self.V}, D={self.D}, o={self.o}, L={len(self.on_path)}"


# Trees of three shapes; the path of o holds both answers and leaves out one inner node; V, D and L all different.
CASES = (
    TreeCase(5, 2, o=2, tree=tree_of(((1, (4, 2)), (0, 3)))),
    TreeCase(4, 3, o=1, tree=tree_of(((0, 1), (3, 2)))),
    TreeCase(6, 3, o=4, tree=tree_of(((0, (1, (4, 2))), (3, 5)))),
)
COUNTS = ((120, 12, 4, 6, 9), (3, 3, 3, 3, 3), (8, 4, 2, 1, 1), (13, 2, 21, 5, 8, 3))


def _numpy_loss(case):
    return Agrees(
        "hierarchical_softmax_loss", case.loss, lambda n: hierarchical_softmax_loss(n.v_c, n.o, n.U, case.tree)
    )


def _numpy_gradient(case, position, what, expression, rows=slice(None)):
    gradients = lambda n: hierarchical_softmax_gradients(n.v_c, n.o, n.U, case.tree)[position][rows]
    return Agrees(f"hierarchical_softmax_gradients, {what}", expression, gradients)


def _checked(case):
    arguments = lambda n: (n.v_c, n.o, n.U, case.tree)
    return Numerical(hierarchical_softmax_loss, hierarchical_softmax_gradients, arguments, wrt=("v_c", "inner"))


@result("T30", "the probabilities of the words sum to 1", cases=CASES)
def probabilities(case):
    r, x = sp.Symbol("r", positive=True), sp.Symbol("x", real=True)
    yield Exact("one step of the induction: r sigma(x) + r sigma(-x) = r", r * sigma(x) + r * sigma(-x), r)
    yield Exact("sum_w p_w = 1", sum(case.probability(w) for w in range(case.V)), sp.Integer(1))
    for tree in all_trees(4) if case == CASES[0] else ():
        small = TreeCase(4, 2, o=1, tree=tree)
        yield Exact(
            "sum_w p_w = 1 for each of the 15 trees of four words",
            sum(small.probability(w) for w in range(4)),
            sp.Integer(1),
        )
    words = sp.Matrix([case.probability(w) for w in range(case.V)])
    yield Agrees("word_probabilities", words, lambda n: word_probabilities(n.v_c, n.U, case.tree))


@result("T31", "the hierarchical softmax loss is a sum over the path", cases=CASES)
def path_sum(case):
    yield Exact("-log p_o = -sum_j log sigma(s_j a_j.v_c)", -sp.log(case.probability(case.o)), case.loss)
    yield _numpy_loss(case)


@result("T32", "hierarchical softmax: gradient with respect to the center vector", cases=CASES)
def center_vector(case):
    derived = gradient(case.loss, case.v_c)
    short = sum((delta * case.U[:, i] for delta, i in zip(case.error, case.on_path)), sp.zeros(case.D, 1))
    signed = sum(((sigma(s * x) - 1) * s * case.U[:, i] for i, x, s in case.steps(case.o)), sp.zeros(case.D, 1))
    yield Exact("dJ/dv_c = sum_j (sigma(s_j a_j.v_c) - 1) s_j a_j", derived, signed)
    yield Exact("dJ/dv_c = sum_j (sigma(a_j.v_c) - b_j) a_j", derived, short)
    yield Exact("columns: dJ/dv_c = A (sigma(A^T v_c) - b)", derived, case.A * case.error)
    yield Exact("rows: dJ/dv_c = A^T (sigma(A v_c) - b)", derived, case.A_rows.T * case.error)
    yield ForAllSizes("dJ/dv_c, any D, any path", every_size.path_center)
    yield _numpy_loss(case)
    yield _numpy_gradient(case, 0, "v_c", case.A * case.error)
    yield _checked(case)


@result("T33", "hierarchical softmax: gradients with respect to the inner vectors", cases=CASES)
def inner_vectors(case):
    for delta, i in zip(case.error, case.on_path):
        yield Exact("dJ/da_j = (sigma(a_j.v_c) - b_j) v_c", gradient(case.loss, case.U[:, i]), delta * case.v_c)
    yield Exact("columns: dJ/dA = v_c (sigma(A^T v_c) - b)^T", gradient(case.loss, case.A), case.v_c * case.error.T)
    yield Exact("rows: dJ/dA = (sigma(A v_c) - b) v_c^T", gradient(case.loss, case.A_rows), case.error * case.v_c.T)
    for i in set(range(case.V - 1)) - set(case.on_path):
        yield Exact(
            "0 for an inner vector that is not on the path", gradient(case.loss, case.U[:, i]), sp.zeros(case.D, 1)
        )
    yield ForAllSizes("dJ/da_j, any D, any path, a step to the yes side", every_size.path_yes)
    yield ForAllSizes("dJ/da_j, any D, any path, a step to the no side", every_size.path_no)
    yield _numpy_loss(case)
    yield _numpy_gradient(case, 1, "the rows on the path", case.error * case.v_c.T, case.on_path)
    yield _numpy_gradient(case, 1, "every row", gradient(case.loss, case.U_rows))
    yield _checked(case)


@result("T34", "the Huffman tree has the least expected path length", cases=NO_CASE)
def huffman(case):
    n = sp.Symbol("n", integer=True, nonnegative=True)
    f_x, f_y, L_x, L_y = sp.symbols("f_x f_y L_x L_y", positive=True)
    yield Exact("one step of the induction: 2^-(n+1) + 2^-(n+1) = 2^-n", 2 ** -(n + 1) + 2 ** -(n + 1), 2**-n)
    change = f_x * L_x + f_y * L_y - (f_x * L_y + f_y * L_x)
    yield Exact(
        "two words change places: the length falls by (f_x - f_y)(L_x - L_y)", change, (f_x - f_y) * (L_x - L_y)
    )
    joined = (f_x + f_y) * L_x + (f_x + f_y)
    yield Exact(
        "two leaves below one node, as one leaf: shorter by f_x + f_y", f_x * (L_x + 1) + f_y * (L_x + 1), joined
    )
    for counts in COUNTS:
        tree, trees = huffman_tree(counts), all_trees(len(counts))
        yield Exact("sum_w 2^(-L_w) = 1 for the Huffman tree", _kraft(tree), sp.Integer(1))
        least = min(_total(other, counts) for other in trees)
        yield Exact(f"no tree of {len(counts)} words is shorter, counts {counts}", _total(tree, counts), least)
        length = _total(tree, counts) / sum(counts)
        yield Agrees("huffman_tree(counts).expected_length", length, lambda _, t=tree, f=counts: t.expected_length(f))
    for tree in all_trees(5):
        yield Exact("sum_w 2^(-L_w) = 1 for each of the 105 trees of five words", _kraft(tree), sp.Integer(1))


def _kraft(tree):
    return sum(sp.Rational(1, 2 ** int(length)) for length in tree.lengths)


def _total(tree, counts):
    """sum_w counts_w L_w, exactly."""
    return sum(sp.Integer(count) * int(length) for count, length in zip(counts, tree.lengths))
