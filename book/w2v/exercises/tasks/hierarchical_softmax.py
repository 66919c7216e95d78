"""The exercises of the chapter on the hierarchical softmax."""

import math

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import PATH, stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "hierarchical_softmax", "w2v.exercises.functions.hierarchical_softmax"
LOSS = r"-\sum_{i=1}^{L} \log\sigma(s_i a_i^\top v_c)"


def _of_loss(variable, name, letter=""):
    asked = (Part(rf"\frac{{\partial}}{{\partial {variable}}}\left({LOSS}\right)", name, letter=letter, bound=("i",)),)
    return ByHand(asked, stated(*PATH, fixed=False), without=("log", "fraction"))


EXERCISES = (
    Exercise(
        "hierarchical-softmax-twelve-words",
        PAGE,
        "Twelve words, all alike",
        "prediction",
        Prediction(
            4.0,
            "in the second explorer of the chapter set the skew to 0 and count the leaves at depth three.",
            slips={
                8.0: "So many have a path of four steps.",
                0.0: "Twelve leaves at depth four would leave room: the sum of the terms 2^(-L_w) must be 1.",
                12.0: "At depth three there is room for eight leaves only.",
                3.0: "Try it with the equation of T34: so many terms 1/8, and the rest 1/16.",
                6.0: "Try it with the equation of T34: so many terms 1/8, and the rest 1/16.",
            },
        ),
    ),
    Exercise(
        "hierarchical-softmax-zero-vectors",
        PAGE,
        "Before the first step",
        "prediction",
        Prediction(
            4 * math.log(2),
            "in the second explorer of the chapter set the skew to 0, count the steps to a deepest leaf and multiply by log 2.",
            slips={
                4.0: "That is the number of steps; each costs the surprise of one even answer, in nats.",
                math.log(2): "That is one step; how many lead to the word?",
                3 * math.log(2): "That is the loss of a word with a shorter path.",
                math.log(12): "That would be right if all twelve words were equally probable; look at their depths.",
                11 * math.log(2): "Only the steps on the path count, not all inner nodes.",
                1 / 16: "That is the probability of the word; the loss is its surprise.",
            },
        ),
    ),
    Exercise(
        "hierarchical-softmax-center-vector",
        PAGE,
        "The gradient of the center vector",
        "by hand",
        _of_loss("v_c", "∂J/∂v_c"),
    ),
    Exercise("hierarchical-softmax-path-loss", PAGE, "The loss of a path, at any score", "in NumPy", FUNCTIONS),
    Exercise("hierarchical-softmax-path-gradients", PAGE, "Both gradients of a path", "in NumPy", FUNCTIONS),
    Exercise("hierarchical-softmax-all-words", PAGE, "All probabilities at once", "in NumPy", FUNCTIONS),
    Exercise("hierarchical-softmax-mean-length", PAGE, "Huffman without a tree", "in NumPy", FUNCTIONS),
    Exercise(
        "hierarchical-softmax-siblings",
        PAGE,
        "Two leaves of one node",
        "prediction",
        Prediction(
            math.e,
            "add v_c, divided by its squared length, to the inner vector above two leaves, and compare what word_probabilities gives before and after.",
            slips={
                1.0: "The last steps of the two paths go to different sides.",
                2.0: "A score is a logarithm of odds.",
                math.exp(2): "The score is in both probabilities, but their quotient contains one exponential only.",
                1 / math.e: "The first word hangs at the yes, and a higher score makes a yes more probable.",
                1 / (1 + math.exp(-1)): "That is a probability; what is the quotient of yes and no?",
            },
        ),
    ),
)
