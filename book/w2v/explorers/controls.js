// What a reader takes in the hand: handles on the drawing, sliders, buttons, choices. Mouse, touch, pen and keyboard alike.
import { h } from './tree.js';
import { dotAt, fix, html, read } from './marks.js';

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
export const clamp = (x, [low, high]) => Math.min(high, Math.max(low, x));
const tidy = x => +x.toFixed(4);

// JupyterLab must not take a key meant for the figure as a command (a inserts a cell, d d deletes one).
export const KEYS = { 'data-lm-suppress-shortcuts': 'true' };

// Returns the arrow pressed as [dx, dy] in steps (ten with Shift), and keeps the key from the page.
function arrowKey(event) {
  const way = ARROWS[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (way || event.key === ' ') event.stopPropagation();
  if (!way) return null;
  event.preventDefault();
  return way.map(x => x * (event.shiftKey ? 10 : 1));
}

function pointer(event) {
  const svg = event.currentTarget.ownerSVGElement;
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

// touch-action alone does not keep Chromium from scrolling when the finger lies on a shape inside a drawing.
const drag = (here, move) => ({
  ontouchstart: event => event.preventDefault(),
  onpointerdown: event => {
    const el = event.currentTarget,
      p = pointer(event);
    el.setPointerCapture(event.pointerId);
    el.grip = [here[0] - p.x, here[1] - p.y];
    el.focus({ preventScroll: true });
    event.preventDefault();
  },
  onpointermove: event => {
    const el = event.currentTarget;
    if (!el.hasPointerCapture(event.pointerId)) return;
    const p = pointer(event);
    move(p.x + el.grip[0], p.y + el.grip[1]);
  },
});

// A point on a plane that can be dragged and, focused, moved with the arrow keys.
export function handle({ label, at: [x, y], plane, cls, move, step = 0.05 }) {
  const put = (a, b) => move([tidy(clamp(a, plane.x)), tidy(clamp(b, plane.y))]),
    cx = plane.X(x),
    cy = plane.Y(y);
  return h(
    'g',
    {
      class: `w2v-handle ${cls}`,
      tabindex: 0,
      role: 'slider',
      ...KEYS,
      'aria-label': label,
      'aria-valuemin': plane.x[0],
      'aria-valuemax': plane.x[1],
      'aria-valuenow': tidy(x),
      'aria-valuetext': `${fix(x)}, ${fix(y)}`,
      ...drag([cx, cy], (px, py) => put(plane.atX(px), plane.atY(py))),
      onkeydown: event => {
        const way = arrowKey(event);
        if (way) put(x + step * way[0], y + step * way[1]);
      },
    },
    dotAt(cx, cy, 14, 'w2v-ring'),
    dotAt(cx, cy, 5, 'w2v-dot'),
  );
}

// A handle that moves along one axis: `axis` is 0 (across) or 1 (up and down).
export const handleAlong = (axis, { value, at, move, ...rest }) => {
  const grip = handle({ ...rest, at, move: p => move(p[axis]) }),
    range = axis ? rest.plane.y : rest.plane.x;
  Object.assign(grip.attrs, {
    'aria-valuemin': range[0],
    'aria-valuemax': range[1],
    'aria-valuenow': tidy(value),
    'aria-valuetext': fix(value),
    'aria-orientation': axis ? 'vertical' : 'horizontal',
  });
  return grip;
};

// A slider with its name and value above it; `shown` overrides the text of the value.
export function slider({
  name,
  label,
  value,
  limit: { low, high },
  step,
  put,
  decimals = step === 1 ? 0 : 2,
  shown = fix(value, decimals),
}) {
  const set = x => put(tidy(clamp(x, [low, high])));
  const keydown = event => {
    const way = arrowKey(event);
    if (way) set(value + step * (way[0] || way[1]));
  };
  return h(
    'label',
    { class: 'w2v-slider' },
    h('span', {}, h('span', {}, html(label)), read(name, shown)),
    h('input', {
      type: 'range',
      ...KEYS,
      min: low,
      max: high,
      step: 'any',
      value,
      'aria-label': label.replace(/[*_{}]/g, ''),
      'aria-valuetext': shown,
      oninput: event => set(low + step * Math.round((+event.currentTarget.value - low) / step)),
      onkeydown: keydown,
    }),
  );
}

// The slider of an entry of the state, between its limits.
export const stateSlider = (s, set, name, label, step, more) =>
  slider({ name, label, step, value: s[name], limit: s.limits[name], put: value => set({ [name]: value }), ...more });

export const button = (label, press, more) =>
  h(
    'button',
    { type: 'button', ...KEYS, onclick: press, onkeydown: event => event.stopPropagation(), ...more },
    html(label),
  );
export const toggle = (label, on, press, more) => button(label, press, { 'aria-pressed': String(on), ...more });

// One of several: options are [value, label].
export const choice = (label, options, value, put) =>
  h(
    'div',
    { class: 'w2v-choice', role: 'group', 'aria-label': label },
    options.map(([key, name]) => toggle(name, key === value, () => put(key))),
  );

// Makes drawn marks pressable, by pointer and by keyboard.
export const press = (label, on, act, ...kids) =>
  h(
    'g',
    {
      class: 'w2v-press',
      role: 'button',
      tabindex: 0,
      ...KEYS,
      'aria-label': label,
      'aria-pressed': on?.toString(),
      onclick: act,
      onkeydown: event => {
        event.stopPropagation();
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          act();
        }
      },
    },
    kids,
  );
