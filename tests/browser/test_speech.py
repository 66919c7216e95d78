"""What a screen reader says of the formulas: the MathML of every theorem box, read aloud by a speech engine."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from katex_math import node_program

HERE = Path(__file__).parent
# Names of signs that nobody says, styles that are no part of a formula, and signs without a name.
STRANGE = re.compile(r"down tack|up tack|\bnormal\b|\bunknown\b|[^\x00-\x7f]")


def spoken(formulas):
    """The words for each formula, a string of MathML."""
    if not (HERE / "node_modules/speech-rule-engine").exists():
        pytest.fail("speech-rule-engine is not installed: run `npm ci` in tests/browser")
    done = subprocess.run(
        [node_program(), HERE / "speech.js"], input=json.dumps(formulas), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@cache
def boxes(site):
    """(name of the theorem, what is said) of every display in a theorem box of the book."""
    found = []
    for page in sorted((site / "book").glob("*.html")):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for formula in soup.select("div.proof.theorem math[display=block]"):
            formula.annotation.decompose()
            found.append((formula.find_parent("div", class_="proof")["id"], str(formula)))
    return list(zip((name for name, _ in found), spoken([formula for _, formula in found])))


def test_every_theorem_can_be_heard(site):
    said = boxes(site)
    assert len({name for name, _ in said}) >= 40
    assert [(name, words) for name, words in said if STRANGE.search(words) or len(words.split()) < 5] == []


def test_the_gradient_for_the_center_vector_is_said_as_a_teacher_says_it(site):
    rows = next(words for name, words in boxes(site) if name == "T07" and "transpose" in words)
    assert "J and denominator partial differential v sub c equals" in rows
    assert "U raised to the transpose power times open paren y hat minus y close paren proved" in rows


@pytest.mark.parametrize(
    "formula",
    [
        '<msup><mi>U</mi><mi mathvariant="normal">⊤</mi></msup>',
        '<mover accent="true"><mi>v</mi><mo>ˉ</mo></mover>',
        '<mrow><mi>x</mi><mi mathvariant="normal">✓</mi></mrow>',
    ],
)
def test_what_katex_writes_by_itself_would_be_noticed(formula):
    assert STRANGE.search(spoken([f"<math>{formula}</math>"])[0])
