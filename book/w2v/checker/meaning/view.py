"""The meaning as it stands at one place of the text: what the kernel asks about names, letters and sets."""

from dataclasses import dataclass, field, replace
from itertools import product as combinations

from ..kernel import products
from ..kernel import scalars as s
from ..kernel.indices import Index, NeedIndex
from ..kernel.normal_form import Normal
from ..kernel.polynomials import Budget, NoNormalForm, OutOfBudget
from ..kernel.values import Unsettled, plus, scale, scalar
from ..reading import tree as t
from . import letters
from .entries import Entry, Range
from .infer import Solver
from .names import bound_letters, key, mentions, plain, stripped, symbols
from .steps import recursion, unrolled
from .types import Size, Type, family, indices, matrix, number, unify, vector
from .normalise import found_calls
from .world import more_indices, visible, world_size

WORDS = Range("word", "V")
CROSS_ENTROPY = ("ce", "cross-entropy")  # names that stand for the loss whatever the labels are


def once(question):
    """An answer about the whole text is found once."""

    def asked(self, *args):
        name = (question.__name__, *args)
        if name not in self.world.known:
            self.world.known[name] = question(self, *args)
        return self.world.known[name]

    asked.__doc__ = question.__doc__
    return asked


@dataclass(eq=False)
class View:
    """The world at a section, under the loss and the layout in force there."""

    world: object
    section: int = 0
    loss: str = ""
    layout: str = ""
    by_sign: list = field(default_factory=list)
    cache: dict = field(default_factory=dict)
    rival: object = None  # a definition that stands in for the one in force, where a text gives two
    lent: set = field(default_factory=set)  # what was taken from the prelude
    inside: bool = False  # in a definition of the prelude
    turned: frozenset = frozenset()  # conventions that are tried the other way round
    met: set = field(default_factory=set)  # "jacobian" once a vector was differentiated by a vector
    moving: frozenset = frozenset()  # the free names whose differentials a line prints: the others are held fixed

    # -- conventions ----------------------------------------------------------------------------------------------
    @property
    def rows(self):
        return self.world.conventions.rows

    @property
    def table_rows(self):
        return self.layout == "rows" if self.layout else self.world.conventions.table_rows

    @property
    def gradient_rows(self):
        return self.world.convention("gradient_rows", self.section)[0] != ("gradient_rows" in self.turned)

    @property
    def jacobian_columns(self):
        return self.world.convention("jacobian_columns", self.section)[0] != ("jacobian_columns" in self.turned)

    @property
    def columnwise(self):
        return self.world.columnwise

    @property
    def rowwise(self):
        return self.world.rowwise

    def lies(self, entry):
        """Whether a table has its vectors as rows."""
        return self.table_rows if self.layout or not entry.role else entry.role == "rows of"

    def at(self, place):
        """The view at the place of a definition."""
        if place is None:
            return self
        section, loss = place
        inside = section == "prelude"
        section, loss = self.section if inside else section, loss or self.loss
        if (section, loss, inside) == (self.section, self.loss, self.inside):
            return self
        name = ("at", section, loss, inside)
        if name not in self.cache:
            self.cache[name] = replace(self, section=section, loss=loss, cache={}, by_sign=self.by_sign, lent=self.lent, inside=inside)
        return self.cache[name]

    def key(self, symbol):
        """The name of a symbol; the scores of the prelude stay apart from a z of the text's own."""
        name = key(symbol)
        return "z of the prelude" if name == "z" and self.inside and self.introduced("z") else name

    @once
    def introduced(self, name):
        """Whether the text itself says what a name is."""
        return name in self.world.definitions or name in self.world.declared or not self.scores_meant() and name == "z"

    # -- names ----------------------------------------------------------------------------------------------------
    def entry(self, symbol, called=None):
        name = (key(symbol), symbol.subs, called)
        if name not in self.cache:
            self.cache[name] = self.find(symbol, called)
        return self.cache[name]

    def entry_at(self, symbol, view):
        return view.entry(symbol)

    def find(self, symbol, called):
        name = self.key(symbol)
        if self.inside and name in ("z", "z of the prelude"):
            return replace(self.of_prelude(self.world.prelude.definitions["z"]), key=name)
        if self.world.survey.fixed and symbol.base == "J" and self.loss:
            lent = self.loss_entry(name, symbol)
            if lent is not None:
                return lent
        defined = self.defined(name, symbol, called)
        if defined is not None:
            return defined
        declared = self.world.declared.get(name)
        if declared is not None and declared.kind not in ("letter", "named") and (declared.place is None or declared.place in self.around()):
            return declared
        if name in self.world.aside:
            return Entry(name, "ask", role=f"what is {symbol.base}? The text says it only under the supposition {self.world.aside[name]}")
        return self.loss_entry(name, symbol) or self.lettered(name, symbol, called) or self.from_prelude(name, symbol) or self.free(name, symbol, called)

    def defined(self, name, symbol, called=None):
        """The definition of the text that reaches this place: of this section, of one around it, the last before, the next after."""
        found = [d for d in self.world.definitions.get(name, ()) if (not d.entry.point or d.entry.arguments[0].subs == symbol.subs)
                 and (not called or not d.entry.calls or len(d.entry.calls) == called)]
        found = [d for d in found if d.entry.params or d.entry.point or not symbol.subs or d.entry.type.find().kind != "number" and not (
            name in ("u", "v") or d.entry.calls and not called)]
        if self.rival is not None and self.rival.key == name:
            return self.rival
        found = [d for d in found if d.entry.point] or found
        for section in self.around():
            here = [d for d in found if d.section == section] or self.labelled_loss(symbol, section)
            if here:
                return here[-1].entry if section != self.section else here[0].entry
        if not found:
            return unrolled(self.world, symbol, recursion(self.world, symbol))
        before = [d for d in found if d.section < self.section]
        return (before[-1] if before else found[0]).entry

    def labelled_loss(self, symbol, section):
        """J alone is the one loss that its section defines with a label, J_NEG, before it speaks of J."""
        if symbol != t.Symbol("J") or not section or self.world.survey.fixed:
            return []
        found = [ds for k, ds in self.world.definitions.items() if k.startswith("J:") and not k[2:].isdigit() and any(d.section == section for d in ds)]
        if len(found) != 1 or mentions(found[0][0].entry.body, "J"):
            return []
        before = self.world.survey.statements[: found[0][0].order]
        return [] if any(s.section == section and side.tree is not None and mentions(side.tree, "J") for s in before for side in (s.left, s.right)) else found[0]

    def around(self):
        sections, n = self.world.survey.sections, self.section
        while n >= 0:
            yield n
            n = sections[n].parent
        yield 0

    def loss_entry(self, name, symbol):
        """J, J_ns, ...: the loss that the label, the surroundings or the quantities of the text name."""
        if symbol.base not in ("J", "loss", "Loss", "cost") and labelled(symbol.base, self.world) is None or symbol.accents or symbol.subs or symbol.sups or self.world.prelude is None:
            return None
        losses = self.world.prelude.losses
        if symbol.label or symbol.base not in ("J", "loss", "Loss", "cost"):
            found = labelled(symbol.label or symbol.base, self.world)
            if found is None or symbol.label.lower() == "ns" and self.loss == "naive softmax":  # `ns` is negative sampling, if the words do not say otherwise
                return None
            if self.softened() and (symbol.label or symbol.base).lower() in CROSS_ENTROPY:
                found = "soft labels"
            return self.borrow(losses.get(found)) if found in losses else None
        if self.world.definitions.get(name):
            return None
        if self.softened() and self.loss in ("", "naive softmax"):
            return Entry("J", "ask", role="what is J? With labels that are not one-hot the text has to say it")
        if self.loss in losses:
            return self.borrow(losses[self.loss])
        fitting = self.fitting_losses(self.section)
        if len(fitting) == 1:
            return self.borrow(losses[fitting[0]])
        if fitting:
            question = "which loss is J? The text uses the quantities of several; say it, as in 'the naive softmax loss' or 'J = ...'"
            return Entry("J", "function" if self.called_generically() else "ask", role="" if self.called_generically() else question)
        return None

    @once
    def softened(self):
        """Whether the text says that its labels need not be one-hot."""
        said = any(f.kind == "soft" and f.section in (0, *self.around()) for f in self.world.survey.facts)
        return not self.world.survey.fixed and said or "y" in self.world.definitions and not one_hot_body(self.world)

    @once
    def called_generically(self):
        """J(v_c, w_{t+j}, U): a loss that is only known by what it depends on."""
        return any(isinstance(n, t.Apply) and isinstance(n.function, t.Symbol) and key(n.function) == "J" and any(
            isinstance(a, t.Symbol) and a.base == "w" and a.subs for a in n.args)
            for tree, *_ in self.world.survey.formulas for n in t.walk(tree))

    @once
    def fitting_losses(self, section_):
        """The losses of the prelude whose quantities the text uses, its section if the text has both; a generic J fits none."""
        used = self.world.used
        softmax = bool({"y^hat", "y", "P|"} & used.keys()) or self.applied("softmax")
        drawn = self.applied("\\sigma") and ("u" in used)
        if softmax and drawn:  # the section decides
            here = self.before_labels() or [tree for tree, section, _ in self.world.survey.formulas if section == section_]
            softmax, drawn = any({"y^hat", "y", "P|"} & set(map(key, symbols(tree))) for tree in here), any(map(self.scores_drawn, here))
        if self.called_generically() and not softmax and not drawn:
            return ["generic", "generic"]
        return ["naive softmax"] * softmax + ["negative sampling"] * drawn

    def scores_drawn(self, tree):
        """Whether a sigmoid of something with an outside vector stands in a tree, or of a name that leads to one."""
        waiting = [x for name, args in found_calls(tree) if name == "\\sigma" for x in args]
        seen = set()
        while waiting:
            for name in set(map(key, symbols(waiting.pop()))) - seen:
                seen.add(name)
                waiting += [d.entry.body for d in self.world.definitions.get(name, ())]
        return "u" in seen

    @once
    def before_labels(self):
        """The formulas above the first loss that is printed with its label, where J without one stands above it alone; else []."""
        places = {False: [], True: []}  # whether J has a label: the numbers of the formulas
        formulas = [tree for tree, *_ in self.world.survey.formulas]
        for place, tree in enumerate(formulas):
            for n in (n for n in symbols(tree) if n.base == "J" and (not n.label or labelled(n.label, self.world) is not None)):
                places[bool(n.label)].append(place)
        if not places[True] or not places[False] or max(places[False]) >= min(places[True]):
            return []
        return formulas[: min(places[True])]

    @once
    def applied(self, name):
        return any(isinstance(n, t.Apply) and name in (n.function, getattr(n.function, "base", None)) or
                   isinstance(n, t.Symbol) and n.base == name for tree, *_ in self.world.survey.formulas for n in t.walk(tree))

    def borrow(self, entry):
        if entry is None:
            return None
        self.lent.add(entry.key)
        return replace(entry, place=("prelude", self.loss), type=number())

    def lettered(self, name, symbol, called=None):
        """What the table of letters and the functions of mathematics lend."""
        if name in letters.FUNCTIONS and not symbol.subs:
            return Entry(name, "function", "mathematics", role=letters.FUNCTIONS[name])
        if called and name in letters.CALLED:
            return Entry(name, "function", "mathematics", role=letters.CALLED[name])
        if name == "\\delta" and len(symbol.subs) == 2:
            return Entry(name, "kronecker", "mathematics")
        if name == "e" and len(symbol.subs) == 1:
            return self.sized(name, "unit")
        if symbol.base == "1" and not symbol.label:
            return self.sized(name, "ones")
        if name == "I" and len(symbol.subs) == 2 and not symbol.accents:
            return Entry(name, "kronecker", "mathematics")  # the entries of the identity
        if name == "I" and not symbol.accents:
            return Entry(name, "identity", "mathematics")
        if name in self.world.sizes and not symbol.subs and (name not in self.world.tables or name not in ("V",)) and name not in self.world.free and not self.word(name):
            return Entry(name, "size", "a size", role=self.world.sizes[name].find().name or name)
        if self.world.prelude is None:
            return None
        full = name + ("_" + "".join(key(i) for i in symbol.subs) if len(symbol.subs) == 1 and isinstance(symbol.subs[0], t.Symbol) else "")
        if full in letters.OUTSIDE and self.course():
            return Entry(full, "word", "the course's prelude", role="outside")
        if full in letters.CENTER and self.course() and name not in self.world.sizes:
            return Entry(full, "word", "the course's prelude", role="center")
        if name == letters.POSITION and not symbol.subs and (self.inside or self.positions()):
            return Entry(name, "position", "the course's prelude")
        if name == letters.WORDS and symbol.subs:
            return Entry(name, "words", "the course's prelude") if self.course() else None
        return None

    @once
    def word(self, name):
        """Whether a small letter above a sum is a word of the course, o or c, and no size: the text counts nothing by it."""
        size = self.world.sizes.get(name)
        return name.islower() and name in letters.OUTSIDE | letters.CENTER and self.course() and not any(s is size for s in self.world.stated_sizes)

    @once
    def positions(self):
        """Whether the text numbers the words of a text by t: w_t, w_{t+j}, v_{t+j}."""
        return self.world.survey.fixed or any(
            n.base == letters.WORDS and any(key(x) == letters.POSITION for i in n.subs for x in symbols(i))
            or key(n) in {"u", "v"} - self.world.survey.recursions.keys() and any(isinstance(i, t.Plus) and t.Symbol(letters.POSITION) in i.terms for i in n.subs)
            for tree, *_ in self.world.survey.formulas for n in symbols(tree))

    @once
    def course(self):
        """Whether the text is one of the course: it uses u_w, v_c, U or what the prelude defines without introducing it."""
        if self.world.survey.fixed:
            return True
        used, world = self.world.used, self.world
        introduced = set(world.definitions) | set(world.declared)
        anchors = {"U"} | {name for name in world.prelude.definitions if name != "z" and not name.startswith("J")}
        return bool(anchors & used.keys() - introduced) or any(
            name in used and any(n for n in used[name]) and name not in introduced for name in ("u", "v"))

    @once
    def own_sizes(self):
        """Whether the text is none of the course's and prints none of its sizes."""
        world = self.world
        printed = set(letters.SIZES) & world.used.keys() - set(world.definitions) - set(world.declared) - set(world.tables)
        words = any(r is not None and r.kind for r in world.letters.values()) or any(e.kind == "word" for e in world.declared.values())
        return world.prelude is not None and not self.course() and not printed and not words

    def sized(self, name, kind):
        """e_k and the vector of ones: as long as what stands beside them."""
        entry = self.world.free.get(kind)
        if entry is None:
            entry = self.world.free[kind] = Entry(name, kind, "mathematics", type=vector(Size(), self.rows))
        return entry

    def family(self, name):
        """The entry of a family of vectors by its letter."""
        return self.entry(t.Symbol(name, subs=(t.Symbol("w"),)))

    def from_prelude(self, name, symbol=None):
        """U, u, v, y, z, y-hat and P of the course."""
        world = self.world
        if world.prelude is None or not self.course():
            return None
        if name in ("u", "v") and symbol is not None and not symbol.subs and not self.inside:
            return None
        if name in ("u", "v") and (any(world.used.get(name, ())) or self.inside or ("U" if name == "u" else "V") in world.used):
            self.lent.add(name)
            return self.vectors(name, "U" if name == "u" else "V")
        if name in ("U", "V") and (name == "U" or name in world.tables):
            if name == "V" and "v" not in world.used:
                return None
            self.lent.add(name)
            return Entry(name, "table", "the course's prelude", base=name, family="u" if name == "U" else "v", type=self.table_type())
        if name == "y":
            self.lent.add("y")
            return self.target()
        if name == "z" and not self.scores_meant():
            return None
        if name in world.prelude.definitions and not name.startswith("J") and not (symbol is not None and more_indices(world, name, symbol)):
            if not self.inside and not self.model_fits():
                return Entry(name, "ask", role=f"what is {name.replace('^hat', ' hat').rstrip('|')} here? The text uses other vectors than the course's; define it")
            self.lent.add(name)
            return self.of_prelude(world.prelude.definitions[name])
        return None

    @once
    def model_fits(self):
        """Whether the course's prediction, softmax of the u_w with v_c, can be meant: the text has these vectors or none."""
        if self.world.survey.fixed:
            return True
        used, world = self.world.used, self.world
        outside = bool({"u", "U"} & used.keys())
        vectors = [n for tree, *_ in world.survey.formulas for n in symbols(tree) if key(n) == "v" and n.subs]
        center = any(isinstance(i, t.Symbol) and (key(i) in letters.CENTER or i.base == "w" and i.subs) for n in vectors for i in n.subs[:1])
        own_loss = any(name.split(":")[0] == "J" for name in world.definitions)
        return not (center and not outside) and not (vectors and not center) and not (
            own_loss and outside and not center and not {"z", "y", "P|"} & used.keys() and "v" in used)

    def of_prelude(self, entry):
        """A definition of the prelude with its type and ranges in this world."""
        known = self.world.free.get("prelude " + entry.key)
        if known is None:
            size = world_size(self.world, "V")
            kind = number()
            for _ in entry.params:
                kind = vector(size, self.rows) if kind.kind == "number" else family(size, kind)
            known = replace(entry, type=kind, ranges=(WORDS,) * len(entry.params), place=("prelude", ""))
            self.world.free["prelude " + entry.key] = known
        return known

    @once
    def scores_meant(self):
        """z is the score vector only where the text uses it as one."""
        if self.world.survey.fixed:
            return True
        if 1 in self.world.used.get("z", ()):
            return True
        for tree, *_ in self.world.survey.formulas:
            for n in t.walk(tree):
                if isinstance(n, t.Apply) and n.function in ("softmax",) and n.args and stripped(n.args[0]) == t.Symbol("z"):
                    return True
                if isinstance(n, t.Derivative) and t.Symbol("z") in n.variables:
                    body = stripped(n.body)
                    head = body.function if isinstance(body, t.Apply) and isinstance(body.function, t.Symbol) else body
                    if isinstance(head, t.Symbol) and (head.base == "J" or key(head) == "y^hat"):
                        return True
                if isinstance(n, t.Derivative) and stripped(n.body) == t.Symbol("z") and n.variables:
                    return True
                if isinstance(n, t.Differential) and n.arg == t.Symbol("z"):
                    return True
        return False

    def vectors(self, name, table):
        entry = self.world.free.get(name)
        if entry is None:
            kind = family(world_size(self.world, "V"), vector(world_size(self.world, "D"), self.rows))
            entry = self.world.free[name] = Entry(name, "free", "the course's prelude", base=name, type=kind, table=table, declared=True)
        return entry

    def target(self):
        entry = self.world.free.get("y")
        if entry is None:
            kind = vector(world_size(self.world, "V"), self.rows)
            entry = self.world.free["y"] = Entry("y", "free", "the course's prelude", base="y", type=kind, one_hot=t.Symbol("o"), declared=True)
        return entry

    def table_type(self):
        v, d = world_size(self.world, "V"), world_size(self.world, "D")
        return matrix(v, d) if self.table_rows else matrix(d, v)

    def free(self, name, symbol, called):
        """A name that nothing introduces: a function, a quantity that is only differentiated, a letter, or a free quantity."""
        world = self.world
        lone = name in ("u", "v") and not symbol.subs and self.course()  # a letter beside the vectors u_w
        name = name + " alone" if lone else name
        name = name + " indexed" if name in letters.SIZES and symbol.subs else name  # m_w beside the size m
        function = name in world.functions or bool(called and called > 1)
        place = (name, "called") if function and name not in world.functions else name  # the J of J(v_c, o, U), whatever a J alone is
        entry = world.free.get(place)
        if entry is None:
            entry = Entry(name, "free", "nothing in the text says otherwise", base=symbol.base, accents=symbol.accents, label=symbol.label)
            if function:
                entry.kind = "function"
            elif name in world.differentiated and name not in world.under_only:
                entry.kind, entry.arguments = "opaque", self.innermost(world.differentiated[name])
            world.free[place] = entry
        return entry

    def innermost(self, variables):
        """Of the variables of an unknown quantity those that no other of them is made of: J(a) where a = xW."""
        return tuple(v for v in variables if not any(w is not v and self.made_of(w, key(v)) for w in variables))

    def made_of(self, symbol, name, seen=()):
        """Whether the definition of a symbol leads to a name."""
        if key(symbol) in seen:
            return False
        bodies = [d.entry.body for d in self.world.definitions.get(key(symbol), ())]
        return any(key(n) == name or self.made_of(n, name, (*seen, key(symbol))) for b in bodies for n in symbols(b))

    # -- functions ------------------------------------------------------------------------------------------------
    def is_function(self, head, argument):
        """Whether a letter before a bracket is a function there."""
        entry = self.entry(head)
        inner = stripped(argument)
        if entry.kind in ("free", "ask") and isinstance(inner, t.Symbol) and (key(inner) in self.world.bound or self.entry(inner).kind in ("word", "words")):
            return True  # an index cannot be multiplied
        if key(head) in letters.CALLED and isinstance(argument, (t.Bracket, t.Tuple)) and not self.introduced(key(head)):
            return isinstance(inner, t.Symbol)
        return entry.kind == "function" or entry.kind == "definition" and bool(entry.calls) and not self.multiplied(entry, head, inner) or \
            entry.kind in ("definition", "opaque", "ask") and head.base == "J"

    def multiplied(self, entry, head, inner):
        """Whether p_k(...) is a product: p_k(z) is printed as p_k, too, and the bracket holds a sum, with p itself or with z a quantity of the text."""
        if any(isinstance(c, t.Symbol) and mentions(inner, key(c)) for c in entry.calls):
            return False  # p(z + 1) of a p(z) is its value there
        return isinstance(inner, t.Plus) and key(head) in self.world.bare and (mentions(inner, key(head)) or all(
            isinstance(c, t.Symbol) and self.introduced(key(c)) for c in entry.calls))

    def is_index(self, tree):
        """Whether a tree stands for an index: a letter, a word, a position."""
        tree = stripped(tree)
        if not isinstance(tree, t.Symbol):
            return False
        entry = self.entry(tree)
        if entry.kind in ("word", "words", "position") or self.indices(entry):
            return True
        return entry.kind == "free" and not tree.subs and key(tree) in self.world.letters and not entry.declared

    @staticmethod
    def indices(entry):
        """Of a family of indices x_i, as in v_{x_i}: the names of the sizes of i and of what x_i numbers; else None."""
        return indices(entry.type) if entry.kind == "free" else None

    @staticmethod
    def run(size):
        """The Range from 1 to a size."""
        return Range("", size)

    def with_calls(self, tree, view):
        """A product in which letters that are functions are applied; kernel.products does the same when it multiplies."""
        return products.called(ViewScope(view), tree)

    def role(self, function, view):
        if isinstance(function, str):
            return function
        entry = view.entry(function)
        return entry.role if entry.kind == "function" else ""

    # -- types, for the solver ------------------------------------------------------------------------------------
    def type_of(self, symbol, solver):
        """The type of a bare name, or ('letter',) for what is no quantity."""
        name, view = key(symbol), solver.place
        if any(name in sizes for _, sizes in solver.stack) and not symbol.subs:
            return ("letter",)
        entry = view.entry(symbol)
        if entry.kind in ("word", "words", "position", "size", "function", "identity", "kronecker", "ask", "set", "opaque"):
            return ("letter",) if entry.kind != "identity" else Type()
        if entry.kind == "definition":
            if entry.point:
                return Indexed(entry.type)
            if not entry.calls and entry.type.known is False and entry.body is not None and entry.origin == "the course's prelude":
                return number()
            return entry.type
        if entry.kind == "unit":
            for i in symbol.subs:
                solver.index_over(i, entry.type.find().sizes[0])
            return Indexed(entry.type)
        if entry.kind == "table" and (not entry.type.known or entry.origin != "the course's prelude"):
            self.type_table(entry, solver)
        if entry.kind == "free" and not symbol.subs and not entry.declared and name in solver.letters and not entry.type.known:
            return ("letter",)
        return entry.type

    def type_table(self, entry, solver):
        part = self.family(entry.family)
        size, length = Size(), Size()
        solver.attempt(lambda: unify(part.type, family(size, vector(length, self.rows)), solver.trail))
        kind = part.type.find()
        if kind.kind == "family" and kind.parts[0].find().kind == "vector":
            a, b = kind.sizes[0], kind.parts[0].find().sizes[0]
            solver.attempt(lambda: unify(entry.type, matrix(a, b) if self.lies(entry) else matrix(b, a), solver.trail))

    def call_type(self, tree, solver):
        entry = solver.place.entry(tree.function, called=len(tree.args))
        for a in tree.args:
            if not self.is_index(a):
                solver.type(a)
        if entry.kind == "definition":
            kind = entry.type
            for index in tree.function.subs:
                kind = solver.indexed(kind, index)
            return kind
        return number()

    def name_hint(self, size, bound, view):
        """A bound that is a letter or the vocabulary's size names the size."""
        bound = stripped(bound)
        found = self.size_of(bound, view) if isinstance(bound, (t.Symbol, t.Bars)) else None
        if found is not None:
            size.parent = found.find() if found.find() is not size else None

    def size_of(self, tree, view):
        """The Size of a set or a bound, or None."""
        tree = stripped(tree)
        if isinstance(tree, t.Bars):
            return self.size_of(tree.arg, view)
        if isinstance(tree, (t.SetBut,)):
            return self.size_of(tree.whole, view)
        if isinstance(tree, t.Symbol):
            if self.vocabulary(tree):
                return world_size(self.world, "V")
            if key(tree) in self.world.sizes and not self.word(key(tree)):
                return self.world.sizes[key(tree)]
        return None

    # -- letters and sets -----------------------------------------------------------------------------------------
    def vocabulary(self, symbol):
        return not symbol.subs and not symbol.label and key(symbol) not in self.world.definitions and (
            key(symbol) in ("V", "V^cal", "W^cal") or symbol.base.strip("|").lower() in letters.VOCABULARY and len(symbol.base) > 1)

    def members(self, scope, symbol):
        """The indices in a named set."""
        name = symbol.base.lower()
        if symbol.subs or symbol.label:
            raise Unsettled(f"what is in the set {shown(symbol)}? Say it in a sentence")
        if self.vocabulary(symbol):
            return [Index(n, "word") for n in range(1, scope.instance.sizes["V"] + 1)]
        if "neg" in name or "noise" in name or name in letters.DRAWS and len(name) > 1:
            return [Index(w, "word") for w in scope.instance.draws]
        if name in letters.WINDOW:
            return [Index(w, "word") for j, w in sorted(scope.instance.window.items()) if j]
        if key(symbol) in self.world.sizes:
            kind = "sample" if key(symbol) == "K" else ""
            return [Index(n, kind) for n in range(1, scope.instance.sizes[self.world.sizes[key(symbol)].find().name] + 1)]
        raise Unsettled(f"what is in the set {symbol.base}{'_' + symbol.label if symbol.label else ''}? Say it in a sentence")

    def size_of_set(self, scope, tree):
        """|Vocab|, |S|: how many are in a set, or None for what is no set."""
        tree = stripped(tree)
        if isinstance(tree, (t.SetOf, t.SetBut, t.SetUnion)):
            return len(scope.members(tree))
        if isinstance(tree, t.Symbol) and self.vocabulary(tree):
            return scope.instance.sizes["V"]
        return None

    def letter_range(self, symbol):
        return self.world.letters.get(key(symbol))

    def range_of(self, tree, letter):
        found = self.world.binders.get((tree, key(letter))) if tree.letters else self.world.letters.get(key(letter))
        if found is None:
            raise Unsettled(f"over what does the sum run? Nothing tells the range of {letter.base}")
        return found

    def bare_letters(self, tree):
        """The letters of a sum that prints none: those free in its body that are free nowhere else."""
        return [t.Symbol(name) for name in self.free_letters(tree.body) if name in self.world.letters][:1]

    def free_letters(self, tree):
        bound = bound_letters(tree)
        found = []
        for n in symbols(tree):
            for i in n.subs:
                if isinstance(i, t.Symbol) and not i.subs and key(i) not in bound and key(i) not in found and self.entry(i).kind in ("free",):
                    found.append(key(i))
        return found

    def kind_of_bounds(self, tree):
        """What a letter with printed bounds numbers: the draws up to K, the words up to V, the offsets from -m to m."""
        kind = tree.domain[0]
        if kind == "between":
            return "offset" if isinstance(stripped(tree.domain[1]), t.Minus) else ""
        _, low, high = tree.domain
        if stripped(low) != t.Number(1):
            return "offset" if isinstance(stripped(low), t.Minus) else ""
        if len(tree.letters) == 1 and through_text(tree.body, tree.letters[0]):
            return "place"
        found = self.size_of(high, self)
        name = found.find().name if found is not None else ""
        return {"V": "word", "K": "sample"}.get(name, "")

    def tuples(self, scope, tree, keys):
        raise Unsettled("what is in the set of pairs? Say it in a sentence")

    def count(self, scope, tree):
        """#(w, c) is a number of the text, a positive one."""
        if any(isinstance(i, t.Relation) for i in tree.items):
            raise Unsettled("a count")
        return scalar(s.var(("#", *(self.counted(scope, i) for i in tree.items))))

    def counted(self, scope, item):
        """What stands between the brackets of a count: an index with its value, or a name."""
        try:
            return scope.as_word(scope.index(item)).value
        except (Unsettled, NeedIndex):
            return shown(item)

    def expectation(self, scope, tree):
        """E_{w ~ P}[body]: the sum of the body weighted with the distribution."""
        weights, letter = self.weights(scope, tree)
        total = None
        for index, weight in weights:
            value = scale(weight, scope.bind({letter: index}).value(tree.body))
            total = value if total is None else plus(total, value)
        return total

    def weights(self, scope, tree):
        """([(Index, weight)], letter) of an expectation."""
        distribution = stripped(tree.distribution) if tree.distribution is not None else None
        if distribution is None or not (tree.letters or isinstance(distribution, t.Symbol) and distribution.subs):
            raise Unsettled("an expectation: over what, and under which distribution?")
        letter = key(tree.letters[0]) if tree.letters else key(distribution.subs[0])
        words = [Index(n, "word") for n in range(1, scope.instance.sizes["V"] + 1)]
        if isinstance(distribution, t.Symbol) and distribution.base == "P|" and not distribution.label:
            outcome = replace(distribution, subs=(t.Symbol("_"), *distribution.subs[1:]))
            return [(w, scope.bind({"_": w}).number(outcome)) for w in words], letter
        if isinstance(distribution, t.Symbol) and not distribution.subs:
            entry = self.entry(distribution)
            if entry.kind == "definition" or entry.one_hot is not None or entry.distribution:
                nodes = scope.value(distribution).entries
                if len(nodes) == len(words):
                    return list(zip(words, nodes)), letter
        name = distribution.factors[0] if isinstance(distribution, t.Times) else distribution.function if isinstance(distribution, t.Apply) else distribution
        if not isinstance(name, t.Symbol):
            raise Unsettled("an expectation under a distribution that nothing tells")
        return [(w, s.var(("free", key(name), str(w.value)))) for w in words], letter

    def probability(self, scope, tree):
        return scope.value(plain(tree))

    # -- derivatives ----------------------------------------------------------------------------------------------
    def known_variable(self, variable, body):
        """Raises Unsettled for a derivative of or by something of which nothing tells how the one depends on the other."""
        for symbol in head_symbols(variable):
            name = key(symbol)
            entry = self.entry(symbol)
            if entry.kind == "free" and not entry.declared and name in self.world.under_only and name not in self.world.letters:
                raise Unsettled(f"what is {shown(symbol)}, and how does {shown(head(body))} depend on it?")
        inner = head(body)
        if isinstance(inner, t.Symbol):
            entry = self.entry(inner)
            if entry.kind == "free" and not entry.declared and not same_name(inner, variable):
                raise Unsettled(f"what is {shown(inner)}, and how does it depend on {shown(variable)}?")
            if entry.kind == "free" and entry.declared and entry.type.find().kind == "number" and not same_name(inner, variable) and not entry.table:
                return

    def own_variables(self, body):
        """The variables of nabla f: the parameters of f; of a formula the only quantity in it."""
        inner = head(body)
        if isinstance(inner, t.Symbol):
            entry = self.entry(inner)
            if entry.kind == "definition" and entry.calls:
                return entry.calls[:1]
            whole = stripped(body)
            args = whole.args if isinstance(whole, t.Apply) else tuple(map(stripped, whole.factors[1:])) if isinstance(whole, t.Times) else ()
            return args if len(args) == 1 and isinstance(args[0], t.Symbol) else ()
        names = set(symbols(body))
        only = next(iter(names)) if len(names) == 1 else None
        return (only,) if only is not None and not only.indices and self.entry(only).kind == "free" and self.entry(only).type.find().kind in ("vector", "matrix") else ()

    def must_vanish(self, node, scope):
        """Raises Unsettled unless a node is exactly zero, by its value first, which costs little."""
        try:
            if abs(s.number(node, scope.instance.point, {})) > 1e-6:
                raise Unsettled("a derivative with respect to a quantity that the expression contains only in part")
        except (ArithmeticError, ValueError):
            pass  # not defined there
        try:
            if Normal(Budget(200_000)).is_zero(node):
                return
        except (NoNormalForm, OutOfBudget):
            pass
        raise Unsettled("a derivative with respect to a quantity that the expression contains only in part")


def through_text(body, letter):
    """Whether a letter runs through the places of a text: w_{t+j} or v_{t+j} stands below its sum, with an offset j."""
    return any(key(n) in (letters.WORDS, "u", "v") and isinstance(i, t.Plus) and letter in i.terms and len(i.terms) == 2 for n in symbols(body) for i in n.subs)


def one_hot_body(world):
    """Whether the text defines y as what the course means by it: 1 at the outside word."""
    return any(isinstance(d.entry.body, (t.Cases, t.Indicator)) for d in world.definitions.get("y", ()))


class ViewScope:
    """Just enough of a scope for reading calls."""

    def __init__(self, view):
        self.meaning = view


class Indexed(tuple):
    """A type whose printed indices are already counted in."""

    def __new__(cls, kind):
        return super().__new__(cls, (kind,))


def labelled(label, world):
    """The loss that a label names."""
    plain_label = label.lower().strip("^").replace(" ", "-").replace("_", "-")
    found = [loss for loss, names in letters.LOSSES.items() if plain_label in names]
    return found[0] if found else None


def head(tree):
    """The name at the head of a body: J of J(v_c, o, U)."""
    tree = stripped(tree)
    if isinstance(tree, t.Apply) and isinstance(tree.function, t.Symbol):
        return tree.function
    if isinstance(tree, t.Times) and tree.signs == ("()",):
        return tree.factors[0]
    return tree


def head_symbols(variable):
    variable = stripped(variable)
    if isinstance(variable, t.Transposed):
        variable = variable.arg
    return [variable] if isinstance(variable, t.Symbol) else []


def same_name(a, b):
    b = stripped(b)
    return isinstance(b, t.Symbol) and key(a) == key(b)


def shown(tree):
    if not isinstance(tree, t.Symbol):
        return "the expression"
    return tree.base + ("_" + (tree.label or "".join(key(i) if isinstance(i, t.Symbol) else str(getattr(i, "value", "")) for i in tree.subs)) if tree.label or tree.subs else "")


__all__ = ["View", "Solver", "combinations", "scalar", "visible"]
