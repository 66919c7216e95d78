"""A whole text: pieces to links with their context, definitions in order, verdicts, report."""
import re
from dataclasses import dataclass, replace

from .chains import Chains, Link
from .relations import is_condition
from .constructs import read, read_conditions
from .context import Context, Tracker
from .conventions import stated
from .facts import gather
from .roles import refine
from .segments import Segment, cut_membership
from .judge import is_loss, named_category
from .sources import pieces
from .names import key_of, loss_category
from .macros import expand, macros
from .tokens import tokenize
from .verdicts import Verdicts
from .paths import DECLARED, SIGNS, path_end
from .tree import Apply, Sum, Symbol, Unreadable, rebuild, walk

AFTER = re.compile(r"\s*,?\s*(?:for|when|if|whenever|provided(?: that)?)(?: (?:all|any|every|each))?\s*")
ENDS = re.compile(r"\s*(?:\.|\n[ \t]*\n|$)")


@dataclass
class Item:
    """A link in its context, with its trees or the reason why they could not be read."""
    link: Link
    context: Context
    left: object = None
    right: object = None
    long: tuple = ()
    error: object = None
    conditions: tuple = ()
    order: int = 0
    before: int = 0         # the display that follows inline mathematics
    free: frozenset = frozenset()     # letters that mean nothing here and may take any value


def trailing(pieces):
    """{id of a display: (conditions, pieces)}: what a sentence that ends behind it, such as `for $w \\neq o$.`, adds to it."""
    found = {}
    for display, before, inline, behind in zip(pieces, pieces[1:], pieces[2:], [*pieces[3:], None]):
        if [display.kind, before.kind, inline.kind] == ["display", "prose", "inline"] and AFTER.fullmatch(before.text) and (
                behind is None or behind.kind != "prose" or ENDS.match(behind.text)):
            try:
                tokens = tokenize(inline.text)
                if is_condition(tokens):
                    found[id(display)] = tuple(read_conditions(tokens)), (before, inline)
            except Unreadable:
                continue
    return found


class Document(Verdicts):
    """check() in steps: `items`, then `layout`, then one verdict each."""

    def __init__(self, text, name, layout=""):
        self.stated = stated(text)
        if self.stated.prime_transposes:
            text = text.replace("'", "\u02b9")
        self.name, self.table = name, macros(text)
        self.pieces = pieces(text)
        self.items, self.trees, self.running = [], {}, Chains()
        self.collect()
        texts = [p.text for p in self.pieces if p.kind in ("display", "inline")] + [SIGNS] * bool(DECLARED.search(text))
        self.settle_labels()
        facts, self.may_be_rows = refine(gather([expand(t, self.table) for t in texts]), self.items)
        self.facts = replace(facts, layout=layout or "columns", definitions={}, center_layout=self.stated.center_layout)
        self.fixed_layout = layout

    def settle_labels(self):
        """J_ns is the negative-sampling loss where its definition holds a sigmoid."""
        def sigmoid(tree):
            return any(isinstance(n, Apply) and n.function in ("sigma", "logsigmoid") for n in walk(tree))
        if not any(i.left is not None and getattr(i.left, "label", "") == "ns" and sigmoid(i.right) for i in self.items):
            return

        def renamed(tree):
            tree = replace(tree, label="neg-sample") if isinstance(tree, Symbol) and tree.label == "ns" else tree
            return rebuild(tree, renamed)
        self.rename(renamed)

    def rename(self, renamed):
        for item in self.items:
            if item.left is not None and item.right is not None:
                item.left, item.right = renamed(item.left), renamed(item.right)
                item.long = tuple((renamed(a), renamed(b)) for a, b in item.long)

    # -- collecting ---------------------------------------------------------------------------------------------
    def collect(self):
        chains, tracker, number = Chains(), Tracker(), 0
        after = trailing(self.pieces)
        moved = {id(piece) for _, pieces in after.values() for piece in pieces}
        for piece in self.pieces:
            if id(piece) in moved:
                continue
            if piece.kind in ("prose", "directive", "comment"):
                getattr(tracker, piece.kind)(piece.text)
            elif piece.kind == "heading":
                tracker.heading(piece.text)
                chains.pause()
                self.running.pause()
            elif piece.kind == "inline":
                self.inline(piece, tracker)
            else:
                number += 1
                self.running.pause()
                self.display(piece, chains, tracker, number, after.get(id(piece), ((), ()))[0])

    def display(self, piece, chains, tracker, number, after=()):
        context = tracker.context()
        own = {key_of(r.left) for r in after}
        context = replace(context, conditions=tuple(r for r in context.conditions if key_of(r.left) not in own) + tuple(after))
        try:
            links, cases = chains.display(expand(piece.text, self.table), piece.line)
        except Unreadable as error:
            empty = Link(None, "=", None, piece.line, chains.chain + 1, 1, display=number)
            self.items.append(Item(empty, context, error=error))
            return
        tracker.after_display()
        if not links and not cases and "=" in piece.text and chains.unbalanced:
            empty = Link(None, "=", None, piece.line, chains.chain + 1, 1, display=number)
            self.items.append(Item(empty, context, error=Unreadable("balanced brackets", piece.text.strip()[:40])))
        for tokens in cases:
            try:
                for r in read_conditions(tokens):
                    if r.sign in ("=", "!=") and isinstance(r.left, Symbol):
                        tracker.cases[key_of(r.left)] = r
            except Unreadable:
                pass
        for link in links:
            link.display = number
            item = self.item(link, context)
            self.items.append(item)
            named = item.left is not None and named_category((item.left, item.right))
            if named and named != "skip-gram":
                tracker.category = named
            body = self.defined_loss(item)
            if body:
                tracker.category = body
            if named or body:
                item.context = replace(item.context, category=named or body)
                context = replace(context, category=named or body)

    def inline(self, piece, tracker):
        tracker.inline(piece.text)
        chains = self.running
        try:
            text = expand(piece.text, self.table)
            tokens = tokenize(text)
            whole = Segment(list(tokens), [])
            cut_membership(whole)
            if is_condition(whole.tokens):
                return
            links, _ = chains.display(text, piece.line, "inline")
        except Unreadable:
            return
        context = tracker.now()
        for link in links:
            link.role = "inline"
            item = self.item(link, context)
            body = self.defined_loss(item)
            if body:
                tracker.category, item.context = body, replace(item.context, category=body)
            item.before = max((i.link.display for i in self.items), default=0) + 1
            if item.error is None:
                self.items.append(item)

    def item(self, link, context):
        notes = []
        for tokens in link.conditions:
            try:
                notes += read_conditions(tokens)
            except Unreadable:
                continue
        own = {key_of(r.left) for r in notes if isinstance(r.left, Symbol)}
        outer = [r for r in context.conditions if not (isinstance(r.left, Symbol) and key_of(r.left) in own)]
        item = Item(link, context, conditions=tuple(outer + notes))
        try:
            item.left, item.right = self.read(link.left), self.read(link.right)
            long = (self.read(link.left, True), self.read(link.right, True))
            if long != (item.left, item.right):
                item.long = (long,)
        except Unreadable as error:
            item.error = error
        except RecursionError:
            item.error = Unreadable("an expression that is not nested this deeply")
        return item

    def read(self, side, long_operand=False):
        key = (id(side), len(side.tokens), long_operand)
        if key not in self.trees:
            self.trees[key] = (read(side.tokens, long_operand), side)
        return self.trees[key][0]

    @staticmethod
    def defined_loss(item):
        """The category of an unlabelled loss that this link defines, from its body."""
        if item.left is None or item.right is None:
            return ""
        head = item.left.function if isinstance(item.left, Apply) else item.left
        if not isinstance(head, Symbol) or not is_loss(head) or loss_category(head.label):
            return ""
        functions = {n.function for n in walk(item.right) if isinstance(n, Apply)}
        if functions & {"sigma", "logsigmoid"} and any(isinstance(n, Sum) and n.domain[0] == "range" and path_end(n.domain[2]) for n in walk(item.right)):
            return "hierarchical"
        if "sigma" in functions or "logsigmoid" in functions:
            return "negative"
        return "softmax" if functions & {"log", "CE"} else ""
