"""Runs inside Pyodide: a wheel with its modules compiled, so that importing it compiles nothing.

Without sources a module `a.py` becomes `a.pyc`; with sources it stays and `__pycache__` is added, marked
as never to be compared with the source. Tests, sample data and type stubs are left out (jedi reads its own); docstrings and
assertions are kept.
"""

import importlib.util
import re
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

SITE = "/lib/python3.12/site-packages/"
UNUSED = re.compile(r"(^|/)(tests|benchmarks|mpl-data/sample_data)/|\.dist-info/RECORD$|\.data/|^(?!jedi/).*\.pyi$")


def bytecode(name, source):
    """The content of the .pyc file of the module `name`, valid whatever the source's date."""
    code = compile(source, SITE + name, "exec", dont_inherit=True)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))


def members(wheel, keep_sources):
    """The files of the compiled wheel, in the order of their names: pairs (name, content)."""
    for name in sorted(wheel.namelist()):
        if name.endswith("/") or UNUSED.search(name):
            continue
        content = wheel.read(name)
        if name.endswith(".py"):
            if keep_sources:
                yield name, content
                yield importlib.util.cache_from_source(name), bytecode(name, content)
            else:
                yield name + "c", bytecode(name, content)
        else:
            yield name, content


def compile_wheel(source, target, keep_sources):
    """Writes the wheel `target`: `source` compiled. The same input gives the same bytes."""
    with zipfile.ZipFile(source) as wheel, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name, content in members(wheel, keep_sources):
            out.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)
