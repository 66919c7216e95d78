"""A mutant: a module with one slip in its source. A test that it does not turn red tests nothing."""

import inspect
import sys
from types import ModuleType


def mutant(module, right, wrong):
    """`module` with its only occurrence of `right` replaced by `wrong`; LookupError if it is not there once.

    No test expects a LookupError, so a mutant that has lost its place turns the test red.
    """
    source = inspect.getsource(module)
    if source.count(right) != 1:
        raise LookupError(f"{right!r} occurs {source.count(right)} times in {module.__name__}")
    changed = ModuleType("mutant")
    changed.__file__, changed.__package__ = module.__file__, module.__package__  # it finds its data and its neighbours
    sys.modules["mutant"] = changed  # where a dataclass looks for the module of its annotations
    try:
        exec(compile(source.replace(right, wrong), "mutant", "exec"), vars(changed))
    finally:
        del sys.modules["mutant"]
    return changed
