"""A run on disk: written whole or not at all, checked when it is read, and refused for any other run.

The file is a line that names the format, a line with the SHA-256 of the rest, and a NumPy archive. It is
written and read piece by piece, so that memory holds the tables once.
"""

import json
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from w2v.support.atomic_files import atomic_write

FORMAT = b"w2v checkpoint 1\n"
DIGEST = 2 * sha256().digest_size
START = len(FORMAT) + DIGEST + 1  # of the archive
BLOCK = 1 << 20  # bytes hashed at a time


class CheckpointError(ValueError):
    """A checkpoint that cannot be continued: damaged, no checkpoint at all, or of another run.

    >>> issubclass(CheckpointError, ValueError)
    True
    """


def save_checkpoint(path, arrays, run):
    """Writes `arrays` {name: array} and the description `run` {name: JSON value} to `path`, atomically."""
    described = np.array(json.dumps(run, sort_keys=True))
    with atomic_write(path) as file:
        file.write(FORMAT + b"0" * DIGEST + b"\n")
        np.savez(file, run=described, **arrays)
        digest = _digest(file)
        file.seek(len(FORMAT))
        file.write(digest)


def load_checkpoint(path, run):
    """The arrays {name: array} saved for the same `run`; CheckpointError otherwise."""
    arrays = _read(Path(path))
    saved = json.loads(str(arrays.pop("run")))
    for name in sorted({*saved, *run}):
        if saved.get(name) != run.get(name):
            raise CheckpointError(
                f"checkpoint: expected one of a run with {name} {run.get(name)!r}, got one with {saved.get(name)!r} in {path}; "
                "name another file, or delete this one to start anew"
            )
    return arrays


def _read(path):
    with open(path, "rb") as file:
        if file.read(len(FORMAT)) != FORMAT:
            raise CheckpointError(
                f"checkpoint: expected a file that begins with {FORMAT.decode().strip()!r}, got {path}, which does not"
            )
        if file.read(DIGEST + 1) != _digest(file) + b"\n":
            raise CheckpointError(
                f"checkpoint: expected the content that was written, got a damaged file {path}; delete it to start anew"
            )
        file.seek(START)
        try:
            with np.load(file, allow_pickle=False) as archive:
                arrays = dict(archive)
            json.loads(str(arrays["run"])).keys()
        except (ValueError, KeyError, AttributeError, TypeError, EOFError, BadZipFile) as error:
            raise not_of_a_run(path, error) from None
    return arrays


def not_of_a_run(path, error):
    """The CheckpointError for a file that is whole, and holds something else than the state of a run."""
    return CheckpointError(
        f"checkpoint: expected the state of a run, got something else in {path} ({error!r}); name another file"
    )


def _digest(file):
    """The SHA-256 of the archive in an open file, in hexadecimal digits."""
    digest = sha256()
    file.seek(START)
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest().encode()
