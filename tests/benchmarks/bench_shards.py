"""`train_on_shards` on two threads against `train_corpus` on one core: seconds, loss and scores, by number of shards.

python tests/benchmarks/bench_shards.py [--seeds 3] [--epochs 5] [--write]; --write keeps the result in
book/w2v/chapters/data/shards.json.

All train on the same text, as often, with the same settings, one thread of linear algebra for each shard at work, and take
turns within a seed; the clock is that on the wall. The loss is that of the same pairs and
negatives for all, which nobody trained on. Scores and intervals are those of bench_quality.py.
"""

import argparse
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from bench_quality import result_of, show, write  # before NumPy is loaded: one thread

from w2v.parallel import Threads, train_on_shards
from w2v.training.fast import CorpusSettings, batches_of, stretch_loss, train_corpus

RESULT = Path(__file__).parents[2] / "book/w2v/chapters/data/shards.json"
BASE, WORKERS, SHARDS = "one core", 2, (2, 4, 8)
UNSEEN, BATCHES = 99, 100  # the seed of the pairs that measure, and how many batches of them


class Timed:
    """A function (corpus, seed) -> vectors for bench_quality, which keeps the wall seconds and the loss of each run."""

    def __init__(self, train):
        self.train, self.seconds, self.losses = train, [], []

    def __call__(self, corpus, seed):
        start = perf_counter()
        run = self.train(corpus, seed=seed)
        self.seconds.append(perf_counter() - start)
        self.losses.append(unseen_loss(corpus, run))
        return run.V


def unseen_loss(corpus, run):
    """The mean loss of a pair over BATCHES batches, evenly spread over the text, drawn with a seed of their own."""
    batches, loss, pairs = batches_of(corpus, CorpusSettings(seed=UNSEEN)), 0.0, 0
    for b in np.linspace(0, len(batches) - 1, min(BATCHES, len(batches))).astype(int):
        stretches, negatives = batches.draw(0, int(b))
        loss += stretch_loss(run.V, run.U, stretches, negatives, batches.settings.negatives)
        pairs += stretches.pairs
    return loss / pairs


def contestants(epochs):
    """{name: Timed}; the first one is the measure."""
    on_shards = {
        f"{shards} shards, {WORKERS} threads": Timed(
            partial(train_on_shards, where=Threads(WORKERS), shards=shards, epochs=epochs)
        )
        for shards in SHARDS
    }
    return {BASE: Timed(partial(train_corpus, epochs=epochs))} | on_shards


def with_times(result, programs, epochs):
    """`result` with a row for each contestant: seconds, times as fast as one core within a seed, and loss."""
    rows = []
    for name, timed in programs.items():
        ratios = [one / own for one, own in zip(programs[BASE].seconds, timed.seconds)]
        rows.append(
            {
                "name": name,
                "seconds": median(timed.seconds),
                "ratio": median(ratios),
                "lowest": min(ratios),
                "highest": max(ratios),
                "loss": float(np.mean(timed.losses)),
            }
        )
    settings = {**result["settings"], "epochs": epochs}
    kept = {name: value for name, value in result.items() if name != "cpu_seconds"}  # of the parent alone
    return kept | {"settings": settings, "workers": WORKERS, "rows": rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help=f"keep the result in {RESULT.name}")
    options = parser.parse_args()
    programs = contestants(options.epochs)
    result = with_times(result_of(programs, BASE, options.seeds), programs, options.epochs)
    show(result | {"cpu_seconds": {}})
    for row in result["rows"]:
        print(
            f"{row['name']:24} {row['seconds']:6.1f} s, {row['ratio']:.2f} times as fast ({row['lowest']:.2f} to {row['highest']:.2f}), loss {row['loss']:.4f}"
        )
    if options.write:
        write(result, RESULT)


if __name__ == "__main__":
    main()
