"""The exercises of the chapter on GloVe."""

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "glove", "w2v.exercises.functions.glove"
SEEN = "Every pair of words that was seen together has a count $n_{wx}$, which is positive, and a weight $f_{wx}$. Every word has a bias $a_w$ as a center word and a bias $b_x$ as an outside word."
COLUMN = r"\sum_w f_{wx} \left(u_x^\top v_w + a_w + b_x - \log n_{wx}\right)^2"

EXERCISES = (
    Exercise(
        "glove-longer",
        PAGE,
        "A text ten times as long",
        "prediction",
        Prediction(
            "only the biases",
            "fit `10 * counts` with the weights of `counts`, after adding log 10 to one side's biases.",
            choices=("only the vectors", "only the biases", "must change both"),
            slips={
                "only the vectors": "The same number is added to every logarithm.",
                "must change both": "The same number is added to every logarithm.",
            },
        ),
    ),
    Exercise(
        "glove-weight",
        PAGE,
        "The weight of sixteen",
        "prediction",
        Prediction(
            0.125,
            "above the explorer of the chapter, `glove_weights([[16]], most=256)` computes it.",
            tolerance=0.001,
            slips={
                0.0625: "That is the share itself; the power is missing.",
                8.0: "The count is first divided by the count with full weight.",
            },
        ),
    ),
    Exercise(
        "glove-outside",
        PAGE,
        "The gradient of an outside vector",
        "by hand",
        ByHand(
            (
                Part(
                    rf"\frac{{\partial}}{{\partial u_x}} {COLUMN}",
                    "the gradient of the vector u_x",
                    letter="x",
                    bound=("w",),
                ),
            ),
            stated(SEEN),
            steps=3,
        ),
    ),
    Exercise("glove-gradients", PAGE, "All four gradients", "in NumPy", FUNCTIONS),
    Exercise(
        "glove-distance",
        PAGE,
        "Distance within the window",
        "prediction",
        Prediction(
            0.6,
            "draw `np.random.default_rng(0).integers(1, 6, 10_000)` and count the draws that reach the word.",
            slips={
                0.4: "A reach of exactly 3 takes the word in.",
                1 / 3: "That is the weight of GloVe's program.",
                0.8: "That is the share for distance 2.",
            },
        ),
    ),
)
