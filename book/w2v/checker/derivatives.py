"""Fractions, the three ways to write a derivative, and how far an operator reaches."""
from .tree import Derivative, Minus, Quotient, Symbol, Transposed, Unreadable


class DerivativeReader:
    """Methods that read fractions and derivatives; mixed into the Reader."""

    def fraction(self):
        self.i += 1
        top, bottom = self.raw_argument(), self.raw_argument()
        sign = self.is_derivative(top, bottom)
        if not sign:
            return Quotient(self.sub(top), self.sub(bottom))
        if self.second_order(top):
            return self.second(top, bottom)
        variable = self.variable(bottom, sign)
        body = self.strip_operator(top)
        if body:
            return Derivative(variable, self.sub(body))
        return Derivative(variable, self.operand(), "operator")

    @staticmethod
    def second_order(top):
        return [t.text for t in top[:2]] == ["partial", "^"] and any(t.text == "2" for t in top[2:5])

    def second(self, top, bottom):
        r"""\partial^2 f / \partial x \partial y, or / \partial x^2: one derivative inside the other."""
        skip = 5 if top[2].text == "{" else 3
        starts = [n for n, t in enumerate(bottom) if t.text == "partial"]
        parts = [bottom[a + 1:b] for a, b in zip(starts, starts[1:] + [len(bottom)])]
        if len(parts) == 1 and parts[0][-2:-1] and parts[0][-2].text == "^" and parts[0][-1].text == "2":
            parts = [parts[0][:-2]] * 2
        if len(parts) != 2:
            self.fail("two variables of differentiation")
        outer, first = (self.sub(p) for p in parts)
        body = top[skip:]
        return Derivative(outer, Derivative(first, self.sub(body) if body else self.operand()))

    def raw_argument(self):
        self.skip()
        if self.at("{"):
            return self.group_tokens_between("{", "}")
        token = self.peek()
        if token.kind == "number":
            self.one_digit(token)
            return [self.tokens[self.i - 1]]
        if token.kind == "command" and token.text not in ("partial",):
            start = self.i
            self.argument()
            return self.tokens[start:self.i]
        self.i += 1
        return [token]

    def sub(self, tokens):
        if not tokens:
            self.fail("something in the braces")
        return type(self)(list(tokens), self.long_operand).whole()

    @staticmethod
    def is_derivative(top, bottom):
        def first(tokens):
            return next((t.text for t in tokens if t.text not in ("{", "mathrm", "quad")), "")
        sign = first(bottom)
        if sign == "partial" and first(top) == "partial" or sign == "d" == first(top) and len(bottom) > 1:
            return sign
        if sign == "delta" == first(top) and len(bottom) > 1 and bottom[1].text not in ("_", "("):
            return sign
        return ""

    @staticmethod
    def strip_operator(tokens):
        tokens = list(tokens)
        if len(tokens) > 2 and tokens[0].text == "{" and tokens[2].text == "}":
            return tokens[3:]
        if tokens[0].text == "{" and tokens[-1].text == "}" and len(tokens) > 3:
            return DerivativeReader.strip_operator(tokens[1:-1])
        if tokens[0].text == "mathrm":
            return tokens[1:][next(n for n, t in enumerate(tokens[1:]) if t.text == "d") + 1:]
        if len(tokens) > 1 and tokens[1].text == "^":
            raise Unreadable("a first derivative", "a higher derivative", tokens[0].position)
        return tokens[1:]

    def variable(self, tokens, sign):
        rest = self.strip_operator(tokens)
        if any(t.text == "partial" for t in rest):
            raise Unreadable("one variable of differentiation", "several", rest[0].position)
        tree = self.sub(rest)
        return tree.arg if isinstance(tree, Transposed) else tree

    def operand(self):
        """What d/dx acts on when nothing stands in its numerator."""
        self.skip()
        if self.at("-"):
            self.i += 1
            return Minus(self.operand())
        if not self.starts_factor():
            self.fail("something to differentiate")
        if self.long_operand:
            return self.product()
        grouped = self.at("(", "[", "\\{", "{")
        factors, signs = [self.factor()], []
        while not grouped and self.continues_operand(factors):
            signs.append(self.product_sign() or "")
            factors.append(self.factor())
        return self.times(factors, signs)

    def continues_operand(self, factors):
        self.skip()
        if self.at("cdot"):
            self.i += 1
            keeps = self.starts_vector() and isinstance(factors[-1], (Symbol, Transposed))
            self.i -= 1
            return keeps
        return self.starts_factor() and not self.at("nabla") and not self.derivative_follows()

    def derivative_follows(self):
        return self.at("frac") and (self.peek(2).text in ("partial", "d") or self.peek(1).text == "partial") or self.at("partial")

    def nabla(self):
        self.i += 1
        twice = self.at("^") and "2" in (self.peek(1).text, self.peek(2).text)
        if twice:
            self.i += 1
            self.group_tokens()
        if not self.at("_"):
            self.fail("the variable of the gradient as a subscript of \\nabla")
        self.i += 1
        variable = self.sub(self.group_tokens())
        gradient = Derivative(variable, self.operand(), "nabla")
        return self.suffixes(Derivative(variable, gradient, "nabla") if twice else gradient)

    def slash_derivative(self):
        r"""\partial J / \partial v_c."""
        self.i += 1
        start = self.i
        depth = 0
        while self.peek().kind != "end" and not (self.peek().text == "/" and not depth):
            depth += (self.peek().text in ("(", "{", "[")) - (self.peek().text in (")", "}", "]"))
            if depth < 0:
                self.fail("'/' and the variable of differentiation")
            self.i += 1
        body = self.tokens[start:self.i]
        self.take("/")
        if not self.accept("partial") and not (self.peek().text == "d"):
            self.fail("'\\partial' after the slash")
        if self.peek().text == "d" and self.tokens[self.i - 1].text == "/":
            self.i += 1
        variable = self.factor()
        return Derivative(variable, self.sub(body)) if body else Derivative(variable, self.operand(), "operator")
