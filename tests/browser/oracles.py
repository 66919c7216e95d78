"""What NumPy says each explorer must show: a function of the state for every kind, {name: number or text}."""

import re
from collections import Counter
from functools import cache

import numpy as np

from w2v.losses.costs import naive_softmax_cost, negative_sampling_cost
from w2v.losses.functions import (
    cross_entropy,
    entropy,
    kl_divergence,
    log_sigmoid,
    log_softmax,
    one_hot,
    sigmoid,
    sigmoid_derivative,
    softmax,
)
from w2v.losses.pair import (
    naive_softmax_gradients,
    naive_softmax_loss,
    negative_sampling_gradients,
    negative_sampling_loss,
)


def named(name, array):
    """{name.i: entry} for a vector, {name.i.j: entry} for a matrix."""
    return {".".join([name, *map(str, index)]): float(x) for index, x in np.ndenumerate(np.asarray(array))}


def vectors(s):
    return np.array(s["v_c"]), s["o"], np.array(s["U"])


def sigmoid_explorer(s):
    x = s["x"]
    return {
        "x": x,
        "sigmoid": sigmoid(x),
        "reflected": 1 - sigmoid(x),
        "slope": sigmoid_derivative(x),
        "log": log_sigmoid(x),
    }


def center_vector_explorer(s):
    v_c, o, U = vectors(s)
    y_hat = softmax(U @ v_c)
    return {
        "loss": naive_softmax_loss(v_c, o, U),
        "step_size": s["step_size"],
        **named("yhat", y_hat),
        **named("expected", y_hat @ U),
        **named("observed", U[o]),
        **named("gradient", naive_softmax_gradients(v_c, o, U)[0]),
        **named("v_c", v_c),
    }


def outside_vectors_explorer(s):
    v_c, o, U = vectors(s)
    delta, table = softmax(U @ v_c) - one_hot(o, len(U)), naive_softmax_gradients(v_c, o, U)[1]
    table = table.T if s["convention"] == "columns" else table
    sums = table.sum(axis=1 if s["convention"] == "columns" else 0)
    return {
        **named("v_c", v_c),
        **named("delta", delta),
        **named("cell", table),
        **named("sum", sums),
        "missing": -delta[o],
        "others": np.delete(delta, o).sum(),
    }


def negative_sampling_explorer(s):
    v_c, o, U = vectors(s)
    negatives, scores = s["negatives"], U @ v_c
    counts = np.bincount(negatives, minlength=len(U))
    drawn = {
        name: value
        for w in set(negatives)
        for name, value in ((f"right.{w}", sigmoid(-scores[w])), (f"term.{w}", -counts[w] * log_sigmoid(-scores[w])))
    }
    return {
        "right.o": sigmoid(scores[o]),
        "term.o": -log_sigmoid(scores[o]),
        **drawn,
        **named("count", counts),
        "K": len(negatives),
        "touched": len({o, *negatives}),
        "rows": len(U),
        "loss": negative_sampling_loss(v_c, o, U, negatives),
        **named("gradient", negative_sampling_gradients(v_c, o, U, negatives)[0]),
        "softmax": naive_softmax_loss(v_c, o, U),
    }


def cross_entropy_explorer(s):
    scores, o = np.array(s["scores"]), s["o"]
    y = np.array(s["y"]) if s["soft"] else one_hot(o, len(scores))
    log, J = log_softmax(scores), cross_entropy(y / y.sum(), softmax(scores))
    last = {"floor": entropy(y / y.sum())} if s["soft"] else {"surprise": -log[o]}
    return {
        **named("y", y),
        **named("surprise", -log),
        **named("term", -y * log),
        "y.sum": 1,
        "loss": J,
        "cross-entropy": J,
        "entropy": entropy(y / y.sum()),
        "kl": kl_divergence(y / y.sum(), softmax(scores)),
        **last,
    }


def context_window_explorer(s):
    tokens, center, soft = s["tokens"], s["center"], s["loss"] == "naive softmax"
    outside = tokens[max(0, center - s["window"]) : center] + tokens[center + 1 : center + 1 + s["window"]]
    size = len(set(tokens))
    return {
        "center": center,
        "window": s["window"],
        "pairs": len(outside),
        "rowsV": 1,
        "vocabulary": size,
        "rowsU": size if soft else len(set(outside)),
    }


def skip_gram_sum_explorer(s):
    v_c, _, U = vectors(s)
    pairs = list(zip(s["outside"], s["negatives"]))[: s["added"]]
    loss = (
        (lambda o, n: naive_softmax_loss(v_c, o, U))
        if s["loss"] == "naive softmax"
        else (lambda o, n: negative_sampling_loss(v_c, o, U, n))
    )
    gradients = (
        (lambda o, n: naive_softmax_gradients(v_c, o, U))
        if s["loss"] == "naive softmax"
        else (lambda o, n: negative_sampling_gradients(v_c, o, U, n))
    )
    losses = [loss(*pair) for pair in pairs]
    grad_v, grad_U = (
        sum((gradients(*pair)[0] for pair in pairs), np.zeros(2)),
        sum((gradients(*pair)[1] for pair in pairs), np.zeros_like(U)),
    )
    each = named("loss", losses) if len(pairs) > 1 else {}
    return {
        "added": s["added"],
        "count": s["added"],
        "pairs": len(s["outside"]),
        "loss": sum(losses),
        **each,
        **named("gradient", grad_v),
        **named("dU", grad_U),
        **named("times", np.bincount(s["outside"][: s["added"]], minlength=len(U))),
    }


def noise_distribution_explorer(s):
    from samples import COUNTS

    count = s["counts"][s["word"]]
    drawn, share = count ** s["power"] / (COUNTS.astype(float) ** s["power"]).sum(), count / COUNTS.sum()
    return {
        "power": s["power"],
        "negatives": s["negatives"],
        "K": s["negatives"],
        "count": f"{count:,}",
        "share": float(f"{share:.2g}"),
        "drawn": float(f"{drawn:.2g}"),
        "ratio": drawn / share,
        "collisions": s["negatives"] * drawn,
    }


def si(x):
    power = int(np.floor(np.log10(x * 1.000001) / 3))
    return f"{float(f'{x / 1000.0**power:.3g}'):g} {['', 'k', 'M', 'G', 'T'][power]}"


def cost_explorer(s):
    softmax_cost, negative = (
        naive_softmax_cost(s["vocabulary"], s["dimension"]),
        negative_sampling_cost(s["negatives"], s["dimension"]),
    )
    return {
        **{name: f"{s[name]:,}" for name in ("vocabulary", "dimension", "negatives")},
        "softmax": f"{softmax_cost.multiplications:,}",
        "negative": f"{negative.multiplications:,}",
        "softmaxBytes": f"{si(softmax_cost.bytes)}B",
        "negativeBytes": f"{si(negative.bytes)}B",
        "ratio": f"{float(f'{softmax_cost.rows / negative.rows:.3g}'):g}",
    }


def training_replay_explorer(s):
    from samples import recording

    run = recording()["runs"][s["run"]]
    frame = min(s["frame"], len(run["steps"]) - 1)
    vectors, loss = run["vectors"][frame], run["losses"][frame]
    shown = {
        "rate": f"{run['learning_rate']:g}",
        "step": f"{run['steps'][frame]:,}",
        "frame": f"{run['steps'][frame]:,}",
        "loss": loss if np.isfinite(loss) else "undefined",
    }
    if not np.isfinite(vectors).all():
        return shown
    cosines = vectors @ vectors[s["word"]] / np.linalg.norm(vectors, axis=1) / np.linalg.norm(vectors[s["word"]])
    order = [w for w in np.argsort(-cosines) if w != s["word"]][:4]
    return {**shown, **{f"near.{i}": s["words"][w] for i, w in enumerate(order)}, **named("cosine", cosines[order])}


def one_step_explorer(s):
    moment, soft = s["moments"][s["moment"]], s["loss"] == "naive softmax"
    V, U, o, c = np.array(moment["V"]), np.array(moment["U"]), s["o"], s["c"]
    v, more = V[c], () if soft else (s["negatives"],)
    loss = lambda v, U: (naive_softmax_loss if soft else negative_sampling_loss)(v, o, U, *more)
    grad_v, grad_U = (naive_softmax_gradients if soft else negative_sampling_gradients)(v, o, U, *more)
    new_v, new_U = v - s["step_size"] * grad_v, U - s["step_size"] * grad_U
    z, y = U @ v, one_hot(o, len(U))
    p, drawn = (softmax(z), 0 * y) if soft else (sigmoid(z), np.bincount(s["negatives"], minlength=len(U)))
    charge = -y * log_softmax(z) if soft else -y * log_sigmoid(z) - drawn * log_sigmoid(-z)
    error = (grad_U @ v) / (v @ v)
    sums = {"normaliser": np.exp(z).sum(), "total": 1} if soft else {}
    tables = [
        {**named("u", U), **named("v", v)},
        {**named("product", U * v), **named("z", z), **named("v", v)},
        {**named("z", z), **(named("exp", np.exp(z)) if soft else {}), **named("p", p), **sums, "share": p[o]},
        {**named("p", p), **named("charge", charge), "loss": loss(v, U), "J": loss(v, U)},
        {
            **named("error", error),
            **named("gradient", grad_U),
            **named("gradient", grad_v),
            **named("g", grad_v),
            "eta": s["step_size"],
        },
        {**named("after", new_U), **named("newV", new_v), "J": loss(v, U), "afterwards": loss(new_v, new_U)},
    ]
    at = [z[o], p[o], loss(v, U), error[o], loss(new_v, new_U)][: s["stage"]]
    return {**tables[s["stage"]], **{f"at.{i}": x for i, x in enumerate(at, 1)}, "step_size": s["step_size"]}


def random_numbers(seed):
    """Mulberry32 with Python's whole numbers."""
    word = 2**32
    while True:
        seed = (seed + 0x6D2B79F5) % word
        t = (seed ^ (seed >> 15)) * (1 | seed) % word
        t ^= (t + (t ^ (t >> 7)) * (61 | t)) % word
        yield (t ^ (t >> 14)) / word


@cache
def own_run(text, window, K, step_size, seed, taken):
    """(words, pairs, noise, V, U) after `taken` steps of plain descent with the gradients of the package."""
    sentences = [re.findall(r"[\w'’]+", part) for part in re.split(r"[.!?;\n]+", text.lower())]
    words = [word for word, _ in Counter(sum(sentences, [])).most_common(30)]
    counts = Counter(sum(sentences, []))
    known = [[words.index(word) for word in sentence if word in words] for sentence in sentences]
    pairs = [(c, o) for s in known for t, c in enumerate(s) for i, o in enumerate(s) if 0 < abs(i - t) <= window]
    powers = np.array([float(counts[word]) ** 0.75 for word in words])
    limits, numbers = np.cumsum(powers), random_numbers(seed)
    V = np.array([[next(numbers) - 0.5, next(numbers) - 0.5] for _ in words])
    U = np.zeros_like(V)
    for _ in range(taken if pairs else 0):
        c, o = pairs[int(len(pairs) * next(numbers))]
        draws = [int(np.searchsorted(limits, limits[-1] * next(numbers), side="right")) for _ in range(K)]
        grad_v, grad_U = negative_sampling_gradients(V[c], o, U, draws)
        V[c] -= step_size * grad_v
        U -= step_size * grad_U
    return words, pairs, powers / powers.sum(), V, U


def own_words_explorer(s):
    words, pairs, noise, V, U = own_run(s["text"], s["window"], s["negatives"], s["step_size"], s["seed"], s["taken"])
    controls = {"taken": f"{s['taken']:,}", "step_size": s["step_size"], "window": s["window"], "K": s["negatives"]}
    word = min(s["word"], len(words) - 1)
    cosines = V @ V[word] / np.linalg.norm(V, axis=1) / np.linalg.norm(V[word])
    order = [w for w in np.argsort(-cosines, kind="stable") if w != word][:4]
    losses = [-log_sigmoid(U[o] @ V[c]) - s["negatives"] * noise @ log_sigmoid(-U @ V[c]) for c, o in pairs]
    return {
        **controls,
        **{f"near.{i}": words[w] for i, w in enumerate(order)},
        **named("cosine", cosines[order]),
        "pairs": f"{len(pairs):,}",
        "words": str(len(words)),
        "done": f"{s['taken']:,}",
        "loss": np.mean(losses),
    }


def sweep_explorer(s):
    return {"value": float(f"{s['value']:.3g}")}


PAGES = {
    "vectors": {
        "center-vector": center_vector_explorer,
        "outside-vectors": outside_vectors_explorer,
        "negative-sampling": negative_sampling_explorer,
        "skip-gram-sum": skip_gram_sum_explorer,
    },
    "losses": {
        "sigmoid": sigmoid_explorer,
        "cross-entropy": cross_entropy_explorer,
        "context-window": context_window_explorer,
        "noise-distribution": noise_distribution_explorer,
        "cost": cost_explorer,
        "training-replay": training_replay_explorer,
        "one-step": one_step_explorer,
        "own-words": own_words_explorer,
        "sweep": sweep_explorer,
    },
}
WHERE = {kind: (page, oracle) for page, kinds in PAGES.items() for kind, oracle in kinds.items()}


def agree(shown, expected, unknown=("steps",)):
    """Raises AssertionError unless every number on show is expected, every expected one is shown, and they agree to the last digit."""
    names = {name for name, _ in shown} - set(unknown)
    assert names == set(expected), (
        f"shown but not expected: {names - set(expected)}; expected but not shown: {set(expected) - names}"
    )
    for name, text in shown:
        if name in unknown:
            continue
        want = expected[name]
        if isinstance(want, str):
            assert text == want, f"{name}: shows {text}, NumPy says {want}"
            continue
        decimals = len(text.partition(".")[2]) if "e" not in text else 12
        assert abs(float(text.replace("\u2212", "-").replace(",", "")) - want) <= 0.500001 * 10.0**-decimals + 1e-9, (
            f"{name}: shows {text}, NumPy says {want:.6f}"
        )
