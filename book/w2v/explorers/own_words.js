// Sentences of the reader's own, and skip-gram with negative sampling on them in the page: two numbers for each word.
import { h } from './tree.js';
import { controls, dotAt, figure, line, panel, panels, path, read, say, text, thousands } from './marks.js';
import { KEYS, button, choice, stateSlider } from './controls.js';
import { cross, frame, plane, ticksX, ticksY } from './plane.js';
import { nearest, wordCloud } from './vectors.js';
import { dot, logSigmoid, negativeSampling } from './maths.js';

const MOST = 30,
  EVERY = 50,
  POWER = 0.75;

// Mulberry32: the same numbers from 0 to 1 for the same seed, on every machine.
const random = seed => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

// The most frequent words of the sentences with their counts, and every pair [center, outside] within the window.
export function corpus(written, window) {
  const sentences = written
      .toLowerCase()
      .split(/[.!?;\n]+/)
      .map(sentence => sentence.match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? []),
    counts = new Map();
  for (const word of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a)).slice(0, MOST),
    pairs = sentences
      .map(sentence => sentence.map(word => words.indexOf(word)).filter(w => w >= 0))
      .flatMap(s =>
        s.flatMap((c, t) => s.map((o, i) => [c, o, Math.abs(i - t)]).filter(([, , far]) => far && far <= window)),
      );
  return { words, counts: words.map(word => counts.get(word)), pairs };
}

function start(s) {
  const found = corpus(s.text, s.window),
    rand = random(s.seed);
  let total = 0;
  const sums = found.counts.map(n => {
    total += n ** POWER;
    return total;
  });
  const draw = () => {
    const x = total * rand();
    return sums.findIndex(sum => x < sum);
  };
  const V = found.words.map(() => [rand() - 0.5, rand() - 0.5]);
  return {
    ...found,
    V,
    U: V.map(() => [0, 0]),
    rand,
    draw,
    noise: found.counts.map(n => n ** POWER / total),
    taken: 0,
    losses: [],
  };
}

// The exact mean loss of a pair, over the pairs of the text and over all draws.
export const meanLoss = ({ pairs, V, U, noise }, K) =>
  pairs.reduce(
    (sum, [c, o]) =>
      sum - logSigmoid(dot(U[o], V[c])) - K * noise.reduce((t, q, w) => t + q * logSigmoid(-dot(U[w], V[c])), 0),
    0,
  ) / pairs.length;

function step(run, { negatives, step_size }) {
  if (run.taken % EVERY === 0) run.losses.push(meanLoss(run, negatives));
  const [c, o] = run.pairs[Math.floor(run.pairs.length * run.rand())],
    v = run.V[c],
    m = negativeSampling(v, o, run.U, Array.from({ length: negatives }, run.draw));
  for (const w of new Set(m.rows)) run.U[w] = run.U[w].map((x, d) => x - step_size * m.gradU[w][d]);
  run.V[c] = v.map((x, d) => x - step_size * m.gradV[d]);
  run.taken++;
}

let kept = {};

// The run after s.taken steps. The same state has always the same run; going on from the last one saves its steps.
export function trained(s) {
  const key = JSON.stringify([s.text, s.window, s.negatives, s.step_size, s.seed]);
  if (kept.key !== key || kept.taken > s.taken) kept = { key, ...start(s) };
  while (kept.pairs.length && kept.taken < s.taken) step(kept, s);
  return kept;
}

const cosine = (a, b) => dot(a, b) / (Math.sqrt(dot(a, a) * dot(b, b)) || 1);

function cloud(run, word, near, set) {
  const reach = 1.2 * Math.max(0.5, ...run.V.flat().map(Math.abs)),
    P = plane([6, 6, 308, 308], [-reach, reach], [-reach, reach]);
  return panel('your word vectors', 320, 320, cross(P), wordCloud(P, run.words, run.V, word, near, set));
}

function losses(s, run, loss) {
  const last = s.limits.taken.high,
    top = 1.2 * Math.max(0.1, ...run.losses, loss || 0),
    P = plane([40, 30, 258, 130], [0, last], [0, top]),
    at = (taken, y) => [P.X(taken), P.Y(y)],
    now = at(run.taken, loss || 0);
  return panel(
    'mean loss',
    320,
    200,
    text(2, 16, 'mean loss of a pair'),
    frame(P),
    ticksX(P, [0, last], thousands),
    ticksY(P, [0, top], y => y.toFixed(1)),
    text(176, 192, 'steps', 'w2v-mid w2v-dim'),
    path([...run.losses.map((y, i) => at(i * EVERY, y)), now], 'w2v-curve w2v-model'),
    line(now[0], 30, now[0], 160, 'w2v-thin'),
    dotAt(...now, 5, 'w2v-model'),
  );
}

function told(run, loss, word) {
  if (!run.pairs.length) return say('No two words stand side by side yet. What do you want it to read?');
  return say(
    read('pairs', thousands(run.pairs.length)),
    ' pairs of ',
    read('words', String(run.words.length)),
    run.words.length < MOST ? ' words' : ' words (the most frequent ones)',
    ', ',
    read('done', thousands(run.taken)),
    ' steps: a pair costs ',
    read('loss', loss),
    run.taken ? '. ' : ': the vectors are random, and they know nothing. ',
    run.taken
      ? ['Is what is nearest to ', run.words[word], ' what you expected? Which sentence would change it?']
      : 'Which words will end up side by side? Press Play.',
  );
}

export const explorer = {
  every: 60,
  tick: s =>
    trained(s).pairs.length && s.taken < s.limits.taken.high
      ? { taken: Math.min(s.taken + 20, s.limits.taken.high) }
      : { playing: false },
  draw(s, set) {
    const run = trained(s),
      loss = run.pairs.length ? meanLoss(run, s.negatives) : 0,
      word = Math.min(s.word, run.words.length - 1),
      near = run.V.map((v, w) => [w, word < 0 ? 0 : cosine(run.V[word], v)])
        .filter(([w]) => w !== word)
        .sort((a, b) => b[1] - a[1])
        .slice(0, 4);
    const again = text => set({ text, taken: 0, word: 0, playing: false });
    return figure(
      'own words explorer',
      panels(
        cloud(
          run,
          word,
          near.map(([w]) => w),
          set,
        ),
        h('div', {}, losses(s, run, loss), run.words.length > 1 && nearest(run.words, word, near)),
      ),
      told(run, loss, word),
      controls(
        h(
          'label',
          { class: 'w2v-text' },
          'your sentences',
          h('textarea', {
            ...KEYS,
            rows: 3,
            maxlength: s.limits.text.letters,
            value: s.text,
            oninput: event => again(event.currentTarget.value),
            onkeydown: event => event.stopPropagation(),
          }),
        ),
        choice(
          'examples',
          s.examples.map(({ name, text }) => [text, name]),
          s.text,
          again,
        ),
        button('another start', () => set({ seed: (s.seed % s.limits.seed.high) + 1 })),
        stateSlider(s, set, 'taken', 'steps', EVERY, {
          shown: thousands(s.taken),
          put: taken => set({ taken, playing: false }),
        }),
        stateSlider(s, set, 'step_size', 'step size', 0.05),
        stateSlider(s, set, 'window', 'window', 1),
        stateSlider(s, set, 'negatives', 'negatives *K*', 1, { name: 'K' }),
      ),
    );
  },
};
