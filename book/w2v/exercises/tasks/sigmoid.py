"""The exercises of the chapter on the sigmoid."""

import math

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "sigmoid", "w2v.exercises.functions.sigmoid"

EXERCISES = (
    Exercise(
        "sigmoid-slope",
        PAGE,
        "The slope of the sigmoid",
        "by hand",
        ByHand(
            (Part(r"\frac{d}{dx} \frac{1}{1 + e^{-x}}", "σ'(x)", letter="x", bound=()),),
            stated(fixed=False),
            without=("exp", "fraction"),
        ),
    ),
    Exercise(
        "sigmoid-reflection",
        PAGE,
        "Reflection",
        "by hand",
        ByHand(
            (
                Part(
                    r"1 - \frac{1}{1 + e^{x}}",
                    "1 − σ(−x)",
                    starts=(r"1 - \sigma(-x)", r"1 - {\sigma(-x)}"),
                    letter="x",
                    bound=(),
                ),
            ),
            stated(fixed=False),
            ends=(r"\sigma(x)",),
        ),
    ),
    Exercise("sigmoid-any-score", PAGE, "The sigmoid at any score", "in NumPy", FUNCTIONS),
    Exercise("sigmoid-log", PAGE, "Log-sigmoid at any score", "in NumPy", FUNCTIONS),
    Exercise("sigmoid-squared-error", PAGE, "The gradient of the squared error", "in NumPy", FUNCTIONS),
    Exercise(
        "sigmoid-steepest",
        PAGE,
        "The steepest slope",
        "prediction",
        Prediction(
            0.25,
            "in the explorer of the chapter drag the point along the curve and watch the slope.",
            slips={
                0.5: "That is the height of the curve where it is steepest; the slope is a product of two such numbers.",
                1.0: "The slope is a product of two numbers that add up to 1.",
            },
        ),
    ),
    Exercise(
        "sigmoid-four-to-one",
        PAGE,
        "The score of four to one",
        "prediction",
        Prediction(
            math.log(4),
            "in the explorer of the chapter drag the point until the probability is 0.8 and read the score.",
            tolerance=0.01,
            slips={
                math.log(0.8): "That is the logarithm of the probability; a score is the logarithm of the odds.",
                -math.log(0.8): "That is the surprise; a score is the logarithm of the odds.",
                -math.log(4): "Positive scores belong to probabilities above one half.",
                2.0: "That is the logarithm of base 2.",
                4.0: "Those are the odds; the score is their logarithm.",
            },
        ),
    ),
    Exercise(
        "sigmoid-other-answer",
        PAGE,
        "The other answer",
        "prediction",
        Prediction(
            -math.log(1 - math.exp(-0.2)),
            "in the explorer of the chapter drag the point until log-sigmoid is −0.2; the loss of the other answer is minus the logarithm of the probability of no.",
            tolerance=0.01,
            slips={
                0.2: "So much it would cost at the score with the other sign.",
                0.8: "Probabilities add up to 1; losses do not.",
                math.exp(-0.2): "That is the probability of yes.",
                1 - math.exp(-0.2): "That is the probability of no; the loss is its surprise.",
                -math.log(0.2): "The number 0.2 is a loss and not a probability.",
            },
        ),
    ),
)
