"""What the browser has to load before it can check a derivation or run a cell, and how big it is."""

import base64
import gzip
import hashlib
import json

CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
IN_A_CELL = ("numpy",)


def manifest(folder):
    """{version, wheel, integrity, check: {files, bytes, gzip}, cell: ...} of a folder with Pyodide; {} without one."""
    if not (folder / "pyodide-lock.json").is_file():
        return {}
    packages = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))["packages"]
    wheel = packages["w2v"]["file_name"]
    check = [*CORE, wheel]
    cell = [*check, *sorted({packages[name]["file_name"] for name in _needed(packages, IN_A_CELL)})]
    contents = {name: (folder / name).read_bytes() for name in cell if (folder / name).is_file()}
    missing = [name for name in cell if name not in contents]
    if missing:
        raise FileNotFoundError(f"{folder}: expected {', '.join(missing)} beside pyodide-lock.json")
    version = hashlib.sha256(b"".join(hashlib.sha256(contents[name]).digest() for name in check)).hexdigest()[:12]
    integrity = "sha256-" + base64.b64encode(hashlib.sha256(contents[wheel]).digest()).decode()
    sizes = {name: (len(data), min(len(data), len(gzip.compress(data, 6)))) for name, data in contents.items()}
    total = lambda files: {
        "files": files,
        "bytes": sum(sizes[f][0] for f in files),
        "gzip": sum(sizes[f][1] for f in files),
    }
    return {"version": version, "wheel": wheel, "integrity": integrity, "check": total(check), "cell": total(cell)}


def _needed(packages, names):
    """The packages of `names` that the lock has, with all they depend on."""
    found, left = set(), [name for name in names if name in packages]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += packages[name]["depends"]
    return found
