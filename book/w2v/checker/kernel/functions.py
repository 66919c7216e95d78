"""What names and functions are worth at an instance."""

from dataclasses import replace
from fractions import Fraction

from ..reading.tree import Number, Sum, Symbol, walk
from . import scalars as s
from .indices import Index
from .values import IllTyped, Unsettled, Value, column, row, scalar, transpose


def power(base, exponent):
    """base ** exponent of numbers; x^a with an exponent that is not a constant is exp(a log x)."""
    if base.shape != ():
        raise IllTyped(f"a power of {base.describe()}") if 1 in base.shape else Unsettled("a power of a matrix")
    node = base.node
    if exponent.op != "num":
        return scalar(s.exp(s.mul(exponent, s.log(node))))
    if node is s.ZERO and exponent.args[0] <= 0:
        raise Unsettled("a power of 0")
    return scalar(s.power(node, exponent.args[0]))


# -- names ------------------------------------------------------------------------------------------------------------
def named(scope, symbol):
    """The value of a symbol with its indices."""
    key = scope.meaning.key(symbol)
    if key in scope.over and not (symbol.subs and scope.meaning.entry(symbol).point):
        return overridden(scope, scope.over[key], symbol)
    bare = not symbol.subs and not symbol.sups
    for table in (scope.letters, scope.free):
        if bare and key in table:
            return as_number(table[key])
    entry = scope.meaning.entry(symbol)
    return NAMED[entry.kind](scope, entry, symbol)


def as_number(index):
    if index.kind == "word":
        raise Unsettled("a word where a number is expected")
    return scalar(s.num(index.value))


def overridden(scope, value, symbol):
    if isinstance(value, Index):
        return as_number(value)
    indices = [scope.index(i) for i in symbol.indices]
    return taken(scope, value, indices)


def taken(scope, value, indices):
    from .scope import pick

    return pick(scope, value, indices) if indices else value


def _definition(scope, entry, symbol):
    if entry.point:  # Z_c below a sum over c is another one at each c
        bound = {scope.meaning.key(n) for i in symbol.indices for n in walk(i) if isinstance(n, Symbol)} & scope.letters.keys()
        return scope.cached(entry, {letter: scope.letters[letter] for letter in bound})
    indices = [scope.index(i) for i in symbol.indices]
    letters = dict(zip(entry.params, indices))
    if len(indices) >= len(entry.params):
        letters = {k: coerced(scope, i, r) for (k, i), r in zip(letters.items(), entry.ranges)}
        if entry.first is not None and indices[0].value <= entry.first:
            return beginning(scope, entry, indices[0].value)
        return taken(scope, scope.cached(entry, letters), indices[len(entry.params) :])
    if len(entry.params) - len(indices) > 2:
        raise Unsettled(f"{symbol.base} without its indices")
    return collected(scope, entry, indices)


def beginning(scope, entry, n):
    """The first value of a name that is said by its earlier values."""
    if n < entry.first:
        raise IllTyped(f"there is no {entry.base} number {n}")
    return scope.value(Symbol(entry.base, entry.accents, f"{entry.label}{':' * bool(entry.label)}{n}"))


def collected(scope, entry, indices):
    """A vector or a matrix from the definition of its entries."""
    given = dict(zip(entry.params, indices))
    left = entry.params[len(indices) :]
    if len(entry.ranges) < len(entry.params):
        raise Unsettled("an index whose range nothing tells")
    runs = [scope.values_of(r) for r in entry.ranges[len(indices) :]]
    if len(left) == 1:
        parts = [scope.cached(entry, {**given, left[0]: i}) for i in runs[0]]
        return stacked(scope, parts)
    cells = [[scope.cached(entry, {**given, left[0]: i, left[1]: j}) for j in runs[1]] for i in runs[0]]
    if any(v.shape != () for line in cells for v in line):
        raise Unsettled("a table of vectors where one thing is expected")
    return Value((len(runs[0]), len(runs[1])), tuple(v.node for line in cells for v in line))


def stacked(scope, parts):
    if any(p.shape != () for p in parts):
        raise Unsettled("a family of vectors where one thing is expected")
    nodes = [p.node for p in parts]
    return row(nodes) if scope.meaning.rows else column(nodes)


def coerced(scope, index, range_):
    return scope.as_word(index) if range_ is not None and range_.kind == "word" else index


def _free(scope, entry, symbol):
    indices = [scope.index(i) for i in symbol.indices]
    if entry.table and entry.table in scope.over:
        return from_table(scope, entry, indices)
    if entry.params:  # y^(j) is one-hot at a place that depends on j
        scope = scope.bind(dict(zip(entry.params, indices)))
    return free_value(scope, entry, entry.type.find(), (entry.key,), indices)


def free_value(scope, entry, type_, name, indices):
    """Variables for a name that the text leaves free, in the shape of its type."""
    sizes = scope.instance.sizes
    if type_.kind == "family":
        if not indices:
            return whole_family(scope, entry, type_, name)
        if entry.lines and type_.parts[0].find().kind == "family":
            rows, columns = (sizes[kind.sizes[0].find().name] for kind in (type_, type_.parts[0].find()))
            return taken(scope, lined(scope, entry, name, rows, columns), indices)
        size = type_.sizes[0].find().name
        index = scope.as_word(indices[0]) if size == "V" else indices[0]
        first = 1 if size == "V" or entry.declared else 0  # x_0 beside x_1, ..., x_n is one more, unless the text says where they begin
        if not first <= index.value <= sizes[size] and not entry.key.endswith("^()"):
            raise IllTyped(f"there is no {entry.key} number {index.value} among {sizes[size]}")
        return free_value(scope, entry, type_.parts[0].find(), name + (index.value,), indices[1:])
    if type_.kind == "vector":
        n = sizes[type_.sizes[0].find().name]
        nodes = hypothetical(scope, entry, name, n)
        value = row(nodes) if type_.row else column(nodes)
    elif type_.kind == "matrix":
        r, c = (sizes[x.find().name] for x in type_.sizes)
        value = lined(scope, entry, name, r, c) if entry.lines else Value((r, c), tuple(s.var(name + (i, j)) for i in range(1, r + 1) for j in range(1, c + 1)))
    elif type_.kind == "index":
        raise Unsettled(f"the index {entry.key} where a value is expected")
    elif entry.values:
        value = scalar(s.num(entry.values[(sum(name[1:]) + scope.instance.number) % len(entry.values)]))
    else:
        value = scalar(s.var(name))
    return taken(scope, value, indices)


def lined(scope, entry, name, r, c):
    """A matrix of which each row, or each column, is one-hot, a distribution, or sums to 1, or the sum of all entries is 1."""
    if entry.lines == "symmetric":
        return Value((r, c), tuple(s.var((*name, *sorted((i, j)))) for i in range(1, r + 1) for j in range(1, c + 1)))
    kind, where = entry.lines.split()
    if where == "entries":
        return Value((r, c), tuple(simplex(name, r * c, positive=False)))
    across = where == "columns"
    lines, n = (c, r) if across else (r, c)
    if kind == "one-hot" and not scope.instance.soft:
        at = [place(scope, entry, (line,), n) for line in range(lines)]
        if scope.instance.number % 2 == 0:
            at[1:2] = at[:1] if lines > 1 else []  # two lines are the same
        parts = [[s.ONE if i == here else s.ZERO for i in range(n)] for here in at]
    else:
        parts = [simplex((*name, line), n, positive=kind != "sum") for line in range(1, lines + 1)]
    return Value((r, c), tuple(parts[j][i] if across else parts[i][j] for i in range(r) for j in range(c)))


def place(scope, entry, indices, n):
    """Where a vector is 1 whose place nothing tells: first, last and in between by the instance, and elsewhere for another name or index."""
    among = sorted(key_ for key_, e in scope.meaning.world.declared.items() if e.one_hot == 0 or e.lines.startswith("one-hot"))
    turn = sum(indices) + (among.index(entry.key) if entry.key in among else 0)
    return (0, n - 1, n // 2, turn % n)[(scope.instance.number + turn) % 4]


def simplex(name, n, positive=True):
    """The entries of a distribution, or with positive=False any that sum to 1; the last is what the others leave of 1."""
    first = [s.var(("label", *name, i) if positive else (*name, i)) for i in range(1, n)]
    return [*first, s.add(s.ONE, *(s.neg(e) for e in first))]


def hypothetical(scope, entry, name, n):
    """The entries of a vector: one-hot, a distribution, or free."""
    if entry.one_hot is not None and not scope.instance.soft:
        at = scope.as_word(scope.index(entry.one_hot)).value if not isinstance(entry.one_hot, int) else 1 + place(scope, entry, name[1:], n)
        return [s.ONE if i == at else s.ZERO for i in range(1, n + 1)]
    if entry.distribution or entry.one_hot is not None:
        return simplex(name, n)
    if entry.lines == "sum entries":
        return simplex(name, n, positive=False)
    return [s.var(name + (i,)) for i in range(1, n + 1)]


def whole_family(scope, entry, type_, name):
    size = type_.sizes[0].find().name
    part = type_.parts[0].find()
    if part.kind == "family" and part.parts[0].find().kind in ("number", "") and entry.base[:1].isupper() and not entry.values:  # A beside A_ij
        rows, columns = (scope.instance.sizes[kind.sizes[0].find().name] for kind in (type_, part))
        return lined(scope, entry, name, rows, columns) if entry.lines else Value((rows, columns), tuple(s.var((*name, i, j)) for i in range(1, rows + 1) for j in range(1, columns + 1)))
    if part.kind not in ("number", ""):
        raise Unsettled(f"{entry.key} without its index")
    nodes = hypothetical(scope, entry, name, scope.instance.sizes[size])
    return row(nodes) if scope.meaning.rows else column(nodes)


def from_table(scope, entry, indices):
    """u_w as a column of the U in force."""
    table = scope.over[entry.table]
    if isinstance(table, Index):
        raise IllTyped(f"an index for the table {entry.table}")
    if not indices:
        raise Unsettled(f"{entry.key} without its index")
    n = scope.as_word(indices[0]).value - 1
    lies = scope.meaning.table_rows
    if len(table.shape) != 2 or n >= table.shape[0 if lies else 1]:
        raise Unsettled(f"what stands for {entry.table}? A matrix with a vector for each word is expected in its place")
    rows, columns = table.shape
    nodes = table.entries[n * columns : (n + 1) * columns] if lies else table.entries[n::columns]
    return taken(scope, column(nodes), indices[1:])


def _table(scope, entry, symbol):
    """U, whose columns (or rows) are the vectors of a family."""
    family = scope.meaning.family(entry.family)
    kind = family.type.find()
    if kind.kind != "family":
        raise Unsettled(f"{symbol.base}: its columns are not known")
    words = scope.instance.sizes[kind.sizes[0].find().name]
    columns = [vector_of(scope, family, n) for n in range(1, words + 1)]
    size = len(columns[0])
    wide = Value((size, words), tuple(columns[w][d] for d in range(size) for w in range(words)))
    value = transpose(wide) if scope.meaning.lies(entry) else wide
    return taken(scope, value, [scope.index(i) for i in symbol.subs])


def vector_of(scope, family, n):
    value = NAMED[family.kind](scope, family, Symbol(family.base, family.accents, family.label, (Number(Fraction(n)),)))
    return value.entries


def _size(scope, entry, symbol):
    return scalar(s.num(scope.instance.sizes[entry.role]))


def _unit(scope, entry, symbol):
    """e_k: 1 at k, as long as the vectors around it."""
    size = entry.type.find().sizes[0].find().name
    k = scope.as_word(scope.index(symbol.subs[0])) if size == "V" else scope.index(symbol.subs[0])
    n = scope.instance.sizes[size]
    nodes = [s.ONE if i == k.value else s.ZERO for i in range(1, n + 1)]
    return taken(scope, row(nodes) if scope.meaning.rows else column(nodes), [scope.index(i) for i in symbol.subs[1:]])


def _ones(scope, entry, symbol):
    n = scope.instance.sizes[entry.type.find().sizes[0].find().name]
    return row([s.ONE] * n) if scope.meaning.rows else column([s.ONE] * n)


def _kronecker(scope, entry, symbol):
    a, b = (scope.index(i) for i in symbol.subs)
    return scalar(s.ONE if scope.same(a, b) else s.ZERO)


def _alias(scope, entry, symbol):
    return scope.value(entry.body)


def _opaque(scope, entry, symbol):
    """A quantity of which only its variables are known: a function of them, no more."""
    indices = tuple(scope.index(i).value for i in symbol.indices)
    nodes = [n for t in entry.arguments for n in scope.value(t).entries]
    return scalar(s.fun((entry.key, *indices), (0,) * len(nodes), tuple(nodes)))


def _not_a_value(scope, entry, symbol):
    raise Unsettled(f"{symbol.base} where a value is expected")


def _ask(scope, entry, symbol):
    raise Unsettled(entry.role)


NAMED = {"definition": _definition, "free": _free, "table": _table, "size": _size, "unit": _unit, "ones": _ones,
         "kronecker": _kronecker, "alias": _alias, "opaque": _opaque, "word": _not_a_value, "words": _not_a_value,
         "position": _not_a_value, "identity": _not_a_value, "function": _not_a_value, "set": _not_a_value, "ask": _ask}


# -- functions --------------------------------------------------------------------------------------------------------
def apply(scope, tree):
    """f(args), with primes and powers of the function's name."""
    if tree.power is not None:
        return powered(scope, tree)
    if isinstance(tree.function, Symbol):
        return call(scope, tree)
    if tree.function in ENTRYWISE:
        if len(tree.args) != 1:
            raise IllTyped(f"{tree.function} of {len(tree.args)} things")
        return entrywise(scope, tree.function, scope.value(tree.args[0]), tree)
    if tree.function not in WHOLE or tree.primes:
        raise Unsettled(f"the function {tree.function}")
    return WHOLE[tree.function](scope, tree)


def powered(scope, tree):
    plain = replace(tree, power=None)
    exponent = scope.number(tree.power)
    if exponent.op == "num" and exponent.args[0] == -1:
        return inverse(scope, plain)
    return power(scope.value(plain), exponent)


def inverse(scope, tree):
    name = builtin(scope, tree.function)
    if name != "sigma":
        raise Unsettled("the inverse of a function")
    return scope.value(tree.args[0]).map(lambda e: s.log(s.div(e, s.add(s.ONE, s.neg(e)))))


def builtin(scope, function):
    """The named function that a letter stands for, or ''."""
    if isinstance(function, str):
        return function
    entry = scope.meaning.entry(function)
    return entry.role if entry.kind == "function" else ""


def call(scope, tree):
    """A letter applied to arguments: the named function it stands for, the definition of the text, or an unknown function."""
    entry = scope.meaning.entry(tree.function, called=len(tree.args))
    if entry.kind == "function" and entry.role:
        return apply(scope, replace(tree, function=entry.role))
    if entry.kind == "definition" and entry.calls:
        return called_definition(scope, entry, tree)
    if entry.kind in ("function", "opaque"):
        return unknown(scope, entry, tree)
    if entry.kind in ("definition", "free", "alias", "ask") and not tree.primes:
        return named(scope, tree.function)  # J(v_c, o, U): the arguments say on what it depends
    raise Unsettled(f"{tree.function.base} applied to something")


def called_definition(scope, entry, tree):
    if len(tree.args) != len(entry.calls):
        raise IllTyped(f"{tree.function.base} of {len(tree.args)} things, defined for {len(entry.calls)}")
    over = {}
    for param, arg in zip(entry.calls, tree.args):
        if param != arg and not same_print(param, arg) or isinstance(param, Symbol) and scope.meaning.key(param) in scope.letters:
            over[over_key(scope, param)] = argument(scope, param, arg)
    indices = [scope.index(i) for i in tree.function.subs]
    letters = dict(zip(entry.params, indices))
    if not tree.primes:
        return scope.inside(entry, letters, over).value(entry.body)
    return primed(scope, entry, tree, letters, over)


def same_print(param, arg):
    """J(V_c, o, U) for J(v_c, o, U): a capital is a way of printing the same."""
    return isinstance(param, Symbol) and isinstance(arg, Symbol) and param.subs and param.subs == arg.subs and param.base.lower() == arg.base.lower()


def over_key(scope, param):
    return param if param.subs else scope.meaning.key(param)


def argument(scope, param, arg):
    """The Value or Index of an argument."""
    if isinstance(arg, Symbol) and not arg.indices and not param.indices and scope.meaning.key(arg) in scope.letters:
        return scope.letters[scope.meaning.key(arg)]
    kind = scope.meaning.entry(param).kind
    if kind in ("word", "words", "position") or scope.meaning.is_index(param):
        return scope.as_word(scope.index(arg)) if kind == "word" else scope.index(arg)
    return scope.value(arg)


def primed(scope, entry, tree, letters, over):
    """f'(x) of the text's own f: the slope of its body at its only parameter."""
    if len(tree.args) != 1:
        raise Unsettled("a prime on a function of several arguments")
    at = scope.value(tree.args[0])
    key = over_key(scope, entry.calls[0])

    def slope(node):
        fresh = ("fresh", entry.key)
        value = scope.inside(entry, letters, {key: scalar(s.var(fresh))}).value(entry.body)
        if value.shape != ():
            raise Unsettled("a prime on a function whose value is no number")
        result = value.node
        for _ in range(tree.primes):
            result = s.slope(result, fresh)
        return s.substitute(result, {s.var(fresh): node})

    return at.map(slope)


RANDOM = ("Var", "Cov", "Corr", "var", "cov", "corr")


def unknown(scope, entry, tree):
    """f(x) of which nothing is known but that it is a function."""
    if entry.base in RANDOM:
        raise Unsettled(f"{entry.base} of a random quantity: under which distribution?")
    nodes, numbers = [], []
    for arg in tree.args:
        if scope.meaning.is_index(arg):
            numbers.append(scope.as_word(scope.index(arg)).value)
        else:
            value = scope.value(arg)
            nodes += value.entries
            numbers.append(value.shape)
    numbers += [scope.index(i).value for i in tree.function.subs]
    if tree.primes and len(nodes) != 1:
        raise Unsettled("a prime on a function of several arguments")
    if not nodes:
        return scalar(s.var(("free", entry.key, *map(str, numbers))))
    return scalar(s.fun((entry.key, *map(str, numbers)), (tree.primes, *[0] * (len(nodes) - 1)), tuple(nodes)))


def entrywise(scope, name, inner, tree):
    """exp, log, the sigmoid and others, entry by entry."""
    if name in ("log", "exp") and inner.shape != () and 1 not in inner.shape:
        raise IllTyped(f"{name} of {inner.describe()}")
    base = scope.number(tree.base) if tree.base is not None else None

    def change(node):
        if name == "log" and node.op == "num" and node.args[0] <= 0:
            raise IllTyped("the logarithm of a number that is not positive")
        result = slopes(name, node, tree.primes, scope)
        return s.div(result, s.log(base)) if base is not None else result

    return inner.map(change)


def slopes(name, node, primes, scope):
    if not primes:
        return ENTRYWISE[name](node, scope)
    fresh = ("fresh", name)
    if name in BY_SIGN:
        return PRIMED_BY_SIGN[name](node, scope) if primes == 1 else s.ZERO
    result = ENTRYWISE[name](s.var(fresh), scope)
    for _ in range(primes):
        result = s.slope(result, fresh)
    return s.substitute(result, {s.var(fresh): node})


def sign(scope, node):
    """The sign of a node at the instance; a formula that depends on signs is tried at many instances."""
    scope.meaning.by_sign.append(True)
    try:
        return s.number(node, scope.instance.point, {})
    except (ArithmeticError, ValueError):
        raise Unsettled("a sign is asked for where there is no value") from None


def _tanh(node, scope):
    double = s.exp(s.mul(s.num(2), node))
    return s.div(s.add(double, s.num(-1)), s.add(double, s.ONE))


def _relu(node, scope):
    return node if sign(scope, node) > 0 else s.ZERO


def _softplus(node, scope):
    return s.log(s.add(s.ONE, s.exp(node)))


ENTRYWISE = {"exp": lambda a, scope: s.exp(a), "log": lambda a, scope: s.log(a), "sigma": lambda a, scope: s.sigma(a),
             "sigmoid": lambda a, scope: s.sigma(a), "logsigmoid": lambda a, scope: s.log(s.sigma(a)), "tanh": _tanh, "relu": _relu,
             "softplus": _softplus}
BY_SIGN = ("relu",)
PRIMED_BY_SIGN = {"relu": lambda node, scope: s.ONE if sign(scope, node) > 0 else s.ZERO}


def _softmax(scope, tree):
    inner = scope.value(tree.args[0])
    if len(tree.args) != 1 or inner.shape == ():
        raise IllTyped(f"softmax of {inner.describe()}")
    r, c = inner.shape
    if 1 in (r, c):
        return normalised(inner)
    if scope.meaning.columnwise == scope.meaning.rowwise:
        raise Unsettled("softmax of a matrix: say whether it is taken column by column or row by row")
    return by_columns(inner) if scope.meaning.columnwise else transpose(by_columns(transpose(inner)))


def normalised(value):
    exps = [s.exp(e) for e in value.entries]
    total = s.add(*exps)
    return Value(value.shape, tuple(s.div(e, total) for e in exps))


def by_columns(value):
    r, c = value.shape
    columns = [normalised(column(value.entries[j::c])).entries for j in range(c)]
    return Value((r, c), tuple(columns[j][i] for i in range(r) for j in range(c)))


def _diag(scope, tree):
    inner = scope.value(tree.args[0])
    if inner.shape == () or 1 not in inner.shape:
        raise IllTyped(f"diag of {inner.describe()}")
    n = len(inner.entries)
    return Value((n, n), tuple(inner.entries[i] if i == j else s.ZERO for i in range(n) for j in range(n)))


def _tr(scope, tree):
    inner = scope.value(tree.args[0])
    if inner.shape == ():
        return inner
    if inner.shape[0] != inner.shape[1]:
        raise IllTyped(f"the trace of {inner.describe()}")
    return scalar(s.add(*inner.entries[:: inner.shape[0] + 1]))


def pair(scope, tree, what):
    values = [scope.value(a) for a in tree.args]
    if len(values) != 2 or any(v.shape == () for v in values) or len(values[0].entries) != len(values[1].entries):
        raise IllTyped(f"{what} of {' and '.join(v.describe() for v in values)}")
    return values


def times_log(p, q):
    """p log q, 0 where p is 0."""
    if p is s.ZERO:
        return s.ZERO
    if q is s.ZERO:
        raise IllTyped("the logarithm of 0")
    return s.mul(p, s.log(q))


def _ce(scope, tree):
    p, q = pair(scope, tree, "the cross-entropy")
    return scalar(s.neg(s.add(*(times_log(a, b) for a, b in zip(p.entries, q.entries)))))


def _kl(scope, tree):
    p, q = pair(scope, tree, "the divergence")
    return scalar(s.add(*(s.add(times_log(a, a), s.neg(times_log(a, b))) for a, b in zip(p.entries, q.entries))))


def _entropy(scope, tree):
    if len(tree.args) == 2:
        return _ce(scope, tree)
    p = scope.value(tree.args[0])
    return scalar(s.neg(s.add(*(times_log(a, a) for a in p.entries))))


def _extremum(scope, tree):
    """max or min by the order at the instance: of numbers, entry by entry of vectors beside them, or over an index printed below."""
    if tree.subs:
        nodes = [scope.bind(letters).number(tree.args[0]) for letters in below(scope, tree)]
    elif len(tree.args) == 1:
        nodes = list(scope.value(tree.args[0]).entries)
    else:
        values = [scope.value(a) for a in tree.args]
        whole = next((v for v in values if v.shape), None)
        if whole is not None:
            if any(v.shape not in ((), whole.shape) for v in values):
                raise IllTyped(f"the {tree.function} of " + " and ".join(v.describe() for v in values))
            columns = zip(*(v.entries if v.shape else v.entries * len(whole.entries) for v in values))
            return Value(whole.shape, tuple(extreme(scope, tree, nodes) for nodes in columns))
        nodes = [v.node for v in values]
    return scalar(extreme(scope, tree, nodes))


def extreme(scope, tree, nodes):
    return sorted(nodes, key=lambda n: sign(scope, n))[-1 if tree.function == "max" else 0]


def below(scope, tree):
    from .scope import bindings

    letters = tuple(t for t in tree.subs if isinstance(t, Symbol))
    return bindings(scope, Sum(letters, ("all",), (), tree.args[0]))


WHOLE = {"softmax": _softmax, "diag": _diag, "tr": _tr, "CE": _ce, "KL": _kl, "H": _entropy, "max": _extremum, "min": _extremum}


def norm(scope, tree):
    inner = scope.value(tree.arg)
    if tree.order is not None and str(getattr(tree.order, "value", getattr(tree.order, "base", ""))) not in ("2", "F"):
        raise Unsettled("a norm other than the Euclidean one")
    return scalar(s.power(s.add(*(s.power(e, 2) for e in inner.entries)), Fraction(1, 2)))


def bars(scope, tree):
    size = scope.meaning.size_of_set(scope, tree.arg)
    if size is not None:
        return scalar(s.num(size))
    inner = scope.value(tree.arg)
    if inner.shape != ():
        return scalar(s.power(s.add(*(s.power(e, 2) for e in inner.entries)), Fraction(1, 2)))
    return scalar(s.power(s.power(inner.node, 2), Fraction(1, 2)))


def factorial(scope, tree):
    n = scope.index(tree.arg).value
    if n < 0:
        raise IllTyped("the factorial of a negative number")
    if n > 1000:
        raise Unsettled("too large to settle")
    total = 1
    for k in range(2, n + 1):
        total *= k
    return scalar(s.num(total))


def count(scope, tree):
    """#(w, c): a number of the text for each of its arguments; #{k : condition}: counted."""
    return scope.meaning.count(scope, tree)
