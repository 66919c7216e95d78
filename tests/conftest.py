"""What several test files need: the sources of the chapters, and one clean build of the book."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
sys.path.insert(0, str(BOOK / "_ext"))


def pages():
    """The names of all pages in reading order, without folder and suffix."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    files = [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]
    return [Path(name).name for name in files]


def source(page):
    return (BOOK / f"{page}.md").read_text("utf-8")


def build(project, output, *, strict=True):
    """Builds the book in folder `project` into `output`; returns the finished process."""
    flags = ["-W", "--keep-going", "-n"] if strict else []
    command = [sys.executable, "-m", "jupyter_book.cli.main", "build", str(project), "--path-output", str(output), *flags]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The whole book, built from scratch with warnings as errors; the folder of its pages."""
    output = tmp_path_factory.mktemp("site")
    done = build(ROOT, output)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
    return output / "_build/html"
