"""The package as others get it: what it declares it imports, and downloaded chapters run where nothing else is installed."""

import ast
import html
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
import pytest

import w2v
from book import BOOK, pages, source
from website import INSTALL, WHEEL

PROJECT = tomllib.loads((BOOK / "pyproject.toml").read_text("utf-8"))["project"]
# The extra that brings what a room imports beyond the dependencies.
EXTRA = {
    "checks": "prove",
    "support": "train",
    "training": "train",
    "parallel": "cluster",
    "explorers": "explore",
    "chapters": "chapters",
}
MODULES = {
    "ipython": "IPython",
    "matplotlib-inline": "matplotlib_inline",
}  # where a distribution's module has another name
IN_THE_BROWSER, LOOKED_UP = {"pyodide"}, {"gensim"}  # gensim's files are read without an import


def declared(*extras):
    """The modules of the dependencies and of these extras, with the extras inside them."""
    found = set()
    for line in [
        *PROJECT["dependencies"],
        *(line for extra in extras for line in PROJECT["optional-dependencies"][extra]),
    ]:
        if inner := re.fullmatch(r"w2v\[(.*)\]", line):
            found |= declared(*inner[1].split(","))
        else:
            name = re.match(r"[\w-]+", line)[0]
            found.add(MODULES.get(name, name))
    return found


def imported(text):
    """The top-level modules outside the standard library that a source imports, wherever it does."""
    nodes = list(ast.walk(ast.parse(text)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"w2v"} - IN_THE_BROWSER


def imports_of(room):
    return set().union(*(imported(path.read_text("utf-8")) for path in (BOOK / "w2v" / room).rglob("*.py")))


ROOMS = sorted(path.parent.name for path in (BOOK / "w2v").glob("*/__init__.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_is_declared_for_it(room):
    assert imports_of(room) <= declared(*([EXTRA[room]] if room in EXTRA else []))


def test_nothing_is_declared_in_vain():
    assert declared("all") == set().union(*map(imports_of, ROOMS)) | LOOKED_UP
    assert declared("all") == declared(*(extra for extra in PROJECT["optional-dependencies"] if extra != "all"))


def cells_of(page):
    return re.findall(r"^```\{code-cell\}.*?\n(.*?)^```", source(page), re.M | re.S)


def test_chapters_import_what_the_install_line_brings():
    cells = [code for page in pages() for code in cells_of(page)]
    lines = [
        line
        for code in cells
        for line in code.splitlines()
        if re.match(r"(from|import) ", line) and not line.endswith("(")
    ]
    assert lines and imported("\n".join(lines)) <= declared("chapters")


def test_the_checker_needs_nothing():
    assert imports_of("checker") == set()


def test_the_version_stands_once():
    assert "version" not in PROJECT and f"w2v-{w2v.__version__}-py3-none-any.whl" == WHEEL
    written = [
        path.name
        for path in BOOK.rglob("*")
        if path.suffix in (".py", ".md", ".toml")
        and "node_modules" not in path.parts
        and w2v.__version__ in path.read_text("utf-8")
    ]
    assert written == ["__init__.py"]


DOWNLOADED = [page for page in pages() if "kernelspec" in source(page)[:400]]


def modules(page):
    """The modules that the cells of a page import, wherever they do."""
    return {name for code in cells_of(page) for name in re.findall(r"^ *(?:from|import) ([\w.]+)", code, re.M)}


def cover(needs):
    """A few of the keys whose values hold together what all hold: the one that brings most first. {name: set}"""
    left, chosen = set().union(*needs.values()), []
    while left:
        chosen.append(max(needs, key=lambda name: len(needs[name] & left)))
        left -= needs[chosen[-1]]
    return chosen


# The build and the live part run every cell of every chapter. Where only the wheel is installed nothing but an import can fail, so
# that chapters are run until each module that any of them imports was imported by one that ran to its end.
RUN_AGAIN = cover({page: modules(page) for page in DOWNLOADED})
RUN = """
import sys, nbformat
from nbclient import NotebookClient
NotebookClient(nbformat.read(sys.argv[1], as_version=4), timeout=600).execute()
"""


NEWEST = int(PROJECT["requires-python"].partition("<3.")[2]) - 1


def newest():
    """The newest Python that the package is for, beside this one or on the path; None if this machine has none that runs."""
    beside = Path(sys.base_prefix).parent.glob(f"*/bin/python3.{NEWEST}")
    for found in [*sorted(beside), shutil.which(f"python3.{NEWEST}")]:
        if found and subprocess.run([found, "-c", "import ensurepip"], capture_output=True).returncode == 0:
            return found
    return None


@pytest.fixture(scope="module", params=["this Python", "the newest Python"])
def clean(request, site, tmp_path_factory):
    """A folder with the downloaded chapters and the wheel, and the Python of an environment that has a notebook program and no more."""
    python = sys.executable if request.param == "this Python" else newest()
    if python is None:
        pytest.skip(f"there is no Python 3.{NEWEST} on this machine; the workflow builds and tests with it")
    folder = tmp_path_factory.mktemp("downloaded")
    subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
    shutil.copy(site / "_sources" / WHEEL, folder)
    for name in DOWNLOADED:
        shutil.copy(site / f"_sources/book/{name}.ipynb", folder)
    (folder / "run.py").write_text(RUN)
    (folder / "solution.md").write_text("$$1 - \\sigma(x) = \\sigma(-x)$$\n")
    python = folder / "venv/bin/python"
    pip(folder, python, "ipykernel", "nbclient")
    return folder, python


def pip(folder, python, *wanted):
    command = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-compile",
        "--constraint",
        BOOK / "constraints.txt",
        *wanted,
    ]
    subprocess.run(command, cwd=folder, check=True)


def run(folder, python, name="sigmoid"):
    return subprocess.run([python, "run.py", f"{name}.ipynb"], cwd=folder, capture_output=True, text=True)


def test_the_downloaded_chapters_run_as_their_pages_say(clean):
    """First without the package, then with the package alone, then after the line that the first run named."""
    folder, python = clean
    said = run(folder, python).stderr
    assert "This notebook needs w2v" in said and INSTALL in said
    pip(folder, python, f"./{WHEEL}")
    checked = subprocess.run([folder / "venv/bin/w2v-check", "solution.md"], cwd=folder, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    there = subprocess.run([python, "-m", "pip", "list"], capture_output=True, text=True).stdout.lower()
    assert "numpy" in there and not {"sympy", "scipy", "dask", "matplotlib", "gensim"} & set(there.split())
    assert "No module named" in run(folder, python).stderr
    magic, *arguments = shlex.split(INSTALL.removeprefix("%pip "))
    assert magic == "install"
    pip(folder, python, *arguments)
    with ThreadPoolExecutor(2) as pool:
        done = dict(zip(RUN_AGAIN, pool.map(partial(run, folder, python), RUN_AGAIN)))
    failed = {name: one.stderr[-3000:] for name, one in done.items() if one.returncode}
    assert len(done) > 5 and not failed


def test_the_chapters_that_are_run_import_what_any_imports():
    assert set().union(*map(modules, RUN_AGAIN)) == set().union(*map(modules, DOWNLOADED)) > {"numpy", "sympy"}
    assert cover({"a": {1}, "b": {1, 2}, "c": {3}}) == ["b", "c"]


def test_the_wheel_says_that_it_carries_types(site):
    assert "w2v/py.typed" in zipfile.ZipFile(site / "_sources" / WHEEL).namelist()


def test_the_page_shows_the_line_and_the_wheel(site):
    text = (site / "book/run_live.html").read_text("utf-8")
    notebook = nbformat.read(site / "_sources/book/sigmoid.ipynb", as_version=4)
    assert f'href="../_sources/{WHEEL}"' in text
    assert INSTALL in html.unescape(re.sub("<[^>]*>", "", text))
    assert INSTALL in notebook.cells[0].source
