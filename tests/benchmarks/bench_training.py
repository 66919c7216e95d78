"""Pairs per second of the ways to take the same training steps, as ratios within one interleaved run.

python tests/benchmarks/bench_training.py [rounds]
"""

import sys
import time

import numpy as np

from w2v.corpus.noise import draw_negatives, noise_distribution
from w2v.corpus.vocabulary import build_vocabulary, encode
from w2v.corpus.windows import context_windows, window_pairs
from w2v.text import tiny_world
from w2v.text.words import split_sentences
from w2v.training.sgd import initial_tables, mini_batch_step, sgd_step, summed_step

WINDOW, K, RATE = 5, 5, 1e-4  # so small a rate that all ways see the same vectors


def corpus():
    """The tiny world as lists of indices, with its vocabulary."""
    sentences = split_sentences(tiny_world.text(60_000))
    vocabulary = build_vocabulary([word for sentence in sentences for word in sentence])
    return [encode(sentence, vocabulary).tolist() for sentence in sentences], vocabulary


def rungs(sentences, vocabulary, rng, dimensions):
    """Name, function and the number of pairs that one call of it works through."""
    noise = noise_distribution(vocabulary.counts)
    V, U = initial_tables(len(vocabulary), dimensions, rng)
    windows = [window for sentence in sentences[:60] for window in context_windows(sentence, WINDOW)][:200]
    drawn = [draw_negatives(rng, noise, (len(outside), K)) for _, outside in windows]
    centers, outsides = window_pairs(sentences, WINDOW)
    negatives = draw_negatives(rng, noise, (len(centers), K))

    def by_window(step):
        for (center, outside), draws in zip(windows, drawn):
            step(center, outside, draws)

    def batches(step, size, total=30_000):
        for start in range(0, total - size + 1, size):
            part = slice(start, start + size)
            step(V, U, centers[part], outsides[part], negatives[part], RATE)

    pairs = sum(len(outside) for _, outside in windows)
    yield "sgd_step, window by window", lambda: by_window(lambda c, o, k: sgd_step(V, U, c, o, k, RATE)), pairs
    yield (
        "mini_batch_step, window by window",
        lambda: by_window(lambda c, o, k: mini_batch_step(V, U, [c] * len(o), o, k, RATE)),
        pairs,
    )
    for size in (16, 128, 1024):
        yield f"mini_batch_step, {size} pairs", lambda size=size: batches(mini_batch_step, size), 30_000 // size * size
    yield "summed_step, 128 pairs", lambda: batches(summed_step, 128), 30_000 // 128 * 128


def measure(calls, rounds):
    """CPU seconds per pair: for each rung the median over `rounds`, the rungs taking turns."""
    seconds = {name: [] for name, _, _ in calls}
    for _ in range(rounds):
        for name, call, pairs in calls:
            start = time.process_time()
            call()
            seconds[name].append((time.process_time() - start) / pairs)
    return {name: float(np.median(values)) for name, values in seconds.items()}


def main(rounds=5):
    sentences, vocabulary = corpus()
    for dimensions in (20, 100):
        calls = list(rungs(sentences, vocabulary, np.random.default_rng(1), dimensions))
        seconds = measure(calls, rounds)
        slowest = max(seconds.values())
        print(f"vocabulary {len(vocabulary)}, D = {dimensions}, K = {K}")
        for name, value in seconds.items():
            print(f"  {name:36} {1 / value:12,.0f} pairs/s {slowest / value:8.1f} x")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
