"""A whole text to verdicts: the meaning is fixed, then each claim is decided on its own."""

import re
from fractions import Fraction
from dataclasses import replace
from itertools import product as combinations
from math import prod

from ..kernel import scalars as s
from ..kernel.indices import NeedIndex
from ..kernel.polynomials import OutOfBudget
from ..kernel.values import IllTyped, Unsettled, Value
from ..meaning.doubts import NEEDED, QUESTIONS, kind_left_open, standing, uses
from ..meaning.names import heads, key, mentions, stripped, symbols
from ..meaning.statements import survey
from ..meaning.superscripts import names_in
from ..meaning.view import View
from ..meaning.normalise import found_calls, lent_names
from ..meaning.world import Conventions, circular, define_type, denied_at, definition, elaborate, finish, said_at
from ..reading import tree as t
from ..meaning.types import words
from .decide import Claim, Outcome

NEGATED = re.compile(r"\b(?:not|\w+n't|never|no longer|fails?|false|wrong|even|only|unless|except|hardly|without|cannot)\b", re.I)
GOOD = ("proved", "definition")
LAYOUTS = {"jacobian_columns": "it decides which of a Jacobian and its transpose stands", "gradient_rows": "it decides whether the gradient of a number is a column or a row"}
CHOICES = ("table_rows", "rows", "gradient_rows", "jacobian_columns")


class Judge:
    """Judges the statements of one text."""

    def __init__(self, text, prelude="word2vec", layout=""):
        self.text, self.prelude = text, prelude
        conventions = Conventions(table_rows=layout == "rows")
        self.world = elaborate(text, prelude, conventions)
        if layout:
            self.world.denied.add("table stated")
        self.views, self.verdicts, self.rivals, self.noted = {}, {}, {}, {}  # verdicts and rivals: by the number of the statement
        self.assumed = {}  # {number of a statement: (a supposition that is used in it, the definition that it is there)}
        self.jacobians = False  # whether some claim has the derivative of a vector by a vector
        self.as_rows = set()  # numbers of the statements that would hold if vectors were rows
        self.told_by_spaces()
        self.choose_conventions()

    def view(self, statement):
        name = (statement.section, statement.loss, statement.layout)
        if name not in self.views:
            self.views[name] = View(self.world, *name)
        view = self.views[name]
        return replace(view, rival=self.assumed[statement.order][1], cache={}, met=set()) if statement.order in self.assumed else view

    def claim(self, statement, bounds=()):
        return Claim(statement.left.tree, statement.right.tree, self.view(statement), self.conditions(statement), self.denied(statement), bounds)

    def denied(self, statement):
        found = denied_at(self.world, statement.section, statement.order)
        return found | ({"soft"} if statement.loss == "soft labels" else set())

    def conditions(self, statement):
        """The conditions on a line; a case on a letter that the line itself distinguishes does not count."""
        told = {(key(r.left), r.right) for side in (statement.left, statement.right) for n in t.walk(side.tree)
                if isinstance(n, (t.Cases, t.Indicator)) for r in branch_conditions(n) if isinstance(r, t.Relation) and isinstance(r.left, t.Symbol)}
        return tuple(r for r in statement.conditions if r in statement.own or not (
            isinstance(r.left, t.Symbol) and (key(r.left), r.right) in told))

    # -- conventions of the whole text ----------------------------------------------------------------------------
    def told_by_spaces(self):
        r"""A space of a Jacobian, \partial z/\partial x \in \mathbb{R}^{n \times m}, states its layout."""
        told = []
        for fact in (f for f in self.world.survey.facts if f.kind == "space" and isinstance(f.trees[0], t.Derivative) and len(f.trees) == 3):
            view = View(self.world, fact.section)
            claim = Claim(fact.trees[0], fact.trees[0], view)
            try:
                scope = claim.scope(claim.instances()[0], {})
                shape, size = scope.value(fact.trees[0]).shape, (scope.whole(fact.trees[1]), scope.whole(fact.trees[2]))
            except (IllTyped, Unsettled, NeedIndex, OutOfBudget):
                continue
            if "jacobian" in view.met and shape in (size, size[::-1]) and size[0] != size[1]:
                told.append(replace(fact, kind="jacobian columns" if (shape == size) == view.jacobian_columns else "jacobian rows", trees=()))
        if told:
            self.world.survey.facts += told
            self.world, self.views = elaborate(self.text, self.prelude, self.world.conventions, self.world.survey), {}

    def choose_conventions(self):
        """Words as columns or rows, vectors upright or lying, gradients and Jacobians: the choice under which most claims hold."""
        open_ = [c for c in CHOICES if f"{c} stated" not in self.world.denied and not (c == "table_rows" and "table stated" in self.world.denied)]
        first = self.fits(self.world)
        misfits = {n for n, answer in first.items() if answer == "misfit"}
        best, score = self.world, tally(first)
        open_ = [c for c in open_ if self.matters(c)]
        if score[1] == 0 or not open_:
            return
        for choice in sorted(combinations((False, True), repeat=len(open_)), key=sum):
            if not 0 < sum(choice) < 3:
                continue
            conventions = replace(self.world.conventions, **{n: v != getattr(self.world.conventions, n) for n, v in zip(open_, choice)})
            world = elaborate(self.text, self.prelude, conventions, self.world.survey)
            if not any(answer == "agrees" for answer in self.fits(world, misfits).values()):
                continue
            found = tally(self.fits(world))
            unusual = any(v for n, v in zip(open_, choice) if n in ("gradient_rows", "jacobian_columns", "rows"))
            if found[0] == score[0] + 1 and dict(zip(open_, choice)).get("rows"):
                self.as_rows |= {n for n, answer in self.fits(world).items() if answer == "agrees"} - {n for n, answer in first.items() if answer == "agrees"}
            if found[0] > score[0] + unusual:  # one line alone does not speak for a convention that nobody states
                best, score = world, found
            if score[1] == 0:
                break
        self.world, self.views = best, {}

    def matters(self, convention):
        """Whether a convention can change anything in this text."""
        if convention == "table_rows":
            return bool({"U", "V"} & self.world.used.keys()) or any(e.kind == "table" for e in self.world.declared.values())
        return convention == "rows" or bool(self.world.differentiated) or any(
            isinstance(n, t.Derivative) for tree, *_ in self.world.survey.formulas for n in t.walk(tree))

    def fits(self, world, only=None):
        """{number of a claim: 'agrees', 'differs', 'misfit' or ''} in numbers, under the conventions of a world."""
        self.world, self.views = world, {}
        found = {}
        for n, statement in enumerate(world.survey.statements):
            if statement.role not in ("", "definition") or statement.sign == "approx" or statement.left.tree is None or \
                    statement.right.tree is None or statement.layout:
                continue
            if only is None or n in only:
                found[n] = self.claim(statement).quick_fit()
        return found

    # -- verdicts -------------------------------------------------------------------------------------------------
    def judge(self, statement):
        """(status, Outcome or reason) of one statement; None for what is no claim. A false note under a brace spoils its line."""
        found = self.judged(statement)
        if found is not None and found[0] == "proved" and "brace" in statement.left.text + statement.right.text:
            for other in self.world.survey.statements:
                if other is not statement and other.display == statement.display and not other.inline and other.chain != statement.chain \
                        and other.left.text in statement.left.text + statement.right.text and (self.judged(other) or GOOD)[0] not in GOOD:
                    return "refuted", f"the note at the brace does not hold: {equation(other)}"
        return found

    def judged(self, statement):
        """The verdict of one statement on its own, the same whichever others are judged and when."""
        if statement.order not in self.verdicts:
            self.verdicts[statement.order] = self.found(statement)
        return self.verdicts[statement.order]

    def found(self, statement):
        if statement.role in ("hypothesis", "condition", "assignment"):
            return None
        if statement.left.tree is None or statement.right.tree is None:
            error = statement.left.error or statement.right.error
            return "unreadable", str(error)
        if statement.sign == "approx":
            return "unsettled", "an approximation is not checked"
        if statement.role == "definition":
            return self.judge_definition(statement)
        return self.judge_claim(statement)

    def judge_definition(self, statement):
        """A definition of a name that the prelude lends is a claim if it agrees with it; the text comes first if it does not."""
        entry = next((d.entry for found in self.world.definitions.values() for d in found if d.made_by(statement)), None)
        if entry is None:  # not a definition under the conventions that were chosen
            return self.judge_claim(statement)
        outcome = self.typed(entry, statement)
        if outcome is not None:
            return outcome
        return "definition", self.lent_agrees(statement, entry)

    def typed(self, entry, statement):
        """A definition must have a value: what is ill-typed is no definition."""
        body = statement.left.tree if entry.body is statement.left.tree else statement.right.tree
        later = () if entry.first is None else (t.Relation(">", t.Symbol(entry.params[0]), t.Number(Fraction(entry.first))),)
        probe = Claim(body, body, self.view(statement).at(entry.place), self.conditions(statement) + later, self.denied(statement))
        outcome = probe.evaluates()
        if outcome is not None and outcome.status == "ill-typed":
            question = self.guess(statement, outcome)
            return ("unsettled", question) if question else ("ill-typed", outcome)
        if outcome is not None and outcome.status == "unsettled" and not outcome.reason.startswith(("no values", "no instance")):
            return "unsettled", outcome
        return self.against_declaration(entry, statement, probe) if outcome is None else None

    def against_declaration(self, entry, statement, probe):
        """('ill-typed', Outcome) of a definition that gives a name another size than the text has declared for it, else None."""
        told = self.world.declared.get(entry.key)
        kind = told.type.find() if told is not None and told.kind != "table" else None
        if kind is None or told.line > statement.line or entry.params or entry.calls or entry.point or kind.kind not in ("number", "vector", "matrix") or not (
                told.place is None or told.place in probe.view.around()):
            return None
        instance = probe.instances()[0]
        sizes = tuple(instance.sizes.get(size.find().name) for size in kind.sizes)
        shape = next((probe.scope(instance, letters).value(entry.body).shape for letters in probe.choices(instance)), None)
        wanted = (*sizes, 1) if kind.kind == "vector" else sizes
        if shape is None or None in wanted or sorted(shape or (1, 1)) == sorted(wanted or (1, 1)):
            return None
        return "ill-typed", Outcome("ill-typed", f"{entry.words} is {words(kind)} by line {told.line}, here {Value(shape, (s.ZERO,) * prod(shape)).describe()}")

    def lent_agrees(self, statement, entry):
        return ""

    def judge_claim(self, statement):
        view = self.view(statement)
        claim = self.claim(statement)
        view.met.clear()
        outcome = claim.decide()
        self.jacobians = self.jacobians or "jacobian" in view.met
        if outcome.status != "unsettled":
            for other in self.above(statement, "equates"):
                rival = self.rival(other) if key(heads(other.left.tree)[0]) in claim.closure() else None
                if rival is None:
                    continue
                second = Claim(statement.left.tree, statement.right.tree, replace(view, rival=rival, cache={}),
                               self.conditions(statement), self.denied(statement)).decide()
                if second.status != outcome.status:
                    return "unsettled", f"{rival.words} is given two meanings; line {other.line} contradicts its definition"
        return self.settled(statement, view, claim, outcome)

    def settled(self, statement, view, claim, outcome):
        """The status of an outcome; what rests on a guess or on a supposition is no accusation."""
        outcome, supposed = self.within_bounds(statement, outcome)
        if outcome.status == "holds":
            needed = claim.hypotheses()
            doubt = self.elsewhere(statement, outcome) or self.doubted(statement, needed, claim) or self.two_layouts(statement, view) or self.tied(statement, claim)
            said = [text for text, _ in (self.assumed.get(statement.order, ("", None)),) if text]
            return ("unsettled", doubt) if doubt else ("proved", replace(outcome, hypotheses=[*needed, *said]))
        if outcome.status == "unsettled":
            return "unsettled", outcome
        supposed = self.supposed(statement, claim) or supposed
        if supposed and self.assume(statement, supposed):
            return self.judge_claim(statement)
        if supposed:
            return "unsettled", f"under the supposition {supposed}, which is not used here"
        if statement.premise:
            return "unsettled", "an equation before an arrow: a condition on what follows, not a claim"
        question = self.other_layout(statement, view)
        if question:
            return "unsettled", question
        if statement.order in self.as_rows and outcome.status in ("ill-typed", "transposed"):
            return "unsettled", "this fits if vectors are rows: say 'vectors are rows' if that is meant"
        if any(self.is_order(n, view) for side in (statement.left, statement.right) for n in t.walk(side.tree)):
            return "unsettled", "an order, O(...), stands for no one value"
        if claim.held and Claim(statement.left.tree, statement.right.tree, view, self.conditions(statement), self.denied(statement), moving=()).decide().status == "holds":
            return "unsettled", f"are {', '.join(sorted(n for n in claim.held if n.isalpha()))} constant here? Say so if that is meant"
        opaque = self.opaque(statement, view) or self.lonely(claim, view)
        if opaque:
            return "unsettled", f"what is {opaque}? Nothing in the text says it"
        if self.recurs(statement):
            return "unsettled", f"{statement.left.text} is said by itself: where does it begin?"
        question = self.other_base(statement) or self.other_argument(statement) or self.primed(statement) or self.dependence(statement, claim) or self.other_softmax(statement, claim) or self.tied(statement, claim) or self.smoothed(statement, claim) or self.twice(statement, claim) or outcome.status in ("ill-typed", "transposed") and self.guess(statement, outcome)
        if question:
            return "unsettled", question
        if outcome.status in ("ill-typed", "transposed") and any(view.entry(n).kind == "ones" for tree in self.reached(statement) for n in symbols(tree)):
            return "unsettled", "how many entries has the vector of ones here? It has one length in a text; write the sums, or name its length"
        if outcome.status == "ill-typed" and self.mends(statement, view):
            return "transposed", outcome
        return {"differs": "refuted"}.get(outcome.status, outcome.status), outcome

    @staticmethod
    def is_order(tree, view):
        """Whether a term is O(h^2) or o(h), of an O that the text says nothing of."""
        head = tree.factors[0] if isinstance(tree, t.Times) and tree.signs == ("()",) else tree.function if isinstance(tree, t.Apply) else None
        return isinstance(head, t.Symbol) and head.base in ("O", "o") and not head.indices and view.entry(head).kind != "definition" and not view.entry(head).declared

    def elsewhere(self, statement, outcome):
        """What is wrong where a claim holds for positive letters alone, and the text supposes what leaves none."""
        if not outcome.domain or not statement.bounds or self.claim(statement, statement.bounds).decide().status != "unsettled":
            return ""
        return f"both sides are defined where {', '.join(outcome.domain)}, and the text supposes {' and '.join(b.text for b in statement.bounds)}"

    def two_layouts(self, statement, view):
        """The question about a layout that the text says in two ways, or in words that leave it open, where a proof rests on it."""
        for name in LAYOUTS:
            said = self.world.convention(name, view.section)[1]
            if (len(said) > 1 or None in said) and self.turned(statement, view, name) != "holds":
                return f"which layout is meant? {LAYOUTS[name]} here, and the text does not say it in one way"
        return ""

    def other_layout(self, statement, view):
        """The question about a layout that nothing states, where a claim with the derivative of a vector by a vector holds in the other."""
        if self.world.survey.fixed or "jacobian" not in view.met:
            return ""
        for name in LAYOUTS:
            if len(self.world.convention(name, view.section)[1] - {None}) != 1 and self.turned(statement, view, name) == "holds":
                return f"which layout is meant? {LAYOUTS[name]} here; say 'numerator layout' or 'denominator layout'"
        return ""

    def turned(self, statement, view, name):
        """The status of a claim with a convention the other way round."""
        other = replace(view, turned=frozenset({name}), cache={}, met=set())
        return Claim(statement.left.tree, statement.right.tree, other, self.conditions(statement), self.denied(statement)).decide().status

    def recurs(self, statement):
        """Whether a line says a name of its own by itself at another index, at once or by what is defined: a^{(l)} by a^{(l-1)}."""
        found = heads(statement.left.tree)
        name = key(found[0]) if found is not None else ""
        return bool(name) and name not in self.world.definitions and name not in lent_names(self.world) and found[0] not in symbols(statement.right.tree) \
            and circular(self.world, name, statement.right.tree)

    def within_bounds(self, statement, outcome):
        """(outcome, '') of a claim that fails, or holds, within the bounds that the text supposes; else (outcome, those bounds). The slope
        f'(x) of an f in cases is not looked at: its case is chosen by a value of its own, which no bound reaches."""
        if not statement.bounds or outcome.status != "differs":
            return outcome, ""
        inner = self.claim(statement, statement.bounds)
        found = inner.decide()
        slope = any(isinstance(n, t.Apply) and n.primes for side in (statement.left, statement.right) for n in t.walk(side.tree)) and (
            inner.view.by_sign or any(isinstance(n, t.Cases) for tree in self.reached(statement) for n in t.walk(tree)))
        kept = found.status == "differs" or found.status == "holds" and not any(b.left for b in statement.bounds)
        return (found, "") if kept and not slope else (outcome, " and ".join(b.text for b in statement.bounds))

    def supposed(self, statement, claim):
        """What words before a claim that fails suppose: it is a condition itself ('since a = b'), or stands below one that is not used.
        What holds of itself supposes nothing."""
        for text in (statement.supposed, statement.example):
            if text and text != self.assumed.get(statement.order, ("", None))[0] and not any(equation(s) == text and self.decided(s) == "holds" for s in self.above(statement, "supposes")):
                return text
        names = claim.closure()
        told = next((f for f in said_at(self.world, statement.section, statement.order) if f.words_said in names and (
            f.kind == "property" or f.kind == "property of its own" and self.left_free(f.words_said))), None)
        if told is not None:
            return quoted(told.words)
        if statement.stated:
            return equation(statement)
        return next((equation(s) for s in self.above(statement, "stated") if self.decided(s) not in ("holds", "unsettled") and claim.closure() & (
            {key(n) for side in (s.left, s.right) for n in symbols(side.tree)} - lent_names(self.world))), "")

    def left_free(self, name):
        """Whether a text says of a name nothing that fixes its values: what else it says of their sum is not used."""
        told = self.world.declared.get(name)
        return name not in self.world.definitions and name not in lent_names(self.world) and not (told and (told.distribution or told.lines or told.one_hot is not None))

    def decided(self, statement):
        return self.claim(statement).decide().status

    def doubted(self, statement, needed, claim):
        """The question about something that a proof rests on and that the text may mean otherwise; '' for none."""
        said = said_at(self.world, statement.section, statement.order)
        kinds = [NEEDED[h] for h in needed if h in NEEDED]
        left = {kind: fact for kind, fact in ((kind, standing(said, kind)) for kind in kinds) if fact is not None and fact.kind.startswith("doubt")}
        if left:
            words = dict.fromkeys(quoted(fact.words) for fact in left.values())
            return f"this needs what the text leaves open ({'; '.join(words)}): {', and '.join(QUESTIONS[kind] for kind in left)}"
        begun = {f"{name}:{first}" for name, (_, first) in self.world.survey.recursions.items()} & claim.closure()
        begun |= {n for n in claim.closure() if self.world.survey.steps and n.endswith(":0") and n in self.world.definitions}
        again = begun and next((s for s in self.world.survey.statements[: statement.order] if s.left.tree is not None and isinstance(s.left.tree, t.Symbol) and key(s.left.tree) in begun and s.role not in ("definition",)
                                and not any(d.made_by(s) for d in self.world.definitions.get(key(s.left.tree), ()))), None)
        told = begun and next((f.words for f in said if f.kind == "doubt start"), "")
        if again or told:
            return f"where does it begin here? The text speaks of another start ({quoted(told) if told else equation(again)})"
        anew = set(self.world.survey.sections[statement.section].anew)
        for n in symbols(statement.left.tree) if anew else ():
            old = [d for d in self.world.definitions.get(key(n), ()) if d.section == statement.section]
            if not old and key(n) in self.world.definitions and claim.closure((n,)) & anew - {key(n)}:
                return f"what is {n.base} here? {', '.join(sorted(anew))} has another meaning than where {n.base} was defined"
        if_only = {fact.words_said for fact in self.world.survey.facts if fact.kind == "supposed name"}
        for name in sorted(claim.closure()):
            told = self.world.declared.get(name)
            left = kind_left_open(said, name) if told is not None and (told.one_hot is not None or told.distribution or told.lines) or name in if_only or (
                name == "y" and ("y one-hot" in needed or "soft" in denied_at(self.world, statement.section, statement.order))) else None
            if left is not None:
                return f"what is {name} here? The text speaks of it otherwise ({quoted(left.words)})"
        if "indices distinct" in needed and not any(fact.kind == "granted indices" for fact in said):
            return "this needs indices that differ from each other: say that they are different"
        if "indices other than o" in needed and not any(fact.kind == "granted o drawn" for fact in said):
            return "this needs indices other than o: say that the outside word is not among them"
        if statement.doubt and any(isinstance(h, t.Relation) and h not in statement.own for h in needed):
            return f"does the case still hold here ({quoted(statement.doubt)})? Say it beside the line"
        names, differentiated = None, differentiates(statement)
        for fact in said:
            if fact.kind in ("doubt name", "doubt constant"):
                names = names or self.reached(statement)
                lent = fact.words_said not in self.world.definitions
                bare = lent or self.shows_nothing(fact.words_said, statement)  # the text prints it as if nothing had been said
                if uses(names, fact.words_said) and (bare if fact.kind == "doubt name" else differentiated and not lent):
                    return f"what is {fact.words_said}? The text speaks of it otherwise ({quoted(fact.words)})"
            if fact.kind == "doubt relation" and fact.words_said in differentiated:
                return f"the text supposes a relation of {fact.words_said} ({quoted(fact.words)}), which is not used here"
        return self.dependence(statement, claim) or self.other_argument(statement) or self.primed(statement) or self.matrices(statement)

    def dependence(self, statement, claim):
        """The question about a name that the text lets depend on another, where a claim differentiates by that, or by what that is made
        of, and takes the name to be constant."""
        view = self.view(statement)
        for fact in said_at(self.world, statement.section, statement.order):
            if fact.kind != "doubt depends":
                continue
            name, variable = fact.trees
            entry = view.entry(name)
            if differentiates(statement) & {variable.base, *Claim(variable, variable, view).closure()} and key(name) in claim.closure() and entry.kind not in ("function", "opaque") \
                    and not entry.calls and key(variable) not in Claim(name, name, view).closure():
                return f"the text lets {name.base} depend on {variable.base} ({quoted(fact.words)}), which is not used here"
        return ""

    def other_base(self, statement):
        """The question about a logarithm to which the text gives another base in words."""
        told = next((f for f in said_at(self.world, statement.section, statement.order) if f.kind == "doubt name" and f.words_said == "\\log"), None)
        bare = any(isinstance(n, t.Apply) and n.function == "log" and n.base is None for tree in self.reached(statement) for n in t.walk(tree)) if told else False
        return f"what is \\log? The text speaks of it otherwise ({quoted(told.words)})" if bare else ""

    def primed(self, statement):
        """The question about (e^y)' where y is defined by something else, or the text speaks of primes or constants."""
        letter = next((d.variables[0] for side in (statement.left, statement.right) for d in t.walk(side.tree) if isinstance(d, t.Derivative) and d.style == "prime"), None)
        told = letter is not None and any(f.kind == "doubt name" and f.words_said == "prime" for f in said_at(self.world, statement.section, statement.order))
        if letter is None or not told and self.view(statement).entry(letter).kind in ("free", "position"):
            return ""
        return f"with respect to what is the derivative that the prime stands for? Print d/d{letter.base}"

    def other_argument(self, statement):
        """The question about H(Y) where the text defines H(X) by something in which no X stands: X is part of the name."""
        view = self.view(statement)
        for name, args in (call for side in (statement.left.tree, statement.right.tree) for call in found_calls(side)):
            entry = next((d.entry for d in self.world.definitions.get(name, ()) if d.entry.calls and len(d.entry.calls) == len(args)), None)
            if entry is not None and args != entry.calls and view.world.prelude is not None and not any(
                    isinstance(c, t.Symbol) and mentions(entry.body, key(c)) for c in entry.calls) and not any(isinstance(c, t.Dots) for c in entry.calls):
                return f"what is {entry.base} of something else than in line {entry.line}? What defines it there does not contain its argument"
        return ""

    def other_softmax(self, statement, claim):
        """The question about the course's prediction where the text prints a softmax of its own, of another vector than v_c."""
        if "y^hat" not in claim.closure() or "y^hat" in self.world.definitions or self.world.survey.fixed:
            return ""
        sums = [n.body for tree in self.reached(statement) for n in t.walk(tree) if isinstance(n, t.Sum) and isinstance(n.body, t.Apply) and n.body.function == "exp"]
        vectors = {f for body in sums if isinstance(stripped(body.args[0]), t.Times) and any(key(n) == "u" for n in symbols(body))
                   for f in map(core, stripped(body.args[0]).factors) if isinstance(f, t.Symbol) and key(f) != "u"}
        other = sorted(key(v) for v in vectors if key(v) != "v")
        return f"what is \\hat y? The text has a softmax with {other[0]}, the course's is with v_c; say of which scores it is" if other else ""

    def tied(self, statement, claim):
        """The question about a letter that an equation of the text ties to a variable of a derivative, which would take it to be
        constant. What holds of itself ties nothing, nor does a claim that fails with one of the two on both its sides."""
        variables = differentiates(statement)
        free, indices, view = self.world.free, self.world.letters.keys() | self.world.bound, self.view(statement)
        letters_ = {n for n in claim.closure() & free.keys() - variables - indices if free[n].origin != "the course's prelude"
                    and not view.vocabulary(t.Symbol(free[n].base, free[n].accents, free[n].label))} if variables else ()
        for other in self.equations(statement.section) if letters_ else ():
            printed = (other.left.tree, other.right.tree)
            if any(isinstance(side, t.Symbol) and side.base in variables for side in printed):
                continue  # a value of the variable, at which something holds
            sides = [Claim(side, side, self.view(other)).closure() for side in printed]
            supposed = other.role or other.stated or other.supposed
            pairs = [(z, x) for z in sorted(letters_ & (sides[0] | sides[1])) for x in sorted(variables & (sides[0] | sides[1]))
                     if supposed or not self.world.survey.fixed and x not in lent_names(self.world) and (z in sides[0]) != (z in sides[1]) and (x in sides[0]) != (x in sides[1])]
            if pairs and other is not statement and (self.decided(other) != "holds" if supposed else (self.judged(other) or GOOD)[0] not in GOOD):
                return f"does {pairs[0][0]} depend on {pairs[0][1]}? Line {other.line} says so, and nothing defines {pairs[0][0]}"
        return ""

    def equations(self, section):
        """The equations that are no definitions and have no derivative, in a section and those around it."""
        if ("equations", section) not in self.noted:
            around = set(View(self.world, section).around())
            self.noted["equations", section] = [
                s for s in self.world.survey.statements if s.section in around and s.sign == "=" and s.role not in ("definition", "assignment")
                and s.left.tree is not None and s.right.tree is not None
                and not any(isinstance(n, (t.Derivative, t.Differential)) or isinstance(n, t.Apply) and n.primes for side in (s.left, s.right) for n in t.walk(side.tree))]
        return self.noted["equations", section]

    def shows_nothing(self, name, statement):
        """Whether what defines a number in force has no sum, fraction, power, norm or factor: nothing by which it could be altered."""
        body = self.view(statement).entry(t.Symbol(name)).body
        return body is not None and not any(isinstance(n, (t.Sum, t.Plus, t.Quotient, t.Power, t.Norm, t.Times, t.Cases)) for n in t.walk(body))

    def reached(self, statement, numbers=True):
        """The sides of a claim and the bodies of all definitions that they lead to; those of numbers if numbers is True."""
        view, found, waiting = self.view(statement), [], [statement.left.tree, statement.right.tree]
        while waiting:
            tree = waiting.pop()
            if tree is None or tree in found:
                continue
            found.append(tree)
            waiting += [view.entry(n).body for n in symbols(tree) if numbers or view.entry(n).type.find().kind != "number"]
        return found

    def smoothed(self, statement, claim):
        """The question about the labels of a text that smooths them: y may be what it smooths, or what comes out."""
        said = [f for f in said_at(self.world, statement.section, statement.order) if f.kind == "soft"]
        if "soft" not in claim.denied or not all(re.search("smooth", f.words, re.I) for f in said):
            return ""
        if "y" in claim.closure() and any(key(heads(s.left.tree)[0]) == "y" for s in (*self.above(statement, "equates"), *[statement] * self.equates(statement))):
            return "what is y? The text gives it values where its labels are smoothed; define y_w for every word"
        made = any(d.entry.type.find().kind in ("vector", "family") and mentions(d.entry.body, "y") for name in claim.closure() - {"y"}
                   for d in self.world.definitions.get(name, ()))
        hard = Claim(claim.left, claim.right, claim.view, claim.conditions, claim.denied - {"soft"}) if made else None
        return "this holds where y is one-hot: say so if y is the label before it is smoothed" if hard is not None and hard.decide().status == "holds" else ""

    def twice(self, statement, claim):
        """The question about a name that the text declares and later, below the claim, defines anew."""
        for name in sorted(claim.closure() & self.world.definitions.keys() & self.world.declared.keys()):
            declared, defined = self.world.declared[name], self.world.definitions[name][0].entry
            if declared.kind == "free" and declared.line < defined.line and statement.line < defined.line:
                return f"which {name} is meant? The text declares it in line {declared.line} and defines it in line {defined.line}"
        return ""

    def guess(self, statement, outcome):
        """The question about a name whose kind the text does not say: what does not fit may be the guess."""
        counts = re.search(r"with (\d+) entries\b.* with (\d+) entries", outcome.reason)
        name = self.guessed(statement, outcome.left is None, bool(counts) and counts[1] != counts[2])
        return f"what is {name}? As the text was read, the shapes do not fit: {outcome.reason}" if name else ""

    def guessed(self, statement, numbers, lengths):
        """A name in a claim whose kind, or with `lengths` whose length, the text does not say before it; indices, sets and bounds of sums
        have none. Where both sides have a value and only their shapes differ, what stands inside a number (numbers=False) is not the reason."""
        view = self.view(statement)
        only = {n for side in (statement.left, statement.right) for n in symbols(side.tree) if view.entry(n).kind != "function"}
        if len(only) == 1 and not (n := only.pop()).subs and view.entry(n).kind == "free":
            return f"{n.base} in this line"
        lent = [] if self.world.prelude is None else [e.body for e in self.world.prelude.definitions.values()]
        for tree in (tree for tree in self.reached(statement, numbers) if tree not in lent):
            sums = [n for n in t.walk(tree) if isinstance(n, t.Sum)]
            apart = {i for n in symbols(tree) for i in n.subs} | {letter for n in sums for letter in n.letters} | {
                n for whole in sums for part in whole.domain if isinstance(part, t.Tree) for n in symbols(part)}
            for n in (n for n in symbols(tree) if n not in apart):
                entry = view.entry(n)
                sized = not lengths or all(size.find().name in self.world.sizes.keys() | self.world.computed.keys() for size in entry.type.find().sizes)
                if entry.kind in ("free", "table") and not (entry.declared and sized and entry.line <= statement.line) and entry.origin != "the course's prelude":
                    return n.base
        return ""

    def matrices(self, statement):
        """The question about two capital letters that nothing types: as numbers they commute, as matrices they do not."""
        view = self.view(statement)
        for side in (statement.left, statement.right):
            for product in (n for n in t.walk(side.tree) if isinstance(n, t.Times)):
                found = {f.base for factor in product.factors for f in (core(factor),) if isinstance(f, t.Symbol) and len(f.base) == 1 and f.base.isupper()
                         and not f.subs and not f.sups and view.entry(f).kind == "free" and not view.entry(f).declared and view.entry(f).type.find().kind == "number"}
                if len(found) > 1:
                    return f"are {' and '.join(sorted(found))} numbers or matrices? Nothing in the text says it"
        return ""

    def above(self, statement, what):
        """The statements before one, in its section, that are conditions ('stated'), suppositions ('supposes'), or claims that equate a
        name of the text or of the prelude again with something else ('equates')."""
        if statement.section not in self.noted:
            found = self.noted[statement.section] = {"stated": [], "supposes": [], "equates": []}
            for s in (s for s in self.world.survey.statements if s.section == statement.section and s.left.tree is not None and s.right.tree is not None):
                found["supposes"] += [s] * (s.role == "hypothesis")
                found["stated"] += [s] * (s.stated and not s.role)
                found["equates"] += [s] * self.equates(s)
        return (s for s in self.noted[statement.section][what] if s.order < statement.order)

    def equates(self, statement):
        found = heads(statement.left.tree)
        if self.world.survey.fixed or found is None or statement.role or statement.step > 1 or statement.sign not in ("=", ":="):
            return False
        name = key(found[0])
        return (name in self.world.definitions or name in lent_names(self.world)) and not mentions(statement.right.tree, name)

    def rival(self, statement):
        """The definition that a failed claim would be: it may have changed the meaning of its name for what follows. None for none."""
        if statement.order not in self.rivals:
            self.rivals[statement.order] = None
            if self.judged(statement)[0] in ("refuted", "ill-typed", "transposed"):
                self.rivals[statement.order] = self.made_definition(statement)
        return self.rivals[statement.order]

    def made_definition(self, statement, reverse=False):
        """The Entry of an equation read as a definition of its left side, or of its right one, or None if it has no type."""
        made, solver = definition(statement, (statement.section, statement.loss), f"line {statement.line}", reverse), self.world.solver
        solver.meaning = self.view(statement)
        if not solver.attempt(lambda: define_type(solver, self.view(statement), made)):
            return None
        finish(self.world, solver, [made])
        return made

    def assume(self, statement, text):
        """Whether a statement can use what it supposes: `p = \\sigma(x)` of a letter p of which the text says nothing else and that does
        not stand on the other side. It holds under the supposition exactly if it holds with that side in place of p."""
        other = next((s for s in self.above(statement, "supposes") if equation(s) == text), None)
        if other is None or statement.order in self.assumed or self.negated(other, statement) or any(
                s.chain != statement.chain if s.order > other.order else s.role == "hypothesis"
                for s in self.world.survey.statements[max(0, other.order - 1) : statement.order] if s is not other):
            return False  # one supposition is used, in the chain that follows it at once
        view, sides = self.view(statement), (other.left.tree, other.right.tree)
        for letter, body in (sides, sides[::-1]):
            if isinstance(letter, t.Symbol) and not letter.indices and view.entry(letter).kind == "free" and not view.entry(letter).declared \
                    and not view.is_index(letter) and key(letter) not in Claim(body, body, view).closure():
                made = self.made_definition(other, reverse=letter is other.right.tree)
                if made is not None:
                    self.assumed[statement.order] = text, made
                return made is not None
        return False

    def negated(self, other, statement):
        """Whether the words around a supposition deny it, or leave it open."""
        names = {n.base for side in (other.left.tree, other.right.tree) for n in names_in(side)}
        told = [f.words for f in self.world.survey.facts if f.kind == "doubt relation" and f.section == other.section and f.words_said in names]
        return bool(NEGATED.search(" ".join([other.before, statement.before, *told])))

    def opaque(self, statement, view):
        """The name of a quantity in the claim of which only its variables are known."""
        for side in (statement.left, statement.right):
            for n in symbols(side.tree):
                entry = view.entry(n)
                if entry.kind == "free" and (entry.key.endswith(" alone") or "prime" in n.accents and not entry.declared and not n.subs and n.base not in self.world.definitions):
                    return n.base + "'" * n.accents.count("prime")
                if entry.kind == "opaque":
                    return n.base
                if entry.kind == "function" and not entry.role and n.base == "J" and not (
                        mentions(statement.left.tree, "J") and mentions(statement.right.tree, "J") or self.leads_to_both(statement, "J")):
                    return n.base
        return next((n.base + "'" for tree in self.reached(statement) for n in symbols(tree) if "prime" in n.accents and n.base in lent_names(self.world)
                     and n.base not in self.world.functions | self.world.definitions.keys() | {"\\sigma"} and view.entry(n).kind == "free" and not view.entry(n).declared and view.entry(n).origin != "the course's prelude"), "")

    def leads_to_both(self, statement, name):
        """Whether both sides lead to a name."""
        return all(name in Claim(side.tree, side.tree, self.view(statement)).closure() for side in (statement.left, statement.right))

    @staticmethod
    def lonely(claim, view):
        """A name on one side alone of which nothing tells what it is: no equation can hold for all its values."""
        left, right = claim.closure((claim.left,)), claim.closure((claim.right,))
        for name in sorted((left ^ right) & view.world.functions):
            entry = view.entry(t.Symbol(name))
            if entry.kind == "function" and not entry.role:
                return name
        for side in (claim.left, claim.right):
            for n in symbols(side):
                entry = view.entry(n)
                if entry.kind == "free" and not entry.declared and (key(n) in left) != (key(n) in right) and not view.is_index(n) \
                        and entry.type.find().kind in ("matrix", "vector", "family") and entry.key not in view.world.bound:
                    return n.base
        return ""

    def mends(self, statement, view):
        """Whether transposing one factor makes the claim true."""
        from .transposes import turned

        for left, right in turned(statement.left.tree, statement.right.tree):
            trial = Claim(left, right, view, self.conditions(statement), self.denied(statement))
            if trial.quick_at(trial.instances()[0]) is True:
                return True
        return False


def equation(statement):
    return f"{statement.left.text} = {statement.right.text}"


def core(tree):
    """What stands inside brackets, powers and transposes."""
    while isinstance(tree, (t.Bracket, t.Power, t.Transposed)):
        tree = tree.base if isinstance(tree, t.Power) else tree.arg
    return tree


def differentiates(statement):
    """The letters by which the sides of a statement are differentiated."""
    return {n.base for side in (statement.left, statement.right) for d in t.walk(side.tree) if isinstance(d, t.Derivative)
            for v in d.variables for n in names_in(v)}


def quoted(words):
    """The beginning of a sentence, its mathematics as dots."""
    return " ".join(re.sub("\x00.*?\x00", "...", words).split())[:80]


def tally(answers):
    """(claims that agree in numbers, claims whose shapes do not fit)."""
    values = list(answers.values())
    return values.count("agrees"), values.count("misfit")


def branch_conditions(node):
    if isinstance(node, t.Indicator):
        return node.conditions
    return [r for _, conditions in node.branches if isinstance(conditions, tuple) for r in conditions]


__all__ = ["Judge", "Unsettled", "survey", "lent_names", "stripped"]
