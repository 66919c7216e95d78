"""The slips that the grader of functions can name. Each has a hint that shows the direction and never the formula."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """A name and what to look at."""

    name: str
    hint: str

    def __str__(self):
        return f"Likely slip: {self.name}. {self.hint}"


TABLE = {
    slip.name: slip
    for slip in (
        Slip("missing minus", "Every entry is minus what it should be: follow each minus sign of the loss to the end."),
        Slip("forgotten y", "The observed word left no trace in your result: where does it enter the loss?"),
        Slip(
            "overwritten duplicates",
            "A word that occurs twice must count twice; indexed assignment keeps the last one only.",
        ),
        Slip(
            "transposed U",
            "A product does not fit, or multiplies the wrong axes. Write the shapes under the letters; a word is a row here.",
        ),
        Slip(
            "rows and columns swapped",
            "The numbers are right but the result lies on its side: a gradient has the shape of its variable.",
        ),
        Slip(
            "sum instead of one term",
            "You added over all words where a single term belongs: which terms contain the variable?",
        ),
        Slip(
            "one term instead of the sum",
            "You kept one term where all of them contribute: which terms contain the variable?",
        ),
        Slip(
            "sigmoid of the wrong sign",
            "Check the sign of each score that goes into the sigmoid, and what reflection does to it.",
        ),
        Slip(
            "sign of the negatives' terms",
            "A draw is pushed away. Count the minus signs in front of its term and inside it.",
        ),
        Slip("softmax for sigmoid", "Each word is asked alone here: nothing makes its probabilities add up to 1."),
        Slip("sigmoid for softmax", "The words compete: their probabilities must add up to 1."),
        Slip("scores not normalised", "The exponentials are not yet probabilities."),
        Slip(
            "forgotten factor", "The direction is right, but the result is too short or too long by a constant factor."
        ),
        Slip("mean instead of sum", "You divided by the number of terms; the loss adds them up."),
        Slip("derivative of the sigmoid left in", "A slope of the sigmoid remains that the logarithm cancels."),
        Slip("slope of the sigmoid forgotten", "The chain has a link more: the sigmoid itself must be differentiated."),
        Slip("negatives left out", "The draws have terms of their own."),
        Slip("outside word left out", "The word that was seen has a term of its own."),
        Slip("draw of the outside word dropped", "A draw that hits the outside word counts like any other draw."),
        Slip("sign of an answer lost", "Not every answer on the way is a yes: where does the sign of a step enter?"),
        Slip("code bit taken for the answer", "Yes and no have changed places: which of them has the sign 1?"),
        Slip("yes and no exchanged", "The first node of each pair is the yes side."),
        Slip(
            "entropy instead of a length", "The entropy is the limit; the paths of a tree have whole numbers of steps."
        ),
        Slip("balanced tree", "Frequent words have shorter paths."),
        Slip("words counted alike", "A frequent word counts more often than a rare one."),
        Slip("counts not divided by their sum", "A mean has weights that add up to 1."),
        Slip("sum instead of mean", "The vectors of a window are averaged, and windows differ in length."),
        Slip("wrong vector read in", "The word that is predicted is not read in: which vectors enter the scores?"),
        Slip("mean of the losses for the loss of the mean", "The average is taken before the softmax, not after it."),
        Slip("shift left out", "The number of draws for each pair leaves its mark on every score."),
        Slip(
            "center and outside word exchanged",
            "The rows of the table are center words; the draws replace the outside word.",
        ),
        Slip(
            "joint frequency only",
            "A pair of frequent words meets often by chance alone: compare with what chance gives.",
        ),
        Slip("draws left out", "Each pair is seen and also drawn: both have a part in the slope."),
        Slip("arguments exchanged", "Which of the two distributions stands in front of the logarithm?"),
        Slip("entropy left in", "A part of your result belongs to the truth alone and should have been subtracted."),
        Slip("logarithm of base 2", "The unit of this book is the nat, the natural logarithm."),
        Slip("logarithm forgotten", "You return a probability; the loss is its surprise."),
        Slip("all pairs alike", "The words of the window differ from pair to pair."),
        Slip("repeated words counted once", "A word that stands twice in the window belongs to two pairs."),
        Slip("wrong row", "The right numbers stand in the row of another word: which vector is the variable?"),
        Slip("argument changed in place", "Work on a copy: the caller still needs the array that was passed in."),
        Slip("wrong shape", "A gradient has the shape of its variable, a loss is a single number."),
        Slip("hard-coded size", "It works at one size only. Take the sizes from the arguments."),
        Slip(
            "unstable",
            "Large scores break it: never form the exponential of a large positive number or the logarithm of 0.",
        ),
        Slip("not finite", "Some entries are infinite or not a number, although the scores are ordinary."),
        Slip("returns nothing", "The function ends without `return`."),
        Slip("wrong type", "Return NumPy arrays with float entries, and a plain number for a loss."),
        Slip("wrong number of results", "Return exactly what the exercise asks for, in its order."),
        Slip("wrong arguments", "Keep the parameters that the exercise gives."),
        Slip("zero everywhere", "Nothing arrives in the result: is it ever written to?"),
        Slip("time limit", "The function did not come to an end: look at the conditions of its loops."),
        Slip("endless recursion", "The function calls itself without coming to an end."),
        Slip("leaves Python", "A function returns its result; it must not call exit."),
        Slip("raises an exception", "Read the message: it names the line and what Python expected."),
    )
}
