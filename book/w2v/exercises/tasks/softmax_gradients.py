"""The exercises of the chapter on the gradients of the naive softmax loss."""

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import NAIVE, stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "softmax_gradients", "w2v.exercises.functions.softmax_gradients"
Z = r"\sum_x \exp(u_x^\top v_c)"


def _of_loss(variable):
    return rf"\frac{{\partial}}{{\partial {variable}}}\left(-u_o^\top v_c + \log{Z}\right)"


EXERCISES = (
    Exercise(
        "softmax-center-vector",
        PAGE,
        "The gradient of the center vector",
        "by hand",
        ByHand((Part(_of_loss("v_c"), "∂J/∂v_c"),), stated(*NAIVE)),
    ),
    Exercise(
        "softmax-outside-vectors",
        PAGE,
        "The gradient of an outside vector, both cases",
        "by hand",
        ByHand(
            (
                Part(_of_loss("u_w"), "∂J/∂u_w", "w = o", letter="w"),
                Part(_of_loss("u_w"), "∂J/∂u_w", "w != o", letter="w"),
            ),
            stated(*NAIVE),
        ),
    ),
    Exercise("softmax-center-gradient", PAGE, "The center vector's gradient in code", "in NumPy", FUNCTIONS),
    Exercise("softmax-table-gradient", PAGE, "The table's gradient in code, without a loop", "in NumPy", FUNCTIONS),
    Exercise("softmax-both-gradients", PAGE, "Both gradients, at any score", "in NumPy", FUNCTIONS),
    Exercise("softmax-jacobian-product", PAGE, "The Jacobian of the softmax times a vector", "in NumPy", FUNCTIONS),
    Exercise(
        "softmax-equal-scores",
        PAGE,
        "Five words with equal scores",
        "prediction",
        Prediction(
            -0.8,
            "in the second explorer of the chapter drag the center vector close to the origin, so that all five scores are nearly 0, and read the number (ŷ − y) of the seen word.",
            slips={
                0.8: "Which way does the gradient of the seen word point?",
                0.2: "That is what the other four words receive.",
                -0.2: "Expected minus observed: how probable is the seen word, and how often was it there?",
                -1.0: "The seen word is expected a little, too.",
            },
        ),
    ),
    Exercise(
        "softmax-center-at-origin",
        PAGE,
        "The center vector at the origin",
        "prediction",
        Prediction(
            "mean",
            "in the first explorer of the chapter drag the center vector to the origin and look at the expected vector.",
            ("origin", "mean", "observed"),
        ),
    ),
    Exercise(
        "softmax-how-wrong",
        PAGE,
        "When does learning stop?",
        "prediction",
        Prediction(
            0.2,
            "in the second explorer of the chapter drag the center vector until the seen word has the probability 0.9, and add up the numbers (ŷ − y) without their signs.",
            tolerance=0.01,
            slips={
                0.1: "That is the share of the observed word, or of all the others together.",
                0.0: "That is the sum with signs.",
                1.8: "The probability of the observed word is 0.9; what is its error?",
            },
        ),
    ),
)
