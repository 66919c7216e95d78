"""Three browser engines with one face: what a test asks of Chromium, Firefox and WebKitGTK alike."""

import gzip
import json
import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from browser_path import QUIET, installed_browser
from katex_math import node_program

HERE = Path(__file__).parent
ENGINES = ["chromium", "firefox", "webkit"]
PACKAGES = {"firefox": "firefox-esr", "webkit": "webkit2gtk-driver xvfb xauth"}
PATIENCE = 60.0  # s

# Runs before everything else on a page: what goes wrong on it, in words, for engines that do not tell their driver.
LISTENER = b"""<script>
window.w2vFaults = [];
addEventListener("error", event => w2vFaults.push(event.message || `not loaded: ${event.target.src || event.target.href}`), true);
addEventListener("unhandledrejection", event => w2vFaults.push(String(event.reason)));
{ const say = console.error; console.error = (...words) => { w2vFaults.push(words.join(" ")); say(...words); }; }
</script>"""
FAULTS = """return [...w2vFaults, ...performance.getEntriesByType("resource").map(one => one.name)
  .filter(name => !name.startsWith(location.origin + "/") && !/^(data|blob):/.test(name))];"""


def heard(path):
    """The bytes of a file, in gzip; a page tells what goes wrong on it."""
    content = path.read_bytes()
    return gzip.compress(content.replace(b"<head>", b"<head>" + LISTENER, 1) if path.suffix == ".html" else content, 1)


def command(engine):
    """How the engine is started; one that is not installed is skipped, and fails in continuous integration."""
    start = [node_program(), HERE / "engines.mjs", engine]
    if engine == "chromium":
        return [*start, installed_browser(), *QUIET]
    if engine == "firefox":
        found = [shutil.which("firefox-esr") or shutil.which("firefox")]
    else:
        browsers = sorted(Path("/usr").glob("lib*/**/webkit2gtk-4.*/MiniBrowser"))
        found = [shutil.which("WebKitWebDriver"), *browsers[-1:]]
        start = [shutil.which("xvfb-run"), "-a", *start]
    if None in [*start, *found] or (engine == "webkit" and not browsers):
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"{engine} is not installed, e.g. apt-get install {PACKAGES[engine]}")
    return [*start, *found]


class Engine:
    """An open browser: `open` a page, `run` a script, `press` a key, `drag` with mouse or finger, and what went wrong."""

    def __init__(self, name, process):
        self.name, self.process = name, process

    def ask(self, name, **given):
        self.process.stdin.write(json.dumps([name, given]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"{self.name} ended"
        answer = json.loads(answer)
        assert "error" not in answer, f"{self.name}, {name} {given}: {answer['error']}"
        return answer["value"]

    def open(self, address, width=1280, height=900):
        self.ask("open", address=address, width=width, height=height)

    def run(self, script, given=None):
        """What the script, the body of a function of `given`, returns."""
        return self.ask("run", script=script, given=given)

    def wait(self, condition, given=None):
        """Waits until the expression, of `given`, is true; returns its value."""
        start = time.monotonic()
        while not (value := self.run(f"return {condition};", given)):
            assert time.monotonic() - start < PATIENCE, f"{self.name}: never {condition}, {given}"
            time.sleep(0.05)
        return value

    def press(self, key):
        self.ask("press", key=key)

    def drag(self, start, end, finger=False):
        self.ask("drag", **{"from": start, "to": end, "finger": finger})

    def faults(self):
        return self.run(FAULTS)


@contextmanager
def started(name):
    """The engine of this name, until the context ends."""
    with subprocess.Popen(command(name), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE) as process:
        yield Engine(name, process)
        process.stdin.close()
