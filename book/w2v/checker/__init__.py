"""Doctest for mathematics: every equality of a written derivation gets a verdict, with a proof or a counterexample."""
from .document import Document
from .report import Report, Verdict
from .sources import NoMathematics

__all__ = ["check", "Report", "Verdict", "NoMathematics"]


def check(text, *, name="<text>", layout=""):
    """The Report on a derivation in Markdown, LaTeX or plain lines.

    `layout` is 'columns' (U is D x V), 'rows' (U is V x D) or '' (found out from the text). Raises TypeError for
    anything but text, ValueError for another layout, NoMathematics when the text holds no mathematics.
    """
    if not isinstance(text, str):
        raise TypeError(f"text: expected a str with Markdown or LaTeX, found {type(text).__name__}")
    if layout not in ("", "columns", "rows"):
        raise ValueError(f"layout: expected 'columns', 'rows' or '', found {layout!r}")
    document = Document(text, name, layout)
    if not any(p.kind in ("display", "inline") for p in document.pieces):
        raise NoMathematics(f"{name}: expected mathematics between $$ ... $$, \\[ ... \\], $ ... $ or in an environment, found none")
    return document.report()
