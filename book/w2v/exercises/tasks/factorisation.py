"""The exercises of the chapter on factorisation."""

import math

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "factorisation", "w2v.exercises.functions.factorisation"
CELL = r"-n_{wx} \log\sigma(z_{wx}) - d_{wx} \log\sigma(-z_{wx})"
ROW = r"-\sum_x \left(n_{wx} \log\sigma(u_x^\top v_w) + d_{wx} \log\sigma(-u_x^\top v_w)\right)"

EXERCISES = (
    Exercise(
        "factorisation-slope",
        PAGE,
        "The slope of one cell",
        "by hand",
        ByHand(
            (Part(rf"\frac{{\partial}}{{\partial z_{{wx}}}}\left({CELL}\right)", "the slope of the cell"),),
            stated(fixed=False),
            without=("log", "fraction"),
        ),
    ),
    Exercise(
        "factorisation-row",
        PAGE,
        "The gradient of one vector",
        "by hand",
        ByHand(
            (
                Part(
                    rf"\frac{{\partial}}{{\partial v_w}}\left({ROW}\right)",
                    "the gradient of the vector v_w",
                    letter="w",
                ),
            ),
            stated(fixed=False),
            without=("log", "fraction"),
        ),
    ),
    Exercise("factorisation-table", PAGE, "The table from the counts", "in NumPy", FUNCTIONS),
    Exercise("factorisation-both-tables", PAGE, "Both gradients without a loop", "in NumPy", FUNCTIONS),
    Exercise(
        "factorisation-more-draws",
        PAGE,
        "Twice as many draws",
        "prediction",
        Prediction(
            -math.log(2),
            "slide K in the second figure of the chapter's section Explore from 4 to 8 and watch the whole heap move.",
            slips={
                math.log(2): "More draws speak for the answer no.",
                -2.0: "The scores are logarithms.",
                0.5: "The scores are logarithms.",
                -0.5: "The scores are logarithms.",
            },
        ),
    ),
    Exercise(
        "factorisation-turned",
        PAGE,
        "Another pair of tables",
        "prediction",
        Prediction(
            "stays",
            "the section on other tables with the same scores does it in its cell; change the matrix and run it again.",
            choices=("rises", "falls", "stays"),
            slips={
                "rises": "Look at the scores, not at the vectors.",
                "falls": "Look at the scores, not at the vectors.",
            },
        ),
    ),
    Exercise(
        "factorisation-expects",
        PAGE,
        "What the best score expects",
        "prediction",
        Prediction(
            0.25,
            "take the sigmoid of an entry of shifted_pmi, for counts with such a cell; drawn_counts says how often a pair is drawn.",
            slips={
                0.75: "That is the share of the draws.",
                1 / 3: "Those are the odds of seen against drawn; a probability compares with all the times.",
                3.0: "Those are odds, and upside down.",
                -math.log(3): "That is the score; the probability is its sigmoid.",
            },
        ),
    ),
)
