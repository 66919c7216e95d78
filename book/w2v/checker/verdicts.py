"""The verdict on each link of a document, definitions in order, and the matrix layout that fits best."""
from dataclasses import replace

from . import scalars as s
from .definitions import Definitions, definition_head, strip_losses
from .evidence import doubtful, heads
from .counterexample import counterexample
from .judge import Judge, unknown_in
from .report import Report, Verdict
from .slips import suggestion
from .names import family_of
from .tree import Apply, Derivative, Number, Relation, Sum, Symbol, walk


RELATION_NAMES = {"leq": "<=", "geq": ">=", "approx": "approximate", "propto": "proportional to", "to": "an arrow",
                  "rightarrow": "an arrow", "ll": "much less than", "gg": "much greater than", "simeq": "approximate"}


class Verdicts(Definitions):
    """The part of a document that decides; needs `items`, `facts`, `name` and `fixed_layout`."""

    def report(self):
        self.choose_reading()
        judged = self.run(self.facts)
        doubtful(judged, self.facts)
        verdicts = [v for _, v in judged]
        return Report(verdicts, self.name)

    def choose_reading(self):
        """The layout of matrices, vectors and gradients under which most steps hold; a stated one wins, columns when equal."""
        candidates = self.readings()
        if len(candidates) > 1:
            matrices = len({(r["row_vectors"], r["numerator"]) for r in candidates}) == 1
            scores = [self.score(replace(self.facts, definitions={}, **r), matrices) - self.against(r) for r in candidates]
            candidates = [candidates[scores.index(max(scores))]]
        self.facts = replace(self.facts, **candidates[0])

    def readings(self):
        """The readings to be compared, the usual one first."""
        first = self.fixed_layout or self.stated.layout or "columns"
        layouts = [first] if self.fixed_layout else [first, "rows" if first == "columns" else "columns"]
        if not any(self.mentions_matrix(i) for i in self.items):
            layouts = layouts[:1]
        turned = [False, True] if self.stated.row_vectors or self.may_be_rows else [False]
        numerator = [False, True] if self.stated.numerator else [False]
        return [dict(layout=a, row_vectors=b, numerator=c) for a in layouts for b in turned for c in numerator]

    def against(self, reading):
        """What a reading must make up for when the text states another layout: three steps."""
        return 9 if self.stated.layout and reading["layout"] != self.stated.layout else 0

    def score(self, facts, only_matrices):
        weights = {"proved": 3, "transposed": 1}
        return sum(weights.get(v.status, 0) for _, v in self.run(facts, only_matrices=only_matrices, quick=True))

    def mentions_matrix(self, item):
        names = self.facts.matrix_is_outside | self.facts.matrix_is_center
        def inside(tree):
            return tree is not None and any(isinstance(n, Symbol) and n.base in {m.rstrip("'") for m in names} and not n.subs
                                            and n.label == "" for n in walk(tree) if not isinstance(n, (Sum,)))
        return item.error is None and any(inside(strip_losses(t)) for t in (item.left, item.right))

    def run(self, facts, only_matrices=False, quick=False):
        facts = replace(facts, definitions=dict(facts.definitions))
        self.defined_at, self.hypothetical = {}, None
        verdicts = []
        if not any(i.order for i in self.items):
            for n, item in enumerate(self.items):
                item.order = n
        self.sides_first(facts)
        for item in self.items:
            s.forget_nodes()
            layout = item.context.layout
            current = replace(facts, layout=layout) if layout else facts
            if only_matrices and (not self.mentions_matrix(item) and not self.defines(item) or layout):
                continue
            verdict = self.verdict(item, Judge(current), facts, quick=quick)
            if verdict is not None:
                verdicts.append((item, verdict))
        return sorted(verdicts, key=lambda pair: pair[0].order)

    def sides_first(self, facts):
        """Nothing yet: definitions beside an equation are handled in order, before it."""
        order = []
        for n, item in enumerate(self.items):
            order.append((item.link.display, item.link.chain, item.link.role != "side", n))
        if any(not o[2] for o in order):
            self.items = [self.items[o[3]] for o in sorted(order, key=lambda o: (self.block(o[3]), o[2], o[3]))]

    def block(self, n):
        """Items of one display stay together, in place."""
        display = self.items[n].link.display
        first = n
        while display and first and self.items[first - 1].link.display == display:
            first -= 1
        return first

    def defines(self, item):
        return item.error is None and definition_head(item.left) is not None

    def verdict(self, item, judge, facts, quick=False):
        link = item.link
        made = Verdict(self.name, link.line, link.chain, link.step, link.left.text if link.left else "",
                       link.right.text if link.right else "", "unsettled", inline=link.role == "inline", display=link.display,
                       expected=item.context.expected)
        if item.error is not None:
            made.status, made.reason = "unreadable", str(item.error)
            return None if link.role == "side" and not item.context.expected and not made.lhs else made
        if link.sign not in ("=", "triangleq"):
            made.reason = f"only equalities are checked; this relation is {RELATION_NAMES.get(link.sign, link.sign)}"
            return None if made.inline else made
        if link.sign == "triangleq" or link.role == "side" and self.names_something(item, facts):
            self.define(item, facts, force=True)
            made.status = "definition"
            return made
        if link.role == "side" and isinstance(item.right, Number):
            return None
        try:
            return self.settle(item, judge, facts, made, quick)
        except Exception as error:      # a fault of the checker must never take a report with it
            made.status, made.reason = "unsettled", f"fault of the checker: {type(error).__name__}: {error}"
            return None if made.inline else made

    def settle(self, item, judge, facts, made, quick):
        head = definition_head(item.left)
        fresh = head is not None and self.is_new(head, item, facts)
        if fresh and head[0].startswith("J:"):
            self.define(item, facts)
            made.status = "definition"
            return made
        if fresh and made.inline and isinstance(item.right, Number):
            return None
        if fresh:
            made.status = "definition"
            if self.define(item, facts):
                return made
        outcome, step = judge.decide(item.left, item.right, item.conditions, item.context, item.long)
        if outcome.status == "differs" and head is not None and self.redefines(head, item, facts, outcome):
            self.define(item, facts)
            made.status = "definition"
            return None if made.inline else made
        known_loss = head is not None and head[0].startswith("J:") and not fresh
        if outcome.status in ("ill-typed", "unsettled") and head is not None and not known_loss and self.may_redefine(item, facts) and self.define(item, facts):
            made.status = "definition"
            return None if made.inline else made
        if made.inline and outcome.status == "differs" and isinstance(item.left, Symbol) and isinstance(item.right, Symbol):
            self.hypothetical = item.before
        self.fill(made, outcome, step, judge, item, quick)
        if made.inline and made.status != "proved" and not (made.status == "refuted" and claims(item) and not outcome.passing):
            return None
        return made

    def fill(self, made, outcome, step, judge, item, quick):
        """Status, reason, assumptions, counterexample and repair of a verdict."""
        made.status = {"holds": "proved", "differs": "refuted"}.get(outcome.status, outcome.status)
        made.reason = outcome.reason
        if outcome.status == "holds" and said_to_vanish(item):
            strange = strangers(step, self.facts)
            if strange:
                made.status, made.reason = "unsettled", f"{', '.join(sorted(strange))}: not defined here"
            elif in_window(item.left.variable, self.facts):
                made.status, made.reason = "unsettled", "whether the loss depends on this vector is not clear from the text"
        if quick or made.status == "unsettled":
            return
        if outcome.status in ("holds", "transposed"):
            made.assumptions = judge.assumptions(step, list(item.conditions))
        if outcome.status == "holds" and step.reading["vectors"] != judge.vectors((item.left, item.right)):
            made.assumptions.append("scalar " + ", ".join(sorted(judge.vectors((item.left, item.right)))))
        if outcome.status == "differs":
            self.explain(made, outcome, step, judge, item)
        elif outcome.status == "ill-typed":
            unknown = unknown_letters(step, self.facts)
            item.free = frozenset(unknown_in(step, step.left) & unknown_in(step, step.right))
            if unknown:
                made.status, made.reason = "unsettled", f"{', '.join(sorted(unknown))}: not defined here"
            else:
                made.suggestion = suggestion(item, step, judge)

    def chain_letters(self, item):
        """Letters of the sides that stand before this step in its chain."""
        sides = [i.left for i in self.items if i.link.chain == item.link.chain and i.link.display == item.link.display
                 and i.order < item.order and i.left is not None]
        return set().union(*(heads(t) for t in sides))

    def explain(self, made, outcome, step, judge, item):
        unknown = unknown_letters(step, self.facts) - self.chain_letters(item)
        if unknown:
            made.status, made.reason = "unsettled", f"{', '.join(sorted(unknown))}: not defined here"
            return
        item.free = frozenset(unknown_in(step, step.left) & unknown_in(step, step.right))
        if item.link.display and item.link.display == self.hypothetical:
            made.status, made.reason = "unsettled", "the text assumes an equality of its letters here"
            return
        if center_case(item, outcome):
            made.status, made.assumptions = "proved", judge.assumptions(step, list(item.conditions)) + ["w != c"]
            return
        made.counterexample = counterexample(step, outcome)
        made.suggestion = suggestion(item, step, judge)


def claims(item):
    """Whether an inline equality asserts something: a derivative, a sum or a function on its left."""
    return any(isinstance(n, (Derivative, Sum)) or isinstance(n, Apply) and isinstance(n.function, str) for n in walk(item.left))


def unknown_letters(step, facts):
    """Letters that mean nothing here and stand on one side only."""
    left, right = unknown_in(step, step.left), unknown_in(step, step.right)
    free = {family_of(n.variable) for t in (step.left, step.right) for n in walk(t)
            if isinstance(n, Derivative) and isinstance(n.variable, Symbol)}
    return (left ^ right) - free - {"x"}


def strangers(step, facts):
    """Letters that a derivative is taken with respect to, which mean nothing here and do not occur in what is differentiated."""
    unknown = unknown_in(step, step.left) | unknown_in(step, step.right)
    return {family_of(n.variable) for side in (step.left, step.right) for n in walk(side)
            if isinstance(n, Derivative) and isinstance(n.variable, Symbol) and family_of(n.variable) in unknown - letters_of(n.body, facts)}


def letters_of(tree, facts):
    """The letters in a tree and in what its names stand for."""
    found, waiting = set(), [tree]
    while waiting:
        new = {family_of(n) for n in walk(waiting.pop()) if isinstance(n, Symbol)} - found
        found |= new
        waiting += [body for name in new for _, body, _ in facts.definitions.get(name, ())]
    return found


def said_to_vanish(item):
    """Whether the step says that a derivative is 0."""
    return isinstance(item.right, Number) and not item.right.value and isinstance(item.left, Derivative)


def in_window(variable, facts):
    """Whether it is a center vector that is numbered in the window, such as v_{c_i}: it may be part of a mean."""
    return isinstance(variable, Symbol) and family_of(variable) == facts.center and any(isinstance(i, Symbol) and i.subs or not isinstance(i, (Symbol, Relation)) for i in variable.subs)


def center_case(item, outcome):
    """A partial by v_w said to be 0 and wrong only at w = c: the condition w != c goes without saying."""
    if not said_to_vanish(item):
        return False
    variable = item.left.variable
    center = outcome.instance.c
    return isinstance(variable, Symbol) and len(outcome.failing) == 1 and bool(outcome.passing) and \
        ("word", center) in outcome.failing[0].values()
