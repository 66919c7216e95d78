"""A reader's derivation as chains of sides, on top of the checker: where they start, what they reach, what is closed."""

import re
from functools import cached_property

from w2v.checker import NoMathematics, check
from w2v.checker.reading.tree import Derivative, Differential, Symbol, walk
from w2v.exercises import forms

DELIMITED = re.compile(r"\$|\\\[|\\\(|\\begin\{|```|~~~")
EATEN = {
    "\f": r"\f, as in \frac",
    "\b": r"\b, as in \big",
    "\a": r"\a, as in \alpha",
    "\v": r"\v, as in \vec",
    "\t": r"\t, as in \top",
}
EQUAL = ("proved", "definition")
NOT = {"=": "!=", "!=": "="}
CASE = re.compile(r".* (=|!=|in|not in|<|<=|>|>=) .*")


def unwritten(text):
    """Whether the text is empty or still the starter: every equation ends in dots."""
    displays = re.findall(r"\$\$(.+?)\$\$", text, re.S)
    return all(_dots_only(display) for display in displays) if displays else _dots_only(text)


def _dots_only(text):
    bare = re.sub(r"<!--.*?-->|\\begin\{\w+\*?\}|\\end\{\w+\*?\}|\\q?quad|[\s$&]|\\\\", "", text, flags=re.S)
    bare = re.sub(r"_\{[^{}]*\}", "_", bare)  # the = of \sum_{k=1} is not that of the equation
    return (
        not bare
        or bool(re.fullmatch(r"[^=]*=?(\\l?c?dots|\.\.\.|…|\?)?", bare))
        and ("=" in bare or bare in ("...", "…"))
    )


def eaten_backslash(text):
    """The command that a Python string without r has destroyed; '' if there is none."""
    found = re.search(r"[\f\b\a\v]|\t(?=op|ext|heta|imes|au)", text)
    return EATEN[found[0]] if found else ""


def delimited(text):
    """The text, with the dollar signs that bare LaTeX lacks; NoMathematics if there is no mathematics in it."""
    if DELIMITED.search(text):
        return text
    if "=" not in text or not re.search(r"[\\_^]", text):
        raise NoMathematics("answer: expected mathematics, found none")
    return f"$${text}$$"


def above(task):
    """How many lines stand before the answer."""
    return _before(task).count("\n")


def _before(task):
    return task.prelude + "\n\n" if task.prelude else ""


def renumbered(words, lines):
    """A sentence of the checker with the line numbers of the answer; a line of the prelude is one of the exercise."""
    told = lambda found: f"line {int(found[1]) - lines}" if int(found[1]) > lines else "the exercise"
    return re.sub(r"\bline (\d+)", told, words)


class Written:
    """A derivation after the prelude of its exercise, with its verdicts; line numbers are those of the reader's text."""

    def __init__(self, text, task):
        self.task, self.text = task, _before(task) + delimited(text)
        self.above = above(task)
        judged = check(self.text, name="answer").steps
        self.given = [step for step in judged if step.line <= self.above]
        self.steps = [step for step in judged if step.line > self.above]
        for step in self.steps:
            step.line -= self.above
            step.reason, step.question = renumbered(step.reason, self.above), renumbered(step.question, self.above)
            step.follows -= self.above if step.follows > self.above else 0
        self.chains = [
            (step, forms.tree_of(step.lhs), forms.tree_of(step.rhs)) for step in self.steps if step.status in EQUAL
        ]
        self.decided = {}

    @cached_property
    def meanings(self):
        """{name: what it stands for} of the reader's own letters."""
        return _meanings([(left, right) for step, left, right in self.chains if step.status == "definition"])

    @cached_property
    def all_meanings(self):
        """The same with the definitions of the exercise itself."""
        return (
            _meanings([(forms.tree_of(s.lhs), forms.tree_of(s.rhs)) for s in self.given if s.status in EQUAL])
            | self.meanings
        )

    def redefined(self):
        """The printed name of a quantity of the exercise to which the text gives a value of its own, or ''."""
        known = {
            forms.name(n) for part in self.task.parts for n in walk(forms.tree_of(part.asked)) if isinstance(n, Symbol)
        }
        known -= {Symbol(letter) for part in self.task.parts for letter in part.bound}
        return next(
            (s.lhs for s, left, _ in self.chains if s.status == "definition" and left and forms.head(left) in known), ""
        )

    def graph(self, part):
        """{side: sides that a proved step joins to it} for the steps that do not belong to another case of the part."""
        found = {}
        for step, left, right in self.chains:
            if left is not None and right is not None and not self._elsewhere(step, part):
                found.setdefault(left, {})[right] = step
                found.setdefault(right, {})[left] = step
        return found

    def _elsewhere(self, step, part):
        opposite = re.fullmatch(r"(\w+) (!?=) (\w+)", part.given)
        return bool(opposite) and any(
            re.fullmatch(rf"\w+ {NOT[opposite[2]]} {opposite[3]}", words) for words in step.stated
        )

    def printed(self, tree):
        return next(
            step.lhs if left == tree else step.rhs for step, left, right in self.chains if tree in (left, right)
        )

    def candidates(self, part):
        """The sides that look like a start: those with a derivative, or one of the forms that the part names."""
        wanted = [forms.tree_of(form) for form in part.starts]
        fits = (lambda tree: tree in wanted) if wanted else forms.has_derivative
        return [
            tree for tree in self.graph(part) if fits(tree) or not wanted and fits(forms.expanded(tree, self.meanings))
        ]

    def starts(self, part):
        """[(side, the question in its letters)] for the sides that are the quantity asked for."""
        self.decide([(question, tree) for each in {*self.task.parts, part} for tree, question in self.trials(each)])
        return [(tree, question) for tree, question in self.trials(part) if self.decided[question, tree]]

    def trials(self, part):
        return [(tree, question) for tree in self.candidates(part) for question in self.questions(part, tree)]

    def questions(self, part, tree):
        """The Questions that a start may answer: as asked, for another letter, entry by entry."""
        found = [part.question()]
        for variable in forms.varied(tree):
            own, entry = forms.letters(variable)
            for letter in (*own, part.letter):
                found += [part.question(letter, e) for e in ("", *entry)]
        return list(dict.fromkeys(found))

    def reached(self, start, part):
        """All sides that proved steps join to a start, itself among them."""
        graph, seen, waiting = self.graph(part), {start: None}, [start]
        while waiting:
            for tree in graph[waiting.pop()]:
                if tree not in seen:
                    seen[tree] = None
                    waiting.append(tree)
        return list(seen)

    def different(self, sides):
        """The number of sides that differ in more than print."""
        return len({self._core(tree) for tree in sides})

    def _core(self, tree):
        return forms.core(forms.expanded(tree, self.all_meanings))

    def differentials(self, start, part):
        """The sides that proved steps join to the differential of what a start differentiates."""
        bodies = {self._core(node.body) for node in walk(start) if isinstance(node, Derivative)}
        heads = [tree for tree in self.graph(part) if isinstance(tree, Differential) and self._core(tree.arg) in bodies]
        return [side for tree in heads for side in self.reached(tree, part)]

    def closed(self, tree):
        """Whether a side is a closed form: no derivative, no loss, nothing that the task rules out."""
        if self.task.ends:
            return tree in [forms.tree_of(form) for form in self.task.ends]
        nodes = list(walk(forms.expanded(tree, self.meanings)))
        return not any(forms.derives(n) or forms.is_loss(n) or forms.ruled_out(n, self.task.without) for n in nodes)

    def holding(self, question, trees):
        """The sides that are equal to what was asked, and not only in a case that the text supposes."""
        self.decide([(question, tree) for tree in trees])
        return [tree for tree in trees if self.decided[question, tree]]

    def between(self, start, ends, part):
        """The sides on the shortest way from a start to the nearest of the ends."""
        graph, ways = self.graph(part), [[start]]
        for way in ways:
            if way[-1] in ends:
                return way
            ways += [[*way, tree] for tree in graph[way[-1]] if not any(tree in other for other in ways)]
        return []

    def first_derivative(self):
        """The printed left side of the first chain, for a message."""
        return next((step.lhs for step, left, _ in self.chains if left is not None and forms.has_derivative(left)), "")

    def decide(self, pairs):
        """Notes for each (question, side) whether the checker proves them equal, after the text and in the reader's letters."""
        pairs = [pair for pair in dict.fromkeys(pairs) if pair not in self.decided]
        if not pairs:
            return
        text, at, written = self.text, {}, self.text.count("\n") + 1
        for question, tree in pairs:
            text += f"\n\n<!-- check: any; {question.given} -->\n\n$$\n{question.latex} = {self.printed(tree)}\n$$\n"
            at[question, tree] = text.count("\n") - 1
        verdicts = {step.line: step for step in check(text, name="answer", after=written).steps}
        for pair, line in at.items():
            self.decided[pair] = self._answers(pair[0], verdicts.get(line))

    def _answers(self, question, step):
        """Whether a verdict is a proof that rests on nothing but what the exercise states."""
        return (
            step is not None
            and step.status == "proved"
            and all(_harmless(words, question.given) for words in step.hypotheses)
        )


def _harmless(words, given):
    """Whether a hypothesis is the case that was asked for, or no case at all ('y one-hot')."""
    return words == given or not CASE.fullmatch(words)


def _meanings(pairs):
    found = {}
    for left, right in pairs:
        head = forms.head(left) if left is not None and right is not None else None
        if head is not None and forms.name(head) not in {forms.name(n) for n in walk(right) if isinstance(n, Symbol)}:
            found.setdefault(forms.name(head), right)
    return found
