"""What a name can mean: one Entry for each name in each scope."""

from dataclasses import dataclass, field

from .types import Type


@dataclass(frozen=True)
class Range:
    """The values of an index. kind: 'word', 'sample', 'offset', 'window' (positions) or ''; size: the name of its size."""

    kind: str
    size: str = ""


@dataclass
class Entry:
    """kind: 'definition', 'free', 'table', 'size', 'word', 'words', 'position', 'unit', 'ones', 'kronecker', 'identity',
    'function', 'opaque', 'alias', 'set', 'ask'.

    params: letters of the indices of a definition, ranges: their Ranges; calls: printed parameters of f(x) = ...;
    point: a definition at one printed index (x_o = ...), good for that print alone; origin: where it comes from, in words.
    one_hot: the index tree at which a vector is 1 (or 0 for an unnamed place); distribution: its entries are positive and sum to 1; lines: what each row or column of a matrix is, 'one-hot rows'; drawn: it was printed of w_k, as s_{w_k}.
    """

    key: str
    kind: str
    origin: str = ""
    line: int = 0
    base: str = ""
    accents: tuple = ()
    label: str = ""
    type: object = field(default_factory=Type)
    role: str = ""
    params: tuple = ()
    ranges: tuple = ()
    calls: tuple = ()
    body: object = None
    place: object = None
    point: bool = False
    one_hot: object = None
    distribution: bool = False
    lines: str = ""
    drawn: bool = False
    values: tuple = ()  # the only values that a number takes: s_j is -1 or 1
    family: str = ""
    table: str = ""
    arguments: tuple = ()
    range: object = None
    declared: bool = False
    positive: bool = False
    words: str = ""
    first: object = None  # the number at which a name begins that is said by its earlier values
