"""How long `make book` and `make test` take: python tests/benchmarks/bench_build.py

Built in a copy of this book whose installation is shared: bare: nothing kept, without the live part (LIVE=no); clean: nothing
kept, with the live part, which was assembled before; again: after that, with nothing changed; prose: after that, with a
sentence of one chapter changed. Tested in this folder, on the site that is built first if it is not there: the losses, then everything.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
GOAL = {"bare": 90, "clean": 180, "again": 5, "prose": 15}  # seconds on two quiet cores
TESTS = {"losses": 60, "": 600}  # what ONLY says: seconds
INSTALLED = (".venv", ".live", "book/w2v/text/english/node_modules", "book/_ext/katex/node_modules")
CHAPTER = "book/cbow.md"


def copied(folder):
    """Copies the files under version control into a folder and puts links to what is installed beside them."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for name in INSTALLED:
        (folder / name).symlink_to(ROOT / name)


def made(folder, *words):
    """The seconds of one `make`, and the load of the machine before it."""
    load, start = os.getloadavg()[0], perf_counter()
    done = subprocess.run(["make", *words], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    return perf_counter() - start, load


def say(case, found, goal):
    seconds, load = found
    print(f"{case:18} {seconds:6.1f} s, goal {goal:3} s; load before it {load:.1f}", flush=True)


def change_prose(folder):
    path = folder / CHAPTER
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n\nOne more sentence.\n", "utf-8")


def main():
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    print(f"book and tests at {commit}, {os.cpu_count()} cores, Python {platform.python_version()},", end=" ")
    print(", ".join(f"{name} {version(name)}" for name in ("jupyter-book", "sphinx", "sympy")))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        copied(folder)
        for case, goal in GOAL.items():
            if case in ("bare", "clean"):
                shutil.rmtree(folder / "_build", ignore_errors=True)
            if case == "prose":
                change_prose(folder)
            say(f"make book, {case}", made(folder, "book", f"LIVE={'no' if case == 'bare' else 'yes'}"), goal)
    made(ROOT, "book")
    for only, goal in TESTS.items():
        say(f"make test {only}", made(ROOT, "test", f"ONLY={only}"), goal)


if __name__ == "__main__":
    main()
