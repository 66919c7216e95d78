// One step of training on one pair, stage by stage, with every number: look up, scores, probabilities, loss, gradients, update.
import { h } from './tree.js';
import { arrow, controls, figure, html, panel, panels, read, readPair, rect, say, text, value } from './marks.js';
import { button, choice, press, stateSlider } from './controls.js';
import { logSigmoid, naiveSoftmax, negativeSampling, sigmoid } from './maths.js';

const NAMES = ['look up', 'scores', '', 'loss', 'gradients', 'update'];
const PLACES = [
  [4, 34],
  [86, 34],
  [168, 34],
  [250, 34],
  [209, 126],
  [86, 126],
];

// Everything that the stages show, for the words as rows: score, probability, how often seen and drawn, charge, error, gradients, new vectors.
export function oneStep({ moments, moment, c, o, loss, negatives, step_size }) {
  const { V, U } = moments[moment],
    soft = loss === 'naive softmax',
    at = (v, table) => (soft ? naiveSoftmax(v, o, table) : negativeSampling(v, o, table, negatives)),
    down = (a, g) => a.map((x, d) => x - step_size * g[d]),
    v = V[c],
    all = naiveSoftmax(v, o, U),
    m = at(v, U),
    newV = down(v, m.gradV),
    newU = U.map((u, w) => down(u, m.gradU[w]));
  const rows = all.scores.map((z, w) => {
    const seen = +(w === o),
      drawn = soft ? 0 : negatives.filter(k => k === w).length,
      p = soft ? all.yHat[w] : sigmoid(z);
    return {
      u: U[w],
      products: U[w].map((x, d) => x * v[d]),
      z,
      p,
      seen,
      drawn,
      charge: soft ? (seen ? m.loss : 0) : -seen * logSigmoid(z) - drawn * logSigmoid(-z),
      error: soft ? m.delta[w] : p * (seen + drawn) - seen,
      gradient: m.gradU[w],
      after: newU[w],
    };
  });
  return { soft, v, rows, loss: m.loss, gradV: m.gradV, newV, after: at(newV, newU).loss };
}

const many = (name, xs) => xs.map((x, d) => [`${name}.${d}`, x]);
const numbered = (label, { length }) => Array.from({ length }, (_, d) => `${label}_${d + 1}`);
const answer = ({ seen, drawn }) =>
  [seen && 'yes', drawn && (drawn > 1 ? `${drawn} × no` : 'no')].filter(x => x).join(', ');

// Each stage: the heads of the columns, the entries of word w's row ([name, number] or words), and the last row.
const stages = [
  m => [numbered('*u*', m.v), (r, w) => many(`u.${w}`, r.u), ['*v*_c', ...many('v', m.v)]],
  m => [
    [...numbered('*u v*', m.v), 'score *z*'],
    (r, w) => [...many(`product.${w}`, r.products), [`z.${w}`, r.z]],
    ['*v*_c', ...many('v', m.v), ''],
  ],
  m =>
    m.soft
      ? [
          ['*z*', 'exp *z*', '*ŷ*'],
          (r, w) => [
            [`z.${w}`, r.z],
            [`exp.${w}`, Math.exp(r.z)],
            [`p.${w}`, r.p],
          ],
          ['sum', '', ['normaliser', m.rows.reduce((t, r) => t + Math.exp(r.z), 0)], ['total', 1]],
        ]
      : [['*z*', '*σ*(*z*)', 'right'], (r, w) => [[`z.${w}`, r.z], [`p.${w}`, r.p], answer(r)], ['', '', '', '']],
  m => [
    m.soft ? ['*ŷ*', '*y*', '−*y* log *ŷ*'] : ['*σ*(*z*)', 'right', 'charge'],
    (r, w) => [[`p.${w}`, r.p], m.soft ? String(r.seen) : answer(r), [`charge.${w}`, r.charge]],
    ['*J*', '', '', ['loss', m.loss]],
  ],
  m => [
    ['error *δ*', ...numbered('∂*J*/∂*u*', m.v)],
    (r, w) => [[`error.${w}`, r.error], ...many(`gradient.${w}`, r.gradient)],
    ['∂*J*/∂*v*_c', '', ...many('gradient', m.gradV)],
  ],
  m => [numbered('new *u*', m.v), (r, w) => many(`after.${w}`, r.after), ['new *v*_c', ...many('newV', m.newV)]],
];

const entry = x => h('td', {}, Array.isArray(x) ? read(...x) : html(x));

function table(s, m) {
  const [heads, row, last] = stages[s.stage](m),
    name = (x, cls) => h('th', { scope: 'row', class: cls }, html(x));
  return h(
    'table',
    { class: 'w2v-table' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['word', ...heads].map(head => h('th', { scope: 'col' }, html(head))),
      ),
    ),
    h(
      'tbody',
      {},
      m.rows.map((r, w) => h('tr', {}, name(s.words[w], w === s.o ? 'w2v-true w2v-strong' : ''), row(r, w).map(entry))),
    ),
    h('tfoot', {}, h('tr', {}, name(last[0]), last.slice(1).map(entry))),
  );
}

// The way round: forwards along the top, back along the bottom; each stage that is reached shows its number.
function way(s, m, set) {
  const r = m.rows[s.o],
    shown = [
      null,
      ['*z*_o', r.z],
      [m.soft ? '*ŷ*_o' : '*σ*_o', r.p],
      ['*J*', m.loss],
      ['*δ*_o', r.error],
      ['*J*', m.after],
    ];
  const link = (i, from, to, back) =>
    arrow(from, to, `${back ? 'w2v-grad' : 'w2v-model'} ${i < s.stage ? '' : 'w2v-faint'}`);
  return panel(
    'the stages of a step',
    320,
    196,
    text(4, 18, 'forwards', 'w2v-model'),
    text(4, 152, 'backwards', 'w2v-grad'),
    [0, 1, 2].map(i => link(i, [70 + 82 * i, 62], [86 + 82 * i, 62])),
    link(3, [283, 90], [262, 126], true),
    link(4, [209, 154], [152, 154], true),
    PLACES.map(([x, y], i) =>
      press(
        m.names[i],
        i === s.stage,
        () => set({ stage: i, playing: false }),
        rect(x, y, 66, 56, 'w2v-hit w2v-key'),
        i === s.stage && rect(x, y, 66, 56, `w2v-goal ${i > 3 ? 'w2v-grad' : 'w2v-model'}`),
        text(x + 33, y + 21, m.names[i], 'w2v-mid'),
        shown[i] &&
          i <= s.stage &&
          text(x + 33, y + 44, [shown[i][0], ' ', value(`at.${i}`, shown[i][1], 2)], 'w2v-mid w2v-dim'),
      ),
    ),
  );
}

const best = rows => rows.reduce((top, r, w) => (r.z > rows[top].z ? w : top), 0);

// What a stage has done, with its numbers, and a question that the next one answers.
const words = [
  s => [
    'The row of ',
    s.words[s.c],
    ' is looked up among the center vectors. Multiply it with each outside vector: which word gets the highest score?',
  ],
  (s, m) => [
    'A score is a dot product: multiply entry by entry, and add. ',
    s.words[best(m.rows)],
    ' has the highest. ',
    m.soft ? `What share will ${s.words[s.o]} get?` : 'Which of the answers will surprise the model?',
  ],
  (s, m) =>
    m.soft
      ? [
          'Exponentials, divided by their sum: ',
          s.words[s.o],
          ' gets ',
          read('share', m.rows[s.o].p),
          '. What does that cost?',
        ]
      : [
          'No sum connects the words: each score alone is a probability of yes, ',
          read('share', m.rows[s.o].p),
          ' for ',
          s.words[s.o],
          '. What do the answers cost?',
        ],
  (_s, m) => ['The loss is ', read('J', m.loss), '. Which vectors should change, which of them most, and which way?'],
  (s, m) => [
    'Error times ',
    '*v*_c',
    ' for each row, and the rows weighted by their errors for *v*_c: ',
    readPair('g', m.gradV),
    '. Will a step of size ',
    read('eta', s.step_size),
    ' make the loss smaller?',
  ],
  (_s, m) => [
    'Against the gradient: the loss of this pair was ',
    read('J', m.loss),
    ' and is ',
    read('afterwards', m.after),
    '. Where would the step become too long?',
  ],
];

export const explorer = {
  every: 2200,
  tick: s => (s.stage < 5 ? { stage: s.stage + 1, playing: s.stage < 4 } : { stage: 0 }),
  draw(s, set) {
    const m = oneStep(s),
      of = (label, value, put) =>
        h(
          'div',
          {},
          label,
          ' ',
          choice(
            label,
            s.words.map((word, w) => [w, word]),
            value,
            put,
          ),
        ),
      go = by => set({ stage: (s.stage + by + 6) % 6, playing: false });
    m.names = NAMES.map(name => name || (m.soft ? 'softmax' : 'sigmoids'));
    return figure(
      'one step explorer',
      panels(way(s, m, set), h('div', { class: 'w2v-wide' }, table(s, m))),
      say(words[s.stage](s, m)),
      controls(
        button('back', () => go(-1)),
        button('next', () => go(1)),
        choice(
          'when',
          s.moments.map(({ name }, i) => [i, name]),
          s.moment,
          moment => set({ moment }),
        ),
        choice(
          'loss',
          s.limits.loss.of.map(name => [name, name]),
          s.loss,
          loss => set({ loss }),
        ),
        of('center word', s.c, c => set({ c })),
        of('outside word', s.o, o => set({ o })),
        stateSlider(s, set, 'step_size', 'step size', 0.05),
      ),
    );
  },
};
