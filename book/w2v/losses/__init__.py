"""The losses of the book, each beside its gradients, in NumPy."""
