"""Files that are either whole or not there: written beside their place, then moved into it."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_write(path):
    """A binary file to write to, which takes the name `path` when the block ends well; else `path` stays as it was.

    Raises NotADirectoryError or FileNotFoundError if the folder of `path` does not exist.
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise FileNotFoundError(f"path: expected an existing folder for {path.name}, got {path.parent}")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o600 | (0o666 & ~_umask()))  # a browser's umask claims to forbid even the owner
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask():
    """The process's umask, which can be read only by setting it; mkstemp's files are private, a written file is not."""
    current = os.umask(0)
    os.umask(current)
    return current
