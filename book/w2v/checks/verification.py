"""`verify("T07")`, `verify("T09", "T10")`: everything that is checked about results, run now, raised if it fails."""

from dataclasses import dataclass
from html import escape

import numpy as np

from w2v.checks.gradient_check import check_gradients, relative_difference
from w2v.checks.symbolic.results import all_results
from w2v.checks.symbolic.results.registry import Agrees, Exact, ForAllSizes, Numbers, Numerical
from w2v.checks.symbolic.zero import assert_zero

TOLERANCE = 1e-12  # between NumPy in double precision and SymPy with 30 digits


class VerificationError(AssertionError):
    """A statement of a result that does not hold; the message names result, case and statement.

    >>> issubclass(VerificationError, AssertionError)
    True
    """


@dataclass(frozen=True)
class Line:
    """One statement that held: its kind, its words, and what was seen."""

    kind: str
    what: str
    seen: str


def verify(*ids: str) -> "Verification":
    """Checks the results `ids` and returns one Verification of all; raises VerificationError if anything fails.

    >>> print(str(verify("T03")).splitlines()[0])
    T03 holds: gradients of a dot product
    """
    results = all_results()
    unknown = [id for id in ids if id not in results]
    if unknown or not ids:
        raise ValueError(f"ids: expected one or more of {', '.join(results)}, got {unknown[0] if ids else 'none'!r}")
    return Verification(tuple(check(results[id]) for id in ids))


def check(result):
    """Runs every statement of `result` on every case; returns it as a Holding."""
    seen = {}
    for case in result.cases:
        for statement in result.statements(case):
            try:
                kind, what, outcome = _RUN[type(statement)](statement, case)
            except AssertionError as error:
                sizes = f" at {case.sizes}" if case else ""
                raise VerificationError(f"{result.id}, {result.title}{sizes}: {error}") from error
            seen.setdefault((kind, what), []).append(outcome)
    if not seen:
        raise VerificationError(f"{result.id}, {result.title}: nothing was checked")
    return Holding(result.id, result.title, tuple(_line(*key, outcomes) for key, outcomes in seen.items()))


def _exact(statement, case):
    left, right = statement.left, statement.right
    if getattr(left, "shape", ()) != getattr(right, "shape", ()):
        raise AssertionError(f"{statement.what}: shapes {left.shape} and {right.shape} differ")
    try:
        assert_zero(left - right)
    except AssertionError as error:
        raise AssertionError(f"{statement.what}: left minus right, {error}") from None
    return "exact", statement.what, case.sizes if case else ""


def _agrees(statement, case):
    point = case.point() if case else None
    expected = np.asarray(case.at(statement.symbolic, point) if case else float(statement.symbolic))
    got = np.asarray(statement.numpy(Numbers.of(case, point) if case else None), dtype=float)
    if expected.size != got.size:
        raise AssertionError(f"{statement.what}: NumPy gives shape {got.shape}, SymPy {expected.shape}")
    expected = expected.reshape(got.shape)
    worst = relative_difference(got, expected).max()
    if not worst <= TOLERANCE:
        raise AssertionError(f"{statement.what}: NumPy and SymPy differ by {worst:.1e}\n{got}\n{expected}")
    return "numpy", statement.what, worst


def _numerical(statement, case):
    arguments = statement.arguments(Numbers.of(case, case.point()))
    passed = check_gradients(statement.loss, statement.gradients, *arguments, wrt=statement.wrt)
    return (
        "gradient",
        f"{statement.gradients.__name__} against central differences of {statement.loss.__name__}",
        passed.worst,
    )


def _for_all_sizes(statement, case):
    if statement.prove() is not True:
        raise AssertionError(f"{statement.what}: no proof for all sizes")
    return "general", statement.what, ""


_RUN = {Exact: _exact, Agrees: _agrees, Numerical: _numerical, ForAllSizes: _for_all_sizes}
_KINDS = {
    "exact": "SymPy, exact",
    "general": "SymPy, every size",
    "numpy": "NumPy = SymPy",
    "gradient": "gradient check",
}


def _line(kind, what, outcomes):
    if kind == "exact":
        sizes = list(dict.fromkeys(outcome for outcome in outcomes if outcome))
        return Line(kind, what, f"zero at {'; '.join(sizes)}" if sizes else "zero")
    if kind == "general":
        return Line(kind, what, "zero with symbolic sizes")
    return Line(kind, what, f"largest difference {max(outcomes):.0e}, relative above 1")


@dataclass(frozen=True)
class Holding:
    """A result that passed all its checks: its id, its title and a Line for each check."""

    id: str
    title: str
    lines: tuple

    def __str__(self):
        rows = [f"  {_KINDS[line.kind]:18} {line.what}: {line.seen}" for line in self.lines]
        return "\n".join([f"{self.id} holds: {self.title}", *rows])

    def _rows(self):
        return "".join(
            f"<tr><td>{_KINDS[line.kind]}</td><td>{escape(line.what)}</td><td>{escape(line.seen)}</td></tr>"
            for line in self.lines
        )


@dataclass(frozen=True)
class Verification:
    """The results that passed all their checks; prints as a table.

    >>> verify("T03").lines[0].seen
    'zero at V=3, D=2, o=1; V=5, D=3, o=2; V=4, D=6, o=3'
    """

    results: tuple

    @property
    def lines(self) -> tuple:
        """A Line for each check of each result."""
        return tuple(line for result in self.results for line in result.lines)

    def __str__(self):
        return "\n".join(map(str, self.results))

    __repr__ = __str__

    def _repr_html_(self):
        ids = [result.id for result in self.results]
        count = "1 check" if len(self.lines) == 1 else f"{len(self.lines)} checks"
        if len(ids) == 1:
            words = f"<b>{ids[0]} holds.</b> {escape(self.results[0].title)}: {count}"
        else:
            words = f"<b>{', '.join(ids[:-1])} and {ids[-1]} hold.</b> {count}"
        named = '<tr><th colspan="3" scope="rowgroup">{}: {}</th></tr>' if len(ids) > 1 else ""
        rows = "".join(
            f"<tbody>{named.format(result.id, escape(result.title))}{result._rows()}</tbody>" for result in self.results
        )
        return (
            f'<details class="w2v-verified" data-result="{" ".join(ids)}" data-verdict="holds">'
            f"<summary>{words}</summary>"
            f"<table><thead><tr><th>link</th><th>statement</th><th>seen</th></tr></thead>{rows}</table></details>"
        )
