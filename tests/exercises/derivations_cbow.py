"""Right and wrong derivations for the exercises of the chapter on CBOW."""

from derivations import aligned

MEAN, READ = r"\frac{\partial}{\partial \bar v}", r"\frac{\partial}{\partial v_w}"
WINDOW = r"\sum_{-m \le j \le m,\, j \ne 0}"
SOFTMAX = MEAN + r"\left(-u_c^\top \bar v + \log\sum_x \exp(u_x^\top \bar v)\right)"
SAMPLED = MEAN + r"\left(-\log\sigma(u_c^\top \bar v) - \sum_{i=1}^{K} \log\sigma(-u_{w_i}^\top \bar v)\right)"
SCORE = rf"{READ} \left(\frac{{1}}{{2m}} {WINDOW} u_x^\top v_{{w_{{t+j}}}}\right)"
QUOTIENT = r"&= -u_c + \frac{1}{\sum_w \exp(u_w^\top \bar v)} \sum_x \exp(u_x^\top \bar v)\, u_x"
REFLECTED = r"&= -(1-\sigma(u_c^\top \bar v)) u_c + \sum_{i=1}^{K} (1-\sigma(-u_{w_i}^\top \bar v)) u_{w_i}"
TERMS = rf"&= \frac{{1}}{{2m}} {WINDOW} {READ} u_x^\top v_{{w_{{t+j}}}}"
COUNTED = rf"\frac{{1}}{{2m}} {WINDOW} \mathbf{{1}}[w_{{t+j}}=w]\, u_x"

RIGHT = {
    "cbow-mean-vector-sampled": [
        aligned(
            SAMPLED,
            REFLECTED,
            r"&= (\sigma(u_c^\top \bar v)-1) u_c + \sum_{i=1}^{K} \sigma(u_{w_i}^\top \bar v)\, u_{w_i}",
        )
    ],
    "cbow-read-vector": [aligned(SCORE, TERMS, "&= " + COUNTED)],
}

WRONG = [
    (
        "cbow-mean-vector-sampled",
        aligned(
            SAMPLED,
            REFLECTED,
            r"&= (\sigma(u_c^\top \bar v)-1) u_c + \sum_{i=1}^{K} \sigma(-u_{w_i}^\top \bar v)\, u_{w_i}",
        ),
        "does not hold",
    ),
    ("cbow-mean-vector-sampled", aligned(SOFTMAX, QUOTIENT), "no chain starts from"),
    ("cbow-read-vector", aligned(SCORE, TERMS, rf"&= {WINDOW} \mathbf{{1}}[w_{{t+j}}=w]\, u_x"), "does not hold"),
    ("cbow-read-vector", aligned(SCORE, TERMS, r"&= \frac{1}{2m} u_x"), "does not hold"),
]
