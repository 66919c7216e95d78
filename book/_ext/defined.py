"""Compares each displayed definition of a page with its SymPy expression in `w2v.checks.symbolic.definitions`.

Both are evaluated with the same numbers, at instances of different sizes and for every value of the indices.
"""

from math import isclose

import sympy as sp

from w2v.checker.kernel.indices import Index
from w2v.checker.kernel.instances import again
from w2v.checker.kernel.scalars import number
from w2v.checker.kernel.values import IllTyped, Unsettled
from w2v.checker.reading import read
from w2v.checker.reading.tree import Symbol
from w2v.checker.verdict.decide import Claim
from w2v.checker.verdict.judge import Judge
from w2v.checks.symbolic.definitions import DEFINITIONS, NOT_COMPARED, Quantities

REPEATED = "exercises-"  # a page of exercises repeats a definition under the label of its chapter, behind these letters


def faults(text, report):
    """[(line, words)] of the displayed definitions that have no SymPy expression or differ from it."""
    if not any(step.status == "definition" and not step.inline for step in report.steps):
        return []
    judge, found = Judge(read(text)), []
    for definitions in judge.world.definitions.values():
        for definition in definitions:
            statement, entry = definition.statement, definition.entry
            if statement.inline:
                continue
            name = (
                statement.label.removeprefix(REPEATED),
                " ".join((statement.left if entry.body == statement.right.tree else statement.right).text.split()),
            )
            if name in NOT_COMPARED:
                continue
            if name not in DEFINITIONS:
                found.append(
                    (
                        statement.line,
                        f"a definition without an expression in w2v.checks.symbolic.definitions: {' '.join(name)}",
                    )
                )
                continue
            fault = "is not the expression of w2v.checks.symbolic.definitions"
            try:
                if agrees(judge, statement, entry, DEFINITIONS[name]):
                    continue
            except Unsettled as question:
                fault = f"is open: {question}"
            except IllTyped as error:  # what it rests on has another shape than its expression needs
                fault = f"has no value: {error}"
            found.append((statement.line, f"the definition of {name[1]} {fault}"))
    return found


def agrees(judge, statement, entry, expression):
    """Whether a printed definition and its SymPy expression have the same values, at least once and wherever it has one."""
    compared = False
    claim = Claim(entry.body, entry.body, judge.view(statement), judge.conditions(statement), judge.denied(statement))
    for instance in claim.instances():
        point = again(instance, 1, {"*"})
        for letters in claim.choices(instance):
            memo = {}
            try:
                value = claim.scope(point, letters).value(entry.body)
            except Unsettled:  # a place outside the window
                continue
            printed, compared = [number(e, point.point, memo) for e in value.entries], True
            at = Quantities(instance.sizes, instance.o, instance.c, instance.draws, instance.window)
            meant = sp.sympify(expression(at, *(letters[p].value for p in entry.params)))
            values = {symbol: valued(claim, point, name) for symbol, name in at.names.items()}
            meant = [float(sp.N(e.xreplace(values))) for e in (meant if isinstance(meant, sp.MatrixBase) else [meant])]
            if len(printed) != len(meant) or not all(
                isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) for a, b in zip(printed, meant)
            ):
                return False
    return compared


def valued(claim, point, name):
    """What a letter with its indices is on the page: an entry of a vector, a free number, or what the page has defined."""
    letter, *indices = name
    if letter in ("u", "v"):
        return sp.Rational(point.value(name))
    letters = {f"i{n}": Index(i, "word") for n, i in enumerate(indices)}
    return sp.Float(
        number(
            claim.scope(point, letters).value(Symbol(letter, subs=tuple(map(Symbol, letters)))).node, point.point, {}
        ),
        20,
    )
