"""The syntax tree of one side of an equation: frozen dataclasses, printed back to LaTeX by `printing`."""
from dataclasses import dataclass
from fractions import Fraction


class Unreadable(Exception):
    """The mathematics could not be read: what was expected, and the text at which reading stopped."""

    def __init__(self, expected, found="", position=None):
        super().__init__(f"expected {expected}" + (f", found {found!r}" if found else ""))
        self.expected, self.found, self.position = expected, found, position


@dataclass(frozen=True)
class Tree:
    """Base of all nodes."""


@dataclass(frozen=True)
class Number(Tree):
    value: Fraction


@dataclass(frozen=True)
class Symbol(Tree):
    """base with accents ('hat', 'prime', ...), subscripts (trees) and a text label such as 'naive-softmax'."""
    base: str
    accents: tuple = ()
    subs: tuple = ()
    label: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Apply(Tree):
    """function applied to arguments; `primes` counts derivatives as in sigma'."""
    function: object
    args: tuple
    primes: int = 0


@dataclass(frozen=True)
class Sum(Tree):
    """binders: letters; domain: ('words',), ('range', low, high), ('window',), ('set', name), ('all',)."""
    letters: tuple
    domain: tuple
    conditions: tuple
    body: Tree
    kind: str = "sum"


@dataclass(frozen=True)
class Derivative(Tree):
    """d body / d variable; `style` is 'fraction', 'operator' or 'nabla'."""
    variable: Tree
    body: Tree
    style: str = "fraction"
    total: bool = False


@dataclass(frozen=True)
class Plus(Tree):
    terms: tuple


@dataclass(frozen=True)
class Times(Tree):
    """factors and, between them, the printed signs: '' (juxtaposed), 'dot', 'times', 'odot', 'outer'."""
    factors: tuple
    signs: tuple


@dataclass(frozen=True)
class Minus(Tree):
    arg: Tree


@dataclass(frozen=True)
class Quotient(Tree):
    top: Tree
    bottom: Tree
    elementwise: bool = False


@dataclass(frozen=True)
class Power(Tree):
    base: Tree
    exponent: Tree


@dataclass(frozen=True)
class Transposed(Tree):
    arg: Tree


@dataclass(frozen=True)
class Entry(Tree):
    """(arg)_{subs}: an entry of a bracketed expression."""
    arg: Tree
    subs: tuple


@dataclass(frozen=True)
class Probability(Tree):
    """P(outcome | given); the parts are trees (words)."""
    outcome: Tree
    given: object


@dataclass(frozen=True)
class Grid(Tree):
    """A written-out matrix; rows of trees, where Dots stand for left-out entries."""
    rows: tuple


@dataclass(frozen=True)
class Family(Tree):
    """[ entry(i, j) ]_{d x d}."""
    entry: Tree
    letters: tuple


@dataclass(frozen=True)
class Cases(Tree):
    """(value, condition or None for 'otherwise') pairs."""
    branches: tuple


@dataclass(frozen=True)
class Indicator(Tree):
    condition: object


@dataclass(frozen=True)
class Dots(Tree):
    pass


@dataclass(frozen=True)
class Size(Tree):
    """|Vocab|, the absolute value or the norm of arg."""
    arg: Tree
    norm: bool = False


@dataclass(frozen=True)
class Relation(Tree):
    """left sign right for index conditions; sign in = != < <= > >= in notin."""
    sign: str
    left: Tree
    right: Tree


def children(tree):
    """The trees directly below `tree`, in reading order."""
    def spread(value):
        if isinstance(value, Tree):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                yield from spread(item)
    for name in tree.__dataclass_fields__:
        yield from spread(getattr(tree, name))


def walk(tree):
    """tree and everything below it."""
    yield tree
    for child in children(tree):
        yield from walk(child)


def unbound(tree, bound=frozenset()):
    """The symbols in a tree, indices included, that no sum in it binds by their letter."""
    if isinstance(tree, Sum):
        bound = bound | set(tree.letters)
    if isinstance(tree, Symbol) and not tree.subs and tree.base in bound:
        return
    if isinstance(tree, Symbol):
        yield tree
    for child in children(tree):
        yield from unbound(child, bound)


def rebuild(tree, change):
    """tree with `change` applied to every direct child."""
    def spread(value):
        if isinstance(value, Tree):
            return change(value)
        return tuple(spread(v) for v in value) if isinstance(value, tuple) else value
    return type(tree)(**{n: spread(getattr(tree, n)) for n in tree.__dataclass_fields__})
