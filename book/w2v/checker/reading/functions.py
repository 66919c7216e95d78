r"""Named functions with and without brackets: \log p, \exp u^\top v, \max_i x_i, softmax(x)_i."""

from . import calls, commands, expressions, factors, labels, scripts
from .groups import has, is_group, is_token, split
from .tree import Apply, Minus, Number, Quotient, Symbol, Times, Transposed
from .vocabulary import ACCENTS, FONTS, GREEK

WIDE = {"max", "min", "sup", "inf", "lim", "argmax", "argmin"}      # without a bracket they take the whole product
LONG = {"exp", "softmax", "sigmoid", "diag", "tr", "det", "logsigmoid", "vec", "relu"}     # ... the letters set side by side
MUST = {"log", "exp", "sin", "cos"} | WIDE
LIST = {"KL", "CE", "H", "BCE", "D"}                               # a bar parts their arguments
BARE = {"E", "H"}                                                  # letters where no bracket follows


def application(cur, name):
    """The function `name`, already taken, with what hangs on it and its argument."""
    if name == "arg" and is_token(cur.peek(), "max", "min", kind="function"):
        name += cur.take().text
    found = scripts.gather(cur)
    if name == "E" and (cur.group("[", "(", "\\{") or found.sub):
        return scripts.scripted(cur, commands.expectation_of(cur, found.sub))
    if name == "Pr" and cur.group("(", "[", "\\{"):
        return scripts.scripted(cur, calls.probability(cur, Symbol("Pr")))
    power, primes = None, found.primes
    if found.sup is not None:
        if scripts.is_transpose(found.sup):
            return Transposed(Symbol(name))
        if found.sup and all(is_token(i, "'") for i in found.sup):
            primes += len(found.sup)
        else:
            power = expressions.whole(found.sup, cur.notes, cur.depth)
    base, subs = below(cur, name, found.sub)
    if not argument_follows(cur, name):
        return bare_name(cur, name, subs, primes, power)
    hanging = cur.group("(", "[", "\\{") is not None or braced_bracket(cur)
    tree = Apply(name, arguments(cur, name), primes, power, base, subs)
    return scripts.scripted(cur, tree) if hanging else tree


def below(cur, name, items):
    """(base of a logarithm, subs) of the subscript of a function."""
    if not items:
        return None, ()
    if name == "log":
        return expressions.whole(items, cur.notes, cur.depth), ()
    label, subs, _ = labels.subscript(items, cur)
    return None, subs + ((Symbol(label),) if label else ())


def bare_name(cur, name, subs, primes, power):
    if name in MUST or power is not None:
        cur.fail(f"an argument of {name}")
    return Symbol(name, ("prime",) * primes, "", subs)


def argument_follows(cur, name):
    if name in BARE or name in LIST:
        return cur.group("(", "[", "\\{") is not None
    return factors.starts(cur) or cur.at("-") and name in MUST


def braced_bracket(cur):
    r"""\log{(x)}: braces that hold one bracket."""
    group = cur.group("{")
    return group is not None and len(group.items) == 1 and is_group(group.items[0], "(", "[", "\\{")


def arguments(cur, name):
    if braced_bracket(cur):
        cur.items[cur.i] = cur.peek().items[0]
    if cur.group("(", "[", "\\{"):
        return bracketed(cur, name)
    if cur.at("-"):
        cur.take()
        return (Minus(expressions.product(cur) if name in WIDE else bare(cur, name)),)
    return (expressions.product(cur) if name in WIDE else bare(cur, name),)


def bracketed(cur, name=""):
    """The arguments in the bracket at the cursor, between commas, semicolons or the bar of a divergence."""
    group = cur.take()
    parts = split(group.items, ",", ";")
    bars = [i.text for i in group.items if is_token(i, "|", "\\|", kind="bar") and not i.side]
    if bars == ["\\|"] or name in LIST and bars in (["|", "|"], ["|"]):
        parts = [p for part in parts for p in split(part, *bars) if p]
    if not group.items or any(not p for p in parts):
        cur.fail("something in the bracket", group)
    return tuple(expressions.whole(p, cur.notes, cur.depth) for p in parts)


def bare(cur, name):
    """An argument without brackets: one factor, and the letters that belong to it."""
    parts, signs = [unit(cur, name)], []
    while goes_on(cur, name, parts):
        signs.append("dot" if cur.accept("cdot") else "")
        parts.append(unit(cur, name))
    tree = expressions.times(parts, signs)
    if cur.at("/") and name in ("log", "exp"):
        if parts != [Number(1)]:
            cur.fail(f"brackets around the argument of {name}")
        cur.take()
        return Quotient(tree, expressions.signed_factor(cur))
    if name == "log" and isinstance(tree, Symbol) and not tree.accents and is_token(cur.peek(), kind="letter"):
        cur.fail("brackets around the argument of log")  # \log xy is \log(xy) to some, y \log x to others
    return tree


def unit(cur, name):
    """A factor, with the bracket that makes a letter a call."""
    tree = factors.factor(cur)
    if expressions.calls_follow(cur, tree) and (cur.adjacent() or tree.base == "\\sigma" or plain(cur.peek().items)):
        return Times((tree, factors.factor(cur)), ("()",))
    return tree


def plain(items):
    """Whether a bracket holds one bare letter."""
    return sum(1 for i in items if not is_token(i, "_", "^") and not is_group(i, "{")) == 1


def goes_on(cur, name, parts):
    last = parts[-1]
    if cur.at("cdot"):
        return name in LONG and letter_follows(cur, 1) and isinstance(last, (Symbol, Transposed)) and len(parts) < 2
    if isinstance(last, Transposed) and called(cur):  # \log \mathbf 1^\top \exp(z)
        return True
    if not letter_follows(cur):
        return False
    if isinstance(last, (Transposed, Number)):
        return True
    return isinstance(last, Symbol) and name in LONG or isinstance(last, Symbol) and name == "\\sigma" and bool(last.subs)


def called(cur):
    """Whether a function with its bracket follows."""
    return is_token(cur.peek(), "exp", "softmax", kind="function") and is_group(cur.peek(1), "(", "[")


def letter_follows(cur, ahead=0):
    item = cur.peek(ahead)
    if is_group(item, "{"):
        return not has(item.items, "+", "-", "frac", "sum") and bool(item.items) and not is_group(item.items[0])
    return is_token(item) and (item.kind in ("letter", "upright") or item.kind == "command" and (
        item.text in FONTS or item.text in ACCENTS or item.text in GREEK and item.text != "sigma"))


def sigma(cur):
    r"""\sigma is a letter; before another letter it is a function of it: \sigma x (1 - \sigma x), \sigma u^\top v."""
    if letter_follows(cur) and not is_group(cur.peek()):
        return Apply(Symbol("\\sigma"), (bare(cur, "\\sigma"),))
    return Symbol("\\sigma")
