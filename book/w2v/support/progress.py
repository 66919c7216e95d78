"""A progress bar for whatever takes longer than two seconds, where somebody is there to see it.

The bar is tqdm's, if that is installed; it knows by itself whether there is a terminal. In a notebook it shows only if a
notebook server has started the kernel: a bar in the build writes to the error stream, and the build takes that for a fault.
"""

import os
from typing import Any

DELAY = 2.0  # seconds before a bar appears


def progress_bar(total: int, unit: str, description: str, show: bool | None = None) -> Any:
    """A bar over `total` steps to use in a `with` block: update(n), set_postfix_str(text), close().

    `show` True or False decides; None shows it to whoever is there. Without tqdm the bar is silent.

    >>> with progress_bar(3, "steps", "counting", show=False) as bar:
    ...     _ = bar.update(3)
    """
    try:
        if "JPY_SESSION_NAME" in os.environ:
            from tqdm.auto import tqdm
        else:
            from tqdm import tqdm
    except ImportError:
        return SilentBar()
    disable = None if show is None else not show
    return tqdm(
        total=total, unit=unit, desc=description, unit_scale=True, delay=DELAY, dynamic_ncols=True, disable=disable
    )


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
