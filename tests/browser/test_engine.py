"""Python in the page: it is stopped, gets long inputs, loses the network, misses a part; cells run and reach nothing else."""

import json
import re

import pytest

from check_box import PAGE, PATIENCE, RIGHT, WRONG, Box, preview
from live_manifest import manifest
from w2v.checker import check

# ---- stop, long inputs, no network ----

SLOW = "\n".join(
    f"$$\n\\frac{{\\partial}}{{\\partial v_c}} \\log \\sum_w \\exp(u_w^\\top v_c) + {n} v_c = \\sum_w \\hat{{y}}_w u_w + {n} v_c\n$$\n"
    for n in range(2, 900)
)


def test_a_run_is_stopped_and_the_next_one_starts_again(open_box):
    box = open_box()
    box.write(SLOW)
    box.page.locator("#w2v-check").click()
    box.page.wait_for_function("w2vStudy.engine.state === 'busy'", timeout=PATIENCE)
    box.page.wait_for_function(
        "/line \\d+ of \\d+/.test(document.querySelector('#w2v-doing').textContent)", timeout=PATIENCE
    )
    box.page.locator("#w2v-stop").click()
    assert box.summary().startswith("Stopped. The text is as you left it") and box.text() == SLOW
    assert box.state() == "stopped" and box.page.evaluate("document.activeElement.id") == "w2v-check"
    assert box.check(RIGHT) == "1 step: 1 proved."
    assert box.faults == []


def test_the_start_of_python_can_be_stopped(open_box):
    box = open_box()
    box.write(RIGHT)
    box.page.locator("#w2v-check").click()
    box.page.locator("#w2v-stop").click()
    assert box.summary().startswith("Stopped.") and box.state() == "stopped"
    assert box.check(RIGHT) == "1 step: 1 proved."


def test_stop_rejects_every_run_that_waits(open_box):
    box = open_box()
    found = box.page.evaluate(
        """async text => {
      const engine = w2vStudy.engine, runs = [engine.run('check', { text }), engine.run('check', { text })].map(run => run.catch(reason => reason));
      engine.stop();
      engine.stop();
      return Promise.all(runs);
    }""",
        RIGHT,
    )
    assert found == [{"stopped": True}] * 2 and box.state() == "stopped"


def test_200_kilobytes_leave_the_page_to_its_reader(open_box):
    """While the worker checks, keys arrive and the preview follows; all verdicts are shown, slice by slice."""
    display = (
        "$$\n1 - \\sigma(x) = \\sigma(-x)\n$$\n\n"
        + "A sentence of some length that explains why this is so. " * 5
        + "\n\n"
    )
    text = display * (200_000 // len(display))
    box = open_box()
    assert box.check(RIGHT) == "1 step: 1 proved."
    box.write(text)
    box.page.evaluate("""() => { window.beats = { busy: 0, longest: 0 }; let last = performance.now();
      setInterval(() => { const now = performance.now(); beats.longest = Math.max(beats.longest, now - last); last = now; beats.busy += w2vStudy.engine.state === 'busy'; }, 10); }""")
    box.page.locator("#w2v-check").click()
    box.page.locator("#w2v-text").press("Control+Home")
    box.page.keyboard.type("typed while it runs $\\alpha$\n\n")
    box.page.locator("#w2v-preview .katex-html", has_text="α").wait_for()
    assert box.state() == "busy"
    assert box.page.evaluate("beats.busy") > 20
    count = text.count("$$") // 2
    assert box.summary() == f"{count} steps: {count} proved."
    assert box.statuses() == ["proved"] * count and box.text().startswith("typed while it runs")
    print(f"longest pause of the page: {box.page.evaluate('beats.longest'):.0f} ms")
    assert box.faults == []


@pytest.mark.parametrize(
    "text",
    [
        "$" * 200_000,
        "\\begin{align}" * 15_000,
        "`" * 200_000,
        "{" * 200_000,
        "<!--" * 50_000,
        "\\newcommand" * 18_000,
        "x = y_1 " * 25_000,
        "$$ x = x $$" * 18_000,
    ],
    ids=["dollars", "begins", "ticks", "braces", "comments", "commands", "one line", "displays"],
)
def test_200_kilobytes_of_garbage_do_not_hang_the_preview(ready, text):
    ready.write(text)
    ready.page.wait_for_function(
        "() => { const box = document.querySelector('#w2v-preview'); return !box.ariaBusy || box.childElementCount > 100; }"
    )
    shown = preview(ready, "after $\\beta$")
    shown.locator(".katex-html", has_text="β").wait_for(timeout=10_000)


def test_it_works_without_a_network_once_it_is_loaded(open_box):
    box = open_box()
    assert box.check(RIGHT) == "1 step: 1 proved."
    box.page.context.set_offline(True)
    assert box.check(WRONG).startswith("1 step: 1 refuted.")
    box.page.evaluate("w2vStudy.engine.stop()")
    assert box.check(RIGHT) == "1 step: 1 proved."
    box.page.context.set_offline(False)


# ---- what is missing is named ----


def test_from_a_file_the_page_says_what_to_do_and_is_still_an_editor(visit, site):
    opened = visit(f"{site.as_uri()}/{PAGE}")
    box = Box(opened.page)
    opened.page.locator("#w2v-loads", has_text="make serve").wait_for()
    assert preview(box, "$\\alpha$").locator(".katex-html").count() == 1
    assert "make serve" in box.check(RIGHT) and box.text() == RIGHT and opened.faults == []


def test_without_javascript_the_command_is_named(visit, site):
    page = visit(f"{site.as_uri()}/{PAGE}", java_script_enabled=False).page
    assert not page.locator("#w2v-text").is_visible() and page.locator("text=w2v-check solution.md").first.is_visible()


def wheel(site):
    return manifest(site / "live/pyodide")["wheel"]


@pytest.mark.parametrize(
    "hidden, said",
    [
        ("WHEEL", "WHEEL could not be loaded"),
        ("pyodide.asm.wasm", "pyodide.asm.wasm could not be loaded"),
        ("pyodide.js", "pyodide.js could not be loaded"),
        ("live/manifest.json", "built without Python"),
    ],
)
def test_a_missing_part_is_named(open_box, site, served, hidden, said):
    name = wheel(site)
    box = open_box(served(site, hidden=[hidden.replace("WHEEL", name)]))
    assert said.replace("WHEEL", name) in box.check(RIGHT) and box.text() == RIGHT and box.state() == "failed"


def test_a_wheel_with_one_byte_changed_is_refused(open_box, site, served):
    name = wheel(site)
    body = bytearray((site / "live/pyodide" / name).read_bytes())
    body[len(body) // 2] ^= 1
    box = open_box(served(site, changed={name: bytes(body)}))
    assert f"{name} could not be loaded" in box.check(RIGHT)


def test_a_server_that_calls_wasm_something_else_will_do(open_box, site, served):
    name = "live/pyodide/pyodide.asm.wasm"  # sent without any type
    box = open_box(served(site, changed={name: (site / name).read_bytes()}))
    assert box.check(RIGHT) == "1 step: 1 proved."


def test_a_wasm_file_that_is_cut_off_is_named(open_box, site, served):
    name = "live/pyodide/pyodide.asm.wasm"
    box = open_box(served(site, changed={name: (site / name).read_bytes()[:5_000_000]}))
    assert "pyodide.asm.wasm could not be loaded to its end" in box.check(RIGHT)


def test_a_site_without_the_live_part_says_how_to_build_it(open_box, site, served):
    box = open_box(served(site, changed={"live/manifest.json": b"{}"}))
    assert "make book" in box.page.locator("#w2v-loads").inner_text() and "make book" in box.check(RIGHT)


def test_the_page_says_how_much_it_loads_before_it_loads_it(open_box, site):
    box = open_box()
    size = json.loads((site / "live/manifest.json").read_text())["check"]
    assert size == manifest(site / "live/pyodide")["check"]
    button = box.page.locator("#w2v-check", has_text="loads")
    button.wait_for()
    said = float(re.search(r"loads ([\d.]+) MB once", button.inner_text())[1])
    assert said == pytest.approx(size["bytes"] / 1e6, abs=0.51)
    box.check(RIGHT)
    assert button.count() == 0 and box.page.locator("#w2v-check").inner_text() == "Check"


def test_a_manifest_without_one_of_its_files_fails_the_build(tmp_path):
    (tmp_path / "pyodide-lock.json").write_text('{"packages": {"w2v": {"file_name": "w2v.whl", "depends": []}}}')
    with pytest.raises(FileNotFoundError, match="expected pyodide.js, .*w2v.whl beside"):
        manifest(tmp_path)


# ---- cells ----


def cell(box, source):
    return box.run("cell", {"source": source})


def test_a_cell_prints_and_shows_its_last_expression(ready):
    found = cell(ready, "import numpy as np\nprint('hello')\nnp.arange(3) + 1")
    assert found == {"stdout": "hello\n", "html": None, "text": "array([1, 2, 3])", "error": None}
    found = cell(ready, "from w2v.checker import check\ncheck('$$ 1 - \\\\sigma(x) = \\\\sigma(-x) $$')")
    assert found["html"].startswith('<div class="w2v-report">') and found["error"] is None


def test_every_cell_has_a_namespace_of_its_own(ready):
    assert cell(ready, "left_over = 3")["error"] is None
    assert cell(ready, "left_over")["error"]["type"] == "NameError"


@pytest.mark.parametrize(
    "source, type, line, said",
    [
        ("x = 1\n\n1 / 0", "ZeroDivisionError", 3, "division by zero"),
        ("x = (1,\n", "SyntaxError", 1, "never closed"),
        ("def f():\n    return g()\nx = 2\nf()", "NameError", 2, "'g'"),
        ("import sys\nsys.exit(3)", "SystemExit", 2, "3"),
        ("import nonsense_module", "ModuleNotFoundError", 1, "nonsense_module"),
        ("def f(): return f()\nf()", "RecursionError", 1, ""),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", 1, ""),
        ("class A:\n    def __repr__(self): return 1 / 0\nA()", "ZeroDivisionError", 2, ""),
    ],
)
def test_a_fault_in_a_cell_is_named_with_its_line(ready, source, type, line, said):
    error = cell(ready, source)["error"]
    assert (error["type"], error["line"]) == (type, line) and said in error["message"]
    assert cell(ready, "1 + 1")["text"] == "2"


def test_printing_without_end_is_cut(ready):
    found = cell(ready, "for i in range(100000):\n    print(i)")
    assert len(found["stdout"]) < 21_000 and re.search(r"\.\.\. and \d+ characters more$", found["stdout"])


def test_an_endless_loop_can_be_stopped(open_box):
    box = open_box()
    assert box.run("cell", {"source": "1"})["text"] == "1"
    box.page.evaluate(
        "window.ended = w2vStudy.engine.run('cell', { source: 'while True: pass' }).catch(reason => reason); setTimeout(w2vStudy.engine.stop, 300)"
    )
    assert box.page.evaluate("ended") == {"stopped": True}
    assert box.run("cell", {"source": "2"})["text"] == "2"


OUTSIDE = "http://127.0.0.1:9/secret"


def asked_for(box, source):
    """The addresses outside the site that a cell asked for."""
    asked = []
    box.page.context.on("request", lambda request: asked.append(request.url))
    cell(box, source)
    with box.page.context.expect_event("request", lambda request: request.url.count("the-last-one")):
        cell(box, "import js\njs.fetch('pyodide-lock.json?the-last-one')")
    return [url for url in asked if ":9/" in url]


@pytest.mark.parametrize(
    "source",
    [
        f"import js\njs.fetch('{OUTSIDE}')",
        f"from pyodide.http import open_url\nopen_url('{OUTSIDE}')",
        f"import js\njs.importScripts('{OUTSIDE}')",
        "import js\njs.WebSocket.new('ws://127.0.0.1:9/')",
        f"import js\njs.fetch(js.Request.new('{OUTSIDE}'))",
    ],
)
def test_a_cell_reaches_no_other_address(ready, source):
    assert asked_for(ready, source) == []
    assert ready.state() == "ready"


def mutant(site, served, old, new):
    """The address of the site with one change in its engine."""
    script = (site / "_static/engine.js").read_text("utf-8")
    assert script.count(old) == 1, old
    return served(site, changed={"_static/engine.js": script.replace(old, new).encode()})


def test_an_engine_without_its_fence_is_noticed(open_box, site, served):
    box = open_box(mutant(site, served, "if (!url.startsWith(base))", "if (false)"))
    assert asked_for(box, f"import js\njs.fetch('{OUTSIDE}')") != []


def test_an_engine_that_turns_a_verdict_is_noticed(open_box, site, served):
    box = open_box(
        mutant(
            site, served, "return report.to_dict() |", "report.steps[0].status = 'refuted'; return report.to_dict() |"
        )
    )
    assert box.run("check", {"text": RIGHT, "name": "a.md"})["steps"] != check(RIGHT, name="a.md").to_dict()["steps"]
