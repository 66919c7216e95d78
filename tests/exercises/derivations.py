"""Right and wrong derivations for the exercises by hand, as a student might write them."""


def aligned(*rows):
    return "$$\n\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}\n$$\n"


LOG_Z = r"\log\sum_x \exp(u_x^\top v_c)"
CENTER = r"\frac{\partial J}{\partial v_c}"
OUTSIDE = r"\frac{\partial J}{\partial u_w}"
TO_LOSS = r"\frac{\partial}{\partial v_c}\left(-u_o^\top v_c + \log\sum_x \exp(u_x^\top v_c)\right)"

RIGHT = {
    "cross-entropy-log-sum-exp": [
        aligned(
            r"J &= -\log\hat y_o",
            r"&= -\log\frac{\exp(u_o^\top v_c)}{\sum_w \exp(u_w^\top v_c)}",
            r"&= -u_o^\top v_c + \log\sum_w \exp(u_w^\top v_c)",
        ),
        r"$$-\log\hat y_o = -\left(\log\exp(u_o^\top v_c) - \log\sum_w\exp(u_w^\top v_c)\right) = \log\sum_w\exp(u_w^\top v_c) - u_o^\top v_c$$",
    ],
    "cross-entropy-scores": [
        aligned(
            r"\frac{\partial J}{\partial z_w} &= \frac{\partial}{\partial z_w}\left(-z_o + \log\sum_x \exp(z_x)\right)",
            r"&= -\frac{\partial z_o}{\partial z_w} + \frac{\exp(z_w)}{\sum_x \exp(z_x)}",
            r"&= \hat y_w - y_w",
        ),
        aligned(
            r"\frac{\partial}{\partial z_w}\left(-z_o + \log\sum_x \exp(z_x)\right) &= -\mathbf{1}[w=o] + \frac{\exp(z_w)}{\sum_x \exp(z_x)}",
            r"&= \hat y_w - y_w",
        ),
    ],
    "softmax-center-vector": [
        aligned(CENTER + "&= " + TO_LOSS, r"&= -u_o + \sum_w \hat y_w u_w", r"&= U(\hat y - y)"),
        aligned(CENTER + "&= " + TO_LOSS, r"&= -u_o + \sum_w \hat y_w u_w"),
        "Let $Z$ be the sum.\n"
        + r"$$Z = \sum_w \exp(u_w^\top v_c)$$"
        + "\n"
        + aligned(
            CENTER + r"&= -u_o + \frac{1}{Z}\frac{\partial Z}{\partial v_c}",
            r"&= -u_o + \frac{1}{Z}\sum_w \exp(u_w^\top v_c) u_w",
            r"&= \sum_w (\hat y_w - y_w) u_w",
        ),
        r"\nabla_{v_c} J &= -u_o + U \hat y \\ &= U\hat y - U y \\ &= U(\hat y - y)",
        "Words are rows here, $U$ is V x D.\n\n<!-- check: rows -->\n"
        + aligned(CENTER + "&= " + TO_LOSS, r"&= U^\top \hat y - U^\top y", r"&= U^\top(\hat y - y)"),
        "$$" + CENTER + r" = -u_o + \sum_w \hat y_w u_w$$" + "\n\n$$" + r"-u_o + \sum_w \hat y_w u_w = U(\hat y - y)$$",
    ],
    "softmax-outside-vectors": [
        aligned(
            OUTSIDE + r"&= -\frac{\partial u_o^\top v_c}{\partial u_w} + \frac{\partial}{\partial u_w}" + LOG_Z,
            r"&= -y_w v_c + \hat y_w v_c",
            r"&= (\hat y_w - y_w) v_c",
        ),
        "When $w \\neq o$:\n"
        + aligned(OUTSIDE + r"&= \frac{\partial}{\partial u_w}" + LOG_Z, r"&= \hat y_w v_c")
        + "\nWhen $w = o$:\n"
        + aligned(
            r"\frac{\partial J}{\partial u_o} &= -v_c + \frac{\partial}{\partial u_o}" + LOG_Z, r"&= (\hat y_o - 1) v_c"
        ),
    ],
    "sigmoid-slope": [
        aligned(
            r"\sigma'(x) &= \frac{d}{dx} (1 + e^{-x})^{-1}",
            r"&= \frac{e^{-x}}{(1 + e^{-x})^2}",
            r"&= \sigma(x)\left(1 - \sigma(x)\right)",
        ),
        aligned(
            r"\frac{d}{dx}\frac{1}{1+e^{-x}} &= \frac{1}{1+e^{-x}} \cdot \frac{e^{-x}}{1+e^{-x}}",
            r"&= \sigma(x)\sigma(-x)",
        ),
    ],
    "sigmoid-reflection": [
        aligned(
            r"1 - \sigma(-x) &= 1 - \frac{1}{1 + e^{x}}",
            r"&= \frac{e^{x}}{1 + e^{x}}",
            r"&= \frac{1}{e^{-x} + 1}",
            r"&= \sigma(x)",
        )
    ],
    "negative-sampling-center-vector": [
        aligned(
            CENTER
            + r"&= -\frac{\partial \log\sigma(u_o^\top v_c)}{\partial v_c} - \frac{\partial}{\partial v_c}\sum_{k=1}^{K}\log\sigma(-u_{w_k}^\top v_c)",
            r"&= -(1-\sigma(u_o^\top v_c)) u_o + \sum_{k=1}^{K} (1 - \sigma(-u_{w_k}^\top v_c)) u_{w_k}",
            r"&= (\sigma(u_o^\top v_c)-1) u_o + \sum_{k=1}^{K} \sigma(u_{w_k}^\top v_c) u_{w_k}",
        )
    ],
    "negative-sampling-negative-vector": [
        aligned(
            r"\frac{\partial J}{\partial u_{w_k}} &= -\frac{\partial}{\partial u_{w_k}}\sum_{i=1}^{K}\log\sigma(-u_{w_i}^\top v_c)",
            r"&= (1-\sigma(-u_{w_k}^\top v_c)) v_c",
            r"&= \sigma(u_{w_k}^\top v_c) v_c",
        )
    ],
    "skip-gram-center-vector": [
        aligned(
            r"\frac{\partial J_{\text{skip-gram}}}{\partial v_c} &= \sum_{-m \le j \le m,\, j \ne 0} \frac{\partial}{\partial v_c}\left(-u_{w_{t+j}}^\top v_c + \log\sum_x \exp(u_x^\top v_c)\right)",
            r"&= \sum_{-m \le j \le m,\, j \ne 0} \left(-u_{w_{t+j}} + \sum_w \hat y_w u_w\right)",
            r"&= -\sum_{-m \le j \le m,\, j \ne 0} u_{w_{t+j}} + 2m \sum_w \hat y_w u_w",
        ),
        aligned(
            r"\frac{\partial J_{\text{skip-gram}}}{\partial v_c} &= \sum_{-m \le j \le m,\, j \ne 0} \frac{\partial J(v_c, w_{t+j}, U)}{\partial v_c}",
            r"&= \sum_{-m \le j \le m,\, j \ne 0} \left(-u_{w_{t+j}} + \sum_w \hat y_w u_w\right)",
        ),
    ],
    "skip-gram-outside-vectors": [
        aligned(
            r"\frac{\partial J_{\text{skip-gram}}}{\partial u_w} &= \sum_{-m \le j \le m,\, j \ne 0} \frac{\partial J(v_c, w_{t+j}, U)}{\partial u_w}",
            r"&= \sum_{-m \le j \le m,\, j \ne 0} \left(\hat y_w - \mathbf{1}[w_{t+j}=w]\right) v_c",
            r"&= \left(2m\, \hat y_w - \sum_{-m \le j \le m,\, j \ne 0} \mathbf{1}[w_{t+j}=w]\right) v_c",
        )
    ],
}

STATED = "$$" + CENTER + r" = U(\hat y - y)$$"
SIGN = aligned(CENTER + "&= " + TO_LOSS, r"&= u_o + \sum_w \hat y_w u_w", r"&= U(\hat y + y)")
ONE_CASE = "When $w \\neq o$:\n" + aligned(OUTSIDE + r"&= \frac{\partial}{\partial u_w}" + LOG_Z, r"&= \hat y_w v_c")

WRONG = [  # (exercise, derivation, words that the feedback must contain)
    ("softmax-center-vector", SIGN, "Line 4 does not hold"),
    ("softmax-center-vector", SIGN, "Counterexample: D = 2, V = 3"),
    ("softmax-center-vector", SIGN, "Likely slip: sign"),
    ("softmax-center-vector", STATED, "nothing is derived"),
    ("softmax-center-vector", "$$" + CENTER + " = " + TO_LOSS + "$$", "unfinished"),
    (
        "softmax-center-vector",
        aligned(CENTER + "&= " + TO_LOSS, r"&= -u_o + \frac{\partial}{\partial v_c}" + LOG_Z),
        "unfinished",
    ),
    (
        "softmax-center-vector",
        aligned(r"\frac{\partial}{\partial v_c}" + LOG_Z + r"&= \sum_w \hat y_w u_w", r"&= U \hat y"),
        "not what was asked",
    ),
    (
        "softmax-center-vector",
        aligned(r"\frac{\partial}{\partial v_c}" + LOG_Z + r"&= \sum_w \hat y_w u_w", r"&= U \hat y"),
        "yours starts from",
    ),
    (
        "softmax-center-vector",
        aligned(r"U(\hat y - y) &= U \hat y - U y", r"&= \sum_w \hat y_w u_w - u_o"),
        "no chain starts from",
    ),
    ("softmax-center-vector", RIGHT["softmax-outside-vectors"][0], "no chain starts from"),
    ("softmax-center-vector", RIGHT["negative-sampling-center-vector"][0], "Line 3 does not hold"),
    (
        "softmax-center-vector",
        "<!-- check: J = negative-sampling -->\n" + RIGHT["negative-sampling-center-vector"][0],
        "no chain starts from",
    ),
    ("softmax-center-vector", "I do not know.", "no mathematics"),
    ("softmax-center-vector", "gradient = expected minus observed", "no mathematics"),
    ("softmax-center-vector", "The vector $v_c$ is a column.", "no equation"),
    (
        "softmax-center-vector",
        aligned(CENTER + r"&= -u_o + \sum_w \hat y_w u_w", r"&= \left( U(\hat y - y)"),
        "cannot be read",
    ),
    ("softmax-center-vector", aligned(CENTER + r"&= -u_o + U \hat y", r"&= (\hat y - y) U"), "Line 4"),
    (
        "softmax-center-vector",
        aligned(CENTER + r"&= -u_o + U \hat y", r"&= \left(U(\hat y - y)\right)^\top"),
        "up to a transpose",
    ),
    ("softmax-center-vector", "$$\frac{\\partial J}{\\partial v_c} = U(\\hat y - y)$$", "control character"),
    ("softmax-center-vector", "<!-- check: nonsense -->\n" + STATED, "cannot be read: line 1: check comment"),
    ("softmax-center-vector", "<!-- check: expect refuted -->\n" + SIGN, "does not hold"),
    # Attempts to have another question judged.
    ("softmax-center-vector", "$$J = 0$$\n\n" + aligned(CENTER + "&= 0 + 0", "&= 0"), "Line 1 does not hold: J = 0"),
    ("softmax-center-vector", "$$g = " + CENTER + "$$\n\n" + aligned(CENTER + "&= g + 0", "&= g"), "unfinished"),
    (
        "softmax-center-vector",
        r"$$\hat y = y$$" + "\n\n" + aligned(CENTER + r"&= -u_o + U \hat y", r"&= U(\hat y - y)", "&= 0"),
        "not yet",
    ),
    ("softmax-outside-vectors", ONE_CASE, "for w = o is missing"),
    ("softmax-outside-vectors", ONE_CASE + ONE_CASE.replace("When", "Again, when"), "for w = o is missing"),
    ("softmax-outside-vectors", ONE_CASE.replace(r"\neq", "="), "Line 4 does not hold"),
    (
        "softmax-outside-vectors",
        aligned(OUTSIDE + r"&= \frac{\partial}{\partial u_w}" + LOG_Z, r"&= \hat y_w v_c"),
        "does not hold",
    ),
    (
        "softmax-outside-vectors",
        aligned(OUTSIDE + r"&= -y_w v_c + \frac{\partial}{\partial u_w}" + LOG_Z, r"&= \sum_w (\hat y_w - y_w) v_c"),
        "Line 4",
    ),
    (
        "cross-entropy-log-sum-exp",
        aligned(r"J &= -\log\hat y_o", r"&= -\log\frac{\exp(u_o^\top v_c)}{\sum_w \exp(u_w^\top v_c)}"),
        "unfinished",
    ),
    (
        "cross-entropy-log-sum-exp",
        aligned(r"J &= -\log\hat y_o", r"&= u_o^\top v_c - \log\sum_w \exp(u_w^\top v_c)"),
        "Line 4 does not hold",
    ),
    ("cross-entropy-log-sum-exp", aligned(r"J &= 7", r"&= 3 + 4", r"&= 5 + 2"), "Line 3 does not hold: J = 7"),
    (
        "cross-entropy-scores",
        aligned(
            r"\frac{\partial J}{\partial z_w} &= \frac{\partial}{\partial z_w}\left(-z_o + \log\sum_x \exp(z_x)\right)",
            r"&= \hat y_w - 1",
        ),
        "does not hold",
    ),
    (
        "sigmoid-slope",
        aligned(r"\sigma'(x) &= \frac{d}{dx} (1 + e^{-x})^{-1}", r"&= \frac{e^{-x}}{(1 + e^{-x})^2}"),
        "unfinished",
    ),
    ("sigmoid-slope", aligned(r"\sigma'(x) &= \frac{e^{-x}}{(1 + e^{-x})^2}", r"&= \sigma(x)"), "Line 4 does not hold"),
    (
        "sigmoid-reflection",
        aligned(r"1 - \sigma(-x) &= 1 - \frac{1}{1 + e^{x}}", r"&= \frac{e^{x}}{1 + e^{x}}"),
        "unfinished",
    ),
    (
        "sigmoid-reflection",
        aligned(r"1 - \sigma(-x) &= 1 - \frac{1}{1 + e^{-x}}", r"&= \sigma(x)"),
        "Line 3 does not hold",
    ),
    (
        "sigmoid-reflection",
        aligned(r"\sigma(x) &= \frac{1}{1 + e^{-x}}", r"&= \frac{e^{x}}{1 + e^{x}}"),
        "no chain starts from",
    ),
    (
        "negative-sampling-center-vector",
        aligned(
            CENTER + r"&= -(1-\sigma(u_o^\top v_c)) u_o + \sum_{k=1}^{K} (1 - \sigma(-u_{w_k}^\top v_c)) u_{w_k}",
            r"&= (\sigma(u_o^\top v_c)-1) u_o - \sum_{k=1}^{K} \sigma(u_{w_k}^\top v_c) u_{w_k}",
        ),
        "Line 4 does not hold",
    ),
    ("negative-sampling-negative-vector", RIGHT["negative-sampling-center-vector"][0], "no chain starts from"),
    (
        "negative-sampling-negative-vector",
        aligned(
            r"\frac{\partial J}{\partial u_{w_k}} &= -\frac{\partial}{\partial u_{w_k}}\sum_{i=1}^{K}\log\sigma(-u_{w_i}^\top v_c)",
            r"&= -\sigma(u_{w_k}^\top v_c) v_c",
        ),
        "Line 4 does not hold",
    ),
    (
        "skip-gram-center-vector",
        aligned(
            r"\frac{\partial J_{\text{skip-gram}}}{\partial v_c} &= \sum_{-m \le j \le m,\, j \ne 0} \left(-u_{w_{t+j}} + \sum_w \hat y_w u_w\right)",
            r"&= -\sum_{-m \le j \le m,\, j \ne 0} u_{w_{t+j}} + \sum_w \hat y_w u_w",
        ),
        "Line 4 does not hold",
    ),
    ("skip-gram-center-vector", RIGHT["softmax-center-vector"][0], "not what was asked: no chain starts from"),
    (
        "skip-gram-outside-vectors",
        aligned(
            r"\frac{\partial J_{\text{skip-gram}}}{\partial u_w} &= \sum_{-m \le j \le m,\, j \ne 0} \left(\hat y_w - \mathbf{1}[w_{t+j}=w]\right) v_c",
            r"&= 2m (\hat y_w - 1) v_c",
        ),
        "Line 4 does not hold",
    ),
]

UNANSWERED = [
    None,
    ...,
    "",
    "  \n",
    "$$ $$",
    "$$\n" + CENTER + " = ...\n$$",
    "$$\n" + CENTER + r" = \dots" + "\n$$",
    aligned(CENTER + "&= ?"),
    "...",
    CENTER + r" = \ldots",
]
