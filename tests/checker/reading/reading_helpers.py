"""Helpers of the tests of reading: trees of LaTeX, chains as text, the texts of the repository."""

from pathlib import Path

from w2v.checker.reading import blocks, read
from w2v.checker.reading.cursor import Notes
from w2v.checker.reading.drafts import SideDraft, Source
from w2v.checker.reading.expressions import whole
from w2v.checker.reading.groups import brackets, tex_groups
from w2v.checker.reading.show import show
from w2v.checker.reading.tree import Unreadable

HERE = Path(__file__).parent.parent


def tree(latex):
    """The tree of an expression, or None."""
    try:
        return whole(brackets(tex_groups(latex)), Notes(latex))
    except Unreadable:
        return None


def with_notes(latex):
    """The tree and what its braces say, or None."""
    notes = Notes(latex)
    try:
        found = whole(brackets(tex_groups(latex)), notes)
    except Unreadable:
        return None
    return found, [Source(latex, 1).cut(note) for _, _, note in notes.claims], notes.words


def side(latex, as_set=False):
    return SideDraft(brackets(tex_groups(latex)), Source(latex, 1), 1, None, as_set).side().tree


def chain_text(chain):
    """A chain in one line, its sides as printed."""
    text = chain.sides[0].text
    for sign, s in zip(chain.signs, chain.sides[1:]):
        text += f" {sign} {s.text}"
    marks = [f"if {show(chain.conditions)}"] * bool(chain.conditions) + [f"words {list(chain.words)}"] * bool(chain.words)
    marks += [f"before {chain.before!r}"] * bool(chain.before) + [f"label {chain.label}"] * bool(chain.label) + ["continues"] * chain.continues
    return " | ".join([text, *marks])


def texts():
    """(name, text) of every write-up beside these tests."""
    for pattern in ("writeups/*.md", "writeups/*.tex", "writeups_keyed/*.md", "writeups_keyed/*.tex", "data/*.txt"):
        for path in sorted(HERE.glob(pattern)):
            yield path.name, path.read_text()


def chains(text):
    for block in read(text).blocks:
        if isinstance(block, blocks.Display):
            yield from block.chains
        elif hasattr(block, "parts"):
            yield from (p for p in block.parts if isinstance(p, blocks.Chain))


def outline(text):
    """The blocks of a text, one line each."""
    for b in read(text).blocks:
        if isinstance(b, blocks.Display):
            yield f"{b.line} display {b.number} {b.label}".rstrip() + ": " + "; ".join(chain_text(c) for c in b.chains)
        elif isinstance(b, (blocks.Sentence, blocks.Heading, blocks.Item)):
            words = " ".join(p if isinstance(p, str) else f"<{chain_text(p)}>" for p in b.parts)
            kind = {"Sentence": "sentence", "Heading": f"heading {getattr(b, 'level', '')}", "Item": f"item {getattr(b, 'mark', '')}"}[type(b).__name__]
            marks = "" if not isinstance(b, blocks.Sentence) else "+" * b.starts + "." * b.ends
            yield f"{b.line} {kind}{marks}: {words}" if words else f"{b.line} {kind}{marks}".rstrip()
        else:
            yield f"{b.line} {type(b).__name__.lower()} {getattr(b, 'text', '') or getattr(b, 'name', '')} {getattr(b, 'title', '')}".rstrip()
