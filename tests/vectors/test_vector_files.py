"""Files of word vectors: there and back here and through gensim, and every way in which a file can be wrong."""

import gzip
import re
import struct

import numpy as np
import pytest
from gensim.models import KeyedVectors
from hypothesis import given, settings
from hypothesis import strategies as st

from mutation import mutant
from w2v.vectors import files, rows
from w2v.vectors.files import load_vectors, save_vectors

WORDS = ("the", "naïve", "isn't", "猫", "milk")
VECTORS = np.array(
    [[0.1, -2.5, 3e-30], [1 / 3, 7, -0.0625], [1e30, -1e-3, 5], [2.5, 0.7, -8], [-1, 4, 1e-9]], dtype=np.float32
)
some_words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=9).filter(rows.is_word)


@pytest.mark.parametrize("binary", [False, True])
@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_there_and_back(tmp_path_factory, binary, data):
    words = data.draw(st.lists(some_words, min_size=1, max_size=6, unique=True))
    numbers = st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=4, max_size=4)
    vectors = np.array([data.draw(numbers) for _ in words], dtype=np.float32)
    path = tmp_path_factory.getbasetemp() / f"there-{binary}"
    save_vectors(path, words, vectors, binary)
    again, table = load_vectors(path, binary)
    assert again == tuple(words) and table.dtype == np.float32 and table.tobytes() == vectors.tobytes()


@pytest.mark.parametrize("binary", [False, True])
def test_the_format_is_found_out(tmp_path, binary):
    save_vectors(tmp_path / "v", WORDS, VECTORS, binary)
    words, vectors = load_vectors(tmp_path / "v")
    assert words == WORDS and np.array_equal(vectors, VECTORS)


@pytest.mark.parametrize("number", [0.0, 1.0, -1.0, 1e-3, 3.14159, np.float32(struct.unpack("<f", b"\n1 2")[0])])
def test_the_format_is_found_out_where_bytes_look_like_lines(tmp_path, number):
    for binary in (False, True):
        save_vectors(tmp_path / "v", ["a", "b"], [[number, 0.7, -3], [2.5, number, 0.123]], binary)
        assert np.array_equal(
            load_vectors(tmp_path / "v")[1], np.array([[number, 0.7, -3], [2.5, number, 0.123]], np.float32)
        )


# ---- gensim ----


@pytest.mark.parametrize("binary", [False, True])
def test_gensim_reads_our_files(tmp_path, binary):
    save_vectors(tmp_path / "v", WORDS, VECTORS, binary)
    theirs = KeyedVectors.load_word2vec_format(tmp_path / "v", binary=binary)
    assert theirs.index_to_key == list(WORDS) and np.array_equal(theirs.vectors, VECTORS)


@pytest.mark.parametrize("binary", [False, True])
@pytest.mark.parametrize("given", [None, "said"])
def test_we_read_gensims_files(tmp_path, binary, given):
    theirs = KeyedVectors(VECTORS.shape[1])
    theirs.add_vectors(list(WORDS), VECTORS)
    theirs.save_word2vec_format(tmp_path / "v", binary=binary)
    words, vectors = load_vectors(tmp_path / "v", binary if given else None)
    assert words == WORDS and np.array_equal(vectors, VECTORS)


@pytest.mark.parametrize("binary", [False, True])
def test_there_and_back_through_gensim(tmp_path, binary):
    save_vectors(tmp_path / "ours", WORDS, VECTORS, binary)
    KeyedVectors.load_word2vec_format(tmp_path / "ours", binary=binary).save_word2vec_format(
        tmp_path / "theirs", binary=binary
    )
    words, vectors = load_vectors(tmp_path / "theirs")
    assert words == WORDS and np.array_equal(vectors, VECTORS)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ('NUMBER = b"%.9g"', 'NUMBER = b"%.7g"'),
        ('"<f4"', '">f4"'),
        ('astype("<f4")', 'astype("<f8")'),
        ("% table.shape", "% table.shape[::-1]"),
    ],
)
def test_a_file_that_gensim_reads_otherwise_is_noticed(tmp_path, right, wrong):
    changed = mutant(files, right, wrong)
    seen = []
    for binary in (False, True):
        changed.save_vectors(tmp_path / "v", WORDS, VECTORS, binary)
        try:
            seen.append(
                np.array_equal(KeyedVectors.load_word2vec_format(tmp_path / "v", binary=binary).vectors, VECTORS)
            )
        except Exception:
            seen.append(False)
    assert not all(seen)


# ---- other people's files ----


@pytest.mark.parametrize("binary", [False, True])
def test_a_compressed_file(tmp_path, binary):
    save_vectors(tmp_path / "v.gz", WORDS, VECTORS, binary)
    save_vectors(tmp_path / "v", WORDS, VECTORS, binary)
    assert gzip.decompress((tmp_path / "v.gz").read_bytes()) == (tmp_path / "v").read_bytes()
    words, vectors = load_vectors(tmp_path / "v.gz")
    assert words == WORDS and np.array_equal(vectors, VECTORS)


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n \r\n"])
@pytest.mark.parametrize("first", ["2 3\n", ""], ids=["word2vec", "GloVe"])
def test_a_blank_last_line_and_a_file_without_a_header(tmp_path, first, end):
    (tmp_path / "v").write_text(f"{first}the 1 2 3\ncat 4 5 6{end}", newline="")
    words, vectors = load_vectors(tmp_path / "v", header=bool(first))
    assert words == ("the", "cat") and vectors.tolist() == [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize("binary", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 5, 99])
def test_a_limit_reads_the_first_words(tmp_path, binary, limit):
    save_vectors(tmp_path / "v", WORDS, VECTORS, binary)
    words, vectors = load_vectors(tmp_path / "v", limit=limit)
    assert words == WORDS[:limit] and np.array_equal(vectors, VECTORS[:limit])


@pytest.mark.parametrize("errors, word", [("replace", "caf\ufffd"), ("ignore", "caf")])
def test_letters_that_are_no_utf8_are_read_if_one_asks(tmp_path, errors, word):
    for content in (b"1 3\ncaf\xe9 0.5 -1.5 0.25\n", b"1 3\ncaf\xe9 " + FLOATS):
        (tmp_path / "v").write_bytes(content)
        words, vectors = load_vectors(tmp_path / "v", unicode_errors=errors)
        assert words == (word,) and vectors.tolist() == [[0.5, -1.5, 0.25]]
        with pytest.raises(ValueError, match='UTF-8, .*unicode_errors="replace" reads it'):
            load_vectors(tmp_path / "v")


@pytest.mark.parametrize(
    "options, message",
    [
        (dict(header=False), "line 1: expected a word and its numbers, got 'the'"),
        (dict(), "is read with header=False"),
        (dict(header=False, binary=True), "header: expected True for a binary file"),
        (dict(limit=0), "limit: expected an int of at least 1, got 0"),
        (dict(unicode_errors="skip"), "unicode_errors: expected 'strict', 'replace' or 'ignore', got 'skip'"),
    ],
)
def test_wrong_options(tmp_path, options, message):
    (tmp_path / "v").write_text("the\ncat 1 2\n")
    with pytest.raises(ValueError, match=message):
        load_vectors(tmp_path / "v", **options)


# ---- errors by example ----

FLOATS = struct.pack("<3f", 0.5, -1.5, 0.25)
NAN = struct.pack("<3f", 0.5, float("nan"), 0.25)
BAD_TEXT = [
    ("", r"line 1: expected two numbers above 0, vocabulary and dimensions, got ''"),
    ("the 1 2 3\n", "line 1: expected two numbers above 0, vocabulary and dimensions, got 'the 1 2 3"),
    ("2\nthe 1 2 3\n", "line 1: expected two numbers"),
    ("0 3\n", "line 1: expected two numbers above 0"),
    ("2 -3\n", "line 1: expected two numbers above 0"),
    ("²0 3\n", "line 1: expected two numbers above 0"),
    ("1 3", "line 1: expected two numbers above 0"),
    ("2 3\nthe 1 2 3\n", "byte 14: expected 2 words, as line 1 says, got the end after 1"),
    ("2 3\n", "byte 4: expected 2 words, as line 1 says, got the end after 0"),
    ("1 3\nthe 1 2 3\ncat 1 2 3\n", "line 3: expected the end after 1 words, as line 1 says, got 'cat 1 2 3"),
    ("2 3\nthe 1 2 3\ncat 1 2\n", "line 3: expected a word and 3 numbers, got 2 fields after the first$"),
    (
        "2 3\nthe 1 2 3\nhot dog 1 2 3\n",
        "line 3: expected a word and 3 numbers, got 4 fields .* a word must not have a space in it",
    ),
    ("2 3\nthe 1 2 3\n\ncat 1 2 3\n", "line 3: expected a word and 3 numbers, got 0 fields after the first"),
    ("2 3\nthe 1 2 3\nthe 4 5 6\n", "line 3: expected every word once, got 'the' again, after line 2"),
    ("2 3\nthe 1 2 3\ncat 1 nan 3\n", "line 3: expected finite numbers, got nan as number 2 of 'cat'"),
    ("2 3\nthe 1 2 -inf\ncat 1 2 3\n", "line 2: expected finite numbers, got -inf as number 3 of 'the'"),
    ("2 3\nthe 1 2 3\ncat 1 2 1e39\n", "line 3: expected finite numbers, got inf as number 3 of 'cat'"),
    ("2 3\nthe 1 x 3\ncat 1 2 3\n", "line 2: expected numbers, got 'x'"),
    ("2 3\nthe 1 2 3\n\tcat 1 2 3\n", r"line 3: expected a word without white space, got '\\tcat'"),
    (b"2 3\nthe 1 2 3\ncaf\xe9 1 2 3\n", r"line 3: expected a word in UTF-8, got 'caf\\\\xe9'"),
    ("1000000000000 300\nthe 1 2 3\n", "line 2: expected a word and 300 numbers, got 3 fields"),
]
BAD_BINARY = [
    (b"2 3\nthe " + FLOATS, "byte 20: expected 2 words, as line 1 says, got the end after 1"),
    (
        b"2 3\nthe " + FLOATS + b"\ncat " + FLOATS[:-1],
        "byte 36: expected 3 numbers of 4 bytes for '(.n)?cat', got the end after 11 bytes",
    ),
    (b"2 3\nthe " + FLOATS + b"\nca", r"byte 20: expected a word and a space, got '\\nca'"),
    (b"1 3\nthe " + FLOATS + b"\ncat " + FLOATS, "expected the end after 1 words, as line 1 says, got more"),
    (b"2 3\nthe " + FLOATS + b"\nthe " + FLOATS, "byte 20: expected every word once, got 'the' again, after byte 4"),
    (b"2 3\nthe " + FLOATS + b"\ncat " + NAN, "byte 20: expected finite numbers, got nan as number 2 of 'cat'"),
    (b"2 3\nthe " + FLOATS + b"\ncaf\xe9 " + FLOATS, r"byte 20: expected a word in UTF-8, got 'caf\\\\xe9'"),
    (b"2 3\nthe " + FLOATS + b"\na\tb " + FLOATS, r"byte 20: expected a word without white space, got 'a\\tb'"),
    (b"2 3\n" + b"\x80" * 9000, "byte 4: expected a word and a space, got"),
    (b"1000000000000 3\nthe " + FLOATS, "got the end after 1"),
]


@pytest.mark.parametrize("content, message", BAD_TEXT + BAD_BINARY, ids=range(len(BAD_TEXT + BAD_BINARY)))
def test_a_wrong_file_is_refused_with_its_place(tmp_path, content, message):
    path = tmp_path / "v"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=message) as error:
        load_vectors(path)
    assert str(error.value).startswith(str(path))


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("if len(table.places) == count:", "if False:"),
        ("if word in self.places:", "if False:"),
        ("if not np.isfinite(numbers).all():", "if False:"),
        ("if count is not None and found != (count", "if False and (count"),
        ("if not is_word(word):", "if False:"),
        ('rest := file.read(2).strip(b"\\n")', "rest := b''"),
        ("1 if count is None else 2):", "1):"),
    ],
)
def test_a_reader_that_lets_something_pass_is_noticed(tmp_path, monkeypatch, right, wrong):
    changed = mutant(rows, right, wrong)
    monkeypatch.setattr(files, "read_text", changed.read_text)
    monkeypatch.setattr(files, "read_binary", changed.read_binary)
    noticed = 0
    for content, message in BAD_TEXT + BAD_BINARY:
        (tmp_path / "v").write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            load_vectors(tmp_path / "v")
            noticed += 1
        except ValueError as error:
            noticed += re.search(message, str(error)) is None
    assert noticed


@pytest.mark.parametrize("binary", [False, True])
def test_every_truncation_is_noticed(tmp_path, binary):
    """Only the last line feed can be cut off, and in text the last digits of the last number."""
    path = tmp_path / "v"
    save_vectors(path, WORDS, VECTORS, binary)
    content = path.read_bytes()
    harmless = 1 if binary else len(content) - content.rindex(b" ") - 1
    for size in range(len(content) - harmless):
        path.write_bytes(content[:size])
        with pytest.raises(ValueError, match="expected"):
            load_vectors(path, binary)


@pytest.mark.parametrize(
    "words, vectors, error, message",
    [
        (["a", "b"], [[1, 2, 3]], ValueError, "vectors: expected one row for each of the 2 words, got 1 rows"),
        (["a", "a"], [[1, 2], [3, 4]], ValueError, "words: expected every word once, got 'a' at 0 and at 1"),
        (
            ["a", "hot dog"],
            [[1, 2], [3, 4]],
            ValueError,
            "words: expected words without white space, got 'hot dog' at 1",
        ),
        (["", "a"], [[1, 2], [3, 4]], ValueError, "words: expected words without white space, got '' at 0"),
        (["a", 7], [[1, 2], [3, 4]], ValueError, "words: expected words without white space, got 7 at 1"),
        (["a", "\ud800"], [[1, 2], [3, 4]], ValueError, r"words: expected words .*, got '\\ud800' at 1"),
        ("ab", [[1, 2], [3, 4]], TypeError, "words: expected a list of words, got a single string"),
        (["a", "b"], [[1, 2], [float("nan"), 4]], ValueError, r"vectors: expected finite numbers, got nan at \[1, 0\]"),
        (
            ["a", "b"],
            [[1, 2], [3, 1e39]],
            ValueError,
            r"vectors, as float32: expected finite numbers, got inf at \[1, 1\]",
        ),
        (["a", "b"], [1, 2], ValueError, "vectors: expected a matrix with one word per row"),
    ],
)
def test_wrong_vectors_are_not_written(tmp_path, words, vectors, error, message):
    (tmp_path / "v").write_text("old")
    with pytest.raises(error, match=message):
        save_vectors(tmp_path / "v", words, vectors)
    assert (tmp_path / "v").read_text() == "old" and len(list(tmp_path.iterdir())) == 1


def test_wrong_paths(tmp_path):
    with pytest.raises(
        FileNotFoundError, match="path: expected a file of word vectors, got .*none', which is not there"
    ):
        load_vectors(tmp_path / "none")
    with pytest.raises(FileNotFoundError, match="which is a folder"):
        load_vectors(tmp_path)
    with pytest.raises(FileNotFoundError, match="path: expected an existing folder for v, got .*none"):
        save_vectors(tmp_path / "none" / "v", WORDS, VECTORS)
