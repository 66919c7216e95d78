// The mathematics of the explorers: the functions of w2v.losses, for vectors of any size.
// U is a list of outside vectors, one word per row. The tests compare every function with NumPy.

export const dot = (a, b) => a.reduce((total, x, i) => total + x * b[i], 0);
const sum = values => values.reduce((total, x) => total + x, 0);
const combine = (weights, rows) => rows[0].map((_, d) => sum(rows.map((row, i) => weights[i] * row[d])));

// t = exp(-|x|) never overflows.
export function sigmoid(x) {
  const t = Math.exp(-Math.abs(x));
  return (x < 0 ? t : 1) / (1 + t);
}

export const sigmoidDerivative = x => sigmoid(x) * sigmoid(-x);
export const logSigmoid = x => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));

export function logSumExp(scores) {
  const largest = Math.max(...scores);
  return largest + Math.log(sum(scores.map(z => Math.exp(z - largest))));
}

export function softmax(scores) {
  const largest = Math.max(...scores),
    e = scores.map(z => Math.exp(z - largest)),
    total = sum(e);
  return e.map(x => x / total);
}

export const logSoftmax = scores => {
  const norm = logSumExp(scores);
  return scores.map(z => z - norm);
};

// 0 log 0 counts 0, also where the prediction is 0.
export const crossEntropyTerms = (y, logYHat) => y.map((p, w) => (p === 0 ? 0 : -p * logYHat[w]));
export const crossEntropy = (y, logYHat) => sum(crossEntropyTerms(y, logYHat));
export const entropy = y => crossEntropy(y, y.map(Math.log));

export const oneHot = (o, size) => Array.from({ length: size }, (_, w) => +(w === o));

// expected = U^T y_hat is the outside vector that the model expects.
export function naiveSoftmax(v, o, U) {
  const scores = U.map(u => dot(u, v)),
    logYHat = logSoftmax(scores),
    yHat = softmax(scores);
  const delta = yHat.map((p, w) => p - (w === o));
  return {
    scores,
    yHat,
    delta,
    loss: -logYHat[o],
    expected: combine(yHat, U),
    gradV: combine(delta, U),
    gradU: delta.map(d => v.map(x => d * x)),
  };
}

// rows = (o, w_1, ..., w_K); right = the probability of the right answer for each; repeats add up.
export function negativeSampling(v, o, U, negatives) {
  const rows = [o, ...negatives],
    signs = rows.map((_, i) => (i ? -1 : 1));
  const scores = rows.map(w => dot(U[w], v)),
    right = scores.map((z, i) => sigmoid(signs[i] * z));
  const delta = scores.map((z, i) => -signs[i] * sigmoid(-signs[i] * z));
  const terms = scores.map((z, i) => -logSigmoid(signs[i] * z));
  const gradU = U.map((_, w) => v.map(x => x * sum(delta.filter((_, i) => rows[i] === w))));
  return {
    rows,
    scores,
    right,
    delta,
    terms,
    loss: sum(terms),
    gradV: combine(
      delta,
      rows.map(w => U[w]),
    ),
    gradU,
    touched: new Set(rows).size,
  };
}

// P_n(w) is proportional to count^power. The spectrum [[count, number of words], ...] gives the normaliser.
export const noiseNormaliser = (spectrum, power) => sum(spectrum.map(([count, words]) => words * count ** power));

// Multiplications and bytes moved for the gradients of one pair: V words, D dimensions, K negatives, 8-byte numbers.
// Per row of U: D for the score, D for its share of dJ/dv_c, D for its own gradient; the row is read once, its gradient written once.
export function pairCost(V, D, K) {
  const of = rows => ({ rows, multiplications: 3 * rows * D, bytes: 16 * rows * D });
  return { softmax: of(V), negative: of(K + 1) };
}
