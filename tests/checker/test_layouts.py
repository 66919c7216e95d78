"""Derivatives of vectors by vectors: the layout that a text states decides, one that it leaves open is asked for.

TEXTS holds what a text says, its lines and their verdicts. MUTANTS holds, for each rule, a fault put into its source and the texts whose
verdicts it changes.
"""
import inspect
import textwrap

import pytest

from judging import statuses, steps
from w2v.checker import check
from w2v.checker.kernel import calculus
from w2v.checker.meaning import declarations, layouts, world
from w2v.checker.verdict import decide, judge

LETTERS = {"P": "proved", "D": "definition", "T": "transposed", "R": "refuted", "I": "ill-typed", "U": "unsettled"}
WIDE = r" Let $W \in \mathbb{R}^{m \times n}$ and $x \in \mathbb{R}^n$. $$ z = W x $$ "
HIGH = r" Let $W \in \mathbb{R}^{n \times m}$ and $x \in \mathbb{R}^n$. $$ z = W^\top x $$ "
SQUARE = r" Let $W \in \mathbb{R}^{n \times n}$ and $x \in \mathbb{R}^n$. $$ z = W x $$ "
SHIFTED = r" Let $W \in \mathbb{R}^{m \times n}$, $b \in \mathbb{R}^m$ and $x \in \mathbb{R}^n$. $$ z = W x - b $$ "
ROWS = r" All vectors are rows. Let $x \in \mathbb{R}^{1\times n}$, $W \in \mathbb{R}^{n \times m}$. $$ z = x W $$ "
NET = r" Let $W \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$ and $a \in \mathbb{R}^m$. $$ z = W x $$ $$ h = \sigma(z) $$ $$ J = a^\top h $$ "
COURSE = r" $$ z = U^\top v_c $$ "
DZ = r"\frac{\partial z}{\partial x}"
W, WT = rf"$$ {DZ} = W $$", rf"$$ {DZ} = W^\top $$"
FORWARD = r"$$ \frac{\partial J}{\partial x} = \frac{\partial J}{\partial h}\frac{\partial h}{\partial z}\frac{\partial z}{\partial x} $$"
BACKWARD = r"$$ \frac{\partial J}{\partial x} = \frac{\partial z}{\partial x}\frac{\partial h}{\partial z}\frac{\partial J}{\partial h} $$"
TEXTS = {
    "denominator": ("We use denominator layout." + WIDE + WT + W, "DPT"),
    "numerator": ("We use numerator layout." + WIDE + W + WT, "DPT"),
    "denominator, W^T x": ("We work in denominator layout." + HIGH + W + WT, "DPT"),
    "numerator, W^T x": ("Numerator layout." + HIGH + WT + W, "DPT"),
    "denominator, square": ("The denominator convention is used." + SQUARE + WT + W, "DPR"),
    "numerator, square": ("Derivatives are in numerator layout." + SQUARE + W + WT, "DPR"),
    "denominator, rows": ("We use denominator layout." + ROWS + W + WT, "DPT"),
    "numerator, rows": ("We use numerator layout." + ROWS + WT + W, "DPT"),
    "a shift": ("We use denominator layout." + SHIFTED + r"$$ \frac{\partial z}{\partial b} = -I $$ $$ \frac{\partial z}{\partial b} = I $$ $$ \frac{\partial z}{\partial x} = I $$", "DPRI"),
    "denominator, chain": ("We use denominator layout." + NET + BACKWARD + FORWARD + r"$$ \frac{\partial J}{\partial x} = W^\top \mathrm{diag}(\sigma'(z))\, a $$", "DDDPIP"),
    "numerator, chain": ("We use numerator layout." + NET + FORWARD + BACKWARD + r"$$ \frac{\partial J}{\partial x} = a^\top \mathrm{diag}(\sigma'(z)) W $$", "DDDPIP"),
    "shape of gradients, rows of Jacobians": (
        r"Gradients have the shape of their variable; the Jacobian has the entry $\partial f_i/\partial x_j$ in row $i$ and column $j$." + NET
        + r"$$ \frac{\partial J}{\partial x} = \left(\frac{\partial z}{\partial x}\right)^\top \frac{\partial J}{\partial z} $$" + BACKWARD, "DDDPT"),
    "numerator, a gradient": ("We use numerator layout." + NET + r"$$ \frac{\partial J}{\partial x} = a^\top \mathrm{diag}(\sigma'(z)) W $$", "DDDP"),
    "softmax": (r"Denominator layout. Let $z \in \mathbb{R}^n$. $$ p = \mathrm{softmax}(z) $$ $$ \frac{\partial p}{\partial z} = \mathrm{diag}(p) - p p^\top $$", "DP"),
    "entrywise": (r"Denominator layout. Let $z \in \mathbb{R}^n$. $$ h = \sigma(z) $$ $$ \frac{\partial h}{\partial z} = \mathrm{diag}(h \odot (1-h)) $$", "DP"),
    "scores": ("We use denominator layout." + COURSE + r"$$ \frac{\partial z}{\partial v_c} = U $$ $$ \frac{\partial z}{\partial v_c} = U^\top $$", "DPT"),
    "a number": (r"We use denominator layout. Let $a \in \mathbb{R}^n$ and let $t$ be a number. $$ z = t a $$ $$ \frac{\partial z}{\partial t} = a $$", "DU"),
    "rows of x": (rf"The rows of ${DZ}$ belong to the components of $x$, its columns to those of $z$." + WIDE + WT + W, "DPT"),
    "columns of x": (rf"${DZ}$ has one column for each component of $x$." + WIDE + W + WT, "DPT"),
    "entries": (r"The Jacobian $\partial f/\partial x$ has the entry $\partial f_j/\partial x_i$ in row $i$ and column $j$." + SQUARE + WT + W, "DPR"),
    "entries by an equation": (WIDE + rf"$$ \left({DZ}\right)_{{ij}} = \frac{{\partial z_j}}{{\partial x_i}} $$" + WT + W, "DPPT"),
    "a space": (WIDE + rf"${DZ} \in \mathbb{{R}}^{{n \times m}}$." + WT + W, "DPT"),
    "the usual space": (WIDE + rf"${DZ} \in \mathbb{{R}}^{{m \times n}}$." + W + WT, "DPT"),
    "not the other": ("We use denominator layout, not numerator layout." + SQUARE + WT + W, "DPR"),
    "others do otherwise": ("We use numerator layout. Many books use denominator layout." + SQUARE + W + WT, "DPR"),
    "denied": ("We do not use numerator layout." + WIDE + W + WT, "DUU"),
    "only mentioned": ("Other books would use denominator layout." + SQUARE + W + WT, "DUU"),
    "two layouts": ("We use numerator layout. From now on we use denominator layout." + WIDE + W + WT, "DUU"),
    "a layout and another space": ("We use numerator layout." + WIDE + rf"$$ {DZ} \in \mathbb{{R}}^{{n \times m}} $$" + W + WT, "DUU"),
    "two sections": (WIDE + "\n\n## Numerator layout\n\n" + W + WT + "\n\n## Now the other\n\nHere we use denominator layout.\n" + WT + W, "DPTPT"),
    "open": (WIDE + W + WT, "DPU"),
    "open, square": (SQUARE + W + WT, "DPU"),
    "open, chain": (NET + FORWARD, "DDDU"),
    "open and false": (WIDE + rf"$$ {DZ} = -W^\top $$", "DI"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_layout_decides(name):
    text, verdicts = TEXTS[name]
    assert statuses(text) == [LETTERS[v] for v in verdicts]


def test_the_question_names_the_layouts_and_the_answer_settles_it():
    text, _ = TEXTS["open"]
    assert "say 'numerator layout' or 'denominator layout'" in steps(text)[2].reason
    assert statuses("Numerator layout." + text)[1:] == ["proved", "transposed"]
    assert statuses("Denominator layout." + text)[1:] == ["transposed", "proved"]


@pytest.mark.parametrize(("name", "words"), [
    ("open", "df_i/dx_j in row i and column j (nothing in the text says otherwise)"), ("denominator", "df_j/dx_i in row i and column j."),
    ("two sections", "said in two ways"),
])
def test_the_legend_says_the_layout(name, words):
    assert any(words in said for said in check(TEXTS[name][0]).conventions)


MUTANTS = [  # (where the function is, its name, what is replaced, by what, the texts that notice)
    (calculus, "arrange", "transpose(result) if meaning.jacobian_columns else result", "result", ["denominator", "denominator, chain", "denominator, rows"]),
    (calculus, "arrange", "if value.vector and meaning.jacobian_columns:", "if False:", ["a number"]),
    (calculus, "arrange", 'meaning.met.add("jacobian")', "pass", ["open", "a space"]),
    (world, "_layout", "_convention(jacobian_columns=columns)(world, fact)", "pass", ["denominator", "denominator, square"]),
    (world, "_layout", "if not any(", "if any(", ["numerator, a gradient"]),
    (world.World, "convention", "said[n] if n >= 0 else set().union(*said.values())", "set().union(*said.values())", ["two sections"]),
    (world.World, "convention", "found - {None} or found", "found - {None}", ["denied", "only mentioned"]),
    (layouts, "by_name", "clause = REFUSED.sub(\" \", clause)", "pass", ["not the other", "denied"]),
    (layouts, "by_name", "if not ASIDE.search(clause) else set()", "", ["others do otherwise", "only mentioned"]),
    (layouts, "placed", '(column, row): "jacobian columns"', '(column, row): ""', ["entries", "entries by an equation"]),
    (layouts, "by_sides", '{"rows": "columns", "columns": "rows"}[kind]', "kind", ["rows of x"]),
    (declarations, "declarations", "+ [(kind, (), words) for kind in layouts(words, trees, formulas)]", "", ["denominator", "rows of x", "entries"]),
    (judge.Judge, "told_by_spaces", "if told:", "if False:", ["a space", "a layout and another space"]),
    (judge.Judge, "two_layouts", "len(said) > 1 or None in said", "None in said", ["two layouts"]),
    (judge.Judge, "two_layouts", "len(said) > 1 or None in said", "len(said) > 1", ["denied"]),
    (judge.Judge, "other_layout", '== "holds"', '!= "holds"', ["open and false"]),
    (decide.Claim, "values", "counts[1] if counts[0] is None else counts[0]", "s.ONE", ["a shift"]),
]


@pytest.mark.parametrize(("place", "name", "old", "new", "noticed"), MUTANTS, ids=[f"{m[1]}: {m[2]} -> {m[3]}" for m in MUTANTS])
def test_each_rule_is_noticed_when_it_is_broken(monkeypatch, place, name, old, new, noticed):
    source = textwrap.dedent(inspect.getsource(getattr(place, name)))
    assert source.count(old) == 1
    scope = inspect.getmodule(place).__dict__ if inspect.isclass(place) else place.__dict__
    made = {}
    exec(compile(source.replace(old, new), f"{name} ({old!r} -> {new!r})", "exec"), scope, made)
    monkeypatch.setattr(place, name, made[name])
    for n, fact in [(n, f) for n, f in world.FACTS.items() if getattr(f, "__name__", "") == name]:
        monkeypatch.setitem(world.FACTS, n, made[name])
    for text, verdicts in (TEXTS[n] for n in noticed):
        assert [s.status for s in steps(text)] != [LETTERS[v] for v in verdicts]
