"""The book as the tests see it: its pages, their sources, and a build."""

import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"


def pages():
    """The names of all pages in reading order, without folder and suffix."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    files = [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]
    return [Path(name).name for name in files]


def source(page):
    """The Markdown of a page."""
    return (BOOK / f"{page}.md").read_text("utf-8")


def build(project, output, *flags):
    """Builds the book in folder `project` into `output`, warnings as errors; returns the finished process."""
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(project), "--path-output", str(output)]
    return subprocess.run([*command, "-W", "--keep-going", "-n", *flags], capture_output=True, text=True)
