"""The exercises of the chapter on the second derivative."""

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "second_derivative", "w2v.exercises.functions.second_derivative"
PROBABILITY = r"\frac{\exp(u_w^\top v_c)}{\sum_x \exp(u_x^\top v_c)}"

EXERCISES = (
    Exercise(
        "second-derivative-observed",
        PAGE,
        "Whose error bends the loss?",
        "prediction",
        Prediction(
            "stays",
            "compute `naive_softmax_hessian` for both words and compare.",
            choices=("changes sign", "changes size", "stays"),
            slips={
                "changes sign": "The observed word is a constant in the gradient.",
                "changes size": "The observed word is a constant in the gradient.",
            },
        ),
    ),
    Exercise(
        "second-derivative-two-words",
        PAGE,
        "Two opposite words",
        "prediction",
        Prediction(
            2.0,
            "the solution computes it; in the explorer of the chapter the limit stands above the picture.",
            slips={
                1.0: "That is the variance. The limit is a multiple of its inverse.",
                0.5: "The limit grows as the variance falls.",
                8.0: "Each of the two words has probability one half, and the deviation is squared.",
            },
        ),
    ),
    Exercise(
        "second-derivative-prediction",
        PAGE,
        "How the prediction moves",
        "by hand",
        ByHand(
            (Part(rf"\frac{{\partial}}{{\partial v_c}} {PROBABILITY}", "∂ŷ_w/∂v_c", letter="w"),),
            stated(),
            without=("fraction", "exp"),
        ),
    ),
    Exercise("second-derivative-hessian", PAGE, "The covariance in code", "in NumPy", FUNCTIONS),
    Exercise("second-derivative-newton", PAGE, "One Newton step", "in NumPy", FUNCTIONS),
    Exercise(
        "second-derivative-temperature",
        PAGE,
        "Temperature",
        "prediction",
        Prediction(
            0.25,
            "compute `naive_softmax_hessian` at the zero vector, with `U` and with `U / 2`.",
            slips={
                0.5: "That is what becomes of the vectors.",
                4.0: "A high temperature makes the scores more alike.",
                1.0: "The prediction stays, but the vectors are halved.",
            },
        ),
    ),
)
