"""From words to numbers: vocabulary, windows, noise; whole texts encoded, cached and cut into shards.

A short text stays a list: `build_vocabulary`, `encode`, `window_pairs`. A long one is an EncodedCorpus, made by
`load_text` from files of the reader's own, or by `load_real_text` from four million words of English.
"""

from w2v.corpus.encoded import EncodedCorpus, encode_sentences
from w2v.corpus.load import load_text
from w2v.corpus.noise import draw_negatives, noise_distribution
from w2v.corpus.real_text import RealTextMissing, load_real_text, real_text_or_tiny_world, source_notices
from w2v.corpus.shards import DamagedCorpus, read_manifest, read_shard, write_shards
from w2v.corpus.vocabulary import Vocabulary, build_vocabulary, encode
from w2v.corpus.windows import context_windows, window_pairs

__all__ = [
    "DamagedCorpus",
    "EncodedCorpus",
    "RealTextMissing",
    "Vocabulary",
    "build_vocabulary",
    "context_windows",
    "draw_negatives",
    "encode",
    "encode_sentences",
    "load_real_text",
    "load_text",
    "noise_distribution",
    "read_manifest",
    "read_shard",
    "real_text_or_tiny_world",
    "source_notices",
    "window_pairs",
    "write_shards",
]
