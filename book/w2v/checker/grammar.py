r"""Tokens of one side to a syntax tree: a recursive-descent reader of the mathematics around word2vec.

A generated parser is a poor fit: `\sigma x (1 - \sigma x)`, `\exp u^\top v`, `\frac{\partial}{\partial v} - \log p`,
`\sum_w a b - c` and `P(O=o|C=c)` need decisions that depend on what stands to the left, and a grammar with all the
alternatives would leave the choice to an ambiguity resolver. Here every such decision is one small method.
"""

from .factors import ACCENTS, BRACED, CALLED_TEXT, GREEK, SIGNS, STYLES, WRAPPERS, FactorReader
from .brackets import BracketReader
from .subscripts import SubscriptReader
from .tokens import Token
from .tree import Minus, Plus, Quotient, Times, Unreadable


class Reader(FactorReader, BracketReader, SubscriptReader):
    """Reads a list of tokens; `long_operand` lets an operator d/dx take everything up to the next + or -."""

    def __init__(self, tokens, long_operand=False):
        self.tokens, self.i, self.long_operand = tokens, 0, long_operand

    # -- the stream ---------------------------------------------------------------------------------------------
    def peek(self, ahead=0):
        i = self.i + ahead
        return self.tokens[i] if i < len(self.tokens) else Token("end", "", -1)

    def at(self, *texts, kinds=("command", "sign")):
        return self.peek().text in texts and self.peek().kind in kinds

    def skip(self):
        while self.at("&", "quad", "displaystyle"):
            self.i += 1

    def take(self, text):
        self.skip()
        if self.peek().text != text:
            self.fail(f"'{text}'")
        self.i += 1

    def accept(self, *texts):
        self.skip()
        if self.at(*texts):
            self.i += 1
            return self.tokens[self.i - 1].text
        return None

    def fail(self, expected):
        token = self.peek()
        rest = "".join(t.text + " " for t in self.tokens[self.i:self.i + 4]).strip()
        raise Unreadable(expected, rest or "the end of the expression", token.position if token.position >= 0 else None)

    # -- expressions --------------------------------------------------------------------------------------------
    def whole(self):
        """The tree of all tokens; raises Unreadable when something is left over."""
        tree = self.expression()
        while self.at(".", ",", ";", ":", "&", "quad", "\\", "!"):
            self.i += 1
        if self.i < len(self.tokens):
            self.fail("an operator or the end")
        return tree

    def expression(self):
        terms = [self.term()]
        while True:
            self.skip()
            if self.at("+"):
                self.i += 1
                terms.append(self.term())
            elif self.at("-"):
                terms.append(self.term())
            else:
                break
        tree = terms[0] if len(terms) == 1 else Plus(tuple(terms))
        return Quotient(tree, self.expression()) if self.accept("over") else tree

    def term(self):
        """An optionally signed product."""
        self.skip()
        if self.accept("-"):
            return Minus(self.term())
        if self.accept("+"):
            return self.term()
        return self.product()

    def product(self):
        factors, signs = [self.factor()], []
        while True:
            self.skip()
            sign = self.product_sign()
            if sign is not None:
                if sign == "/":
                    factors.append(Quotient(factors.pop(), self.signed_factor()))
                    continue
                signs.append(sign)
                factors.append(self.signed_factor())
            elif self.starts_factor():
                signs.append("")
                factors.append(self.factor())
            else:
                return self.times(factors, signs)

    @staticmethod
    def times(factors, signs):
        return factors[0] if len(factors) == 1 else Times(tuple(factors), tuple(signs))

    def product_sign(self):
        token = self.peek()
        if token.kind in ("command", "sign"):
            if token.text in SIGNS:
                self.i += 1
                if self.at(*SIGNS):     # "\cdot \cdot" and the like
                    self.i += 1
                return SIGNS[token.text]
            if token.text in ("/", "oslash", "div"):
                self.i += 1
                return "/"
        return None

    def signed_factor(self):
        """A factor after a product sign; it may carry its own minus, as in x * -1."""
        self.skip()
        if self.accept("-"):
            return Minus(self.signed_factor())
        return self.factor()

    def starts_factor(self):
        token = self.peek()
        if token.kind in ("letter", "number", "name"):
            return True
        if token.kind == "text":
            return self.text_is_symbol(token.text)
        if token.kind == "sign":
            return token.text in ("(", "[", "{", "\\{", "\\#") or token.text in ("|", "\\|") and not self.bars
        if token.kind == "command":
            return token.text in GREEK or token.text in STYLES or token.text in ACCENTS or token.text in WRAPPERS or \
                token.text in BRACED or token.text in ("frac", "sum", "prod", "partial", "nabla", "log", "ln", "exp", "dots",
                                                       "sqrt", "max", "min", "tanh", "Pr", "arg", "argmax", "argmin", "mathbb", "mathbbm", "top", "infty", "langle") \
                or token.text.startswith("begin:")
        return False

    bars = 0

    @staticmethod
    def text_is_symbol(text):
        plain = text.strip().lower().rstrip(":")
        return plain in CALLED_TEXT or plain in ("soft", "loss", "cost", "ce", "nll", "cross", "sg", "obj") or plain == "1"
