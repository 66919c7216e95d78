"""The book as the tests see it: its pages, their sources, and a build."""

import fcntl
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import yaml

from sources import digest

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"


def pages():
    """The names of all pages in reading order, without folder and suffix."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    return [
        Path(name).name for name in (toc["root"], *_files(entry for part in toc["parts"] for entry in part["chapters"]))
    ]


def _files(entries):
    for entry in entries:
        yield entry["file"]
        yield from _files(entry.get("sections", ()))


def source(page):
    """The Markdown of a page."""
    return (BOOK / f"{page}.md").read_text("utf-8")


@contextmanager
def alone():
    """Holds this copy of the book against the other processes of the tests."""
    with open(ROOT / "Makefile") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def built():
    """The folder of the pages that `make book` left if they are of the sources as they stand; otherwise it is called, once for all processes."""
    stamp = ROOT / "_build/sources"
    with alone():
        if not stamp.is_file() or stamp.read_text().strip() != digest():
            done = subprocess.run(["make", "book", "LIVE=yes"], cwd=ROOT, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
    return ROOT / "_build/html"


def build(project, output, *flags):
    """Builds the book in folder `project` into `output`, warnings as errors; returns the finished process."""
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(project), "--path-output", str(output)]
    return subprocess.run([*command, "-W", "--keep-going", "-n", *flags], capture_output=True, text=True)


def small_book(folder, texts):
    """Builds a book of the pages {name: text} with the real configuration and extensions into folder/out; returns the finished process."""
    left_out = shutil.ignore_patterns("__pycache__", "english", "node_modules")
    shutil.copytree(BOOK, folder / "book", symlinks=True, ignore=left_out)
    (folder / "book/_ext/katex/node_modules").symlink_to(BOOK / "_ext/katex/node_modules")
    for page in (folder / "book").glob("*.md"):
        page.unlink()
    for needed in ("your_derivation", "wrong_lines"):  # the gallery of the check page is made of these
        shutil.copy(BOOK / f"{needed}.md", folder / "book")
    for name, text in texts.items():
        (folder / f"book/{name}.md").write_text(text, "utf-8")
    (folder / "book/references.bib").write_text("")
    shutil.copy(ROOT / "_config.yml", folder)
    root, *others = [f"book/{name}" for name in texts]
    toc = {"format": "jb-book", "root": root} | ({"chapters": [{"file": name} for name in others]} if others else {})
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc))
    return build(folder, folder / "out")


HEAD = source("notation").split("# Notation")[0]


def cell(code):
    """A page with one cell."""
    return f"{HEAD}# Page\n\n```{{code-cell}} ipython3\n{code}\n```\n"


def warnings(done):
    """[(page, line, what is wrong)] of a finished build, in order of pages and lines; the line is 0 where none is given."""
    found = re.findall(r"(\w+)\.md:(\d*): WARNING: (.*?)(?:\x1b|$)", done.stderr, re.M)
    return sorted((page, int(line or 0), said) for page, line, said in found)
