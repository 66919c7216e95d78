"""The exercises of the chapter on what negative sampling costs."""

from w2v.exercises.prediction import Prediction
from w2v.exercises.registry import Exercise

PAGE = "sampling_cost"

EXERCISES = (
    Exercise(
        "sampling-cost-fixed-price",
        PAGE,
        "What is left of a thousandfold",
        "prediction",
        Prediction(
            510 / 10.3,
            "add 10 µs to 0.05 µs for each row of either method, and divide.",
            tolerance=0.3,
            slips={
                10_000 / 6: "That is the count; the calls have a price of their own.",
                500 / 10.3: "The softmax is called as well.",
                51.0: "The six rows cost something, too.",
            },
        ),
    ),
    Exercise(
        "sampling-cost-dimension",
        PAGE,
        "Twice as many numbers in a vector",
        "prediction",
        Prediction(
            "rise",
            "`measure(10_000, K=5, D=100)` and the same with `D=200` ask the clock.",
            choices=("rise", "fall", "stay"),
            slips={"stay": "That is what the count says.", "fall": "Which of the two methods has more to do?"},
        ),
    ),
    Exercise(
        "sampling-cost-even",
        PAGE,
        "When does the saving pay?",
        "prediction",
        Prediction(
            9_999,
            "compare `naive_softmax_cost(10_000, D).rows` with `negative_sampling_cost(K, D).rows`.",
            tolerance=0.3,
            slips={
                10_000: "The outside word costs a row, too.",
                10_001: "The outside word costs a row, too: of which method?",
            },
        ),
    ),
)
