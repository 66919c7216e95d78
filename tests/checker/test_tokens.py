"""One token of a proved line changed to another value: nothing is proved unless NumPy agrees with it at ten random instances.

A line is written once for the checker, in LaTeX, and once for NumPy; each token that can be changed stands in both.
"""

import random
import re

import numpy as np
import pytest

from judging import statuses

SIGNS, NUMBERS, WORDS, TABLES, LABELS = ("+", "-"), ("1", "2", "3"), ("o", "x", "c"), ("u", "v"), ("y", "p")
LATEX = {"y": "y", "p": r"\hat y", "u": "u", "v": "v"}
# (letters, LaTeX, NumPy): <n> is the n-th letter, taken from the n-th set
LINES = [
    (("+", SIGNS), ("-", SIGNS), r"\frac{\partial J}{\partial v_c} = U(<0>\hat y <1> y)", "grad_v", "U @ (<0>p <1> y)"),
    (("p", LABELS), ("y", LABELS), r"\frac{\partial J}{\partial v_c} = U(<0> - <1>)", "grad_v", "U @ (<0> - <1>)"),
    (("1", NUMBERS), ("-", SIGNS), r"\frac{\partial J}{\partial v_c} = <0> U\hat y <1> u_o", "grad_v", "<0> * U @ p <1> u[:, o]"),
    (("u", TABLES), ("o", WORDS), r"\frac{\partial J}{\partial v_c} = U\hat y - <0>_<1>", "grad_v", "U @ p - <0>[:, <1>]"),
    (("o", WORDS), ("1", NUMBERS), r"\frac{\partial J}{\partial u_o} = (\hat y_<0> - <1>) v_c", "grad_o", "(p[<0>] - <1>) * v[:, c]"),
    (("v", TABLES), ("c", WORDS), r"\frac{\partial J}{\partial u_o} = (\hat y_o - 1) <0>_<1>", "grad_o", "(p[o] - 1) * <0>[:, <1>]"),
    (("-", SIGNS), ("o", WORDS), r"J = <0> u_<1>^\top v_c + \log \sum_w \exp(u_w^\top v_c)", "J", "<0> u[:, <1>] @ v[:, c] + np.log(np.exp(u.T @ v[:, c]).sum())"),
    (("+", SIGNS), ("1", NUMBERS), r"J = -u_o^\top v_c + \log \sum_w \exp(<0> <1> u_w^\top v_c)", "J", "-u[:, o] @ v[:, c] + np.log(np.exp(<0> <1> * u.T @ v[:, c]).sum())"),
    (("1", NUMBERS), ("-", SIGNS), r"\sigma(-x) = <0> <1> \sigma(x)", "s(-t)", "<0> <1> s(t)"),
    (("1", NUMBERS), ("1", NUMBERS), r"\sigma'(x) = \sigma(x)(<0> - \sigma(x))^<1>", "s(t) * (1 - s(t))", "s(t) * (<0> - s(t)) ** <1>"),
    (("o", WORDS), ("u", TABLES), r"\hat y_o = \frac{\exp(u_<0>^\top v_c)}{\sum_w \exp(<1>_w^\top v_c)}", "p[o]", "np.exp(u[:, <0>] @ v[:, c]) / np.exp(<1>.T @ v[:, c]).sum()"),
    (("2", NUMBERS), ("1", NUMBERS), r"\frac{d}{dx} x^2 = <0> x^<1>", "2 * t", "<0> * t ** <1>"),
    (("y", LABELS), ("p", LABELS), r"\log\hat y_o = \sum_w <0>_w \log <1>_w", "np.log(p[o])", "(<0> * np.log(<1>)).sum()"),
    (("2", NUMBERS), ("+", SIGNS), r"\log(e^{<0> x}) <1> 1 = 2 x + 1", "2 * t + 1", "<0> * t <1> 1"),
]
GIVEN = "The naive softmax loss is $$ J = -\\log \\hat y_o $$\n\nwhere $y$ is one-hot at $o$. The number $x$ is positive.\n\n"


def filled(template, values, latex=False):
    return re.sub(r"<(\d)>", lambda m: LATEX.get(values[int(m[1])], values[int(m[1])]) if latex else values[int(m[1])], template)


def changes():
    """(LaTeX, left in NumPy, right in NumPy) with at most one token changed; the first of each line is the line itself."""
    for *tokens, latex, left, right in LINES:
        own = [token for token, _ in tokens]
        for n, (token, others) in enumerate(tokens):
            for other in others if n == 0 else [x for x in others if x != token]:
                values = own[:n] + [other] + own[n + 1:]
                yield filled(latex, values, latex=True), left, filled(right, values)


def instance(seed):
    """The quantities of the course at random, as NumPy names them."""
    r = np.random.default_rng(seed)
    words, entries = int(r.integers(4, 8)), int(r.integers(2, 5))
    u, v = r.normal(size=(entries, words)), r.normal(size=(entries, words))
    o, x, c = (int(i) for i in r.permutation(words)[:3])
    e = np.exp(u.T @ v[:, c])
    p, y = e / e.sum(), np.eye(words)[o]
    return {"np": np, "u": u, "v": v, "U": u, "o": o, "x": x, "c": c, "p": p, "y": y, "J": -np.log(p[o]), "t": float(r.uniform(0.2, 2)),
            "s": lambda a: 1 / (1 + np.exp(-a)), "grad_v": u @ (p - y), "grad_o": (p[o] - 1) * v[:, c]}


def agrees(left, right):
    """Whether NumPy finds both sides equal at ten instances."""
    with np.errstate(all="ignore"):
        return all(np.allclose(eval(left, dict(at)), eval(right, dict(at)), rtol=1e-9, atol=1e-11) for at in map(instance, range(10)))


@pytest.mark.parametrize("latex, left, right", changes(), ids=lambda x: x[:50])
def test_what_is_proved_agrees_with_numpy(latex, left, right):
    proved = statuses(GIVEN + f"$$ {latex} $$")[-1] == "proved"
    assert agrees(left, right) or not proved


def test_the_lines_themselves_are_true_and_nearly_all_changes_are_false():
    found = [agrees(left, right) for _, left, right in changes()]
    assert sum(found) >= len(LINES) - 1 and found.count(False) > 0.6 * len(found)


def test_the_lines_themselves_are_proved():
    for *tokens, latex, _, _ in random.Random(3).sample(LINES, 6):
        line = filled(latex, [t for t, _ in tokens], latex=True)
        assert statuses(GIVEN + f"$$ {line} $$")[-1] == "proved", line
