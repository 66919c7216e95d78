"""What the page *How it is checked* says of a tick, sentence by sentence."""

import re
from itertools import combinations

import pytest

from book import source
from w2v.checker import check
from w2v.checker.kernel.instances import instances

PAGE = "how_it_is_checked"
HEAD = "# Page\n\n<!-- check: fixed; J = {} -->\n\n"
ROW = re.compile(r"^\| (?:first|second|third|fourth) \| (.+) \|$", re.M)


def steps(text, loss="naive-softmax"):
    return check(HEAD.format(loss) + text).steps


def status(text, loss="naive-softmax"):
    return [step.status for step in steps(text, loss)]


def display(tex):
    return f"$$\n{tex}\n$$\n\n"


def test_the_table_of_sizes_is_that_of_the_instances():
    printed = [[int(n) for n in row.split("|")] for row in ROW.findall(source(PAGE))]
    assert printed == [[*(i.sizes[s] for s in "VDKm"), i.o, i.c] for i in instances([])]


def test_v_is_the_largest_size_and_any_two_sizes_differ_somewhere():
    found = [i.sizes for i in instances(["L"])]
    assert all(sizes["V"] > max(sizes[s] for s in "DKm") for sizes in found)
    assert all(any(sizes[a] != sizes[b] for sizes in found) for a, b in combinations(found[0], 2))


def test_o_is_first_last_between_and_once_c():
    places = {"first" if i.o == 1 else "last" if i.o == i.sizes["V"] else "between" for i in instances([])}
    assert places == {"first", "last", "between"} and [i.o == i.c for i in instances([])].count(True) == 1


def test_a_free_letter_takes_every_value():
    assert status(display(r"\frac{\partial J}{\partial u_w} = \hat y_w v_c")) == ["refuted"]


def test_a_product_that_does_not_fit_is_ill_typed_or_asks_what_a_letter_is_that_the_page_never_introduces():
    assert status(display(r"r = v_c v_c")) == ["ill-typed"]
    (step,) = steps(display(r"T v_c = U^\top T"))
    assert step.status == "unsettled" and step.question.startswith("what is T?")


def test_draws_and_windows_are_distinct_unless_that_is_denied():
    for i in instances([]):
        assert len(set(i.draws)) == len(i.draws) and i.o not in i.draws
        words = [w for j, w in i.window.items() if j]
        assert len(set(words)) == min(len(words), i.sizes["V"])
    denied = instances([], distinct=False, o_drawn=True, repeated_window=True)
    assert any(len(set(i.draws)) < len(i.draws) for i in denied) and any(i.o in i.draws for i in denied)
    assert any(len({w for j, w in i.window.items() if j}) < 2 * i.sizes["m"] for i in denied)


TERM = r"\frac{\partial J}{\partial u_o} = (\sigma(u_o^\top v_c) - 1)\, v_c"


def test_what_a_page_denies_is_not_assumed():
    assert status(display(TERM), "negative-sampling") == ["proved"]
    assert status("<!-- check: o may be drawn -->\n\n" + display(TERM), "negative-sampling") == ["refuted"]


def test_what_a_sentence_leaves_open_is_asked_for():
    said = "The sampler does not check whether it hits the true word.\n\n"
    (asked,) = check(HEAD.replace("fixed; ", "").format("negative-sampling") + said + display(TERM)).steps
    assert asked.status == "unsettled" and "The sampler does not check" in asked.reason


def test_the_hypotheses_that_a_line_needs_are_found_by_breaking_them():
    assert steps(display(TERM), "negative-sampling")[0].hypotheses == ["o not among the negatives"]
    assert steps(display(r"\frac{\partial J}{\partial v_c} = U(\hat y - y)"))[0].hypotheses == ["y one-hot"]
    assert steps(display(r"\sum_w \hat y_w = 1"))[0].hypotheses == []


def test_a_case_ends():
    line = display(r"\frac{\partial J}{\partial u_w} = \hat y_w v_c")
    assert status("## Others\n\n<!-- check: w != o -->\n\n" + line + "## All\n\n" + line) == ["proved", "refuted"]


def test_what_a_sentence_supposes_of_a_letter_is_used_in_the_chain_that_follows():
    first, second = check(
        r"If $p = \sigma(x)$, then $$ \log\frac{p}{1-p} = x. $$ From this $$ p = 1 - \sigma(-x) $$"
    ).steps
    assert (first.status, first.hypotheses) == ("proved", [r"p = \sigma(x)"]) and second.status == "unsettled"


def test_the_legend_says_of_each_stretch_which_loss_j_is():
    one, two = (
        r"$$ \frac{\partial J}{\partial v_c} = U(\hat y - y) $$",
        r"$$ \frac{\partial J}{\partial u_o} = (\sigma(u_o^\top v_c) - 1) v_c $$",
    )
    legend = check(f"## Softmax\n\n{one}\n\n## Negative sampling\n\n{two}").legend
    assert [(line.type, line.lines) for line in legend if line.name == "J"] == [
        ("a number: the naive softmax loss", "from line 3 to 6"),
        ("a number: the negative sampling loss", "from line 7"),
    ]


def test_a_definition_needs_a_new_name():
    new, again = display(r"b_w = 2 u_w^\top v_c"), display(r"b_w = 3 u_w^\top v_c")
    assert status(new) == ["definition"] and status(new + again)[1] == "refuted"


def test_what_the_course_fixes_cannot_be_defined_again():
    assert status(display(r"\hat y_w = \frac{\exp(u_w^\top v_c)}{\sum_x \exp(u_x^\top v_c)}")) == ["proved"]
    assert status(display(r"\hat y_w = \exp(u_w^\top v_c)")) == ["refuted"]


CHAPTERS = (
    "negative_sampling",
    "sampling_cost",
    "sampling_optimum",
    "skip_gram",
    "cbow",
    "hierarchical_softmax",
    "factorisation",
    "real_text",
    "one_window_to_cluster",
    "word2vec_c",
)


def test_two_chapters_bring_names_of_their_own():
    own = [name for name in CHAPTERS if not re.search("^<!-- check: fixed", source(name), re.M)]
    assert own == ["cbow", "hierarchical_softmax"]


@pytest.mark.parametrize("line", [r"\sum_w y_w \log y_w \le 0", r"\hat y_w < 1", r"\hat y_w \approx 2"])
def test_inequalities_and_approximations_get_no_tick(line):
    assert "proved" not in status(display(line) + display("1 = 1"))[:-1]


def test_a_wrong_definition_does_not_show_at_its_own_line():
    assert status(display(r"m_{\text{mean}} = 2 \sum_w \hat y_w u_w") + display(r"m_{\text{mean}} = 2 U \hat y")) == [
        "definition",
        "proved",
    ]


def test_four_kinds_of_line_get_the_verdict_that_the_page_names():
    assert status(display(r"u_w v_c = 1")) == ["ill-typed"]
    assert status(display(r"\hat y_w = \frac{1}{")) == ["unreadable"]
    unsettled = steps(display(r"\frac{\partial Q}{\partial q} = -\frac{\partial Q}{\partial q}"))
    assert unsettled[0].status == "unsettled" and unsettled[0].question


def test_a_refuted_line_comes_with_an_example():
    assert steps(display(r"\sum_w \hat y_w = 2"))[0].counterexample


def test_the_legend_of_the_example_is_the_printed_one():
    printed = re.findall(r"^\| ([az]) \| (.+?) \| (.+?) \|$", source(PAGE), re.M)
    report = check(r"Let $a = \sigma(z)$. Then $$ \frac{da}{dz} = a(1-a) $$")
    assert [(line.name, line.type, line.origin) for line in report.legend] == printed
    assert [step.status for step in report.steps if not step.inline] == ["proved"]


def test_the_legend_names_the_prelude_and_the_conventions():
    report = check(
        HEAD.format("negative-sampling")
        + "<!-- check: draws may repeat -->\n\n"
        + display(r"\sum_w \hat y_w u_w = U \hat y")
    )
    assert any(line.origin == "the course's prelude" for line in report.legend)
    assert (
        any(c.startswith("Words are columns") for c in report.conventions) and "Draws may repeat." in report.conventions
    )
