"""Functions with and without brackets: log exp, sigma x, softmax(x)_i, exp u^T v."""
from .brackets import OPENING
from .conditions import split
from .tree import Apply, Entry, Minus, Number, Power, Symbol, Transposed

BOLD_LETTERS = {"mathbf", "boldsymbol", "bm", "vec", "pmb", "mathbb", "bold", "vb"}


class FunctionReader:
    """Methods that read a function and its argument; mixed into the Reader."""

    def application(self, name):
        """name with optional primes, power and label, and its argument; a bare Symbol when no argument follows."""
        primes, exponent, label = 0, None, ()
        while self.at("^", "'", "_"):
            if self.at("'"):
                self.i, primes = self.i + 1, primes + 1
            elif self.at("_"):
                self.i += 1
                label = label + tuple(self.group_tokens())
            else:
                self.i += 1
                group = [t for t in self.group_tokens() if t.text not in "{}"]
                if group and all(t.text == "'" for t in group):
                    primes += len(group)
                elif [t.text for t in group] in (["T"], ["top"]):
                    return Transposed(Symbol("\\" + name))
                else:
                    exponent = type(self)(group).whole()
        argument, bracketed = self.function_argument(name)
        if argument is None:
            index = type(self)(list(label)).whole_index() if label and name != "log" else ()
            return self.suffixes(Symbol("\\" + name, ("prime",) * primes, index))
        tree = Apply(name, argument, primes)
        if label and name in ("softmax", "sigma") and all(t.kind != "text" for t in label):
            tree = Entry(tree, type(self)(list(label)).whole_index())
        if exponent is not None:
            tree = Power(tree, exponent)
        return self.suffixes(tree) if bracketed else tree

    def function_argument(self, name):
        self.skip()
        if self.at("(", "[", "\\{", "{"):
            return self.bracketed_arguments(), True
        if not self.starts_factor():
            if name in ("log", "exp") and self.at("-"):
                self.i += 1
                return (Minus(self.bare_argument(name)),), False
            return None, False
        return (self.bare_argument(name),), False

    def bracketed_arguments(self):
        opening = self.peek().text
        closing = OPENING.get(opening, "}")
        inside = self.group_tokens_between(opening, closing)
        if opening == "{" and inside and inside[0].text in OPENING and len(split(inside, ",")) > 1:
            inside = inside[1:-1]
        separators = (",", "\\|", "|") if self.divides(inside) else (",",)
        return tuple(type(self)(part, self.long_operand).whole() for part in split(inside, *separators)) or self.fail("an argument")

    @staticmethod
    def divides(tokens):
        """Whether one bar separates two distributions, as in KL(p || q)."""
        bars = [t.text for t in tokens if t.text in ("|", "\\|")]
        return bars in (["|"], ["\\|"], ["|", "|"])

    def bare_argument(self, name):
        """The argument of a function without brackets: \\log \\frac.., \\exp u^T v, \\sigma x."""
        factors, signs = [self.factor()], []
        while self.continues_argument(name, factors):
            sign = self.product_sign() or ""
            signs.append(sign)
            factors.append(self.factor())
        return self.times(factors, signs)

    def continues_argument(self, name, factors):
        last = factors[-1]
        self.skip()
        dotted = self.at("cdot") and name in ("exp", "sigma")
        if dotted:
            self.i += 1
            starts = self.starts_vector()
            self.i -= 1
            return starts and isinstance(last, (Symbol, Transposed)) and len(factors) < 2
        if not self.starts_factor() or self.at("(", "[", "\\{", "{", "frac", "sum", "log", "exp", "partial", "nabla"):
            return False
        if isinstance(last, Transposed):
            return True
        if not isinstance(last, (Symbol, Number)) or not self.starts_vector():
            return False
        return isinstance(last, Number) or name == "exp" or name == "sigma" and bool(last.subs)

    def starts_vector(self):
        return self.peek().kind == "letter" or self.peek().text in BOLD_LETTERS or self.peek().kind == "command" and \
            self.peek().text in ("theta", "hat")
