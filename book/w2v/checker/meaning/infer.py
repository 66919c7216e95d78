"""Types of the names that a text leaves free: equations between types from every formula, solved together.

Definitions and declarations bind; claims add what nothing else tells, and a claim that conflicts is taken back.
"""

from dataclasses import dataclass, field

from ..reading import tree as t
from .names import key, mentions, stripped
from .types import Conflict, Size, Trail, Type, family, matrix, number, same_size, unify, vector

SCALAR_RESULT = (t.Norm, t.Bars, t.Indicator, t.Count, t.Factorial, t.Expectation)
ENTRYWISE = {"exp", "log", "sigma", "sigmoid", "logsigmoid", "tanh", "relu", "softplus", "sin", "cos"}


@dataclass
class Solver:
    """Types by name, sizes of bound and free letters; `look(symbol)` gives the meaning's entry or None."""

    meaning: object
    trail: Trail = field(default_factory=Trail)
    waiting: list = field(default_factory=list)
    binders: dict = field(default_factory=dict)
    letters: dict = field(default_factory=dict)
    pairs: list = field(default_factory=list)  # [[(name, the sizes it is in)] of two indices that are compared]
    stack: list = field(default_factory=list)
    place: object = None
    moved: bool = False

    # -- formulas -------------------------------------------------------------------------------------------------
    def read(self, tree, place):
        """Adds the equations of a formula; raises Conflict."""
        self.place = place
        return self.type(tree)

    def equal(self, left, right, place):
        """Both sides of an equation have one type."""
        a, b = self.read(left, place), self.read(right, place)
        self.together(a, b, left, right)

    def together(self, a, b, left=None, right=None):
        if is_zero(left) or is_zero(right):
            return
        a, b = a.find(), b.find()
        if a.kind and b.kind and "vector" in (a.kind, b.kind) and a.kind != b.kind:
            raise Conflict("two sides of different kind")
        if a.kind == "vector" and b.kind == "vector":
            same_size(a.sizes[0], b.sizes[0], self.trail)
            return
        unify(a, b, self.trail)

    def attempt(self, action):
        """Does the action, or takes it back when it conflicts."""
        mark, waiting = self.trail.mark(), len(self.waiting)
        try:
            action()
            return True
        except Conflict:
            self.trail.back(mark)
            del self.waiting[waiting:]
            return False

    # -- types of trees -------------------------------------------------------------------------------------------
    def type(self, tree):
        handler = HANDLERS.get(type(tree))
        if handler is None:
            if isinstance(tree, SCALAR_RESULT):
                return self.inner(tree)
            for child in t.children(tree):
                self.type(child)
            return Type()
        return handler(self, tree)

    def inner(self, tree):
        """What gives a number whatever stands in it."""
        if isinstance(tree, t.Norm):
            arg = self.type(tree.arg)
            self.waiting.append(("norm", arg, tree.arg))
            return number()
        if isinstance(tree, t.Expectation):
            return self.type(tree.body)
        if isinstance(tree, t.Indicator):
            self.beside(tree.conditions)
        for child in t.children(tree):
            if not isinstance(tree, (t.Count, t.Indicator)):
                self.type(child)
        return number()

    def beside(self, conditions):
        """Keeps the indices that conditions compare: i = k says that k runs where i does, if nothing else says it."""
        for r in conditions if isinstance(conditions, tuple) else ():
            pair = (r.left, r.right) if isinstance(r, t.Relation) and r.sign in ("=", "!=") else ()
            if pair and all(isinstance(i, t.Symbol) and not i.indices and self.place.entry(i).kind not in ("word", "words", "position", "size") for i in pair):
                self.pairs.append([(key(i), next((sizes for _, sizes in reversed(self.stack) if key(i) in sizes), self.letters)) for i in pair])

    def symbol(self, tree):
        name = self.meaning.type_of(tree, self)
        if len(tree.subs) == 2 and self.place.entry(tree).kind == "kronecker":
            self.beside((t.Relation("=", *tree.subs),))
        for index in tree.indices:
            if isinstance(name, tuple):  # a letter or a word
                break
            name = self.indexed(name, index, key(tree) == "u" and self.place.entry(tree).table == "U")
        if isinstance(name, tuple):
            return name[0] if isinstance(name[0], Type) else number()
        return name

    def indexed(self, type_, index, coercible=False):
        """The type of one entry, the index being typed by it."""
        type_ = type_.find()
        self.visit_index(index)
        if coercible and isinstance(index, t.Symbol) and not index.subs and key(index) in self.meaning.world.sample_letters():
            if not any(key(index) in sizes for _, sizes in self.stack):
                self.letter(index, "sample")
                return type_.parts[0] if type_.kind == "family" else Type()
        if type_.kind == "vector":
            self.index_over(index, type_.sizes[0])
            return number()
        if type_.kind == "matrix":
            self.index_over(index, type_.sizes[0])
            return vector(type_.sizes[1])  # its second index follows
        if type_.kind == "family":
            self.index_over(index, type_.sizes[0])
            return type_.parts[0]
        if type_.kind == "number":
            raise Conflict("an index on a number")
        part, size = Type(), Size()
        unify(type_, family(size, part), self.trail)
        self.index_over(index, size)
        return part

    def visit_index(self, index):
        """w_k inside an index types k."""
        if isinstance(index, t.Symbol) and index.subs:
            entry = self.meaning.entry_at(index, self.place)
            if entry.kind == "words":
                self.letter(index.subs[0], "sample")

    def index_over(self, index, size):
        """The index ranges over a set with this size."""
        if not isinstance(index, t.Symbol) or index.sups:
            return
        if not index.subs:
            self.letter(index, size)
            return
        entry = self.place.entry(index)
        if len(index.subs) == 1 and entry.kind == "free" and not entry.declared and index.base.islower() and not index.accents:  # the x_i of v_{x_i} is an index itself
            count = Size()
            unify(entry.type, family(count, Type("index", (size,))), self.trail)
            if isinstance(index.subs[0], t.Symbol) and any(key(index.subs[0]) in sizes for _, sizes in self.stack):
                self.index_over(index.subs[0], count)

    def letter(self, index, size):
        if not isinstance(index, t.Symbol):
            return
        name = key(index)
        told = self.meaning.world.declared.get(name)
        if told is not None and told.type.find().kind in ("vector", "matrix"):  # the x of a size D_x is no index
            return
        for bound, sizes in reversed(self.stack):
            if name in sizes:
                self.note(sizes, name, size, bound)
                return
        self.note(self.letters, name, size, None)

    def note(self, sizes, name, size, bound):
        old = sizes.get(name)
        if size == "sample":
            sizes[name] = old if isinstance(old, Size) and old.find().name == "V" else "sample"
        elif old is None or old == "sample" and self.is_words(size) is False:
            sizes[name] = size if old is None else old
        elif isinstance(old, Size):
            a, b = old.find(), size.find()
            if a.hint is not None and b.name or b.hint is not None and a.name:
                return
            same_size(old, size, self.trail)

    @staticmethod
    def is_words(size):
        return size.find().name == "V"

    def sum(self, tree):
        sizes = {key(letter): None for letter in tree.letters}
        fixed = tree.domain[0] != "all"
        if tree.domain[0] == "range":
            step = tree.domain[2] is not None and any(mentions(tree.domain[2], letter) for letter, _ in self.meaning.world.survey.recursions.values())
            hint = Size(hint=None if step else tree.domain[2])
            if not step:
                self.meaning.name_hint(hint, tree.domain[2], self.place)
            for name in sizes:
                sizes[name] = hint
        elif tree.domain[0] == "in":
            size = self.meaning.size_of(tree.domain[1], self.place)
            for name in sizes:
                sizes[name] = size
        elif tree.domain[0] == "between":
            for name in sizes:
                sizes[name] = "offset"
        self.stack.append((tree, sizes))
        for relation in tree.conditions:
            self.compared(relation, sizes)
        try:
            body = self.type(tree.body)
        finally:
            self.stack.pop()
        if not fixed:
            for name, size in sizes.items():
                self.binders.setdefault((tree, name), size)
        return body

    def compared(self, relation, sizes):
        """w != o below a sum: w is a word."""
        left, right = relation.left, relation.right
        if isinstance(left, t.Symbol) and sizes.get(key(left), 0) is None and isinstance(right, t.Symbol) and \
                self.place.entry(right).kind in ("word", "words"):
            sizes[key(left)] = self.meaning.world.sizes["V"]

    def plus(self, tree):
        terms = [(x, self.type(x)) for x in tree.terms if not is_zero(x)]
        known = [(x, k.find()) for x, k in terms if k.find().kind in ("vector", "matrix")]
        if known:
            for x, k in terms:
                if not k.known:
                    self.waiting.append(("term", k, known[0][1], x))
                elif k.find().kind in ("vector", "matrix"):
                    self.together(k, known[0][1])
            return known[0][1]
        open_ = [(x, k) for x, k in terms if not k.known]
        loose = [x for x, k in terms if k.known and (isinstance(stripped(x), t.Number) or isinstance(stripped(x), t.Symbol) and "~" in stripped(x).label)]
        firm = [x for x, k in terms if k.known and k.find().kind == "number" and x not in loose]
        if firm:
            for _, k in open_:
                self.waiting.append(("number term", k, None, None))
            return number()
        if not open_:
            return number()
        if len(open_) == 1:
            return open_[0][1]
        result = Type()
        self.waiting.append(("sum", result, [k for _, k in open_], [x for x, _ in open_]))
        return result

    def times(self, tree):
        if any(s == "()" for s in tree.signs):
            tree = self.meaning.with_calls(tree, self.place)
            if not isinstance(tree, t.Times):
                return self.type(tree)
        parts = [(self.type(f), f) for f in tree.factors if not self.is_identity(f)]
        if len(parts) < len(tree.factors):
            return self.beside_identity(*parts[0]) if len(parts) == 1 else Type()
        signs = tree.signs
        if len(parts) > 2 and set(signs[:2]) <= {"", "()"} and letter_like(parts[0][1], True) and not parts[0][0].find().kind and isinstance(parts[1][1], t.Transposed):
            parts, signs = [parts[0], self.product(parts[1], parts[2], ""), *parts[3:]], signs[1:]  # t w^T x: t times a number
        groups, current = [], parts[0]
        for sign, part in zip(signs, parts[1:]):
            if sign in ("dot", "times", "star", "odot", "outer"):
                groups.append((current, sign))
                current = part
            else:
                current = self.product(current, part, "")
        total = None
        for (part, _), sign in zip([*groups, (current, "")], ["", *(s for _, s in groups)]):
            total = part if total is None else self.product(total, part, sign)
        return total[0]

    def beside_identity(self, kind, factor):
        """The type of a factor times I; a letter of which nothing is known is a number there."""
        if not kind.find().kind and letter_like(factor, True):
            unify(kind, number(), self.trail)
        return Type() if kind.find().kind == "number" else kind

    def is_identity(self, tree):
        tree = stripped(tree)
        return isinstance(tree, t.Symbol) and self.place.entry(tree).kind == "identity"

    def product(self, a, b, sign):
        """(type, last factor) of a product of two such pairs."""
        done = self.settled_product(a[0], b[0], sign)
        if done is None:
            done = Type()
            self.waiting.append(("product", done, a[0], b[0], sign, a[1], b[1]))
        return done, b[1]

    def settled_product(self, a, b, sign):
        """The type of a product of known factors, or None while something is missing."""
        a, b = a.find(), b.find()
        if sign == "odot" and (a.kind == "vector" or b.kind == "vector"):
            if a.kind and b.kind:
                self.together(a, b)
            elif not a.kind or not b.kind:
                unify(a, b, self.trail)
            return a.find()
        if a.kind == "number" and b.kind:
            return b
        if b.kind == "number" and a.kind:
            return a
        if not a.kind or not b.kind:
            return None
        if a.kind == b.kind == "vector":
            if sign == "dot" and a.row == b.row or a.row and not b.row:
                same_size(a.sizes[0], b.sizes[0], self.trail)
                return number()
            if not a.row and b.row or sign == "outer":
                return matrix(a.sizes[0], b.sizes[0])
            raise Conflict("two vectors that cannot be multiplied")
        if a.kind == "matrix" and b.kind == "vector" and not b.row:
            same_size(a.sizes[1], b.sizes[0], self.trail)
            return vector(a.sizes[0])
        if a.kind == "vector" and b.kind == "matrix" and a.row:
            same_size(a.sizes[0], b.sizes[0], self.trail)
            return vector(b.sizes[1], True)
        if a.kind == b.kind == "matrix":
            same_size(a.sizes[1], b.sizes[0], self.trail)
            return matrix(a.sizes[0], b.sizes[1])
        raise Conflict("a product that does not fit")

    def transposed(self, tree):
        inner = self.type(tree.arg)
        return self.turned(inner, tree.arg)

    def turned(self, inner, arg):
        inner = inner.find()
        if inner.kind == "vector":
            return vector(inner.sizes[0], not inner.row)
        if inner.kind == "matrix":
            return matrix(inner.sizes[1], inner.sizes[0])
        if inner.kind:
            return inner
        result = Type()
        self.waiting.append(("transpose", result, inner, arg))
        return result

    def quotient(self, tree):
        top, bottom = self.type(tree.top), self.type(tree.bottom)
        if bottom.find().kind == "vector":
            return top if top.known else bottom
        return top

    def power(self, tree):
        base = self.type(tree.base)
        self.type(tree.exponent)
        if not base.known:
            self.waiting.append(("number term", base, None, None))
        return number()

    def apply(self, tree):
        role = self.meaning.role(tree.function, self.place)
        if isinstance(tree.function, t.Symbol) and not role:
            return self.meaning.call_type(tree, self)
        if tree.subs and role in ("max", "min"):
            return self.sum(t.Sum(tuple(x for x in tree.subs if isinstance(x, t.Symbol)), ("all",), (), tree.args[0]))
        args = [self.type(a) for a in tree.args]
        if role in ENTRYWISE and args:
            return args[0]
        if role in ("softmax", "diag") and args:
            self.waiting.append(("vector", args[0], tree.args[0]))
            if role == "softmax":
                return args[0]
            result = Type()
            self.waiting.append(("diag", result, args[0]))
            return result
        if role in ("CE", "KL", "H"):
            for n, a in enumerate(args):
                self.waiting.append(("vector", a, tree.args[n]))
            if len(args) == 2:
                self.waiting.append(("same", args[0], args[1]))
            return number()
        if role == "tr":
            return number()
        return number()

    def derivative(self, tree):
        body = self.type(tree.body)
        variables = [self.type(v) for v in tree.variables]
        if tree.style == "nabla":
            for v, k in zip(tree.variables, variables):
                if not k.known:
                    self.waiting.append(("nabla", k, v))
        if not variables:
            return Type()
        if len(variables) == 2:
            result = Type()
            self.waiting.append(("second", result, variables[0], variables[1]))
            return result
        result = Type()
        self.waiting.append(("slope", result, body, variables[0]))
        return result

    def cases(self, tree):
        for _, conditions in tree.branches:
            self.beside(conditions)
        kinds = [self.type(v) for v, _ in tree.branches]
        known = next((k for k in kinds if k.known), kinds[0] if kinds else Type())
        for k, (v, _) in zip(kinds, tree.branches):
            if k is not known and not is_zero(v):
                self.together(k, known)
        return known

    def entry(self, tree):
        inner = self.type(tree.arg)
        if not inner.known:
            self.waiting.append(("vector", inner, tree.arg))
            for i in tree.subs:
                self.visit_index(i)
            self.waiting.append(("entry", inner, tree.subs, list(self.stack)))
            return number()
        for index in tree.subs:
            inner = self.indexed(inner, index)
        return number()

    def grid(self, tree):
        for line in tree.rows:
            for cell in line:
                if not isinstance(cell, t.Dots):
                    self.type(cell)
        return Type()

    # -- what waits -----------------------------------------------------------------------------------------------
    def settle(self, level=0):
        """Solves what has become solvable; level 1 applies the conventions of print, level 2 leaves numbers."""
        moved = True
        while moved:
            moved = False
            for item in list(self.waiting):
                self.moved = False
                try:
                    if self.step(item, level):
                        self.waiting.remove(item)
                        moved = True
                except Conflict:
                    self.waiting.remove(item)
                if (moved or self.moved) and level:
                    return True
        return False

    def step(self, item, level):
        return STEPS[item[0]](self, item, level)

    def solve(self):
        """Everything, conventions last."""
        self.settle(0)
        for level in (1, 2, 3):
            while self.settle(level):
                self.settle(0)
                for lower in range(1, level):
                    while self.settle(lower):
                        self.settle(0)
        self.settle(0)
        for pair in self.pairs:
            both = [sizes.get(name) for name, sizes in pair]
            if all(isinstance(size, Size) for size in both) and not all(size.find().name or size.find().hint is not None for size in both):
                self.attempt(lambda both=both: same_size(*both, self.trail))
            for (name, sizes), (other, there) in (pair, pair[::-1]):
                if sizes is self.letters and sizes.get(name) is None and isinstance(there.get(other), Size):
                    sizes[name] = there[other]


def is_zero(tree):
    tree = stripped(tree) if tree is not None else None
    return isinstance(tree, t.Number) and tree.value == 0


def looks_like_matrix(tree):
    """A capital letter on its own is written for a matrix."""
    tree = stripped(tree)
    return isinstance(tree, t.Symbol) and len(tree.subs) < 2 and len(tree.base.lstrip("\\")) >= 1 and tree.base.lstrip("\\")[0].isupper()


def _product(solver, item, level):
    _, result, a, b, sign, left, right = item
    done = solver.settled_product(a, b, sign)
    if done is not None:
        solver.unite(result, done)
        return True
    a, b = a.find(), b.find()
    if result.find().kind == "number" and not a.kind and not b.kind and level == 0:
        return False
    found = guessed(solver, a, b, sign, left, right, level)
    for unknown, kind in ((a, found[0]), (b, found[1])):
        if not unknown.kind and kind is not None:
            unify(unknown, kind, solver.trail)
    if any(k is not None for k in found):
        done = solver.settled_product(a, b, sign)
        if done is not None:
            solver.unite(result, done)
            return True
        solver.moved = True
    return False


def guessed(solver, a, b, sign, left, right, level):
    """(type of a, type of b) that the conventions of print give the unknown factors, or (None, None)."""
    rows = solver.meaning.rows
    if level >= 1 and a.kind and not b.kind:
        if a.kind == "vector" and a.row:
            return None, matrix(a.sizes[0], Size()) if looks_like_matrix(right) else vector(a.sizes[0])
        if a.kind == "matrix":
            return None, matrix(a.sizes[1], Size()) if looks_like_matrix(right) else vector(a.sizes[1])
        if a.kind == "vector" and sign == "dot":
            return None, vector(a.sizes[0])
    if level >= 1 and b.kind and not a.kind:
        if b.kind == "vector" and not b.row and looks_like_matrix(left):
            return matrix(Size(), b.sizes[0]), None
        if b.kind == "vector" and not b.row and sign == "dot":
            return vector(b.sizes[0]), None
        if level >= 2 and b.kind == "vector" and b.row and not rows and letter_like(left) and not stripped(left).subs:
            return vector(Size()), None
        if b.kind == "matrix" and rows and letter_like(left):
            return vector(b.sizes[0], True), None
        if b.kind == "matrix" and looks_like_matrix(left):
            return matrix(Size(), b.sizes[0]), None
    if level >= 2 and not a.kind and not b.kind:
        if looks_like_matrix(left) and looks_like_matrix(right):
            return matrix(Size(), Size()), matrix(Size(), Size())
        if looks_like_matrix(left) and not rows and letter_like(right, True):
            size = Size()
            return matrix(Size(), size), vector(size)
        if looks_like_matrix(right) and rows and letter_like(left):
            size = Size()
            return vector(size, True), matrix(size, Size())
    if level >= 3:
        return None if a.kind else number(), None if b.kind else number()
    return None, None


def letter_like(tree, greek=False):
    """A small letter, the print of a vector where one is wanted; a Greek one is more often a number."""
    tree = stripped(tree)
    return isinstance(tree, t.Symbol) and (greek or not tree.base.startswith("\\")) and not tree.base.lstrip("\\")[:1].isupper()


def _transpose(solver, item, level):
    _, result, inner, arg = item
    inner = inner.find()
    if not inner.kind:
        outer = result.find()
        if outer.kind in ("vector", "matrix"):
            flipped = vector(outer.sizes[0], not outer.row) if outer.kind == "vector" else matrix(outer.sizes[1], outer.sizes[0])
            unify(inner, flipped, solver.trail)
            return True
        if level == 0:
            return False
        new = matrix(Size(), Size()) if looks_like_matrix(arg) else vector(Size(), solver.meaning.rows)
        unify(inner, new, solver.trail)
        inner = inner.find()
    solver.unite(result, solver.turned(inner, arg))
    return True


def _norm_step(solver, item, level):
    _, inner, arg = item
    if inner.known:
        return True
    if level == 0:
        return False
    unify(inner, matrix(Size(), Size()) if looks_like_matrix(arg) else vector(Size(), solver.meaning.rows), solver.trail)
    return True


def _vector(solver, item, level):
    _, inner, arg = item
    if inner.known:
        return True
    unify(inner, vector(Size(), solver.meaning.rows), solver.trail)
    return True


def _term(solver, item, level):
    _, open_, known, _ = item
    if open_.known:
        return True
    if level == 0:
        return False
    unify(open_, known, solver.trail)
    return True


def _number_term(solver, item, level):
    if item[1].known:
        return True
    unify(item[1], number(), solver.trail)
    return True


def _sum_step(solver, item, level):
    _, result, kinds, _ = item
    firm = next((k for k in kinds if k.find().kind in ("vector", "matrix")), None)
    if firm is None and result.find().kind in ("vector", "matrix"):
        firm = result
    if firm is not None:
        for k in kinds:
            if not k.known:
                if level == 0:
                    return False
                unify(k, firm, solver.trail)
        solver.unite(result, firm)
        return True
    if result.find().kind == "number":
        for k in kinds:
            if not k.known:
                unify(k, number(), solver.trail)
        return True
    if all(k.known for k in kinds):
        solver.unite(result, number())
        return True
    if level == 3:
        for k in kinds:
            if not k.known:
                unify(k, number(), solver.trail)
        solver.unite(result, number())
        return True
    return False


def _diag(solver, item, level):
    _, result, inner = item
    inner = inner.find()
    if inner.kind == "vector":
        solver.unite(result, matrix(inner.sizes[0], inner.sizes[0]))
        return True
    return bool(inner.kind)


def _same(solver, item, level):
    _, a, b = item
    if a.find().kind == "vector" and b.find().kind == "vector":
        same_size(a.find().sizes[0], b.find().sizes[0], solver.trail)
        return True
    return a.known and b.known


def _nabla(solver, item, level):
    _, variable, tree = item
    if variable.known:
        return True
    if level == 0:
        return False
    unify(variable, matrix(Size(), Size()) if looks_like_matrix(tree) else vector(Size(), solver.meaning.rows), solver.trail)
    return True


def _second(solver, item, level):
    _, result, a, b = item
    a, b = a.find(), b.find()
    if not a.kind or not b.kind:
        return False
    if a.kind == b.kind == "number":
        solver.unite(result, number())
    elif a.kind == b.kind == "vector":
        solver.unite(result, matrix(a.sizes[0], b.sizes[0]))
    return True


def _slope(solver, item, level):
    _, result, body, variable = item
    body, variable = body.find(), variable.find()
    if body.kind == "number" and variable.kind:
        solver.unite(result, variable)
        return True
    if body.kind == "number" and result.find().kind in ("vector", "matrix") and not variable.kind:
        unify(variable, result, solver.trail)
        return True
    if variable.kind == "number" and body.kind:
        solver.unite(result, body)
        return True
    if body.kind == variable.kind == "vector":
        a, b = body.sizes[0], variable.sizes[0]
        solver.unite(result, matrix(b, a) if solver.meaning.jacobian_columns else matrix(a, b))
        return True
    return body.known and variable.known


def _entry_step(solver, item, level):
    _, inner, subs, stack = item
    inner = inner.find()
    if inner.kind != "vector":
        return bool(inner.kind)
    saved, solver.stack = solver.stack, stack
    try:
        for index in subs:
            solver.index_over(index, inner.sizes[0])
    finally:
        solver.stack = saved
    return True


def _unite(self, result, done):
    """result becomes done; a row and a column of one length only share the length."""
    a, b = result.find(), done.find()
    if a.kind == b.kind == "vector":
        same_size(a.sizes[0], b.sizes[0], self.trail)
    else:
        unify(result, done, self.trail)


Solver.unite = _unite
STEPS = {"product": _product, "transpose": _transpose, "norm": _norm_step, "vector": _vector, "term": _term, "sum": _sum_step,
         "number term": _number_term, "diag": _diag, "same": _same, "nabla": _nabla, "second": _second, "slope": _slope, "entry": _entry_step}
HANDLERS = {t.Number: lambda solver, tree: number(), t.Symbol: Solver.symbol, t.Sum: Solver.sum, t.Plus: Solver.plus,
            t.Minus: lambda solver, tree: solver.type(tree.arg), t.Bracket: lambda solver, tree: solver.type(tree.arg),
            t.Times: Solver.times, t.Transposed: Solver.transposed, t.Quotient: Solver.quotient, t.Power: Solver.power,
            t.Apply: Solver.apply, t.Derivative: Solver.derivative, t.Cases: Solver.cases, t.Entry: Solver.entry, t.Grid: Solver.grid,
            t.At: lambda solver, tree: solver.type(tree.body)}
