"""Texts to blocks."""

import random
import time

import pytest
from reading_helpers import outline, texts
from w2v.checker.reading import read

DOCUMENTS = [
    ("Case `w ≠ o`. When w != o, we get it. See `train_step(x) = 3`.",
     ["1 sentence+.: Case  <w != o> .", "1 sentence+.: When  <w != o> , we get it.", "1 sentence+.: See train_step(x) = 3."]),
    ("**Case 2: `w ≠ o`**\n\n$$ a = b $$ (eq-x)\n\nwhere $b = 2$.", ["1 heading 6: Case 2:  <w != o>", "3 display 1 eq-x: a = b", "5 sentence+.: where  <b = 2> ."]),
    ("$$ a = b $$\nwhere $b = 2$ and e.g. this. Next.", ["1 display 1: a = b", "2 sentence.: where  <b = 2>  and e.g. this.", "2 sentence+.: Next."]),
    ("> $J$ = 1 <br>\n> = $U$", ["1 sentence+: <J>  = 1", "2 display 1:  = U"]),
    ("So $`a = b`$ and `$c = d$` hold", ["1 sentence+.: So  <a = b>  and  <c = d>  hold"]),
    ("Title\n=====\n\\\\(w \\neq o\\\\): \\\\[ x = y \\\\]", ["1 heading 1: Title", "3 sentence+: <w != o> :", "3 display 1: x = y"]),
    ("```{math}\n:label: eq-s\na = 1\n```", ["2 display 1 eq-s: a = 1"]),
    (":::{prf:theorem} T\n:label: t\n$$\na = 1\n$$\n:::", ["1 directive prf:theorem T", "3 display 1: a = 1", "6 directive"]),
    ("```python\na = 1\n```\n<!-- check: rows -->\n% check: columns", ["4 comment rows", "5 comment columns"]),
    ("---\ntitle: x = 1\n---\n# A\n\nText.", ["4 heading 1: A", "6 sentence+.: Text."]),
    ("1. $w = o$:\n$$ a = b $$\nthen\n", ["1 item 1.", "1 sentence+: <w = o> :", "2 display 1: a = b", "3 item", "3 sentence.: then"]),
    ("i) $w = o$\n\nThe first term.\n\nii) $w \\ne o$\n", ["1 item i)", "1 sentence+.: <w = o>", "3 sentence+.: The first term.", "5 item ii)", "5 sentence+.: <w != o>", "5 item"]),
    ("**Hypothesis (one-hot).** $y$ is one-hot.", ["1 item **Hypothesis (one-hot).**: Hypothesis (one-hot).", "1 sentence+.: <y>  is one-hot."]),
    ("\\section*{Part $x$}\n\\begin{proof}\n\\begin{itemize}\\item Let $a = 1$.\\end{itemize}\\end{proof}",
     ["1 heading 2: Part  <x>", "2 directive proof", "3 item \\item", "3 sentence+.: Let  <a = 1> .", "3 item", "3 directive"]),
    ("\\newcommand{\\s}[1]{\\sigma(#1)}\n\\[ \\s{x} = 1 \\]", ["2 display 1: \\sigma(x) = 1"]),
    ("a = b\nsome words\nu_o = v^2", ["1 display 1: a = b", "2 sentence: some words", "3 display 2: u_o = v^2"]),
    ("Line\n\n$a = b + c$\n\n$= d$ .", ["1 sentence+.: Line", "3 display 1: a = b + c", "5 display 2: b + c = d | continues"]),
]


@pytest.mark.parametrize("text, expected", DOCUMENTS)
def test_outline(text, expected):
    assert list(outline(text)) == expected


def test_a_comment_in_a_line_of_code_is_no_heading():
    assert list(outline("~~~\n# no\n~~~")) == []


@pytest.mark.parametrize("name, text", list(texts()))
def test_cut_texts_are_read_without_a_fault(name, text):
    chance = random.Random(name)
    for _ in range(6):
        a, b = sorted(chance.randrange(len(text)) for _ in range(2))
        read(text[a:b])
        read(text[:a] + text[b:])


@pytest.mark.parametrize("piece", ["(", "{", "\\left(", "\\frac{", "-", "x^{", "\\log ", "\\hat", "\\sum ", "a/", "x'", "!", "[", "|", "\\begin{cases}", "\\sqrt", "\\nabla ", "^"])
def test_deep_nesting_is_unreadable_and_no_fault(piece):
    read(f"$$ a = {piece * 3000} $$")
    read(f"$$ a = {piece * 300}x{'}' * 300} $$")


@pytest.mark.parametrize("piece", ["$", "$$ ", "\\[", "`", "```\n", "<!--", "\\begin{align}", "(", "**", "- x\n", "\\text{", "&", "$$ &&&& $$", "::: \n"])
def test_time_grows_with_the_length(piece):
    start = time.process_time()
    read(piece * (20000 // len(piece)))
    read("$$ a = " + "& 1, \\quad" * 1500 + " $$")
    assert time.process_time() - start < 8
