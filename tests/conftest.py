"""The site that all tests of a run look at."""

import pytest

from book import built


@pytest.fixture(scope="session")
def site():
    """The folder of the book's pages, with the live part, built with warnings as errors."""
    return built()
