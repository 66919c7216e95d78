"""Training on one machine, from plain descent to millions of words."""
