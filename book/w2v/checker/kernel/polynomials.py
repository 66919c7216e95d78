"""Sparse Laurent polynomials: {monomial: coefficient}, a monomial being sorted (atom, exponent) pairs.

Coefficients are int or Fraction, never 0; atoms are ints; exponents are int or Fraction, never 0.
"""
from fractions import Fraction


class NoNormalForm(Exception):
    """The graph holds something that the normal form does not cover; the message names it."""


class OutOfBudget(Exception):
    """More steps would be needed than were granted."""


class Budget:
    """A deterministic count of steps, shared by everything that one decision does."""

    def __init__(self, steps):
        self.left = steps

    def spend(self, n=1):
        """Takes n steps; raises OutOfBudget when they are not there."""
        self.left -= n
        if self.left < 0:
            raise OutOfBudget("too large to settle")


def tidy(value):
    """A rational as an int where it is one."""
    return value.numerator if value.denominator == 1 else value


def length(value):
    """The number of bits of a rational."""
    return value.numerator.bit_length() + value.denominator.bit_length()


def join(m, n):
    """The product of two monomials."""
    if not m or not n:
        return m or n
    if m[-1][0] < n[0][0]:
        return m + n
    exponents = dict(m)
    for atom, e in n:
        exponents[atom] = exponents.get(atom, 0) + e
    return monomial(exponents)


def monomial(exponents):
    """The monomial with the given {atom: exponent}."""
    return tuple(sorted((a, tidy(e)) for a, e in exponents.items() if e))


def weight(p):
    """What it costs to look at one term of p: more for monomials of many atoms (the first one speaks for all)."""
    return 1 + len(next(iter(p), ())) // 4


def times(p, q, budget):
    """p * q; spends a step for each product of coefficients, more where the numbers or the monomials are long."""
    size = len(p) * len(q) * max(weight(p), weight(q)) if p and q else 0
    if len(p) == len(q) == 1:
        size += sum(length(c) for c in (*p.values(), *q.values())) >> 6
    budget.spend(size)
    result = {}
    for m, a in p.items():
        for n, b in q.items():
            key = join(m, n)
            result[key] = result.get(key, 0) + a * b
    return {m: c for m, c in result.items() if c}


def plus(p, q):
    """p + q."""
    result = dict(p)
    for m, c in q.items():
        total = result.get(m, 0) + c
        if total:
            result[m] = total
        else:
            result.pop(m, None)
    return result


def scaled(p, c):
    """c * p for a number c other than 0."""
    return {m: tidy(c * a) for m, a in p.items()}


def lead(p):
    """The largest monomial in the lexicographic order (exponents not negative)."""
    return max(p, key=lambda m: tuple((-a, e) for a, e in m))


def split(p):
    """(coefficient, monomial, factor) with p = coefficient * monomial * factor: the factor is a sum of terms without
    common monomial and with leading coefficient 1, as a frozenset, or None for a p of one term."""
    if len(p) == 1:
        (m, c), = p.items()
        return c, m, None
    least, count = {}, {}
    for m in p:
        for a, e in m:
            least[a] = min(least.get(a, e), e)
            count[a] = count.get(a, 0) + 1
    common = monomial({a: e if count[a] == len(p) else min(e, 0) for a, e in least.items()})
    back = tuple((a, -e) for a, e in common)
    shifted = {join(m, back): c for m, c in p.items()}
    first = shifted[lead(shifted)]
    return first, common, frozenset(shifted.items() if first == 1 else scaled(shifted, Fraction(1) / first).items())


def divide(p, d, budget):
    """(quotient, rest) with p = quotient * d + rest; the map from p to the pair is linear, and no monomial of rest is
    the leading one of d times one without negative exponents."""
    first, todo, quotient, rest = lead(d), p, {}, {}
    back = tuple((a, -e) for a, e in first)
    while todo:
        budget.spend(len(todo) * weight(todo) + len(d))
        m = lead(todo)
        step = join(m, back)
        if any(e < 0 for _, e in step):
            rest[m] = todo[m]
            todo = {n: c for n, c in todo.items() if n != m}
        else:
            c = quotient[step] = tidy(Fraction(todo[m]) / d[first])
            todo = plus(todo, {join(step, n): -c * a for n, a in d.items()})
    return quotient, rest


def primes(n, budget):
    """{p: exponent} with n the product of p ** exponent: primes up to 10000, and what is left as one number."""
    found, p = {}, 2
    while p * p <= n and p < 10_000:
        while n % p == 0:
            found[p] = found.get(p, 0) + 1
            n //= p
        p += 1 if p == 2 else 2
    budget.spend(p >> 4)
    if n > 1:
        found[n] = found.get(n, 0) + 1
    return found
