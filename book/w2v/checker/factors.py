"""One factor: a number, a letter with its style, a command, a bracket, and the arguments of commands."""
from fractions import Fraction

from .tokens import Token
from .brackets import OPENING
from .conditions import split
from .tree import Apply, Dots, Number, Power, Probability, Sum, Symbol, Times, Transposed

STYLES = {"mathbf", "boldsymbol", "bm", "vec", "mathsf", "pmb", "mathit", "mathrm", "mathcal", "mathscr", "mathbb",
          "mathfrak", "underline", "symbf", "mathbfit", "bold", "vb", "va", "overrightarrow", "mathnormal", "operatorname",
          "mathtt", "boldmath", "symbfit"}
BOLD = STYLES - {"mathit", "mathrm", "mathcal", "mathscr", "mathnormal", "mathsf", "mathtt"}
ACCENTS = {"hat": "hat", "tilde": "tilde", "bar": "bar", "dot": "dot"}
WRAPPERS = {"boxed", "fbox", "framebox", "cancel", "smash", "mathop", "mathord", "mathbin", "mathrel", "mathclap",
            "mathopen", "bbox", "llap", "rlap", "highlight", "centernot", "substack", "mathstrut"}
BRACED = {"underbrace", "overbrace"}
GREEK = {"sigma", "theta", "delta", "alpha", "beta", "gamma", "lambda", "mu", "phi", "psi", "eta", "pi", "xi", "omega",
         "tau", "rho", "epsilon", "zeta", "kappa", "nu", "chi", "Theta", "Sigma", "Phi", "Psi", "Lambda", "Gamma", "Delta",
         "Omega", "ell", "imath", "jmath", "dim"}
FUNCTIONS = {"log": "log", "ln": "log", "exp": "exp", "sigmoid": "sigma", "Sigmoid": "sigma", "sig": "sigma",
             "softmax": "softmax", "Softmax": "softmax", "tanh": "tanh", "diag": "diag", "Diag": "diag", "relu": "relu",
             "ReLU": "relu", "logsigmoid": "logsigmoid", "max": "max", "min": "min"}
CALLED_TEXT = {"sigmoid": "sigma", "softmax": "softmax", "diag": "diag", "relu": "relu", "leakyrelu": "leakyrelu",
               "leaky relu": "leakyrelu", "lrelu": "leakyrelu", "log": "log", "exp": "exp", "ln": "log", "ce": "CE",
               "crossentropy": "CE", "cross-entropy": "CE", "kl": "KL", "d_{kl}": "KL", "d_kl": "KL", "h": "H", "entropy": "H", "tanh": "tanh", "logsigmoid": "logsigmoid"}
SIGNS = {"cdot": "dot", "times": "times", "odot": "odot", "*": "star", "otimes": "outer"}


class FactorReader:
    """Methods that read one factor; mixed into the Reader."""

    def factor(self):
        self.skip()
        token = self.peek()
        if token.kind == "number":
            self.i += 1
            return self.suffixes(Number(Fraction(token.text)))
        if token.kind == "letter":
            return self.letter_factor()
        if token.kind == "name":
            self.i += 1
            return self.application(FUNCTIONS.get(token.text, token.text))
        if token.kind == "text":
            return self.text_factor()
        if token.kind == "command":
            return self.command_factor(token.text)
        if token.text == "{" and self.peek(1).text == "}" and self.peek(2).text == "^":
            return self.transposed_in_front()
        if token.text == "\\#":
            return self.count()
        if token.text in OPENING or token.text == "{":
            tree = self.bracketed()
            return self.symbol_suffixes(tree) if token.text == "{" and self.at("(") else self.suffixes(tree)
        if token.text in ("|", "\\|"):
            return self.bar_factor(token.text)
        self.fail("a number, a symbol, a function or a bracket")

    def transposed_in_front(self):
        r"""{}^t U, the French transpose."""
        self.i += 3
        if [t.text for t in self.group_tokens() if t.text not in "{}"] not in (["t"], ["T"], ["top"]):
            self.fail("the sign of a transpose")
        return Transposed(self.factor())

    def average(self):
        r"""\langle u \rangle: the mean under the predictions."""
        self.i += 1
        start, depth = self.i, 1
        while depth:
            if self.peek().kind == "end":
                self.fail("'\\rangle'")
            depth += self.at("langle") - self.at("rangle")
            self.i += 1
        inside = self.tokens[start:self.i - 1]
        if any(t.text == "," for t in inside):
            parts = [type(self)(p, self.long_operand).whole() for p in split(inside, ",")]
            return Times((Transposed(parts[0]), parts[-1]), ("",))
        return Apply("average", (self.sub(inside),))

    def count(self):
        r"""\#\{k : w_k = w\}: how many indices satisfy a condition."""
        self.i += 1
        if not self.at("\\{"):
            self.fail("a set after \\#")
        letters, domain, rules = self.sum_domain(self.group_tokens_between("\\{", "\\}"), [])
        return self.suffixes(Sum(letters, domain, rules, Number(Fraction(1))))

    def letter_factor(self):
        token = self.peek()
        if token.text in "Pp" and self.looks_like_probability(1):
            self.i += 1
            return self.suffixes(self.probability())
        self.i += 1
        if token.text == "D" and [self.peek(n).text for n in range(5)][:1] == ["_"] and "KL" in "".join(self.peek(n).text for n in range(1, 5)):
            self.i += 1
            self.group_tokens()
            return self.application("KL")
        symbol = Symbol(token.text)
        if token.text == "e" and self.at("^") and not self.prime_follows():
            self.i += 1
            return self.suffixes(Apply("exp", (self.script(),)))
        return self.symbol_suffixes(symbol)

    def text_factor(self):
        token = self.peek()
        plain = token.text.strip().lower()
        if not self.text_is_symbol(token.text):
            self.fail("mathematics instead of text")
        self.i += 1
        if plain in CALLED_TEXT:
            return self.application(CALLED_TEXT[plain])
        return self.symbol_suffixes(Symbol("1" if plain == "1" else "J", label="" if plain == "loss" else plain))

    def command_factor(self, name):
        if name == "frac":
            return self.suffixes(self.fraction())
        if name in ("sum", "prod"):
            return self.sum(name)
        if name in ("log", "ln", "exp", "tanh", "max", "min"):
            self.i += 1
            return self.application(FUNCTIONS[name])
        if name == "sigma":
            self.i += 1
            return self.application("sigma")
        if name == "nabla":
            return self.nabla()
        if name == "partial":
            return self.slash_derivative()
        if name == "Pr":
            self.i += 1
            return self.suffixes(self.probability())
        if name in STYLES or name in ACCENTS or name in ("mathbbm",):
            return self.styled(name)
        if name in WRAPPERS or name in BRACED:
            self.i += 1
            tree = self.argument()
            while name in BRACED and self.at("_", "^"):     # the note at the brace
                self.i += 1
                self.group_tokens()
            return self.suffixes(tree)
        if name == "langle":
            return self.suffixes(self.average())
        if name in ("arg", "argmax", "argmin"):
            return self.arg_extremum()
        if name == "dots":
            self.i += 1
            return Dots()
        if name == "sqrt":
            self.i += 1
            return self.suffixes(Power(self.argument(), Number(Fraction(1, 2))))
        if name.startswith("begin:"):
            return self.suffixes(self.environment(name[6:]))
        if name in GREEK or name == "top":
            self.i += 1
            return self.symbol_suffixes(Symbol("\\" + name))
        self.fail("mathematics that can be checked")

    def styled(self, name):
        """A letter in bold, with a hat, ...: the style of a whole group moves to its only symbol."""
        self.i += 1
        self.skip()
        if name in ("mathbb", "mathbf", "mathbbm", "boldsymbol", "bm") and self.number_one_follows():
            return self.ones()
        if name == "mathbb" and self.peek().text in ("E", "{") and self.expectation_follows():
            return self.expectation()
        if name in ("mathbb", "mathbbm", "mathbf") and self.indicator_follows():
            return self.indicator()
        if self.at("sigma") or self.at("{") and self.peek(1).text == "sigma" and self.peek(2).text == "}":
            braces = self.at("{")
            self.i += 3 if braces else 1
            return self.application("sigma")
        tree = self.argument(plain=True)
        accent = (ACCENTS[name],) if name in ACCENTS else ()
        return self.symbol_suffixes(self.decorate(tree, accent, name in BOLD))

    def decorate(self, tree, accent, bold):
        if isinstance(tree, Symbol):
            return Symbol(tree.base, tuple(sorted(set(tree.accents + accent))), tree.subs, tree.label, tree.bold or bold)
        if isinstance(tree, Transposed):
            return Transposed(self.decorate(tree.arg, accent, bold))
        if accent and not isinstance(tree, Probability):
            self.fail("one symbol under the accent")
        return tree

    def argument(self, plain=False):
        r"""The argument of a command: a group or one factor (`plain`: one letter without scripts)."""
        self.skip()
        if self.at("["):
            self.group_tokens_between("[", "]")
        if self.at("{"):
            return self.bracketed()
        token = self.peek()
        if token.kind == "number":      # \frac12 takes one digit at a time
            return self.one_digit(token)
        if plain and token.kind == "letter":
            self.i += 1
            return Symbol(token.text)
        if plain and token.kind == "command" and token.text in GREEK:
            self.i += 1
            return Symbol("\\" + token.text)
        if plain and token.kind == "text":
            self.i += 1
            return Symbol(token.text)
        if token.kind == "letter":
            self.i += 1
            return Symbol(token.text)
        return self.factor()

    def one_digit(self, token):
        if len(token.text) > 1:
            self.tokens = self.tokens[:self.i] + [Token("number", d, token.position) for d in token.text] \
                + self.tokens[self.i + 1:]
        self.i += 1
        return Number(Fraction(self.tokens[self.i - 1].text))

    def group_tokens_between(self, opening, closing):
        depth, start = 0, self.i
        while True:
            if self.peek().kind == "end":
                self.fail(f"'{closing}'")
            depth += (self.peek().text == opening) - (self.peek().text == closing)
            self.i += 1
            if not depth:
                return self.tokens[start + 1:self.i - 1]

    def group_tokens(self):
        """The tokens of the next brace group, or the single next token."""
        self.skip()
        if self.at("{"):
            return self.group_tokens_between("{", "}")
        if self.peek().kind == "end":
            self.fail("a group")
        self.i += 1
        return self.tokens[self.i - 1:self.i]
