"""The benchmark lists: read from the installed gensim, malformed ones reported, the tiny world in their place, gensim's own scores."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from w2v.chapters import results
from w2v.corpus.encoded import encode_sentences
from w2v.text import tiny_world
from w2v.vectors import word_lists
from w2v.vectors.agreement import analogy_score, similarity_score
from w2v.vectors.word_lists import (
    WordListsMissing,
    analogy_questions,
    load_word_lists,
    tiny_world_lists,
    word_lists_for,
    word_pairs,
)


def test_the_lists_of_gensim():
    lists = load_word_lists()
    assert {name: len(pairs) for name, pairs in lists.pairs.items()} == {"WordSim-353": 353, "SimLex-999": 999}
    assert lists.pairs["WordSim-353"][1] == ("tiger", "cat", 7.35) and lists.pairs["SimLex-999"][1] == (
        "smart",
        "intelligent",
        9.2,
    )
    assert len(lists.questions) == 14 and len(lists.all_questions) == 19_544
    assert lists.questions["capital-common-countries"][0] == ("athens", "greece", "baghdad", "iraq")
    assert all(word == word.lower() for pairs in lists.pairs.values() for pair in pairs for word in pair[:2])


def vectors_with_structure(words, seed):
    """Random vectors that have some of each analogy in them, so that a share of the answers is right."""
    rng = np.random.default_rng(seed)
    vectors = {word: rng.normal(size=12) for word in words}
    for a, b, c, d in load_word_lists().all_questions:
        if {a, b, c, d} <= vectors.keys():
            vectors[d] = vectors[b] - vectors[a] + vectors[c] + 0.8 * rng.normal(size=12)
    return np.array([vectors[word] for word in words], dtype=np.float32)


def test_scores_are_those_that_gensim_gives_itself():
    """gensim reads its own files, finds its own ranks and answers its own questions, on the same vectors."""
    from gensim.models import KeyedVectors

    lists = load_word_lists()
    family = [word for question in lists.questions["family"][::2] for word in question]
    rated = [word for pairs in lists.pairs.values() for pair in pairs[::3] for word in pair[:2]]
    vocabulary = encode_sentences([sorted({*family, *rated})], minimum_count=1).vocabulary
    vectors = vectors_with_structure(vocabulary.words, seed=3)
    theirs = KeyedVectors(12)
    theirs.add_vectors(list(vocabulary.words), vectors)
    for name, pairs in lists.pairs.items():
        ours = similarity_score(vectors, vocabulary, pairs, draws=20)
        _, spearman, left_out = theirs.evaluate_word_pairs(word_lists._installed(word_lists.PAIRS[name]))
        assert ours.value == pytest.approx(spearman.statistic, abs=1e-6)
        assert 100 * (1 - ours.n / ours.of) == pytest.approx(left_out)
    right, sections = theirs.evaluate_word_analogies(word_lists._installed(word_lists.QUESTIONS))
    ours = analogy_score(vectors, vocabulary, lists.all_questions, draws=20)
    assert ours.n == len(sections[-1]["correct"]) + len(sections[-1]["incorrect"])
    assert ours.value == pytest.approx(right) and 0.05 < right < 0.95


def test_the_tiny_world_stands_in(capsys, monkeypatch):
    world = encode_sentences([tiny_world.text(3000).replace(".", "").split()], minimum_count=1, name="tiny world")
    lists = word_lists_for(world)
    assert capsys.readouterr().out.startswith("The text is the tiny world") and lists == tiny_world_lists()
    monkeypatch.setattr(word_lists, "find_spec", lambda name: None)
    assert word_lists_for(encode_sentences([["some", "other", "text"]], minimum_count=1)) == lists
    assert capsys.readouterr().out.startswith("gensim, which carries the lists, is not installed")


def test_the_lists_of_the_tiny_world_are_its_structure():
    lists, world = tiny_world_lists(), tiny_world.world()
    groups = [set(words) for words in world.groups.values()]
    for a, b, rating in lists.pairs["tiny world"]:
        assert rating == any({a, b} <= group for group in groups)
    ratings = [rating for *_, rating in lists.pairs["tiny world"]]
    assert 0.3 < np.mean(ratings) < 0.7
    assert ("france", "paris", "italy", "rome") in lists.questions["country : capital"]


def test_a_mutant_is_noticed(monkeypatch):
    """Lists whose ratings do not follow the groups would be noticed by the test above."""
    wrong = [(a, b, 1.0 - rating) for a, b, rating in tiny_world_lists().pairs["tiny world"]]
    monkeypatch.setitem(globals(), "tiny_world_lists", lambda: word_lists.WordLists({"tiny world": wrong}, {}))
    with pytest.raises(AssertionError):
        test_the_lists_of_the_tiny_world_are_its_structure()


def test_missing_lists_say_what_to_do(monkeypatch):
    monkeypatch.setattr(word_lists, "find_spec", lambda name: None)
    with pytest.raises(
        WordListsMissing, match="wordsim353.tsv is not installed: it is part of gensim. Run  pip install gensim"
    ):
        load_word_lists()


@pytest.mark.parametrize(
    "read, text, message",
    [
        (
            word_pairs,
            "# words\nold\tnew\t1.5\nhard easy 3\n",
            "list.txt, line 3: expected two words and a rating, set apart by tabs, got 'hard easy 3'",
        ),
        (word_pairs, "old\tnew\tvery\n", "list.txt, line 1: expected two words and a rating"),
        (
            analogy_questions,
            ": family\nboy girl he she\n\nboy girl he\n",
            "list.txt, line 4: expected four words, or ': category' first, got 'boy girl he'",
        ),
        (analogy_questions, "boy girl he she\n", "list.txt, line 1: expected four words, or ': category' first"),
    ],
)
def test_a_malformed_list_is_reported_with_its_line(tmp_path, read, text, message):
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read(tmp_path / "list.txt")


def test_a_kept_result_says_where_it_was_made(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    result = {
        "commit": "abc",
        "command": "python bench_wheel.py --write",
        "date": "2026-01-02",
        "machine": "Abacus",
        "cores": 3,
        "load": 0.5,
        "versions": {"numpy": "2.4", "torch": None},
        "seeds": [1, 2],
        "corpus": {"name": "text", "words": 1234, "vocabulary": 56},
    }
    (tmp_path / "wheel.json").write_text(json.dumps(result), encoding="utf-8")
    assert results.made_on(results.measured("wheel")) == (
        "2026-01-02, Abacus, 3 cores, load 0.5; numpy 2.4; text, 1,234 words, vocabulary 56; seeds 1, 2; "
        "commit abc; command python bench_wheel.py --write"
    )
    for part in results.ORIGIN:
        for lost in ({name: value for name, value in result.items() if name != part}, {**result, part: ""}):
            (tmp_path / "wheel.json").write_text(json.dumps(lost), encoding="utf-8")
            with pytest.raises(ValueError, match=f"wheel.json: expected a result with its .*, got none of {part}"):
                results.measured("wheel")
    with pytest.raises(FileNotFoundError, match="got 'cart'; run  python tests/benchmarks/bench_cart.py --write"):
        results.measured("cart")


@pytest.mark.parametrize("path", sorted(results.RESULTS.glob("*.json")), ids=lambda path: path.stem)
def test_every_kept_result_says_where_it_comes_from(path):
    kept = results.measured(path.stem)
    assert set(kept["corpus"]) == {"name", "words", "vocabulary", "checksum"}
    assert "not recorded" not in json.dumps(kept)


def test_what_a_benchmark_records_is_what_is_asked_for(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "benchmarks")
    monkeypatch.setattr(sys, "argv", [str(Path(__file__).parents[1] / "benchmarks/bench_speed.py"), "--write"])
    import provenance

    monkeypatch.setattr(provenance, "commit", lambda: "abc")
    corpus = encode_sentences([["a", "b"]], minimum_count=1)
    found = provenance.provenance(corpus, [1, 2], "numpy")
    assert tuple(found) == results.ORIGIN and results.made_on(found)
    assert found["command"] == "python tests/benchmarks/bench_speed.py --write" and found["seeds"] == [1, 2]
    assert found["corpus"] == {"name": "text", "words": 2, "vocabulary": 2, "checksum": corpus.checksum}
