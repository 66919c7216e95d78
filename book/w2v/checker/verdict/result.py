"""What a judged text is: verdicts in reading order, and the legend that says how it was understood."""

from dataclasses import dataclass, field

STATUSES = ("proved", "definition", "transposed", "refuted", "ill-typed", "unreadable", "unsettled")


@dataclass
class Verdict:
    r"""One step. `expected` is the status that an author declared beside the display, or ''.

    hypotheses: what the proof needed ('y one-hot', 'w != o'); domain: conditions on numbers ('x > 0'); stated: the conditions in
    force that the text states; question: the sentence that would settle an open step; follows: the line whose error it repeats;
    repairs: the line that it puts right.

    >>> step = check(r"$$\sigma'(x) = \sigma(x)(1 + \sigma(x))$$").steps[0]
    >>> step.status, step.line
    ('refuted', 1)
    """

    file: str
    line: int
    chain: int
    step: int
    lhs: str
    rhs: str
    status: str
    reason: str = ""
    hypotheses: list = field(default_factory=list)
    domain: list = field(default_factory=list)
    stated: list = field(default_factory=list)
    counterexample: object = None  # {'sizes', 'indices', 'values', 'left', 'right', 'text'} or None
    suggestion: object = None  # {'name', 'side', 'latex'} or None
    question: str = ""
    follows: int = 0
    repairs: int = 0
    inline: bool = False
    display: int = 0
    label: str = ""
    expected: str = ""
    theorem: object = None

    def __getstate__(self):
        """A proof cannot be copied; a kept or sent verdict is without its own."""
        return {**self.__dict__, "theorem": None}


@dataclass(frozen=True)
class LegendLine:
    """One name as it was understood: its LaTeX, its type in words, where that comes from, the lines for which it holds."""

    name: str
    type: str
    origin: str
    lines: str = ""
