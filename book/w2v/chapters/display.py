"""How the chapters show code, numbers and figures."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Sequence

import matplotlib as mpl
import numpy as np
from IPython.display import HTML, Markdown
from matplotlib.rcsetup import cycler
from numpy.typing import ArrayLike

from w2v.checker import check
from w2v.support.drawing import BLUE, GREEN, GREY, ORANGE, PINK, STYLE

EXAMPLES = re.compile(
    r'("""(?:(?!""").)*?)\n\n    >>> .*?\n    """', re.S
)  # of a docstring, which begins in the first group
DOCSTRING = re.compile(r'(?<=\n)    """.*?(?=\n? *""")', re.S)  # without the quotes at its end
WIDTH = 85  # of a line on a page that has room for them


def use_book_style() -> None:
    """Sets matplotlib's defaults for the book: SVG output, direct labels, no box around the axes.

    >>> import matplotlib
    >>> with matplotlib.rc_context():
    ...     use_book_style()
    """
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("svg")
    mpl.rcParams.update(
        STYLE | {"axes.prop_cycle": cycler(color=[BLUE, ORANGE, PINK, GREEN, GREY]), "lines.linewidth": 2}
    )


def show_source(*functions: Callable) -> Markdown:
    """The source of functions of the package, as highlighted Python: with docstrings, without their examples and without types.

    >>> from w2v.losses import one_hot
    >>> print(show_source(one_hot).data.splitlines()[1])
    def one_hot(o, vocabulary):
    """
    sources = [_plain(textwrap.dedent(inspect.getsource(function)).rstrip()) for function in functions]
    return Markdown("```python\n" + "\n\n\n".join(sources) + "\n```")


def _plain(source):
    """The source of a function whose first line names its parameters and their defaults only, and whose docstring has no examples and no long lines."""
    function = ast.parse(source).body[0]
    for node in ast.walk(function.args):
        if isinstance(node, ast.arg):
            node.annotation = None
    signature = f"def {function.name}({ast.unparse(function.args)}):".replace("'", '"')
    plain = "\n".join([signature, *source.split("\n")[function.body[0].lineno - 1 :]])
    plain = EXAMPLES.sub(lambda found: found[1] + ('\n    """' if "\n" in found[1] else '"""'), plain, count=1)
    return DOCSTRING.sub(lambda found: "\n\n".join(map(_narrow, found[0].split("\n\n"))), plain, count=1)


def _narrow(paragraph):
    """A paragraph of a docstring, broken anew if one of its lines is longer than a page is wide."""
    lines = paragraph.split("\n")
    if max(map(len, lines)) <= WIDTH + 3:
        return paragraph
    return textwrap.fill(
        " ".join(map(str.strip, lines)), WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False
    )


def show_table(
    values: ArrayLike, rows: Sequence[str], columns: Sequence[str] | None = None, digits: int = 2, corner: str = ""
) -> HTML:
    """A table of numbers with one labelled row per word: `values` (len(rows), n), `columns` n labels.

    >>> show_table([[0.5, -1000]], rows=["cat"]).data
    '<table class="w2v-numbers"><tbody><tr><th>cat</th><td>0.50</td><td>−1,000.00</td></tr></tbody></table>'
    """
    values = np.asarray(values, dtype=float)
    values = values[:, None] if values.ndim == 1 else values
    if len(values) != len(rows):
        raise ValueError(f"rows: expected {len(values)} labels, got {len(rows)}")
    head = (
        ""
        if columns is None
        else f"<thead><tr><th>{corner}</th>" + "".join(f"<th>{c}</th>" for c in columns) + "</tr></thead>"
    )
    body = "".join(f"<tr><th>{row}</th>{_cells(line, digits)}</tr>" for row, line in zip(rows, values))
    return HTML(f'<table class="w2v-numbers">{head}<tbody>{body}</tbody></table>')


def _cells(line, digits):
    return "".join(f"<td>{_minus(f'{x:,.{digits}f}')}</td>" for x in line)


def _minus(text):
    """A real minus sign, and no sign in front of zero."""
    return text.lstrip("-") if not text.strip("-0.") else text.replace("-", "\u2212")


def show_line(latex: str, expect: str = "", *, given: str = "") -> Markdown:
    r"""A written line with the checker's verdict below it: counterexample, name of the slip, repair.

    `given` is text that comes before the line in the write-up and fixes its notation. `expect`
    lists the verdict of each step in words ("proved refuted"); AssertionError if one differs. A line to
    be judged leaves it out, since it would be read with the line: its cell has it as a tag.

    >>> print(show_line(r"\sigma'(x) = \sigma(x)", "refuted").data.splitlines()[4][:13])
    - **refuted**
    """
    steps = check(f"{given}\n\n$$\n{latex}\n$$\n").steps
    steps = [step for step in steps if not step.inline and step.display == steps[-1].display]
    came = " ".join(step.status for step in steps)
    if expect and came != expect:
        raise AssertionError(f"expected the verdicts {expect!r}, got {came!r}")
    verdicts = [_verdict(number, step, len(steps)) for number, step in enumerate(steps, start=1)]
    return Markdown("\n".join(["$$", latex, "$$", "", *verdicts]))


def _verdict(number, step, steps):
    """One item of a list: the verdict, what it rests on, and the repaired line if there is one."""
    item = f"- **step {number}: {step.status}**" if steps > 1 else f"- **{step.status}**"
    if step.hypotheses:
        item += ", assuming " + ", ".join(step.hypotheses).replace("!=", "≠")
    if step.domain:
        item += ", where " + ", ".join(step.domain).replace("!=", "≠")
    if step.reason or step.question:
        item += f": {step.reason or step.question}"
    if step.counterexample:
        item += f", for instance at {_values(step.counterexample['text'])}"
    if step.suggestion:
        item += f"\n\n  repaired ({step.suggestion['name']}): ${step.suggestion['latex']}$"
    return item


def _values(text):
    """The words of a counterexample with real minus signs and lowered indices."""
    return re.sub(r"\b([a-z])_(\d+)", r"$\1_{\2}$", text).replace("-", "\u2212")
