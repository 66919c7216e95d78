"""Text, and the words and sentences in it: the reader's files, the sources of real English, and a tiny world with a grammar of its own.

From here on everything is lists of words; `w2v.corpus` turns them into numbers.
"""

from w2v.text import tiny_world
from w2v.text.files import text_files
from w2v.text.sources import SOURCES, Source
from w2v.text.words import split_sentences, tokenize, tokenize_codes

__all__ = ["SOURCES", "Source", "split_sentences", "text_files", "tiny_world", "tokenize", "tokenize_codes"]
