"""Faults in the source text of the book's chapters: the build's check rejects every one that makes a page say something false.

Survivors stand in `data/mutation_survivors.json`, each with the reason why the changed page is still true.
"""

import json
from collections import Counter

import pytest

from judging import DATA, GAPS, settle
from source_mutants import PAGES, rejected, sample

SURVIVORS = json.loads((DATA / "mutation_survivors.json").read_text(encoding="utf-8"))
GROUPS = {f"{page} {n // 10}": None for page in PAGES for n in range(0, sum(m.page == page for m in sample()), 10)}


def group(name):
    page, n = name.rsplit(" ", 1)
    return [m for m in sample() if m.page == page][10 * int(n):10 * int(n) + 10]


def survives(name):
    """What is wrong with the build's answer to a mutant, or ''."""
    mutant = next(m for m in sample() if m.name == name)
    return "" if name in SURVIVORS or rejected(mutant) else "the build takes it"


CHECKS = {"mutants": (survives, [m.name for m in sample()])}


@pytest.mark.parametrize("name", GROUPS)
def test_mutants_are_rejected(name):
    faults = {m.name: survives(m.name) for m in group(name)}
    new = [n for n, fault in faults.items() if fault and n not in GAPS.get("mutants", {})]
    closed = [n for n, fault in faults.items() if not fault and n in GAPS.get("mutants", {})]
    assert not new and not closed


def test_there_are_enough_of_every_kind_and_on_every_page():
    assert len(sample()) >= 600
    kinds = Counter(m.kind for m in sample())
    assert set(kinds) >= {"sign", "factor", "bound", "size", "u and v", "o and w", "y and y hat", "transpose", "dot", "base", "function", "text", "index",
                          "case", "condition", "hypothesis", "comment"}
    assert {m.page for m in sample()} == set(PAGES)


def test_all_but_one_in_a_hundred_are_rejected():
    missed = len(GAPS.get("mutants", {}))
    settle("goals", "mutants", "" if missed <= 0.01 * (len(sample()) - len(SURVIVORS)) else f"{missed} of {len(sample())} are taken")


def test_each_survivor_is_a_mutant_and_has_a_reason():
    assert all(SURVIVORS.values()) and set(SURVIVORS) <= {m.name for m in sample()}
