"""The proofs with symbolic sizes: each true claim is proved, each wrong one refused."""

import re

import pytest
import sympy as sp

from book import source
from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.every_size import K, M, V, Z, g, i, k, m, n, o, q, score, sigma, t, u, v, w, y
from w2v.checks.symbolic.results import all_results
from w2v.checks.symbolic.results.registry import ForAllSizes

average = sp.Sum(sp.exp(score(u, w)) * u[w, i], (w, 0, V - 1)) / Z
pull = sp.Sum(sigma(score(q, k)) * q[k, i], (k, 1, K))
counted = sp.Sum(m[w] * sigma(score(u, w)) * u[w, i], (w, 0, V - 1))
seen, s_t = sp.KroneckerDelta(t, o), sigma(score(u, t))

WRONG = {
    every_size.softmax_center: [u[o, i] - average, average, average + u[o, i], average - u[t, i]],
    every_size.softmax_outside: [
        (sp.exp(score(u, t)) / Z) * v[i],
        (sp.KroneckerDelta(t, o) - sp.exp(score(u, t)) / Z) * v[i],
        (sp.exp(score(u, t)) / Z - 1) * v[i],
    ],
    every_size.negative_center: [
        (sigma(score(u, o)) - 1) * u[o, i] - pull,
        sigma(score(u, o)) * u[o, i] + pull,
        (sigma(score(u, o)) - 1) * u[o, i] + pull / K,
        (sigma(score(u, o)) - 1) * u[o, i],
    ],
    every_size.negative_outside: [
        (1 - sigma(score(u, o))) * v[i],
        sigma(score(u, o)) * v[i],
        (sigma(score(u, o)) - 1) * u[o, i],
    ],
    every_size.negative_sample: [
        -sigma(score(q, t)) * v[i],
        (sigma(score(q, t)) - 1) * v[i],
        sigma(score(q, t)) * q[t, i],
        K * sigma(score(q, t)) * v[i],
    ],
    every_size.counted_center: [
        (sigma(score(u, o)) - 1) * u[o, i] - counted,
        (sigma(score(u, o)) - 1) * u[o, i] + pull,
        sigma(score(u, o)) * u[o, i] + counted,
    ],
    every_size.counted_outside: [
        (s_t * m[t] - seen) * v[i],  # wrong for the seen word only
        (s_t * seen + m[t] - seen) * v[i],  # wrong for the drawn words
        (s_t * (seen + m[t]) - 1) * v[i],  # wrong for the words that were not seen
    ],
    every_size.soft_center: [average - u[o, i], average, average - y[o] * u[o, i]],
    every_size.soft_outside: [(sp.exp(score(u, t)) / Z - seen) * v[i], (y[t] - sp.exp(score(u, t)) / Z) * v[i]],
    every_size.read_vector: [g[i], n[t] * g[i], n[t] / M * g[t], n[i] / M * g[i]],
    every_size.window_sum: [
        lambda f, x: M * sp.diff(f(1, x), x),
        lambda f, x: sp.Sum(sp.diff(f(k, x), x), (k, 1, M - 1)),
    ],
}


@pytest.mark.parametrize("proof", WRONG, ids=lambda proof: proof.__name__)
def test_the_claim_is_proved(proof):
    assert proof() is True


@pytest.mark.parametrize("proof, claim", [(proof, claim) for proof, claims in WRONG.items() for claim in claims])
def test_a_wrong_claim_is_refused(proof, claim):
    with pytest.raises(AssertionError, match="expected 0"):
        proof(claim)


def test_an_unknown_condition_on_an_index_is_not_guessed():
    outside_the_ranges = sp.Piecewise((1, t <= K - 7), (0, True))
    with pytest.raises(every_size.Undecided, match="cannot decide"):
        every_size._in_range(outside_the_ranges)


def test_the_page_names_the_results_that_are_proved_with_symbolic_sizes():
    proved = [
        id
        for id, result in all_results().items()
        if any(isinstance(s, ForAllSizes) for s in result.statements(result.cases[0]))
    ]
    named = re.search(
        r"The final gradients, (.*?), are therefore proved once more with symbolic sizes", source("how_it_is_checked")
    )[1]
    assert re.findall(r"[TN]\d+", named) == proved and "T07" in proved
