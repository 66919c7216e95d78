"""One clean build of the whole book, shared by all tests that look at the site."""

import pytest

from book import ROOT, build


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The whole book, built from scratch with warnings as errors; the folder of its pages."""
    output = tmp_path_factory.mktemp("site")
    done = build(ROOT, output)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
    return output / "_build/html"
