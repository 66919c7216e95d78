"""The values that a summation letter runs through."""
from .names import CENTER_NAMES, OUTSIDE_NAMES, key_of
from .paths import paths
from .tree import Number, Size, Sum, Symbol
from .usage import free_letters, kind_in, uses
from .values import Unsettled


def words_of_sum(scope, tree):
    """The bindings of a summation letter, one dictionary for each value."""
    if not tree.letters:
        return [{n: v} for n, v in implicit(scope, tree)]
    if len(tree.letters) > 1:
        raise Unsettled("a sum over several indices")
    letter = tree.letters[0]
    return [{letter: v} for v in domain(scope, tree, letter)]


def implicit(scope, tree):
    """A sum sign without an index binds the one letter that its body leaves free."""
    letters = [n for n in free_letters(tree.body) if n not in OUTSIDE_NAMES | CENTER_NAMES and n not in ("0",)]
    for preferred in ("w", "x", "j", "i", "k"):
        if preferred in letters:
            return [(preferred, v) for v in domain(scope, Sum((preferred,), ("all",), (), tree.body), preferred)]
    if len(letters) == 1:
        return [(letters[0], v) for v in domain(scope, Sum((letters[0],), ("all",), (), tree.body), letters[0])]
    raise Unsettled("a sum sign without an index")


def domain(scope, tree, letter):
    i, kind = scope.instance, tree.domain[0]
    if kind == "words":
        return [("word", w) for w in range(i.words)]
    if kind == "negatives":
        return [("word", w) for w in i.negatives]
    if kind == "window":
        return [("offset", j) for j in range(-i.m, i.m + 1)]
    if kind == "range":
        return range_domain(scope, tree, letter)
    if kind == "all":
        return of_kind(i, kind_in(letter, tree, scope))
    if kind == "context":
        raise Unsettled("a sum over a context written as a set")
    raise Unsettled("a sum over a set that is not known")


def of_kind(i, kind):
    counts = {"word": i.words, "sample": i.samples, "part": i.parts, "entry": i.dimension, "step": len(paths(i.words)[i.o])}
    if kind == "offset":
        return [("offset", j) for j in range(-i.m, i.m + 1)]
    return [(kind, n) for n in range(counts[kind])]


def range_domain(scope, tree, letter):
    low, high = tree.domain[1], tree.domain[2]
    i = scope.instance
    if isinstance(low, Number) and high is None:
        raise Unsettled("a sum without an upper end")
    if not isinstance(low, Number):
        return [("offset", j) for j in range(-i.m, i.m + 1)]
    steps = scope.steps(high)
    if steps is not None:
        return steps[max(int(low.value) - 1, 0):]
    name = key_of(high) if isinstance(high, (Symbol, Size)) else ""
    if isinstance(high, Size) or name in ("|V|", "V", "W", "N", "N_V", "V_size", "T", "M") and not (name == "N" and kind_in(letter, tree.body, scope) == "sample"):
        kind = "word" if kind_in(letter, tree.body, scope) not in ("entry", "part") or name in ("V", "|V|", "W") else kind_in(letter, tree.body, scope)
    elif name in ("K", "k", "S", "N_{neg}", "n", "c", "C", "m", "M", "d", "D", "H", "h", "j", "J"):
        kind = {"K": "sample", "k": "sample", "S": "sample", "d": "entry", "D": "entry", "H": "entry"}.get(name) or kind_in(letter, tree.body, scope)
        if kind == "entry" and kind_in(letter, tree.body, scope) == "part":
            kind = "part"
        if "word!" in uses(letter, tree.body, scope.facts) and scope.category != "negative":
            kind = "word"
    else:
        kind = kind_in(letter, tree.body, scope)
    values = of_kind(i, kind.rstrip("!"))
    skip = int(low.value) - 1 if low.value >= 1 else 0
    return values[skip:]
