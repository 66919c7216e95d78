"""The example of the chapters: five words, three dimensions, one sentence, one decimal place.

>>> toy.WORDS[toy.CENTER], toy.outside_vectors().shape
('drinks', (5, 3))
"""

import numpy as np

WORDS = ("the", "cat", "drinks", "cold", "milk")
CENTER, OUTSIDE = 2, 4  # drinks, milk
WINDOW = (0, 1, 3, 4)  # the words around drinks, two on each side
NEGATIVES = (1, 0, 3, 3)  # K = 4 draws, cold twice


def center_vectors() -> np.ndarray:
    """V, shape (5, 3), one word per row; a fresh copy."""
    return np.array([[0.3, -0.2, 0.4], [0.6, 0.5, -0.4], [0.8, 0.6, -0.5], [-0.3, 0.7, 0.2], [0.5, -0.6, 0.9]])


def outside_vectors() -> np.ndarray:
    """U, shape (5, 3), one word per row; a fresh copy."""
    return np.array([[0.2, -0.3, 0.5], [0.7, 0.4, -0.2], [-0.6, 0.9, 0.3], [-0.4, -0.8, 0.6], [0.9, 0.5, -0.7]])
