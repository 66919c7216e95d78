"""The kinds of slips: each rule takes a place of a tree and yields what may have been meant there, one token changed.

No rule names a letter. What may stand at a place comes from the line, then from its text: see `Stock`.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from ..kernel.functions import ENTRYWISE
from ..meaning.letters import SIZES
from ..meaning.names import key, replaced, stripped
from ..meaning.normalise import lent_names
from ..reading import tree as t

NEAR = 60  # formulas of the section from which names are taken
FEW, MANY = 6, 12  # how many names, factors, terms are tried at one place
ZERO, ONE, TWO = (t.Number(Fraction(n)) for n in (0, 1, 2))
HALF = t.Quotient(ONE, TWO)
ROLES = {("Symbol", "subs"): "index", ("Symbol", "sups"): "index", ("Sum", "letters"): "skip", ("Sum", "domain"): "bound",
         ("Sum", "conditions"): "skip", ("Derivative", "variables"): "variable", ("Apply", "function"): "skip", ("Apply", "subs"): "skip",
         ("Entry", "subs"): "index", ("Norm", "order"): "skip", ("Expectation", "letters"): "skip", ("Expectation", "distribution"): "skip",
         ("Probability", "function"): "skip", ("Probability", "outcome"): "index", ("Probability", "given"): "index",
         ("Indicator", "conditions"): "skip", ("At", "conditions"): "skip", ("Family", "sizes"): "skip", ("Count", "items"): "skip",
         ("Power", "exponent"): "exponent", ("Apply", "power"): "exponent"}
APART = {"Apply", "Bracket", "Quotient"}  # below these a tree stands apart: it needs no brackets
TERMS = APART | {"Sum", "Derivative"}  # below these it stands as a term: a factor may be put before it


@dataclass(frozen=True)
class Place:
    """A node, the path to it, its role ('value', 'exponent', 'index', 'variable', 'bound') and the kind of the node above ('' for none)."""

    path: tuple
    node: object
    role: str
    above: str

    @property
    def apart(self):
        return not self.above or self.above in APART or self.role == "exponent" and self.above == "Power"

    @property
    def term(self):
        return self.apart or self.above in TERMS

    def wrapped(self, tree):
        """tree in brackets, where it needs them here."""
        return tree if self.apart else bracketed(tree)


def places(tree, path=(), role="value", above=""):
    """Every Place of a tree, outermost first."""
    if role == "skip" or isinstance(tree, t.Relation):
        return
    yield Place(path, tree, role, above)
    kind, n = type(tree).__name__, 0
    for name in tree.__dataclass_fields__:
        inner = ROLES.get((kind, name), role if role in ("index", "bound") else "value")
        for child in spread(getattr(tree, name)):
            yield from places(child, path + (n,), inner, kind)
            n += 1


def spread(value):
    if isinstance(value, t.Tree):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spread(item)


def put(tree, path, new):
    """tree with the node at path replaced."""
    if not path:
        return new
    count = iter(range(1_000_000))
    return t.rebuild(tree, lambda child: put(child, path[1:], new) if next(count) == path[0] else child)


def bracketed(tree):
    """A tree as one factor or term, in brackets where print needs them."""
    return t.Bracket(tree) if isinstance(tree, (t.Plus, t.Minus, t.PlusMinus, t.Sum)) else tree


def negative(tree):
    return tree.arg if isinstance(tree, t.Minus) else t.Minus(t.Bracket(tree) if isinstance(tree, (t.Plus, t.PlusMinus)) else tree)


def times(*factors):
    """A product; a factor that is a product itself is taken apart."""
    flat, signs = [], []
    for factor in factors:
        parts = factor if isinstance(factor, t.Times) else t.Times((bracketed(factor),), ())
        signs += [""] * bool(flat) + list(parts.signs)
        flat += parts.factors
    return t.Times(tuple(flat), tuple(signs))


def scaled(factor, tree):
    """factor times tree, the sign of tree kept in front."""
    if tree in (ONE, t.Minus(ONE)):
        return factor if tree == ONE else t.Minus(factor)
    return t.Minus(times(factor, tree.arg)) if isinstance(tree, t.Minus) else times(factor, tree)


def without(node, n):
    """A product without its n-th factor."""
    factors = node.factors[:n] + node.factors[n + 1 :]
    signs = node.signs[:n] + node.signs[n + 1 :] if n < len(node.signs) else node.signs[:-1]
    if 0 < n < len(node.signs):
        signs = node.signs[: n - 1] + ("" if node.signs[n] == "()" else node.signs[n],) + node.signs[n + 1 :]
    return factors[0] if len(factors) == 1 else t.Times(factors, tuple(signs))


# -- what may stand at a place ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Stock:
    """Names, indices, functions, sums, sizes, factors and terms to try: those of the line before those of its text."""

    view: object
    names: tuple
    indices: tuple
    functions: tuple
    sums: tuple
    sizes: tuple
    factors: tuple
    terms: tuple
    marks: tuple
    weights: tuple
    bases: tuple

    def one_hot(self, symbol):
        return self.view.entry(symbol).one_hot is not None

    def sigmoid(self, node):
        return isinstance(node, t.Apply) and len(node.args) == 1 and not node.primes and node.power is None and \
            self.view.role(node.function, self.view) in ("sigma", "sigmoid")

    def quantity(self, symbol):
        return self.view.entry(symbol).kind in ("definition", "free", "table", "opaque", "alias", "unit")


def stock(claim):
    """The Stock of a claim."""
    view = claim.view
    if "stock of slips" not in view.cache:
        view.cache["stock of slips"] = [tree for tree, section, *_ in view.world.survey.formulas if section == view.section][-NEAR:]
    sides = (claim.right, claim.left)
    trees = [*sides, *reversed(view.cache["stock of slips"])]
    values = [(p, k < 2) for k, tree in enumerate(trees) for p in places(tree)]
    symbols = [(p.node, near) for p, near in values if isinstance(p.node, t.Symbol)]
    roles = {"index": [], "value": [], "variable": []}
    for p, _ in values:
        if p.role in roles and isinstance(p.node, (t.Symbol, t.Number)) or p.role == "index":
            roles[p.role].append(p.node)
    names = [n for n in roles["value"] + roles["variable"] if isinstance(n, t.Symbol) and view.entry(n).kind in
             ("definition", "free", "table", "opaque", "alias") and not view.is_index(n)]
    if view.course():
        lent = [p.node for tree, *_ in view.world.prelude.survey.formulas for p in places(tree) if p.role == "value" and isinstance(p.node, t.Symbol)]
        names += [n for n in lent if view.entry(n).kind in ("definition", "free", "table")]
    return Stock(view, few(names, 2 * MANY), few(roles["index"], MANY), few(functions_in(values), FEW), few(sums_in(values), FEW),
                 few(sizes_in(view, symbols), FEW), few(factors_in(values), MANY), few(terms_in(values), MANY), few(marks_in(view, symbols), 3),
                 few(weights_in(view, values), FEW), few((p.node.base for p, _ in values if isinstance(p.node, t.Apply) and p.node.base is not None), 2))


def few(found, count):
    return tuple(dict.fromkeys(found))[:count]


def functions_in(values):
    for p, _ in values:
        if isinstance(p.node, t.Apply) and len(p.node.args) == 1 and not p.node.primes:
            yield p.node.function
    yield from ("log", "exp")


def sums_in(values):
    for p, _ in values:
        if isinstance(p.node, t.Sum) and len(p.node.letters) == 1:
            yield replace(p.node, body=ONE)


def sizes_in(view, symbols):
    """Sizes that the line or its text print, and those of the prelude's vectors."""
    for symbol, _ in symbols:
        if not symbol.subs and view.entry(symbol).kind == "size":
            yield symbol
    if view.course():
        yield from map(t.Symbol, sorted(set(SIZES) & view.world.names_of_sizes))


def weights_in(view, values):
    """Fractions of sizes and numbers, such as 1/(2m)."""
    for p, _ in values:
        if isinstance(p.node, t.Quotient):
            inside = [n for n in t.walk(p.node) if isinstance(n, t.Symbol)]
            if inside and all(view.entry(n).kind == "size" for n in inside):
                yield p.node


def factors_in(values):
    for p, near in values:
        if near and isinstance(p.node, t.Times) and p.role == "value":
            yield from (f for f in p.node.factors if not isinstance(f, (t.Number, t.Dots)))
    for p, near in values:
        if near and p.role in ("value", "variable") and isinstance(p.node, (t.Symbol, t.Apply)):
            yield p.node


def terms_in(values):
    yield ONE
    for p, near in values:
        if near and isinstance(p.node, t.Plus) and p.role == "value":
            yield from (stripped(term.arg if isinstance(term, t.Minus) else term) for term in p.node.terms)
    for p, near in values:
        if near and p.role == "value" and isinstance(p.node, t.Symbol):
            yield p.node


def marks_in(view, symbols):
    """Bare names of one-hot vectors."""
    for symbol, _ in symbols:
        if view.entry(symbol).one_hot is not None:
            yield replace(symbol, subs=(), sups=())
    if view.course():
        for lent in map(t.Symbol, sorted(lent_names(view.world))):
            if view.entry(lent).one_hot is not None:
                yield lent


# -- signs and transposes ---------------------------------------------------------------------------------------------
def sign(p, stock):
    node = p.node
    if p.role == "exponent" and isinstance(node, (t.Number, t.Symbol, t.Quotient)):
        yield t.Minus(node)
    if p.role not in ("value", "exponent"):
        return
    if isinstance(node, t.Plus):
        for n, term in enumerate(node.terms):
            yield t.Plus(node.terms[:n] + (negative(term),) + node.terms[n + 1 :])
    elif isinstance(node, t.Minus):
        yield node.arg
    elif isinstance(node, t.Apply) and len(node.args) == 1 and not isinstance(stripped(node.args[0]), t.Minus):
        yield replace(node, args=(negative(node.args[0]),))
    if not p.path and not isinstance(node, t.Minus):
        yield negative(node)


def transpose(p, stock):
    node = p.node
    if p.role != "value":
        return
    if isinstance(node, t.Transposed):
        yield node.arg


def transpose_lost(p, stock):
    if p.role == "value" and p.path and p.above != "Transposed" and isinstance(p.node, (t.Symbol, t.Bracket, t.Apply, t.Derivative, t.Entry)):
        yield t.Transposed(p.node)


def transposed_side(p, stock):
    if not p.path and not isinstance(p.node, t.Transposed):
        yield t.Transposed(p.node if isinstance(p.node, (t.Symbol, t.Bracket)) else t.Bracket(p.node))


def order_of_factors(p, stock):
    if isinstance(p.node, t.Times) and len(p.node.factors) <= 4:
        f = p.node.factors
        for n in range(len(f) - 1):
            yield t.Times(f[:n] + (f[n + 1], f[n]) + f[n + 2 :], tuple("" if s == "()" else s for s in p.node.signs))


# -- factors ----------------------------------------------------------------------------------------------------------
def numeric(tree):
    tree = stripped(tree)
    return isinstance(tree, t.Number) or isinstance(tree, t.Quotient) and numeric(tree.top) and numeric(tree.bottom)


def terms_of(p):
    """(term, how to put a new one in its place) for the terms of a sum, or for what stands alone."""
    if p.role not in ("value", "exponent"):
        return
    if isinstance(p.node, t.Plus):
        for n, term in enumerate(p.node.terms):
            yield term, lambda new, n=n: t.Plus(p.node.terms[:n] + (new,) + p.node.terms[n + 1 :])
    if p.term and not isinstance(p.node, (t.Minus, t.Bracket)):
        yield p.node, lambda new: new


def numerical_factor(p, stock):
    node = p.node
    if isinstance(node, t.Times):
        for n, factor in enumerate(node.factors):
            if numeric(factor):
                yield without(node, n)
    if isinstance(node, t.Quotient) and numeric(node.bottom) and not numeric(node.top):
        yield node.top
    for term, back in terms_of(p):
        if not numeric(term.arg if isinstance(term, t.Minus) else term):
            for factor in (TWO, HALF):
                yield back(scaled(factor, term))


def size_factor(p, stock):
    if isinstance(p.node, t.Quotient) and stripped(p.node.bottom) in stock.sizes and stripped(p.node.top) != ONE:
        yield p.node.top
    for term, back in terms_of(p):
        for size in stock.sizes:
            yield back(scaled(t.Quotient(ONE, size), term))
            yield back(scaled(size, term))
            if isinstance(term, t.Quotient):
                yield back(t.Quotient(term.top, size))
        for weight in stock.weights:
            yield back(scaled(weight, term))


def factor_twice(p, stock):
    """A factor that looks like the slope of something inside, or that stands there twice, left out."""
    node = p.node
    if isinstance(node, t.Derivative) and isinstance(stripped(node.body), t.Apply) and len(stripped(node.body).args) == 1:
        yield replace(node, body=stripped(node.body).args[0])
    if isinstance(node, t.Apply) and node.primes:
        yield replace(node, primes=node.primes - 1)
    if isinstance(node, t.Times):
        for n, factor in enumerate(node.factors):
            if slope_like(factor) or node.factors.count(factor) > 1:
                yield without(node, n)


def slope_like(tree):
    tree = stripped(tree)
    return isinstance(tree, (t.Apply, t.Derivative, t.Quotient)) or isinstance(tree, t.Plus) and any(stripped(x) == ONE for x in tree.terms)


def factor_superfluous(p, stock):
    node = p.node
    if isinstance(node, t.Times):
        for n, factor in enumerate(node.factors):
            if not numeric(factor):
                yield without(node, n)
    if isinstance(node, t.Quotient):
        yield node.top


def sigmoid_slope(p, stock):
    if p.role == "value" and stock.sigmoid(p.node):
        yield times(p.node, t.Plus((ONE, t.Minus(p.node))))


def complement(p, stock):
    r"""1 - x for x, and x for 1 - x."""
    node = p.node
    if p.role != "value":
        return
    if isinstance(node, t.Plus) and len(node.terms) == 2 and node.terms[0] == ONE and isinstance(node.terms[1], t.Minus):
        yield node.terms[1].arg
    if stock.sigmoid(node):
        yield p.wrapped(t.Plus((ONE, t.Minus(node))))


def complement_of_name(p, stock):
    if p.role == "value" and isinstance(p.node, t.Symbol) and stock.quantity(p.node):
        yield p.wrapped(t.Plus((ONE, t.Minus(p.node))))
        yield times(p.node, t.Plus((ONE, t.Minus(p.node))))


def factor_lost(p, stock):
    for term, back in terms_of(p):
        bare = term.arg if isinstance(term, t.Minus) else term
        for factor in stock.factors:
            if factor != bare or not isinstance(bare, t.Symbol):
                yield back(t.Minus(times(bare, factor)) if term is not bare else times(bare, factor))
                yield back(scaled(factor, term))


def denominator_lost(p, stock):
    for term, back in terms_of(p):
        bare = term.arg if isinstance(term, t.Minus) else term
        for factor in stock.factors:
            if factor != bare:
                yield back(t.Minus(t.Quotient(bare, factor)) if term is not bare else t.Quotient(bare, factor))


# -- sums -------------------------------------------------------------------------------------------------------------
def renamed(tree, old, new):
    """tree with one index in place of another, where it is an index."""
    return replaced(tree, {old: new})


def single_term(p, stock):
    """The term of a sum in place of the sum."""
    node = p.node
    if isinstance(node, t.Sum):
        yield node.body
        for index in stock.indices[:FEW]:
            if len(node.letters) == 1 and index != node.letters[0]:
                yield renamed(node.body, node.letters[0], index)


def sum_lost(p, stock):
    """A sum over one of its indices in place of a single term."""
    if p.role != "value" or isinstance(p.node, (t.Sum, t.Number, t.Bracket, t.Minus)):
        return
    inside = few((i for n in t.walk(p.node) if isinstance(n, t.Symbol) for i in n.subs), FEW)
    for pattern in stock.sums:
        letter = pattern.letters[0]
        for index in (letter, *inside):
            if index == letter and letter not in inside:
                continue
            yield replace(pattern, body=bracketed(renamed(p.node, index, letter)))
    for letter in inside:
        if isinstance(letter, t.Symbol) and not letter.subs:
            yield t.Sum((letter,), ("all",), (), bracketed(p.node))


def condition_of_sum(p, stock):
    node = p.node
    if isinstance(node, t.Sum) and len(node.letters) == 1:
        if node.conditions:
            yield replace(node, conditions=())
        for index in stock.indices[:FEW]:
            if index != node.letters[0]:
                yield replace(node, conditions=node.conditions + (t.Relation("!=", node.letters[0], index),))


def bound_of_sum(p, stock):
    node = p.node
    if isinstance(node, t.Sum):
        for pattern in stock.sums:
            if pattern.domain != node.domain and len(node.letters) == 1:
                yield replace(node, domain=pattern.domain)
    if p.role == "bound" and isinstance(node, t.Number):
        yield t.Number(node.value + 1)
        if node.value != 1 or p.above != "Minus":  # not V - 0
            yield t.Number(node.value - 1)
    if p.role == "bound" and isinstance(node, (t.Number, t.Symbol)):
        yield from (size for size in stock.sizes if size != node)
        yield t.Plus((node, t.Minus(ONE)))
    if p.role == "bound" and isinstance(node, t.Plus):
        yield node.terms[0]


def sum_as_such(p, stock):
    """A sum without its bounds, a product in place of a sum."""
    if isinstance(p.node, t.Sum):
        yield replace(p.node, kind="prod" if p.node.kind == "sum" else "sum")
        if p.node.domain[0] != "all":
            yield replace(p.node, domain=("all",))


# -- indices and names ------------------------------------------------------------------------------------------------
def case_formula(p, stock):
    """The formula of one case for every case: the one-hot vector forgotten, or its value in one case in its place."""
    node = p.node
    if p.role != "value":
        return
    if isinstance(node, t.Symbol) and stock.one_hot(node):
        yield ONE
    for mark in stock.marks:
        if isinstance(node, t.Symbol) and len(node.subs) <= 1 and not stock.one_hot(node) and stock.quantity(node):
            yield p.wrapped(t.Plus((node, t.Minus(replace(mark, subs=node.subs)))))
        if node == ONE:
            yield from (replace(mark, subs=(index,)) for index in stock.indices[:FEW])
            yield mark


def other_index(p, stock):
    if p.role == "index" and (isinstance(p.node, (t.Symbol, t.Number))):
        yield from (index for index in stock.indices if index != p.node)
    if isinstance(p.node, t.Symbol) and len(p.node.subs) == 2:
        yield replace(p.node, subs=p.node.subs[::-1])


def index_missing(p, stock):
    node = p.node
    if p.role not in ("value", "variable"):
        return
    if isinstance(node, t.Symbol) and stock.quantity(node):
        if len(node.subs) < 2:
            yield from (replace(node, subs=node.subs + (index,)) for index in stock.indices[:FEW])
        for n in range(len(node.subs)):
            yield replace(node, subs=node.subs[:n] + node.subs[n + 1 :])
    if isinstance(node, t.Apply) and len(node.args) == 1 and p.role == "value" and stock.view.role(node.function, stock.view) not in ENTRYWISE:
        yield from (t.Entry(node, (index,)) for index in stock.indices[:FEW])
    if isinstance(node, t.Entry):
        yield node.arg


def other_name(p, stock):
    """Another name of the line or the text, with its own indices or with those printed here."""
    node = p.node
    if p.role not in ("value", "variable") or not isinstance(node, t.Symbol) or not stock.quantity(node):
        return
    kinds = {"definition"} if p.role == "variable" and stock.view.entry(node).kind != "definition" else set()  # slow, and hardly meant
    for other in stock.names:
        if key(other) != key(node) and stock.view.entry(other).kind not in kinds:
            kind = kind_of_exchange(node, other, stock)
            yield other, kind
            if len(other.subs) == len(node.subs) and other.subs != node.subs:
                yield replace(other, subs=node.subs), kind
    if node.accents:
        yield replace(node, accents=()), "hat or other accent lost or superfluous"


def kind_of_exchange(a, b, stock):
    if replace(a, accents=(), subs=()) == replace(b, accents=(), subs=()):
        return "hat or other accent lost or superfluous"
    tables = {stock.view.entry(x).table for x in (a, b)}
    return "center and outside vector exchanged" if len(tables) == 2 and "" not in tables else "one quantity in place of another"


# -- functions, terms, numbers ----------------------------------------------------------------------------------------
def function_symbol(p, stock):
    node = p.node
    if p.role != "value":
        return
    if isinstance(node, t.Apply) and len(node.args) == 1 and node.power is None:
        yield bracketed(node.args[0])
        if node.base is not None:
            yield replace(node, base=None)
        if node.function == "log":
            yield from (replace(node, base=b) for b in stock.bases if b != node.base)
        yield from (replace(node, function=f, base=None) for f in stock.functions if f != node.function)
    if isinstance(node, (t.Symbol, t.Times, t.Sum, t.Quotient, t.Apply, t.Bracket, t.Plus)):
        inner = node.arg if isinstance(node, t.Bracket) else node
        if not isinstance(node, t.Symbol) or stock.quantity(node):
            yield from (t.Apply(f, (inner,)) for f in stock.functions)


def term_superfluous(p, stock):
    if isinstance(p.node, t.Plus) and p.role == "value":
        for n in range(len(p.node.terms)):
            rest = p.node.terms[:n] + p.node.terms[n + 1 :]
            yield rest[0] if len(rest) == 1 else t.Plus(rest)


def term_lost(p, stock):
    if p.role != "value" or p.above == "Plus" or isinstance(p.node, (t.Bracket, t.Minus)) and p.path:
        return
    found = p.node.terms if isinstance(p.node, t.Plus) else (p.node,)
    for term in stock.terms:
        if term not in found:
            for extra in (t.Minus(bracketed(term)), bracketed(term)):
                whole = t.Plus((*found, extra))
                yield whole if isinstance(p.node, t.Plus) else p.wrapped(whole)


def exponent(p, stock):
    node = p.node
    if p.role == "exponent" and isinstance(node, t.Number):
        yield from (t.Number(node.value + n) for n in (1, -1))
    if p.role == "value":
        if isinstance(node, t.Power):
            yield node.base
        if isinstance(node, t.Apply) and node.power is not None:
            yield t.Power(t.Bracket(replace(node, power=None)), node.power)
            yield replace(node, power=None)
        if isinstance(node, (t.Symbol, t.Apply, t.Bracket, t.Norm)):
            yield t.Power(node, TWO)


def upside_down(p, stock):
    node = p.node
    if p.role == "value" and isinstance(node, t.Quotient):
        yield t.Quotient(node.bottom, node.top)
    if p.role == "value" and isinstance(node, t.Times):
        for n, factor in enumerate(node.factors):
            yield t.Times(node.factors[:n] + (t.Quotient(ONE, stripped(factor)),) + node.factors[n + 1 :], tuple("" if s == "()" else s for s in node.signs))


def other_number(p, stock):
    if p.role == "value" and isinstance(p.node, t.Number):
        value = p.node.value
        idle = {"Times": (0, 1), "Plus": (0,), "Minus": (0,)}.get(p.above, ())  # 1 x and x + 0 are other slips
        found = dict.fromkeys((value + 1, value - 1, 2 * value, value / 2))
        yield from (t.Number(v) for v in found if v >= 0 and v != value and v.denominator == 1 and v not in idle)
        yield from stock.sizes
    if isinstance(p.node, t.At):
        for n, relation in enumerate(p.node.conditions):
            if isinstance(relation, t.Relation) and isinstance(relation.right, t.Number):
                for new in (t.Number(abs(relation.right.value - 1)), t.Number(relation.right.value + 1)):
                    changed = replace(relation, right=new)
                    yield replace(p.node, conditions=p.node.conditions[:n] + (changed,) + p.node.conditions[n + 1 :])


def kind_of_product(p, stock):
    node = p.node
    if p.role != "value":
        return
    if isinstance(node, t.Times):
        for n, old in enumerate(node.signs):
            for new in ("", "odot", "dot"):
                if new != old:
                    yield t.Times(node.factors, node.signs[:n] + (new,) + node.signs[n + 1 :])
        if len(node.factors) == 2:
            yield t.Bracket(t.Plus(node.factors))
    if isinstance(node, t.Plus) and len(node.terms) == 2 and not isinstance(node.terms[1], t.Minus):
        yield times(*node.terms)


TIERS = (
    (("sign", sign), ("transpose lost or superfluous", transpose), ("transpose lost or superfluous", transpose_lost),
     ("transposed side", transposed_side)),
    (("numerical factor lost or superfluous", numerical_factor), ("a number", other_number),
     ("chain-rule factor counted twice", factor_twice),
     ("factor of the sigmoid derivative lost", sigmoid_slope), ("1 - x in place of x, or x in place of 1 - x", complement),
     ("sum in place of a single term", single_term), ("formula of the case w = o, or y forgotten", case_formula),
     ("index not renamed or out of date", other_index), ("bound of the sum", bound_of_sum),
     ("term of the sum left out or one too many", condition_of_sum), ("center and outside vector exchanged", other_name),
     ("index missing or superfluous", index_missing), ("factors in the wrong order", order_of_factors)),
    (("function symbol lost or superfluous", function_symbol), ("single term in place of a sum", sum_lost), ("bound of the sum", sum_as_such),
     ("factor superfluous", factor_superfluous), ("exponent", exponent),
     ("factor with a size lost or superfluous", size_factor), ("term superfluous", term_superfluous), ("fraction upside down", upside_down),
     ("kind of product", kind_of_product)),
    (("factor lost", factor_lost), ("term lost", term_lost), ("1 - x in place of x, or x in place of 1 - x", complement_of_name),
     ("denominator lost", denominator_lost)),
)
IDLE = {sign, transpose, transpose_lost, transposed_side, numerical_factor, term_superfluous, term_lost,
        bound_of_sum, condition_of_sum, sum_as_such, other_number, function_symbol,
        case_formula, complement, exponent}  # rules that may repair a line whose other side is 0: the others make 0 too easily
