"""The exercises of the chapter on CBOW."""

import math

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import CBOW_SAMPLED, stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "cbow", "w2v.exercises.functions.cbow"
WINDOW = r"\sum_{-m \le j \le m,\, j \ne 0}"
SAMPLING = r"-\log\sigma(u_c^\top \bar v) - \sum_{i=1}^{K} \log\sigma(-u_{w_i}^\top \bar v)"


def _part(variable, body, name, letter="", bound=("x",)):
    return (Part(rf"\frac{{\partial}}{{\partial {variable}}}\left({body}\right)", name, letter=letter, bound=bound),)


EXERCISES = (
    Exercise(
        "cbow-mean-vector-sampled",
        PAGE,
        "The mean vector under negative sampling",
        "by hand",
        ByHand(
            _part(r"\bar v", SAMPLING, "∂J/∂v̄", bound=("i",)),
            stated(*CBOW_SAMPLED, fixed=False),
            without=("log", "fraction"),
        ),
    ),
    Exercise(
        "cbow-read-vector",
        PAGE,
        "A score and a vector that is read in",
        "by hand",
        ByHand(
            _part(
                "v_w",
                rf"\frac{{1}}{{2m}} {WINDOW} u_x^\top v_{{w_{{t+j}}}}",
                "the derivative of the score by v_w",
                "w",
                ("j",),
            ),
            stated(),
        ),
    ),
    Exercise("cbow-window-loss", PAGE, "The loss of a window", "in NumPy", FUNCTIONS),
    Exercise("cbow-read-table", PAGE, "The gradient of the table V", "in NumPy", FUNCTIONS),
    Exercise("cbow-both-tables", PAGE, "Both tables under negative sampling", "in NumPy", FUNCTIONS),
    Exercise(
        "cbow-share",
        PAGE,
        "A word that stands twice",
        "prediction",
        Prediction(
            0.5,
            "the cell above the exercise prints grad_V for the window you choose; put one word twice among four and compare its row with dJ/dv̄.",
            slips={
                0.25: "That is the share of one place of the window.",
                1.0: "The mean divides by the number of places.",
                2.0: "The mean divides by the number of places.",
            },
        ),
    ),
    Exercise(
        "cbow-equal-words",
        PAGE,
        "A window of equal vectors",
        "prediction",
        Prediction(
            0.0,
            "in the second figure of the chapter's section Explore slide the spread of the vectors to zero.",
            slips={
                math.log(2): "With equal vectors every pair has the same normaliser.",
                1.0: "With equal vectors every pair has the same loss.",
            },
        ),
    ),
    Exercise(
        "cbow-predictions",
        PAGE,
        "One prediction for a window",
        "prediction",
        Prediction(
            6.0,
            "with five different negatives count the rows of the gradient of U, as cbow_gradients gives it, that are not zero.",
            slips={
                60.0: "So many predictions skip-gram makes, one for each outside word; how many does CBOW make?",
                15.0: "The outside words are read and not predicted.",
                16.0: "The outside words are read and not predicted.",
                5.0: "The word in the gap is asked about, too.",
                1.0: "The negatives are asked about, too.",
            },
        ),
    ),
)
