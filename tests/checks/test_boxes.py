"""What a theorem box displays is what its card verifies: each displayed equality has, in numbers, a statement of its result.

Both are evaluated at one instance of the checker: the printed line by the checker, the registered statement by SymPy.
"""

from functools import cache
from math import prod

import numpy as np
import pytest
import sympy as sp

from book import pages, source
from formula_sheet import THEOREM
from w2v.checker.kernel import scalars
from w2v.checker.kernel.indices import Index
from w2v.checker.kernel.instances import again
from w2v.checker.reading import read
from w2v.checker.reading.tree import Symbol
from w2v.checker.verdict.decide import spread
from w2v.checker.verdict.judge import Judge
from w2v.checks.symbolic import Case
from w2v.checks.symbolic.results import (
    all_results,
    cbow,
    factorisation,
    glove,
    hierarchical_softmax,
    skip_gram,
    training,
)
from w2v.checks.symbolic.results.registry import Exact
from w2v.losses import tree_of

NAMES = {("T31", "J"), ("N6", "p_{wx}"), ("N6", "z_{wx}^*")}  # displays of boxes that give a name and claim nothing


class Displayed:
    """One equality of a box at one instance of the checker, with the numbers of its letters."""

    def __init__(self, claim, number):
        self.claim = claim
        self.at = again(claim.instances()[number], 1, {"*"})
        noise = [("q", w) for w in range(1, self.V)]  # a distribution
        self.at.cache.update({name: self.at.value(name) / 40 for name in noise})
        self.at.cache["q", self.V] = 1 - sum(map(self.at.value, noise))

    @property
    def V(self):
        return self.at.sizes["V"]

    @property
    def D(self):
        return self.at.sizes["D"]

    def value(self, *name):
        return sp.Rational(self.at.value(name))

    def words(self, words):
        return tuple(w - 1 for w in words)

    def rows(self, letter, w):
        return [self.value(letter, w, i) for i in range(1, self.D + 1)]

    def table(self, symbols, letter):
        """{symbol: number} for a table with one word in each column."""
        return {symbols[i, w]: self.value(letter, w + 1, i + 1) for i in range(self.D) for w in range(symbols.shape[1])}

    def cells(self, case, **tables):
        """{symbol: number} for tables with an entry for every two words, by letter."""
        return {
            symbols[w, x]: self.value(letter, w + 1, x + 1) for letter, symbols in tables.items() for w, x in case.cells
        }

    def labels(self, case, *name):
        return {y: self.value(*name, w) for w, y in enumerate(case.soft_y[:-1], 1)}

    def sides(self):
        """The numbers of the sides, an array for each choice of the free letters."""
        for letters in self.claim.choices(self.at):
            left, right = spread(*self.claim.values(self.at, letters))
            memo = {}
            shown = left if any(e is not scalars.ZERO for e in left.entries) else right
            yield letters, np.array([scalars.number(e, self.at.point, memo) for e in shown.entries]).reshape(left.shape)

    def variables(self):
        """The names of the variables that the sides contain."""
        letters = self.claim.choices(self.at)[0]
        return sorted({n for v in self.claim.values(self.at, letters) for e in v.entries for n in scalars.variables(e)})


# -- for each kind of result: the case of its statements, and the numbers of the case's symbols ------------------------
def pair(shown):
    at = shown.at
    case = Case(shown.V, shown.D, at.o - 1, shown.words(at.draws))
    return case, {
        **shown.table(case.U, "u"),
        **dict(zip(case.v_c, shown.rows("v", at.c))),
        **shown.labels(case, "label", "y"),
    }


def scores(shown):
    """N4: shares r, noise q, free scores z and K."""
    case = Case(shown.V, shown.D, shown.at.o - 1)
    letters = {(letter, w): sp.Symbol(f"{letter}{w}", positive=True) for letter in "rq" for w in range(1, shown.V + 1)}
    z = {
        sp.Symbol(f"z{w}", real=True): sum(map(prod, zip(shown.rows("u", w), shown.rows("v", shown.at.c))))
        for w in range(1, shown.V + 1)
    }
    known = {symbol: shown.value(*name) for name, symbol in letters.items()}
    return case, {**known, **z, sp.Symbol("K", positive=True): sp.Integer(shown.at.sizes["K"])}


def entries(shown):
    """Results about a function of numbers: every letter of the line, in the order of its indices."""
    names = shown.variables()
    numbers = [shown.value(*name) for name in names]
    case = Case(max(len(names), 2), 2, o=1)
    known = {name: sp.Integer(size) for name, size in shown.at.sizes.items()}
    known |= {f"x{i}": value for i, value in enumerate(numbers, 1)}
    known |= {name[0].partition(":")[0]: value for name, value in zip(names, numbers)}
    kinds = ({"real": True}, {"positive": True}, {"integer": True, "nonnegative": True})
    return case, {sp.Symbol(name, **kind): value for name, value in known.items() for kind in kinds}


def reach(shown):
    """T30: the letters of a step, beside any tree."""
    return hierarchical_softmax.CASES[0], entries(shown)[1]


def tree(shown):
    """A comb with the signs of the displayed path; the inner vectors of the path are the a_j."""
    steps = shown.at.sizes["L"]
    scope = lambda j: shown.claim.scope(shown.at, {"j": Index(j, "")})
    signs = [
        round(scalars.number(scope(j).value(Symbol("s", subs=(Symbol("j"),))).node, shown.at.point, {}))
        for j in range(1, steps + 1)
    ]
    nested = 0
    for word, sign in enumerate(reversed(signs), 1):
        nested = (nested, word) if sign == 1 else (word, nested)
    case = hierarchical_softmax.TreeCase(steps + 1, shown.D, o=0, tree=tree_of(nested))
    known = dict(zip(case.v_c, shown.rows("v", shown.at.c)))
    for j, node in enumerate(case.on_path, 1):
        known |= dict(zip(case.U[:, node], shown.rows("a", j)))
    return case, known


def window(shown):
    outside = shown.words(word for j, word in shown.at.window.items() if j)
    case = skip_gram.Window(shown.V, shown.D, shown.at.o - 1, outside)
    assert shown.at.c - 1 == skip_gram.CENTER
    return case, {**shown.table(case.U, "u"), **shown.table(skip_gram.table_V(case), "v")}


def read_in(shown):
    at = shown.at
    outside = shown.words(word for j, word in at.window.items() if j)
    case = cbow.CbowWindow(shown.V, shown.D, at.c - 1, shown.words(at.draws), outside)
    known = {**shown.table(case.U, "u"), **shown.table(case.table_V, "v")}
    mean = case.table_V * case.occurrences / len(outside)
    return case, {**known, **dict(zip(case.v_c, mean.xreplace(known)))}


def block(shown):
    case = training.Block(
        shown.V, shown.D, shown.at.o - 1, pairs=((shown.at.c - 1, shown.at.o - 1),), K=shown.at.sizes["K"], M=3
    )
    return case, {**shown.table(case.U, "u"), **shown.table(case.table_V, "v"), **shown.labels(case, "q")}


def counts(shown):
    case = factorisation.Corpus(shown.V, shown.D, shown.at.o - 1, K=shown.at.sizes["K"])
    return case, {**shown.cells(case, n=case.n, z=case.z), **shown.labels(case, "q")}


def fit(shown):
    case = glove.Fit(shown.V, shown.D, shown.at.o - 1, K=shown.at.sizes["K"])
    biases = {symbol: shown.value(letter, w) for letter in "ab" for w, symbol in enumerate(getattr(case, letter), 1)}
    tables = {**shown.table(case.U, "u"), **shown.table(case.table_V, "v")}
    return case, {**shown.cells(case, n=case.n, f=case.f), **biases, **tables}


def along(shown):
    """T36: a pair, and a straight line with the direction a."""
    case, known = pair(shown)
    direction = {sp.Symbol(f"a{i}", real=True): shown.value("a", i) for i in range(1, shown.D + 1)}
    return case, {**known, **direction, sp.Symbol("t", real=True): shown.value(r"\tau")}


PAIR, TREE = (0, pair), (0, tree)
KINDS = {  # id: the number of the instance, and the function that makes the case
    **dict.fromkeys(["T14", "T15", "T16", "T17", "T34"], (0, entries)),
    "T30": (0, reach),
    **dict.fromkeys(["T31", "T32", "T33"], TREE),
    **dict.fromkeys(["T26", "T27", "T28", "T29"], (0, read_in)),
    "T25": (2, window),  # the instance whose center word is that of the case
    "N4": (0, scores),
    "N5": (1, block),
    "N6": (1, counts),
    "T36": (0, along),
    **dict.fromkeys(["T38", "T39"], (0, fit)),
}


@cache
def boxes(text):
    """{id: [statement, ...]} of the displays in the theorem boxes of a page, and the judge of the page."""
    judge, found = Judge(read(text)), {}
    for box in THEOREM.finditer(text):
        first, last = (text.count("\n", 0, place) + 1 for place in (box.start(), box.end()))
        found[box["label"]] = [s for s in judge.world.survey.statements if first < s.line <= last and not s.inline]
    return judge, found


def page_with(id):
    return next(text for text in map(source, pages()) if f"\n:label: {id}\n" in text)


@cache
def right_sides(result, case):
    """Of the statements of a result, which are the same for all of its displays."""
    return [sp.sympify(statement.right) for statement in result.statements(case) if isinstance(statement, Exact)]


def registered(result, case, known):
    """The values of the right sides of a result's statements, as arrays."""
    for side in right_sides(result, case):
        if side.free_symbols <= known.keys():  # others are about other quantities
            numbers = [float(sp.N(e.xreplace(known))) for e in (side if isinstance(side, sp.MatrixBase) else [side])]
            yield np.array(numbers).reshape(getattr(side, "shape", ()))


def unverified(text, id, result=None):
    """The displays in the box of a result that are none of its statements, in numbers, for some choice of their letters."""
    judge, found = boxes(text)
    number, stands_for = KINDS.get(id, PAIR)
    for statement in found[id]:
        if (id, statement.left.text) in NAMES and statement.role == "definition":
            continue
        words = f"{statement.left.text} = {statement.right.text}"
        if statement.role:
            yield f"{words}: a {statement.role}"
            continue
        shown = Displayed(judge.claim(statement), number)
        values = list(registered(result or all_results()[id], *stands_for(shown)))
        for letters, side in shown.sides():
            if id == "N6" and letters["w"].value > 1:  # the other rows differ in their letters only
                continue
            if not any(v.shape == side.shape and np.allclose(v, side, rtol=1e-9, atol=1e-11) for v in values):
                yield words
                break


def test_every_result_has_one_box():
    labels = [box["label"] for page in pages() for box in THEOREM.finditer(source(page))]
    assert sorted(labels) == sorted(all_results())


@pytest.mark.parametrize("id", sorted(all_results()))
def test_what_the_box_displays_is_what_the_card_verifies(id):
    text = page_with(id)
    assert boxes(text)[1][id]
    assert list(unverified(text, id)) == []


OTHERS = [  # a box, a change of one of its displays into another true equality, which the card does not verify
    (
        "T09",
        r"\frac{\partial J}{\partial u_o} = (\hat y_o - 1)\, v_c",
        r"\frac{\partial J}{\partial u_w} = (\hat y_w - y_w)\, v_c",
    ),
    (
        "T05",
        r"\frac{\partial \log Z}{\partial v_c} = \sum_x \hat y_x u_x = U\hat y",
        r"\frac{\partial Z}{\partial v_c} = Z\, U\hat y",
    ),
    ("N1", r"\frac{\partial J}{\partial U} = v_c\left(s\odot(y+m)-y\right)^\top", r"\hat y - y = \hat y - y"),
    (
        "T32",
        r"\frac{\partial J}{\partial v_c} = \sum_{j=1}^{L} \left(\sigma(a_j^\top v_c)-b_j\right) a_j",
        r"\sum_{j=1}^{L} a_j = \sum_{j=1}^{L} a_j",
    ),
    ("T38", r"\frac{\partial L}{\partial b_x} = 2\sum_w f_{wx}\, e_{wx}", r"\sum_w f_{wx} = \sum_w f_{wx}"),
    ("T16", r"1 - \sigma(-x) = \sigma(x)", r"1 - \sigma(x) = \sigma(-x)"),
]


@pytest.mark.parametrize("id, shown, other", OTHERS, ids=[id for id, *_ in OTHERS])
def test_a_box_that_displays_something_else_is_noticed(id, shown, other):
    text = page_with(id)
    box = next(box for box in THEOREM.finditer(text) if box["label"] == id)
    assert box[0].count(shown) == 1
    changed = text.replace(box[0], box[0].replace(shown, other))
    assert len(list(unverified(changed, id))) == 1


def test_a_card_that_verifies_something_else_is_noticed():
    for id, of in (("T08", "T04"), ("T20", "T18"), ("N3", "T06")):
        assert list(unverified(page_with(id), id, all_results()[of]))
