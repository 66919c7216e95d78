"""What stands before the answer to an exercise by hand: the loss and what may be assumed, as the checker reads them."""


def stated(*sentences, fixed=True):
    """A prelude of sentences and displays; the names of the course keep their meaning in the text that follows."""
    return "\n\n".join(("<!-- check: fixed -->",) * fixed + sentences)


def display(latex):
    return f"$$ {latex} $$"


NAIVE = (
    r"<!-- check: J = naive-softmax -->",
    r"The loss of a pair is the naive softmax loss",
    display(r"J(v_c, o, U) = -\log \hat y_o"),
)
SAMPLED = (
    r"<!-- check: J = negative-sampling -->",
    r"The loss of a pair is the negative-sampling loss",
    display(r"J(v_c, o, U) = -\log\sigma(u_o^\top v_c) - \sum_{k=1}^{K} \log\sigma(-u_{w_k}^\top v_c)"),
)
SKIP_GRAM = (
    *NAIVE,
    "The loss of a window is",
    display(r"J_{\text{skip-gram}} = \sum_{-m \le j \le m,\, j \ne 0} J(v_c, w_{t+j}, U)"),
)
PATH = (
    r"The path of a word has $L$ steps. The signs are $s_j \in \{-1, 1\}$, and $a_1, \dots, a_L$ are $D$-vectors, the columns of $A$. The loss of a path is",
    display(r"J = -\sum_{j=1}^{L} \log\sigma(s_j a_j^\top v_c)"),
)
CBOW_SAMPLED = (
    r"The word that is predicted is $c$, and the mean vector of its window is $\bar v$. The loss is",
    display(r"J = -\log\sigma(u_c^\top \bar v) - \sum_{k=1}^{K} \log\sigma(-u_{w_k}^\top \bar v)"),
)
