"""Scores, predictions, labels, probabilities and the losses that a letter such as J stands for."""
from dataclasses import replace

from . import scalars as s
from .names import LOSS_BASES, NeedIndex, family_of, key_of, loss_category, positions
from .tree import Grid, Symbol, Transposed
from .values import Unsettled, scalar


WITH_ARGUMENT = {"\\pi", "p", "q", "z", "s", "Z", "S"}      # written p_k(z) and Z(v), the argument being understood
SCORE_NAMES = ("z", "s", "\\eta", "\\theta", "a", "x")


class LossScope:
    """The part of a scope that knows y, y-hat, P(o | c) and the losses."""

    def scores(self):
        given = self.given(SCORE_NAMES)
        if given:
            return given
        center = self.center_vector(self.instance.c)
        return [s.add(*(s.mul(a, b) for a, b in zip(self.softmax_vector(w), center))) for w in range(self.instance.words)]

    def given(self, names):
        """The entries of an override (the variable of a derivative) under one of the names, or None."""
        for name in names:
            value = self.overrides.get(name)
            if value is not None and len(value.entries) == self.instance.words:
                return value.entries
        return None

    def softmax_vector(self, w):
        return [s.var(("shared" if self.facts.shared else "u", w, d)) for d in range(self.instance.dimension)]

    def predictions(self):
        given = self.given(("y^hat", "p", "q", "\\pi"))
        if given:
            return given
        defined = self.depth < 6 and self.facts.definitions.get("y^hat")
        if defined and self.facts.word_letters:
            value = self.defined(Symbol("y", ("hat",)))
            if value is not None and len(value.entries) == self.instance.words:
                return value.entries
        exps = [s.exp(n) for n in self.scores()]
        total = s.add(*exps)
        return [s.div(e, total) for e in exps]

    def labels(self):
        n, o = self.instance.words, self.instance.o
        if not self.instance.soft:
            return [s.ONE if w == o else s.ZERO for w in range(n)]
        free = [s.var(("label", w)) for w in range(n - 1)]
        return free + [s.add(s.ONE, *(s.neg(f) for f in free))]

    def probability(self, tree):
        """P(o|c) by the softmax; P(D=1|w,c) by the sigmoid."""
        given = tree.given
        scope = self
        if isinstance(given, Grid) and not self.facts.hidden:
            raise Unsettled("a probability given several words")
        if isinstance(given, Symbol):
            name = key_of(given)
            if name not in ("h", "v_c") and given.base != self.facts.center:
                try:
                    c = self.word(given)
                except NeedIndex:
                    if given.base not in ("w", "c", "x", "t", "i"):
                        raise Unsettled("a probability given something that is not a word") from None
                    raise
                scope = self.replaced(instance=replace(self.instance, c=c))
        values = scope.predictions()
        outcome = tree.outcome
        if isinstance(outcome, Symbol) and outcome.base in self.facts.outside and len(outcome.subs) == 1:
            outcome = outcome.subs[0]
        return scalar(values[self.word(outcome)])

    def call(self, tree):
        """A loss with its arguments, or a locally defined function."""
        symbol = tree.function
        if isinstance(symbol, Transposed):
            raise Unsettled("a transposed function")
        if symbol.base in LOSS_BASES and (symbol.base != "C" or symbol.label):
            return self.loss(symbol, tree.args)
        defined = self.facts.definitions.get(family_of(symbol))
        if (defined or symbol.base in WITH_ARGUMENT and self.known(symbol) is not None) and self.depth < 6:
            return self.replaced(depth=self.depth + 1).symbol(symbol)
        raise Unsettled(f"the function {symbol.base}, which is not defined here")

    def loss(self, symbol, args):
        """J as the document means it here; an argument w_{t+j} names the outside word."""
        category = loss_category(symbol.label) or self.category
        if symbol.base == "F" and category not in ("negative", "softmax"):
            category = "softmax"
        scope = self
        placed = positions(args)
        if len(placed) > 1:
            category = "skip-gram"
        elif placed:
            scope = self.replaced(instance=replace(self.instance, o=self.word(placed[0])))
            category = "softmax" if category == "skip-gram" else category
        if not self.builtin_loss:
            defined = self.facts.definitions.get("J:" + category)
            if defined and scope is self and self.depth < 6:
                return self.remembered_loss(category, *defined[0][1:])
        return scalar(scope.loss_node(category))

    def remembered_loss(self, category, body, layout):
        """The value of a loss that the text defines, evaluated once for the same place and the same indices."""
        if self.loose:
            return self.inside_definition(layout).value(body)
        key = ("J:" + category, body, self.letters_bound(body), *self.place())
        return self.once(key, lambda scope: scope.inside_definition(layout).value(body))

    def loss_node(self, category):
        if category == "negative":
            return self.negative_loss()
        if category == "hierarchical":
            return self.hierarchical_loss()
        if category == "cbow":
            raise Unsettled("the CBOW loss, which is not defined here")
        if category == "skip-gram":
            words = self.instance.window
            return s.add(*(self.replaced(instance=replace(self.instance, o=w)).loss_node("softmax") for w in words))
        y_hat = self.predictions()
        if self.instance.soft:
            return s.neg(s.add(*(s.mul(a, s.log(b)) for a, b in zip(self.labels(), y_hat))))
        return s.neg(s.log(y_hat[self.instance.o]))

    def negative_loss(self):
        center = self.center_vector(self.instance.c)

        def score(w):
            return s.add(*(s.mul(a, b) for a, b in zip(self.outside_vector(w), center)))
        terms = [s.log(s.sigma(score(self.instance.o)))]
        terms += [s.log(s.sigma(s.neg(score(w)))) for w in self.instance.negatives]
        return s.neg(s.add(*terms))
