"""Input of every kind: no traceback, no hang, no more than 1 GB."""

import random
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from judging import DATA, settle, within
from w2v.checker import NoMathematics, check

PIECES = [r"\frac", "{", "}", "_", "^", "&", r"\\", "$", "$$", r"\[", r"\]", r"\left(", r"\right)", r"\sum", r"\prod", r"\partial", r"\begin{cases}", r"\end{cases}",
          r"\begin{aligned}", r"\end{aligned}", r"\log", r"\exp", r"\sigma", r"\hat", r"\top", r"\text{ if }", "=", ":=", r"\ne", r"\le", r"\in", "(", ")", "[", "]", "|",
          "u", "v", "w", "o", "c", "k", "K", "V", "U", "J", "x", "1", "2", "0", "-", "+", "/", "!", ",", ";", "'", "\n", "\n\n", " when ", " where ", "Let ", "Hence ",
          r"\newcommand{\a}{\a}", r"\def\b{\b\b}", "%", "`", "<!-- check: w != o -->", "é", "\0", "∂", "10^{10^{10}}", r"\dots", r"\cdots", r"\vdots"]
SEEDS = [p.read_text(encoding="utf-8") for p in sorted(DATA.glob("*.txt"))] + [p.read_text(encoding="utf-8") for p in sorted((DATA / "handed/texts").iterdir())]
SECONDS, BYTES = 20, 1 << 30


def soup(chance):
    """Pieces of LaTeX in any order, with a display around them as often as not."""
    text = "".join(chance.choices(PIECES, k=chance.randrange(3, 40)))
    return text if chance.random() < 0.3 else f"$$ {text} $$"


def spoilt(chance):
    """A part of a real text with pieces cut out, doubled, moved or put in."""
    text = chance.choice(SEEDS)
    start = chance.randrange(max(1, len(text) - 600))
    text = text[start:start + 600]
    for _ in range(chance.randrange(1, 8)):
        a = chance.randrange(len(text) + 1)
        b = min(len(text), a + chance.randrange(12))
        text = chance.choice([text[:a] + text[b:], text[:b] + text[a:b] + text[b:], text[:a] + chance.choice(PIECES) + text[a:]])
    return text


def tried(text):
    """Checks a text; what it may raise is the documented."""
    with within(SECONDS):
        try:
            return check(text)
        except NoMathematics:
            return None
        except ValueError as error:
            assert "check comment" in str(error)
            return None


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("kind", [soup, spoilt])
def test_no_input_ends_in_a_traceback_or_a_hang(kind, seed):
    chance = random.Random(f"{kind.__name__} {seed}")
    for _ in range(30 if kind is soup else 8):
        text = kind(chance)
        try:
            report = tried(text)
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error}: {text!r}") from error
        assert report is None or report.to_json() and report.to_text()


HUGE = {
    "brackets": "$$ " + "(" * 20_000 + " = 1 $$", "braces": "$$ " + "{" * 5_000 + "}" * 5_000 + " = 1 $$", "powers": "$$ " + "x^{" * 400 + "2" + "}" * 400 + " = 1 $$",
    "towers": "$$ 9^{9^{9^{9}}} = 1 $$", "fractions": "$$ " + r"\frac{1}{" * 300 + "x" + "}" * 300 + " = x $$", "terms": "$$ " + "+".join(f"x_{{{n}}}" for n in range(3_000)) + " = 0 $$",
    "products": "$$ " + "".join(f"(1+a_{{{n}}}x)" for n in range(60)) + " = 1 $$", "derivatives": "$$ " + r"\frac{d}{dx}" * 40 + r"\sigma(x)^{9} = 0 $$",
    "sums": "$$ " + "".join(rf"\sum_{{i_{n}=1}}^{{V}}" for n in range(12)) + " 1 = V^{12} $$", "macros": r"\newcommand{\a}{\b\b}\newcommand{\b}{\c\c}\newcommand{\c}{\a\a}$$ \a = 1 $$",
    "factorials": "$$ 99999999! = 1 $$", "numbers": "$$ " + "9" * 50_000 + " = 1 $$", "rows": "$$ \\begin{aligned}" + r"x &= x \\ " * 2_000 + r"\end{aligned} $$",
    "prose": "if when where let = " * 30_000 + " $$ x = x $$", "dollars": "$" * 30_001, "size": "$$ \\sum_{k=1}^{10^9} k = 1 $$",
}


def huge(name):
    """What is wrong with the end of a check of a huge text, or ''."""
    program = textwrap.dedent(f"""
        import resource, sys
        resource.setrlimit(resource.RLIMIT_AS, ({BYTES}, {BYTES}))
        resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
        from w2v.checker import NoMathematics, check
        try:
            check(sys.stdin.read()).to_json()
        except NoMathematics:
            pass""")
    place = {"PYTHONPATH": str(Path(__file__).parents[2] / "book"), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", program], input=HUGE[name], text=True, capture_output=True, env=place, timeout=900)
    return f"more than {SECONDS} s" if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else done.returncode and done.stderr[-400:]


CHECKS = {"huge texts": (huge, list(HUGE))}


@pytest.mark.parametrize("name", HUGE)
def test_huge_input_ends_soon_and_in_less_than_1_gb(name):
    settle("huge texts", name, huge(name))
