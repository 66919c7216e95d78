"""A reader's derivation as chains of sides, on top of the checker: where they start, what they reach, what is closed."""

import re
from functools import cached_property

from w2v.checker import NoMathematics
from w2v.checker.document import Document
from w2v.checker.judge import is_loss
from w2v.checker.names import family_of
from w2v.checker.tree import Apply, Derivative, Power, Quotient, Sum, Symbol, walk

DELIMITED = re.compile(r"\$|\\\[|\\\(|\\begin\{|```|~~~")
EATEN = {
    "\f": r"\f, as in \frac",
    "\b": r"\b, as in \big",
    "\a": r"\a, as in \alpha",
    "\v": r"\v, as in \vec",
    "\t": r"\t, as in \top",
}


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


class Written:
    """A derivation, its verdicts and its sides; line numbers are those of the reader's text."""

    def __init__(self, text, loss):
        self.loss, self.text, self.decided = loss, text, None
        self.header = f"<!-- check: J = {loss} -->\n\n" if loss else ""
        self.document = self._read(text)
        self.steps = self.document.report().steps
        for step in self.steps:
            step.line -= self.header.count("\n")

    def _read(self, text):
        """The Document; bare LaTeX gets the dollar signs that it lacks."""
        if not DELIMITED.search(text):
            if "=" not in text or not re.search(r"[\\_^]", text):
                raise NoMathematics("answer: expected mathematics, found none")
            self.text = f"$${text}$$"
        document = Document(self.header + self.text, "answer")
        if not any(piece.kind in ("display", "inline") for piece in document.pieces):
            raise NoMathematics("answer: expected mathematics, found none")
        return document

    @cached_property
    def items(self):
        return [
            item
            for item in self.document.items
            if item.error is None and item.left is not None and item.right is not None
        ]

    @cached_property
    def meanings(self):
        """{name: right sides} of what the reader's own letters stand for."""
        found = {}
        for item in self.items:
            head = (
                item.left.function
                if isinstance(item.left, Apply) and isinstance(item.left.function, Symbol)
                else item.left
            )
            if isinstance(head, Symbol):
                found.setdefault(family_of(head), []).append(item.right)
        return found

    def nodes(self, tree, seen=frozenset()):
        """All nodes of a side, and those of what its locally defined letters stand for."""
        for node in walk(tree):
            yield node
            name = family_of(node) if isinstance(node, Symbol) else ""
            if name in self.meanings and name not in seen and not is_loss(node):
                for meaning in self.meanings[name]:
                    if not any(isinstance(n, Symbol) and family_of(n) == name for n in walk(meaning)):
                        yield from self.nodes(meaning, seen | {name})

    def starts(self, task, part):
        """The first sides that are the quantity asked for."""
        return [tree for tree in self.candidates(part) if self.truth(task)[part, self.printed[tree]]]

    def candidates(self, part):
        """The sides that look like a start: those with a derivative, or one of the forms that the part names."""
        forms = [self._tree(form) for form in part.starts]
        fits = (lambda tree: tree in forms) if forms else has_derivative
        return list(dict.fromkeys(item.left for item in self.items if fits(item.left)))

    @cached_property
    def printed(self):
        """{side: its text}"""
        sides = [(item.left, item.link.left) for item in self.items] + [
            (item.right, item.link.right) for item in self.items
        ]
        return {tree: side.text for tree, side in reversed(sides)}

    def reached(self, start):
        """[(side, number of different sides on the way)] for all sides that a chain of equalities leads to."""
        counts, waiting = {start: 1}, [start]
        while waiting:
            tree = waiting.pop(0)
            for item in self.items:
                if item.left == tree and item.right not in counts:
                    counts[item.right] = counts[tree] + 1
                    waiting.append(item.right)
        return [(tree, count) for tree, count in counts.items() if tree is not start]

    def closed(self, tree, task):
        """Whether a side is a closed form: no derivative, no loss, nothing that the task rules out."""
        if task.ends:
            return tree in [self._tree(form) for form in task.ends]
        nodes = list(self.nodes(tree))
        ends = {
            end for n in nodes if isinstance(n, Sum) for end in n.domain[1:]
        }  # L above a sum sign is a number of terms
        return not any(
            derives(n) or isinstance(n, Symbol) and is_loss(n) and n not in ends or ruled_out(n, task.without)
            for n in nodes
        )

    def holds(self, task, part, tree):
        """Whether a side is equal to the quantity asked for, under the condition of the part."""
        return self.truth(task)[part, self.printed[tree]]

    def first_derivative(self):
        """The printed left side of the first chain, for a message."""
        return next((item.link.left.text for item in self.items if has_derivative(item.left)), "")

    def truth(self, task):
        """{(part, text of a side): whether the checker proves them equal}, for all sides that matter, decided once."""
        if self.decided is None:
            ends = [item.right for item in self.items if self.closed(item.right, task)]
            pairs = [(part, self.printed[tree]) for part in task.parts for tree in (*self.candidates(part), *ends)]
            self.decided = self._decide(list(dict.fromkeys(pairs)))
        return self.decided

    def _decide(self, pairs):
        """The pairs as equations after the reader's own text, so that the reader's letters mean what they mean there."""
        if not pairs:
            return {}
        loss = f"J = {self.loss}; " if self.loss else ""
        shown = [f"<!-- check: any; {loss}{part.given} -->\n\n$$\n{part.asked} = {side}\n$$\n" for part, side in pairs]
        document = Document(self.header + self.text + "\n\n# Asked\n\n" + "\n".join(shown), "answer")
        before = sum(piece.kind == "display" for piece in document.pieces) - len(pairs)
        verdicts = {}
        for step in document.report().steps:
            verdicts.setdefault(step.display - before, set()).add(step.status)
        return {pair: verdicts.get(number) == {"proved"} for number, pair in enumerate(pairs, start=1)}

    def _tree(self, latex):
        return Document(f"$$\n{latex} = 0\n$$", "form").items[0].left


def has_derivative(tree):
    return any(derives(node) for node in walk(tree))


def derives(node):
    return isinstance(node, Derivative) or isinstance(node, Apply) and node.primes > 0


NAMES = {"fraction": Quotient, "power": Power}


def ruled_out(node, without):
    """Whether a node is one of the named things: a function, 'fraction', or the prediction 'ŷ'."""
    if isinstance(node, Apply) and node.function in without:
        return True
    if "ŷ" in without and isinstance(node, Symbol) and family_of(node) == "y^hat":
        return True
    return any(name in without and isinstance(node, kind) for name, kind in NAMES.items())
