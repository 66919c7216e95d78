"""The syntax tree of mathematics as it is printed: frozen dataclasses, nothing about meaning."""

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
    r"""A letter with everything that is printed on it.

    base: 'u', 'J', '\\theta', 'CE' (a name printed upright or of several letters, as one string), '|V|' never.
    accents: sorted tuple of 'hat', 'tilde', 'bar', 'dot', 'star', 'cal', 'bb' and one 'prime' for each prime.
    label: text printed in the sub- or superscript that is no index: 'naive-softmax', 'MSE', 'new', '+', 'neg-sample';
        a superscript label starts with '^' as in '^new'. Both: 'a^new'.
    subs: index expressions (trees) of the subscript, in order, comma-separated in print or juxtaposed single letters (U_{iw}, x_{12}).
    sups: index expressions printed as a superscript in parentheses or brackets, v^{(t+1)}.
    bold: printed bold or with an arrow; a hint at a vector, no part of the name.
    """

    base: str
    accents: tuple = ()
    label: str = ""
    subs: tuple = ()
    sups: tuple = ()
    bold: bool = False

    @property
    def indices(self):
        """What stands above in parentheses, then what stands below, as x_j^{(i)} is entry j of x^{(i)}; a product above is no index."""
        return self.subs + self.sups if any(isinstance(i, Times) for i in self.sups) else self.sups + self.subs


@dataclass(frozen=True)
class Apply(Tree):
    r"""function(args). function: a str for a named function ('log', 'exp', 'softmax', 'tanh', 'diag', 'max', 'min',
    'tr', 'relu', 'CE', 'KL', 'H', 'sin', 'cos', 'argmax', 'argmin', 'logsigmoid', 'vec', 'E', ...), or a Symbol (\sigma, f, J).
    primes: f'(x) has 1. power: the tree of \sigma^{2}(x), \sigma^{-1}(x), \log^2 x, or None. base: \log_2 x.
    subs: what hangs on a named function below: \max_i, \arg\max_\theta (a tuple of trees), else ().
    A letter before a bracket without a comma is NOT an Apply but a Times with the sign '()': meaning decides.
    """

    function: object
    args: tuple
    primes: int = 0
    power: object = None
    base: object = None
    subs: tuple = ()


@dataclass(frozen=True)
class Sum(Tree):
    r"""kind: 'sum' or 'prod'. letters: the bound Symbols. conditions: further Relations below the sign.
    domain: ('range', low, high) of \sum_{i=1}^n; ('between', low, sign, high, sign) with signs '<' or '<=' of -m \le j \le m
    (|j| \le m is between -m and m); ('in', set) of \sum_{w \in S}; ('all',) of \sum_w and of a sum without anything below (letters ()).
    """

    letters: tuple
    domain: tuple
    conditions: tuple
    body: Tree
    kind: str = "sum"


@dataclass(frozen=True)
class Expectation(Tree):
    r"""\mathbb{E}_{w \sim P}[body]: letters ('w',) as Symbols, distribution (a tree) or None."""

    letters: tuple
    distribution: object
    body: Tree


@dataclass(frozen=True)
class Probability(Tree):
    r"""P(O=o \mid C=c): function is the Symbol printed before the bracket; outcome and given are tuples of trees or Relations.

    With no bar, given is () and the node is made only for an event: P(O=o, C=c) or Pr(...). P(w) alone is Times with '()'.
    """

    function: Symbol
    outcome: tuple
    given: tuple


@dataclass(frozen=True)
class Derivative(Tree):
    r"""d body / d variables. variables: the trees below, each repeated by its order (\partial x^2 twice).

    style: 'fraction' (body in the numerator), 'prime' ((e^x)'), 'operator' (\frac{\partial}{\partial x} body) or 'nabla' (\nabla_x body;
    variables () when nothing is printed below it). \nabla^2 has the variable twice. total: printed with d.
    """

    variables: tuple
    body: Tree
    style: str = "fraction"
    total: bool = False


@dataclass(frozen=True)
class Differential(Tree):
    """dJ, dv_c: the differential of arg."""

    arg: Tree


@dataclass(frozen=True)
class At(Tree):
    r"""body \Big|_{x=1}: conditions is a tuple of Relations."""

    body: Tree
    conditions: tuple


@dataclass(frozen=True)
class Plus(Tree):
    terms: tuple


@dataclass(frozen=True)
class Minus(Tree):
    arg: Tree


@dataclass(frozen=True)
class PlusMinus(Tree):
    arg: Tree


@dataclass(frozen=True)
class Times(Tree):
    r"""factors and between them the printed signs: '' (juxtaposed), '()' (a letter directly before a round, square or curly
    bracket: a product or a call), 'dot' (\cdot, .), 'times' (\times), 'star' (*), 'odot' (\odot, \circ), 'outer' (\otimes)."""

    factors: tuple
    signs: tuple


@dataclass(frozen=True)
class Quotient(Tree):
    r"""top / bottom; elementwise for \oslash."""

    top: Tree
    bottom: Tree
    elementwise: bool = False


@dataclass(frozen=True)
class Power(Tree):
    """base ^ exponent; also \\sqrt[n]{x} as Power(x, 1/n). e^x is Apply('exp', (x,)); a superscript T is Transposed."""

    base: Tree
    exponent: Tree


@dataclass(frozen=True)
class Transposed(Tree):
    arg: Tree


@dataclass(frozen=True)
class Factorial(Tree):
    arg: Tree


@dataclass(frozen=True)
class Bracket(Tree):
    """A bracketed expression, kept: kind '(', '[' or '{' (as \\{). Braces that only group are not kept."""

    arg: Tree
    kind: str = "("


@dataclass(frozen=True)
class Tuple(Tree):
    """(a, b, c) as printed, not after a letter."""

    items: tuple


@dataclass(frozen=True)
class Entry(Tree):
    """(arg)_{subs}, [arg]_{ij}, softmax(x)_i: entries of a bracketed expression or of a call."""

    arg: Tree
    subs: tuple


@dataclass(frozen=True)
class Grid(Tree):
    """A written-out matrix, row or column; rows of trees, where Dots stand for left-out entries."""

    rows: tuple


@dataclass(frozen=True)
class Family(Tree):
    r"""[ entry ]_{d \times d}: a matrix given by its general entry; sizes is a tuple of trees."""

    entry: Tree
    sizes: tuple


@dataclass(frozen=True)
class Cases(Tree):
    """(value, conditions) pairs; conditions is a tuple of Relations, None for otherwise / else, or a str: words not understood."""

    branches: tuple


@dataclass(frozen=True)
class Indicator(Tree):
    r"""\mathbb{1}\{w = o\}, 1[w=o], [w = o], \mathbf{1}_{w=o}: conditions is a tuple of Relations."""

    conditions: tuple


@dataclass(frozen=True)
class Dots(Tree):
    r"""\dots, \cdots, ..."""


@dataclass(frozen=True)
class Norm(Tree):
    r"""\|arg\|, with the tree printed below it (\|x\|_1, \|A\|_F) or None."""

    arg: Tree
    order: object = None


@dataclass(frozen=True)
class Bars(Tree):
    r"""|arg|: the size of a set or an absolute value; |\text{Vocab}| has the Symbol 'Vocab' inside."""

    arg: Tree


@dataclass(frozen=True)
class Count(Tree):
    r"""\#(w, c) or \#\{k : w_k = w\}: items is a tuple of trees or Relations."""

    items: tuple


@dataclass(frozen=True)
class SetOf(Tree):
    r"""\{a, b\} with its elements, among them Dots: \{1, \dots, K\}."""

    elements: tuple


@dataclass(frozen=True)
class SetBut(Tree):
    r"""whole \setminus removed (a set tree, or a single element)."""

    whole: Tree
    removed: Tree


@dataclass(frozen=True)
class SetUnion(Tree):
    parts: tuple
    sign: str = "cup"


@dataclass(frozen=True)
class Relation(Tree):
    """left sign right; sign in = := != < <= > >= in notin ~ (distributed as) subset."""

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


def rebuild(tree, change):
    """tree with `change` applied to every direct child."""

    def spread(value):
        if isinstance(value, Tree):
            return change(value)
        return tuple(spread(v) for v in value) if isinstance(value, tuple) else value

    return type(tree)(**{n: spread(getattr(tree, n)) for n in tree.__dataclass_fields__})
