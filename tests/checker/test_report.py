"""The report: counts, declared verdicts, HTML, positions, context."""
from html.parser import HTMLParser

import pytest

from w2v.checker import check
from w2v.checker.report import STATUSES

BAD = "$$ 1 - \\sigma(x) = \\sigma(x) $$"


class Balanced(HTMLParser):
    """Counts open tags; the report must close what it opens."""
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_html_is_balanced_and_escapes_what_it_quotes():
    text = check("$$ 1 < 2 = <script> $$\n" + BAD)._repr_html_()
    parser = Balanced()
    parser.feed(text)
    assert not parser.open
    assert "<script>" not in text
    assert "refuted" in text


def test_colours_are_inherited_so_that_dark_pages_stay_readable():
    html = check(BAD)._repr_html_()
    assert "color:inherit" in html
    assert not any(word in html for word in ("#fff", "#000", "white;", "black;"))


def test_counts_cover_every_step_and_every_status():
    report = check(BAD + "\n$$ x = x $$\n$$ z = U^T v_c $$\n$$ a \\approx b $$\n$$ ( = 1 $$")
    assert set(report.counts) == set(STATUSES)
    assert sum(report.counts.values()) == len(report.steps) == 5
    assert report.summary().startswith("5 steps: 1 proved, 1 definition, 1 refuted")


def test_a_declared_verdict_must_come_true():
    fine = check("<!-- check: expect refuted -->\n" + BAD)
    assert fine.ok and not fine.unexpected() and not fine.broken_declarations()
    wrong = check("<!-- check: expect refuted -->\n$$ x = x $$")
    assert [v.status for v in wrong.unexpected()] == ["proved"]
    assert not wrong.ok


def test_a_declaration_holds_for_one_display():
    report = check("<!-- check: expect refuted -->\n" + BAD + "\n\n" + BAD)
    assert [v.expected for v in report.steps] == ["refuted", ""]
    assert len(report.unexpected()) == 1


def test_lines_are_those_of_the_file():
    report = check("# T\n\ntext\n\n$$\n\\begin{aligned}\n\\sigma(-x) &= 1 - \\sigma(x) \\\\\n&= \\frac{1}{1+e^x}\n\\end{aligned}\n$$\n")
    assert [(v.line, v.chain, v.step) for v in report.steps] == [(7, 1, 1), (8, 1, 2)]


def test_tabs_switch_the_layout():
    text = """::::{tab-set}
:::{tab-item} columns (as in the assignment)
$$ \\frac{\\partial J_{ns}}{\\partial v_c} = U(\\hat y - y) $$
:::
:::{tab-item} rows (as in NumPy)
$$ \\frac{\\partial J_{ns}}{\\partial v_c} = U^\\top(\\hat y - y) $$
:::
::::
"""
    assert [v.status for v in check(text).steps] == ["proved", "proved"]
    assert [v.status for v in check(text.replace("rows", "columns")).steps] == ["proved", "transposed"]


@pytest.mark.parametrize("text, count", [("The text says $w = o$ and $K = 10$, $y_w = 0$, $m = 2$.", 0),
                                         ("Let $a = 3$ and $r = 2$.", 0), ("Let $h = v_c$.", 1), ("Note $1-\\sigma(x) = \\sigma(-x)$.", 1)])
def test_inline_remarks_are_no_steps(text, count):
    assert len(check(text).steps) == count


def test_the_case_of_a_heading_ends_with_the_section():
    line = "$$ \\frac{\\partial J_{\\text{naive-softmax}}}{\\partial u_w} = \\hat y_w v_c $$"
    text = f"When $w \\neq o$\n\n{line}\n\n## Next\n\n{line}"
    assert [v.status for v in check(text).steps] == ["proved", "refuted"]


def test_word_number_0_is_not_the_outside_word():
    line = "\n$$ \\frac{\\partial J_{\\text{naive-softmax}}}{\\partial u_w} = \\hat y_w v_c - v_c = (\\hat y_w - 1) v_c, \\quad u_o = U y $$"
    assert [v.status for v in check("1. $w = 0$:" + line).steps] == ["refuted", "proved", "proved"]
    assert [v.status for v in check("1. $w = o$:" + line).steps] == ["proved", "proved", "proved"]


def test_an_update_step_does_not_change_what_v_c_means():
    update = "$$ v_c := v_c - \\alpha U(\\hat y - y) $$\n\n"
    line = "$$ \\frac{\\partial J_{\\text{naive-softmax}}}{\\partial v_c} = U(\\hat y - y) $$"
    assert [v.status for v in check(update + line).steps] == ["definition", "proved"]


def test_a_sigma_without_argument_is_not_held_against_its_author():
    text = r"Let $u = 1+e^{-x}$, so $\sigma(x) = u^{-1}$. $$\frac{d\sigma}{dx} = \frac{d\sigma}{du}\frac{du}{dx} = \frac{e^{-x}}{(1+e^{-x})^2}$$"
    assert not any(step.status in ("refuted", "ill-typed", "transposed") for step in check(text).steps)
    wrong = r"$$\frac{d\sigma(x)}{dx} = \sigma(x)(1+\sigma(x))$$"
    assert [step.status for step in check(wrong).steps] == ["refuted"]
