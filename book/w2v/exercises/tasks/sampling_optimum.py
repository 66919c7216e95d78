"""The exercises of the chapter on what negative sampling learns."""

import math

from w2v.exercises.prediction import Prediction
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "sampling_optimum", "w2v.exercises.functions.negative_sampling"

EXERCISES = (
    Exercise(
        "sampling-optimum-more-negatives",
        PAGE,
        "Ten negatives for two",
        "prediction",
        Prediction(
            -math.log(5),
            "compute `np.log(r) - np.log(K * q)` for both.",
            tolerance=0.01,
            slips={
                math.log(5): "More negatives: are there more reasons to say yes, or fewer?",
                -math.log(10): "From two to ten, not from one.",
                -5.0: "The scores are logarithms.",
            },
        ),
    ),
    Exercise(
        "sampling-optimum-neutral",
        PAGE,
        "As frequent here as in the noise",
        "prediction",
        Prediction(
            0.25,
            "compute `sigmoid(np.log(r) - np.log(3 * q))` with `r = q`.",
            tolerance=0.005,
            slips={
                0.5: "That would be right with one negative.",
                1 / 3: "Three to one are the odds.",
                0.75: "That is the share of the pairs that were made up.",
                -math.log(3): "That is the score; the question is for the probability.",
            },
        ),
    ),
    Exercise("negative-sampling-loss", PAGE, "The loss, at any score", "in NumPy", FUNCTIONS),
    Exercise(
        "sampling-optimum-never-seen",
        PAGE,
        "A word that is never seen",
        "prediction",
        Prediction(
            "sink",
            "evaluate the slope of the mean loss, with `r` set to 0, at some scores on either side of 0.",
            choices=("settle", "rise", "sink"),
            slips={"settle": "Where would the slope be zero?", "rise": "Which of the two terms of the loss is left?"},
        ),
    ),
)
