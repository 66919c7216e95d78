"""What a sentence of a page reads off an output, beside the condition that makes it true."""


def says(words: str, holds: bool) -> None:
    """Nothing, if what the page says in these words holds; AssertionError if it does not, which stops the build.

    A page calls it in hidden cells, where its variables are at hand; a test looks for the words in the page.

    >>> says("two and two make four", 2 + 2 == 4)
    >>> says("two and two make five", 2 + 2 == 5)
    Traceback (most recent call last):
        ...
    AssertionError: the page says 'two and two make five', and it is not so
    """
    if not holds:
        raise AssertionError(f"the page says {words!r}, and it is not so")
