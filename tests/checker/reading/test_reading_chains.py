"""Displays to chains: rows, continuations, conditions, words, numbers."""

import pytest
from reading_helpers import chain_text
from w2v.checker.reading import read_math
from w2v.checker.reading.tree import Unreadable

CHAINS = [
    (r"\begin{aligned} a &= b \\ &= c + d \\ &\quad + e \\ &= 1 \end{aligned}", ["a = b", r"b = c + d \quad + e | continues", r"c + d \quad + e = 1 | continues"]),
    (r"a_w = \hat y_w v_c, \quad \forall w \neq o", [r"a_w = \hat y_w v_c | if [(Relation '!=' w o)] | words ['\\forall']"]),
    (r"a_w = \hat y_w v_c, \quad w = o", [r"a_w = \hat y_w v_c | if [(Relation '=' w o)]"]),
    (r"u = \sigma(x), v = u_o^T v_c", [r"u = \sigma(x)", "v = u_o^T v_c"]),
    (r"k \in [1,K], k \neq o", ["k in [1,K] | if [(Relation '!=' k o)]"]),
    (r"w_1, \dots, w_K", [r"w_1, \dots, w_K"]),
    (r"a_k = v_c, \quad \text { for } k=1,2, \ldots, K", ["a_k = v_c | if [(Relation 'in' k (SetOf [1 2 (Dots) K]))] | words ['for']"]),
    (r"J_w=0(\text { when } w \neq c)", ["J_w = 0 | if [(Relation '!=' w c)] | words ['when']"]),
    (r"a = p(k|c) \quad \text{for each } k \text{ where } k \neq 0", ["a = p(k|c) | if [(Relation '!=' k 0)] | words ['for each $k$', 'where']"]),
    (r"\text{If } w = o: \quad a = b", ["a = b | if [(Relation '=' w o)] | before 'If'"]),
    (r"w \ne o: a_w = b", ["a_w = b | if [(Relation '!=' w o)]"]),
    (r"x: 1 \times D", [r"x : 1 \times D"]),
    (r"f : \mathbb{R}^n \to \mathbb{R}", [r"f : \mathbb{R}^n to \mathbb{R}"]),
    (r"(i)& \; a = b \\ (ii)& \; c = d \quad (3)", ["a = b | before '(i)'", "c = d | before '(ii)' | label 3"]),
    (r"a &= b \\ \intertext{and so} &= c \tag{3}", ["a = b", "b = c | before 'and so' | label 3 | continues"]),
    (r"\underbrace{a - b}_{= 0} + c = c", [r"\underbrace{a - b}_{= 0} + c = c", "a - b = 0"]),
    (r"\hat y = s(z), \quad z = U^\top v_c, \quad U \in \mathbb{R}^{D \times V}", [r"\hat y = s(z)", r"z = U^\top v_c", r"U in \mathbb{R}^{D \times V}"]),
    (r"\left\{\begin{aligned} a &= b \\ c &= d \end{aligned}\right.", ["a = b", "c = d"]),
    (r"\forall w: \hat y_w > 0", [r"\hat y_w > 0 | before '\\forall $w$'"]),
    (r"a = b \Rightarrow c = d", ["a = b => c = d"]),
    (r"\therefore J = \boxed{-x} \quad (5)", [r"J = \boxed{-x} | label 5"]),
    (r"\boxed{a = b}", ["a = b"]),
    (r"a &= \left( b \right. \\ &\quad \left. + c \right) = 1", [r"a = \left( b \right. \quad \left. + c \right) = 1"]),
    (r"J &= (a \\ &+ b) \\ K &= c", ["J = (a + b)", "K = c"]),
    (r"a &= b & c &= d", ["a = b", "c = d"]),
    (r"a &=& b \\ &=& c", ["a = b", "b = c | continues"]),
    (r"a = \\ = b", ["a = b"]),
    (r"\text{loss} = p \stackrel{(a)}{=} q \overset{def}{=} r", [r"\text{loss} = p = q := r | words ['(a)']"]),
    (r"a \not= b", ["a != b"]),
    (r"-m \le j \le m, j \ne 0", ["-m <= j <= m | if [(Relation '!=' j 0)]"]),
    (r"x, y \in S", ["x, y in S"]),
    (r"p = 1, \quad \text{by the chain rule}", ["p = 1 | words ['by the chain rule']"]),
]


@pytest.mark.parametrize("text, expected", CHAINS)
def test_chains(text, expected):
    assert [chain_text(c) for c in read_math(text)] == expected


@pytest.mark.parametrize("text, wrong", [(r"a = b \text{ plus } 1", 1), (r"a = (b", 1), (r"a = b \\ = e^-x", 1), (r"= 1", 0), (r"a =", 1)])
def test_unreadable_sides(text, wrong):
    chain = read_math(text)[-1]
    assert isinstance(chain.sides[wrong].tree, Unreadable)
    assert chain.sides[wrong].error is chain.sides[wrong].tree


def test_a_missing_bracket_spoils_one_side_only():
    chains = read_math(r"a &= (b + c \\ d &= e")
    assert [isinstance(s.tree, Unreadable) for c in chains for s in c.sides] == [False, True, False, False]


def test_a_missing_brace_is_unreadable_and_not_silent():
    (chain,) = read_math(r"\frac{a}{b = c")
    assert chain.signs == ("=",)
    assert all(isinstance(s.tree, Unreadable) for s in chain.sides)


def test_lines_are_counted():
    assert [c.line for c in read_math("a &= b \\\\\n&= c \\\\\n\n&= d", 10)] == [10, 11, 13]
