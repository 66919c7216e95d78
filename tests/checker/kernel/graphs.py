"""Random scalar graphs, rewrites that hold and rewrites that only look as if, and an evaluator of its own (mpmath)."""
from fractions import Fraction as F

import mpmath

POSITIVE = ("p", "q")
EXPONENTS = (2, 3, -1, -2, F(1, 2), F(1, 3), F(-1, 2), F(3, 2), F(2, 3))


def graph(s, draw, depth):
    """A random graph over x, y of either sign and p, q > 0; `draw(n)` gives 0 .. n-1."""
    kind = draw(13) if depth else draw(3)
    if kind < 3:
        return s.var("xypq"[draw(4)]) if draw(3) else s.num(F(draw(7) - 3, 1 + draw(3)))
    one = graph(s, draw, depth - 1)
    if kind < 5:
        return s.add(one, graph(s, draw, depth - 1))
    if kind < 7:
        return s.mul(one, graph(s, draw, depth - 1))
    if kind < 10:
        return one if one.op == "num" else s.power(one, EXPONENTS[draw(len(EXPONENTS))])
    if kind == 10:
        return s.exp(one)
    if kind == 11:
        return s.log(one)
    return s.fun("f", (draw(2),), (one,)) if draw(2) else s.fun("g", (draw(2), 1), (one, graph(s, draw, depth - 1)))


def places(node, seen=None):
    """The subgraphs of a node."""
    seen = {} if seen is None else seen
    if node.key not in seen:
        seen[node.key] = node
        for a in node.children:
            places(a, seen)
    return list(seen.values())


def rewritten(s, node, draw):
    """node with one subgraph replaced by something that it equals, at times only for some signs."""
    spots = places(node)
    spot = spots[draw(len(spots))]
    return s.substitute(node, {spot: _other(s, spot, draw)})


def _other(s, n, draw):
    choices = [lambda: s.exp(s.log(n)), lambda: s.log(s.exp(n)), lambda: s.power(s.power(n, 2), F(1, 2)),
               lambda: s.power(s.power(n, F(1, 2)), 2), lambda: s.power(s.power(n, 3), F(1, 3)),
               lambda: s.div(s.mul(n, s.var("x")), s.var("x")), lambda: s.neg(s.neg(n)),
               lambda: s.add(n, s.var("y"), s.neg(s.var("y")))]
    a = n.args
    if n.op == "pow":
        choices += 3 * [lambda: s.exp(s.mul(s.num(a[1]), s.log(a[0]))), lambda: s.power(s.power(a[0], a[1] / 2), 2),
                        lambda: s.power(s.power(a[0], 2), a[1] / 2), lambda: s.mul(a[0], s.power(a[0], a[1] - 1))]
        if a[0].op == "mul":
            choices += 6 * [lambda: s.mul(*(s.power(b, a[1]) for b in a[0].args))]
    if n.op == "log" and a[0].op == "mul":
        choices += 12 * [lambda: s.add(*(s.log(b) for b in a[0].args))]
    if n.op == "log" and a[0].op == "pow":
        choices += 12 * [lambda: s.mul(s.num(a[0].args[1]), s.log(a[0].args[0]))]
    if n.op == "exp" and a[0].op == "add":
        choices += 6 * [lambda: s.mul(*(s.exp(b) for b in a[0].args))]
    if n.op == "mul" and any(b.op == "add" for b in a):
        i = next(i for i, b in enumerate(a) if b.op == "add")
        choices += 6 * [lambda: s.add(*(s.mul(b, *a[:i], *a[i + 1:]) for b in a[i].args))]
    try:
        return choices[draw(len(choices))]()
    except (ZeroDivisionError, OverflowError):
        return n


def value(node, point):
    """The value with 40 digits; raises ArithmeticError or ValueError where something is not defined or tiny."""
    memo = {}
    with mpmath.workdps(40):
        return _value(node, point, memo)


def _value(node, point, memo):
    if node.key in memo:
        return memo[node.key]
    inner = [_value(a, point, memo) for a in node.children]
    if node.op == "num":
        result = mpmath.mpf(node.args[0].numerator) / node.args[0].denominator
    elif node.op == "var":
        result = mpmath.mpf(point[node.args[0]])
    elif node.op == "add":
        result = mpmath.fsum(inner)
    elif node.op == "mul":
        result = mpmath.fprod(inner)
    elif node.op == "exp":
        if abs(inner[0]) > 200:
            raise OverflowError
        result = mpmath.exp(inner[0])
    elif node.op == "log":
        if inner[0] <= mpmath.mpf(10) ** -20:
            raise ValueError
        result = mpmath.log(inner[0])
    elif node.op == "pow":
        e = node.args[1]
        if abs(inner[0]) < mpmath.mpf(10) ** -20 and (e < 0 or e.denominator > 1) or e.denominator > 1 and inner[0] < 0:
            raise ValueError
        result = inner[0] ** int(e) if e.denominator == 1 else inner[0] ** (mpmath.mpf(e.numerator) / e.denominator)
    else:
        result = _unknown(node.args[0], node.args[1], inner)
    if abs(result) > 10 ** 15:
        raise OverflowError
    memo[node.key] = result
    return result


def _unknown(name, orders, inner):
    """Two smooth functions standing for the unknown ones: f(t) = sin(t + 1) and g(t, u) = sin(t + 1) e^(2u/7)."""
    shift = orders[0] * mpmath.pi / 2
    result = mpmath.sin(inner[0] + 1 + shift)
    return result if name == "f" else result * mpmath.exp(2 * inner[1] / 7) * mpmath.mpf(2) ** orders[1] / 7 ** orders[1]


def zero_at(node, point):
    """Whether node is 0 there, None where it is not defined."""
    try:
        got = value(node, point)
        return abs(got) < mpmath.mpf(10) ** -12 if mpmath.isfinite(got) else None
    except (ArithmeticError, ValueError):
        return None


def points(draw, count=12):
    """Points of general position: x, y of either sign, p, q > 0."""
    sizes = [[0.05 + draw(1000) / 400 for _ in "xypq"] for _ in range(count)]
    return [{n: v if n in POSITIVE or draw(2) else -v for n, v in zip("xypq", row)} for row in sizes]
