"""Where the browser of the tests is."""

import os
import shutil

import pytest


def installed_browser():
    """The path of the system's chromium; without one the browser tests are skipped, and fail in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the browser tests need chromium, e.g. apt-get install chromium")
    return found
