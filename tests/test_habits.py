"""Every source is formatted and linted by the one tool of its language, and the types of the package's faces hold."""

import inspect
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import w2v
from book import ROOT
from test_imports import LOADS

BIN = Path(sys.executable).parent
BIOME = ROOT / "tests/browser/node_modules/.bin/biome"
# Modules of statements, which are looked up by the id of a result.
STATEMENTS = "w2v.checks.symbolic.results."


def done(*command, cwd=ROOT, **options):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, **options)


def ruff(*arguments, **options):
    return done(BIN / "ruff", *arguments, "--no-cache", "--config", ROOT / ".ruff.toml", **options)


def biome(*arguments, cwd=ROOT):
    return done(BIOME, *arguments, "--colors=off", cwd=cwd)


def mypy(*arguments):
    return done(BIN / "mypy", "--config-file", "pyproject.toml", *arguments, cwd=ROOT / "book")


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


# ---- types ----


def public():
    """(name, function) of everything that a face names: functions, the methods of classes, the functions of modules."""
    for face in sorted(LOADS):
        module = import_module(f"w2v.{face}")
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.ismodule(thing) and not thing.__name__.startswith(STATEMENTS):
                inside = [value for value in vars(thing).values() if getattr(value, "__module__", "") == thing.__name__]
            else:
                inside = [thing]
            for one in inside:
                yield from ((f"{face}.{name}", function) for function in functions_of(one))


def functions_of(thing):
    """The function that `thing` is, or the functions that a class of the package defines without an underscore, and its __init__."""
    if inspect.isfunction(thing):
        return [inspect.unwrap(thing)] if not thing.__name__.startswith("_") else []
    if not inspect.isclass(thing):
        return []
    written = [
        value.fget if isinstance(value, property) else getattr(value, "func", value)
        for owner in thing.__mro__
        if owner.__module__.startswith("w2v.")
        for name, value in vars(owner).items()
        if not name.startswith("_") or name == "__init__"
    ]
    written = [getattr(value, "__func__", value) for value in written]
    return [
        value for value in written if inspect.isfunction(value) and value.__code__.co_filename.startswith(str(ROOT))
    ]


def untyped(function):
    """The parameters of a function without a type, and "return" if that has none."""
    named = list(inspect.signature(function).parameters)
    if "." in function.__qualname__:
        named = named[1:]  # self or cls
    return [name for name in [*named, "return"] if name not in function.__annotations__]


def test_everything_public_has_types():
    found = list(public())
    assert len(found) > 200
    assert [(name, function.__name__, lost) for name, function in found if (lost := untyped(function))] == []


def test_a_missing_type_is_noticed():
    def half(a: int, b) -> int:
        return a

    half.__qualname__ = "half"
    assert untyped(half) == ["b"]


def test_the_types_hold():
    found = mypy()
    assert found.returncode == 0, found.stdout


def test_types_that_do_not_hold_are_noticed(tmp_path):
    """Who installs w2v sees the types of the faces, in `py.typed` packages, and so does his type checker."""
    use = tmp_path / "use.py"
    use.write_text(
        "from w2v.losses import one_hot, softmax\n\none_hot('4', 5)\nsoftmax([0.5, 1]).sum()\nlen(softmax)\n"
    )
    found = mypy(use)
    assert re.findall(r"use\.py:(\d+): error", found.stdout) == ["3", "5"], found.stdout


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
