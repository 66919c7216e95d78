"""Sizes that are said in words are sizes: what does not fit them is no definition."""
import pytest

from judging import GOOD, statuses, steps
from w2v.checker.meaning import lengths

ADDED, DOTTED = "$$ s = a + b $$", r"$$ s = a^\top b $$"
APART = [  # two sizes, so that the line below has no value
    ("The vector $a$ has $n$ components, the vector $b$ has $m$ components.", DOTTED), ("$a$ has $H$ entries and $b$ has $V$ entries.", ADDED),
    ("$a$ is a vector with $n$ coordinates and $b$ a vector with $m$ coordinates.", ADDED), ("Let $a$ be an $n$-dimensional vector and let $b$ be an $m$-dimensional vector.", ADDED),
    ("$a$ has dimension $n$ and $b$ has dimension $m$.", ADDED), ("The vectors $a$ and $b$ have $n$ and $m$ entries.", DOTTED), ("The $n$ entries of $a$ and the $m$ entries of $b$ are real.", DOTTED),
    ("Let $a$ be a vector of $n$ numbers and $b$ a vector of $m$ numbers.", ADDED), ("Let $a$ be a vector of length $n$ and $b$ a vector of length $m$.", ADDED),
    ("The vector $a$ of length $n$ and the vector $b$ of length $m$ are given.", ADDED), ("Take an $n$-dimensional vector $a$ and an $m$-dimensional vector $b$.", ADDED),
    ("Each of these is given: $a$ has 3 entries, $b$ has 4 entries.", DOTTED), ("$h$ has $H$ entries, $W$ has $H$ rows and $V$ columns.", "$$ s = W h $$"),
    ("The vector $a$ has $d$ dimensions and the hidden layer $h$ has $k$ units.", r"$$ s = a^\top h $$"),
    (r"Let $W$ be an $m \times n$ matrix and let $x$ have $m$ entries.", "$$ s = W x $$"),
    ("The input $a$ has length $n$, the output $b$ has length $m$.", ADDED),
    (r"Let $a \in \mathbb{R}^3$ and $b \in \mathbb{R}^4$.", ADDED),
    (r"$h$ has $H$ entries. Let $W \in \mathbb{R}^{D \times K}$ and $x \in \mathbb{R}^K$.", "$$ h = W x $$"), (r"Let $h \in \mathbb{R}^H$, $W \in \mathbb{R}^{D \times K}$ and $x \in \mathbb{R}^K$.", "$$ h = W x $$"),
]
FITS = [
    ("The layer $l$ has $n$ units, and $a$ has $n$ entries.", "$$ s = a + b_l $$"), ("The matrix $A$ has $n$ entries in all, $a$ has $n$ entries.", "$$ s = A a $$"),
    ("The vectors $a$ and $b$ have $n$ entries each.", DOTTED), ("$a$ and $b$ are $n$-dimensional.", ADDED), ("The vector $a$ has only a few non-zero entries. $b$ has as many entries as $a$.", ADDED),
    ("$h$ has $H$ entries, $W$ has $V$ rows and $H$ columns.", "$$ s = W h $$"), (r"$h$ has $H$ entries. Let $W \in \mathbb{R}^{H \times K}$ and $x \in \mathbb{R}^K$.", "$$ h = W x $$"),
    ("The vocabulary $V$ has $N$ elements and $a$ has $N$ entries.", "$$ s = a + b $$"), (r"The prediction $\hat y$ has $V$ entries, the scores $z$ have $V$ entries.", r"$$ s = z - \hat y $$"),
]


@pytest.mark.parametrize(("words", "line"), APART)
def test_what_does_not_fit_a_size_in_words_is_no_definition(words, line):
    assert statuses(f"{words}\n\n{line}") == ["ill-typed"]


@pytest.mark.parametrize(("words", "line"), FITS)
def test_what_fits_it_is_one(words, line):
    assert statuses(f"{words}\n\n{line}") == ["definition"]


@pytest.mark.parametrize("number", range(len(lengths.RULES)), ids=[rule.pattern[-60:] for rule in lengths.RULES])
def test_each_rule_is_needed(monkeypatch, number):
    monkeypatch.setattr(lengths, "RULES", [rule for n, rule in enumerate(lengths.RULES) if n != number])
    assert any(step.status in GOOD for words, line in APART for step in steps(f"{words}\n\n{line}"))
