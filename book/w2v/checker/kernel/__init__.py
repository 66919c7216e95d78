"""The kernel: scalars, their exact normal form, typed values, and the one constructor of a proof."""
