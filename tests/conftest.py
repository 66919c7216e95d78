"""The site that all tests of a run look at."""

import pytest

from book import built


@pytest.fixture(scope="session")
def site():
    """The folder of the book's pages, with the live part, built with warnings as errors."""
    return built()


@pytest.fixture
def full_disk():
    """A function after which no file can grow beyond so many bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size=0: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
