"""Encoded corpora kept on disk: one folder for each content, setting and version of the code that encodes.

The folder of all is $W2V_CACHE, or `w2v` in the user's cache folder; it may be deleted at any time.
"""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from w2v.corpus.shards import BLOCK, DamagedCorpus, read_shard, write_shards

CODE = (
    "text/words",
    "corpus/vocabulary",
    "corpus/encoded",
    "corpus/lossy",
    "corpus/numbered",
    "corpus/shards",
    "text/files",
    "corpus/load",
    "corpus/real_text",
    "text/sources",
)  # what decides the result


def cache_folder():
    """$W2V_CACHE, else w2v in $XDG_CACHE_HOME, else ~/.cache/w2v."""
    if named := os.environ.get("W2V_CACHE"):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "w2v"


def cached_corpus(files, settings, build, cache=True):
    """The EncodedCorpus that `build(scratch)` makes of `files`, kept in the cache under their content and the `settings`.

    A damaged entry is built again, with a line that says so. Where the cache folder cannot be written, or its
    disk is full, a line says so, too, and the corpus stays in memory. With `cache` False nothing is written.
    """
    if not cache:
        return build(None)
    entry = cache_folder() / key(files, settings)
    try:
        return read_shard(entry, 0, mmap=True)
    except FileNotFoundError:
        pass
    except DamagedCorpus as error:
        print(f"The stored corpus is damaged and is built again: {error}")
    shutil.rmtree(entry, ignore_errors=True)
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".building-", dir=entry.parent) as folder:
            return _stored(entry, build(folder), Path(folder) / "corpus")
    except OSError as error:
        print(f"The corpus cannot be stored, and stays in memory: {error}")
    return build(None)


def key(files, settings):
    """A hexadecimal digest of the files' contents, the settings and the code that encodes."""
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    code = (Path(__file__).parents[1] / f"{name}.py" for name in CODE)
    for path in (*code, *files):
        digest.update(path.stat().st_size.to_bytes(8, "little"))
        with open(path, "rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    return digest.hexdigest()[:32]


def _stored(entry, corpus, beside):
    """Writes `corpus` to the folder `beside`, moves that to its place `entry` and reads it back."""
    write_shards(corpus, beside, 1)
    try:
        os.rename(beside, entry)
    except OSError:  # another process was faster, and made the same
        if not (entry / "manifest.json").is_file():
            raise
    return read_shard(entry, 0, mmap=True)
