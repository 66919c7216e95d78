"""Who takes part in the speed comparison: each is a function that trains and returns how many pairs it did."""

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from w2v.training import ladder
from w2v.training.fast import CorpusSettings, batches, train_corpus
from w2v.training.fast.settings import LARGEST
from w2v.training.sgd import initial_tables

WINDOW, K, SUBSAMPLE = 5, 5, 1e-3
RATE = 1e-4  # of the rungs, which go over the same few pairs many times
STRETCHES = "stretches of text"
BLOCK = 64, 16  # pairs that share, and negatives they share, in rung 5
TORCH = Path(__file__).parents[2] / ".venv/torch/bin/python"


def some_pairs(corpus, count, seed=3):
    """(centers, outsides, negatives): `count` pairs of the text in its order, K draws for each."""
    made = batches.batches_of(corpus, CorpusSettings(window=WINDOW, subsample=SUBSAMPLE))
    listed, found, b = [], 0, 0
    while found < count:
        listed.append(made.draw(0, b % len(made))[0].listed()[1:])
        found, b = found + len(listed[-1][0]), b + 1
    centers, outsides = (np.concatenate(side)[:count].astype(np.int32) for side in zip(*listed))
    return centers, outsides, made.model.noise.draw(np.random.default_rng(seed), (count, K))


def rungs(corpus, D):
    """{name: function} for rungs 1 to 5; their pairs and negatives are drawn beforehand, off the clock."""
    V, U = (table.astype(np.float32) for table in initial_tables(len(corpus.vocabulary), D, np.random.default_rng(1)))
    pairs = some_pairs(corpus, 131_072)

    def batched(step, size, count):
        for start in range(0, count, size):
            step(V, U, *(part[start : start + size] for part in pairs), RATE)
        return count

    def shared(size=8192, count=131_072):
        b, M = BLOCK
        for start in range(0, count, size):
            centers, outsides, negatives = (part[start : start + size] for part in pairs)
            ladder.shared_step(
                V,
                U,
                centers.reshape(-1, b),
                outsides.reshape(-1, b),
                negatives.reshape(-1)[: size // b * M].reshape(-1, M),
                K,
                RATE,
            )
        return count

    return {
        "dense gradients": lambda: batched(ladder.dense_step, 1, 8),
        "K + 2 rows": lambda: batched(ladder.rows_step, 1, 2048),
        "mini-batch, np.add.at": lambda: batched(ladder.add_at_step, 1024, 16_384),
        "mini-batch, sparse product": lambda: batched(ladder.sparse_step, 8192, 65_536),
        "blocks share negatives": shared,
    }


def stretches(corpus, D):
    """{name: function}: `train_corpus`, one epoch, everything on the clock, with its own and with larger batches."""
    settings = dict(dimensions=D, window=WINDOW, negatives=K, subsample=SUBSAMPLE, epochs=1)
    sizes = {STRETCHES: LARGEST, f"{STRETCHES}, batches of 2000 words": 2000}
    return {
        name: lambda size=size: int(train_corpus(corpus, batch=size, **settings).pairs[-1])
        for name, size in sizes.items()
    }


def gensim(corpus, D, pairs, workers=1, file=None):
    """gensim, one epoch, from lists of words or from a `file` with a sentence a line.

    `pairs`, which it does not count, is taken from `train_corpus`: the same rules draw them.
    """
    words = corpus.vocabulary.words
    sentences = [[words[w] for w in corpus.sentence(s)] for s in range(len(corpus))]
    text = {"corpus_iterable": sentences}
    if file is not None:
        file.write_text("".join(" ".join(sentence) + "\n" for sentence in sentences), encoding="utf-8")
        text = {"corpus_file": str(file)}
    from gensim.models import Word2Vec  # here, because each process that is started imports this file

    model = Word2Vec(
        vector_size=D,
        window=WINDOW,
        negative=K,
        sg=1,
        min_count=1,
        sample=SUBSAMPLE,
        workers=workers,
        alpha=0.025,
        min_alpha=1e-4,
        seed=1,
    )
    model.build_vocab(**text)
    size = dict(total_examples=model.corpus_count, total_words=model.corpus_total_words)

    def epoch():
        model.train(**text, **size, epochs=1)
        return pairs

    return epoch


class Torch:
    """The process that runs torch_steps.py; `steps` is empty, and `missing` says why, where PyTorch is not installed."""

    def __init__(self, corpus, count=32_768):
        self.version, self.missing, self.process = None, None, None
        if not TORCH.exists():
            self.missing = f"PyTorch is left out: {TORCH} is not there; make bench installs it"
            return
        centers, outsides, negatives = some_pairs(corpus, count)
        with tempfile.NamedTemporaryFile(suffix=".npz", delete=False) as file:
            np.savez(
                file,
                centers=centers.astype(np.int64),
                rows=np.column_stack([outsides, negatives]).astype(np.int64),
                vocabulary=len(corpus.vocabulary),
            )
        self.file = Path(file.name)
        command = [TORCH, Path(__file__).with_name("torch_steps.py"), self.file]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.version = self._answer()["torch"]

    def steps(self, D):
        """{name: function}; a function returns (pairs, cpu seconds, wall seconds), measured over there."""
        if self.process is None:
            return {}
        return {f"PyTorch, {name}": lambda name=name: self._ask(f"{name} {D}") for name in ("manual", "autograd")}

    def close(self):
        if self.process is not None:
            self.process.communicate()
            self.file.unlink()

    def _ask(self, line):
        print(line, file=self.process.stdin, flush=True)
        answer = self._answer()
        return answer["pairs"], answer["cpu"], answer["wall"]

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"torch_steps.py: expected an answer, got exit code {self.process.wait()}")
        return json.loads(line)
