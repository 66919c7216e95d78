"""What other people write: each manner with true lines and with a false one, and for each rule a fault that some text notices.

TEXTS holds a text and the verdicts of its lines. MUTANTS holds, for each rule, a fault put into its source and the texts whose verdicts it changes.
"""
import inspect
import re
import textwrap

import pytest

from judging import statuses, steps
from w2v.checker.kernel import calculus, functions, scope
from w2v.checker.meaning import declarations, lengths, phrases, statements, view, world
from w2v.checker.reading import brackets, document, ellipsis, sums
from w2v.checker.verdict import decide, judge

LETTERS = {"P": "proved", "D": "definition", "T": "transposed", "R": "refuted", "I": "ill-typed", "U": "unsettled", "X": "unreadable"}
NS = r"The naive softmax loss is $$J = -\log\hat y_o = -u_o^\top v_c + \log\sum_w\exp(u_w^\top v_c).$$ "
DU = r"\frac{\partial J}{\partial u_w}"
ON_O, ELSEWHERE = rf"$$ {DU} = (\hat y_w - 1) v_c $$", rf"$$ {DU} = \hat y_w v_c $$"
NEG = r"$$ J = -\log\sigma(u_o^\top v_c) - \sum_{k=1}^K\log\sigma(-u_k^\top v_c) $$"
CBOW = (r"In CBOW $$ h = \frac{1}{2m}\sum_{-m\le j\le m, j\ne 0} v_{t+j} $$ $$ J = -u_t^\top h + \log\sum_w\exp(u_w^\top h) $$"
        r" Let $\hat y = \mathrm{softmax}(U^\top h)$ and $y$ one-hot at the %s word. $$ \frac{\partial J}{\partial h} = U(\hat y - y) $$")
NET = (r"We treat vectors as rows. Let $h = \sigma(xW_1 + b_1)$, $\hat y = \mathrm{softmax}(hW_2 + b_2)$ and $J = -\sum_i y_i\log\hat y_i$ where $y$ is one-hot. Let $z = hW_2 + b_2$. ")
LAYERS = r"Let $z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}$ and $a^{(l)} = \sigma(z^{(l)})$. Put $\delta^{(l)} = \frac{\partial J}{\partial z^{(l)}}$. "
SMOOTHED = r"Label smoothing replaces $y$ by $y^{\epsilon}_w = (1-\epsilon)y_w + \epsilon/V$. "
TEXTS = {
    # names given in words
    "denote by": (r"Denote by $S$ the sum $\sum_i e^{z_i}$. $$ \frac{\partial S}{\partial z_i} = e^{z_i} $$ $$ S = \sum_i z_i $$", "DPR"),
    "write for": (r"Write $S$ for $\sum_i e^{z_i}$. $$ \log S = \sum_i z_i $$", "DR"),
    "let be the product": (r"Let $s$ be the dot product $a^\top b$ of the vectors $a$ and $b$. $$ \frac{\partial s}{\partial a} = b $$ $$ \frac{\partial s}{\partial a} = a $$", "DPR"),
    "is denoted by": (r"The sum $\sum_i x_i$ is denoted by $s$. $$ \frac{\partial s}{\partial x_j} = x_j $$", "DR"),
    "call the": (NS + r"Let $g = U(\hat y - y)$. We call $-g$ the descent direction $d$. $$ d = U(\hat y - y) $$", "DPDDR"),
    # words that change a line
    "transposed in words": (NS + r"$$ \frac{\partial J}{\partial v_c} = U(\hat y - y) \quad\text{(transposed)} $$", "DPX"),
    "up to sign": (NS + r"$$ \frac{\partial J}{\partial v_c} = U(\hat y - y) $$ up to sign.", "DPX"),
    # cases
    "other than": (NS + r"For $w$ other than $o$: " + ELSEWHERE, "DPP"),
    "other than, false": (NS + r"For $w$ other than $o$: " + ON_O, "DPR"),
    "unless": (NS + r"Unless $w$ is the outside word, " + ELSEWHERE + " If it is, " + ON_O, "DPPP"),
    "unless, false": (NS + r"Unless $w$ is the outside word, " + ELSEWHERE + " If it is, " + ELSEWHERE, "DPPR"),
    "if not": (NS + r"If $w$ is the outside word, " + ON_O + " If it is not, " + ELSEWHERE + ON_O, "DPPPR"),
    "if it is, of what?": (NS + "If it is, " + ON_O, "DPU"),
    "a table": (NS + "\n\n| word | gradient |\n|---|---|\n" + rf"| $w \ne o$ | ${DU} = \hat y_w v_c$ |" + "\n" + rf"| $w = o$ | ${DU} = \hat y_w v_c$ |" + "\n"
                + rf"| any $w$ | ${DU} = \hat y_w v_c$ |" + "\n\n" + ELSEWHERE, "DPPRRR"),
    "pour": (NS + r"Pour $w \ne o$ on a " + ELSEWHERE + r" Pour $w = o$ on a " + ELSEWHERE, "DPPR"),
    "0 otherwise": (NS + r"Write $y_w = 1$ for $w = o$ and $0$ otherwise. " + rf"$$ {DU} = (\hat y_w - y_w) v_c $$ $$ {DU} = (y_w - \hat y_w) v_c $$", "DPPR"),
    "0 otherwise, a softmax": (r"Let $\hat y = \mathrm{softmax}(z)$ and write $y_w = 1$ for $w = o$ and $0$ otherwise. With $J = -\log\hat y_o$ "
                               r"$$ \frac{\partial J}{\partial z_w} = \hat y_w - y_w $$ $$ \frac{\partial J}{\partial z_w} = \hat y_w + y_w $$", "DDPR"),
    "1 at c": (NS + r"Write $y_w = 1$ for $w = c$ and $0$ otherwise. " + rf"$$ {DU} = (\hat y_w - y_w) v_c $$", "DPR"),
    "the correct class": (r"Let $\hat y = \mathrm{softmax}(\theta)$ and $J = -\sum_i y_i\log\hat y_i$ where $k$ is the correct class. "
                          r"$$ \frac{\partial J}{\partial\theta_i} = \begin{cases} \hat y_i - 1 & i = k \\ \hat y_i & \text{otherwise} \end{cases} $$ $$ \frac{\partial J}{\partial\theta_k} = \hat y_k $$", "DDPR"),
    # losses
    "another loss below its heading": (NS + "\n\n## Negative sampling\n\nNow " + NEG + r" $$ \frac{\partial J}{\partial u_o} = (\sigma(u_o^\top v_c) - 1) v_c $$ $$ \frac{\partial J}{\partial u_o} = (\hat y_o - 1) v_c $$", "DPDPR"),
    "no other loss below a heading": (NS + "\n\n## A second form\n\n" + r"$$ J = u_o^\top v_c - \log\sum_w\exp(u_w^\top v_c) $$", "DPR"),
    "a heading with a loss named before": ("We derive negative sampling and the softmax. $$ J = -\\log\\hat y_o $$\n\n## Softmax\n\n$$ J = \\log\\hat y_o $$", "DR"),
    "J above the labelled loss": (r"$$ \hat y = \mathrm{softmax}(U^\top v_c) $$ $$ \frac{\partial J}{\partial v_c} = U(\hat y - y) $$ $$ \frac{\partial J}{\partial v_c} = U(y - \hat y) $$ Then "
                                  + NEG.replace("J =", r"J_{\text{neg-sample}} ="), "DPRD"),
    "J and a sigmoid of x": (r"The sigmoid is $\sigma(x) = \frac{1}{1+e^{-x}}$ and the prediction is $\hat y = \mathrm{softmax}(U^\top v_c)$. $$ \frac{\partial J}{\partial v_c} = U(\hat y - y) $$", "DDP"),
    "J and a sigmoid of scores": (r"Let $s_k = u_k^\top v_c$. $$ \sigma'(s_k) = \sigma(s_k)(1 - \sigma(s_k)) $$ The prediction is $\hat y$. $$ \frac{\partial J}{\partial v_c} = U(\hat y - y) $$", "DPU"),
    # labels
    "smoothed, with a letter above": (SMOOTHED + r"$$ \sum_w y^\epsilon_w = 1 $$ $$ \sum_w y^\epsilon_w = 1 + \epsilon $$ With $J = -\sum_w y^\epsilon_w\log\hat y_w$ $$ \frac{\partial J}{\partial z_w} = \hat y_w - y^\epsilon_w $$", "DPRDP"),
    "a power": (r"$$ p_i^\alpha = e^{\alpha\log p_i} $$ $$ p_i^\alpha = \alpha p_i $$", "PR"),
    "center word": (CBOW % "center", "DDDP"),
    "outside word": (CBOW % "outside", "DDDR"),
    # derivatives
    "what is printed in full": (NET + r"$$ \frac{\partial J}{\partial z} = \hat y - y $$ $$ \frac{\partial J}{\partial h} = (\hat y - y)W_2^\top $$ $$ \frac{\partial J}{\partial z} = y - \hat y $$", "DDDDPPR"),
    "only in part": (r"Let $s = x y$ and $J = x y + x$. $$ \frac{\partial J}{\partial s} = 1 $$", "DDU"),
    "df/dx": (r"$$ \sigma(x) = \frac{1}{1+e^{-x}} $$ $$ \frac{d\sigma}{dx} = \frac{e^x}{(e^x+1)^2} $$ $$ \frac{d\sigma}{dx} = \sigma(x) $$", "DPR"),
    "df/da": (r"Let $f(x) = x^2 + ax$. $$ \frac{df}{dx} = 2x + a $$ $$ \frac{\partial f}{\partial a} = x $$ $$ \frac{df}{dx} = 2x $$", "DPPR"),
    # step by step
    "momentum": (r"$$ m_{t+1} = \beta m_t + (1-\beta) g_t $$ $$ \theta_{t+1} = \theta_t - \alpha m_{t+1} $$ $$ \theta_{t+1} = \theta_t - \alpha\beta m_t - \alpha(1-\beta) g_t $$ $$ \theta_{t+1} = \theta_t - \alpha\beta m_t - \alpha g_t $$", "DDPR"),
    "layers": (LAYERS + r"$$ \frac{\partial J}{\partial W^{(l)}} = \delta^{(l)} (a^{(l-1)})^\top $$ $$ \frac{\partial J}{\partial b^{(l)}} = -\delta^{(l)} $$", "DDDPU"),
    "layers to come": (LAYERS + r"$$ \delta^{(l)} = (W^{(l+1)})^\top \delta^{(l+1)} \odot \sigma'(z^{(l)}) $$", "DDDU"),
    "no steps": (r"Let $x_i = i^2$. $$ x_{i+1} - x_i = 2i + 1 $$", "DP"),
    # sums and products
    "dots in a product": (r"$$ L = p_1 p_2 \cdots p_n = \prod_{i=1}^n p_i $$ $$ \log L = \sum_{i=1}^n \log p_i $$ $$ p_1 p_2 \cdots p_n = \prod_{i=1}^{n-1} p_i $$", "DPPR"),
    "dots and calls": (r"$$ \sigma(x_1)\sigma(x_2)\cdots\sigma(x_n) = \prod_{i=1}^n \sigma(x_i) $$ $$ f(x_1) f(x_2) \cdots f(x_n) = \prod_{i=1}^n f(x_i) $$", "PP"),
    "columns side by side": (r"$$ U = [u_1\ u_2\ \dots\ u_V] = [u_1 \mid u_2 \mid \dots \mid u_V] $$ $$ U\hat y = \hat y_1 u_1 + \dots + \hat y_V u_V $$ $$ U^\top v_c = \sum_w \hat y_w u_w $$", "DPPI"),
    "a product in square brackets": (r"$$ \log\left[p_1 p_2 \cdots p_n\right] = \sum_{i=1}^n \log p_i $$", "P"),
    "two letters, one bound": (r"$$ \sum_{i,j=1}^n a_i b_j = \sum_{i=1}^n a_i \sum_{j=1}^n b_j $$ $$ \sum_{i,j=1}^n a_i b_j = \sum_{i=1}^n a_i b_i $$", "PR"),
    "letters side by side": (r"Let $A$ be an $n \times m$ matrix. $$ \|A\|_F^2 = \sum_{ij} A_{ij}^2 $$ $$ \|A\|_F^2 = \sum_{i} A_{i1}^2 $$", "PR"),
    "a matrix beside its entries": (r"$$ \|W\|_F^2 = \sum_{i,j} W_{ij}^2 $$ $$ \frac{\partial}{\partial W}\|W\|_F^2 = 2 W $$ $$ \frac{\partial}{\partial W}\|W\|_F^2 = W $$", "PPR"),
    "through the text": (r"$$ J = -\frac1T\sum_{t=1}^T\sum_{-m\le j\le m, j\ne 0}\log P(w_{t+j}\mid w_t) $$ $$ T J = -\sum_{t=1}^T\sum_{-m\le j\le m, j\ne 0}\log P(w_{t+j}\mid w_t) $$ "
                         r"$$ T J = -\sum_{t=1}^T\sum_{-m\le j\le m, j\ne 0}\log P(w_t\mid w_{t+j}) $$", "DPR"),
    "row by row": (r"Let $Q, K \in \mathbb{R}^{2 \times 2}$. The softmax is taken row by row. $$ A = \mathrm{softmax}(Q K^\top) $$ $$ \sum_{j=1}^2 A_{1j} = 1 $$ $$ \sum_{i=1}^2 A_{i1} = 1 $$", "DPR"),
    # distributions that are called
    "p(x)": (r"$$ D(p\|q) = \sum_x p(x)\log\frac{p(x)}{q(x)} $$ $$ \sum_x p(x)\log\frac{p(x)}{q(x)} = \sum_x p(x)\log p(x) - \sum_x p(x)\log q(x) $$ $$ \sum_x p(x)\log\frac{p(x)}{q(x)} = \sum_x p(x)\log p(x) $$", "PPR"),
    "p(x,y)": (r"$$ I = \sum_{x,y} p(x,y)\log\frac{p(x,y)}{p(x)p(y)} $$ $$ I = \sum_{x,y} p(x,y)\log p(x,y) - \sum_{x,y} p(x,y)\log p(x) - \sum_{x,y} p(x,y)\log p(y) $$ $$ I = \sum_{x,y} p(x,y)\log p(x,y) $$", "DPR"),
    "f of a number": (r"Let $f(x) = x^2$. $$ \sum_x f(x) = \sum_x x $$", "DU"),
    "what nobody says to sum to one": (r"$$ \sum_x p(x) = 1 $$", "U"),
    # sizes
    "has length n": (r"Let $x$ have length $n$ and $s = \sum_{i=1}^n x_i$. $$ \frac{\partial s}{\partial x} = \mathbf{1} $$ $$ \frac{\partial s}{\partial x} = x $$", "DPR"),
    "an inverse": (r"Let $X$ be an $n \times m$ matrix. $$ J = \|Xw - y\|^2 $$ $$ \nabla_w J = 2X^\top(Xw - y) $$ The minimum is at $$ w = (X^\top X)^{-1} X^\top y $$", "DPU"),
    "columns and entries": (r"Let $A = [a_1\ a_2\ \cdots\ a_n]$ with columns $a_i$. $$ A x = \sum_{i=1}^n x_i a_i $$", "DP"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_manner_of_writing_is_understood(name):
    text, verdicts = TEXTS[name]
    assert statuses(text) == [LETTERS[v] for v in verdicts]


def test_a_text_of_rows_with_its_scores_printed_in_full_takes_no_longer_than_it_may():
    decided = steps(NET + r"$$ \frac{\partial J}{\partial x} = \left((\hat y - y)W_2^\top \odot h \odot (1-h)\right)W_1^\top $$")
    assert decided[-1].status == "proved"
