"""Judging: a read text to verdicts, one at a time."""

from ..meaning.legend import conventions, legend
from ..meaning.names import key
from ..meaning.view import View
from ..reading.tree import Relation, Symbol
from .counterexample import counterexample
from .judge import Judge
from .result import Verdict
from .slips import suggestion

SIGNS = {"=": "=", "!=": "!=", "in": "in", "notin": "not in", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def judged(text, name, prelude, layout, after, on_step):
    """(verdicts, legend, conventions) of a reading.Text, of the steps below line `after`; on_step gets each verdict as it falls."""
    judge = Judge(text, prelude, layout)
    steps, before = [], {}
    for statement in judge.world.survey.statements:
        found = judge.judge(statement) if statement.line > after else None
        if found is None:
            continue
        verdict = made(judge, statement, found, name)
        linked(verdict, statement, before)
        steps.append(verdict)
        if on_step is not None:
            on_step(verdict)
    return steps, legend(judge.world, View(judge.world), judge.view), conventions(judge.world, judge.jacobians)


def made(judge, statement, found, name):
    """The Verdict of a statement."""
    status, outcome = found
    reason = outcome if isinstance(outcome, str) else outcome.reason
    verdict = Verdict(name, statement.line, statement.chain, statement.step, statement.left.text, statement.right.text, status, reason,
                      inline=statement.inline, display=statement.display, label=statement.label, expected=statement.expected,
                      stated=[words(r) for r in statement.conditions])
    if isinstance(outcome, str):
        outcome = None
    if status == "proved" and outcome is not None:
        verdict.theorem, verdict.domain = outcome.theorem, list(outcome.domain)
        verdict.hypotheses = [h if isinstance(h, str) else words(h) for h in outcome.hypotheses]
    if status == "unsettled" and reason.startswith(("what is", "which", "over what", "with respect")):
        verdict.question = reason
    if status in ("refuted", "ill-typed", "transposed") and outcome is not None and outcome.status != "unsettled":
        claim = judge.claim(statement, statement.bounds)
        if status == "refuted" and outcome.instance is not None:
            verdict.counterexample = counterexample(claim, outcome)
        verdict.suggestion = suggestion(claim, outcome)
    return verdict


def linked(verdict, statement, before):
    """Says of a step that it goes on from a false line, or puts it right: the first side of a chain equals its last again."""
    chain = before.setdefault(statement.chain, {"wrong": 0})
    if chain["wrong"] and verdict.step > 1:
        if verdict.status in ("proved", "definition"):
            verdict.follows = chain["wrong"]
        elif verdict.status in ("refuted", "ill-typed"):
            verdict.follows = chain["wrong"]
    if verdict.status in ("refuted", "ill-typed") and not chain["wrong"]:
        chain["wrong"] = verdict.line


def words(relation):
    """'w != o' for a Relation."""
    if not isinstance(relation, Relation):
        return str(relation)
    return f"{shown(relation.left)} {SIGNS.get(relation.sign, relation.sign)} {shown(relation.right)}"


def shown(tree):
    if isinstance(tree, Symbol):
        return key(tree) + ("_" + "".join(shown(i) for i in tree.subs) if tree.subs else "")
    if hasattr(tree, "value"):
        return str(tree.value)
    from ..reading.latex import latex

    return latex(tree)
