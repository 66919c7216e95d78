"""A whole text to one meaning: which names it introduces, which the prelude lends, and the type of what is left free."""

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from ..reading import read
from ..reading import tree as t
from . import letters, phrases
from .entries import Entry, Range
from .infer import Solver
from .layouts import plain_derivative
from .names import heads, key, mentions, plain, replaced, stripped, symbols
from .normalise import found_calls, lent_names, normalise
from .pieces import joins, limited
from .statements import Statement, survey
from .steps import first_step, labelled_step, recursion, step_of
from .types import Conflict, Size, Type, family, indices, matrix, number, same_size, unify, vector, words

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
    pieces: list = field(default_factory=list)  # further statements that say the name for the rest of its indices

    def made_by(self, statement):
        return self.statement is statement or any(s is statement for s in self.pieces)


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

    def most_printed(self):
        """{size that the text does not name: the largest number printed below what has so many entries}, as 4 for x_1, ..., x_4."""
        if "most" not in self.known:
            found = {}
            for entry in (*self.free.values(), *self.declared.values()):
                kind = entry.type.find()
                name = kind.sizes[0].find().name if kind.kind in ("family", "vector") and kind.sizes else ""
                if re.fullmatch(r"n\d+", name or ""):
                    below = [int(n.subs[0].value) for tree, *_ in self.survey.formulas for n in symbols(tree)
                             if key(n) == entry.key and len(n.subs) == 1 and isinstance(n.subs[0], t.Number) and n.subs[0].value.denominator == 1]
                    found[name] = max(found.get(name, 0), *below, 0)
            self.known["most"] = {name: most for name, most in found.items() if most > 2}
        return self.known["most"]

    def step_sizes(self):
        """The sizes, unnamed in the text, of what is said by its earlier values."""
        return {d.entry.ranges[0].size for found in self.definitions.values() for d in found if d.entry.first is not None and d.entry.ranges and d.entry.ranges[0] is not None
                and re.fullmatch(r"n\d+", getattr(d.entry.ranges[0], "size", ""))}

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
    own_families(world)
    introduce(world)
    solve(world)
    return world


# -- names ------------------------------------------------------------------------------------------------------------
def named(tree):
    """Whether a fact is about a name."""
    return isinstance(tree, t.Symbol) or isinstance(tree, t.Transposed) and isinstance(tree.arg, t.Symbol)


def own_families(world):
    """The letters u and v that number no words in a text: all their indices are numbers, or letters of sums up to a size that is not the
    vocabulary's, h = sum_{i=1}^n v_i and u_0, ..., u_K."""
    course = ANCHORS | {"z", "P|"}
    if world.survey.fixed or course & world.used.keys():
        return
    nodes = [n for tree, *_ in world.survey.formulas for n in t.walk(tree)]
    sums = {key(letter): n.domain for n in nodes if isinstance(n, t.Sum) for letter in n.letters}
    above = {key(stripped(d[2])) for d in sums.values() if d[0] == "range" and isinstance(stripped(d[2]) if d[2] is not None else None, t.Symbol)}
    printed = {name: {i for n in nodes if isinstance(n, t.Symbol) and key(n) == name for i in n.indices or ("",)} for name in ("u", "v")}
    own = {name: below and all(is_place(i, sums, above) for i in below) for name, below in printed.items()}
    for name in ("u", "v") if all(own[name] or not printed[name] for name in printed) else ():
        if own[name] and any(isinstance(i, t.Symbol) and key(i) not in above for i in printed[name]):
            world.declared.setdefault(name, Entry(name, "free", "nothing in the text says otherwise", base=name, type=family(Size(), vector(Size(), world.conventions.rows))))


def is_place(index, sums, above):
    """Whether an index is a number, the end of a list u_1, ..., u_K, or the letter of a sum up to a size that is not the vocabulary's."""
    if isinstance(index, t.Number):
        return True
    if not isinstance(index, t.Symbol) or index.indices:
        return False
    end = stripped(sums[key(index)][2]) if sums.get(key(index), ("",))[0] == "range" else None
    return key(index) in above or isinstance(end, t.Symbol) and not is_vocabulary(end) and key(end) != "N"


def clean_facts(world):
    """The facts about something that has a name."""
    if world.survey.fixed:
        world.survey.facts = [f for f in world.survey.facts if f.stated]
    kept = ("property", "supposed name", "property of its own", "soft", "repeats", "o drawn", "repeated window", "tied")
    world.survey.facts = [f for f in world.survey.facts if f.kind in kept or f.kind.startswith("doubt") or not f.trees or named(f.trees[0])
                          or f.kind == "space" and plain_derivative(f.trees[0])]




def count_uses(world):
    """Which names the text prints, with how many indices; what it differentiates; which letters are sizes and functions."""
    calls, plain_uses, below, lone = {}, {}, {}, {}
    for tree, *_ in world.survey.formulas:
        if isinstance(tree, t.Symbol):
            lone[key(tree)] = lone.get(key(tree), 0) + 1  # `$J$ is the loss` says nothing of its arguments
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
        one = lone.get(name, 0) if all(isinstance(a, t.Bracket) for a in args) else 0
        if len(args) == plain_uses.get(name, 0) - one and all(is_argument(a) for a in args):
            world.functions.add(name)
    world.bare = {name for name, n in plain_uses.items() if n - lone.get(name, 0) > len(calls.get(name, ()))}
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
        entry = Entry(name, "ones" if name == "1" else "free", f"line {fact.line}", fact.line, bare.base, bare.accents, bare.label, declared=True)
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


def alike(world, tree, name):
    """What is printed is a size of the course: N is the number of words, d the length of their vectors."""
    try:
        same_size(size_for(world, tree), world_size(world, name), world_trail(world))
    except Conflict:
        pass  # the text has both


def space_of_lent(world, tree, sizes):
    """U in R^{V x D} states that its rows are the words, u_w in R^d that they have d entries."""
    names = size_letters(sizes)
    if key(tree) in ("u", "v") and len(sizes) == 1 and names[0]:
        alike(world, sizes[0], "D")
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
    if kind == "number" and key(tree) in letters.SIZES and bounds_a_sum(world, key(tree)):
        return  # let K >= 2 says nothing new of the size K
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


def bounds_a_sum(world, name):
    return any(mentions(x, name) for tree, *_ in world.survey.formulas for n in t.walk(tree) if isinstance(n, t.Sum) for x in n.domain if isinstance(x, t.Tree))


def _ones(world, fact):
    """A vector all of whose entries are 1."""
    entry = declare(world, fact.trees[0], fact, kind="ones")
    if entry is not None and not entry.type.known:
        unify(entry.type, vector(Size(), world.conventions.rows), world_trail(world))


def _one_hot(world, fact):
    tree = fact.trees[0]
    name = key(tree)
    sized = any(f.kind == "space" and f.trees[0] == tree for f in world.survey.facts)
    lent = name == "y" and world.used.keys() & ANCHORS and len(fact.trees) == 1 and not sized
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


def _symmetric(world, fact):
    """A matrix that is its own transpose, if no equation says what it is."""
    name = key(fact.trees[0])
    defined = any(found is not None and key(found[0]) == name and not (found[0] == s.left.tree and mentions(s.right.tree, name))
                  for s in world.survey.statements if s.left.tree is not None and s.right.tree is not None for found in [heads(s.left.tree)])
    if defined or name in ("U", "V", "u", "v") or max(world.used.get(name, {2})) == 1:
        fact.kind, fact.words_said = "property", name
        return
    entry = declare(world, fact.trees[0], fact, lines="symmetric")
    if entry is not None and not entry.type.known and max(world.used.get(name, {0})) < 2:
        size = Size()
        unify(entry.type, matrix(size, size), world_trail(world))


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


FACTS = {**dict.fromkeys((f"{kind} {lines}" for kind in ("one-hot", "distribution", "sum") for lines in ("rows", "columns")), _lines), "space": _space, "length": _length, "type": _type, "ones": _ones, "one-hot": _one_hot, "distribution": _distribution, "sum entries": _distribution, "symmetric": _symmetric, "rows of": _rows_of, "columns of": _rows_of,
         "words rows": _convention(table_rows=True), "words columns": _convention(table_rows=False),
         "rows vectors": _convention(rows=True), "columns vectors": _convention(rows=False),
         "gradient shape": _convention(gradient_rows=False), "gradient rows": _convention(gradient_rows=True),
         "jacobian rows": _convention(jacobian_columns=False), "jacobian columns": _convention(jacobian_columns=True),
         "numerator layout": _layout, "denominator layout": _layout, "doubt layout": _open_layout, "mentioned layout": _open_layout,
         "rowwise": lambda world, fact: setattr(world, "rowwise", True),
         "columnwise": lambda world, fact: setattr(world, "columnwise", True),
         "values": _values, "soft": _deny, "tied": _deny, "repeats": _deny, "o drawn": _deny, "repeated window": _deny, "function": _function, "real": _real,
         "kronecker": lambda world, fact: declare(world, fact.trees[0], fact, kind="kronecker"),
         "vocabulary": lambda world, fact: alike(world, fact.trees[0], "V"),
         "stated size": lambda world, fact: size_for(world, fact.trees[0])}


# -- definitions ------------------------------------------------------------------------------------------------------
def definition(statement, place, origin, reverse=False, runs=None, first=None):
    """The Entry that an equation makes; `runs`: the letters that the text lets run; first: where a name begins that is said by its earlier values."""
    left, right = (statement.right, statement.left) if reverse else (statement.left, statement.right)
    head, params = heads(left.tree)
    calls = () if params is None or any(isinstance(p, t.Dots) for p in params) else tuple(params)
    indices, body = head.indices, right.tree
    drawn = len(indices) == 1 and of_any_word(indices[0], body)
    if drawn:
        own = t.Symbol(indices[0].base)
        indices, body = (own,), replaced(body, {indices[0]: own})
    point = bool(indices) and first is None and not of_all(indices, runs)
    entry = Entry(key(head), "definition", origin, statement.line, head.base, head.accents, head.label, Type(), "",
                  () if point else tuple(key(i) for i in indices), (), calls, body, place, point)
    entry.words = left.text
    entry.arguments, entry.drawn = (head,) if point else (), drawn
    entry.first = first if mentions(body, entry.key) else None
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
    return said | {letter for letter, _ in world.survey.recursions.values()} | {key(letter) for tree, *_ in world.survey.formulas for n in t.walk(tree) if isinstance(n, t.Sum) for letter in n.letters}


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
        if notation(statement) or stacks(statement):
            statement.role = "assignment"  # p = p(z) says of what p is a function, and no more
            continue
        if statement.sign == "equiv" and not (heads(statement.left.tree) and fresh(world, heads(statement.left.tree)[0], statement)):
            continue  # of a name that the text has, it is a claim
        if joins(world, statement):
            statement.role = "definition"
            continue
        side = defines(world, statement)
        if side is None or statement.role:
            continue
        entry = limited(definition(statement, (statement.section, statement.loss), f"line {statement.line}", side == "right", runs, begins(world, statement)), statement)
        world.definitions.setdefault(entry.key, []).append(Definition(entry, statement.section, order, statement))
        statement.role = "definition"


def begins(world, statement):
    """The number at which the name on the left begins, if the text says it by its earlier values; else None."""
    found = heads(statement.left.tree)
    return world.survey.recursions.get(key(found[0]), (None, None))[1] if found is not None else None


def stacks(statement):
    """Whether an equation is y = (y_1, ..., y_n)^T: the column of what has the name with an index."""
    right = stripped(statement.right.tree.arg) if isinstance(statement.right.tree, t.Transposed) else stripped(statement.right.tree)
    left = statement.left.tree
    if not isinstance(left, t.Symbol) or left.indices or not isinstance(right, t.Tuple) or not any(isinstance(i, t.Dots) for i in right.items):
        return False
    return all(isinstance(i, t.Dots) or isinstance(i, t.Symbol) and key(i) == key(left) and len(i.subs) == 1 for i in right.items)


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
    stepped = world.survey.recursions.get(name)
    if stepped is not None and head.indices == (t.Symbol(stepped[0]),) and mentions(body, name):
        return statement.step == 1 and not visible(world, name, statement, head)
    if params is None and stepped is None and by_earlier_values(world, head):
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


def by_earlier_values(world, head):
    """Whether the text says a name by its earlier values and by the step as a number, S_n = S_{n-1} + n, and not where it begins: no
    other equation of the name is a definition then."""
    def is_recursion(symbol, tree):
        steps = [step_of(i) for i in symbol.subs]
        return any(letter and key(n) == key(symbol) and len(n.subs) == len(steps) and step_of(n.subs[at])[0] == letter and step_of(n.subs[at])[1] != shift
                   for at, (letter, shift) in enumerate(steps) for n in symbols(tree))

    if not head.subs or any(i == t.Number(Fraction(0)) for i in head.subs):
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
    listed = statement.inline and re.fullmatch(r"\W*(?:and\W*)?", statement.before) and named <= known  # the loss is J = -log y_hat_o, y_hat = softmax(z)
    own = not named & (lent - set(letters.FUNCTIONS))
    lines = {d.order for found in world.definitions.values() for d in found} if own or listed else ()

    def at_once(s):
        near = s.section == statement.section and statement.line - s.line <= 2 and statement.order - s.order <= 2
        return near and (told or (own or listed) and s.order in lines and mentions(s.right.tree, name) and not mentions(s.left.tree, name))

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


def visible(world, name, statement, head, params=None):
    """Whether the name has a definition that reaches this place, so that equating it again is a claim."""
    for d in world.definitions.get(name, ()):
        if d.entry.point and d.entry.arguments[0].subs != head.subs:
            continue
        if params and d.entry.calls and len(params) != len(d.entry.calls) or aside(d.entry, head):
            continue
        if d.section == statement.section:
            return True
        if same_body(d, statement) and set(world.survey.sections[statement.section].anew) & set(map(key, symbols(d.entry.body))):
            continue  # now h is another one, and s = b^T h is said of it
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
