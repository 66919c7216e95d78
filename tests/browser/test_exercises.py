"""Exercises on the site: boxes to answer in, the verdict, and the private record of progress.

The first half runs the site's own Python. The second half replaces it by STAND_IN, whose result is the text that was
typed, as JSON; there every check also runs on a mutant of the scripts, which it must notice.
"""

import functools
import json
import re
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError

from book import BOOK
from test_accessibility import PHONE, serious
from w2v.exercises import exercises
from w2v.exercises.feedback import RECORD
from w2v.exercises.registry import sheet

CHAPTER, PREDICTION, FUNCTION, OTHER = "sigmoid", "sigmoid-steepest", "sigmoid-any-score", "sigmoid-log"
HEAD = "from w2v.exercises import grade\n"
PAGE, KEY = sheet(CHAPTER), "w2v-progress"
BOOTING = 120_000  # ms that the first run may take on a busy machine
PATIENCE = 30_000  # ms for anything that needs no Python
LIVE = BOOK / "_live"
OWN = [entry.id for entry in exercises() if entry.chapter == CHAPTER]


class Box:
    """One exercise on an open page."""

    def __init__(self, page, id):
        self.page, self.id = page, id
        self.cell = page.locator(f"#answer-{id}")
        self.area = self.cell.locator("textarea")
        self.status = self.cell.get_by_role("status").first
        self.output = self.cell.locator(".cell_output")
        self.title = page.locator(f'[data-w2v-exercise="{id}"][data-w2v-label]').evaluate(
            "note => note.dataset.w2vLabel"
        )

    def button(self, name):
        return self.cell.get_by_role("button", name=name, exact=True)

    def check(self, text=None):
        if text is not None:
            self.area.fill(text)
        self.button("Check").click()
        return self

    def says(self, words, timeout=BOOTING):
        self.status.filter(has_text=re.compile(words)).wait_for(timeout=timeout)

    def ends(self, timeout=PATIENCE):
        """Waits until nothing runs, or for so many milliseconds."""
        with suppress(TimeoutError):
            self.button("Stop").wait_for(state="hidden", timeout=timeout)

    def tick(self):
        return self.page.locator(f"#{self.title} .w2v-tick")


def record(page):
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}') || 'null'") or "null")


# ---- with the site's own Python ----


@pytest.fixture
def opened(server, visit):
    return visit(f"{server}/book/{PAGE}.html")


def test_answers_are_judged_and_a_right_one_is_recorded(opened, server):
    page = opened.page
    box = Box(page, PREDICTION)
    assert re.fullmatch(
        r"The first check loads \d+ MB once, from this site; nothing is sent\.",
        box.cell.locator(".w2v-load").inner_text(),
    )
    box.check().says("^Not answered yet")
    box.check(HEAD + f'grade("{PREDICTION}", 0.5)').says("Not passed yet")
    assert "height of the curve" in box.output.inner_text() and record(page) is None and box.tick().count() == 0
    box.check(HEAD + f'grade("{PREDICTION}", 0.25)').says("✓ Passed")
    assert box.tick().inner_text() == "✓ passed" and list(record(page)["passed"]) == [PREDICTION]

    box = Box(page, FUNCTION)
    naive = "import numpy as np\n\n\ndef sigmoid(x):\n    return 1 / (1 + np.exp({}x))\n\n\n"
    box.check(HEAD + naive.format("") + f'grade("{FUNCTION}", sigmoid)').says("Not passed yet")
    assert "sign" in box.output.inner_text()
    box.check(HEAD + f'def sigmoid(x):\n    return undefined\n\n\ngrade("{FUNCTION}", sigmoid)').says("Not passed yet")
    assert "NameError" in box.output.inner_text() and "return undefined" in box.output.inner_text()
    box.check(HEAD + f'print("so far")\nresult = undefined + 1\ngrade("{FUNCTION}", result)').says("error in line 3")
    assert "so far" in box.output.inner_text() and "misspelt" in box.output.inner_text()
    assert box.cell.locator(".w2v-has-error").count() == 1 and box.tick().count() == 0
    box.button("Go to line 3").click()
    assert (
        page.evaluate(
            "document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == "result = undefined + 1"
    )
    box.check(HEAD + f'def sigmoid(x):\n    while True:\n        pass\n\n\ngrade("{FUNCTION}", sigmoid)').says(
        "Not passed yet"
    )
    assert "time limit" in box.output.inner_text()

    page.goto(f"{server}/book/exercises.html")
    section = page.locator(f"#exercises-{CHAPTER}")
    assert section.locator(".w2v-total").inner_text() == f"1 of {len(OWN)} passed"
    assert section.locator(f'.w2v-status[data-w2v-exercise="{PREDICTION}"]').inner_text().startswith("✓ passed, ")
    assert section.locator(f'.w2v-status[data-w2v-exercise="{FUNCTION}"]').inner_text() == "not yet"
    assert opened.faults == []


def test_a_loop_outside_the_answer_is_stopped_and_the_next_run_starts_again(opened, server):
    page = opened.page
    page.route("**/exercise_box.js*", functools.partial(answer, shorter((LIVE / "exercise_box.js").read_text("utf-8"))))
    page.reload()
    box = Box(page, OTHER)
    endless = HEAD + "while True:\n    pass"
    box.check(endless).says("^Stopped after 1 s. Probably a loop never ends")
    assert box.area.input_value() == endless
    box.check(HEAD + f'grade("{OTHER}", None)').says("Not answered yet")
    assert not box.button("Stop").is_visible()
    box.check(endless).says("Running")
    box.button("Stop").click()
    box.says("^Stopped. Your text is unchanged")
    assert box.area.input_value() == endless


def shorter(script):
    assert script.count("LIMIT = 20;") == 1
    return script.replace("LIMIT = 20;", "LIMIT = 1;")


def test_a_record_written_by_a_notebook_in_another_tab_shows_at_once(opened, server):
    page, box = opened.page, Box(opened.page, PREDICTION)
    other = page.context.new_page()
    other.goto(f"{server}/book/intro.html")
    other.evaluate(RECORD.replace("ID", PREDICTION))
    box.tick().wait_for()


# ---- with a stand-in: every check with the mutant that it notices ----

STAND_IN = """(() => {
  const study = (window.w2vStudy = window.w2vStudy || {}), listeners = new Set();
  let reject = null;
  const change = state => { engine.state = state; listeners.forEach(tell => tell({ state, loadedBytes: 1, totalBytes: 2 })); };
  const result = source => { try { return JSON.parse(source); } catch { return {}; } };
  const engine = {
    state: 'off',
    manifest: async () => (MANIFEST),
    onState: tell => (listeners.add(tell), () => listeners.delete(tell)),
    run: (kind, { source }) => new Promise((resolve, refuse) => {
      change('busy');
      reject = refuse;
      if (source !== '"endless"') setTimeout(() => (change('ready'), resolve(result(source))));
    }),
    stop: () => reject({ stopped: true }),
  };
  study.size = bytes => `${bytes} bytes`;
  study.startEngine = () => (study.engine = engine);
})();"""


def feedback(passed, id=PREDICTION, inside="<p>words</p>"):
    return f'<div class="w2v-feedback" data-w2v-exercise="{id}" data-w2v-passed="{passed}">{inside}</div>'


class Study:
    """Pages of one profile with STAND_IN; `mutant` is (script, old, new) or None."""

    def __init__(self, visit, server, mutant=None, manifest='{"cell": {"bytes": 7}}'):
        self.server, self.visit, self.manifest, self.context = server, visit, manifest, None
        self.replaced = {"engine.js": STAND_IN.replace("MANIFEST", manifest)}
        if mutant:
            name, old, new = mutant
            text = (LIVE / name).read_text("utf-8")
            assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
            self.replaced[name] = text.replace(old, new)

    def open(self, name=PAGE, script=""):
        """A new page of the book; `script` runs before its own."""
        if self.context is None:
            self.context = self.visit("about:blank", accept_downloads=True).page.context
            self.context.set_default_timeout(PATIENCE)
            for script_name, text in self.replaced.items():
                self.context.route(f"**/_static/{script_name}*", functools.partial(answer, text))
        page = self.context.new_page()
        if script:
            page.add_init_script(script)
        page.goto(f"{self.server}/book/{name}.html")
        if name == PAGE and "cell" in self.manifest:
            page.locator(".w2v-editor").first.wait_for()
        return page


def answer(text, route):
    route.fulfill(body=text, content_type="text/javascript")


def heard(one, two):
    """Waits until the tab `two` has heard of everything that the tab `one` keeps."""
    two.evaluate(
        "() => { window.last = new Promise(done => addEventListener('storage', event => event.key === 'last' && done())); }"
    )
    one.evaluate("localStorage.last = 1")
    two.evaluate("last")


def images_have_failed(page):
    """Waits until every picture on the page that has no file has said so."""
    page.evaluate("new Promise(done => Object.assign(new Image(), { onerror: done, src: 'no-such-picture' }))")


def keeps_what_was_typed(study):
    box = Box(study.open(), PREDICTION)
    box.area.fill("typed")
    box.page.reload()
    box.area.wait_for()
    return box.area.input_value() == "typed"


def brings_back_what_the_starter_replaced(study):
    box = Box(study.open(), PREDICTION)
    starter = box.area.input_value()
    for text in ("first", "second"):
        box.area.fill(text)
        box.button("Restore the starter").click()
        if box.area.input_value() != starter:
            return False
    box.page.reload()
    box.area.wait_for()
    back, seen = box.cell.get_by_role("button", name="Bring back my answer"), []
    while back.is_visible() and len(seen) < 3:
        back.click()
        seen.append(box.area.input_value())
    return seen == ["second", "first", "second"]


def tells_the_other_tab_what_was_typed(study):
    one, two = Box(study.open(), PREDICTION), Box(study.open(), PREDICTION)
    one.area.fill("typed here")
    heard(one.page, two.page)
    return two.area.input_value() == "typed here"


def tells_the_other_tab_what_is_passed(study):
    one, two = Box(study.open(), PREDICTION), study.open("exercises")
    one.check(json.dumps({"html": feedback("true")})).says("Passed")
    heard(one.page, two)
    return two.locator(f'.w2v-status[data-w2v-exercise="{PREDICTION}"]').inner_text().startswith("✓ passed")


def records_only_its_own_exercise(study):
    box = Box(study.open(), PREDICTION)
    box.check(json.dumps({"html": feedback("true", FUNCTION)})).ends()
    return (
        record(box.page) is None
        and box.status.inner_text() == f'This judged the exercise "{FUNCTION}"; the one here is "{PREDICTION}".'
    )


def runs_nothing_that_feedback_brings(study):
    box = Box(study.open(), PREDICTION)
    evil = "<img src=x onerror='window.evil = 1'><script>window.evil = 2</script><a href='javascript:evil'>a link</a><p onclick='evil'>words</p>"
    box.check(json.dumps({"html": feedback("false", inside=evil)})).says("Not passed")
    images_have_failed(box.page)
    inside = box.output.locator(".w2v-feedback").inner_html()
    return box.page.evaluate("window.evil === undefined") and inside == "a link<p>words</p>"


def shows_other_values_as_text(study):
    box = Box(study.open(), PREDICTION)
    box.check(
        json.dumps({"stdout": "<b>out</b>", "html": "<img src=x onerror='window.evil = 1'>", "text": "<i>value</i>"})
    ).says("nothing was judged")
    images_have_failed(box.page)
    return box.page.evaluate("window.evil === undefined") and box.output.inner_text().split() == [
        "<b>out</b>",
        "<i>value</i>",
    ]


def ends_what_runs_too_long(study):
    box = Box(
        study.open(
            script="const later = window.setTimeout; window.setTimeout = (action, ms) => later(action, ms === 20000 ? 50 : ms)"
        ),
        PREDICTION,
    )
    box.check('"endless"').ends(5_000)
    return box.status.inner_text().startswith("Stopped after 20 s.") and box.area.input_value() == '"endless"'


def runs_one_exercise_at_a_time(study):
    page = study.open()
    one, two = Box(page, PREDICTION), Box(page, FUNCTION)
    one.check('"endless"')
    two.check("{}")
    return "Another exercise" in two.status.inner_text() and one.button("Stop").is_visible()


def can_be_used_with_the_keyboard_only(study):
    box = Box(study.open(), PREDICTION)
    keys = box.page.keyboard
    box.area.fill("")
    box.area.focus()
    keys.type("def f(x):")
    keys.press("Enter")
    keys.type("a")
    keys.press("Enter")
    keys.press("Shift+Tab")
    keys.press("Tab")
    keys.type("b")
    typed = box.area.input_value()
    keys.press("Escape")
    name = box.page.evaluate("document.activeElement.textContent")
    keys.press("Shift+Tab")
    back = box.page.evaluate("document.activeElement.localName")
    keys.press("Control+Enter")
    box.says("nothing was judged", 3000)
    return (typed, name, back) == ("def f(x):\n    a\n    b", "Check", "textarea")


def says_that_the_text_is_not_kept(study):
    full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    box = Box(study.open(script=full), PREDICTION)
    box.area.fill("typed")
    return "does not keep the text" in box.status.inner_text() and box.area.input_value() == "typed"


def puts_a_damaged_record_aside(study):
    page = study.open(
        "exercises",
        script=f"if (!sessionStorage.once) {{ sessionStorage.once = 1; localStorage['{KEY}'] = '{{\"version\":1,\"passed\":[' }}",
    )
    kept = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('w2v-progress-damaged-')).map(([, text]) => text)"
    )
    return (
        kept == ['{"version":1,"passed":[']
        and page.locator(".w2v-damaged p").count() == 1
        and page.evaluate(f"localStorage.getItem('{KEY}')") is None
    )


def puts_a_damaged_answer_aside(study):
    page = study.open(
        script=f"if (!sessionStorage.once) {{ sessionStorage.once = 1; localStorage['w2v-answer:{PREDICTION}'] = 'not ours' }}"
    )
    Box(page, PREDICTION).area.fill("typed")
    return page.evaluate(f"localStorage.getItem('w2v-answer:{PREDICTION}-unreadable')") == "not ours"


def upload(page, text, name="record.json"):
    page.locator(".w2v-progress-tools input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    )
    page.locator(".w2v-progress-tools [role=status]").filter(has_text=name).wait_for()
    return page.locator(".w2v-progress-tools [role=status]").inner_text()


def imports_by_merging(study):
    page = study.open(
        "exercises",
        script=f"""localStorage['{KEY}'] ||= '{{"version":1,"passed":{{"{OTHER}":"2026-02-02","{FUNCTION}":"2026-05-05"}}}}'""",
    )
    said = upload(
        page, json.dumps({"version": 1, "passed": {PREDICTION: "2026-03-03T10:00:00Z", FUNCTION: "2026-04-04"}})
    )
    merged = {OTHER: "2026-02-02", FUNCTION: "2026-04-04", PREDICTION: "2026-03-03T10:00:00Z"}
    return (
        record(page) == {"version": 1, "passed": merged}
        and said == "Imported record.json: 1 exercise added, 1 known already."
    )


def asks_before_it_deletes_and_can_undo(study):
    before = {"version": 1, "passed": {PREDICTION: "2026-03-03"}}
    page = study.open(
        "exercises",
        script=f"if (!sessionStorage.once) {{ sessionStorage.once = 1; localStorage['{KEY}'] = '{json.dumps(before)}' }}",
    )
    press = lambda name: page.get_by_role("button", name=name, exact=True).click()
    press("Delete")
    asked = record(page) == before and page.evaluate("document.activeElement.textContent") == "Keep it"
    press("Keep it")
    press("Delete")
    press("Delete it")
    gone = (
        record(page)["passed"] == {}
        and page.locator(f"#exercises-{CHAPTER} .w2v-total").inner_text() == f"0 of {len(OWN)} passed"
    )
    press("Undo")
    return asked and gone and record(page) == before


STORAGE = "addEventListener('storage', event => "
TABLE = [
    (
        keeps_what_was_typed,
        ("exercise_editor.js", "else localStorage.setItem(key, JSON.stringify({ text, earlier }));", ""),
    ),
    (
        brings_back_what_the_starter_replaced,
        ("exercise_editor.js", "earlier.push(area.value);", "earlier = [area.value];"),
    ),
    (tells_the_other_tab_what_was_typed, ("exercise_editor.js", STORAGE, "addEventListener('gone', event => ")),
    (tells_the_other_tab_what_is_passed, ("progress.js", STORAGE, "addEventListener('gone', event => ")),
    (records_only_its_own_exercise, ("feedback.js", "if (judged !== id)", "if (false)")),
    (
        runs_nothing_that_feedback_brings,
        ("feedback.js", "return found && copy(found)[0];", "return found && document.importNode(found, true);"),
    ),
    (
        shows_other_values_as_text,
        (
            "feedback.js",
            "make('pre', 'w2v-printed', result.text)",
            "document.createRange().createContextualFragment(result.html)",
        ),
    ),
    (ends_what_runs_too_long, ("exercise_box.js", "timer = setTimeout(", "timer = (")),
    (runs_one_exercise_at_a_time, ("exercise_box.js", "if (running)", "if (false)")),
    (can_be_used_with_the_keyboard_only, ("exercise_editor.js", "else if (event.key === 'Escape') leave();", "")),
    (can_be_used_with_the_keyboard_only, ("exercise_editor.js", "indent(area, event.shiftKey)", "indent(area, false)")),
    (says_that_the_text_is_not_kept, ("exercise_editor.js", "if (!isUnsaved)", "if (false)")),
    (puts_a_damaged_record_aside, ("progress.js", "localStorage.setItem(ASIDE + new Date().toISOString(), text);", "")),
    (puts_a_damaged_answer_aside, ("exercise_editor.js", "localStorage.setItem(`${key}-unreadable`, raw);", "")),
    (imports_by_merging, ("progress.js", "Date.parse(own) <= Date.parse(date)", "Date.parse(own) >= Date.parse(date)")),
    (asks_before_it_deletes_and_can_undo, ("progress_page.js", "(progress.merge(record), say(", "(say(")),
]


@pytest.mark.parametrize("check", dict.fromkeys(check for check, _ in TABLE), ids=lambda check: check.__name__)
def test_the_box_and_the_record(visit, server, check):
    assert check(Study(visit, server))


@pytest.mark.parametrize("check, mutant", TABLE, ids=[f"{check.__name__} ({n})" for n, (check, _) in enumerate(TABLE)])
def test_the_check_notices_its_mutant(visit, server, check, mutant):
    assert not check(Study(visit, server, mutant))


GARBAGE = [
    ("", "expected JSON, got text that is none"),
    ("\x00\x01\x02", "expected JSON, got text that is none"),
    ("[]", 'expected an object {"version": 1, "passed": {...}}, got []'),
    ("null", "expected an object"),
    ("{}", "version: expected 1, got nothing"),
    ('{"version": 2, "passed": {}}', "version: expected 1, got 2"),
    ('{"version": 1}', "passed: expected an object of exercise ids and dates, got nothing"),
    ('{"version": 1, "passed": ["sigmoid-log"]}', "passed: expected an object of exercise ids and dates"),
    ('{"version": 1, "passed": {"__proto__": "2026-01-01"}}', 'small letters, digits and hyphens, got "__proto__"'),
    ('{"version": 1, "passed": {"<b>": "2026-01-01"}}', 'small letters, digits and hyphens, got "<b>"'),
    (
        '{"version": 1, "passed": {"sigmoid-log": true}}',
        'passed["sigmoid-log"]: expected a date such as "2026-03-14", got true',
    ),
    (
        '{"version": 1, "passed": {"sigmoid-log": "2026-13-41"}}',
        'expected a date such as "2026-03-14", got "2026-13-41"',
    ),
    (" " * 1_000_001, "expected a file of at most 1 MB, got 1.0 MB"),
]


def test_a_file_that_is_no_record_changes_nothing_and_is_explained(visit, server):
    page = Study(visit, server).open(
        "exercises", script=f"""localStorage['{KEY}'] = '{{"version":1,"passed":{{"{OTHER}":"2026-02-02"}}}}'"""
    )
    for number, (text, words) in enumerate(GARBAGE):
        said = upload(page, text, f"record{number}.json")
        assert said.startswith(f"Nothing was imported from record{number}.json: ") and words in said
        assert record(page)["passed"] == {OTHER: "2026-02-02"}


def test_an_exported_record_can_be_imported_elsewhere(visit, server):
    study = Study(visit, server)
    page = study.open(
        "exercises", script=f"""localStorage['{KEY}'] = '{{"version":1,"passed":{{"{OTHER}":"2026-02-02"}}}}'"""
    )
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export", exact=True).click()
    text = waiting.value.path().read_text("utf-8")
    assert waiting.value.suggested_filename == "w2v-progress.json"
    elsewhere = Study(visit, server).open("exercises")
    assert upload(elsewhere, text) == "Imported record.json: 1 exercise added."
    assert record(elsewhere) == json.loads(text)


# ---- without a server, without Python, without JavaScript ----


def test_from_a_file_the_cell_stays_and_says_what_to_do(visit, addresses):
    opened = visit(f"{addresses['file']}/book/{PAGE}.html")
    opened.page.wait_for_function(
        "document.querySelector('.w2v-exercise-note').textContent.includes('opened as a file')"
    )
    note = opened.page.locator(".w2v-exercise-note").first.inner_text()
    assert "make serve" in note and "make lab" in note
    assert opened.page.locator(".w2v-editor").count() == 0
    assert opened.page.locator(f"#answer-{PREDICTION} pre").first.is_visible() and opened.faults == []


def test_without_javascript_cell_and_table_are_there(visit, addresses):
    page = visit(f"{addresses['file']}/book/{PAGE}.html", java_script_enabled=False).page
    assert "make lab" in page.locator(".w2v-exercise-note").first.inner_text()
    assert "not answered yet" in page.locator(f"#answer-{PREDICTION}").inner_text()
    page.goto(f"{addresses['file']}/book/exercises.html")
    assert page.locator("table.w2v-exercises tbody tr").count() == len(exercises())
    assert page.locator(f"#exercises-{CHAPTER} .w2v-total").inner_text() == f"{len(OWN)} exercises"


def test_without_python_the_cell_stays_but_a_typed_answer_is_shown(visit, server):
    study = Study(visit, server, manifest="{absent: 'No Python here.'}")
    page = study.open(script=f"""localStorage['w2v-answer:{PREDICTION}'] = '{{"text":"typed before","earlier":[]}}'""")
    page.locator(".w2v-editor").wait_for()
    assert "No Python here." in page.locator(".w2v-exercise-note:visible").first.inner_text()
    box = Box(page, PREDICTION)
    assert box.area.input_value() == "typed before" and "No Python here." in box.status.inner_text()


# ---- for every reader ----


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE], ids=["screen", "dark", "phone"])
def test_boxes_and_record_keep_no_reader_out(visit, server, axe, options):
    study = Study(lambda address, **more: visit(address, **{**more, **options}), server)
    page = study.open()
    Box(page, PREDICTION).check(json.dumps({"html": feedback("true")})).says("Passed")
    failing = json.dumps(
        {"stdout": "printed", "error": {"type": "NameError", "message": "name 'x' is not defined", "line": 1}}
    )
    Box(page, FUNCTION).check(failing).says("error in line 1")
    Box(page, OTHER).check('"endless"').says("Running")
    for id in (PREDICTION, FUNCTION, OTHER):
        assert serious(page, axe, f"#answer-{id}") == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    table = study.open("exercises", script="localStorage['w2v-progress-damaged-2026'] ||= '{'")
    upload(table, "{}")
    table.get_by_role("button", name="Delete", exact=True).click()
    assert serious(table, axe, ".bd-article") == []
    assert table.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
