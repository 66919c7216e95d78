"""The steps of the speed comparison in PyTorch. Runs in .venv/torch; bench_speed.py starts it and talks to it.

python torch_steps.py PAIRS.npz: each line "STEP DIMENSIONS" on the standard input is answered by a line of
JSON, {"pairs", "cpu", "wall"}, for one pass over the pairs in the file with one thread.
"""

import json
import sys
import time

import numpy as np
import torch
from torch.nn.functional import logsigmoid

BATCH, RATE = 1024, 1e-4  # so small a rate that a benchmark of many passes stays finite


def manual_step(V, U, centers, rows):
    """The gradients by hand, added up by `index_add_`."""
    v, u = V[centers], U[rows]
    delta = torch.sigmoid(torch.einsum("bd,bkd->bk", v, u))
    delta[:, 0] -= 1
    delta *= -RATE
    V.index_add_(0, centers, torch.einsum("bk,bkd->bd", delta, u))
    U.index_add_(0, rows.reshape(-1), (delta[:, :, None] * v[:, None]).reshape(-1, V.shape[1]))


def manual(vocabulary, D):
    V, U = torch.rand(vocabulary, D) / D, torch.zeros(vocabulary, D)
    return lambda centers, rows: manual_step(V, U, centers, rows)


def autograd(vocabulary, D):
    """Two sparse Embedding layers, the loss by autograd, plain SGD: what most tutorials show."""
    center, outside = (torch.nn.Embedding(vocabulary, D, sparse=True) for _ in range(2))
    optimizer = torch.optim.SGD([*center.parameters(), *outside.parameters()], lr=RATE)

    def step(centers, rows):
        scores = torch.einsum("bd,bkd->bk", center(centers), outside(rows))
        loss = -logsigmoid(scores[:, 0]).sum() - logsigmoid(-scores[:, 1:]).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def main():
    torch.set_num_threads(1)
    with np.load(sys.argv[1]) as file:
        centers, rows, vocabulary = (
            torch.from_numpy(file["centers"]),
            torch.from_numpy(file["rows"]),
            int(file["vocabulary"]),
        )
    steps = {}
    print(json.dumps({"torch": torch.__version__}), flush=True)
    for line in sys.stdin:
        name, D = line.split()
        step = steps.setdefault((name, D), {"manual": manual, "autograd": autograd}[name](vocabulary, int(D)))
        cpu, wall = time.process_time(), time.perf_counter()
        for start in range(0, len(centers) - BATCH + 1, BATCH):
            step(centers[start : start + BATCH], rows[start : start + BATCH])
        done = len(centers) // BATCH * BATCH
        print(
            json.dumps({"pairs": done, "cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}),
            flush=True,
        )


if __name__ == "__main__":
    main()
