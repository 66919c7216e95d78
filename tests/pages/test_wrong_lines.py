"""The numbers of the page of wrong lines, and of the front page, are those of the verdicts by hand."""

import json
import re
from collections import Counter

from book import ROOT, source

LEDGER = json.loads((ROOT / "tests/checker/data/ledger.json").read_text("utf-8"))
STEPS = [entry for entry in LEDGER["entries"] if entry["kind"] == "equality"]
WRONG = [step for step in STEPS if step["verdict"] not in ("true", "not-a-claim")]


def test_the_verdicts_are_counted_right():
    verdicts = Counter(step["verdict"] for step in WRONG)
    said = "16 of the 39 steps were called false, 17 misprints, 5 true up to a transpose, and 1 ill-typed"
    assert said in source("wrong_lines")
    counted = [verdicts[name] for name in ("false", "typo", "true-up-to-transpose", "ill-typed")]
    assert (len(STEPS), len(WRONG), counted) == (203, 39, [16, 17, 5, 1])
    for words, number in (
        ("equality steps", 203),
        ("steps that do not hold as printed", 39),
        ("because they are false", 16),
    ):
        assert f"{words} | {number} |" in source("intro")


def test_the_commonest_kinds_are_counted_right():
    kinds = Counter(flag for step in WRONG for flag in step["flags"])
    slips = ("sum-vs-single-partial", "missing-index", "double-chain-rule-factor")
    notation = {
        "bare-log-exp",
        "index-shadowing",
        "index-0-for-o",
        "one-letter-for-both-tables",
    }  # habits of a write-up, no slips
    assert [kinds[slip] for slip in slips] == [6, 6, 6]
    assert max(number for flag, number in kinds.items() if flag not in {*slips, *notation}) < 6
    assert "Six of the 39 steps do so; only a missing index and a factor counted twice are as common." in source(
        "wrong_lines"
    )


def test_the_chains_whose_errors_cancel_are_three_of_one_write_up():
    wrong = [chain for chain in LEDGER["chains"] if chain["non_true_steps"]]
    right_in_the_end = {chain["seed"] for chain in wrong if chain["endpoints"] == "holds"}
    assert len(wrong) == 13 and sum(chain["errors_compensate"] for chain in wrong) == 3 and len(right_in_the_end) == 1
    assert "three chains, the only three of the thirteen wrong chains that end as they should" in source("wrong_lines")


def test_each_kind_shows_a_repair():
    """A section that shows a wrong line shows a proved one, or the checker's repair in its output."""
    sections = source("wrong_lines").split("\n## ")[1:]
    by_checker = {  # the output of these cells has the repair, which is proved
        "One term for a sum, a sum for one term",
        "A letter renamed in one place only",
        "A lost exponential or logarithm",
        "A vector where its entry is meant",
        "A wrong sign",
        "Several derivations in one chain",
        "Transposes",
    }
    for section in sections:
        title = section.split("\n", 1)[0]
        if re.search("expect-(?:[a-z]+_)*(?:refuted|ill-typed|transposed)", section):
            assert 'expect="proved"' in section or title in by_checker, title
