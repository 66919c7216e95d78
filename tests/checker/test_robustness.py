"""Garbled, truncated, huge and empty input: a report or a clear message, never a traceback."""
import pytest

from oracle import DATA
from w2v.checker import NoMathematics, check

TRUE_LINE = r"\frac{\partial J_{\text{naive-softmax}}}{\partial v_c} = -u_o + \sum_{w \in \text{Vocab}} \frac{\exp(u_w^\top v_c)}{\sum_x \exp(u_x^\top v_c)} u_w"


@pytest.mark.parametrize("cut", range(1, len(TRUE_LINE), 3))
def test_a_truncated_line_is_never_proved_by_accident(cut):
    try:
        report = check(f"$$ {TRUE_LINE[:cut]} $$")
    except NoMathematics:
        return
    for v in report.steps:
        assert not v.reason.startswith("fault of the checker"), v.reason
        assert v.status != "proved" or "=" in v.lhs + v.rhs or v.rhs, v


@pytest.mark.parametrize("cut", range(2, len(TRUE_LINE), 3))
def test_a_line_with_a_character_missing_gives_a_verdict(cut):
    for v in check(f"$$ {TRUE_LINE[:cut] + TRUE_LINE[cut + 1:]} $$").steps:
        assert not v.reason.startswith("fault of the checker"), v.reason


@pytest.mark.parametrize("fraction", [0.2, 0.37, 0.55, 0.81])
@pytest.mark.parametrize("seed", sorted(p.name for p in DATA.glob("*.txt")))
def test_truncated_write_ups(seed, fraction):
    text = (DATA / seed).read_text(encoding="utf-8")
    for v in check(text[:int(len(text) * fraction)]).steps:
        assert not v.reason.startswith("fault of the checker"), v.reason


@pytest.mark.parametrize("text", [
    r"$$ \frac{1}{ = $$", r"$$ = = = $$", r"$$ \left( a = b $$", "$$ a_ = b^ $$", r"$$ \begin{aligned} a &= b $$",
    r"$$ \sum_{ } x = \sum^{ } $$", "$$$$ = $$", r"$$ \unknowncommand{x} = \another $$", r"$$ {{{{ = }}}} $$",
    "$$ " + "(" * 3000 + " = 1 $$", "$$ " + "+".join(["x"] * 400) + " = 400 x $$", r"$$ 1/0 = 1 $$", r"$$ \log 0 = 1 $$",
    r"$$ \frac{\partial}{\partial} = 1 $$", r"$$ x^{x^{x}} = 1 $$", "$$ 10^{400} x = e^{10^{9}} $$", "$$ \x07 = \x1b $$",
    r"$$ 0^0 = 1 $$", r"$$ u_{999} = u_o $$", r"$$ \sigma = 1 $$", "$$ a = b", "a = b_1 \\", r"$$ \text{a} = \text{b} $$"])
def test_garbage_gets_a_verdict_or_a_message(text):
    try:
        report = check(text)
    except NoMathematics as error:
        assert "expected mathematics" in str(error)
        return
    for v in report.steps:
        assert v.status != "proved" or v.lhs, v
        assert not v.reason.startswith("fault of the checker"), v.reason


def test_nothing_to_check_is_said_clearly():
    for text in ("", "   \n", "plain prose without formulas", "equals in words"):
        with pytest.raises(NoMathematics, match="expected mathematics"):
            check(text)


@pytest.mark.parametrize("value", [None, 3, b"$$ x = x $$", ["$$ x = x $$"]])
def test_anything_but_text_is_refused(value):
    with pytest.raises(TypeError, match="text: expected a str"):
        check(value)


def test_steps_up_to_a_line_say_what_names_mean_and_are_not_judged():
    text = "$$ a = 2 $$\n\n$$ b = a + 1 $$\n\n$$ b = 3 $$\n\n$$ b = 4 $$\n"
    after = lambda line: [(s.line, s.status) for s in check(text, after=line).steps]
    assert after(0) == [(1, "definition"), (3, "definition"), (5, "proved"), (7, "refuted")]
    assert after(3) == after(0)[2:] and after(9) == []


@pytest.mark.parametrize("after", [-1, 1.0, True, "1"])
def test_what_is_no_line_to_begin_after_is_refused(after):
    with pytest.raises(ValueError, match="after: expected the number of a line"):
        check("$$ x = x $$", after=after)


@pytest.mark.parametrize("other", ["V", "3", "v_c"])
def test_what_is_no_table_in_the_place_of_one_is_asked_for(other):
    text = r"$$ J(v_c, o, U) = -\log \frac{\exp(u_o^\top v_c)}{\sum_w \exp(u_w^\top v_c)} $$" + f"\n\n$$ J(v_c, o, {other}) = J(v_c, o, U) $$\n"
    assert [(s.status, s.reason[:22]) for s in check(text).steps] == [("definition", ""), ("unsettled", "what stands for U? A m")]


def test_an_unknown_layout_is_refused():
    with pytest.raises(ValueError, match="layout: expected 'columns', 'rows'"):
        check("$$ x = x $$", layout="diagonal")


def test_an_unknown_check_comment_is_refused():
    with pytest.raises(ValueError, match="check comment: expected"):
        check("<!-- check: colums -->\n$$ x = x $$")


def test_no_displayed_equality_is_dropped():
    text = "\n".join(f"$$ \\sigma({'-' * (n % 2)}x) = \\sigma({'-' * (n % 2)}x) $$" for n in range(60))
    assert [v.line for v in check(text).steps] == list(range(1, 61))


def test_prose_of_any_length_is_no_mathematics_problem():
    text = "word " * 40_000 + "\n$$ 1 - \\sigma(x) = \\sigma(-x) $$\n" + "word " * 40_000
    assert [(v.line, v.status) for v in check(text).steps] == [(2, "proved")]


@pytest.mark.parametrize(("text", "sides", "open_"), [
    ("$$ x = {y + 1 $$", ("x", "{y + 1"), "'{y + 1'"), (r"$$ \frac{1}{2 = x $$", (r"\frac{1}{2", "x"), "'{2 = x'"), (r"Then ${x = 1$ holds.", ("{x", "1"), "'{x = 1'"),
])
def test_an_open_brace_is_named_with_its_place(text, sides, open_):
    (step,) = check(text).steps
    assert (step.status, step.lhs, step.rhs) == ("unreadable", *sides)
    assert step.reason == f"expected a closing brace }} for {open_}"
