"""The Pyodide that the site serves: verified artefacts, wheels compiled in advance, the book's own package.

.live/artefacts/   what was fetched, byte for byte
.live/pyodide/     what is served: Pyodide's core, compiled wheels, and a lock file with their true sha256
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from _live.artefacts import LIST, artefacts, require, sha256
from _live.fetch import fetch

HERE = Path(__file__).parent
BOOK = HERE.parent
RECIPE = ("artefacts.json", "compile.mjs", "compile_wheel.py", "distribution.py")
MADE = {"__pycache__", "node_modules"}
LOCK = "pyodide-lock.json"
SELDOM_IMPORTED = ("fonttools",)  # compiled it is twice the size, and only a PDF figure imports it


@contextlib.contextmanager
def alone(live):
    """Holds the folder `live`, which it makes, against every other process that builds into it."""
    live.mkdir(parents=True, exist_ok=True)
    with open(live / "lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def build(live):
    """Makes `live/pyodide`, or leaves it if it was made by this recipe from these sources; returns the folder."""
    target = live / "pyodide"
    with alone(live):
        recipe = digest(HERE / name for name in RECIPE)
        if _note(target, "recipe") != recipe:
            fetch(live / "artefacts")
            _serve_third_parties(live / "artefacts", target, recipe)
        package = package_digest()
        if _note(target, "package") != package:
            _serve_package(live / "artefacts", target, package)
    return target


def package_digest(book=BOOK):
    """A digest of every file of the package `w2v` in the folder `book`, its version included."""
    files = sorted(p for p in (book / "w2v").rglob("*") if p.is_file() and not MADE & set(p.parts))
    return digest([book / "pyproject.toml", *files], book)


def digest(files, folder=BOOK):
    """A digest of the contents of files and of their names inside `folder`."""
    found = hashlib.sha256()
    for path in files:
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _note(folder, name):
    """What the folder's own note `.made-from.json` says about `name`; None without a note."""
    note = folder / ".made-from.json"
    return json.loads(note.read_text("utf-8")).get(name) if note.is_file() else None


def _write(path, content):
    """Replaces a JSON file in one step, so that a reader never sees half of it."""
    scratch = path.with_name(path.name + ".new")
    scratch.write_text(json.dumps(content), "utf-8")
    os.replace(scratch, path)


def _serve_third_parties(origin, target, recipe):
    """Makes the folder `target` anew: the core as fetched, the wheels compiled, the lock file."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        made = Path(scratch) / "pyodide"
        made.mkdir()
        wheels = [a.file for a in artefacts() if a.file.endswith(".whl") and a.project not in SELDOM_IMPORTED]
        for artefact in artefacts():
            if artefact.file not in (*wheels, LOCK):
                shutil.copyfile(origin / artefact.file, made / artefact.file)
        compile_wheels(origin, [(origin / name, made / name) for name in wheels])
        served = {name: tagged(made / name).name for name in wheels}
        _write(made / LOCK, lock_file(json.loads((origin / LOCK).read_text("utf-8")), made, served))
        _write(made / ".made-from.json", {"recipe": recipe})
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)


def compile_wheels(core, pairs, keep_sources=False):
    """Compiles each wheel of the pairs (from, to) in the Pyodide of the folder `core`, under node."""
    jobs = [{"from": str(origin), "to": str(target), "keep_sources": keep_sources} for origin, target in pairs]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as listing:
        json.dump(jobs, listing)
        listing.flush()
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        node = shutil.which("node", path=path) or "node"
        done = subprocess.run([node, HERE / "compile.mjs", core, listing.name], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the wheels could not be compiled under node:\n{done.stdout}{done.stderr}")


def tagged(wheel):
    """Renames a wheel so that its name changes with its content, lest a browser keep an old one; returns the new path."""
    name, version, tags = wheel.name.split("-", 2)
    return wheel.rename(wheel.with_name(f"{name}-{version}-0{sha256(wheel)[:12]}-{tags}"))


def lock_file(official, folder, served):
    """Pyodide's lock file for what lies in `folder`: the official entries, with name and sha256 of what is served,
    without what is not served; and an entry for each artefact the official list lacks."""
    ours = {a.file: a for a in artefacts() if a.imports}
    listed = {a.file for a in artefacts()} - set(ours)
    packages = {}
    for key, official_entry in official["packages"].items():
        if official_entry["file_name"] in listed:
            path = folder / served.get(official_entry["file_name"], official_entry["file_name"])
            packages[key] = official_entry | {"file_name": path.name, "sha256": sha256(path), "unvendored_tests": False}
    packages |= {
        a.project: entry(folder / served[a.file], a.project, a.version, a.imports, a.depends) for a in ours.values()
    }
    names = {name.replace("_", "-").lower() for name in packages}
    for package in packages.values():
        package["depends"] = [name for name in package["depends"] if name.replace("_", "-").lower() in names]
    return {"info": official["info"], "packages": packages}


def entry(wheel, name, version, imports, depends):
    """The lock file's entry for a wheel."""
    return {
        "name": name, "version": version, "file_name": wheel.name, "install_dir": "site", "sha256": sha256(wheel),
        "package_type": "package", "imports": list(imports), "depends": list(depends), "unvendored_tests": False,
    }  # fmt: skip


def _serve_package(core, target, digest):
    """Puts the wheel of `w2v` into the folder and into its lock file."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", scratch]
        subprocess.run(command, cwd=BOOK, check=True, capture_output=True, text=True)
        plain = next(Path(scratch).glob("*.whl"))
        name, version, _ = plain.name.split("-", 2)
        compiled = plain.with_name("compiled") / plain.name
        compiled.parent.mkdir()
        compile_wheels(core, [(plain, compiled)], keep_sources=True)
        for old in target.glob(f"{name}-*.whl"):
            old.unlink()
        served = tagged(Path(shutil.move(compiled, target)))
    lock = json.loads((target / LOCK).read_text("utf-8"))
    lock["packages"][name] = entry(served, name, version, [name], [])
    _write(target / LOCK, lock)
    _write(
        target / ".made-from.json", json.loads((target / ".made-from.json").read_text("utf-8")) | {"package": digest}
    )


def verify(folder):
    """Raises BadArtefact, naming the file, unless every file that `folder` should serve is there and unchanged."""
    for artefact in artefacts(LIST):
        if not artefact.file.endswith(".whl") and artefact.file != LOCK:
            require(folder / artefact.file, artefact.sha256)
    for package in json.loads((folder / LOCK).read_text("utf-8"))["packages"].values():
        require(folder / package["file_name"], package["sha256"])
