"""Proofs with symbolic sizes: V, D and K are integer symbols, the words and entries are indices.

Derivatives of indexed sums give Kronecker deltas, summed deltas give Piecewise expressions with
conditions on the indices. `_in_range` picks the branch in which the stated ranges hold and raises
if it does not know a condition: a proof must never rest on a branch chosen by default.
"""

import sympy as sp

V, D, K, M = sp.symbols("V D K M", integer=True, positive=True)
u, q, v, m, y, n, r, g = (sp.IndexedBase(name, real=True) for name in "uqvmynrg")
o, w, t, k, i, j = sp.symbols("o w t k i j", integer=True, nonnegative=True)
RANGES = {i <= D - 1, t <= V - 1, t <= K, t <= M, t >= 1}  # entry i of D, word t of V, sample or step t of 1..K or 1..M


class Undecided(AssertionError):
    """A condition on the indices that the stated ranges do not settle."""


def score(table, word):
    """sum_j table[word, j] v[j], a dot product of D terms."""
    return sp.Sum(table[word, j] * v[j], (j, 0, D - 1))


def sigma(x):
    return 1 / (1 + sp.exp(-x))


Z = sp.Sum(sp.exp(score(u, w)), (w, 0, V - 1))
NAIVE_SOFTMAX = -score(u, o) + sp.log(Z)
NEGATIVE_SAMPLING = -sp.log(sigma(score(u, o))) - sp.Sum(sp.log(sigma(-score(q, k))), (k, 1, K))
# The same with word w drawn m_w times, repeats and draws of o included; m_w may be any number, such as the mean K q_w.
COUNTED_SAMPLING = -sp.log(sigma(score(u, o))) - sp.Sum(m[w] * sp.log(sigma(-score(u, w))), (w, 0, V - 1))
LABELS = sp.Sum(y[w], (w, 0, V - 1))  # 1 by assumption; put in after differentiating
SOFT_LABEL = LABELS * sp.log(Z) - sp.Sum(y[w] * score(u, w), (w, 0, V - 1))
# A path with K steps to the yes side, at the inner vectors u_1..u_K, and M to the no side, at q_1..q_M, in any order.
HIERARCHICAL_SOFTMAX = -sp.Sum(sp.log(sigma(score(u, k))), (k, 1, K)) - sp.Sum(sp.log(sigma(-score(q, k))), (k, 1, M))


def softmax_center(claim=None):
    """d J_naive-softmax / d v_i = sum_w y_hat_w u_wi - u_oi for every V, D, o and i."""
    claim = sp.Sum(sp.exp(score(u, w)) * u[w, i], (w, 0, V - 1)) / Z - u[o, i] if claim is None else claim
    return _proved(NAIVE_SOFTMAX, v[i], claim)


def softmax_outside(claim=None):
    """d J_naive-softmax / d u_ti = (y_hat_t - 1[t=o]) v_i for every V, D, o, t and i."""
    claim = (sp.exp(score(u, t)) / Z - sp.KroneckerDelta(t, o)) * v[i] if claim is None else claim
    return _proved(NAIVE_SOFTMAX, u[t, i], claim)


def negative_center(claim=None):
    """d J_neg-sample / d v_i = (sigma_o - 1) u_oi + sum_k sigma_k q_ki, with q_k the k-th negative's vector."""
    claim = (
        (sigma(score(u, o)) - 1) * u[o, i] + sp.Sum(sigma(score(q, k)) * q[k, i], (k, 1, K)) if claim is None else claim
    )
    return _proved(NEGATIVE_SAMPLING, v[i], claim)


def negative_outside(claim=None):
    """d J_neg-sample / d u_oi = (sigma_o - 1) v_i, no negative being o."""
    return _proved(NEGATIVE_SAMPLING, u[o, i], (sigma(score(u, o)) - 1) * v[i] if claim is None else claim)


def negative_sample(claim=None):
    """d J_neg-sample / d q_ti = sigma_t v_i, the negatives being distinct and none of them o."""
    return _proved(NEGATIVE_SAMPLING, q[t, i], sigma(score(q, t)) * v[i] if claim is None else claim)


def counted_center(claim=None):
    """d J / d v_i = (sigma_o - 1) u_oi + sum_w m_w sigma_w u_wi, word w being drawn m_w times: U (s * (y + m) - y)."""
    pull = sp.Sum(m[w] * sigma(score(u, w)) * u[w, i], (w, 0, V - 1))
    return _proved(COUNTED_SAMPLING, v[i], (sigma(score(u, o)) - 1) * u[o, i] + pull if claim is None else claim)


def counted_outside(claim=None):
    """d J / d u_ti = (sigma_t (1[t=o] + m_t) - 1[t=o]) v_i for every word t, drawn m_t times: 0 if it is not o and m_t is 0."""
    seen = sp.KroneckerDelta(t, o)
    return _proved(
        COUNTED_SAMPLING, u[t, i], (sigma(score(u, t)) * (seen + m[t]) - seen) * v[i] if claim is None else claim
    )


def soft_center(claim=None):
    """d J_soft-label / d v_i = sum_w y_hat_w u_wi - sum_w y_w u_wi, the labels adding up to 1."""
    expected = sp.Sum(sp.exp(score(u, w)) * u[w, i], (w, 0, V - 1)) / Z
    return _proved(SOFT_LABEL, v[i], expected - sp.Sum(y[w] * u[w, i], (w, 0, V - 1)) if claim is None else claim)


def soft_outside(claim=None):
    """d J_soft-label / d u_ti = (y_hat_t - y_t) v_i, the labels adding up to 1."""
    return _proved(SOFT_LABEL, u[t, i], (sp.exp(score(u, t)) / Z - y[t]) * v[i] if claim is None else claim)


def read_vector(claim=None):
    """d J / d r_ti = (n_t / M) g_i for any loss with the gradient g at the mean (1/M) sum_w n_w r_w of M words."""
    mean = sp.Sum(n[w] * r[w, j], (w, 0, V - 1)) / M
    by_chain_rule = sp.Sum(g[j] * sp.diff(mean, r[t, i]), (j, 0, D - 1))
    return _vanishes(_resolved(by_chain_rule) - (n[t] / M * g[i] if claim is None else claim), r[t, i])


def window_sum(claim=None):
    """d/dx sum_j f_j(x) = sum_j f_j'(x) for M terms, whatever the functions: a window of any length, any loss of a pair."""
    x, f = sp.Symbol("x", real=True), sp.Function("f")
    claim = sp.Sum(sp.diff(f(k, x), x), (k, 1, M)) if claim is None else claim(f, x)
    return _vanishes(sp.diff(sp.Sum(f(k, x), (k, 1, M)), x) - claim, x)


def path_center(claim=None):
    """d J_hierarchical-softmax / d v_i = sum_yes (sigma_k - 1) u_ki + sum_no sigma_k q_ki."""
    yes = sp.Sum((sigma(score(u, k)) - 1) * u[k, i], (k, 1, K))
    return _proved(
        HIERARCHICAL_SOFTMAX, v[i], yes + sp.Sum(sigma(score(q, k)) * q[k, i], (k, 1, M)) if claim is None else claim
    )


def path_yes(claim=None):
    """d J_hierarchical-softmax / d u_ti = (sigma_t - 1) v_i for a step t to the yes side."""
    return _proved(HIERARCHICAL_SOFTMAX, u[t, i], (sigma(score(u, t)) - 1) * v[i] if claim is None else claim)


def path_no(claim=None):
    """d J_hierarchical-softmax / d q_ti = sigma_t v_i for a step t to the no side."""
    return _proved(HIERARCHICAL_SOFTMAX, q[t, i], sigma(score(q, t)) * v[i] if claim is None else claim)


def _proved(loss, variable, claim):
    """True if d loss / d variable = claim; AssertionError otherwise."""
    derivative = _resolved(sp.diff(loss, variable)).subs(LABELS, 1)
    return _vanishes(_abstract(derivative - claim), variable)


def _vanishes(remainder, variable):
    """True if a derivative minus a claim is 0, for equal and for different indices; AssertionError otherwise."""
    if any(_rational(_without_sums(case)) != 0 for case in _cases(remainder)):
        raise AssertionError(f"d/d{variable}: expected 0 for derivative minus claim, got {remainder}")
    return True


def _cases(expression):
    """`expression` with each Kronecker delta decided both ways."""
    delta = next(iter(sorted(expression.atoms(sp.KroneckerDelta), key=sp.default_sort_key)), None)
    if delta is None:
        return [expression]
    one, other = delta.args
    return _cases(expression.xreplace({delta: sp.Integer(0)})) + _cases(
        expression.xreplace({delta: sp.Integer(1)}).xreplace({one: other})
    )


def _resolved(expression):
    """`expression` with its delta sums carried out and every Piecewise decided."""
    before = None
    while expression != before:
        before = expression
        expression = expression.doit().replace(lambda e: isinstance(e, sp.Piecewise), _in_range)
    return expression


def _in_range(piecewise):
    value, condition = piecewise.args[0]
    known = {r: sp.true for r in condition.atoms(sp.core.relational.Relational) if r in RANGES or r.reversed in RANGES}
    if condition.xreplace(known) != True:  # noqa: E712, a SymPy truth value
        raise Undecided(f"cannot decide {condition} from the ranges {RANGES}")
    return value


def _abstract(expression):
    """Scores become uninterpreted functions of the word; exp(n s) becomes E(word)**n."""
    for sum_ in sorted(expression.atoms(sp.Sum), key=sp.default_sort_key):
        if sum_.limits[0][0] == j:
            rows = [a for a in sum_.function.atoms(sp.Indexed) if len(a.indices) == 2]
            if len(rows) != 1 or sum_ != score(rows[0].base, rows[0].indices[0]):
                raise Undecided(f"expected a score, got {sum_}")
            name = sp.Function(f"s_{rows[0].base}", real=True)
            expression = expression.subs(sum_, name(rows[0].indices[0]))
    return expression.replace(sp.exp, _positive_power)


def _positive_power(exponent):
    factors = []
    for atom, times in exponent.as_coefficients_dict().items():
        factors.append(sp.Function(f"E_{atom.func}", positive=True)(*atom.args) ** times)
    return sp.Mul(*factors)


def _without_sums(expression):
    """Merges all sums over one range into one; it vanishes if its summand does."""
    summands, rest = {}, []
    for term in sp.Add.make_args(sp.expand(expression)):
        sums = [factor for factor in sp.Mul.make_args(term) if isinstance(factor, sp.Sum)]
        if len(sums) != 1:
            rest.append(term)
            continue
        outer = sp.Mul(*(factor for factor in sp.Mul.make_args(term) if factor is not sums[0]))
        summands.setdefault(sums[0].limits, []).append(outer * sums[0].function)
    left = [
        sp.Sum(_rational(sp.Add(*terms)), *limits)
        for limits, terms in summands.items()
        if _rational(sp.Add(*terms)) != 0
    ]
    return sp.Add(*rest, *left)


def _rational(expression):
    return sp.cancel(sp.together(expression))
