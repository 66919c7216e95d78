"""Fractions, derivatives in all their spellings, differentials, and how far an operator reaches."""

from . import expressions, factors, scripts
from .cursor import Cursor
from .groups import is_group, is_token, split
from .tokens import Token
from .tree import Bracket, Derivative, Differential, Minus, Number, Power, Quotient, Symbol, Transposed
from .vocabulary import ACCENTS, FONTS, GREEK

MARKS = {"partial": "partial", "d": "d", "dd": "d", "delta": "delta"}


def over(items, notes, depth):
    r"""{a \over b}."""
    parts = split(items, "over")
    cur = Cursor((), notes, depth)
    if len(parts) != 2:
        cur.fail("one \\over in a group", items[0])
    return fraction(parts[0], parts[1], cur)


def frac(cur):
    cur.take()
    top = argument(cur)
    return fraction(top, argument(cur), cur)


def argument(cur):
    """The items of the next argument of a command."""
    if cur.done:
        cur.fail("an argument in braces")
    return scripts.script(cur, "{")


def fraction(top, bottom, cur):
    top, bottom = unwrapped(top), unwrapped(bottom)
    upper, lower = mark(top), mark(bottom)
    if "partial" in (upper, lower) and upper != lower:
        cur.fail("\\partial in both halves of a derivative", (bottom or top)[0])
    if not upper or upper != lower or not reads_as_derivative(top, bottom, upper):
        if not top or not bottom:
            cur.fail("something in both halves of a fraction")
        return Quotient(*(expressions.whole(half, cur.notes, cur.depth) for half in (top, bottom)))
    order, body = count(top[1:])
    variables = variables_of(bottom, upper, order, cur)
    if body:
        return Derivative(variables, expressions.whole(body, cur.notes, cur.depth), "fraction", upper == "d")
    return Derivative(variables, operand(cur), "operator", upper == "d")


def unwrapped(items):
    r"""items without braces around all of them or around the sign, as in {\partial} J; spaces go."""
    items = tuple(i for i in items if not is_token(i, kind="space") and not (is_group(i, "{") and not i.items))
    while items and is_group(items[0], "{") and (len(items) == 1 or len(items[0].items) == 1 and mark(items[0].items)):
        items = items[0].items + items[1:]
    return items


def mark(items):
    """'partial', 'd' or 'delta' where the items open with such a sign."""
    if not items or not isinstance(items[0], Token) or items[0].kind not in ("letter", "upright", "command"):
        return ""
    return MARKS.get(items[0].text, "") if len(items) == 1 or not is_token(items[1], "_", "'", "(", kind="sign") else ""


def reads_as_derivative(top, bottom, sign):
    """Whether d or delta above and below makes a derivative rather than a quotient of two letters."""
    if sign == "partial":
        return len(bottom) > 1
    starts = len(bottom) > 1 and (is_group(bottom[1]) or is_token(bottom[1]) and (
        bottom[1].kind in ("letter", "upright", "word") or bottom[1].kind == "command" and bottom[1].text not in ("cdot", "times", "odot")))
    return starts and not (sign == "delta" and len(top) == 1)


def count(items):
    """(order, items behind it) of what follows a sign of differentiation: ^2 J."""
    if len(items) > 1 and is_token(items[0], "^"):
        power = items[1].items if is_group(items[1], "{") else items[1:2]
        if len(power) == 1 and is_token(power[0], kind="number") and power[0].text.isdigit():
            return int(power[0].text), items[2:]
    return 1, items


def variables_of(bottom, sign, order, cur):
    """The variables below, each as often as it is printed or its power says."""
    runs, current = [], None
    for n, item in enumerate(bottom):
        if isinstance(item, Token) and item.kind in ("letter", "upright", "command") and MARKS.get(item.text) == sign and (
                sign == "partial" or n == 0 or item.text == "dd" or item.kind == "upright" or order > 1):
            current = []
            runs.append(current)
        else:
            current.append(item)
    trees = [variable(run, cur) for run in runs]
    if order == 1 and len(trees) == 1:
        return tuple(trees)
    found = [t for tree in trees for t in repeated(tree)]
    if len(found) != order or order > 4:
        cur.fail(f"as many variables of differentiation as the order {order}", bottom[0])
    return tuple(found)


def variable(items, cur):
    tree = expressions.whole(items, cur.notes, cur.depth)
    return tree.arg if isinstance(tree, Bracket) else tree


def repeated(tree):
    if isinstance(tree, Power) and isinstance(tree.exponent, Number) and tree.exponent.value.denominator == 1 and 0 < tree.exponent.value < 5:
        return [tree.base] * int(tree.exponent.value)
    return [tree]


def operand(cur, dots=True, call=False):
    """What d/dx acts on when nothing stands in its numerator: the product up to the next + or -, the next derivative
    or a dot behind a complete factor; a bracket in front ends it, and with `call` the one of f(x)."""
    if cur.at("-"):
        cur.take()
        return Minus(operand(cur, dots, call))
    if not factors.starts(cur):
        cur.fail("something to differentiate")
    grouped = cur.group("(", "[", "\\{") is not None
    parts, signs = [factors.factor(cur)], []
    while not grouped and not (call and signs == ["()"]) and reaches(cur, parts[-1], dots):
        sign = expressions.product_sign(cur)
        signs.append(sign or ("()" if expressions.calls_follow(cur, parts[-1]) else ""))
        parts.append(factors.factor(cur))
    return expressions.times(parts, signs)


def reaches(cur, last, dots):
    if cur.at("cdot", "times", "."):
        return dots and isinstance(last, (Symbol, Transposed, Number)) and operand_letter(cur.peek(1))
    return factors.starts(cur) and not cur.at("nabla", "partial") and not derivative_follows(cur)


def operand_letter(item):
    return is_token(item) and (item.kind in ("letter", "number") or item.kind == "command" and (
        item.text in FONTS or item.text in ACCENTS or item.text in GREEK and item.text != "sigma"))


def derivative_follows(cur):
    if not cur.at("frac"):
        return cur.at("pdv", "dv")
    item = cur.peek(1)
    return mark(unwrapped(item.items if is_group(item, "{") else (item,))) in ("partial", "d")


def nabla(cur):
    r"""\nabla_x J, \nabla J, \nabla^2_x J."""
    cur.take()
    found = scripts.gather(cur)
    order = 1
    if found.sup is not None:
        order, rest = count((Token("sign", "^", 0, 0), *found.sup))
        if rest or order > 3:
            cur.fail("a power of the gradient that can be read")
    variables = ()
    if found.sub is not None:
        variables = tuple(expressions.whole(p, cur.notes, cur.depth) for p in split(found.sub, ",") if p)
        variables = variables * order if len(variables) == 1 else variables
    body = operand(cur, dots=False, call=not variables)
    if order > 1 and not variables:
        return Derivative((), Derivative((), body, "nabla"), "nabla") if order == 2 else cur.fail("the variable of the gradient")
    return Derivative(variables, body, "nabla")


def partial(cur):
    r"""\partial J / \partial v_c in one line, or \partial_x f."""
    start = cur.take()
    if cur.at("_"):
        found = scripts.gather(cur)
        variables = tuple(expressions.whole(p, cur.notes, cur.depth) for p in split(found.sub, ",") if p)
        return Derivative(variables, operand(cur), "operator")
    return in_line(cur, "partial", start)


def in_line(cur, sign, start):
    """What follows a sign of differentiation up to the slash, and the variable below it."""
    order, _ = count(tuple(cur.items[cur.i:cur.i + 2]))
    cur.i += 2 if order > 1 else 0
    slash = next((n for n in range(cur.i, len(cur.items)) if is_token(cur.items[n], "/")), None)
    after = cur.items[slash + 1] if slash is not None and slash + 1 < len(cur.items) else None
    if after is None or MARKS.get(getattr(after, "text", "")) != sign and not is_group(after, "(", "{"):
        cur.fail("a slash and the variable of differentiation", start)
    body = tuple(cur.items[cur.i:slash])
    cur.i = slash + 1
    if is_group(after, "(", "{"):
        variables = variables_of(unwrapped(cur.take().items), sign, order, cur)
    else:
        cur.take()
        tree = factors.factor(cur)
        variables = tuple(repeated(tree)) if order > 1 else (expressions.in_bracket(tree),)
    if len(variables) != order:
        cur.fail(f"as many variables of differentiation as the order {order}", start)
    if not body:
        return Derivative(variables, operand(cur), "operator", sign == "d")
    return Derivative(variables, expressions.whole(body, cur.notes, cur.depth), "fraction", sign == "d")


def is_differential(cur):
    """Whether the d at the cursor is the sign of a differential: upright, or set tight before a letter."""
    item, after, before = cur.peek(), cur.peek(1), cur.peek(-1) if cur.i else None
    letter = is_token(after) and (after.kind in ("letter", "upright") or after.kind == "command" and (
        after.text in GREEK or after.text in FONTS or after.text in ACCENTS))
    if item.kind == "upright":
        return letter or is_group(after, "{") or slash_follows(cur)
    tight = before is None or not (is_token(before) and before.kind in ("letter", "number") and before.end == item.start)
    return tight and letter and cur.adjacent(1) or slash_follows(cur)


def slash_follows(cur):
    r"""Whether d J / d x follows."""
    for n in range(1, 12):
        item = cur.peek(n)
        if is_token(item, "+", "-", "=") or item.start < 0:
            return False
        if is_token(item, "/"):
            after = cur.peek(n + 1)
            return is_token(after, "d") and after.kind in ("letter", "upright") and cur.peek(n + 2).start >= 0 and \
                cur.adjacent(n + 2) and not is_token(cur.peek(n + 2), kind="sign")
    return False


def differential(cur):
    start = cur.take()
    if cur.i and slash_from(cur):
        return in_line(cur, "d", start)
    return Differential(factors.factor(cur))


def slash_from(cur):
    cur.i -= 1
    found = slash_follows(cur)
    cur.i += 1
    return found


def physics(cur):
    r"""\pdv{J}{v}, \pdv{x}, \pdv[2]{J}{x}, \pdv{J}{x}{y}, \dv{J}{x} of the package physics."""
    name = cur.take().text
    order = 1
    if cur.group("["):
        order, rest = count((Token("sign", "^", 0, 0), *cur.take().items))
    arguments = []
    while cur.group("{") and len(arguments) < 3:
        arguments.append(cur.take().items)
    if not arguments:
        cur.fail("the arguments of \\" + name)
    body, below = (arguments[0], arguments[1:]) if len(arguments) > 1 else ((), arguments)
    trees = [variable(items, cur) for items in below]
    variables = tuple(trees * order if len(trees) == 1 else trees)
    tree = expressions.whole(body, cur.notes, cur.depth) if body else operand(cur)
    return Derivative(variables, tree, "fraction" if body else "operator", name == "dv")
