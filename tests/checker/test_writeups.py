"""Write-ups in other notations: the status of every step, line by line.

`expected.json` holds the verdicts under the most generous reading. One text has one meaning now, so a true step may also be left open
or be the definition of a name that the text introduces; it is not accused. A wrong step is still not proved.
"""
import json
from functools import cache
from pathlib import Path

import pytest

from judging import GOOD, OPEN, WRONG, judged, settle

FOLDER = Path(__file__).parent / "writeups"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
ALLOWED = dict.fromkeys(GOOD, GOOD + OPEN) | dict.fromkeys(WRONG, WRONG + OPEN) | {"unsettled": GOOD + OPEN, "unreadable": GOOD + OPEN}
SETTLED = 0.85  # of all steps


@cache
def found(name):
    return judged((FOLDER / name).read_text(encoding="utf-8"))


def misjudged(name):
    """What is wrong in the verdicts on a write-up, or ''."""
    steps, fault = found(name)
    rest, wrong = list(EXPECTED[name]), []
    for step in steps:
        at = next((e for e in rest if e[0] == step.line), None)
        if at is not None:
            rest.remove(at)
        if step.status not in (ALLOWED[at[1]] if at else OPEN + ("definition",)):
            wrong.append(f"line {step.line} is called {step.status}")
    return fault or "; ".join(wrong)


CHECKS = {"write-ups": (misjudged, sorted(EXPECTED))}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_write_up(name):
    settle("write-ups", name, misjudged(name))


def test_most_steps_are_settled():
    statuses = [s.status for name in EXPECTED for s in found(name)[0]]
    settled = sum(s not in OPEN for s in statuses)
    settle("goals", "write-ups settled", "" if settled >= SETTLED * len(statuses) else f"{settled} of {len(statuses)}")


def test_every_write_up_has_an_expectation():
    assert {p.name for p in FOLDER.iterdir() if p.suffix in (".md", ".tex")} == set(EXPECTED)
