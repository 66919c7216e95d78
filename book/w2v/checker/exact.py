"""The exact zero test: a scalar graph is turned into one fraction of sparse Laurent polynomials.

Atoms are the variables, one exponential per monomial, and one logarithm per factor. Exponentials of different
monomials and logarithms of different irreducible factors are algebraically independent over the rational
functions (Ax), so the fraction is identically zero exactly where its numerator has no term left.
"""
from fractions import Fraction

from .polynomials import NoNormalForm, inverse_monomial, join, plus, split, times

ONE = {(): Fraction(1)}


class Normal:
    """Converts graphs to fractions (numerator, {factor: exponent}); one object per decision."""

    def __init__(self):
        self.atoms, self.logs, self.memo = {}, {}, {}

    def atom(self, *name):
        return self.atoms.setdefault(name, len(self.atoms))

    def is_zero(self, node):
        """Whether node is identically 0; raises NoNormalForm."""
        return not self.fraction(node)[0]

    def fraction(self, node):
        found = self.memo.get(node.key)
        if found is None:
            found = self.memo[node.key] = getattr(self, "_" + node.op)(*node.args)
        return found

    def _num(self, value):
        return ({(): value} if value else {}), {}

    def _var(self, name):
        return {((self.atom("var", name), 1),): Fraction(1)}, {}

    def _add(self, *terms):
        fractions = [self.fraction(t) for t in terms]
        common = {}
        for _, den in fractions:
            for factor, e in den.items():
                common[factor] = max(common.get(factor, 0), e)
        total = {}
        for top, den in fractions:
            for factor, e in common.items():
                for _ in range(e - den.get(factor, 0)):
                    top = times(top, dict(factor))
            total = plus(total, top)
        return (total, common) if total else ({}, {})

    def _mul(self, *factors):
        top, den = ONE, {}
        for f in factors:
            p, d = self.fraction(f)
            top = times(top, p)
            for factor, e in d.items():
                den[factor] = den.get(factor, 0) + e
        return self._cancel(top, den) if top else ({}, {})

    @staticmethod
    def _cancel(top, den):
        """Removes a factor that equals the whole primitive part of the numerator."""
        if den:
            coefficient, monomial, factor = split(top)
            if factor is not None and den.get(factor):
                den = {f: e - (f == factor) for f, e in den.items() if e - (f == factor)}
                top = {monomial: Fraction(coefficient)}
        return top, den

    def _pow(self, base, exponent):
        if exponent.denominator != 1:
            return self._root(base, exponent)
        return self.raised(*self.fraction(base), exponent)

    def raised(self, top, den, exponent):
        """The fraction top / den to an integer power."""
        if exponent < 0:
            top, den = self._reciprocal(top, den)
        power, powers = ONE, {}
        for _ in range(abs(int(exponent))):
            power = times(power, top)
        for factor, e in den.items():
            powers[factor] = e * abs(int(exponent))
        return power, powers

    def _root(self, base, exponent):
        top, den = self.fraction(base)
        if den or len(top) != 1 or set(top.values()) != {1}:
            raise NoNormalForm("a root of a sum")
        (monomial,) = top
        return {tuple((a, e * exponent) for a, e in monomial): Fraction(1)}, {}

    @staticmethod
    def _reciprocal(top, den):
        if not top:
            raise ZeroDivisionError("division by an expression that is identically 0")
        coefficient, monomial, factor = split(top)
        result = {inverse_monomial(monomial): 1 / Fraction(coefficient)}
        for f, e in den.items():
            for _ in range(e):
                result = times(result, dict(f))
        return result, ({} if factor is None else {factor: 1})

    def _exp(self, inner):
        top, den = self.fraction(inner)
        if den:
            raise NoNormalForm("an exponential of a fraction")
        monomial, extra = (), None
        for m, c in top.items():
            if len(m) == 1 and m[0][1] == 1 and m[0][0] in self.logs and c.denominator == 1:
                powered = self.raised(self.logs[m[0][0]], {}, c)
                extra = powered if extra is None else (times(extra[0], powered[0]), {**extra[1], **powered[1]})
            else:
                monomial = join(monomial, ((self.atom("exp", m), c),))
        exponential = {monomial: Fraction(1)}
        return (exponential, {}) if extra is None else (times(exponential, extra[0]), extra[1])

    def _log(self, inner):
        if inner.op == "mul":
            return self._log_of_product([(a, 1) for a in inner.args])
        if inner.op == "pow":
            return self._log_of_product([inner.args])
        if inner.op == "exp":
            return self.fraction(inner.args[0])
        return self._log_of_fraction(*self.fraction(inner))

    def _log_of_product(self, powers):
        """log of a product of powers: sum of e * log(factor)."""
        total = {}
        for factor, e in powers:
            if factor.op == "num" and factor.args[0] < 0:
                raise NoNormalForm("the logarithm of a negated product")
            top, den = self._log(factor)
            if den:
                raise NoNormalForm("a fraction inside a logarithm of an exponential")
            total = plus(total, {m: c * e for m, c in top.items()})
        return total, {}

    def _log_of_fraction(self, top, den):
        if not top:
            raise NoNormalForm("the logarithm of 0")
        coefficient, monomial, factor = split(top)
        if coefficient < 0:
            raise NoNormalForm("the logarithm of a negative number")
        total = self._log_of_rational(Fraction(coefficient))
        names = {index: name for name, index in self.atoms.items()}
        for atom, e in monomial:
            name = names[atom]
            piece = {name[1]: Fraction(1)} if name[0] == "exp" else self._log_atom(name, {((atom, 1),): Fraction(1)})
            total = plus(total, {m: c * e for m, c in piece.items()})
        if factor is not None:
            total = plus(total, self._log_atom(factor, dict(factor)))
        for f, e in den.items():
            total = plus(total, {m: -e * c for m, c in self._log_atom(f, dict(f)).items()})
        return total, {}

    def _log_atom(self, name, polynomial):
        index = self.atom("log", name)
        self.logs.setdefault(index, polynomial)
        return {((index, 1),): Fraction(1)}

    def _log_of_rational(self, value):
        total = {}
        for whole, sign in ((value.numerator, 1), (value.denominator, -1)):
            for prime in _primes(whole):
                piece = self._log_atom(prime, {(): Fraction(prime)})
                total = plus(total, {m: c * sign for m, c in piece.items()})
        return total


def _primes(n):
    found, p = [], 2
    while n > 1 and p * p <= n:
        while n % p == 0:
            found.append(p)
            n //= p
        p += 1
    return found + ([n] if n > 1 else [])
