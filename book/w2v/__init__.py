"""The package of the book *word2vec, line by line*: every formula of its chapters, runnable.

Conventions: one word per row, so `U` has shape (vocabulary, D); a gradient has the shape of
its variable; all logarithms are natural, so every loss is measured in nats.
"""

__version__ = "1.0.0"
