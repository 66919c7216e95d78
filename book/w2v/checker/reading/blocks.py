"""What reading gives to meaning: the blocks of a text in reading order, with their mathematics as trees."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Side:
    """One side of a chain: its tree, or the Unreadable that says why there is none; `text` is its LaTeX as printed."""

    tree: object
    text: str
    line: int
    error: object = None


@dataclass(frozen=True)
class Chain:
    r"""side sign side sign side ..., as printed.

    signs: '=', ':=' (also \triangleq, \coloneqq, \overset{def}=), '=:' , '\equiv' as 'equiv', '\approx' as 'approx', 'propto',
    '<', '<=', '>', '>=', '!=', 'in', 'notin', 'to' (arrows), 'gets' (\leftarrow, \gets), 'sim', 'subset', '=>' (\implies, \Rightarrow), '<=>' (\iff),
    'cong'. One chain of one side and no sign is a formula without a claim. A chain that a row or display continues
    (`= ...` first) repeats the last side of the chain it continues as its first side and has `continues` set.
    conditions: Relations printed beside the chain (`, \quad w \neq o`, `\forall w \ne o`, `\text{if } k = 1`), as a tuple.
    words: texts printed in the display beside this chain (`\text{for all other words}`), in order, as a tuple of str.
    before: the words that stand directly before the chain in its row (`\text{where }`, `\text{and so }`), as a str.
    label: the equation number or tag of its row.
    """

    sides: tuple
    signs: tuple
    line: int
    conditions: tuple = ()
    words: tuple = ()
    before: str = ""
    continues: bool = False
    label: str = ""


@dataclass(frozen=True)
class Heading:
    """level 1 is the highest; parts as in Sentence."""

    level: int
    parts: tuple
    line: int


@dataclass(frozen=True)
class Sentence:
    """A sentence of prose: parts are str and Chain (inline mathematics) in order. A sentence that a display interrupts is
    one Sentence before the display and one after it; `ends` says whether it is closed by a full stop or a blank line,
    `starts` whether it opens a sentence (False behind a display that it continues: `where ...`)."""

    parts: tuple
    line: int
    starts: bool = True
    ends: bool = True


@dataclass(frozen=True)
class Display:
    """The chains of one display in order; `number` counts displays from 1, `label` is its equation label or tag."""

    chains: tuple
    line: int
    number: int = 0
    label: str = ""
    last_line: int = 0


@dataclass(frozen=True)
class Item:
    """The start of a list item (bullet or number as printed), of a bold run-in title, or the end of a list (mark '').
    parts: the words and Chains of a run-in title."""

    mark: str
    line: int
    parts: tuple = ()


@dataclass(frozen=True)
class Comment:
    """<!-- check: ... --> or % check: ..., without the word check."""

    text: str
    line: int


@dataclass(frozen=True)
class Directive:
    """The opening (or, with name '', the closing) of a MyST or LaTeX box such as prf:theorem or \\begin{proof}."""

    name: str
    title: str
    line: int


@dataclass
class Text:
    """A whole text: its blocks in order."""

    blocks: list = field(default_factory=list)
    macros: dict = field(default_factory=dict)
    source: str = ""
