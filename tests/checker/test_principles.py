"""The twelve principles of the checker: for each, texts that would come out otherwise without it.

A row is (text, statuses of its steps); "a or b" where either keeps the principle.
"""
import time

import pytest

from judging import judged, settle, steps, within
from w2v.checker import check

P, R, D, U = "proved", "refuted", "definition", "unsettled"
NOT, OPEN_OR_WRONG = "unreadable or unsettled", "refuted or ill-typed or unsettled or unreadable"
J, GRADIENT = r"The naive softmax loss is $$ J = -\log \hat y_o. $$ ", r"\frac{\partial J}{\partial v_c}"
UW = r"\frac{\partial J}{\partial u_w}"

PRINCIPLES = {
    1: [  # nothing is dropped
        (J + rf"$$ {GRADIENT} = U(\hat y - y) \text{{ plus }} 1 $$", ["definition or unsettled", OPEN_OR_WRONG]),
        (r"$$ \log_2 e^x = x $$", [R]),
        (r"$$ \sqrt[3]{x^2} = |x| $$", [OPEN_OR_WRONG]),
        (r"Let $K$ be a number. $$ K! = K $$", [OPEN_OR_WRONG]),
        (r"$$ \sigma^{-1}(\sigma(x)) = \frac{1}{\sigma(\sigma(x))} $$", [OPEN_OR_WRONG]),
        (r"$$ J_1 = x^2 $$ $$ J_2 = x^3 $$ $$ \frac{d J_1}{dx} = 3 x^2 $$", [D, D, R]),
        (r"$$ \tilde u = 2 u $$ $$ \tilde u = u $$", ["definition or unsettled", "refuted or unsettled"]),
        (r"$$ a^{(1)} = x $$ $$ a^{(2)} = 2x $$ $$ a^{(1)} = a^{(2)} $$", [D, D, R]),
        (J + r"so that $U(\hat y - y) = U\hat y + Uy$ inline.", [D, R]),
        (J + rf"$$ {GRADIENT} = \mystery{{U}}(\hat y - y) $$", ["definition or unsettled", NOT]),
    ],
    2: [  # one text, one meaning
        (r"$$ J = -2 \log \hat y_o $$" + rf"$$ {GRADIENT} = U(\hat y - y) $$", [D, R]),
        (J + r"and so $$ \frac{\partial J}{\partial u_o} = (\sigma(u_o^\top v_c) - 1) v_c $$", [D, R]),
        (r"Words are columns of $U$. " + J + rf"$$ {GRADIENT} = U(\hat y - y) $$ $$ {GRADIENT} = U^\top(\hat y - y) $$", [D, P, "transposed or ill-typed"]),
        (r"Words are rows of $U$. " + J + rf"$$ {GRADIENT} = U^\top(\hat y - y) $$ $$ {GRADIENT} = U(\hat y - y) $$", [D, P, "transposed or ill-typed"]),
        (r"$J = x^2$ for a number $x$. $$ \frac{dJ}{dx} = 2x $$ $$ \frac{dJ}{dx} = x $$", [D, P, R]),
    ],
    3: [  # the text comes first
        (r"$$ a = \sigma(z) $$ $$ \frac{da}{dz} = a(1-a) $$", [D, P]),
        (r"$$ \sigma(x) = \tanh(x) $$ $$ \sigma'(x) = 1 - \sigma(x)^2 $$ $$ \sigma'(x) = \sigma(x)(1-\sigma(x)) $$", [D, P, R]),
        (r"$$ p = \sigma(s) $$ $$ L = -t \log p - (1-t)\log(1-p) $$ $$ \frac{\partial L}{\partial s} = p - t $$", [D, D, P]),
        (r"The targets $t$ are one-hot. $$ p_i = \frac{e^{a_i}}{\sum_j e^{a_j}} $$ $$ E = -\sum_k t_k \log p_k $$ $$ \frac{\partial E}{\partial a_i} = p_i - t_i $$",
         [D, D, P]),
        (r"$$ z = x^2 $$ $$ \frac{dz}{dx} = 2x $$", [D, P]),
        (r"Let $k_1, \dots, k_n \in \mathbb{R}^d$ and $q \in \mathbb{R}^d$. $$ s_i = k_i^\top q, \qquad \frac{\partial s_i}{\partial q} = k_i $$", [D, P]),
        (r"Let $v_1, \dots, v_n \in \mathbb{R}^m$ and $a \in \mathbb{R}^n$. $$ c = \sum_{i=1}^n a_i v_i, \qquad \frac{\partial c}{\partial a_i} = v_i $$", [D, P]),
        (r"$$ a = W x + b, \qquad W \in \mathbb{R}^{m \times n},\ b \in \mathbb{R}^m,\ x \in \mathbb{R}^n $$ $$ \frac{\partial a}{\partial x} = W $$", [D, P]),
        (r"Let $X$ be an $n \times d$ matrix with the rows $x_i^\top$, $y \in \mathbb{R}^n$ and $w \in \mathbb{R}^d$. $$ E(w) = \frac12 \sum_{i=1}^{n} (x_i^\top w - y_i)^2 $$"
         r"$$ \nabla E(w) = X^\top (X w - y), \qquad \nabla^2 E(w) = X^\top X $$ $$ R(w) = E(w) + \frac{\lambda}{2} w^\top w, \qquad \nabla^2 R(w) = X^\top X + \lambda I $$"
         r"$$ \nabla^2 R(w) = X^\top X + 2 \lambda I $$", [D, P, P, D, P, R]),
        (r"Let $a \in \mathbb{R}^m$, $b \in \mathbb{R}^n$, $X \in \mathbb{R}^{m \times n}$ and $g = a^\top X b$. $$ \frac{\partial g}{\partial a} = X b $$", [D, P]),
        (r"In this text every vector is a row vector. Let $x \in \mathbb{R}^n$ and $W \in \mathbb{R}^{n \times m}$. $$ z = x W $$", [D]),
    ],
    4: [  # the prelude is a document: other courses are other files (see below for the test with a file)
        (r"$$ z_w = u_w^\top v_c $$", ["proved or definition"]),
        (r"$$ u_o = U y $$", [P]),
        (r"$$ \frac{\partial J_{\text{naive-softmax}}}{\partial v_c} = U(\hat y - y) $$", [P]),
    ],
    5: [  # a definition gives a fresh name to something typed and known
        (r"$$ a := x + 1 $$ $$ a = x + 2 $$", [D, R]),
        (r"$$ f(x) = x^2 $$ $$ f'(x) = 3x $$", [D, R]),
        (r"$$ \hat y_o \equiv \exp(u_o^\top v_c) $$", [OPEN_OR_WRONG]),
        (r"$$ a = b + 1 $$ $$ b = a + 1 $$", ["definition or unsettled or refuted", OPEN_OR_WRONG]),
        (r"$$ \frac{dq}{dx} = 3 $$", [OPEN_OR_WRONG]),
        (r"$$ \hat y_o = 2 $$", [OPEN_OR_WRONG]),
        (r"$$ a = U + v_c $$", [OPEN_OR_WRONG]),
    ],
    6: [  # hypotheses are explicit
        (rf"When $w \neq o$: $$ {UW} = \hat y_w v_c $$ Hence for every word $$ {UW} = \hat y_w v_c $$", [P, R]),
        (rf"For all other words ($w \neq o$), $$ {UW} = \hat y_w v_c $$", [P]),
        (J + rf"If `w == o`: $$ {UW} = (\hat y_w - 1) v_c $$", [D, P]),
        (rf"`w != o`: $$ {UW} = \hat y_w v_c $$ In general $$ {UW} = \hat y_w v_c $$", [P, R]),
        (J + r"Setting the gradient to zero gives $$ U\hat y = U y $$", [D]),
        (r"If $\hat y = y$, then the gradient vanishes.", []),
        (r"The labels $y$ are soft labels, not one-hot. $$ -\sum_w y_w \log\hat y_w = -\log \hat y_o $$", [OPEN_OR_WRONG]),
        (r"$$ -\sum_w y_w \log\hat y_w = -\log \hat y_o $$", [P]),
    ],
    7: [  # a range is its bounds, a size is a symbol
        (r"$$ \sum_{w=1}^{K} \hat y_w = 1 $$", [R]),
        (r"$$ \sum_{w=1}^{V} \hat y_w = 1 $$", [P]),
        (r"Let $V$ and $D$ be the sizes. $$ \sum_{w=1}^{V} 1 = D $$", [OPEN_OR_WRONG]),
        (r"$$ \sum_{k=1}^{K} 1 = V $$", [OPEN_OR_WRONG]),
        (r"$$ \sum_{w \in V} \frac{1}{V} = 1 $$", ["proved or unsettled"]),
        (r"$$ \sum_{w=1}^{V} \frac{1}{V} = 1 $$", [P]),
        (r"$$ \sum_{w \in A} \hat y_w = 1 $$", [OPEN_OR_WRONG]),
        (r"$$ \sum_{k=1}^{K} \sigma(u_{w_k}^\top v_c) = \sum_{k=0}^{K} \sigma(u_{w_k}^\top v_c) $$", [OPEN_OR_WRONG]),
    ],
    8: [  # general position
        (r"$$ \hat y_1 = \hat y_o $$", [R]),
        (r"$$ u_o^\top v_c = u_c^\top v_c $$", [R]),
        (r"$$ \frac{\partial J_{\text{neg-sample}}}{\partial u_k} = \sum_{k=1}^K \sigma(u_k^\top v_c) v_c $$", [R]),
        (r"$$ v_c^\top u_o u_o = v_c u_o^\top u_o $$", [R]),
        (r"$$ x^2 = |x|^2 \cdot \frac{x}{|x|} $$", [OPEN_OR_WRONG]),
        (r"When $w = o$ and $w \neq o$: $$ \hat y_w - \hat y_w = 0 $$", [U]),
    ],
    9: [  # one product rule
        (r"$$ v_c \cdot u_o = v_c^\top u_o $$", [P]),
        (r"$$ u_o v_c = u_o^\top v_c $$", ["ill-typed or transposed"]),
        (r"$$ \exp(u_o v_c) = \exp(u_o^\top v_c) $$", ["ill-typed or transposed"]),
        (r"$$ \sigma(u_o v_c^\top) = \sigma(u_o^\top v_c) $$", ["ill-typed or transposed"]),
        (r"$$ U \cdot v_c = U^\top v_c $$", ["ill-typed or transposed or refuted"]),
        (r"Let $A \in \mathbb{R}^{n\times n}$, $x \in \mathbb{R}^n$ and $\lambda$ be a number. $$ (A + \lambda I)_{12} = A_{12} $$ $$ (A + \lambda I)_{12} = A_{12} + \lambda $$"
         r" $$ (A - 2\lambda I) x = A x - 2\lambda x $$", [P, R, P]),
        (J + rf"$$ {GRADIENT} = (\hat y - y) U $$", [D, "ill-typed or transposed"]),
    ],
    10: [  # only the kernel says proved: numbers that agree are no proof, and an approximation is none
        (r"$$ \hat y_o \approx \hat y_o + 10^{-30} $$", [U]),
        (r"$$ \sigma(x) = \sigma(x) + 10^{-40} $$", ["refuted or unsettled"]),
        (r"$$ |x| = \sqrt{x^2} $$", ["proved or unsettled"]),
    ],
    12: [  # what is not known is asked
        (r"$$ \frac{\partial J}{\partial q} = -\frac{\partial J}{\partial q} $$", [U]),
        (r"$$ \frac{\partial J}{\partial v_c} = \sum_j \frac{\partial J(v_c, w_{t+j}, U)}{\partial v_c} $$", [U]),
    ],
}
ROWS = {f"{n}.{i + 1}": row for n, rows in PRINCIPLES.items() for i, row in enumerate(rows)}


def misjudged(name):
    """What is wrong in the verdicts on a row, or ''."""
    text, wanted = ROWS[name]
    found, fault = judged(text)
    statuses = [s.status for s in found]
    fits = len(statuses) == len(wanted) and all(s in w.split(" or ") for s, w in zip(statuses, wanted))
    return fault or ("" if fits else f"{text}: wanted {wanted}, found {statuses}")


CHECKS = {"principles": (misjudged, list(ROWS))}


@pytest.mark.parametrize("name", ROWS)
def test_each_row_comes_out_as_its_principle_says(name):
    settle("principles", name, misjudged(name))


def test_4_another_prelude_is_another_file(tmp_path):
    course = tmp_path / "physics.md"
    course.write_text("# Physics\n\nThe mass is a number $m$, the speed a number $s$. The energy is\n\n$$ E = \\frac{1}{2} m s^2 $$\n", encoding="utf-8")
    text = r"$$ \frac{\partial E}{\partial s} = m s $$"
    assert [v.status for v in check(text, prelude=str(course)).steps] == [P]
    assert [v.status for v in check(text).steps] == [U]


def test_4_without_a_prelude_nothing_is_lent():
    text = r"$$ u_o = U y $$"
    assert [v.status for v in check(text).steps] == [P]
    assert [v.status for v in check(text, prelude="").steps] != [P]


def test_6_the_needed_hypotheses_are_listed():
    found = check(rf"When $w \neq o$: $$ {UW} = \hat y_w v_c $$").steps[0]
    assert "w != o" in found.hypotheses
    assert not check(r"$$ \sigma(-x) = 1 - \sigma(x) $$").steps[0].hypotheses


def test_10_each_proved_step_carries_its_theorem():
    for text, _ in ROWS.values():
        for verdict in check(text).steps:
            assert (verdict.status == P) == (verdict.theorem is not None)


def test_11_a_hard_line_ends_with_an_honest_answer():
    x = "+".join(f"e^{{x^{n}}}" for n in range(1, 12))
    with within(20):
        found = steps(rf"$$ ({x})^{{9}} = ({x})^{{4}}({x})^{{5}} + 0 $$ $$ \sigma(-x) = 1 - \sigma(x) $$")
    assert found[0].status in (P, U) and found[1].status == P


def test_11_the_cost_grows_linearly_with_the_text():
    def seconds(n):
        text = "\n\n".join(rf"$$ \sigma(-{k} x) = 1 - \sigma({k} x) $$" for k in range(2, n + 2))
        start = time.process_time()
        assert len(steps(text)) == n
        return time.process_time() - start
    seconds(5)
    short, long = seconds(40), seconds(160)
    assert long < 4 * short * 1.8 + 0.5, (short, long)


ONE_PAIR = "$$ \\frac{\\partial J}{\\partial v_c} = U(\\hat y - y) $$\n\n"
ONE_DRAW = "$$ \\frac{\\partial J}{\\partial u_o} = (\\sigma(u_o^\\top v_c) - 1) v_c $$\n\n"


@pytest.mark.parametrize(
    "text, said",
    [
        (ONE_PAIR, [("a number: the naive softmax loss", "")]),
        ("The loss is the skip-gram loss.\n\n" + ONE_PAIR, [("a number: the skip-gram loss", "")]),
        (
            f"## Naive softmax\n\n{ONE_PAIR}## Negative sampling\n\n{ONE_DRAW}",
            [("a number: the naive softmax loss", "from line 3 to 6"), ("a number: the negative sampling loss", "from line 7")],
        ),
    ],
)
def test_12_the_legend_says_which_loss_of_the_course_is_meant_and_where(text, said):
    assert [(line.type, line.lines) for line in check(text).legend if line.name == "J"] == said


def test_which_loss_is_asked_where_a_text_uses_the_quantities_of_two():
    first = check(ONE_PAIR + r"$$ \sigma(-u_{w_k}^\top v_c) = 1 - \sigma(u_{w_k}^\top v_c) $$").steps[0]
    assert (first.status, first.question[:10]) == ("unsettled", "which loss")


def test_12_every_report_opens_with_a_legend():
    report = check(r"$$ a = \sigma(z) $$ $$ \frac{da}{dz} = a(1-a) $$")
    legend = {line.name: line for line in report.legend}
    assert legend["a"].type == "a number" and "1" in legend["a"].origin
    assert legend["z"].type == "a number" and "nothing" in legend["z"].origin


def test_12_an_open_step_asks_its_question():
    assert "q" in check(PRINCIPLES[12][0][0]).steps[0].question
