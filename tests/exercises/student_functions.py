"""Right and wrong functions for the exercises in NumPy, as a student might write them, each wrong one with its slip."""

import sys

import numpy as np


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


RIGHT, WRONG = {}, []


def right(exercise):
    def note(function):
        RIGHT.setdefault(exercise, []).append(function)
        return function

    return note


def wrong(exercise, slip):
    def note(function):
        WRONG.append((exercise, slip, function))
        return function

    return note


# cross-entropy


@right("cross-entropy-stable-loss")
def _(scores, o):
    m = scores.max()
    return m + np.log(np.exp(scores - m).sum()) - scores[o]


@wrong("cross-entropy-stable-loss", "unstable")
def _(scores, o):
    return -np.log(np.exp(scores[o]) / np.exp(scores).sum())


@wrong("cross-entropy-stable-loss", "unstable")
def _(scores, o):
    return -np.log(softmax(scores)[o])


@wrong("cross-entropy-stable-loss", "missing minus")
def _(scores, o):
    return log_softmax(scores)[o]


@wrong("cross-entropy-stable-loss", "logarithm forgotten")
def _(scores, o):
    return softmax(scores)[o]


@wrong("cross-entropy-stable-loss", "logarithm of base 2")
def _(scores, o):
    return -np.log2(softmax(scores)[o])


@wrong("cross-entropy-stable-loss", "scores not normalised")
def _(scores, o):
    return -np.log(np.exp(scores[o]))


@wrong("cross-entropy-stable-loss", "sum instead of one term")
def _(scores, o):
    return -np.log(softmax(scores)).sum()


@wrong("cross-entropy-stable-loss", "wrong shape")
def _(scores, o):
    return -log_softmax(scores)


@wrong("cross-entropy-stable-loss", "argument changed in place")
def _(scores, o):
    scores -= scores.max()
    return -(scores - np.log(np.exp(scores).sum()))[o]


@wrong("cross-entropy-stable-loss", "wrong type")
def _(scores, o):
    return f"{-log_softmax(scores)[o]:.4f}"


@right("cross-entropy-soft-scores")
def _(scores, y):
    return softmax(scores) - y


@wrong("cross-entropy-soft-scores", "missing minus")
def _(scores, y):
    return y - softmax(scores)


@wrong("cross-entropy-soft-scores", "forgotten y")
def _(scores, y):
    return softmax(scores)


@wrong("cross-entropy-soft-scores", "one term instead of the sum")
def _(scores, y):
    return -y * (1 - softmax(scores))


@wrong("cross-entropy-soft-scores", "sum instead of one term")
def _(scores, y):
    return softmax(scores) - 1


@wrong("cross-entropy-soft-scores", "wrong shape")
def _(scores, y):
    return (softmax(scores) - y)[:, None]


@wrong("cross-entropy-soft-scores", "argument changed in place")
def _(scores, y):
    y -= softmax(scores)
    return -y


@right("cross-entropy-divergence")
def _(y, y_hat):
    return sum(p * np.log(p / q) for p, q in zip(y, y_hat) if p > 0)


@wrong("cross-entropy-divergence", "entropy left in")
def _(y, y_hat):
    return -(y * np.log(y_hat)).sum()


@wrong("cross-entropy-divergence", "arguments exchanged")
def _(y, y_hat):
    with np.errstate(divide="ignore"):
        return (y_hat * np.log(y_hat / y)).sum()


@wrong("cross-entropy-divergence", "missing minus")
def _(y, y_hat):
    return sum(p * np.log(q / p) for p, q in zip(y, y_hat) if p > 0)


@wrong("cross-entropy-divergence", "not finite")
def _(y, y_hat):
    return (y * np.log(y / y_hat)).sum()


@wrong("cross-entropy-divergence", "mean instead of sum")
def _(y, y_hat):
    return np.mean([p * np.log(p / q) if p > 0 else 0.0 for p, q in zip(y, y_hat)])


# softmax gradients


@right("softmax-center-gradient")
def _(v_c, o, U):
    return U.T @ softmax(U @ v_c) - U[o]


@right("softmax-center-gradient")
def _(v_c, o, U):
    p = softmax(U @ v_c)
    grad = -U[o].copy()
    for w in range(len(U)):
        grad += p[w] * U[w]
    return grad


@wrong("softmax-center-gradient", "missing minus")
def _(v_c, o, U):
    return U[o] - softmax(U @ v_c) @ U


@wrong("softmax-center-gradient", "forgotten y")
def _(v_c, o, U):
    return U.T @ softmax(U @ v_c)


@wrong("softmax-center-gradient", "transposed U")
def _(v_c, o, U):
    return U @ y_minus(U @ v_c, o)


@wrong("softmax-center-gradient", "transposed U")
def _(v_c, o, U):
    return U @ y_minus(np.dot(U.T, v_c), o)


@wrong("softmax-center-gradient", "one term instead of the sum")
def _(v_c, o, U):
    return (softmax(U @ v_c)[o] - 1) * U[o]


@wrong("softmax-center-gradient", "sum instead of one term")
def _(v_c, o, U):
    return U.T @ (softmax(U @ v_c) - 1)


@wrong("softmax-center-gradient", "forgotten factor")
def _(v_c, o, U):
    return 2 * (U.T @ y_minus(U @ v_c, o))


@wrong("softmax-center-gradient", "mean instead of sum")
def _(v_c, o, U):
    delta = y_minus(U @ v_c, o)
    return np.mean([delta[w] * U[w] for w in range(len(U))], axis=0)


@wrong("softmax-center-gradient", "argument changed in place")
def _(v_c, o, U):
    grad = U[o]
    grad *= -1
    grad += softmax(U @ v_c) @ U
    return grad


@wrong("softmax-center-gradient", "hard-coded size")
def _(v_c, o, U):
    delta = softmax(U @ v_c)
    grad = -U[o]
    for w in range(5):
        grad = grad + delta[w] * U[w]
    return grad


@wrong("softmax-center-gradient", "hard-coded size")
def _(v_c, o, U):
    grad = np.zeros(3)
    for d in range(3):
        grad[d] = y_minus(U @ v_c, o) @ U[:, d]
    return grad


@wrong("softmax-center-gradient", "unstable")
def _(v_c, o, U):
    e = np.exp(U @ v_c)
    return U.T @ (e / e.sum()) - U[o]


@wrong("softmax-center-gradient", "returns nothing")
def _(v_c, o, U):
    grad = U.T @ y_minus(U @ v_c, o)
    grad.sum()


@wrong("softmax-center-gradient", "wrong type")
def _(v_c, o, U):
    return list(U.T @ y_minus(U @ v_c, o))


@wrong("softmax-center-gradient", "wrong type")
def _(v_c, o, U):
    return (U.T @ y_minus(U @ v_c, o)).astype(int)


@wrong("softmax-center-gradient", "wrong type")
def _(v_c, o, U):
    return (U.T @ y_minus(U @ v_c, o)).astype(object)


@wrong("softmax-center-gradient", "wrong type")
def _(v_c, o, U):
    return {"grad": U.T @ y_minus(U @ v_c, o)}


@wrong("softmax-center-gradient", "wrong shape")
def _(v_c, o, U):
    return np.outer(y_minus(U @ v_c, o), v_c)


@wrong("softmax-center-gradient", "wrong arguments")
def _(v_c, U):
    return U.T @ y_minus(U @ v_c, 4)


@wrong("softmax-center-gradient", "time limit")
def _(v_c, o, U):
    w = 0
    while w < len(U):
        delta = y_minus(U @ v_c, o)
    return delta


@wrong("softmax-center-gradient", "endless recursion")
def recursive(v_c, o, U):
    return recursive(v_c, o, U)


@wrong("softmax-center-gradient", "leaves Python")
def _(v_c, o, U):
    sys.exit()


@wrong("softmax-center-gradient", "raises an exception")
def _(v_c, o, U):
    return U.T @ yhat  # noqa: F821


@right("softmax-table-gradient")
def _(v_c, o, U):
    return np.outer(y_minus(U @ v_c, o), v_c)


@right("softmax-table-gradient")
def _(v_c, o, U):
    return np.array([(p - (w == o)) * v_c for w, p in enumerate(softmax(U @ v_c))])


@wrong("softmax-table-gradient", "rows and columns swapped")
def _(v_c, o, U):
    return np.outer(v_c, y_minus(U @ v_c, o))


@wrong("softmax-table-gradient", "missing minus")
def _(v_c, o, U):
    return -np.outer(y_minus(U @ v_c, o), v_c)


@wrong("softmax-table-gradient", "forgotten y")
def _(v_c, o, U):
    return softmax(U @ v_c)[:, None] * v_c


@wrong("softmax-table-gradient", "one term instead of the sum")
def _(v_c, o, U):
    grad = np.zeros_like(U)
    grad[o] = (softmax(U @ v_c)[o] - 1) * v_c
    return grad


@wrong("softmax-table-gradient", "scores not normalised")
def _(v_c, o, U):
    delta = np.exp(U @ v_c)
    delta[o] -= 1
    return np.outer(delta, v_c)


@wrong("softmax-table-gradient", "sigmoid for softmax")
def _(v_c, o, U):
    delta = 1 / (1 + np.exp(-U @ v_c))
    delta[o] -= 1
    return np.outer(delta, v_c)


@wrong("softmax-table-gradient", "sum instead of one term")
def _(v_c, o, U):
    p = softmax(U @ v_c)
    others = sum(p[x] for x in range(len(U)) if x != o)
    return np.array([(others - (w == o)) * v_c for w in range(len(U))])


@wrong("softmax-table-gradient", "zero everywhere")
def _(v_c, o, U):
    grad = np.zeros_like(U)
    delta = y_minus(U @ v_c, o)
    for w, row in enumerate(grad):
        row = delta[w] * v_c
    return grad


@right("softmax-both-gradients")
def _(v_c, o, U):
    delta = y_minus(U @ v_c, o)
    return delta @ U, delta[:, None] * v_c[None, :]


@wrong("softmax-both-gradients", "wrong number of results")
def _(v_c, o, U):
    return U.T @ y_minus(U @ v_c, o)


@wrong("softmax-both-gradients", "wrong number of results")
def _(v_c, o, U):
    delta = y_minus(U @ v_c, o)
    return 0.0, U.T @ delta, np.outer(delta, v_c)


@wrong("softmax-both-gradients", "wrong shape")
def _(v_c, o, U):
    delta = y_minus(U @ v_c, o)
    return np.outer(delta, v_c), U.T @ delta


@wrong("softmax-both-gradients", "unstable")
def _(v_c, o, U):
    p = np.exp(U @ v_c) / np.exp(U @ v_c).sum()
    p[o] -= 1
    return p @ U, np.outer(p, v_c)


@wrong("softmax-both-gradients", "forgotten y")
def _(v_c, o, U):
    return U.T @ y_minus(U @ v_c, o), np.outer(softmax(U @ v_c), v_c)


@right("softmax-jacobian-product")
def _(scores, b):
    p = softmax(scores)
    return (np.diag(p) - np.outer(p, p)) @ b


@wrong("softmax-jacobian-product", "one term instead of the sum")
def _(scores, b):
    return softmax(scores) * b


@wrong("softmax-jacobian-product", "missing minus")
def _(scores, b):
    p = softmax(scores)
    return (np.diag(p) + np.outer(p, p)) @ b


@wrong("softmax-jacobian-product", "wrong shape")
def _(scores, b):
    p = softmax(scores)
    return np.diag(p) - np.outer(p, p)


# sigmoid


@right("sigmoid-any-score")
def _(x):
    return np.exp(log_sigmoid(x))


@right("sigmoid-any-score")
def _(x):
    out = np.empty_like(x)
    for i, score in enumerate(x):
        out[i] = 1 / (1 + np.exp(-score)) if score >= 0 else np.exp(score) / (1 + np.exp(score))
    return out


@wrong("sigmoid-any-score", "unstable")
def _(x):
    return np.exp(x) / (1 + np.exp(x))


@wrong("sigmoid-any-score", "sigmoid of the wrong sign")
def _(x):
    return 1 / (1 + np.exp(x))


@wrong("sigmoid-any-score", "missing minus")
def _(x):
    return 1 / (1 - np.exp(-x))


@wrong("sigmoid-any-score", "slope of the sigmoid forgotten")
def _(x):
    return sigmoid(x) * (1 - sigmoid(x))


@right("sigmoid-log")
def _(x):
    return -np.logaddexp(0, -x)


@wrong("sigmoid-log", "unstable")
def _(x):
    return np.log(1 / (1 + np.exp(-x)))


@wrong("sigmoid-log", "unstable")
def _(x):
    return np.log(sigmoid(x))


@wrong("sigmoid-log", "missing minus")
def _(x):
    return np.logaddexp(0, -x)


@wrong("sigmoid-log", "sigmoid of the wrong sign")
def _(x):
    return -np.logaddexp(0, x)


@wrong("sigmoid-log", "sigmoid of the wrong sign")
def _(x):
    return np.logaddexp(0, x)


@wrong("sigmoid-log", "logarithm forgotten")
def _(x):
    return sigmoid(x)


@wrong("sigmoid-log", "logarithm of base 2")
def _(x):
    return np.log2(sigmoid(x))


@right("sigmoid-squared-error")
def _(x):
    s = sigmoid(x)
    return -2 * (1 - s) * s * (1 - s)


@wrong("sigmoid-squared-error", "missing minus")
def _(x):
    s = sigmoid(x)
    return 2 * (1 - s) * s * (1 - s)


@wrong("sigmoid-squared-error", "forgotten factor")
def _(x):
    s = sigmoid(x)
    return -s * (1 - s) ** 2


@wrong("sigmoid-squared-error", "slope of the sigmoid forgotten")
def _(x):
    return -2 * (1 - sigmoid(x))


@wrong("sigmoid-squared-error", "sigmoid of the wrong sign")
def _(x):
    s = sigmoid(x)
    return -2 * s * s * (1 - s)


@wrong("sigmoid-squared-error", "mean instead of sum")
def _(x):
    s = sigmoid(x)
    return -2 * (1 - s) ** 2 * s / len(x)


@wrong("sigmoid-squared-error", "wrong shape")
def _(x):
    s = sigmoid(x)
    return np.diag(-2 * s * (1 - s) ** 2)


# negative sampling


@right("negative-sampling-loss")
def _(v_c, o, U, negatives):
    loss = np.logaddexp(0, -U[o] @ v_c)
    for w in negatives:
        loss += np.logaddexp(0, U[w] @ v_c)
    return loss


@wrong("negative-sampling-loss", "unstable")
def _(v_c, o, U, negatives):
    s = 1 / (1 + np.exp(-U @ v_c))
    return -np.log(s[o]) - np.log(1 - s[negatives]).sum()


@wrong("negative-sampling-loss", "sign of the negatives' terms")
def _(v_c, o, U, negatives):
    return -log_sigmoid(U[o] @ v_c) + log_sigmoid(-U[negatives] @ v_c).sum()


@wrong("negative-sampling-loss", "sigmoid of the wrong sign")
def _(v_c, o, U, negatives):
    return -log_sigmoid(U[o] @ v_c) - log_sigmoid(U[negatives] @ v_c).sum()


@wrong("negative-sampling-loss", "mean instead of sum")
def _(v_c, o, U, negatives):
    return -log_sigmoid(U[o] @ v_c) - np.mean(log_sigmoid(-U[negatives] @ v_c))


@wrong("negative-sampling-loss", "overwritten duplicates")
def _(v_c, o, U, negatives):
    return -log_sigmoid(U[o] @ v_c) - sum(log_sigmoid(-U[w] @ v_c) for w in set(negatives.tolist()))


@wrong("negative-sampling-loss", "draw of the outside word dropped")
def _(v_c, o, U, negatives):
    return -log_sigmoid(U[o] @ v_c) - sum(log_sigmoid(-U[w] @ v_c) for w in negatives if w != o)


@wrong("negative-sampling-loss", "one term instead of the sum")
def _(v_c, o, U, negatives):
    return -log_sigmoid(U[o] @ v_c) - log_sigmoid(-U[negatives[0]] @ v_c)


@wrong("negative-sampling-loss", "outside word left out")
def _(v_c, o, U, negatives):
    return -log_sigmoid(-U[negatives] @ v_c).sum()


@wrong("negative-sampling-loss", "negatives left out")
def _(v_c, o, U, negatives):
    return -log_sigmoid(U[o] @ v_c)


@wrong("negative-sampling-loss", "missing minus")
def _(v_c, o, U, negatives):
    return log_sigmoid(U[o] @ v_c) + log_sigmoid(-U[negatives] @ v_c).sum()


@right("negative-sampling-center-gradient")
def _(v_c, o, U, negatives):
    s = sigmoid(U @ v_c)
    return (s[o] - 1) * U[o] + s[negatives] @ U[negatives]


@wrong("negative-sampling-center-gradient", "sigmoid of the wrong sign")
def _(v_c, o, U, negatives):
    s = sigmoid(U @ v_c)
    return (s[o] - 1) * U[o] + (1 - s[negatives]) @ U[negatives]


@wrong("negative-sampling-center-gradient", "sigmoid of the wrong sign")
def _(v_c, o, U, negatives):
    return -sigmoid(U[o] @ v_c) * U[o] + sigmoid(U[negatives] @ v_c) @ U[negatives]


@wrong("negative-sampling-center-gradient", "sign of the negatives' terms")
def _(v_c, o, U, negatives):
    s = sigmoid(U @ v_c)
    return (s[o] - 1) * U[o] - s[negatives] @ U[negatives]


@wrong("negative-sampling-center-gradient", "missing minus")
def _(v_c, o, U, negatives):
    s = sigmoid(U @ v_c)
    return (1 - s[o]) * U[o] - s[negatives] @ U[negatives]


@wrong("negative-sampling-center-gradient", "forgotten y")
def _(v_c, o, U, negatives):
    rows = np.append(negatives, o)
    return sigmoid(U[rows] @ v_c) @ U[rows]


@wrong("negative-sampling-center-gradient", "softmax for sigmoid")
def _(v_c, o, U, negatives):
    s = softmax(U @ v_c)
    return (s[o] - 1) * U[o] + s[negatives] @ U[negatives]


@wrong("negative-sampling-center-gradient", "derivative of the sigmoid left in")
def _(v_c, o, U, negatives):
    s = sigmoid(U @ v_c)
    slope = s * (1 - s)
    return -(1 - s[o]) * slope[o] * U[o] + (s * slope)[negatives] @ U[negatives]


@wrong("negative-sampling-center-gradient", "overwritten duplicates")
def _(v_c, o, U, negatives):
    s = sigmoid(U @ v_c)
    drawn = np.unique(negatives)
    return (s[o] - 1) * U[o] + s[drawn] @ U[drawn]


@wrong("negative-sampling-center-gradient", "outside word left out")
def _(v_c, o, U, negatives):
    return sigmoid(U[negatives] @ v_c) @ U[negatives]


@wrong("negative-sampling-center-gradient", "mean instead of sum")
def _(v_c, o, U, negatives):
    s = sigmoid(U @ v_c)
    return (s[o] - 1) * U[o] + (s[negatives, None] * U[negatives]).mean(axis=0)


@wrong("negative-sampling-center-gradient", "transposed U")
def _(v_c, o, U, negatives):
    return U[negatives] @ sigmoid(U[negatives] @ v_c) + (sigmoid(U[o] @ v_c) - 1) * U[o]


@right("negative-sampling-table-gradient")
def _(v_c, o, U, negatives):
    s, grad = sigmoid(U @ v_c), np.zeros_like(U)
    grad[o] += (s[o] - 1) * v_c
    for w in negatives:
        grad[w] += s[w] * v_c
    return grad


@right("negative-sampling-table-gradient")
def _(v_c, o, U, negatives):
    y = np.eye(len(U))[o]
    m = np.bincount(negatives, minlength=len(U))
    return np.outer(sigmoid(U @ v_c) * (y + m) - y, v_c)


@wrong("negative-sampling-table-gradient", "overwritten duplicates")
def _(v_c, o, U, negatives):
    rows = np.append(o, negatives)
    delta = sigmoid(U[rows] @ v_c)
    delta[0] -= 1
    grad = np.zeros_like(U)
    grad[rows] += np.outer(delta, v_c)
    return grad


@wrong("negative-sampling-table-gradient", "overwritten duplicates")
def _(v_c, o, U, negatives):
    grad = np.zeros_like(U)
    grad[o] = (sigmoid(U[o] @ v_c) - 1) * v_c
    for w in negatives:
        grad[w] = sigmoid(U[w] @ v_c) * v_c
    return grad


@wrong("negative-sampling-table-gradient", "overwritten duplicates")
def _(v_c, o, U, negatives):
    s, grad = sigmoid(U @ v_c), np.zeros_like(U)
    grad[negatives] = s[negatives, None] * v_c
    grad[o] += (s[o] - 1) * v_c
    return grad


@wrong("negative-sampling-table-gradient", "draw of the outside word dropped")
def _(v_c, o, U, negatives):
    s, grad = sigmoid(U @ v_c), np.zeros_like(U)
    for w in negatives:
        grad[w] += s[w] * v_c
    grad[o] = (s[o] - 1) * v_c
    return grad


@wrong("negative-sampling-table-gradient", "sign of the negatives' terms")
def _(v_c, o, U, negatives):
    s, grad = sigmoid(U @ v_c), np.zeros_like(U)
    grad[o] += (s[o] - 1) * v_c
    for w in negatives:
        grad[w] -= s[w] * v_c
    return grad


@wrong("negative-sampling-table-gradient", "sum instead of one term")
def _(v_c, o, U, negatives):
    s, grad = sigmoid(U @ v_c), np.zeros_like(U)
    grad[o] += (s[o] - 1) * v_c
    for w in negatives:
        grad[w] += s[negatives].sum() * v_c
    return grad


@wrong("negative-sampling-table-gradient", "negatives left out")
def _(v_c, o, U, negatives):
    grad = np.zeros_like(U)
    grad[o] = (sigmoid(U[o] @ v_c) - 1) * v_c
    return grad


@wrong("negative-sampling-table-gradient", "hard-coded size")
def _(v_c, o, U, negatives):
    s, grad = sigmoid(U @ v_c), np.zeros((5, 3))
    grad[o] += (s[o] - 1) * v_c
    np.add.at(grad, negatives, s[negatives, None] * v_c)
    return grad


# skip-gram


@right("skip-gram-window-loss")
def _(center, outside, V, U):
    return -log_softmax(U @ V[center])[outside].sum()


@wrong("skip-gram-window-loss", "mean instead of sum")
def _(center, outside, V, U):
    return -np.mean(log_softmax(U @ V[center])[outside])


@wrong("skip-gram-window-loss", "missing minus")
def _(center, outside, V, U):
    return log_softmax(U @ V[center])[outside].sum()


@wrong("skip-gram-window-loss", "repeated words counted once")
def _(center, outside, V, U):
    return -sum(log_softmax(U @ V[center])[w] for w in set(outside.tolist()))


@wrong("skip-gram-window-loss", "forgotten factor")
def _(center, outside, V, U):
    scores = U @ V[center]
    return -scores[outside].sum() + np.log(np.exp(scores).sum())


@wrong("skip-gram-window-loss", "one term instead of the sum")
def _(center, outside, V, U):
    for o in outside:
        return -log_softmax(U @ V[center])[o]


@wrong("skip-gram-window-loss", "sum instead of one term")
def _(center, outside, V, U):
    return -log_softmax(U @ V[center]).sum()


@wrong("skip-gram-window-loss", "all pairs alike")
def _(center, outside, V, U):
    loss = 0.0
    for o in outside:
        loss -= log_softmax(U @ V[center])[outside[0]]
    return loss


@wrong("skip-gram-window-loss", "unstable")
def _(center, outside, V, U):
    return -np.log(softmax(U @ V[center])[outside]).sum()


@right("skip-gram-center-table")
def _(center, outside, V, U):
    grad = np.zeros_like(V)
    for o in outside:
        grad[center] += U.T @ y_minus(U @ V[center], o)
    return grad


@wrong("skip-gram-center-table", "one term instead of the sum")
def _(center, outside, V, U):
    grad = np.zeros_like(V)
    for o in outside:
        grad[center] = U.T @ y_minus(U @ V[center], o)
    return grad


@wrong("skip-gram-center-table", "wrong row")
def _(center, outside, V, U):
    grad, v_c = np.zeros_like(V), V[center]
    total = sum(U.T @ y_minus(U @ v_c, o) for o in outside)
    for o in outside:
        grad[o] = total
    return grad


@wrong("skip-gram-center-table", "sum instead of one term")
def _(center, outside, V, U):
    return np.zeros_like(V) + sum(U.T @ y_minus(U @ V[center], o) for o in outside)


@wrong("skip-gram-center-table", "wrong shape")
def _(center, outside, V, U):
    return sum(U.T @ y_minus(U @ V[center], o) for o in outside)


@wrong("skip-gram-center-table", "forgotten factor")
def _(center, outside, V, U):
    grad = np.zeros_like(V)
    grad[center] = U.T @ softmax(U @ V[center]) - U[outside].sum(axis=0)
    return grad


@right("skip-gram-outside-table")
def _(center, outside, V, U):
    delta = len(outside) * softmax(U @ V[center]) - np.bincount(outside, minlength=len(U))
    return np.outer(delta, V[center])


@wrong("skip-gram-outside-table", "forgotten factor")
def _(center, outside, V, U):
    delta = softmax(U @ V[center]) - np.bincount(outside, minlength=len(U))
    return np.outer(delta, V[center])


@wrong("skip-gram-outside-table", "repeated words counted once")
def _(center, outside, V, U):
    delta = len(outside) * softmax(U @ V[center])
    delta[outside] -= 1
    return np.outer(delta, V[center])


@wrong("skip-gram-outside-table", "forgotten y")
def _(center, outside, V, U):
    return len(outside) * np.outer(softmax(U @ V[center]), V[center])


@wrong("skip-gram-outside-table", "all pairs alike")
def _(center, outside, V, U):
    return len(outside) * np.outer(y_minus(U @ V[center], outside[0]), V[center])


@wrong("skip-gram-outside-table", "mean instead of sum")
def _(center, outside, V, U):
    return np.mean([np.outer(y_minus(U @ V[center], o), V[center]) for o in outside], axis=0)


@wrong("skip-gram-outside-table", "hard-coded size")
def _(center, outside, V, U):
    delta = 4 * softmax(U @ V[center]) - np.bincount(outside, minlength=len(U))
    return np.outer(delta, V[center])
