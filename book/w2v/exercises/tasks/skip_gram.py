"""The exercises of the chapter on the skip-gram sum."""

from w2v.exercises.by_hand import ByHand, Part
from w2v.exercises.prediction import Prediction
from w2v.exercises.preludes import SKIP_GRAM, stated
from w2v.exercises.registry import Exercise

PAGE, FUNCTIONS = "skip_gram", "w2v.exercises.functions.skip_gram"
LOSS = r"\sum_{-m \le j \le m,\, j \ne 0} \left(-u_{w_{t+j}}^\top v_c + \log\sum_x \exp(u_x^\top v_c)\right)"


def _of_loss(variable, name, letter=""):
    return (Part(rf"\frac{{\partial}}{{\partial {variable}}}{LOSS}", name, letter=letter, bound=("x", "j")),)


EXERCISES = (
    Exercise(
        "skip-gram-center-vector",
        PAGE,
        "The gradient of the center vector, for a window",
        "by hand",
        ByHand(_of_loss("v_c", "∂J/∂v_c"), stated(*SKIP_GRAM)),
    ),
    Exercise(
        "skip-gram-outside-vectors",
        PAGE,
        "The gradient of an outside vector, for a window",
        "by hand",
        ByHand(_of_loss("u_w", "∂J/∂u_w", "w"), stated(*SKIP_GRAM)),
    ),
    Exercise("skip-gram-window-loss", PAGE, "The loss of a window with one softmax", "in NumPy", FUNCTIONS),
    Exercise("skip-gram-center-table", PAGE, "The gradient of the table V", "in NumPy", FUNCTIONS),
    Exercise("skip-gram-outside-table", PAGE, "The gradient of the table U from counts", "in NumPy", FUNCTIONS),
    Exercise(
        "skip-gram-short-window",
        PAGE,
        "A window at the start of the sentence",
        "prediction",
        Prediction(
            6,
            "in the first explorer of the chapter put the center on the third word, open the window to four places and count the pairs.",
            slips={
                8: "The sentence begins two places before the center.",
                4: "The window reaches to both sides.",
                7: "A word does not predict itself.",
                2: "The window also reaches to the right.",
            },
        ),
    ),
    Exercise(
        "skip-gram-rows-of-v",
        PAGE,
        "Rows of V that one window moves",
        "prediction",
        Prediction(
            1,
            "in the first explorer of the chapter count the rows of V that are marked, for a window of two places and for wider ones.",
            slips={
                4: "The outside words move their outside vectors.",
                5: "The outside words move their outside vectors.",
                0: "One center vector stands in every score.",
            },
        ),
    ),
    Exercise(
        "skip-gram-rows-of-u",
        PAGE,
        "Rows that move",
        "prediction",
        Prediction(
            12,
            "in the first explorer of the chapter, or with `skip_gram_gradients` and eight different draws, count the rows of U that are not zero.",
            tolerance=0.1,
            slips={
                8: "Those are the draws; the outside words move as well.",
                4: "Those are the outside words; the draws move as well.",
                6: "Each of the four pairs has draws of its own.",
                20: "Four pairs with two draws each, not four.",
            },
        ),
    ),
)
