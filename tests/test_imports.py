"""The rooms of the package: who imports whom, what pages may import, what an import must not load. Each rule has a mutant."""

import ast
import functools
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import jupytext
import pytest

from book import BOOK, pages, source

# A room and the rooms below it that it may import; nobody imports chapters, exercises and explorers but the pages.
ARROWS = {
    "support": set(),
    "text": {"support"},
    "corpus": {"text", "support"},
    "losses": {"corpus", "support"},
    "checks": {"losses", "support"},
    "training": {"corpus", "losses", "support"},
    "parallel": {"training", "corpus", "support"},
    "vectors": {"text", "corpus", "support"},
    "checker": set(),
    "explorers": {"support"},
    "exercises": {"checker", "checks", "losses"},
    "chapters": {"checker", "losses", "support"},
}
GRAMMAR = "w2v.checker.reading"
# What importing a face may load of the large packages; everything else is loaded when it is used.
LARGE = {
    "numpy",
    "scipy",
    "sympy",
    "matplotlib",
    "IPython",
    "anywidget",
    "quickjs",
    "tqdm",
    "gensim",
    "dask",
    "distributed",
}
LOADS = {
    **dict.fromkeys(["support", "text", "corpus", "losses", "checks", "checks.slips", "vectors"], {"numpy"}),
    **dict.fromkeys(["training", "training.fast", "parallel"], {"numpy", "scipy"}),
    **dict.fromkeys(["checks.symbolic", "checks.symbolic.results"], {"numpy", "sympy"}),
    "checker": set(),
    "exercises": set(),
    "explorers": {"numpy", "anywidget", "quickjs", "IPython"},
    "chapters": {"numpy", "matplotlib", "IPython"},
}


def package():
    """{dotted name: source} of every module of w2v."""
    found = {}
    for path in sorted((BOOK / "w2v").rglob("*.py")):
        parts = path.relative_to(BOOK).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text("utf-8")
    return found


def is_package(module):
    return (BOOK / Path(*module.split(".")) / "__init__.py").is_file()


@functools.cache
def statements(text, later):
    """The imports in a source; without `later` only those that run when it is imported."""
    nodes = ast.walk(ast.parse(text)) if later else at_once(ast.parse(text))
    return [node for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))]


def imported(module, text, modules, later=True):
    """The modules of w2v that `module` imports, by any form of import; without `later` those it needs to be imported itself."""
    found = set()
    for node in statements(text, later):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        else:
            above = (
                module.split(".")[: len(module.split(".")) - node.level + (module in PACKAGES)] if node.level else []
            )
            base = ".".join([*above, *([node.module] if node.module else [])])
            inside = {f"{base}.{alias.name}" for alias in node.names}
            found |= {name for name in inside if name in modules} or {base}
            found |= {base} if any(name not in modules for name in inside) else set()
    return {name for name in found if name.split(".")[0] == "w2v"} - {module}


def at_once(tree):
    """The nodes that run when a module is imported: not what stands in functions, and not what only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from at_once(node)


MODULES = package()
PACKAGES = {name for name in MODULES if is_package(name)}


def room(module):
    return module.split(".")[1] if "." in module else ""


# ---- the rules, each a function that names what breaks it ----


def loose(modules):
    """Modules at the root that are no package."""
    return [name for name in modules if name.count(".") == 1 and name not in PACKAGES]


def wrong_arrows(modules):
    """(from, to) of imports that go to a room that ARROWS does not allow."""
    return [
        (module, other)
        for module, text in modules.items()
        for other in sorted(imported(module, text, modules))
        if room(other) not in {"", room(module)} | ARROWS.get(room(module), set())
    ]


def circle(modules):
    """A circle of modules that need each other to be imported, or []. A face needs its modules; these do not count it."""
    graph = {}
    for module, text in modules.items():
        others = {other for other in imported(module, text, modules, later=False) if other in modules}
        others = {whole(other) for other in others if not (module + ".").startswith(other + ".")}
        graph.setdefault(whole(module), set()).update(others - {whole(module)})
    done, way = set(), []

    def visit(module):
        if module in way:
            return [*way[way.index(module) :], module]
        if module in done:
            return []
        way.append(module)
        for other in graph[module]:
            if found := visit(other):
                return found
        done.add(way.pop())
        return []

    return next((found for module in graph if (found := visit(module))), [])


def whole(module):
    """The module, or the grammar that it is a rule of: the rules of a recursive grammar call each other, and count as one module."""
    return GRAMMAR if module.startswith(GRAMMAR + ".") else module


def past_a_face(text):
    """What the code of a page imports from w2v that is no name of a face."""
    wrong = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            wrong += [alias.name for alias in node.names if alias.name.startswith("w2v.")]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "w2v":
            face = import_module(node.module) if node.module in PACKAGES - {"w2v"} else None
            named = getattr(face, "__all__", ())
            wrong += [f"{node.module}.{alias.name}" for alias in node.names if alias.name not in named]
    return wrong


def code(page):
    """Every piece of Python of a page: its cells, and the sources in other blocks that can be parsed."""
    for cell in jupytext.reads(source(page), fmt="md:myst").cells:
        yield from (
            [cell.source]
            if cell.cell_type == "code"
            else re.findall(r"^```python\n(.*?)^```", cell.source, re.M | re.S)
        )


# ---- the package as it is ----


def test_nothing_is_loose_at_the_root():
    assert loose(MODULES) == [] and {room(name) for name in PACKAGES} == {"", *ARROWS}


def test_arrows_point_one_way():
    assert wrong_arrows(MODULES) == []
    above = {name: {other for other, below in ARROWS.items() if name in below} for name in ARROWS}
    while low := [name for name in above if not above[name]]:
        for name in low:
            del above[name]
            for others in above.values():
                others.discard(name)
    assert not above, f"rooms that are each above the other: {', '.join(above)}"
    assert not any(below & {"chapters", "exercises", "explorers"} for below in ARROWS.values())


def test_no_arrow_is_allowed_that_nobody_uses():
    used = {
        (room(module), room(other)) for module, text in MODULES.items() for other in imported(module, text, MODULES)
    }
    assert [(name, other) for name, below in ARROWS.items() for other in below if (name, other) not in used] == []


def test_there_is_no_circle():
    assert circle(MODULES) == []


@pytest.mark.parametrize("face", sorted(LOADS))
def test_a_face_says_what_lives_there_and_names_it(face):
    module = import_module(f"w2v.{face}")
    assert module.__doc__ and module.__all__
    assert all(hasattr(module, name) for name in module.__all__)


def test_every_room_has_a_face():
    assert {f"w2v.{face}" for face in LOADS} >= {f"w2v.{name}" for name in ARROWS}


@pytest.mark.parametrize("page", pages())
def test_pages_import_from_faces_only(page):
    assert [name for text in code(page) for name in past_a_face(text)] == []


def loaded_by(face):
    names = f"print(*({LARGE!r} & {{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, w2v.{face}; {names}"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("face", sorted(LOADS))
def test_a_face_loads_no_large_package_that_it_can_do_without(face):
    assert loaded_by(face) <= LOADS[face]


def test_what_a_face_loads_would_be_noticed():
    assert loaded_by("checks.symbolic.results") >= {"sympy"} and not loaded_by("checks") >= {"sympy"}


def test_a_notebook_is_read_without_compiling_a_grammar():
    """jsonschema from 4.25 on compiles one when it is imported, in every process of a build and of the tests."""
    done = subprocess.run([sys.executable, "-c", "import sys, nbformat; sys.exit('lark' in sys.modules)"])
    assert done.returncode == 0


# ---- each rule sees what breaks it ----


def test_a_loose_module_is_noticed():
    assert loose(MODULES | {"w2v.helpers": ""}) == ["w2v.helpers"]


@pytest.mark.parametrize(
    "module, line, arrow",
    [
        ("w2v.losses.pair", "from w2v.training import train", "w2v.training"),
        ("w2v.losses.pair", "import w2v.training.sgd", "w2v.training.sgd"),
        ("w2v.losses.pair", "def f():\n    from ..training.sgd import train", "w2v.training.sgd"),
        ("w2v.losses", "from ..training import sgd", "w2v.training.sgd"),
        ("w2v.text.words", "from w2v import corpus", "w2v.corpus"),
        ("w2v.checks.verification", "from w2v.chapters import toy", "w2v.chapters.toy"),
    ],
)
def test_a_wrong_arrow_is_noticed(module, line, arrow):
    assert (module, arrow) in wrong_arrows(MODULES | {module: f"{MODULES[module]}\n{line}\n"})


@pytest.mark.parametrize(
    "module, line, other",
    [
        ("w2v.losses.functions", "from w2v.losses.pair import naive_softmax_loss", "w2v.losses.pair"),
        ("w2v.checks.slips.slip", "from w2v.checks.slips import likely", "w2v.checks.slips.likely"),
        (
            "w2v.checks.slips.pair",
            "try:\n    import w2v.checks.gradient_check\nexcept ImportError:\n    pass",
            "w2v.checks.gradient_check",
        ),
    ],
)
def test_a_circle_is_noticed(module, line, other):
    found = circle(MODULES | {module: f"{MODULES[module]}\n{line}\n"})
    assert module in found and other in found
    assert circle(MODULES | {module: MODULES[module] + "\ndef f():\n    " + line.replace("\n", "\n    ") + "\n"}) == []


@pytest.mark.parametrize(
    "line, past",
    [
        ("from w2v.losses.pair import naive_softmax_loss", "w2v.losses.pair.naive_softmax_loss"),
        ("from w2v.losses import pair", "w2v.losses.pair"),
        ("from w2v import losses", "w2v.losses"),
        ("import w2v.losses.pair as losses", "w2v.losses.pair"),
        ("def f():\n    from w2v.losses import validate", "w2v.losses.validate"),
    ],
)
def test_a_page_that_imports_past_a_face_is_noticed(line, past):
    assert past_a_face(line) == [past] and past_a_face("from w2v.losses import naive_softmax_loss") == []
