"""The exercises of the chapter on negative sampling."""

import math

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import SAMPLED, stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "negative_sampling", "w2v.exercises.functions.negative_sampling"
LOSS = r"-\log\sigma(u_o^\top v_c) - \sum_{i=1}^{K} \log\sigma(-u_{w_i}^\top v_c)"


def _of_loss(variable, name, letter=""):
    return (Part(rf"\frac{{\partial}}{{\partial {variable}}}\left({LOSS}\right)", name, letter=letter, bound=("i",)),)


EXERCISES = (
    Exercise(
        "negative-sampling-center-vector",
        PAGE,
        "The gradient of the center vector",
        "by hand",
        ByHand(_of_loss("v_c", "∂J/∂v_c"), stated(*SAMPLED), without=("log", "fraction")),
    ),
    Exercise(
        "negative-sampling-negative-vector",
        PAGE,
        "The gradient of a negative's vector",
        "by hand",
        ByHand(_of_loss("u_{w_k}", "∂J/∂u_{w_k}", "k"), stated(*SAMPLED), without=("log", "fraction")),
    ),
    Exercise("negative-sampling-center-gradient", PAGE, "The center vector's gradient in code", "in NumPy", FUNCTIONS),
    Exercise("negative-sampling-table-gradient", PAGE, "The table's gradient for any draws", "in NumPy", FUNCTIONS),
    Exercise(
        "negative-sampling-drawn-thrice",
        PAGE,
        "One word drawn three times",
        "prediction",
        Prediction(
            3 * math.log(2),
            "in the explorer of the chapter drag the center vector to the origin, draw one word three times and read its loss.",
            slips={
                math.log(2): "That is what one draw costs.",
                -3 * math.log(2): "A surprise is never negative.",
                3.0: "That is the number of bits; the loss is in nats.",
                1.5: "That belongs to the gradient; the question is for the loss.",
            },
        ),
    ),
    Exercise(
        "negative-sampling-undecided",
        PAGE,
        "Seen once, drawn three times",
        "prediction",
        Prediction(
            0.25,
            "in the explorer of the chapter let the only draws be three of the outside word itself, drag the center vector "
            "until ∂J/∂v_c is (0, 0), and read P(right answer) of the true pair.",
            tolerance=0.01,
            slips={
                -math.log(3): "That is the score; the question is for the probability.",
                1 / 3: "Three to one are the odds.",
                0.75: "The three are the answers no.",
                0.5: "One yes and three noes are not balanced at one half.",
            },
        ),
    ),
    Exercise(
        "negative-sampling-easy-draw",
        PAGE,
        "A draw that teaches",
        "prediction",
        Prediction(
            (1 + math.exp(4)) / (1 + math.exp(-2)),
            "in the explorer of the chapter drag the center vector until the draws have scores like these, and compare their arrows.",
            tolerance=0.6,
            slips={
                math.exp(6): "A sigmoid is not an exponential; near 1 it is flat.",
                1.0: "Every draw counts once in the loss, but not in the gradient.",
                -0.5: "The scores do not enter themselves.",
            },
        ),
    ),
)
