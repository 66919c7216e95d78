"""A real browser over the built site: offline, from files and from a local server."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from browser_path import QUIET, installed_browser
from check_box import open_box, ready, served  # noqa: F401, fixtures of several files
from serving import serve

AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="session")
def browser():
    chromium = installed_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(site):
    """The site at http://127.0.0.1:PORT."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def addresses(site, server):
    """The two ways to open a page: {"file": prefix, "http": prefix}."""
    return {"file": site.as_uri(), "http": server}


@pytest.fixture(scope="session")
def axe():
    if not AXE.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "axe-core is not installed: run `npm ci` in tests/browser"
        )
    return AXE.read_text("utf-8")


class Visit:
    """An open page and what went wrong on it: console errors, failed and foreign requests."""

    def __init__(self, page):
        self.page, self.faults = page, []
        page.on("console", lambda message: message.type == "error" and self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on(
            "response",
            lambda response: response.status >= 400 and self.faults.append(f"{response.status}: {response.url}"),
        )
        page.on("request", self._own_host)

    def _failed(self, request):
        """Notes a request that failed; an icon that a reload overtook was given up by the browser, not refused."""
        if not (request.url.endswith("/favicon.svg") and request.failure == "net::ERR_ABORTED"):
            self.faults.append(f"failed: {request.url}")

    def _own_host(self, request):
        if not request.url.startswith(("file:", "data:", "blob:", "http://127.0.0.1:")):
            self.faults.append(f"foreign: {request.url}")


@pytest.fixture
def visit(browser):
    """visit(address, **context options) opens an address in a fresh profile and waits until it is loaded."""
    contexts = []

    def open_(address, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        opened = Visit(context.new_page())
        opened.page.goto(address)
        opened.page.wait_for_load_state("load")
        return opened

    yield open_
    for context in contexts:
        context.close()
