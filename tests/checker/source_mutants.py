"""Faults put into the source text of the book's chapters, and the build's check on what comes out.

A mutant changes one place of a page: a sign, a factor, a bound, a size, a letter, a transpose, a function, a condition, a sentence that
states a hypothesis, or a comment that declares something. It is rejected when the check finds a fault that the page itself has not: an
unexpected verdict, a step that is gone, a hypothesis that is not stated, or a definition that is not the SymPy expression. Only the
section is judged again, below the text that stands above it.
"""

import re
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import defined
import stated

from judging import within
from w2v.checker import NoMathematics, check
from w2v.checker.reading import read
from w2v.checker.verdict.judge import Judge
from w2v.exercises.registry import sheet

BOOK = Path(__file__).parents[2] / "book"
PAGES = ("cross_entropy", "notation", "sigmoid", "softmax_gradients", "negative_sampling", "sampling_cost", "sampling_optimum", "skip_gram", "cbow", "factorisation", "hierarchical_softmax",
         "formula_sheet")
TOTAL, LIMIT, NEAREST = 762, 30, 5

# (kind, what is looked for, what is put there): inside displays and inline mathematics
IN_MATHEMATICS = [
    ("sign", r"(?<![_^{<\\le\s,])\s*\+\s", " - "), ("sign", r"(?<=[\w)}])\s*-\s", " + "), ("sign", r"= -", "= "), ("sign", r"= (?=[\\(a-zA-Z0-9])", "= -"),
    ("factor", r"= (?=[\\(a-zA-Z])", "= 2 "), ("factor", r"\\frac\{1\}", r"\\frac{3}"), ("factor", r"(?<=[)\]])\\, v_c", ""), ("factor", r"\\hat y_w(?= [vu])", ""),
    ("factor", r"\bK(?= [\\(nq])", ""), ("factor", r"\\frac\{1\}\{2m\}", r"\\frac{1}{m}"),
    ("bound", r"(?<=[a-z]=)1(?=\}\^)", "2"), ("bound", r"(?<=[a-z]=)1(?=\}\^)", "0"), ("bound", r"(?<=\}\^\{)([KVDmT])(?=\})", r"\1-1"), ("bound", r"\\le m", "< m"),
    ("bound", r",?\s*(?:\\,)?\s*j ?\\ne ?0", ""), ("bound", r"(?<=\\sum_\{)[wx] ?\\ne ?o(?=\})", "w"), ("bound", r"\\sum_\{?[wx]\}?(?![\w ]*\\ne)", r"\\sum_{w \\ne o}"),
    ("size", r"(?<=\}\^\{)V(?=\})", "D"), ("size", r"(?<=\}\^\{)K(?=\})", "m"), ("size", r"(?<=\}\^\{)D(?=\})", "V"), ("size", r"\{2m\}", "{2K}"), ("size", r"\{V\}", "{D}"),
    ("u and v", r"\bu_", "v_"), ("u and v", r"(?<![\w\\])v_", "u_"), ("u and v", r"(?<![\w\\])U(?![\w_])", "V"),
    ("o and w", r"_o(?![\w])", "_w"), ("o and w", r"_w(?![\w])", "_o"), ("o and w", r"_c(?![\w])", "_o"),
    ("y and y hat", r"\\hat y", "y"), ("y and y hat", r"(?<![\w\\{])(?<!\\hat )y(?![\w^])", r"\\hat y"),
    ("transpose", r"\^\\top", ""), ("transpose", r"(?<=v_c)(?![\w^])", r"^\\top"), ("transpose", r"(?<![\w\\])U(?![\w_^])", r"U^\\top"),
    ("dot", r"(?<![\w\\])U ?\(", r"U \\cdot ("), ("dot", r"v_c ?\(", r"v_c \\cdot ("),
    ("base", r"\\log(?![_\w])", r"\\log_2"), ("function", r"\\log(?![_\w])", r"\\exp"), ("function", r"\\exp(?=[(\w])", r"\\log"), ("function", r"\\sigma\(-", r"\\sigma("),
    ("function", r"\\sigma\((?!-)", r"\\sigma(-"), ("function", r"\\exp\((?!-)", r"\\exp(-"), ("power", r"\^\{?2\}?(?![\w])", "^3"), ("power", r"\^\{-1\}", "^{-2}"),
    ("index", r"\\delta_\{ij\}", r"\\delta_{ii}"), ("index", r"_\{w_k\}", "_{w_1}"), ("index", r"_\{w_k\}", "_{w_i}"), ("index", r"_\{t\+j\}", "_{t-j}"), ("index", r"(?<=[yzs])_i(?!\w)", "_j"),
    ("case", r"(?<=[wkx]) ?= ?o(?!\w)", r" \\ne o"), ("case", r"(?<=[wkx]) ?\\ne ?o(?!\w)", " = o"),
    ("text", r"(?=\s*\n(?:\\end\{aligned\}\n)?\$\$)", r" \\text{ plus } 1"), ("text", r"(?=\s*\n(?:\\end\{aligned\}\n)?\$\$)", " + 1"),
]
# the same in the words between them
IN_WORDS = [
    ("condition", r"\$([wkx]) ?\\ne ?o\$", r"$\1 = o$"), ("condition", r"\$([wkx]) ?= ?o\$", r"$\1 \\ne o$"), ("condition", r"(?:[Ww]hen|[Ff]or|[Ii]f) \$[wkx] ?\\ne ?o\$,?", "Then"),
    ("hypothesis", r"\bone-hot\b", "given"), ("hypothesis", r"\bdistinct\b", "given"),
    ("comment", r"J = naive-softmax(?= *(?:;|-->))", "J = neg-sample"), ("comment", r"J = neg-sample(?= *(?:;|-->))", "J = naive-softmax"), ("comment", r"; expect refuted|expect refuted", ""),
    ("comment", r"(?<=check: )w = o", "w != o"), ("comment", r"(?<=check: )w != o", "w = o"),
]
CODE = re.compile(r"^(`{3,}|:{3,})\{?(?:code|code-cell|python|bash|text|figure|literalinclude|mermaid)\b.*?^\1\s*$", re.M | re.S)
DISPLAY = re.compile(r"\$\$.+?\$\$", re.S)


class Mutant(NamedTuple):
    """One fault: where it stands and the section with it. `source` is the page itself or the one with its exercises."""
    page: str
    source: str
    kind: str
    section: int
    before: str
    after: str
    line: str

    @property
    def place(self):
        """The number of the changed line in the section, from 0."""
        return next(n for n, (old, new) in enumerate(zip(self.before.split("\n"), self.after.split("\n"))) if old != new)

    @property
    def name(self):
        return f"{self.page}, {self.kind}: {self.line}"


def written(page):
    return (BOOK / f"{page}.md").is_file()


@cache
def parts(page):
    """The head of a page and its sections."""
    text = (BOOK / f"{page}.md").read_text(encoding="utf-8")
    text = CODE.sub(lambda m: "\n" * m[0].count("\n"), text)
    return tuple(re.split(r"^(?=## )", text, flags=re.M))


def places(section):
    """(kind, changed section, the changed line) for every fault that can be put into a section."""
    shown = [m.span() for m in DISPLAY.finditer(section)]
    for kind, pattern, new in IN_MATHEMATICS + IN_WORDS:
        for m in re.finditer(pattern, section):
            inside = any(a < m.start() <= b - 2 for a, b in shown)
            if inside == ((kind, pattern, new) in IN_MATHEMATICS):
                changed = section[:m.start()] + m.expand(new) + section[m.end():]
                if changed != section:
                    start = section.rfind("\n", 0, m.start()) + 1
                    line = changed[start:changed.find("\n", m.start() + 1)]
                    yield kind, changed, f"{line.strip()[:160]} [{m.start() - start}]"


@cache
def sample():
    """The fixed sample of mutants: from all pages and all kinds alike, as far as there are any."""
    by_kind = {}
    for page in PAGES:
        for source in filter(written, (page, sheet(page))):
            for n, section in enumerate(parts(source)):
                for kind, changed, line in places(section):
                    by_kind.setdefault((kind, page), []).append(Mutant(page, source, kind, n, section, changed, line))
    for found in by_kind.values():  # in an order that a line keeps when another one changes
        found.sort(key=lambda m: sha256(m.name.encode()).digest())
    chosen, rows = [], [by_kind[k] for k in sorted(by_kind)]
    while len(chosen) < TOTAL and any(rows):
        chosen += [row.pop() for row in rows if row]
    return tuple(sorted({m.name: m for m in chosen[:TOTAL]}.values()))


# -- the check ----------------------------------------------------------------------------------------------------
@cache
def context(page, section):
    """(texts before, texts after) of a section that it needs to be without a fault: what stands above it, or the whole page."""
    whole = parts(page)
    above = whole[:section], ()
    try:
        if not found(above, whole[section])[1]:
            return above
    except NoMathematics:  # the head of a page of exercises
        pass
    return whole[:section], whole[section + 1:]


def judged(around, section, near=0):
    """(statement, status) of the steps of a section in its context, those nearest to its line `near` first."""
    before = "".join(around[0])
    first = before.count("\n") + 1
    last = first + section.count("\n")
    judge = Judge(read(before + section + "".join(around[1])))
    for statement in sorted(judge.world.survey.statements, key=lambda s: abs(s.line - first - near)):
        if first <= statement.line <= last:
            verdict = judge.judge(statement)
            if verdict is not None:
                yield statement, verdict[0]


def fine(statement, status):
    return status == statement.expected if statement.expected else status in ("proved", "definition")


@cache
def standing(page, section):
    """(number of displayed steps, words of the faults that the build finds) of the unchanged section, in its context."""
    return found(context(page, section), parts(page)[section])


def found(around, section):
    """(number of displayed steps, words of the faults) of a section in its context, as the build sees them."""
    before = "".join(around[0])
    text, above = before + section + "".join(around[1]), before.count("\n")
    report = check(text, after=above)
    shown = [step for step in report.steps if not step.inline and step.line <= above + 1 + section.count("\n")]
    return len(shown), [words for line, words in stated.faults(text, report) + defined.faults(text, report) if line > above]


def rejected(mutant):
    """Why the build does not take a mutant, or ''; the steps nearest to the change are asked first."""
    around = context(mutant.source, mutant.section)
    steps, faults = standing(mutant.source, mutant.section)
    try:
        with within(LIMIT):
            for statement, status in islice(judged(around, mutant.after, mutant.place), NEAREST):
                if not fine(statement, status):
                    return f"{status}: {statement.left.text} = {statement.right.text}"
            shown, new = found(around, mutant.after)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if shown < steps:
        return "a step is gone"
    return next((words for words in new if words not in faults), "")
