"""The proofs with symbolic sizes: each true claim is proved, each wrong one refused."""

import re

import pytest
import sympy as sp

from book import source
from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.every_size import K, V, Z, i, k, o, q, score, sigma, t, u, v, w
from w2v.checks.symbolic.results import all_results
from w2v.checks.symbolic.results.registry import ForAllSizes

average = sp.Sum(sp.exp(score(u, w)) * u[w, i], (w, 0, V - 1)) / Z
pull = sp.Sum(sigma(score(q, k)) * q[k, i], (k, 1, K))

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
        r"Seven gradients, (.*?), are therefore proved once more with symbolic sizes", source("how_it_is_checked")
    )[1]
    assert re.findall(r"[TN]\d+", named) == proved and len(proved) == 7
