"""A cursor over the items of one expression, with what the reader of expressions finds on its way."""

from dataclasses import dataclass, field

from .groups import Group
from .tokens import Token
from .tree import Unreadable

DEEPEST = 60
SYMBOLIC = ("sign", "command", "relation", "bar", "open", "close")
END = Token("finish", "", -1, -1)


@dataclass
class Notes:
    """claims: (left tree, items of the note) of equalities printed at a brace; words: the other notes, as printed."""

    text: str = ""
    claims: list = field(default_factory=list)
    words: list = field(default_factory=list)


class Cursor:
    """items, a position, and how deeply the expression is nested."""

    def __init__(self, items, notes, depth=0):
        if depth > DEEPEST:
            raise Unreadable("an expression that is not nested this deeply", "", items[0].start if items else None)
        self.items = [i for i in items if not (isinstance(i, Token) and i.kind in ("space", "align", "tag", "label") or empty(i))]
        self.i, self.notes, self.depth = 0, notes, depth

    def peek(self, ahead=0):
        n = self.i + ahead
        return self.items[n] if 0 <= n < len(self.items) else END

    def take(self):
        self.i += 1
        return self.items[self.i - 1]

    def at(self, *texts, ahead=0):
        """Whether the next item is one of these signs or commands."""
        item = self.peek(ahead)
        return isinstance(item, Token) and item.kind in SYMBOLIC and item.text in texts

    def accept(self, *texts):
        if self.at(*texts):
            return self.take()
        return None

    def group(self, *kinds, ahead=0):
        """The next item if it is a group of one of the kinds."""
        item = self.peek(ahead)
        return item if isinstance(item, Group) and (not kinds or item.kind in kinds) else None

    @property
    def done(self):
        return self.i >= len(self.items)

    def adjacent(self, ahead=0):
        """Whether the item ahead follows its predecessor without a space."""
        return self.peek(ahead).start == self.peek(ahead - 1).end

    def fail(self, expected, item=None):
        item = item or self.peek()
        found = self.notes.text[item.start:item.start + 24].strip() if item is not END else ""
        raise Unreadable(expected, found or "the end of the expression", item.start if item is not END else None)


def empty(item):
    return isinstance(item, Group) and item.kind == "{" and not item.items
