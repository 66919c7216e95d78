// What the gradients of one pair cost under both losses: counted, and beside the count the times measured.
import { controls, dotAt, figure, line, panel, panels, path, read, say, si, text, thousands } from './marks.js';
import { handleAlong, slider } from './controls.js';
import { decades, frame, plane, ticksX, ticksY } from './plane.js';
import { pairCost } from './maths.js';

function counted(s, set, cost) {
  const V = s.limits.vocabulary,
    P = plane([44, 30, 262, 244], [V.low, V.high], [10, 1e10], [true, true]),
    flat = cost.negative.multiplications,
    rise = v => pairCost(v, s.dimension, s.negatives).softmax.multiplications;
  return panel(
    'multiplications',
    320,
    320,
    text(2, 16, 'multiplications for one pair'),
    frame(P),
    ticksX(P, decades(P.x), si),
    ticksY(P, decades(P.y, 2), si),
    text(306, 312, 'words in the vocabulary', 'w2v-end w2v-dim'),
    path(
      [
        [V.low, rise(V.low)],
        [V.high, rise(V.high)],
      ].map(P.at),
      'w2v-curve w2v-true',
    ),
    path(
      [
        [V.low, flat],
        [V.high, flat],
      ].map(P.at),
      'w2v-curve w2v-model',
    ),
    text(P.X(V.high) - 6, P.Y(flat) + (P.Y(flat) < 250 ? 18 : -8), 'negative sampling', 'w2v-end w2v-model w2v-label'),
    text(P.X(V.low) + 8, P.Y(rise(V.low)) - 70, 'naive softmax', 'w2v-true w2v-label'),
    line(P.X(s.vocabulary), P.Y(rise(s.vocabulary)), P.X(s.vocabulary), P.Y(flat), 'w2v-thin'),
    dotAt(P.X(s.vocabulary), P.Y(flat), 4.5, 'w2v-model'),
    handleAlong(0, {
      label: 'size of the vocabulary',
      value: s.vocabulary,
      at: [s.vocabulary, rise(s.vocabulary)],
      plane: { ...P, y: [1, 1e12] },
      cls: 'w2v-true',
      step: s.vocabulary / 10,
      move: v => set({ vocabulary: Math.round(v) }),
    }),
  );
}

const work = m =>
  pairCost(m.vocabulary, m.dimension, m.negatives)[m.loss === 'naive softmax' ? 'softmax' : 'negative'].multiplications;

// The rate of this machine: the median over the measurements of seconds per multiplication, for the largest half of the work.
export function rateOf(measured) {
  const rates = [...measured]
    .sort((a, b) => work(a) - work(b))
    .slice(Math.floor(measured.length / 2))
    .map(m => m.seconds / work(m))
    .sort((a, b) => a - b);
  return rates[Math.floor(rates.length / 2)];
}

function clocked(s, cost) {
  const xs = s.measured.map(work),
    ts = s.measured.map(m => m.seconds),
    rate = rateOf(s.measured),
    x = [Math.min(...xs, 1e3) / 2, Math.max(...xs, 1e7) * 2],
    P = plane(
      [52, 30, 250, 244],
      x,
      [Math.min(...ts, rate * x[0]) / 2, Math.max(...ts, rate * x[1]) * 2],
      [true, true],
    );
  return panel(
    'time',
    320,
    320,
    text(2, 16, 'time measured when this page was built'),
    frame(P),
    ticksX(P, decades(x), si),
    ticksY(P, decades(P.y), t => `${si(t)}s`),
    text(306, 312, 'multiplications for one pair', 'w2v-end w2v-dim'),
    text(P.X(x[0]) + 8, 48, 'naive softmax', 'w2v-true'),
    text(P.X(x[0]) + 8, 66, 'negative sampling', 'w2v-model'),
    path(
      x.map(m => P.at([m, rate * m])),
      'w2v-curve w2v-quiet w2v-dashed',
    ),
    s.measured.map(m =>
      dotAt(P.X(work(m)), P.Y(m.seconds), 4.5, m.loss === 'naive softmax' ? 'w2v-true' : 'w2v-model'),
    ),
    [
      ['softmax', 'w2v-true'],
      ['negative', 'w2v-model'],
    ].map(
      ([key, cls]) =>
        cost[key].multiplications >= x[0] &&
        cost[key].multiplications <= x[1] &&
        line(
          P.X(cost[key].multiplications),
          P.Y(rate * cost[key].multiplications),
          P.X(cost[key].multiplications),
          274,
          `w2v-thin ${cls}`,
        ),
    ),
  );
}

export const explorer = {
  draw(s, set) {
    const cost = pairCost(s.vocabulary, s.dimension, s.negatives),
      log = ([low, high]) => ({ low: Math.log10(low), high: Math.log10(high) });
    const slide = (name, label) =>
      slider({
        name,
        label,
        value: Math.log10(s[name]),
        limit: log([s.limits[name].low, s.limits[name].high]),
        step: 0.05,
        shown: thousands(s[name]),
        put: x => set({ [name]: Math.round(10 ** x) }),
      });
    return figure(
      'cost explorer',
      panels(counted(s, set, cost), s.measured.length ? clocked(s, cost) : ''),
      say(
        'The naive softmax takes ',
        read('softmax', thousands(cost.softmax.multiplications)),
        ' multiplications and moves ',
        read('softmaxBytes', `${si(cost.softmax.bytes)}B`),
        '; negative sampling takes ',
        read('negative', thousands(cost.negative.multiplications)),
        ' and moves ',
        read('negativeBytes', `${si(cost.negative.bytes)}B`),
        '. That is ',
        read('ratio', String(+(cost.softmax.rows / cost.negative.rows).toPrecision(3))),
        ' to 1.',
      ),
      controls(
        slide('vocabulary', 'vocabulary'),
        slide('dimension', 'dimension *D*'),
        slide('negatives', 'negatives *K*'),
      ),
    );
  },
};
