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
from pathlib import Path
from types import ModuleType

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

PAGE = "book/package"
STATEMENTS = "w2v.checks.symbolic.results."  # modules of statements, which are looked up by the id of a result
FACE = re.compile(r"^`{3,}\{face\} (\S+)$", re.M)
EXAMPLE = re.compile(r"^>>> .*(?:\n.*\S.*)*", re.M)
DEFINED = re.compile(r'(<span class="k">def</span>(?:<span class="w"> </span>)?)(<span class="nf">(\w+)</span>)')


def members(face):
    """[(name, object)] of what a face offers, in its order."""
    return [(name, getattr(face, name)) for name in face.__all__]


def addresses(faces):
    """{class name: its face}, for the names of classes that one face alone has."""
    pairs = {(name, face.__name__) for face in faces for name, thing in members(face) if inspect.isclass(thing)}
    names = [name for name, _ in pairs]
    return {name: face for name, face in pairs if names.count(name) == 1}


def markdown(words):
    """A docstring whose examples are blocks of code."""
    return EXAMPLE.sub(lambda found: f"```pycon\n{found[0]}\n```", words)


class Writer:
    """Writes the entries of a face in MyST; `known` is where the classes that types name have theirs."""

    def __init__(self, face, known):
        self.face = face
        self.known = known | {name: face.__name__ for name, thing in members(face) if inspect.isclass(thing)}

    def text(self):
        """What the face says of itself below its first line, which is its heading's business, and its entries."""
        head = inspect.getdoc(self.face).partition("\n")
        return "\n\n".join([head[0], head[2].strip(), *(self.entry(*member) for member in members(self.face))])

    def entry(self, name, thing):
        if isinstance(thing, ModuleType):
            return self.made("data", name, inspect.getdoc(thing), self.functions(name, thing))
        if inspect.isclass(thing):
            kind = "exception" if issubclass(thing, BaseException) else "class"
            return self.made(kind, name + self.parameters(thing), inspect.getdoc(thing), self.methods(name, thing))
        if inspect.isfunction(thing):
            return self.made("function", name + self.signature(thing), inspect.getdoc(thing))
        return self.made("data", name, comment(self.face, name))

    def made(self, kind, signature, words, inside=""):
        """A directive of the Python domain, in a fence that is longer than those inside."""
        fence = "`" * (1 + max(map(len, re.findall("^`{3,}", inside, re.M)), default=3))
        lines = [f"{fence}{{py:{kind}}} {signature}", f":module: {self.face.__name__}", "", markdown(words), "", inside]
        return "\n".join([*lines, fence])

    def functions(self, name, module):
        """The functions of a module that a face offers whole."""
        own = (value for value in vars(module).values() if getattr(value, "__module__", "") == module.__name__)
        public = [f for f in own if inspect.isfunction(f) and f.__name__[0] != "_"]
        if module.__name__.startswith(STATEMENTS):
            return ""
        return "\n\n".join(
            self.made("function", f"{name}.{f.__name__}{self.signature(f)}", inspect.getdoc(f)) for f in public
        )

    def methods(self, name, owner):
        """What a class says of its own methods and properties; those of its bases are not said again."""
        found = []
        for key, value in vars(owner).items():
            if key.startswith("_") or not inspect.getdoc(value) or any(hasattr(b, key) for b in owner.__mro__[1:]):
                continue
            function = getattr(value, "__func__", value)
            if isinstance(value, (property, cached_property)):
                found.append(self.made("property", f"{name}.{key}", inspect.getdoc(value)))
            elif inspect.isfunction(function):
                signature = self.signature(function, bound=True)
                found.append(self.made("method", f"{name}.{key}{signature}", inspect.getdoc(value)))
        return "\n\n".join(found)

    def parameters(self, owner):
        """Those of a class: of its own __init__, the traits of an explorer, or the fields of a dataclass."""
        init = vars(owner).get("__init__")
        if inspect.isfunction(init) and not hasattr(owner, "__dataclass_fields__"):
            return self.signature(init, bound=True).partition(" -> ")[0]
        if hasattr(owner, "keys_shown"):
            return f"(*, {', '.join(f'{key}=...' for key in owner.keys_shown())})"
        if issubclass(owner, BaseException):
            return ""
        fields = inspect.signature(owner).parameters.values()
        return (
            "(" + ", ".join(p.name if p.default is p.empty else f"{p.name}={_short(p.default)}" for p in fields) + ")"
        )

    def signature(self, function, bound=False):
        """(parameters) -> type as the source has them, without quotes; classes of the package lead to their entries."""
        node = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function)))).body[0]
        if bound:
            del node.args.args[0]
        for argument in ast.walk(node.args):
            if isinstance(argument, ast.arg) and argument.annotation:
                argument.annotation = _Names(self.known).visit(argument.annotation)
        returns = f" -> {ast.unparse(_Names(self.known).visit(node.returns))}" if node.returns else ""
        return f"({ast.unparse(node.args)}){returns}".replace("~ ", "~")


class _Names(ast.NodeTransformer):
    """Types without quotes, and the names of known classes with the face that offers them."""

    def __init__(self, known):
        self.known = known

    def visit_Constant(self, node):
        return self.visit(ast.parse(node.value, mode="eval").body) if isinstance(node.value, str) else node

    def visit_Name(self, node):
        return ast.Name(f"~{self.known[node.id]}.{node.id}") if node.id in self.known else node


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
    """The entries of one face; the page that names a face says what else there is."""

    required_arguments = 1

    def run(self):
        page = Path(self.env.doc2path(self.env.docname))
        known = addresses([import_module(name) for name in FACE.findall(page.read_text("utf-8"))])
        text = Writer(import_module(self.arguments[0]), known).text()
        place = nodes.container()
        self.state.nested_parse(StringList(text.split("\n"), source=str(page)), self.content_offset, place)
        return place.children


def link_definitions(app, pagename, templatename, context, doctree):
    """The name of a function whose source a chapter shows leads to its entry."""
    if app.builder.name != "html" or "body" not in context or pagename == PAGE:
        return
    known = {}
    for name, entry in sorted(app.env.get_domain("py").objects.items(), key=lambda item: -item[0].count(".")):
        known[name.rpartition(".")[2]] = f"{context['pathto'](entry.docname)}#{entry.node_id}"

    def linked(found):
        before, shown, name = found.groups()
        return f'{before}<a class="w2v-entry" href="{known[name]}">{shown}</a>' if name in known else found[0]

    context["body"] = DEFINED.sub(linked, context["body"])


def setup(app):
    app.add_directive("face", Face)
    app.connect("html-page-context", link_definitions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
