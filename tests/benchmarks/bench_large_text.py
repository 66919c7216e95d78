"""A text larger than the memory it may take, from file to vectors: seconds and memory of each part.

python tests/benchmarks/bench_large_text.py [--gigabytes 0.2] [--write]; --write keeps the result in
book/w2v/chapters/data/large_text.json. It needs about three times the size of the text on the disk of the temporary folder.

The text is synthetic: words of a fixed list of 200,000, drawn by Zipf's law, in sentences, twenty blocks of a million
words in random order. It is written, read by two processes with a bounded vocabulary, cut into shards, and gone through
once by two threads. Memory is what belongs to the processes alone, largest sum seen; files that are mapped do not
count, since the system may drop them at any time.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy is loaded, here and in every process that is started

import argparse
import json
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from provenance import provenance

from w2v.chapters.results import RESULTS
from w2v.corpus import load_text, write_shards
from w2v.parallel import Threads, train_on_shards

RESULT = RESULTS / "large_text.json"
WORDS, SENTENCE, BLOCKS, SEED, WORKERS = 200_000, 16, 20, 1, 2
READING = dict(minimum_count=50, most_words=500_000, processes=WORKERS)
SETTINGS = dict(dimensions=10, window=2, negatives=5, subsample=1e-5, epochs=1)
SHARD = 5_000_000  # words


def write_text(path, size):
    """Writes `size` bytes, or a few more."""
    rng, letters = np.random.default_rng(SEED), np.array(list("etaoinshrdlucmfwypvbgk"))
    words = list(dict.fromkeys("".join(rng.choice(letters, n)) for n in rng.integers(2, 11, WORDS)))
    shares = 1 / np.arange(10.0, 10 + len(words))
    bounds = np.cumsum(shares / shares.sum())
    spaced = np.array([f"{word} " for word in words] + [f"{word}.\n" for word in words], dtype=object)
    blocks = []
    for _ in range(BLOCKS):
        drawn = np.searchsorted(bounds[:-1], rng.random(1_000_000))
        drawn[rng.random(len(drawn)) < 1 / SENTENCE] += len(words)  # the last word of a sentence
        blocks.append("".join(spaced[drawn].tolist()))
    with open(path, "w", encoding="utf-8") as file:
        while file.tell() < size:
            file.write(blocks[rng.integers(BLOCKS)])


def own_memory():
    """Bytes that belong to this process and its children alone, by /proc; 0 where there is none."""
    total, mine = 0, os.getpid()
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:  # it has ended
            continue
        if mine in (int(fields["Pid"]), int(fields["PPid"])) and "RssAnon" in fields:
            total += int(fields["RssAnon"].split()[0]) * 1024
    return total


@contextmanager
def part(name, rows):
    """Adds a row: name, seconds on the wall, and the largest memory seen, by a look every half second."""
    done, most = threading.Event(), [own_memory()]

    def watch():
        while not done.wait(0.5):
            most[0] = max(most[0], own_memory())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
    rows.append({"part": name, "seconds": seconds, "memory": most[0]})
    print(f"{name:10} {seconds:8.1f} s, {most[0] / 1e6:8,.0f} MB", flush=True)


def measure(size):
    """The result, with the size of the text and of what stands on disk after it."""
    rows, load = [], round(os.getloadavg()[0], 2)
    with tempfile.TemporaryDirectory(prefix="w2v-large-") as folder:
        folder = Path(folder)
        os.environ["W2V_CACHE"] = str(folder / "cache")
        with part("writing", rows):
            write_text(folder / "large.txt", size)
        with part("reading", rows):
            corpus = load_text(folder / "large.txt", **READING)
        with part("shards", rows):
            manifest = write_shards(corpus, folder / "shards", max(WORKERS, round(len(corpus.tokens) / SHARD)))
        about = provenance(corpus, [SEED], "numpy", "scipy") | {"load": load}
        with part("training", rows):
            run = train_on_shards(folder / "shards", Threads(WORKERS), seed=SEED, **SETTINGS)
        assert run.finished and np.isfinite(run.losses).all() and run.losses[-1] < run.losses[0]
        return about | {
            "bytes": (folder / "large.txt").stat().st_size,
            "sentences": len(corpus),
            "shards": len(manifest.shards),
            "pairs": int(run.pairs[-1]),
            "losses": [float(run.losses[0]), float(run.losses[-1])],
            "workers": WORKERS,
            "settings": READING | SETTINGS,
            "rows": rows,
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=0.2)
    parser.add_argument("--write", action="store_true", help=f"keep the result in {RESULT.name}")
    options = parser.parse_args()
    result = measure(options.gigabytes * 1e9)
    print(
        f"{result['bytes'] / 1e9:.2f} GB, {result['corpus']['words']:,} words, {result['pairs']:,} pairs, loss {result['losses'][0]:.2f} to {result['losses'][1]:.2f}"
    )
    if options.write:
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
