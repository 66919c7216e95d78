"""The sum over shards by one process, two processes and a Dask cluster of two, in turn; ratios to one process.

python tests/benchmarks/bench_parallel.py [--rounds 5] [--words 400000] [--write]
"""

import argparse
import json
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import numpy as np
from provenance import provenance

from w2v.chapters.results import RESULTS, parallel_table
from w2v.corpus.encoded import EncodedCorpus, encode_sentences
from w2v.corpus.real_text import real_text_or_tiny_world
from w2v.corpus.shards import write_shards
from w2v.parallel.over_shards import DaskWorkers, Processes, Sampling, sum_over_shards

RESULT = RESULTS / "parallel.json"
SHARDS, WORKERS, DIMENSIONS = 8, 2, (100, 10)


def beginning(corpus, words):
    """The first sentences of `corpus`, about `words` words, with a vocabulary of their own."""
    last = int(np.searchsorted(corpus.offsets, words))
    named = corpus.vocabulary.words
    return encode_sentences(
        ([named[w] for w in corpus.sentence(s)] for s in range(min(last, len(corpus)))), 1, None, corpus.name
    )


def places():
    """Name and workers of each contestant; the first one is the measure."""
    return {
        "one process": "serial",
        "two processes": Processes(WORKERS),
        "Dask, two workers": DaskWorkers(count=WORKERS),
    }


def seconds(folder, corpus: EncodedCorpus, D, rounds, contestants):
    """Wall seconds of each contestant in each round; AssertionError unless all sums are the same, bit for bit."""
    V, U = 0.1 * np.random.default_rng(1).normal(size=(2, len(corpus.vocabulary), D))
    taken, first = {name: [] for name in contestants}, None
    for _ in range(rounds):
        for name, where in contestants.items():
            start = time.perf_counter()
            total = sum_over_shards(folder, V, U, where=where)
            taken[name].append(time.perf_counter() - start)
            first = first or total
            assert total.loss == first.loss and np.array_equal(total.grad_U, first.grad_U), f"{name}: another sum"
    return taken, first.pairs


def rows_of(D, taken):
    """One row for each contestant: the median of its seconds and of its ratios within a round."""
    for name, values in taken.items():
        ratios = [one / own for one, own in zip(taken["one process"], values)]
        yield {
            "D": D,
            "where": name,
            "seconds": median(values),
            "ratio": median(ratios),
            "lowest": min(ratios),
            "highest": max(ratios),
        }


def measure(corpus, rounds):
    """Everything that `parallel_table` shows."""
    rows, about = [], provenance(corpus, [Sampling().seed], "numpy", "scipy", "distributed")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        write_shards(corpus, folder, SHARDS)
        contestants = places()
        for where in contestants.values():
            if where != "serial":
                stack.enter_context(where)
        for D in DIMENSIONS:
            taken, pairs = seconds(folder, corpus, D, rounds, contestants)
            rows += rows_of(D, taken)
    sizes = {"pairs": pairs, "shards": SHARDS, "rounds": rounds}
    return about | sizes | {"rows": rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--words", type=int, default=400_000)
    parser.add_argument("--write", action="store_true", help=f"keep the result in {RESULT.name}")
    options = parser.parse_args()
    result = measure(beginning(real_text_or_tiny_world(), options.words), options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        path = RESULT if options.write else Path(folder) / RESULT.name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        print(parallel_table(json.loads(path.read_text("utf-8"))))


if __name__ == "__main__":
    main()
