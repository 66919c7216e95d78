"""Sparse Laurent polynomials: {monomial: coefficient}, a monomial being sorted (atom, exponent) pairs."""
from fractions import Fraction


class NoNormalForm(Exception):
    """The graph holds something the normal form does not cover; the message names it."""


LIMIT = 20_000


def times(p, q):
    if len(p) * len(q) > LIMIT * 20:
        raise NoNormalForm("the numerator grows too large")
    result = {}
    for m, a in p.items():
        for n, b in q.items():
            key = join(m, n)
            result[key] = result.get(key, 0) + a * b
    return {m: c for m, c in result.items() if c}


joined = {}


def join(m, n):
    if not m or not n:
        return m or n
    found = joined.get((m, n))
    if found is None:
        exponents = dict(m)
        for atom, e in n:
            exponents[atom] = exponents.get(atom, 0) + e
        found = tuple(sorted((a, e) for a, e in exponents.items() if e))
        if len(joined) > 500_000:
            joined.clear()
        joined[m, n] = found
    return found


def plus(p, q):
    result = dict(p)
    for m, c in q.items():
        total = result.get(m, 0) + c
        if total:
            result[m] = total
        else:
            result.pop(m, None)
    return result


def inverse_monomial(m):
    return tuple((a, -e) for a, e in m)


def split(p):
    """(coefficient, monomial, primitive factor) with p = coefficient * monomial * factor."""
    if len(p) == 1:
        (monomial, coefficient), = p.items()
        return coefficient, monomial, None
    least = {}
    for i, m in enumerate(p):
        exponents = dict(m)
        for atom in set(least) | set(exponents):
            old = least.get(atom, 0) if i else exponents.get(atom, 0)
            least[atom] = min(old, exponents.get(atom, 0))
    monomial = tuple(sorted((a, e) for a, e in least.items() if e))
    back = inverse_monomial(monomial)
    shifted = {join(m, back): c for m, c in p.items()}
    lead = shifted[min(shifted)]
    return lead, monomial, frozenset((m, Fraction(c) / lead) for m, c in shifted.items())
