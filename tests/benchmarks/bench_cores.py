"""Training on one core and on two: this book and gensim, from lists and from a file, in one interleaved run.

python tests/benchmarks/bench_cores.py [--rounds 5] [--write]; --write keeps the result in book/w2v/chapters/data/cores.json.

Everybody goes once through the same text with the same settings. In each round everybody has one turn, and a ratio
is taken to the turn of gensim with one worker, from lists, in the same round. Seconds are those on the wall and those
of the processor, child processes included; the start of the processes is on the clock, and so is each round of moves.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy is loaded, here and in every process that is started

import argparse
import json
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median

from bench_speed import corpus, interleaved
from contestants import SUBSAMPLE, WINDOW, K, gensim
from provenance import provenance

from w2v.chapters.results import RESULTS, cores_table
from w2v.corpus.shards import write_shards
from w2v.parallel import Processes, Threads, train_on_shards
from w2v.training.fast import train_corpus

RESULT = RESULTS / "cores.json"
BASE, DIMENSIONS, WORKERS = "gensim, lists", (100, 10), 2


def contestants(text, folder, D):
    """{(name, cores): function that goes once through `text`}; files and shards are written beforehand into `folder`."""
    settings = dict(dimensions=D, window=WINDOW, negatives=K, subsample=SUBSAMPLE, epochs=1)
    shards = Path(folder) / "shards"
    if not shards.exists():
        write_shards(text, shards, WORKERS)
    programs = {}
    for workers in (1, WORKERS):
        for kind, file in (("lists", None), ("file", Path(folder) / "text.txt")):
            programs[f"gensim, {kind}", workers] = gensim(text, D, 0, workers, file)
    programs["this book", 1] = lambda: train_corpus(text, **settings)
    for kind in (Threads, Processes):
        name = f"this book, two shards, {kind.__name__.lower()}"
        programs[name, WORKERS] = partial(train_on_shards, shards, kind(WORKERS), **settings)
    return programs


def with_children(function):
    """(0, seconds of the processor, seconds on the wall) of one call, those of its child processes included."""
    before, start = os.times(), time.perf_counter()
    function()
    wall, after = time.perf_counter() - start, os.times()
    return 0, sum(after[:4]) - sum(before[:4]), wall


def rows_of(text, folder, D, rounds):
    """One row for each contestant: median seconds, and the ratio of its wall seconds to the base's in the same round."""
    programs = contestants(text, folder, D)
    turns = interleaved({key: partial(with_children, function) for key, function in programs.items()}, rounds)
    for (name, cores), taken in turns.items():
        ratios = [base / own for (*_, base), (*_, own) in zip(turns[BASE, 1], taken)]
        yield {
            "D": D,
            "name": name,
            "cores": cores,
            "seconds": median(wall for *_, wall in taken),
            "cpu_seconds": median(cpu for _, cpu, _ in taken),
            "ratio": median(ratios),
            "lowest": min(ratios),
            "highest": max(ratios),
        }


def measure(text, rounds):
    """Everything that `cores_table` shows."""
    settings = {"window": WINDOW, "negatives": K, "subsample": SUBSAMPLE, "epochs": 1, "rounds": rounds}
    about = provenance(text, [1], "numpy", "scipy", "gensim") | {"settings": settings}
    with tempfile.TemporaryDirectory() as folder:
        return about | {"rows": [row for D in DIMENSIONS for row in rows_of(text, folder, D, rounds)]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help=f"keep the result in {RESULT.name}")
    options = parser.parse_args()
    result = measure(corpus(), options.rounds)
    print(cores_table(result))
    if options.write:
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
