"""A displayed definition is compared with its SymPy expression: another one, or one without an expression, fails the build."""

import pytest

import defined
from book import pages, source
from mutation import mutant
from w2v.checker import check
from w2v.checks.symbolic.definitions import DEFINITIONS

HEAD = "# Page\n\n<!-- check: fixed -->\n\n"
NORMALISER = HEAD + "$$\nZ = \\sum_{w}\\exp(u_w^\\top v_c)\n$$ (normaliser)\n"
DRAWS = HEAD + "$$\nm_w = \\sum_{k=1}^{K} \\mathbf{1}[w_k=w]\n$$ (negative-sampling-counts)\n\n$$\n\\sum_w m_w = K\n$$\n"


def faults(text, module=defined):
    return module.faults(text, check(text))


@pytest.mark.parametrize("text", [NORMALISER, DRAWS, HEAD + "$$\n\\sum_w \\hat y_w = 1\n$$\n"])
def test_a_definition_that_is_its_expression_has_no_fault(text):
    assert faults(text) == []


@pytest.mark.parametrize(
    "right, wrong",
    [("\\exp(u_w^\\top v_c)", "\\exp(-u_w^\\top v_c)"), ("\\exp(u_w^\\top v_c)", "\\exp(u_w^\\top v_o)"), ("\\sum_{w}", "\\sum_{w \\ne o}"), ("\\exp", "2\\exp")],
)
def test_another_definition_is_a_fault(right, wrong):
    assert faults(NORMALISER.replace(right, wrong)) == [(6, "the definition of Z is not the expression of w2v.checks.symbolic.definitions")]


def test_a_definition_that_is_wrong_for_some_words_only_is_a_fault():
    assert faults(DRAWS.replace("^{K}", "^{K-1}"))[0][0] == 6  # right for all words but the last draw


def test_a_definition_without_an_expression_is_a_fault():
    for text in (NORMALISER.replace("(normaliser)", ""), NORMALISER.replace("Z =", "S =")):
        assert "a definition without an expression" in faults(text)[0][1]


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("rel_tol=1e-9", "rel_tol=1"),
        ("in claim.choices(instance):", "in claim.choices(instance)[: instance.number < 3]:"),
        ("if name not in DEFINITIONS:", "if name not in DEFINITIONS or True:"),
    ],
)
def test_a_slip_in_the_comparison_is_noticed(right, wrong):
    text = DRAWS.replace("^{K}", "^{K-1}")
    assert faults(text) != faults(text, mutant(defined, right, wrong))


def test_every_expression_belongs_to_a_displayed_definition():
    labels = {label for page in pages() for label, _ in DEFINITIONS if f"$$ ({label})" in source(page)}
    assert labels == {label for label, _ in DEFINITIONS}
