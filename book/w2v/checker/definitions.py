"""Local definitions: which left sides are names, which names are new, what a name stands for from then on."""

from .evaluate import Scope
from .instance import INSTANCES
from .decide import Step
from .judge import is_loss, unknown_in
from .names import CENTER_NAMES, OUTSIDE_NAMES, NeedIndex, family_of, key_of, loss_category
from .tree import Apply, Minus, Number, Probability, Relation, Symbol, walk

from .values import IllTyped, Unsettled


class Definitions:
    """The part of a document that stores definitions; needs `defined_at`, the section of each of them."""

    def is_new(self, head, item, facts):
        """Whether the left side is a name that means nothing yet."""
        name = loss_name(head[0], item)
        return name not in facts.definitions and (name.startswith("J:") or not known_symbol(item.left, facts))

    def redefines(self, head, item, facts, outcome):
        """A known name given another meaning: a local letter, or a letter of the domain with another kind of value."""
        name = loss_name(head[0], item)
        if item.link.role == "inline" and known_symbol(item.left, facts):
            return False
        if name.startswith("J:"):
            return self.section_of(name) != item.context.section
        if name in facts.definitions:
            return True
        functions = {n.function for n in walk(item.right) if isinstance(n, Apply)}
        softmax = bool(functions & {"exp", "softmax"}) or any(isinstance(n, Probability) for n in walk(item.right))
        unknown = unknown_in(Step(item.right, item.right, facts), item.right)
        return (not softmax or bool(unknown)) and name in ("y^hat", "p", "z", "s", "h", "q")

    @staticmethod
    def names_something(item, facts):
        """Whether a statement beside an equation defines a name rather than claiming something."""
        head = definition_head(item.left)
        return head is not None and not isinstance(item.right, Number) and not known_symbol(item.left, facts)

    @staticmethod
    def may_redefine(item, facts):
        """A letter of the domain gets a new meaning only in a display."""
        return item.link.role != "inline" or not known_symbol(item.left, facts)

    def section_of(self, name):
        return self.defined_at.get(name)

    def define(self, item, facts, force=False):
        """Stores the definition; False when the left side is no name."""
        head, named = definition_head(item.left), item.left
        body = item.right
        if head is None and force:
            head, body, named = definition_head(item.right), item.left, item.right
            if head is None and isinstance(item.right, Minus):
                head, body, named = definition_head(item.right.arg), Minus(item.left), item.right.arg
        if head is None:
            return False
        name, parameters = head
        if name.startswith("J:"):
            name = "J:" + (loss_category(loss_head(named).label) or item.context.category or "softmax")
        if any(isinstance(n, Symbol) and family_of(n) == name and len(n.subs) == len(parameters) for n in walk(body)):
            return False
        if isinstance(named, Symbol) and name == key_of(named) != family_of(named) and known_symbol(named, facts):
            return force
        if any(isinstance(n, Symbol) and key_of(n) == name for n in walk(body)):
            return force
        if name == facts.hidden and not evaluates(body, facts):
            return True
        entries = [e for e in facts.definitions.get(name, []) if len(e[0]) != len(parameters)]
        facts.definitions[name] = [(parameters, body, item.context.layout or facts.layout)] + entries
        self.defined_at[name] = item.context.section
        return True


def evaluates(tree, facts):
    """Whether a tree has a value at an instance; a definition that has none leaves its name a free variable."""
    try:
        return bool(Scope(INSTANCES[0], facts).value(tree).entries)
    except (IllTyped, Unsettled, NeedIndex):
        return False


def loss_name(name, item):
    """The name of a definition; that of a loss without a label says which loss the context means."""
    return name if name != "J:" else "J:" + (item.context.category or "softmax")


def loss_head(tree):
    return tree.function if isinstance(tree, Apply) else tree


def strip_losses(tree):
    """tree without the arguments of losses, in which U is only a name."""
    from .tree import rebuild
    if isinstance(tree, Apply) and isinstance(tree.function, Symbol) and is_loss(tree.function):
        return tree.function
    return rebuild(tree, strip_losses)


def definition_head(tree):
    """(name, index letters) when a tree can be the left side of a definition; 'J:...' for losses; else None."""
    if isinstance(tree, Apply) and isinstance(tree.function, Symbol):
        if is_loss(tree.function):
            return "J:" + loss_category(tree.function.label), ()
        return definition_head(tree.function)
    if not isinstance(tree, Symbol) or tree.base in ("1", "ones", "|V|"):
        return None
    if is_loss(tree):
        return "J:" + loss_category(tree.label), ()
    letters = []
    for i in tree.subs:
        if isinstance(i, Relation):
            continue
        if isinstance(i, Symbol) and key_of(i) in ("o", "c") and len(tree.subs) == 1:
            return key_of(tree), ()
        if not isinstance(i, Symbol) or i.subs or i.label or key_of(i) in OUTSIDE_NAMES | CENTER_NAMES or not i.base.islower():
            return None
        letters.append(key_of(i))
    return family_of(tree), tuple(letters)


def known_symbol(tree, facts):
    """Whether the domain already gives the symbol a meaning."""
    symbol = tree.function if isinstance(tree, Apply) else tree
    if facts.hidden and family_of(symbol) == facts.hidden:
        return False
    if symbol.base in ("z", "s", "h", "Z", "e") and not symbol.subs or symbol.base in ("z", "s"):
        return False
    try:
        return Scope(INSTANCES[0], facts).known(symbol) is not None
    except (NeedIndex, IllTyped, Unsettled):
        return True
