"""The reference of the package, from its docstrings: a directive for each face, and links to it from the code that chapters show.

`{face} w2v.losses` has an entry for each name of `w2v.losses.__all__`. The docstrings are Markdown, as the chapters are, and
Sphinx's own autodoc reads reStructuredText; so the entries are written here as MyST, and Sphinx's Python domain does the rest:
addresses, references and the index. An example begins with `>>>`; the tests run it.
"""

import ast
import inspect
import re
import textwrap
from functools import cached_property
from importlib import import_module
from types import ModuleType

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

PAGE = "book/package"
STATEMENTS = "w2v.checks.symbolic.results."  # modules of statements, which are looked up by the id of a result
EXAMPLE = re.compile(r"^>>> .*(?:\n.*\S.*)*", re.M)
DEFINED = re.compile(r'(<span class="k">def</span>(?:<span class="w"> </span>)?)(<span class="nf">(\w+)</span>)')


def members(face):
    """[(name, object)] of what a face offers, in its order."""
    return [(name, getattr(face, name)) for name in face.__all__]


def markdown(words):
    """A docstring whose examples are blocks of code."""
    return EXAMPLE.sub(lambda found: f"```pycon\n{found[0]}\n```", words)


class Writer:
    """Writes the entries of a face in MyST, and keeps the signature of each name: {address: words}."""

    def __init__(self, face):
        self.face, self.signatures = face, {}

    def text(self):
        """What the face says of itself below its first line, which is its heading's business, and its entries."""
        head = inspect.getdoc(self.face).partition("\n")
        return "\n\n".join([head[0], head[2].strip(), *(self.entry(*member) for member in members(self.face))])

    def entry(self, name, thing):
        """The entry of a name, and after it those of what is inside: methods, or the functions of a module."""
        words = inspect.getdoc(thing)
        if isinstance(thing, ModuleType):
            return "\n\n".join([self.made("data", name, words), *self.functions(name, thing)])
        if inspect.isclass(thing):
            kind = "exception" if issubclass(thing, BaseException) else "class"
            return "\n\n".join([self.made(kind, name, words, self.parameters(thing)), *self.methods(name, thing)])
        if inspect.isfunction(thing):
            return self.made("function", name, words, self.signature(thing))
        return self.made("data", name, comment(self.face, name))

    def made(self, kind, name, words, signature=""):
        """A directive of the Python domain."""
        self.signatures[f"{self.face.__name__}.{name}"] = signature
        return f"````{{py:{kind}}} {name}\n:module: {self.face.__name__}\n\n{markdown(words)}\n````"

    def functions(self, name, module):
        """Those of a module that a face offers whole."""
        for f in vars(module).values():
            own = inspect.isfunction(f) and f.__module__ == module.__name__ and f.__name__[0] != "_"
            if own and not module.__name__.startswith(STATEMENTS):
                yield self.made("function", f"{name}.{f.__name__}", inspect.getdoc(f), self.signature(f))

    def methods(self, name, owner):
        """What a class says of its own methods and properties; those of its bases are not said again."""
        for key, value in vars(owner).items():
            words, function = inspect.getdoc(value), getattr(value, "__func__", value)
            if key.startswith("_") or not words or any(hasattr(base, key) for base in owner.__mro__[1:]):
                continue
            if isinstance(value, (property, cached_property)):
                yield self.made("property", f"{name}.{key}", words)
            elif inspect.isfunction(function):
                yield self.made("method", f"{name}.{key}", words, self.signature(function, bound=True))

    def parameters(self, owner):
        """Those of a class: of its own __init__, the traits of an explorer, or the fields of a dataclass."""
        init = vars(owner).get("__init__")
        if inspect.isfunction(init) and not hasattr(owner, "__dataclass_fields__"):
            return self.signature(init, bound=True).partition(" → ")[0]
        if hasattr(owner, "keys_shown"):
            return f"(*, {', '.join(f'{key}=...' for key in owner.keys_shown())})"
        if issubclass(owner, BaseException):
            return ""
        fields = inspect.signature(owner).parameters.values()
        return (
            "(" + ", ".join(p.name if p.default is p.empty else f"{p.name}={_short(p.default)}" for p in fields) + ")"
        )

    def signature(self, function, bound=False):
        """(parameters) -> type as the source has them, types without quotes."""
        node = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function)))).body[0]
        if bound:
            del node.args.args[0]
        for argument in ast.walk(node.args):
            if isinstance(argument, ast.arg) and argument.annotation:
                argument.annotation = _Unquoted().visit(argument.annotation)
        returns = f" → {ast.unparse(_Unquoted().visit(node.returns))}" if node.returns else ""
        return f"({ast.unparse(node.args)}){returns}"


class _Unquoted(ast.NodeTransformer):
    """Types without quotes."""

    def visit_Constant(self, node):
        return ast.Name(node.value) if isinstance(node.value, str) else node


def _short(value):
    """A default as it may stand in a signature."""
    return repr(value) if isinstance(value, (int, float, str, tuple, type(None))) else "..."


def comment(module, name):
    """The comment above a constant, where it is defined."""
    text = inspect.getsource(module)
    if found := re.search(rf"^((?:# .*\n)+)(?:\w+, )*{name}\b(?:, \w+)* = ", text, re.M):
        return re.sub(r"^# ", "", found[1], flags=re.M)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and name in [alias.name for alias in node.names]:
            return comment(import_module(node.module), name)
    raise ValueError(f"{module.__name__}.{name}: expected a comment above it that says what it is, found none")


class Face(SphinxDirective):
    """The entries of one face."""

    required_arguments = 1

    def run(self):
        writer, place = Writer(import_module(self.arguments[0])), nodes.container()
        source = self.env.doc2path(self.env.docname)
        self.state.nested_parse(StringList(writer.text().split("\n"), source=source), self.content_offset, place)
        for line in place.findall(addnodes.desc_signature):  # in one piece: the domain would wrap each letter it knows
            line += nodes.inline("", writer.signatures[line["ids"][0]])
        return place.children


def link_definitions(app, pagename, templatename, context, doctree):
    """The name of a function whose source a chapter shows leads to its entry."""
    if app.builder.name != "html" or "body" not in context or pagename == PAGE:
        return
    objects, known = app.env.get_domain("py").objects, {}
    for name, entry in sorted(objects.items(), key=lambda item: -item[0].count(".")):
        inside, _, own = name.rpartition(".")
        if inside not in objects:  # a name of a face, not one inside a class or a module
            known[own] = f"{context['pathto'](entry.docname)}#{entry.node_id}"

    def linked(found):
        before, shown, name = found.groups()
        return f'{before}<a class="w2v-entry" href="{known[name]}">{shown}</a>' if name in known else found[0]

    context["body"] = DEFINED.sub(linked, context["body"])


def setup(app):
    app.add_directive("face", Face)
    app.connect("html-page-context", link_definitions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
