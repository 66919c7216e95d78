"""The explorers' ES modules as one text where there is no node: for a notebook (a module) and for the printer; the site has them from esbuild.

A module that exports an `explorer`, or all `figures`, keeps a scope of its own, `const $name = (() => { ...; return { its exports }; })();`.
The others share one scope; a name defined twice there is an error.
"""

import re
from pathlib import Path

HERE = Path(__file__).parent
CSS = HERE / "explorers.css"
_IMPORT = re.compile(r"^import \{([^}]*)\} from '\./(\w+)\.js';\n", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function|class) (\w+))", re.M)
_DEFINED = re.compile(r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", re.M)
_COMMENT = re.compile(r"^\s*//.*\n|^[ \t]+", re.M)


def source(name):
    """Returns the text of the module `name`; raises FileNotFoundError with the name if there is none."""
    return (HERE / f"{name}.js").read_text(encoding="utf-8")


def in_order(entry, found):
    """Appends to `found` the modules that `entry` needs and then `entry`, each once."""
    for _, needed in _IMPORT.findall(source(entry)):
        if needed not in found:
            in_order(needed, found)
    if entry not in found:
        found.append(entry)


def bundle(*entries):
    """Returns a script that defines what the entries export; raises ValueError if two modules define the same name."""
    found, owners = [], {}
    for entry in entries:
        in_order(entry, found)
    for name in found:
        for defined in [] if _is_figure(name) else _DEFINED.findall(source(name)):
            if owners.setdefault(defined, name) != name:
                raise ValueError(
                    f"{defined} is defined in {owners[defined]}.js and in {name}.js: the bundle needs one name for one thing"
                )
    return "".join(map(_scoped, found))


def notebook_module(kind):
    """Returns the module that anywidget loads for one kind of explorer."""
    return f"{bundle('host', kind)}export default {{ render: at => mount({{ ...at, figure: ${kind}.explorer }}) }};\n"


def _is_figure(name):
    return not {"explorer", "figures"}.isdisjoint(_EXPORT.findall(source(name)))


def _scoped(name):
    body = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub(_imported, source(name))))
    if not _is_figure(name):
        return body
    return f"const ${name} = (() => {{\n{body}return {{ {', '.join(_EXPORT.findall(source(name)))} }};\n}})();\n"


def _imported(match):
    if not _is_figure(match[2]):
        return ""
    return f"const {{{match[1].replace(' as ', ': ')}}} = ${match[2]};\n"
