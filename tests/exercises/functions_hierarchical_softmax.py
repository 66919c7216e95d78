"""Right and wrong functions for the exercises of the chapter on the hierarchical softmax, as a student might write them."""

import heapq

import numpy as np

from student_functions import log_sigmoid, right, sigmoid, wrong

LOSS, GRADIENTS = "hierarchical-softmax-path-loss", "hierarchical-softmax-path-gradients"
WORDS, LENGTH = "hierarchical-softmax-all-words", "hierarchical-softmax-mean-length"


@right(LOSS)
def _(v_c, A, s):
    return np.logaddexp(0, -s * (A @ v_c)).sum()


@right(LOSS)
def _(v_c, A, s):
    return -sum(log_sigmoid(sign * (a @ v_c)) for a, sign in zip(A, s))


@wrong(LOSS, "unstable")
def _(v_c, A, s):
    return -np.log(sigmoid(s * (A @ v_c))).sum()


@wrong(LOSS, "missing minus")
def _(v_c, A, s):
    return log_sigmoid(s * (A @ v_c)).sum()


@wrong(LOSS, "sign of an answer lost")
def _(v_c, A, s):
    return -log_sigmoid(A @ v_c).sum()


@wrong(LOSS, "code bit taken for the answer")
def _(v_c, A, s):
    return -log_sigmoid(-s * (A @ v_c)).sum()


@wrong(LOSS, "mean instead of sum")
def _(v_c, A, s):
    return -log_sigmoid(s * (A @ v_c)).mean()


@wrong(LOSS, "one term instead of the sum")
def _(v_c, A, s):
    return -log_sigmoid(s[-1] * (A[-1] @ v_c))


@wrong(LOSS, "logarithm forgotten")
def _(v_c, A, s):
    return sigmoid(s * (A @ v_c)).prod()


def both(delta, v_c, A):
    return A.T @ delta, np.outer(delta, v_c)


@right(GRADIENTS)
def _(v_c, A, s):
    return both(sigmoid(A @ v_c) - (s + 1) / 2, v_c, A)


@right(GRADIENTS)
def _(v_c, A, s):
    return both((sigmoid(s * (A @ v_c)) - 1) * s, v_c, A)


@wrong(GRADIENTS, "forgotten y")
def _(v_c, A, s):
    return both(sigmoid(A @ v_c), v_c, A)


@wrong(GRADIENTS, "missing minus")
def _(v_c, A, s):
    return both((s + 1) / 2 - sigmoid(A @ v_c), v_c, A)


@wrong(GRADIENTS, "sign of an answer lost")
def _(v_c, A, s):
    return both(sigmoid(s * (A @ v_c)) - 1, v_c, A)


@wrong(GRADIENTS, "code bit taken for the answer")
def _(v_c, A, s):
    return both(sigmoid(A @ v_c) - (1 - s) / 2, v_c, A)


@wrong(GRADIENTS, "sigmoid of the wrong sign")
def _(v_c, A, s):
    return both(sigmoid(s * (A @ v_c)) - (s + 1) / 2, v_c, A)


@wrong(GRADIENTS, "derivative of the sigmoid left in")
def _(v_c, A, s):
    p = sigmoid(A @ v_c)
    return both((p - (s + 1) / 2) * p * (1 - p), v_c, A)


@right(WORDS)
def _(v_c, inner, children):
    V = len(children) + 1
    reach = np.ones(2 * V - 1)
    for i in reversed(range(V - 1)):
        yes, no = children[i]
        reach[yes], reach[no] = reach[V + i] * sigmoid(inner[i] @ v_c), reach[V + i] * sigmoid(-inner[i] @ v_c)
    return reach[:V]


@right(WORDS)
def _(v_c, inner, children):
    V, found = len(children) + 1, {}

    def visit(node, reach):
        if node < V:
            found[node] = reach
            return
        p = sigmoid(inner[node - V] @ v_c)
        for child, chance in zip(children[node - V], (p, 1 - p)):
            visit(child, reach * chance)

    visit(2 * V - 2, 1.0)
    return np.array([found[w] for w in range(V)])


@wrong(WORDS, "yes and no exchanged")
def _(v_c, inner, children):
    V = len(children) + 1
    reach = np.ones(2 * V - 1)
    for i in reversed(range(V - 1)):
        no, yes = children[i]
        reach[yes], reach[no] = reach[V + i] * sigmoid(inner[i] @ v_c), reach[V + i] * sigmoid(-inner[i] @ v_c)
    return reach[:V]


@wrong(WORDS, "one term instead of the sum")
def _(v_c, inner, children):
    V, p = len(children) + 1, np.zeros(2 * len(children) + 1)
    for i, (yes, no) in enumerate(children):
        p[yes], p[no] = sigmoid(inner[i] @ v_c), sigmoid(-inner[i] @ v_c)
    return p[:V]


@wrong(WORDS, "sign of an answer lost")
def _(v_c, inner, children):
    V = len(children) + 1
    reach = np.ones(2 * V - 1)
    for i in reversed(range(V - 1)):
        reach[list(children[i])] = reach[V + i] * sigmoid(inner[i] @ v_c)
    return reach[:V]


def joined(counts):
    heap, total = [float(count) for count in counts], 0.0
    heapq.heapify(heap)
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        total += both
        heapq.heappush(heap, both)
    return total


@right(LENGTH)
def _(counts):
    return joined(counts) / counts.sum()


@wrong(LENGTH, "counts not divided by their sum")
def _(counts):
    return joined(counts)


@wrong(LENGTH, "entropy instead of a length")
def _(counts):
    f = counts / counts.sum()
    return -(f * np.log2(f)).sum()


@wrong(LENGTH, "balanced tree")
def _(counts):
    return np.log2(len(counts))


@wrong(LENGTH, "words counted alike")
def _(counts):
    heap, total = [(float(count), 1) for count in counts], 0
    heapq.heapify(heap)
    while len(heap) > 1:
        (a, words_a), (b, words_b) = heapq.heappop(heap), heapq.heappop(heap)
        total += words_a + words_b
        heapq.heappush(heap, (a + b, words_a + words_b))
    return total / len(counts)
