"""A digest of everything the site is made from: python book/_ext/sources.py prints it.

`make book` leaves it in _build/sources once the site is built; the tests take that site if the digest still holds.
"""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = {"node_modules", "__pycache__"}  # and what begins with a dot: the caches of tools


def files(top):
    """The files below a folder that nobody made from others, in a fixed order."""
    for folder, inner, names in os.walk(top):
        inner[:] = sorted(name for name in set(inner) - MADE if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names) if not name.endswith(".ipynb"))


def digest(*more, live=True, pages=True):
    """The digest, of the folders `more` as well; `live` is whether the site has its live part, `pages` whether their text counts."""
    found = hashlib.sha256(b"with live part" if live else b"")
    top = [path for name in ("_config.yml", "_toc.yml", "requirements.txt") if (path := ROOT / name).is_file()]
    for path in [*top, *(path for folder in (ROOT / "book", *more) for path in files(folder))]:
        if not pages and path.parent == ROOT / "book" and path.suffix == ".md":
            continue
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


if __name__ == "__main__":
    print(digest(live=os.environ.get("LIVE") != "no"))
