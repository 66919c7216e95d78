"""How an index letter is used: as a word, a sample, an entry of a word vector or of another vector."""
from dataclasses import replace

from .names import CENTER_NAMES, LOSS_BASES, NEGATIVE_BASES, OUTSIDE_NAMES, key_of
from .paths import of_step
from .tree import Entry, Plus, Probability, Relation, Sum, Symbol, children, walk

PREDICTIONS = {"y", "p", "t", "q", "z", "\\pi"}
ENTRY_LETTERS = {"i", "j", "d", "l", "m", "n", "\\ell", "1", "2", "3"}


def index_letters(tree):
    """(letter, symbol, position) for every letter in a subscript of tree; losses are left out."""
    for node in walk(tree):
        if isinstance(node, Symbol) and node.base not in LOSS_BASES:
            for position, i in enumerate(node.subs):
                for inner in walk(i):
                    if isinstance(inner, Symbol) and inner.base.isalpha():
                        yield inner, node, position, inner is i
        if isinstance(node, Entry) and isinstance(node.arg, Symbol) and node.arg.subs:
            for i in node.subs:
                yield i, node.arg, len(node.arg.subs), True
        if isinstance(node, Probability):
            for part in (node.outcome,):
                if isinstance(part, Symbol):
                    yield part, node, 0, True


def uses(letter, tree, facts):
    """The set of uses of a letter: 'word!', 'table', 'entry', 'part', 'offset', 'indexed'."""
    found = {"word!"} if facts.sign_letter and any(isinstance(n, Symbol) and n.base == "L" and n.label == letter for n in walk(tree)) else set()
    for inner, node, position, direct in index_letters(tree):
        if key_of(inner) != letter:
            continue
        step = of_step(node, position, facts) if isinstance(node, Symbol) else None
        if step is not None:
            found.add("step" if step else "word!")
        elif not direct:
            found.add("offset" if any(isinstance(i, Plus) for i in getattr(node, "subs", ())) or offset_inside(node, letter) else "indexed")
        elif isinstance(node, Probability):
            found.add("word!")
        elif node.base == "y" and "upper" in node.accents and len(node.subs) == 1:
            found.add("offset")
        elif node.base == "w" and "prime" in node.accents and len(node.subs) == 2:
            found.add("word!" if position else "entry")
        elif node.base in NEGATIVE_BASES and not node.accents and len(node.subs) == 1 and key_of(Symbol(node.base)) not in facts.definitions:
            found.add("indexed")
        elif hidden_entry(node, facts):
            found.add("entry")
        elif isinstance(node, Probability) or node.base in PREDICTIONS or node.base == facts.input_letter or node.base in facts.word_letters:
            found.add("word!")
        elif node.base == "\\delta":
            found.add("delta")
        elif node.base in facts.outside or node.base + "'" in facts.outside or node.base == facts.center or \
                node.base == "\\theta" and facts.theta_is_outside:
            found.add("entry" if position else "table")
        elif node.base in ("U", "V", "W", "w") or node.base in facts.matrix_is_outside:
            layout = facts.layout if node.base in facts.matrix_is_outside or not facts.center_layout else facts.center_layout
            found.add("table" if len(node.subs) != 2 else "entry" if position == (layout == "rows") else "word!")
        else:
            found |= of_definition(node, position, facts)
    return found


def hidden_entry(symbol, facts):
    """Whether an indexed symbol is an entry of the center vector written as a bare letter."""
    if not facts.hidden or len(symbol.subs) != 1 or key_of(Symbol(symbol.base, symbol.accents)) != facts.hidden:
        return False
    return facts.hidden != facts.center or key_of(symbol.subs[0]) in ENTRY_LETTERS


def of_definition(node, position, facts):
    """How the definition of a symbol uses its index; 'part' for a symbol without one."""
    entries = facts.definitions.get(key_of(Symbol(node.base, node.accents)), ())
    for parameters, body, _ in entries:
        if position < len(parameters):
            return uses(parameters[position], body, replace(facts, definitions={})) | {"defined"}
    if entries:
        return {"defined"}
    return {"word!"} if len(node.subs) == 2 else {"part"}   # n_{wx}: a number for every two words


def offset_inside(node, letter):
    return any(isinstance(n, Plus) and any(isinstance(t, Symbol) and key_of(t) == letter for t in n.terms) for n in walk(node))


def kind_in(letter, tree, scope):
    """'word', 'sample', 'entry', 'part' or 'offset' for a summation letter without a stated range."""
    if letter in scope.kinds:
        return scope.kinds[letter]
    found = uses(letter, tree, scope.facts)
    if found == {"delta"}:
        return "word"
    if "step" in found:
        return "step"
    if "offset" in found:
        return "offset"
    if "word!" in found:
        return "word"
    if "indexed" in found:
        return "sample" if scope.category == "negative" else "word"
    if "entry" in found:
        return "entry"
    if "table" in found:
        return "sample" if scope.category == "negative" and letter[0] in scope.facts.sample_letters else "word"
    if "part" in found:
        return "part"
    return "word"


def free_letters(tree, bound=frozenset()):
    """The index letters of tree that no sum inside it binds, in order of first use."""
    found = {}
    _collect(tree, bound, found)
    return list(found)


def _collect(tree, bound, found):
    if isinstance(tree, Sum):
        bound = bound | set(tree.letters)
    if isinstance(tree, Symbol) and tree.base in LOSS_BASES and not any(isinstance(i, Symbol) for i in tree.subs):
        return
    if isinstance(tree, Symbol):
        for i in tree.subs:
            _letters(i, bound, found)
        return
    if isinstance(tree, Probability):
        _letters(tree.outcome, bound, found)
        return
    if isinstance(tree, Relation):
        return
    for child in children(tree):
        _collect(child, bound, found)


def _letters(index, bound, found):
    if isinstance(index, Relation):
        return
    if isinstance(index, Symbol):
        name = key_of(index)
        if name in bound or name in OUTSIDE_NAMES | CENTER_NAMES or index.label == "text":
            return
        inner = [i for i in index.subs if not isinstance(i, Relation)]
        if inner:
            for i in inner:
                _letters(i, bound, found)
        elif index.base.isalpha() and not index.base.isupper():
            found.setdefault(name, True)
        return
    for child in children(index):
        _letters(child, bound, found)
