"""The exercises of the chapter on training."""

from w2v.exercises.prediction import Prediction
from w2v.exercises.registry import Exercise

PAGE = "training"

EXERCISES = (
    Exercise(
        "training-order",
        PAGE,
        "The order of the two updates",
        "prediction",
        Prediction(
            100,
            "run the cells of the solution.",
            tolerance=5,
            slips={
                10: "The gradient is off in proportion to the rate, and then it is multiplied by the rate.",
                1: "Both the way to the other point and the step get shorter.",
            },
        ),
    ),
    Exercise(
        "training-zeros",
        PAGE,
        "All zeros",
        "prediction",
        Prediction(
            "stay",
            "run the cell of the solution.",
            choices=("fall", "rise", "stay"),
            slips={"fall": "What are the gradients at the start?", "rise": "What are the gradients at the start?"},
        ),
    ),
    Exercise(
        "training-mean",
        PAGE,
        "Does the batch size matter?",
        "prediction",
        Prediction(
            128,
            "compare `np.mean` and `np.sum` of any array of that length.",
            tolerance=0.5,
            slips={
                1 / 128: "Is the mean larger than the sum, or smaller?",
                1: "The mean is another vector than the sum.",
            },
        ),
    ),
)
