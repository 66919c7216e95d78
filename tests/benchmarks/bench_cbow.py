"""Scores of CBOW beside those of skip-gram: the same text, the same machinery, several seeds.

python tests/benchmarks/bench_cbow.py [--seeds 3] [--write]; --write keeps the result in book/w2v/chapters/data/cbow.json.

Where skip-gram has a term of the loss for each word of a window, CBOW has one for the window, and of its gradient
every word gets a share. So CBOW also goes at ten times the rate, and skip-gram at twice its own. Scores and intervals
are those of bench_quality.py.
"""

import argparse
from functools import partial
from pathlib import Path

from bench_quality import ours, result_of, show, write  # before NumPy is loaded: one thread

RESULT = Path(__file__).parents[2] / "book/w2v/chapters/data/cbow.json"
RUNS = [("skip-gram", 0.025), ("skip-gram", 0.05), ("cbow", 0.025), ("cbow", 0.25)]


def main(runs=RUNS, path=RESULT, about=__doc__, seeds=3):
    """Trains each (model, rate) of `runs`, compares it with the first, and keeps the result at `path` if asked to."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=seeds)
    parser.add_argument("--write", action="store_true", help=f"keep the result in {path.name}")
    options = parser.parse_args()
    programs = {f"{model}, rate {rate:g}": partial(ours, model=model, learning_rate=rate) for model, rate in runs}
    result = result_of(programs, next(iter(programs)), options.seeds)
    show(result)
    if options.write:
        write(result, path)


if __name__ == "__main__":
    main()
