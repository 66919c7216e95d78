"""What a text prints to the names that it means: letters of steps, functions called by indices, labels and parameters below a name."""

import re
from dataclasses import replace
from fractions import Fraction

from ..kernel.functions import ENTRYWISE, WHOLE
from ..reading import tree as t
from . import letters
from .arguments import complete
from .entries import Entry
from .names import heads, key, mentions, replaced, stripped, symbols
from .steps import at_step, begun, from_here, labelled_step, recursions, stepwise
from .types import number


def normalise(world):
    """W_1 beside no W is a name of its own; theta^w beside no theta likewise."""
    for s in world.survey.statements:
        if s.left.tree is None or s.right.tree is None or s.order < 0:
            continue
        fixed = free_indices(s.left.tree) | {key(r.left) for r in s.conditions if isinstance(r.left, t.Symbol)}
        s.right = replace(s.right, tree=reaching(s.right.tree, fixed))
        s.left, s.right = pairs_bound(s.left, s.right)
    apply_change(world, named_loss)
    apply_change(world, pair_counts(world))
    apply_change(world, by_cases_named(world))
    apply_change(world, differentials(world))
    apply_change(world, adjoints(world))
    apply_change(world, by_parameters(world))
    apply_change(world, held_constant(world))
    listed_components(world)
    complete(world)
    own = own_functions(world)
    if own:
        apply_change(world, lambda tree: as_own(tree, own))
    whole = open_set(world)
    called = called_by_letters(world, whole)
    if called:
        calls = [(name, args) for tree, *_ in world.survey.formulas for name, args in found_calls(tree)]
        joint = {name for name, args in calls if len(args) > 1} & called
        apply_change(world, lambda tree: by_index(tree, called, whole, joint))
    steps = stepwise(world)
    world.survey.steps |= steps
    if steps:
        apply_change(world, lambda tree: at_step(tree, steps))
    if not world.survey.looked:
        world.survey.recursions, world.survey.looked = recursions(world), True
    if world.survey.recursions:
        apply_change(world, lambda tree: begun(tree, world.survey.recursions))
        for s in world.survey.statements:
            if s.left.tree is not None and s.right.tree is not None:
                from_here(s, world.survey.recursions)
    dummies(world)
    trees = [f[0] for f in world.survey.formulas]
    nodes = [n for tree in trees for n in t.walk(tree)]
    zeros = zero_for_o(nodes)
    split = numbered(world, nodes) | functions_by_number(world, nodes)
    raised, smoothed = labelled_powers(nodes), smoothed_labels(world)
    counted = two_by_indices(world)
    if not split and not raised and not smoothed and not zeros and not counted:
        return

    def change(tree):
        if isinstance(tree, t.Symbol) and len(tree.subs) == 1 and key(tree) in counted:
            return replace(t.rebuild(tree, change), label=f"{tree.label}each")
        if isinstance(tree, t.Symbol) and key(tree) in zeros and tree.subs == (t.Number(Fraction(0)),):
            return replace(tree, subs=(t.Symbol("o"),))
        if isinstance(tree, t.Symbol) and key(tree) in split and len(tree.subs) == 1 and isinstance(tree.subs[0], t.Number):
            label = f"{tree.label}{':' if tree.label else ''}{tree.subs[0].value}"
            return replace(tree, label=label, subs=())
        if isinstance(tree, t.Power) and isinstance(tree.base, t.Symbol) and (key(tree.base) in raised or (key(tree.base), stripped(tree.exponent)) in smoothed):
            return replace(tree.base, label=f"{tree.base.label}^{key(stripped(tree.exponent))}")
        return t.rebuild(tree, change)

    apply_change(world, change)


def apply_change(world, change):
    """Everything that the text says, with its names changed."""
    world.survey.formulas = [(change(f), *rest) for f, *rest in world.survey.formulas]
    for s in world.survey.statements:
        s.left, s.right = (replace(x, tree=change(x.tree)) if x.tree is not None else x for x in (s.left, s.right))
        s.bounds = changed(s.bounds, change)
    for fact in world.survey.facts:
        fact.trees = tuple(change(x) for x in fact.trees)


def pair_counts(world):
    """The change of #(w, c), #(w) and #(c) to names: numbers for each pair, for each word, and for each context."""
    nodes = [n for tree, *_ in world.survey.formulas for n in t.walk(tree) if isinstance(n, t.Count)]
    plain_ = nodes and all(isinstance(i, t.Symbol) and not i.indices for n in nodes for i in n.items)
    if not plain_ or world.survey.fixed or not any(len(n.items) == 2 for n in nodes):
        return lambda tree: tree

    def change(tree):
        if isinstance(tree, t.Count):
            return t.Symbol("\\#", label=key(tree.items[0]) if len(tree.items) == 1 else "", subs=tree.items)
        return t.rebuild(tree, change)

    return change


def by_cases_named(world):
    """The change of P(A), P(B), P(C) to names, where one sentence says each of them by an equation of its own, without its argument."""
    said = {}
    for s in world.survey.statements if not world.survey.fixed else ():
        head, args = (heads(s.left.tree) if s.left.tree is not None and s.right.tree is not None and s.step == 1 else None) or (None, None)
        if head is not None and args and len(args) == 1 and isinstance(args[0], t.Symbol) and not args[0].indices:
            said.setdefault(key(head), []).append((args[0], s.line if s.inline else 0, mentions(s.right.tree, key(args[0]))))
    found = {(name, a) for name, calls in said.items() if len({a for a, *_ in calls}) == len(calls) > 1 and len({line for _, line, _ in calls}) == 1 and calls[0][1]
             and not any(own for *_, own in calls) for a, *_ in calls}
    if not found:
        return lambda tree: tree

    def named(head, argument):
        return replace(head, label=f"{head.label}{':' * bool(head.label)}{key(argument)}") if isinstance(head, t.Symbol) and (key(head), argument) in found else None

    def change(tree):
        if isinstance(tree, t.Apply) and len(tree.args) == 1 and not tree.primes and named(tree.function, tree.args[0]) is not None:
            return named(tree.function, tree.args[0])
        if isinstance(tree, t.Times):
            factors, signs = list(tree.factors), list(tree.signs)
            for n in range(len(signs) - 1, -1, -1):
                new = named(factors[n], stripped(factors[n + 1])) if signs[n] == "()" else None
                if new is not None:
                    factors[n : n + 2] = [new]
                    del signs[n]
            return t.Times(tuple(map(change, factors)), tuple(signs)) if signs else change(factors[0])
        return t.rebuild(tree, change)

    return change


def differentials(world):
    """The change of d(AB) to a differential in a text that prints others, dA, and no quantity d."""
    nodes = [n for tree, *_ in world.survey.formulas for n in t.walk(tree)]
    d = t.Symbol("d")
    called = [n for n in nodes if isinstance(n, t.Times) for a, b in zip(n.factors, n.factors[1:]) if a == d and isinstance(b, (t.Bracket, t.Apply))]
    if not called or not any(isinstance(n, t.Differential) for n in nodes) or nodes.count(d) > len(called):
        return lambda tree: tree

    def change(tree):
        if isinstance(tree, t.Times) and d in tree.factors:
            factors, signs = list(tree.factors), list(tree.signs)
            at = factors.index(d)
            factors[at : at + 2] = [t.Differential(factors[at + 1])]
            del signs[at]
            return change(t.Times(tuple(factors), tuple(signs)) if signs else factors[0])
        return t.rebuild(tree, change)

    return change


def listed_components(world):
    """(a_1, a_2) = softmax(s_1, s_2) says of all entries of a what they are."""
    for s in world.survey.statements if not world.survey.fixed else ():
        left, right = s.left.tree, s.right.tree
        items = stripped(left).items if isinstance(stripped(left) if left is not None else None, t.Tuple) else ()
        if len(items) > 1 and all(isinstance(i, t.Symbol) and i.subs == (t.Number(Fraction(n)),) and replace(i, subs=()) == replace(items[0], subs=()) for n, i in enumerate(items, 1)):
            s.left = replace(s.left, tree=replace(items[0], subs=()))
            world.survey.formulas.append((t.Plus((s.left.tree, s.left.tree)), s.section, s.line))
        if isinstance(right, t.Apply) and right.function == "softmax" and len(right.args) > 1 and not any(isinstance(a, t.Dots) for a in right.args):
            s.right = replace(s.right, tree=replace(right, args=(t.Grid(tuple((a,) for a in right.args)),)))


def held_constant(world):
    """The change of g_t to g where the text says that it is the same at every step: `for a constant gradient g_t = g`."""
    same = {}
    for s in world.survey.statements if not world.survey.fixed else ():
        left, right = s.left.tree, s.right.tree
        if isinstance(left, t.Symbol) and len(left.subs) == 1 and right == replace(left, subs=()) and re.search(r"\b(?:constant|fixed|same)\b", s.before, re.I):
            same[key(left)] = s
            s.role = "assignment"

    def change(tree):
        if isinstance(tree, t.Symbol) and key(tree) in same and len(tree.subs) == 1:
            return replace(tree, subs=())
        return t.rebuild(tree, change)

    return change if same else lambda tree: tree


def adjoints(world):
    r"""The change of \dot W to dL/dW where a text writes \dot M = dL/dM of an M that stands for any: it is printed nowhere else."""
    nodes = [n for tree, *_ in world.survey.formulas if not isinstance(tree, t.Symbol) for n in symbols(tree)]
    rules = {}
    for s in world.survey.statements if not world.survey.fixed else ():
        left, right = s.left.tree, s.right.tree
        if not (isinstance(left, t.Symbol) and len(left.accents) == 1 and not left.indices and isinstance(right, t.Derivative) and len(right.variables) == 1):
            continue
        bare = replace(left, accents=())
        others = [n for n in nodes if n.accents == left.accents and n.base != left.base]
        if right.variables[0] == bare and [key(n) for n in nodes].count(key(bare)) == 1 and any(replace(n, accents=()) in nodes for n in others):
            rules[left.accents] = right.body
            s.role = "assignment"

    def change(tree):
        if isinstance(tree, t.Symbol) and tree.accents in rules:
            return t.Derivative((replace(tree, accents=()),), rules[tree.accents], "fraction")
        return t.rebuild(tree, change)

    return change if rules else lambda tree: tree


def by_parameters(world):
    """The change of f_\\lambda to a name of its own, where \\lambda is a Greek letter that is a value too and runs through nothing."""
    nodes = [n for tree, *_ in world.survey.formulas for n in t.walk(tree)]
    below = [n for n in nodes if isinstance(n, t.Symbol) and len(n.subs) == 1 and isinstance(n.subs[0], t.Symbol) and n.subs[0].base.startswith("\\") and not n.subs[0].indices]
    bound = {key(letter) for n in nodes if isinstance(n, t.Sum) for letter in n.letters}
    found = {n.subs[0] for n in below} - {t.Symbol(x) for x in bound}
    values = {n for n in nodes if isinstance(n, (t.Plus, t.Minus, t.Times, t.Quotient, t.Power, t.Norm)) for n in t.children(n)}
    found = {letter for letter in found if letter in values or any(isinstance(v, t.Bracket) and v.arg == letter for v in values)}
    if not found:
        return lambda tree: tree

    def change(tree):
        if isinstance(tree, t.Symbol) and len(tree.subs) == 1 and tree.subs[0] in found:
            return replace(tree, label=f"{tree.label}{':' * bool(tree.label)}{key(tree.subs[0])}", subs=())
        return t.rebuild(tree, change)

    return change


def dummies(world):
    """A chain whose only letter is x says something of every x: its x is its own. So is a c that is added, as no word can be."""
    heads_ = {key(h) for s in world.survey.statements if s.left.tree is not None and heads(s.left.tree) is not None
              for h in [heads(s.left.tree)[0]] if (not h.subs or key(h) in lent_names(world)) and not (s.right.tree is not None and h == s.left.tree and mentions(s.right.tree, key(h)))}
    told = {key(f.trees[0]) for f in world.survey.facts if f.trees and f.kind != "running" and isinstance(f.trees[0], t.Symbol)}
    heads_ |= told | {"I"}
    chains = {}
    for s in world.survey.statements:
        chains.setdefault((s.chain, s.inline), []).append(s)
    for (number_, _), chain in chains.items():
        if any(s.left.tree is None or s.right.tree is None for s in chain):
            continue
        for x in worded_values(chain) - heads_ - told:
            own = t.Symbol(x, label=f"~{number_}")
            for s in chain:
                s.left, s.right = (replace(side, tree=replaced(side.tree, {t.Symbol(x): own})) for side in (s.left, s.right))
        for own in {n for s in chain for side in (s.left, s.right) for n in symbols(side.tree) if n.label == f"~{number_}" and n.base in letters.CENTER | letters.OUTSIDE}:
            world.declared[key(own)] = Entry(key(own), "free", "a number of its own line", base=own.base, label=own.label, type=number(), declared=True)
        names = {n for s in chain for side in (s.left, s.right) for n in symbols(side.tree) if not is_function_letter(world, n)}
        if len(names) != 1:
            continue
        x = names.pop()
        if x.subs or x.sups or x.label or key(x) in heads_ or key(x) in world.real or key(x) in letters.SIZES or key(x) in lent_names(world) or x.base == "J":
            continue
        own = replace(x, label=f"~{number_}")
        for s in chain:
            s.left, s.right = (replace(side, tree=replaced(side.tree, {x: own})) for side in (s.left, s.right))
            s.bounds = changed(s.bounds, lambda side, x=x, own=own: replaced(side, {x: own}))


def changed(bounds, change):
    """Bounds with their names changed as the names of their line are."""
    return tuple(replace(b, relations=tuple(replace(r, left=change(r.left), right=change(r.right)) for r in b.relations)) for b in bounds)


def worded_values(chain):
    """The letters for words that a chain prints as terms of sums and as no index."""
    terms, indices = set(), set()
    for s in chain:
        for node in (n for side in (s.left, s.right) for n in t.walk(side.tree)):
            if isinstance(node, t.Plus):
                terms |= {key(x) for x in map(unsigned, node.terms) if isinstance(x, t.Symbol) and not x.subs}
            value = isinstance(node, (t.Plus, t.Minus, t.Power, t.Times)) or isinstance(node, t.Apply) and isinstance(node.function, str)
            below = node.subs + node.sups if isinstance(node, t.Symbol) else () if value else t.children(node)
            indices |= {key(n) for x in below for n in symbols(x) if isinstance(node, t.Symbol) or n is unsigned(x)}
    return (terms - indices) & {letter for letter in letters.CENTER | letters.OUTSIDE if len(letter) == 1}


def unsigned(tree):
    while isinstance(tree, (t.Minus, t.Bracket)):
        tree = tree.arg
    return tree


def is_function_letter(world, symbol):
    return key(symbol).rstrip("'") in letters.FUNCTIONS


def reaching(tree, bound=()):
    """tree with a sum that is printed before the last term with its letter reaching to that term: -sum_i a_i + b_i."""
    if isinstance(tree, t.Plus):
        terms = list(tree.terms)
        for n, term in enumerate(terms[:-1]):
            sign, inner = (True, term.arg) if isinstance(term, t.Minus) else (False, term)
            if not isinstance(inner, t.Sum) or inner.kind != "sum":
                continue
            names = {key(letter) for letter in inner.letters} - set(bound)
            rest = terms[n + 1 :]
            if names and all(any(names & free_indices(r) for r in [x]) for x in rest):
                body = t.Plus((inner.body, *rest))
                whole = replace(inner, body=body)
                return t.rebuild(t.Plus((*terms[:n], t.Minus(whole) if sign else whole)) if n else (t.Minus(whole) if sign else whole),
                                 lambda child: reaching(child, bound))
    return t.rebuild(tree, lambda child: reaching(child, bound))


def pairs_bound(left, right):
    r"""The sides with i and j bound by \sum_{i<j} x_i x_j, where j stands nowhere else in the line."""
    trees = (left.tree, right.tree)
    if not any(isinstance(n, t.Sum) and n.conditions for tree in trees for n in t.walk(tree)):
        return left, right

    def change(tree, around):
        if isinstance(tree, t.Sum):
            around = around | {key(x) for x in tree.letters}
            other = partner(tree)
            if other is not None and key(other) not in around | elsewhere and mentions(tree.body, key(other)):
                tree = replace(tree, letters=(*tree.letters, other))
        return t.rebuild(tree, lambda child: change(child, around))

    def alone(tree, around):
        """The letters of a tree that neither it nor what is around it binds, but for the partners of such sums."""
        if isinstance(tree, t.Sum):
            around = around | {key(x) for x in tree.letters} | ({key(partner(tree))} if partner(tree) is not None else set())
        found = {key(tree)} - around if isinstance(tree, t.Symbol) and not tree.subs else set()
        return found.union(*(alone(child, around) for child in t.children(tree)))

    elsewhere = alone(left.tree, frozenset()) | alone(right.tree, frozenset()) | letters.OUTSIDE | letters.CENTER
    return tuple(replace(side, tree=change(side.tree, frozenset())) for side in (left, right))


def partner(tree):
    """The j of a sum over i < j, i > j or i != j that prints no other bounds; None for another sum."""
    if len(tree.letters) != 1 or tree.domain != ("all",) or len(tree.conditions) != 1 or not isinstance(tree.conditions[0], t.Relation):
        return None
    relation = tree.conditions[0]
    sides = [x for x in (relation.left, relation.right) if isinstance(x, t.Symbol) and not x.subs]
    if relation.sign not in ("<", ">", "!=") or len(sides) != 2 or tree.letters[0] not in sides or sides[0] == sides[1]:
        return None
    return next(x for x in sides if x != tree.letters[0])


def free_indices(tree):
    """Keys of the letters that stand in subscripts of a term and that no sum in it binds."""
    bound = {key(letter) for n in t.walk(tree) if isinstance(n, t.Sum) for letter in n.letters}
    return {key(i) for n in symbols(tree) for i in n.subs if isinstance(i, t.Symbol) and not i.subs} - bound


def numbered(world, nodes):
    """Keys that are printed with a number below and never without or with a letter; the letters of words only where they go step by step."""
    forms, zero = {}, set()
    stepped = {n.base for n in nodes if isinstance(n, t.Symbol) and world.survey.steps and (labelled_step(world, n) or ("",))[0]}
    for n in nodes:
        if isinstance(n, t.Symbol) and n.subs == (t.Number(Fraction(0)),):
            zero.add(key(n))
        if isinstance(n, t.Symbol):
            forms.setdefault(key(n), set()).add(tuple("number" if isinstance(i, t.Number) else "letter" for i in n.subs))
    return {k for k, f in forms.items() if (f == {("number",)} or k in zero and f == {("number",), ()}) and k not in {"u", "v", "w", "P|"} - stepped}


def functions_by_number(world, nodes):
    """Keys of functions that are numbers, and are printed with a number below as well: H_2(p) beside H(p) = -sum_i p_i log p_i."""
    found = {key(head[0]) for s in world.survey.statements if s.left.tree is not None and s.right.tree is not None and not s.role
             for head in [heads(s.left.tree)] if head is not None and head[1] and not head[0].indices and is_number_print(s.right.tree)}
    letters_below = {key(n) for n in nodes if isinstance(n, t.Symbol) and any(not isinstance(i, t.Number) for i in n.subs)}
    return found - letters_below - lent_names(world)


def two_by_indices(world):
    """Keys of names whose form with one index is a name of its own, beside what the text defines with another number of indices:
    X_i = sum_k X_ik beside X_ik, s_k = u_k^T v beside a number s = u^T v, and J_b beside J = sum_b J_b."""
    found, numbers = set(), set()
    for s in world.survey.statements:
        head = heads(s.left.tree) if s.left.tree is not None and s.right.tree is not None and not s.role else None
        if head is None or head[1] or key(head[0]) in set(lent_names(world)) - set(letters.FUNCTIONS):
            continue
        name, indices = key(head[0]), head[0].subs
        if name in letters.FUNCTIONS and len(indices) == 1:
            found.add(name)
        if not indices and is_number_print(s.right.tree):
            numbers.add(name)
        if not indices and any(isinstance(n, t.Sum) and any(key(x) == name and len(x.subs) == 1 and set(x.subs) <= set(n.letters) for x in symbols(n.body))
                               for n in t.walk(s.right.tree)):
            found.add(name)
        if len(indices) == 1 and (name in numbers and isinstance(indices[0], t.Symbol) or any(
                key(n) == name and len(n.subs) == 2 for n in symbols(s.right.tree))):
            found.add(name)
    return found


def is_number_print(tree):
    """Whether a tree is a number by its print: a^T b of two small letters, its negative, a function of it, a sum with it."""
    tree = stripped(tree)
    if isinstance(tree, t.Minus):
        return is_number_print(tree.arg)
    if isinstance(tree, t.Sum):
        return is_number_print(tree.body)
    if isinstance(tree, t.Plus):
        return any(map(is_number_print, tree.terms))
    if isinstance(tree, t.Apply):
        return len(tree.args) == 1 and is_number_print(tree.args[0])
    if isinstance(tree, t.Power):
        return isinstance(tree.exponent, t.Number) and isinstance(tree.base, t.Symbol) and tree.base.base.lstrip("\\")[:1].islower()
    if isinstance(tree, t.Times) and any(isinstance(f, t.Apply) and f.function == "log" and f.args[0] in tree.factors for f in tree.factors):
        return len(tree.factors) == 2  # p_i log p_i
    return isinstance(tree, t.Times) and len(tree.factors) == 2 and isinstance(tree.factors[0], t.Transposed) and all(
        isinstance(f, t.Symbol) and f.base.lstrip("\\")[:1].islower() for f in (tree.factors[0].arg, stripped(tree.factors[1])))


def zero_for_o(nodes):
    """Families over words that are printed with 0 and letters and with no other number: words count from 1, and 0 is printed for o."""
    forms, nodes = {}, list(nodes)
    if any(isinstance(n, t.Tuple) and n.items[:1] == (t.Number(Fraction(0)),) for n in nodes):  # 0, 1, ..., V - 1
        return set()
    for n in nodes:
        if isinstance(n, t.Symbol) and len(n.subs) == 1:
            forms.setdefault(key(n), set()).add(n.subs[0] if isinstance(n.subs[0], t.Number) else "letter")
    zero = t.Number(Fraction(0))
    return {k for k, f in forms.items() if f == {zero, "letter"} and k in ("u", "v", "y", "y^hat")} | (
        {"y", "y^hat"} & {k for k, f in forms.items() if f == {zero}} if any(f == {zero, "letter"} for f in forms.values()) else set())


def labelled_powers(nodes):
    """Keys that are never printed without the same letter above."""
    powers, bare = {}, {}
    for n in nodes:
        if isinstance(n, t.Symbol):
            bare[key(n)] = bare.get(key(n), 0) + 1
        if isinstance(n, t.Power) and isinstance(n.base, t.Symbol) and isinstance(stripped(n.exponent), t.Symbol):
            powers.setdefault(key(n.base), []).append(stripped(n.exponent))
    return {k for k, e in powers.items() if len(e) == bare[k] and len(e) > 1 and len(set(e)) == 1}


def named_loss(tree):
    """A tree with the letters below J that name a loss as its label: J_{sg}, J_{ns}."""
    name = "".join(i.base for i in tree.subs if isinstance(i, t.Symbol) and not i.indices) if isinstance(tree, t.Symbol) and tree.base in ("J", "L") else ""
    if not names_a_loss(name) or len(name) != len(tree.subs) or tree.label:
        return t.rebuild(tree, named_loss)
    return replace(tree, label=name, subs=())


def names_a_loss(name):
    return len(name) > 1 and any(name.lower() in names for names in letters.LOSSES.values())


def own_functions(world):
    """(name, number of arguments) of the functions with a name in words that the text defines: \\mathrm{sim}(a, b) = ..., \\cos(a, b) = ..."""
    known = {(name, 1) for name in ("sin", "cos")} | {(name, n) for name in (*ENTRYWISE, *WHOLE) for n in (1, 2)}
    heads_ = [s.left.tree for s in world.survey.statements if s.step == 1 and not s.role and s.right.tree is not None]
    return {(head.function, len(head.args)) for head in heads_ if isinstance(head, t.Apply) and isinstance(head.function, str)
            and head == t.Apply(head.function, head.args) and all(isinstance(a, t.Symbol) for a in head.args)} - known


def as_own(tree, own):
    tree = t.rebuild(tree, lambda child: as_own(child, own))
    return replace(tree, function=t.Symbol(tree.function)) if isinstance(tree, t.Apply) and (tree.function, len(tree.args)) in own else tree


def open_set(world):
    """The domain that all sums of a text have, if it is a set of which nothing is said: \\sum_{x \\in \\mathcal{X}}; else that of a sum without bounds."""
    trees = [tree for tree, *_ in world.survey.formulas]
    domains = {n.domain for tree in trees for n in t.walk(tree) if isinstance(n, t.Sum)}
    only = domains.pop() if len(domains) == 1 else ("all",)
    name = only[1] if only[0] == "in" else None
    open_ = isinstance(name, t.Symbol) and "cal" in name.accents and not name.indices and not name.label and name.base not in ("V", "W", "N", "K") and not any(
        mentions(side.tree, key(name)) for s in world.survey.statements for side in (s.left, s.right) if side.tree is not None and heads(side.tree) is not None)
    return only if open_ else ("all",)


def called_by_letters(world, whole):
    """The names that the text only ever calls with letters that some sum without bounds runs through, and those letters are nothing but
    indices: p(x) and q(x) below \\sum_x are families of numbers, whatever x runs over."""
    trees = [tree for tree, *_ in world.survey.formulas]
    summed = {key(x) for tree in trees for n in t.walk(tree) if isinstance(n, t.Sum) and n.domain in (("all",), whole) for x in n.letters}
    calls = {}
    for tree in trees:
        for name, args in found_calls(tree):
            calls.setdefault(name, []).append(args)
    found = {name for name, lists in calls.items() if any(args and all(isinstance(a, t.Symbol) and not a.indices and key(a) in summed for a in args) for args in lists)
             and all(isinstance(a, t.Symbol) and not a.indices for args in lists for a in args)}
    values = {key(n) for tree in trees for n in value_letters(tree, found)}
    return {name for name in found if name not in lent_names(world) and name not in letters.CALLED and all(key(a) not in values for args in calls[name] for a in args)}


def found_calls(tree):
    """(name, what is printed in its bracket) of the calls in a tree."""
    for n in t.walk(tree):
        if isinstance(n, t.Apply) and isinstance(n.function, t.Symbol) and not n.primes:
            yield key(n.function), n.args
        if isinstance(n, t.Times):
            for sign, a, b in zip(n.signs, n.factors, n.factors[1:]):
                if sign == "()" and isinstance(a, t.Symbol) and not a.indices:
                    yield key(a), in_call(b)


def in_call(bracket):
    return bracket.items if isinstance(bracket, t.Tuple) else (bracket.arg,) if isinstance(bracket, t.Bracket) and bracket.kind == "(" else ()


def value_letters(tree, names):
    """The symbols in a tree that stand for values: in no index, below no sum, and in no call of one of the names."""
    if isinstance(tree, t.Symbol):
        return [tree]
    if isinstance(tree, t.Sum):
        return value_letters(tree.body, names)
    if isinstance(tree, t.Apply) and isinstance(tree.function, t.Symbol) and key(tree.function) in names:
        return []
    if isinstance(tree, t.Times):
        inside = [b for sign, a, b in zip(tree.signs, tree.factors, tree.factors[1:]) if sign == "()" and isinstance(a, t.Symbol) and key(a) in names]
        return [n for f in tree.factors if not any(f is b for b in inside) for n in value_letters(f, names)]
    return [n for child in t.children(tree) for n in value_letters(child, names)]


def by_index(tree, names, whole, joint):
    """A tree with p_x for p(x), and sums over the whole set as sums without bounds; a name that is called with two letters is another
    name than with one."""
    tree = t.rebuild(tree, lambda child: by_index(child, names, whole, joint))
    if isinstance(tree, t.Sum) and tree.domain == whole:
        tree = replace(tree, domain=("all",))
    if isinstance(tree, t.Apply) and isinstance(tree.function, t.Symbol) and key(tree.function) in names:
        return indexed_call(tree.function, tree.args, joint)
    if not isinstance(tree, t.Times):
        return tree
    factors, signs = [tree.factors[0]], []
    for sign, factor in zip(tree.signs, tree.factors[1:]):
        last = factors[-1]
        if sign == "()" and isinstance(last, t.Symbol) and key(last) in names and not last.indices and in_call(factor):
            factors[-1] = indexed_call(last, in_call(factor), joint)
        else:
            factors.append(factor)
            signs.append(sign)
    return factors[0] if len(factors) == 1 else t.Times(tuple(factors), tuple(signs))


def indexed_call(name, args, joint=()):
    """p_x for p(x); beside p(x, y), p(x) and p(y) are two families, of x and of y."""
    apart = "joint" if len(args) > 1 else f"of {args[0].base}" if key(name) in joint else ""
    return replace(name, label=name.label + apart, subs=tuple(args))


def smoothed_labels(world):
    """(key, letter above) of the names that a text with smoothed labels says what they are: y^\\epsilon_w = (1 - \\epsilon) y_w + \\epsilon / V
    is no power of y_w."""
    if not any("smooth" in f.words.lower() for f in world.survey.facts):
        return set()
    heads_ = [s.left.tree for s in world.survey.statements if s.left.tree is not None and s.right.tree is not None and s.step == 1]
    return {(key(h.base), stripped(h.exponent)) for h in heads_ if isinstance(h, t.Power) and isinstance(h.base, t.Symbol) and isinstance(stripped(h.exponent), t.Symbol)}


def lent_names(world):
    """The names of the prelude and of its tables."""
    if world.prelude is None:
        return set(letters.FUNCTIONS)
    return {"U", "u", "v", "y"} | ({"o", "c", *letters.SIZES} if world.survey.fixed else set()) | set(letters.FUNCTIONS) | {k for k in world.prelude.definitions if not k.startswith("J")}


__all__ = ["found_calls", "lent_names", "normalise"]
