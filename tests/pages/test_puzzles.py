"""Puzzles in the built book: each asks, has its verdict folded and its answer from the checker; the game has them all."""

import re
from collections import Counter

import jupytext
import pytest
import yaml

from book import ROOT, pages, source
from puzzles import answer, question

TAGS = re.compile(r"^:tags: \[remove-input, puzzle, puzzle-([a-z0-9-]+), stars-([123]), expect-([a-z_-]+)\]$", re.M)
SHOWN = re.compile(
    r'<div class="w2v-puzzle" data-w2v-puzzle="([\w-]+)" data-w2v-level="(\d)" data-w2v-steps="(\d+)" data-w2v-answer="([\w-]+)">'
    r'(.*?)<details class="w2v-fold"><summary>The verdict</summary>(.*?)</details></div>',
    re.S,
)
PUZZLES = {page: TAGS.findall(source(page)) for page in pages()}
WITH = [page for page, puzzles in PUZZLES.items() if puzzles]


@pytest.mark.parametrize("page", WITH)
def test_each_puzzle_is_shown_with_the_verdict_of_the_checker_folded(site, page):
    text = (site / f"book/{page}.html").read_text("utf-8").split("<template>")[0]
    after = (site / f"book/{page}.html").read_text("utf-8").rpartition("</template>")[2]
    shown = SHOWN.findall(text) + (
        SHOWN.findall(after) if "<template>" in (site / f"book/{page}.html").read_text("utf-8") else []
    )
    assert sorted((name, level) for name, level, *_ in shown) == sorted(row[:2] for row in PUZZLES[page])
    expected = {name: verdicts.split("_") for name, _, verdicts in PUZZLES[page]}
    for name, level, steps, right, lead, folded in shown:
        verdicts = expected[name]
        assert (int(steps), right) == answer(verdicts)
        assert re.findall(r"<strong>(?:step \d+: )?([\w-]+)</strong>", folded)[: len(verdicts)] == verdicts, name
        lead, asked, rest = lead.partition(question(int(steps), int(level)))
        assert asked and not rest.strip()
        assert "katex" in lead and "<strong>" not in lead and len(re.sub(r"<[^>]+>", "", lead).split()) > 5


def test_each_chapter_on_gradients_and_their_relatives_has_three():
    parts = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))["parts"]
    named = [part for part in parts if part["caption"] in ("The gradients", "Relatives")]
    chapters = [chapter["file"].partition("/")[2] for part in named for chapter in part["chapters"]]
    assert len(chapters) == 13 and [page for page in chapters if len(PUZZLES[page]) < 3] == []


def test_the_search_does_not_tell_the_answer(site):
    index = (site / "_static/search_index.js").read_text("utf-8")
    assert "A star is followed by a minus sign" in index and "The star multiplies" not in index


def test_no_name_is_taken_twice_and_a_round_can_be_drawn():
    names = Counter(name for puzzles in PUZZLES.values() for name, *_ in puzzles)
    assert max(names.values()) == 1
    levels = Counter(level for puzzles in PUZZLES.values() for _, level, _ in puzzles)
    assert min(levels["1"], levels["2"], levels["3"]) >= 2 and names.total() >= 20


def test_a_notebook_does_not_print_the_answer_beside_the_line():
    count = 0
    for page in pages():
        for cell in jupytext.reads(source(page), fmt="md:myst").cells:
            if "puzzle" in cell.metadata.get("tags", []):
                count += 1
                assert not re.search(r"expect|proved|refuted|transposed\b|ill-typed", cell.source), cell.source
    assert count == sum(map(len, PUZZLES.values()))


def test_the_game_has_the_puzzles_of_all_other_pages(site):
    text = (site / "book/wrong_lines.html").read_text("utf-8")
    copies = text.partition("<template>")[2].partition("</template>")[0]
    found = re.findall(
        r'<div data-w2v-where="(\w+)\.html#([\w-]+)">\s*<div class="w2v-puzzle" data-w2v-puzzle="([\w-]+)"', copies
    )
    others = sorted((page, name) for page in WITH if page != "wrong_lines" for name, *_ in PUZZLES[page])
    assert sorted((page, name) for page, _, name in found) == others
    for page, section, _ in found:
        assert f'id="{section}"' in (site / f"book/{page}.html").read_text("utf-8")


@pytest.mark.parametrize(
    "verdicts, right",
    [
        (["refuted"], (1, "refuted")),
        (["proved", "refuted", "proved"], (3, "2")),
        (["refuted", "proved", "refuted"], (3, "1")),
        (["proved", "proved"], (2, "none")),
    ],
)
def test_the_answer_is_the_first_step_that_does_not_hold(verdicts, right):
    assert answer(verdicts) == right


def test_the_question_is_about_the_line_or_about_its_steps():
    answers = lambda steps: re.findall(r'value="([\w-]+)"', question(steps, 2))
    assert answers(1) == ["proved", "refuted", "transposed", "ill-typed"]
    assert answers(3) == ["1", "2", "3", "none"] and "★★<" in question(3, 2)


def test_a_faulty_puzzle_fails_the_build(faulty):
    said = [words for _, words in faulty("puzzles_with_faults")]
    for words in (
        "needs a tag such as puzzle-lost-sum",
        "the puzzle 'b' expects refuted, and the checker says proved",
        "needs a paragraph before it",
        "an explanation without a puzzle",
    ):
        assert any(words in each for each in said), said
