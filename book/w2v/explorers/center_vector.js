// The naive softmax loss over the plane of center vectors: expected minus observed, and steps of descent.
import { arrow, controls, figure, panel, panels, read, readPair, say } from './marks.js';
import { button, stateSlider } from './controls.js';
import { contours, cross } from './plane.js';
import { LEVELS, handles, names, outsideArrows, predictions, trailPath, vectorPlane, arrowFrom } from './vectors.js';
import { naiveSoftmax } from './maths.js';

// The state after a step of descent, or null if the step leaves the plane.
function step({ v_c, U, o, step_size, trail, limits }) {
  const { gradV } = naiveSoftmax(v_c, o, U),
    next = v_c.map((x, d) => x - step_size * gradV[d]);
  return next.every(x => x >= limits.v_c.low && x <= limits.v_c.high) ? { v_c: next, trail: [...trail, v_c] } : null;
}

const landscape = (P, s, m, set) =>
  panel(
    'loss and vectors',
    320,
    320,
    contours(P, v => naiveSoftmax(v, s.o, s.U).loss, LEVELS, [s.U, s.o]),
    cross(P),
    trailPath(P, [...s.trail, s.v_c]),
    outsideArrows(P, s),
    arrow(P.at([0, 0]), P.at(m.expected), 'w2v-model'),
    arrow(P.at(s.U[s.o]), P.at(m.expected), 'w2v-grad'),
    arrow(P.at([0, 0]), P.at(s.v_c), 'w2v-ink'),
    arrowFrom(
      P,
      s.v_c,
      m.gradV.map(g => -s.step_size * g),
      'w2v-grad w2v-dashed',
    ),
    handles(P, s, set, { trail: [] }),
    names(P, s, [{ at: m.expected, text: '*Uŷ*', cls: 'w2v-model w2v-strong' }]),
  );

export const explorer = {
  every: 200,
  tick(s) {
    const { gradV } = naiveSoftmax(s.v_c, s.o, s.U);
    return s.trail.length > 150 || Math.hypot(...gradV) < 0.01 ? { playing: false } : (step(s) ?? { playing: false });
  },
  draw(s, set) {
    const P = vectorPlane(),
      m = naiveSoftmax(s.v_c, s.o, s.U),
      next = step(s);
    return figure(
      'center vector explorer',
      panels(
        landscape(P, s, m, set),
        predictions(s, m.yHat, part => set({ ...part, trail: [] })),
      ),
      say(
        'Expected *Uŷ* = ',
        readPair('expected', m.expected),
        ' minus observed *u*_o = ',
        readPair('observed', s.U[s.o]),
        ' is the gradient ',
        readPair('gradient', m.gradV),
        '.  *J* = −log *ŷ*_o = ',
        read('loss', m.loss),
        ' at *v*_c = ',
        readPair('v_c', s.v_c),
        s.trail.length ? [', steps: ', read('steps', s.trail.length, 0), '.'] : '.',
      ),
      controls(
        stateSlider(s, set, 'step_size', 'step size *η*', 0.05),
        next
          ? button('Step  *v*_c ← *v*_c − *η* ∂*J*/∂*v*_c', () => set(next))
          : button('A step this long leaves the picture', () => {}, { 'aria-disabled': 'true' }),
      ),
    );
  },
};
