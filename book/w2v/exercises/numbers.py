"""Reads a number as people write it: 0.25, 0,25, 25 %, -3/4, log 4, 3 log 2, $\\ln 5$, 1.39 nats."""

import math
import re

TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?)|\\?(?P<word>[A-Za-z][\w.]*)|(?P<sign>[-+*/^()%]))"
)
LOGARITHMS = ("log", "ln", "math.log", "np.log", "numpy.log")
LONGEST = 100  # characters
SPELLED = {
    "\u2212": "-",
    "\u2013": "-",
    "·": "*",
    "×": "*",
    "\\cdot": "*",
    "\\times": "*",
    "\\%": "%",
    "**": "^",
    "$": "",
}


class Unread(ValueError):
    """The text is no number."""


def number(text):
    """The finite float that a text stands for; None if it is no number, or could be two."""
    try:
        value = _Reader(text).all()
    except (Unread, ValueError, ZeroDivisionError, OverflowError, TypeError):
        return None
    return value if isinstance(value, float) and math.isfinite(value) else None


class _Reader:
    """A cursor over the tokens; each method reads one level of precedence."""

    def __init__(self, text):
        for spelled, plain in SPELLED.items():
            text = text.replace(spelled, plain)
        text = re.sub(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
        text = re.sub(r"^\s*(=|≈|~|about|\\approx)\s*|\s*\bnats?\b\s*\.?\s*$", "", text).strip()
        text = text.removesuffix(".")
        self.tokens, at = [], 0
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found or len(text) > LONGEST:
                raise Unread
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.at = 0

    def all(self):
        value = self.sum()
        if self.at < len(self.tokens):
            raise Unread
        return value

    def next(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, *signs):
        """The next token if it is one of these signs, else ''."""
        kind, text = self.next()
        if kind != "sign" or text not in signs:
            return ""
        self.at += 1
        return text

    def sum(self):
        value = self.product()
        while sign := self.take("+", "-"):
            value += self.product() if sign == "+" else -self.product()
        return value

    def product(self):
        value = self.signed()
        while self.next()[0] == "word" or self.next()[1] in ("*", "/", "("):
            if self.take("/"):
                value /= self.signed()
            else:
                self.take("*")
                value *= self.signed()
        return value

    def signed(self):
        if sign := self.take("+", "-"):
            return self.signed() if sign == "+" else -self.signed()
        value = self.atom()
        return value ** self.signed() if self.take("^") else value

    def atom(self):
        kind, text = self.next()
        self.at += 1
        if kind == "number":
            value = float(text.replace(",", "."))
            return value / 100 if self.take("%") else value
        if kind == "word" and text in LOGARITHMS:
            return self.logarithm()
        if (kind, text) != ("sign", "("):
            raise Unread
        value = self.sum()
        if not self.take(")"):
            raise Unread
        return value / 100 if self.take("%") else value

    def logarithm(self):
        """Of a bracket or of one number; `log 1/4` could be two numbers and is none."""
        bracket = self.next()[1] == "("
        value = math.log(self.atom())
        if not bracket and self.next()[1] in ("*", "/", "^", "("):
            raise Unread
        return value
