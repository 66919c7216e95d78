"""Names that a text says step by step: a^{(l)} by a^{(l-1)}, m_{t+1} by m_t. At each step a name is a name of its own."""

import re
from dataclasses import replace
from fractions import Fraction

from ..reading import tree as t
from . import letters
from .names import heads, key, mentions, replaced, symbols


def stepwise(world):
    """The letters of steps: the text says a^{(l)} by a^{(l-1)} or m_{t+1} by m_t, and prints l nowhere but in such indices. At each of
    them a name is a name of its own."""
    statements = [s for s in world.survey.statements if s.left.tree is not None and s.right.tree is not None]
    found, bodies = {}, {}
    for n in (n for s in statements for side in (s.left, s.right) for n in symbols(side.tree)):
        for i in n.indices:
            letter, shift = step_of(i)
            if shift:
                found.setdefault(letter, set()).add(key(n))
    for s in statements:
        head = heads(s.left.tree)
        for letter, shift in map(step_of, head[0].indices if head is not None and head[1] is None else ()):
            if letter in found and (letter, key(head[0])) not in bodies:
                bodies[letter, key(head[0])] = shift, s.right.tree
    return {letter for letter in found if isinstance(letter, str) and letter not in letters.OUTSIDE | letters.CENTER | {letters.WORDS} and any(
        returns(letter, name, bodies) for of, name in bodies if of == letter) and not any(printed_apart(side.tree, letter) for s in statements for side in (s.left, s.right))}


def step_of(index):
    """(letter, shift) of the index l, l + 1 or l - 1; ('', 0) of any other."""
    terms = index.terms if isinstance(index, t.Plus) else (index,)
    if not isinstance(terms[0], t.Symbol) or terms[0].subs or terms[0].sups or len(terms) > 2:
        return "", 0
    number_ = terms[1] if len(terms) > 1 else t.Number(Fraction(0))
    sign, number_ = (-1, number_.arg) if isinstance(number_, t.Minus) else (1, number_)
    return (key(terms[0]), sign * int(number_.value)) if isinstance(number_, t.Number) and number_.value.denominator == 1 else ("", 0)


def returns(letter, name, bodies):
    """Whether what a name is said by leads back to it at another step."""
    waiting, seen = [(name, 0)], set()
    while waiting:
        at, shift = waiting.pop()
        if (at, shift) in seen or abs(shift) > 3 or (letter, at) not in bodies:
            continue
        seen.add((at, shift))
        own, body = bodies[letter, at]
        for n in symbols(body):
            for of, more in map(step_of, n.indices):
                if of == letter and key(n) == name and shift + more - own:
                    return True
                waiting += [(key(n), shift + more - own)] * (of == letter)
    return False


def printed_apart(tree, letter):
    """Whether a tree has the letter elsewhere than in an index of its own step: as a number, in t + j, below a sum."""
    if isinstance(tree, t.Symbol):
        return key(tree) == letter and not tree.indices or any(step_of(i)[0] != letter and mentions(i, letter) for i in tree.indices)
    return any(printed_apart(child, letter) for child in t.children(tree))


def at_step(tree, steps):
    """A tree with the step in the name: a^{(l-1)} as a name of its own."""
    if not isinstance(tree, t.Symbol) or not any(step_of(i)[0] in steps for i in tree.indices):
        return t.rebuild(tree, lambda child: at_step(child, steps))
    label, kept = tree.label, {}
    for place in ("sups", "subs"):
        kept[place] = tuple(i for i in getattr(tree, place) if step_of(i)[0] not in steps)
        for letter, shift in (step_of(i) for i in getattr(tree, place) if step_of(i)[0] in steps):
            label += ":" * bool(label) + letter + (f"{shift:+d}" if shift else "")
    return replace(tree, label=label, **kept)


def recursions(world):
    """{name: (letter, where it begins)} of the names that the text says by an earlier value and whose letter it prints as a number too:
    m_t = mu m_{t-1} + t, or by the first, e_t = e_0 (1 - t / T). It begins at the least number that is printed below it."""
    statements = [s for s in world.survey.statements if s.left.tree is not None and s.right.tree is not None]
    found = {}
    for n, s in enumerate(statements if not world.survey.fixed else ()):
        head, params = heads(s.left.tree) or (None, None)
        letter, shift = step_of(head.subs[0]) if head is not None and params is None and len(head.indices) == len(head.subs) == 1 else ("", 0)
        if not letter or letter in world.survey.steps or s.step > 1 or key(head) in found:
            continue
        own = [n.subs for n in symbols(s.right.tree) if key(n) == key(head)]
        numbers = [i.value for side in statements for x in (side.left, side.right) for n in symbols(x.tree) if key(n) == key(head) and len(n.subs) == 1
                   for i in n.subs if isinstance(i, t.Number)]
        begun_at = [at for of, at in found.values() if of == letter]  # theta_{t+1} = theta_t + v_{t+1} begins where v does
        first = min(numbers, default=min(begun_at, default=None))
        told = {x.left.tree.subs for x in (*statements[:n], *(x for x in statements[n:] if x.inline == s.inline and (x.line == s.line or not x.inline and x.display == s.display))) if isinstance(x.left.tree, t.Symbol) and key(x.left.tree) == key(head)}
        if first == 1 and (t.Number(Fraction(1)),) not in told | set(own):
            continue  # r_1 may be the first value, or the second
        if own and first in (0, 1) and all(i == (t.Number(first),) or len(i) == 1 and step_of(i[0]) == (letter, shift - 1) for i in own):
            found[key(head)] = letter, int(first)
    return found


def begun(tree, found):
    """A tree with the first value of such a name as a name of its own."""
    if isinstance(tree, t.Symbol) and key(tree) in found and tree.subs == (t.Number(found[key(tree)][1]),):
        return replace(tree, label=f"{tree.label}{':' * bool(tree.label)}{found[key(tree)][1]}", subs=())
    return t.rebuild(tree, lambda child: begun(child, found))


def from_here(statement, found):
    """m_{t+1} by m_t is m_t by m_{t-1}."""
    head, _ = heads(statement.left.tree) or (None, None)
    if head is None or key(head) not in found or len(head.subs) != 1:
        return
    letter, shift = step_of(head.subs[0])
    if letter == found[key(head)][0] and shift:
        at = t.Symbol(letter)
        before = t.Plus((at, t.Minus(t.Number(Fraction(shift))))) if shift > 0 else t.Plus((at, t.Number(Fraction(-shift))))
        for side in ("left", "right"):
            printed = getattr(statement, side)
            setattr(statement, side, replace(printed, tree=simple(replaced(printed.tree, {at: before}))))


def simple(tree):
    """A tree with t - 1 + 1 in an index as t."""
    if isinstance(tree, t.Symbol) and any(isinstance(i, t.Plus) for i in tree.subs):
        return replace(tree, subs=tuple(map(folded, tree.subs)))
    return t.rebuild(tree, simple)


def folded(index):
    """l - 1 + 1 as l, l - 1 - 1 as l - 2."""
    terms = []
    for term in index.terms if isinstance(index, t.Plus) else (index,):
        terms += term.terms if isinstance(term, t.Plus) else [term]
    value = sum((-x.arg.value if isinstance(x, t.Minus) else x.value for x in terms if isinstance(getattr(x, "arg", x), t.Number)), Fraction(0))
    rest = tuple(x for x in terms if not isinstance(getattr(x, "arg", x), t.Number))
    more = (t.Number(value),) if value > 0 else (t.Minus(t.Number(-value)),) if value < 0 else ()
    return t.Plus(rest + more) if len(rest + more) > 1 else (rest + more)[0]


def labelled_step(world, symbol):
    """(letter of the step or '', its shift or number) of a name at a step, m_{t+1} or m_2; None of any other."""
    label = symbol.label.rpartition(":")[2]
    if label.isdigit():
        return "", int(label)
    found = next((letter for letter in world.survey.steps if re.fullmatch(re.escape(letter) + r"([+-]\d+)?", label)), None)
    return None if found is None else (found, int(label[len(found):] or 0))


def unrolled(world, symbol, found):
    """The Entry of m_2 by what the text says of m_{t+1}: its equation with 1 for t; None where that would lead below 0.

    found: the definitions of the name at letters of steps."""
    _, number = labelled_step(world, symbol) or ("", 0)
    for d in found if number > 0 else ():
        letter, shift = labelled_step(world, t.Symbol("", label=d.entry.label))
        table = {n: labelled_step(world, n)[1] + number - shift for n in symbols(d.entry.body) if (labelled_step(world, n) or ("",))[0] == letter}
        if min(table.values(), default=0) < 0:
            continue
        body = replaced(d.entry.body, {n: replace(n, label=(n.label.rpartition(":")[0] + ":" if ":" in n.label else "") + str(at)) for n, at in table.items()})
        return replace(d.entry, key=key(symbol), label=symbol.label, body=body)
    return None


def recursion(world, symbol):
    """The definitions at letters of steps that say what a name at a numbered step is."""
    if not world.survey.steps or not (labelled_step(world, symbol) or ("x", 0))[0] == "" or symbol.indices:
        return []
    same = [d for found in world.definitions.values() for d in found if d.entry.base == symbol.base and d.entry.accents == symbol.accents]
    return [d for d in same if (labelled_step(world, t.Symbol("", label=d.entry.label)) or ("",))[0]]


def first_step(world, statement):
    """`Let $x_0 = 1$ and $x_{n+1} = x_n / 2$`: where a name begins is said for good, and not for a while."""
    tree = statement.left.tree
    begins = isinstance(tree, t.Symbol) and (world.survey.steps and (labelled_step(world, tree) or ("x",))[0] == "" or any(
        name == tree.base and tree.label == str(first) for name, (_, first) in world.survey.recursions.items()))
    if statement.role == "hypothesis" and begins:
        equation = f"{statement.left.text} = {statement.right.text}"
        statement.role = ""
        for s in world.survey.statements:
            s.supposed = "" if s.supposed == equation else s.supposed
