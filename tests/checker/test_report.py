"""The report: exit codes, declared verdicts, the legend first, JSON, HTML, text for a terminal."""

import json
from fractions import Fraction
from html.parser import HTMLParser
from itertools import product

import pytest

from w2v.checker.files import Place
from w2v.checker.report import STATUSES, LegendLine, Report, Verdict, as_expected, slip

STEP_KEYS = {"file", "line", "chain", "step", "lhs", "rhs", "status", "reason", "assumptions", "counterexample", "suggestion", "hypotheses",
             "domain", "stated", "question", "follows", "repairs", "expected", "place"}
LEGEND = [LegendLine(r"\hat y", "a vector over the words", "line 3", "3-20"), LegendLine("a<b>", "a number", "nothing in the text says otherwise")]


def step(status="proved", line=1, **rest):
    return Verdict("a.md", line, rest.pop("chain", 1), rest.pop("step", 1), rest.pop("lhs", "x"), rest.pop("rhs", "y"), status, **rest)


def report(*statuses, **rest):
    return Report([step(s, n) for n, s in enumerate(statuses, 1)], "a.md", **rest)


WRONG_STEP = step("refuted", 7, lhs=r"\sigma(x)", rhs=r"1-\sigma(x) & <script>", reason="line 3 says w != o", hypotheses=["y one-hot"],
                  domain=["x > 0"], stated=["w != o"], counterexample={"text": "x = 1: 0.73 != 0.27", "values": {"x": Fraction(1, 2)}},
                  suggestion={"name": "sign", "side": "right", "latex": r"1-\sigma(-x)"}, follows=4, repairs=5)


class Elements(HTMLParser):
    """The elements of a page in order; what is opened must be closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found = [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


# -- exit codes ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("statuses, code", [
    (["proved"], 0), (["definition"], 0), (["proved", "definition"], 0), ([], 2),
    (["proved", "refuted"], 1), (["ill-typed"], 1), (["transposed"], 1), (["unsettled", "refuted"], 1),
    (["proved", "unsettled"], 3), (["unreadable"], 3)])
def test_exit_code(statuses, code):
    assert report(*statuses).exit_code == code
    assert report(*statuses).ok == (code == 0)


@pytest.mark.parametrize("status", ["refuted", "ill-typed", "transposed", "unsettled", "unreadable"])
def test_many_wrong_lines_never_turn_a_text_into_a_pass(status):
    assert report(*[status] * 50, *["proved"]).exit_code == report(status).exit_code != 0


@pytest.mark.parametrize("declared, status", [*product(STATUSES, STATUSES)])
def test_a_declared_verdict_must_come_true(declared, status):
    found = Report([step(status, expected=declared), step("proved")])
    assert found.exit_code == (0 if declared == status else 1)
    assert bool(found.broken_declarations()) == bool(found.unexpected()) == (declared != status)


def test_without_a_declaration_only_proofs_and_definitions_are_expected():
    assert [as_expected(step(s)) for s in STATUSES] == [s in ("proved", "definition") for s in STATUSES]


def test_what_was_not_read_is_open():
    assert report("proved", not_read=[r"\input{b} (line 2)"]).exit_code == 3
    assert report("refuted", not_read=["b"]).exit_code == 1


# -- counts and headline -------------------------------------------------------------------------------------------
def test_counts_cover_every_step_and_every_status():
    found = report("refuted", "proved", "definition", "proved")
    assert set(found.counts) == set(STATUSES) and sum(found.counts.values()) == 4
    assert found.summary() == "4 steps: 2 proved, 1 definition, 1 refuted"
    assert report("proved").summary() == "1 step: 1 proved"
    assert report().summary() == "0 steps: nothing to check"


def test_the_headline_names_the_first_wrong_line_that_nobody_declared():
    found = Report([step("refuted", 2, expected="refuted"), step("unsettled", 3), WRONG_STEP, step("ill-typed", 9)])
    assert found.first_wrong is WRONG_STEP
    assert found.headline() == "The first wrong line is line 7 (sign)."
    assert report("proved", "unsettled").headline() == ""
    assert slip(step("ill-typed")) == "ill-typed"


# -- JSON ----------------------------------------------------------------------------------------------------------
def test_json_has_the_documented_keys():
    found = json.loads(Report([WRONG_STEP, step("proved")], "a.md", LEGEND, ["words are columns"], ["Hello."], ["b.tex"]).to_json())
    assert set(found) == {"steps", "counts", "legend", "conventions", "ignored", "not_read"}
    assert [set(s) for s in found["steps"]] == [STEP_KEYS] * 2
    wrong = found["steps"][0]
    assert wrong["assumptions"] == wrong["hypotheses"] == ["y one-hot"]
    assert (wrong["domain"], wrong["follows"], wrong["repairs"], wrong["place"]) == (["x > 0"], 4, 5, "line 7")
    assert wrong["counterexample"]["values"] == {"x": "1/2"}
    assert found["legend"][0] == {"file": "a.md", "name": r"\hat y", "type": "a vector over the words", "origin": "line 3", "lines": "lines 3-20"}
    assert found["conventions"] == ["words are columns"]


def test_to_dict_is_what_json_gives_back():
    found = Report([WRONG_STEP], "a.md", LEGEND)
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()


def test_the_kernel_stays_out_of_json():
    assert "theorem" not in Report([step(theorem=object())]).to_dict()["steps"][0]


# -- text ----------------------------------------------------------------------------------------------------------
def test_text_opens_with_the_legend():
    lines = str(Report([WRONG_STEP], "a.md", LEGEND, ["Words are columns (line 2)."])).split("\n")
    assert lines[0] == "a.md: how this text was read"
    assert lines[1].split("  ") [1:] == [r"\hat y", "a vector over the words", "line 3; lines 3-20"]
    assert lines[3] == "  Words are columns (line 2)."
    assert lines[4].startswith("a.md:7: refuted: ")


def test_text_says_everything_of_a_wrong_line():
    text = str(Report([WRONG_STEP], "a.md"))
    for words in ("assumes y one-hot", "where x > 0", "judged under w ≠ o", "line 3 says w ≠ o", "counterexample: x = 1: 0.73 ≠ 0.27",
                  r"sign: 1-\sigma(-x)", "follows from line 4", "repairs line 5", "a.md: 1 step: 1 refuted", "first wrong line is line 7 (sign)"):
        assert words in text


def test_text_asks_the_question_of_an_open_line():
    assert "to settle it: What is q?" in str(Report([step("unsettled", question="What is q?")]))


def test_a_proved_line_does_not_repeat_what_the_text_states():
    assert "judged under" not in str(Report([step("proved", stated=["w != o"])]))


def test_a_declaration_is_told():
    assert "as its author declared" in str(Report([step("refuted", expected="refuted")]))
    assert "its author declared: refuted" in str(Report([step("proved", expected="refuted")]))


def test_ignored_prose_is_quoted_in_short():
    text = str(report("proved", ignored=[f"Sentence {n}. " + "x" * 200 for n in range(5)]))
    assert text.count("not used:") == 4 and "not used: 2 more" in text and "x" * 100 not in text


def test_colour_only_when_asked_for():
    found = report("proved", "refuted", "unsettled")
    assert "\x1b" not in str(found)
    assert [c in found.to_text(colour=True) for c in ("\x1b[32mproved\x1b[0m", "\x1b[31mrefuted", "\x1b[33munsettled")] == [True] * 3


def test_a_text_cannot_send_commands_to_a_terminal():
    found = Report([step("unreadable", lhs="\x1b[2Jx", rhs="\x07", reason="\x9bz")], "a\x1b.md", [LegendLine("\x1b", "\r", "b")], ["\x1b"], ["\x1b"])
    assert not any(c in str(found) for c in "\x1b\x07\x9b\r")


# -- places --------------------------------------------------------------------------------------------------------
CELLS = [Place("n.ipynb", 1, 2), Place("n.ipynb", 2, 2), Place("n.ipynb", 1, 4)]


def test_lines_of_a_notebook_are_told_by_cell():
    found = Report([step("refuted", 3, reason="line 1 and lines 1-2 say so", follows=2)], "n.ipynb", [LegendLine("x", "a number", "line 3", "1-3")], [],
                   places=CELLS)
    text, data = str(found), found.to_dict()
    assert "n.ipynb, cell 4, line 1: refuted" in text
    assert "cell 2, line 1 and cell 2, line 1 to cell 2, line 2 say so" in text
    assert "follows from cell 2, line 2" in text
    assert "cell 4, line 1; cell 2, line 1 to cell 4, line 1" in text
    assert data["steps"][0]["place"] == "cell 4, line 1" and data["steps"][0]["line"] == 3
    assert found.headline() == "The first wrong line is cell 4, line 1 (refuted)."
    assert "<td>cell 4, line 1</td>" in found._repr_html_()


def test_lines_beyond_the_places_keep_their_number():
    assert report(places=CELLS).place(9) == "line 9"


# -- HTML ----------------------------------------------------------------------------------------------------------
def test_html_is_balanced_and_escapes_what_it_quotes():
    text = Report([WRONG_STEP], "<a>.md", LEGEND, ["<b>"], ["<i>"], ["<u>"])._repr_html_()
    Elements(text)
    assert not any(f"<{tag}>" in text for tag in ("script", "b", "i", "u", "a"))
    assert "refuted" in text


def test_html_opens_with_the_legend_unfolded():
    found = Elements(Report([WRONG_STEP], "a.md", LEGEND, ["Words are columns."], ["Hello."])._repr_html_()).found
    tags = [tag for tag, _ in found]
    assert tags.index("details") < tags.index("table") and "open" in found[tags.index("details")][1]
    assert tags.count("table") == 2
    assert "details" not in [tag for tag, _ in Elements(report("proved")._repr_html_()).found]


def test_html_can_be_read_without_eyes():
    found = Elements(Report([WRONG_STEP], "a.md", LEGEND)._repr_html_()).found
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in found if tag == "th")
    assert [attrs["aria-label"] for tag, attrs in found if attrs.get("role") == "region"] == ["How this text was read"]
    assert '<span aria-hidden="true">✗</span> refuted' in Report([WRONG_STEP])._repr_html_()


def test_colours_are_inherited_so_that_dark_pages_stay_readable():
    text = Report([WRONG_STEP], "a.md", LEGEND)._repr_html_()
    assert "color:inherit" in text and "prefers-color-scheme:dark" in text
    assert not any(word in text for word in ("#fff", "#000", "white;", "black;"))


def test_a_step_that_goes_on_shows_only_its_right_side():
    found = Report([step(lhs="a", rhs="b"), step(step=2, lhs="b", rhs="c"), step(chain=2, lhs="c", rhs="d")])
    text = found._repr_html_()
    assert [f"<code>{x}</code>" in text for x in ("a = b", "= c", "c = d")] == [True] * 3


def test_an_empty_report_has_no_table():
    assert "<table>" not in report()._repr_html_() and "nothing to check" in report()._repr_html_()
