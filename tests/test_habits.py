"""Every source is formatted and linted by the one tool of its language, and the types of the package's faces hold."""

import subprocess
import sys
from pathlib import Path

import pytest

from book import ROOT

BIN = Path(sys.executable).parent
BIOME = ROOT / "tests/browser/node_modules/.bin/biome"
# The faces whose names carry types.
FACES = [
    "chapters",
    "checks",
    "checks.slips",
    "checks.symbolic",
    "checks.symbolic.results",
    "corpus",
    "exercises",
    "explorers",
    "losses",
    "parallel",
    "support",
    "text",
    "training",
    "training.fast",
    "vectors",
]


def done(*command, cwd=ROOT, **options):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, **options)


def ruff(*arguments, **options):
    return done(BIN / "ruff", *arguments, "--no-cache", "--config", ROOT / ".ruff.toml", **options)


def biome(*arguments, cwd=ROOT):
    return done(BIOME, *arguments, "--colors=off", cwd=cwd)


def mypy(*arguments):
    return done(BIN / "mypy", "--config-file", ROOT / "book/pyproject.toml", *arguments)


def test_python_is_formatted_and_linted():
    for command in (["format", "--check"], ["check"]):
        found = ruff(*command, ".")
        assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    "command, text", [(["format", "--check"], "x = [1,2]\n"), (["check"], "import os\n"), (["check"], "x = y + 1\n")]
)
def test_python_that_is_not_is_noticed(command, text):
    assert ruff(*command, "--stdin-filename", "book/w2v/text/words.py", "-", input=text).returncode == 1
    assert ruff(*command, "--stdin-filename", "book/w2v/text/words.py", "-", input="x = [1, 2]\n").returncode == 0


def test_javascript_is_formatted_and_linted():
    found = biome("check", "--error-on-warnings", ".")
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("text", ["let x = [1,2]\n", "export const g = (a, b) => a;\n", "export const g = a => a;\n"])
def test_javascript_that_is_not_is_noticed(tmp_path, text):
    (tmp_path / "book").mkdir()
    (tmp_path / "book/a.js").write_text(text)
    (tmp_path / ".biome.json").write_text((ROOT / ".biome.json").read_text())
    assert biome("check", "--error-on-warnings", ".", cwd=tmp_path).returncode == (text != "export const g = a => a;\n")
