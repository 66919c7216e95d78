// The negative-sampling loss: one true pair, K drawn words; each term's probability, loss and pull on v_c.
import { arrow, controls, figure, panel, panels, rect, read, readPair, say, text, value } from './marks.js';
import { press } from './controls.js';
import { contours, cross } from './plane.js';
import { LEVELS, arrowFrom, handles, names, outsideArrows, outsideChoice, vectorPlane } from './vectors.js';
import { naiveSoftmax, negativeSampling } from './maths.js';

const HALF = 0.5;

// Every row's pull on v_c, against its part of the gradient; drawn at half length, so that they stay on the plane.
const pulls = (P, s, m) =>
  m.rows.map((w, i) =>
    arrowFrom(
      P,
      s.v_c,
      s.U[w].map(x => -HALF * m.delta[i] * x),
      `${i ? 'w2v-quiet' : 'w2v-true'} w2v-faint`,
    ),
  );

const landscape = (P, s, m, set) =>
  panel(
    'loss and vectors',
    320,
    320,
    contours(P, v => negativeSampling(v, s.o, s.U, s.negatives).loss, LEVELS, [s.U, s.o, s.negatives]),
    cross(P),
    outsideArrows(P, s),
    arrow(P.at([0, 0]), P.at(s.v_c), 'w2v-ink'),
    pulls(P, s, m),
    arrowFrom(
      P,
      s.v_c,
      m.gradV.map(g => -HALF * g),
      'w2v-grad',
    ),
    handles(P, s, set),
    names(P, s),
  );

const small = (x, y, label, sign, on, act) =>
  press(label, null, on ? act : () => {}, rect(x, y, 26, 26, 'w2v-hit w2v-key'), text(x + 13, y + 18, sign, 'w2v-mid'));

function termRow(name, y, right, loss, key, cls) {
  return [
    text(70, y + 18, name, `w2v-end ${cls}`),
    rect(186, y + 4, 56, 18, 'w2v-track'),
    rect(186, y + 4, 56 * right, 18, `w2v-bar ${cls || 'w2v-quiet'}`),
    text(276, y + 18, right ? value(`right.${key}`, right, 2) : '–', 'w2v-end'),
    text(318, y + 18, right ? value(`term.${key}`, loss, 2) : '–', 'w2v-end'),
  ];
}

// The rows that the words would have as negatives; a word drawn n times counts n times.
function terms(s, m, set) {
  const each = negativeSampling(
      s.v_c,
      s.o,
      s.U,
      s.words.map((_, w) => w),
    ),
    most = s.limits.negatives.most;
  const without = w => {
    const at = s.negatives.indexOf(w);
    return s.negatives.filter((_, i) => i !== at);
  };
  return panel(
    'drawn words',
    320,
    104 + 38 * s.words.length,
    text(126, 16, 'drawn', 'w2v-mid w2v-dim'),
    text(276, 16, 'P(right answer)', 'w2v-end w2v-dim'),
    text(318, 16, 'loss', 'w2v-end w2v-dim'),
    termRow(s.words[s.o], 24, m.right[0], m.terms[0], 'o', 'w2v-true'),
    text(126, 42, 'true pair', 'w2v-mid w2v-true'),
    s.words.map((word, w) => {
      const n = s.negatives.filter(k => k === w).length,
        y = 70 + 38 * w;
      return [
        termRow(word, y, n && each.right[w + 1], n * each.terms[w + 1], w, ''),
        text(126, y + 18, [value(`count.${w}`, n, 0)], 'w2v-mid w2v-strong'),
        small(80, y, `draw ${word} once less`, '−', n && s.negatives.length > 1, () => set({ negatives: without(w) })),
        small(146, y, `draw ${word} once more`, '+', s.negatives.length < most, () =>
          set({ negatives: [...s.negatives, w].sort() }),
        ),
      ];
    }),
    text(318, 90 + 38 * s.words.length, ['*J* = ', value('loss', m.loss)], 'w2v-end w2v-strong'),
  );
}

export const explorer = {
  draw(s, set) {
    const P = vectorPlane(),
      m = negativeSampling(s.v_c, s.o, s.U, s.negatives);
    return figure(
      'negative sampling explorer',
      panels(landscape(P, s, m, set), terms(s, m, set)),
      say(
        '*K* = ',
        read('K', s.negatives.length, 0),
        ' negatives: the loss reads and changes ',
        read('touched', m.touched, 0),
        ' of the ',
        read('rows', s.words.length, 0),
        ' outside vectors. ∂*J*/∂*v*_c = ',
        readPair('gradient', m.gradV),
        '. The naive softmax loss of the same vectors is ',
        read('softmax', naiveSoftmax(s.v_c, s.o, s.U).loss),
        ' and changes all of them. (Pulls on *v*_c are drawn at half length.)',
      ),
      controls(outsideChoice(s, set)),
    );
  },
};
