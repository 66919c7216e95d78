// The sigmoid, its derivative and its logarithm at one x, with the reflection at -x.
import { h } from './tree.js';
import { controls, curve, dotAt, figure, fix, line, panel, panels, path, read, say, text } from './marks.js';
import { handleAlong, slider } from './controls.js';
import { frame, labels, plane, ticksX, ticksY } from './plane.js';
import { logSigmoid, sigmoid, sigmoidDerivative } from './maths.js';

const TICKS = [-8, -4, 0, 4, 8];

function curvePanel(x, set, limit) {
  const range = [limit.low, limit.high],
    P = plane([38, 12, 274, 200], range, [0, 1]),
    s = sigmoid(x),
    slope = sigmoidDerivative(x),
    reach = Math.min(2, (1.03 * Math.max(s, 1 - s)) / slope, (1.03 * Math.min(s, 1 - s)) / slope + 0.25);
  const tangent = Array.from({ length: 9 }, (_, i) => (i / 4 - 1) * reach).map(far => [x + far, s + far * slope]);
  return panel(
    'sigmoid',
    320,
    240,
    frame(P),
    ticksX(P, TICKS, fix0),
    ticksY(P, [0, 0.5, 1], v => fix(v, 1)),
    line(P.X(0), P.Y(0), P.X(0), P.Y(1), 'w2v-axis'),
    line(P.X(-x), P.Y(sigmoid(-x)), P.X(-x), P.Y(0), 'w2v-thin w2v-quiet'),
    line(P.X(x), P.Y(s), P.X(x), P.Y(0), 'w2v-thin w2v-model'),
    curve(sigmoid, range, P, 'w2v-curve w2v-model'),
    path(tangent.map(P.at), 'w2v-curve w2v-grad w2v-tangent'),
    dotAt(P.X(-x), P.Y(sigmoid(-x)), 4.5, 'w2v-hollow'),
    h('g', {}, names(P, x, tangent)),
    handleAlong(0, {
      label: 'x, on the curve',
      value: x,
      at: [x, s],
      plane: P,
      cls: 'w2v-model',
      step: 0.1,
      move: x => set({ x: +x.toFixed(2) }),
    }),
  );
}
const fix0 = v => fix(v, 0);

// The labels keep off the curve, its tangent, the axis and the dotted lines, too.
const names = (P, x, tangent) =>
  labels(
    P,
    [
      { at: [x, sigmoid(x)], text: '*σ*(*x*)', cls: 'w2v-model' },
      { at: [-x, sigmoid(-x)], text: '*σ*(−*x*) = 1 − *σ*(*x*)' },
    ],
    [
      ...tangent,
      ...Array.from({ length: 21 }, (_, i) => [0, i / 20]),
      ...Array.from({ length: 49 }, (_, i) => [(i - 24) / 3, sigmoid((i - 24) / 3)]),
      ...[x, -x].flatMap(at => Array.from({ length: 10 }, (_, i) => [at, (i / 10) * sigmoid(at)])),
    ],
  );

function smallPanel(name, f, x, range, y, ticks, cls) {
  const P = plane([46, 22, 266, 74], range, y);
  return h(
    'g',
    {},
    frame(P),
    ticksY(P, ticks, v => fix(v, y[1] > 0.1 && y[1] < 0.4 ? 2 : 0)),
    curve(f, range, P, `w2v-curve ${cls}`),
    dotAt(P.X(x), P.Y(f(x)), 4.5, cls),
    text(46, 15, name, `w2v-label ${cls}`),
  );
}

export const explorer = {
  draw({ x, limits }, set) {
    const range = [limits.x.low, limits.x.high],
      slope = sigmoidDerivative(x);
    return figure(
      'sigmoid explorer',
      panels(
        curvePanel(x, set, limits.x),
        panel(
          'derivative and logarithm',
          320,
          240,
          smallPanel('derivative  *σ*′ = *σ*(1 − *σ*)', sigmoidDerivative, x, range, [0, 0.3], [0, 0.25], 'w2v-grad'),
          h(
            'g',
            { transform: 'translate(0 108)' },
            smallPanel('log *σ*(*x*)', logSigmoid, x, range, [-8.5, 0.5], [-8, -4, 0], ''),
          ),
        ),
      ),
      say(
        '*σ*(*x*) = ',
        read('sigmoid', sigmoid(x), 4),
        ',  *σ*(−*x*) = ',
        read('reflected', sigmoid(-x), 4),
        ',  slope ',
        read('slope', slope, 4),
        ',  log *σ*(*x*) = ',
        read('log', logSigmoid(x), 4),
        '. ',
        saturation(slope),
      ),
      controls(slider({ name: 'x', label: '*x*', value: x, limit: limits.x, step: 0.1, put: x => set({ x }) })),
    );
  },
};

const saturation = slope =>
  slope > 0.2
    ? 'The curve is steep here; its largest slope is 1/4.'
    : slope > 0.02
      ? 'It begins to saturate.'
      : 'Saturated: the slope has all but vanished.';
