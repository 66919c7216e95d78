"""Names that a text says piece by piece: q_i = 1 - e for i = k, and q_i = e / (n - 1) for the others."""

import re
from fractions import Fraction

from ..reading.tree import Cases, Number, Relation, Symbol, walk
from .names import heads, key, mentions, plain
from .phrases import PLACE

ORDER = {"<", "<=", ">", ">="}
CONTRARY = {"=": "!=", "!=": "="}
BESIDE = re.compile(r"[\s,]*\(?(?:for|if|when|where)(?: all| every| any| each)? *\x00(\d+)\x00", re.I)
REST = re.compile(r"[\s,]*\(?(?:otherwise|elsewhere|else|(?:for|in|at) (?:all |any |every )?(?:of )?(?:the )?(?:\x00\d+\x00 )?(?:others?|remaining|rest)\b)", re.I)


OTHER_VALUE = re.compile(r"[\s,;]*(?:and|else|but)?[\s,]*(?:\x00(\d+)\x00[\s,]*(?:otherwise|elsewhere|else\b)|(?:otherwise|else)[\s,]*\x00(\d+)\x00(?! *[a-z]* *(?:if|for|when)\b)|zero (?:otherwise|elsewhere)|(?:otherwise|else) zero\b)", re.I)


def pieces(words, formulas):
    """{number of a formula: (its condition,)} where a sentence says a name at least twice, each time with its condition or for the rest;
    a name at one index, q_k = 1 - e, needs none."""
    found, last = {}, {}
    for n, formula in enumerate(formulas):
        head = equated(formula)
        if head is None:
            continue
        index, after = head.indices[0], words.split(PLACE.format(n))[1]
        beside, said = BESIDE.match(after), ()
        of = formulas[int(beside[1])] if beside else None
        if of is not None and of.signs in (("=",), ("!=",)) and all(s.tree is not None for s in of.sides) and plain(of.sides[0].tree) == index:
            said = (Relation(of.signs[0], index, plain(of.sides[1].tree)),)
        elif REST.match(after) and key(head) in last:
            said = rest(index, *last[key(head)])
        last[key(head)] = index, said
        found.setdefault(key(head), []).append((n, index, said))
    several = [group for group in found.values() if len(group) > 1 and any(said for *_, said in group) and all(
        said or n == 0 and index != group[1][1] for n, (_, index, said) in enumerate(group))]
    return {n: said for group in several for n, _, said in group if said}


def merged(words, formulas):
    """[(numbers of the formulas, Cases, numbers of what is said beside them)] of the names that a sentence says in pieces by bounds:
    f(x) = x for x >= 0 and f(x) = a x for x < 0; r_i = 1 if a_i > 0 and r_i = 0 otherwise."""
    groups = {}
    for n, formula in enumerate(formulas):
        found = heads(plain(formula.sides[0].tree)) if formula.signs == ("=",) and all(s.tree is not None for s in formula.sides) else None
        letters = () if found is None else found[1] if found[1] else found[0].indices
        if found is None or len(letters) > 1 or not all(isinstance(letter, Symbol) for letter in letters):
            continue
        after, name = words.split(PLACE.format(n))[1], (key(found[0]), letters)
        beside, value = BESIDE.match(after), plain(formula.sides[1].tree)
        if beside:
            told = formulas[int(beside[1])]
            sides = [plain(s.tree) for s in told.sides if s.tree is not None]
            if len(sides) < len(told.signs) + 1 or not told.signs or not set(told.signs) <= ORDER or letters and not any(mentions(s, key(letters[0])) for s in sides):
                continue
            said = tuple(Relation(sign, a, b) for a, sign, b in zip(sides, told.signs, sides[1:]))
            groups.setdefault(name, []).append((n, value, said, int(beside[1])))
            other = OTHER_VALUE.match(words.split(PLACE.format(int(beside[1])))[1])  # ... and 0 otherwise
            place = next((int(g) for g in other.groups() if g), None) if other else None
            if other and (place is None or not formulas[place].signs and formulas[place].sides[0].tree is not None):
                groups[name].append((n, plain(formulas[place].sides[0].tree) if place is not None else Number(Fraction(0)), None, place))
        elif REST.match(after) and name in groups:
            groups[name].append((n, value, None, None))
    return [(sorted({n for n, *_ in group}), Cases(tuple((body, said) for _, body, said, _ in group)), [at for *_, at in group if at is not None])
            for group in groups.values() if len(group) > 1 and all(said is not None for _, _, said, _ in group[:-1])]


def rest(index, before, said):
    """The condition of what is left where a name was said at an index before, under a condition or at it alone."""
    if index == before:
        return tuple(Relation(CONTRARY[r.sign], r.left, r.right) for r in said)
    return () if said else (Relation("!=", index, before),)


def equated(chain):
    """The name with one index on the left of an equation, else None."""
    tree = plain(chain.sides[0].tree) if chain.signs == ("=",) and chain.sides[0].tree is not None else None
    return tree if isinstance(tree, Symbol) and len(tree.indices) == 1 and isinstance(tree.indices[0], Symbol) and not tree.indices[0].indices else None


def limits(statement, params):
    """The conditions of a statement on the indices of the name that it defines: for other indices nothing is said."""
    return tuple(r for r in statement.conditions if r.sign in CONTRARY and isinstance(r.left, Symbol) and not r.left.indices and key(r.left) in params)


def limited(entry, statement):
    """The entry of a definition whose name is said only under a condition on its index."""
    found = limits(statement, entry.params)
    if found:
        entry.body = Cases(((entry.body, found),))
    return entry


def joins(world, statement):
    """Whether a statement says a name for the rest, after its equation at one index or under the contrary condition; it is added to it."""
    head, params = heads(statement.left.tree) or (None, None)
    if head is None or params or len(head.indices) != 1 or not isinstance(head.indices[0], Symbol) or statement.step > 1:
        return False
    said = limits(statement, (key(head.indices[0]),))
    if len(said) != 1:
        return False
    for d in world.definitions.get(key(head), ()):
        if d.section != statement.section:
            continue
        entry, piece = d.entry, (statement.right.tree, said)
        at = entry.arguments[0].indices if entry.point else tuple(map(Symbol, entry.params))  # q_k = 1 - e, and q_i = ... for i != k
        if said[0].sign == "!=" and at == (said[0].right,) and not isinstance(entry.body, Cases) and entry.params != (key(head.indices[0]),):
            first = entry.body, (Relation("=", said[0].left, said[0].right),)
            entry.point, entry.arguments, entry.params, entry.body = False, (), (key(head.indices[0]),), Cases((first, piece))
            d.pieces.append(statement)
            return True
        if entry.params == (key(head.indices[0]),) and isinstance(entry.body, Cases) and len(entry.body.branches) == 1 and not any(
                isinstance(n, Cases) for value, _ in entry.body.branches for n in walk(value)):
            own = entry.body.branches[0][1]
            if own == tuple(Relation(CONTRARY[r.sign], r.left, r.right) for r in said):
                entry.body = Cases((*entry.body.branches, piece))
                d.pieces.append(statement)
                return True
    return False


__all__ = ["joins", "limited", "merged", "pieces"]
