"""A run on disk: written whole or not at all, checked when it is read, and refused for any other run.

The file is a line that names the format, a line with the SHA-256 of the rest, and a NumPy archive.
"""

import io
import json
from hashlib import sha256
from pathlib import Path

import numpy as np

from w2v.support.atomic_files import atomic_write

FORMAT = b"w2v checkpoint 1\n"
DIGEST = 2 * sha256().digest_size


class CheckpointError(ValueError):
    """A checkpoint that cannot be continued: damaged, no checkpoint at all, or of another run."""


def save_checkpoint(path, arrays, run):
    """Writes `arrays` {name: array} and the description `run` {name: JSON value} to `path`, atomically."""
    content = io.BytesIO()
    np.savez(content, run=np.array(json.dumps(run, sort_keys=True)), **arrays)
    with atomic_write(path) as file:
        file.write(FORMAT + sha256(content.getbuffer()).hexdigest().encode() + b"\n")
        file.write(content.getbuffer())


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
    content = path.read_bytes()
    if not content.startswith(FORMAT):
        raise CheckpointError(
            f"checkpoint: expected a file that begins with {FORMAT.decode().strip()!r}, got {path}, which does not"
        )
    start = len(FORMAT) + DIGEST + 1
    if sha256(content[start:]).hexdigest().encode() + b"\n" != content[len(FORMAT) : start]:
        raise CheckpointError(
            f"checkpoint: expected the content that was written, got a damaged file {path}; delete it to start anew"
        )
    with np.load(io.BytesIO(content[start:]), allow_pickle=False) as archive:
        return dict(archive)
