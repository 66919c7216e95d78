"""A printed relation to its verdict: readings in order, definitions, assumptions, counterexamples."""
from dataclasses import replace

from .decide import Outcome, Step
from .instance import INSTANCES, broken
from .names import LOSS_BASES, family_of, key_of, loss_category, positions
from .tree import Apply, Number, Relation, Symbol, Times, Transposed, walk
from .usage import free_letters, uses

CATEGORIES = ("softmax", "negative", "skip-gram")
ASSUMPTIONS = {"soft y": "y one-hot", "repeat": "negatives distinct", "o negative": "o not among the negatives",
               "word repeated": "words of the window distinct"}


def loss_symbols(trees):
    """(symbol, arguments) of every loss in the trees."""
    found = []
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Apply) and isinstance(node.function, Symbol) and is_loss(node.function):
                found.append((node.function, node.args))
            elif isinstance(node, Symbol) and is_loss(node):
                found.append((node, ()))
    return found


def is_loss(symbol):
    return symbol.base in LOSS_BASES and not symbol.accents and not symbol.subs and (symbol.base in ("J", "L", "\\ell") or bool(symbol.label)
                                                                                  or symbol.base in ("E", "F"))


def named_category(trees):
    """The category that a loss label in the trees names, '' when none does."""
    for symbol, args in loss_symbols(trees):
        if len(positions(args)) > 1:
            return "skip-gram"
        if loss_category(symbol.label):
            return loss_category(symbol.label)
    return ""


def unlabelled(trees):
    return any(not loss_category(symbol.label) for symbol, _ in loss_symbols(trees))


class Judge:
    """Decides one link after another; remembers definitions and, within a chain, the kinds of its letters."""

    def __init__(self, facts):
        self.facts = facts

    # -- readings -----------------------------------------------------------------------------------------------
    def letters(self, trees, conditions, category):
        """{free letter: kind} from its uses in both sides and from its conditions."""
        kinds = {}
        for tree in trees:
            for letter in free_letters(tree):
                used = set().union(*(uses(letter, t, self.facts) for t in trees))
                kinds[letter] = self.kind(letter, used, category)
        for r in conditions:
            name = key_of(r.left) if isinstance(r.left, Symbol) else ""
            upper = [key_of(i) for i in getattr(r.right, "subs", ())][-1:] if r.sign == "in" else []
            if name in kinds and (upper == ["K"]):
                kinds[name] = "sample"
        return kinds

    def kind(self, letter, used, category):
        if used == {"delta"}:
            return "word"
        if "step" in used:
            return "step"
        if "offset" in used:
            return "offset"
        if "word!" in used:
            return "word"
        if "indexed" in used:
            return "sample" if category == "negative" else "word"
        if "entry" in used and "table" not in used:
            return "entry"
        if "table" in used:
            return "sample" if category == "negative" and letter[0] in self.facts.sample_letters else "word"
        if "defined" in used:
            return "word"
        return "part"

    def vectors(self, trees):
        """Unknown letters that stand for vectors: bold, transposed, or used with an index elsewhere in the step."""
        bare, indexed, styled = set(), set(), set()
        for tree in trees:
            for node in walk(tree):
                if isinstance(node, Symbol):
                    (indexed if node.subs else bare).add(family_of(node))
                    if node.bold and not node.subs:
                        styled.add(family_of(node))
                if isinstance(node, Transposed) and isinstance(node.arg, Symbol):
                    styled.add(family_of(node.arg))
                if isinstance(node, Apply) and node.function == "diag":
                    styled |= {family_of(n) for n in walk(node) if isinstance(n, Symbol) and not n.subs}
                if isinstance(node, Times) and "odot" in node.signs:
                    styled |= {family_of(n) for f in node.factors for n in walk(f) if isinstance(n, Symbol) and not n.subs}
                if isinstance(node, Apply) and node.function == "softmax":
                    styled |= {family_of(a) for a in node.args if isinstance(a, Symbol) and not a.subs}
        tables = self.facts.outside | {self.facts.center} | set(self.facts.definitions)
        return frozenset((bare & indexed | styled) - tables)

    def readings(self, left, right, conditions, context, alternatives):
        """Steps in the order in which they should be tried; the first is the literal one."""
        trees = (left, right)
        category = named_category(trees) or context.category or "softmax"
        vectors = self.vectors(trees)
        base = dict(category=category, kinds=self.letters(trees, conditions, category), vectors=vectors)
        yield Step(left, right, self.facts, conditions, **base)
        for a, b in alternatives:
            yield Step(a, b, self.facts, conditions, **base)
        if vectors:
            yield Step(left, right, self.facts, conditions, **{**base, "vectors": frozenset()})
            yield Step(left, right, self.facts, conditions, **base, unknown_size="dimension")
            yield Step(left, right, self.facts, conditions, **base, unknown_size="words")
        yield from self.scalar_readings(trees, conditions, base)
        if any(isinstance(n, Symbol) and n.base == "ones" for t in trees for n in walk(t)):
            for size in ("samples", "samples+1", "dimension", "parts"):
                yield Step(left, right, self.facts, conditions, **base, ones=size)
        if unlabelled(trees) and not named_category(trees):
            for other in CATEGORIES + ("hierarchical",) * bool(self.facts.sign_letter):
                if other != category:
                    kinds = self.letters(trees, conditions, other)
                    yield Step(left, right, self.facts, conditions, **{**base, "category": other, "kinds": kinds})
        if loss_symbols(trees):
            yield Step(left, right, self.facts, conditions, **base, builtin_loss=True)
        if any(isinstance(n, Symbol) and n.base == "y" and not n.accents for t in trees for n in walk(t)):
            yield Step(left, right, self.facts, conditions, **base, soft=True)
        swapped = {n: {"sample": "word", "word": "sample"}.get(k, k) for n, k in base["kinds"].items() if n not in ("k", "s", "w", "x")}
        if category == "negative" and swapped:
            yield Step(left, right, self.facts, conditions, **{**base, "kinds": {**base["kinds"], **swapped}})

    def scalar_readings(self, trees, conditions, base):
        """A letter of which a softmax is taken elsewhere, used here without indices, may be a plain number."""
        indexed = {family_of(n) for t in trees for n in walk(t) if isinstance(n, Symbol) and n.subs}
        bare = {family_of(n) for t in trees for n in walk(t) if isinstance(n, Symbol) and not n.subs and not n.bold}
        letters = self.facts.word_letters & bare - indexed
        if letters:
            facts = replace(self.facts, word_letters=self.facts.word_letters - letters)
            yield Step(*trees, facts, conditions, **{**base, "vectors": base["vectors"] - letters})

    def decide(self, left, right, conditions, context, alternatives=()):
        """(outcome, step) of the first reading that holds, else of the literal one."""
        literal = turned = scalar = fits = None
        for step in self.readings(left, right, conditions, context, alternatives):
            outcome = step.decide()
            if outcome.status == "holds":
                return outcome, step
            if outcome.status == "transposed" and turned is None:
                turned = outcome, step
            literal = literal or (outcome, step)
            if outcome.status in ("unsettled", "differs") and {"ones", "unknown_size"} & set(step.reading):
                fits = fits or (outcome, step)
            if outcome.status in ("differs", "transposed") and step.facts is not self.facts:
                scalar = scalar or (outcome, step)
        if scalar and literal[0].status != "differs":
            return scalar
        if fits and literal[0].status == "ill-typed":
            return fits
        if turned:
            return turned
        known = self.true_word(left, right, conditions, literal)
        if known:
            return known
        outcome, step = literal
        if outcome.status == "ill-typed":
            found = step.transposed()
            if found:
                return Outcome("transposed", outcome.reason), step
            return self.other_layout(literal)
        return literal

    def true_word(self, left, right, conditions, literal):
        """A false step that holds where its letter k is the outside word, in a text that says y_k = 1."""
        name, (outcome, step) = self.facts.true_letter, literal
        if outcome.status != "differs" or not name or name not in step.free:
            return None
        narrowed = Step(left, right, step.facts, (*conditions, Relation("=", Symbol(name), Symbol("o"))), **step.reading)
        found = narrowed.decide()
        return (found, narrowed) if found.status == "holds" else None

    def other_layout(self, literal):
        """A step that only fits the other matrix layout and is false there is refuted rather than ill-typed."""
        outcome, step = literal
        layout = "rows" if step.facts.layout == "columns" else "columns"
        turned = Step(step.left, step.right, replace(step.facts, layout=layout), step.conditions, **step.reading)
        found = turned.decide()
        return (found, turned) if found.status == "differs" else literal

    # -- assumptions --------------------------------------------------------------------------------------------
    def assumptions(self, step, conditions):
        """What a proved step needs, found by breaking one assumption at a time."""
        found = []
        for name, text in ASSUMPTIONS.items():
            instance = broken(INSTANCES[0], name)
            if step.decide((instance,), ()).status in ("differs",):
                found.append(text)
        for n, condition in enumerate(conditions):
            rest = conditions[:n] + conditions[n + 1:]
            without = Step(step.left, step.right, step.facts, rest, **step.reading)
            if without.decide(INSTANCES[:1], ()).status == "differs":
                found.append(printed(condition))
        return found


def printed(relation):
    """'w != o' for a Relation."""
    if not isinstance(relation, Relation):
        return str(relation)
    return f"{short(relation.left)} {relation.sign} {short(relation.right)}"


def short(tree):
    return "{...}" if isinstance(tree, Symbol) and tree.base in ("set", "range") else key_of(tree) if isinstance(tree, (Symbol, Number)) else "..."


def unknown_in(step, tree):
    """The letters of tree that mean nothing here, as far as its evaluation gets."""
    met = set()
    try:
        for binding in step.admitted(INSTANCES[0])[:1]:
            scope = step.scope(INSTANCES[0], binding)
            met = scope.met
            scope.value(tree)
    except Exception:       # a side that cannot be evaluated alone has no letters to report
        pass
    return met
