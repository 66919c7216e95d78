"""The mathematics in JavaScript, run in quickjs, against NumPy: 1,000 random points and scores of +-800, to 1e-12."""

import json

import numpy as np
import pytest
import quickjs

from w2v.explorers.bundle import bundle, source
from w2v.losses.costs import naive_softmax_cost, negative_sampling_cost
from w2v.losses.functions import (
    cross_entropy,
    entropy,
    log_sigmoid,
    log_softmax,
    log_sum_exp,
    sigmoid,
    sigmoid_derivative,
    softmax,
)
from w2v.losses.pair import (
    naive_softmax_gradients,
    naive_softmax_loss,
    negative_sampling_gradients,
    negative_sampling_loss,
)

POINTS = 1_000


def javascript(text=None):
    """call(name, *arguments) runs a function of maths.js, or of a changed text of it."""
    code = (
        bundle("maths") if text is None else text.replace("export ", "")
    ) + "\nfunction call(json) { const [f, ...args] = JSON.parse(json); return JSON.stringify(eval(f)(...args)); }"
    function = quickjs.Function("call", code)
    return lambda name, *arguments: json.loads(function(json.dumps([name, *arguments], default=lambda x: x.tolist())))


@pytest.fixture(scope="module")
def call():
    return javascript()


def close(found, expected):
    np.testing.assert_allclose(np.array(found, dtype=float), expected, rtol=1e-12, atol=1e-12)


def points(rng, extreme):
    """Arguments (v_c, o, U, negatives); sizes and indices vary, nothing is zero; `extreme` has scores of +-800."""
    vocabulary, D, K = (int(n) for n in (rng.integers(3, 9), rng.integers(2, 6), rng.integers(2, 7)))
    U, v_c = rng.normal(size=(vocabulary, D)) * 2, rng.normal(size=D) * 2
    if extreme:
        U[:, 0], v_c[0] = rng.choice([-1, 1], size=vocabulary) * 400.0, 2.0
    return v_c, int(rng.integers(1, vocabulary)), U, rng.integers(vocabulary, size=K)


@pytest.mark.parametrize("extreme", [False, True])
def test_the_losses_and_gradients(call, extreme):
    check_losses(call, extreme, POINTS)


def check_losses(call, extreme, count):
    rng = np.random.default_rng(5)
    for _ in range(count):
        v_c, o, U, negatives = points(rng, extreme)
        found = call("naiveSoftmax", v_c, o, U)
        close(found["yHat"], softmax(U @ v_c))
        close(found["loss"], naive_softmax_loss(v_c, o, U))
        for part, expected in zip(("gradV", "gradU"), naive_softmax_gradients(v_c, o, U)):
            close(found[part], expected)
        close(found["expected"], softmax(U @ v_c) @ U)
        found = call("negativeSampling", v_c, o, U, negatives)
        close(found["loss"], negative_sampling_loss(v_c, o, U, negatives))
        for part, expected in zip(("gradV", "gradU"), negative_sampling_gradients(v_c, o, U, negatives)):
            close(found[part], expected)
        assert found["touched"] == len({o, *negatives.tolist()})


def test_the_functions_of_one_number(call):
    x = np.concatenate([np.random.default_rng(6).normal(size=POINTS) * 20, [-800, 800, 0, -1e-9, 36.5, -745.2]])
    for name, function in (
        ("sigmoid", sigmoid),
        ("sigmoidDerivative", sigmoid_derivative),
        ("logSigmoid", log_sigmoid),
    ):
        close([call(name, value) for value in x.tolist()], function(x))


@pytest.mark.parametrize("scale", [1, 30, 800])
def test_the_functions_of_scores(call, scale):
    rng = np.random.default_rng(7)
    for _ in range(200):
        z = rng.normal(size=rng.integers(2, 9)) * scale
        y = softmax(rng.normal(size=z.size))
        close(call("logSumExp", z), log_sum_exp(z))
        close(call("logSoftmax", z), log_softmax(z))
        close(call("softmax", z), softmax(z))
        close(call("entropy", y), entropy(y))
        if scale == 1:
            close(call("crossEntropy", y, log_softmax(z)), cross_entropy(y, softmax(z)))


def test_a_zero_of_y_counts_nothing(call):
    close(call("crossEntropy", [0, 1], [-1e6, -0.5]), 0.5)
    assert call("crossEntropyTerms", [0, 1], [-1e6, -0.5])[0] == 0


def test_the_normaliser_of_the_noise(call):
    counts = np.array([40, 7, 7, 3, 1, 1, 1])
    for power in (0, 0.5, 0.75, 1):
        close(call("noiseNormaliser", [[40, 1], [7, 2], [3, 1], [1, 3]], power), (counts.astype(float) ** power).sum())


def test_the_cost_is_that_of_the_package(call):
    found, softmax_cost, negative = (
        call("pairCost", 10_000, 300, 7),
        naive_softmax_cost(10_000, 300),
        negative_sampling_cost(7, 300),
    )
    assert found["softmax"] == {
        "rows": 10_000,
        "multiplications": softmax_cost.multiplications,
        "bytes": softmax_cost.bytes,
    }
    assert found["negative"] == {"rows": 8, "multiplications": negative.multiplications, "bytes": negative.bytes}


MUTANTS = [
    ("p - (w === o)", "(w === o) - p"),
    ("(x < 0 ? t : 1)", "1"),
    ("Math.log1p(Math.exp(-Math.abs(x)))", "Math.log1p(Math.exp(x))"),
    ("e = scores.map(z => Math.exp(z - largest))", "e = scores.map(z => Math.exp(z))"),
    ("sum(delta.filter((_, i) => rows[i] === w))", "(delta[rows.indexOf(w)] ?? 0)"),
    ("loss: -logYHat[o]", "loss: logYHat[o]"),
    ("i ? -1 : 1", "i ? 1 : -1"),
    ("rows.map(w => U[w]),", "U,"),
]


@pytest.mark.parametrize("old, new", MUTANTS)
def test_a_slip_in_the_mathematics_is_noticed(old, new):
    text = source("maths")
    assert text.count(old) == 1
    broken = javascript(text.replace(old, new))
    with pytest.raises((AssertionError, quickjs.JSException, TypeError)):
        for extreme in (False, True):
            check_losses(broken, extreme, 60)
