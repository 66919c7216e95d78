"""A whole text to one meaning: which names it introduces, which the prelude lends, and the type of what is left free."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from ..kernel.functions import ENTRYWISE, WHOLE
from ..reading import read
from ..reading import tree as t
from . import letters, phrases
from .entries import Entry, Range
from .infer import Solver
from .layouts import plain_derivative
from .names import heads, key, mentions, plain, replaced, stripped, symbols
from .statements import Statement, survey
from .steps import at_step, first_step, labelled_step, recursion, step_of, stepwise
from .types import Size, Type, family, indices, matrix, number, unify, vector, words

ANCHORS = {"y^hat", "U"}  # with u_w, v_w and P(.|.): their use makes a text one of the course


@dataclass(frozen=True)
class Conventions:
    """Choices for the whole text. rows: vectors lie; table_rows: one word a row of U; gradient_rows: gradients of numbers lie;
    jacobian_columns: the Jacobian of f has the entry df_j/dx_i."""

    rows: bool = False
    table_rows: bool = False
    gradient_rows: bool = False
    jacobian_columns: bool = False


@dataclass
class Definition:
    """An entry with the statement that makes it and the section it belongs to."""

    entry: Entry
    section: int
    order: int
    statement: object = None


@dataclass
class World:
    """Everything that is fixed before a line is judged."""

    survey: object
    conventions: Conventions
    definitions: dict = field(default_factory=dict)  # key -> [Definition]
    declared: dict = field(default_factory=dict)  # key -> Entry
    free: dict = field(default_factory=dict)  # key -> Entry
    sizes: dict = field(default_factory=dict)  # letter -> Size
    computed: dict = field(default_factory=dict)  # name of a size -> tree
    letters: dict = field(default_factory=dict)  # free letter -> Range
    binders: dict = field(default_factory=dict)  # (sum, letter) -> Range
    prelude: object = None
    used: dict = field(default_factory=dict)  # key -> numbers of indices it is printed with
    functions: set = field(default_factory=set)
    bare: set = field(default_factory=set)  # names that are printed without arguments somewhere
    differentiated: dict = field(default_factory=dict)  # key of a body -> [variables]
    under_only: set = field(default_factory=set)  # names that occur only below a derivative
    tables: set = field(default_factory=set)  # size letters that are printed as matrices
    aside: dict = field(default_factory=dict)  # key of a name -> the supposition below which alone the text says what it is
    denied: set = field(default_factory=set)
    bound: set = field(default_factory=set)  # letters that some sum binds
    columnwise: bool = False
    rowwise: bool = False
    real: set = field(default_factory=set)
    rivals: dict = field(default_factory=dict)  # key -> [(section, order, line)] of equations that contradict a definition
    solver: object = None
    stated_sizes: list = field(default_factory=list)
    names_of_sizes: set = field(default_factory=set)
    known: dict = field(default_factory=dict)  # answers about the whole text, found once
    stated: dict = field(default_factory=dict)  # convention -> {section: what is stated there, None where words leave it open}

    def size_names(self):
        """The names of all sizes that stand for themselves."""
        return self.names_of_sizes | set(letters.SIZES)

    def sample_letters(self):
        """The letters that number draws: those that some sum lets run to K, and k where negative sampling is the subject."""
        if "samples" not in self.known:
            found = {key(letter) for tree, *_ in self.survey.formulas for n in t.walk(tree) if isinstance(n, t.Sum)
                     and n.domain[0] == "range" and stripped(n.domain[2] or n) == t.Symbol("K") for letter in n.letters}
            negative = any(s.loss == "negative sampling" for s in self.survey.statements)
            self.known["samples"] = found | (letters.SAMPLE_LETTERS if negative else set())
        return self.known["samples"]

    def index_families(self):
        """[(size of i, size of what x_i numbers)] of the names that stand for indices, as in v_{x_i}."""
        if "index families" not in self.known:
            self.known["index families"] = [found for e in self.free.values() for found in [indices(e.type)] if found]
        return self.known["index families"]

    def convention(self, name, section):
        """(the value of a convention in a section, what is stated of it there: several values or None if the text leaves it open)."""
        said, n = self.stated.get(name, {}), section
        while n >= 0 and n not in said:
            n = self.survey.sections[n].parent
        found = said[n] if n >= 0 else set().union(*said.values())
        found = found - {None} or found
        return found.copy().pop() if len(found) == 1 and None not in found else getattr(self.conventions, name), found

    def named_sizes(self):
        """{printed letter: the name of the size that it turned out to be}."""
        return {name: size.find().name or name for name, size in self.sizes.items()}


@cache
def prelude_named(name):
    """The World of a prelude document: a name in preludes/, or a path."""
    path = Path(__file__).parent / "preludes" / f"{name}.md"
    if not path.exists():
        path = Path(name)
    return Prelude(path.read_text("utf-8"))


class Prelude:
    """The definitions of a prelude document; those below a heading are the loss with that name."""

    def __init__(self, text):
        found = survey(read(text))
        self.definitions, self.losses = {}, {}
        for statement in found.statements:
            if statement.inline:
                continue
            entry = definition(statement, 0, "the course's prelude")
            self.definitions[entry.key] = entry
            title = found.sections[statement.section].title.strip().lower()
            if title in letters.LOSSES or title == "soft labels":
                self.losses[title] = entry
        self.survey = found


def elaborate(text, prelude="word2vec", conventions=Conventions(), found=None):
    """The World of a reading.Text under these conventions."""
    found = found or survey(text)
    world = World(found, conventions, prelude=prelude_named(prelude) if prelude else None)
    clean_facts(world)
    normalise(world)
    count_uses(world)
    read_facts(world)
    introduce(world)
    solve(world)
    return world


# -- names ------------------------------------------------------------------------------------------------------------
def named(tree):
    """Whether a fact is about a name."""
    return isinstance(tree, t.Symbol) or isinstance(tree, t.Transposed) and isinstance(tree.arg, t.Symbol)


def clean_facts(world):
    """The facts about something that has a name."""
    if world.survey.fixed:
        world.survey.facts = [f for f in world.survey.facts if f.stated]
    kept = ("property", "property of its own", "soft", "repeats", "o drawn", "repeated window", "tied")
    world.survey.facts = [f for f in world.survey.facts if f.kind in kept or f.kind.startswith("doubt") or not f.trees or named(f.trees[0])
                          or f.kind == "space" and plain_derivative(f.trees[0])]


def normalise(world):
    """W_1 beside no W is a name of its own; theta^w beside no theta likewise."""
    for s in world.survey.statements:
        if s.left.tree is None or s.right.tree is None or s.order < 0:
            continue
        fixed = free_indices(s.left.tree) | {key(r.left) for r in s.conditions if isinstance(r.left, t.Symbol)}
        s.right = replace(s.right, tree=reaching(s.right.tree, fixed))
        s.left, s.right = pairs_bound(s.left, s.right)
    apply_change(world, named_loss)
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
    dummies(world)
    trees = [f[0] for f in world.survey.formulas]
    nodes = [n for tree in trees for n in t.walk(tree)]
    zeros = zero_for_o(nodes)
    split = numbered(nodes) | functions_by_number(world, nodes)
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


def dummies(world):
    """A chain whose only letter is x says something of every x: its x is its own. So is a c that is added, as no word can be."""
    heads_ = {key(h) for s in world.survey.statements if s.left.tree is not None and heads(s.left.tree) is not None
              for h in [heads(s.left.tree)[0]] if not h.subs or key(h) in lent_names(world)}
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


def numbered(nodes):
    """Keys that are printed with a number below and never without or with a letter."""
    forms, zero = {}, set()
    for n in nodes:
        if isinstance(n, t.Symbol) and n.subs == (t.Number(Fraction(0)),):
            zero.add(key(n))
        if isinstance(n, t.Symbol):
            forms.setdefault(key(n), set()).add(tuple("number" if isinstance(i, t.Number) else "letter" for i in n.subs))
    return {k for k, f in forms.items() if (f == {("number",)} or k in zero and f == {("number",), ()}) and k not in ("u", "v", "w", "P|")}


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


def count_uses(world):
    """Which names the text prints, with how many indices; what it differentiates; which letters are sizes and functions."""
    calls, plain_uses, below = {}, {}, {}
    for tree, *_ in world.survey.formulas:
        for n in t.walk(tree):
            if isinstance(n, t.Symbol):
                world.used.setdefault(key(n), set()).add(len(n.subs) + len(n.sups))
                plain_uses[key(n)] = plain_uses.get(key(n), 0) + 1
            if isinstance(n, t.Derivative):
                note_derivative(world, n, below)
            if isinstance(n, t.Transposed) and isinstance(n.arg, t.Symbol):
                world.tables.add(key(n.arg))
            if isinstance(n, t.Sum):
                world.bound |= {key(letter) for letter in n.letters}
            if isinstance(n, t.Sum) and n.domain[0] == "range":
                note_size(world, n.domain[2])
            if isinstance(n, t.Times):
                for sign, a, b in zip(n.signs, n.factors, n.factors[1:]):
                    if sign == "()" and isinstance(a, t.Symbol):
                        calls.setdefault(key(a), []).append(b)
            if isinstance(n, t.Apply) and isinstance(n.function, t.Symbol):
                calls.setdefault(key(n.function), []).append(n)
    for name, args in calls.items():
        if len(args) == plain_uses.get(name) and all(is_argument(a) for a in args):
            world.functions.add(name)
    world.bare = {name for name, n in plain_uses.items() if n > len(calls.get(name, ()))}
    world.under_only = {k for k, n in below.items() if n == plain_uses.get(k)}


def is_argument(tree):
    """What is called rather than multiplied: f(x), f(X_ij), f(3), and anything with a comma."""
    if isinstance(tree, (t.Power, t.Transposed)):
        tree = tree.base if isinstance(tree, t.Power) else tree.arg
    if isinstance(tree, t.Apply):
        return True
    return isinstance(tree, t.Bracket) and isinstance(tree.arg, (t.Symbol, t.Number)) or isinstance(tree, t.Tuple)


def note_derivative(world, node, below):
    body = stripped(node.body)
    if isinstance(body, t.Times) and len(body.factors) == 2 and body.signs == ("()",):
        body = body.factors[0]
    if isinstance(body, t.Apply) and isinstance(body.function, t.Symbol):
        body = body.function
    for variable in node.variables:
        bare = stripped(variable)
        if isinstance(bare, t.Transposed):
            bare = bare.arg
        if isinstance(bare, t.Symbol):
            below[key(bare)] = below.get(key(bare), 0) + 1
            world.tables.add(key(bare))
            if isinstance(body, t.Symbol) and key(body) != key(bare):
                world.differentiated.setdefault(key(body), [])
                if bare not in world.differentiated[key(body)]:
                    world.differentiated[key(body)].append(bare)


def note_size(world, bound):
    """A letter above a sum is a size."""
    if bound is None:
        return
    bound = stripped(bound)
    if isinstance(bound, t.Symbol) and not bound.subs and key(bound) not in world.sizes and key(bound) not in letters.SIZES:
        world.sizes[key(bound)] = Size(key(bound), soft=True)


# -- what the sentences say -------------------------------------------------------------------------------------------
def read_facts(world):
    for fact in world.survey.facts:
        handler = FACTS.get(fact.kind)
        if handler is not None:
            handler(world, fact)


def declare(world, tree, fact, **changes):
    """The Entry of a declared name."""
    bare = tree.arg if isinstance(tree, t.Transposed) else tree
    if not isinstance(bare, t.Symbol):
        return None
    name = key(bare)
    entry = world.declared.get(name)
    if entry is None:
        entry = Entry(name, "free", f"line {fact.line}", fact.line, bare.base, bare.accents, bare.label, declared=True)
        entry.place = fact.section if fact.section and (fact.stated or used_before(world, name, fact)) else None
        world.declared[name] = entry
    for field_, value in changes.items():
        setattr(entry, field_, value)
    return entry


def used_before(world, name, fact):
    """Whether a formula in an earlier section has the name: then the declaration speaks for its own section only."""
    return any(section < fact.section and any(key(n) == name for n in symbols(tree)) for tree, section, _ in world.survey.formulas)


def size_for(world, tree):
    """The Size that a printed size denotes; a fresh one for a number or an expression."""
    tree = stripped(tree)
    if isinstance(tree, t.Bars):
        tree = stripped(tree.arg)
        if isinstance(tree, t.Symbol) and is_vocabulary(tree):
            return world_size(world, "V")
    if isinstance(tree, t.Symbol) and not tree.subs:
        size = world_size(world, key(tree))
        world.stated_sizes.append(size)
        return size
    return Size(hint=tree)


def world_size(world, name):
    if name not in world.sizes:
        world.sizes[name] = Size(name, soft=name not in letters.SIZES)
    return world.sizes[name]


def is_vocabulary(symbol):
    return key(symbol).replace("^cal", "").lower() in ("v", "vocab", "vocabulary", "w", "words", "voc") or key(symbol) == "V^cal"


def _space(world, fact):
    tree, *sizes = fact.trees
    if is_lent(world, tree) and not own(world, fact, tree, sizes):
        return space_of_lent(world, tree, sizes)
    entry = declare(world, tree, fact)
    if entry is None:
        return
    ones = [stripped(x) == t.Number(Fraction(1)) for x in sizes]
    if not sizes:
        kind = number()
    elif len(sizes) == 1:
        kind = vector(size_for(world, sizes[0]), world.conventions.rows)
    elif ones[0] or ones[1]:
        kind = vector(size_for(world, sizes[1] if ones[0] else sizes[0]), ones[0])
    else:
        kind = matrix(*(size_for(world, x) for x in sizes[:2]))
    give(world, entry, tree, kind)


def _length(world, fact):
    """A size said in words; of a name that the course lends it says nothing new, and a letter that numbers things has none."""
    name = key(fact.trees[0])
    if not (name in lent_names(world) and world.used.keys() & ANCHORS) and not any(
            name in map(key, n.subs) for tree, *_ in world.survey.formulas for n in symbols(tree) if all(isinstance(i, t.Symbol) for i in n.subs)):
        _space(world, fact)


def is_lent(world, tree):
    """Whether a declaration is about a name that the prelude lends: U, u_w, v_c, y-hat."""
    if not isinstance(tree, t.Symbol):
        return False
    name = key(tree)
    return name in ("U", "y^hat", "V") and world.prelude is not None or name in ("u", "v") and bool(tree.subs)


def own(world, fact, tree, sizes):
    """Whether a space says that a letter of the course is the text's own: v_1, ..., v_n, or a matrix U without a side for words; n is
    one only where the text has words."""
    names = size_letters(sizes)
    if key(tree) in ("u", "v"):
        return fact.words == "list" and key(tree.subs[0]) not in ("V", "N", "W", "T", "K")
    course = bool(ANCHORS & world.used.keys()) or any(any(world.used.get(name, ())) for name in ("u", "v"))
    return key(tree) in ("U", "V") and len(names) == 2 and not ({"V", "|V|", "V^cal", "W", ""} | ({"N", "n"} if course else set())) & set(names)


def size_letters(sizes):
    return [key(stripped(x)) if isinstance(stripped(x), t.Symbol) else "|V|" if isinstance(stripped(x), t.Bars) else "" for x in sizes]


def space_of_lent(world, tree, sizes):
    """U in R^{V x D} states that its rows are the words."""
    names = size_letters(sizes)
    if key(tree) in ("U", "V") and len(names) == 2:
        if names[0] in ("V", "|V|", "V^cal", "W", "N") and names[1] not in ("V", "|V|"):
            world.conventions = replace(world.conventions, table_rows=True)
        world.denied.add("table stated")


def give(world, entry, tree, kind):
    """Gives a type to a declared name, for each of its indices a family."""
    for index in (*getattr(tree, "sups", ()), *getattr(tree, "subs", ())):
        if not isinstance(index, t.Number):
            kind = family(Size(), kind)
    try:
        unify(entry.type, kind, world_trail(world))
    except Exception as error:  # a second declaration that differs from the first: the first stays
        if type(error).__name__ != "Conflict":
            raise


def world_trail(world):
    if world.solver is None:
        world.solver = Solver(None)
    return world.solver.trail


def _type(world, fact):
    tree, kind = fact.trees[0], fact.words
    if is_lent(world, tree) and kind in ("vector", "column vector", "row vector", "matrix", "function", "named", "column", ""):
        return
    if key(tree) == "y" and kind in ("vector", "column vector") and world.used.keys() & ANCHORS and any(f.kind == "one-hot" and f.trees == (tree,) for f in world.survey.facts):
        return  # `y is the one-hot vector of the outside word` says of y what the course's y is
    told = kind == "index" and key(tree) == "k" and phrases.TRUE_WORD.search(fact.words_said)
    if not told and kind in ("index", "function", "named") and key(tree) in letters.OUTSIDE | letters.CENTER | {"w", "k", "t"}:
        return
    if kind == "index" and phrases.TRUE_WORD.search(fact.words_said):
        world.declared[key(tree)] = Entry(key(tree), "word", f"line {fact.line}", fact.line, role="outside", declared=True)
        return
    if kind == "index":
        world.declared.setdefault(key(tree), Entry(key(tree), "letter", f"line {fact.line}", fact.line, declared=True))
        return
    if kind in ("named", ""):
        world.declared.setdefault("?" + key(tree), Entry(key(tree), "named"))
        return
    if kind == "function" and not called(world, tree):
        return  # `L is a function of O`, and L stands without a bracket
    entry = declare(world, tree, fact)
    if entry is None:
        return
    if kind == "number" and key(tree) in world.sizes and not phrases.VOCABULARY.search(fact.words_said):
        world.sizes[key(tree)].soft = False
        del world.declared[key(tree)]
        return
    if kind == "function":
        entry.kind = "function"
        return
    made = {"number": number, "vector": lambda: vector(Size(), world.conventions.rows), "column vector": lambda: vector(Size()),
            "row vector": lambda: vector(Size(), True), "matrix": lambda: matrix(Size(), Size())}[kind]()
    give(world, entry, tree, made)


def _one_hot(world, fact):
    tree = fact.trees[0]
    name = key(tree)
    lent = name == "y" and world.used.keys() & ANCHORS and len(fact.trees) == 1
    if lent:
        return
    entry = declare(world, tree, fact, one_hot=fact.trees[1] if len(fact.trees) > 1 else 0)
    if entry is not None and not entry.type.known:
        at = fact.trees[1] if len(fact.trees) > 1 else tree
        word = isinstance(at, t.Symbol) and (key(at) in letters.CENTER | letters.OUTSIDE or key(at) == letters.WORDS and bool(at.subs))
        size = world_size(world, "V") if word or name == "y" and world.used.keys() & ANCHORS else Size()
        kind = vector(size, world.conventions.rows)
        for _ in tree.sups:
            kind = family(Size(), kind)
        entry.params = tuple(key(i) for i in tree.sups)
        unify(entry.type, kind, world_trail(world))


def _distribution(world, fact):
    tree = fact.trees[0]
    if not isinstance(tree, t.Symbol) or key(tree) == "y^hat":
        return
    if key(tree) == "y" and world.used.keys() & ANCHORS:
        fact.kind = "soft"
        return
    if fact.kind == "sum entries" and max(world.used.get(key(tree), {0})) > 1:
        return  # of a table nothing here makes use of it
    entry = declare(world, replace(tree, subs=()), fact, **({"lines": fact.kind} if fact.kind == "sum entries" else {"distribution": True}))
    if entry is not None and not entry.type.known:
        unify(entry.type, vector(Size(), world.conventions.rows), world_trail(world))


def _lines(world, fact):
    """Each row, or each column, of a matrix is one-hot, a distribution, or sums to 1."""
    tree = fact.trees[0]
    if isinstance(tree, t.Symbol) and not tree.indices and key(tree) not in ("U", "V"):
        declare(world, tree, fact, lines=fact.kind)


def _rows_of(world, fact):
    whole, part = fact.trees
    if not isinstance(whole, t.Symbol) or not isinstance(part, t.Symbol):
        return
    if key(whole) in ("U", "V"):
        world.conventions = replace(world.conventions, table_rows=fact.kind == "rows of")
        world.denied.add("table stated")
        return
    entry = declare(world, whole, fact, family=key(part), role=fact.kind)
    if entry is not None:
        entry.kind = "table"


def _convention(**changes):
    def apply(world, fact):
        for name, value in changes.items():
            world.stated.setdefault(name, {}).setdefault(fact.section, set()).add(value)
        world.conventions = replace(world.conventions, **changes)
        world.denied |= {f"{name} stated" for name in changes}

    return apply


def _layout(world, fact):
    """A layout by its name says how Jacobians stand, and gradients too unless the text says that apart."""
    columns = fact.kind == "denominator layout"
    _convention(jacobian_columns=columns)(world, fact)
    if not any(f.kind in ("gradient shape", "gradient rows") for f in world.survey.facts):
        _convention(gradient_rows=not columns)(world, fact)


def _open_layout(world, fact):
    """What is denied is open in its section; what is only mentioned is open where nothing is stated."""
    world.stated.setdefault("jacobian_columns", {}).setdefault(fact.section if fact.kind == "doubt layout" else -1, set()).add(None)


def _deny(world, fact):
    if fact.kind == "tied":
        world.denied.add(fact.kind)


def _function(world, fact):
    entry = declare(world, fact.trees[0], fact, kind="function")
    if entry is not None:
        entry.role = {"sigmoid": "sigma", "logistic": "sigma"}.get(fact.words, fact.words)


def called(world, tree):
    """Whether a name has arguments somewhere; J is the loss of the course."""
    return not isinstance(tree, t.Symbol) or tree.base == "J" or any(
        name == key(tree) for formula, *_ in world.survey.formulas for name, _ in found_calls(formula)) or any(
        isinstance(n, t.Apply) and n.function == tree for formula, *_ in world.survey.formulas for n in t.walk(formula))


def _values(world, fact):
    entry = declare(world, fact.trees[0], fact)
    if entry is not None:
        give(world, entry, fact.trees[0], number())
        numbers = [numeral(e) for e in getattr(fact.trees[1], "elements", ())]
        if numbers and None not in numbers:
            entry.values = tuple(numbers)


def numeral(tree):
    """The number that a tree prints, or None."""
    if isinstance(tree, t.Minus):
        inner = numeral(tree.arg)
        return None if inner is None else -inner
    return tree.value if isinstance(tree, t.Number) else None


def _real(world, fact):
    if isinstance(fact.trees[0], t.Symbol):
        world.real.add(key(fact.trees[0]))


FACTS = {**dict.fromkeys((f"{kind} {lines}" for kind in ("one-hot", "distribution", "sum") for lines in ("rows", "columns")), _lines), "space": _space, "length": _length, "type": _type, "one-hot": _one_hot, "distribution": _distribution, "sum entries": _distribution, "rows of": _rows_of, "columns of": _rows_of,
         "words rows": _convention(table_rows=True), "words columns": _convention(table_rows=False),
         "rows vectors": _convention(rows=True), "columns vectors": _convention(rows=False),
         "gradient shape": _convention(gradient_rows=False), "gradient rows": _convention(gradient_rows=True),
         "jacobian rows": _convention(jacobian_columns=False), "jacobian columns": _convention(jacobian_columns=True),
         "numerator layout": _layout, "denominator layout": _layout, "doubt layout": _open_layout, "mentioned layout": _open_layout,
         "rowwise": lambda world, fact: setattr(world, "rowwise", True),
         "columnwise": lambda world, fact: setattr(world, "columnwise", True),
         "values": _values, "soft": _deny, "tied": _deny, "repeats": _deny, "o drawn": _deny, "repeated window": _deny, "function": _function, "real": _real,
         "stated size": lambda world, fact: size_for(world, fact.trees[0])}


# -- definitions ------------------------------------------------------------------------------------------------------
def definition(statement, place, origin, reverse=False, runs=None):
    """The Entry that an equation makes; `runs`: the letters that the text lets run."""
    left, right = (statement.right, statement.left) if reverse else (statement.left, statement.right)
    head, params = heads(left.tree)
    calls = () if params is None or any(isinstance(p, t.Dots) for p in params) else tuple(params)
    indices, body = head.indices, right.tree
    drawn = len(indices) == 1 and of_any_word(indices[0], body)
    if drawn:
        own = t.Symbol(indices[0].base)
        indices, body = (own,), replaced(body, {indices[0]: own})
    point = bool(indices) and not of_all(indices, runs)
    entry = Entry(key(head), "definition", origin, statement.line, head.base, head.accents, head.label, Type(), "",
                  () if point else tuple(key(i) for i in indices), (), calls, body, place, point)
    entry.words = left.text
    entry.arguments, entry.drawn = (head,) if point else (), drawn
    return entry


def of_any_word(index, body):
    """Whether an equation with the index w_k says something of every word: its right side prints neither w nor k but in w_k."""
    if not (isinstance(index, t.Symbol) and len(index.indices) == 1 and index.subs and is_parameter(index.subs[0]) and is_parameter(t.Symbol(index.base))):
        return False
    rest = replaced(body, {index: t.Number(Fraction(1))})
    return rest != body and not any(key(n) in (index.base, key(index.subs[0])) for n in symbols(rest))


def of_all(indices, runs):
    """Whether an equation with these indices says something of every value: of parameters, beside o, c or t too if that is a text's, or
    of letters that the text lets run."""
    if runs is None or not all(isinstance(i, t.Symbol) and not i.indices for i in indices):
        return all(map(is_parameter, indices))
    return any(map(is_parameter, indices)) or {key(i) for i in indices} <= runs


def running(world):
    """The letters that the text lets run: below a sum, `for t = 1, ..., T`, `for every word c`."""
    said = {key(f.trees[0]) for f in world.survey.facts if f.kind == "running" or f.kind == "values"}
    return said | {key(letter) for tree, *_ in world.survey.formulas for n in t.walk(tree) if isinstance(n, t.Sum) for letter in n.letters}


def is_parameter(index):
    """A letter that may take any value; o, c and numbers are points."""
    return isinstance(index, t.Symbol) and not index.subs and not index.sups and \
        key(index) not in letters.OUTSIDE | letters.CENTER | {letters.POSITION}


def introduce(world):
    """Finds, in reading order, which equations define a name."""
    runs = running(world)
    for order, statement in enumerate(world.survey.statements):
        statement.order = order
        if statement.role == "definition":
            statement.role = ""
        first_step(world, statement)
        if statement.left.tree is None or statement.right.tree is None or statement.role or statement.sign == "approx":
            continue
        if notation(statement):
            statement.role = "assignment"  # p = p(z) says of what p is a function, and no more
            continue
        if statement.sign == "equiv" and not (heads(statement.left.tree) and fresh(world, heads(statement.left.tree)[0], statement)):
            continue  # of a name that the text has, it is a claim
        side = defines(world, statement)
        if side is None or statement.role:
            continue
        entry = definition(statement, (statement.section, statement.loss), f"line {statement.line}", side == "right", runs)
        world.definitions.setdefault(entry.key, []).append(Definition(entry, statement.section, order, statement))
        statement.role = "definition"


def notation(statement):
    """Whether an equation is p = p(z)."""
    found = heads(statement.right.tree)
    return found is not None and bool(found[1]) and statement.left.tree == found[0] and all(isinstance(p, t.Symbol) for p in found[1])


def defines(world, statement):
    """'left' or 'right' when the equation may define that side, else None."""
    left = can_define(world, statement, statement.left.tree, statement.right.tree)
    if statement.inline and statement.supposed:
        if left and statement.step == 1 and statement.sign in ("=", ":="):
            world.aside.setdefault(key(heads(statement.left.tree)[0]), statement.supposed)
        return None
    first = statement.step == 1 or statement.order > 0 and notation(world.survey.statements[statement.order - 1])
    if left and statement.sign != "=:" and (first or statement.sign == ":="):
        return "left"
    if statement.step > 1 or statement.sign in ("=:", ":="):
        right = can_define(world, statement, statement.right.tree, statement.left.tree)
        if right and fresh(world, heads(statement.right.tree)[0], statement):
            return "right"
    return None


def can_define(world, statement, tree, body):
    found = heads(tree)
    if found is None:
        return False
    head, params = found
    name = key(head)
    if name in world.aside:
        return False
    if params is None and labelled_step(world, head) and labelled_step(world, head) != ("", 0) and recursion(world, head):
        return False  # the text says step by step what it is
    if "prime" in head.accents and not updates(statement, head, body) and t.Symbol(head.base, tuple(a for a in head.accents if a != "prime")) and was_defined(world, name.rstrip("'")):
        return False
    if statement.named and params is None and statement.step == 1 and fresh(world, head, statement):
        statement.supposed = statement.supposed or f"that {head.base} is the {statement.named}"
        return False
    if params is None and by_earlier_values(world, head, statement, body):
        statement.supposed = statement.supposed or f"what it says of {head.base} at each step"
        return False
    if any(key(n) == name and (n.subs or head.subs or name not in ("u", "v")) for n in symbols(body)) and not (
            name in ("u", "v") and not head.subs and all(n.subs for n in symbols(body) if key(n) == name)):
        if statement.sign == ":=":
            statement.role = "assignment"
        return False
    indices = head.indices
    if len(set(indices)) < len(indices):
        return False
    if params and name in letters.FUNCTIONS and not all(isinstance(p, t.Symbol) and mentions(body, key(p)) and not visible(world, key(p), statement, p) for p in params):
        return False  # at a value that the text has, sigma(z) = ... says something of z
    told = world.declared.get(name)
    if params and (told is not None and told.kind == "function" and told.role == "sigma" and told.line <= statement.line
                   or name in letters.FUNCTIONS and phrases.SIGMOID_SAID.match(statement.before)):
        return False  # what is called the sigmoid has a meaning
    lone = name in ("u", "v") and not head.subs
    if visible(world, name, statement, head, params) or not lone and circular(world, name, body):
        return False
    if any(s.role == "hypothesis" and s.section == statement.section and any(mentions(side.tree, name) for side in (s.left, s.right) if side.tree is not None)
           for s in world.survey.statements[: statement.order]):
        return False  # the text has supposed something of it
    if told is not None and (told.one_hot is not None or told.lines.startswith("one-hot")) and told.line <= statement.line and not any(
            isinstance(n, (t.Cases, t.Indicator)) or n == t.Symbol("\\delta", subs=getattr(n, "subs", ())) for n in t.walk(body)):
        return False  # what is one-hot is no more defined by t_1 = 0
    if solves(world, body, name, statement):
        statement.supposed = statement.supposed or "that it solves an equation above"
        return False
    if is_constant(body) and name in lent_names(world) and not lone:
        return False
    lent = name in lent_names(world) and not lone and not (head.subs and (name in letters.SIZES or more_indices(world, name, head)))
    if world.survey.fixed and head.base == "J" and not head.accents and world.prelude is not None and (statement.loss in world.prelude.losses and not head.label
                                                                                 or labelled_loss(world, head.label)):
        return False
    if name in ("u", "v") and "tied" in world.denied and isinstance(stripped(body), t.Symbol) and not before_use(world, name, statement):
        return True
    if lent and (world.survey.fixed or any(not is_parameter(i) and i != t.Number(Fraction(0)) for i in indices) or before_use(world, name, statement)):
        return False
    if name in letters.OUTSIDE | letters.CENTER and isinstance(body, (t.Number, t.Symbol)):
        return False
    return True


def by_earlier_values(world, head, statement, body):
    """Whether the text says a name by its earlier values and by the step as a number, S_n = S_{n-1} + n: of a value it is then no definition."""
    def is_recursion(symbol, tree):
        steps = [step_of(i) for i in symbol.subs]
        return any(letter and key(n) == key(symbol) and len(n.subs) == len(steps) and step_of(n.subs[at])[0] == letter and step_of(n.subs[at])[1] != shift
                   for at, (letter, shift) in enumerate(steps) for n in symbols(tree))

    if is_recursion(head, body):
        return statement.step == 1
    if not any(isinstance(i, t.Number) and i.value > 0 for i in head.subs):
        return False
    for s in world.survey.statements:
        found = heads(s.left.tree) if s.left.tree is not None and s.right.tree is not None and s.step == 1 else None
        if found is not None and found[1] is None and key(found[0]) == key(head) and is_recursion(found[0], s.right.tree):
            return True
    return False


def updates(statement, head, body):
    """Whether `let w' = w - eta g` says what a step makes of w."""
    said = statement.sign == ":=" or statement.inline and phrases.LET.search(statement.before)
    before = replace(head, accents=tuple(a for a in head.accents if a != "prime"))
    return bool(said) and isinstance(body, t.Plus) and before in body.terms and head.base not in letters.FUNCTIONS


def solves(world, body, name, statement):
    """Whether a body prints the inverse of a matrix, w = (X^T X)^{-1} X^T y, for a name that the text used above: a value of the
    variable at which something holds, and no definition."""
    inverse = any(isinstance(n, t.Power) and isinstance(n.exponent, t.Minus) and (any(isinstance(x, t.Transposed) for x in t.walk(n.base)) or t.Symbol("I") in symbols(n.base))
                  for n in t.walk(body))
    return inverse and any(mentions(side.tree, name) for s in world.survey.statements[: statement.order] for side in (s.left, s.right) if side.tree is not None)


def more_indices(world, name, symbol):
    """Whether a name of the prelude is printed with another number of indices than there: then it is the text's own."""
    entry = world.prelude.definitions.get(name) if world.prelude is not None else None
    return entry is not None and len(symbol.subs) > max(1, len(entry.params))


def labelled_loss(world, label):
    """Whether a label names a loss of the prelude."""
    plain_label = label.lower().strip("^").replace(" ", "-").replace("_", "-")
    return any(plain_label in names and loss in world.prelude.losses for loss, names in letters.LOSSES.items())


def is_constant(body):
    """Whether a body is a number that depends on nothing but a size: 0, 1/3, 1/V, not a column of numbers."""
    return not any(isinstance(n, (t.Grid, t.Tuple)) or isinstance(n, t.Symbol) and (n.subs or key(n) not in letters.SIZES) for n in t.walk(body))


def before_use(world, name, statement):
    """Whether the text used a lent name before this equation, in another formula: then it had the course's meaning. `p = f(z)
    with z = ...` says at once what z is, and so does `p = f(z), z = ...` of letters that the course does not know."""
    lent = lent_names(world) | letters.CENTER | letters.OUTSIDE
    known = lent | set(world.declared) | set(world.definitions)
    named = {key(n) for n in symbols(statement.right.tree)}
    told = statement.inline and phrases.LET.search(statement.before) and named <= known
    own = not named & (lent - set(letters.FUNCTIONS))
    lines = {d.order for found in world.definitions.values() for d in found} if own else ()

    def at_once(s):
        near = s.section == statement.section and statement.line - s.line <= 2 and statement.order - s.order <= 2
        return near and (told or own and s.order in lines and mentions(s.right.tree, name) and not mentions(s.left.tree, name))

    def here(s):
        return s.order in {d.order for d in world.definitions.get(name, ()) if d.entry.point}

    return any(mentions(s.left.tree, name) or mentions(s.right.tree, name)
               for s in world.survey.statements[: statement.order] if s.left.tree is not None and s.right.tree is not None and not at_once(s) and not here(s))


def was_defined(world, name):
    return name in world.definitions or name in world.used


def fresh(world, head, statement):
    """Whether a name is new at this place: no use before it."""
    name = key(head)
    if name in lent_names(world) or name in world.declared or name in letters.OUTSIDE | letters.CENTER | set(letters.SIZES):
        return False
    for s in world.survey.statements[: statement.order]:
        for side in (s.left, s.right):
            if side.tree is not None and mentions(side.tree, name):
                return False
    return statement.step == 1 or not mentions(statement.left.tree, name)


def denied_at(world, section, order):
    """The standing hypotheses that the text denies before a statement, in its section or in one around it."""
    found = {}  # kind -> whether a check comment denies it, which no sentence takes back
    for fact in said_at(world, section, order):
        if fact.kind in DENIALS:
            found[fact.kind] = fact.stated or found.get(fact.kind, False)
        elif not found.get(fact.kind.removeprefix("granted "), True):
            del found[fact.kind.removeprefix("granted ")]
    return set(found)


def said_at(world, section, order):
    """The facts said before a statement, in its section or in one around it."""
    around, n = {0}, section
    while n >= 0:
        around.add(n)
        n = world.survey.sections[n].parent
    return [f for f in world.survey.facts if f.section in around and f.order <= order]


DENIALS = ("soft", "repeats", "o drawn", "repeated window")


def lent_names(world):
    """The names of the prelude and of its tables."""
    if world.prelude is None:
        return set(letters.FUNCTIONS)
    return {"U", "u", "v", "y"} | ({"o", "c", *letters.SIZES} if world.survey.fixed else set()) | set(letters.FUNCTIONS) | {k for k in world.prelude.definitions if not k.startswith("J")}


def visible(world, name, statement, head, params=None):
    """Whether the name has a definition that reaches this place, so that equating it again is a claim."""
    for d in world.definitions.get(name, ()):
        if d.entry.point and d.entry.arguments[0].subs != head.subs:
            continue
        if params and d.entry.calls and len(params) != len(d.entry.calls) or aside(d.entry, head):
            continue
        if d.section == statement.section:
            return True
        if (d.section == 0 or nested(world, d.section, statement.section)) and not turns_to(world, name, d, statement):
            return True
        if d.entry.body is not None and same_body(d, statement):
            return True
    return False


def aside(entry, head):
    """Whether a family is one over draws, s_k or s_{w_k} = u_{w_k}^T v_c, and a name is the same letter at a word, s_o: another quantity."""
    if len(entry.params) != 1 or len(head.indices) != 1 or is_parameter(head.indices[0]) or not isinstance(head.indices[0], t.Symbol):
        return False
    letter = t.Symbol(entry.params[0])
    if entry.drawn:
        return True
    drawn = {n for n in symbols(entry.body) for i in n.subs if isinstance(i, t.Symbol) and i.subs == (letter,)}
    return bool(drawn) and letter not in symbols(replaced(entry.body, {n: t.Number(Fraction(1)) for n in drawn}))


def turns_to(world, name, definition_, statement):
    """Whether the heading above a statement turns to another loss than the one that the text defined above it: below `## Negative
    sampling` the text says anew what J is."""
    section = world.survey.sections[statement.section]
    if name in section.anew and section.number != definition_.section:
        return True
    if world.survey.fixed or name not in letters.LOSS_NAMES:
        return False
    while section.number != definition_.section and section.parent >= 0:
        found = phrases.models(section.title)
        if len(found) == 1 and found[0] not in definition_.statement.models:
            return True
        section = world.survey.sections[section.parent]
    return False


def same_body(definition_, statement):
    return definition_.entry.body == statement.right.tree


def nested(world, outer, inner):
    """Whether a section lies in another."""
    while inner > 0:
        inner = world.survey.sections[inner].parent
        if inner == outer:
            return True
    return False


def circular(world, name, body, seen=()):
    """Whether a body leads back to the name."""
    for symbol in symbols(body):
        other = key(symbol)
        if other == name:
            return True
        if other in seen:
            continue
        for d in world.definitions.get(other, ()):
            if circular(world, name, d.entry.body, (*seen, other)):
                return True
    return False


# -- types ------------------------------------------------------------------------------------------------------------
def solve(world):
    """Solves the types of all names: declarations and definitions first, then claims in order."""
    from .view import View

    trail = world_trail(world)
    solver = world.solver = Solver(None, trail)
    views = {}

    def view(section, loss="", layout=""):
        if (section, loss, layout) not in views:
            views[section, loss, layout] = View(world, section, loss, layout)
        solver.meaning = views[section, loss, layout]
        return views[section, loss, layout]

    view(0)
    for name in letters.SIZES:
        world_size(world, name)
    for size in world.stated_sizes:  # what the text names apart, nothing makes one
        if size.parent is None:
            size.soft = False
    for found in world.definitions.values():
        for d in found:
            told = world.declared.get(d.entry.key)
            if told is not None and not d.entry.params and not d.entry.calls:
                solver.attempt(lambda d=d, told=told: unify(d.entry.type, told.type, trail))
            solver.attempt(lambda d=d: define_type(solver, view(d.section, d.entry.place[1]), d.entry))
    solver.settle(0)
    for statement in world.survey.statements:
        if statement.role in ("definition",) or statement.left.tree is None or statement.right.tree is None:
            continue
        v = view(statement.section, statement.loss, statement.layout)
        solver.attempt(lambda s=statement, v=v: solver.equal(s.left.tree, s.right.tree, v))
        solver.settle(0)
    for tree, section, _ in world.survey.formulas:
        v = view(section)
        solver.attempt(lambda tree=tree, v=v: solver.read(tree, v))
    solver.meaning = view(0)
    solver.solve()
    finish(world, solver)


def define_type(solver, view, entry):
    """name: the type of its body, for each index a family over that index."""
    sizes = {p: None for p in entry.params}
    solver.stack.append((entry, sizes))
    try:
        body = solver.read(entry.body, view)
    finally:
        solver.stack.pop()
    kind = body
    for p in reversed(entry.params):
        size = sizes[p] if isinstance(sizes[p], Size) else view.world.sizes["K"] if sizes[p] == "sample" else Size()
        sizes[p] = size
        if not kind.known:
            solver.settle(0)
        kind = vector(size, view.rows) if kind.find().kind == "number" and p == entry.params[-1] else family(size, kind)
    entry.ranges = tuple(sizes[p] for p in entry.params)
    unify(entry.type, kind, solver.trail)


def type_dummies(world, solver, view):
    """The types of the letters that belong to one chain."""
    for s in world.survey.statements:
        if s.left.tree is not None and s.right.tree is not None and any("~" in n.label for n in symbols(s.left.tree)):
            solver.attempt(lambda s=s: solver.equal(s.left.tree, s.right.tree, view(s.section, s.loss, s.layout)))


def finish(world, solver, extra=()):
    """Names for the sizes that nothing names, ranges for letters and sums."""
    count = iter(range(1, 10**6))

    def named(size):
        root = size.find()
        if root.name and not root.name.startswith("bound"):
            world.names_of_sizes.add(root.name)
        if not root.name:
            if root.hint is not None and not isinstance(root.hint, t.Symbol):
                root.name = f"bound {next(count)}"
                world.computed[root.name] = root.hint
            else:
                root.name = f"n{next(count)}"
                world.names_of_sizes.add(root.name)
        return root.name

    def range_(size):
        if size == "offset":
            return Range("offset")
        if size == "sample":
            return Range("sample", "K")
        if size is None:
            return None
        name = named(size)
        return Range("word", "V") if name == "V" else Range("sample", "K") if name == "K" else Range("", name)

    def name_all(kind):
        kind = kind.find()
        for size in kind.sizes:
            named(size)
        for part in kind.parts:
            name_all(part)

    label = world.free.get("y")
    if label is not None and not label.declared and "y^hat" in world.used and one_number_each(label.type.find()):
        label.type = vector(label.type.find().sizes[0], world.conventions.rows)
        true = [name for name, e in world.declared.items() if e.kind == "word" and e.role == "outside"]
        label.one_hot, label.origin, label.declared = t.Symbol(true[0]) if len(true) == 1 else 0, "the course's prelude", True
    entries = list(extra) + [d.entry for found in world.definitions.values() for d in found] + list(world.declared.values()) + list(world.free.values())
    for entry in entries:
        if not entry.type.known and entry.kind in ("free",):
            unify(entry.type, number(), solver.trail)
        name_all(entry.type)
        entry.ranges = tuple(range_(s) if not isinstance(s, Range) and s is not None else s for s in entry.ranges)
    world.letters = {name: range_(size) for name, size in solver.letters.items()} | {
        name: Range("offset") for name in offsets(world) - world.definitions.keys() - world.declared.keys() if solver.letters.get(name) is None}
    world.binders = {place: range_(size) for place, size in solver.binders.items()}
    for size in list(world.sizes.values()):
        named(size)


def offsets(world):
    """The letters j of w_{t+j}."""
    sums_ = [i for tree, *_ in world.survey.formulas for n in symbols(tree) if n.base == letters.WORDS for i in n.subs if isinstance(i, t.Plus) and len(i.terms) == 2]
    return {key(j) for i in sums_ for place, j in (i.terms, i.terms[::-1]) if place == t.Symbol(letters.POSITION) and isinstance(j, t.Symbol) and not j.indices}


def one_number_each(kind):
    return kind.kind == "vector" or kind.kind == "family" and kind.parts[0].find().kind in ("", "number")


def legend_type(entry):
    return words(entry.type)


__all__ = ["World", "Conventions", "elaborate", "Definition", "Statement", "prelude_named", "plain", "matrix"]
