"""Trees, Huffman's tree, and the hierarchical softmax: hand values, properties of every tree, slips, clear errors."""

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v.chapters.tree_picture import draw_tree, places_of
from w2v.checker import check
from w2v.checks.gradient_check import GradientMismatch, check_gradients
from w2v.checks.slips.hierarchical_softmax import HIERARCHICAL_SOFTMAX
from w2v.checks.symbolic import every_size
from w2v.checks.symbolic.every_size import M, i, k, q, score, sigma, t, u, v
from w2v.corpus.vocabulary import build_vocabulary, encode
from w2v.losses.functions import sigmoid
from w2v.losses.hierarchical_softmax import (
    hierarchical_softmax_gradients,
    hierarchical_softmax_loss,
    word_probabilities,
)
from w2v.losses.huffman import Tree, all_trees, huffman_tree, tree_of
from w2v.text import tiny_world
from w2v.text.words import split_sentences
from w2v.training.on_tree import padded_paths, train_on_tree, tree_step
from w2v.training.sgd import Diverged
from w2v.vectors.neighbours import group_recovery

# Five words, D = 3, and the path of word 2 has the answers yes, no, no, no: 4 steps.
TREE = tree_of(((1, (0, (4, 2))), 3))
O = 2
SHORT = tree_of(((1, (4, 2)), (0, 3)))  # the path of word 2 has 3 steps and leaves out one inner node
V_C = np.array([1.0, -2.0, 0.5])
# Inner vectors with sigmoids 1/3, 3/4, 1/2 and 4/5: the scores are log(1/2), log 3, 0 and log 4.
INNER = np.outer(np.log([1 / 2, 3, 1, 4]), V_C) / (V_C @ V_C) + np.array(
    [[2.0, 1, 0], [1, 0, -2], [0, 1, 4], [-2, -1, 0]]
)
YES = [1 / 3, 3 / 4, 1 / 2, 4 / 5]


def agree(got, expected):
    for a, b in zip(got, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)


def by_hand(factors):
    """(grad_v_c, grad_inner) for given factors of V_C, one for each inner node."""
    return sum(f * a for f, a in zip(factors, INNER)), np.array([f * V_C for f in factors])


def test_the_scores_are_what_the_hand_values_assume():
    np.testing.assert_allclose(sigmoid(INNER @ V_C), YES, rtol=1e-14)


def test_a_path_by_hand():
    assert TREE.children == ((4, 2), (0, 5), (1, 6), (7, 3))
    assert TREE.paths[O] == ((3, 1), (2, -1), (1, -1), (0, -1)) and TREE.paths[3] == ((3, -1),)
    assert [TREE.code(w) for w in range(5)] == ["010", "00", "0111", "1", "0110"]
    assert TREE.lengths.tolist() == [3, 2, 4, 1, 4]
    assert len(TREE) == 5 and TREE.expected_length([2, 1, 3, 1, 1]) == (6 + 2 + 12 + 1 + 4) / 8


def test_probabilities_by_hand():
    reached = 4 / 5 * 1 / 2 * 1 / 4
    expected = [4 / 5 * 1 / 2 * 3 / 4, 4 / 5 * 1 / 2, reached * 2 / 3, 1 / 5, reached * 1 / 3]
    np.testing.assert_allclose(word_probabilities(V_C, INNER, TREE), expected, rtol=1e-13)


def test_loss_and_gradients_by_hand():
    assert hierarchical_softmax_loss(V_C, O, INNER, TREE) == pytest.approx(
        -np.log(4 / 5 * 1 / 2 * 1 / 4 * 2 / 3), rel=1e-14
    )
    agree(hierarchical_softmax_gradients(V_C, O, INNER, TREE), by_hand([1 / 3, 3 / 4, 1 / 2, 4 / 5 - 1]))
    agree(hierarchical_softmax_gradients(V_C, 1, INNER, TREE), by_hand([0, 0, 1 / 2 - 1, 4 / 5 - 1]))


@pytest.mark.parametrize("slip", HIERARCHICAL_SOFTMAX, ids=lambda slip: slip.name)
def test_hand_values_refuse_wrong_gradients(slip):
    """At word 1 too, whose path leaves out two inner nodes."""
    refused = 0
    for o, factors in ((O, [1 / 3, 3 / 4, 1 / 2, 4 / 5 - 1]), (1, [0, 0, 1 / 2 - 1, 4 / 5 - 1])):
        try:
            agree(slip.gradients(V_C, o, INNER, TREE), by_hand(factors))
        except AssertionError:
            refused += 1
    assert refused


@pytest.mark.parametrize("slip", HIERARCHICAL_SOFTMAX, ids=lambda slip: slip.name)
def test_every_slip_is_named(slip):
    with pytest.raises(GradientMismatch) as caught:
        check_gradients(hierarchical_softmax_loss, slip.gradients, V_C, O, INNER, SHORT, wrt=("v_c", "inner"))
    assert f"likely slip: {slip.name}: {slip.hint}" in str(caught.value)


def test_no_two_slips_give_the_same_numbers():
    tables = [np.vstack(slip.gradients(V_C, O, INNER, SHORT)) for slip in HIERARCHICAL_SOFTMAX]
    alike = [(a, b) for a in range(len(tables)) for b in range(a) if np.allclose(tables[a], tables[b])]
    assert not alike


def test_right_gradients_are_never_called_a_slip():
    right = hierarchical_softmax_gradients(V_C, O, INNER, SHORT)
    for position, gradient in enumerate(right):
        assert all(
            not np.allclose(slip.gradients(V_C, O, INNER, SHORT)[position], gradient) for slip in HIERARCHICAL_SOFTMAX
        )


# -- every tree ----------------------------------------------------------------------------------------------------


@st.composite
def trees(draw, most=9):
    """A random tree: the nodes are joined two by two in a random order."""
    words = draw(st.integers(2, most))
    nodes, children = list(range(words)), []
    while len(nodes) > 1:
        pair = tuple(nodes.pop(draw(st.integers(0, len(nodes) - 1))) for _ in range(2))
        nodes.append(words + len(children))
        children.append(pair)
    return Tree(tuple(children))


@st.composite
def cases(draw):
    """(v_c, o, inner, tree) with D different from the number of words and of inner nodes."""
    tree, seed = draw(trees()), draw(st.integers(0, 2**32 - 1))
    rng, D = np.random.default_rng(seed), draw(st.sampled_from([2, 12]))
    return rng.normal(size=D), draw(st.integers(0, len(tree) - 1)), rng.normal(size=(len(tree) - 1, D)), tree


@settings(deadline=None)
@given(trees())
def test_kraft_holds_with_equality_in_every_tree(tree):
    assert sum(Fraction(1, 2 ** int(length)) for length in tree.lengths) == 1


def test_kraft_refuses_a_node_with_one_child():
    """The mutant: a path with a step that shares out nothing is a bit too long, and the sum is less than 1."""
    assert sum(Fraction(1, 2 ** int(length)) for length in (TREE.lengths + [0, 1, 0, 0, 0])) != 1


@settings(deadline=None)
@given(trees())
def test_no_code_is_the_beginning_of_another(tree):
    codes = [tree.code(w) for w in range(len(tree))]
    assert not [(a, b) for a in codes for b in codes if a != b and b.startswith(a)] and len(set(codes)) == len(tree)


@settings(deadline=None)
@given(cases())
def test_the_probabilities_are_a_distribution_and_products_along_the_paths(case):
    v_c, o, inner, tree = case
    p = word_probabilities(v_c, inner, tree)
    assert p.min() > 0 and p.sum() == pytest.approx(1, abs=1e-12)
    for w in range(len(tree)):
        factors = [sigmoid(sign * (inner[node] @ v_c)) for node, sign in tree.paths[w]]
        assert p[w] == pytest.approx(np.prod(factors), rel=1e-12)
        assert hierarchical_softmax_loss(v_c, w, inner, tree) == pytest.approx(-np.log(p[w]), rel=1e-10, abs=1e-12)


@settings(deadline=None, max_examples=25)
@given(cases())
def test_the_gradients_pass_the_gradient_check(case):
    check_gradients(hierarchical_softmax_loss, hierarchical_softmax_gradients, *case, wrt=("v_c", "inner"))


@settings(deadline=None)
@given(cases())
def test_only_the_rows_on_the_path_are_touched(case):
    v_c, o, inner, tree = case
    touched = hierarchical_softmax_gradients(v_c, o, inner, tree)[1].any(axis=1)
    assert sorted(np.flatnonzero(touched)) == sorted(tree.path(o)[0])


@settings(deadline=None)
@given(cases())
def test_swapping_yes_and_no_and_the_sign_of_the_vector_changes_nothing(case):
    v_c, o, inner, tree = case
    turned = Tree(tuple((no, yes) for yes, no in tree.children))
    assert hierarchical_softmax_loss(v_c, o, -inner, turned) == pytest.approx(
        hierarchical_softmax_loss(v_c, o, inner, tree), rel=1e-12
    )


def test_scores_of_800_stay_finite():
    v_c, inner = np.array([1.0, 1.0]), np.array([[800.0, 0], [-800, 0], [0, 790], [0, 800]])
    assert hierarchical_softmax_loss(v_c, O, inner, TREE) == pytest.approx(790 + 800, rel=1e-12)
    assert np.isfinite(word_probabilities(v_c, inner, TREE)).all()
    assert all(np.isfinite(g).all() for g in hierarchical_softmax_gradients(v_c, O, inner, TREE))


# -- Huffman's tree ------------------------------------------------------------------------------------------------


def least(counts):
    """The least sum of counts_w L_w over all trees."""
    return min(int(np.dot(counts, tree.lengths)) for tree in all_trees(len(counts)))


COUNTS = st.lists(st.integers(1, 60), min_size=2, max_size=5)


@settings(deadline=None, max_examples=60)
@given(COUNTS)
def test_the_huffman_tree_is_as_short_as_the_best_of_all_trees(counts):
    assert int(np.dot(counts, huffman_tree(counts).lengths)) == least(counts)


@pytest.mark.parametrize("counts", [(13, 2, 21, 5, 8, 3), (1, 1, 2, 3, 5, 8), (9, 9, 9, 9, 9, 9), (40, 7, 7, 7, 1, 1)])
def test_the_huffman_tree_of_six_words_is_best_of_945(counts):
    assert int(np.dot(counts, huffman_tree(counts).lengths)) == least(counts)


def test_a_tree_that_joins_the_largest_nodes_is_not_best():
    """The mutant: the same procedure with the two largest nodes."""
    counts = (13, 2, 21, 5, 8, 3)
    wrong = huffman_tree(-np.array(counts) + 22)
    assert int(np.dot(counts, wrong.lengths)) > least(counts)


def test_all_trees_are_all_of_them():
    for words, expected in ((2, 1), (3, 3), (4, 15), (5, 105)):
        unordered = {frozenset(_leaves(tree)) for tree in all_trees(words)}
        assert len(unordered) == len(list(all_trees(words))) == expected


def _leaves(tree):
    """The sets of words below the inner nodes; they determine a tree up to swapping children."""
    below = [frozenset([w]) for w in range(len(tree))]
    for pair in tree.children:
        below.append(frozenset().union(*(below[node] for node in pair)))
    return below[len(tree) :]


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=40))
def test_the_expected_length_lies_within_one_bit_of_the_entropy(counts):
    f = np.array(counts) / np.sum(counts)
    entropy = float(-(f * np.log2(f)).sum())
    assert entropy - 1e-9 <= huffman_tree(counts).expected_length(counts) < entropy + 1


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=40))
def test_a_more_frequent_word_never_has_a_longer_path(counts):
    lengths = huffman_tree(counts).lengths
    assert all(lengths[a] <= lengths[b] for a, x in enumerate(counts) for b, y in enumerate(counts) if x > y)


def test_equal_counts_give_a_balanced_tree():
    assert set(huffman_tree([7] * 8).lengths) == {3} and set(huffman_tree([7] * 6).lengths) == {2, 3}


# Words in order of falling counts, as word2vec.c sorts them; the codes were worked out on paper by its rules.
CODES = [
    ((9, 5, 3), ["1", "01", "00"]),  # 3 and 5 are joined into 8, which is rarer than 9: yes
    ((7, 5, 3), ["0", "11", "10"]),  # 7 is rarer than 8
    ((8, 5, 3), ["1", "01", "00"]),  # a tie between a word and an inner node: the inner node goes first
    ((4, 4, 4, 4), ["11", "10", "01", "00"]),  # ties between words: the later word; between inner nodes: the older
    ((5, 2, 2, 1, 1), ["0", "10", "111", "1101", "1100"]),
]


@pytest.mark.parametrize("counts, codes", CODES)
def test_ties_are_broken_as_in_word2vec_c(counts, codes):
    tree = huffman_tree(counts)
    assert [tree.code(w) for w in range(len(counts))] == codes


def test_the_same_counts_give_the_same_tree():
    counts = np.random.default_rng(3).integers(1, 6, 200)
    assert huffman_tree(counts) == huffman_tree(list(counts)) == huffman_tree(counts.astype(float))


def test_gensim_builds_a_tree_of_the_same_expected_length():
    gensim = pytest.importorskip("gensim.models.word2vec")
    counts = np.sort(np.random.default_rng(5).integers(1, 400, 150))[::-1]
    words = {f"w{n:03}": int(count) for n, count in enumerate(counts)}
    model = gensim.Word2Vec(vector_size=2, min_count=1, hs=1, negative=0, sorted_vocab=False)
    model.build_vocab_from_freq(words)
    theirs = [len(model.wv.get_vecattr(word, "code")) for word in words]
    assert int(np.dot(counts, theirs)) == int(np.dot(counts, huffman_tree(counts).lengths))


# -- training ------------------------------------------------------------------------------------------------------


def small_world():
    sentences = split_sentences(tiny_world.text(tokens=50_000))
    vocabulary = build_vocabulary([word for sentence in sentences for word in sentence])
    return [encode(sentence, vocabulary) for sentence in sentences], vocabulary


def test_padded_paths_are_the_paths():
    nodes, answers, mask = padded_paths(TREE)
    assert nodes.shape == answers.shape == mask.shape == (5, 4) and mask.sum() == TREE.lengths.sum()
    for w, length in enumerate(TREE.lengths):
        path = list(zip(nodes[w, :length].tolist(), np.where(answers[w, :length], 1, -1).tolist()))
        assert tuple(path) == TREE.paths[w] and not mask[w, length:].any()


def test_a_step_is_the_sum_of_the_gradients_of_its_pairs():
    """Words repeat among centers and outside words, and paths of different length share inner nodes."""
    rng = np.random.default_rng(2)
    V, inner = rng.normal(size=(5, 3)), rng.normal(size=(4, 3))
    centers, outsides, rate = np.array([0, 2, 2, 4, 0, 2]), np.array([2, 3, 1, 2, 0, 3]), 0.1
    V_new, inner_new = V.copy(), inner.copy()
    loss = tree_step(V_new, inner_new, centers, outsides, padded_paths(TREE), rate)
    grad_V, grad_inner = np.zeros_like(V), np.zeros_like(inner)
    for c, o in zip(centers, outsides):
        g_v, g_inner = hierarchical_softmax_gradients(V[c], int(o), inner, TREE)
        grad_V[c] += g_v
        grad_inner += g_inner
    agree((V_new, inner_new), (V - rate * grad_V, inner - rate * grad_inner))
    assert loss == pytest.approx(
        sum(hierarchical_softmax_loss(V[c], int(o), inner, TREE) for c, o in zip(centers, outsides)), rel=1e-12
    )
    overwritten = inner.copy()
    overwritten[TREE.path(2)[0]] -= rate * hierarchical_softmax_gradients(V[0], 2, inner, TREE)[1][TREE.path(2)[0]]
    assert not np.allclose(overwritten, inner_new)


def test_training_recovers_the_groups_and_repeats_itself():
    sentences, vocabulary = small_world()
    tree = huffman_tree(vocabulary.counts)
    reports = []
    run = train_on_tree(sentences, tree, progress=reports.append, epochs=1)
    again = train_on_tree(sentences, tree, epochs=1)
    assert np.array_equal(run.V, again.V) and np.array_equal(run.U, again.U)
    assert run.V.shape == (len(tree), 20) and run.U.shape == (len(tree) - 1, 20) and len(reports) == len(run.pairs)
    assert run.losses[0] == pytest.approx(tree.expected_length(vocabulary.counts) * np.log(2), rel=0.1)
    assert run.losses[-1] < 0.8 * run.losses[0]
    assert group_recovery(run.V, vocabulary, tiny_world.world().groups) > 0.9
    assert set(run.settings) == {"window", "dimensions", "epochs", "batch", "learning_rate", "decay", "seed"}


def test_a_learning_rate_that_is_too_large_is_noticed():
    sentences, vocabulary = small_world()
    with pytest.raises(Diverged, match="learning_rate: expected one at which training stays finite, got 5"):
        train_on_tree(sentences, huffman_tree(vocabulary.counts), learning_rate=5.0)


# -- proofs with symbolic sizes ------------------------------------------------------------------------------------

pull = sp.Sum(sigma(score(q, k)) * q[k, i], (k, 1, M))
yes = sp.Sum((sigma(score(u, k)) - 1) * u[k, i], (k, 1, every_size.K))
WRONG_CLAIMS = [
    (every_size.path_center, yes - pull),
    (every_size.path_center, yes),
    (every_size.path_center, pull - yes),
    (every_size.path_yes, sigma(score(u, t)) * v[i]),
    (every_size.path_yes, (1 - sigma(score(u, t))) * v[i]),
    (every_size.path_no, (sigma(score(q, t)) - 1) * v[i]),
    (every_size.path_no, sigma(-score(q, t)) * v[i]),
]


@pytest.mark.parametrize("proof", [every_size.path_center, every_size.path_yes, every_size.path_no])
def test_the_claim_is_proved_for_every_path(proof):
    assert proof() is True


@pytest.mark.parametrize("proof, claim", WRONG_CLAIMS)
def test_a_wrong_claim_is_refused(proof, claim):
    with pytest.raises(AssertionError, match="expected 0"):
        proof(claim)


# -- the picture ---------------------------------------------------------------------------------------------------


def test_the_picture_names_every_word_once_and_colours_the_path():
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    draw_tree(ax, TREE, list("abcde"), O, V_C, INNER)
    texts = [text.get_text() for text in ax.texts]
    branches = [text for text in texts if text.startswith(("yes", "no"))]
    assert sorted(text[0] for text in texts if "\n" in text and text not in branches) == list("abcde")
    assert sum(text.startswith("yes") for text in texts) == sum(text.startswith("no") for text in texts) == 4
    thick = [line for line in ax.lines if line.get_linewidth() == 2.5]
    assert len(thick) == TREE.lengths[O]


def test_no_two_words_of_the_picture_share_a_place():
    places = places_of(TREE)
    assert len(set(places)) == 9 and sorted(x for x, _ in places[:5]) == [0, 1, 2, 3, 4]


# -- errors --------------------------------------------------------------------------------------------------------

BAD_TREES = [
    (lambda: Tree(()), ValueError, "children: expected at least two words, so at least one inner node, got none"),
    (lambda: Tree(3), TypeError, "children: expected a pair of nodes for each inner node, got 3"),
    (lambda: Tree(((0, 1, 2),)), TypeError, "children: expected a pair of nodes for each inner node"),
    (lambda: Tree(((0, 1.5),)), TypeError, "children: expected nodes, ints, got 1.5 of type float"),
    (lambda: Tree(((0, True),)), TypeError, "children: expected nodes, ints, got True of type bool"),
    (lambda: Tree(((0, 1), (0, 3))), ValueError, r"children: expected each node in 0\.\.3 once, got node 0 2 times"),
    (
        lambda: Tree(((0, 4), (1, 2), (3, 5))),
        ValueError,
        r"children: expected inner nodes after those below them, got \(0, 4\) below inner node 0",
    ),
    (lambda: tree_of(3), ValueError, "children: expected at least two words"),
    (lambda: tree_of((0, 1, 2)), ValueError, r"nested: expected pairs of nodes, got 3 nodes in \(0, 1, 2\)"),
    (lambda: tree_of((0, (1, 1))), ValueError, r"children: expected each node in 0\.\.3 once, got node 1 2 times"),
    (lambda: tree_of(("milk", 0)), TypeError, "children: expected nodes, ints, got 'milk' of type str"),
    (lambda: huffman_tree([4]), ValueError, "counts: expected at least two words, got 1"),
    (lambda: huffman_tree([4, 0]), ValueError, "counts: expected a number above 0 for every word, got 0"),
    (lambda: huffman_tree([4, np.nan]), ValueError, "counts: expected finite numbers, got nan"),
    (lambda: huffman_tree("ab"), TypeError, "counts: expected an array of real numbers, got str"),
    (lambda: all_trees(1), ValueError, "vocabulary: expected an int of at least 2, got 1"),
    (lambda: TREE.path(5), IndexError, r"w: expected an index in 0\.\.4, got 5"),
    (lambda: TREE.code("milk"), TypeError, "w: expected the index of a word, an int, got 'milk'"),
    (lambda: TREE.expected_length([1, 2]), ValueError, r"counts: expected a vector of shape \(5,\), got shape \(2,\)"),
    (
        lambda: draw_tree(None, TREE, ["a"]),
        ValueError,
        "words: expected a name for each of the 5 words of the tree, got 1",
    ),
    (
        lambda: train_on_tree([[0, 1]], TREE, negatives=5),
        TypeError,
        "negatives: expected a setting of a run without negative samples",
    ),
    (
        lambda: train_on_tree([[0, 1]], "tree"),
        TypeError,
        "tree: expected a Tree, as huffman_tree and tree_of make it, got str",
    ),
    (lambda: train_on_tree([[0, 7]], TREE), IndexError, r"sentences: expected indices in 0\.\.4, got 7"),
    (lambda: train_on_tree([[0, 1]], TREE, epochs=0), ValueError, "epochs: expected an int of at least 1, got 0"),
]


@pytest.mark.parametrize("call, error, message", BAD_TREES)
def test_bad_trees_are_explained(call, error, message):
    with pytest.raises(error, match=f"^{message}"):
        call()


BAD_PAIRS = [  # (v_c, o, inner, tree), error, message
    ((V_C, 5, INNER, TREE), IndexError, r"o: expected an index in 0\.\.4, got 5"),
    ((V_C, "milk", INNER, TREE), TypeError, "o: expected the index of a word, an int, got 'milk'"),
    ((V_C[:2], O, INNER, TREE), ValueError, r"inner: expected 2 columns, .* got shape \(4, 3\)"),
    ((V_C, O, INNER.T, TREE), ValueError, r"inner: expected 3 columns, .*\(it looks transposed"),
    ((V_C, O, INNER[:3], TREE), ValueError, "inner: expected one row for each of the 4 inner nodes of the tree, got 3"),
    ((V_C, O, INNER * np.nan, TREE), ValueError, "inner: expected finite numbers, got nan"),
    ((V_C, O, INNER, [[0, 1]]), TypeError, "tree: expected a Tree, as huffman_tree and tree_of make it, got list"),
]


@pytest.mark.parametrize("arguments, error, message", BAD_PAIRS)
@pytest.mark.parametrize("function", [hierarchical_softmax_loss, hierarchical_softmax_gradients])
def test_bad_pairs_are_explained(function, arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        function(*arguments)


@pytest.mark.parametrize("arguments, error, message", BAD_PAIRS[2:])
def test_bad_probabilities_are_explained(arguments, error, message):
    v_c, _, inner, tree = arguments
    with pytest.raises(error, match=f"^{message}"):
        word_probabilities(v_c, inner, tree)


def test_a_deep_tree_is_no_trouble():
    nested = 0
    for w in range(1, 3000):
        nested = (w, nested)
    assert tree_of(nested).lengths.max() == 2999
    powers = 2.0 ** np.arange(900)
    assert huffman_tree(powers).lengths.max() == 899


def test_arguments_are_not_modified_and_results_are_new():
    v_c, inner = V_C.copy(), INNER.copy()
    v_c.flags.writeable = inner.flags.writeable = False
    grad_v_c, grad_inner = hierarchical_softmax_gradients(v_c, O, inner, TREE)
    assert grad_v_c.shape == v_c.shape and grad_inner.shape == inner.shape
    assert not np.shares_memory(grad_v_c, v_c) and not np.shares_memory(grad_inner, inner)
    assert type(hierarchical_softmax_loss(v_c, O, inner, TREE)) is float


# -- the checker reads paths ---------------------------------------------------------------------------------------

PATH = r"""Let $s_j \in \{-1, 1\}$ be the answers on the path to $o$ and $a_j$ the inner vectors.

$$J = -\sum_{j=1}^{L} \log\sigma(s_j a_j^\top v_c)$$

"""
LINES = [  # (true line, a false one that looks like it)
    (
        r"J = -\sum_{j=1}^{L} \log\sigma(s_j a_j^\top v_c) = -\log\prod_{j=1}^{L} \sigma(s_j a_j^\top v_c)",
        r"-\sum_{j=1}^{L} \log\sigma(s_j a_j^\top v_c) = -\sum_{j=2}^{L} \log\sigma(s_j a_j^\top v_c)",
    ),
    (
        r"(\sigma(s_j x) - 1) s_j = \sigma(x) - \frac{1+s_j}{2}",
        r"(\sigma(s_j x) - 1) s_j = \sigma(x) - \frac{1-s_j}{2}",
    ),
    (
        r"\frac{\partial J}{\partial a_j} = (\sigma(s_j a_j^\top v_c) - 1) s_j v_c",
        r"\frac{\partial J}{\partial a_j} = (\sigma(s_j a_j^\top v_c) - 1) v_c",
    ),
    (
        r"\frac{\partial J}{\partial v_c} = \sum_{j=1}^{L} (\sigma(s_j a_j^\top v_c) - 1) s_j a_j",
        r"\frac{\partial J}{\partial v_c} = (\sigma(s_j a_j^\top v_c) - 1) s_j a_j",
    ),
    (r"A^\top v_c + A^\top v_c = 2 A^\top v_c", r"A^\top v_c = A v_c"),
    (r"f_x L_x - f_x L_y = f_x (L_x - L_y)", r"f_x L_x - f_x L_y = f_y (L_x - L_y)"),
    (r"s_j h_j^\top v_c + s_j h_j^\top v_c = 2 s_j h_j^\top v_c", r"s_j h_j^\top v_c = h_j^\top v_c"),
]


@pytest.mark.parametrize("true, false", LINES)
def test_the_checker_proves_a_line_on_paths_and_no_line_that_looks_like_it(true, false):
    said = [step.status for step in check(f"{PATH}$$\n{true}\n$$\n").steps[1:] if not step.inline]
    assert set(said) <= {"proved", "definition"} and "proved" in said
    said = [step.status for step in check(f"{PATH}$$\n{false}\n$$\n").steps[1:] if not step.inline]
    assert set(said) & {"refuted", "ill-typed"} and "proved" not in said


def test_without_the_signs_the_letters_mean_nothing_on_a_path():
    text = "$$\n" + r"(\sigma(s_j x) - 1) s_j = \sigma(x) - \frac{1+s_j}{2}" + "\n$$\n"
    assert "proved" not in [step.status for step in check(text).steps]
