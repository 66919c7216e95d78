"""The box "Check my derivation" in a real browser: verdicts, garbage, preview, keyboard, phone."""

import json
import re

import pytest

from book import source
from check_box import GALLERY, RIGHT, WRONG, preview
from check_page import EXPLAINED
from test_accessibility import PHONE, serious
from w2v.checker import NoMathematics, check
from w2v.checker.verdict import slip_rules

# ---- verdicts ----


def test_the_gallery_has_right_and_wrong_derivations_in_both_conventions():
    outcomes = [{step.status for step in check(example["text"]).steps} for example in GALLERY]
    assert len(GALLERY) >= 8 and len({example["title"] for example in GALLERY}) == len(GALLERY)
    assert {"proved"} in outcomes and all(
        any(status in found for found in outcomes) for status in ("refuted", "transposed", "ill-typed")
    )
    texts = " ".join(example["text"] for example in GALLERY)
    assert "The rows of $U$" in texts and "The columns of $U$" in texts and r"w \neq o" in texts and "w = o" in texts


@pytest.mark.parametrize("example", GALLERY, ids=lambda example: example["title"])
def test_the_browser_gives_the_verdicts_of_the_checker_itself(ready, example):
    found = ready.run("check", {"text": example["text"], "name": "solution.md", "layout": ""})
    native = check(example["text"], name="solution.md")
    told = json.loads(native.to_json())
    assert told == {key: found[key] for key in told}
    assert found["summary"] == native.summary() and found["html"] == native._repr_html_()


def test_a_right_derivation_is_proved_on_the_page(ready):
    assert ready.check(GALLERY[0]["text"]) == "4 steps: 4 proved."
    assert ready.statuses() == ["proved"] * 4
    step = ready.page.locator("#w2v-steps > li").nth(3)
    step.scroll_into_view_if_needed()
    step.locator(".katex-html").wait_for(state="attached")
    assert "assumes y one-hot" in step.inner_text() and step.locator(".katex-html").count() == 1


def test_a_wrong_line_gets_counterexample_slip_and_repair(ready):
    assert ready.check(WRONG) == "1 step: 1 refuted. The first wrong line is line 4 (sign)."
    step = ready.page.locator("#w2v-steps > li")
    said = step.inner_text()
    assert "line 4" in said and "✗ refuted" in said and "counterexample" in said and "repaired (sign)" in said
    step.locator(".w2v-notes .katex-html").wait_for()
    assert step.locator(".w2v-source").inner_text().startswith(r"\frac{d}{dx}")


def test_a_click_on_a_verdict_takes_the_caret_to_its_line(ready):
    text = "words\n\n" * 200 + WRONG
    ready.check(text)
    ready.page.locator("#w2v-steps > li .w2v-line").click()
    lines, line = text.split("\n"), 404
    start = len("\n".join(lines[: line - 1])) + 1
    place = ready.page.locator("#w2v-text").evaluate(
        "el => [document.activeElement === el, el.selectionStart, el.selectionEnd, el.scrollTop]"
    )
    assert place[:3] == [True, start, start + len(lines[line - 1])] and place[3] > 1000
    assert ready.page.locator("#w2v-where").inner_text() == f"line {line} of {len(lines)}"


def test_the_choice_of_layout_reaches_the_checker(ready):
    text = "$$\n\\frac{\\partial J}{\\partial v_c} = U^\\top (\\hat{y} - y)\n$$\n"
    found = {}
    for layout in ("columns", "rows"):
        ready.page.locator("#w2v-layout").select_option(layout)
        ready.check(text)
        found[layout] = ready.statuses()
    ready.page.locator("#w2v-layout").select_option("")
    assert found["rows"] == ["proved"] and found["columns"] != ["proved"]


def test_a_verdict_says_when_the_text_has_changed_since(ready):
    ready.check(RIGHT)
    stale = lambda: ready.page.locator("#w2v-steps.w2v-stale").count()
    assert stale() == 0
    ready.write(WRONG)
    assert stale() == 1
    ready.write(RIGHT)
    assert stale() == 0


# ---- garbage ----


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "Nothing to check yet"),
        ("  \n ", "Nothing to check yet"),
        ("Only words, no formula.", "expected mathematics"),
        ("<!-- check: colums -->\n$$ x = x $$", "check comment: expected"),
        ("$$ \\frac{a}{b = c $$", "1 unreadable"),
        ("$$ {{{{ = }} $$", "unreadable"),
        ("$$ \\foo{x} = \\bar $$", "unreadable"),
        ("\x07\x1b\x7f $ = $", ""),
        ("$$ \ud83d = \udc4d $$", ""),
        ("$$ " + "(" * 3000 + " = 1 $$", ""),
        ("<img src=x onerror=alert(1)> $$ <b>x</b> = x $$", ""),
        ("$$ x' = \\html@x{<script>} $$", ""),
        ("\\begin{align} a &= b", ""),
    ],
)
def test_garbage_gets_a_verdict_or_a_message(ready, text, said):
    summary = ready.check(text)
    assert said in summary and "Traceback" not in summary and "fault of the checker" not in summary
    assert ready.page.locator(".w2v-check :is(img, script:not([type]))").count() == 0
    assert ready.state() == "ready"
    try:
        native = check(text).summary() + "."
    except (NoMathematics, ValueError):
        return
    except UnicodeError:
        return
    assert summary == native


def test_what_is_not_text_is_an_answer_and_no_crash(ready):
    assert ready.run("check", {"text": "x", "name": "a.md", "layout": "diagonal"})["error"]["type"] == "ValueError"
    assert ready.run("check", {"text": RIGHT})["counts"]["proved"] == 1


# ---- what helps on ----

AMBIGUOUS = (
    "First.\n\n$$ \\frac{\\partial J}{\\partial v_c} = U(\\hat y - y) $$\n\n"
    "$$ \\sigma(-u_{w_k}^\\top v_c) = 1 - \\sigma(u_{w_k}^\\top v_c) $$\n"
)


def test_a_question_has_a_button_that_adds_the_sentence_and_checks_again(ready):
    assert ready.check(AMBIGUOUS) == "2 steps: 1 proved, 1 unsettled."
    buttons = ready.page.locator("#w2v-steps .w2v-answer")
    assert buttons.all_inner_texts() == [
        "Add: The loss is the naive softmax loss.",
        "Add: The loss is the negative sampling loss.",
    ]
    buttons.first.click()
    assert ready.text() == AMBIGUOUS.replace("$$", "The loss is the naive softmax loss.\n\n$$", 1)
    ready.page.wait_for_function("document.querySelector('#w2v-summary').textContent === '2 steps: 2 proved.'")


def test_a_sentence_with_dots_waits_for_its_reader(ready):
    ready.check("$$ \\frac{\\partial f}{\\partial x} = 2x $$")
    ready.page.locator("#w2v-steps .w2v-answer").click()
    assert ready.text().startswith("Let $f = \\dots$\n\n$$")
    assert ready.page.evaluate("String(getSelection())") == "\\dots"


def test_the_sentences_of_the_buttons_settle_what_they_are_offered_for():
    for sentence, status in (("naive softmax", "proved"), ("negative sampling", "refuted")):
        statuses = [step.status for step in check(f"The loss is the {sentence} loss.\n\n{AMBIGUOUS}").steps]
        assert statuses == [status, "proved"]


def test_a_slip_links_to_its_explanation(ready):
    ready.check(WRONG)
    link = ready.page.locator("#w2v-steps .w2v-notes a")
    assert link.inner_text() == "This slip, explained"
    assert link.get_attribute("href") == "wrong_lines.html#a-wrong-sign"


def test_explanations_are_headings_of_the_page_and_slips_of_the_checker():
    names = {name for tier in slip_rules.TIERS for name, _ in tier}
    assert set(EXPLAINED) <= names
    headings = re.findall(r"^## (.+)$", source("wrong_lines"), re.M)
    assert set(EXPLAINED.values()) <= set(headings)


# ---- preview ----


def test_the_preview_sets_words_and_leaves_the_preamble_out(ready):
    text = (
        "\\documentclass[11pt]{article}\n\\usepackage{amsmath}\n\\begin{document}\n\\maketitle\n"
        "\\section{One}\nAn \\emph{odd} and **bold** and *slanted* word, 2 * 3 * 4.\n\n"
        "\\begin{itemize}\n\\item first $x$ - y\n\\item second\n\\end{itemize}\n\n- third\n\\end{document}\n"
    )
    shown = preview(ready, text)
    said = shown.inner_text()
    assert not re.search(r"\\\\|\*\*|article|amsmath", said)
    assert shown.locator(".w2v-preview-heading").inner_text().strip() == "One"
    assert shown.locator("em").all_inner_texts() == ["odd", "slanted"]
    assert shown.locator("strong").all_inner_texts() == ["bold"]
    assert "2 * 3 * 4." in said and "• first" in said and "- y" in said and "• third" in said


def test_the_preview_sets_formulas_and_shows_bad_ones_as_typed(ready):
    shown = preview(ready, "# Title\n\nLet $z = U^\\top v_c$.\n\n$$ \\frac{1}{ $$\n\n$\\frob$ and $$\\softmax(z)$$")
    assert shown.locator(".katex-html").count() == 2
    assert shown.locator(".w2v-bad-tex").all_inner_texts() == [" \\frac{1}{ ", "\\frob"]
    assert shown.locator(".w2v-preview-heading").inner_text() == "Title"
    assert shown.locator(".katex-display").count() == 1


@pytest.mark.parametrize(
    "tex",
    [
        "$$ a \\\\ b $$",
        "\\begin{align} a &= b \\label{x} \\\\ &= c \\end{align}",
        "\\begin{eqnarray} a &=& b \\end{eqnarray}",
        "\\begin{equation} a = b \\end{equation}",
        "\\begin{multline} a \\\\ b \\end{multline}",
        "\\[ a = b \\]",
        "```{math}\na = b\n```",
        "\\newcommand{\\vc}[1]{\\mathbf{#1}}\n\n$$ \\vc{v} $$",
        "\\def\\x{y}\n$$ \\x $$",
        "\\DeclareMathOperator{\\sm}{sm} \n\n$$ \\sm z $$",
        "\\begin{alignat}{2} a &= b \\end{alignat}",
    ],
)
def test_the_preview_reads_what_the_checker_reads(ready, tex):
    shown = preview(ready, tex)
    assert shown.locator(".katex-html").count() == 1 and shown.locator(".w2v-bad-tex").count() == 0


def test_the_preview_follows_every_edit_as_if_made_anew(ready):
    inner = lambda: ready.page.locator("#w2v-preview").inner_html()
    edits = [
        "a\n\n$$x$$\n\nb",
        "a\n\n$$x$$\n\nc\n\nb",
        "c\n\nb",
        "c\n\n$$y$$\n\n$$y$$\n\nb",
        "",
        "b\n\n$$y$$",
        "\\def\\y{z}\n\nb\n\n$$\\y$$",
    ]
    stepwise = [preview(ready, text).inner_html() for text in edits]
    for text, found in zip(edits, stepwise):
        preview(ready, "something else\n\nentirely")
        preview(ready, text)
        assert inner() == found, text


# ---- keyboard, phone, axe ----


def test_control_enter_checks_and_tab_leaves_the_editor(ready):
    ready.write(RIGHT)
    ready.page.locator("#w2v-text").press("Control+Enter")
    assert ready.summary() == "1 step: 1 proved." and ready.text() == RIGHT
    ready.page.locator("#w2v-text").press("Tab")
    assert ready.page.evaluate("document.activeElement.id") == "w2v-preview"
    ready.page.keyboard.press("Tab")
    assert ready.page.evaluate("document.activeElement.id") == "w2v-check"


# Every formula of the verdicts is set, or shown as it was typed.
DRAWN = "[...document.querySelectorAll('.w2v-steps .w2v-step:not([hidden])')].every(el => el.querySelector('.katex, .w2v-bad-tex'))"


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE], ids=["screen", "dark", "phone"])
def test_the_box_keeps_no_reader_out(open_box, axe, options):
    box = open_box(**options)
    box.check(GALLERY[6]["text"] + "\n$$\\frac{1}{ = $$\n\n" + GALLERY[7]["text"])
    box.statuses()
    # A verdict far below the screen is not drawn and has a guessed height, where its parts lie over the next one's.
    box.page.set_viewport_size({"width": box.page.viewport_size["width"], "height": 8000})
    box.page.wait_for_function(
        f"scrollY + innerHeight >= document.querySelector('.w2v-check').getBoundingClientRect().bottom && {DRAWN}"
    )
    assert serious(box.page, axe, ".w2v-check") == []
    assert box.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
