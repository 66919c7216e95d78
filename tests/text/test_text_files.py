"""A reader's own text: every file and folder, every wrong one, whatever its size, with the place of each fault."""

import io
import os
import random
import re
import signal
import sys
import tracemalloc
from itertools import islice
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutation import mutant
from w2v.corpus import numbered
from w2v.corpus.load import load_text
from w2v.support import pool
from w2v.support.pool import WorkersLost
from w2v.text import files, words
from w2v.text.words import WORD, split_sentences, tokenize, tokenize_codes

TEXT = "The cat drinks milk. The dog\r\ndrinks water!\n\nA naïve “café” isn’t 3.14 km away\n \nThe end by E\u0301. Zola"
SENTENCES = ["the cat drinks milk", "the dog drinks water", "a naïve café isn't km away", "the end by é zola"]


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("W2V_CACHE", str(tmp_path / "cache"))


def written(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def pieces_by(module, path):
    """The Numbered pieces of a file that `module`, files or a mutant of it, has read."""
    with patch.multiple(numbered, pieces_of_file=module.pieces_of_file, parts_of_piece=module.parts_of_piece):
        yield from numbered.numbered_file(path)


def sentences_are(module, path, expected, joined=numbered):
    with patch.multiple(joined, pieces_of_file=module.pieces_of_file, parts_of_piece=module.parts_of_piece):
        pieces = list(joined.numbered_file(path))
    found = iter([piece.words[number] for piece in pieces for number in piece.numbers])
    assert [" ".join(islice(found, length)) for piece in pieces for length in piece.lengths] == expected
    assert not list(found)


# ---- sentences ----


def test_sentences_with_blank_lines_quotes_and_numbers(tmp_path):
    sentences_are(files, written(tmp_path / "a.txt", TEXT), SENTENCES)


def test_a_byte_order_mark_is_no_letter(tmp_path):
    sentences_are(files, written(tmp_path / "a.txt", b"\xef\xbb\xbf" + TEXT.encode()), SENTENCES)


def test_a_letter_of_two_code_points_is_one_letter(tmp_path):
    sentences_are(files, written(tmp_path / "a.txt", "cafe\u0301 nai\u0308ve"), ["café naïve"])


def reading(block):
    """The module with blocks of `block` bytes; a word may still be a megabyte long."""
    return mutant(files, "file.read(BLOCK)", f"file.read({block})")


@pytest.mark.parametrize("block", [1, 2, 3, 5, 16, 64])
def test_blocks_cut_nothing_in_two(tmp_path, block):
    sentences_are(reading(block), written(tmp_path / "a.txt", TEXT), SENTENCES)


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="ab é’.!\n\r\t3", max_size=60), st.integers(1, 9))
def test_reading_in_blocks_is_splitting_the_whole(tmp_path_factory, text, block):
    path = written(tmp_path_factory.getbasetemp() / "blocks.txt", text)
    expected = [" ".join(words) for words in split_sentences(text.replace("’", "'"))]
    sentences_are(reading(block), path, expected)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("return len(parts[0]) if len(parts) == 2 else 0", "return len(text)"),
        ('.replace("’", "\'")', ""),
        ('unicodedata.normalize("NFC", text)', 'unicodedata.normalize("NFD", text)'),
    ],
)
def test_a_reader_that_cuts_joins_or_drops_is_noticed(tmp_path, right, wrong):
    changed = mutant(files, right, wrong)
    changed.open = FiveBytesAtATime
    with pytest.raises((AssertionError, ValueError)):
        sentences_are(changed, written(tmp_path / "a.txt", b"\xef\xbb\xbf" + TEXT.encode()), SENTENCES)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("lengths[0] += begun", "begun"),
        ("begun = int(lengths[-1])", "begun = 0"),
        ("np.array([begun])", "np.array([0])"),
        ("lengths[lengths > 0]", "lengths"),
    ],
)
def test_pieces_that_are_joined_wrongly_are_noticed(tmp_path, monkeypatch, right, wrong):
    monkeypatch.setattr(files, "open", FiveBytesAtATime, raising=False)
    with pytest.raises((AssertionError, IndexError)):
        sentences_are(files, written(tmp_path / "a.txt", TEXT), SENTENCES, mutant(numbered, right, wrong))


class FiveBytesAtATime(io.FileIO):
    """A file that gives at most five bytes at a time, so that a small text has many blocks."""

    def read(self, size=-1):
        return super().read(5 if size < 0 else min(size, 5))


def test_five_bytes_at_a_time_do_no_harm_themselves(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "open", FiveBytesAtATime, raising=False)
    sentences_are(files, written(tmp_path / "a.txt", b"\xef\xbb\xbf" + TEXT.encode()), SENTENCES)


def test_a_text_without_full_stops_is_cut(tmp_path):
    path = written(tmp_path / "a.txt", "one two three " * 900)
    for module in (files, reading(7)):
        lengths = [length for piece in pieces_by(module, path) for length in piece.lengths]
        assert lengths == [1000, 1000, 700] and numbered.LONGEST_SENTENCE == 1000


def peak_memory(module, path):
    """Bytes in use at the worst moment of reading the whole file, piece by piece."""
    tracemalloc.start()
    for _ in pieces_by(module, path):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("end", [b" ", b".\n"], ids=["one endless sentence", "many sentences"])
def test_a_file_of_many_blocks_is_never_in_memory(tmp_path, end):
    """Thirty blocks: one at a time takes its words at most twice; the whole file at once takes thirty times as much."""
    path = written(tmp_path / "huge.txt", (b"some words of a long text without end" + end) * 25_000)
    bound = 4 * path.stat().st_size
    assert files.BLOCK == 1 << 20 and peak_memory(reading(1 << 15), path) < bound / 3
    assert peak_memory(reading(1 << 30), path) > bound


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="aB'3_ .-é", max_size=20))
def test_the_short_way_for_ascii_finds_the_same_words(text):
    assert tokenize(text) == WORD.findall(text.lower())


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("code in range(128)", "code in range(48)"),
        ("else (found,)", "else ()"),
        ("WORD.findall(found) if", "(found,) if"),
    ],
)
def test_a_slip_in_the_short_way_is_noticed(right, wrong):
    text = "the cat's 3rd 'name' is x_y ''"
    assert tokenize(text) == WORD.findall(text) != mutant(words, right, wrong).tokenize(text)


# ---- the corpus of a text ----


def test_load_text_counts_and_shuffles(tmp_path):
    path = written(tmp_path / "a.txt", TEXT)
    corpus = load_text(path, minimum_count=2, seed=None)
    assert corpus.vocabulary.words == ("the", "drinks") and list(corpus.vocabulary.counts) == [3, 2]
    assert [list(corpus.sentence(s)) for s in range(len(corpus))] == [[0, 1], [0, 1], [0]]
    every = [load_text(path, minimum_count=1, seed=seed) for seed in range(5)]
    assert len({c.checksum for c in every}) > 1 and len({tuple(c.vocabulary.words) for c in every}) == 1


def test_a_folder_is_read_whole_and_in_order_of_names(tmp_path):
    for name, text in (
        ("b.md", "second"),
        ("a.TXT", "first"),
        ("sub/c.text", "third"),
        (".hidden/d.txt", "no"),
        ("e.png", "no"),
        ("f.txt", ""),
    ):
        written(tmp_path / "all" / name, text)
    corpus = load_text(tmp_path / "all", minimum_count=1, seed=None)
    assert [corpus.vocabulary.words[w] for w in corpus.tokens] == ["first", "second", "third"]
    again = load_text([tmp_path / "all", str(tmp_path / "all" / "b.md")], minimum_count=1, seed=None)
    assert np.array_equal(again.tokens, corpus.tokens)


def test_a_large_random_text_keeps_every_word(tmp_path):
    """300,000 words, so that several blocks are written, counted and shuffled."""
    rng = random.Random(7)
    vocabulary = ["w" + "abcdefghijklmnopqrstuvwxyz"[i % 26] * (i // 26 + 1) for i in range(200)]
    words = rng.choices(vocabulary, weights=range(1, 201), k=300_000)
    text = "".join(word + rng.choice([" ", " ", " ", ". ", "\n"]) for word in words)
    corpus = load_text(written(tmp_path / "a.txt", text), minimum_count=3)
    expected = sorted(" ".join(sentence) for sentence in split_sentences(text))
    assert (
        sorted(" ".join(corpus.vocabulary.words[w] for w in corpus.sentence(s)) for s in range(len(corpus))) == expected
    )


CODES = "covid19 is new\nmp3 in new_york! 3\n\n__A1__"


@pytest.mark.parametrize(
    "how, expected",
    [
        ({}, ["covid is new mp in new york", "a"]),
        ({"tokenize": tokenize_codes}, ["covid19 is new mp3 in new_york", "3", "a1"]),
        ({"lines": True}, ["covid is new", "mp in new york", "a"]),
        ({"lines": True, "tokenize": str.split}, ["covid19 is new", "mp3 in new_york! 3", "__A1__"]),
        ({"lines": True, "tokenize": lambda text: text.split("i")[1:]}, ["d19  s new", "n new_york! 3"]),
    ],
    ids=["words", "codes", "lines", "tokens in lines", "own"],
)
@pytest.mark.parametrize("cache", [False, True])
def test_a_text_is_cut_as_one_asks(tmp_path, how, expected, cache):
    """Twice with one cache: no way of cutting finds the corpus of another."""
    path = written(tmp_path / "a.txt", CODES)
    for asked in ({}, how):
        corpus = load_text(path, minimum_count=1, seed=None, cache=cache, **asked)
    found = [" ".join(corpus.vocabulary.words[w] for w in corpus.sentence(s)) for s in range(len(corpus))]
    assert found == expected


def test_a_function_of_the_readers_own_is_called_anew(tmp_path):
    path = written(tmp_path / "a.txt", "one two")
    for word in ("first", "second"):
        corpus = load_text(path, minimum_count=1, tokenize=lambda text: [word])
        assert corpus.vocabulary.words == (word,)


# ---- errors by example ----

BAD_FILES = [
    ("", r"path: expected text in .*a\.txt, got an empty file"),
    ("12 + 34 = 46\n", "expected a word that occurs at least 1 times, got 0 words"),
    (b"a line\ncaf\xe9 au lait", r"a\.txt: expected UTF-8 text, got byte 0xe9 at byte 10, line 2 .*iconv -f latin1"),
    (b"\xef\xbb\xbfab\n\n\xff", r"got byte 0xff at byte 7, line 3"),
    (b"cut off: \xc3", r"got byte 0xc3 at byte 9, line 1"),
    (b"x" * 5 + b" \x00\x01\x02", r"a\.txt: expected a text file, got a zero byte at byte 6: a binary file"),
    ("milk".encode("utf-16"), "got a zero byte|got byte 0xff at byte 0"),
    (b"a " * 700_000 + b"\xe9", "got byte 0xe9 at byte 1400000, line 1"),
    (b"a\n" * 700_000 + b" \x00", "got a zero byte at byte 1400001"),
    (b"ab " + b"x" * 2_200_000, r"expected words with space between them, got none in \d+ bytes from byte 2 on"),
]


@pytest.mark.parametrize("content, message", BAD_FILES, ids=range(len(BAD_FILES)))
@pytest.mark.parametrize("cache", [False, True])
def test_a_bad_file_is_refused_with_its_place(tmp_path, content, message, cache):
    with pytest.raises(ValueError, match=message):
        load_text(written(tmp_path / "a.txt", content), minimum_count=1, cache=cache)
    assert not list((tmp_path / "cache").glob("*"))


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("at = place + error.start", "at = error.start"),
        ("place + zero", "zero"),
        ("place + end", "place"),
        ("lines = 1\n", "lines = 0\n"),
    ],
)
def test_a_wrong_place_is_noticed(tmp_path, monkeypatch, right, wrong):
    changed = mutant(files, right, wrong)
    for name in ("pieces_of_file", "parts_of_piece"):
        monkeypatch.setattr(numbered, name, getattr(changed, name))
    noticed = 0
    for content, message in BAD_FILES:
        with pytest.raises(ValueError) as error:
            load_text(written(tmp_path / "a.txt", content), minimum_count=1, cache=False)
        noticed += re.search(message, str(error.value)) is None
    assert noticed


def test_wrong_paths(tmp_path):
    (tmp_path / "empty").mkdir()
    written(tmp_path / "pictures" / "a.png", b"\x89PNG")
    written(tmp_path / "blank" / "a.txt", b"")
    for path, error, message in [
        (
            tmp_path / "none.txt",
            FileNotFoundError,
            "path: expected a file or folder, got .*none.txt', which does not exist",
        ),
        (
            tmp_path / "empty",
            FileNotFoundError,
            r"path: expected a folder with text files \(.txt, .text, .md\), got .*empty, which has none",
        ),
        (str(tmp_path / "pictures"), FileNotFoundError, "which has none"),
        (tmp_path / "blank", ValueError, "path: expected text in .*blank, got empty files only"),
        ([tmp_path / "blank" / "a.txt"], ValueError, "got an empty file"),
        ([], ValueError, "path: expected at least one file or folder, got an empty list"),
        (7, TypeError, "path: expected the path of a file or folder, or a list of them, got int"),
        ([None], TypeError, "path: expected the path of a file or folder, or a list of them, got NoneType"),
    ]:
        with pytest.raises(error, match=message):
            load_text(path)


def test_wrong_settings(tmp_path):
    path = written(tmp_path / "a.txt", TEXT)
    with pytest.raises(TypeError, match="lines: expected True or False, got 'yes'"):
        load_text(path, lines="yes")
    with pytest.raises(
        TypeError, match="tokenize: expected a function that makes a list of words of a string, got 'words'"
    ):
        load_text(path, tokenize="words")
    with pytest.raises(ValueError, match="minimum_count: expected an int of at least 1, got 0"):
        load_text(path, minimum_count=0)
    with pytest.raises(ValueError, match="seed: expected an int of at least 0, got -1"):
        load_text(path, minimum_count=1, seed=-1)
    with pytest.raises(ValueError, match="at least 50 times, got 19 words, none so often"):
        load_text(path, minimum_count=50)


# ---- side by side ----


def alphabet(text):
    """A function at the top of a module, which another process can find."""
    return list(text.replace(" ", ""))


@pytest.mark.parametrize(
    "asked", [{}, {"lines": True}, {"most_words": 20}, {"tokenize": alphabet}], ids=["", "lines", "pruned", "letters"]
)
def test_two_processes_read_what_one_reads(tmp_path, asked):
    """Two files in several pieces, cut within sentences."""
    for name, times in (("a.txt", 40_000), ("b.txt", 3)):
        written(tmp_path / "texts" / name, (TEXT.replace(". ", " ", 1) + " and ") * times)
    one, two = (load_text(tmp_path / "texts", 2, cache=False, processes=n, **asked) for n in (1, 2))
    assert two.checksum == one.checksum and len(one) > 100


def test_an_error_of_another_process_is_told_as_ever(tmp_path):
    with pytest.raises(ValueError, match="got byte 0xe9 at byte 1400000, line 1"):
        load_text(written(tmp_path / "a.txt", b"a " * 700_000 + b"\xe9"), 1, cache=False, processes=2)
    with pytest.raises(ValueError, match="processes: expected an int of at least 1, got 0"):
        load_text(tmp_path / "a.txt", processes=0)


def killed(text):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_dies_is_named(tmp_path):
    with pytest.raises(WorkersLost, match="processes: expected processes that stay alive, but one died"):
        load_text(written(tmp_path / "a.txt", TEXT), 1, cache=False, tokenize=killed, processes=2)


def test_a_function_that_no_other_process_finds_is_refused(tmp_path):
    with pytest.raises(TypeError, match="tokenize: expected a function at the top of a module"):
        load_text(written(tmp_path / "a.txt", TEXT), 1, cache=False, tokenize=lambda text: [text], processes=2)


def test_a_browser_reads_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    path = written(tmp_path / "a.txt", TEXT)
    assert len(load_text(path, 1, cache=False)) == 4
    with pytest.raises(RuntimeError, match="processes: expected 1, since a browser starts no processes"):
        load_text(path, 1, cache=False, processes=2)


def few_are_on_their_way(module):
    """A pool that is asked for six numbers, of which at most three may wait."""

    class Now:
        def __init__(self, number):
            asked.append(number)
            self.result = lambda: number

    asked, numbers = [], range(-6, 0)
    counting = SimpleNamespace(submit=lambda function, item: Now(function(item)))
    answers = module._in_turn(counting, abs, numbers, 3)
    assert next(answers) == 6 and asked == [6, 5, 4]
    assert list(answers) == [5, 4, 3, 2, 1] and asked == [6, 5, 4, 3, 2, 1]


def test_few_pieces_are_on_their_way():
    few_are_on_their_way(pool)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("if len(waiting) == most:", "if len(waiting) > most:"),
        ("            yield waiting.popleft()", "            yield waiting.pop()"),
        ("while waiting:", "if waiting:"),
    ],
)
def test_too_many_pieces_or_another_order_are_noticed(right, wrong):
    with pytest.raises(AssertionError):
        few_are_on_their_way(mutant(pool, right, wrong))
