"""The checks of the results: central differences, SymPy, and the likely slip."""
