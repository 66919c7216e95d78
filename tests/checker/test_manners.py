"""What other people write: each manner with true lines and with a false one, and for each rule a fault that some text notices.

TEXTS holds a text and the verdicts of its lines, and so does data/neighbours.md for texts of other subjects. MUTANTS holds, for each rule, a fault put into its source and the texts whose verdicts it changes.
"""
import inspect
import re
import textwrap
from pathlib import Path

import pytest

from judging import statuses, steps
from w2v.checker.kernel import calculus, dotted, functions, instances, normal_form, scope
from w2v.checker.meaning import apart, arguments, declarations, doubts, infer, lengths, normalise, phrases, pieces, statements, view, world
from w2v.checker.meaning import steps as recursions
from w2v.checker.reading import brackets, chains, derivatives, document, ellipsis, expressions, labels, scripts, sums
from w2v.checker.reading import functions as reading_functions
from w2v.checker.verdict import decide, judge

LETTERS = {"P": "proved", "D": "definition", "T": "transposed", "R": "refuted", "I": "ill-typed", "U": "unsettled", "X": "unreadable"}
NS = r"The naive softmax loss is $$J = -\log\hat y_o = -u_o^\top v_c + \log\sum_w\exp(u_w^\top v_c).$$ "
DU = r"\frac{\partial J}{\partial u_w}"
ON_O, ELSEWHERE = rf"$$ {DU} = (\hat y_w - 1) v_c $$", rf"$$ {DU} = \hat y_w v_c $$"
NEG = r"$$ J = -\log\sigma(u_o^\top v_c) - \sum_{k=1}^K\log\sigma(-u_k^\top v_c) $$"
CBOW = (r"In CBOW $$ h = \frac{1}{2m}\sum_{-m\le j\le m, j\ne 0} v_{t+j} $$ $$ J = -u_t^\top h + \log\sum_w\exp(u_w^\top h) $$"
        r" Let $\hat y = \mathrm{softmax}(U^\top h)$ and $y$ one-hot at the %s word. $$ \frac{\partial J}{\partial h} = U(\hat y - y) $$")
NET = (r"We treat vectors as rows. Let $h = \sigma(xW_1 + b_1)$, $\hat y = \mathrm{softmax}(hW_2 + b_2)$ and $J = -\sum_{i=1}^V y_i\log\hat y_i$ where $y$ is one-hot. Let $z = hW_2 + b_2$. ")
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
    "a table": (NS + "\n\n| word | gradient |\n|---|---|\n" + rf"| any $w$ | ${DU} = \hat y_w v_c$ |" + "\n" + rf"| $w = o$ | ${DU} = \hat y_w v_c$ |" + "\n"
                + rf"| $w \ne o$ | ${DU} = \hat y_w v_c$ |" + "\n\n" + ELSEWHERE, "DPRRPR"),
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
    "J and a sigmoid of x": (r"The sigmoid is $\sigma(x) = \frac{1}{1+e^{-x}}$ and the prediction is $\hat y = \mathrm{softmax}(U^\top v_c)$ with the scores $u_w^\top v_c$. $$ \frac{\partial J}{\partial v_c} = U(\hat y - y) $$", "PDP"),
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
    # logarithms and roots
    "where both are defined": (r"$$ \log(a b) = \log a + \log b $$ $$ \sqrt{a}\sqrt{b} = \sqrt{ab} $$ $$ \log a^2 = 2 \log a $$ $$ \log(a b) = \log a - \log b $$", "PPPR"),
    "not only where a is positive": (r"$$ \log(a + b) + \sqrt{a^2} = \log(a + b) + a $$ $$ \log a + \sqrt{b^2} = \log a + b $$ $$ \log a^2 = 2 \log(-a) $$", "RRU"),
    "roots of many": (r"There are $V$ words. $$ \sum_{i=1}^n \log x_i = \log\prod_{i=1}^n x_i $$", "P"),
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
    "p(x)": (r"$$ D(p\|q) = \sum_x p(x)\log\frac{p(x)}{q(x)} $$ $$ \sum_x p(x)\log\frac{p(x)}{q(x)} = \sum_x p(x)\log p(x) - \sum_x p(x)\log q(x) $$ $$ \sum_x p(x)\log\frac{p(x)}{q(x)} = \sum_x p(x)\log p(x) + \sum_x p(x)\log q(x) $$", "DPR"),
    "p(x,y)": (r"$$ I = \sum_{x,y} p(x,y)\log\frac{p(x,y)}{p(x)p(y)} $$ $$ I = \sum_{x,y} p(x,y)\log p(x,y) - \sum_{x,y} p(x,y)\log p(x) - \sum_{x,y} p(x,y)\log p(y) $$ $$ I = \sum_{x,y} p(x,y)\log p(x,y) $$", "DPR"),
    "f of a number": (r"Let $f(x) = x^2$. $$ \frac{df}{dx} = 2x $$ $$ S = \sum_x f(x) $$", "DPU"),
    "what nobody says to sum to one": (r"$$ \sum_x p(x) = 1 $$", "U"),
    # sizes
    "has length n": (r"Let $x$ have length $n$ and $s = \sum_{i=1}^n x_i$. $$ \frac{\partial s}{\partial x} = \mathbf{1} $$ $$ \frac{\partial s}{\partial x} = x $$", "DPR"),
    "an inverse": (r"Let $X$ be an $n \times m$ matrix. $$ J = \|Xw - y\|^2 $$ $$ \nabla_w J = 2X^\top(Xw - y) $$ The minimum is at $$ w = (X^\top X)^{-1} X^\top y $$", "DPU"),
    "columns and entries": (r"Let $A = [a_1\ a_2\ \cdots\ a_n]$ with columns $a_i$. $$ A x = \sum_{i=1}^n x_i a_i $$", "DP"),
}
NEIGHBOURS = re.split(r"^=== (.*) \| (\w+)\n", Path(__file__).with_name("data").joinpath("neighbours.md").read_text("utf-8"), flags=re.M)
TEXTS |= {name: (text.strip(), verdicts) for name, verdicts, text in zip(NEIGHBOURS[1::3], NEIGHBOURS[2::3], NEIGHBOURS[3::3])}


@pytest.mark.parametrize("name", TEXTS)
def test_a_manner_of_writing_is_understood(name):
    text, verdicts = TEXTS[name]
    assert statuses(text) == [LETTERS[v] for v in verdicts]


def test_a_text_of_rows_with_its_scores_printed_in_full_takes_no_longer_than_it_may():
    decided = steps(NET + r"$$ \frac{\partial J}{\partial x} = \left((\hat y - y)W_2^\top \odot h \odot (1-h)\right)W_1^\top $$")
    assert decided[-1].status == "proved"


MUTANTS = [  # (where the function is, its name, what is replaced, by what, the texts that notice)
    (statements.Walker, "names", "for pattern in phrases.NAMES for", "for pattern in () for", ["denote by", "write for", "let be the product"]),
    (statements.Walker, "names", "for pattern in phrases.NAMED_BY for", "for pattern in () for", ["is denoted by", "call the"]),
    (statements.Walker, "links", "phrases.ALTERS.match(w)", "False", ["transposed in words"]),
    (statements.Walker, "sentence", "phrases.ALTERS.match(words)", "False", ["up to sign"]),
    (statements.Walker, "conditions", "phrases.EXCEPT_FOR.finditer(words)", "()", ["other than"]),
    (statements.Walker, "conditions", "phrases.IS_OUTSIDE.finditer(words)", "()", ["unless", "if not"]),
    (statements.Walker, "conditions", '"!=" if turned else "="', '"="', ["unless"]),
    (statements.Walker, "conditions", "not any(phrases.IF_IT_IS", "any(phrases.IF_IT_IS", ["unless", "if not"]),
    (statements.Walker, "answered", "self.supposed = \" \".join(words.split())", "pass", ["if it is, of what?"]),
    (statements.Walker, "sentence", "self.cases, self.opened = row", "pass", ["a table"]),
    (statements.Walker, "deny", '[*kinds, "granted soft"]', "kinds", ["0 otherwise"]),
    (declarations, "by_cases", "numbers == {1} and otherwise", "False", ["0 otherwise, a softmax"]),
    (declarations, "one_hot", 'at = Symbol("c")', "pass", ["center word"]),
    (document.Builder, "text", 'self.add("item", line, "|")', "pass", ["a table"]),
    (world, "turns_to", "return True", "return False", ["another loss below its heading"]),
    (world, "turns_to", "found[0] not in definition_.statement.models", "True", ["a heading with a loss named before"]),
    (view.View, "scores_drawn", 'return "u" in seen', "return False", ["J and a sigmoid of scores"]),
    (view.View, "scores_drawn", "waiting += [d.entry.body", "waiting += [] and [d.entry.body", ["J and a sigmoid of scores"]),
    (normalise, "smoothed_labels", 'if not any("smooth" in f.words.lower()', 'if any("smooth" in f.words.lower()', ["smoothed, with a letter above", "a power"]),
    (calculus.Place, "recognised", "s.substitute(e, table, memo)", "e", ["what is printed in full"]),
    (calculus.Place, "body", "if not set().union(*(s.variables(e) for e in known.entries)) & base:", "if True:", ["only in part"]),
    (recursions, "stepwise", "returns(letter, name, bodies)", "False", ["momentum", "layers"]),
    (recursions, "stepwise", "printed_apart(side.tree, letter)", "True", ["momentum"]),
    (ellipsis, "multiplied_out", 'made = spelled_out(tuple(units), "prod")', "made = tuple(units)", ["dots in a product", "a product in square brackets"]),
    (ellipsis, "multiplied_out", 'if sign == "()":', "if False:", ["dots and calls"]),
    (brackets, "side_by_side", "SPACED.search(text[before:item.start])", "False", ["columns side by side"]),
    (sums, "bound", "if names and high is not None", "if False", ["two letters, one bound"]),
    (sums, "sign", 'letters[:-1] if domain[0] == "range" else ()', "()", ["two letters, one bound"]),
    (sums, "side_by_side", "return tree.factors if pair else (tree,)", "return (tree,)", ["letters side by side"]),
    (functions, "whole_family", "entry.base[:1].isupper()", "False", ["a matrix beside its entries"]),
    (view, "through_text", "return any(", "return False and any(", ["through the text"]),
    (scope.Scope, "shifted", 'if "place" in kinds:', "if False:", ["through the text"]),
    (functions, "_softmax", "transpose(by_columns(transpose(inner)))", "by_columns(inner)", ["row by row"]),
    (world, "solves", "return inverse and", "return False and", ["an inverse"]),
    (judge.Judge, "against_declaration", 'told.kind != "table"', "True", ["columns and entries"]),
    (normalise, "called_by_letters", "key(a) in summed for a in args) for args in lists)", "False for a in args) for args in lists)", ["p(x)", "p(x,y)"]),
    (normalise, "called_by_letters", "all(key(a) not in values for", "all(True for", ["f of a number"]),
    (decide.Claim, "proof", "if further:", "if False:", ["where both are defined"]),
    (decide.Claim, "always_positive", "found if defined > MANY_TRIES // 10 else set()", "set()", ["where both are defined"]),
    (decide.Claim, "needed", "for seed in range(1, 5):", "for seed in ():", ["roots of many"]),
    (judge.Judge, "tied", "if pairs and", "if False and", ["tied: a"]),
    (judge.Judge, "dependence", 'if fact.kind != "doubt depends":', "if True:", ["function: F5"]),
    (judge.Judge, "other_softmax", 'if other else ""', 'if False else ""', ["neighbour: cbow"]),
    (judge.Judge, "assume", "if other is None or", "if True or", ["supposed: T5"]),
    (judge.Judge, "assume", "s.chain != statement.chain if", "False if", ["supposed: F3"]),
    (judge.Judge, "assume", 's.role == "hypothesis"', "False", ["supposed: T9"]),
    (world, "can_define", 'any(s.role == "hypothesis" and', "any(False and", ["supposed: F7"]),
    (world, "before_use", "and not at_once(s)", "", ["score: a"]),
    (world, "before_use", "and not here(s)", "", ["draws: z_0"]),
    (world, "aside", "return bool(drawn) and", "return False and", ["neighbour: student 3 neg"]),
    (world, "of_any_word", "return rest != body and", "return False and", ["draws: s_{w_k}, then s_{w_i}"]),
    (judge.Judge, "other_base", 'if bare else ""', 'if False else ""', ["attack: K1"]),
    (judge.Judge, "other_argument", "args != entry.calls", "False", ["entropy of another"]),
    (judge.Judge, "primed", "if letter is None or", "if True or", ["attack: H30", "attack: I9"]),
    (judge.Judge, "negated", "return bool(NEGATED", "return False and bool(NEGATED", ["attack: M2", "attack: V8"]),
    (functions, "place", "% 4]", "% 1]", ["attack: R2b"]),
    (scope, "decided", "scope.meaning.by_sign.append(True)", "pass", ["attack: N14"]),
    (decide.Claim, "by_sign", "for scale in SCALES", "for scale in ()", ["attack: L1"]),
    (world, "notation", "return found is not None and", "return False and", ["attack: T20"]),
    (world, "own", '({"N", "n"} if course else set())', '{"N", "n"}', ["attack: V1"]),
    (normalise, "open_set", 'return only if open_ else ("all",)', 'return ("all",)', ["distribution: 3"]),
    (normalise, "named_loss", "if not names_a_loss(name) or", "if True or", ["student: S8 (f)"]),
    (normalise, "two_by_indices", "set(x.subs) <= set(n.letters)", "False", ["batch: T1"]),
    (world, "can_define", "and not visible(world, key(p), statement, p)", "", ["sigmoid at a value: d"]),
    (world, "can_define", "mentions(body, key(p)) and", "", ["sigmoid at a value: e"]),
    (world, "can_define", "or name in letters.FUNCTIONS and phrases.SIGMOID_SAID.match", "or False and phrases.SIGMOID_SAID.match", ["sigmoid by name: a"]),
    (world, "can_define", 'told.kind == "function" and', "False and", ["sigmoid by name: b"]),
    (world, "can_define", "if statement.named and", "if False and", ["a derivative by name: a"]),
    (normalise, "two_by_indices", "if name in letters.FUNCTIONS and", "if False and", ["sigmoid with an index: a"]),
    (normalise, "functions_by_number", "return found", "return set() and found", ["a function by number: a"]),
    (world, "by_earlier_values", "return True", "return False", ["from an unknown first value"]),
    (doubts, "kinds_anew", "named.get(n) if", "None if", ["label anew: ones"]),
    (doubts, "kinds_anew", "else bare.get(n)", "else None", ["label anew: vector of ones"]),
    (doubts, "kinds_anew", "found.append(left.body)", "pass", ["label anew: sum"]),
    (doubts, "kinds_anew", '[""] * bool(', "[] * bool(", ["label anew: in general"]),
    (doubts, "kind_left_open", "last = fact", "pass", ["label anew: counts", "label anew: any", "label anew: soft"]),
    (doubts, "kind_left_open", "last = None", "pass", ["label anew: one-hot again"]),
    (normalise, "own_functions", "return {(head.function", "return set() and {(head.function", ["named function: T1", "named function: T3"]),
    (world, "offsets", "return {key(j)", "return set() and {key(j)", ["cbow: 1"]),
    (world, "_type", "not called(world, tree)", "False", ["attention: a"]),
    (world, "_lines", "lines=fact.kind", 'lines=""', ["one-hot rows: 2"]),
    (view.View, "multiplied", "mentions(inner, key(head)) or", "", ["neighbour: temperature"]),
    (instances, "instances", "if own else", "if False else", ["attention: d"]),
    (normal_form.Normal, "rest_of_one", "return terms.get(()) == 1 and", "return False and", ["distribution: 2"]),
    (normal_form.Normal, "pieces", "coefficient = -coefficient", "pass", ["distribution: 2"]),
    (infer.Solver, "times", "if len(parts) > 2 and", "if False and", ["neighbour: hinge"]),
    (doubts, "other_logarithm", "return bool(OTHER_BASE", "return False and bool(OTHER_BASE", ["logarithm: F1"]),
    (doubts, "other_logarithm", "or bare and based", "", ["logarithm: F8"]),
    (reading_functions, "bare", 'cur.fail("brackets around the argument of log")', "pass", ["logarithm: T3"]),
    (scripts, "primed", "if len(inside) == 1 and", "if False and", ["student: S6 (d)"]),
    (functions, "called_definition", " or isinstance(param, Symbol) and scope.meaning.key(param) in scope.letters", "", ["a call f(i) below a sum over i"]),
    (functions, "_definition", "if entry.point:", "if False:", ["a shifted time below a sum, false"]),
    (world, "of_all", " or {key(i) for i in indices} <= runs", "", ["a member of a family", "the last member of a family"]),
    (world, "can_define", "if name in world.aside:", "if False:", ["let, under a supposition"]),
    (world, "updates", "return bool(said) and", "return False and", ["an update with a prime", "a primed letter"]),
    (normalise, "dummies", 'told | {"I"}', "told", ["I inside a bracket"]),
    (recursions, "recursion", "return [d for d in same", "return [] and [d for d in same", ["two steps at once", "a recursion unrolled, false", "a recursion unrolled"]),
    (recursions, "first_step", 'statement.role = ""', "pass", ["a recursion unrolled"]),
    (statements.Walker, "inline", "heads(plain(chain.sides[0].tree)) is None", "heads(chain.sides[0].tree) is None", ["P(w|c) of its own", "q(w|c)"]),
    (statements.Walker, "sentence", 'self.fact("real", (plain(letter),), words, block.line)', "pass", ["a logarithm for either sign"]),
    (statements.Walker, "bound", 'self.fact("type", (name,), "number", chain.line)', "pass", ["lambda > 0 is a number"]),
    (judge.Judge, "elsewhere", "if not outcome.domain or", "if True or", ["a logarithm where the text has none"]),
    (scope, "_spreads", "if one.shape == () and letter and", "if False and", ["a number beside a matrix", "a letter beside a matrix"]),
    (functions, "_extremum", "if whole is not None:", "if False:", ["max entry by entry", "max of vectors"]),
    (functions, "free_value", 'first = 1 if size == "V" or entry.declared else 0', "first = 1", ["a telescope", "a family from 0"]),
    (dotted, "with_index", "(a, b) == ends:\n        return Number(Fraction(n))\n    if a == b:", "a == ends[0]:\n        return Number(Fraction(n))\n    if False:", ["one factor stays, false", "one factor stays"]),
    (scope.Read, "get", "found = self.needed[letter] = ", "found = ", ["a definition with a free letter"]),
    (dotted, "matrix", "if any(rule(i, j) != cells[r][c]", "if False and any(rule(i, j) != cells[r][c]", ["a cell that breaks the rule"]),
    (dotted, "matrix", "if any(isinstance(end, Symbol) and", "if False and any(isinstance(end, Symbol) and", ["a matrix that ends at an index"]),
    (dotted, "matrix", "(diagonal if i == j else off).at(i, j)", "off.at(i, j)", ["the Jacobian of the softmax in full", "a diagonal matrix in full"]),
    (declarations, "table_sides", "places.append(m.span())", "pass", ["rows of the table: as rows", "rows of the table: we store"]),
    (declarations, "table_sides", "if len(sides) < 2 else", "if True else", ["rows of the table: two tables"]),
    (declarations, "sums_to_one", "phrases.PROBABILITIES.finditer(words)", "()", ["sum one: probability vector", "sum one: the simplex"]),
    (declarations, "sums_to_one", '"distribution" if positive else "sum entries"', '"distribution"', ["sum one: entries of either sign"]),
    (declarations, "doubtful", "return bool(", "return False and bool(", ["sum one: not said", "sum one: only if"]),
    (functions, "hypothetical", 'entry.lines == "sum entries"', "False", ["sum one: entries of either sign"]),
    (functions, "lined", 'where == "entries"', "False", ["sum one: a matrix"]),
    (judge.Judge, "left_free", "return name not in", "return False and name not in", ["sum one: in other words"]),
    (judge.Judge, "left_free", "name not in self.world.definitions and", "", ["sum one: of what is defined"]),
    (apart, "apart", "for m in NONE_IS.finditer(words):", "for m in ():", ["own noise words: different from t", "own noise words: none of them"]),
    (apart, "apart", "and not CASE.search(words[: m.start()]):", ":", ["own noise words: a case on l"]),
    (apart, "apart", "for a, b in differing(f):", "for a, b in ():", ["own noise words: for all l", "neither: for all k", "neither: a list"]),
    (apart, "apart", "(*NEITHER.finditer(words), *BOTH.finditer(words))", "()", ["neither: nor among", "neither: other than both"]),
    (apart, "apart", "for m in NOT_ONE.finditer(words) if not either else ():", "for m in ():", ["neither: which is not", "own noise words: not among"]),
    (apart, "apart", "for m in NOT_ONE.finditer(words) if not either", "for m in NOT_ONE.finditer(words) if True", ["neither: either"]),
    (apart, "apart", "for m in NOT_DRAWN.finditer(words) if not either else ():", "for m in ():", ["neither: not drawn"]),
    (apart, "apart", "or DENIED.search(words)", "", ["own noise words: need not"]),
    (apart, "beside", "if not LABEL.search(words):", "if True:", ["neither: beside the line"]),
    (apart, "among_themselves", "return not CASE", "return False and not CASE", ["own noise words: for all l"]),
    (apart, "left_open", "if not SPEAKS.search(words) or", "if True or", ["own noise words: not understood"]),
    (apart, "unread_case", "return bool(", "return False and bool(", ["neither: of which word?"]),
    (statements.Walker, "around", "return {0, *found}", "return {self.section.number}", ["own noise words: different from t"]),
    (statements.Walker, "trailing", "[] if self.survey.fixed else apart(", "[] if True else apart(", ["neither: behind the line"]),
    (world, "turns_to", "if name in section.anew and", "if False and", ["anew: from now on", "anew: a part", "anew: of numbers"]),
    (statements.Walker, "item", "self.label_at = len(self.survey.statements)", "pass", ["anew: bold labels"]),
    (statements.Walker, "begin_part", "- (self.equated(at, None) if at is not None else set())", "", ["anew: twice below one label"]),
    (statements.Walker, "begin_part", "if lasting else RUN_IN", "if False else RUN_IN", ["anew: from now on"]),
    (statements.Walker, "begin_part", "if len(loss) == 1:", "if False:", ["anew: by its name"]),
    (statements, "levels", 'if chain.signs != ("=",) or', "if True or", ["one value: all scores", "one value: suppose"]),
    (declarations, "tables", "phrases.NTH_LINE.finditer(words)", "()", ["rows by number: whose", "rows by number: a column"]),
    (declarations, "tables", "phrases.HAS_LINES.finditer(words)", "()", ["rows by number: has the rows"]),
    (declarations, "says_sum", "return bool(", "return False and bool(", ["one-hot rows: 6F"]),
    (normalise, "indexed_call", 'f"of {args[0].base}" if key(name) in joint else ""', '""', ["attack: F31"]),
    (statements.Walker, "begin_part", "phrases.BECOMES.search(before)", "False", ["left open: f07", "left open: a10"]),
    (statements.Walker, "trailing", "phrases.OTHER_WORDS.search(words)", "False", ["left open: r05"]),
    (statements, "rest_of", "if pair is not None", "if False", ["left open: m14"]),
    (statements, "rest_of", "s.left.tree == left and", "False and", ["left open: m12", "left open: p10"]),
    (declarations, "declarations", "phrases.ONES.finditer(words)", "()", ["a vector of ones by name"]),
    (statements.Walker, "names", "phrases.COUNTS.finditer(words)", "()", ["left open: m08", "counted in words: c1"]),
    (declarations, "typed", "or formulas[int(n)].signs != (\"=\",)", "or True", ["left open: k19", "left open: p04"]),
    (normalise, "numbered", "- stepped", "", ["left open: m07"]),
    (world, "before_use", "re.fullmatch(r\"\\W*(?:and\\W*)?\", statement.before)", "False", ["left open: p01"]),
    (statements.Walker, "inline", "phrases.NORMALISED.search(prefix)", "False", ["sum said by a formula: s1", "sum said by a formula: s2"]),
    (doubts, "kinds_anew", "if dropped:", "if False:", ["an assumption dropped"]),
    (infer.Solver, "solve", "sizes is self.letters and", "False and", ["smoothed: l7", "compared indices: k3"]),
    (scope, "decided", "or isinstance(error, NeedIndex) and error.range is not None", "", ["smoothed: l1", "smoothed: l7"]),
    (pieces, "limited", "if found:", "if False:", ["piece alone: h1 false", "piece alone: h3 false"]),
    (pieces, "joins", "entry.body = Cases((*entry.body.branches, piece))", "return False", ["piecewise: d1", "piecewise: d2"]),
    (pieces, "joins", "Cases((first, piece))", "entry.body", ["piecewise: d4"]),
    (pieces, "pieces", "elif REST.match(after) and", "elif False and", ["left open: k14"]),
    (pieces, "merged", "groups[name].append((n, value, None, None))", "pass", ["second reading: piece c"]),
    (statements.Walker, "in_pieces", "passed |= ", "passed = set() and ", ["second reading: piece a last false"]),
    (normalise, "normalise", "recursions(world), True", "{}, True", ["by earlier values: r1", "by earlier values: r4"]),
    (recursions, "recursions", "if first == 1 and", "if False and", ["from an unknown first value"]),
    (world.World, "step_sizes", "d.entry.first is not None and", "False and", ["after the rules: 2a"]),
    (decide.Claim, "bounded_below", "found |= {key(high)} if above", "found |= {key(high)} if False", ["within bounds: a"]),
    (judge.Judge, "within_bounds", "not any(b.left for b in statement.bounds)", "True", ["beyond bounds: e last false"]),
    (view.View, "own_variables", "if only is not None", "if False", ["gradient without variable: c"]),
    (derivatives, "operand", "not (call and signs == [\"()\"])", "True", ["gradient without variable: d"]),
    (statements.Walker, "inline", "self.introduces(chain)", "False", ["supposed name: a last false"]),
    (judge.Judge, "doubted", "or name in if_only", "", ["supposed name: c false last"]),
    (world, "count_uses", "one = lone.get(name, 0) if", "one = 0 if", ["unknown loss: a"]),
    (doubts, "contrary", "not (defines and name == \"J\")", "True", ["unknown loss: b"]),
    (arguments, "complete", "for s in statements if not world.survey.fixed else ()", "for s in ()", ["without argument: a", "without argument: d"]),
    (statements.Walker, "bound", "key(side) in FUNCTIONS", "False", ["inverse: b"]),
    (view.View, "lettered", "len(symbol.subs) == 2 and not symbol.accents", "False", ["textbook: d"]),
    (world, "stacks", "return all(", "return False and all(", ["textbook: e"]),
    (statements.Walker, "diagonals", "phrases.DIAGONAL.finditer(words)", "()", ["textbook: e"]),
    (declarations, "sum_printed", "len(body.subs) == 2", "False", ["coded: a", "coded: c"]),
    (declarations, "symmetric", "phrases.SYMMETRIC.finditer(words)", "()", ["symmetric: a", "symmetric: j"]),
    (calculus.Place, "__init__", ".lines == \"symmetric\"", ".lines == \"\"", ["symmetric: g asked"]),
    (normalise, "held_constant", "same[key(left)] = s", "pass", ["held constant: a"]),
    (normalise, "differentials", "if not called or", "if True or", ["product rule of differentials: b"]),
    (decide.Claim, "__init__", "if made else set()", "if False else set()", ["differentials: a"]),
    (functions, "unknown", "entry.base in RANDOM", "False", ["differentials: d"]),
    (world, "_type", "bounds_a_sum(world, key(tree))", "False", ["size bounded: K", "size bounded: m"]),
    (declarations, "tables", "(?:are|be|being|hold|contain)", "(?:are|hold|contain)", ["look-up: b"]),
    (judge.Judge, "is_order", "in (\"O\", \"o\")", "in ()", ["look-up: c"]),
    (world, "own_families", "world.declared.setdefault(", "{}.setdefault(", ["look-up: d"]),
    (labels, "subscript", "is_token(part[0], \"<\", \"<=\", \">\", \">=\", kind=\"relation\")", "False", ["look-up: e"]),
    (normalise, "pair_counts", "plain_ = nodes and", "plain_ = False and", ["pair counts: e"]),
    (declarations, "typed", "phrases.VOCABULARY_OF.finditer(words)", "()", ["vocabulary size: a"]),
    (statements.Walker, "from_zero", "if body is not None", "if False", ["second reading: zero last false"]),
    (world.World, "most_printed", "if most > 2", "if False", ["second reading: four"]),
    (normalise, "by_cases_named", "if not found:", "if True:", ["second reading: letters"]),
    (normalise, "listed_components", "len(items) > 1", "False", ["second reading: tuple"]),
    (world, "running", "{letter for letter, _ in world.survey.recursions.values()}", "set()", ["second reading: f31b"]),
    (world, "visible", "same_body(d, statement) and set(", "False and set(", ["second reading: anew a"]),
    (declarations, "declarations", "not (unit and ts", "not (False and ts", ["said in words: a"]),
    (statements.Walker, "conditions", "phrases.IT_IS.finditer(words)", "()", ["said in words: d"]),
    (normalise, "adjoints", "rules[left.accents] = right.body", "pass", ["adjoints by an accent: a last false"]),
    (normalise, "by_parameters", "if not found:", "if True:", ["a parameter below"]),
    (decide.Claim, "__init__", "self.held = within - names - families", "pass", ["after the rules: 1c"]),
    (calculus.Place, "__init__", "if not tied and", "if", ["standard: lag", "standard: kl"]),
    (expressions, "product", "signs[-1] == \"()\" and isinstance(parts[-1], Symbol)", "False", ["a call over a slash: a", "a call over a slash: c"]),
    (statements.Walker, "sentence", "phrases.POSITIVE.finditer(words)", "()", ["standard: pos"]),
    (statements.Walker, "links", "unsaid = self.others and not own", "pass", ["standard: oth"]),
    (statements.Walker, "no_longer", "summed * bool(said)", "[]", ["given up: 6c"]),
    (statements.Walker, "heading", "if section not in self.around():", "if False:", ["given up: 7c"]),
    (statements.Walker, "inline", "(phrases.DENIED.search(sentence) or re.search(r\"\\bor\\b\", sentence))", "False", ["given up: 5a", "given up: 5b"]),
    (statements.Walker, "sentence", "self.bounds and (phrases.SCOPE_TALK", "False and (phrases.SCOPE_TALK", ["given up: 5c", "given up: 5d"]),
    (judge.Judge, "doubted", "if again or told:", "if False:", ["given up: 3c", "given up: 3g"]),
    (judge.Judge, "doubted", "if not old and", "if False and", ["after the rules: 11"]),
    (doubts, "kinds_anew", "phrases.NOT_SYMMETRIC.search(words)", "False", ["given up: 8c"]),
    (declarations, "symmetric", "phrases.UNSURE.search(words)", "False", ["given up: 8a"]),
    (pieces, "merged", "if other and", "if False and", ["otherwise a value: 4a"]),
    (chains.Reading, "said", "and not comment and", "and", ["a comment beside a line"]),
]
SENTENCES = [  # (pattern of sentences, the texts that notice when it is gone)
    ("ROWWISE", ["row by row"]), ("BUT_ONE", ["the words other than o"]), ("NEITHER", ["neither"]), ("ALTERS", ["up to sign", "transposed in words"]),
]
SMOOTHING = [  # faults in what is asked where labels are smoothed
    ("smoothed", 'if "soft" not in claim.denied', "if True", ["which y", "y at o alone"]),
    ("smoothed", 'return "what is y?', 'return "" and "what is y?', ["y at o alone"]),
    ("smoothed", 'hard.decide().status == "holds"', "False", ["which y"]),
]
TEXTS |= {
    "a comment beside a line": (r"$$ \begin{aligned} a &= b + b \\ &= 2b && \text{insert } c \end{aligned} $$", "DP"),
    "an assumption dropped": (r"Let $p$ be a distribution, $q = \mathrm{softmax}(z)$ and $L = -\sum_i p_i \log q_i$. $$ \frac{\partial L}{\partial z_i} = q_i - p_i $$ Drop the assumption on $p$. $$ \frac{\partial L}{\partial z_i} = q_i - p_i $$", "DDPU"),
    "a vector of ones by name": (r"Let $\iota$ be the vector of ones and $p=\mathrm{softmax}(z)$. $$\iota^\top p = 1$$", "DP"),
    "entropy of another": (r"$$ H(X) = -\sum_x p(x)\log p(x) $$ $$ H(Y) = H(X) $$", "DU"),
    "a parameter below": (r"Let $f(w) = \frac12 w^\top w$ and $f_\lambda(w) = f(w) + \frac\lambda2 w^\top w$ with $\lambda > 0$. $$ \nabla_w f_\lambda = (1 + \lambda) w $$ $$ \nabla_w f_\lambda = w + 2 \lambda w $$", "DDPR"),
    "from an unknown first value": (r"Let $S_n = S_{n-1} + n$. $$ S_1 = 1 $$ $$ S_2 = 3 $$", "UUU"),
    "the words other than o": (NS + r"For every word $w$ other than the outside word " + ELSEWHERE, "DPP"),
    "a letter other than c": (NS + r"For every word $w$ different from the center word " + ELSEWHERE, "DPR"),
    "neither": (NS + r"Let $w$ be neither outside word nor center word. " + ELSEWHERE, "DPP"),
    "which y": (r"With label smoothing the target is $q_w = (1-\epsilon) y_w + \epsilon/V$, and the loss is $J = -\sum_w q_w\log\hat y_w$. "
                r"$$ \frac{\partial J}{\partial z_o} = \hat y_o - 1 + \epsilon - \epsilon/V $$", "DDU"),
    "y at o alone": (r"Label smoothing. Let $y_o = 1-\epsilon$. $J = -\sum_w y_w \log \hat y_w$. $$ \frac{\partial J}{\partial z_o} = \hat y_o - 1 + \epsilon $$", "UDU"),
}


def broken(monkeypatch, place, name, old, new):
    """Puts a fault into a function, wherever it is known."""
    function = getattr(place, name)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(old) >= 1
    made = {}
    exec(compile(source.replace(old, new), f"{name} ({old!r} -> {new!r})", "exec"), (inspect.getmodule(place) if inspect.isclass(place) else place).__dict__, made)
    if hasattr(function, "__code__") and not function.__code__.co_freevars:
        monkeypatch.setattr(function, "__code__", getattr(made[name], "__func__", made[name]).__code__)
    else:
        monkeypatch.setattr(place, name, made[name])


def noticed(names):
    return [n for n in names if [s.status for s in steps(TEXTS[n][0])] != [LETTERS[v] for v in TEXTS[n][1]]]


@pytest.mark.parametrize(("place", "name", "old", "new", "texts"), MUTANTS, ids=[f"{m[1]}: {m[2]} -> {m[3]}" for m in MUTANTS])
def test_each_rule_is_noticed_when_it_is_broken(monkeypatch, place, name, old, new, texts):
    broken(monkeypatch, place, name, old, new)
    assert noticed(texts) == texts


@pytest.mark.parametrize(("name", "texts"), SENTENCES)
def test_each_sentence_is_noticed_when_nobody_understands_it(monkeypatch, name, texts):
    monkeypatch.setattr(phrases, name, re.compile(r"(?!)"))
    assert noticed(texts) == texts


@pytest.mark.parametrize(("name", "old", "new", "texts"), SMOOTHING)
def test_what_is_asked_of_smoothed_labels_is_noticed_when_it_is_broken(monkeypatch, name, old, new, texts):
    broken(monkeypatch, judge.Judge, name, old, new)
    assert noticed(texts) == texts


def test_a_length_is_a_number_of_entries_where_a_letter_for_it_has_it(monkeypatch):
    monkeypatch.setattr(lengths, "RULES", [rule for rule in lengths.RULES if "is of|are of) (?:the (?:same )?)?length" not in rule.pattern])
    assert noticed(["has length n"]) == ["has length n"]


def test_a_line_on_the_window_without_its_sentence_is_refuted_at_the_center_word():
    """The gradient of another center vector is 0; the line says it of every word."""
    line = r"$$\frac{\partial J_{\text{skip-gram}}(v_c, w_{t-m}, \dots, w_{t+m}, U)}{\partial v_w} = 0$$"
    for before in ("", "The loss of a pair is $J$.\n\n", "$J$ and $J(v_c, o, U)$ are written for it.\n\n"):
        assert statuses(before + line) == ["refuted"], before
