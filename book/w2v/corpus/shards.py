"""An encoded corpus on disk, in one piece or in shards that workers read one at a time.

A folder holds `vocabulary.json`, for each shard an array of tokens and one of offsets as .npy files, and
`manifest.json` with the sizes and a checksum for each of them. The manifest is written last: a folder
that has one is whole.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from os import PathLike
from pathlib import Path

import numpy as np

from w2v.corpus.encoded import EncodedCorpus
from w2v.corpus.vocabulary import vocabulary_in_order
from w2v.support import validate
from w2v.support.atomic_files import atomic_write

FORMAT = 1
BLOCK = 1 << 20  # bytes read at a time


class DamagedCorpus(ValueError):
    """A file of a stored corpus is missing or is not what was written.

    >>> issubclass(DamagedCorpus, ValueError)
    True
    """


@dataclass(frozen=True)
class Shard:
    """One shard: its number of sentences and of tokens, and the SHA-256 of its two files."""

    sentences: int
    tokens: int
    tokens_checksum: str
    offsets_checksum: str


@dataclass(frozen=True)
class Manifest:
    """What a folder of shards holds; `words` is the size of the vocabulary."""

    name: str
    words: int
    vocabulary_checksum: str
    shards: tuple

    @property
    def tokens(self) -> int:
        """The words of all shards."""
        return sum(shard.tokens for shard in self.shards)

    @property
    def checksum(self) -> str:
        """A hexadecimal digest of the vocabulary and of every shard, in their order."""
        parts = (self.vocabulary_checksum, *(s.tokens_checksum + s.offsets_checksum for s in self.shards))
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def write_shards(corpus: EncodedCorpus, folder: str | PathLike[str], count: int) -> Manifest:
    """Writes `corpus` to `folder` in `count` shards of consecutive sentences and about equally many words; returns the Manifest.

    Raises ValueError if there are fewer sentences than shards.

    >>> import tempfile
    >>> corpus = encode_sentences([["the", "cat"], ["the", "dog"]], minimum_count=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(len(write_shards(corpus, folder, count=2).shards))
    2
    """
    count, folder = validate.integer("count", count, least=1), Path(folder)
    if count > len(corpus):
        raise ValueError(f"count: expected at most one shard for each of the {len(corpus)} sentences, got {count}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").unlink(missing_ok=True)
    vocabulary = {"words": corpus.vocabulary.words, "counts": corpus.vocabulary.counts.tolist()}
    checksum = _written(folder / "vocabulary.json", json.dumps(vocabulary).encode())
    borders = shard_borders(corpus.offsets, count)
    shards = tuple(_write_shard(corpus, folder, i, *borders[i : i + 2]) for i in range(count))
    manifest = Manifest(corpus.name, len(corpus.vocabulary), checksum, shards)
    _written(folder / "manifest.json", json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1).encode())
    return manifest


def shard_borders(offsets, count):
    """The sentences at which `count` shards begin, and the end: shape (count + 1,); none is empty, the words about equal."""
    sentences = len(offsets) - 1
    borders = np.searchsorted(offsets, np.ceil(np.linspace(0, offsets[-1], count + 1)).astype(offsets.dtype))
    borders = np.maximum.accumulate(borders - np.arange(count + 1)) + np.arange(count + 1)
    return np.minimum(borders, sentences - np.arange(count, -1, -1))


def _write_shard(corpus, folder, i, first, last):
    offsets = corpus.offsets[first : last + 1]
    tokens = corpus.tokens[offsets[0] : offsets[-1]]
    paths = _shard_paths(folder, i)
    sums = [_saved(path, part) for path, part in zip(paths, (tokens, offsets - offsets[0] if first else offsets))]
    return Shard(int(last - first), len(tokens), *sums)


def _shard_paths(folder, i):
    return folder / f"shard-{i:05}.tokens.npy", folder / f"shard-{i:05}.offsets.npy"


def _saved(path, numbers):
    with atomic_write(path) as file:
        np.save(file, numbers)
    return _file_checksum(path)


def _written(path, content):
    with atomic_write(path) as file:
        file.write(content)
    return hashlib.sha256(content).hexdigest()


def _file_checksum(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def read_manifest(folder: str | PathLike[str]) -> Manifest:
    """The Manifest of a folder that `write_shards` wrote; FileNotFoundError without one, DamagedCorpus if it is unreadable.

    >>> import tempfile
    >>> corpus = encode_sentences([["the", "cat"], ["the", "dog"]], minimum_count=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_shards(corpus, folder, count=2)
    ...     print(read_manifest(folder).words, [shard.tokens for shard in read_manifest(folder).shards])
    3 [2, 2]
    """
    path = Path(folder) / "manifest.json"
    if not path.is_file():
        raise FileNotFoundError(f"folder: expected a folder of shards with a manifest.json, got {folder}")
    try:
        fields = json.loads(path.read_bytes())
        if fields.pop("format") != FORMAT:
            raise ValueError("another format")
        return Manifest(**{**fields, "shards": tuple(Shard(**shard) for shard in fields["shards"])})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedCorpus(f"{path}: expected a manifest of format {FORMAT}, got something else ({error})") from None


def read_vocabulary(folder):
    """The Vocabulary of the whole corpus, in a folder that `write_shards` wrote."""
    path = Path(folder) / "vocabulary.json"
    _verify(path, read_manifest(folder).vocabulary_checksum)
    return vocabulary_in_order(**json.loads(path.read_bytes()))


def read_shard(folder: str | PathLike[str], i: int, mmap: bool = False, verify: bool = True) -> EncodedCorpus:
    """Shard `i` of a folder as an EncodedCorpus with the vocabulary of the whole corpus; its arrays mapped with `mmap`.

    Raises DamagedCorpus if a file is missing or, with `verify`, is not the one that was written.

    >>> import tempfile
    >>> corpus = encode_sentences([["the", "cat"], ["the", "dog"]], minimum_count=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_shards(corpus, folder, count=2)
    ...     print(read_shard(folder, 1))
    EncodedCorpus('text': 2 words in 1 sentences, vocabulary 3)
    """
    manifest = read_manifest(folder)
    tokens, offsets = shard_arrays(folder, manifest, i, mmap, verify)
    return EncodedCorpus(read_vocabulary(folder), tokens, offsets, manifest.name)


def shard_arrays(folder, manifest, i, mmap, verify=True):
    """(tokens, offsets) of `read_shard`, without the vocabulary; `manifest` is that of the folder."""
    i = validate.word("i", i, len(manifest.shards))
    shard, paths = manifest.shards[i], _shard_paths(Path(folder), i)
    for path, checksum in zip(paths, (shard.tokens_checksum, shard.offsets_checksum)):
        _verify(path, checksum if verify else None)
    tokens, offsets = (np.load(path, mmap_mode="r" if mmap else None) for path in paths)
    tokens.flags.writeable = offsets.flags.writeable = False
    return tokens, offsets


def _verify(path, checksum):
    if not path.is_file():
        raise DamagedCorpus(f"{path}: expected a file of the corpus, got none")
    if checksum is not None and _file_checksum(path) != checksum:
        raise DamagedCorpus(f"{path}: expected the file that was written, got one with another checksum")
