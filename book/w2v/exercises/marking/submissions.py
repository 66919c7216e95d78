"""Reads what was handed in, a notebook or a Markdown file, and finds the answer to each exercise without running anything.

An answer stands in a code cell that ends in `grade("id", answer)`, as in the chapters and in the templates, or under a heading
of Markdown that names the id. In a chapter only the cells tagged `exercise` count, so that its own solutions do not.
"""

import ast
import json
import re
from dataclasses import dataclass, field

from w2v.exercises.registry import all_exercises

SUFFIXES = (".ipynb", ".md")
FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})\s*\{?(?P<word>[\w-]*)\}?.*$")
OPTION = re.compile(r"^:[\w-]+:.*$")
HEADING = re.compile(r"^#{1,6}\s+(.*)$")
MAGIC = re.compile(r"^(\s*)[%!?].*$", re.M)
CODE = ("code-cell", "python", "py", "python3", "ipython3")


class Unreadable(ValueError):
    """The file is no submission; the message says what was expected."""


@dataclass
class Cell:
    """A code cell: its name as shown, its source, and whether it is tagged `exercise`."""

    name: str
    source: str
    tagged: bool = False

    def __post_init__(self):
        self.source = MAGIC.sub(r"\1pass", self.source)
        try:
            self.body, self.fault = ast.parse(self.source).body, ""
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None)
            self.body, self.fault = (
                [],
                f"{self.name} is not Python: {error}"
                if line is None
                else (f"{self.name} is not Python: {error.msg} in line {line}"),
            )


@dataclass(frozen=True)
class Answer:
    """An answer as it was found: `value` of a derivation or a prediction, or `cells` and the `name` of a function in them."""

    value: object = None
    cells: tuple = ()
    name: str = ""
    fault: str = ""


@dataclass
class Submission:
    """The parts of a file in order: Cells, and pieces of Markdown."""

    parts: list = field(default_factory=list)

    def answers(self):
        """{id: Answer}."""
        found = {}
        for id, places in self._graded().items():
            tagged = [place for place in places if self.parts[place].tagged]
            found[id] = self._answer(id, (tagged or places)[-1])
        for id, (text, place) in self._headed().items():
            if id not in found or found[id] == Answer():
                found[id] = self._written(id, text, place)
        return found

    def _graded(self):
        """{id: places of the cells that grade it}."""
        found = {}
        for place, cell in enumerate(self.parts):
            if isinstance(cell, Cell):
                ids = [call.args[0].value for call in _calls(cell)] if not cell.fault else _named(cell.source)
                for id in dict.fromkeys(ids):
                    if id in all_exercises():
                        found.setdefault(id, []).append(place)
        return found

    def _headed(self):
        """{id: (the text below its heading, the place of the last code cell there)}."""
        found, id, texts, last = {}, None, [], None
        for place, part in enumerate([*self.parts, "# "]):
            if isinstance(part, Cell):
                last = place
                continue
            for line in part.splitlines():
                heading = HEADING.match(line) or line == "# "
                if not heading:
                    texts.append(line)
                    continue
                if id:
                    found[id] = "\n".join(texts), last
                words = heading[1] if line != "# " else ""
                id = next((word for word in re.findall(r"[a-z0-9-]+", words) if word in all_exercises()), None)
                texts, last = [], None
        return found

    def _answer(self, id, place):
        cell = self.parts[place]
        if cell.fault:
            return Answer(fault=cell.fault)
        call = next(call for call in reversed(_calls(cell)) if call.args[0].value == id)
        given = call.args[1] if len(call.args) > 1 else ast.Constant(None)
        if all_exercises()[id].kind == "in NumPy":
            return self._function(place, given)
        return _literal(id, self._value(place, given))

    def _value(self, place, given):
        """The expression that a name stands for, from the last plain assignment before the call."""
        if isinstance(given, ast.Name):
            before = [cell for cell in self.parts[: place + 1] if isinstance(cell, Cell)]
            for node in reversed([node for cell in before for node in cell.body]):
                if isinstance(node, ast.Assign) and any(
                    isinstance(t, ast.Name) and t.id == given.id for t in node.targets
                ):
                    return node.value
        return given

    def _function(self, place, given):
        if isinstance(given, ast.Constant) and given.value in (None, Ellipsis):
            return Answer()
        found = list(self._statements(place))
        defined = {node.name for _, body in found for _, node in body if isinstance(node, ast.FunctionDef)}
        if isinstance(given, ast.Name) and given.id in defined:
            needed = _needed(given.id, [node for _, body in found for _, node in body])
            chosen = [(cell, [n for n, node in body if _bound(node) & needed]) for cell, body in found]
            return Answer(cells=tuple((cell.name, cell.source, ns) for cell, ns in chosen if ns), name=given.id)
        return Answer(fault="For marks the answer must be a function that is defined with `def` in this file.")

    def _statements(self, place):
        """(cell, [(number, statement)]) up to a place: imports, functions, classes and plain values."""
        for cell in self.parts[: place + 1]:
            if isinstance(cell, Cell):
                yield cell, [(n, node) for n, node in enumerate(cell.body) if _kept(node)]

    def _written(self, id, text, place):
        kind = all_exercises()[id].kind
        if kind == "in NumPy":
            last = place is not None and [n for n in self.parts[place].body if isinstance(n, ast.FunctionDef)]
            return self._function(place, ast.Name(last[-1].name)) if last else Answer()
        if kind == "prediction":
            return Answer(next((line.strip() for line in text.splitlines() if line.strip()), None))
        return Answer(text) if text.strip() else Answer()


def _calls(cell):
    """The calls grade("id", ...) that stand as statements of a cell."""
    found = [node.value for node in cell.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    named = [c for c in found if getattr(c.func, "id", getattr(c.func, "attr", "")) == "grade" and c.args]
    return [call for call in named if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)]


def _named(source):
    return re.findall(r"\bgrade\(\s*[\"']([\w-]+)[\"']", source)


def _kept(node):
    if isinstance(node, (ast.Import, ast.FunctionDef, ast.ClassDef)):
        return True
    if isinstance(node, ast.ImportFrom):
        return not (node.module or "").startswith("w2v.exercises")
    return isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and _plain(node.value)


def _bound(node):
    """The names that a statement gives a meaning."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _needed(name, nodes):
    """The names that a function needs, directly or through others."""
    needed, grown = set(), {name}
    while grown - needed:
        needed |= grown
        used = [n for node in nodes if _bound(node) & needed for n in ast.walk(node)]
        grown = {n.id for n in used if isinstance(n, ast.Name)}
    return needed


def _plain(node):
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return False
    return True


def _literal(id, node):
    """The Answer in an expression; a prediction may be arithmetic, a derivation is one text."""
    if _plain(node):
        value = ast.literal_eval(node)
        return Answer() if value is None or value is Ellipsis else Answer(value)
    if all_exercises()[id].kind == "prediction":
        return Answer(ast.unparse(node))
    return Answer(
        fault="For marks the answer must be written out as one text in quotes: no f-string, no sum of texts, no call."
    )


# ---- files ----


def read(path):
    """The Submission in a file; Unreadable if it holds none."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Unreadable("expected a notebook or Markdown in UTF-8") from None
    if path.suffix.lower() == ".ipynb":
        return Submission(list(_of_notebook(text)))
    return Submission(list(_of_markdown(text)))


def _of_notebook(text):
    try:
        notebook = json.loads(text)
        cells = notebook.get("cells") or [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
        for number, cell in enumerate(cells, 1):
            source = cell.get("source", cell.get("input", ""))
            source = source if isinstance(source, str) else "".join(source)
            if cell["cell_type"] == "code":
                yield Cell(f"cell {number}", source, "exercise" in cell.get("metadata", {}).get("tags", ()))
            elif cell["cell_type"] == "markdown":
                yield from _of_markdown(source, f"cell {number}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"expected a notebook, found something else ({type(error).__name__}: {error})") from None


def _of_markdown(text, name=""):
    lines, plain, at = text.split("\n"), [], 0
    while at < len(lines):
        fence = FENCE.match(lines[at])
        if not fence or fence["word"] not in CODE:
            plain.append(lines[at])
            at += 1
            continue
        end = next((n for n in range(at + 1, len(lines)) if lines[n].strip() == fence["fence"]), len(lines))
        inside, options = lines[at + 1 : end], 0
        while options < len(inside) and OPTION.match(inside[options]):
            options += 1
        yield "\n".join(plain)
        tagged = any(line.startswith(":tags:") and "exercise" in line for line in inside[:options])
        source = "\n" * options + "\n".join(inside[options:])
        yield Cell(name or f"the cell at line {at + 1}", source, tagged)
        plain, at = [], end + 1
    yield "\n".join(plain)
