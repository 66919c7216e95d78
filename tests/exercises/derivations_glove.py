"""Right and wrong derivations for the exercise of the chapter on GloVe."""

from derivations import aligned

ERROR = r"\left(u_x^\top v_w + a_w + b_x - \log n_{wx}\right)"
START = rf"\frac{{\partial}}{{\partial u_x}} \sum_w f_{{wx}} {ERROR}^2"
RIGHT = {
    "glove-outside": [
        aligned(
            START,
            rf"&= \sum_w f_{{wx}} \frac{{\partial}}{{\partial u_x}} {ERROR}^2",
            rf"&= 2\sum_w f_{{wx}} {ERROR} v_w",
        )
    ]
}
WRONG = [
    ("glove-outside", aligned(START, rf"&= \sum_w f_{{wx}} {ERROR} v_w"), "Line"),
    ("glove-outside", aligned(START, rf"&= 2\sum_w f_{{wx}} {ERROR} u_x"), "Line"),
]
