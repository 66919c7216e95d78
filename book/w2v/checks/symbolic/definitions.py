"""The definitions that the pages display, in SymPy. The build compares each of them with the line as it is printed.
A displayed definition has to be here or in NOT_COMPARED.

DEFINITIONS has the label of the display and the name that it defines, and for it a function of `Quantities` and of the indices.
"""

from dataclasses import dataclass, field

import sympy as sp

from w2v.checks.symbolic.losses import sigma


@dataclass
class Quantities:
    """Everything that a definition may speak of, at one choice of sizes and words: words, draws and entries count from 1.

    sizes: {letter: number}. o, c: words. draws: the K drawn words. window: {offset: word}. names: what each symbol stands for.
    """

    sizes: dict
    o: int
    c: int
    draws: tuple
    window: dict
    names: dict = field(default_factory=dict)

    @property
    def words(self):
        return range(1, self.sizes["V"] + 1)

    @property
    def neighbours(self):
        """The words of the window without its center, one for each place."""
        return [word for offset, word in self.window.items() if offset]

    def number(self, *name):
        """The symbol of a letter with its indices: number("f", 2) is f_2."""
        symbol = sp.Symbol("_".join(map(str, name)), real=True)
        self.names[symbol] = name
        return symbol

    def vector(self, *name):
        return sp.Matrix([self.number(*name, i) for i in range(1, self.sizes["D"] + 1)])

    def u(self, word):
        return self.vector("u", word)

    def v(self, word):
        return self.vector("v", word)

    def score(self, word, center=None):
        """u_w.v_c, or the product with another vector."""
        return self.u(word).dot(self.v(self.c) if center is None else center)

    def window_mean(self):
        """The mean of the center vectors of the neighbours."""
        return sum((self.v(w) for w in self.neighbours), sp.zeros(self.sizes["D"], 1)) / len(self.neighbours)

    def normaliser(self, center=None):
        return sum(sp.exp(self.score(w, center)) for w in self.words)

    def mean_sampling_loss(self):
        """The negative-sampling loss, averaged over draws from q."""
        return -sp.log(sigma(self.score(self.o))) - self.sizes["K"] * sum(
            self.number("q", w) * sp.log(sigma(-self.score(w))) for w in self.words
        )


DEFINITIONS = {
    ("normaliser", "Z"): lambda at: at.normaliser(),
    ("second-derivative-mean", r"\bar u"): lambda at: (
        sum((sp.exp(at.score(w)) * at.u(w) for w in at.words), sp.zeros(at.sizes["D"], 1)) / at.normaliser()
    ),
    ("cbow-occurrences", "n_w"): lambda at, w: at.neighbours.count(w),
    ("cbow-mean", r"\bar v"): lambda at: at.window_mean(),
    ("cbow-draws", "d_w"): lambda at, w: at.draws.count(w),
    ("cbow-draws", "s_w"): lambda at, w: sigma(at.score(w, at.window_mean())),
    ("cbow-softmax-loss", r"J_{\text{naive-softmax}}"): lambda at: (
        -at.score(at.c, at.window_mean()) + sp.log(at.normaliser(at.window_mean()))
    ),
    ("cbow-prediction", r"\hat y_w"): lambda at, w: (
        sp.exp(at.score(w, at.window_mean())) / at.normaliser(at.window_mean())
    ),
    ("cbow-sampling-loss", r"J_{\text{neg-sample}}"): lambda at: (
        -sp.log(sigma(at.score(at.c, at.window_mean())))
        - sum(sp.log(sigma(-at.score(w, at.window_mean()))) for w in at.draws)
    ),
    ("cbow-normalisers", r"\bar Z"): lambda at: at.normaliser(at.window_mean()),
    ("cbow-normalisers", "Z_j"): lambda at, j: at.normaliser(at.v(at.window[j])),
    ("negative-sampling-probability", "s_w"): lambda at, w: sigma(at.score(w)),
    ("negative-sampling-counts", "m_w"): lambda at, w: at.draws.count(w),
    ("negative-sampling-mean", r"\bar J"): Quantities.mean_sampling_loss,
    ("negative-sampling-expected", "L"): lambda at: (
        -sum(at.number("r", x) * sp.log(sigma(at.score(x))) for x in at.words)
        - at.sizes["K"] * sum(at.number("q", x) * sp.log(sigma(-at.score(x))) for x in at.words)
    ),
    ("negative-sampling-noise", r"\tilde q_w"): lambda at, w: (
        at.number("f", w) ** sp.Rational(3, 4) / sum(at.number("f", x) ** sp.Rational(3, 4) for x in at.words)
    ),
    ("factorisation-counts", "N_w"): lambda at, w: sum(at.number("n", w, x) for x in at.words),
    ("factorisation-counts", "d_{wx}"): lambda at, w, x: at.sizes["K"] * at.number("N", w) * at.number("q", x),
    ("", "z_{wx}^*"): lambda at, w, x: sp.log(at.number("n", w, x)) - sp.log(at.number("d", w, x)),
    ("hierarchical-softmax-probability", "p_o"): lambda at: sp.prod(
        sigma(at.number("s", j) * at.vector("a", j).dot(at.v(at.c))) for j in range(1, at.sizes["L"] + 1)
    ),
    ("hierarchical-softmax-loss", "J"): lambda at: (
        -sum(sp.log(sigma(at.number("s", j) * at.vector("a", j).dot(at.v(at.c)))) for j in range(1, at.sizes["L"] + 1))
    ),
    ("real-text-mean-loss", r"\bar J"): Quantities.mean_sampling_loss,
    ("skip-gram-tied-softmax", r"\pi_x"): lambda at, x: (
        sp.exp(at.v(x).dot(at.v(at.c))) / sum(sp.exp(at.v(w).dot(at.v(at.c))) for w in at.words)
    ),
}

# What `Quantities` cannot say, or not yet: read and judged by people only.
NOT_COMPARED = {
    ("glove-counts", "N_w"),
    ("glove-counts", "T"),
    ("glove-error", "e_{wx}"),
    ("glove-loss", "L"),
    ("why-vectors-counts", "N_w"),
    ("why-vectors-counts", "T"),
    ("factorisation-loss", "L"),
    ("", "p_{wx}"),
    ("factorisation-cell-slope", "g_{wx}"),
    ("factorisation-factor-loss", r"L_{\text{factors}}"),
    ("", "J"),
    ("hierarchical-softmax-answers", "b_j"),
    ("hierarchical-softmax-length", r"\bar\ell"),
    ("skip-gram-corpus", r"J_{\text{corpus}}"),
}
