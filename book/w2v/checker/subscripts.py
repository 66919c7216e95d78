"""Subscripts, superscripts, index conditions and loss labels: the half of the reader that hangs on symbols."""
from .factors import GREEK, STYLES
from .conditions import RELATIONS, closes_at_end, conditions, split
from .tree import Apply, Derivative, Entry, Indicator, Number, Power, Relation, Symbol, Times, Transposed, Unreadable, walk

TRANSPOSE = {"T", "top", "intercal", "t", "mathsf", "tran"}
NAMED_FUNCTIONS = {"A", "S", "Z", "G", "\\pi", "\\Phi", "\\phi", "f", "g", "a", "z", "s", "p", "q", "\\psi"}
LOSSES = {"J", "L", "\\ell", "E", "C", "l", "F", "\\mathcal{L}"}


class SubscriptReader:
    """Methods that read what follows a symbol; mixed into the Reader."""

    def suffixes(self, tree):
        """tree with the transposes, powers, primes and entries that follow it."""
        while True:
            if self.at("^"):
                self.i += 1
                tree = self.superscript(tree)
            elif self.at("'"):
                self.i += 1
                tree = self.primed(tree)
            elif self.at("_"):
                self.i += 1
                tree = self.entry(tree)
            else:
                return tree

    def entry(self, tree):
        """(tree)_i, or the indicator written 1_{i=k}."""
        subs = self.indices()
        if tree == Number(1) and len(subs) == 1 and isinstance(subs[0], Relation):
            return Indicator(subs[0])
        return Entry(tree, subs)

    def symbol_suffixes(self, symbol):
        """A symbol with its scripts in any order, and the arguments of a loss or a function."""
        if not isinstance(symbol, Symbol):
            return self.suffixes(symbol)
        tree = symbol
        while True:
            if self.at("_"):
                self.i += 1
                tree = self.subscripted(tree)
            elif self.at("^"):
                self.i += 1
                tree = self.superscript(tree)
            elif self.at("'"):
                self.i += 1
                tree = self.primed(tree)
            else:
                break
        return self.maybe_called(tree)

    def subscripted(self, tree):
        transposed = isinstance(tree, Transposed)
        inner = tree.arg if transposed else tree
        if not isinstance(inner, Symbol):
            return Entry(tree, self.indices())
        if self.is_loss(inner) or inner.base in ("P", "p") and self.peek().text == "{" and self.peek(1).kind == "text":
            inner = Symbol(inner.base, inner.accents, inner.subs, inner.label + self.label_text(), inner.bold)
        elif inner.base == "\\delta" or inner.base != "1":
            inner = Symbol(inner.base, inner.accents, inner.subs + self.indices(), inner.label, inner.bold)
        return Transposed(inner) if transposed else inner

    @staticmethod
    def is_loss(symbol):
        return symbol.base in LOSSES and not symbol.accents

    def label_text(self):
        text = "".join(t.text for t in self.group_tokens() if t.text not in ("{", "}", "text", "mathrm", "quad"))
        return text.strip().lower().replace(" ", "")

    def superscript(self, tree):
        tokens = self.group_tokens() if not self.at("mathsf", "mathrm", "mathbf", "mathit", "bf") else self.styled_tokens()
        texts = [t.text for t in tokens if t.text not in ("{", "}", "mathsf", "mathrm", "mathbf", "mathit", "quad")]
        if not texts:
            return tree
        if len(texts) == 1 and (texts[0] in TRANSPOSE):
            return Transposed(tree)
        if all(t == "'" for t in texts):
            for _ in texts:
                tree = self.primed(tree)
            return tree
        if texts[0] == "'" and texts[1] in TRANSPOSE:
            return Transposed(self.primed(tree))
        if texts in (["*"], ["\\dagger"]):
            return self.accented(tree, "star")
        if texts[0] == "(" and texts[-1] == ")" and isinstance(tree, Symbol):
            inner = type(self)(list(tokens)[1:-1] if tokens[0].text == "(" else list(tokens)).whole_index()
            return Symbol(tree.base, tree.accents + ("upper",), tree.subs + inner, tree.label, tree.bold)
        if isinstance(tree, Symbol) and len(tokens) == 1 and tokens[0].kind == "text":
            return Symbol(tree.base, tree.accents, tree.subs, tree.label + tokens[0].text.lower(), tree.bold)
        letters = [t for t in tokens if t.text not in "{}"]
        if isinstance(tree, Symbol) and len(letters) > 2 and all(t.kind == "letter" for t in letters):
            return Symbol(tree.base, tree.accents, tree.subs, tree.label + "".join(texts), tree.bold)
        return Power(tree, type(self)(list(tokens)).whole())

    def styled_tokens(self):
        self.i += 1
        return self.group_tokens()

    def primed(self, tree):
        if isinstance(tree, Symbol):
            return self.accented(tree, "prime")
        if isinstance(tree, Apply):
            return Apply(tree.function, tree.args, tree.primes + 1)
        letters = {n.base for n in walk(tree) if isinstance(n, Symbol) and not n.subs and n.base.isalpha()}
        if len(letters) == 1:
            return Derivative(Symbol(letters.pop()), tree)
        self.fail("a prime on a symbol or on a function of one letter")

    @staticmethod
    def accented(tree, accent):
        if not isinstance(tree, Symbol):
            raise Unreadable("an accent on a symbol")
        return Symbol(tree.base, tuple(sorted(tree.accents + (accent,))), tree.subs, tree.label, tree.bold)

    def prime_follows(self):
        texts = [self.peek(n).text for n in range(1, 4)]
        return texts[0] == "'" or texts[0] == "{" and texts[1] == "'" or texts[0] in TRANSPOSE and texts[0] != "t" or \
            texts[0] == "{" and texts[1] in TRANSPOSE and texts[2] == "}"

    def script(self):
        """The expression in the next group, for e^{...}."""
        return type(self)(list(self.group_tokens())).whole()

    def maybe_called(self, tree):
        """J(v_c, o, U) and u(x): a loss, or a plain letter before bracketed symbols, is a function."""
        inner = tree.arg if isinstance(tree, Transposed) else tree
        if not isinstance(inner, Symbol) or not self.at("("):
            return tree
        tokens = self.bracket_tokens()
        if self.is_call(inner, tree, tokens):
            self.i += len(tokens) + 2
            return self.suffixes(Apply("H" if inner.base == "H" else tree, self.loss_arguments(tokens)))
        if inner.base == "\\delta":
            self.i += len(tokens) + 2
            return Symbol("\\delta", (), tuple(type(self)(part).whole() for part in split(tokens, ",")))
        return tree

    def is_call(self, symbol, tree, tokens):
        """Whether a bracket after a symbol holds the arguments of a function rather than a factor."""
        listed = any(t.text == "," for t in tokens)
        if not listed and any(a.kind == b.kind == "letter" for a, b in zip(tokens, tokens[1:])):
            return False
        if self.is_loss(symbol):
            short = len(tokens) < 9 and symbol.base in ("J", "L", "\\ell", "E", "F") and self.only_symbols(tokens)
            return listed or bool(symbol.label) or short
        if tree is not symbol:
            return False
        if symbol.base in NAMED_FUNCTIONS and self.one_symbol(tokens):
            return True
        if symbol.subs:
            return False
        if symbol.base in ("H", "D"):
            return self.only_symbols(tokens, hats=True) and (listed or symbol.base == "H")
        plain = symbol.base in "uv" and not symbol.accents or symbol.base.islower() and len(symbol.base) == 1 and symbol.base not in "ekijc"
        return plain and not symbol.bold and self.only_symbols(tokens)

    @staticmethod
    def one_symbol(tokens):
        """Whether the bracket holds one bare letter, in whatever style."""
        letters = [t for t in tokens if t.kind == "letter" or t.kind == "command" and t.text in GREEK]
        return len(letters) == 1 and all(t in letters or t.text in STYLES or t.text in "{}" for t in tokens)

    def bracket_tokens(self):
        saved = self.i
        try:
            return self.group_tokens_between("(", ")")
        except Unreadable:
            return []
        finally:
            self.i = saved

    @staticmethod
    def only_symbols(tokens, hats=False):
        """Whether the bracket holds a list of bare symbols (perhaps applied again), not a computed factor."""
        letters = [t for t in tokens if t.kind in ("letter",) or t.kind == "command" and t.text == "theta"]
        return bool(letters) and not any(t.text in ("+", "-", "sigma", "frac", "exp", "sum", "^", "cdot", "partial") or t.text == "hat" and not hats
                                         or t.kind in ("number", "name") for t in tokens)

    def loss_arguments(self, tokens):
        found = []
        for part in split(tokens, ",", ";"):
            try:
                found.append(type(self)(part).whole())
            except Unreadable:
                continue
        return tuple(found)

    # -- indices ------------------------------------------------------------------------------------------------
    def indices(self):
        """The subscript group as a tuple of trees: indices, and conditions such as w != c as Relation."""
        return type(self)(list(self.group_tokens())).whole_index()

    def whole_index(self):
        found = []
        for part in split(self.tokens, ","):
            part = [t for t in part if not (t.kind == "command" and t.text in ("quad",))]
            while len(part) >= 2 and part[0].text == "{" and part[-1].text == "}" and closes_at_end(part):
                part = part[1:-1]
            if part:
                found += self.one_index(part)
        return tuple(found)

    def one_index(self, part):
        if any(t.text in RELATIONS and t.kind in ("command", "sign") for t in part):
            return conditions(part, type(self))
        if all(t.kind == "text" or t.text in ("{", "}", "text") for t in part):
            return [Symbol("".join(t.text for t in part if t.text not in "{}"), label="text")]
        tree = type(self)(part).whole()
        if isinstance(tree, Times) and set(tree.signs) <= {"", "times", "dot"} and all(isinstance(f, (Symbol, Number)) for f in tree.factors):
            return list(tree.factors)
        return [tree]
