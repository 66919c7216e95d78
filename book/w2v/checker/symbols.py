"""What a symbol means at an instance: override, bound index, definition, the domain's own, or an unknown."""
from dataclasses import dataclass, field, replace

from . import scalars as s
from .facts import Facts
from .indices import IndexScope
from .instance import Instance
from .losses import LossScope
from .names import LOSS_BASES, OUTSIDE_NAMES, family_of, key_of
from .paths import PathScope
from .sums import of_kind
from .tree import Relation, Symbol, unbound
from .usage import kind_in
from .values import IllTyped, Unsettled, Value, column, constant, scalar, transpose
from .vectors import VectorScope


@dataclass
class SymbolScope(IndexScope, VectorScope, LossScope, PathScope):
    """The environment of an evaluation; `replaced` makes a changed copy."""
    instance: Instance
    facts: Facts
    category: str = "softmax"          # which loss a bare J is
    indices: dict = field(default_factory=dict)
    overrides: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)    # free or bare summation letters -> 'word' | 'sample' | 'part'
    vectors: frozenset = frozenset()             # unknown letters that are vectors
    loose: object = None
    scalar_wanted: bool = False
    depth: int = 0
    builtin_loss: bool = False
    unknown_size: str = "parts"        # the length of vectors that belong to no table
    ones: str = "words"                # the length of the vector of ones
    memo: dict = field(default_factory=dict)     # values of definitions, shared by the scopes of a step
    met: set = field(default_factory=set)        # the unknown letters met so far

    def replaced(self, **changes):
        return replace(self, **changes)

    def oriented(self, entries):
        """A vector as the document writes them: a column, or a row."""
        made = column(entries)
        return transpose(made) if self.facts.row_vectors else made

    def bind(self, binding):
        return replace(self, indices={**self.indices, **binding})

    def symbol(self, tree):
        """The value of a symbol: override, bound index, definition, the domain's own, or an unknown."""
        tree = self.without_conditions(tree)
        key = key_of(tree)
        if key in self.overrides:
            return self.overrides[key]
        bare = family_of(tree)
        if bare in self.overrides and tree.subs:
            return self.pick(self.overrides[bare], tree.subs)
        if not tree.subs and key in self.indices:
            kind, number = self.indices[key]
            return constant(number if kind == "offset" else number + 1)
        defined = self.remembered(tree)
        if defined is not None:
            return defined
        known = self.known(tree)
        return self.unknown(tree) if known is None else known

    @staticmethod
    def without_conditions(tree):
        if any(isinstance(i, Relation) for i in tree.subs):
            return replace(tree, subs=tuple(i for i in tree.subs if not isinstance(i, Relation)))
        return tree

    def remembered(self, tree):
        """defined(tree), evaluated once for the same indices, instance and overrides."""
        if self.loose or family_of(tree) not in self.facts.definitions and key_of(tree) not in self.facts.definitions:
            return self.defined(tree)
        key = (tree, self.letters_bound(tree), *self.place())
        return self.once(key, lambda scope: scope.defined(tree))

    def once(self, key, evaluate):
        """evaluate(scope) under a key of the step's memory; the unknown letters that it meets are met again each time."""
        if key not in self.memo:
            fresh = self.replaced(met=set())
            self.memo[key] = evaluate(fresh), fresh.met
        found, met = self.memo[key]
        self.met.update(met)
        return found and Value(found.shape, found.entries, found.either, found.partial)

    def place(self):
        """Everything but the bound indices on which the value of a definition depends."""
        i = self.instance
        overrides = tuple((n, v.entries[0].key, v.shape) for n, v in sorted(self.overrides.items()))
        return (overrides, self.category, self.scalar_wanted, self.depth > 5, self.facts.layout,
                i.seed, i.o, i.c, i.soft, i.negatives, i.window, i.positive)

    def letters_bound(self, tree):
        """The bound indices that a definition can see: those of its symbol, and those that its body leaves free."""
        names = self.names_below(tree, frozenset())
        return tuple(sorted((n, v) for n, v in self.indices.items() if n in names))

    def names_below(self, tree, path):
        """The names that a tree leaves free, through all definitions that it uses; `path` holds those that are open."""
        found = {name for symbol in unbound(tree) for name in (family_of(symbol), key_of(symbol))}
        for name in found & self.facts.definitions.keys() - path:
            for parameters, body, _ in self.facts.definitions[name]:
                found |= self.names_below(body, path | {name}) - set(parameters)
        return found

    def defined(self, tree):
        """The value of a local definition such as z = U^T v_c or u(x) = ..., or None."""
        exact = self.facts.definitions.get(key_of(tree)) if tree.subs else None
        if exact and self.depth <= 6:
            return self.inside_definition(exact[0][2]).value(exact[0][1])
        entry = self.facts.definitions.get(family_of(tree))
        if entry is None or self.depth > 6:
            return None
        for parameters, body, layout in entry:
            if len(parameters) == len(tree.subs):
                inner = self.inside_definition(layout)
                binding = {}
                for p, i in zip(parameters, tree.subs):
                    binding[p] = self.parameter(p, i, body)
                inner = inner.replaced(indices={**{n: v for n, v in self.indices.items()}, **binding})
                return inner.value(body)
        for parameters, body, layout in entry:
            if tree.subs and tree.base in self.facts.outside | {self.facts.center}:
                return None
            inner = self.inside_definition(layout)
            if len(parameters) == 1 and not tree.subs and tree.base not in ("x", "t"):
                kind = "step" if kind_in(parameters[0], body, self) == "step" else "word"
                return self.oriented([inner.bind({parameters[0]: i}).value(body).node for i in of_kind(self.instance, kind)])
            if not parameters and len(tree.subs) >= 1:
                return self.pick(inner.value(body), tree.subs)
        return None

    def inside_definition(self, layout):
        """The scope in which a definition is evaluated: the matrix layout of the place where it stands."""
        return self.replaced(depth=self.depth + 1, scalar_wanted=False, facts=replace(self.facts, layout=layout))

    def parameter(self, name, index, body):
        """The index given to a parameter of a definition; a formula for samples says nothing about a word."""
        kind = kind_in(name, body, self)
        found = self.index(index, kind)
        if kind == "sample" and found[0] == "word":
            raise Unsettled("a formula for the samples used for a word")
        return found

    def pick(self, value, subs):
        """The entry of a vector or matrix that `subs` name."""
        rows, columns = value.shape or (1, 1)
        if value.shape == ():
            raise IllTyped("an entry of a scalar")
        numbers = []
        for n, sub in enumerate(subs):
            size = len(value.entries) if len(subs) == 1 else value.shape[n]
            kind, number = self.index(sub, self.kind_of_size(size))
            if kind == "sample" and size == self.instance.words:
                number = self.negative(number)
            if number is None or number >= size:
                raise Unsettled("an index beyond the size of its vector")
            numbers.append(number)
        if len(numbers) == 1 and value.vector:
            return scalar(value.entries[numbers[0]])
        if len(numbers) == 2:
            return scalar(value.entries[numbers[0] * columns + numbers[1]])
        if len(numbers) == 1 and self.instance.words in value.shape:
            return self.slice(value, numbers[0])
        raise Unsettled("an entry with the wrong number of indices")

    def slice(self, value, w):
        rows, columns = value.shape
        if rows == self.instance.words:
            return self.oriented(value.entries[w * columns:(w + 1) * columns])
        return self.oriented(value.entries[w::columns])

    def kind_of_size(self, size):
        return {self.instance.words: "word", self.instance.dimension: "entry", self.instance.samples: "sample"}.get(size, "part")

    def known(self, tree):
        """The value of a symbol of the domain, or None."""
        found = self.on_path(tree)
        if found is not None:
            return found
        base, hat = tree.base, "hat" in tree.accents
        if family_of(tree) in self.facts.word_letters and len(tree.subs) < 2 and base not in ("z", "s", "u", "v"):
            if self.facts.score_letter != family_of(tree):
                self.met.add(family_of(tree))
                return self.entries_or_all(tree, lambda: [s.var(("free", family_of(tree), w)) for w in range(self.instance.words)])
            return self.entries_or_all(tree, self.scores)
        if family_of(tree) == self.facts.input_letter and len(tree.subs) < 2:
            return self.entries_or_all(tree, lambda: [s.ONE if w == self.instance.c else s.ZERO for w in range(self.instance.words)])
        if base == "m" and self.facts.counts and len(tree.subs) < 2:
            return self.entries_or_all(tree, lambda: [s.num(self.instance.negatives.count(w)) for w in range(self.instance.words)])
        if base == "y" and not hat and "upper" in tree.accents and len(tree.subs) == 1:
            w = self.position_word(tree.subs[0])
            return self.oriented([s.ONE if v == w else s.ZERO for v in range(self.instance.words)])
        if base == "\\CE" and not tree.subs:
            return scalar(s.neg(s.add(*(s.mul(a, s.log(b)) for a, b in zip(self.labels(), self.predictions())))))
        if base == "y" and (hat or self.facts.plain_y_is_prediction) or base in ("p", "q", "\\pi") and not tree.label and (hat or base == "p"):
            return self.entries_or_all(tree, self.predictions)
        if base in ("y", "t") and not hat and (base == "y" or tree.subs and self.facts.plain_y_is_prediction):
            return self.entries_or_all(tree, self.labels)
        if base in ("z", "s") and not hat and not tree.accents:
            if len(tree.subs) < 2:
                return self.entries_or_all(tree, self.scores)
        if base == "e" and len(tree.subs) == 1 and (tree.bold or key_of(tree.subs[0]) in OUTSIDE_NAMES):
            return self.oriented([s.ONE if w == self.word(tree.subs[0]) else s.ZERO for w in range(self.instance.words)])
        if base in LOSS_BASES and not tree.accents and (base in ("J", "L", "\\ell") or tree.label or base == "E"):
            return self.loss(tree, ())
        if base == "\\delta" and len(tree.subs) == 2:
            a, b = (self.normal(i) for i in tree.subs)
            return constant(1 if a[1] == b[1] else 0)
        if base == "ones":
            i = self.instance
            sizes = {"words": i.words, "samples": i.samples, "samples+1": i.samples + 1, "dimension": i.dimension, "parts": i.parts}
            return self.oriented([s.ONE] * sizes[self.ones])
        if base == "1" and not tree.subs:
            return constant(1)
        if base == "Z" and not tree.subs and not tree.accents:
            return scalar(s.add(*(s.exp(n) for n in self.scores())))
        return self.table(tree) or self.size(tree)

    def position_word(self, index):
        """The word at a window position j, or the word an index names."""
        kind, number = self.index(index, "offset")
        return self.instance.offset_word(number) if kind == "offset" else self.word(index)

    def size(self, tree):
        sizes = {"|V|": self.instance.words, "K": self.instance.samples, "m": self.instance.m, "D": self.instance.dimension}
        if tree.subs or tree.accents:
            return None
        return constant(sizes[tree.base]) if tree.base in sizes else None

    def entries_or_all(self, tree, vector):
        values = vector()
        subs = [i for i in tree.subs]
        if not subs:
            return self.oriented(values)
        if len(subs) == 1:
            return scalar(values[self.word(subs[0])])
        raise Unsettled("a distribution with two subscripts")

    def unknown(self, tree):
        """A free variable: a vector when its entries are used too, a scalar otherwise."""
        if tree.base.isupper() or tree.base in ("set", "range", "text", "J") or tree.label or tree.base == "|V|":
            raise Unsettled(f"the symbol {tree.base}, which is not defined here")
        name = family_of(tree)
        self.met.add(name)
        if not tree.subs:
            if name in self.vectors:
                return self.oriented([s.var(("free", name, n)) for n in range(getattr(self.instance, self.unknown_size))])
            return scalar(s.var(("free", name)))
        if len(tree.subs) == 2:
            return scalar(s.var(("free", name, *(self.word(i) for i in tree.subs))))
        if len(tree.subs) > 2:
            raise Unsettled(f"the symbol {tree.base} with {len(tree.subs)} subscripts")
        kind, number = self.index(tree.subs[0], self.kinds.get(key_of(tree.subs[0]), "part"))
        return scalar(s.var(("free", name, number)))

    def sign(self, node):
        """The sign of a node at this instance's values."""
        return s.number(node, self.instance.value, {})

    def with_value(self, name, node):
        self.instance.cache[name] = s.number(node, self.instance.value, {})
        return self
