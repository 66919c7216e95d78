"""The reader's own text as a corpus."""

from pathlib import Path

from w2v.corpus.cache import cached_corpus
from w2v.corpus.encoded import encode_sentences
from w2v.support.progress import progress_bar
from w2v.text.files import sentences_of_file, text_files


def load_text(path, minimum_count=5, seed=1, cache=True, progress=None):
    """The EncodedCorpus of a UTF-8 text file, of all text files in a folder and below it, or of a list of both.

    Words are those of `w2v.text.tokenize`, ’ read as '; sentences are shuffled with `seed`. With `cache`
    the result is kept on disk and found again as long as the content is the same. Raises
    FileNotFoundError where there is no file, ValueError at an empty or binary file or a byte that is not UTF-8.
    """
    files = text_files(path)
    name = files[0].name if len(files) == 1 else f"{len(files)} files of {Path(files[0]).parent.name or 'text'}"

    def build(scratch):
        with progress_bar(sum(file.stat().st_size for file in files), "B", f"reading {name}", progress) as bar:
            sentences = (words for file in files for words in sentences_of_file(file, bar.update))
            return encode_sentences(sentences, minimum_count, seed, name, scratch)

    return cached_corpus(files, {"minimum_count": minimum_count, "seed": seed, "name": name}, build, cache)
