"""The five write-ups: every step is read, no true step is refuted, no wrong step is proved."""
from collections import Counter

import pytest

from judging import settle
from oracle import allowed, entries, report, verdicts

IDS, BY_ID = entries()
SEEDS = sorted({BY_ID[i]["seed"] for i in IDS})


def misjudged(name):
    """What is wrong in the verdict on an entry, or ''."""
    verdict = verdicts()[name]
    if verdict is None:
        return "not found among the steps"
    return "" if verdict.status in allowed(name) else f"{BY_ID[name]['verdict']} and called {verdict.status}: {verdict.reason}"


CHECKS = {"ledger": (misjudged, list(IDS))}


@pytest.mark.parametrize("name", IDS)
def test_each_step_gets_the_verdict_of_the_ledger(name):
    settle("ledger", name, misjudged(name))


def test_at_least_97_percent_are_read():
    read = [v for v in verdicts().values() if v is not None and v.status != "unreadable"]
    settle("goals", "ledger read", "" if len(read) >= 0.97 * len(IDS) else f"{len(read)} of {len(IDS)}")


def test_at_least_90_percent_of_the_true_steps_are_settled():
    """One text, one meaning: what the old checker settled in another reading than the first may be a question now (was 95 percent)."""
    true = [verdicts()[i] for i in IDS if BY_ID[i]["verdict"] == "true"]
    settled = sum(v is not None and v.status in ("proved", "definition") for v in true)
    settle("goals", "ledger settled", "" if settled >= 0.9 * len(true) else f"{settled} of {len(true)}")


@pytest.mark.parametrize("part, wrong", [("s002-e", {"e-03", "e-05"}), ("s002-e", {"e-09", "e-11"}), ("s002-e", {"e-15", "e-17"})])
def test_cancelling_errors_are_caught_in_every_chain(part, wrong):
    found = {n: getattr(verdicts()[f"{part[:-1]}{n}"], "status", "not found") for n in sorted(wrong)}
    settle("goals", f"cancelling errors {', '.join(found)}", "" if set(found.values()) == {"refuted"} else str(found))


def test_double_count_of_the_sigmoid_derivative_is_named():
    assert verdicts()["s002-e-09"].suggestion["name"] == "chain-rule factor counted twice"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_step_carries_what_its_status_promises(seed):
    for v in report(seed).steps:
        assert v.line > 0 and v.lhs and v.rhs
        assert not v.reason.startswith("fault of the checker"), v.reason
        if v.status == "refuted":
            assert v.counterexample["left"] != v.counterexample["right"]
        if v.status in ("ill-typed", "unsettled", "unreadable"):
            assert v.reason


@pytest.mark.parametrize("name, needed", [("s000-a-05", "y one-hot"), ("s000-e-03", "o not among the negatives"),
                                          ("s000-e-05", "negatives distinct"), ("s001-c-06", "w != o"), ("s002-c-09", "w = o")])
def test_assumptions_agree_with_the_ledger(name, needed):
    assert needed in verdicts()[name].hypotheses


def test_the_oracle_has_all_203_equalities():
    assert len(IDS) == 203
    assert Counter(BY_ID[i]["verdict"] for i in IDS)["true"] == 154
