"""A displayed definition is compared with its SymPy expression: another one, or one without an expression, fails the build."""

import re

import pytest

import defined
from book import pages, source
from mutation import mutant
from w2v.checker import check
from w2v.checker.kernel.values import Unsettled
from w2v.checks.symbolic.definitions import DEFINITIONS, NOT_COMPARED

HEAD = "# Page\n\n<!-- check: fixed -->\n\n"
NORMALISER = HEAD + "$$\nZ = \\sum_{w}\\exp(u_w^\\top v_c)\n$$ (normaliser)\n"
YES = HEAD + "$$\ns_w = \\sigma(u_w^\\top v_c)\n$$ (negative-sampling-probability)\n"


def faults(text, module=defined):
    return module.faults(text, check(text))


@pytest.mark.parametrize("text", [NORMALISER, YES, HEAD + "$$\n\\sum_w \\hat y_w = 1\n$$\n"])
def test_a_definition_that_is_its_expression_has_no_fault(text):
    assert faults(text) == []


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("\\exp(u_w^\\top v_c)", "\\exp(-u_w^\\top v_c)"),
        ("\\exp(u_w^\\top v_c)", "\\exp(u_w^\\top v_o)"),
        ("\\sum_{w}", "\\sum_{w \\ne o}"),
        ("\\exp", "2\\exp"),
    ],
)
def test_another_definition_is_a_fault(right, wrong):
    assert faults(NORMALISER.replace(right, wrong)) == [
        (6, "the definition of Z is not the expression of w2v.checks.symbolic.definitions")
    ]


def test_a_definition_that_is_wrong_for_some_words_only_is_a_fault():
    assert faults(YES.replace("v_c", "v_w"))[0][0] == 6  # right for the word c


def test_a_definition_that_leaves_a_question_open_is_a_fault(monkeypatch):
    def asked(*_):
        raise Unsettled("what is j?")

    monkeypatch.setattr(defined, "agrees", asked)
    assert faults(NORMALISER) == [(6, "the definition of Z is open: what is j?")]


def test_a_definition_that_rests_on_another_shape_is_a_fault():
    text = HEAD + "$$\nq_w = \\hat y\n$$\n\n" + "$$\nd_{wx} = K \\, N_w \\, q_x\n$$ (factorisation-counts)\n"
    assert any("has no value: a column" in fault for _, fault in faults(text))


def test_a_page_of_exercises_repeats_a_definition_and_it_is_compared():
    repeated = NORMALISER.replace("(normaliser)", "(exercises-normaliser)")
    assert faults(repeated) == [] and len(faults(repeated.replace("\\exp", "2\\exp"))) == 1


def test_a_definition_without_an_expression_is_a_fault():
    for text in (NORMALISER.replace("(normaliser)", ""), NORMALISER.replace("Z =", "S =")):
        assert "a definition without an expression" in faults(text)[0][1]


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("rel_tol=1e-9", "rel_tol=2"),
        ("in claim.choices(instance):", "in claim.choices(instance)[: instance.c == 1]:"),
        ("if name not in DEFINITIONS:", "if name not in DEFINITIONS or True:"),
    ],
)
def test_a_slip_in_the_comparison_is_noticed(right, wrong):
    text = YES.replace("v_c", "v_w")
    assert faults(text) != faults(text, mutant(defined, right, wrong))


def test_every_expression_belongs_to_a_displayed_definition():
    shown = [f"$$ ({label})" if label else f"{name} =" for label, name in DEFINITIONS]
    assert [words for words in shown if not any(words in source(page) for page in pages())] == []


def test_what_is_not_compared_is_displayed_and_has_no_expression():
    assert not NOT_COMPARED & set(DEFINITIONS)
    for label, name in NOT_COMPARED:
        shown = re.compile(re.escape(name) + r"\s*&?\s*=")
        assert any(shown.search(text) and (not label or f"$$ ({label})" in text) for text in map(source, pages())), name
