"""Doctest for mathematics: every equality of a written derivation gets a verdict, with a proof or a counterexample.

How a line travels. `reading` turns the text into blocks, and its mathematics into trees; nothing there knows what a letter means,
and nothing is dropped: what cannot be read is `unreadable`. `meaning` goes through the blocks once and lists what is said, in
order: declarations, definitions, claims, cases that open and close (`statements`). Then it fixes one meaning for the whole text
(`world`): what the text introduces comes first, what it uses without introducing is lent by a prelude (`preludes/*.md`, a document
that this same reader reads) and one table of letters, and the types and sizes of what remains free are solved together (`infer`).
What is lent must be licensed: where a sentence speaks of it and is not understood, what needs it is open (`doubts`, `plain_talk`).
The only choices are for the whole text: words as columns or rows, vectors upright or lying, gradients and Jacobians. `kernel`
evaluates both sides of a claim exactly at instances in general position, as graphs of free variables, and alone makes proofs
(`kernel.theorem`). `verdict` decides: sides that differ in numbers are refuted with the numbers, sides whose difference has no
term left in normal form are proved, and everything else is unsettled, with the question whose answer would settle it. The
`report` opens with the legend: each name as it was understood, and where that comes from.
"""

from collections.abc import Callable

from .reading import read
from .report import NoMathematics, Report, Verdict

__all__ = ["check", "Report", "Verdict", "NoMathematics"]


def check(text: str, *, name: str = "<text>", prelude: str = "word2vec", layout: str = "", after: int = 0,
          on_step: Callable[[Verdict], object] | None = None) -> Report:
    r"""The Report on a derivation in Markdown, LaTeX or plain lines.

    prelude: the name of a document in `checker/meaning/preludes`, the path of another, or '' for none. layout: 'columns' (U is
    D x V), 'rows' (U is V x D) or '' (found out from the text). after: the number of a line; steps up to it
    say what the names mean, as ever, and are not judged. on_step: called with each Verdict as it falls.
    Raises TypeError for anything but text, ValueError for another layout, another `after` or a check comment that says nothing known,
    NoMathematics when the text holds no mathematics.

    >>> report = check(r"$$1 - \sigma(x) = \sigma(-x) = -\sigma(x)$$")
    >>> [step.status for step in report.steps]
    ['proved', 'refuted']
    """
    if not isinstance(text, str):
        raise TypeError(f"text: expected a str with Markdown or LaTeX, found {type(text).__name__}")
    if layout not in ("", "columns", "rows"):
        raise ValueError(f"layout: expected 'columns', 'rows' or '', found {layout!r}")
    if type(after) is not int or after < 0:
        raise ValueError(f"after: expected the number of a line, an int of at least 0, found {after!r}")
    from .meaning.statements import chains
    from .verdict import judged

    found = read(text)
    if not any(True for _ in chains(found)):
        raise NoMathematics(f"{name}: expected mathematics between $$ ... $$, \\[ ... \\], $ ... $ or in an environment, found none")
    steps, legend, conventions = judged(found, name, prelude, layout, after, on_step)
    return Report(steps, name, legend, conventions)
