"""From the click on Open live to the first cell that has run, cold and warm, and the bytes: python tests/benchmarks/bench_live.py [SITE]

SITE is the built site, `_build/html` by default, with its live part (`make book`). Cold is a new browser profile, warm the next
visit with the same profile; files are sent gzipped from memory, and the network is this machine.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1] / "browser"), str(Path(__file__).parent)]

from bench_check_page import SENT, zipped

from browser_path import QUIET, installed_browser
from live import READY, STARTED
from serving import serve

PAGE = "book/sigmoid.html"
RUNS = 3

FIRST_CELL = """async () => {
  const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = [...notebook.model.cells].findIndex((cell) => cell.type === "code");
  await jupyterapp.commands.execute("notebook:run-cell");
}"""


def visit(playwright, profile, address):
    """({moment: seconds after the click}, bytes sent after it) of one visit."""
    context = playwright.chromium.launch_persistent_context(profile, executable_path=installed_browser(), args=QUIET)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    SENT.clear()
    start, log = time.perf_counter(), {}
    with context.expect_page() as opened:
        page.locator(".btn-open-live").click()
    notebook = opened.value
    for moment, script in (("notebook", None), ("kernel", STARTED), ("first cell", FIRST_CELL)):
        notebook.evaluate(script) if script else notebook.wait_for_function(READY)
        log[moment] = time.perf_counter() - start
    context.close()
    return log, sum(SENT)


def main(site):
    """Prints the medians of RUNS cold and warm visits."""
    seen = {"cold": [], "warm": []}
    with sync_playwright() as playwright, serve(site, zipped=zipped) as address:
        with tempfile.TemporaryDirectory() as profile:
            visit(playwright, profile, address)  # fills the server's memory
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as profile:
                for kind in seen:
                    seen[kind].append(visit(playwright, profile, address))
    for kind, runs in seen.items():
        moments = ", ".join(f"{name} {statistics.median(log[name] for log, _ in runs):.1f} s" for name in runs[0][0])
        print(f"{kind}: {moments}; {statistics.median(sent for _, sent in runs) / 1e6:.1f} MB gzipped")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "_build/html").resolve())
