"""The checks of what the book claims: central differences of a loss, the slip that explains a wrong gradient, proofs in SymPy.

`check_gradients` needs NumPy alone. `verify("T07")` runs everything that is known about a result; SymPy is imported
when it is asked for. `w2v.checks.symbolic` states and proves the results, `w2v.checks.slips` has the wrong gradients.
"""

from typing import TYPE_CHECKING, Any

from w2v.checks.gradient_check import GradientCheck, GradientMismatch, check_gradients, numerical_gradient
from w2v.checks.slips import likely_slip

if TYPE_CHECKING:
    from w2v.checks.verification import Verification, VerificationError, verify

__all__ = [
    "GradientCheck",
    "GradientMismatch",
    "Verification",
    "VerificationError",
    "check_gradients",
    "likely_slip",
    "numerical_gradient",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from w2v.checks import verification

        return getattr(verification, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
