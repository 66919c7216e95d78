"""One clean build of the whole book, shared by all tests that look at the site."""

import os
from pathlib import Path

import pytest

from book import ROOT, build


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the book's pages, built from scratch with warnings as errors; or W2V_SITE, the result of `make book`."""
    if given := os.environ.get("W2V_SITE"):
        assert (Path(given) / "index.html").is_file(), f"W2V_SITE: expected the folder of a built site, got {given}; make book builds one"
        return Path(given).resolve()
    output = tmp_path_factory.mktemp("site")
    done = build(ROOT, output)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
    return output / "_build/html"
