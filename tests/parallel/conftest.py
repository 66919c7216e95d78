"""One small Dask cluster for the tests of this folder."""

import pytest

from w2v.parallel import DaskWorkers


@pytest.fixture(scope="session")
def cluster():
    with DaskWorkers(count=2) as opened:
        yield opened
