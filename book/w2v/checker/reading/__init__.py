"""Reading: a text to blocks, mathematics to trees; no meaning here. `read` and `read_math` are the way in."""

from .chains import Chains
from .document import read

__all__ = ["read", "read_math"]


def read_math(latex, line=1):
    """The chains of one piece of LaTeX mathematics, without its delimiters."""
    drafts, _, _ = Chains().display(latex, line)
    return tuple(chain for draft in drafts for chain in draft.chains())
