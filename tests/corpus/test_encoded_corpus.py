"""A corpus as numbers, in memory, in shards and in the cache: it keeps every word, and a damaged file is noticed."""

import json
import os
import re
import subprocess
import sys
import tracemalloc
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import tqdm.auto
from hypothesis import given, settings
from hypothesis import strategies as st

from mutation import mutant
from w2v.corpus import cache as corpus_cache
from w2v.corpus import encoded
from w2v.corpus import shards as corpus_shards
from w2v.corpus.encoded import encode_sentences
from w2v.corpus.load import load_text
from w2v.corpus.shards import DamagedCorpus, read_manifest, read_shard, read_vocabulary, shard_borders, write_shards
from w2v.support import atomic_files
from w2v.support.atomic_files import atomic_write
from w2v.support.progress import SilentBar, progress_bar

SENTENCES = [
    ["the", "cat", "drinks", "milk"],
    ["dog"],
    ["the", "dog", "drinks", "the", "milk"],
    ["a"],
    ["the", "cat"],
    ["cold", "milk", "dog"],
]
some_sentences = st.lists(
    st.lists(st.sampled_from("the cat drinks cold milk dog".split()), max_size=9), min_size=1, max_size=30
)


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    monkeypatch.setenv("W2V_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def words_of(corpus):
    return [[corpus.vocabulary.words[w] for w in corpus.sentence(s)] for s in range(len(corpus))]


# ---- encoding ----


def keeps_every_frequent_word(module, sentences, minimum_count, seed, scratch=None):
    """The sentences are those given, without their rare words, in some order; the counts are those of the tokens."""
    counted = Counter(word for words in sentences for word in words)
    expected = [[word for word in words if counted[word] >= minimum_count] for words in sentences]
    corpus = module.encode_sentences(sentences, minimum_count, seed, scratch=scratch)
    got = words_of(corpus)
    expected = [words for words in expected if words]
    assert got == expected if seed is None else sorted(got) == sorted(expected)
    assert np.array_equal(np.bincount(corpus.tokens, minlength=len(corpus.vocabulary)), corpus.vocabulary.counts)
    assert corpus.tokens.dtype == np.int32 and corpus.offsets.dtype == np.int64 and corpus.offsets[0] == 0
    assert (np.diff(corpus.offsets) > 0).all() and corpus.offsets[-1] == len(corpus.tokens)


@settings(deadline=None, max_examples=150)
@given(some_sentences, st.integers(1, 3), st.sampled_from([None, 0, 1, 7]), st.booleans())
def test_encoding_keeps_every_frequent_word(tmp_path_factory, sentences, minimum_count, seed, on_disk):
    if max(Counter(word for words in sentences for word in words).values(), default=0) >= minimum_count:
        keeps_every_frequent_word(
            encoded, sentences, minimum_count, seed, tmp_path_factory.getbasetemp() if on_disk else None
        )


@pytest.mark.parametrize("block", [1, 2, 3, 7])
@pytest.mark.parametrize("seed", [None, 3])
def test_blocks_of_any_size_give_the_same(block, seed):
    keeps_every_frequent_word(mutant(encoded, "BLOCK = 1 << 20", f"BLOCK = {block}"), SENTENCES, 2, seed)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("- first + starts[sentence]", "+ starts[sentence]"),
        (" - lengths[first : first + BLOCK]\n", "\n"),
        ("        passed = ends[-1]\n", ""),
        ("filled + np.cumsum(kept_lengths", "np.cumsum(kept_lengths"),
        ("kept = words >= 0", "kept = words >= 1"),
        ("kept_lengths[kept_lengths > 0]", "kept_lengths"),
        ("range(0, len(order), SENTENCES)", "range(0, len(order) - 1, SENTENCES)"),
        ("final[numbers[places]]", "numbers[places]"),
    ],
)
def test_a_lost_or_exchanged_word_is_noticed(right, wrong):
    changed = mutant(encoded, right, wrong)
    with pytest.raises((AssertionError, IndexError, ValueError)):
        for changed.BLOCK, changed.SENTENCES in ((2, 100), (100, 5), (2, 5)):
            keeps_every_frequent_word(changed, SENTENCES, 2, None)


def test_a_corpus_is_its_sentences():
    corpus = encode_sentences(SENTENCES, 1)
    assert [s.tolist() for s in corpus] == [corpus.sentence(s).tolist() for s in range(len(corpus))]


def test_the_shuffle_follows_the_seed():
    orders = [words_of(encode_sentences(SENTENCES, 1, seed)) for seed in (None, 1, 1, 2)]
    assert orders[0] == SENTENCES and orders[1] == orders[2] != orders[3] and orders[1] != orders[0]


def test_the_checksum_tells_corpora_apart():
    base = encode_sentences(SENTENCES, 1, seed=None)
    others = [
        encode_sentences(SENTENCES[::-1], 1, seed=None),
        encode_sentences(SENTENCES, 2, seed=None),
        encode_sentences([[word.replace("dog", "dot") for word in words] for words in SENTENCES], 1, seed=None),
        encode_sentences([SENTENCES[0] + SENTENCES[1], *SENTENCES[2:]], 1, seed=None),
    ]
    assert encode_sentences(SENTENCES, 1, seed=None, name="another name").checksum == base.checksum
    assert len({base.checksum, *(other.checksum for other in others)}) == 5


@pytest.mark.parametrize("right", ["= _starts(lengths, scratch)", "_new_array(len(order) + 1, scratch, np.intp)", None])
def test_memory_holds_four_bytes_for_each_sentence(tmp_path, right):
    """Besides a block of words and one of sentences, which are made small here. A mutant that holds an array more takes eight more."""
    changed = (
        mutant(encoded, right, right.replace("scratch", "None"))
        if right
        else mutant(encoded, "BLOCK = 1 << 20", "BLOCK = 1 << 10")
    )
    changed.BLOCK, changed.SENTENCES, count = 1 << 10, 1 << 10, 400_000
    tracemalloc.start()
    changed.encode_sentences((["a", "b"] for _ in range(count)), 1, scratch=tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (peak > 11 * count) if right else (peak < 8 * count)


def test_nothing_in_a_corpus_can_be_changed(tmp_path):
    for corpus in (encode_sentences(SENTENCES, 1), encode_sentences(SENTENCES, 1, scratch=tmp_path)):
        for array in (corpus.tokens, corpus.offsets, corpus.vocabulary.counts, corpus.sentence(0)):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1
    assert "17" not in repr(corpus) and "16 words in 6 sentences, vocabulary 7" in repr(corpus)


@pytest.mark.parametrize(
    "call, error, message",
    [
        (
            lambda: encode_sentences(["the cat"], 1),
            TypeError,
            "sentences: expected lists of words, got 'the cat' as number 0",
        ),
        (
            lambda: encode_sentences([["a"], ["b", 3]], 1),
            TypeError,
            r"sentences: expected lists of words, got \['b', 3\] as number 1",
        ),
        (lambda: encode_sentences([], 1), ValueError, "at least 1 times, got 0 words"),
        (lambda: encode_sentences(SENTENCES, 2.0), ValueError, "minimum_count: expected an int of at least 1, got 2.0"),
        (lambda: encode_sentences(SENTENCES, 1, "one"), ValueError, "seed: expected an int of at least 0, got 'one'"),
        (lambda: encode_sentences(SENTENCES, 1).sentence(6), IndexError, "s: expected an index in 0..5, got 6"),
    ],
)
def test_error(call, error, message):
    with pytest.raises(error, match=message):
        call()


# ---- shards ----


def shards_add_up(module, corpus, folder, count):
    """The shards hold the sentences in order, none is empty, and each knows the whole vocabulary."""
    manifest = module.write_shards(corpus, folder, count)
    assert manifest == module.read_manifest(folder) and len(manifest.shards) == count
    parts = [module.read_shard(folder, i) for i in range(count)]
    assert [words for part in parts for words in words_of(part)] == words_of(corpus)
    assert all(part.vocabulary.words == corpus.vocabulary.words for part in parts)
    assert [(len(part), len(part.tokens)) for part in parts] == [
        (shard.sentences, shard.tokens) for shard in manifest.shards
    ]
    assert all(len(part) for part in parts) and all(part.offsets[0] == 0 for part in parts)


@pytest.mark.parametrize("count", range(1, 7))
def test_shards_add_up_to_the_corpus(tmp_path, count):
    shards_add_up(corpus_shards, encode_sentences(SENTENCES, 1, seed=None), tmp_path, count)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("offsets - offsets[0]", "offsets"),
        ("corpus.offsets[first : last + 1]", "corpus.offsets[first : last]"),
        ("np.maximum.accumulate(borders - np.arange(count + 1)) + np.arange(count + 1)", "borders"),
        ("np.minimum(borders, sentences - np.arange(count, -1, -1))", "borders"),
    ],
)
def test_a_shard_with_other_sentences_is_noticed(tmp_path, right, wrong):
    changed = mutant(corpus_shards, right, wrong)
    uneven = [[["a"] * 9, ["b"], ["c"], ["d"] * 8], [["a"] * 18, ["b"], ["c"], ["d"]]]
    with pytest.raises((AssertionError, ValueError, IndexError)):
        for i, count in [(0, 2), (0, 3), (1, 3), (1, 4)]:
            shards_add_up(changed, encode_sentences(uneven[i], 1, seed=None), tmp_path / f"{i}-{count}", count)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=40), st.data())
def test_shards_have_about_equally_many_words(lengths, data):
    """No shard has more than its share and one sentence, except that none may be empty."""
    count = data.draw(st.integers(1, len(lengths)))
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    borders = shard_borders(offsets, count)
    assert borders[0] == 0 and borders[-1] == len(lengths) and (np.diff(borders) > 0).all()
    assert max(np.diff(offsets[borders])) <= offsets[-1] / count + 2 * max(lengths)


def test_shards_read_by_mapping_are_the_same(tmp_path):
    write_shards(encode_sentences(SENTENCES, 1), tmp_path, 3)
    mapped, read = read_shard(tmp_path, 1, mmap=True), read_shard(tmp_path, 1)
    assert isinstance(mapped.tokens, np.memmap) and not isinstance(read.tokens, np.memmap)
    assert mapped.checksum == read.checksum and read_vocabulary(tmp_path).words == read.vocabulary.words


def damage_everywhere(folder):
    """Every file of the folder in turn, each time with one byte changed, cut off, emptied or gone; then put back."""
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        middle = len(content) // 2
        for damaged in (
            content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            content[:-1],
            b"",
            None,
        ):
            path.unlink() if damaged is None else path.write_bytes(damaged)
            yield path
        path.write_bytes(content)


def test_any_damage_to_a_shard_is_noticed(tmp_path):
    write_shards(encode_sentences(SENTENCES, 1), tmp_path, 1)
    noticed = 0
    for path in damage_everywhere(tmp_path):
        with pytest.raises(FileNotFoundError if path.name == "manifest.json" and not path.exists() else DamagedCorpus):
            read_shard(tmp_path, 0)
        noticed += 1
    assert noticed == 4 * 4 and len(read_shard(tmp_path, 0)) == len(SENTENCES)


def writing_that_breaks_off_leaves_no_manifest(module, folder, monkeypatch):
    def disc_is_full(path, numbers):
        raise OSError("no space left on device")

    module.write_shards(encode_sentences(SENTENCES, 1), folder, 2)
    monkeypatch.setattr(module, "_saved", disc_is_full)
    with pytest.raises(OSError, match="no space left"):
        module.write_shards(encode_sentences(SENTENCES[::-1], 1), folder, 2)
    assert not (folder / "manifest.json").exists()


def test_writing_that_breaks_off_leaves_no_manifest(tmp_path, monkeypatch):
    writing_that_breaks_off_leaves_no_manifest(corpus_shards, tmp_path, monkeypatch)


def test_a_manifest_left_standing_is_noticed(tmp_path, monkeypatch):
    changed = mutant(corpus_shards, '(folder / "manifest.json").unlink(missing_ok=True)', "pass")
    with pytest.raises(AssertionError):
        writing_that_breaks_off_leaves_no_manifest(changed, tmp_path, monkeypatch)


def test_without_checksums_the_damage_would_pass(tmp_path):
    changed = mutant(corpus_shards, "_file_checksum(path) != checksum", "False")
    write_shards(encode_sentences(SENTENCES, 1), tmp_path, 1)
    path = tmp_path / "shard-00000.tokens.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\1")
    changed.read_shard(tmp_path, 0)


@pytest.mark.parametrize(
    "call, error, message",
    [
        (
            lambda folder, c: write_shards(c, folder, 7),
            ValueError,
            "count: expected at most one shard for each of the 6 sentences, got 7",
        ),
        (lambda folder, c: write_shards(c, folder, 0), ValueError, "count: expected an int of at least 1, got 0"),
        (lambda folder, c: read_shard(folder, 2), IndexError, "i: expected an index in 0..1, got 2"),
        (
            lambda folder, c: read_shard(folder / "no", 0),
            FileNotFoundError,
            "folder: expected a folder of shards with a manifest.json, got .*no",
        ),
        (lambda folder, c: read_manifest(folder / "no"), FileNotFoundError, "manifest.json"),
    ],
)
def test_shard_error(tmp_path, call, error, message):
    corpus = encode_sentences(SENTENCES, 1)
    write_shards(corpus, tmp_path, 2)
    with pytest.raises(error, match=message):
        call(tmp_path, corpus)


def test_a_manifest_of_another_format_is_refused(tmp_path):
    write_shards(encode_sentences(SENTENCES, 1), tmp_path, 1)
    fields = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**fields, "format": 2}))
    with pytest.raises(DamagedCorpus, match="expected a manifest of format 1, got something else"):
        read_shard(tmp_path, 0)


# ---- cache ----


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(" ".join(" ".join(words) + "." for words in SENTENCES))
    return path


def test_the_second_time_nothing_is_read_again(text, cache, monkeypatch):
    first = load_text(text, 1)
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr("w2v.corpus.load.encode_pieces", None)
    again = load_text(text, 1)
    assert (
        again.checksum == first.checksum and words_of(again) == words_of(first) and isinstance(again.tokens, np.memmap)
    )


def test_another_content_setting_or_code_is_another_entry(text, cache, monkeypatch, tmp_path):
    first = corpus_cache.key([text], {"seed": 1})
    copy = tmp_path / "b.txt"
    copy.write_text(text.read_text())
    assert corpus_cache.key([copy], {"seed": 1}) == first
    copy.write_text(text.read_text() + " More.")
    assert len({first, corpus_cache.key([copy], {"seed": 1}), corpus_cache.key([text], {"seed": 2})}) == 3
    monkeypatch.setattr(corpus_cache, "CODE", corpus_cache.CODE[:-1])
    assert corpus_cache.key([text], {"seed": 1}) != first


def test_the_code_that_decides_is_all_there():
    """A module that makes sentences or numbers and is not in the key would leave stale corpora behind."""
    for name in corpus_cache.CODE:
        assert (Path(corpus_cache.__file__).parents[1] / f"{name}.py").is_file(), name


def test_a_damaged_entry_is_built_again_and_said(text, cache, capsys):
    first = load_text(text, 1)
    [entry] = cache.iterdir()
    times = 0
    for path in damage_everywhere(entry):
        gone = path.name == "manifest.json" and not path.exists()
        assert load_text(text, 1).checksum == first.checksum
        said = capsys.readouterr().out
        assert gone or ("The stored corpus is damaged and is built again" in said and path.name in said)
        times += 1
    assert times == 16 and len(list(cache.iterdir())) == 1


def test_a_cache_that_cannot_be_written_is_said_and_does_no_harm(text, monkeypatch, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("W2V_CACHE", str(tmp_path / "file" / "cache"))
    assert words_of(load_text(text, 1)) == words_of(load_text(text, 1, cache=False))
    assert "The corpus cannot be stored, and stays in memory" in capsys.readouterr().out


@pytest.mark.parametrize("room", [0, 150], ids=["none", "for the words, not for their order"])
def test_a_full_disk_is_said_and_does_no_harm(text, cache, capsys, full_disk, room):
    expected = words_of(load_text(text, 1, cache=False))
    full_disk(room)
    assert words_of(load_text(text, 1)) == expected
    assert re.search("cannot be stored, and stays in memory: .*File too large", capsys.readouterr().out)
    assert not list(cache.iterdir())


def test_without_cache_nothing_is_written(text, cache):
    load_text(text, 1, cache=False)
    assert not cache.exists()


def test_a_reader_who_is_killed_leaves_no_entry(text, cache):
    """Killed while the corpus is being written: the entry is not there, and the next reader builds it."""
    killed = (
        "import os, signal, w2v.corpus.shards as s\n"
        "s._write_shard = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"from w2v.corpus.load import load_text; load_text({str(text)!r}, 1)"
    )
    assert subprocess.run([sys.executable, "-c", killed]).returncode == -9
    assert all(entry.name.startswith(".building-") for entry in cache.iterdir())
    assert words_of(load_text(text, 1)) == words_of(load_text(text, 1, cache=False))


def test_the_folder_of_the_cache(monkeypatch, tmp_path):
    assert corpus_cache.cache_folder() == tmp_path / "cache"
    monkeypatch.delenv("W2V_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert corpus_cache.cache_folder() == tmp_path / "w2v"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert corpus_cache.cache_folder() == tmp_path / "home/.cache/w2v"


# ---- atomic files, progress ----


def test_an_atomic_file_is_whole_or_the_old_one(tmp_path):
    path = tmp_path / "a"
    with atomic_write(path) as file:
        file.write(b"old")
    with pytest.raises(KeyboardInterrupt), atomic_write(path) as file:
        file.write(b"half of the n")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]
    with atomic_write(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new" and path.stat().st_mode & 0o777 == 0o666 & ~os.umask(os.umask(0o022) or 0)


def left_overs_are_removed(module, folder):
    """What a killed writer left goes, what another one is writing stays."""
    writing = "import sys, time\nfrom w2v.support import atomic_write\nwith atomic_write(sys.argv[1]) as file:\n    print(flush=True)\n    time.sleep(60)"
    others = [
        subprocess.Popen([sys.executable, "-c", writing, folder / "a"], stdout=subprocess.PIPE, text=True) for _ in "kw"
    ]
    try:
        for other in others:
            assert other.stdout.readline() == "\n"
        others[0].kill()
        others[0].wait()
        assert len(list(folder.iterdir())) == 2
        with module.atomic_write(folder / "a") as file:
            file.write(b"new")
        assert len(list(folder.iterdir())) == 2 and (folder / "a").read_bytes() == b"new"
    finally:
        for other in others:
            other.kill()
            other.communicate()


def test_left_overs_of_killed_writers_are_removed(tmp_path):
    left_overs_are_removed(atomic_files, tmp_path)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("            part.unlink()\n", "            pass\n"),
        ("                flock(file, LOCK_EX | LOCK_NB)\n", "                pass\n"),
    ],
)
def test_a_left_over_that_stays_and_a_file_that_is_taken_away_are_noticed(tmp_path, right, wrong):
    with pytest.raises(AssertionError):
        left_overs_are_removed(mutant(atomic_files, right, wrong), tmp_path)


def test_without_locks_files_are_written_all_the_same(tmp_path, monkeypatch):
    def refuse(file, kind):
        raise OSError("no locks here")

    monkeypatch.setattr(atomic_files, "flock", refuse)
    (tmp_path / ".a.left.part").touch()
    with atomic_write(tmp_path / "a") as file:
        file.write(b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.left.part", "a"]


def test_an_atomic_file_needs_its_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match="path: expected an existing folder for a, got .*none"):
        with atomic_write(tmp_path / "none" / "a"):
            pass


def test_a_bar_shows_only_to_somebody_who_looks(monkeypatch, capsys):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr("w2v.support.progress.DELAY", 0)
    with progress_bar(3, "pairs", "training") as bar:
        bar.update(3)
        bar.set_postfix_str("loss 2.3")
    bar.close()
    assert capsys.readouterr() == ("", "")
    with progress_bar(3, "pairs", "training", show=True) as bar:
        bar.update(3)
    assert "training: 100%" in capsys.readouterr().err
    monkeypatch.setenv("JPY_SESSION_NAME", "chapter.ipynb")
    assert type(progress_bar(3, "pairs", "training")) is tqdm.auto.tqdm


def test_without_tqdm_the_bar_is_silent(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert isinstance(progress_bar(3, "pairs", "training", show=True), SilentBar)


def test_the_cache_knows_all_code_that_encodes():
    """What a module of the list imports from text or corpus when it runs is on the list, too."""
    package = Path(corpus_cache.__file__).parents[1]
    for name in corpus_cache.CODE:
        source = (package / f"{name}.py").read_text("utf-8").split("if TYPE_CHECKING:\n    ")[0]
        for found in re.findall(r"^from w2v\.((?:text|corpus)\.\w+) import", source, re.MULTILINE):
            assert found.replace(".", "/") in {*corpus_cache.CODE, "corpus/cache"}, f"{name} imports {found}"
