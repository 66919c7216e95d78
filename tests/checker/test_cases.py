"""The table of constructions: the verdicts of `cases.py`, and for some lines what the one meaning of the text says instead."""
import json

import pytest

from cases import CASES
from judging import DATA, OPEN, judged, settle

TEXTS = {f"{n:03}": case for n, case in enumerate(CASES)}
CHANGES = json.loads((DATA / "case_changes.json").read_text(encoding="utf-8"))  # {text: [verdicts, reason]}


def misjudged(name):
    """What is wrong in the verdicts on a case, or ''; a step that is proved or a definition may also be left open where a change says so."""
    text, wanted = TEXTS[name]
    wanted = CHANGES.get(text, [wanted])[0]
    steps, fault = judged(text)
    found = [s.status for s in steps]
    fits = len(found) == len(wanted) and all(s in w.split(" or ") for s, w in zip(found, wanted))
    return fault or ("" if fits else f"{text}: wanted {wanted}, found {found}")


CHECKS = {"cases": (misjudged, list(TEXTS))}


@pytest.mark.parametrize("name", TEXTS, ids=[f"{n} {text[:60]}" for n, (text, _) in TEXTS.items()])
def test_verdicts(name):
    settle("cases", name, misjudged(name))


def test_a_change_of_a_verdict_belongs_to_a_case_and_never_lets_a_false_line_through():
    by_text = dict(CASES)
    for text, (verdicts, reason) in CHANGES.items():
        assert reason and len(verdicts) == len(by_text[text])
        for old, new in zip(by_text[text], verdicts):
            assert old not in ("refuted", "ill-typed", "transposed") or "proved" not in new, text
            assert old != "proved" or set(new.split(" or ")) <= {"proved", "definition", "transposed", *OPEN}, text
