"""The exercises of the chapter on counts and vectors."""

import math

from w2v.exercises.prediction import Prediction
from w2v.exercises.registry import Exercise

PAGE = "why_vectors"

EXERCISES = (
    Exercise(
        "why-vectors-opposites",
        PAGE,
        "The same company",
        "prediction",
        Prediction(
            "alike",
            "let the explorer of the chapter show the neighbours of either word.",
            choices=("alike", "opposite", "unrelated"),
            slips={
                "opposite": "That is a matter of meaning; the method sees the company only.",
                "unrelated": "Which words stand beside both of them?",
            },
        ),
    ),
    Exercise(
        "why-vectors-largest",
        PAGE,
        "A number that cannot be exceeded",
        "prediction",
        Prediction(
            math.log(20),
            "compute `np.log(n * T / (N_w * N_x))` for counts of your own, such as three pairs of sixty.",
            tolerance=0.01,
            slips={
                20: "That is the ratio; the PMI is its logarithm.",
                -math.log(20): "Is a pair that always occurs together more frequent than chance, or less?",
                0.05: "That is the share of w.",
            },
        ),
    ),
    Exercise(
        "why-vectors-symmetric",
        PAGE,
        "Half the tables",
        "prediction",
        Prediction(
            "sometimes",
            "compute `np.linalg.eigvalsh` of two tables, [[2, 1], [1, 2]] and [[0, 1], [1, 0]].",
            choices=("always", "sometimes", "never"),
            slips={
                "always": "Can a product of a table and its own transpose have a negative eigenvalue?",
                "never": "Is the identity such a product?",
            },
        ),
    ),
)
