"""A progress bar for whatever takes longer than two seconds, where somebody is there to see it.

The bar is tqdm's, if that is installed. It shows in a terminal and in a live notebook. It never shows
while the book is built: a bar writes to the error stream, and the build takes that for a fault.
"""

import os
import sys

DELAY = 2.0  # seconds before a bar appears


def progress_bar(total, unit, description, show=None):
    """A bar over `total` steps to use in a `with` block: update(n), set_postfix_str(text), close().

    `show` True or False decides; None asks `watched`. Without tqdm, or unwatched, the bar is silent.
    """
    tqdm = _tqdm() if (watched() if show is None else show) else None
    if tqdm is None:
        return SilentBar()
    return tqdm(total=total, unit=unit, desc=description, unit_scale=True, delay=DELAY, dynamic_ncols=True)


def watched():
    """Whether somebody looks: the error stream is a terminal, or a notebook server has started this kernel."""
    return sys.stderr.isatty() or "JPY_SESSION_NAME" in os.environ


def _tqdm():
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm


class SilentBar:
    """Does nothing, with the methods of a bar."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def update(self, n=1):
        """Nothing to show."""

    def set_postfix_str(self, text):
        """Nothing to show."""

    def close(self):
        """Nothing to close."""
