"""Right and wrong functions for the exercises in NumPy, read from student_functions.txt; each wrong one with its slip."""

import ast
import heapq  # for the functions of the table, as are numpy, sys and what is defined below
import re
import sys  # noqa: F401
from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_suffix(".txt")
EXERCISE = re.compile(r"(?P<exercise>[\w-]+) \((?P<parameters>.*)\)")
CASE = re.compile(r"    (?P<slip>\w[^:(]*?)(?: \((?P<parameters>.*?)\))?:(?: (?P<code>.*))?")


def softmax(scores):
    e = np.exp(scores - scores.max())
    return e / e.sum()


def sigmoid(x):
    t = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + t), t / (1 + t))


def log_sigmoid(x):
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))


def log_softmax(scores):
    shifted = scores - scores.max()
    return shifted - np.log(np.exp(shifted).sum())


def y_minus(scores, o):
    delta = softmax(scores)
    delta[o] -= 1
    return delta


def mean_of(outside, V):
    return sum(V[w] for w in outside) / len(outside)


def spread(outside, V, g):
    grad_V = np.zeros_like(V)
    np.add.at(grad_V, outside, g / len(outside))
    return grad_V


def factors(center, scores, negatives):
    counts = np.bincount(negatives, minlength=len(scores))
    delta = sigmoid(scores) * counts
    delta[center] += sigmoid(scores)[center] - 1
    return delta


def slopes(V, U, counts, K, noise):
    drawn = K * counts.sum(axis=1, keepdims=True) * noise
    return (counts + drawn) * sigmoid(V @ U.T) - counts


def both(delta, v_c, A):
    return A.T @ delta, np.outer(delta, v_c)


def joined(counts):
    heap, total = [float(count) for count in counts], 0.0
    heapq.heapify(heap)
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        total += both
        heapq.heappush(heap, both)
    return total


def function(parameters, code, line):
    """The function `answer` with this body, or whose body returns this expression; `line` is where its head would stand."""
    body = ast.parse(code).body
    if len(body) == 1 and isinstance(body[0], ast.Expr):
        body = [ast.Return(body[0].value)]
    [head] = (made := ast.parse(f"def answer({parameters}): ...")).body
    head.body = body
    ast.increment_lineno(made, line - 1)
    scope = dict(globals())
    exec(compile(ast.fix_missing_locations(made), str(TABLE), "exec"), scope)
    return scope["answer"]


def cases(text):
    """(exercise, slip, function) of every case of the table, in its order; ValueError for a line that is none."""
    exercise, found = None, []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("        ") and found:
            found[-1]["code"] += line[8:] + "\n"
        elif case := CASE.fullmatch(line):
            said = {key: text for key, text in case.groupdict().items() if text is not None}
            found.append({**exercise.groupdict(), "line": number, **said, "code": (case["code"] or "") + "\n"})
        elif not (exercise := EXERCISE.fullmatch(line)):
            raise ValueError(f"{TABLE.name}, line {number}: expected an exercise, a case or a body, got {line!r}")
    return [
        (case["exercise"], case["slip"], function(case["parameters"], case["code"], case["line"])) for case in found
    ]


ALL = cases(TABLE.read_text("utf-8"))
RIGHT = {
    exercise: [function for other, slip, function in ALL if (other, slip) == (exercise, "right")]
    for exercise, _, _ in ALL
}
WRONG = [case for case in ALL if case[1] != "right"]
