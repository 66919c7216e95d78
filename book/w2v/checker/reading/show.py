"""Trees as unambiguous s-expressions, for tests and for looking."""

from fractions import Fraction

from .tree import Number, Symbol, Tree, Unreadable


def show(value):
    """One line of text for a tree, a tuple of trees or an Unreadable."""
    if isinstance(value, Number):
        return str(value.value)
    if isinstance(value, Symbol):
        return symbol(value)
    if isinstance(value, Tree):
        return plain(value)
    if isinstance(value, tuple):
        return "[" + " ".join(show(v) for v in value) + "]"
    if isinstance(value, Unreadable):
        return f"unreadable: {value}"
    return repr(value) if isinstance(value, str) else str(value) if isinstance(value, (int, Fraction, type(None))) else repr(value)


def symbol(tree):
    text = tree.base + "".join("." + a for a in tree.accents) + (".bold" if tree.bold else "")
    if tree.label:
        text += f'"{tree.label}"'
    if tree.subs:
        text += "_" + show(tree.subs)
    return text + ("^" + show(tree.sups) if tree.sups else "")


def plain(tree):
    fields = [(n, getattr(tree, n)) for n in tree.__dataclass_fields__]
    defaults = {n: f.default for n, f in tree.__dataclass_fields__.items()}
    shown = [show(v) if n in REQUIRED.get(type(tree).__name__, ()) or defaults[n] is not defaults[n] or v != defaults[n] else "" for n, v in fields]
    named = [f"{n}={s}" if _optional(tree, n) else s for (n, _), s in zip(fields, shown) if s]
    return f"({type(tree).__name__} {' '.join(named)})".replace(" )", ")")


REQUIRED = {}


def _optional(tree, name):
    from dataclasses import MISSING
    return tree.__dataclass_fields__[name].default is not MISSING
