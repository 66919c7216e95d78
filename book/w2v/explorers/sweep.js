// Any matplotlib figure with one parameter: frames drawn beforehand on a page, drawn on demand with a kernel.
import { h } from './tree.js';
import { controls, figure, say, read } from './marks.js';
import { slider } from './controls.js';

// Frames share most of their lines: each is a list of indices into one list of lines.
const frame = ({ lines, frames }, i) => frames[i].map(k => lines[k]).join('\n');

export const explorer = {
  draw(s, set) {
    const { low, high } = s.limits.value,
      count = s.drawn.count,
      i = Math.round(((s.value - low) / (high - low)) * (count - 1));
    return figure(
      `${s.label} explorer`,
      h('div', {
        class: 'w2v-sweep',
        role: 'img',
        'aria-label': `figure for ${s.label} = ${s.value}`,
        html: s.live || frame(s.drawn, i),
      }),
      say(s.label, ' = ', read('value', String(+s.value.toPrecision(3)))),
      controls(
        slider({
          name: 'shown',
          label: s.label,
          value: s.value,
          limit: s.limits.value,
          step: (high - low) / (count - 1),
          shown: String(+s.value.toPrecision(3)),
          put: value => set({ value }),
        }),
      ),
    );
  },
};
