"""The exercises of the chapters: `grade("softmax-center-vector", answer)` judges a derivation, a function or a prediction.

Importing this package loads nothing outside the standard library; NumPy is loaded when a function is judged.
"""

from w2v.exercises.feedback import Feedback
from w2v.exercises.grading import grade
from w2v.exercises.registry import Listing, exercises

__all__ = ["Feedback", "Listing", "exercises", "grade"]
