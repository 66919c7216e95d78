"""The page for the lecturer: whole lectures of what is there, and no name in it that leads nowhere."""

import re

import pytest

from book import source

LECTURES = re.findall(r"^## (Lecture \d[^\n]*)\n(.*?)(?=^## )", source("lecturer"), re.M | re.S)


def test_there_are_six_lectures():
    assert [title[:9] for title, _ in LECTURES] == [f"Lecture {n}" for n in range(1, 7)]


@pytest.mark.parametrize("title, plan", LECTURES, ids=[title for title, _ in LECTURES])
def test_a_lecture_fills_its_time_and_says_what_to_show_to_ask_and_to_set(title, plan):
    assert sum(map(int, re.findall(r"^\| (\d+) \|", plan, re.M))) == 90
    for word, names in (("Show", "{explorer}`"), ("Ask", ""), ("Set", "exercise")):
        [said] = re.findall(rf"^\*\*{word}\*\*([^\n]+)$", plan, re.M)
        assert names in said


def test_a_name_leads_to_its_place(site):
    """Wherever it stands: the page gives no address for an explorer or an exercise."""
    page = (site / "book/lecturer.html").read_text("utf-8")
    for address, words in (
        ("softmax_gradients.html#explore", "OutsideVectorsExplorer"),
        ("exercises_sigmoid.html#sigmoid-exercise-slope", "The slope of the sigmoid"),
        ("why_vectors.html#why-two-tables", "Why two tables"),
    ):
        assert f'href="{address}"' in page and f">{words}</a>" in page, address
    assert "w2v-named" not in page


def test_a_name_that_is_gone_or_stands_twice_fails_the_build(faulty):
    said = [words for _, words in faulty("names_what_is_gone")]
    for name in (
        "section called 'No such', found none in",
        "explorer called 'NoExplorer'",
        "exercise called 'no-such'",
    ):
        assert any(name in words for words in said), said
    assert any("section called 'Page'" in words and re.search(r"found \d+ on the pages", words) for words in said), said
    assert len(said) == 4
