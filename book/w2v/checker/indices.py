"""Index trees to words, samples, positions and entries, and whether an index condition holds."""
from . import scalars as s
from .names import CENTER_NAMES, NEGATIVE_BASES, OUTSIDE_NAMES, NeedIndex, key_of
from .tree import Apply, Number, Plus, Power, Size, Symbol, Times, Transposed, walk
from .tree import Grid, Relation
from .values import Unsettled


class IndexScope:
    """The part of a scope that reads indices; needs `instance`, `facts`, `indices`, `kinds` and `category`."""

    def index(self, tree, kind="word"):
        """(kind, number) of an index tree; raises NeedIndex for a free letter."""
        if isinstance(tree, Number):
            return self.numbered(int(tree.value), kind)
        if isinstance(tree, Plus):
            return self.shifted(tree)
        if isinstance(tree, (Apply, Times, Size, Transposed)) or not isinstance(tree, (Symbol, Power)):
            raise Unsettled("an index that is computed")
        name = key_of(tree)
        if name in self.indices:
            return self.indices[name]
        if name.split(":")[0] in OUTSIDE_NAMES or tree.label == "text" and tree.base.lower().startswith(("out", "true", "pos")):
            return "word", self.instance.o
        if name in CENTER_NAMES and not (name == "t" and kind == "sample") or tree.label == "text" and tree.base.lower().startswith(("cent", "in")):
            return "word", self.instance.c
        if name in ("|V|", "V", "N", "W") and kind == "word":
            return "word", self.instance.words - 1
        if name == "K" and kind in ("sample", "word"):
            return "sample", self.instance.samples - 1
        if name in ("d", "D", "n") and kind == "part":
            return "part", self.instance.parts - 1
        if name in ("d", "D") and kind == "entry":
            return "entry", self.instance.dimension - 1
        if isinstance(tree, Symbol) and tree.subs:
            return self.indexed_word(tree)
        raise NeedIndex(name, self.kinds.get(name, kind))

    def numbered(self, n, kind):
        if n == 0:
            if kind != "word":
                return kind, 0
            return "word", self.instance.o if self.facts.zero_is_o else 0
        return kind, n - 1

    def shifted(self, tree):
        """t + j: a position in the window."""
        names = [key_of(t) for t in tree.terms if not isinstance(t, Number)]
        for name in names:
            if name in self.indices and self.indices[name][0] == "offset":
                return "offset", self.indices[name][1]
        free = [n for n in names if n not in CENTER_NAMES and n not in ("t", "i", "c")]
        if len(free) == 1:
            raise NeedIndex(free[0], "offset")
        raise Unsettled("a shifted index")

    def indexed_word(self, tree):
        """w_k, w_{t+j}, n_k: a word named by a sample, a position or another index."""
        subs = [i for i in tree.subs if not isinstance(i, Relation)]
        if len(subs) > 1 and all(i.label == "text" for i in subs[:-1] if isinstance(i, Symbol)):
            subs = subs[-1:]
        if len(subs) != 1:
            raise Unsettled("an index with several subscripts")
        kind, number = self.index(subs[0], "sample" if self.category == "negative" else "word")
        if kind == "offset":
            word = self.instance.offset_word(number)
            if word is None:
                raise Unsettled("a position outside the window")
            return "word", word
        if kind == "sample":
            return "word", self.negative(number)
        return "word", number

    def negative(self, k):
        if k >= len(self.instance.negatives):
            raise Unsettled("a negative sample beyond K")
        return self.instance.negatives[k]

    def word(self, tree):
        """The word an index names, a sample standing for its word."""
        kind, number = self.index(tree, "word")
        if kind == "offset":
            kind, number = "word", self.instance.offset_word(number)
        if kind == "sample":
            return self.negative(number)
        if kind != "word" or number is None or number >= self.instance.words:
            raise Unsettled("an index that is not a word")
        return number

    def index_symbols(self, tree):
        for node in walk(tree):
            if isinstance(node, Symbol):
                for i in node.subs:
                    if isinstance(i, Symbol):
                        yield i

    def holds(self, relation):
        """Whether an index condition holds."""
        if not isinstance(relation, Relation):
            raise Unsettled("a condition that is not a relation")
        if relation.sign in ("in", "notin"):
            return self.member(relation)
        if relation.sign in ("<", ">", "<=", ">=") and self.is_value(relation.left):
            sign = self.sign(s.add(self.value(relation.left).node, s.neg(self.value(relation.right).node)))
            return sign > 0 if relation.sign[0] == ">" else sign < 0
        sides = []
        for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
            if isinstance(side, Number) and self.numeric(other):
                sides.append(("number", int(side.value)))
            else:
                sides.append(self.normal(side))
        (kind_a, a), (kind_b, b) = sides
        if "number" in (kind_a, kind_b) and kind_a != kind_b:
            shift = {"offset": 0, "sample": 1, "part": 1, "entry": 1}
            a, b = (x + shift.get(k, 0) for x, k in ((a, kind_a), (b, kind_b)))
        elif {kind_a, kind_b} & {"sample"} and kind_a != kind_b:
            a, b = (self.negative(x) if k == "sample" else x for x, k in ((a, kind_a), (b, kind_b)))
        return {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[relation.sign]

    def is_value(self, tree):
        """Whether a tree in a condition is a quantity rather than an index."""
        return isinstance(tree, Symbol) and not tree.subs and key_of(tree) not in self.indices and tree.base in ("x", "z", "a", "t", "s")

    def numeric(self, other):
        try:
            return self.index(other, "word")[0] in ("offset", "sample", "part", "entry", "number")
        except (NeedIndex, Unsettled):
            if isinstance(other, Symbol) and key_of(other) not in OUTSIDE_NAMES | CENTER_NAMES:
                raise
            return False

    def normal(self, side):
        if isinstance(side, Symbol) and side.base in self.facts.outside | {self.facts.center} and side.subs:
            return "word", self.word(side.subs[0])
        if isinstance(side, Size):
            kind, number = self.normal(side.arg)
            return kind, abs(number)
        if isinstance(side, Symbol) and key_of(side) == "m" and "m" not in self.indices and "m" not in self.kinds:
            return "number", self.instance.m
        return self.index(side, "word")

    def member(self, relation):
        name = relation.right
        inside = True
        if isinstance(name, Symbol) and name.base == "set" and name.label == "negatives":
            inside = self.word(relation.left) in self.instance.negatives
        elif isinstance(name, Symbol) and name.label == "listed":
            inside = self.word(relation.left) in self.listed(name.subs)
        elif isinstance(name, Grid) or isinstance(name, Symbol) and name.base == "range":
            return True
        return inside if relation.sign == "in" else not inside

    def listed(self, entries):
        """The words of {o, w_1, ..., w_K}; numbered samples stand for all of them."""
        words = set()
        for entry in entries:
            if isinstance(entry, Symbol) and entry.base in NEGATIVE_BASES and entry.subs and key_of(entry) not in OUTSIDE_NAMES | CENTER_NAMES:
                words |= set(self.instance.negatives)
            elif isinstance(entry, Symbol):
                words.add(self.word(entry))
        return words
