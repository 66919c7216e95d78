"""Functions and derivatives of evaluated expressions."""
from . import scalars as s
from .names import key_of
from .tree import Apply, Sum, Symbol, rebuild
from .values import IllTyped, Unsettled, Value, same_length, scalar, transpose


class CalculusScope:
    """The part of a scope that applies functions and differentiates."""

    def _apply(self, tree):
        if not isinstance(tree.function, str):
            return self.call(tree)
        if tree.function in ("max", "min") and len(tree.args) == 2:
            a, b = (self.value(t) for t in tree.args)
            return self.extremum(tree.function, a, b)
        if tree.function == "average":
            return self.average(tree.args[0])
        if tree.function in ("softmax", "diag", "CE", "KL", "H"):
            return getattr(self, tree.function.lower())(tree)
        if tree.function == "tr":
            return self.trace(tree.args[0])
        if tree.function not in UNARY:
            raise Unsettled(f"the function {tree.function}")
        if tree.function == "softmax" or len(tree.args) != 1:
            raise Unsettled(f"{tree.function} of several arguments")
        inner = self.replaced(scalar_wanted=True).value(tree.args[0])
        if inner.shape != () and not inner.vector and tree.function != "sigma":
            raise IllTyped(f"{tree.function} of a {inner.describe()}") if tree.function == "log" else Unsettled(
                f"{tree.function} of a matrix")
        return inner.map(lambda e: self.unary(tree.function, e, tree.primes))

    def trace(self, body):
        inner = self.value(body)
        if inner.shape and inner.shape[0] != inner.shape[1]:
            raise IllTyped(f"the trace of a {inner.describe()}")
        n = inner.shape[0] if inner.shape else 1
        return scalar(s.add(*inner.entries[::n + 1]))

    def average(self, body):
        """The mean of a body under the predictions; a bare letter of the outside vectors gets the running word."""
        word = Symbol("w", ("star",))

        def indexed(tree):
            if isinstance(tree, Symbol) and not tree.subs and tree.base in self.facts.outside:
                return Symbol(tree.base, tree.accents, (word,), tree.label, tree.bold)
            return rebuild(tree, indexed)
        return self.value(Sum((key_of(word),), ("words",), (), indexed(body), "expectation"))

    def unary(self, name, node, primes):
        if name == "log" and node.op == "num" and node.args[0] <= 0:
            raise IllTyped("the logarithm of a number that is not positive")
        if not primes:
            return UNARY[name](node, self)
        fresh = s.var(("fresh", name))
        result = UNARY[name](fresh, self.with_value(("fresh", name), node))
        for _ in range(primes):
            result = s.slope(result, ("fresh", name))
        return s.substitute(result, {fresh: node})

    def extremum(self, name, a, b):
        """max or min of two scalars, by their order at this instance."""
        if a.shape or b.shape:
            raise Unsettled(f"{name} of vectors")
        larger = self.sign(s.add(a.node, s.neg(b.node))) > 0
        return a if larger == (name == "max") else b

    def softmax(self, tree):
        inner = self.value(tree.args[0])
        if not inner.vector:
            raise IllTyped(f"softmax of a {inner.describe()}")
        exps = [s.exp(e) for e in inner.entries]
        total = s.add(*exps)
        return Value(inner.shape, [s.div(e, total) for e in exps])

    def diag(self, tree):
        inner = self.value(tree.args[0])
        if not inner.vector:
            raise IllTyped(f"diag of a {inner.describe()}")
        n = len(inner.entries)
        return Value((n, n), [inner.entries[i] if i == j else s.ZERO for i in range(n) for j in range(n)])

    def ce(self, tree):
        p, q = (self.value(a) for a in tree.args)
        if not same_length(p, q):
            raise IllTyped("the cross-entropy of vectors of different length")
        if any(b is s.ZERO for b in q.entries):
            raise IllTyped("the logarithm of 0")
        return scalar(s.neg(s.add(*(s.mul(a, s.log(b)) for a, b in zip(p.entries, q.entries)))))

    def kl(self, tree):
        p, q = (self.value(a) for a in tree.args)
        if not same_length(p, q):
            raise IllTyped("the divergence of vectors of different length")
        return scalar(s.add(*(s.mul(a, s.log(s.div(a, b))) for a, b in zip(p.entries, q.entries))))

    def h(self, tree):
        """The entropy of one distribution, the cross-entropy of two."""
        return self.ce(Apply("CE", (tree.args * 2)[:2]))

    def _derivative(self, tree):
        variable, scope, back = self.variable(tree.variable)
        body = tree.body
        if isinstance(body, Symbol) and body.base in ("\\sigma", "\\log", "\\exp", "\\softmax", "\\tanh", "\\relu"):
            body = Apply(body.base[1:], (tree.variable,), body.accents.count("prime"))
        value = scope.value(body)
        if back:
            forward = {old: new for new, old in back.items()}
            value = value.map(lambda e: s.substitute(e, forward))
            self.check_mentions(value, back, variable)
        names = [e.args[0] for e in variable.entries]
        result = self.arrange(value, variable, names)
        if self.facts.numerator and tree.style != "nabla" and value.shape == ():
            result = transpose(result)
        return result.map(lambda e: s.substitute(e, back)) if back else result

    @staticmethod
    def check_mentions(value, back, variable):
        """A derivative with respect to a computed quantity needs a body written in that quantity."""
        fresh = {n.args[0] for n in back}
        used = set().union(*(s.variables(e) for e in value.entries))
        left_over = used & set().union(*(s.variables(e) for e in back.values()))
        if left_over and used & fresh and len({n[0] for n in left_over}) == 1 and len(back) > 1 and any(e.op == "var" for e in back.values()):
            raise Unsettled("a derivative with respect to a quantity that the expression contains only in part")
        if used and not used & fresh:
            raise Unsettled("a derivative with respect to a quantity in which the expression is not written")

    @staticmethod
    def arrange(value, variable, names):
        """The partials in the shape of the variable; a vector by a vector is a Jacobian of either layout."""
        if value.shape == ():
            return Value(variable.shape, [s.slope(value.node, n) for n in names])
        if len(names) == 1:
            return value.map(lambda e: s.slope(e, names[0]))
        if value.vector and variable.vector:
            entries = [s.slope(e, n) for e in value.entries for n in names]
            return Value((len(value.entries), len(names)), entries, either=True)
        raise Unsettled(f"the derivative of a {value.describe()} by a {variable.describe()}")

    def variable(self, tree):
        """(value made of variables, scope for the body, {fresh variable: what it stands for})."""
        value = self.replaced(loose=None).value(tree)
        if all(e.op == "var" for e in value.entries):
            return value, self, {}
        if all(e.op == "num" for e in value.entries):
            raise Unsettled("a derivative with respect to a constant")
        whole = self.whole_family(tree) if value.shape == () else None
        if whole is not None:
            return whole
        fresh = [s.var(("fresh", key_of(tree), n)) for n in range(len(value.entries))]
        replaced = Value(value.shape, fresh)
        scope = self.replaced(overrides={**self.overrides, key_of(tree): replaced})
        return replaced, scope, dict(zip(fresh, value.entries))

    def whole_family(self, tree):
        """z_k as a variable: the whole vector z is made of variables, of which this is one."""
        if not isinstance(tree, Symbol) or len(tree.subs) != 1:
            return None
        bare = Symbol(tree.base, tree.accents, (), tree.label, tree.bold)
        try:
            value = self.replaced(loose=None).value(bare)
        except (IllTyped, Unsettled):
            return None
        if not value.vector or any(e.op in ("var", "num") for e in value.entries):
            return None
        fresh = [s.var(("fresh", key_of(bare), n)) for n in range(len(value.entries))]
        scope = self.replaced(overrides={**self.overrides, key_of(bare): Value(value.shape, fresh)})
        return scope.value(tree), scope, dict(zip(fresh, value.entries))


def _relu(node, scope):
    return node if scope.sign(node) > 0 else s.ZERO


def _leaky(node, scope):
    return node if scope.sign(node) > 0 else s.mul(s.var(("positive", "leak")), node)


def _tanh(node, scope):
    double = s.exp(s.mul(s.num(2), node))
    return s.div(s.add(double, s.num(-1)), s.add(double, s.ONE))


UNARY = {"exp": lambda a, scope: s.exp(a), "log": lambda a, scope: s.log(a), "sigma": lambda a, scope: s.sigma(a),
         "logsigmoid": lambda a, scope: s.log(s.sigma(a)), "tanh": _tanh, "relu": _relu, "leakyrelu": _leaky}
