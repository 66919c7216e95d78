"""The exercises in NumPy, one module per chapter; loaded when a function is judged, since they need NumPy."""
