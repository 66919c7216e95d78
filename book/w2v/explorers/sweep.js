// Any matplotlib figure with one parameter: frames drawn beforehand on a page, drawn on demand with a kernel.
import { h } from './tree.js';
import { controls, figure } from './marks.js';
import { stateSlider } from './controls.js';

// Frames share most of their lines: each is a list of indices into one list of lines.
const frame = ({ lines, frames }, i) => frames[i].map(k => lines[k]).join('\n');

export const explorer = {
  draw(s, set) {
    const { low, high } = s.limits.value,
      step = (high - low) / (s.drawn.count - 1),
      i = Math.round((s.value - low) / step),
      shown = s.words[i] ?? String(+s.value.toPrecision(3));
    return figure(
      `${s.label} explorer`,
      h('div', {
        class: 'w2v-sweep',
        role: 'img',
        'aria-label': `${s.label} = ${shown}`,
        html: s.live || frame(s.drawn, i),
      }),
      controls(stateSlider(s, set, 'value', s.label, step, { shown })),
    );
  },
};
