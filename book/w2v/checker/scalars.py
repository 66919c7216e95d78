"""Scalars as shared expression graphs over named variables, and their exact derivatives.

A node is made by `num`, `var`, `add`, `mul`, `power`, `exp`, `log`; equal nodes are the same object.
"""
from fractions import Fraction
from math import exp as float_exp, log as float_log


class Node:
    """One operation; `args` are nodes, a Fraction (num), a name (var) or a node and an exponent (pow)."""
    __slots__ = ("op", "args", "key", "slopes")

    def __init__(self, op, args, key):
        self.op, self.args, self.key, self.slopes = op, args, key, {}

    def __repr__(self):
        return f"{self.op}{self.args}"


_nodes = {}


def _node(op, args):
    identity = (op,) + tuple(id(a) if isinstance(a, Node) else a for a in args)
    found = _nodes.get(identity)
    if found is None:
        found = _nodes[identity] = Node(op, args, len(_nodes))
    return found


def forget_nodes():
    """Empties the table of shared nodes; nodes made before must no longer be mixed with new ones."""
    _nodes.clear()
    _nodes[("num", Fraction(0))], _nodes[("num", Fraction(1))] = ZERO, ONE


def num(value):
    """The rational constant `value`."""
    return _node("num", (Fraction(value),))


def var(name):
    """The variable called `name` (any hashable, for instance ('u', 3, 1))."""
    return _node("var", (name,))


ZERO, ONE = num(0), num(1)


def add(*terms):
    """terms_1 + terms_2 + ..., constants folded, order canonical."""
    constant, rest = Fraction(0), []
    for term in terms:
        if term.op == "num":
            constant += term.args[0]
        else:
            rest.append(term)
    if constant:
        rest.append(num(constant))
    if len(rest) < 2:
        return rest[0] if rest else ZERO
    return _node("add", tuple(sorted(rest, key=lambda n: n.key)))


def mul(*factors):
    """factors_1 * factors_2 * ..., constants folded, order canonical, 0 absorbs."""
    constant, rest = Fraction(1), []
    for factor in factors:
        if factor.op == "num":
            constant *= factor.args[0]
        else:
            rest.append(factor)
    if not constant:
        return ZERO
    if constant != 1:
        rest.append(num(constant))
    if len(rest) < 2:
        return rest[0] if rest else ONE
    return _node("mul", tuple(sorted(rest, key=lambda n: n.key)))


def neg(a):
    """-a."""
    return mul(num(-1), a)


def power(base, exponent):
    """base ** exponent for a rational exponent; raises ZeroDivisionError for 0 to a negative power."""
    exponent = Fraction(exponent)
    if exponent == 0:
        return ONE
    if exponent == 1:
        return base
    if base.op == "num" and exponent.denominator == 1:
        return num(base.args[0] ** int(exponent))
    return _node("pow", (base, exponent))


def div(a, b):
    """a / b."""
    return mul(a, power(b, -1))


def exp(a):
    """e ** a."""
    return ONE if a is ZERO else _node("exp", (a,))


def log(a):
    """Natural logarithm of a, understood where a > 0."""
    return ZERO if a is ONE else _node("log", (a,))


def sigma(a):
    """The logistic sigmoid 1 / (1 + exp(-a))."""
    return power(add(ONE, exp(neg(a))), -1)


def slope(node, name):
    """d node / d var(name), exact."""
    known = node.slopes.get(name)
    if known is None:
        known = node.slopes[name] = _slope(node, name)
    return known


def _slope(node, name):
    op, args = node.op, node.args
    if op == "num":
        return ZERO
    if op == "var":
        return ONE if args[0] == name else ZERO
    if op == "add":
        return add(*(slope(a, name) for a in args))
    if op == "mul":
        parts = ((i, slope(a, name)) for i, a in enumerate(args))
        return add(*(mul(d, *args[:i], *args[i + 1:]) for i, d in parts if d is not ZERO))
    inner = slope(args[0], name)
    if inner is ZERO:
        return ZERO
    if op == "pow":
        return mul(num(args[1]), power(args[0], args[1] - 1), inner)
    return mul(node, inner) if op == "exp" else mul(power(args[0], -1), inner)


def variables(node, seen=None):
    """The set of variable names that occur in node."""
    found, stack, seen = set(), [node], set()
    while stack:
        n = stack.pop()
        if n.key in seen:
            continue
        seen.add(n.key)
        if n.op == "var":
            found.add(n.args[0])
        else:
            stack.extend(a for a in n.args if isinstance(a, Node))
    return found


REBUILD = {"add": add, "mul": mul, "pow": power, "exp": exp, "log": log}


def substitute(node, table, memo=None):
    """node with every subgraph that is a key of `table` (node -> node) replaced."""
    memo = {} if memo is None else memo
    if node in table:
        return table[node]
    if node.op in ("num", "var"):
        return node
    if node.key not in memo:
        args = (substitute(a, table, memo) if isinstance(a, Node) else a for a in node.args)
        memo[node.key] = REBUILD[node.op](*args)
    return memo[node.key]


def number(node, point, memo):
    """The float value of node where `point` gives the variables; raises ArithmeticError or ValueError off the domain."""
    value = memo.get(node.key)
    if value is None:
        value = memo[node.key] = _number(node, point, memo)
    return value


def _number(node, point, memo):
    op, args = node.op, node.args
    if op == "num":
        return float(args[0])
    if op == "var":
        return float(point(args[0]))
    if op == "add":
        return sum(number(a, point, memo) for a in args)
    if op == "mul":
        product = 1.0
        for a in args:
            product *= number(a, point, memo)
        return product
    inner = number(args[0], point, memo)
    if op == "pow":
        exponent = args[1]
        return inner ** (int(exponent) if exponent.denominator == 1 else float(exponent))
    return float_exp(inner) if op == "exp" else float_log(inner)
