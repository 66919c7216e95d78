"""What a page owes its reader: each equality judged, each hypothesis of a proof stated in words before it, nothing unread in a display.

`faults` compares the text of a page with the checker's report on it. Check comments do not count as words.
"""

import re

from w2v.checker.meaning.comments import loss_named
from w2v.checker.reading import read
from w2v.checker.reading.blocks import Comment, Display
from w2v.checker.reading.tree import Relation, Sum, Tree, walk

WORDS = {  # a hypothesis as the report names it -> how a page says it
    "y one-hot": r"\bone-hot\b",
    "negatives distinct": r"\b(?:negatives|draws)\b[^.]*\bdistinct\b|\bdistinct (?:negatives|draws|words)\b",
    "o not among the negatives": r"\bnot among the (?:negatives|draws)\b|\bnone(?: of them)? is \$o\$|\b(?:other than|different from) \$o\$|\bno negative is \$o\$",
    "words of the window distinct": r"\b(?:words|neighbours)\b[^.]*\bdistinct\b|\bdistinct words\b",
}
POSITIVE = r"\bpositive\b|>\s*0"
PHRASE = re.compile(
    r"(?:\W|\b(?:if|for|all|every|otherwise|when|where|with|and|so|other|words?)\b)*", re.I
)  # the words that a formula may have beside it
NOTE = re.compile(r"\$[A-Z0-9] ?\\times ?[A-Z0-9]\$")  # the shape under a letter
SIGNS = (
    ("\\neq", "!="),
    ("\\ne", "!="),
    ("\\notin", " not in "),
    ("\\in", " in "),
    ("\\leq", "<="),
    ("\\le", "<="),
    ("\\geq", ">="),
    ("\\ge", ">="),
)


def faults(text, report):
    """[(line, words)] of everything that is wrong with a page, in the order of its lines."""
    page, blocks = Page(text), read(text).blocks
    displayed = [step for step in report.steps if not step.inline]
    found = [(step.line, f"{step.status}: {step.lhs} = {step.rhs}: {step.reason}") for step in report.unexpected()]
    found += [fault for step in report.steps if step.status == "proved" for fault in unstated(step, page)]
    found += unnamed_losses(blocks, page)
    for block in blocks:
        if isinstance(block, Display):
            found += unread(block, page, [step for step in displayed if step.display == block.number])
    return sorted(found)


# -- hypotheses --------------------------------------------------------------------------------------------------------
def unstated(step, page):
    """The hypotheses that the proof of a step needed and that the page does not state before it."""
    for hypothesis in step.hypotheses:
        if not states(page, step.line, hypothesis):
            yield (
                step.line,
                f"needs '{hypothesis}', which {page.place(step.line)} does not state before it: {step.lhs} = {step.rhs}",
            )
    if step.domain and not re.search(POSITIVE, page.said(step.line), re.I):
        yield (
            step.line,
            f"holds for {', '.join(step.domain)} only, which {page.place(step.line)} does not state before it: {step.lhs} = {step.rhs}",
        )


def states(page, line, hypothesis):
    """Whether the words before a line state a hypothesis; a condition on an index is stated as a formula, in the same section."""
    if hypothesis in WORDS:
        return bool(re.search(WORDS[hypothesis], page.said(line), re.I))
    return condition(hypothesis) in condition(page.said(line, section=True))


def condition(text):
    r"""A condition without what print adds: `$w \ne o$` is w!=o."""
    for latex, sign in SIGNS:
        text = text.replace(latex, sign)
    return re.sub(r"[\s{}]", "", text)


def unnamed_losses(blocks, page):
    """The comments that declare a loss that the page has not named in words at the next display."""
    for comment in blocks:
        for loss in re.findall(r"\b(?:J|L|loss)\s*=\s*([^;]+)", comment.text) if isinstance(comment, Comment) else ():
            name = loss_named(loss.strip(), comment.line)
            until = next((b.line for b in blocks if isinstance(b, Display) and b.line > comment.line), len(page.lines))
            if not re.search(name.replace(" ", "[- ]"), page.visible(1, until), re.I):
                yield comment.line, f"declares the loss '{name}', which the page does not name before line {until}"


# -- displays ----------------------------------------------------------------------------------------------------------
def unread(block, page, steps):
    """Equality signs without a step, signs that were not read, words among the symbols."""
    signs = sum(sign in ("=", ":=", "=:", "equiv") for chain in block.chains for sign in chain.signs)
    inner = sum(len(list(equalities(chain))) for chain in block.chains)
    printed = page.source(block.line, block.last_line).count("=") + page.source(block.line, block.last_line).count(
        "\\equiv"
    )
    if len(steps) < signs:
        yield block.line, f"a displayed equality was not checked: {signs} signs of equality, {len(steps)} steps"
    if printed != signs + inner:
        yield block.line, f"{printed} signs of equality are printed and {signs + inner} were read"
    for words in {w for chain in block.chains for w in (*chain.words, chain.before) if not NOTE.fullmatch(w)}:
        if not PHRASE.fullmatch(words):
            yield block.line, f"words in a formula: {words.strip()!r}"


def equalities(chain):
    """The equality signs inside the sides of a chain and in its conditions: bounds of sums, cases, indicators, probabilities."""
    sides = chain.sides[1:] if chain.continues else chain.sides
    for node in (n for side in sides if isinstance(side.tree, Tree) for n in walk(side.tree)):
        if isinstance(node, Relation) and node.sign == "=" or isinstance(node, Sum) and node.domain[0] == "range":
            yield node
    yield from (r for r in chain.conditions if isinstance(r, Relation) and r.sign == "=")


# -- the page ----------------------------------------------------------------------------------------------------------
class Page:
    """The lines of a page: which of them a reader sees as text, and in which section and which box each line stands."""

    def __init__(self, text):
        self.lines = text.split("\n")
        self.shown, self.section, self.box = [], [], []
        fences, cell, section, header = [], False, 1, text.startswith("---")
        for n, line in enumerate(self.lines, 1):
            bare, comment = line.strip(), re.sub(r"<!--.*?-->", "", line)
            if header:
                header = n == 1 or bare != "---"
                comment = ""
            elif cell or bare.startswith("```{code-cell}"):
                cell, comment = not (cell and bare == "```"), ""
            elif re.match(r":{3,}", bare):
                self.fence(bare, fences, n)
                comment = re.sub(r"^:+(\{.*?\})?", "", comment)
            elif re.match(r"#{1,6} ", bare):
                section = n
            self.shown.append(comment)
            self.section.append(section)
            self.box.append(next((first for _, name, first in reversed(fences) if name.startswith("prf:")), 0))

    @staticmethod
    def fence(bare, fences, line):
        colons, name = len(bare) - len(bare.lstrip(":")), re.match(r":+\{([^}]*)\}", bare)
        if name:
            fences.append((colons, name[1], line))
        elif fences and fences[-1][0] == colons:
            fences.pop()

    def visible(self, first, last):
        """The text between two lines as a reader sees it, the last included."""
        return " ".join(self.shown[first - 1 : last])

    def source(self, first, last):
        return "\n".join(self.lines[first - 1 : last])

    def said(self, line, section=False):
        """The visible text before a line that may state its hypotheses: that of its box below the title, or of the page or section."""
        return self.visible(
            self.box[line - 1] + 1 if self.box[line - 1] else self.section[line - 1] if section else 1, line
        )

    def place(self, line):
        return "the box" if self.box[line - 1] else "the page"
