"""The program's choices against hand-computed values, the paper's formulas, and gensim where it makes the same choice."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from w2v.chapters import toy
from w2v.chapters.results import made_on, measured
from w2v.corpus.encoded import encode_sentences
from w2v.corpus.noise import noise_distribution
from w2v.losses.functions import sigmoid
from w2v.text import tiny_world
from w2v.text.words import split_sentences
from w2v.training import word2vec_c
from w2v.training.fast.batches import keep_chances
from w2v.training.sgd import mini_batch_step

COUNTS = np.array([5000, 1200, 300, 40, 7])


def test_both_formulas_of_subsampling_by_hand():
    counts = np.array([9600, 400])  # frequencies 0.96 and 0.04, threshold 0.01
    assert np.allclose(word2vec_c.keep_chances_of_paper(counts, 0.01), [np.sqrt(0.01 / 0.96), 0.5])
    assert np.allclose(keep_chances(counts, 0.01), [np.sqrt(0.01 / 0.96) + 0.01 / 0.96, 0.75])


def test_gensim_subsamples_as_the_program_does():
    word2vec = pytest.importorskip("gensim").models.Word2Vec
    words = [w for w, n in zip("abcde", COUNTS) for _ in range(n)]
    model = word2vec(min_count=1, sample=1e-2, vector_size=3)
    model.build_vocab([words])
    theirs = [model.wv.get_vecattr(w, "sample_int") / (2**32 - 1) for w in "abcde"]
    ours = keep_chances(COUNTS, 1e-2)
    assert np.allclose(theirs, ours, atol=1e-8)
    assert not np.allclose(theirs, word2vec_c.keep_chances_of_paper(COUNTS, 1e-2), atol=1e-3)


def test_distance_weights_are_the_mean_of_all_reaches():
    for window in (1, 2, 5):
        used = [[distance <= reach for distance in range(1, window + 1)] for reach in range(1, window + 1)]
        assert np.allclose(word2vec_c.distance_weights(window), np.mean(used, axis=0))


def entry_as_in_c(score):
    """Index and value in exact arithmetic, with C's truncating division of whole numbers."""
    place = int((Fraction(score) + 6) * (1000 // 6 // 2))
    return float(sigmoid((2 * place / 1000 - 1) * 6))


@pytest.mark.parametrize("score", [-6.0, -2.5, -0.125, 0.0, 0.5, 3.25, 5.96875, 6.0])
def test_the_table_gives_what_the_c_expression_gives(score):
    assert word2vec_c.sigmoid_of_program(score) == pytest.approx(entry_as_in_c(score), rel=1e-14)


def test_the_table_is_a_little_low_and_flat_outside():
    scores = np.linspace(-5.99, 5.99, 4001)
    error = word2vec_c.sigmoid_of_program(scores) - sigmoid(scores)
    assert -0.0091 < error.min() < -0.0085 and error.max() < 1e-3
    assert list(word2vec_c.sigmoid_of_program([-6.01, 6.01, -800, 800])) == [0, 1, 0, 1]
    assert word2vec_c.sigmoid_of_program(0.0) == pytest.approx(sigmoid(-0.024))


def filled_as_in_c(counts, size, power=0.75):
    """InitUnigramTable, statement by statement."""
    total = sum(n**power for n in counts)
    i, reached, table = 0, counts[0] ** power / total, []
    for a in range(size):
        table.append(i)
        if a / size > reached:
            i += 1
            reached += counts[i] ** power / total if i < len(counts) else 0
        i = min(i, len(counts) - 1)
    return table


@pytest.mark.parametrize("size", [97, 1000, 4096])
def test_noise_table_is_filled_as_the_program_fills_it(size):
    counts = [int(n) for n in COUNTS]
    assert list(word2vec_c.noise_table(COUNTS, size)) == filled_as_in_c(counts, size)


def test_noise_table_approaches_the_distribution():
    noise = noise_distribution(COUNTS)
    for size in (1_000, 100_000):
        shares = np.bincount(word2vec_c.noise_table(COUNTS, size), minlength=5) / size
        assert np.abs(shares - noise).max() < 3 / size
    assert np.abs(np.bincount(word2vec_c.noise_table(COUNTS, 100_000, power=1.0)) / 1e5 - noise).max() > 0.01


def test_learning_rate_falls_to_a_floor():
    rate = word2vec_c.learning_rate_of_program(np.array([0, 500, 1000, 10**9]), total=999)
    assert np.allclose(rate, [0.025, 0.0125, 0.0000025, 0.0000025])


def test_random_numbers_wrap_at_64_bits():
    first, second = word2vec_c.random_numbers(1, 2)
    assert first == 25214903928 and second == (25214903928 * 25214903917 + 11) % 2**64
    assert second != 25214903928 * 25214903917 + 11


def test_a_pair_step_is_the_books_step_up_to_the_table_when_nothing_repeats(monkeypatch):
    monkeypatch.setattr(word2vec_c, "sigmoid_of_program", sigmoid)
    ours, theirs = ((toy.center_vectors(), toy.outside_vectors()) for _ in "ab")
    mini_batch_step(*ours, [2], [4], [[1, 0, 3]], 0.1)
    word2vec_c.program_pair_step(*theirs, 2, 4, [1, 0, 3], 0.1)
    assert all(np.allclose(a, b, rtol=1e-13) for a, b in zip(ours, theirs))


def test_a_repeated_draw_sees_the_row_that_has_already_moved(monkeypatch):
    monkeypatch.setattr(word2vec_c, "sigmoid_of_program", sigmoid)
    gaps = []
    for rate in (0.1, 0.01):
        ours, theirs = ((toy.center_vectors(), toy.outside_vectors()) for _ in "ab")
        mini_batch_step(*ours, [2], [4], [[3, 3, 3]], rate)
        word2vec_c.program_pair_step(*theirs, 2, 4, [3, 3, 3], rate)
        gaps.append(np.abs(ours[1] - theirs[1]).max())
    assert gaps[1] > 0 and gaps[0] / gaps[1] == pytest.approx(100, rel=0.1)


def test_a_draw_that_hits_the_predicted_word_is_left_out():
    with_hit, without = ((toy.center_vectors(), toy.outside_vectors()) for _ in "ab")
    word2vec_c.program_pair_step(*with_hit, 2, 4, [1, 4, 3], 0.1)
    word2vec_c.program_pair_step(*without, 2, 4, [1, 3], 0.1)
    assert all(np.array_equal(a, b) for a, b in zip(with_hit, without))


def test_the_kept_effects_say_where_they_come_from():
    """Every rule on every list, several seeds, and the difference to the base with an interval around it."""
    kept = measured("word2vec_c")
    assert (
        made_on(kept)
        and len(kept["seeds"]) >= 3
        and set(kept["benchmarks"]) == {"WordSim-353", "SimLex-999", "analogies"}
    )
    for row in kept["benchmarks"].values():
        assert len(row["programs"]) >= 6 and row["programs"][kept["base"]]["difference"] == 0
        for found in row["programs"].values():
            low, high = found["difference_interval"]
            assert low <= found["difference"] <= high and len(found["values"]) == len(kept["seeds"])


def test_every_rule_of_the_benchmark_takes_effect(monkeypatch):
    """Each variant, trained for real on a short text, ends at vectors of its own."""
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "benchmarks")
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.setenv(name, "1")  # as the module itself does
    import bench_word2vec_c as bench

    corpus = encode_sentences(split_sentences(tiny_world.text(3000)), minimum_count=1)
    ends = {
        bench.trained(changes, **({"epochs": bench.EPOCHS[name]} if name in bench.EPOCHS else {}))(corpus, 1).tobytes()
        for name, changes in bench.VARIANTS.items()
    }
    assert len(ends) == len(bench.VARIANTS) >= 8


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: word2vec_c.distance_weights(0), "window: expected"),
        (lambda: word2vec_c.keep_chances_of_paper([3, 1], 0), "threshold: expected"),
        (lambda: word2vec_c.noise_table([3, 1], 0), "size: expected"),
        (lambda: word2vec_c.sigmoid_of_program(["a"]), "scores: expected"),
        (lambda: word2vec_c.learning_rate_of_program(3, 0), "total: expected"),
    ],
)
def test_bad_arguments_are_named(call, said):
    with pytest.raises((TypeError, ValueError), match=said):
        call()
