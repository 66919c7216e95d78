"""Every source is formatted and linted by the one tool of its language, and the types of the package's faces hold."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import w2v
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


# ---- what runs elsewhere: the workflows, the citation, the list of changes ----

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTION = re.compile(r"\S+/\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def loose_actions(workflow):
    """The actions of a workflow that are not named by a commit, with the release it is beside it."""
    return [used for used in re.findall(r"uses:\s*(.+)", workflow) if not ACTION.fullmatch(used)]


def test_actions_are_named_by_commit():
    assert [loose_actions(path.read_text("utf-8")) for path in WORKFLOWS] == [[], []]
    assert loose_actions("- uses: actions/checkout@v4\n- uses: a/b@main # v1.0.0\n") == [
        "actions/checkout@v4",
        "a/b@main # v1.0.0",
    ]


def test_the_book_is_built_with_each_python_that_the_package_names():
    named = tomllib.loads((ROOT / "book/pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    matrix = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text("utf-8"))["jobs"]["build"]["strategy"]
    assert matrix["matrix"]["python"] == [
        name.split(" :: ")[-1] for name in named if re.fullmatch(r".*Python :: 3\.\d+", name)
    ]


def test_the_weekly_run_takes_every_pin_away_but_one(tmp_path):
    weekly = yaml.safe_load((ROOT / ".github/workflows/newest.yml").read_text("utf-8"))
    (unpin,) = [step["run"] for step in weekly["jobs"]["build"]["steps"] if "sed" in step.get("run", "")]
    names = ["requirements.txt", "tests/requirements.txt", "book/pyproject.toml", "book/constraints.txt"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text("utf-8"))
    assert done("bash", "-e", "-c", unpin, cwd=tmp_path).returncode == 0
    pins = [re.findall(r"([\w-]+)==\S", (tmp_path / name).read_text("utf-8")) for name in names]
    assert pins == [["jupyter-book"], [], [], []]


def test_the_version_is_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    first = re.search(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert citation["version"] == first[1] == w2v.__version__
