"""Right and wrong functions for the exercises of the chapter on factorisation, as a student might write them."""

import numpy as np

from student_functions import right, sigmoid, wrong

TABLE, BOTH = "factorisation-table", "factorisation-both-tables"


@right(TABLE)
def _(counts, K, noise):
    return np.log(counts) - np.log(counts.sum(axis=1, keepdims=True)) - np.log(noise) - np.log(K)


@right(TABLE)
def _(counts, K, noise):
    return np.array([[np.log(n / (K * row.sum() * q)) for n, q in zip(row, noise)] for row in counts])


@wrong(TABLE, "missing minus")
def _(counts, K, noise):
    return np.log(K * counts.sum(axis=1)[:, None] * noise / counts)


@wrong(TABLE, "shift left out")
def _(counts, K, noise):
    return np.log(counts / np.outer(counts.sum(axis=1), noise))


@wrong(TABLE, "logarithm forgotten")
def _(counts, K, noise):
    return counts / (K * np.outer(counts.sum(axis=1), noise))


@wrong(TABLE, "center and outside word exchanged")
def _(counts, K, noise):
    return np.log(counts / (K * np.outer(noise, counts.sum(axis=0))))


@wrong(TABLE, "joint frequency only")
def _(counts, K, noise):
    return np.log(counts / counts.sum())


@wrong(TABLE, "counts not divided by their sum")
def _(counts, K, noise):
    return np.log(counts) - np.log(K * noise)


def slopes(V, U, counts, K, noise):
    drawn = K * counts.sum(axis=1, keepdims=True) * noise
    return (counts + drawn) * sigmoid(V @ U.T) - counts


@right(BOTH)
def _(V, U, counts, K, noise):
    G = slopes(V, U, counts, K, noise)
    return G @ U, G.T @ V


@right(BOTH)
def _(V, U, counts, K, noise):
    G = slopes(V, U, counts, K, noise)
    return np.array([sum(g * u for g, u in zip(row, U)) for row in G]), np.array([sum(g * v for g, v in zip(row, V)) for row in G.T])


@wrong(BOTH, "missing minus")
def _(V, U, counts, K, noise):
    G = -slopes(V, U, counts, K, noise)
    return G @ U, G.T @ V


@wrong(BOTH, "center and outside word exchanged")
def _(V, U, counts, K, noise):
    G = slopes(V, U, counts, K, noise)
    return G.T @ U, G @ V


@wrong(BOTH, "draws left out")
def _(V, U, counts, K, noise):
    G = counts * (sigmoid(V @ U.T) - 1)
    return G @ U, G.T @ V


@wrong(BOTH, "forgotten y")
def _(V, U, counts, K, noise):
    G = slopes(V, U, counts, K, noise) + counts
    return G @ U, G.T @ V


@wrong(BOTH, "sigmoid of the wrong sign")
def _(V, U, counts, K, noise):
    drawn = K * np.outer(counts.sum(axis=1), noise)
    G = (counts + drawn) * sigmoid(-V @ U.T) - counts
    return G @ U, G.T @ V
