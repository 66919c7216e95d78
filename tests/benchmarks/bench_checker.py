"""The goals of the checker, measured: python tests/benchmarks/bench_checker.py [--jobs N]

Prints, for the handed cases, the ledger of the five write-ups, the keyed write-ups and the book, what was reached beside its goal; then
the steps a second and the slowest step. Seconds are those of the processor.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "checker"), str(ROOT / "tests"), str(ROOT / "book")]

import test_handed
import test_keyed
import test_ledger

from w2v.checker import NoMathematics, check

GOOD, WRONG = ("proved", "definition"), ("refuted", "ill-typed", "transposed")


def timed(job):
    """(name, statuses, unexpected, seconds, (slowest step's seconds, its line)) of one text."""
    name, text = job
    start = last = time.process_time()
    slowest = (0.0, 0)

    def fell(verdict):
        nonlocal last, slowest
        now = time.process_time()
        slowest, last = max(slowest, (now - last, verdict.line)), now

    try:
        report = check(text, name=name, on_step=fell)
        found = [v.status for v in report.steps], len(report.unexpected())
    except NoMathematics:
        found = [], 0
    return name, *found, time.process_time() - start, slowest


def answer(job):
    """The fault that a test finds in one case, or ''; text that takes too long is one."""
    module, group, name = job
    try:
        return sys.modules[module].CHECKS[group][0](name)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def row(what, reached, goal):
    print(f"{what:<44} {reached:<34} {goal}")


def measure(pool):
    """Prints the table."""
    row("on", "reached", "goal")
    for module, group, what, goal in (
        (test_handed, "false lines", "false lines: not proved, no definition", "all"),
        (test_handed, "true texts", "true texts: no step accused", "all"),
        (test_handed, "small texts", "small texts: as stated", "all"),
        (test_ledger, "ledger", "five write-ups: the ledger's verdict", "no false alarm, no miss"),
        (test_keyed, "keyed write-ups", "keyed write-ups: no false alarm, no miss", "all"),
    ):
        names = module.CHECKS[group][1]
        faults = [f for f in pool.map(answer, [(module.__name__, group, n) for n in names]) if f]
        row(what, f"{len(names) - len(faults)} of {len(names)}", goal)
    texts = [(f"true texts: {n}", c["text"]) for n, c in test_handed.TRUE.items()]
    found = list(pool.map(timed, texts))
    accepted = sum(all(s in GOOD for s in statuses) for _, statuses, *_ in found)
    slow = max(found, key=lambda f: f[3])
    row("true texts accepted", f"{accepted} of {len(found)}", f">= {test_handed.ACCEPTED}")
    row("true texts, slowest", f"{slow[3]:.1f} s ({slow[0][12:]})", "5 s")
    pages = [(p.name, p.read_text(encoding="utf-8")) for p in sorted((ROOT / "book").glob("*.md"))]
    book = list(pool.map(timed, pages))
    counts = Counter(s for _, statuses, *_ in book for s in statuses)
    row("book: steps as its pages declare", f"{counts.total() - sum(f[2] for f in book)} of {counts.total()}", "all")
    row("book: verdicts", ", ".join(f"{n} {s}" for s, n in counts.most_common()), "")
    row("book: time", f"{sum(f[3] for f in book):.1f} s", "30 s")
    both = found + book
    steps, seconds = sum(len(f[1]) for f in both), sum(f[3] for f in both)
    row("steps a second", f"{steps / seconds:.1f}, so {40 * seconds / steps:.1f} s for 40 steps", "40 steps in 5 s")
    longest = max(both, key=lambda f: f[4])
    row("slowest step", f"{longest[4][0]:.1f} s ({longest[0]}, line {longest[4][1]})", "")
    long = "\n\n".join(rf"$$ \sigma(-{k} x) = 1 - \sigma({k} x) $$" for k in range(2, 5000))
    half, whole = timed(("half", long[:100_000])), timed(("whole", long[:200_000]))
    row("200 KB of text", f"{whole[3]:.1f} s; half of it {half[3]:.1f} s", "linear")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    jobs = options.parse_args().jobs
    commit = subprocess.run(
        ["git", "log", "-1", "--format=%h %cd", "--date=short"], cwd=ROOT, text=True, capture_output=True
    ).stdout.strip()
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    print(
        f"commit {commit}; {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; load {load}\n"
    )
    with ProcessPoolExecutor(jobs) as pool:
        measure(pool)


if __name__ == "__main__":
    main()
