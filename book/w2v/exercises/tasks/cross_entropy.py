"""The exercises of the chapter on cross-entropy."""

import math

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import NAIVE, stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "cross_entropy", "w2v.exercises.functions.cross_entropy"
LOSS = r"-\log\frac{\exp(u_o^\top v_c)}{\sum_x \exp(u_x^\top v_c)}"
IN_SCORES = r"-z_o + \log\sum_x \exp(z_x)"

EXERCISES = (
    Exercise(
        "cross-entropy-log-sum-exp",
        PAGE,
        "The loss without a fraction",
        "by hand",
        ByHand(
            (
                Part(
                    LOSS,
                    "the loss J",
                    starts=("J", r"-\log\hat y_o", r"-\log{\hat y_o}", r"-\log(\hat y_o)", "J(v_c, o, U)"),
                ),
            ),
            stated(*NAIVE),
            without=("fraction", "ŷ"),
        ),
    ),
    Exercise(
        "cross-entropy-scores",
        PAGE,
        "The gradient with respect to a score",
        "by hand",
        ByHand(
            (Part(rf"\frac{{\partial}}{{\partial z_w}}\left({IN_SCORES}\right)", "∂J/∂z_w", letter="w"),),
            stated(*NAIVE),
        ),
    ),
    Exercise("cross-entropy-stable-loss", PAGE, "The loss from the scores, at any score", "in NumPy", FUNCTIONS),
    Exercise("cross-entropy-soft-scores", PAGE, "The gradient with soft labels", "in NumPy", FUNCTIONS),
    Exercise("cross-entropy-divergence", PAGE, "The divergence, with zeros in the truth", "in NumPy", FUNCTIONS),
    Exercise(
        "cross-entropy-knowing-nothing",
        PAGE,
        "Five words, all alike",
        "prediction",
        Prediction(
            math.log(5),
            "in the explorer of the chapter set all five scores to the same number and read the loss.",
            slips={
                math.log2(5): "That is the number of bits; the loss is in nats.",
                0.2: "That is the probability of each word; the loss is its surprise.",
                -math.log(5): "A surprise is never negative.",
                0.0: "Only a certain word costs nothing.",
            },
        ),
    ),
    Exercise(
        "cross-entropy-raised-scores",
        PAGE,
        "All scores raised by one",
        "prediction",
        Prediction(
            "stays",
            "in the explorer of the chapter move all five scores up by 1 and watch the loss.",
            ("rises", "falls", "stays"),
        ),
    ),
    Exercise(
        "cross-entropy-not-a-distance",
        PAGE,
        "Not a distance",
        "prediction",
        Prediction(
            "second",
            "`kl_divergence([0.5, 0.5, 0], [0.8, 0.1, 0.1])` computes one of them; exchange its arguments for the other.",
            choices=("first", "second", "both", "neither"),
            slips={
                "first": "A term with the weight 0 counts nothing.",
                "both": "A term with the weight 0 counts nothing.",
                "neither": "What is the logarithm of a number divided by 0?",
            },
        ),
    ),
)
