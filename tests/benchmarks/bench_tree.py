"""Scores of the hierarchical softmax beside those of negative sampling: the same text, the same machinery, several seeds.

python tests/benchmarks/bench_tree.py [--seeds 2] [--write]; --write keeps the result in book/w2v/chapters/data/tree.json.

Both are skip-gram, at the rate at which negative sampling scores higher in bench_cbow.py; processor seconds of a run
are those of one thread. Scores and intervals are those of bench_quality.py.
"""

from bench_cbow import main  # before NumPy is loaded: one thread

from w2v.chapters.results import RESULTS

RUNS = [("skip-gram", 0.05), ("tree", 0.05)]

if __name__ == "__main__":
    main(RUNS, RESULTS / "tree.json", __doc__, seeds=2)
