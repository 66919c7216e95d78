r"""A guess accuses nobody: where a line fails only as far as the checker guessed what a name is, or outside what the text supposes, it is
asked about; what the text fixes is refuted as before.
"""
from fractions import Fraction

import pytest

from judging import steps
from w2v.checker import check


SMOOTHED = r"With label smoothing the target is $q_w = (1-\epsilon) y_w + \epsilon/V$%s, and the loss is $J = -\sum_w q_w \log \hat y_w$. "

# (text, the status of the last step, a part of its reason)
ROWS = [
    # the kind of a name that the text never introduces
    (r"Vectors are rows. Let $x \in \mathbb{R}^d$ and $z = x W_1$. $$ h = z W_2 + W_1 z $$", "unsettled", "what is W"),
    (r"Let $X \in \mathbb{R}^{n \times d}$, $w \in \mathbb{R}^d$, $y \in \mathbb{R}^n$. $$ r = X^\top w - y $$", "ill-typed", ""),
    (r"Let $x \in \mathbb{R}^n$. $$ \frac{d}{dx}\tanh(x) = 1 - \tanh^2(x) $$", "unsettled", "what is x in this line"),
    # what stands inside a number is not why two sides differ in shape
    (r"Let $x, w \in \mathbb{R}^n$, $p = \sigma(w^\top x)$ and $L = -y\log p - (1-y)\log(1-p)$. $$ \nabla_w^2 L = p(1-p)\,x^\top x $$", "ill-typed", ""),
    # an equation that the text supposes, and how far the supposition reaches
    ("Take $y = 0$.\n\n$$ L = -y\\log p - (1-y)\\log(1-p) $$\n\n$$ L = -\\log(1-p) $$", "unsettled", "under the supposition y = 0"),
    ("$L = -y\\log p - (1-y)\\log(1-p)$.\n\nIf $y = 0$, this is\n\n$$ L = -\\log(1-p). $$\n\nIn both cases, then,\n\n$$ L = -\\log(1-p) + 0. $$", "refuted", ""),
    ("Let $H = -\\sum_{i=1}^n p_i\\log p_i$ with $\\sum_{i=1}^n p_i = 1$.\n\n$$ \\sum_{i=1}^n p_i\\log(n p_i) = \\log n - H $$",
     "proved", ""),
    # bounds: what fails within them is refuted, with a point within them; what fails outside alone is asked about
    ("For $x > 0$\n\n$$ \\ln x = \\log_{10} x $$", "refuted", ""),
    ("For a temperature $\\tau > 0$\n\n$$ \\tau^2 = \\tau $$", "refuted", ""),
    ("For $x > 0$\n\n$$ \\max(0, x) = x $$", "unsettled", "under the supposition x > 0"),
    ("For $x > 0$\n\n$$ \\max(0, x) = x $$\n\nSo for all real $x$\n\n$$ \\max(0, x) = x + 0 $$", "refuted", ""),
    ("Let $r(x) = \\max(0, x)$. If $x > 0$, then\n\n$$ r'(x) = 1 $$", "unsettled", "under the supposition x > 0"),
    ("Let $X_{ij} > 0$ be counts and $s_i = \\sum_{j=1}^n X_{ij}$.\n\n$$ \\frac{\\partial s_i}{\\partial X_{ij}} = 2 $$", "refuted", ""),
    # a name with one index beside the same name with none or two
    ("$X_{ik}$ are counts. $$ X_i = \\sum_{k=1}^n X_{ik} $$ $$ P_{ij} = \\frac{X_{ij}}{X_i} $$ $$ \\sum_{j=1}^n P_{ij} = 1 $$", "proved", ""),
    ("Let $s = a^\\top b$ and $s_k = c_k^\\top b$. $$ L = \\sigma(s) + \\sum_{k=1}^n s_k $$ $$ \\frac{\\partial L}{\\partial s} = \\sigma(s)\\sigma(-s) $$", "proved", ""),
    # t is a position only where the text numbers words by it
    ("$E = \\frac12(q - t)^2$ $$ \\frac{\\partial E}{\\partial t} = t - q $$", "proved", ""),
    ("$E = \\frac12(q - t)^2$ $$ \\frac{\\partial E}{\\partial t} = q - t $$", "refuted", ""),
    # conditions in words, and a value that defines nothing of the course
    ("If all scores are equal,\n\n$$ \\hat y_w = 1/V $$", "unsettled", "under the supposition all scores are equal"),
    ("$$ \\hat y_w = 1/V $$", "refuted", ""),
    ("If $x = 0$, then $\\sigma(x) = 1/3$.", "unsettled", "under the supposition"),
    ("For all words except $o$\n\n$$ \\frac{\\partial J_{naive}}{\\partial u_w} = \\hat y_w v_c $$", "unsettled", "except"),
    # a supposition that holds of itself supposes nothing
    ("Let $y_o = 1$. Then\n\n$$ \\hat y_o = 1 $$", "refuted", ""),
    # label smoothing: y is what is smoothed where the text says it, and else it is asked
    (SMOOTHED % "" + r"$$ \frac{\partial J}{\partial z_o} = \hat y_o - 1 + \epsilon - \frac{\epsilon}{V} $$", "unsettled", "this holds where y is one-hot"),
    (SMOOTHED % " with $y$ one-hot" + r"$$ \frac{\partial J}{\partial z_o} = \hat y_o - 1 + \epsilon - \frac{\epsilon}{V} $$", "proved", ""),
    (SMOOTHED % " with $y$ one-hot" + r"$$ \frac{\partial J}{\partial z_o} = \hat y_o - 1 + \epsilon $$", "refuted", ""),
    (r"With label smoothing $J = -\sum_w y_w \log \hat y_w$. $$ \frac{\partial J}{\partial z_o} = \hat y_o - 1 $$", "refuted", ""),
    (r"Label smoothing. Let $y_o = 1-\epsilon$. $J = -\sum_w y_w \log \hat y_w$. $$ \frac{\partial J}{\partial z_o} = \hat y_o - 1 + \epsilon $$", "unsettled", "what is y"),
    (r"Label smoothing takes $y' = (1-\epsilon)y + \epsilon/V$. $J = -\sum_w y'_w \log \hat y_w$. $$ \frac{\partial J}{\partial z_o} = \hat y_o - 1 + \epsilon $$", "unsettled", "what is y'"),
    (r"$$ q_w = \begin{cases} 1-\epsilon & w = o \\ \epsilon/(V-1) & w \neq o \end{cases} $$", "definition", ""),
    # a condition in words alone: with its letter it is a case, without one it is asked
    ("$J = -\\log \\hat y_o$. For a word $w$ other than the outside word,\n\n$$ \\frac{\\partial J}{\\partial u_w} = \\hat y_w v_c $$", "proved", ""),
    ("$J = -\\log \\hat y_o$. For a word $w$ other than the center word,\n\n$$ \\frac{\\partial J}{\\partial u_w} = \\hat y_w v_c $$", "refuted", ""),
    ("$J = -\\log \\hat y_o$. For a word other than the outside word,\n\n$$ \\frac{\\partial J}{\\partial u_w} = \\hat y_w v_c $$", "unsettled", "under the supposition"),
    # a squared norm has no root, so that its second derivatives are small
    (r"Let $X \in \mathbb{R}^{n\times d}$, $w \in \mathbb{R}^d$, $y \in \mathbb{R}^n$ and $L = \|X w - y\|^2$. $$ \nabla_w^2 L = 2 X^\top X $$", "proved", ""),
    (r"Let $X \in \mathbb{R}^{n\times d}$, $w \in \mathbb{R}^d$, $y \in \mathbb{R}^n$ and $L = \|X w - y\|$. $$ \nabla_w L = 2 X^\top (X w - y) $$", "refuted", ""),
    # o and c above a sum are words, unless the text counts by them
    ("$$ \\sum_{w=1}^{o} \\hat y_w = 1 $$", "refuted", ""),
    ("There are $c$ classes and $p = \\mathrm{softmax}(z)$. $$ \\sum_{k=1}^{c} p_k = 1 $$", "proved", ""),
    # sizes that the text names apart are two
    (r"Let $W \in \mathbb{R}^{m \times n}$ and $x \in \mathbb{R}^m$. $$ h = Wx $$", "ill-typed", ""),
    (r"Let $W \in \mathbb{R}^{m \times n}$ and $x \in \mathbb{R}^n$. $$ h = Wx $$", "definition", ""),
    # families of indices: different ones, if the text says so
    ("$h = \\sum_{i=1}^C v_{x_i}$ for $C$ %scontext words, $J = -\\log\\mathrm{softmax}(U^\\top h)_t$."
     " $$ \\frac{\\partial J}{\\partial v_{x_i}} = \\frac{\\partial J}{\\partial h} $$" % "different ", "proved", ""),
    ("$h = \\sum_{i=1}^C v_{x_i}$ for $C$ %scontext words, $J = -\\log\\mathrm{softmax}(U^\\top h)_t$."
     " $$ \\frac{\\partial J}{\\partial v_{x_i}} = \\frac{\\partial J}{\\partial h} $$" % "", "unsettled", "indices that differ"),
    ("$h = \\frac1C\\sum_{i=1}^C v_{x_i}$ for $C$ different context words. $$ \\frac{\\partial (a^\\top h)}{\\partial v_{x_i}} = a $$", "refuted", ""),
    # i < j, and j bound by nothing else
    ("$$ \\sum_{i=1}^n \\sum_{j=1}^n x_i x_j = \\sum_{i=1}^n x_i^2 + 2\\sum_{i<j} x_i x_j $$", "proved", ""),
    ("$$ \\sum_{i=1}^n \\sum_{j=1}^n x_i x_j = \\sum_{i=1}^n x_i^2 + \\sum_{i<j} x_i x_j $$", "refuted", ""),
    # vectors of numbers
    ("Let $a = (1, 2)^\\top$ and $b = (3, -1)^\\top$. $$ a^\\top b = 1 $$", "proved", ""),
    ("Let $a = (1, 2)^\\top$ and $b = (3, -1)^\\top$. $$ a^\\top b = 5 $$", "refuted", ""),
    ("Let $v_c = (1, 2)^\\top$. $$ \\|v_c\\|^2 = 5 $$", "unsettled", "under the supposition v_c"),
    # what nothing says what it is, and what the checker makes no use of
    ("Writing $s$ for $\\sigma(x)$, $$ s' = s(1-s). $$", "unsettled", "what is s'"),
    ("$a^{(l)} = \\tanh(z^{(l)})$ and $z^{(l)} = W^{(l)} a^{(l-1)}$. $$ a^{(l)} = \\tanh(W^{(l)} a^{(l-1)}) $$", "proved", ""),
    (r"Let $A$ be a symmetric $n \times n$ matrix and $f(x) = \frac12 x^\top A x$. $$ \nabla f(x) = Ax $$", "proved", ""),
    (r"Let $A$ be an $n \times n$ matrix and $f(x) = \frac12 x^\top A x$. $$ \nabla f(x) = Ax $$", "refuted", ""),
    # an index above comes before one below
    (r"Let $x^{(i)} \in \mathbb{R}^d$, $z^{(i)} = w^\top x^{(i)}$ and $L = \sum_{i=1}^n e^{z^{(i)}}$. $$ \frac{\partial L}{\partial w_j} = \sum_{i=1}^n e^{z^{(i)}} x_j^{(i)} $$", "proved", ""),
]


@pytest.mark.parametrize("text, status, reason", ROWS)
def test_a_guess_accuses_nobody_and_what_the_text_fixes_is_refuted(text, status, reason):
    last = steps(text)[-1]
    assert last.status == status and reason in last.reason, last


def test_a_name_that_is_declared_and_defined_below_is_asked_about_above():
    text = "Let $p$ be a distribution over $n$ words. $$ H = -\\sum_{i=1}^n p_i\\log p_i $$ $$ \\frac{\\partial H}{\\partial p_i} = 2p_i $$\n\n%s"
    assert [s.status for s in steps(text % "")][-1] == "refuted"
    assert "which p is meant" in steps(text % "Here let $p = z^\\top a$.")[-2].reason


def test_a_verdict_is_the_same_whichever_lines_are_judged_before_it():
    text = "$J = -\\log\\hat y_o$.\n\nSince $\\hat y_o = 1$, we have\n\n$$ J = 0 $$\n\n$$ \\hat y_w = z_w $$\n\n$$ \\sum_w \\hat y_w = 1 $$"
    whole = {(v.line, v.lhs): v.status for v in check(text).steps}
    for after in range(1, 9):
        assert all(whole[v.line, v.lhs] == v.status for v in check(text, after=after).steps)


def test_a_counterexample_keeps_the_bounds_of_the_text():
    (step,) = check("For $0 < p < 1$\n\n$$ \\log(p^2) = \\log p $$").steps
    assert 0 < Fraction(step.counterexample["values"]["p"]) < 1
