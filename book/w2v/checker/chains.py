"""Displays to chains: rows, several equations in one display, continuation displays, labels and side conditions."""
import re
from dataclasses import dataclass, field

from .rows import depth, rows, strip_layout
from .relations import split_relations
from .segments import segment, sort_segments
from .tokens import tokenize

INEQUALITIES = {"leq", "geq", "<", ">", "ll", "gg"}     # they part two sides and claim nothing that is checked


@dataclass
class Side:
    """The tokens of one side and the line on which it starts."""
    tokens: list
    line: int
    text: str = ""


@dataclass
class Link:
    """One printed relation between two sides."""
    left: Side
    sign: str
    right: Side
    line: int
    chain: int = 0
    step: int = 0
    conditions: list = field(default_factory=list)
    role: str = "main"      # 'main', 'side' (a definition beside an equation) or 'inline'
    display: int = 0


class Chains:
    """Collects links from displays in order; keeps what a continuation needs."""

    def __init__(self):
        self.last, self.chain, self.step, self.open = None, 0, 0, False
        self.shared = []

    def display(self, text, line, role="main"):
        """The links (and index conditions) of one display: (links, conditions of a pure case display)."""
        raw = tokenize(text)
        tokens = strip_layout(raw)
        self.unbalanced, self.relations = depth(tokens) != 0, len(split_relations(tokens)[1])
        self.text, self.positions = text, sorted({t.position for t in raw})
        lines = lambda t: line + text.count("\n", 0, max(t.position, 0))
        links, cases = [], []
        for row_number, row in enumerate(rows(tokens)):
            self.row(row, row_number, lines, role, links, cases)
        return links, cases

    def row(self, row, row_number, lines, role, links, cases):
        continued_sum = bool(row) and row[0].text == "&"
        segments = segment(row)
        mains, notes, sides = sort_segments(segments)
        if not mains and notes and not sides:
            attached = [l for l in links if l.chain == self.chain]
            for l in attached:
                l.conditions += notes
            if not attached:
                cases += notes
            return
        before = len(links)
        for n, part in enumerate(mains):
            self.equation(part, lines, role if not n else role, links, row_number, continued_sum)
        for part in sides:
            links += self.side_links(part, lines)
        if notes:
            self.shared += notes
            for l in links[before:] if len(links) > before else links[-1:]:
                pass
            for l in links:
                if l.chain == self.chain:
                    l.conditions += [c for c in notes if c not in l.conditions]
        for l in links[before:]:
            l.conditions += [c for c in self.shared if c not in l.conditions]

    def equation(self, part, lines, role, links, row_number, aligned):
        sides, signs = split_relations(part)
        if not sides[0]:
            if self.last is None:
                self.last = Side([], lines(part[0]))
            sides = sides[1:]
            self.open = True
        elif self.continues(part, sides, signs, row_number, aligned):
            self.extend(sides.pop(0), links)
            if not signs:
                return
        else:
            self.chain, self.step, self.open, self.shared = self.chain + 1, 0, False, []
            self.last = self.side(sides[0], lines(sides[0][0]))
            sides = sides[1:]
        for sign, tokens in zip(signs, sides):
            right = self.side(tokens, lines(tokens[0]) if tokens else lines(part[-1]))
            if sign in INEQUALITIES:
                self.last = right
                continue
            self.step += 1
            where = right.line
            links.append(Link(self.last, sign, right, where, self.chain, self.step, [], role))
            self.last = right

    def continues(self, part, sides, signs, row_number, aligned):
        """Whether a row without a leading relation goes on with the side before it."""
        if self.last is None or not self.last.tokens:
            return False
        first, dangling = part[0].text, self.last.tokens[-1].text in ("+", "-", "cdot", "times", "*")
        if dangling or depth(self.last.tokens) > 0:
            return row_number > 0 or self.step > 0
        if first in ("+", "cdot", "times", "*"):
            return True
        follows = row_number > 0 or not self.relations      # a whole display that is one more term
        return first == "-" and self.step > 0 and (not signs and follows or aligned and row_number > 0)

    def extend(self, tokens, links):
        self.last.tokens.extend(tokens)
        self.last.text += " " + self.source(tokens)

    def side_links(self, part, lines):
        """Definitions printed beside an equation."""
        sides, signs = split_relations(part)
        made = [self.side(t, lines(t[0])) for t in sides if t]
        if len(made) != len(sides):
            return []
        return [Link(a, sign, b, b.line, self.chain, 0, [], "side") for a, sign, b in zip(made, signs, made[1:])]

    def side(self, tokens, line):
        return Side(tokens, line, self.source(tokens))

    def source(self, tokens):
        """The printed text of tokens."""
        if not tokens:
            return ""
        start, last = tokens[0].position, tokens[-1].position
        end = next((p for p in self.positions if p > last), len(self.text))
        opened = re.search(r"\\(?:left|[bB]igg?l?)\s*$", self.text[:start])
        text = self.text[opened.start() if opened else start:end].replace("\u02b9", "'")
        text = re.sub(r"\\label\{[^}]*\}|\\tag\{[^}]*\}|\\nonumber|\\notag", "", text)
        return re.sub(r"(?:[\s&,;.]|\\quad|\\qquad|\\[,;: ]|\\left|\\\\)+$", "", re.sub(r"\s+", " ", text).strip("& "))

    def pause(self):
        """A heading: the next display cannot continue the last one."""
        self.last, self.open = None, False
        self.shared = []
