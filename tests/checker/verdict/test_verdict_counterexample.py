"""Counterexamples put in by hand: NumPy computes both sides from what is printed, and from nothing else."""

import re
from fractions import Fraction

import numpy as np
import pytest
from lines import NEGATIVE, SOFTMAX, line, wrong

from w2v.checker.verdict.counterexample import counterexample

NEAR = 2e-3  # printed decimals have four digits


def number(value):
    return np.array([number(v) for v in value]) if isinstance(value, list) else float(Fraction(value)) if "e" not in value else float(value)


class Printed:
    """The printed quantities by name: given['u', 3] is u_3."""

    def __init__(self, found):
        self.found = found
        self.sizes, self.indices = found["sizes"], found["indices"]

    def __getitem__(self, name):
        name = name if isinstance(name, str) else f"{name[0]}_{''.join(map(str, name[1:]))}"
        return number(self.found["values"][name])

    def all(self, base):
        """The vectors base_1, base_2, ... as columns."""
        return np.array([number(v) for n, v in sorted(self.found["values"].items()) if re.fullmatch(rf"{base}_\d", n)]).T


def sigma(x):
    return 1 / (1 + np.exp(-x))


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def softmax_left(g):
    """dJ/dv_c of the naive softmax loss from U, c and o."""
    u = g["U"] if "U" in g.found["values"] else g.all("u")
    p = softmax(u.T @ g["v", g.indices["c"]])
    return u @ (p - np.eye(len(p))[g.indices["o"] - 1])


def softmax_word(g):
    """dJ/du_w."""
    u, w = g.all("u"), g.indices["w"]
    p = softmax(u.T @ g["v", g.indices["c"]])
    return (p[w - 1] - (w == g.indices["o"])) * g["v", g.indices["c"]]


def negative_left(g):
    """dJ/dv_c of negative sampling."""
    o, v = g.indices["o"], g["v", g.indices["c"]]
    total = (sigma(g["u", o] @ v) - 1) * g["u", o]
    for k in range(1, g.sizes["K"] + 1):
        u = g["u", g.indices[f"w_{k}"]]
        total = total + sigma(u @ v) * u
    return total


def numeric(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


LINES = [
    (line(SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"U(y - \hat y)"), softmax_left, lambda g: g["U"] @ (g["y"] - g["ŷ"])),
    (line(SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"2 U(\hat y - y)"), softmax_left, lambda g: 2 * g["U"] @ (g["ŷ"] - g["y"])),
    (line(SOFTMAX, r"\frac{\partial J}{\partial u_w}", r"\hat y_w v_c"), softmax_word,
     lambda g: g["ŷ", g.indices["w"]] * g["v", g.indices["c"]]),
    (line(SOFTMAX, r"\frac{\partial J}{\partial u_w}", r"(\hat y_o - y_w) v_c"), softmax_word,
     lambda g: (g["ŷ", g.indices["o"]] - g["y", g.indices["w"]]) * g["v", g.indices["c"]]),
    (line(NEGATIVE, r"\frac{\partial J}{\partial v_c}", r"(\sigma(u_o^\top v_c) - 1) u_o - \sum_{k=1}^K \sigma(u_{w_k}^\top v_c) u_{w_k}"), negative_left,
     lambda g: 2 * (sigma(g["u", g.indices["o"]] @ g["v", g.indices["c"]]) - 1) * g["u", g.indices["o"]] - negative_left(g)),
    (line("", r"\frac{d}{dx} \sigma(x)", r"\sigma(x)"), lambda g: numeric(sigma, g["x"]), lambda g: sigma(g["x"])),
    (line("", r"(a + b)^2", r"a^2 + b^2"), lambda g: (g["a"] + g["b"]) ** 2, lambda g: g["a"] ** 2 + g["b"] ** 2),
    (line(SOFTMAX, r"\sum_{w=1}^{D} \hat y_w", "1"), lambda g: sum(g["ŷ", w] for w in range(1, g.sizes["D"] + 1)), lambda g: 1.0),
    (line(SOFTMAX, r"\sum_{k=1}^{K} \hat y_{w_k}", r"1 - \hat y_o"), lambda g: sum(g["ŷ", g.indices[f"w_{k}"]] for k in range(1, g.sizes["K"] + 1)),
     lambda g: 1 - g["ŷ", g.indices["o"]]),
    (line(r"Let $A \in \mathbb{R}^{m \times n}$ and $x \in \mathbb{R}^n$." + "\n\n", r"\|A x\|^2", r"\|A\|^2 x^\top x"), lambda g: np.sum((g["A"] @ g["x"]) ** 2),
     lambda g: np.sum(g["A"] ** 2) * g["x"] @ g["x"]),
    (line(r"Let $a \in \mathbb{R}^n$ and $b \in \mathbb{R}^n$." + "\n\n", r"a b^\top", r"b a^\top"), lambda g: np.outer(g["a"], g["b"]),
     lambda g: np.outer(g["b"], g["a"])),
    (line(r"Let $L = \frac{1}{N} \sum_{i=1}^{N} (x_i - a)^2$." + "\n\n", r"\frac{\partial L}{\partial a}", r"\frac{2}{N} \sum_{i=1}^{N} (x_i - a)"),
     lambda g: -2 * np.mean([g["x", i] - g["a"] for i in range(1, g.sizes["N"] + 1)]),
     lambda g: 2 * np.mean([g["x", i] - g["a"] for i in range(1, g.sizes["N"] + 1)])),
    (line("", r"\log (x + y)", r"\log x + \log y"), lambda g: np.log(g["x"] + g["y"]), lambda g: np.log(g["x"]) + np.log(g["y"])),
    (line("The target $t$ is a number and $p = \\sigma(z)$. Let $$L = -t \\log p - (1-t) \\log(1-p).$$\n\n", r"\frac{\partial L}{\partial z}", r"t - p"),
     lambda g: numeric(lambda z: -g["t"] * np.log(sigma(z)) - (1 - g["t"]) * np.log(1 - sigma(z)), g["z"]), lambda g: g["t"] - g["p"]),
]


@pytest.mark.parametrize("text, left, right", LINES, ids=[text.rsplit("$$", 2)[-2].strip()[:60] for text, *_ in LINES])
def test_the_printed_numbers_give_the_printed_sides(text, left, right):
    found = counterexample(*wrong(text))
    given = Printed(found)
    assert np.allclose(left(given), number(found["left"]), rtol=NEAR, atol=NEAR)
    assert np.allclose(right(given), number(found["right"]), rtol=NEAR, atol=NEAR)
    assert not np.allclose(number(found["left"]), number(found["right"]), rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("text, names, sizes, indices", [
    (line("", r"(a + b)^2", r"a^2 + b^2"), {"a", "b"}, set(), set()),
    (line("", r"\sigma(-x)", r"\sigma(x)"), {"x"}, set(), set()),
    (line(SOFTMAX, r"\sum_{w=1}^{D} \hat y_w", "1"), {"ŷ_1", "ŷ_2"}, {"D"}, set()),
    (line(SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"U(y - \hat y)"), {"J", "v_1", "U", "y", "ŷ"}, {"D", "V"}, {"c", "o"}),
    (line(SOFTMAX, r"u_o^\top v_c", r"-u_o^\top v_c"), {"u_3", "v_1"}, {"D"}, {"o", "c"}),
    (line(SOFTMAX, r"\hat y_w", r"2 \hat y_w"), {"ŷ_1"}, set(), {"w"}),
])
def test_exactly_the_quantities_of_the_line_are_listed(text, names, sizes, indices):
    found = counterexample(*wrong(text))
    assert (set(found["values"]), set(found["sizes"]), set(found["indices"])) == (names, sizes, indices)


def test_the_smallest_instance_is_shown_in_words():
    found = counterexample(*wrong(line(SOFTMAX, r"\hat y_w", r"2 \hat y_w")))
    assert re.fullmatch(r"w = 1; ŷ_1 = [\d.e-]+: left [\d.e-]+, right [\d.e-]+", found["text"])
    found = counterexample(*wrong(line(SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"U(y - \hat y)")))
    assert found["sizes"] == {"D": 2, "V": 3}
    assert found["text"].startswith("D = 2, V = 3, c = 1, o = 3; U = ((")


def test_a_line_that_fails_only_later_gets_a_larger_instance():
    """Small sizes can agree by chance: then the next instance is taken."""
    found = counterexample(*wrong(line(SOFTMAX, r"\sum_{w=1}^{3} \hat y_w", "1")))
    assert found["left"] != found["right"]


def test_free_values_are_exact_and_decimals_have_four_digits():
    found = counterexample(*wrong(line(SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"U(y - \hat y)")))
    assert all(re.fullmatch(r"-?\d+(/\d+)?", v) for row in found["values"]["U"] for v in row)
    assert all(len(v.replace(".", "").lstrip("0")) <= 4 for v in found["values"]["ŷ"])


def test_sides_that_are_close_are_printed_until_they_differ():
    found = counterexample(*wrong(line("", "x", r"x + \frac{1}{1000000}")))
    assert found["left"] != found["right"]


def test_unknown_functions_are_listed_by_their_values():
    found = counterexample(*wrong(line("", "f(x, y)", "f(y, x)")))
    assert sum(name.startswith("f(") for name in found["values"]) == 2


@pytest.mark.parametrize("text", [line("", "a b", "a + b"), line(SOFTMAX, r"\hat y_w", r"2 \hat y_w")])
def test_a_counterexample_has_its_keys(text):
    found = counterexample(*wrong(text))
    assert set(found) == {"sizes", "indices", "values", "left", "right", "text"}
