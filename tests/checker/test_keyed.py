"""Write-ups in the notations of many people, each with a key that was worked out independently of the checker."""
import json
import re
from pathlib import Path

import pytest

from w2v.checker import check

FOLDER = Path(__file__).parent / "writeups_keyed"
KEYS = sorted(FOLDER.glob("*.json"))
FITS = {"true": {"proved", "definition"}, "definition": {"proved", "definition"}, "false": {"refuted", "ill-typed"},
        "transposed": {"transposed", "ill-typed", "refuted"}, "ill-typed": {"ill-typed", "refuted", "transposed"}}
OPEN = {"unsettled", "unreadable", None}


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


def compared(key):
    """[(entry, status)] of one write-up."""
    source = next(p for p in FOLDER.glob(key.stem + ".*") if p.suffix != ".json")
    entries = json.loads(key.read_text(encoding="utf-8"))
    steps = list(check(source.read_text(encoding="utf-8"), name=source.name).steps)
    return [(e, found(steps, e)) for e in (entries if isinstance(entries, list) else entries["steps"])]


def accepted(entry):
    also = entry.get("also", [])
    return set().union(*(FITS[v] for v in [entry["verdict"], *([also] if isinstance(also, str) else also)]))


@pytest.mark.parametrize("key", KEYS, ids=lambda k: k.stem)
def test_no_false_alarm_no_miss_and_nine_in_ten_read(key):
    pairs = compared(key)
    wrong = [(e["line"], e["rhs"], e["verdict"], status) for e, status in pairs if status not in OPEN | accepted(e)]
    assert not wrong
    assert sum(status not in OPEN for _, status in pairs) >= 0.9 * len(pairs)


def test_the_keys_hold_right_and_wrong_steps():
    verdicts = {e["verdict"] for key in KEYS for e, _ in compared(key)}
    assert len(KEYS) >= 10 and verdicts >= {"true", "definition", "false", "transposed"}
