"""The box "Check my derivation" as the tests use it: the box on a page, its fixtures."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from check_page import SOURCES, examples
from conditions import TWO_FRAMES
from serving import serve

BOOK = Path(__file__).resolve().parents[2] / "book"
PAGE = "book/your_derivation.html"
GALLERY = [example for page in SOURCES for example in examples(page, (BOOK / f"{page}.md").read_text("utf-8"))]
RIGHT, WRONG = (
    "$$\n1 - \\sigma(x) = \\sigma(-x)\n$$\n",
    "Some words.\n\n$$\n\\frac{d}{dx} \\sigma(x) = -\\sigma(x) (1 - \\sigma(x))\n$$\n",
)
RUN = "([kind, payload]) => w2vStudy.engine.run(kind, payload).catch(reason => reason.stopped ? { stopped: true } : { rejected: reason.message })"
PATIENCE = 180_000  # milliseconds; a busy machine starts Python slowly


@pytest.fixture
def served():
    """served(folder, hidden=..., changed=...) is the address of a server that is gone after the test."""
    with ExitStack() as servers:
        yield lambda folder, **otherwise: servers.enter_context(serve(folder, **otherwise))


class Box:
    """The box on an open page."""

    def __init__(self, page):
        self.page = page
        page.wait_for_function("window.w2vStudy && w2vStudy.engine")

    def write(self, text):
        """Puts a text into the editor at once, as a paste does; `fill` of Playwright inserts long texts slowly."""
        self.page.locator("#w2v-text").evaluate(
            "(el, text) => { el.value = text; el.dispatchEvent(new Event('input', { bubbles: true })); }", text
        )

    def kept(self, text):
        """Waits until the browser keeps the text."""
        self.page.wait_for_function(
            "text => JSON.parse(localStorage['w2v-derivation'] ?? '{}').text === text", arg=text
        )

    def text(self):
        return self.page.locator("#w2v-text").input_value()

    def check(self, text=None):
        """Checks (a text) and waits for the verdicts or the message; returns the summary."""
        if text is not None:
            self.write(text)
        self.page.locator("#w2v-check").click()
        return self.summary()

    def summary(self):
        self.page.wait_for_function(
            "document.querySelector('#w2v-summary').textContent && document.querySelector('#w2v-stop').hidden",
            timeout=PATIENCE,
        )
        return self.page.locator("#w2v-summary").inner_text()

    def statuses(self):
        self.page.wait_for_selector("#w2v-steps[data-complete=yes]", timeout=PATIENCE)
        return self.page.locator("#w2v-steps > li").evaluate_all("all => all.map(li => li.dataset.status)")

    def run(self, kind, payload):
        return self.page.evaluate(RUN, [kind, payload])

    def state(self):
        return self.page.evaluate("w2vStudy.engine.state")


def preview(box, text):
    """The preview, once it shows the text with the formulas in view set."""
    box.write(text)
    box.page.wait_for_function("!document.querySelector('#w2v-preview').ariaBusy")
    box.page.evaluate(TWO_FRAMES)
    return box.page.locator("#w2v-preview")


@pytest.fixture
def open_box(visit, server):
    """open_box() is the box on a fresh page; `faults` lists what went wrong on it."""

    def open_(address=None, **options):
        opened = visit(f"{address or server}/{PAGE}", **options)
        made = Box(opened.page)
        made.faults = opened.faults
        return made

    return open_


@pytest.fixture(scope="module")
def ready(browser, server):
    """A box whose Python is started, shared by the tests that leave it so; it must load nothing from elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}/{PAGE}")
    box = Box(page)
    assert not [url for url in asked if "/live/pyodide/" in url], "loads Python before it is asked to"
    box.check(RIGHT)
    yield box
    assert not [url for url in asked if not url.startswith((server, "blob:", "data:"))]
    context.close()
