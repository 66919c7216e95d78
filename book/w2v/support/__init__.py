"""What all other packages lean on: arguments checked at the door, progress bars, files written whole or not at all."""

from w2v.support import validate
from w2v.support.atomic_files import atomic_write
from w2v.support.progress import progress_bar

__all__ = ["atomic_write", "progress_bar", "validate"]
