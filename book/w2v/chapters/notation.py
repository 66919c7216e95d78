"""The symbols of the book, once: for prose, formulas and code alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Symbol:
    """One row of the notation table: TeX, the word used in prose, the name in code, both shapes."""

    tex: str
    prose: str
    code: str
    written_shape: str
    code_shape: str


SYMBOLS = (
    Symbol("V", "size of the vocabulary", "len(U)", "number", "int"),
    Symbol("D", "dimension of the word vectors", "U.shape[1]", "number", "int"),
    Symbol("c", "center word", "center", "word", "int"),
    Symbol("o", "outside word", "o, outside", "word", "int"),
    Symbol("v_c", "center vector", "v_c", r"D\times 1", "(D,)"),
    Symbol("u_w", "outside vector of word w", "U[w]", r"D\times 1", "(D,)"),
    Symbol("U", "table of outside vectors", "U, outside_vectors", r"D\times V", "(vocabulary, D)"),
    Symbol("V", "also: table of center vectors", "V, center_vectors", r"D\times V", "(vocabulary, D)"),
    Symbol("z_w = u_w^\\top v_c", "score of word w", "scores[w]", "number", "float"),
    Symbol("Z", "normaliser, the sum of the exponentiated scores", "", "number", "float"),
    Symbol(r"\hat y", "predicted distribution", "y_hat", r"V\times 1", "(vocabulary,)"),
    Symbol(r"\bar u = U\hat y", "expected outside vector", "y_hat @ U", r"D\times 1", "(D,)"),
    Symbol("y", "observed distribution; one-hot at o unless said otherwise", "y", r"V\times 1", "(vocabulary,)"),
    Symbol("J", "loss, in nats", "loss", "number", "float"),
    Symbol("K", "number of negative samples", "len(negatives)", "number", "int"),
    Symbol(r"w_1,\dots,w_K", "negative samples, repeats allowed", "negatives", "K words", "(K,) ints"),
    Symbol(
        "m_w",
        "how often word w is among the negative samples",
        "np.bincount(negatives, minlength=len(U))[w]",
        "number",
        "int",
    ),
    Symbol("s_w", "sigmoid of the score of word w", "sigmoid(scores)[w]", "number", "float"),
    Symbol("q_w", "chance of word w in a draw of a negative", "noise_distribution(counts)[w]", "number", "float"),
    Symbol("r_w", "share of word w beside a center word", "", "number", ""),
    Symbol("m", "size of the context window, on each side", "window", "number", "int"),
    Symbol("w_{t+j}", "outside word at distance j from position t", "outside", "word", "int"),
    Symbol(r"\bar v", "mean of the context vectors (CBOW)", "context_vector(outside, V)", r"D\times 1", "(D,)"),
    Symbol("a_{w,j}", "inner vector at step j of the path of w", "inner[node]", r"D\times 1", "(D,)"),
    Symbol("s_{w,j}", "sign of that step, 1 for yes and -1 for no", "sign", "number", "int"),
    Symbol("L_w", "length of the path of w", "tree.lengths[w]", "number", "int"),
    Symbol("p_w", "probability of w at its leaf", "word_probabilities(v_c, inner, tree)[w]", "number", "float"),
    Symbol("n_{wx}", "how often x stands beside w", "counts[w, x]", "number", "float"),
    Symbol("f_{wx}", "weight of the pair (GloVe)", "weights[w, x]", "number", "float"),
    Symbol("a_w, b_x", "bias of a center word, of an outside word (GloVe)", "a[w], b[x]", "number", "float"),
    Symbol(r"\alpha", "learning rate", "learning_rate", "number", "float"),
    Symbol(r"\sigma", "sigmoid, entrywise", "sigmoid", "as its argument", "as its argument"),
    Symbol(r"\odot", "entrywise product", "*", "", ""),
    Symbol(r"\mathbf{1}[x=w]", "1 if x is the word w, else 0", "x == w", "number", "bool"),
)


def notation_table() -> str:
    """The notation table as Markdown.

    >>> print(notation_table().splitlines()[2])
    | $V$ | size of the vocabulary | `len(U)` | number | int |
    """
    lines = ["| formula | in prose | in code | shape, written | shape, in code |", "| --- | --- | --- | --- | --- |"]
    for s in SYMBOLS:
        code = f"`{s.code}`" if s.code else ""
        written = f"${s.written_shape}$" if "times" in s.written_shape else s.written_shape
        lines.append(f"| ${s.tex}$ | {s.prose} | {code} | {written} | {s.code_shape} |")
    return "\n".join(lines)
