"""Right and wrong derivations for the exercise of the chapter on the second derivative."""

from derivations import aligned

Z = r"\sum_x \exp(u_x^\top v_c)"
START = rf"\frac{{\partial}}{{\partial v_c}} \frac{{\exp(u_w^\top v_c)}}{{{Z}}}"
QUOTIENT = (
    rf"&= \frac{{\exp(u_w^\top v_c)\, u_w}}{{{Z}}}"
    rf" - \frac{{\exp(u_w^\top v_c) \sum_x \exp(u_x^\top v_c)\, u_x}}{{\left({Z}\right)^2}}"
)

RIGHT = {
    "second-derivative-prediction": [
        aligned(START, QUOTIENT, r"&= \hat y_w \left(u_w - \sum_x \hat y_x u_x\right)"),
        aligned(START, QUOTIENT, r"&= \hat y_w u_w - \hat y_w U\hat y", r"&= \hat y_w (u_w - U\hat y)"),
    ]
}
WRONG = [
    ("second-derivative-prediction", aligned(START, QUOTIENT, r"&= \hat y_w (U\hat y - u_w)"), "does not hold"),
    ("second-derivative-prediction", aligned(START, QUOTIENT), "unfinished"),
]
