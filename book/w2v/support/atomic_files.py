"""Files that are either whole or not there: written beside their place, then moved into it."""

import glob
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import BinaryIO

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # on Windows, where an open file cannot be removed and needs no lock
    LOCK_EX = LOCK_NB = 0  # type: ignore[misc]
    flock = lambda file, kind: None


@contextmanager
def atomic_write(path: str | PathLike[str]) -> Iterator[BinaryIO]:
    """A binary file to write and read, which takes the name `path` when the block ends well; else `path` stays as it was.

    Beside `path` nothing stays, and what a killed process left there is removed. Raises NotADirectoryError or FileNotFoundError if the folder of `path` does not exist.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with atomic_write(pathlib.Path(folder, "numbers")) as file:
    ...         _ = file.write(b"1 2 3")
    ...     print(pathlib.Path(folder, "numbers").read_bytes())
    b'1 2 3'
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise FileNotFoundError(f"path: expected an existing folder for {path.name}, got {path.parent}")
    _remove_left_overs(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            with suppress(OSError):  # a file system without locks, as in a browser: then left-overs stay
                flock(file, LOCK_EX)
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o600 | (0o666 & ~_umask()))  # a browser's umask claims to forbid even the owner
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_left_overs(path):
    """Removes the parts of `path` that nobody is writing: their writers were killed, and took their locks with them."""
    for part in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        try:
            with open(part, "rb") as file:
                flock(file, LOCK_EX | LOCK_NB)
            part.unlink()
        except OSError:  # another process is writing it, or has just removed it
            continue


def _umask():
    """The process's umask, which can be read only by setting it; mkstemp's files are private, a written file is not."""
    current = os.umask(0)
    os.umask(current)
    return current
