"""Write-ups in the notations of many people, each with a key that was worked out independently of the checker.

A true step may be left open; it is never accused, and a wrong one is never proved.
"""
import json
import re
from functools import cache
from pathlib import Path

import pytest

from judging import judged, settle

FOLDER = Path(__file__).parent / "writeups_keyed"
KEYS = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("*.json"))}
FITS = {"true": {"proved", "definition"}, "definition": {"proved", "definition"}, "false": {"refuted", "ill-typed"},
        "transposed": {"transposed", "ill-typed", "refuted"}, "ill-typed": {"ill-typed", "refuted", "transposed"}}
OPEN = {"unsettled", "unreadable", None}
SETTLED = 0.85  # of all steps


def plain(latex):
    return re.sub(r"[\s{}]|\\(?:left|right|,|;|!|quad|[bB]igg?[lr]?)(?![a-zA-Z])", "", latex).replace(r"\dfrac", r"\frac")


def found(steps, entry):
    """The status of the first unused step near the line of an entry whose right side begins alike, or None.

    Sides with user macros are printed written out; there a step that starts on the very line will do.
    """
    start = plain(entry["rhs"])[:14]
    for n, step in enumerate(steps):
        if abs(step.line - entry["line"]) <= 3 and (plain(step.rhs).startswith(start) or start.startswith(plain(step.rhs)[:14])):
            return steps.pop(n).status
    same_line = [n for n, step in enumerate(steps) if step.line == entry["line"] and not entry.get("inline")]
    return steps.pop(same_line[0]).status if same_line else None


@cache
def compared(name):
    """[(entry, status)] of one write-up."""
    source = next(p for p in FOLDER.glob(name + ".*") if p.suffix != ".json")
    steps = list(judged(source.read_text(encoding="utf-8"))[0])
    entries = KEYS[name] if isinstance(KEYS[name], list) else KEYS[name]["steps"]
    return [(e, found(steps, e)) for e in entries]


def accepted(entry):
    also = entry.get("also", [])
    return set().union(*(FITS[v] for v in [entry["verdict"], *([also] if isinstance(also, str) else also)]))


def misjudged(name):
    """What is wrong in the verdicts on a write-up, or ''."""
    wrong = [f"line {e['line']} is {e['verdict']} and called {status}" for e, status in compared(name) if status not in OPEN | accepted(e)]
    return "; ".join(wrong)


CHECKS = {"keyed write-ups": (misjudged, list(KEYS))}


@pytest.mark.parametrize("name", KEYS)
def test_no_false_alarm_and_no_miss(name):
    settle("keyed write-ups", name, misjudged(name))


def test_most_steps_are_settled():
    statuses = [status for name in KEYS for _, status in compared(name)]
    settled = sum(s not in OPEN for s in statuses)
    settle("goals", "keyed write-ups settled", "" if settled >= SETTLED * len(statuses) else f"{settled} of {len(statuses)}")


def test_the_keys_hold_right_and_wrong_steps():
    verdicts = {e["verdict"] for name in KEYS for e, _ in compared(name)}
    assert len(KEYS) >= 10 and verdicts >= {"true", "definition", "false", "transposed"}
