"""Answers that are right in unusual ways, and answers that look right and are not: RIGHT (exercise, name, text), WRONG (exercise, words of the feedback, name, text)."""

from derivations import aligned

CENTER = r"\frac{\partial J}{\partial v_c}"
TO_LOSS = r"\frac{\partial}{\partial v_c}\left(-u_o^\top v_c + \log\sum_x \exp(u_x^\top v_c)\right)"
OUT = r"\frac{\partial J}{\partial u_w}"
LOG_Z = r"\log\sum_x \exp(u_x^\top v_c)"
GOOD = aligned(CENTER + "&= " + TO_LOSS, r"&= -u_o + \sum_w \hat y_w u_w", r"&= U(\hat y - y)")
S, O = "softmax-center-vector", "softmax-outside-vectors"

RIGHT = [
    (
        S,
        "entries",
        aligned(
            r"\frac{\partial J}{\partial v_{c,i}} &= -u_{o,i} + \frac{\partial}{\partial v_{c,i}} \log\sum_x \exp(u_x^\top v_c)",
            r"&= -u_{o,i} + \sum_w \hat y_w u_{w,i}",
            r"&= \sum_w (\hat y_w - y_w) u_{w,i}",
        ),
    ),
    (
        S,
        "entries2",
        aligned(
            r"\frac{\partial J}{\partial (v_c)_i} &= -(u_o)_i + \frac{\sum_x \exp(u_x^\top v_c) (u_x)_i}{\sum_x \exp(u_x^\top v_c)}",
            r"&= -(u_o)_i + \sum_w \hat y_w (u_w)_i",
        ),
    ),
    (
        S,
        "entries then vector",
        aligned(
            r"\frac{\partial J}{\partial (v_c)_i} &= -(u_o)_i + \frac{\sum_x \exp(u_x^\top v_c) (u_x)_i}{\sum_x \exp(u_x^\top v_c)}",
            r"&= -(u_o)_i + \sum_w \hat y_w (u_w)_i",
        )
        + "\nHence\n\n$$ "
        + CENTER
        + r" = U(\hat y - y) $$",
    ),
    (
        S,
        "differentials",
        r"With $U$ held fixed,"
        "\n\n"
        r"$$ dJ = -u_o^\top dv_c + \sum_w \hat y_w u_w^\top dv_c = (U(\hat y - y))^\top dv_c $$"
        "\n\nso\n\n$$ " + CENTER + r" = U(\hat y-y) $$",
    ),
    (S, "stated first", "We show that $" + CENTER + r" = U(\hat y - y)$." "\n\n" + GOOD),
    (S, "backwards", aligned(r"U(\hat y - y) &= -u_o + \sum_w \hat y_w u_w", "&= " + TO_LOSS, "&= " + CENTER)),
    (
        S,
        "definition after use",
        aligned(CENTER + r"&= " + TO_LOSS, r"&= -u_o + U \hat y", r"&= U\delta") + "\nwhere $\\delta = \\hat y - y$.\n",
    ),
    (S, "own name for J", r"Let $L = -\log \hat y_o$." "\n\n" + GOOD.replace("partial J", "partial L")),
    (
        S,
        "macros",
        r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}"
        "\n\n"
        + aligned(r"\pd{J}{v_c} &= -u_o + \pd{}{v_c} \log\sum_x \exp(u_x^\top v_c)", r"&= -u_o + \sum_w \hat y_w u_w"),
    ),
    (
        S,
        "chain rule",
        aligned(
            CENTER + r"&= \sum_w \frac{\partial J}{\partial z_w} \frac{\partial z_w}{\partial v_c}",
            r"&= \sum_w (\hat y_w - y_w) u_w",
            r"&= U(\hat y - y)",
        ),
    ),
    (
        S,
        "steps by words",
        "First, the loss is\n\n$$ J = -u_o^\\top v_c + "
        + LOG_Z
        + "$$\n\nThen\n\n"
        + aligned(CENTER + r"&= -u_o + \frac{\partial}{\partial v_c}" + LOG_Z, r"&= -u_o + \sum_w \hat y_w u_w"),
    ),
    (
        S,
        "ones",
        aligned(
            CENTER
            + r"&= \frac{\partial}{\partial v_c}\left(-u_o^\top v_c + \log \mathbf 1^\top \exp(U^\top v_c)\right)",
            r"&= -u_o + \frac{U\exp(U^\top v_c)}{\mathbf 1^\top \exp(U^\top v_c)}",
            r"&= -Uy + U\hat y",
        ),
    ),
    (
        O,
        "any other word",
        "When $w = o$:\n\n"
        + aligned(OUT + r"&= -v_c + \frac{\partial}{\partial u_w}" + LOG_Z, r"&= (\hat y_o - 1) v_c")
        + "\nFor any other word:\n\n"
        + aligned(OUT + r"&= \frac{\partial}{\partial u_w}" + LOG_Z, r"&= \hat y_w v_c"),
    ),
    (
        O,
        "another letter",
        aligned(
            r"\frac{\partial J}{\partial u_k} &= -\frac{\partial u_o^\top v_c}{\partial u_k} + \frac{\partial}{\partial u_k}"
            + LOG_Z,
            r"&= -y_k v_c + \hat y_k v_c",
            r"&= (\hat y_k - y_k) v_c",
        ),
    ),
    (
        O,
        "letter x",
        aligned(
            r"\frac{\partial J}{\partial u_x} &= -\frac{\partial u_o^\top v_c}{\partial u_x} + \frac{\partial}{\partial u_x}\log\sum_w \exp(u_w^\top v_c)",
            r"&= -y_x v_c + \hat y_x v_c",
            r"&= (\hat y_x - y_x) v_c",
        ),
    ),
    (
        O,
        "cases",
        aligned(
            OUT + r"&= -\mathbf{1}[w=o] v_c + \frac{\partial}{\partial u_w}" + LOG_Z,
            r"&= \hat y_w v_c - \mathbf{1}[w=o] v_c",
            r"&= \begin{cases} (\hat y_w - 1) v_c & w = o \\ \hat y_w v_c & w \neq o \end{cases}",
        ),
    ),
    (
        "sigmoid-reflection",
        "from the right",
        aligned(
            r"\sigma(x) &= \frac{1}{1+e^{-x}}", r"&= \frac{e^x}{e^x+1}", r"&= 1 - \frac{1}{1+e^x}", r"&= 1 - \sigma(-x)"
        ),
    ),
    (
        "negative-sampling-negative-vector",
        "in j",
        aligned(
            r"\frac{\partial J}{\partial u_{w_j}} &= -\frac{\partial}{\partial u_{w_j}} \log\sigma(-u_{w_j}^\top v_c)",
            r"&= (1-\sigma(-u_{w_j}^\top v_c)) v_c",
            r"&= \sigma(u_{w_j}^\top v_c) v_c",
        ),
    ),
]
NEG = r"(\sigma(u_o^\top v_c)-1) u_o + \sum_{k=1}^{K} \sigma(u_{w_k}^\top v_c) u_{w_k}"

WRONG = [
    (S, "Line 9 does not hold", "other gradient at the end", GOOD + "\nTherefore $$ " + CENTER + " = " + NEG + " $$"),
    (S, "Line 1 does not hold", "other J", "$$ J = -2\\log\\hat y_o $$\n\n" + GOOD),
    (S, "Line 1 does not hold", "other J named", "The loss is $J = -2\\log\\hat y_o$.\n\n" + GOOD),
    (
        S,
        "Line 1 does not hold",
        "other J let",
        "Let $J := -2\\log\\hat y_o$.\n\n"
        + aligned(
            CENTER + r"&= 2\frac{\partial}{\partial v_c}(-\log\hat y_o)", r"&= -2u_o + 2U\hat y", r"&= 2U(\hat y-y)"
        ),
    ),
    (S, "nothing is derived", "plus 0", aligned(CENTER + r"&= U(\hat y-y) + 0", r"&= U(\hat y-y)")),
    (S, "nothing is derived", "plus 0 b", aligned(CENTER + r"&= " + CENTER + " + 0", r"&= U(\hat y-y)")),
    (
        S,
        "nothing is derived",
        "times 1",
        aligned(CENTER + r"&= 1\cdot U(\hat y-y)", r"&= U(\hat y-y)", r"&= U(-y+\hat y)"),
    ),
    (S, "nothing is derived", "u-u", aligned(CENTER + r"&= U(\hat y-y) + u_o - u_o", r"&= U(\hat y-y)")),
    (S, "nothing is derived", "nabla", aligned(CENTER + r"&= \nabla_{v_c} J", r"&= U(\hat y-y)")),
    (
        S,
        "nothing is derived",
        "J written out",
        aligned(CENTER + r"&= \frac{\partial}{\partial v_c}(-\log\hat y_o)", r"&= U(\hat y-y)"),
    ),
    (S, "nothing is derived", "by definition", "By definition\n\n$$ " + CENTER + r" := U(\hat y-y) $$"),
    (
        S,
        "nothing is derived",
        "by definition g",
        r"Let $g = U(\hat y - y)$. By definition" "\n\n" + aligned(CENTER + "&= g", r"&= U(\hat y-y)"),
    ),
    (
        S,
        "nothing is derived",
        "by definition g2",
        r"Let $g = " + CENTER + "$.\n\n" + aligned("g &= g + 0", r"&= U(\hat y-y)"),
    ),
    (
        "negative-sampling-center-vector",
        "Line 3 does not hold",
        "other bound",
        aligned(
            CENTER
            + r"&= -\frac{\partial \log\sigma(u_o^\top v_c)}{\partial v_c} - \frac{\partial}{\partial v_c}\sum_{k=1}^{V}\log\sigma(-u_{w_k}^\top v_c)",
            r"&= (\sigma(u_o^\top v_c)-1) u_o + \sum_{k=1}^{V} \sigma(u_{w_k}^\top v_c) u_{w_k}",
        ),
    ),
    (
        "negative-sampling-center-vector",
        "Line 1 does not hold: K = 1",
        "one draw",
        "Let $K = 1$.\n\n"
        + aligned(
            CENTER
            + r"&= -\frac{\partial \log\sigma(u_o^\top v_c)}{\partial v_c} - \frac{\partial}{\partial v_c}\log\sigma(-u_{w_1}^\top v_c)",
            r"&= (\sigma(u_o^\top v_c)-1) u_o + \sigma(u_{w_1}^\top v_c) u_{w_1}",
        ),
    ),
    (
        "negative-sampling-center-vector",
        "Line 3 does not hold",
        "K-1",
        aligned(
            CENTER
            + r"&= -\frac{\partial \log\sigma(u_o^\top v_c)}{\partial v_c} - \frac{\partial}{\partial v_c}\sum_{k=1}^{K-1}\log\sigma(-u_{w_k}^\top v_c)",
            r"&= (\sigma(u_o^\top v_c)-1) u_o + \sum_{k=1}^{K-1} \sigma(u_{w_k}^\top v_c) u_{w_k}",
        ),
    ),
    (
        O,
        "nothing is derived",
        "only stated",
        "When $w = o$:\n\n$$"
        + OUT
        + r" = (\hat y_o - 1)v_c$$"
        + "\n\nFor any other word:\n\n$$"
        + OUT
        + r" = \hat y_w v_c $$",
    ),
    (
        S,
        "neither proved nor refuted",
        "suppose",
        "Suppose $\\hat y = y$.\n\n" + aligned(CENTER + r"&= U(\hat y-y)", "&= U0", "&= 0"),
    ),
    (
        S,
        "not what was asked",
        "constant o",
        "Let $o = c$.\n\n" + aligned(CENTER + "&= " + TO_LOSS, r"&= -u_c + U\hat y"),
    ),
    (
        "skip-gram-center-vector",
        "no chain starts from",
        "one pair",
        aligned(CENTER + "&= " + TO_LOSS, r"&= -u_o + U\hat y", r"&= U(\hat y-y)"),
    ),
]
