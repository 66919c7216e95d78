"""The table of constructions."""
import pytest

from cases import CASES
from w2v.checker import check


@pytest.mark.parametrize("lines, verdicts", CASES, ids=[c[0][:60] for c in CASES])
def test_verdicts(lines, verdicts):
    report = check(lines)
    assert [v.status for v in report.steps] == verdicts, str(report)
