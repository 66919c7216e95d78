// Two axes on a panel: coordinates, contours, and labels that cover nothing.
import { h } from './tree.js';
import { line, rect, text } from './marks.js';

// Returns the maps between data and drawing for the box [left, top, width, height]; `log` makes an axis logarithmic.
export function plane([left, top, width, height], x, y, log = [false, false]) {
  const scale = (range, from, size, on) => {
    const f = on ? Math.log10 : v => v,
      [a, b] = range.map(f);
    return [
      v => from + (size * (f(v) - a)) / (b - a),
      p => {
        const v = a + ((p - from) / size) * (b - a);
        return on ? 10 ** v : v;
      },
    ];
  };
  const [X, atX] = scale(x, left, width, log[0]),
    [Y, atY] = scale(y, top + height, -height, log[1]);
  return { x, y, X, Y, atX, atY, box: [left, top, width, height], at: ([a, b]) => [X(a), Y(b)] };
}

// The powers of ten, or every second one, between two numbers.
export const decades = ([from, to], every = 1) =>
  Array.from({ length: 20 }, (_, i) => 10 ** (i * every - 9)).filter(t => t >= from * 0.99 && t <= to * 1.01);

export const frame = ({ box: [left, top, width, height] }) => rect(left, top, width, height, 'w2v-frame');
export const cross = P => [
  frame(P),
  line(P.X(P.x[0]), P.Y(0), P.X(P.x[1]), P.Y(0), 'w2v-axis'),
  line(P.X(0), P.Y(P.y[0]), P.X(0), P.Y(P.y[1]), 'w2v-axis'),
];

export const ticksX = (P, values, format = String) =>
  values.map(v => [
    line(P.X(v), P.Y(P.y[0]), P.X(v), P.Y(P.y[0]) + 4, 'w2v-axis'),
    text(P.X(v), P.Y(P.y[0]) + 17, format(v), 'w2v-mid w2v-dim'),
  ]);
export const ticksY = (P, values, format = String) =>
  values.map(v => [
    line(P.X(P.x[0]) - 4, P.Y(v), P.X(P.x[0]), P.Y(v), 'w2v-axis'),
    text(P.X(P.x[0]) - 7, P.Y(v) + 4, format(v), 'w2v-end w2v-dim'),
  ]);

const SIZE = 30;
let remembered = {};

function grid(P, f) {
  const at = (range, i) => range[0] + ((range[1] - range[0]) * i) / SIZE;
  return Array.from({ length: SIZE + 1 }, (_, j) =>
    Array.from({ length: SIZE + 1 }, (_, i) => f([at(P.x, i), at(P.y, j)])),
  );
}

// The crossings of one level with the four sides of one cell, in order around it (marching squares).
function crossings(g, i, j, level) {
  const corners = [
      [i, j],
      [i + 1, j],
      [i + 1, j + 1],
      [i, j + 1],
    ],
    found = [];
  corners.forEach(([a, b], k) => {
    const [c, d] = corners[(k + 1) % 4],
      p = g[b][a],
      q = g[d][c];
    if (p < level !== q < level) {
      const t = (level - p) / (q - p);
      found.push([a + t * (c - a), b + t * (d - b)]);
    }
  });
  return found;
}

function levelPath(g, level, { box: [left, top, width, height] }) {
  const point = ([i, j]) => `${(left + (width * i) / SIZE).toFixed(1)} ${(top + height * (1 - j / SIZE)).toFixed(1)}`;
  let d = '',
    tip = [-1, 0];
  for (let j = 0; j < SIZE; j++)
    for (let i = 0; i < SIZE; i++) {
      const found = crossings(g, i, j, level);
      for (let k = 0; k + 1 < found.length; k += 2) d += `M${point(found[k])}L${point(found[k + 1])}`;
      for (const p of found) if (p[0] > tip[0]) tip = p;
    }
  return { d, tip };
}

// Contour lines of f at the levels, each labelled where it reaches farthest right. `key` names the function, so that dragging
// a point that f does not depend on draws nothing anew.
export function contours(P, f, levels, key) {
  const id = JSON.stringify([P.box, key]);
  if (remembered.id !== id) {
    const g = grid(P, f),
      found = levels.map(level => ({ level, ...levelPath(g, level, P) }));
    remembered = {
      id,
      drawn: h(
        'g',
        { class: 'w2v-contours' },
        found.map(({ d }) => h('path', { d })),
        levelLabels(P, found),
      ),
    };
  }
  return remembered.drawn;
}

function levelLabels({ box: [left, top, width, height] }, found) {
  const taken = [];
  return found.map(({ level, tip: [i, j] }) => {
    const x = Math.min(left + (width * i) / SIZE, left + width - 3),
      y = top + height * (1 - j / SIZE);
    if (i < 0 || y < top + 10 || y > top + height - 6 || taken.some(([a, b]) => Math.hypot(a - x, b - y) < 15))
      return '';
    taken.push([x, y]);
    return text(x, y + 4, String(level), 'w2v-end w2v-level w2v-label');
  });
}

const overlap = (a, b) =>
  Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

// Places each label { at, text, cls } beside its point, outward from the origin if there is room, where it covers
// no point, no earlier label and does not leave the frame. A `spare` label is left out where there is no such place.
export function labels(P, items, blocked = []) {
  const [left, top, width, height] = P.box,
    around = ([x, y], a, b) => [x - a, y - b, x + a, y + b];
  const taken = [...items.map(item => around(P.at(item.at), 8, 8)), ...blocked.map(p => around(P.at(p), 8, 8))];
  const outside = b =>
    Math.max(0, left - b[0]) +
    Math.max(0, b[2] - left - width) +
    Math.max(0, top - b[1]) +
    Math.max(0, b[3] - top - height);
  return items.map(item => {
    const [x, y] = P.at(item.at),
      half = 3.4 * item.text.replace(/[*_{}]/g, '').length + 2,
      out = Math.atan2(P.Y(0) - y, x - P.X(0));
    const spots = [0, 0.8, -0.8, 1.6, -1.6, 2.4, -2.4, 3.1].flatMap(turn =>
      [18, 32].map(away => {
        const a = out + turn,
          box = around([x + Math.cos(a) * (half + 10), y - Math.sin(a) * away], half, 8),
          far = 0.01 * Math.abs(turn) + (away > 18 ? 9 : 0);
        return { box, bad: taken.reduce((t, b) => t + overlap(box, b), 0) + 200 * outside(box) + far };
      }),
    );
    const { box, bad } = spots.reduce((best, spot) => (spot.bad < best.bad ? spot : best));
    if (item.spare && bad > 9) return '';
    taken.push(box);
    return text((box[0] + box[2]) / 2, box[3] - 4, item.text, `w2v-mid w2v-label ${item.cls ?? ''}`);
  });
}
