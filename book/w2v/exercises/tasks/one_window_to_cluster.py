"""The exercises of the chapter on training beyond one core."""

from w2v.exercises.prediction import Prediction
from w2v.exercises.registry import Exercise

PAGE = "one_window_to_cluster"

EXERCISES = (
    Exercise(
        "one-window-to-cluster-cut",
        PAGE,
        "Cutting through a sentence",
        "prediction",
        Prediction(
            30,
            "count `(t, t + j)` on both sides of a cut with two loops.",
            tolerance=0.5,
            slips={
                15: "Each pair counts twice: either word is a center.",
                25: "A pair of the distance 5 can lie across the cut in five ways, one of the distance 1 in one.",
                50: "Only five places are so far from the cut that all their pairs are cut.",
                10: "Words farther from the cut lose pairs, too.",
            },
        ),
    ),
    Exercise(
        "one-window-to-cluster-ten",
        PAGE,
        "Ten shards, or eight",
        "prediction",
        Prediction(
            "loss",
            "run the cell of the solution.",
            choices=("pairs", "loss", "both", "neither"),
            slips={
                "pairs": "Shards are cut between sentences.",
                "both": "Shards are cut between sentences.",
                "neither": "Who draws the negatives?",
            },
        ),
    ),
    Exercise(
        "one-window-to-cluster-workers",
        PAGE,
        "How many workers?",
        "prediction",
        Prediction(
            6,
            "evaluate 100 / (100 / p + 2) for some p.",
            tolerance=0.1,
            slips={
                5: "The two seconds are spent as well.",
                5.6: "Half a worker cannot be had.",
                50: "That is the limit of the speed.",
            },
        ),
    ),
)
