// Cross-entropy of an observed y and a predicted softmax, with every term; entropy and KL divergence.
import { h } from './tree.js';
import { controls, figure, fix, html, line, panel, panels, rect, read, say, text, value } from './marks.js';
import { choice, handleAlong } from './controls.js';
import { frame, plane, ticksY } from './plane.js';
import { crossEntropy, crossEntropyTerms, entropy, logSoftmax, oneHot, softmax } from './maths.js';

const column = P => w => P.X(w + 0.5);
const wordNames = (s, X, y) =>
  s.words.map((word, w) => text(X(w), 232, word, `w2v-mid ${y[w] > 0 && !s.soft ? 'w2v-true w2v-strong' : ''}`));

function scorePanel(s, y, set) {
  const P = plane([34, 26, 280, 188], [0, s.words.length], [s.limits.scores.low, s.limits.scores.high]),
    X = column(P);
  return panel(
    'scores',
    320,
    240,
    text(34, 16, 'scores *z*: drag them'),
    frame(P),
    ticksY(P, [-4, -2, 0, 2, 4], v => fix(v, 0)),
    line(P.X(0), P.Y(0), P.X(s.words.length), P.Y(0), 'w2v-axis'),
    s.scores.map((z, w) => rect(X(w) - 8, Math.min(P.Y(z), P.Y(0)), 16, Math.abs(P.Y(z) - P.Y(0)), 'w2v-bar w2v-soft')),
    wordNames(s, X, y),
    s.scores.map((z, w) =>
      handleAlong(1, {
        label: `score of ${s.words[w]}`,
        value: z,
        at: [w + 0.5, z],
        plane: P,
        cls: 'w2v-ink',
        step: 0.1,
        move: value => set({ scores: s.scores.map((q, k) => (k === w ? value : q)) }),
      }),
    ),
  );
}

// Sets y_w and scales the others so that all sum to one.
function shareOut(y, w, value) {
  const rest = 1 - y[w],
    p = Math.min(0.96, Math.max(0.01, value));
  return y.map((q, k) => (k === w ? p : (q * (1 - p)) / rest));
}

function probabilityPanel(s, y, yHat, set) {
  const P = plane([34, 26, 280, 188], [0, s.words.length], [0, 1]),
    X = column(P);
  return panel(
    'probabilities',
    320,
    240,
    text(34, 16, 'predicted *ŷ*', 'w2v-model'),
    text(314, 16, s.soft ? 'observed *y*: drag it' : 'observed *y*', 'w2v-end w2v-true'),
    frame(P),
    ticksY(P, [0, 0.5, 1], v => fix(v, 1)),
    yHat.map((p, w) => rect(X(w) - 14, P.Y(p), 28, P.Y(0) - P.Y(p), 'w2v-bar w2v-model')),
    y.map((p, w) => rect(X(w) - 18, P.Y(p), 36, P.Y(0) - P.Y(p), `w2v-goal w2v-true`)),
    wordNames(s, X, y),
    s.soft &&
      y.map((p, w) =>
        handleAlong(1, {
          label: `observed share of ${s.words[w]}`,
          value: p,
          at: [w + 0.5, p],
          plane: P,
          cls: 'w2v-true',
          step: 0.02,
          move: value => set({ y: shareOut(s.y, w, value) }),
        }),
      ),
  );
}

const row = (tag, cells) =>
  h(
    'tr',
    {},
    cells.map((cell, i) => h(i ? tag : 'th', i ? {} : { scope: 'row' }, cell)),
  );

function termTable(s, y, log) {
  const terms = crossEntropyTerms(y, log);
  return h(
    'table',
    { class: 'w2v-table' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['', '*y*_w', '−log *ŷ*_w', '−*y*_w log *ŷ*_w'].map(name => h('th', { scope: 'col' }, html(name))),
      ),
    ),
    h(
      'tbody',
      {},
      s.words.map((word, w) =>
        row('td', [word, read(`y.${w}`, y[w], 2), read(`surprise.${w}`, -log[w]), read(`term.${w}`, terms[w])]),
      ),
    ),
    h(
      'tfoot',
      {},
      row('td', [
        'sum',
        read(
          'y.sum',
          y.reduce((t, p) => t + p, 0),
          2,
        ),
        '',
        read('loss', crossEntropy(y, log)),
      ]),
    ),
  );
}

// The cross-entropy as the length of two pieces: what no prediction can avoid, and what this one adds.
function split(H, KL) {
  const P = plane([2, 20, 316, 26], [0, Math.max(4, H + KL)], [0, 1]);
  return panel(
    'entropy and KL divergence',
    320,
    68,
    rect(2, 20, 316, 26, 'w2v-track'),
    rect(2, 20, P.X(H) - 2, 26, 'w2v-bar w2v-true'),
    rect(P.X(H), 20, P.X(H + KL) - P.X(H), 26, 'w2v-bar w2v-grad'),
    text(2, 13, ['entropy *H*(*y*) ', value('entropy', H)], 'w2v-true'),
    text(318, 13, ['KL(*y* ‖ *ŷ*) ', value('kl', KL)], 'w2v-end w2v-grad'),
    text(2, 62, 'together: the cross-entropy', 'w2v-dim'),
  );
}

export const explorer = {
  draw(s, set) {
    const y = s.soft ? s.y : oneHot(s.o, s.words.length),
      log = logSoftmax(s.scores),
      J = crossEntropy(y, log),
      H = entropy(y);
    return figure(
      'cross-entropy explorer',
      panels(scorePanel(s, y, set), probabilityPanel(s, y, softmax(s.scores), set)),
      panels(termTable(s, y, log), split(H, J - H)),
      say(
        '−Σ *y*_w log *ŷ*_w = ',
        read('cross-entropy', J),
        s.soft
          ? [': at least the entropy of *y*, ', read('floor', H), ', whatever the scores.']
          : [
              ', and −log *ŷ*_o for “',
              s.words[s.o],
              '” = ',
              read('surprise', -log[s.o]),
              ': the same number, for a one-hot *y* leaves one term.',
            ],
      ),
      controls(
        choice(
          'kind of labels',
          [
            [false, 'one true word'],
            [true, 'soft labels'],
          ],
          s.soft,
          soft => set({ soft }),
        ),
        choice(
          'true word',
          s.words.map((word, w) => [w, word]),
          s.o,
          o => set({ o, soft: false }),
        ),
      ),
    );
  },
};
