"""Every law of `laws.py` on the kernel as it is."""
import pytest

import laws
from w2v.checker import kernel
from w2v.checker.kernel import normal_form, polynomials, scalars, theorem, values  # noqa: F401 (attributes of kernel)


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.__name__[4:])
def test_law(law):
    law(kernel)
