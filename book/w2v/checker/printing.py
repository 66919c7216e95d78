"""Syntax trees back to LaTeX; reading the result gives the same tree up to brackets."""
from fractions import Fraction

from .tree import Derivative, Minus, Number, Plus, Sum, Symbol, Times, Transposed

SIGNS = {"": " ", "dot": r" \cdot ", "times": r" \times ", "star": r" \cdot ", "odot": r" \odot ", "outer": r" \otimes "}
RELATIONS = {"=": "=", "!=": r"\neq", "in": r"\in", "notin": r"\notin", "<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq"}
FUNCTIONS = {"sigma": r"\sigma", "log": r"\log", "exp": r"\exp", "tanh": r"\tanh", "max": r"\max", "min": r"\min"}
ACCENTS = {"hat": r"\hat", "tilde": r"\tilde", "bar": r"\bar", "dot": r"\dot"}
SETS = {"words": r"\text{Vocab}", "negatives": r"\text{negatives}"}


def latex(tree):
    """LaTeX text of a tree."""
    return globals()["_" + type(tree).__name__.lower()](tree)


def _bracketed(tree, kinds):
    text = latex(tree)
    return rf"\left({text}\right)" if isinstance(tree, kinds) else text


def _number(tree):
    v = tree.value
    return str(v) if v.denominator == 1 else rf"\frac{{{v.numerator}}}{{{v.denominator}}}"


def _symbol(tree):
    if tree.base == "set":
        return SETS.get(tree.label, tree.label) + "".join(rf" \setminus \{{{latex(i)}\}}" for i in tree.subs)
    if tree.base == "range":
        return rf"\{{{latex(tree.subs[0])}, \dots, {latex(tree.subs[1])}\}}"
    if tree.base in ("ones", "|V|"):
        return r"\mathbf{1}" if tree.base == "ones" else "|V|"
    text = tree.base if len(tree.base) == 1 or tree.base.startswith("\\") else rf"\text{{{tree.base}}}"
    if tree.bold:
        text = rf"\mathbf{{{text}}}"
    for accent in tree.accents:
        if accent in ACCENTS:
            text = rf"{ACCENTS[accent]}{{{text}}}"
    text += "'" * tree.accents.count("prime") + "^*" * tree.accents.count("star")
    subs = ([rf"\text{{{tree.label}}}"] if tree.label and tree.label != "text" else []) + [latex(i) for i in tree.subs]
    return text + (f"_{{{', '.join(subs)}}}" if subs else "")


def _apply(tree):
    if not isinstance(tree.function, str):
        return latex(tree.function) + "(" + ", ".join(latex(a) for a in tree.args) + ")"
    name = FUNCTIONS.get(tree.function, rf"\operatorname{{{tree.function}}}")
    return name + "'" * tree.primes + rf"\left({', '.join(latex(a) for a in tree.args)}\right)"


def _sum(tree):
    sign = r"\sum" if tree.kind == "sum" else r"\prod"
    letter = tree.letters[0].replace("_", "_") if tree.letters else ""
    kind, rest = tree.domain[0], [latex(c) for c in tree.conditions]
    above = ""
    if kind == "range":
        first = f"{letter}={latex(tree.domain[1])}"
        above = f"^{{{latex(tree.domain[2])}}}" if tree.domain[2] is not None else ""
    elif kind == "window":
        first = window(letter, *tree.domain[1:])
    elif kind == "all":
        first = "" if rest else letter
    else:
        first = rf"{letter} \in {SETS.get(kind, kind)}"
    below = ", ".join(p for p in [first] + rest if p)
    body = latex(tree.body)
    if isinstance(tree.body, Plus):
        body = rf"\left({body}\right)"
    return sign + (f"_{{{below}}}" if below else "") + above + " " + body


def window(letter, low=None, low_sign="<=", high=None, high_sign="<=", absolute=False):
    """-m \\leq j \\leq m as it was printed."""
    if low is None:
        return rf"-m \leq {letter} \leq m"
    signs = {"<": "<", "<=": r"\leq"}
    middle = f"|{letter}|" if absolute else letter
    return f"{latex(low)} {signs[low_sign]} {middle} {signs[high_sign]} {latex(high)}"


def _derivative(tree):
    variable = latex(tree.variable)
    if tree.style == "fraction":
        return rf"\frac{{\partial {_bracketed(tree.body, (Plus, Minus))}}}{{\partial {variable}}}"
    return rf"\frac{{\partial}}{{\partial {variable}}} \left[{latex(tree.body)}\right]"


def _plus(tree):
    text = latex(tree.terms[0])
    for term in tree.terms[1:]:
        inner = _bracketed(term, Plus)
        text += (" - " + _bracketed(term.arg, (Plus, Minus))) if isinstance(term, Minus) else " + " + inner
    return text


def _times(tree):
    parts = []
    for n, f in enumerate(tree.factors):
        loose = isinstance(f, (Sum, Derivative)) and n < len(tree.factors) - 1
        plain = latex(f)
        if isinstance(f, (Plus, Minus, Times)) or loose or n and isinstance(f, Number) and parts and not tree.signs[n - 1]:
            plain = rf"\left({plain}\right)"
        parts.append(plain)
    text = parts[0]
    for sign, part in zip(tree.signs, parts[1:]):
        text += SIGNS[sign] + part
    return text


def _minus(tree):
    return "-" + _bracketed(tree.arg, (Plus, Minus))


def _quotient(tree):
    return rf"\frac{{{latex(tree.top)}}}{{{latex(tree.bottom)}}}"


def _power(tree):
    if isinstance(tree.exponent, Number) and tree.exponent.value == Fraction(1, 2):
        return rf"\sqrt{{{latex(tree.base)}}}"
    return rf"{_grouped(tree.base)}^{{{latex(tree.exponent)}}}"


def _grouped(tree):
    plain = isinstance(tree, (Symbol, Number)) or isinstance(tree, Transposed) and isinstance(tree.arg, Symbol)
    return latex(tree) if plain and not (isinstance(tree, Number) and tree.value.denominator != 1) else rf"\left({latex(tree)}\right)"


def _transposed(tree):
    return rf"{_grouped(tree.arg)}^\top"


def _entry(tree):
    return rf"\left({latex(tree.arg)}\right)_{{{', '.join(latex(i) for i in tree.subs)}}}"


def _probability(tree):
    given = "" if tree.given is None else rf" \mid {latex(tree.given)}"
    return rf"P({latex(tree.outcome)}{given})"


def _grid(tree):
    rows = r" \\ ".join(" & ".join(latex(c) for c in row) for row in tree.rows)
    return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"


def _family(tree):
    return rf"\left[{latex(tree.entry)}\right]_{{d \times d}}"


def _cases(tree):
    rows = [latex(v) + " & " + (r"\text{otherwise}" if c is None else r"\text{if } " + latex(c)) for v, c in tree.branches]
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


def _indicator(tree):
    return rf"\mathbb{{1}}\{{{latex(tree.condition)}\}}"


def _relation(tree):
    return f"{latex(tree.left)} {RELATIONS.get(tree.sign, tree.sign)} {latex(tree.right)}"


def _dots(tree):
    return r"\cdots"


def _size(tree):
    bar = r"\|" if tree.norm else "|"
    return f"{bar}{latex(tree.arg)}{bar}"
