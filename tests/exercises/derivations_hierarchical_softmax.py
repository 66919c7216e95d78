"""Right and wrong derivations for the exercises of the chapter on the hierarchical softmax."""

from derivations import aligned

CENTER, INNER = r"\frac{\partial J}{\partial v_c}", r"\frac{\partial J}{\partial a_j}"
TERMS = r"-\sum_{j=1}^{L} \frac{\partial \log\sigma(s_j a_j^\top v_c)}{\partial v_c}"
SIGNED = r"\sum_{j=1}^{L} (\sigma(s_j a_j^\top v_c)-1) s_j a_j"
ANSWERS = "The answers are\n\n" + r"$$b_j = \frac{1+s_j}{2}$$" + "\n\n"

RIGHT = {
    "hierarchical-softmax-center-vector": [
        aligned(CENTER + "&= " + TERMS, "&= " + SIGNED),
        ANSWERS
        + aligned(
            CENTER + "&= " + TERMS,
            "&= " + SIGNED,
            r"&= \sum_{j=1}^{L} (\sigma(a_j^\top v_c)-b_j) a_j",
            r"&= A(\sigma(A^\top v_c)-b)",
        ),
        "Words are rows here.\n\n<!-- check: rows -->\n"
        + ANSWERS
        + aligned(CENTER + "&= " + TERMS, "&= " + SIGNED, r"&= A^\top(\sigma(A v_c)-b)"),
    ]
}

WRONG = [
    (
        "hierarchical-softmax-center-vector",
        aligned(CENTER + "&= " + TERMS, r"&= \sum_{j=1}^{L} (\sigma(s_j a_j^\top v_c)-1) a_j"),
        "Line 4 does not hold",
    ),
    (
        "hierarchical-softmax-center-vector",
        aligned(CENTER + "&= " + TERMS, r"&= \sum_{j=1}^{L} (1-\sigma(s_j a_j^\top v_c)) s_j a_j"),
        "Counterexample",
    ),
    (
        "hierarchical-softmax-center-vector",
        aligned(CENTER + "&= " + TERMS, r"&= (\sigma(s_j a_j^\top v_c)-1) s_j a_j"),
        "Line 4",
    ),
    ("hierarchical-softmax-center-vector", "$$" + CENTER + " = " + TERMS + "$$", "unfinished"),
    ("hierarchical-softmax-center-vector", "$$" + CENTER + " = " + SIGNED + "$$", "nothing is derived"),
    (
        "hierarchical-softmax-center-vector",
        aligned(INNER + r"&= -(1-\sigma(s_j a_j^\top v_c)) s_j v_c", r"&= (\sigma(s_j a_j^\top v_c)-1) s_j v_c"),
        "no chain starts from",
    ),
]
