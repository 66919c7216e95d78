"""Bytes, time to interactive on a slow phone, and move-to-paint latency of the explorers: python tests/benchmarks/bench_explorers.py

The slow phone: 1.6 Mbit/s, 150 ms round trip, processor four times slower, nothing in the cache, gzip as a server sends it.
"""

import gzip
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/browser", "tests", "book/_ext")]

from browser_path import QUIET, installed_browser
from miniature import miniature
from serving import serve

BUDGET = {"bytes": 20 * 1024, "interactive": 2500.0}
RUNS, MOVES = 3, 120

READY = "(function look() { if (document.querySelector('.w2v-explorer[data-live]')) window.ready = performance.now(); else requestAnimationFrame(look); })()"

LATENCY = """async moves => {
  const pause = ms => new Promise(done => setTimeout(done, ms)), frame = () => new Promise(requestAnimationFrame);
  const painted = () => new Promise(done => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
  const times = [];
  for (let i = 0; i < moves; i++) {
    await pause(15 + 20 * Math.random());
    const handle = [...document.querySelectorAll('.w2v-explorer')][0].querySelector('.w2v-handle:last-of-type, input[type=range]'), start = performance.now();
    handle.dispatchEvent(new KeyboardEvent('keydown', { key: i % 20 < 10 ? 'ArrowRight' : 'ArrowLeft', bubbles: true, cancelable: true }));
    await frame();
    await painted();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}"""


def zipped(path):
    return gzip.compress(path.read_bytes(), 6)


def script_bytes(folder):
    """The size of the explorers' script and style sheet, gzipped."""
    return {
        name: len(gzip.compress((folder / "_static" / name).read_bytes(), 9))
        for name in ("explorers.js", "explorers.css", "present.js", "present.css")
    }


def interactive(browser, address):
    """Milliseconds until the first explorer answers, on the slow phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(READY)
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.ready > 0", timeout=60_000)
    found = page.evaluate("window.ready")
    context.close()
    return found


def latency(browser, address, slow):
    """Sorted milliseconds from an arrow key on the first figure to the end of the frame that shows it."""
    page = browser.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4 if slow else 1})
    page.goto(address)
    page.wait_for_selector(".w2v-explorer[data-live]")
    found = page.evaluate(LATENCY, MOVES)
    page.close()
    return found


def report():
    """Prints every measurement beside its budget."""
    folder = miniature()
    for name, size in script_bytes(folder).items():
        print(f"{name:14} {size:7,} bytes gzip" + (f"   budget {BUDGET['bytes']:,}" if name == "explorers.js" else ""))
    with serve(folder, zipped=zipped) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=QUIET)
        for page in ("vectors", "losses"):
            ready = [interactive(browser, f"{address}/{page}.html") for _ in range(RUNS)]
            print(
                f"{page:14} interactive on a slow phone after {statistics.median(ready):5.0f} ms (median of {RUNS})   budget {BUDGET['interactive']:.0f}"
            )
            for slow in (False, True):
                times = latency(browser, f"{address}/{page}.html", slow)
                print(
                    f"{page:14} move to paint, {'processor / 4' if slow else 'this machine '}: median {statistics.median(times):5.1f} ms, p95 {times[int(0.95 * len(times))]:5.1f} ms"
                )
        browser.close()


if __name__ == "__main__":
    report()
