"""Scalars as shared expression graphs over named variables, and their exact derivatives.

A node is made by `num`, `var`, `add`, `mul`, `power`, `exp`, `log`, `fun`; equal nodes are the same object for as
long as one of them lives (the table is weak: what nobody holds is forgotten). The order of terms and factors
follows the structure alone, so that it does not depend on what was built before.
"""
from fractions import Fraction
from hashlib import blake2b
from itertools import count
from math import exp as float_exp, isfinite, log as float_log
from weakref import WeakValueDictionary

BITS = 12_000      # no rational constant grows beyond this many bits


class Node:
    """One operation; `args`: a Fraction (num), a name (var), nodes (add, mul, exp, log), a node and an exponent
    (pow), or a name, the orders of differentiation and nodes (fun). `children` are the nodes among them, `key` is
    never used twice, `rank` depends on the structure alone."""
    __slots__ = ("op", "args", "children", "key", "rank", "slopes", "__weakref__")

    def __init__(self, op, args):
        self.op, self.args, self.key, self.slopes = op, args, next(_keys), {}
        self.children = tuple(a for a in args if isinstance(a, Node))
        parts = [a.rank if isinstance(a, Node) else repr(a).encode() for a in args]
        self.rank = blake2b(b"\0".join([op.encode(), *parts]), digest_size=12).digest()

    def __repr__(self):
        return f"{self.op}{self.args}"


_keys = count()
_nodes = WeakValueDictionary()


def _node(op, args):
    identity = (op,) + tuple(id(a) if isinstance(a, Node) else a for a in args)
    found = _nodes.get(identity)
    if found is None:
        found = _nodes[identity] = Node(op, args)
    return found


def _place(node):
    return node.rank, node.key


def num(value):
    """The rational constant `value`; raises OverflowError beyond BITS bits."""
    value = Fraction(value)
    if value.numerator.bit_length() + value.denominator.bit_length() > BITS:
        raise OverflowError("a number with too many digits")
    return _node("num", (value,))


def var(name):
    """The variable called `name` (any hashable, for instance ('u', 3, 1))."""
    return _node("var", (name,))


ZERO, ONE = num(0), num(1)


def add(*terms):
    """terms_1 + terms_2 + ..., constants folded, order canonical."""
    rest = [t for t in terms if t.op != "num"]
    constant = sum((t.args[0] for t in terms if t.op == "num"), Fraction(0))
    if constant:
        rest.append(num(constant))
    if len(rest) < 2:
        return rest[0] if rest else ZERO
    return _node("add", tuple(sorted(rest, key=_place)))


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
    return _node("mul", tuple(sorted(rest, key=_place)))


def neg(a):
    """-a."""
    return mul(num(-1), a)


def power(base, exponent):
    """base ** exponent for a rational exponent; raises ZeroDivisionError for 0 to a negative power and OverflowError
    for a number beyond BITS bits."""
    exponent = Fraction(exponent)
    if exponent == 0:
        return ONE
    if exponent == 1:
        return base
    if base.op == "num" and exponent.denominator == 1:
        value = base.args[0]
        if abs(exponent) * (value.numerator.bit_length() + value.denominator.bit_length()) > 2 * BITS:
            raise OverflowError("a number with too many digits")
        return num(value ** int(exponent))
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


def fun(name, orders, args):
    """The unknown smooth function `name` of len(args) numbers, differentiated orders[i] times in argument i.

    Mixed derivatives do not depend on the order in which they are taken, because only their counts are kept."""
    orders, args = tuple(orders), tuple(args)
    if len(orders) != len(args) or any(not isinstance(o, int) or o < 0 for o in orders):
        raise ValueError("one order of differentiation, 0 or more, for each argument")
    return _node("fun", (name, orders) + args)


def below(node, known=(), into=lambda n: n.children):
    """The nodes of the graph, arguments first, each once; those whose key is in `known` are left out."""
    seen, stack = set(), [(node, False)]
    while stack:
        n, ready = stack.pop()
        if ready:
            yield n
        elif n.key not in seen and n.key not in known:
            seen.add(n.key)
            stack.append((n, True))
            stack.extend((a, False) for a in into(n))


def together(nodes):
    """The nodes of several graphs, each once."""
    seen = {}
    for node in nodes:
        seen.update((n.key, n) for n in below(node, seen))
    return seen.values()


def slope(node, name):
    """d node / d var(name), exact."""
    if name not in node.slopes:
        for n in below(node, into=lambda n: () if name in n.slopes else n.children):
            if name not in n.slopes:
                n.slopes[name] = _slope(n, name)
    return node.slopes[name]


def _slope(node, name):
    op, args = node.op, node.args
    if op == "num":
        return ZERO
    if op == "var":
        return ONE if args[0] == name else ZERO
    inner = [a.slopes[name] for a in node.children]
    if op == "add":
        return add(*inner)
    if all(d is ZERO for d in inner):
        return ZERO
    if op == "mul":
        return add(*(mul(d, *args[:i], *args[i + 1:]) for i, d in enumerate(inner) if d is not ZERO))
    if op == "pow":
        return mul(num(args[1]), power(args[0], args[1] - 1), inner[0])
    if op == "fun":
        return add(*(mul(_raised(node, i), d) for i, d in enumerate(inner) if d is not ZERO))
    return mul(node, inner[0]) if op == "exp" else mul(power(args[0], -1), inner[0])


def _raised(node, i):
    """The fun node differentiated once more in argument i."""
    name, orders, *args = node.args
    return fun(name, orders[:i] + (orders[i] + 1,) + orders[i + 1:], args)


def variables(node):
    """The set of variable names that occur in node."""
    return {n.args[0] for n in below(node) if n.op == "var"}


REBUILD = {"add": add, "mul": mul, "pow": power, "exp": exp, "log": log,
           "fun": lambda name, orders, *args: fun(name, orders, args)}


def substitute(node, table, memo=None):
    """node with every subgraph that is a key of `table` (node -> node) replaced; `memo` serves one table only."""
    memo = {} if memo is None else memo
    for n in below(node, memo, lambda n: () if n in table else n.children):
        if n in table:
            memo[n.key] = table[n]
        elif n.op in ("num", "var"):
            memo[n.key] = n
        else:
            memo[n.key] = REBUILD[n.op](*(memo[a.key] if isinstance(a, Node) else a for a in n.args))
    return memo[node.key]


def number(node, point, memo):
    """The float value of node where `point` gives the variables (and, for ('fun', name, orders, values), the unknown
    functions); raises ArithmeticError or ValueError off the domain and where a float overflows."""
    for n in below(node, memo):
        value = _number(n, [memo[a.key] for a in n.children], point)
        if not isfinite(value):
            raise OverflowError("a float that is not finite")
        memo[n.key] = value
    return memo[node.key]


def _number(node, inner, point):
    op, args = node.op, node.args
    if op == "num":
        return float(args[0])
    if op == "var":
        return float(point(args[0]))
    if op == "add":
        return sum(inner)
    if op == "mul":
        product = 1.0
        for a in inner:
            product *= a
        return product
    if op == "fun":
        return float(point(("fun", args[0], args[1], tuple(map(_rounded, inner)))))
    if op == "pow":
        return _power(inner[0], args[1])
    return float_exp(inner[0]) if op == "exp" else float_log(inner[0])


def _power(base, exponent):
    if exponent.denominator == 1:
        return base ** int(exponent)
    if base < 0:
        raise ValueError("a fractional power of a negative number")
    return base ** float(exponent)


def _rounded(value):
    """value to 9 significant digits, rounding errors around 0 dropped: equal arguments give the same key."""
    return 0.0 if abs(value) < 1e-12 else float(f"{value:.9g}")
