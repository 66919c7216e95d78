"""The complete reader: indicators and expectations on top of the parts, and the functions that read one side."""
from .derivatives import DerivativeReader
from .functions import FunctionReader
from .grammar import Reader as BaseReader
from .matrices import MatrixReader
from .conditions import conditions, split
from .summation import SumReader
from .tokens import Token, tokenize
from .tree import Apply, Indicator, Relation, Sum, Symbol, Unreadable
from .brackets import OPENING


COMPARED = ("=", "neq", "in", "<", ">", "leq", "geq")


class Reader(FunctionReader, DerivativeReader, SumReader, MatrixReader, BaseReader):
    """See grammar.Reader for the plan; this class adds what needs all the parts."""

    def bracketed(self):
        saved = self.i
        opening = self.peek().text
        if opening == "\\{" and self.peek(1).text in ("begin:array", "begin:aligned", "begin:cases", "begin:matrix"):
            self.i += 1
            tree = self.environment("cases")
            self.accept("\\}")
            return tree
        inside = self.group_tokens_between(opening, OPENING.get(opening, "}"))
        if opening != "{" and len(split(inside, *COMPARED)) == 2 and not split(inside, ",")[1:] and self.plain_relation(inside):
            return Indicator(conditions(inside, type(self))[0])
        self.i = saved
        return super().bracketed()

    @staticmethod
    def plain_relation(tokens):
        return len(tokens) < 16 and any(t.text in COMPARED for t in tokens) and \
            not any(t.text in ("frac", "sum", "log", "exp", "begin:cases") for t in tokens)

    def number_one_follows(self):
        texts = [self.peek(n).text for n in range(3)]
        return texts[0] == "1" or texts == ["{", "1", "}"]

    def ones(self):
        self.i += 1 if self.peek().text == "1" else 3
        if self.at("_") :
            group = self.peek(1).text == "{"
            saved = self.i
            self.i += 1
            inside = list(self.group_tokens())
            if any(t.text in COMPARED for t in inside):
                inside = [t for t in inside if t.text not in ("\\{", "\\}", "[", "]", "(", ")")]
                return self.suffixes(Indicator(conditions(inside, type(self))[0]))
            self.i = saved if not group else saved
            self.i += 1
            self.group_tokens()
        if self.at("(", "[", "\\{", "{"):
            saved = self.i
            tree = self.bracketed()
            if isinstance(tree, Indicator):
                return self.suffixes(tree)
            self.i = saved
        return self.suffixes(Symbol("ones"))

    def indicator_follows(self):
        texts = [self.peek(n).text for n in range(4)]
        return texts[0] == "I" and texts[1] in ("(", "[", "\\{", "_") or texts[:3] == ["{", "I", "}"]

    def indicator(self):
        self.i += 1 if self.peek().text == "I" else 3
        self.tokens = self.tokens[:self.i] + [Token("number", "1", -1)] + self.tokens[self.i:]
        return self.ones()

    def arg_extremum(self):
        r"""\arg\max_\theta body: read, though nothing here can decide it."""
        self.i += 1
        if self.at("max", "min"):
            self.i += 1
        if self.at("_"):
            self.i += 1
            self.group_tokens()
        return Apply("argmax", (self.product(),))

    def expectation(self):
        r"""\mathbb{E}_{w \sim P} [ body ]."""
        self.i += 1 if self.peek().text == "E" else 3
        below = []
        while self.at("_"):
            self.i += 1
            below = [t for t in self.group_tokens() if t.text not in ("mathbf", "{", "}", "boldsymbol")]
        if "".join(t.text for t in below[1:]) in ("simhaty", "simp", "simP", "simp(w|c)", "simP(w|c)", "simp(.|c)", "simP(.|c)",
                                                  "simp(cdot|c)", "simP(cdot|c)"):
            return Sum((below[0].text,), ("words",), (), self.factor(), "expectation")
        return Apply("expectation", (self.factor() if self.starts_factor() else self.fail("the argument of the expectation"),))

    def expectation_follows(self):
        return self.peek().text == "E" or self.peek(1).text == "E"


def read(tokens, long_operand=False):
    """The tree of one side; raises Unreadable with what was expected, never returns a partial tree."""
    if not tokens:
        raise Unreadable("an expression", "nothing")
    return Reader(tokens, long_operand).whole()


def read_conditions(tokens):
    """The Relations of a side condition."""
    return [r for r in conditions(list(tokens), Reader) if isinstance(r, Relation)]


def read_text(text):
    """The tree of LaTeX text."""
    return read(tokenize(text))
