"""Trees back to LaTeX; reading the result gives the same tree. Braces keep apart what print would join."""

from fractions import Fraction

from .tree import (Apply, At, Bracket, Count, Dots, Entry, Family, Grid, Indicator, Minus, Number, Plus, PlusMinus, Power, Relation, SetBut, SetOf,
                   SetUnion, Sum, Symbol, Times, Transposed, Tuple)
from .vocabulary import FUNCTION_COMMANDS

PRODUCT = {"": " ", "()": "", "dot": r" \cdot ", "times": r" \times ", "star": " * ", "odot": r" \odot ", "outer": r" \otimes "}
RELATIONS = {"!=": r"\neq", "<=": r"\leq", ">=": r"\geq", "in": r"\in", "notin": r"\notin", "~": r"\sim", "sim": r"\sim", "subset": r"\subset", "to": r"\to",
             "gets": r"\gets", "equiv": r"\equiv", "approx": r"\approx", "propto": r"\propto", "cong": r"\cong", "=>": r"\Rightarrow", "<=>": r"\iff",
             "ll": r"\ll", "gg": r"\gg", "ni": r"\ni", "notsubset": r"\not\subset", "notni": r"\not\ni", "notapprox": r"\not\approx", "notsim": r"\not\sim"}
FONTS = {"cal": r"\mathcal", "bb": r"\mathbb", "frak": r"\mathfrak"}
ACCENTS = {"hat": r"\hat", "tilde": r"\tilde", "bar": r"\bar", "dot": r"\dot", "check": r"\check", "breve": r"\breve", "acute": r"\acute", "grave": r"\grave",
           "ring": r"\mathring"}
PLAIN_LABELS = ("+", "-", "*", r"\dagger", r"\ddagger", r"\circ", r"\perp")
COMMANDS = {n for n, target in FUNCTION_COMMANDS.items() if n == target} - {"softmax", "sigmoid", "diag", "relu", "logsigmoid", "tr", "rank", "sgn", "sign", "erf",
                                                                              "argmax", "argmin"}
OPEN = {"(": ("(", ")"), "[": ("[", "]"), "{": (r"\{", r"\}"), "[)": ("[", ")"), "(]": ("(", "]")}


def latex(tree):
    """LaTeX text of a tree."""
    return PRINTERS[type(tree).__name__](tree)


def several(trees):
    return ", ".join(latex(t) for t in trees)


def braced(tree):
    return "{" + latex(tree) + "}"


def factor(tree):
    """A tree as one factor of a product."""
    return braced(tree) if isinstance(tree, (Plus, Minus, PlusMinus, Times, Sum, SetBut, SetUnion, Relation)) else latex(tree)


def scriptable(tree):
    """A tree before a superscript."""
    if isinstance(tree, Symbol) and not superscripts(tree) or isinstance(tree, Bracket) or isinstance(tree, Number) and is_plain(tree):
        return latex(tree)
    return braced(tree)


def number(tree):
    v = tree.value
    if v.denominator == 1:
        return str(v)
    tens = 1
    while tens < 10**12 and (v * tens).denominator != 1:
        tens *= 10
    digits = str(int(v * tens)).rjust(len(str(tens)), "0")
    return digits[:-(len(str(tens)) - 1)] + "." + digits[-(len(str(tens)) - 1):] if (v * tens).denominator == 1 else rf"\frac{{{v.numerator}}}{{{v.denominator}}}"


def is_plain(tree):
    return "\\" not in number(tree)


# -- letters ----------------------------------------------------------------------------------------------------------
def symbol(tree):
    text = tree.base
    if len(text) > 1 and not text.startswith("\\"):
        text = rf"{{\mathrm{{{text}}}}}" if text.isalpha() and text.isascii() else rf"{{\text{{{text}}}}}"
    for accent in [a for a in tree.accents if a in FONTS]:
        text = rf"{FONTS[accent]}{{{text}}}"
    text = rf"\mathbf{{{text}}}" if tree.bold else text
    for accent in [a for a in tree.accents if a in ACCENTS]:
        text = rf"{ACCENTS[accent]}{{{text}}}"
    below = [label(part) for part in tree.label.partition("^")[0].split(",") if part] + [latex(s) for s in tree.subs]
    text += f"_{{{', '.join(below)}}}" if below else ""
    text += "'" * tree.accents.count("prime")
    for n, above in enumerate(superscripts(tree)):
        text = f"{text}^{{{above}}}" if not n else f"{{{text}}}^{{{above}}}"
    return text


def superscripts(tree):
    stars = ["*" * tree.accents.count("star")] if "star" in tree.accents else []
    sups = [f"({several(tree.sups)})"] if tree.sups else []
    return stars + sups + [label(part, upright=True) for part in tree.label.split("^")[1:]]


def label(text, upright=False):
    if text in PLAIN_LABELS:
        return text
    return rf"\mathrm{{{text}}}" if upright and len(text) == 1 else rf"\text{{{text}}}"


# -- functions --------------------------------------------------------------------------------------------------------
def apply(tree):
    if isinstance(tree.function, Symbol):
        return apply_symbol(tree)
    if tree.function in SPECIAL:
        return SPECIAL[tree.function](tree)
    text = "\\" + tree.function if tree.function in COMMANDS else rf"\operatorname{{{tree.function}}}"
    if tree.base is not None:
        text += f"_{{{latex(tree.base)}}}"
    text += f"_{{{several(tree.subs)}}}" if tree.subs else ""
    text += "'" * tree.primes + (f"^{{{latex(tree.power)}}}" if tree.power is not None else "")
    return f"{text}({several(tree.args)})"


def apply_symbol(tree):
    name = latex(tree.function) + "'" * tree.primes
    if tree.power is not None:
        name = (name if not superscripts(tree.function) else "{" + name + "}") + f"^{{{latex(tree.power)}}}"
    word = len(tree.function.base) > 1 and not tree.function.base.startswith("\\")
    if len(tree.args) == 1 and not tree.primes and tree.power is None and not word:
        if tree.function.label and not tree.function.subs:
            bare = Symbol(tree.function.base, tree.function.accents, "", (), tree.function.sups, tree.function.bold)
            return f"{latex(bare)}_{{{label(tree.function.label)}({latex(tree.args[0])})}}"
        return f"{{{name} {latex(tree.args[0])}}}"
    return f"{name}({several(tree.args)})"


SPECIAL = {"binom": lambda t: rf"\binom{{{latex(t.args[0])}}}{{{latex(t.args[1])}}}", "inner": lambda t: rf"\langle {several(t.args)} \rangle",
           "average": lambda t: rf"\langle {several(t.args)} \rangle", "floor": lambda t: rf"\lfloor {several(t.args)} \rfloor",
           "ceil": lambda t: rf"\lceil {several(t.args)} \rceil", "slice": lambda t: ":".join(latex(a) for a in t.args)}


def total(tree):
    """A sum or product sign with its body."""
    above = f"^{{{latex(tree.domain[2])}}}" if tree.domain[0] == "range" and tree.domain[2] is not None else ""
    below = binder(tree)
    body = braced(tree.body) if isinstance(tree.body, Plus) else latex(tree.body)
    return "\\" + tree.kind + (f"_{{{below}}}" if below else "") + above + " " + body


def binder(tree):
    names, kind = several(tree.letters), tree.domain[0]
    rules = chained(tree.conditions)
    if kind == "range":
        first = names if tree.domain[1] is None else f"{names} = {latex(tree.domain[1])}"
    elif kind == "between":
        low, low_sign, high, high_sign = tree.domain[1:]
        first = f"{latex(low)} {RELATIONS.get(low_sign, low_sign)} {names} {RELATIONS.get(high_sign, high_sign)} {latex(high)}"
    elif kind == "in":
        first = (f"({names})" if len(tree.letters) > 1 else names) + rf" \in {latex(tree.domain[1])}"
    else:
        implied = tree.conditions and mentioned(tree.letters, tree.conditions)
        first = "" if implied else names
    return ", ".join(p for p in (first, rules) if p)


def mentioned(letters, rules):
    """Whether the conditions below an unbounded sum name its letters by themselves."""
    first = rules[0].left
    if len(letters) == 1:
        return first == letters[0]
    return isinstance(first, Tuple) and first.items == letters or len(rules) == 3 and (rules[0].right, rules[1].right) == letters


def chained(rules):
    """Relations between commas; a < b, b < c as a < b < c."""
    parts = []
    for n, r in enumerate(rules):
        if not isinstance(r, Relation):
            parts.append(latex(r))
        elif n and isinstance(rules[n - 1], Relation) and rules[n - 1].right == r.left and {rules[n - 1].sign, r.sign} <= {"<", "<="}:
            parts[-1] += f" {RELATIONS.get(r.sign, r.sign)} {latex(r.right)}"
        else:
            parts.append(relation(r))
    return ", ".join(parts)


def expectation(tree):
    below = several(tree.letters) + (rf" \sim {latex(tree.distribution)}" if tree.distribution is not None else "")
    return r"\mathbb{E}" + (f"_{{{below}}}" if below else "") + f"[{latex(tree.body)}]"


def probability(tree):
    name = r"\Pr" if tree.function.base == "Pr" else latex(tree.function)
    return f"{name}({several(tree.outcome)}" + (rf" \mid {several(tree.given)})" if tree.given else ")")


# -- derivatives ------------------------------------------------------------------------------------------------------
def derivative(tree):
    d, order = r"\mathrm{d}" if tree.total else r"\partial", len(tree.variables)
    body = "-" + braced(tree.body.arg) if isinstance(tree.body, Minus) else braced(tree.body)
    if tree.style == "nabla":
        return rf"{{\nabla{gradient_of(tree.variables)} {body}}}"
    if tree.style == "prime":
        return f"{latex(tree.body)}'"
    power = f"^{{{order}}}" if order > 1 else ""
    below = " ".join(f"{d} " + (f"({latex(v)})" if isinstance(v, (Plus, Minus, Times)) else latex(v)) for v in tree.variables)
    if tree.style == "operator":
        return rf"{{\frac{{{d}{power}}}{{{below}}} {body}}}"
    return rf"\frac{{{d}{power} {latex(tree.body)}}}{{{below}}}"


def gradient_of(variables):
    if not variables:
        return ""
    if len(variables) > 1 and len(set(variables)) == 1:
        return f"_{{{latex(variables[0])}}}^{{{len(variables)}}}"
    return f"_{{{several(variables)}}}"


# -- sums and products ------------------------------------------------------------------------------------------------
def plus(tree):
    text = braced(tree.terms[0]) if isinstance(tree.terms[0], Plus) else latex(tree.terms[0])
    for t in tree.terms[1:]:
        if isinstance(t, Minus):
            text += " - " + signed(t.arg)
        elif isinstance(t, PlusMinus):
            text += r" \pm " + signed(t.arg)
        else:
            text += " + " + (braced(t) if isinstance(t, Plus) else latex(t))
    return text


def signed(tree):
    return braced(tree) if isinstance(tree, (Plus, Minus, PlusMinus, SetBut, SetUnion)) else latex(tree)


def times(tree):
    text, last = "", None
    for n, f in enumerate(tree.factors):
        sign = tree.signs[n - 1] if n else None
        shown = factor(f)
        if sign == "" and (clings(last) and shown.startswith(("(", "[", r"\{")) or last == Symbol("\\sigma") and not shown.startswith("{")):
            shown = "{" + shown + "}"
        if n == len(tree.factors) - 1 and isinstance(f, Sum) and sign != "":
            shown = latex(f)
        text += shown if sign is None else PRODUCT[sign] + shown
        last = f
    return text


def clings(tree):
    """Whether a bracket behind the tree would be read as its argument."""
    return isinstance(tree, Symbol) or isinstance(tree, Power) and isinstance(tree.base, Symbol)


def quotient(tree):
    if tree.elementwise:
        return rf"{{{braced(tree.top)} \oslash {braced(tree.bottom)}}}"
    return rf"\frac{{{latex(tree.top)}}}{{{latex(tree.bottom)}}}"


def power(tree):
    if isinstance(tree.exponent, Number) and tree.exponent.value.numerator == 1 and tree.exponent.value.denominator > 1 and not tree.exponent.value == Fraction(1, 10):
        root = tree.exponent.value.denominator
        return rf"\sqrt{'' if root == 2 else f'[{root}]'}{{{latex(tree.base)}}}"
    return f"{scriptable(tree.base)}^{{{latex(tree.exponent)}}}"


def bracket(tree):
    opening, closing = OPEN[tree.kind]
    inside = several(tree.arg.items) if isinstance(tree.arg, Tuple) and tree.kind != "(" else latex(tree.arg)
    return opening + inside + closing


# -- matrices, cases, sets --------------------------------------------------------------------------------------------
def grid(tree):
    if len(tree.rows) == 1 and len(tree.rows[0]) > 1:
        return f"[{several(tree.rows[0])}]"
    return r"\begin{bmatrix} " + r" \\ ".join(" & ".join(latex(c) for c in row) for row in tree.rows) + r" \end{bmatrix}"


def family(tree):
    return rf"[{latex(tree.entry)}]_" + "{" + r" \times ".join(factor(s) for s in tree.sizes) + "}"


def cases(tree):
    def condition(rules):
        return r"\text{otherwise}" if rules is None else rf"\text{{{rules}}}" if isinstance(rules, str) else chained(rules)
    rows = r" \\ ".join(f"{latex(value)} & {condition(rules)}" for value, rules in tree.branches)
    return rf"\left\{{\begin{{array}}{{ll}} {rows} \end{{array}}\right."


def set_of(tree):
    first = next((n for n, e in enumerate(tree.elements) if isinstance(e, Relation)), None)
    if first:
        return rf"\{{{several(tree.elements[:first])} : {chained(tree.elements[first:])}\}}"
    return rf"\{{{several(tree.elements)}\}}"


def part(tree):
    return braced(tree) if isinstance(tree, (SetBut, SetUnion)) else latex(tree)


def counted(tree):
    opening, closing = (r"\{", r"\}") if any(isinstance(i, Relation) for i in tree.items) else ("(", ")")
    inside = set_of(SetOf(tree.items))[2:-2]
    return r"\#" + opening + inside + closing


def relation(tree):
    return f"{latex(tree.left)} {RELATIONS.get(tree.sign, tree.sign)} {latex(tree.right)}"


PRINTERS = {
    "Number": number, "Symbol": symbol, "Apply": apply, "Sum": total, "Expectation": expectation, "Probability": probability, "Derivative": derivative,
    "Differential": lambda t: rf"{{\mathrm{{d}} {braced(t.arg)}}}", "Plus": plus, "Times": times, "Quotient": quotient, "Power": power, "Bracket": bracket,
    "At": lambda t: rf"\left. {latex(t.body)} \right|_{{{chained(t.conditions)}}}",
    "Minus": lambda t: "-" + signed(t.arg), "PlusMinus": lambda t: r"\pm " + signed(t.arg), "Transposed": lambda t: rf"{scriptable(t.arg)}^{{\top}}",
    "Factorial": lambda t: f"{scriptable(t.arg)}!", "Tuple": lambda t: f"({several(t.items)})", "Entry": lambda t: f"({latex(t.arg)})_{{{several(t.subs)}}}",
    "Grid": grid, "Cases": cases, "Dots": lambda t: r"\dots", "Family": family,
    "Indicator": lambda t: f"[{chained(t.conditions)}]", "Bars": lambda t: rf"\left|{latex(t.arg)}\right|", "SetOf": set_of,
    "Norm": lambda t: rf"\left\|{latex(t.arg)}\right\|" + (f"_{{{latex(t.order)}}}" if t.order is not None else ""),
    "Count": counted, "SetBut": lambda t: rf"{part(t.whole)} \setminus {part(t.removed)}",
    "SetUnion": lambda t: f" \\{t.sign} ".join(latex(p) if not isinstance(p, SetUnion) else braced(p) for p in t.parts), "Relation": relation,
}
