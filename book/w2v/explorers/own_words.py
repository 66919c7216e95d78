"""Sentences of the reader's own, and skip-gram with negative sampling on them, in the page."""

from typing import Any

from w2v.explorers.explorer import Explorer
from w2v.explorers.traits import Data, Field, Text

LETTERS = 1200
EXAMPLES = [
    {
        "name": "drinks",
        "text": "the cat drinks cold milk. the dog drinks cold water. the cat sees the dog. the dog sees the cat. "
        "a king drinks red wine. a queen drinks red wine. the king sees the queen. the queen sees the king.",
    },
    {
        "name": "weather",
        "text": "rain falls in autumn. snow falls in winter. the sun shines in summer. rain is wet. snow is cold. "
        "the sun is hot. autumn is wet. winter is cold. summer is hot.",
    },
    {
        "name": "numbers",
        "text": "one two three four five six. two three four five six seven. three four five six seven eight. "
        "four five six seven eight nine. one two three. seven eight nine.",
    },
]


class OwnWordsExplorer(Explorer):
    """Training from the first step on, for any text: vectors with two numbers, the mean loss, the nearest words.

    Everything follows from the state: the same text, settings, seed and number of steps give the same vectors everywhere.
    Sentences end with . ! ? ; or a new line; the 30 most frequent words are kept. Draws have the power 3/4.

    >>> OwnWordsExplorer(text="the cat drinks milk. the dog drinks water.", window=1).window
    1
    """

    text = Text(EXAMPLES[0]["text"], LETTERS)
    examples = Data(EXAMPLES)
    window = Field(2, 1, 5, whole=True)
    negatives = Field(3, 1, 10, whole=True)
    step_size = Field(0.2, 0.05, 1)
    seed = Field(1, 1, 99, whole=True)
    taken = Field(0, 0, 4000, whole=True)
    word = Field(1, 0, 29, whole=True)
    playing = Field(False, of=[False, True])

    def limits(self) -> dict[str, dict]:
        """Returns the limits, with that of the text."""
        limits: dict[str, Any] = super().limits() | {"text": {"letters": LETTERS}}
        return {name: limit for name, limit in limits.items() if name != "playing"}
