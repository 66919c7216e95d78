"""Word vectors, their entries and the two tables, with the letters a document uses for them."""
from . import scalars as s
from .names import CENTER_NAMES, OUTSIDE_NAMES, family_of, key_of
from .tree import Symbol
from .usage import hidden_entry
from .values import Unsettled, matrix, scalar


class VectorScope:
    """The part of a scope that knows u_w, v_c, h, U and V."""

    def table(self, tree):
        """Word vectors u_w, v_c, their entries u_{w,i}, and the tables U and V; None for anything else."""
        letter = tree.base + "'" * tree.accents.count("prime") if tree.base != "\\theta" else "\\theta"
        if "tilde" in tree.accents and tree.base in "uv":
            letter = tree.base if tree.base in self.facts.outside else "u"
        if self.facts.hidden and family_of(tree) == self.facts.hidden and (not tree.subs or hidden_entry(tree, self.facts)):
            whole = self.oriented(self.table_vector(self.instance.c))
            return self.pick(whole, tree.subs) if tree.subs else whole
        if letter == "w'" and len(tree.subs) == 2:
            kind, number = self.index(tree.subs[0], "entry")
            if number >= self.instance.dimension:
                raise Unsettled("an entry of a word vector")
            return scalar(self.outside_vector(self.word(tree.subs[1]))[number])
        if letter in self.facts.matrix_is_outside and not (tree.subs and len(tree.subs) > 2):
            return self.matrix_or_part(tree, self.outside_vector)
        if letter in self.facts.matrix_is_center and not tree.accents:
            return self.matrix_or_part(tree, self.table_vector, self.facts.center_layout)
        if letter == "w" and len(tree.subs) == 2 and not tree.accents and self.facts.hidden:
            return self.matrix_or_part(tree, self.table_vector, self.facts.center_layout)
        if not tree.subs or set(tree.accents) - {"prime", "tilde", "upper", "bar"}:
            return None
        if letter == "\\theta" and not self.facts.theta_is_outside:
            return None
        if letter == self.facts.center:
            return self.center_or_shared(tree)
        if letter in self.facts.outside or letter == "\\theta":
            return self.vector_or_entry(tree, self.outside_vector)
        return None

    def center_or_shared(self, tree):
        name = key_of(tree.subs[0])
        if name in CENTER_NAMES or name in ("w_I", "w_t") or not self.facts.shared and name not in OUTSIDE_NAMES:
            return self.vector_or_entry(tree, self.table_vector)
        if self.facts.shared:
            return self.vector_or_entry(tree, lambda w: [s.var(("shared", w, d)) for d in range(self.instance.dimension)])
        return self.vector_or_entry(tree, self.table_vector)

    def vector_or_entry(self, tree, vector):
        subs = list(tree.subs)
        if len(subs) == 2 and isinstance(subs[1], Symbol) and subs[1].label == "text":
            subs = subs[:1]
        values = vector(self.word(subs[0]))
        if len(subs) == 1:
            return self.oriented(values)
        if len(subs) == 2:
            kind, number = self.index(subs[1], "entry")
            if kind != "entry" or number >= len(values):
                raise Unsettled("an entry of a word vector")
            return scalar(values[number])
        raise Unsettled("a word vector with three subscripts")

    def matrix_or_part(self, tree, vector, layout=""):
        rows = [vector(w) for w in range(self.instance.words)]
        full = matrix(rows) if (layout or self.facts.layout) == "rows" else matrix([list(r) for r in zip(*rows)])
        return self.pick(full, tree.subs) if tree.subs else full

    def center_vector(self, c):
        """v_c, or what the document puts in its place."""
        hidden = self.facts.hidden
        if hidden in self.overrides:
            return self.overrides[hidden].entries
        entry = self.facts.definitions.get(hidden)
        if entry and self.depth < 6:
            return self.inside_definition(entry[0][2]).value(entry[0][1]).entries
        return self.table_vector(c)

    def table_vector(self, w):
        return [s.var(("v", w, d)) for d in range(self.instance.dimension)]

    def outside_vector(self, w):
        family = "shared" if self.facts.shared and self.category != "negative" else "u"
        return [s.var((family, w, d)) for d in range(self.instance.dimension)]
