"""An exact test for zero of expressions in exponentials and logarithms of scores."""

from typing import Any

import sympy as sp
from sympy.polys.polyerrors import CoercionFailed

LONG = 100  # operations; a longer remainder is shown as it is, not factored


class NotZero(AssertionError):
    """An expression that should vanish and does not.

    >>> import sympy
    >>> try:
    ...     assert_zero(sympy.Symbol("x") - 1)
    ... except NotZero as error:
    ...     print(error)
    entry 0 of 1: expected 0, got x - 1
    """


def is_zero(expression: Any) -> bool:
    """True if every entry of `expression` (scalar or Matrix) is identically zero.

    Each exp(s) becomes a positive symbol of its own, logarithms are expanded and treated alike,
    and the rational function that is left is brought to lowest terms. An answer True is a proof;
    False means that no proof was found this way.

    >>> import sympy
    >>> x = sympy.Symbol("x", real=True)
    >>> is_zero(1 - sigma(x) - sigma(-x)), is_zero(sigma(x) - sigma(-x))
    (True, False)
    """
    entries = list(expression) if isinstance(expression, sp.MatrixBase) else [sp.sympify(expression)]
    return all(_vanishes(entry) for entry in entries)


def assert_zero(expression: Any) -> bool:
    """Returns True if `is_zero(expression)`; raises NotZero with the first entry that remains.

    >>> import sympy
    >>> x = sympy.Symbol("x", real=True)
    >>> assert_zero(sympy.diff(sigma(x), x) - sigma(x) * (1 - sigma(x)))
    True
    """
    entries = list(expression) if isinstance(expression, sp.MatrixBase) else [sp.sympify(expression)]
    for number, entry in enumerate(entries):
        if not _vanishes(entry):
            remainder = sp.factor(sp.together(entry)) if sp.count_ops(entry) < LONG else entry
            raise NotZero(f"entry {number} of {len(entries)}: expected 0, got {remainder}")
    return True


def _vanishes(entry):
    if entry == 0:
        return True
    rational = _Abstraction().rational(sp.sympify(entry))
    symbols = sorted(rational.free_symbols, key=sp.default_sort_key)
    if symbols:
        try:  # asked of the field of rational functions, the same question is answered sooner
            return sp.QQ.frac_field(*symbols).from_sympy(rational) == 0
        except (CoercionFailed, ValueError):
            pass  # a root of a symbol: no rational function
    return sp.cancel(sp.together(rational)) == 0


class _Abstraction:
    """Replaces exp(s) by powers of one positive symbol for s and -s, and logarithms by symbols."""

    def __init__(self):
        self.exponentials = {}  # s -> the symbol that stands for exp(s)
        self.logarithms = {}  # argument -> the symbol that stands for its logarithm

    def rational(self, expression):
        if isinstance(expression, sp.exp):
            return self._power(sp.expand(expression.args[0]))
        if isinstance(expression, sp.log):
            inner = sp.factor(self.rational(expression.args[0]))
            return sp.expand_log(sp.log(inner), force=True).replace(sp.log, self._logarithm)
        if not expression.args:
            return expression
        return expression.func(*map(self.rational, expression.args))

    def _power(self, exponent):
        content, primitive = exponent.as_content_primitive()
        if primitive.could_extract_minus_sign():
            content, primitive = -content, -primitive
        return self.exponentials.setdefault(sp.expand(primitive), sp.Dummy("E", positive=True)) ** content

    def _logarithm(self, argument):
        for exponent, symbol in self.exponentials.items():
            if symbol == argument:
                return exponent
        return self.logarithms.setdefault(argument, sp.Dummy("L", real=True))
