"""The exact zero test: a scalar graph becomes one fraction of sparse polynomials in atoms.

Atoms are the variables, the unknown functions at their arguments, one exponential for each monomial, one logarithm
for each base, and one root for each base. A base is a variable, or a polynomial that is positive wherever the graph
is defined: a prime, a sum, the square of something of unknown sign, or a product of factors of unknown sign.

Why a zero is never invented. Call a point good if every part of the graph is defined there (denominators not 0,
arguments of logarithms and bases of fractional powers positive) and the variables that `positive` names are
positive. Each rewriting below is an equality of numbers at every good point: log and fractional powers are split
only into bases that are positive at good points (`pieces` says why each is), a root r = S^(f), 0 < f < 1, of a
positive S obeys r^a r^b = S^(a+b), exp(log S) = S, and denominators are divisors of something that is not 0. So
graph * (denominators) = numerator at every good point, the numerator being the value of a polynomial in the atoms
there; if it has no term left, the graph is 0 at every good point. Nothing is assumed about the atoms for this
direction: relations between them that are not known here (the root of (x-y)^2 expanded, |x| and a root of x,
logarithms of a product and of its factors, e^(1/x(x+1)) and e^(1/x - 1/(x+1))) can only leave terms standing that
cancel in truth, so that a zero is missed.
Why few are missed. Exponentials of arguments that are linearly independent over Q modulo constants, logarithms of
multiplicatively independent functions, and roots of functions independent modulo q-th powers are algebraically
independent, or linearly so for exponents in [0, 1), over the rational functions (Ax, Kummer): without hidden
relations of the kinds named above, a numerator with a term left is not identically zero.
A graph that is defined nowhere is no matter of the normal form; `theorem` looks for a good point.
"""
from fractions import Fraction
from math import floor, gcd

from .polynomials import NoNormalForm, divide, length, monomial, plus, primes, scaled, split, tidy, times, weight
from .scalars import below, mul, neg, num

ZERO_FORM = (0, {})


class Normal:
    """Converts graphs to fractions (numerator, {factor: exponent}); one object for one decision.

    A form is (coefficient, {key: exponent}), a product that is not multiplied out; a key is an atom or a polynomial
    (frozenset of its terms). Sums are kept as fractions first, products as forms first."""

    closed = ("fun",)  # the operations whose arguments are not visited

    def __init__(self, budget, positive=lambda name: False):
        self.budget, self.positive, self.assumed = budget, positive, set()
        self.atoms, self.kinds, self.splits, self.functions = {}, [], {}, {}
        self.fractions, self.forms, self.visited, self.squares, self.primes = {}, {}, set(), set(), set()

    def is_zero(self, node):
        """Whether node is identically 0 where it is defined; raises NoNormalForm, OutOfBudget or ZeroDivisionError."""
        return not self.fraction(node)[0]

    def atom(self, *kind):
        found = self.atoms.get(kind)
        if found is None:
            found = self.atoms[kind] = len(self.kinds)
            self.kinds.append(kind)
        return found

    # one node: its parts first, without recursion
    def fraction(self, node):
        """node as (numerator, {factor: exponent})."""
        if node.key not in self.fractions:
            self.visit(node)
            if node.key not in self.fractions:
                self.fractions[node.key] = self.assemble(self.forms[node.key])
        return self.fractions[node.key]

    def form(self, node):
        """node as (coefficient, {key: exponent})."""
        if node.key not in self.forms:
            self.visit(node)
            if node.key not in self.forms:
                self.forms[node.key] = self.factored(self.fractions[node.key])
        return self.forms[node.key]

    def visit(self, node):
        for n in below(node, self.visited, lambda n: () if n.op in self.closed else n.children):
            self.budget.spend(1 + len(n.args))
            if n.op in ("num", "mul", "pow", "exp"):
                self.forms[n.key] = getattr(self, "_" + n.op)(*n.args)
            elif n.op in ("var", "add", "log", "fun"):
                self.fractions[n.key] = getattr(self, "_" + n.op)(*n.args)
            else:
                raise NoNormalForm(f"the operation {n.op}")
            self.visited.add(n.key)

    # forms and fractions
    def factored(self, fraction):
        """The form of a fraction."""
        top, den = fraction
        if not top:
            return ZERO_FORM
        self.budget.spend(len(top) * weight(top))
        coefficient, common, factor = split(top)
        powers = dict(common)
        for f, e in den.items():
            powers[f] = -e
        if factor is not None:
            powers[factor] = powers.get(factor, 0) + 1
        return coefficient, powers

    def combined(self, forms):
        """The form of a product of forms."""
        coefficient, powers = 1, {}
        for c, part in forms:
            self.budget.spend(1 + len(part) + (length(c) + length(coefficient) >> 6))
            coefficient *= c
            for key, e in part.items():
                powers[key] = powers.get(key, 0) + e
        return (tidy(coefficient), {k: e for k, e in powers.items() if e}) if coefficient else ZERO_FORM

    def power(self, value, whole):
        """A number to an integer power."""
        if abs(value) == 1:
            return value if whole % 2 else 1
        self.budget.spend(abs(whole) * length(value) >> 6)
        return tidy(Fraction(value) ** whole)

    def assemble(self, form):
        """The fraction of a form: what has a positive exponent is multiplied out, roots are reduced to [0, 1)."""
        coefficient, powers = form
        if not coefficient:
            return {}, {}
        exponents, factors, todo = {}, {}, list(powers.items())
        while todo:
            self.budget.spend()
            key, e = todo.pop()
            if isinstance(key, int):
                e += exponents.get(key, 0)
                if self.kinds[key][0] != "root":
                    exponents[key] = e
                    continue
                exponents[key] = e - floor(e)
                base = self.kinds[key][1]
            else:
                base = key
                if e != floor(e):
                    todo.append((self.atom("root", base), e - floor(e)))
            if floor(e):
                c, common, factor = self.split(base)
                coefficient *= self.power(c, floor(e))
                todo.extend((a, k * floor(e)) for a, k in common)
                if factor is not None:
                    factors[factor] = factors.get(factor, 0) + floor(e)
        top, den = {monomial(exponents): tidy(coefficient)}, {}
        for factor, e in factors.items():
            for _ in range(e):
                top = self.times(top, dict(factor))
            if e < 0:
                den[factor] = -e
        return top, den

    def split(self, key):
        found = self.splits.get(key)
        if found is None:
            self.budget.spend(len(key))
            found = self.splits[key] = split(dict(key))
        return found

    def times(self, p, q):
        """p * q, with r^e for a root r reduced where e >= 1."""
        todo, result = times(p, q, self.budget), {}
        while todo:
            over = {m: c for m, c in todo.items() if any(e >= 1 and self.kinds[a][0] == "root" for a, e in m)}
            result = plus(result, {m: c for m, c in todo.items() if m not in over}) if result or over else todo
            todo = {}
            for m, c in over.items():
                kept, term = {}, None
                for a, e in m:
                    whole = floor(e) if e >= 1 and self.kinds[a][0] == "root" else 0
                    kept[a] = e - whole
                    for _ in range(whole):
                        base = dict(self.kinds[a][1])
                        term = base if term is None else times(term, base, self.budget)
                todo = plus(todo, times({monomial(kept): c}, term, self.budget))
        return result

    def sum(self, fractions):
        """The sum of fractions, over their common denominator."""
        common, total = {}, {}
        for _, den in fractions:
            for factor, e in den.items():
                common[factor] = max(common.get(factor, 0), e)
        for top, den in fractions:
            self.budget.spend(1 + len(top))
            for factor, e in common.items():
                for _ in range(e - den.get(factor, 0)):
                    top = self.times(top, dict(factor))
            for m, c in top.items():
                total[m] = total.get(m, 0) + c
        total = {m: tidy(c) for m, c in total.items() if c}
        return (total, common) if total else ({}, {})

    def reduced(self, fraction):
        """The fraction with the factors of the denominator divided out where they divide the numerator."""
        top, den = fraction
        for factor, e in den.items():
            while e and (quotient := self.quotient(top, factor)) is not None:
                top, e = quotient, e - 1
                den = {**den, factor: e}
        return top, {f: e for f, e in den.items() if e}

    def quotient(self, top, factor):
        """top / factor if it is a polynomial, else None."""
        if not top:
            return top
        least = {}
        for m in top:
            for a, e in m:
                least[a] = min(least.get(a, 0), e)
        shift = {monomial(least): 1}
        back = {tuple((a, -e) for a, e in monomial(least)): 1}
        result, rest = divide(times(top, back, self.budget), dict(factor), self.budget)
        return None if rest else times(result, shift, self.budget)

    # the operations
    def _num(self, value):
        return tidy(value), {}

    def _var(self, name):
        return {((self.atom("var", name), 1),): 1}, {}

    def _add(self, *terms):
        top, den = self.sum([self.fraction(t) for t in terms])
        if den and self.split(frozenset(top.items()))[2] in den:
            return self.assemble(self.factored((top, den)))
        return top, den

    def _mul(self, *factors):
        return self.combined([self.form(f) for f in factors])

    def _pow(self, base, exponent):
        coefficient, powers = self.form(base)
        if not coefficient:
            if exponent < 0:
                raise ZeroDivisionError("division by an expression that is identically 0")
            return ZERO_FORM
        if exponent.denominator == 1:
            return self.power(coefficient, int(exponent)), {k: tidy(e * exponent) for k, e in powers.items()}
        return 1, {k: tidy(e * exponent) for k, e in self.pieces(coefficient, powers).items()}

    def _exp(self, inner):
        top, den = self.reduced(self.fraction(inner))
        rest, powers = {}, {}
        if den:
            whole = self.assemble((1, den))[0]
            top, rest = divide(top, whole, self.budget)
        for m, c in top.items():
            kind = self.kinds[m[0][0]] if len(m) == 1 and m[0][1] == 1 else ("",)
            key = kind[1] if kind[0] == "log" else self.atom("exp", m, frozenset())
            powers[key] = powers.get(key, 0) + c
        lower = frozenset(den.items())
        for m, c in rest.items():
            powers[self.atom("exp", m, lower)] = c
        return 1, {k: tidy(e) for k, e in powers.items() if e}

    def _log(self, inner):
        coefficient, powers = self.form(inner)
        if not coefficient:
            raise NoNormalForm("the logarithm of 0")
        parts = []
        for key, e in self.pieces(coefficient, powers).items():
            kind = self.kinds[key] if isinstance(key, int) else ("",)
            piece = ({kind[1]: 1}, dict(kind[2])) if kind[0] == "exp" else ({((self.atom("log", key), 1),): 1}, {})
            parts.append((scaled(piece[0], e), piece[1]))
        return self.sum(parts)

    def _fun(self, name, orders, *args):
        """The atom of an unknown function: the same for arguments that are equal by normal form."""
        known = self.functions.setdefault((name, orders), [])
        places = [self._place(a) for a in args]
        for others, atom in known:
            if all(map(self._same, places, others)):
                return {((atom, 1),): 1}, {}
        atom = self.atom("fun", name, orders, len(known))
        known.append((places, atom))
        return {((atom, 1),): 1}, {}

    def _place(self, node):
        """The normal form of an argument, or the argument itself if there is none."""
        try:
            return self.fraction(node)
        except NoNormalForm:
            return node

    def _same(self, a, b):
        self.budget.spend()
        if not isinstance(a, tuple) or not isinstance(b, tuple):
            return a is b
        return a == b or not self.sum([a, (scaled(b[0], -1), b[1])])[0]

    # what is positive
    def sure(self, key):
        """Whether an atom or a sum is known not to be negative at good points."""
        if isinstance(key, int):
            kind = self.kinds[key]
            return (kind[0] in ("exp", "root", "whole exp") or kind[0] == "var" and self.declared(kind[1])
                    or kind[0] == "log" and kind[1] in self.primes)
        return key in self.squares or self.rest_of_one(key) or all(
            c > 0 and all(e % 2 == 0 or e % 1 or self.sure(a) for a, e in m) for m, c in key)

    def rest_of_one(self, key):
        """Whether a polynomial is 1 minus entries of one distribution, each once: the sum of its others."""
        terms = dict(key)
        names = [self.kinds[m[0][0]][1] for m, c in key if c == -1 and len(m) == 1 and m[0][1] == 1 and self.kinds[m[0][0]][0] == "var"]
        return terms.get(()) == 1 and len(names) == len(terms) - 1 and all(n[0] == "label" and n[:-1] == names[0][:-1] and self.declared(n) for n in names)

    def declared(self, name):
        if not self.positive(name):
            return False
        self.assumed.add(name)
        return True

    def pieces(self, coefficient, powers):
        """{key: exponent} with the same product as the form, each key positive wherever the form is positive.

        A product that is positive and not 0: the parts known not to be negative are positive, even powers and
        fractional powers too; what remains is positive as a whole, hence a single remaining base is positive itself
        (with the sign of the coefficient), and
        several stay together as one polynomial, to the power of the (odd) common divisor of their exponents."""
        found, odd = {}, []
        for n, sign in ((abs(coefficient.numerator), 1), (coefficient.denominator, -1)):
            for p, e in primes(n, self.budget).items():
                prime = frozenset({((), p)})
                self.primes.add(prime)
                found[prime] = sign * e
        for key, e in powers.items():
            if isinstance(key, int) and self.kinds[key][0] == "root":
                key = self.kinds[key][1]
                found[key] = found.get(key, 0) + e
            elif e % 1 or self.sure(key):
                found[key] = found.get(key, 0) + e
            elif e % 2 == 0:
                self.even(found, key, e)
            elif not isinstance(key, int) and self.sure(other := self.frozen(scaled(dict(key), -1))):
                found[other] = found.get(other, 0) + e
                coefficient = -coefficient
            else:
                odd.append((key, e))
        if not odd and coefficient < 0:
            raise NoNormalForm("a logarithm or a root of a negative expression")
        rest = {(): 1 if coefficient > 0 else -1}
        if len(odd) == 1:
            key, e = odd[0]
            key = key if coefficient > 0 else self.frozen(scaled(self.polynomial(key), -1))
            found[key] = found.get(key, 0) + e
        elif odd:
            odd.sort(key=lambda pair: (1, sorted(pair[0])) if isinstance(pair[0], frozenset) else (0, pair[0]))
            common = gcd(*(int(e) for _, e in odd)) * (1 if odd[0][1] > 0 else -1)
            for key, e in odd:
                self.even(found, key, e - common)
                rest = self.times(rest, self.polynomial(key))
            found[self.frozen(rest)] = common
        return {k: tidy(e) for k, e in found.items() if e}

    def even(self, found, key, e):
        """Adds key ** e, e even, to the pieces, as a power of the square."""
        if e:
            square = self.frozen(self.times(self.polynomial(key), self.polynomial(key)))
            self.squares.add(square)
            found[square] = found.get(square, 0) + tidy(Fraction(e, 2))

    def polynomial(self, key):
        return {((key, 1),): 1} if isinstance(key, int) else dict(key)

    @staticmethod
    def frozen(p):
        return frozenset(p.items())


class Coarse(Normal):
    """The same with each exponential as one atom, whatever stands in it: cheap, and enough where both
    sides hold the same ones. Where 1 + e^a occurs, the atom is its reciprocal r, and e^a is (1 - r)/r, e^(-a) is
    r/(1 - r): a sigmoid is one atom. Equal nodes have equal values, so that no zero is invented here either."""

    closed, sigmoids = ("fun", "exp"), frozenset()

    def is_zero(self, node):
        self.sigmoids |= {a.args[0].key for n in below(node, set(), lambda n: n.children) if n.op == "add" and len(n.args) == 2
                         for one, a in (n.args, n.args[::-1]) if one.op == "num" and one.args[0] == 1 and a.op == "exp"}
        return super().is_zero(node)

    def _exp(self, inner):
        found = min(((key, sign) for key, sign in ((inner.key, -1), (opposite(inner).key, 1)) if key in self.sigmoids), default=None)
        if found:
            key, sign = found
            r = self.atom("whole exp", "sigmoid", key)
            return -1, {r: sign, frozenset({((r, 1),): 1, (): -1}.items()): -sign}
        return 1, {self.atom("whole exp", inner.key): 1}


def opposite(node):
    """-node, the sign taken from the number of a product."""
    numbers = [a for a in node.args if a.op == "num"] if node.op == "mul" else []
    return mul(num(-numbers[0].args[0]), *(a for a in node.args if a is not numbers[0])) if numbers else neg(node)
