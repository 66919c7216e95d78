r"""Sums and products that are spelled out: x_1 + x_2 + \dots + x_n is \sum_{i=1}^n x_i, and p_1 p_2 \cdots p_n is \prod_{i=1}^n p_i.

Only what can be continued in one way is read so. The terms beside the dots are the same but for a whole number in one
and a bound in the other; where that number is no index (1 + 2 + \dots + n), two terms before the dots have to show how
it goes on. A term between two dots is one of the others: x_1 + \dots + x_o + \dots + x_n. Anything else keeps its dots.
"""

from fractions import Fraction

from .tree import Dots, Minus, Number, Plus, Sum, Symbol, Times, Tree, children, rebuild, walk

LETTERS = "ijklmnrst"


def spelled_out(terms, kind="sum"):
    """`terms` of a sum (or factors: kind 'prod'), with one Sum in place of each run that dots leave out; as they are if one run cannot be read."""
    made = summed(terms, kind)
    return terms if any(map(gap, made)) else made


def multiplied_out(factors, signs):
    """(factors, signs) of a product, with one product sign in place of each run of factors that dots leave out."""
    if not any(map(gap, factors)) or not set(signs) <= {"", "()", "dot", "times"}:
        return factors, signs
    units = [factors[0]]
    for sign, factor in zip(signs, factors[1:]):  # p(x_1) is one factor
        if sign == "()":
            last = units.pop()
            units.append(Times((*last.factors, factor), (*last.signs, sign)) if isinstance(last, Times) else Times((last, factor), (sign,)))
        else:
            units.append(factor)
    made = spelled_out(tuple(units), "prod")
    return (factors, signs) if made == tuple(units) else (made, ("",) * (len(made) - 1))


def summed(terms, kind):
    at = next((n for n, term in enumerate(terms) if gap(term)), None)
    run = None if at is None else found(terms, at, kind)
    if run is None:
        return terms
    first, last, made = run
    return (*terms[:first], made, *summed(terms[last + 1 :], kind))


def gap(term):
    return isinstance(term, Dots) or isinstance(term, Minus) and isinstance(term.arg, Dots)


def found(terms, at, kind="sum"):
    """(first, last, Sum) of the run around the dots at place `at`, or None."""
    if not 0 < at < len(terms) - 1:
        return None
    model, bound = terms[at - 1], ends(terms[at - 1], terms[at + 1])
    dots = Minus(Dots()) if isinstance(model, Minus) else Dots()
    if bound is None or terms[at] != dots:
        return None
    start, end, indexed = bound
    first = at - 1
    while first and terms[first - 1] == filled(model, terms[at + 1], Number(Fraction(start - 1))):
        first, start = first - 1, start - 1
    if not indexed and at - first < 2 or first and ends(terms[first - 1], terms[at + 1]) is not None:
        return None  # nothing, or another step than one, shows how it goes on
    last = at + 1
    while last + 1 < len(terms):
        ahead = last + 2 if terms[last + 1] == dots and last + 2 < len(terms) else last + 1
        further = ends(model, terms[ahead])
        if further is None or ahead == last + 1 and not follows(end, further[1]):
            break
        last, end = ahead, further[1]
    used = {n.base for term in terms for n in walk(term) if isinstance(n, Symbol)}
    letter = next((Symbol(x) for x in LETTERS if x not in used), None)
    if letter is None:
        return None
    body = filled(model, terms[at + 1], letter)
    domain = ("range", Number(Fraction(start)), end)
    if isinstance(body, Minus):
        return first, last, Minus(Sum((letter,), domain, (), body.arg))
    return first, last, Sum((letter,), domain, (), body, kind)


def ends(first, last):
    """(whole number, bound, whether it is an index throughout) if two terms are the same but for these, else None."""
    places = list(differences(first, last, False))
    if not places or None in places or len({(a, b) for a, b, _ in places}) > 1:
        return None
    number, bound, _ = places[0]
    if number.value.denominator > 1 or isinstance(bound, Number) and bound.value <= number.value:
        return None
    return int(number.value), bound, all(index for _, _, index in places)


def differences(a, b, index):
    """(number in a, tree in b, whether it is an index) of each place in which they differ; None where they do not match."""
    if a == b:
        return
    if isinstance(a, Number):
        yield a, b, index
    elif type(a) is not type(b):
        yield None
    else:
        for name in a.__dataclass_fields__:
            yield from between(getattr(a, name), getattr(b, name), index or isinstance(a, Symbol) and name in ("subs", "sups"))


def between(a, b, index):
    if isinstance(a, Tree) and isinstance(b, Tree):
        yield from differences(a, b, index)
    elif isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        for one, other in zip(a, b):
            yield from between(one, other, index)
    elif a != b:
        yield None


def filled(a, b, value):
    """`a` with `value` in each place in which it differs from `b`."""
    if a == b:
        return a
    if isinstance(a, Number):
        return value
    others = children(b)
    return rebuild(a, lambda child: filled(child, next(others), value))


def merged(a, b, pick):
    """The tree that `a` and `b` both are, with pick(x, y) in each place in which they differ; raises what pick raises."""
    if a == b:
        return a
    if isinstance(a, Number) or isinstance(b, Number) or type(a) is not type(b) or outline(a) != outline(b):
        return pick(a, b)
    others = children(b)
    return rebuild(a, lambda child: merged(child, next(others), pick))


def outline(tree):
    """A tree without what stands in it."""
    return rebuild(tree, lambda child: Dots())


def follows(end, further):
    """Whether the second bound is the first and one more: o - 1 and o, o and o + 1."""
    return offset(further)[0] == offset(end)[0] and offset(further)[1] == offset(end)[1] + 1


def offset(tree):
    """(letter or None, whole number) of an index such as o, o - 1, 3."""
    if isinstance(tree, Number):
        return None, tree.value
    if isinstance(tree, Plus) and len(tree.terms) == 2:
        base, more = tree.terms
        if isinstance(more, Minus) and isinstance(more.arg, Number):
            return base, -more.arg.value
        if isinstance(more, Number):
            return base, more.value
    return tree, 0
