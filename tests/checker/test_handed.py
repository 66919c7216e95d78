"""Small texts with known verdicts: a false line is never proved, a true one never accused.

`data/handed/false_lines.json` holds texts with one false line each, `true_texts.json` texts in which every step is true, and `texts/`
small texts with one construct each. `judged_wrongly.json` names the given cases whose own verdict is wrong, with the reason.
"""
import json

import numpy as np
import pytest

from judging import DATA, GOOD, OPEN, WRONG, bare, judged, settle

HANDED = DATA / "handed"
FALSE = {c["id"]: c for c in json.loads((HANDED / "false_lines.json").read_text(encoding="utf-8"))}
TRUE = {c["id"]: c for c in json.loads((HANDED / "true_texts.json").read_text(encoding="utf-8"))}
NOT_FALSE = json.loads((HANDED / "judged_wrongly.json").read_text(encoding="utf-8"))
TEXTS = {p.name: p.read_text(encoding="utf-8") for p in sorted((HANDED / "texts").iterdir())}
ACCEPTED = 66  # of the 80 true texts

# what each small text must give: the statuses of its last steps, "any of" where several are right
READ, TRUE_STEP = ("proved", "definition", "unsettled"), ("proved",)
MUST = {
    "A1_cases_after_case.md": [GOOD, ("refuted",)], "A2_summary_after_case.md": [GOOD, ("refuted",)],
    "A3_prime.md": [("definition",), ("refuted",)], "A3b_prime_y.md": [("definition",), ("refuted",)],
    "A4_textbf_dropped.md": [("definition", "proved"), ("refuted",)], "A5_bounds.md": [("definition",), ("refuted",)],
    "A6_inline.md": [("refuted",), ("proved",)], "B10_net.md": [*[("definition",)] * 5, ("proved",)], "B12_net.md": [("definition",), ("proved",)],
    "B1_z.md": [("definition",), ("proved",)], "B1b_z.md": [("proved",)], "B1c_z.md": [("definition",), ("proved",), ("proved",)],
    "B2_label.md": [("definition",), ("definition",), ("proved",)], "B3_t.md": [("proved", "definition"), *[("definition",)] * 2, ("proved",), ("proved",)],
    "B3b_y.md": [("definition",), ("proved",)], "B4_kth.md": [("proved",)], "B5_ticks.md": [("proved",)], "B5b_bang.md": [("proved",)],
    "B6_two_models.md": [READ] * 4, "B7_sum.md": [("definition",), ("proved", "unsettled")], "B8_zero.md": [], "B9_J.md": [("unsettled",)],
    "C10_kramdown.md": [("proved",)], "C1_part.md": [("proved",)], "C2_bf.md": [("proved",)], "C3_over.md": [("proved",)],
    "C4_sup.md": [("definition",), ("proved",)], "C5_exp.md": [("proved", "definition", "unreadable")], "C6_plus.md": [("definition",), ("proved",)],
    "C7_braces.md": [("definition", "proved")], "C8_pdv.tex": [("proved",)], "C9_matrix_cases.md": [READ],
}


def false_line(name):
    """The fault of a text with a false line, or ''."""
    case = FALSE[name]
    found, fault = judged(case["text"])
    hit = [s for s in found if bare(case["wrong"]) in bare(f"{s.lhs} = {s.rhs}")]
    fine = {"proved"} | ({"definition"} - set(case.get("allow", [])))
    if hit and all(s.status in fine for s in hit):
        return f"the false line is called {hit[-1].status}"
    if not hit and not fault and all(s.status in GOOD for s in found):
        return "the false line has no verdict, and the text passes"
    return fault


def accused(name):
    """The fault of a true text of which a step is accused, or ''."""
    found, fault = judged(TRUE[name]["text"])
    return next((f"line {s.line} is called {s.status}: {s.lhs} = {s.rhs}" for s in found if s.status in WRONG), fault)


def small(name):
    """The fault of one of the small texts, or ''."""
    found, fault = judged(TEXTS[name])
    statuses = [s.status for s in found]
    fits = len(statuses) == len(MUST[name]) and all(s in allowed for s, allowed in zip(statuses, MUST[name]))
    return fault or ("" if fits else f"found {statuses}")


CHECKS = {"false lines": (false_line, [n for n in FALSE if n not in NOT_FALSE]), "true texts": (accused, list(TRUE)), "small texts": (small, list(TEXTS))}


@pytest.mark.parametrize("name", CHECKS["false lines"][1])
def test_no_false_line_is_proved_or_called_a_definition(name):
    settle("false lines", name, false_line(name))


@pytest.mark.parametrize("name", TRUE)
def test_no_true_step_is_accused(name):
    settle("true texts", name, accused(name))


@pytest.mark.parametrize("name", TEXTS)
def test_each_small_text_gives_what_it_must(name):
    settle("small texts", name, small(name))


def test_enough_true_texts_are_accepted():
    accepted = [n for n in TRUE if not accused(n) and not any(s.status in OPEN for s in judged(TRUE[n]["text"])[0])]
    settle("goals", "true texts accepted", "" if len(accepted) >= ACCEPTED else f"{len(accepted)} of {len(TRUE)}")


# -- the given cases that are judged wrongly ----------------------------------------------------------------------
def course(seed, words=5, entries=3):
    """(U, v_c, o) at random."""
    random = np.random.default_rng(seed)
    return random.normal(size=(entries, words)), random.normal(size=entries), int(random.integers(words))


def probabilities(scores):
    e = np.exp(scores - scores.max())
    return e / e.sum()


def slopes(function, at, step=1e-6):
    """The Jacobian of a function by central differences: row i, column j holds df_i / dx_j."""
    return np.array([(np.atleast_1d(function(at + step * e)) - np.atleast_1d(function(at - step * e))) / (2 * step) for e in np.eye(len(at))]).T


def test_the_marked_gradient_is_the_gradient():
    for seed in range(10):
        U, v, o = course(seed)
        gradient = slopes(lambda x: -np.log(probabilities(U.T @ x)[o]), v)[0]
        assert np.allclose(gradient, U @ (probabilities(U.T @ v) - np.eye(5)[o]), atol=1e-6)


def test_the_marked_jacobian_is_the_jacobian():
    for seed in range(10):
        U, v, _ = course(seed)
        assert np.allclose(slopes(lambda x: U.T @ x, v), U.T, atol=1e-6)


def test_the_marked_sum_is_its_number_of_terms():
    for words in range(1, 11):
        K = 2 * words
        assert sum(1 for _ in range(1, K + 1)) == K


def test_each_case_that_is_judged_wrongly_is_given_with_a_reason_and_is_settled_as_it_should_be():
    for name, case in NOT_FALSE.items():
        assert case["reason"] and name in FALSE
        assert bare(case["true"]) in bare(FALSE[name]["text"])
