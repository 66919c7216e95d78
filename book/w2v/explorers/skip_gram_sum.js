// The window's gradient as a sum of its pairs' gradients, tip to tail, for both losses.
import { arrow, controls, figure, line, panel, panels, read, readPair, say, text, value } from './marks.js';
import { button, choice, handle, stateSlider } from './controls.js';
import { cross, labels } from './plane.js';
import { cell, vectorPlane } from './vectors.js';
import { naiveSoftmax, negativeSampling } from './maths.js';

const plus = (a, b) => a.map((x, i) => (Array.isArray(x) ? plus(x, b[i]) : x + b[i]));
const zero = a => a.map(x => (Array.isArray(x) ? zero(x) : 0));

// Returns loss, gradV, gradU and the tips of the chain of gradients, after the first `added` pairs.
export function partialSum({ v_c, U, outside, negatives, loss, added }) {
  const of = i =>
    loss === 'naive softmax' ? naiveSoftmax(v_c, outside[i], U) : negativeSampling(v_c, outside[i], U, negatives[i]);
  const pairs = outside.map((_, i) => of(i)),
    first = pairs.slice(0, added),
    tips = [zero(v_c)];
  first.forEach(m => tips.push(plus(tips[tips.length - 1], m.gradV)));
  return {
    pairs,
    tips,
    loss: first.reduce((t, m) => t + m.loss, 0),
    gradU: first.reduce((t, m) => plus(t, m.gradU), zero(U)),
  };
}

// The chain is drawn smaller if it would leave the plane.
function chain(P, s, { tips, scale }, set) {
  const m = { tips: tips.map(tip => tip.map(x => scale * x)) },
    total = m.tips[m.tips.length - 1],
    word = i => s.words[s.outside[i]];
  return panel(
    'gradients, tip to tail',
    320,
    320,
    cross(P),
    arrow(P.at([0, 0]), P.at(s.v_c), 'w2v-ink'),
    m.tips.slice(1).map((tip, i) => arrow(P.at(m.tips[i]), P.at(tip), 'w2v-grad w2v-faint')),
    arrow(P.at([0, 0]), P.at(total), 'w2v-grad'),
    handle({ label: 'center vector', at: s.v_c, plane: P, cls: 'w2v-ink', move: v_c => set({ v_c }) }),
    labels(
      P,
      [
        { at: s.v_c, text: '*v*_c', cls: 'w2v-strong' },
        ...m.tips
          .slice(1)
          .map((tip, i) => ({ at: tip, text: i + 1 === s.added ? `${word(i)}: the sum` : word(i), cls: 'w2v-grad' })),
      ],
      m.tips
        .slice(1)
        .flatMap((tip, i) =>
          [0.15, 0.3, 0.45, 0.6, 0.75, 0.9].flatMap(t => [
            tip.map((x, d) => t * x + (1 - t) * m.tips[i][d]),
            total.map(x => t * x),
            s.v_c.map(x => t * x),
          ]),
        ),
    ),
  );
}

function accumulated(s, m) {
  const last = s.added && s.outside[s.added - 1],
    high = 248 / s.words.length,
    times = w => s.outside.slice(0, s.added).filter(o => o === w).length;
  return panel(
    'gradient for U',
    320,
    320,
    text(160, 16, 'sum for *U*', 'w2v-mid'),
    text(2, 16, 'row'),
    text(318, 16, 'as outside word', 'w2v-end w2v-dim'),
    line(2, 26, 318, 26, 'w2v-axis'),
    s.words.map((name, w) => {
      const y = 50 + high * 1.12 * w;
      return [
        text(2, y + 4, name, w === last && s.added ? 'w2v-true w2v-strong' : ''),
        m.gradU[w].map((g, d) => cell(128 + 66 * d, y, g, `dU.${w}.${d}`)),
        text(318, y + 4, [value(`times.${w}`, times(w), 0), ' ×'], 'w2v-end w2v-dim'),
      ];
    }),
  );
}

export const explorer = {
  every: 900,
  tick: s =>
    s.added < s.outside.length ? { added: s.added + 1, playing: s.added + 1 < s.outside.length } : { added: 0 },
  draw(s, set) {
    const m = partialSum(s),
      total = m.tips[m.tips.length - 1],
      scale = Math.min(1, 2.7 / Math.max(...m.tips.flat().map(Math.abs))),
      more = s.added < s.outside.length;
    return figure(
      'skip-gram sum explorer',
      panels(chain(vectorPlane(), s, { ...m, scale }, set), accumulated(s, m)),
      say(
        read('count', s.added, 0),
        ' of ',
        read('pairs', s.outside.length, 0),
        ' pairs: loss ',
        s.added > 1 && m.pairs.slice(0, s.added).map((pair, i) => [i ? ' + ' : '', read(`loss.${i}`, pair.loss)]),
        s.added > 1 && ' = ',
        read('loss', m.loss),
        ', ∂*J*/∂*v*_c = ',
        readPair('gradient', total),
        scale < 1 ? ` (drawn at ${Math.round(100 * scale)} %).` : '.',
      ),
      controls(
        stateSlider(s, set, 'added', 'pairs added', 1),
        button(
          more ? `Add the pair with ${s.words[s.outside[s.added]]}` : 'All pairs are added',
          () => more && set({ added: s.added + 1 }),
        ),
        choice(
          'loss',
          s.limits.loss.of.map(name => [name, name]),
          s.loss,
          loss => set({ loss }),
        ),
      ),
    );
  },
};
