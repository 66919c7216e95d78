"""A miniature book with every explorer, built once for all browser tests, and what the tests do to a figure."""

import functools
import json
import re
import shutil
import sys
import urllib.parse

from book import ROOT, alone, build
from sources import digest

SOURCES = ROOT / "tests/explorers/book"
KEPT = ROOT / "tests/_build/miniature"
sys.path.insert(0, str(SOURCES))

HOST_BUTTONS = re.compile("Play|Pause|Reset|Copy link|Link ")
STATE = "el => JSON.parse(el.dataset.w2v)"
NUMBERS = "el => [...el.querySelectorAll('[data-n]')].map(n => [n.dataset.n, n.textContent])"


@functools.cache
def miniature():
    """The folder of the miniature book's pages, built with warnings as errors; it stays until its sources change."""
    stamp, wanted = KEPT / "sources", digest(SOURCES)
    with alone():
        if not stamp.is_file() or stamp.read_text() != wanted:
            shutil.rmtree(KEPT, ignore_errors=True)
            shutil.copytree(SOURCES, KEPT / "book")
            config = KEPT / "book/_config.yml"
            config.write_text(config.read_text("utf-8").replace("EXTENSIONS", str(ROOT / "book/_ext")), "utf-8")
            done = build(KEPT / "book", KEPT)
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
            stamp.write_text(wanted)
    return KEPT / "_build/html"


def mutated(folder, *changes):
    """A copy of the miniature book in `folder` whose script has the changes (old, new), each of which must apply exactly once."""
    from w2v.explorers.bundle import bundle

    folder = folder / "html"
    shutil.copytree(miniature(), folder)
    script = f"(() => {{\n{bundle('site')}}})();\n"
    for old, new in changes:
        assert script.count(old) == 1, f"{old!r} occurs {script.count(old)} times"
        script = script.replace(old, new)
    (folder / "_static/explorers.js").write_text(script, "utf-8")
    return folder


class Figure:
    """One explorer on an open page."""

    def __init__(self, page, id):
        self.page, self.id, self.root = page, id, page.locator(f"#{id}")
        self.root.wait_for()
        page.wait_for_function("id => document.getElementById(id)?.dataset.live !== undefined", arg=id)
        self.start = self.root.evaluate(STATE)["state"]

    def state(self):
        """The exact state: the start, overridden by what the link to this figure says."""
        self.root.get_by_role("button", name="link").evaluate("el => el.click()")
        query = urllib.parse.urlsplit(self.page.evaluate("location.hash.slice(1)")).query
        found = dict(item.split("=", 1) for item in query.split("&") if "=" in item)
        return self.start | {key: json.loads(urllib.parse.unquote(value)) for key, value in found.items()}

    def numbers(self):
        """Every number on show, as [name, text]."""
        return self.root.evaluate(NUMBERS)

    def reset(self):
        self.root.get_by_role("button", name="Reset").evaluate("el => el.click()")

    def sliders(self):
        return self.root.locator("input[type=range]").all()

    def handles(self):
        return self.root.locator(".w2v-handle").all()

    def buttons(self):
        """What can be pressed and is not pressed already, without play, reset and link."""
        every = self.root.locator("button, .w2v-press").all()
        names = [(el.get_attribute("aria-label") or el.inner_text()) for el in every]
        return [
            (name, el)
            for name, el in zip(names, every)
            if el.get_attribute("aria-pressed") != "true" and not HOST_BUTTONS.match(name)
        ]


def press(button):
    """Clicks with the mouse, or sends the click where another mark lies on top (two words at the same place)."""
    button.scroll_into_view_if_needed()
    uncovered = button.evaluate(
        "el => { const b = el.getBoundingClientRect(), top = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2); return el.contains(top); }"
    )
    button.click() if uncovered else button.dispatch_event("click")


def center(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
