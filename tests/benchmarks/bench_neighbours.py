"""The nearest neighbours of a word among 100,000 vectors of 100 numbers: this book and gensim, in turns.

python tests/benchmarks/bench_neighbours.py [rounds]; it fails if ours takes more than twice as long as gensim's.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy is loaded

import sys
import time
from statistics import median

import numpy as np
from gensim.models import KeyedVectors

from w2v.corpus.vocabulary import vocabulary_in_order
from w2v.vectors import WordVectors, nearest_neighbours

WORDS, D, LIMIT = 100_000, 100, 2.0
BASE = "gensim, most_similar"


def contestants():
    """{name: function of a word's number}, which all find the same."""
    words = [f"w{i}" for i in range(WORDS)]
    table = np.random.default_rng(1).normal(size=(WORDS, D)).astype(np.float32)
    theirs = KeyedVectors(D)
    theirs.add_vectors(words, table)
    ours, vocabulary = WordVectors(words, table), vocabulary_in_order(words, np.arange(WORDS, 0, -1))
    return {
        BASE: lambda i: theirs.most_similar(words[i], topn=10),
        "WordVectors.most_similar": lambda i: ours.most_similar(words[i], count=10),
        "nearest_neighbours": lambda i: nearest_neighbours(words[i], table, vocabulary, count=10),
    }


def seconds(functions, rounds):
    """{name: seconds of each round}, all taking turns, after one turn each to warm up; AssertionError if they disagree."""
    taken = {name: [] for name in functions}
    assert len({tuple(word for word, _ in function(0)) for function in functions.values()}) == 1
    for i in range(rounds):
        for name, function in functions.items():
            start = time.perf_counter()
            function(i)
            taken[name].append(time.perf_counter() - start)
    return taken


def main(rounds=25):
    taken, slow = seconds(contestants(), rounds), []
    for name, values in taken.items():
        ratios = [own / base for own, base in zip(values, taken[BASE])]
        print(
            f"{name:26} {1e3 * median(values):6.1f} ms, {median(ratios):.2f} times gensim's ({min(ratios):.2f} to {max(ratios):.2f})"
        )
        if name.startswith("WordVectors") and median(ratios) > LIMIT:
            slow.append(f"{name}: expected at most {LIMIT:g} times gensim's time, got {median(ratios):.2f}")
    return "\n".join(slow)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])) or 0)
