"""Loads a copy of the kernel, with its text changed, under a name of its own."""
import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType

import w2v.checker

FOLDER = Path(w2v.checker.__file__).parent / "kernel"
MODULES = ("scalars", "polynomials", "normal_form", "theorem", "values")
SOURCES = {name: (FOLDER / f"{name}.py").read_text() for name in MODULES}
numbers = count()


@contextmanager
def loaded(module=None, old="", new=""):
    """The kernel as a module, with the one place `old` in `module` replaced by `new`."""
    package = ModuleType(f"kernel_copy_{next(numbers)}")
    package.__path__ = []
    sys.modules[package.__name__] = package
    try:
        for name in MODULES:
            source = SOURCES[name]
            if name == module:
                assert source.count(old) == 1, f"{source.count(old)} places in {name}.py read {old!r}"
                source = source.replace(old, new)
            part = ModuleType(f"{package.__name__}.{name}")
            part.__package__ = package.__name__
            sys.modules[part.__name__] = part
            setattr(package, name, part)
            exec(compile(source, f"{name}.py ({old!r} -> {new!r})", "exec"), part.__dict__)
        yield package
    finally:
        for name in [n for n in sys.modules if n.split(".")[0] == package.__name__]:
            del sys.modules[name]
