"""Lines to be judged: by mouse and keyboard, without JavaScript, with a record; and the game that draws from all of them."""

import functools
import json
import re

import pytest

from book import BOOK
from conditions import AWAKE
from test_accessibility import PHONE, serious

KEY = "w2v-progress"
HOLDS, FALSE = "It holds", "It is false"


class Puzzles:
    """The page of wrong lines, with puzzles.js as it is or as a mutant (old, new) of it."""

    def __init__(self, visit, address, mutant=None, **options):
        self.page = visit("about:blank", **options).page
        if mutant:
            text = (BOOK / "_live/puzzles.js").read_text("utf-8")
            assert text.count(mutant[0]) == 1, f"{mutant[0]!r} occurs {text.count(mutant[0])} times"
            answer = functools.partial(fulfil, text.replace(*mutant))
            self.page.route(re.compile(r"_static/puzzles\.js"), answer)
        self.page.goto(f"{address}/book/wrong_lines.html")

    def one(self, name):
        return self.page.locator(f".bd-article > section .w2v-puzzle[data-w2v-puzzle='{name}']:not(.w2v-board *)").first

    def found(self):
        record = json.loads(self.page.evaluate(f"localStorage['{KEY}'] || '{{}}'"))
        return set(record.get("passed", {}))


def fulfil(text, route):
    route.fulfill(body=text, content_type="text/javascript")


def is_open(puzzle):
    return puzzle.locator("details").evaluate("fold => fold.open")


def a_right_answer_opens_the_verdict_and_is_kept(made):
    puzzle = made.one("another-word")
    asks_first = not is_open(puzzle)
    puzzle.get_by_role("button", name=FALSE).click()
    said = puzzle.get_by_role("status").inner_text()
    tick = puzzle.locator(".w2v-tick").inner_text()
    return (
        asks_first
        and is_open(puzzle)
        and said == "Right."
        and tick == "✓ found"
        and made.found() == {"line-another-word"}
    )


def a_wrong_answer_tells_nothing_more_and_may_be_mended(made):
    puzzle = made.one("another-word")
    puzzle.get_by_role("button", name=HOLDS).click()
    if not puzzle.get_by_role("status").inner_text().startswith("No."):
        return False
    closed = not is_open(puzzle) and made.found() == set() and puzzle.get_by_role("button", name=HOLDS).is_disabled()
    puzzle.get_by_role("button", name=FALSE).click()
    return closed and made.found() == {"line-another-word"}


def an_open_verdict_does_not_count(made):
    puzzle = made.one("another-word")
    puzzle.locator("summary").click()
    made.page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")  # the fold has said so
    return puzzle.get_by_role("button", name=FALSE).is_disabled() and made.found() == set()


def a_chain_asks_for_its_first_wrong_step(made):
    puzzle = made.one("counted-twice")
    names = puzzle.get_by_role("group").get_by_role("button").all_inner_texts()
    if names != ["Step 1", "Step 2", "Step 3", "All of them hold"]:
        return False
    puzzle.get_by_role("button", name="Step 1").click()
    return made.found() == {"line-counted-twice"}


def the_keyboard_is_enough(made):
    puzzle = made.one("another-word")
    puzzle.get_by_role("button", name=HOLDS).focus()
    made.page.keyboard.press("Enter")
    on_the_next = made.page.evaluate("document.activeElement.textContent") == FALSE
    made.page.keyboard.press("Space")
    return (
        on_the_next
        and made.found() == {"line-another-word"}
        and made.page.evaluate("document.activeElement.localName") == "summary"
    )


def a_round_goes_from_easy_to_hard_and_counts_first_answers(made):
    game = made.page.locator(".w2v-game")
    game.get_by_role("button", name="Begin").click()
    levels = []
    for number in range(6):
        puzzle = game.locator(".w2v-board .w2v-puzzle")
        levels.append(puzzle.get_attribute("data-w2v-level"))
        answer, steps = puzzle.get_attribute("data-w2v-answer"), puzzle.get_attribute("data-w2v-steps")
        buttons = puzzle.get_by_role("group").get_by_role("button")
        order = (
            ["proved", "refuted", "transposed", "ill-typed"]
            if steps == "1"
            else [*map(str, range(1, int(steps) + 1)), "none"]
        )
        right = order.index(answer)
        if number == 0:
            buttons.nth((right + 1) % len(order)).click()
        buttons.nth(right).click()
        game.get_by_role("button", name="Next line" if number < 5 else "The result").click()
    said = game.locator(".w2v-board-head").inner_text()
    total = game.locator(".w2v-puzzle-total").inner_text()
    return (
        levels == sorted(levels) == ["1", "1", "2", "2", "3", "3"]
        and said == "5 of 6 at the first answer."
        and len(made.found()) == 6
        and total.startswith("You have found 6 of ")
    )


TABLE = [
    (a_right_answer_opens_the_verdict_and_is_kept, ("progress.pass(id);", "")),
    (
        a_wrong_answer_tells_nothing_more_and_may_be_mended,
        ("if (chosen !== puzzle.dataset.w2vAnswer) {", "if (false) {"),
    ),
    (an_open_verdict_does_not_count, ("if (!fold.open || !open) return;", "return;")),
    (a_chain_asks_for_its_first_wrong_step, ("answer(each.value, each)", "answer('refuted', each)")),
    (the_keyboard_is_enough, ("row.querySelector('button:enabled')?.focus();", "")),
    (a_round_goes_from_easy_to_hard_and_counts_first_answers, ("end(tries === 1);", "end(true);")),
]


@pytest.mark.parametrize("check, mutant", TABLE, ids=[check.__name__ for check, _ in TABLE])
def test_a_puzzle_and_its_mutant(visit, server, check, mutant):
    assert check(Puzzles(visit, server))
    assert not check(Puzzles(visit, server, mutant))


def test_a_round_takes_what_was_not_found_yet(visit, server):
    made = Puzzles(visit, server)
    own = made.page.locator(".w2v-puzzle[data-w2v-level='1']").evaluate_all(
        "all => all.map(one => one.dataset.w2vPuzzle)"
    )
    passed = {f"line-{name}": "2026-03-03" for name in own}
    made.page.evaluate(f"record => localStorage.setItem('{KEY}', record)", json.dumps({"version": 1, "passed": passed}))
    made.page.reload()
    made.page.get_by_role("button", name="Begin").click()
    assert made.page.locator(".w2v-board .w2v-puzzle").get_attribute("data-w2v-puzzle") not in own


def test_without_javascript_the_verdict_can_be_opened_and_is_printed(visit, addresses):
    page = visit(f"{addresses['file']}/book/wrong_lines.html", java_script_enabled=False).page
    puzzle = page.locator(".w2v-puzzle").first
    verdict = puzzle.get_by_text("refuted").first
    assert not verdict.is_visible() and page.locator(".bd-article").get_by_role("button").count() == 0
    page.emulate_media(media="print")
    assert verdict.is_visible()
    page.emulate_media(media="screen")
    puzzle.locator("summary").click()
    assert verdict.is_visible()


SHIFT = """() => new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(shift), 300);
})"""


def what_jumps(page):
    """How far the parts of an open page have jumped since it was opened, none of it after a click or a key (CLS)."""
    page.wait_for_function(AWAKE)
    return page.evaluate(SHIFT)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["screen", "phone"])
def test_nothing_jumps_when_the_lines_come_to_life(visit, server, options):
    made = Puzzles(visit, server, **options)
    assert made.one("another-word").get_by_role("button").count() == 4
    assert what_jumps(made.page) <= 0.01


def test_a_question_that_comes_late_is_noticed(visit, server):
    """Late is after the page was shown, which may take long on a busy machine."""
    first = "const id = KEY + puzzle.dataset.w2vPuzzle,"
    late = (first, f"setTimeout(() => puzzle.prepend(study.make('h1', '', 'late')), 1000);\n{first}")
    made = Puzzles(visit, server, late, **PHONE)
    made.page.get_by_role("heading", name="late").first.wait_for()
    assert what_jumps(made.page) > 0.01


def test_a_puzzle_that_is_answered_and_the_game_keep_no_reader_out(visit, addresses, axe):
    page = visit(f"{addresses['file']}/book/wrong_lines.html").page
    page.get_by_role("button", name="Begin").click()
    page.locator(".w2v-board").get_by_role("button", name="Step 1").or_(
        page.locator(".w2v-board").get_by_role("button", name=FALSE)
    ).click()
    assert serious(page, axe, ".bd-article") == []
