"""Trained vectors put to use: files, neighbours and analogies, and how well they agree with lists that people made."""

from w2v.vectors.agreement import Score, analogy_score, difference, mean_score, ranks, similarity_score, spearman
from w2v.vectors.files import load_vectors, save_vectors
from w2v.vectors.neighbours import (
    analogy,
    analogy_accuracy,
    cosine_similarities,
    group_chance,
    group_recovery,
    nearest_neighbours,
    project,
    unit_rows,
)
from w2v.vectors.word_lists import WordLists, WordListsMissing, load_word_lists, tiny_world_lists, word_lists_for
from w2v.vectors.word_vectors import WordVectors

__all__ = [
    "Score",
    "WordLists",
    "WordListsMissing",
    "WordVectors",
    "analogy",
    "analogy_accuracy",
    "analogy_score",
    "cosine_similarities",
    "difference",
    "group_chance",
    "group_recovery",
    "load_vectors",
    "load_word_lists",
    "mean_score",
    "nearest_neighbours",
    "project",
    "ranks",
    "save_vectors",
    "similarity_score",
    "spearman",
    "tiny_world_lists",
    "unit_rows",
    "word_lists_for",
]
