"""A failing step with small rational numbers in it."""
from . import scalars as s
from .instance import SMALL


def counterexample(step, outcome):
    """A dictionary with sizes, indices, small rational values and both sides, at the smallest instance that fails."""
    small = step.decide((SMALL,), ())
    if small.status == "differs":
        outcome = small
    instance, memo = outcome.instance, {}
    names = set()
    for value in (outcome.left, outcome.right):
        for node in value.entries:
            if node is not None:
                names |= s.variables(node)
    left, right = ([shown(e, instance, memo) for e in v.entries] for v in (outcome.left, outcome.right))
    values = {variable_name(n): str(instance.value(n)) for n in sorted(names, key=repr)}
    sizes = {"V": instance.words, "D": instance.dimension, "K": instance.samples}
    indices = {n: v + 1 if k != "offset" else v for n, (k, v) in outcome.binding.items()}
    text = ", ".join([f"{n} = {v}" for n, v in sizes.items()] + [f"o = {instance.o + 1}"] + [f"{n} = {v}" for n, v in indices.items()])
    given = inputs(values)
    text += f"{'; ' + given if given else ''}: left {bracket(left)}, right {bracket(right)}"
    return {"sizes": sizes, "o": instance.o + 1, "c": instance.c + 1, "negatives": [w + 1 for w in instance.negatives],
            "indices": indices, "values": values, "left": left, "right": right, "text": text}


def inputs(values, longest=110):
    """'u_1 = (1/2, -1/3), x = 2/5' when that is short enough, else ''."""
    grouped = {}
    for name, value in values.items():
        grouped.setdefault(name.split("[")[0], []).append(value)
    text = ", ".join(f"{name} = {bracket(found)}" for name, found in sorted(grouped.items()))
    return text if len(text) <= longest else ""


def shown(node, instance, memo):
    if node is None:
        return "..."
    if node.op == "num":
        return str(node.args[0])
    value = s.number(node, instance.value, memo)
    return "0" if abs(value) < 1e-9 else f"{value:.4g}"


def bracket(parts):
    return parts[0] if len(parts) == 1 else "(" + ", ".join(parts[:8]) + (", ..." if len(parts) > 8 else "") + ")"


def variable_name(name):
    family, rest = name[0], name[1:]
    if family in ("u", "v", "shared"):
        return f"{'u' if family == 'u' else 'v' if family == 'v' else 'v'}_{rest[0] + 1}[{rest[1] + 1}]"
    if family == "inner":
        return f"{rest[0]}_{rest[1] + 1}[{rest[2] + 1}]"
    if family == "free":
        return str(rest[0]) + ("_" + "".join(str(n + 1) for n in rest[1:]) if len(rest) > 1 else "")
    return "_".join(str(r) for r in name)
