"""The exercises of the chapter on real text."""

import math

from w2v.exercises.prediction import Prediction
from w2v.exercises.registry import Exercise

PAGE = "real_text"

EXERCISES = (
    Exercise(
        "real-text-weight",
        PAGE,
        "The weight of a shared negative",
        "prediction",
        Prediction(
            math.log(5 / 16),
            "compute `np.log(r) - np.log(K * q)` with both numbers of negatives.",
            tolerance=0.01,
            slips={
                math.log(16 / 5): "More negatives: are there more reasons to say yes, or fewer?",
                -math.log(16): "Against five negatives, not against one.",
                -3.2: "The scores are logarithms.",
            },
        ),
    ),
)
