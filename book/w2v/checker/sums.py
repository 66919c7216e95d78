"""The values that a summation letter runs through."""
from .names import CENTER_NAMES, OUTSIDE_NAMES, key_of
from .paths import paths
from .tree import Minus, Number, Plus, Size, Sum, Symbol, walk
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
        return window_domain(i, *tree.domain[1:])
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
        return window_domain(i, low, "<=", high, "<=")
    steps = scope.steps(high)
    if steps is not None:
        return steps[max(int(low.value) - 1, 0):]
    high, beyond = shift_of(high)
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
    return part_of(of_kind(i, kind.rstrip("!")), int(low.value), beyond, scope)


def shift_of(high):
    """(K, -1) for K - 1: the letter of an upper end and the number added to it; (high, 0) for anything else."""
    terms = high.terms if isinstance(high, Plus) else ()
    letters = [t for t in terms if isinstance(t, (Symbol, Size))]
    if len(letters) != 1 or len(terms) != 2:
        return high, 0
    other = next(t for t in terms if t is not letters[0])
    sign, other = (-1, other.arg) if isinstance(other, Minus) else (1, other)
    return (letters[0], sign * int(other.value)) if isinstance(other, Number) else (high, 0)


def part_of(values, low, beyond, scope):
    """The values that a sum from `low` to their number plus `beyond` runs through; counted from 0 only if low is 0."""
    if low == 0 and beyond == -1:
        return values
    if beyond > 0 or (low == 0 and beyond == 0 and not scope.facts.zero_is_o and values and values[0][0] in ("word", "sample")):
        raise Unsettled("a sum over more terms than there are")
    return values[max(low - 1, 0):len(values) + beyond]


def window_domain(i, low=None, low_sign="<=", high=None, high_sign="<=", absolute=False):
    """The offsets between the printed bounds; without bounds all of the window, j = 0 included."""
    if low is None:
        return [("offset", j) for j in range(-i.m, i.m + 1)]
    widths = {key_of(t) for t in (*walk(low), *walk(high)) if isinstance(t, Symbol)}
    if len(widths) > 1:
        raise Unsettled("a window with two widths")
    first, last = bound(low, i.m), bound(high, i.m)
    inside = lambda j: (first < j if low_sign == "<" else first <= j) and (j < last if high_sign == "<" else j <= last)
    return [("offset", j) for j in range(-i.m - 3, i.m + 4) if inside(abs(j) if absolute else j)]


def bound(tree, m):
    """The number that a bound such as -m + 1 stands for."""
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Symbol):
        return m
    if isinstance(tree, Minus):
        return -bound(tree.arg, m)
    if isinstance(tree, Plus):
        return sum(bound(t, m) for t in tree.terms)
    raise Unsettled("a window whose ends are not of the form m or -m")
