"""Write-ups in other notations: the status of every step, line by line."""
import json
from pathlib import Path

import pytest

from w2v.checker import check

FOLDER = Path(__file__).parent / "writeups"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_write_up(name):
    report = check((FOLDER / name).read_text(encoding="utf-8"), name=name)
    assert [[v.line, v.status] for v in report.steps] == EXPECTED[name]


def test_every_write_up_has_an_expectation():
    assert {p.name for p in FOLDER.iterdir() if p.suffix in (".md", ".tex")} == set(EXPECTED)
