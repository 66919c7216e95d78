"""From the click on Check to the first verdict, cold and warm, and the bytes it takes: python tests/benchmarks/bench_check_page.py [SITE]

SITE is the built site, `_build/html` by default, with its live part (`make book`). Cold is a new browser profile, warm the next
visit with the same profile; files are sent gzipped from memory, and the network is this machine.
"""

import functools
import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from browser_path import QUIET, installed_browser
from serving import serve

PAGE = "book/your_derivation.html"
TARGET = {"cold": 3.2, "warm": 2.4}  # seconds; a quiet machine must stay below 1.5 times these
RUNS = 3

CLICK = """async () => {
  const start = performance.now(), log = {}, mark = name => { log[name] = log[name] ?? (performance.now() - start) / 1000; };
  w2vStudy.engine.onState(({ state, phase }) => mark(phase || state));
  document.querySelector('#w2v-check').click();
  await new Promise(done => { const look = () => (document.querySelector('#w2v-steps li .katex-html') ? done() : setTimeout(look, 5)); look(); });
  mark('verdict');
  return log;
}"""


SENT = []  # the bytes of every file that was sent


@functools.cache
def packed(path):
    return gzip.compress(path.read_bytes(), 6)


def zipped(path):
    SENT.append(len(packed(path)))
    return packed(path)


def visit(playwright, profile, address):
    """({moment: seconds after the click}, bytes sent after it) of one visit."""
    context = playwright.chromium.launch_persistent_context(profile, executable_path=installed_browser(), args=QUIET)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    page.wait_for_function("document.querySelector('#w2v-check').textContent.includes('loads')")
    SENT.clear()
    found = page.evaluate(CLICK), sum(SENT)
    context.close()
    return found


def report(site):
    """Prints the median of every moment beside its target."""
    if not (site / "live/pyodide/pyodide-lock.json").is_file():
        sys.exit(f"{site} has no live part: run `make book` first")
    visits = {"cold": [], "warm": []}
    for path in (site / "live/pyodide").iterdir():
        if path.is_file() and (path.name.startswith(("pyodide", "w2v")) or path.name == "python_stdlib.zip"):
            packed(path)
    with serve(site, zipped=zipped) as address, sync_playwright() as playwright:
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as profile:
                for kind in ("cold", "warm"):
                    visits[kind].append(visit(playwright, profile, address))
    for kind, runs in visits.items():
        moments = ", ".join(
            f"{name} {statistics.median(log[name] for log, _ in runs):.2f} s"
            for name in ("starting", "ready", "verdict")
        )
        best = min(log["verdict"] for log, _ in runs)
        print(
            f"check page, {kind}: {moments} (median of {RUNS}; best {best:.2f} s; target {TARGET[kind]} s), {runs[0][1]:,} bytes gzip"
        )


if __name__ == "__main__":
    report(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "_build/html")
