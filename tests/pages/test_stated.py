"""What a page must say itself: a build without the hypotheses in words, with unread signs or with words in a formula fails."""

import re

import pytest

import stated
from book import pages, source
from mutation import mutant
from w2v.checker import check
from w2v.checker.reading import read
from w2v.checker.reading.blocks import Display
from w2v.exercises.registry import sheet

HEAD = "# Page\n\n<!-- check: fixed; J = naive-softmax -->\n\nThe naive softmax loss $J$ is differentiated.\n\n"
ONE_HOT = "The vector $y$ is one-hot at $o$.\n\n"
CENTER = "$$\n\\frac{\\partial J}{\\partial v_c} = U(\\hat y - y)\n$$\n\n"
OTHER = "<!-- check: w != o -->\n$$\n\\frac{\\partial J}{\\partial u_w} = \\hat y_w v_c\n$$\n\n"
SAYS_OTHER = "Now $w \\ne o$.\n\n"


def box(inside):
    return f"::::{{prf:theorem}} T00: a result, one-hot\n:label: T00\n\n{inside}::::\n\n"


def faults(text, module=stated):
    return module.faults(text, check(text))


def only_fault(text, line, words):
    """Asserts that a text has one fault, at this line and with these words."""
    assert [line] == [n for n, _ in faults(text)], faults(text)
    assert words in faults(text)[0][1]
    return True


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ONE_HOT + CENTER,
        HEAD + ONE_HOT + box("*Assumes:* $y$ one-hot at $o$.\n\n" + CENTER),
        HEAD + SAYS_OTHER + OTHER,
        HEAD + "## The words with $w \\neq o$\n\n" + OTHER,
        HEAD + "$$\n\\sum_{w=1}^{V} \\hat y_w = 1\n$$\n",
        HEAD + "$$\n\\frac{\\partial u_x^\\top v_c}{\\partial u_w} = \\mathbf{1}[x=w]\\, v_c\n$$\n",
        HEAD
        + ONE_HOT
        + "$$\ny_w = \\begin{cases} 1 & \\text{if } w = o \\\\ 0 & \\text{if } w \\ne o \\end{cases}\n$$\n",
        HEAD + "<!-- check: expect refuted -->\n$$\n\\sum_w \\hat y_w = 2\n$$\n",
    ],
)
def test_a_page_that_says_what_it_needs_has_no_fault(text):
    assert faults(text) == []


def test_a_needed_one_hot_y_that_the_page_does_not_state_before_is_a_fault():
    text = HEAD + CENTER + ONE_HOT
    only_fault(text, line_of(text, "\\frac{\\partial J"), "needs 'y one-hot', which the page does not state before it")


def test_a_box_states_its_hypotheses_itself_and_its_title_does_not_count():
    text = HEAD + ONE_HOT + box(CENTER)
    only_fault(text, line_of(text, "\\frac{\\partial J"), "which the box does not state")


def test_a_condition_is_stated_in_words_in_the_same_section():
    text = HEAD + OTHER
    only_fault(text, line_of(text, "\\frac{\\partial J"), "needs 'w != o'")
    text = HEAD + SAYS_OTHER + "## Another section\n\n" + OTHER
    only_fault(text, line_of(text, "\\frac{\\partial J"), "needs 'w != o'")


def test_code_and_comments_are_no_words():
    hidden = "```{code-cell} ipython3\n# y is one-hot at o\n```\n\n<!-- one-hot -->\n\n"
    assert "needs 'y one-hot'" in faults(HEAD + hidden + CENTER)[0][1]


def test_a_loss_that_the_page_does_not_name_is_a_fault():
    text = HEAD.replace("The naive softmax loss $J$", "The loss $J$") + ONE_HOT + CENTER
    only_fault(text, 3, "declares the loss 'naive softmax', which the page does not name")


def test_words_in_a_formula_are_a_fault():
    text = HEAD + ONE_HOT + CENTER.replace("- y)", "- y) \\text{ nearly}")
    assert any("words in a formula" in words or "unreadable" in words for _, words in faults(text)), faults(text)


OWN_NAMES = {
    "cbow",
    "hierarchical_softmax",
}  # they have a prediction, a label or a loss of their own, and say so in sentences


def test_every_page_with_a_displayed_equality_begins_with_the_declaration_that_names_are_fixed():
    for page in set(pages()) - OWN_NAMES - set(map(sheet, OWN_NAMES)):
        displays = [block for block in read(source(page)).blocks if isinstance(block, Display)]
        if any("=" in chain.signs for block in displays for chain in block.chains):
            assert re.search(
                r"\A\s*<!-- check: fixed\b", ("\n" + source(page)).split("\n# ", 1)[1].split("\n", 1)[1]
            ), page


def step(**changes):
    return type(
        "Step",
        (),
        {
            "inline": False,
            "display": 1,
            "line": 4,
            "status": "proved",
            "hypotheses": [],
            "domain": [],
            "lhs": "a",
            "rhs": "b",
            **changes,
        },
    )


def report(*steps):
    return type("Report", (), {"steps": list(steps), "unexpected": lambda self: []})()


DISPLAY = "# Page\n\n$$\na = b = c\n$$\n"


def test_an_equality_without_a_step_is_a_fault():
    assert stated.faults(DISPLAY, report(step(), step())) == []
    assert "was not checked: 2 signs of equality, 1 steps" in stated.faults(DISPLAY, report(step()))[0][1]


def test_a_needed_sign_that_the_page_does_not_state_is_a_fault():
    needs = [step(), step(domain=["a > 0"])]
    assert "holds for a > 0 only" in stated.faults(DISPLAY, report(*needs))[0][1]
    assert stated.faults(DISPLAY.replace("# Page\n", "# Page of positive numbers\n"), report(*needs)) == []


def test_a_sign_that_was_not_read_is_a_fault():
    text = "# Page\n\n$$\na = \\mathbf{1}[x=w]\n$$\n"
    assert stated.faults(text, report(step())) == []
    changed = mutant(stated, 'isinstance(node, Relation) and node.sign == "=" or', "")
    assert changed.faults(text, report(step())) == [(3, "2 signs of equality are printed and 1 were read")]


@pytest.mark.parametrize(
    "right, wrong, text",
    [
        ("for fault in unstated(step, page)", "for fault in ()", HEAD + CENTER),
        ("self.box[line - 1] + 1 if self.box[line - 1] else", "", HEAD + ONE_HOT + box(CENTER)),
        ("section = n\n", "pass\n", HEAD + SAYS_OTHER + "## Another section\n\n" + OTHER),
        ("unnamed_losses(blocks, page)\n", "[]\n", HEAD.replace("naive softmax loss", "loss") + ONE_HOT + CENTER),
        ("for step in report.unexpected()]", "for step in ()]", HEAD + "$$\n\\sum_w \\hat y_w = 2\n$$\n"),
    ],
)
def test_a_check_left_out_is_noticed(right, wrong, text):
    assert faults(text) != [] and faults(text, mutant(stated, right, wrong)) == []
