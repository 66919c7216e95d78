"""What is asked in each chapter. Derivations and predictions are judged without NumPy, so functions stand apart, in `functions`."""
