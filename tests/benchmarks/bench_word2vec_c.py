"""What the choices of word2vec.c do to the vectors: one rule changed at a time, the same text, several seeds.

python tests/benchmarks/bench_word2vec_c.py [--seeds 3] [--write]; --write keeps the result in book/w2v/chapters/data/word2vec_c.json.

The baseline is `train_corpus`, which follows the program in what belongs to a pair (thinning, window) and the formulas
in the rest. Every variant replaces one function of it; scores and intervals are those of bench_quality.py.
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import numpy as np
from bench_quality import ours, result_of, show, write  # before NumPy is loaded: one thread

from w2v.training import word2vec_c
from w2v.training.fast import batches, steps
from w2v.training.fast.settings import CorpusSettings

RESULT = Path(__file__).parents[2] / "book/w2v/chapters/data/word2vec_c.json"
BASE = "as trained here"


def fixed_windows(reach):
    """`cut_into_stretches` with the same reach for every center."""
    plain = batches.cut_into_stretches
    return lambda words, ends, drawn, *rest: plain(words, ends, np.full_like(drawn, reach), *rest)


def floored_rate(settings, share):
    """The learning rate of the program, whose words are counted in millionths of the run."""
    return float(word2vec_c.learning_rate_of_program(share * 1e6, 1_000_000, settings.learning_rate))


def looked_up(scores):
    """The program's sigmoid in the precision of `scores`."""
    return word2vec_c.sigmoid_of_program(scores).astype(scores.dtype)


VARIANTS = {
    BASE: [],
    "the paper's chance to stay": [(batches, "keep_chances", word2vec_c.keep_chances_of_paper)],
    "windows of 5 on either side, always": [(batches, "cut_into_stretches", fixed_windows(5))],
    "windows of 3, their mean reach": [(batches, "cut_into_stretches", fixed_windows(3))],
    "the program's sigmoid": [(steps, "sigmoid", looked_up)],
    "the program's learning rate": [(CorpusSettings, "rate", floored_rate)],
}


# How much is trained: fixed windows of 5 have two thirds more pairs than those that breathe, so that 3 epochs of
# the first are as many pairs as 5 of the second, and 8 of the second about as many as 5 of the first.
EPOCHS = {"windows of 5 on either side, always, 3 epochs": 3, "as trained here, 8 epochs": 8}
VARIANTS |= {name: VARIANTS[name.rsplit(", ", 1)[0]] for name in EPOCHS}


def trained(changes, **settings):
    """A function (corpus, seed) -> vectors, trained with some functions replaced, and other `settings`."""

    def train(corpus, seed):
        with ExitStack() as stack:
            for change in changes:
                stack.enter_context(patch.object(*change))
            return ours(corpus, seed, **settings)

    return train


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"keep the result in {RESULT.name}")
    options = parser.parse_args()
    result = result_of(
        {
            name: trained(changes, **({"epochs": EPOCHS[name]} if name in EPOCHS else {}))
            for name, changes in VARIANTS.items()
        },
        BASE,
        options.seeds,
    )
    show(result)
    if options.write:
        write(result, RESULT)


if __name__ == "__main__":
    sys.exit(main())
