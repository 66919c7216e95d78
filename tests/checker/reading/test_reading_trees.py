"""Expressions to trees, and back to LaTeX; no token can be changed without changing the tree."""

import pytest
from reading_helpers import chains, side, texts, tree, with_notes
from trees import TREES
from w2v.checker.reading.latex import latex
from w2v.checker.reading.show import show
from w2v.checker.reading.tokens import tokenize
from w2v.checker.reading.tree import Unreadable

READABLE = [t for t, expected in TREES if expected != "unreadable"]
OTHER = {"letter": "Q", "upright": "\\mathrm{Q}", "number": "7", "word": "\\mathrm{zzz}", "text": "\\text{zzz}", "relation": "\\geq "}
SIGNS = {"+": "-", "-": "+", "*": "\\cdot ", "/": "+", ".": "\\odot ", "'": "^{7}", "cdot": "\\odot ", "times": "\\cdot ", "odot": "\\cdot ", "otimes": "\\cdot ",
         "hat": "\\tilde ", "tilde": "\\hat ", "sum": "\\prod ", "prod": "\\sum ", "frac": "\\binom ", "top": "Q", "!": "+", "partial": "Q"}


@pytest.mark.parametrize("text, expected", TREES)
def test_tree(text, expected):
    found = tree(text)
    assert (show(found) if found is not None else "unreadable") == expected


@pytest.mark.parametrize("text", READABLE)
def test_printed_tree_reads_as_itself(text):
    found = tree(text)
    assert side(latex(found)) == found


@pytest.mark.parametrize("name, text", list(texts()))
def test_printed_sides_of_write_ups_read_as_themselves(name, text):
    seen = set()
    for chain in chains(text):
        for n, s in enumerate(chain.sides):
            if not isinstance(s.tree, Unreadable) and s.text not in seen:
                seen.add(s.text)
                assert side(latex(s.tree), n > 0 and chain.signs[n - 1] in ("in", "notin", "subset")) == s.tree
        for rule in chain.conditions:
            assert rule in tree(f"[{latex(rule)}]").conditions


def replaced(text, token):
    """text with another token in the place of this one, or None where nothing fits."""
    new = OTHER.get(token.kind) or SIGNS.get(token.text)
    if new is None or text[token.start:token.end].strip() in (new.strip(), "\\geq", "\\ge"):
        return None
    return text[:token.start] + " " + new + " " + text[token.end:]


@pytest.mark.parametrize("text", READABLE)
def test_every_token_counts(text):
    whole = with_notes(text)
    for token in tokenize(text):
        other = replaced(text, token)
        assert other is None or with_notes(other) != whole, (token, other)


@pytest.mark.parametrize("name, text", list(texts()))
def test_every_token_of_the_write_ups_counts(name, text):
    seen = set()
    for chain in chains(text):
        for s in chain.sides:
            if isinstance(s.tree, Unreadable) or s.text in seen or len(s.text) > 160 or tree(s.text) != s.tree:
                continue
            seen.add(s.text)
            for token in tokenize(s.text):
                other = replaced(s.text, token)
                assert other is None or tree(other) != s.tree, (token, other)
