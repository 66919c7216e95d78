"""The legend: each name of a text as it was understood, and the conventions, in words."""

from dataclasses import replace

from ..reading import tree as t
from ..verdict.result import LegendLine
from . import letters
from .names import key, symbols
from .types import words

LOSS_WORDS = {"soft labels": "a number: the softmax loss with labels that need not be one-hot"}
ORIGINS = {"word": {"outside": "the outside word", "center": "the center word"}}


def legend(world, view, view_of):
    """[LegendLine] of the names that the text prints, in order of first use; view_of: the View of a statement."""
    found, seen = [], set()
    for tree, *_ in world.survey.formulas:
        for symbol in symbols(tree):
            name = key(symbol)
            if name in seen or not shows(world, view, symbol):
                continue
            seen.add(name)
            found += lent_losses(world, view_of, name) or lines(world, view, symbol, name)
    return found


def shows(world, view, symbol):
    """Whether a symbol is worth a line: not the function names of mathematics, sets and bound letters."""
    if key(symbol) in world.bound or "~" in symbol.label or symbol.base in ("R", "\\cdot", "\\infty", "_"):
        return False
    return view.entry(symbol).kind not in ("function", "identity", "kronecker", "ones", "unit") or symbol.base not in (*letters.FUNCTIONS, "1", "I")


def lines(world, view, symbol, name):
    """One line for a name, several where it is defined in several places."""
    defined = [d for d in world.definitions.get(name, ()) if not d.entry.point or d.entry.arguments[0].subs == symbol.subs]
    if len(defined) > 1:
        ends = [d.entry.line - 1 for d in defined[1:]] + [0]
        return [LegendLine(printed(symbol), words(d.entry.type), d.entry.origin, stretch(d.entry.line, end))
                for d, end in zip(defined, ends)]
    entry = view.entry(symbol)
    return [LegendLine(printed(symbol), kind(world, entry, name), entry.origin or "nothing in the text says otherwise")]


def lent_losses(world, view_of, name):
    """A line for each stretch of the text in which a name is one and the same loss of the prelude; [] for a name that never is one."""
    found = []  # (line of the legend, line of the text where its stretch begins)
    lent = False
    for s in world.survey.statements:
        here = next((n for side in (s.left, s.right) if side.tree is not None for n in symbols(side.tree) if key(n) == name), None)
        if here is None:
            continue
        entry = view_of(s).entry(here)
        title = next((title for title, loss in world.prelude.losses.items() if loss.body is entry.body), "") if world.prelude is not None else ""
        lent = lent or bool(title)
        said = LOSS_WORDS.get(title, f"a number: the {title} loss") if title else kind(world, entry, name)
        line = LegendLine(printed(here), said, entry.origin or "nothing in the text says otherwise")
        if not found or found[-1][0] != line:
            found.append((line, s.line))
    if not lent:
        return []
    ends = [begin - 1 for _, begin in found[1:]] + [0]
    return [replace(line, lines=stretch(begin, end) if len(found) > 1 else "") for (line, begin), end in zip(found, ends)]


def stretch(begin, end):
    return f"from line {begin}" + (f" to {end}" if end else "")


def kind(world, entry, name):
    """The type of an entry in words."""
    if entry.kind == "word":
        return ORIGINS["word"][entry.role]
    if entry.kind == "words":
        return "a word: the k-th draw, or the word at a position of the text"
    if entry.kind == "position":
        return "the position of the window"
    if entry.kind == "size":
        return "a size" if entry.role == name else f"the size {entry.role}"
    if entry.kind in ("opaque",):
        return "a quantity of which only its variables are known"
    if entry.kind == "function":
        return f"the function {entry.role}" if entry.role else "a function"
    if entry.kind == "ask":
        return "not settled: " + entry.role
    if name in world.letters and entry.kind == "free" and not entry.declared:
        return "an index" + index_words(world.letters[name])
    said = words(entry.type)
    if entry.one_hot is not None:
        said += ", one-hot" + (f" at {entry.one_hot.base}" if isinstance(entry.one_hot, t.Symbol) else "")
    if entry.lines in ("sum entries", "symmetric"):
        said += ", symmetric" if entry.lines == "symmetric" else ", with sum 1"
    elif entry.lines:
        kind_, line = entry.lines.removesuffix("s").split()
        said += f", each {line} " + {"one-hot": "one-hot", "distribution": "a distribution", "sum": "with sum 1"}[kind_]
    if entry.distribution:
        said += ", a distribution"
    return said


def index_words(range_):
    if range_ is None:
        return ""
    return {"word": " of a word", "sample": " of a draw", "offset": " of the window", "window": " of the window"}.get(range_.kind, f" from 1 to {range_.size}")


def printed(symbol):
    """The letter with its accents and its label, as plain LaTeX."""
    text = symbol.base
    for accent in symbol.accents:
        text = {"hat": rf"\hat{{{text}}}", "tilde": rf"\tilde{{{text}}}", "bar": rf"\bar{{{text}}}", "dot": rf"\dot{{{text}}}",
                "cal": rf"\mathcal{{{text}}}", "bb": rf"\mathbb{{{text}}}", "star": text + "^*", "prime": text + "'"}.get(accent, text)
    if symbol.base.startswith("P|"):
        text = r"P(\cdot \mid \cdot)"
    above = symbol.label.split("^")[1] if "^" in symbol.label else ""
    below = symbol.label.split("^")[0]
    return text + (rf"_{{\text{{{below}}}}}" if below else "") + (rf"^{{\text{{{above}}}}}" if above else "")


def conventions(world, jacobians=False):
    """The choices for the whole text, in sentences; jacobians: whether some line has the derivative of a vector by a vector."""
    c, stated = world.conventions, world.denied
    said = []
    if {"U", "V"} & world.used.keys() or any(e.kind == "table" for e in world.declared.values()):
        said.append(f"Words are {'rows' if c.table_rows else 'columns'} of the tables{told('table stated' in stated or 'table_rows stated' in stated)}.")
    if c.rows:
        said.append(f"Vectors are rows{told('rows stated' in stated)}.")
    if c.gradient_rows:
        said.append("The gradient of a number is a row" + told("gradient_rows stated" in stated) + ".")
    if c.jacobian_columns or jacobians:
        ways = {v for values in world.stated.get("jacobian_columns", {}).values() for v in values} - {None}
        said.append("The layout of Jacobians is said in two ways: each section has its own." if len(ways) > 1 else
                    f"The Jacobian of f has the entry {'df_j/dx_i' if c.jacobian_columns else 'df_i/dx_j'} in row i and column j"
                    + ("" if ways else " (found out from the text)" if c.jacobian_columns else " (nothing in the text says otherwise)") + ".")
    for kind_, words_ in (("soft", "The labels need not be one-hot."), ("repeats", "Draws may repeat."), ("o drawn", "The outside word may be drawn."),
                          ("repeated window", "Words of a window may repeat.")):
        if any(f.kind == kind_ for f in world.survey.facts):
            said.append(words_)
    return said


def told(stated):
    return "" if stated else " (found out from the text)"
