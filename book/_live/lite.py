"""The pages of the live notebooks: JupyterLite's, made once into .live/lab, and the chapters put among them.

JupyterLite finds a notebook in `files/` if `api/contents/all.json` lists it, and keeps what a reader
changes in a storage of the browser; the name of that storage follows the chapters' content.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from _live.artefacts import BadArtefact, require, sha256
from _live.distribution import HERE, LOCK, _note, _write, alone, digest

RECIPE = ("requirements.txt", "jupyter-lite.json", "lite.py")
STORAGE = "word2vec, line by line "
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
# All that a chapter's first cell needs, fetched side by side while Python starts.
EAGER = (
    "micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython",
    "numpy", "matplotlib", "sympy", "ipywidgets", "anywidget", "w2v",
)  # fmt: skip


# The icon stands in the page itself: added by a script, it may come after the browser has asked the host for /favicon.ico.
# A static server lets a browser keep files for days: what changes with the book is asked for anew (a 304 if unchanged).
HEAD = """<head>
    <link rel="icon" type="image/x-icon" href="./favicon.ico" />
    <script>
    { const plain = window.fetch;
      window.fetch = (what, how) => plain(what, /\\.(ipynb|json)(\\?|$)/.test(what?.url ?? what) ? { ...how, cache: "no-cache" } : how); }
    </script>"""


def build(live):
    """Makes `live/lab`, JupyterLite without notebooks, unless it was made by this recipe; returns the folder."""
    target = live / "lab"
    with alone(live):
        recipe = digest(HERE / name for name in RECIPE)
        if _note(target, "recipe") != recipe:
            _assemble(live / "venv", target, recipe)
    return target


def _assemble(venv, target, recipe):
    """Runs JupyterLite's own command in a scratch folder and notes the sha256 of every file it made."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        made = Path(scratch) / "out"
        shutil.copy(HERE / "jupyter-lite.json", scratch)
        command = [venv / "bin/jupyter-lite", "build", "--lite-dir", ".", "--output-dir", made, "--apps", "notebooks"]
        done = subprocess.run(
            [*command, "--no-sourcemaps", "--no-unused-shared-packages"], cwd=scratch, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"JupyterLite could not be assembled:\n{done.stdout}{done.stderr}")
        _configure(made)
        files = {path.relative_to(made).as_posix(): sha256(path) for path in sorted(made.rglob("*")) if path.is_file()}
        _write(made / ".made-from.json", {"recipe": recipe, "files": files})
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)


def _configure(made):
    """Lets the kernel fetch what it needs at once instead of one after the other; the page revalidates; each state of a tab has its icon."""
    config = json.loads((made / "jupyter-lite.json").read_text("utf-8"))
    config["jupyter-config-data"]["litePluginSettings"][KERNEL]["loadPyodideOptions"] = {"packages": list(EAGER)}
    _write(made / "jupyter-lite.json", config)
    _replace(made / "notebooks/index.html", "<head>", HEAD)
    _replace(made / "config-utils.js", "  addFavicon(config);\n", "")
    (made / "static/favicons").mkdir(parents=True)
    for state in ("notebook", "busy-1", "busy-2", "busy-3"):
        shutil.copy(made / "notebooks/favicon.ico", made / f"static/favicons/favicon-{state}.ico")


def _replace(path, old, new):
    """Puts `new` in the place of `old`, which must stand in the file once."""
    text = path.read_text("utf-8")
    if text.count(old) != 1:
        raise RuntimeError(f"{path.name}: expected {old!r} once in JupyterLite's file, got it {text.count(old)} times")
    path.write_text(text.replace(old, new), "utf-8")


def verify(folder):
    """Raises BadArtefact, naming the file, unless every file of JupyterLite is in `folder` unchanged."""
    files = _note(folder, "files")
    if files is None:
        raise BadArtefact(f".made-from.json is missing: {folder} was not made by this book")
    for name, expected in files.items():
        require(folder / name, expected)


def add_notebooks(folder, notebooks, pyodide):
    """Puts notebooks {name: JSON text} into the copy of JupyterLite in `folder`, which runs them with the Pyodide in
    the folder `pyodide`; returns the storage's name."""
    for place in ("files", "api/contents"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    for name, text in notebooks.items():
        (folder / "files" / name).write_text(text, "utf-8")
    _write(folder / "api/contents/all.json", _listing(notebooks))
    config = json.loads((folder / "jupyter-lite.json").read_text("utf-8"))
    storage = STORAGE + hashlib.sha256(json.dumps(sorted(notebooks.items())).encode()).hexdigest()[:12]
    data = config["jupyter-config-data"]
    data |= {"contentsStorageName": storage, "settingsStorageName": storage}
    data["litePluginSettings"][KERNEL]["loadPyodideOptions"]["lockFileURL"] = (
        f"../pyodide/{LOCK}?{sha256(pyodide / LOCK)[:12]}"
    )
    _write(folder / "jupyter-lite.json", config)
    return storage


def _listing(notebooks):
    """What a Jupyter server says about a folder of notebooks."""
    now = datetime.now(UTC).isoformat()
    common = {"created": now, "last_modified": now, "mimetype": None, "writable": True}
    content = [
        common
        | {"name": name, "path": name, "type": "notebook", "content": None, "format": None, "size": len(text.encode())}
        for name, text in sorted(notebooks.items())
    ]
    return common | {"name": "", "path": "", "type": "directory", "content": content, "format": "json", "size": None}


def loaded(pyodide):
    """The files of Pyodide that opening a notebook loads, {name: bytes}: the core and the packages in EAGER."""
    packages = {
        name.replace("_", "-").lower(): entry
        for name, entry in json.loads((pyodide / LOCK).read_text("utf-8"))["packages"].items()
    }
    wanted, found = list(EAGER), set()
    while wanted:
        name = wanted.pop().replace("_", "-").lower()
        if name not in found:
            found.add(name)
            wanted += packages[name]["depends"]
    core = ["pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", LOCK]
    names = core + sorted(packages[name]["file_name"] for name in found)
    return {name: os.path.getsize(pyodide / name) for name in names}
