"""Pairs per second of skip-gram with negative sampling: the rungs of the ladder, gensim and PyTorch, in one interleaved run.

python tests/benchmarks/bench_speed.py [--rounds 7] [--write]; --write keeps the result in book/w2v/chapters/data/speed.json.

Everybody runs on one thread, and the clock is the processor's. In each round everybody has one turn, and a ratio
is taken to gensim's turn of the same round, so that a machine that slows down slows all of them.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy is loaded

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np
from contestants import BLOCK, STRETCHES, SUBSAMPLE, WINDOW, K, Torch, gensim, rungs, stretches
from provenance import provenance

from w2v.corpus.encoded import encode_sentences
from w2v.corpus.real_text import RealTextMissing, load_real_text
from w2v.text import tiny_world
from w2v.text.words import split_sentences
from w2v.training.fast import CorpusSettings
from w2v.training.fast.batches import batches_of

RESULT = Path(__file__).parents[2] / "book/w2v/chapters/data/speed.json"
BASE = "gensim, 1 worker"
FLOORS = {100: 1.0, 10: 4.0}  # times gensim, by the fastest rung


def corpus():
    """WordNet's glosses, or the tiny world, as long, where they are not installed."""
    try:
        return load_real_text(parts=("wordnet",))
    except RealTextMissing:
        return encode_sentences(split_sentences(tiny_world.text(1_600_000)), minimum_count=1, name="tiny world")


def timed(function):
    """(pairs, cpu seconds, wall seconds) of one call; a process of its own has measured itself."""
    cpu, wall = time.process_time(), time.perf_counter()
    done = function()
    return done if isinstance(done, tuple) else (done, time.process_time() - cpu, time.perf_counter() - wall)


def interleaved(functions, rounds):
    """{name: [(pairs, cpu, wall)] of each round}, all taking turns, after one turn each to warm up."""
    for function in functions.values():
        function()
    turns = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            turns[name].append(timed(function))
    return turns


def best(function, repeats=7):
    """The least CPU seconds of a call: a limit is what the machine can do when nobody disturbs it."""
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        function()
        seconds.append(time.process_time() - start)
    return min(seconds)


def row_seconds(vocabulary, D, count=1024):
    """CPU seconds to read a row of a float32 table and to write it back, by NumPy's own copying, all rows in random order."""
    table, block = np.zeros((vocabulary, D), np.float32), np.empty((count, D), np.float32)
    order = np.random.default_rng(2).permutation(vocabulary)

    def every_row():
        for start in range(0, vocabulary, count):
            rows = order[start : start + count]
            table[rows] = np.take(table, rows, axis=0, out=block[: len(rows)], mode="clip")

    return best(every_row) / vocabulary


def multiply_seconds(size=512):
    """CPU seconds of one multiply-add in a large float32 matrix product: the processor at its best."""
    a = np.ones((size, size), np.float32)
    return best(lambda: a @ a) / size**3


def needs(name, pairs_of_stretch):
    """(rows read and written, multiply-adds per dimension) of one pair.

    With negatives of its own it is K + 2 rows and 3 (K + 1). A block of b pairs shares M rows and makes
    3 (1 + M) for each pair. A stretch of T centers with C places and M negatives has 2 T + M rows and
    3 T (C + M) for all of its pairs.
    """
    b, M = BLOCK
    T, shared = CorpusSettings().stretch, CorpusSettings().shared
    if name == "blocks share negatives":
        return 2 + M / b, 3 * (1 + M)
    if name.startswith(STRETCHES):
        return (2 * T + shared) / pairs_of_stretch, 3 * T * (T + 2 * WINDOW + shared) / pairs_of_stretch
    return K + 2, 3 * (K + 1)


def rows_of_table(corpus, D, torch, rounds):
    """One dict for each contestant: pairs per second, ratio to gensim (median, lowest, highest), its limit and the share of it."""
    train = stretches(corpus, D)
    row = row_seconds(len(corpus.vocabulary), D)
    turns = interleaved(
        {**rungs(corpus, D), **train, BASE: gensim(corpus, D, train[STRETCHES]()), **torch.steps(D)}, rounds
    )
    row, multiply = min(row, row_seconds(len(corpus.vocabulary), D)), multiply_seconds()
    speeds = {name: [pairs / cpu for pairs, cpu, _ in done] for name, done in turns.items()}
    for name, speed in speeds.items():
        ratios = [own / base for own, base in zip(speed, speeds[BASE])]
        rows, work = needs(name, pairs_of_stretch(corpus))
        least = {"memory_ns": 1e9 * rows * row, "arithmetic_ns": 1e9 * work * D * multiply}
        yield {
            "D": D,
            "name": name,
            "pairs_per_second": median(speed),
            "wall_pairs_per_second": median(pairs / wall for pairs, _, wall in turns[name]),
            "ratio": median(ratios),
            "ratio_lowest": min(ratios),
            "ratio_highest": max(ratios),
            "rows_per_pair": rows,
            **least,
            "share_of_limit": max(least.values()) * median(speed) / 1e9,
        }


def pairs_of_stretch(corpus):
    """The mean number of pairs in a stretch, from the first batches of a run."""
    made = batches_of(corpus, CorpusSettings(window=WINDOW, subsample=SUBSAMPLE))
    cut = [made.draw(0, b)[0] for b in range(min(50, len(made)))]
    return sum(c.pairs for c in cut) / sum(len(c.left) for c in cut)


def described(corpus, torch, rounds):
    """Where a result comes from, and its settings."""
    origin = provenance(corpus, [1, 3], "numpy", "scipy", "gensim")  # of the tables, and of the negatives of the rungs
    origin["versions"]["torch"] = torch.version
    settings = {
        "window": WINDOW,
        "negatives": K,
        "subsample": SUBSAMPLE,
        "precision": "float32",
        "threads": 1,
        "rounds": rounds,
    }
    return origin | {"settings": settings}


def show(result):
    about = result["corpus"]
    print(
        f"{about['name']}: {about['words']:,} words, vocabulary {about['vocabulary']:,}; {result['machine']}, {result['date']}, one thread"
    )
    print("rungs 1 to 5 and PyTorch get their pairs ready made; gensim and the stretches also draw them")
    for D in sorted({row["D"] for row in result["rows"]}, reverse=True):
        print(
            f"\nD = {D:<37} {'pairs/s':>11} {'x gensim':>9} {'(range)':>14} {'rows/pair':>10} {'limit ns':>9} {'share':>6}"
        )
        for row in result["rows"]:
            if row["D"] == D:
                spread = f"({row['ratio_lowest']:.2g}-{row['ratio_highest']:.2g})"
                least = max(row["memory_ns"], row["arithmetic_ns"])
                print(
                    f"{row['name']:<41} {row['pairs_per_second']:>11,.0f} {row['ratio']:>9.3g} {spread:>14} {row['rows_per_pair']:>10.2f} {least:>9.1f} {row['share_of_limit']:>6.1%}"
                )
    print(
        "\nlimit: the time to move the rows of a pair through memory (read, written back) or to multiply, whichever is longer,"
    )
    print("both measured in this run; share: how much of the time that takes is unavoidable.")


def failures(result):
    """What is slower than the floors, as sentences."""
    fastest = {
        D: max(row["ratio"] for row in result["rows"] if row["D"] == D and row["name"].startswith(STRETCHES))
        for D in FLOORS
    }
    return [
        f"D = {D}: expected at least {floor} times gensim, got {fastest[D]:.2f}"
        for D, floor in FLOORS.items()
        if fastest[D] < floor
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true", help=f"keep the result in {RESULT.name}")
    options = parser.parse_args()
    text = corpus()
    torch = Torch(text)
    about = described(text, torch, options.rounds)
    try:
        rows = [row for D in FLOORS for row in rows_of_table(text, D, torch, options.rounds)]
    finally:
        torch.close()
    result = {**about, "rows": rows}
    show(result)
    if torch.missing:
        print(torch.missing)
    if options.write:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return "\n".join(failures(result))


if __name__ == "__main__":
    sys.exit(main() or 0)
