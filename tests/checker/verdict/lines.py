"""Judging single lines, for the tests of the verdict."""

from functools import cache

from w2v.checker.reading import read
from w2v.checker.verdict.decide import Outcome
from w2v.checker.verdict.judge import Judge

SOFTMAX = r"The naive softmax loss is $$J = -\log \hat y_o.$$" + "\n\n"
NEGATIVE = (r"The negative sampling loss is $$J = -\log \sigma(u_o^\top v_c) - \sum_{k=1}^{K} \log \sigma(-u_{w_k}^\top v_c).$$" + "\n\n")


@cache
def judged(text):
    """[(claim, status, Outcome)] of the claims of a text."""
    judge = Judge(read(text))
    found = []
    for statement in judge.world.survey.statements:
        verdict = judge.judge(statement)
        if verdict is not None and isinstance(verdict[1], Outcome):
            found.append((judge.claim(statement), *verdict))
    return tuple(found)


def wrong(text):
    """(claim, Outcome) of the last line of a text, which must be wrong."""
    claim, status, outcome = judged(text)[-1]
    assert status in ("refuted", "ill-typed", "transposed"), (status, outcome.reason)
    return claim, outcome


def line(given, left, right):
    return f"{given}$$ {left} = {right} $$"
