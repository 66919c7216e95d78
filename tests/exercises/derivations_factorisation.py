"""Right and wrong derivations for the exercises of the chapter on factorisation."""

from derivations import aligned

CELL = r"\frac{\partial}{\partial z_{wx}} \left(-n_{wx} \log\sigma(z_{wx}) - d_{wx} \log\sigma(-z_{wx})\right)"
TWO = r"&= -n_{wx} (1-\sigma(z_{wx})) + d_{wx} (1-\sigma(-z_{wx}))"
ROW = r"\frac{\partial}{\partial v_w} \left(-\sum_x \left(n_{wx} \log\sigma(u_x^\top v_w) + d_{wx} \log\sigma(-u_x^\top v_w)\right)\right)"
SLOPES = r"&= -\sum_x \left(n_{wx} (1-\sigma(u_x^\top v_w)) - d_{wx} \sigma(u_x^\top v_w)\right) u_x"

RIGHT = {
    "factorisation-slope": [
        aligned(CELL, TWO, r"&= (n_{wx}+d_{wx}) \sigma(z_{wx}) - n_{wx}"),
        aligned(
            CELL,
            r"&= -n_{wx} (1-\sigma(z_{wx})) + d_{wx} \sigma(z_{wx})",
            r"&= (n_{wx}+d_{wx}) \sigma(z_{wx}) - n_{wx}",
        ),
    ],
    "factorisation-row": [
        aligned(ROW, SLOPES, r"&= \sum_x \left((n_{wx}+d_{wx})\sigma(u_x^\top v_w) - n_{wx}\right) u_x")
    ],
}

WRONG = [
    ("factorisation-slope", aligned(CELL, TWO, r"&= (n_{wx}+d_{wx}) \sigma(z_{wx}) - d_{wx}"), "does not hold"),
    ("factorisation-slope", aligned(CELL, r"&= (n_{wx}+d_{wx}) \sigma(z_{wx}) - n_{wx}"), "nothing is derived"),
    (
        "factorisation-row",
        aligned(ROW, SLOPES, r"&= \sum_x \left((n_{wx}+d_{wx})\sigma(u_x^\top v_w) - n_{wx}\right) v_w"),
        "does not hold",
    ),
    ("factorisation-row", aligned(CELL, TWO, r"&= (n_{wx}+d_{wx}) \sigma(z_{wx}) - n_{wx}"), "no chain starts from"),
]
