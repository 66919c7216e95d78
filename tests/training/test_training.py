"""Training: one step is the book's formula, the fast step is the slow one, a run is reproducible and learns."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutation import mutant
from w2v.chapters import toy
from w2v.corpus.vocabulary import build_vocabulary, encode
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss
from w2v.text import tiny_world
from w2v.text.words import split_sentences
from w2v.training import recording, sgd
from w2v.training.recording import record
from w2v.training.sgd import Diverged, Settings, initial_tables, mini_batch_step, sgd_step, train
from w2v.vectors.neighbours import analogy_accuracy, group_chance, group_recovery

WINDOW, DRAWS = [0, 1, 3, 4], [[3, 2], [0, 2], [0, 3], [1, 1]]  # a draw equal to o, draws equal to c, a repeat
MESSAGE = "learning_rate: expected one at which training stays finite, got 0.3"


def tables():
    return toy.center_vectors(), toy.outside_vectors()


@cache
def world():
    """A quarter of the tiny world, encoded, with its vocabulary and its groups."""
    sentences = split_sentences(tiny_world.text(50_000, seed=2))
    vocabulary = build_vocabulary([word for sentence in sentences for word in sentence])
    return [encode(sentence, vocabulary) for sentence in sentences], vocabulary, tiny_world.world()


@cache
def trained():
    sentences, vocabulary, _ = world()
    return train(sentences, vocabulary.counts, epochs=4)


# ---- one step ----


def step_follows_the_gradient(f, negatives):
    (V, U), (V_old, U_old) = tables(), tables()
    loss = f.sgd_step(V, U, 2, WINDOW, negatives, 0.1)
    grad_V, grad_U = skip_gram_gradients(2, WINDOW, V_old, U_old, negatives)
    np.testing.assert_array_equal(V, V_old - 0.1 * grad_V)
    np.testing.assert_array_equal(U, U_old - 0.1 * grad_U)
    assert loss == skip_gram_loss(2, WINDOW, V_old, U_old, negatives)


def batch_is_a_window(f):
    """A window is a batch whose pairs share their center word; the draws repeat and hit o and c."""
    (V, U), (V_slow, U_slow) = tables(), tables()
    expected = sgd_step(V_slow, U_slow, 2, WINDOW, DRAWS, 0.1)
    assert f.mini_batch_step(V, U, [2] * 4, WINDOW, DRAWS, 0.1) == pytest.approx(expected, rel=1e-14)
    np.testing.assert_allclose(V, V_slow, rtol=1e-13)
    np.testing.assert_allclose(U, U_slow, rtol=1e-13)


@pytest.mark.parametrize("negatives", [None, DRAWS], ids=["naive softmax", "negative sampling"])
def test_a_step_follows_the_gradient(negatives):
    step_follows_the_gradient(sgd, negatives)


def test_a_batch_is_a_window():
    batch_is_a_window(sgd)


def test_a_step_lowers_the_loss_of_its_window_to_first_order():
    V, U = tables()
    slope = sum((gradient**2).sum() for gradient in skip_gram_gradients(2, WINDOW, V, U, DRAWS))
    before = sgd_step(V, U, 2, WINDOW, DRAWS, 1e-5)
    assert (before - skip_gram_loss(2, WINDOW, V, U, DRAWS)) / 1e-5 == pytest.approx(slope, rel=1e-3)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_batch_is_the_sum_of_its_pairs(data):
    """Pairs with different centers, any repeats: the change is the sum of the single changes from the same start."""
    index = st.integers(0, 4)
    B, K = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
    centers, outsides = (data.draw(st.lists(index, min_size=B, max_size=B)) for _ in range(2))
    negatives = data.draw(st.lists(st.lists(index, min_size=K, max_size=K), min_size=B, max_size=B))
    V, U = tables()
    mini_batch_step(V, U, centers, outsides, negatives, 0.1)
    expected_V, expected_U = tables()
    for c, o, ks in zip(centers, outsides, negatives):
        grad_V, grad_U = skip_gram_gradients(c, [o], *tables(), [ks])
        expected_V, expected_U = expected_V - 0.1 * grad_V, expected_U - 0.1 * grad_U
    np.testing.assert_allclose(V, expected_V, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(U, expected_U, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    "law, right, wrong",
    [
        (lambda f: step_follows_the_gradient(f, DRAWS), "V -= learning_rate * grad_V", "V += learning_rate * grad_V"),
        (
            lambda f: step_follows_the_gradient(f, DRAWS),
            "    V -= learning_rate * grad_V\n",
            "    V -= learning_rate * grad_V\n    grad_U = skip_gram_gradients(center, outside, V, U, negatives)[1]\n",
        ),
        (batch_is_a_window, "delta[:, 0] -= 1", "delta -= 1"),
        (batch_is_a_window, "delta *= -learning_rate", "delta *= learning_rate"),
        (batch_is_a_window, "scores[:, 1:] *= -1", "scores[:, :1] *= -1"),
        (batch_is_a_window, "np.add.at(table.reshape(-1), entries.ravel(), values.ravel())", "table[rows] += values"),
        (batch_is_a_window, "delta[:, :, None] * v[:, None]", "delta[:, :, None] * u"),
        (batch_is_a_window, "np.column_stack([outsides, negatives])", "np.column_stack([negatives, outsides])"),
    ],
)
def test_a_wrong_step_is_noticed(law, right, wrong):
    with pytest.raises(AssertionError):
        law(mutant(sgd, right, wrong))


# ---- a run ----


def test_two_runs_with_one_seed_are_identical_and_another_seed_is_not():
    sentences, vocabulary, _ = world()
    first, again, other = (train(sentences[:300], vocabulary.counts, seed=seed) for seed in (1, 1, 2))
    for name in ("V", "U", "losses", "pairs"):
        np.testing.assert_array_equal(getattr(first, name), getattr(again, name))
    assert not np.array_equal(first.V, other.V)


def test_a_run_does_not_touch_the_global_generator_or_its_arguments():
    before, sentences, counts = np.random.get_state()[1].copy(), [[0, 1, 2], [2, 3]], [1, 1, 2, 1]
    train(sentences, counts, epochs=1)
    assert np.array_equal(before, np.random.get_state()[1])
    assert sentences == [[0, 1, 2], [2, 3]] and counts == [1, 1, 2, 1]


@pytest.mark.parametrize("K", [1, 5])
def test_the_first_loss_is_that_of_zero_scores(K):
    run = train([[0, 1, 2, 3]], [1] * 4, negatives=K, batch=3, epochs=1)
    assert run.losses[0] == pytest.approx((K + 1) * np.log(2), rel=1e-14)


def test_initial_tables():
    V, U = initial_tables(7, 4, np.random.default_rng(0))
    assert V.shape == U.shape == (7, 4) and not U.any()
    assert 0 < np.abs(V).max() <= 1 / 8 and V.min() < 0 < V.max()


def test_reports():
    """About a hundred, the last one at the end; their losses are those of the run; a run without `progress` is the same."""
    sentences, vocabulary, _ = world()
    seen = []
    run = train(
        sentences[:500],
        vocabulary.counts,
        lambda report: seen.append((report.pairs, report.total, report.loss)),
        epochs=1,
    )
    assert 90 <= len(seen) <= 101 and seen[-1][0] == seen[-1][1] == run.pairs[-1]
    assert [(pairs, loss) for pairs, _, loss in seen] == list(zip(run.pairs, run.losses))
    np.testing.assert_array_equal(run.V, train(sentences[:500], vocabulary.counts, epochs=1).V)


def test_a_report_shows_the_live_tables():
    shown = []
    run = train([[0, 1, 2, 3]], [1] * 4, progress=shown.append, epochs=1)
    assert shown[-1].V is run.V and shown[-1].U is run.U


def test_the_mean_of_the_reported_losses_is_that_of_all_pairs():
    """Each loss is a mean over the pairs since the last report: with a rate of almost 0, all are 6 log 2."""
    run = train([[0, 1, 2, 3, 4, 5, 6]] * 30, [30] * 7, learning_rate=1e-12, batch=11, epochs=3)
    np.testing.assert_allclose(run.losses, 6 * np.log(2), rtol=1e-9)
    assert run.pairs[-1] == 3 * 30 * 40


def test_decay_ends_at_zero():
    """With decay the last steps hardly move the vectors, without it they do."""
    moves = {}
    for decay in (True, False):
        V_seen = []
        train(
            [[0, 1, 2, 3]] * 50, [50] * 4, lambda report: V_seen.append(report.V.copy()), decay=decay, batch=4, epochs=2
        )
        moves[decay] = np.abs(V_seen[-1] - V_seen[-2]).max()
    assert moves[True] < 0.1 * moves[False]


# ---- it learns, and a broken one does not ----


def vectors_recover_the_groups(run):
    _, vocabulary, known = world()
    assert group_recovery(run.V, vocabulary, known.groups) > 0.95
    assert run.losses[-1] < 1.8


def test_trained_vectors_recover_the_known_structure():
    _, vocabulary, known = world()
    vectors_recover_the_groups(trained())
    untrained, _ = initial_tables(len(vocabulary), 20, np.random.default_rng(1))
    assert group_recovery(untrained, vocabulary, known.groups) < 0.1
    assert group_chance(vocabulary, known.groups) < 0.03


def test_his_and_her_are_a_direction():
    _, vocabulary, known = world()
    assert analogy_accuracy(known.pairs["lord", "lady"], trained().V, vocabulary) > 0.7


@pytest.mark.parametrize(
    "right, wrong",
    [
        (
            "order = rng.permutation(len(centers))",
            "order, outsides = rng.permutation(len(centers)), rng.permutation(outsides)",
        ),
        ("add_rows(V, centers,", "add_rows(V, outsides,"),
        ("add_rows(U, rows,", "add_rows(U, 0 * rows,"),
    ],
)
def test_a_trainer_that_does_not_learn_is_noticed(right, wrong):
    sentences, vocabulary, _ = world()
    changed = mutant(sgd, right, wrong)
    with pytest.raises((AssertionError, changed.Diverged)):
        vectors_recover_the_groups(changed.train(sentences, vocabulary.counts, epochs=1))


def diverged(f, *arguments, **settings):
    """What `f.train` says when it diverges; None if it does not."""
    try:
        f.train(*arguments, **settings)
    except f.Diverged as reason:
        return str(reason)


def divergence_is_noticed(f):
    """In a single step, on the way, and by the last step, whose scores are finite while the vectors after it are not."""
    sentences, vocabulary, _ = world()
    V, U = 1e200 * tables()[0], 1e200 * tables()[1]
    with np.errstate(over="ignore"):
        assert f.mini_batch_step(V, U, [2] * 4, WINDOW, DRAWS, 0.1) == np.inf
    np.testing.assert_array_equal([V, U], [1e200 * table for table in tables()])
    assert diverged(f, sentences[:1000], vocabulary.counts, learning_rate=0.05, epochs=1) is None
    on_the_way = diverged(f, sentences[:4000], vocabulary.counts, learning_rate=0.3)
    assert on_the_way and on_the_way.startswith(MESSAGE)
    last = diverged(
        f, [[0, 1, 2]], [1] * 3, learning_rate=1.7e308, dimensions=1, batch=6, epochs=1, decay=False, seed=10
    )
    assert last and "after 6 pairs the loss of a pair is inf; take a smaller learning rate or a smaller batch" in last


def test_numbers_beyond_all_reason_are_a_divergence():
    """They are still finite when the run is over: 1e123 at this rate, if nobody looks."""
    with pytest.raises(Diverged, match="the loss of a pair is "):
        train([[0, 1] * 50], [50, 50], learning_rate=1e6)


def test_divergence():
    divergence_is_noticed(sgd)
    with pytest.raises(Diverged) as caught:
        train(world()[0][:4000], world()[1].counts, learning_rate=0.3)
    assert 0 < caught.value.pairs < 400_000


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("if not loss < HOPELESS * sigmoids", "if False and not loss < HOPELESS * sigmoids"),
        ("if not np.isfinite(scores).all():", "if False:"),
        ("if not (np.isfinite(V)", "if False and not (np.isfinite(V)"),
    ],
)
def test_a_divergence_that_goes_unnoticed_is_noticed(right, wrong):
    with pytest.raises((AssertionError, ValueError)):
        divergence_is_noticed(mutant(sgd, right, wrong))


# ---- a recording ----


def recorded(f, **settings):
    sentences, vocabulary, _ = world()
    rates = {"converges": 0.05, "blows up": 0.3}
    return f.record(sentences[:1500], vocabulary, ["paris", "king", "milk"], rates, frames=9, epochs=1, **settings)


def recording_is_the_run(f):
    sentences, vocabulary, _ = world()
    made = recorded(f)
    converged, blown = made["runs"]
    run = train(sentences[:1500], vocabulary.counts, epochs=1)
    assert made["words"] == ["paris", "king", "milk"]
    np.testing.assert_array_equal(converged["vectors"][-1], run.V[encode(made["words"], vocabulary)])
    assert [converged["steps"][-1], converged["losses"][-1]] == [run.pairs[-1], run.losses[-1]]
    assert converged["losses"][0] == run.losses[0] and not np.array_equal(
        converged["vectors"][0], converged["vectors"][-1]
    )
    for kept in (converged, blown):
        assert 2 <= len(kept["steps"]) <= 9 and sorted(set(kept["steps"])) == kept["steps"]
        assert kept["vectors"].shape == (len(kept["steps"]), 3, 20) and len(kept["losses"]) == len(kept["steps"])
    assert (
        np.isinf(blown["losses"][-1])
        and np.isnan(blown["vectors"][-1]).all()
        and np.isfinite(blown["vectors"][:-1]).all()
    )


def test_a_recording_is_the_run():
    recording_is_the_run(recording)
    assert recorded(recording, dimensions=7)["runs"][1]["vectors"].shape[2] == 7


@pytest.mark.parametrize(
    "right, wrong", [("report.V[chosen].copy()", "report.V[chosen[::-1]].copy()"), ("np.inf, np.full", "0.0, np.full")]
)
def test_a_wrong_recording_is_noticed(right, wrong):
    with pytest.raises(AssertionError):
        recording_is_the_run(mutant(recording, right, wrong))


# ---- errors by example ----

V, U = tables()
STEP = (V, U, 2, WINDOW, DRAWS, 0.1)
BATCH = (V, U, [2, 1], [0, 4], [[1, 3, 3], [0, 0, 2]], 0.1)
CORPUS = ([[0, 1, 2]], [1, 1, 1])


def at(arguments, position, value):
    return (*arguments[:position], value, *arguments[position + 1 :])


ERRORS = [
    (sgd_step, at(STEP, 0, V.tolist()), TypeError, "V: expected a contiguous float array with one word per row"),
    (sgd_step, at(STEP, 1, U.astype(int)), TypeError, "U: expected a contiguous float array"),
    (sgd_step, at(STEP, 1, np.array(U.T, order="C").T), TypeError, "U: expected a contiguous float array"),
    (sgd_step, at(STEP, 0, V[:, :2].copy()), ValueError, "V, U: expected the same number of columns"),
    (sgd_step, at(STEP, 0, V * np.nan), ValueError, "V: expected finite numbers, got nan"),
    (sgd_step, at(STEP, 2, 5), IndexError, "center: expected an index in 0..4, got 5"),
    (sgd_step, at(STEP, 3, []), ValueError, "outside: expected a list of at least one word index"),
    (sgd_step, at(STEP, 4, [[0]]), ValueError, "negatives: expected one list for each of the 4 outside words, got 1"),
    (sgd_step, at(STEP, 4, [[], [1], [2], [3]]), ValueError, "negatives: expected a list of at least one word index"),
    (sgd_step, at(STEP, 5, 0), ValueError, "learning_rate: expected a finite number above 0, got 0"),
    (sgd_step, at(STEP, 5, float("nan")), ValueError, "learning_rate: expected a finite number above 0, got nan"),
    (mini_batch_step, at(BATCH, 2, [2, 5]), IndexError, "centers: expected indices in 0..4, got 5"),
    (mini_batch_step, at(BATCH, 2, [0.5, 1]), TypeError, "centers: expected word indices, ints"),
    (
        mini_batch_step,
        at(BATCH, 3, [0]),
        ValueError,
        r"outsides, negatives: expected shapes \(2,\) and \(2, K\), got \(1,\) and \(2, 3\)",
    ),
    (mini_batch_step, at(BATCH, 4, [1, 3]), ValueError, r"expected shapes \(2,\) and \(2, K\), got \(2,\) and \(2,\)"),
    (mini_batch_step, at(BATCH, 4, [[-1], [0]]), IndexError, "negatives: expected indices in 0..4, got -1"),
    (
        mini_batch_step,
        at(BATCH, 4, np.zeros((2, 0), int)),
        ValueError,
        "negatives: expected a list of at least one word index",
    ),
    (mini_batch_step, at(BATCH, 5, -0.1), ValueError, "learning_rate: expected a finite number above 0, got -0.1"),
    (train, at(CORPUS, 0, []), ValueError, "sentences: expected a sentence of at least two words, got none"),
    (
        train,
        at(CORPUS, 0, [["a", "b"]]),
        TypeError,
        "sentences: expected lists of word indices, .* encode the words first",
    ),
    (train, at(CORPUS, 0, [[0, 3]]), IndexError, "sentences: expected indices in 0..2, got 3"),
    (train, at(CORPUS, 1, [1, 0, 1]), ValueError, "counts: expected a number above 0 for every word, got 0"),
]


@pytest.mark.parametrize("function, arguments, error, message", ERRORS, ids=range(len(ERRORS)))
def test_error(function, arguments, error, message):
    with pytest.raises(error, match=message):
        function(*arguments)
    np.testing.assert_array_equal([V, U], tables())


@pytest.mark.parametrize(
    "setting, message",
    [
        ({"window": 0}, "window: expected an int of at least 1, got 0"),
        ({"negatives": 0}, "negatives: expected an int of at least 1, got 0"),
        ({"dimensions": 2.0}, "dimensions: expected an int of at least 1, got 2.0"),
        ({"epochs": -1}, "epochs: expected an int of at least 1, got -1"),
        ({"batch": True}, "batch: expected an int of at least 1, got True"),
        ({"learning_rate": np.inf}, "learning_rate: expected a finite number above 0, got inf"),
        ({"seed": -3}, "seed: expected an int of at least 0, got -3"),
        ({"power": np.nan}, "power: expected a finite number of at least 0, got nan"),
    ],
)
def test_settings_are_checked(setting, message):
    with pytest.raises(ValueError, match=message):
        train(*CORPUS, **setting)


def test_an_unknown_setting_and_too_few_frames():
    with pytest.raises(TypeError, match="unexpected keyword argument 'learning_rat'"):
        Settings(learning_rat=0.1)
    with pytest.raises(ValueError, match="frames: expected an int of at least 2, got 1"):
        record([[0, 1]], world()[1], ["king"], frames=1)
    with pytest.raises(ValueError, match="tokens: expected words of the vocabulary, got 'dog'"):
        record([[0, 1]], world()[1], ["dog"])
