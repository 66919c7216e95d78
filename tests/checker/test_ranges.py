"""The bounds of a sum are read, not guessed: a range that is one term off is never called proved."""

import pytest

from judging import settle, statuses

SAMPLES = r"\sigma(u_{w_k}^\top v_c) u_{w_k}"
FULL = {
    "samples": rf"\sum_{{k=1}}^{{K}} {SAMPLES}",
    "words": r"\sum_{w=1}^{V} \hat y_w u_w",
    "window": r"\sum_{-m \le j \le m,\, j \ne 0} u_{w_{t+j}}",
}
SAME = [
    ("samples", rf"\sum_{{k=0}}^{{K-1}} {SAMPLES}"),
    ("words", r"\sum_{w=0}^{V-1} \hat y_w u_w"),
    ("words", r"\sum_{w=1}^{|V|} \hat y_w u_w"),
    ("window", r"\sum_{0 < |j| \le m} u_{w_{t+j}}"),
    ("window", r"\sum_{1 \le |j| \le m} u_{w_{t+j}}"),
    ("window", r"\sum_{j=-m, j \ne 0}^{m} u_{w_{t+j}}"),
]
ONE_OFF = [
    ("window", r"\sum_{-c \le j \le c,\, j \ne 0} u_{w_{t+j}}"),  # c and m are two sizes that nothing relates
    ("samples", rf"\sum_{{k=1}}^{{K-1}} {SAMPLES}"),
    ("samples", rf"\sum_{{k=2}}^{{K}} {SAMPLES}"),
    ("samples", rf"\sum_{{k=0}}^{{K}} {SAMPLES}"),
    ("samples", rf"\sum_{{k=1}}^{{K+1}} {SAMPLES}"),
    ("words", r"\sum_{w=1}^{V-1} \hat y_w u_w"),
    ("words", r"\sum_{w=1}^{|V|-1} \hat y_w u_w"),
    ("window", r"\sum_{-m \le j \le m + 1,\, j \ne 0} u_{w_{t+j}}"),
    ("window", r"\sum_{-m+1 \le j \le m,\, j \ne 0} u_{w_{t+j}}"),
    ("window", r"\sum_{-m < j \le m,\, j \ne 0} u_{w_{t+j}}"),
    ("window", r"\sum_{-m \le j < m,\, j \ne 0} u_{w_{t+j}}"),
    ("window", r"\sum_{0 < |j| < m} u_{w_{t+j}}"),
    ("window", r"\sum_{-m \le j \le m} u_{w_{t+j}}"),
    ("window", r"\sum_{j=-m, j \ne 0}^{m-1} u_{w_{t+j}}"),
]


def status(name, other):
    """The verdict on `other` beside the full sum, in a text whose letters are known from a step that holds."""
    full = FULL[name]
    text = f"<!-- check: J = naive-softmax -->\n$$\n{full} + {full} = 2 {full}\n$$\n\n$$\n{full} = {other}\n$$\n"
    first, second = statuses(text)
    assert first == "proved"
    return second


def same(other):
    found = status(dict((o, n) for n, o in SAME)[other], other)
    counted_from_0 = "=0}" in other  # words and draws are numbered from 1 unless a text says otherwise, so that this may be a question
    return "" if found == "proved" or counted_from_0 and found == "unsettled" else f"called {found}"


CHECKS = {"ranges": (same, [o for _, o in SAME])}


@pytest.mark.parametrize("other", [o for _, o in SAME])
def test_the_same_range_in_other_words_is_proved(other):
    settle("ranges", other, same(other))


@pytest.mark.parametrize("name, other", ONE_OFF)
def test_a_range_that_is_one_term_off_is_not(name, other):
    assert status(name, other) in ("refuted", "unsettled", "ill-typed")


def test_most_of_them_are_refuted_with_numbers():
    refuted = [1 for name, other in ONE_OFF if status(name, other) == "refuted"]
    assert len(refuted) >= 9
