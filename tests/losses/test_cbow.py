"""CBOW: hand values, an independent statement, the slips by name, training, and what gensim does with the factor."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from w2v.chapters import toy
from w2v.checker import check
from w2v.checks.gradient_check import GradientMismatch, check_gradients
from w2v.checks.slips.cbow import CBOW
from w2v.checks.slips.likely import likely_slip
from w2v.checks.slips.pair import NAIVE_SOFTMAX, NEGATIVE_SAMPLING
from w2v.corpus.vocabulary import build_vocabulary, encode
from w2v.corpus.windows import context_windows
from w2v.losses.cbow import cbow_gradients, cbow_loss, context_vector
from w2v.losses.functions import softmax
from w2v.losses.pair import (
    naive_softmax_gradients,
    naive_softmax_loss,
    negative_sampling_gradients,
    negative_sampling_loss,
)
from w2v.losses.skip_gram import skip_gram_gradients
from w2v.text import tiny_world
from w2v.text.words import split_sentences
from w2v.training.cbow import cbow_batch_step, cbow_windows, train_cbow
from w2v.training.sgd import Diverged
from w2v.vectors.neighbours import group_chance, group_recovery

V, U = toy.center_vectors(), toy.outside_vectors()
WINDOW, DRAWS = [0, 1, 0, 4], [1, 0, 3, 3]  # "the cat ... the milk": one word twice; cold drawn twice
BOTH = [("naive softmax", (2, WINDOW, V, U)), ("negative sampling", (2, WINDOW, V, U, DRAWS))]
LOSSES = pytest.mark.parametrize("arguments", [a for _, a in BOTH], ids=[name for name, _ in BOTH])


# By hand. The mean of the three vectors is (1, 0), the scores are log 1, log 2 and log 5.
BY_HAND_V = np.array([[2.0, 3.0], [7.0, 7.0], [-1.0, -6.0]])
BY_HAND_U = np.array([[0.0, 1.0], [np.log(2), -1.0], [np.log(5), 2.0]])
BY_HAND = (1, [0, 0, 2], BY_HAND_V, BY_HAND_U)


def test_the_mean_counts_a_repeated_word_twice():
    np.testing.assert_allclose(context_vector([0, 0, 2], BY_HAND_V), [1, 0], atol=1e-15)
    np.testing.assert_allclose(context_vector([0, 0, 2], BY_HAND_V, mean=False), [3, 0], atol=1e-15)


def test_the_softmax_loss_and_gradients_by_hand():
    assert cbow_loss(*BY_HAND) == pytest.approx(np.log(8 / 2), rel=1e-15)
    grad_V, grad_U = cbow_gradients(*BY_HAND)
    of_mean = BY_HAND_U[0] / 8 - 6 / 8 * BY_HAND_U[1] + 5 / 8 * BY_HAND_U[2]
    np.testing.assert_allclose(grad_V, np.outer([2 / 3, 0, 1 / 3], of_mean), rtol=1e-14)
    np.testing.assert_allclose(grad_U, [[1 / 8, 0], [-6 / 8, 0], [5 / 8, 0]], atol=1e-15)


def test_the_sampling_loss_and_gradients_by_hand():
    arguments = (*BY_HAND, [2, 2, 0])  # the sigmoids are 1/2, 2/3, 5/6
    assert cbow_loss(*arguments) == pytest.approx(-np.log(2 / 3) - 2 * np.log(1 / 6) - np.log(1 / 2), rel=1e-14)
    grad_V, grad_U = cbow_gradients(*arguments)
    of_mean = -1 / 3 * BY_HAND_U[1] + 5 / 3 * BY_HAND_U[2] + 1 / 2 * BY_HAND_U[0]
    np.testing.assert_allclose(grad_V, np.outer([2 / 3, 0, 1 / 3], of_mean), rtol=1e-14)
    np.testing.assert_allclose(grad_U, [[1 / 2, 0], [-1 / 3, 0], [5 / 3, 0]], atol=1e-15)


@pytest.mark.parametrize("slip", CBOW, ids=lambda slip: slip.name)
def test_hand_values_refuse_every_slip(slip):
    right = cbow_gradients(*BY_HAND)
    assert not all(np.allclose(a, b) for a, b in zip(slip.gradients(*BY_HAND), right))


@st.composite
def windows(draw, shortest=1):
    """(center, outside, V, U, negatives) of random sizes, never square."""
    vocabulary, D = draw(st.integers(3, 7)), draw(st.integers(2, 5))
    assume(vocabulary != D)
    rng, word = np.random.default_rng(draw(st.integers(0, 10_000))), st.integers(0, vocabulary - 1)
    tables = rng.normal(size=(2, vocabulary, D))
    return (
        draw(word),
        draw(st.lists(word, min_size=shortest, max_size=6)),
        *tables,
        draw(st.lists(word, min_size=2, max_size=5)),
    )


@settings(deadline=None)
@given(windows())
def test_the_loss_is_that_of_a_pair_at_the_mean(window):
    center, outside, V, U, negatives = window
    mean = sum(V[w] for w in outside) / len(outside)
    assert cbow_loss(center, outside, V, U) == pytest.approx(naive_softmax_loss(mean, center, U), rel=1e-12, abs=1e-12)
    assert cbow_loss(*window) == pytest.approx(negative_sampling_loss(mean, center, U, negatives), rel=1e-12)


@settings(deadline=None)
@given(windows())
def test_the_gradient_is_shared_out_by_the_places_of_the_window(window):
    center, outside, V, U, negatives = window
    mean = np.mean(V[outside], axis=0)
    for rest, pair in (((), naive_softmax_gradients), ((negatives,), negative_sampling_gradients)):
        of_mean, to_U = pair(mean, center, U, *rest)
        grad_V, grad_U = cbow_gradients(center, outside, V, U, *rest)
        np.testing.assert_allclose(grad_U, to_U, atol=1e-12)
        np.testing.assert_allclose(grad_V.sum(axis=0), of_mean, atol=1e-12)
        for w in range(len(V)):
            np.testing.assert_allclose(grad_V[w], outside.count(w) / len(outside) * of_mean, atol=1e-12)


@settings(deadline=None, max_examples=25)
@given(windows(), st.booleans())
def test_all_gradients_pass_the_gradient_check(window, mean):
    *softmax_window, _ = window
    check_gradients(cbow_loss, cbow_gradients, *softmax_window, None, mean, wrt=("V", "U"))
    check_gradients(cbow_loss, cbow_gradients, *window, mean, wrt=("V", "U"))


@settings(deadline=None)
@given(windows())
def test_the_order_of_the_window_is_lost(window):
    center, outside, *rest = window
    for a, b in zip(cbow_gradients(center, outside, *rest), cbow_gradients(center, outside[::-1], *rest)):
        np.testing.assert_allclose(a, b, atol=1e-12)


@settings(deadline=None)
@given(windows())
def test_a_sum_is_a_mean_with_larger_vectors(window):
    center, outside, V, U, negatives = window
    size = len(outside)
    assert cbow_loss(center, outside, V / size, U, negatives, mean=False) == pytest.approx(
        cbow_loss(*window), rel=1e-12
    )
    summed, averaged = cbow_gradients(center, outside, V / size, U, negatives, mean=False), cbow_gradients(*window)
    np.testing.assert_allclose(summed[0], size * averaged[0], atol=1e-12)
    np.testing.assert_allclose(summed[1], averaged[1], atol=1e-12)


@settings(deadline=None)
@given(windows())
def test_a_window_of_one_word_is_a_pair_of_skip_gram(window):
    center, (word, *_), V, U, _ = window
    for a, b in zip(cbow_gradients(center, [word], V, U), skip_gram_gradients(word, [center], V, U)):
        np.testing.assert_allclose(a, b, atol=1e-14)


@settings(deadline=None)
@given(windows(shortest=2))
def test_the_loss_of_the_mean_is_the_smaller_one(window):
    """The inequality of T29, which the build does not check."""
    center, outside, V, U, _ = window
    losses = [naive_softmax_loss(V[w], center, U) for w in outside]
    assert cbow_loss(center, outside, V, U) <= np.mean(losses) + 1e-12
    gap = -np.log(np.exp(np.mean([np.log(softmax(U @ V[w])) for w in outside], axis=0)).sum())
    assert np.mean(losses) - cbow_loss(center, outside, V, U) == pytest.approx(gap, abs=1e-11)


def test_scores_of_800_stay_finite():
    far = 800 * np.array([[1.0, 0], [1, 0], [1, 1]])
    arguments = (2, [0, 1], far, np.array([[1.0, 0], [0, 1], [-1, 0]]))
    assert cbow_loss(*arguments) == pytest.approx(1600, rel=1e-15)
    assert all(np.isfinite(g).all() for g in (*cbow_gradients(*arguments), *cbow_gradients(*arguments, [0, 0])))


# The slips.


def message(gradients, arguments):
    with pytest.raises(GradientMismatch) as caught:
        check_gradients(cbow_loss, gradients, *arguments, wrt=("V", "U"))
    return str(caught.value)


@LOSSES
@pytest.mark.parametrize("slip", CBOW, ids=lambda slip: slip.name)
def test_every_slip_is_named(slip, arguments):
    assert f"likely slip: {slip.name}: {slip.hint}" in message(slip.gradients, arguments)


@LOSSES
def test_the_slips_of_a_pair_are_named_in_a_window(arguments):
    from w2v.checks.slips.cbow import wrong_gradients

    own = NAIVE_SOFTMAX if len(arguments) == 4 else NEGATIVE_SAMPLING
    wrong = [(slip, gradients) for slip, gradients in wrong_gradients(*arguments) if slip in own]
    assert len(wrong) == len(own)
    for slip, gradients in wrong:
        assert f"likely slip: {slip.name}" in message(lambda *_: gradients, arguments)


@LOSSES
def test_no_two_slips_give_the_same_numbers(arguments):
    from w2v.checks.slips.cbow import wrong_gradients

    tables = [(slip.name, np.vstack(gradients)) for slip, gradients in wrong_gradients(*arguments)]
    assert not [(a, b) for i, (a, x) in enumerate(tables) for b, y in tables[:i] if np.allclose(x, y)]


@settings(deadline=None, max_examples=25)
@given(windows(), st.booleans())
def test_right_gradients_are_never_accused(window, mean):
    arguments = (*window, mean)
    for position, gradient in enumerate(cbow_gradients(*arguments)):
        assert likely_slip(cbow_loss, arguments, position, gradient, gradient) in (None, "a constant factor 1 too many")


# Arguments.


@LOSSES
@pytest.mark.parametrize("function", [cbow_loss, cbow_gradients])
def test_arguments_are_not_modified(function, arguments):
    frozen = [np.array(a) if isinstance(a, (list, np.ndarray)) else a for a in arguments]
    for array in frozen[1:]:
        array.flags.writeable = False
    function(*frozen)


WITH_NAN = np.where(np.arange(15).reshape(5, 3) == 7, np.nan, U)
BAD = [
    ((5, [1], V, U), IndexError, r"center: expected an index in 0\.\.4, got 5"),
    (("cat", [1], V, U), TypeError, "center: expected the index of a word"),
    ((2, [], V, U), ValueError, "outside: expected a list of at least one word index"),
    ((2, [1, 9], V, U), IndexError, r"outside: expected indices in 0\.\.4, got 9"),
    ((2, [0.5], V, U), TypeError, "outside: expected word indices, ints"),
    ((2, [1], V, U[:, :2]), ValueError, r"U: expected 3 columns, .* got shape \(5, 2\)"),
    ((2, [1], V, U[:4]), ValueError, "U: expected one row for each of the 5 words of V, got 4 rows"),
    ((2, [1], WITH_NAN, U), ValueError, r"V: expected finite numbers, got nan at \[2, 1\]"),
    (
        (2, [1], V, U, [[0, 1]]),
        ValueError,
        r"negatives: expected a list of at least one word index, got shape \(1, 2\)",
    ),
    ((2, [1], V, U, [7]), IndexError, r"negatives: expected indices in 0\.\.4, got 7"),
    ((2, [1], V, U, None, "sum"), TypeError, "mean: expected True or False, got 'sum'"),
]


@pytest.mark.parametrize("arguments, error, message", BAD)
@pytest.mark.parametrize("function", [cbow_loss, cbow_gradients])
def test_bad_windows_are_explained(function, arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        function(*arguments)


# Training.

SENTENCES = [[0, 1, 2, 3, 4], [4, 3, 3], [2], [1, 0, 1, 5, 2, 5]]


def test_windows_as_arrays_are_the_windows_of_the_sentences():
    centers, outsides, sizes = cbow_windows(SENTENCES, 2)
    rows = [(int(c), row[:size].tolist()) for c, row, size in zip(centers, outsides, sizes)]
    assert rows == [window for sentence in SENTENCES for window in context_windows(sentence, 2)]
    assert not outsides[np.arange(4) >= sizes[:, None]].any()


def test_a_text_without_a_window_is_explained():
    with pytest.raises(ValueError, match="sentences: expected a sentence of at least two words, got none"):
        cbow_windows([[3], []], 2)


def one_by_one(V, U, centers, outsides, sizes, negatives, rate, corrected=True):
    """The sum of the single windows' steps, from the same tables."""
    loss, steps = 0.0, [np.zeros_like(V), np.zeros_like(U)]
    for center, row, size, draws in zip(centers, outsides, sizes, negatives):
        arguments = (int(center), row[:size], V, U, draws)
        grad_V, grad_U = cbow_gradients(*arguments)
        loss += cbow_loss(*arguments)
        steps[0] -= rate * grad_V * (1 if corrected else size)
        steps[1] -= rate * grad_U
    return V + steps[0], U + steps[1], loss


@pytest.mark.parametrize("corrected", [True, False])
def test_a_batch_is_the_sum_of_its_windows(corrected):
    rng = np.random.default_rng(2)
    V, U = rng.normal(size=(2, 6, 4))
    arrays = (*cbow_windows(SENTENCES, 2), rng.integers(6, size=(14, 3)))
    expected = one_by_one(V, U, *arrays, 0.1, corrected)
    loss = cbow_batch_step(V, U, *arrays, 0.1, corrected)
    np.testing.assert_allclose(V, expected[0], rtol=1e-12)
    np.testing.assert_allclose(U, expected[1], rtol=1e-12)
    assert loss == pytest.approx(expected[2], rel=1e-12)


def test_the_two_ways_to_train_differ():
    rng = np.random.default_rng(2)
    V, U = rng.normal(size=(2, 6, 4))
    arrays = (*cbow_windows(SENTENCES, 2), rng.integers(6, size=(14, 3)))
    assert not np.allclose(one_by_one(V, U, *arrays, 0.1)[0], one_by_one(V, U, *arrays, 0.1, corrected=False)[0])


def tiny(tokens):
    sentences = split_sentences(tiny_world.text(tokens=tokens))
    vocabulary = build_vocabulary([w for sentence in sentences for w in sentence])
    return [encode(sentence, vocabulary) for sentence in sentences], vocabulary


def test_training_learns_the_groups():
    encoded, vocabulary = tiny(30_000)
    groups = tiny_world.world().groups
    run = train_cbow(encoded, vocabulary.counts, dimensions=20, batch=32, epochs=3, learning_rate=0.1)
    assert run.losses[-1] < run.losses[0] / 2
    assert group_recovery(run.V, vocabulary, groups) > 0.6 > 20 * group_chance(vocabulary, groups)
    assert run.pairs[-1] == 3 * sum(len(sentence) for sentence in encoded if len(sentence) > 1)


def test_a_run_repeats_bit_for_bit():
    encoded, vocabulary = tiny(2_000)
    first, again, other = (train_cbow(encoded, vocabulary.counts, epochs=1, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(first.V, again.V) and np.array_equal(first.U, again.U)
    assert not np.array_equal(first.V, other.V)


def test_divergence_is_told():
    encoded, vocabulary = tiny(8_000)
    with pytest.raises(Diverged, match="learning_rate: expected one at which training stays finite, got 3"):
        train_cbow(encoded, vocabulary.counts, learning_rate=3.0, batch=256, decay=False, epochs=6)


def test_words_beyond_the_counts_are_explained():
    with pytest.raises(IndexError, match=r"sentences: expected indices in 0\.\.1, got 5"):
        train_cbow([[0, 1, 5]], [3, 2])


# What the libraries do. With hierarchical softmax nothing is drawn, so that one step of gensim can be followed exactly.


def followed(model, sentence, V, U, rate, share):
    """The tables after one pass of CBOW over a sentence, each word receiving the gradient of the mean divided by share(size)."""
    for t, center in enumerate(sentence):
        outside = sentence[:t] + sentence[t + 1 :]
        mean, work = V[outside].mean(axis=0), np.zeros(V.shape[1])
        for point, code in zip(model.wv.get_vecattr(center, "point"), model.wv.get_vecattr(center, "code")):
            slope = rate * (1 - code - 1 / (1 + np.exp(-U[point] @ mean)))
            work += slope * U[point]
            U[point] += slope * mean
        np.add.at(V, outside, work / share(len(outside)))
    return V


def test_gensim_leaves_out_the_factor():
    gensim = pytest.importorskip("gensim.models")
    words = "the cat drinks cold milk".split()
    model = gensim.Word2Vec(
        vector_size=6,
        window=5,
        sg=0,
        hs=1,
        negative=0,
        cbow_mean=1,
        min_count=1,
        sample=0,
        shrink_windows=False,
        workers=1,
        seed=1,
    )
    model.build_vocab([words])
    rng = np.random.default_rng(1)
    model.wv.vectors[:], model.syn1[:] = rng.normal(size=(5, 6)) / 2, rng.normal(size=model.syn1.shape) / 2
    V, U = model.wv.vectors.astype(float), model.syn1.astype(float)
    sentence = [model.wv.key_to_index[word] for word in words]
    forgotten = followed(model, sentence, V.copy(), U.copy(), 0.05, lambda size: 1)
    corrected = followed(model, sentence, V.copy(), U.copy(), 0.05, lambda size: size)
    model.train([words], total_examples=1, epochs=1, start_alpha=0.05, end_alpha=0.05)
    moved = np.abs(model.wv.vectors - V).max()
    assert (
        np.abs(model.wv.vectors - forgotten).max() < 0.1 * moved
    )  # gensim takes its sigmoid from a table of 1000 entries
    assert np.abs(model.wv.vectors - corrected).max() > 0.5 * moved


# The checker.

MEAN = r"""$$\bar v = \frac{1}{2m} \sum_{-m \le j \le m,\, j \ne 0} v_{w_{t+j}}$$

$$J = -u_c^\top \bar v + \log \sum_x \exp(u_x^\top \bar v)$$

"""


def test_a_gradient_of_one_place_needs_distinct_words_of_the_window():
    step = check(
        MEAN + r"$$\frac{\partial J}{\partial v_{w_{t+j}}} = \frac{1}{2m} \frac{\partial J}{\partial \bar v}$$"
    ).steps[-1]
    assert step.status == "proved" and step.hypotheses == ["words of the window distinct"]


def test_a_gradient_of_one_word_needs_no_hypothesis():
    line = r"$$\frac{\partial J}{\partial v_w} = \frac{1}{2m} \sum_{-m \le j \le m,\, j \ne 0} \mathbf{1}[w_{t+j}=w] \frac{\partial J}{\partial \bar v}$$"
    step = check(MEAN + line).steps[-1]
    assert step.status == "proved" and step.hypotheses == []


@pytest.mark.parametrize("word, status, needed", [("o", "proved", ["o not among the negatives"]), ("c", "refuted", [])])
def test_the_predicted_word_may_not_be_drawn_where_its_vector_gets_one_term(word, status, needed):
    text = MEAN.split("$$J")[0] + (
        r"$$J = -\log\sigma(u_o^\top \bar v) - \sum_{k=1}^{K} \log\sigma(-u_{w_k}^\top \bar v)$$"
        "\n\n"
        r"$$\frac{\partial J}{\partial u_o} = \left(\sigma(u_o^\top \bar v)-1\right) \bar v$$"
    )
    step = check(text.replace("u_o", f"u_{word}")).steps[-1]
    assert step.status == status and step.hypotheses == needed
