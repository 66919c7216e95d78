"""Every kind of slip: a false line, its name and its repair, which is proved and differs in one place."""

import json
import re
from pathlib import Path

import pytest
from lines import NEGATIVE, SOFTMAX, judged, line, wrong

from w2v.checker.reading import tree as t
from w2v.checker.verdict import slips
from w2v.checker.verdict.slip_rules import TIERS, places, put, stock

FACTOR, TRANSPOSE, INDEX = "numerical factor lost or superfluous", "transpose lost or superfluous", "index not renamed or out of date"
CASE, BOUND, FUNCTION = "formula of the case w = o, or y forgotten", "bound of the sum", "function symbol lost or superfluous"
SLOPE, SIZE, TWICE = "factor of the sigmoid derivative lost", "factor with a size lost or superfluous", "chain-rule factor counted twice"
OTHER = "1 - x in place of x, or x in place of 1 - x"
RIDGE = r"Let $X \in \mathbb{R}^{n \times p}$, $w \in \mathbb{R}^p$ and $t \in \mathbb{R}^n$." + "\n\n"

# (name of the slip, text before, left side, wrong right side, repaired right side)
COLUMNS = "The outside vectors are the columns of $U$. " + SOFTMAX
RIGHT = [
    ("sign", SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"U(y - \hat y)", r"-U(y - \hat y)"),
    ("sign", NEGATIVE, r"\frac{\partial J}{\partial u_{w_k}}", r"\sigma(-u_{w_k}^\top v_c) v_c", r"\sigma(u_{w_k}^\top v_c) v_c"),
    ("sign", NEGATIVE, r"\frac{\partial J}{\partial v_c}", r"(\sigma(u_o^\top v_c) - 1) u_o - \sum_{k=1}^K \sigma(u_{w_k}^\top v_c) u_{w_k}",
     r"(\sigma(u_o^\top v_c) - 1) u_o + \sum_{k=1}^K \sigma(u_{w_k}^\top v_c) u_{w_k}"),
    (FACTOR, SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"2 U(\hat y - y)", r"U(\hat y - y)"),
    (FACTOR, RIDGE, r"\frac{\partial}{\partial w} \|X w - t\|^2", r"X^\top (X w - t)", r"2 X^\top (X w - t)"),
    (FACTOR, "", r"\frac{d}{dx} \frac{x^2}{2}", "2 x", "x"),
    (TRANSPOSE, COLUMNS, r"\frac{\partial J}{\partial v_c}", r"U^\top (\hat y - y)", r"U (\hat y - y)"),
    (TRANSPOSE, RIDGE, r"\frac{\partial}{\partial w} \|X w - t\|^2", r"2 X (X w - t)", r"2 X^\top (X w - t)"),
    ("transposed side", COLUMNS, r"\frac{\partial J}{\partial U}", r"(\hat y - y) v_c^\top", r"((\hat y - y) v_c^\top)^\top"),
    (CASE, SOFTMAX, r"\frac{\partial J}{\partial u_w}", r"\hat y_w v_c", r"(\hat y_w - y_w) v_c"),
    (CASE, SOFTMAX + "For every $w$ ", r"\frac{\partial J}{\partial u_w}", r"(\hat y_w - 1) v_c", r"(\hat y_w - y_w) v_c"),
    (INDEX, SOFTMAX, r"\frac{\partial J}{\partial u_w}", r"(\hat y_o - y_w) v_c", r"(\hat y_w - y_w) v_c"),
    (INDEX, NEGATIVE, r"\frac{\partial J}{\partial u_{w_k}}", r"\sigma(u_o^\top v_c) v_c", r"\sigma(u_{w_k}^\top v_c) v_c"),
    ("center and outside vector exchanged", SOFTMAX, r"\frac{\partial J}{\partial u_o}", r"(\hat y_o - 1) u_o", r"(\hat y_o - 1) v_c"),
    ("sum in place of a single term", SOFTMAX, r"\frac{\partial J}{\partial u_w}", r"\sum_{w} (\hat y_w - y_w) v_c", r"(\hat y_w - y_w) v_c"),
    ("single term in place of a sum", SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"-u_o + \hat y_w u_w", r"-u_o + \sum_w \hat y_w u_w"),
    ("sum in place of a single term", NEGATIVE, r"\frac{\partial J}{\partial u_{w_k}}", r"\sum_{k=1}^K \sigma(u_{w_k}^\top v_c) v_c",
     r"\sigma(u_{w_k}^\top v_c) v_c"),
    (BOUND, NEGATIVE, r"\frac{\partial J}{\partial v_c}", r"(\sigma(u_o^\top v_c) - 1) u_o + \sum_{k=2}^K \sigma(u_{w_k}^\top v_c) u_{w_k}",
     r"(\sigma(u_o^\top v_c) - 1) u_o + \sum_{k=1}^K \sigma(u_{w_k}^\top v_c) u_{w_k}"),
    (BOUND, SOFTMAX, r"u_o^\top v_c", r"\sum_{i=1}^{V} u_{o,i} v_{c,i}", r"\sum_{i=1}^{D} u_{o,i} v_{c,i}"),
    (BOUND, SOFTMAX, "1", r"\sum_{w=1}^{V - 1} \hat y_w", r"\sum_{w=1}^{V} \hat y_w"),
    ("term of the sum left out or one too many", SOFTMAX, "1", r"\sum_{w \neq o} \hat y_w", r"\sum_w \hat y_w"),
    (SLOPE, "", r"\frac{d}{dx} \sigma(x)", r"\sigma(x)", r"\sigma(x)(1 - \sigma(x))"),
    (OTHER, "", r"\sigma(-x)", r"\sigma(x)", r"1 - \sigma(x)"),
    ("sign", "", r"\frac{d}{dx} \log \sigma(x)", r"\sigma(x)", r"\sigma(-x)"),
    (TWICE, "", r"\frac{d}{dx} \log \sigma(x)", r"(1 - \sigma(x)) \sigma(x)", r"1 - \sigma(x)"),
    (TWICE, "", r"\frac{1}{\sigma(x)} \frac{d}{dx} \sigma(x)", r"\sigma(x)(1 - \sigma(x)) \frac{1}{\sigma(x)} (1 - \sigma(x))", r"\sigma(x) \frac{1}{\sigma(x)} (1 - \sigma(x))"),
    (FUNCTION, SOFTMAX, "J", r"-\hat y_o", r"-\log \hat y_o"),
    (FUNCTION, "", r"\log_2 (2x)", r"\log_2 x + \log 2", r"\log_2 x + \log_2 2"),
    ("term superfluous", SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"U(\hat y - y) + v_c", r"U(\hat y - y)"),
    ("term lost", "", r"(x + 1)^2", r"x^2 + 2 x", r"x^2 + 2 x + 1"),
    ("factor lost", "", r"\frac{d}{dx} e^{a x}", r"e^{a x}", r"e^{a x} a"),
    ("exponent", "", r"\frac{d}{dx} x^3", r"3 x", r"3 x^2"),
    ("factors in the wrong order", r"Let $A \in \mathbb{R}^{n \times n}$ and $B \in \mathbb{R}^{n \times n}$." + "\n\n", r"(A B)^\top", r"A^\top B^\top", r"B^\top A^\top"),
    ("hat or other accent lost or superfluous", SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"U (\hat y - \hat y)", r"U (\hat y - y)"),
    ("fraction upside down", "", r"\frac{d}{dx} \log (a x)", r"\frac{x}{1}", r"\frac{1}{x}"),
    ("a number", "", r"\frac{d}{dx} x^5", r"4 x^4", r"5 x^4"),
    (SIZE, r"Let $L = \frac{1}{N} \sum_{i=1}^{N} (x_i - a)^2$." + "\n\n", r"\frac{\partial L}{\partial x_i}", r"2 (x_i - a)", r"\frac{1}{N} 2 (x_i - a)"),
    ("index missing or superfluous", SOFTMAX, "J", r"-\log \hat y", r"-\log \hat y_o"),
]
IDS = [f"{n}: {case[0]}" for n, case in enumerate(RIGHT)]


def expected_tree(given, left, right):
    claim = judged(line(given, left, right))[-1][0]
    return slips.bare(slips.applied(claim.right, claim.view))


@pytest.mark.parametrize("name, given, left, false, true", RIGHT, ids=IDS)
def test_the_slip_is_named_and_repaired(name, given, left, false, true):
    claim, outcome = wrong(line(given, left, false))
    found = slips.repair(claim, outcome)
    assert found is not None
    assert (found[0], found[1], slips.bare(found[2])) == (name, "right", expected_tree(given, left, true))


@pytest.mark.parametrize("name, given, left, false, true", RIGHT, ids=IDS)
def test_a_repair_is_proved_and_read_back(name, given, left, false, true):
    """What is shown is LaTeX; put into the text, it is proved there."""
    claim, outcome = wrong(line(given, left, false))
    shown = slips.suggestion(claim, outcome)
    assert set(shown) == {"name", "side", "latex"}
    assert judged(line(given, left, shown["latex"]))[-1][1] == "proved"


@pytest.mark.parametrize("given, left, right, repaired", [
    (SOFTMAX, r"\sum_{w=1}^{D} \hat y_w", "1", r"\sum_{w=1}^{V} \hat y_w"),
    ("", r"\frac{d}{dx} \log_{10} x", r"\frac{1}{x}", r"\frac{d}{dx} \log x"),
])
def test_the_left_side_can_be_the_wrong_one(given, left, right, repaired):
    claim, outcome = wrong(line(given, left, right))
    _, side, tree = slips.repair(claim, outcome)
    assert side == "left" and slips.bare(tree) == slips.bare(slips.applied(judged(line(given, repaired, right))[-1][0].left, claim.view))


@pytest.mark.parametrize("text", [
    line(SOFTMAX, r"\frac{\partial J}{\partial u_o}", r"(\sigma(u_o^\top v_c) - 1) v_c"),
    line(SOFTMAX, r"\hat y_w", r"\frac{u_w^\top v_c}{\sum_x u_x^\top v_c}"),
    line("", r"(a + b)^3", r"a^3 + b^3"),
])
def test_no_repair_is_invented_for_what_is_far_from_true(text):
    assert slips.suggestion(*wrong(text)) is None


def test_a_repair_that_is_not_proved_is_never_shown(monkeypatch):
    """Numbers only sift: when the kernel proves nothing, nothing is shown."""
    claim, outcome = wrong(line(SOFTMAX, r"\frac{\partial J}{\partial v_c}", r"U(y - \hat y)"))
    assert slips.repair(claim, outcome) is not None
    unsettled = type(outcome)("unsettled", "by the test")
    monkeypatch.setattr(slips.Claim, "decide", lambda self: unsettled)
    assert slips.repair(claim, outcome) is None


def test_the_order_is_fixed_and_the_work_is_bounded(monkeypatch):
    claim, outcome = wrong(line(SOFTMAX, r"\frac{\partial J}{\partial u_w}", r"\hat y_w v_c"))
    assert slips.repair(claim, outcome) == slips.repair(claim, outcome)
    monkeypatch.setattr(slips, "WORK", 200)
    assert slips.repair(claim, outcome) is None


# -- one place ------------------------------------------------------------------------------------------------------
def differences(a, b):
    """The smallest pairs of subtrees in which two trees differ."""
    if a == b:
        return []
    kids = list(t.children(a)), list(t.children(b))
    marks = [{n: v for n, v in vars(x).items() if not n.startswith("_") and not isinstance(v, (t.Tree, tuple))} for x in (a, b)]
    if type(a) is type(b) and len(kids[0]) == len(kids[1]) and kids[0] and marks[0] == marks[1]:
        inner = [d for x, y in zip(*kids) for d in differences(x, y)]
        return inner if len(inner) == 1 else [(a, b)]
    return [(a, b)]


@pytest.mark.parametrize("name, given, left, false, true", RIGHT, ids=IDS)
def test_the_repaired_line_differs_in_one_place(name, given, left, false, true):
    claim, outcome = wrong(line(given, left, false))
    tree = slips.repair(claim, outcome)[2]
    pairs = differences(slips.applied(claim.right, claim.view), tree)
    assert len(pairs) == 1
    small, large = sorted((sum(1 for _ in t.walk(x)) for x in pairs[0]))
    parts = [set(t.walk(x)) for x in pairs[0]]
    assert parts[0] & parts[1] or large <= 3, "nothing of what stood there is kept"


@pytest.mark.parametrize("name, given, left, false, true", RIGHT[::3], ids=IDS[::3])
def test_every_candidate_of_every_rule_changes_one_place(name, given, left, false, true):
    """A candidate is the side with one node replaced: everything beside the path to it stays."""
    claim, _ = wrong(line(given, left, false))
    line_ = stock(claim)
    for p in places(claim.right):
        for tier in TIERS:
            for _, rule in tier:
                for new in rule(p, line_):
                    new = new[0] if isinstance(new, tuple) else new
                    assert len(differences(claim.right, put(claim.right, p.path, new))) <= 1


def test_the_doubled_slope_of_the_ledger_is_named():
    """Line e-09 of write-up 002: the factor of the inner derivative stands there twice."""
    data = Path(__file__).parent.parent / "data"
    ledger = {e["id"]: e for e in json.loads((data / "ledger.json").read_text("utf-8"))["entries"]}
    text = next(data.glob("002_*.txt")).read_text("utf-8")
    found = [slips.suggestion(c, o) for c, status, o in judged(text) if status == "refuted"]
    assert "s002-e-09" in ledger and TWICE in {f["name"] for f in found if f}


def test_a_rule_names_no_letter():
    """Rules are about kinds of trees: no base of a symbol stands in their source."""
    source = (Path(slips.__file__).parent / "slip_rules.py").read_text("utf-8")
    assert 'Symbol("' not in source and not re.search(r"base (==|in|!=)", source)
