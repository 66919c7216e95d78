"""One factor: a number, a letter with its scripts, a function with its argument, a bracket, a command."""

from fractions import Fraction

from . import brackets, calls, commands, derivatives, environments, functions, scripts
from .groups import Group, is_token
from .tree import Apply, Dots, Factorial, Number, Symbol, Transposed
from .vocabulary import FUNCTION_WORDS, GREEK
from .words import connects

DEEPEST, LONGEST = 60, 1_000  # levels of nesting, digits of a number


def factor(cur):
    """A factor with everything that hangs on it."""
    cur.depth += 1
    if cur.depth > DEEPEST:
        cur.fail("an expression that is not nested this deeply")
    tree = calls.called(cur, scripts.scripted(cur, nucleus(cur)))
    if is_token(cur.peek(), "|", kind="bar") and is_token(cur.peek(1), "_", kind="sign"):
        tree = brackets.point(cur, tree, cur.take())
    cur.depth -= 1
    return tree


def nucleus(cur):
    item = cur.peek()
    if isinstance(item, Group):
        return environments.environment(cur) if item.kind == "env" else brackets.bracket(cur)
    reader = READERS.get(item.kind)
    if item.kind == "open" or item.kind == "bar" and item.side == "left":
        cur.fail("a bracket that closes")
    if reader is None:
        cur.fail("a number, a letter, a function or a bracket")
    return reader(cur)


def number(cur):
    if len(cur.peek().text) > LONGEST:
        cur.fail("a number of fewer digits")
    return Number(Fraction(cur.take().text if not cur.peek().text.startswith(".") else "0" + cur.take().text))


def letter(cur):
    item = cur.peek()
    if item.text == "d" and derivatives.is_differential(cur):
        return derivatives.differential(cur)
    cur.take()
    if item.text == "e" and cur.at("^") and not scripts.letter_script(cur):
        cur.take()
        return Apply("exp", (scripts.exponent(cur),))
    return Symbol(item.text)


def word(cur):
    """A word set upright or in a run of letters: the name of a function or of a quantity."""
    item = cur.take()
    if item.text in FUNCTION_WORDS:
        return functions.application(cur, FUNCTION_WORDS[item.text])
    return Symbol(item.text)


def function(cur):
    return functions.application(cur, cur.take().text)


def text(cur):
    """Words in a formula: a name when it is one word or two that stand alone; else the formula cannot be read."""
    item = cur.peek()
    plain = item.text.strip()
    if plain in FUNCTION_WORDS or plain.lower() in FUNCTION_WORDS:
        cur.take()
        return functions.application(cur, FUNCTION_WORDS.get(plain) or FUNCTION_WORDS[plain.lower()])
    if plain == "1":
        cur.take()
        return commands.ones(cur, Symbol("1", bold=True))
    if connects(plain) and len(plain) < 5 or len(plain.split()) > 3 or item.text != plain and (cur.i or len(cur.items) > 1) or not any(
            c.isalpha() for c in plain):
        cur.fail("mathematics instead of words")
    cur.take()
    return brackets.named(plain)


def sign(cur):
    item = cur.peek()
    if item.text == "#":
        return brackets.count(cur)
    if item.text == "^" and scripts.transpose_in_front(cur):
        return Transposed(factor(cur))
    if item.text == ":" and len(cur.items) == 1:
        cur.take()
        return Symbol(":")
    cur.fail("a number, a letter, a function or a bracket")


def command(cur):
    name = cur.peek().text
    if name in commands.readers():
        return commands.readers()[name](cur)
    if name in GREEK:
        cur.take()
        return functions.sigma(cur) if name == "sigma" else Symbol("\\" + name)
    if name == "dots":
        cur.take()
        return Dots()
    if name == "cdot" and len(cur.items) == 1:
        cur.take()
        return Symbol("\\cdot")
    cur.fail("a command of LaTeX that is known here, or a definition of this one")


def brackets_bars(cur):
    return brackets.bars(cur)


READERS = {"number": number, "letter": letter, "upright": letter, "word": word, "function": function, "text": text, "sign": sign,
           "command": command, "bar": brackets_bars}


def starts_at(cur, ahead):
    """Whether a factor starts at the item ahead."""
    cur.i += ahead
    found = starts(cur)
    cur.i -= ahead
    return found


def starts(cur):
    """Whether a factor follows directly."""
    item = cur.peek()
    if isinstance(item, Group):
        return True
    if item.kind in ("number", "letter", "upright", "word", "function", "text"):
        return True
    if item.kind == "sign":
        return item.text == "#"
    if item.kind == "bar":
        return brackets.opens(cur)
    return item.kind == "command" and (item.text in commands.readers() or item.text in GREEK or item.text == "dots")


def postfix(cur, tree):
    """tree with the factorials behind it."""
    while cur.at("!"):
        cur.take()
        tree = Factorial(tree)
        if isinstance(getattr(tree.arg, "arg", None), Factorial):
            cur.fail("one factorial")
    return tree
