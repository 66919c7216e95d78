r"""Tokens to a tree of groups, built once: braces and environments first (they are exact in TeX), then rows, then brackets within a row."""

from dataclasses import dataclass

from .tokens import Token, tokenize
from .tree import Unreadable
from .vocabulary import CLOSING, OPENING

DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Group:
    r"""kind: '{', '(', '[', '\{', '\langle', '\lfloor', '\lceil', '|' and '\|' (printed as left and right), '.' (from \left. to a bar),
    or 'env' with the environment's name; close is the bracket that closes it ('' for \right.)."""

    kind: str
    items: tuple
    start: int
    end: int
    close: str = ""
    name: str = ""

    @property
    def text(self):
        return ""


def is_token(item, *texts, kind=None):
    """Whether item is a token with one of the texts (and of the kind)."""
    return isinstance(item, Token) and (not texts or item.text in texts) and (kind is None or item.kind == kind)


def is_group(item, *kinds):
    return isinstance(item, Group) and (not kinds or item.kind in kinds)


def tex_groups(text):
    """The items of a display: tokens, brace groups and environments; brackets are still tokens."""
    return nest(tokenize(text), text)


def nest(tokens, text):
    """Braces and environments nested; raises Unreadable where they do not match."""
    stack = [(None, [])]
    for t in tokens:
        if t.kind == "open" and t.text == "{" or t.kind == "begin":
            stack.append((t, []))
            if len(stack) > DEEPEST:
                raise Unreadable("an expression that is not nested this deeply", "", t.start)
        elif t.kind == "close" and t.text == "}" or t.kind == "end":
            opener, items = stack.pop()
            if opener is None:
                raise Unreadable("an opening brace" if t.kind == "close" else f"\\begin{{{t.text}}}", t.text, t.start)
            if (opener.kind == "begin") != (t.kind == "end") or t.kind == "end" and t.text != opener.text:
                raise Unreadable(closing(opener, text), t.text, t.start)
            kind = "env" if t.kind == "end" else "{"
            stack[-1][1].append(Group(kind, tuple(items), opener.start, t.end, "}", t.text if kind == "env" else ""))
        else:
            stack[-1][1].append(t)
    if len(stack) > 1:
        raise Unreadable(closing(stack[-1][0], text), "", stack[-1][0].start)
    return tuple(stack[0][1])


def closing(opener, text):
    """What is missing, and what it would close."""
    return f"\\end{{{opener.text}}}" if opener.kind == "begin" else f"a closing brace }} for {' '.join(text[opener.start:opener.start + 24].split())!r}"


def brackets(items, depth=0):
    """items with round, square and curly brackets grouped, inside braces too; an unmatched bracket stays a token."""
    if depth > DEEPEST:
        raise Unreadable("an expression that is not nested this deeply", "", items[0].start if items else 0)
    items = [i for item in items for i in uncrossed(item)]
    stack = [(None, [])]
    for item in items:
        if isinstance(item, Group):
            stack[-1][1].append(inner(item, depth))
        elif item.kind == "open" or item.kind == "bar" and item.side == "left":
            stack.append((item, []))
            if len(stack) + depth > DEEPEST:
                raise Unreadable("an expression that is not nested this deeply", "", item.start)
        elif (item.kind == "close" or item.kind == "bar" and item.side == "right") and fits(stack, item):
            close(stack, item)
        else:
            stack[-1][1].append(item)
    while len(stack) > 1:
        opener, found = stack.pop()
        stack[-1][1].extend([opener, *found])
    return tuple(stack[0][1])


def inner(group, depth):
    return Group(group.kind, brackets(group.items, depth + 1), group.start, group.end, group.close, group.name) if group.kind == "{" else group


def fits(stack, item):
    """Whether the closing item ends a bracket that is open; those left open between the two stay tokens."""
    for n in range(len(stack) - 1, max(0, len(stack) - 4), -1):
        if matches(stack[n][0], item, stack[n][1]):
            for opener, found in [stack.pop() for _ in range(len(stack) - 1 - n)][::-1]:
                stack[-1][1].extend([opener, *found])
            return True
    return False


def matches(opener, item, items):
    if item.side == "right" and opener.side == "left":
        return True
    if opener.side == "left" and item.side == "" and opener.text == "":
        return False
    if item.kind == "bar" or opener.kind == "bar":
        return item.text == opener.text
    if OPENING.get(opener.text) == item.text:
        return True
    interval = sum(is_token(i, ",") for i in items) == 1
    return interval and opener.text in "([" and item.text in ")]" and opener.text != "" and item.text != ""


def close(stack, item):
    opener, items = stack.pop()
    kind = opener.text or "."
    if kind == "." and item.text in CLOSING:         # \left. a \right) : the bracket was opened in the row before
        stack[-1][1].extend([*items, item])
        return
    stack[-1][1].append(Group(kind, tuple(items), opener.start, item.end, item.text))


def uncrossed(item):
    r"""A brace group whose brackets close outside it, as in \log{(\hat y_o})}: its braces mean nothing."""
    if not is_group(item, "{"):
        return (item,)
    balance = lowest = 0
    for i in item.items:
        if isinstance(i, Token) and i.text in "()" and i.kind in ("open", "close") and i.text:
            balance += 1 if i.kind == "open" else -1
            lowest = min(lowest, balance)
    return item.items if balance or lowest else (item,)


def unclosed(items):
    """Whether brackets that items open are closed later: +n opened and not closed, counted over the tokens of one row."""
    balance = 0
    for item in items:
        if isinstance(item, Group):
            if is_group(item, "{") and uncrossed(item) != (item,):
                balance += unclosed(item.items)
            continue
        if item.kind in ("open", "close") and (item.text in ("(", "[", ")", "]", "\\{", "\\}") or item.side):
            balance += 1 if item.kind == "open" else -1
        elif item.kind == "bar" and item.side:
            balance += 1 if item.side == "left" else -1
    return balance


def split(items, *texts, kinds=("sign", "row", "align", "space", "relation", "bar", "command")):
    """The runs of items between the separators."""
    runs = [[]]
    for item in items:
        if isinstance(item, Token) and item.kind in kinds and item.text in texts:
            runs.append([])
        else:
            runs[-1].append(item)
    return [tuple(r) for r in runs]


def has(items, *texts, kind=None):
    return any(is_token(i, *texts, kind=kind) for i in items)
