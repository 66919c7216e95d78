"""<!-- check: w != o; J = naive-softmax; columns; expect refuted; soft labels --> beside a display."""

from ..reading.tree import Relation, Symbol
from .letters import LOSSES
from .names import key, plain

STATUSES = ("proved", "definition", "transposed", "refuted", "ill-typed", "unreadable", "unsettled")
DENIALS = {"soft labels": "soft", "draws may repeat": "repeats", "o may be drawn": "o drawn", "window words may repeat": "repeated window"}
CONVENTIONS = {"vectors are rows": "rows vectors", "gradients are rows": "gradient rows", "jacobians are rows": "jacobian rows",
               "jacobians are columns": "jacobian columns"}


def apply_comment(walker, text, line):
    """Puts what a comment declares into force; raises ValueError for anything that it does not know."""
    for part in text.split(";"):
        option(walker, part.strip(), line)


def option(walker, part, line):
    if not part:
        return
    if part in ("columns", "rows"):
        walker.layout = part
    elif part == "fixed":
        walker.survey.fixed = True
    elif part.startswith("expect"):
        walker.expected = part.split(None, 1)[1].strip() if " " in part else "refuted"
        if walker.expected not in STATUSES:
            raise ValueError(f"line {line}: check comment: expected one of {', '.join(STATUSES)}, found {walker.expected!r}")
    elif part.split("=")[0].strip() in ("J", "L", "loss") and "=" in part:
        walker.loss = loss_named(part.split("=", 1)[1].strip(), line)
    elif part == "any":
        walker.cases, walker.declared = [], []
    elif part in DENIALS:
        walker.fact(DENIALS[part], (), part, line, True)
    elif part in CONVENTIONS:
        walker.fact(CONVENTIONS[part], (), part, line, True)
    else:
        conditions(walker, part, line)


def loss_named(name, line):
    """The loss of the prelude with this name or label."""
    plain_name = name.lower().replace("_", "-")
    for loss, labels in LOSSES.items():
        if plain_name in (loss, loss.replace(" ", "-"), *labels):
            return loss
    if plain_name in ("soft-label", "soft-labels"):
        return "soft labels"
    raise ValueError(f"line {line}: check comment: expected a loss ({', '.join(LOSSES)}), found {name!r}")


def conditions(walker, part, line):
    from ..reading import read_math
    from .declarations import spaces

    latex = part.replace("!=", r"\neq ").replace("<=", r"\leq ").replace(">=", r"\geq ").replace(" in ", r" \in ")
    relations = []
    for chain in read_math(latex):
        found = spaces(chain)
        if found:
            for kind, trees, said in found:
                walker.fact(kind, tuple(plain(x) for x in trees), said, line, True)
            return
        sides = [s.tree for s in chain.sides]
        if None in sides or not chain.signs:
            break
        relations += [Relation(sign, plain(a), plain(b)) for a, sign, b in zip(sides, chain.signs, sides[1:])]
    if not relations or not all(isinstance(r.left, Symbol) for r in relations):
        raise ValueError(f"line {line}: check comment: expected columns, rows, J = ..., expect STATUS, any or an index condition, found {part!r}")
    letters = {key(r.left) for r in relations}
    walker.cases = [r for r in walker.cases if key(r.left) not in letters] + relations


__all__ = ["apply_comment", "Symbol"]
